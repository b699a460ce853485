//! `annexa fleet score`: a result row for each tenant and assessment.

use super::arrow;
use super::conduct::{Conduct, Outcome, Sheet, Target};
use super::engine::Flow;
use super::input::{Input, find};
use super::job::Job;
use super::parts::{Counts, Parts, Stream};
use super::run::Run;
use crate::cli::shared::{Session, date};
use crate::cli::{Exit, Failure, Global, Io};
use annexa::report::FleetRowForm;
use annexa::{EXPIRING_WITHIN_DAYS, FleetOptions};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Score the profiles of many tenants: a row for each tenant and assessment
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa fleet score tenants/ -o fleet.csv
  annexa fleet score fleet.ndjson -o scores.ndjson --gaps gaps.csv --rejects rejects.ndjson
  annexa fleet score fleet.ndjson -o scores.ndjson --resume
  zcat fleet.ndjson.gz | annexa fleet score - --as-of 2020-06-01 > scores.csv

Inputs are profiles (`.toml`, `.json`), files with one profile in JSON on each line (`.ndjson`, `.jsonl`),
folders of all these, and `-`, which reads such lines from standard input. The rows are in their order.
Builds with the feature `arrow` also read tables (`.parquet`, `.arrow`) and write `.parquet`.

A profile that cannot be read does not end the run: it is told, and the exit code is 1.
With `-o` nothing is there before all of it is: a run that is killed leaves its parts in `FILE.parts`,
and `--resume` goes on with them.")]
pub(crate) struct FleetScoreArgs {
    /// Profiles, files with one on each line, folders; `-` reads lines from standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The date of every figure; today in UTC without it
    #[arg(long, visible_alias = "date", value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Write the rows to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The form of the rows; told by the name of the file without it, and CSV on standard output
    #[arg(long, value_enum)]
    format: Option<RowFormat>,
    /// Write every row of the gap report to this file (`.csv`, `.ndjson`)
    #[arg(long, value_name = "FILE", requires = "output")]
    gaps: Option<PathBuf>,
    /// Write every control of every assessment to this file (`.csv`, `.ndjson`)
    #[arg(long, value_name = "FILE", requires = "output")]
    controls: Option<PathBuf>,
    /// Write what cannot be used to this file, a line of JSON each, instead of telling the first ten
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// End the run with 2 at the first profile that cannot be used
    #[arg(long)]
    strict: bool,
    /// Go on with a run that was ended before it was done
    #[arg(long, requires = "output")]
    resume: bool,
    /// Report evidence that lapses within so many days
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
    /// How many threads work; as many as there are cores without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How much input is a part, which is kept if the run ends: so many KiB
    #[arg(long, value_name = "KIB", default_value_t = PART_KIB, value_parser = clap::value_parser!(u32).range(1..))]
    part: u32,
}

/// Some seconds of work.
const PART_KIB: u32 = 256 * 1024;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RowFormat {
    /// For spreadsheets
    Csv,
    /// For programs: a JSON object on each line
    Ndjson,
}

impl RowFormat {
    fn form(self) -> FleetRowForm {
        match self {
            Self::Csv => FleetRowForm::Csv,
            Self::Ndjson => FleetRowForm::Ndjson,
        }
    }
}

pub(crate) fn run(args: &FleetScoreArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let begin = Instant::now();
    let out = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    let targets = targets(args, out)?;
    let inputs = find(&args.inputs)?;
    refuse_what_is_read_and_written(&inputs, &targets)?;
    if args.resume && inputs.contains(&Input::Stream) {
        let help = "leave `--resume` out, or put the input into a file".to_owned();
        return Err(Failure::input("standard input cannot be read again from where a run ended", help));
    }
    refuse_rows_of_packs(args, &inputs)?;
    let session = Session::open(global, io)?;
    for input in &inputs {
        if let Input::Pack(pack) = input {
            pack.must_be_of(session.library_version().digest())?;
        }
    }
    let parts = out.map(Parts::open).transpose()?;
    let earlier: Option<Run> = parts.as_ref().filter(|_| args.resume).and_then(Parts::run);
    let as_of = args.as_of.or(earlier.as_ref().map(|run| run.as_of)).unwrap_or(io.today());
    let form = |stream| targets.iter().find(|t| t.stream == stream).and_then(|t| t.form);
    let job = Job {
        model: &session.model,
        inputs: &inputs,
        options: FleetOptions { as_of, expiring_within: args.expiring_within },
        file: u32::try_from(session.sources.len()).unwrap_or(u32::MAX),
        rows: form(Stream::Rows).or(Some(args.format.unwrap_or(RowFormat::Csv).form())),
        gaps: form(Stream::Gaps),
        controls: form(Stream::Controls),
        has_names: true,
        summed: out.map(|_| session.library_version().digest()),
        is_packing: false,
    };
    let conduct = Conduct {
        job: &job,
        targets: &targets,
        library: &session.sources,
        is_strict: args.strict,
        threads: args.threads.map(usize::from),
        part_bytes: u64::from(args.part) * 1024,
        global,
    };
    let outcome = match parts {
        Some(parts) => conduct.by_parts(parts, earlier, io)?,
        None => conduct.to_stream(io)?,
    };
    let is_faulty = outcome.counts.rejects > 0 || outcome.again > 0;
    if outcome.flow == Flow::On && (!global.quiet || is_faulty) {
        io.say(&closing(&outcome, "scored", begin));
    }
    Ok(if is_faulty { Exit::Missed } else { Exit::Met })
}

