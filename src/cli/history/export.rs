//! `annexa history export`.

use super::super::{Failure, Io, output, remember};
use super::StoreArgs;
use clap::Args;
use std::path::PathBuf;

/// Write everything in the history as lines of JSON
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history export -o history.ndjson
  annexa history export --db history.db | gzip > history.ndjson.gz")]
pub(super) struct ExportArgs {
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &ExportArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let history = remember::open(&path, io)?;
    let Some(target) = args.output.as_deref().filter(|o| o.as_os_str() != "-") else {
        return history.export(|line| io.print(line).map_err(remember::Exporting::Told)).map_err(|e| e.failure(&path));
    };
    let writing = |out: &mut dyn std::io::Write| {
        let put = |line: &str| {
            out.write_all(line.as_bytes()).map_err(|e| remember::Exporting::Told(Failure::machine("write", target, &e)))
        };
        history.export(put).map_err(|e| e.failure(&path))
    };
    output::write_file_by(target, writing)
}
