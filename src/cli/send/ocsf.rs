//! `annexa export ocsf`: compliance findings for a SIEM.

use super::{Source, internal};
use crate::cli::{Failure, Global, Io};
use annexa::report::{ocsf, to_json};
use annexa::{DossierOptions, EXPIRING_WITHIN_DAYS};
use clap::Args;

/// Write the customer's actions as compliance findings of OCSF 1.4.0, for a SIEM
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa export ocsf tenant.toml -o tenant.ocsf.json
  annexa export ocsf tenant.toml --lines >> findings.jsonl
  annexa import ocsf tenant.ocsf.json --profile other.toml --dry-run

There is a finding for each action and place that the profile speaks of, and one for each action of which it
says nothing. What fails or is not done is `Fail`, what is done without current proof is `Warning`, what nobody
has said is `Unknown`. `docs/interop/ocsf.md` says what maps to what.")]
pub(super) struct OcsfArgs {
    #[command(flatten)]
    source: Source,
    /// Write a finding on each line instead of a list
    #[arg(long)]
    lines: bool,
}

pub(super) fn run(args: &OcsfArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let (session, profile, as_of) = args.source.read(global, io)?;
    let options = DossierOptions { as_of, expiring_within: EXPIRING_WITHIN_DAYS, hours: None };
    let findings = ocsf(&session.spoken().dossier(&profile, &session.sources, &options));
    let text = if args.lines {
        findings.iter().map(|finding| format!("{finding}\n")).collect()
    } else {
        to_json(&findings).map_err(internal)?
    };
    args.source.write(text.as_bytes(), findings.len(), global, io)
}
