//! `annexa history export`.

use super::super::remember::{self, Exporting, refused};
use super::super::{Failure, Io, output};
use super::StoreArgs;
use annexa::report::trend_csv;
use annexa::{History, TrendQuery};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Write everything in the history as lines of JSON, or the figures of all snapshots as CSV
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history export -o history.ndjson
  annexa history export --db history.db | gzip > history.ndjson.gz
  annexa history export --format csv -o trends.csv")]
pub(super) struct ExportArgs {
    /// The form of the output
    #[arg(long, value_enum, default_value = "ndjson")]
    format: ExportFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExportFormat {
    /// Everything, lossless: `annexa history import` reads it
    Ndjson,
    /// The figures: a row for each snapshot, by tenant and date
    Csv,
}

pub(super) fn run(args: &ExportArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let history = remember::open(&path, io)?;
    let Some(target) = args.output.as_deref().filter(|o| o.as_os_str() != "-") else {
        return export(args.format, &history, &path, &mut |text| io.print(text));
    };
    let writing = |out: &mut (dyn std::io::Write + Send)| {
        let put = &mut |text: &str| out.write_all(text.as_bytes()).map_err(|e| Failure::machine("write", target, &e));
        export(args.format, &history, &path, put)
    };
    output::write_file_by(target, writing)
}

fn export(
    format: ExportFormat,
    history: &History,
    path: &Path,
    put: &mut dyn FnMut(&str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    match format {
        ExportFormat::Ndjson => history.export(|line| put(line).map_err(Exporting::Told)).map_err(|e| e.failure(path)),
        ExportFormat::Csv => {
            let query = TrendQuery { all: true, ..TrendQuery::default() };
            let internal = |why: String| Failure::Machine(format!("cannot write the trend: {why}"));
            let tenants = history.tenants().map_err(|e| refused(e, path))?;
            for (n, tenant) in tenants.iter().enumerate() {
                let material = history.trend(tenant, &query).map_err(|e| refused(e, path))?;
                let trend = material.trend(&query).map_err(|fault| Failure::input(fault.message, fault.help))?;
                put(&trend_csv(&trend, n == 0).map_err(|e| internal(e.to_string()))?)?;
            }
            Ok(())
        }
    }
}
