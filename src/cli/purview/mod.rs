//! `annexa purview`: the workbooks of Microsoft Purview Compliance Manager. A file for each of its commands.

mod check;
mod export_template;
mod import_template;
mod update_actions;

use super::{Exit, Failure, Global, Io};
use annexa::sheet::{MAX_WORKBOOK_BYTES, Unreadable, Workbook};
use clap::{Args, Subcommand};
use std::io::Read;
use std::path::Path;

/// The workbooks of Microsoft Purview Compliance Manager: templates and exports of actions, both ways
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct PurviewArgs {
    #[command(subcommand)]
    command: PurviewCommand,
}

#[derive(Debug, Subcommand)]
enum PurviewCommand {
    ExportTemplate(export_template::ExportTemplateArgs),
    ImportTemplate(import_template::ImportTemplateArgs),
    UpdateActions(update_actions::UpdateActionsArgs),
    Check(check::CheckArgs),
}

pub(crate) fn run(args: &PurviewArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    match &args.command {
        PurviewCommand::ExportTemplate(args) => export_template::run(args, global, io),
        PurviewCommand::ImportTemplate(args) => import_template::run(args, global, io),
        PurviewCommand::UpdateActions(args) => update_actions::run(args, global, io),
        PurviewCommand::Check(args) => check::run(args, io),
    }
}

/// The bytes of a workbook, and no more of them than are read.
#[expect(clippy::disallowed_methods, reason = "a workbook is no text, which all other inputs are")]
fn bytes(path: &Path, io: &mut Io<'_>) -> Result<Vec<u8>, Failure> {
    let limit = u64::try_from(MAX_WORKBOOK_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        io.input().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Failure::input(format!("cannot read `{}`: {error}", path.display()), None)),
    }
}

/// A workbook.
fn workbook(path: &Path, io: &mut Io<'_>) -> Result<Workbook, Failure> {
    let bytes = bytes(path, io)?;
    Workbook::read(&bytes).map_err(|e| unreadable(path, e))
}

/// That a workbook cannot be read.
fn unreadable(path: &Path, error: Unreadable) -> Failure {
    Failure::input(format!("`{}`: {}", path.display(), error.message), error.help)
}

/// Says what of a workbook was not looked at.
fn tell_ignored(book: &Workbook, global: &Global, io: &mut Io<'_>) {
    for ignored in book.ignored.iter().filter(|_| !global.quiet) {
        io.say(&format!("note: {}\n", annexa::report::safe(ignored)));
    }
}

/// Says what was not carried, a line each.
fn tell_lost(lost: &[String], global: &Global, io: &mut Io<'_>) {
    for clause in lost.iter().filter(|_| !global.quiet) {
        io.say(&format!("not carried: {}\n", annexa::report::safe(clause)));
    }
}
