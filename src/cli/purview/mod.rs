//! `annexa purview`: the workbooks of Microsoft Purview Compliance Manager. A file for each of its commands.

mod check;
mod export_template;
mod import_actions;
mod import_template;
mod update_actions;

use super::shared::told;
use super::{Exit, Failure, Global, Io};
use annexa::sheet::{MAX_WORKBOOK_BYTES, Unreadable, Workbook};
use annexa::{Diagnostics, Sources, bytes_of, read_bytes};
use clap::{Args, Subcommand};
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
    ImportActions(Box<import_actions::ImportActionsArgs>),
    UpdateActions(update_actions::UpdateActionsArgs),
    Check(check::CheckArgs),
}

pub(crate) fn run(args: &PurviewArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    match &args.command {
        PurviewCommand::ExportTemplate(args) => export_template::run(args, global, io),
        PurviewCommand::ImportTemplate(args) => import_template::run(args, global, io),
        PurviewCommand::ImportActions(args) => import_actions::run(args, global, io),
        PurviewCommand::UpdateActions(args) => update_actions::run(args, global, io),
        PurviewCommand::Check(args) => check::run(args, io),
    }
}

/// The bytes of a workbook, and no more of them than are read.
fn bytes(path: &Path, io: &mut Io<'_>) -> Result<Vec<u8>, Failure> {
    let mut faults = Diagnostics::new();
    let read = if path.as_os_str() == "-" {
        bytes_of(io.input(), "standard input", MAX_WORKBOOK_BYTES, &mut faults)
    } else {
        read_bytes(path, MAX_WORKBOOK_BYTES, &mut faults)
    };
    read.ok_or_else(|| told(&faults, &Sources::default(), io))
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
