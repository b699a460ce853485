//! `annexa weakpoints`: what a result rests on.

use super::shared::{Session, date};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{FEW_WEAKPOINTS, Style, to_json, weakpoints_csv, weakpoints_markdown, weakpoints_text};
use annexa::{Choice, SupportKind};
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Find what the score rests on: the points and controls that fall with one thing alone
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa weakpoints tenant.toml
  annexa weakpoints tenant.toml --kind evidence --top 30
  annexa weakpoints tenant.toml --as-of 2021-12-01 --format csv -o weakpoints.csv

Each thing is taken away alone and the profile is scored without it: an item of evidence, the
evidence that names a service, the status of an action that others take over (parent), the tests
by people on the actions assigned to somebody (assignee). The most assured points come first,
then the most achieved ones.")]
pub(crate) struct WeakpointsArgs {
    /// The profile; `-` reads standard input
    profile: PathBuf,
    /// The date of every figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Only things of this kind; may be given more than once
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(SupportKind::WORDS))]
    kind: Vec<String>,
    /// How many rows the tables of text and Markdown have; JSON and CSV have all
    #[arg(long, value_name = "N", default_value_t = FEW_WEAKPOINTS)]
    top: usize,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: WeakpointsFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum WeakpointsFormat {
    /// For people
    Text,
    /// For programs: everything, exactly
    Json,
    /// For spreadsheets: a row for each thing and control that falls with it
    Csv,
    /// For pull requests and wikis
    Markdown,
}

pub(crate) fn run(args: &WeakpointsArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut session = Session::open(global, io)?;
    let profile = session.profile(&args.profile, io)?;
    let kinds: Vec<SupportKind> = args.kind.iter().filter_map(|word| SupportKind::from_word(word)).collect();
    let found = session.model.weakpoints(&profile, args.as_of.unwrap_or(io.today()), &kinds);
    let internal = |error: String| Failure::Machine(format!("cannot write the result: {error}"));
    let style = if args.output.is_some() { Style::PLAIN } else { io.style() };
    let text = match args.format {
        WeakpointsFormat::Text => weakpoints_text(&found, args.top, style),
        WeakpointsFormat::Markdown => weakpoints_markdown(&found, args.top),
        WeakpointsFormat::Csv => weakpoints_csv(&found).map_err(|e| internal(e.to_string()))?,
        WeakpointsFormat::Json => to_json(&found).map_err(|e| internal(e.to_string()))?,
    };
    output::write(args.output.as_deref(), &text, io)?;
    Ok(Exit::Met)
}
