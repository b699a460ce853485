//! `annexa export probo`: files for the importers of Probo.

use super::{Source, internal};
use crate::cli::shared::{framework, one_assessment};
use crate::cli::{Failure, Global, Io};
use annexa::report::{probo_framework, probo_measures, to_json};
use annexa::{DossierOptions, EXPIRING_WITHIN_DAYS};
use clap::{Args, ValueEnum};

/// Write measures with their tasks, or the framework with its controls, as JSON for Probo
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa export probo tenant.toml -o measures.json
  annexa export probo tenant.toml --table framework -o framework.json

Probo finds controls by the title of their framework: import the framework before the measures, unless it
is there under that reference. `docs/interop/probo.md` says what maps to what.")]
pub(super) struct ProboArgs {
    #[command(flatten)]
    source: Source,
    /// What to write
    #[arg(long, value_enum, default_value = "measures")]
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
    /// A measure for each action of the customer, with a task for each gap
    Measures,
    /// The framework with its controls
    Framework,
}

pub(super) fn run(args: &ProboArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let (session, profile, as_of) = args.source.read(global, io)?;
    let model = session.spoken();
    let options = DossierOptions { as_of, expiring_within: EXPIRING_WITHIN_DAYS, hours: None };
    let dossier = model.dossier(&profile, &session.sources, &options);
    let (position, assessment) = one_assessment(args.template.as_deref(), args.group.as_deref(), &dossier.score)?;
    let library = model.library();
    let known = library.framework(framework(&assessment.framework, library)?);
    let (text, rows) = match args.table {
        Table::Measures => {
            let measures = probo_measures(&dossier, position, known);
            (to_json(&measures).map_err(internal)?, measures.len())
        }
        Table::Framework => {
            let framework = probo_framework(&dossier, position, known);
            (to_json(&framework).map_err(internal)?, assessment.controls.len())
        }
    };
    args.source.write(text.as_bytes(), rows, global, io)
}
