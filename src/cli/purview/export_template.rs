//! `annexa purview export-template`: a template of the library as a workbook that Compliance Manager imports.

use super::tell_lost;
use crate::cli::shared::{Session, template};
use crate::cli::{Exit, Failure, Global, Io, output};
use annexa::purview;
use annexa::report::{safe, template_xlsx};
use clap::Args;
use std::path::PathBuf;

/// Write a template of the library as a workbook that Compliance Manager imports as a custom template
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa purview export-template microsoft-cloud/iso-27001-2022 -o iso-27001-2022.xlsx
  annexa purview export-template acme/house-rules --library my-library -o house-rules.xlsx
  annexa library list templates              the ids of the templates

The workbook holds the customer's actions and the controls that they serve. What it has no place for, such as
controls that only the provider's actions serve, is told on standard error.")]
pub(crate) struct ExportTemplateArgs {
    /// The template
    #[arg(value_name = "TEMPLATE")]
    template: String,
    /// The workbook; without it, or with `-`, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(args: &ExportTemplateArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let target = args.output.as_deref().filter(|p| p.as_os_str() != "-");
    if target.is_none() && io.is_watched() {
        let help = "name a file with `-o FILE`, or send it into one".to_owned();
        return Err(Failure::input("a workbook is nothing to show on a terminal", help));
    }
    let session = Session::open(global, io)?;
    let library = session.model.library();
    let template = template(Some(&args.template), library)?;
    let exported = purview::export(library, template)
        .map_err(|faults| Failure::Inputs(faults.into_iter().map(|fault| (fault, None)).collect()))?;
    let bytes = template_xlsx(&exported.book, library.template(template).version)
        .map_err(|e| Failure::Machine(format!("cannot write the workbook: {e}")))?;
    output::write(target, bytes, io)?;
    tell_lost(&exported.lost, global, io);
    if let Some(path) = target.filter(|_| !global.quiet) {
        let (book, path) = (&exported.book, safe(&path.display().to_string()));
        let (controls, actions, points) = (book.controls(), book.actions(), book.points());
        io.say(&format!("{controls} controls and {actions} actions with at most {points} points in {path}\n"));
    }
    Ok(Exit::Met)
}
