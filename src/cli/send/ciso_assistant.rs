//! `annexa export ciso-assistant`: tables for the importer of CISO Assistant.

use super::{Source, internal};
use crate::cli::shared::one_assessment;
use crate::cli::{Failure, Global, Io};
use annexa::report::{ciso_audit, ciso_controls};
use annexa::{DossierOptions, EXPIRING_WITHIN_DAYS};
use clap::{Args, ValueEnum};

/// Write an audit, or the customer's actions as applied controls, as CSV for CISO Assistant's Data Wizard
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa export ciso-assistant tenant.toml -o audit.csv
  annexa export ciso-assistant tenant.toml --table applied-controls -o controls.csv
  annexa export ciso-assistant tenant.toml --template microsoft-cloud/iso-27001-2022 -o audit.csv

An audit is of one framework: where a profile has several assessments, `--template` and `--group` say
which. `docs/interop/ciso-assistant.md` says what maps to what.")]
pub(super) struct CisoAssistantArgs {
    #[command(flatten)]
    source: Source,
    /// What to write
    #[arg(long, value_enum, default_value = "audit")]
    table: Table,
    /// Only the assessment against this template
    #[arg(long, value_name = "TEMPLATE")]
    template: Option<String>,
    /// Only the assessment of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Table {
    /// A row for each control, for an audit of the same framework
    Audit,
    /// A row for each action of the customer
    AppliedControls,
}

pub(super) fn run(args: &CisoAssistantArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let (session, profile, as_of) = args.source.read(global, io)?;
    let options = DossierOptions { as_of, expiring_within: EXPIRING_WITHIN_DAYS, hours: None };
    let dossier = session.spoken().dossier(&profile, &session.sources, &options);
    let (position, assessment) = one_assessment(args.template.as_deref(), args.group.as_deref(), &dossier.score)?;
    let table = match args.table {
        Table::Audit => ciso_audit(assessment),
        Table::AppliedControls => ciso_controls(&dossier, position),
    };
    let (text, rows) = table.map_err(internal)?;
    args.source.write(text.as_bytes(), rows, global, io)
}
