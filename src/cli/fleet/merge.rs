//! `annexa fleet merge`: the sums of parts of a fleet, added.

use super::super::{Exit, Failure, Global, Io, output};
use annexa::report::safe;
use annexa::{Summary, SummaryFault};
use clap::Args;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// Add the summaries of parts of a fleet: any split, in any order, gives the same bytes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa fleet merge north.csv.summary.json south.csv.summary.json -o all.summary.json
  cat part-*.ndjson | annexa fleet merge - -o all.summary.json
  annexa fleet report all.summary.json

A part holds one summary, or many, one after the other. Summaries of other dates, horizons or
libraries are refused. The parts must hold each tenant once: nothing in them tells tenants apart.")]
pub(super) struct MergeArgs {
    /// Files of summaries, as `fleet score` writes them beside its rows and `fleet worker` emits; `-` reads standard input
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &MergeArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut sum: Option<Summary> = None;
    let (mut count, mut faults) = (0_u64, Vec::new());
    for path in &args.parts {
        let before = count;
        let added = with_stream(path, io, |input| {
            Summary::read_all(input, |one| {
                count += 1;
                match &mut sum {
                    Some(sum) => sum.merge(one),
                    none => {
                        *none = Some(one);
                        Ok(())
                    }
                }
            })
        })?;
        let empty = || SummaryFault::NoSummary("it is empty".to_owned());
        let added = if count == before { added.and_then(|()| Err(empty())) } else { added };
        if let Err(fault) = added {
            faults.push(told(path, &fault));
        }
    }
    let Some(sum) = sum.filter(|_| faults.is_empty()) else { return Err(Failure::Inputs(faults)) };
    output::write(args.output.as_deref(), sum.to_json(), io)?;
    if let Some(path) = args.output.as_deref().filter(|path| !global.quiet && path.as_os_str() != "-") {
        let (tenants, name) = (sum.tenants(), safe(&path.display().to_string()));
        let summaries = if count == 1 { "1 summary".to_owned() } else { format!("{count} summaries") };
        io.say(&format!("{summaries}, {tenants} tenants in {name}\n"));
    }
    Ok(Exit::Met)
}

/// What is wrong with the summaries of a file, and the way out.
pub(super) fn told(path: &Path, fault: &SummaryFault) -> (String, Option<String>) {
    (format!("`{}`: {fault}", path.display()), fault.help())
}

/// Hands on what a file holds, or standard input for `-`.
#[expect(clippy::disallowed_methods, reason = "a part may be longer than memory, so it is not read as a whole")]
pub(super) fn with_stream<T>(
    path: &Path,
    io: &mut Io<'_>,
    read: impl FnOnce(&mut BufReader<&mut dyn Read>) -> T,
) -> Result<T, Failure> {
    if path.as_os_str() == "-" {
        return Ok(read(&mut BufReader::new(io.input())));
    }
    let cannot = |error: &dyn std::fmt::Display| {
        let help = "name the rows that `annexa fleet score` wrote, or the summary beside them".to_owned();
        Failure::input(format!("cannot read `{}`: {error}", path.display()), help)
    };
    if path.is_dir() {
        return Err(cannot(&"it is a folder"));
    }
    let mut file = std::fs::File::open(path).map_err(|e| cannot(&e))?;
    Ok(read(&mut BufReader::with_capacity(1 << 16, &mut file)))
}
