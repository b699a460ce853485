//! `annexa purview check`: a workbook held against the documented rules.

use super::workbook;
use crate::cli::{Exit, Failure, Io};
use annexa::purview;
use annexa::report::{review_text, to_json};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Check a template workbook or an export of actions against the rules by which Compliance Manager takes it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa purview check template.xlsx
  annexa purview check extension.xlsx --extends template.xlsx
  annexa purview check ExportActions.xlsx --format json

Every fault is told with its tab and cell. Exit code 2 says that Compliance Manager would refuse the workbook;
warnings are about what it may take, or what nobody documents.")]
pub(crate) struct CheckArgs {
    /// The workbook; `-` reads standard input
    #[arg(value_name = "WORKBOOK")]
    workbook: PathBuf,
    /// The template that it extends, whose controls and actions it must not repeat
    #[arg(long, value_name = "WORKBOOK")]
    extends: Option<PathBuf>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: CheckFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CheckFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(crate) fn run(args: &CheckArgs, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let book = workbook(&args.workbook, io)?;
    let base = args.extends.as_deref().map(|path| workbook(path, io)).transpose()?;
    let review = purview::check(&book, base.as_ref());
    let text = match args.format {
        CheckFormat::Text => review_text(&review, io.style()),
        CheckFormat::Json => to_json(&review).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))?,
    };
    io.print(&text)?;
    Ok(if review.has_errors() { Exit::Unusable } else { Exit::Met })
}