/// The files that are written: rows first.
fn targets<'a>(args: &'a FleetScoreArgs, out: Option<&'a Path>) -> Result<Vec<Target<'a>>, Failure> {
    let mut list = Vec::new();
    if let Some(path) = out {
        let ending = path.extension().filter(|_| args.format.is_none());
        let (form, sheet) = match ending.is_some_and(|ending| ending == "parquet") {
            true => (FleetRowForm::Ndjson, Sheet::Parquet),
            false => (form_of(path, args.format)?, Sheet::Lines),
        };
        if sheet == Sheet::Parquet {
            arrow::must_be_built("writes")?;
        }
        list.push(Target { stream: Stream::Rows, path, form: Some(form), sheet });
    }
    for (stream, path) in [(Stream::Gaps, &args.gaps), (Stream::Controls, &args.controls)] {
        if let Some(path) = path {
            list.push(Target { stream, path, form: Some(form_of(path, None)?), sheet: Sheet::Lines });
        }
    }
    list.extend(args.rejects.as_deref().map(|path| Target {
        stream: Stream::Rejects,
        path,
        form: None,
        sheet: Sheet::Lines,
    }));
    for (position, target) in list.iter().enumerate() {
        let shown = target.path.display();
        if target.path.is_dir() {
            return Err(Failure::input(format!("`{shown}` is a folder"), "name a file".to_owned()));
        }
        if target.path.exists() && !target.path.is_file() {
            let help = "name a file; without `-o` the rows go to standard output".to_owned();
            return Err(Failure::input(format!("`{shown}` is no file"), help));
        }
        if list.iter().take(position).any(|other| is_same(other.path, target.path)) {
            return Err(Failure::input(format!("two outputs go to `{shown}`"), "name a file for each".to_owned()));
        }
    }
    Ok(list)
}

fn form_of(path: &Path, format: Option<RowFormat>) -> Result<FleetRowForm, Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned());
    match (format, ending.as_deref()) {
        (Some(format), _) => Ok(format.form()),
        (None, Some("csv")) => Ok(FleetRowForm::Csv),
        (None, Some("ndjson" | "jsonl")) => Ok(FleetRowForm::Ndjson),
        _ => {
            let message = format!("the form of `{}` cannot be told by its name", path.display());
            Err(Failure::input(message, "let it end in `.csv` or `.ndjson`".to_owned()))
        }
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    one == other || whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// A pack has no names of evidence, instances and reasons, of which such rows are made.
fn refuse_rows_of_packs(args: &FleetScoreArgs, inputs: &[Input]) -> Result<(), Failure> {
    let pack = inputs.iter().find_map(|input| if let Input::Pack(pack) = input { Some(pack) } else { None });
    let option = if args.gaps.is_some() { "--gaps" } else { "--controls" };
    match pack {
        Some(pack) if args.gaps.is_some() || args.controls.is_some() => {
            let message = format!("`{option}` cannot be told from `{}`: a pack keeps no words", pack.path.display());
            let help = "give the profiles it was made of; counts by kind and status stand in the rows".to_owned();
            Err(Failure::input(message, help))
        }
        _ => Ok(()),
    }
}

/// An output would be gone before it is read again, or be read the next time.
pub(super) fn refuse_what_is_read_and_written(inputs: &[Input], targets: &[Target<'_>]) -> Result<(), Failure> {
    let paths = inputs.iter().flat_map(|input| match input {
        Input::Lines(file) | Input::Table(file) => std::slice::from_ref(&file.path),
        Input::Files(files) => &files.paths,
        Input::Pack(pack) => std::slice::from_ref(&pack.path),
        Input::Stream | Input::TableStream => &[],
    });
    // What is not there yet is read by nobody; and looking up each of many thousand paths takes its time.
    let written: Vec<PathBuf> = targets.iter().filter_map(|target| target.path.canonicalize().ok()).collect();
    let names: Vec<_> = written.iter().filter_map(|path| path.file_name()).collect();
    for path in paths.filter(|path| path.file_name().is_some_and(|name| names.contains(&name))) {
        if path.canonicalize().is_ok_and(|path| written.contains(&path)) {
            let help = "write to another place than the profiles are in".to_owned();
            return Err(Failure::input(format!("`{}` is both read and written", path.display()), help));
        }
    }
    Ok(())
}

/// What the run came to.
pub(super) fn closing(outcome: &Outcome, done: &str, begin: Instant) -> String {
    let Counts { profiles, rejects } = outcome.counts;
    if profiles == 0 && rejects == 0 {
        return "no profiles\n".to_owned();
    }
    let mut line = format!("{profiles} profiles {done}");
    if rejects > 0 {
        line += &format!(", {rejects} that cannot be used left out");
    }
    if outcome.again > 0 {
        line += &format!(", {} of a tenant that has one already", outcome.again);
    }
    let millis = begin.elapsed().as_millis();
    let rate = u128::from(outcome.here).saturating_mul(1000) / millis.max(1);
    format!("{line}; {}.{} s, {rate} a second\n", millis / 1000, millis % 1000 / 100)
}
