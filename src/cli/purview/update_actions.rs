//! `annexa purview update-actions`: what a profile says, in an export of actions for the bulk update.

use super::{bytes, tell_ignored, unreadable};
use crate::cli::shared::{Session, date, told};
use crate::cli::{Exit, Failure, Global, Io, output};
use annexa::id::ActionIdx;
use annexa::import::Map;
use annexa::purview::{self, ActionTab, Update, UpdateOptions};
use annexa::report::{safe, to_json, update_text};
use annexa::sheet::{EditFault, Workbook};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Fill an export of actions (`ExportActions.xlsx`) from a profile, for the bulk update of Compliance Manager
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa purview update-actions ExportActions.xlsx --profile tenant.toml --dry-run
  annexa purview update-actions ExportActions.xlsx --profile tenant.toml -o ExportActions.updated.xlsx
  annexa purview update-actions ExportActions.xlsx --profile tenant.toml --map titles.toml -o updated.xlsx

Export from an assessment, and upload what is written under `Update actions`. Rows are matched by the title of
the action, or by a map file (`annexa schema import-map`, `[[match]]`). Written are the statuses, their dates, notes, the
assignee and a link, and only what may stand together; what is not written is listed with the reason. Every other
cell, tab and format stays as it is.")]
pub(crate) struct UpdateActionsArgs {
    /// The export; `-` reads standard input
    #[arg(value_name = "WORKBOOK")]
    workbook: PathBuf,
    /// The profile
    #[arg(long, value_name = "PROFILE")]
    profile: PathBuf,
    /// Which title stands for which action, where that of the library is another
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// The updated workbook
    #[arg(short, long, value_name = "FILE", required_unless_present = "dry_run")]
    output: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long)]
    force: bool,
    /// Say what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// What the profile dates later is not written; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// The form of the list of changes
    #[arg(long, value_enum, default_value = "text")]
    format: UpdateFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum UpdateFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(crate) fn run(args: &UpdateActionsArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let target = args.output.as_deref().filter(|_| !args.dry_run);
    if target.is_some_and(|p| p.as_os_str() == "-") {
        let help = "name a file with `-o FILE`".to_owned();
        return Err(Failure::input("the list of changes goes to standard output, and the workbook cannot", help));
    }
    if let Some(path) = target.filter(|_| !args.force) {
        output::must_be_new(path)?;
    }
    let old = bytes(&args.workbook, io)?;
    let book = Workbook::read(&old).map_err(|e| unreadable(&args.workbook, e))?;
    tell_ignored(&book, global, io);
    let tab = ActionTab::of(&book).map_err(|e| unreadable(&args.workbook, e))?;
    let mut session = Session::open(global, io)?;
    let profile = session.profile(&args.profile, io)?;
    let map = args.map.as_deref().map(|path| read_map(path, &mut session, io)).transpose()?.unwrap_or_default();
    let mapped = |title: &str| map.actions(title).map(<[ActionIdx]>::to_vec);
    let grouped = |group: &str| map.group(group).to_owned();
    let options = UpdateOptions { as_of: args.as_of.unwrap_or(io.today()), mapped: &mapped, grouped: &grouped };
    let update = purview::update(session.model.library(), profile.profile(), &tab, &options);
    let list = match args.format {
        UpdateFormat::Text => update_text(&update, io.style()),
        UpdateFormat::Json => {
            to_json(&update).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))?
        }
    };
    io.print(&list)?;
    io.flush()?;
    let Some(path) = target else { return Ok(Exit::Met) };
    let new = changed(&old, &book, tab.name(), &update)?;
    output::write_file(path, new)?;
    if !global.quiet {
        io.say(&format!("{} is written; upload it under `Update actions`\n", safe(&path.display().to_string())));
    }
    Ok(Exit::Met)
}

/// Reads a map file.
fn read_map(path: &Path, session: &mut Session, io: &mut Io<'_>) -> Result<Map, Failure> {
    let mut faults = annexa::Diagnostics::new();
    let Some(file) = annexa::read_file(path, &mut session.sources, &mut faults) else {
        return Err(told(&faults, &session.sources, io));
    };
    let read = Map::read(session.text(file), file, session.model.library());
    read.map(|checked| checked.value).map_err(|faults| told(&faults, &session.sources, io))
}

/// The workbook with the changes made, and nothing else: it is read back and compared.
fn changed(old: &[u8], book: &Workbook, tab: &str, update: &Update) -> Result<Vec<u8>, Failure> {
    let new = Workbook::edit(old, tab, &update.edits()).map_err(|fault| match fault {
        EditFault::Unreadable(error) => Failure::input(error.message, error.help),
        EditFault::Refused(reason) => Failure::input(format!("the workbook cannot be changed: {reason}"), None),
    })?;
    let back = Workbook::read(&new)
        .map_err(|e| Failure::Machine(format!("what was made cannot be read back: {}", e.message)))?;
    if purview::is_done(book, &back, tab, update) {
        Ok(new)
    } else {
        Err(Failure::Machine(
            "what was made is not what was meant, so it was not written; this is a fault of annexa, please report it"
                .to_owned(),
        ))
    }
}
