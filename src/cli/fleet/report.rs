//! `annexa fleet report`: what a fleet comes to, and what changed since an earlier run.

use super::super::form::{self, Form};
use super::super::shared::{Session, percent};
use super::super::{Exit, Failure, Global, Io, output};
use super::merge::{told, with_stream};
use annexa::report::{Style, fleet_csv, fleet_html, fleet_text, safe, to_json};
use annexa::{
    Choice, CohortKey, Digest, FleetInput, FleetReport, FleetReportOptions, FleetReporter, FleetRow, Percent, RowFault,
    Summary, read_fleet_rows,
};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::BufRead;
use std::path::{Path, PathBuf};

/// Report on a fleet: distribution, cohorts, shared gaps, what lapses, and what changed since an earlier run
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa fleet report fleet.csv
  annexa fleet report fleet.csv --by partner --top 20 -o fleet.html
  annexa fleet report june.csv --against may.csv
  annexa fleet report fleet.csv --min-score 60 --max-below 5
  annexa fleet report all.summary.json --format json

The summary beside the rows, as `fleet.csv.summary.json`, is read with them and held against them.
A profile that could not be read and an assessment without a score count as below every threshold.

Exit codes: 0 every threshold is met, 1 one is missed, 2 an input cannot be used, 3 the machine failed.")]
pub(super) struct FleetReportArgs {
    /// Rows of `fleet score`, as CSV or NDJSON, or summaries alone; `-` reads standard input
    #[arg(required = true, value_name = "OUT")]
    runs: Vec<PathBuf>,
    /// Group by this field of the organization; may be given more than once; those that are in use without it
    #[arg(long, value_name = "FIELD", value_parser = PossibleValuesParser::new(CohortKey::WORDS))]
    by: Vec<String>,
    /// Compare with the rows of an earlier run; may be given more than once for one in several files
    #[arg(long, value_name = "EARLIER")]
    against: Vec<PathBuf>,
    /// How long lists of tenants are, and in reports for people those of cohorts, controls and gaps
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16))]
    top: u16,
    /// The least score of every assessment
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min_score: Option<Percent>,
    /// The least assurance of every assessment
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min_assurance: Option<Percent>,
    /// Every assessment reaches the target that its profile names
    #[arg(long)]
    on_target: bool,
    /// So many assessments may be below each of these
    #[arg(long, value_name = "N")]
    max_below: Option<u64>,
    /// The form of the report; that of the file's ending without it, and text on standard output
    #[arg(long, value_enum)]
    format: Option<FleetFormat>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FleetFormat {
    /// For people
    Text,
    /// A row for each figure
    Csv,
    /// For programs: everything
    Json,
    /// One page that needs nothing else
    Html,
}

impl Form for FleetFormat {
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
            Self::Json => &["json"],
            Self::Html => &["html", "htm"],
        }
    }

    fn is_binary(self) -> bool {
        false
    }
}

/// What stands at the end of the name of a summary, after that of its rows.
const BESIDE: &str = ".summary.json";

pub(super) fn run(args: &FleetReportArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let target = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    let format = form::chosen(args.format, target, FleetFormat::Text, io)?;
    let mut reporter = FleetReporter::new(args.options()?);
    let earlier = read_earlier(args, &mut reporter, io)?;
    let notes = read_runs(args, &mut reporter, io)?;
    let fault = |fault: RowFault| Failure::input(fault.message, fault.help);
    let mut report = reporter.finish().map_err(fault)?;
    report.notes.extend(notes);
    name(&mut report, &earlier, global, io)?;
    let style = if target.is_some() { Style::PLAIN } else { io.style() };
    let internal = |error: String| Failure::Machine(format!("cannot write the report: {error}"));
    let text = match format {
        FleetFormat::Text => fleet_text(&report, style),
        FleetFormat::Csv => fleet_csv(&report).map_err(|e| internal(e.to_string()))?,
        FleetFormat::Json => to_json(&report).map_err(|e| internal(e.to_string()))?,
        FleetFormat::Html => fleet_html(&report).map_err(|e| internal(e.to_string()))?,
    };
    output::write(target, &text, io)?;
    let missed: String = report.missed().map(|t| format!("missed: {}: {}\n", t.asked(), t.found())).collect();
    if missed.is_empty() {
        return Ok(Exit::Met);
    }
    io.say(&missed);
    Ok(Exit::Missed)
}

