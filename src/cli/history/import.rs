//! `annexa history import`.

use super::super::remember::{self, at, refused};
use super::super::{Failure, Io};
use super::StoreArgs;
use annexa::HistoryError;
use clap::Args;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

/// Add what an export holds, if all of it verifies
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history import history.ndjson --db copy.db")]
pub(super) struct ImportArgs {
    /// The export; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &ImportArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let mut file: Option<BufReader<std::fs::File>> = None;
    if args.file.as_os_str() != "-" {
        let opened = remember::open_file(&args.file)?;
        file = Some(BufReader::new(opened));
    }
    let mut history = remember::create(&path, args.store.db.is_none(), io)?;
    let lines: &mut dyn BufRead = match &mut file {
        Some(file) => file,
        None => io.lines(),
    };
    let imported = history.import(lines, remember::ENGINE).map_err(|error| match error {
        HistoryError::Unusable { .. } => refused(error, &args.file),
        // The disk is full, or the history was damaged before.
        HistoryError::Damaged(_) | HistoryError::Machine(_) => refused(error, &path),
    })?;
    io.print(&format!("{} added, {} known already: {}\n", imported.added, imported.known, at(&path)))
}
