//! `annexa purview import-actions`: what an export of actions says, taken over into a profile.

use crate::cli::import::{How, take_over};
use crate::cli::{Exit, Failure, Global, Io};
use annexa::import::Format;
use clap::Args;

/// Take over into a profile what an export of actions (`ExportActions.xlsx`) says
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa purview import-actions ExportActions.xlsx --profile tenant.toml --dry-run
  annexa purview import-actions ExportActions.xlsx --profile tenant.toml --date 2026-11-20

This is `annexa import compliance-manager`. Rows are matched by the title of the action, or by a map file. A row
without a date needs `--date`, the day of the export.")]
pub(crate) struct ImportActionsArgs {
    #[command(flatten)]
    how: How,
}

pub(crate) fn run(args: &ImportActionsArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    take_over(Format::ComplianceManager, &args.how, global, io)
}