impl FleetReportArgs {
    fn has_threshold(&self) -> bool {
        self.min_score.is_some() || self.min_assurance.is_some() || self.on_target
    }

    fn options(&self) -> Result<FleetReportOptions, Failure> {
        if self.max_below.is_some() && !self.has_threshold() {
            let help = "give `--min-score`, `--min-assurance` or `--on-target` too".to_owned();
            return Err(Failure::input("`--max-below` says how many may miss a threshold, and there is none", help));
        }
        Ok(FleetReportOptions {
            by: self.by.iter().filter_map(|word| CohortKey::from_word(word)).collect(),
            top: usize::from(self.top),
            min_score: self.min_score,
            min_assurance: self.min_assurance,
            on_target: self.on_target,
            max_below: self.max_below.unwrap_or_default(),
        })
    }
}

/// The rows of the earlier run; the libraries of the summaries beside them.
fn read_earlier(
    args: &FleetReportArgs,
    reporter: &mut FleetReporter,
    io: &mut Io<'_>,
) -> Result<BTreeSet<Digest>, Failure> {
    let mut libraries = BTreeSet::new();
    for path in &args.against {
        let found = rows_of(path, io, &mut |row| reporter.earlier(row))?;
        if found == FleetInput::Summary {
            let message = format!("`{}` is a summary, which knows no single tenant", path.display());
            return Err(Failure::input(message, "compare with the rows that `annexa fleet score` wrote".to_owned()));
        }
        if let Some(path) = beside(path).filter(|beside| beside.is_file()) {
            summaries(&path, io, &mut |summary| {
                libraries.insert(summary.library());
                Ok(())
            })?;
        }
    }
    Ok(libraries)
}

/// The rows of the run, and its summaries if all of it has one; what is to be noted.
fn read_runs(args: &FleetReportArgs, reporter: &mut FleetReporter, io: &mut Io<'_>) -> Result<Vec<String>, Failure> {
    let (mut summed, mut bare) = (BTreeSet::new(), Vec::new());
    let mut has_named = false;
    let mut notes = Vec::new();
    for path in &args.runs {
        let beside = beside(path).filter(|beside| beside.is_file());
        let mut of_named = Vec::new();
        let found = rows_or_summary(path, io, &mut |row| reporter.row(row), &mut |summary| {
            of_named.push(summary);
        })?;
        match (found, beside) {
            (FleetInput::Summary, _) if !is_new(&mut summed, path) => {}
            (FleetInput::Summary, _) => {
                has_named = true;
                let added = of_named.into_iter().try_for_each(|summary| reporter.summary(summary));
                added.map_err(|fault| Failure::Inputs(vec![told(path, &fault)]))?;
            }
            (FleetInput::Parquet, Some(_)) => {
                notes.push(format!("The rows of `{}` are Parquet, and are not read.", path.display()));
            }
            (FleetInput::Parquet, None) => {
                let message = format!("`{}` is a table of Parquet, and no summary is beside it", path.display());
                return Err(Failure::input(message, "give rows as CSV or NDJSON, or the summary".to_owned()));
            }
            (_, Some(_)) => {}
            (FleetInput::Empty, None) => {
                let message = format!("`{}` is empty, and no summary is beside it", path.display());
                return Err(Failure::input(message, "was the run cut short?".to_owned()));
            }
            (_, None) => bare.push(path),
        }
    }
    let is_summed = has_named || bare.is_empty();
    for path in args.runs.iter().filter(|_| is_summed).filter_map(|path| beside(path)).filter(|path| path.is_file()) {
        if is_new(&mut summed, &path) {
            summaries(&path, io, &mut |summary| reporter.summary(summary))?;
        }
    }
    if let (false, Some(path)) = (is_summed, bare.first()) {
        if args.has_threshold() {
            let message =
                format!("`{}` has no summary beside it, and it alone counts profiles not read", path.display());
            let help = "thresholds are judged on rows with their summary, or on a summary alone".to_owned();
            return Err(Failure::input(message, help));
        }
        if bare.len() < args.runs.len() {
            notes.push(format!("Summaries are not read, for there is none beside `{}`.", path.display()));
        }
    }
    Ok(notes)
}

/// Whether a file has not been seen, by whatever name.
fn is_new(seen: &mut BTreeSet<PathBuf>, path: &Path) -> bool {
    seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_owned()))
}

/// Where the summary of rows is.
fn beside(path: &Path) -> Option<PathBuf> {
    let mut name: OsString = path.file_name()?.to_owned();
    name.push(BESIDE);
    (path.as_os_str() != "-").then(|| path.with_file_name(name))
}

type EachRow<'e> = &'e mut dyn FnMut(&FleetRow) -> Result<(), RowFault>;

/// Reads the rows of a file, if it has some; what it is.
fn rows_of(path: &Path, io: &mut Io<'_>, each: EachRow<'_>) -> Result<FleetInput, Failure> {
    rows_or_summary(path, io, each, &mut |_| {})
}

/// Hands on the rows of a file, or the summaries that it holds; what it is.
fn rows_or_summary(
    path: &Path,
    io: &mut Io<'_>,
    each: EachRow<'_>,
    summary: &mut dyn FnMut(Summary),
) -> Result<FleetInput, Failure> {
    with_stream(path, io, |input| {
        let start = input.fill_buf().map_err(|e| Failure::machine("read", path, &e))?;
        let found = FleetInput::of(start);
        match found {
            FleetInput::Parquet | FleetInput::Empty => {}
            FleetInput::Summary => Summary::read_all(input, |one| {
                summary(one);
                Ok(())
            })
            .map_err(|fault| Failure::Inputs(vec![told(path, &fault)]))?,
            FleetInput::Csv | FleetInput::Ndjson => {
                read_fleet_rows(input, found, each).map_err(|faults| refused(path, faults))?;
            }
        }
        Ok(found)
    })?
}

fn summaries(
    path: &Path,
    io: &mut Io<'_>,
    each: &mut dyn FnMut(Summary) -> Result<(), annexa::SummaryFault>,
) -> Result<(), Failure> {
    let read = with_stream(path, io, |input| Summary::read_all(input, each))?;
    read.map_err(|fault| Failure::Inputs(vec![told(path, &fault)]))
}

fn refused(path: &Path, faults: Vec<RowFault>) -> Failure {
    let name = path.display();
    let told = |fault: RowFault| (format!("`{name}`, line {}: {}", fault.line, fault.message), fault.help);
    Failure::Inputs(faults.into_iter().map(told).collect())
}

/// Titles, where the library at hand is the one that scored; and whether an earlier run had another.
fn name(report: &mut FleetReport, earlier: &BTreeSet<Digest>, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let Some(library) = report.library else { return Ok(()) };
    for other in earlier.iter().filter(|other| **other != library) {
        let (one, other) = (library.short(), other.short());
        report.notes.push(format!(
            "The earlier run was scored by another library ({other}, and this one by {one}): what moved may be its doing."
        ));
    }
    if global.no_builtin && global.library.is_empty() {
        return Ok(());
    }
    let (session, _) = Session::open_with_warnings(global, io)?;
    if session.library_version().digest() == library {
        report.name(session.model.library());
    } else {
        let (known, found) = (session.library_version().digest().short(), library.short());
        let note =
            format!("The fleet was scored by library {found}, and the one at hand is {known}: titles are left out.");
        report.notes.push(safe(&note));
    }
    Ok(())
}
