//! The command line: arguments, streams, exit codes. It sees only what the library crate shows.
//!
//! [`run`] parses, calls the command, and turns what came back into text on standard error and an
//! [`Exit`]. Each command is a file with a struct of arguments and a function of it; `shared` has
//! the arguments that several take; `output` writes results, whole or not at all.

mod badge;
mod check;
mod convert;
mod crosswalk;
mod derived;
mod diff;
mod explain;
mod export;
mod failure;
mod fleet;
mod forecast;
mod form;
mod gaps;
mod gate;
mod generate;
mod git;
mod graph;
mod history;
mod import;
mod init;
mod io;
mod library;
mod lint;
mod migrate;
mod oscal;
mod output;
mod plan;
mod progress;
mod purview;
mod remember;
mod report;
mod score;
mod send;
mod shared;
mod soa;
mod weakpoints;
mod whatif;

pub(crate) use failure::{Exit, Failure};
pub(crate) use io::Io;

use annexa::{Choice, Locale};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;

/// Compliance scores for ISO/IEC 27001 on Microsoft's cloud, offline, from text files in git.
#[derive(Debug, Parser)]
#[command(name = "annexa", version, after_help = EXAMPLES, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  annexa init -o tenant.toml                 a profile to fill in
  annexa score tenant.toml                   the score, today
  annexa gaps tenant.toml -o gaps.csv        the gap report
  annexa explain tenant.toml A.9.2.3         the proof behind a control

Exit codes: 0 done and every threshold met, 1 a threshold missed, 2 unusable input, 3 the machine failed.";

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub(crate) struct Global {
    /// A library folder (`controls/`, `templates/`) over the built-in library; a later one overrides an earlier by id
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) library: Vec<std::path::PathBuf>,
    /// Leave the built-in library out
    #[arg(long, global = true)]
    pub(crate) no_builtin: bool,
    /// When to colour the output
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: ColorChoice,
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// The language of reports; without it that of the environment, and English in CSV and JSON
    #[arg(long, value_name = "LANG", value_parser = locale(), global = true)]
    pub(crate) lang: Option<Locale>,
}

fn locale() -> impl TypedValueParser<Value = Locale> {
    PossibleValuesParser::new(Locale::WORDS).map(|word| Locale::from_word(&word).unwrap_or(Locale::English))
}

impl Global {
    /// The language of what programs read: English unless another is asked for by name.
    pub(crate) fn locale_of_data(&self) -> Locale {
        self.lang.unwrap_or(Locale::English)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Score(score::ScoreArgs),
    Gaps(gaps::GapsArgs),
    Report(report::ReportArgs),
    Gate(gate::GateArgs),
    Explain(explain::ExplainArgs),
    Soa(soa::SoaArgs),
    Weakpoints(weakpoints::WeakpointsArgs),
    Graph(graph::GraphArgs),
    Diff(diff::DiffArgs),
    Whatif(whatif::WhatifArgs),
    Forecast(forecast::ForecastArgs),
    Plan(plan::PlanArgs),
    Badge(badge::BadgeArgs),
    Check(check::CheckArgs),
    Lint(lint::LintArgs),
    Init(init::InitArgs),
    Crosswalk(crosswalk::CrosswalkArgs),
    Import(Box<import::ImportArgs>),
    Convert(convert::ConvertArgs),
    Migrate(migrate::MigrateArgs),
    Purview(purview::PurviewArgs),
    Oscal(oscal::OscalArgs),
    History(history::HistoryArgs),
    Fleet(fleet::FleetArgs),
    Library(library::LibraryArgs),
    Export(send::SendArgs),
    Schema(generate::SchemaArgs),
    Completions(generate::CompletionsArgs),
    Man(generate::ManArgs),
}

/// Runs the command that `args` name.
pub(crate) fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> Exit {
    let parsed = Cli::command().try_get_matches_from(args).and_then(|m| Cli::from_arg_matches(&m));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return failure::usage(&error, io),
    };
    io.set_color(cli.global.color);
    io.set_locale(cli.global.lang);
    if !cli.global.quiet {
        io.show_clock();
    }
    let global = &cli.global;
    let result = match &cli.command {
        Command::Score(args) => score::run(args, global, io),
        Command::Gaps(args) => gaps::run(args, global, io),
        Command::Report(args) => report::run(args, global, io),
        Command::Gate(args) => gate::run(args, global, io),
        Command::Explain(args) => explain::run(args, global, io),
        Command::Soa(args) => soa::run(args, global, io),
        Command::Weakpoints(args) => weakpoints::run(args, global, io),
        Command::Graph(args) => graph::run(args, global, io),
        Command::Diff(args) => diff::run(args, global, io),
        Command::Whatif(args) => whatif::run(args, global, io),
        Command::Forecast(args) => forecast::run(args, global, io),
        Command::Plan(args) => plan::run(args, global, io),
        Command::Badge(args) => badge::run(args, global, io),
        Command::Check(args) => check::run(args, global, io),
        Command::Lint(args) => lint::run(args, global, io),
        Command::Init(args) => init::run(args, global, io),
        Command::Crosswalk(args) => crosswalk::run(args, global, io),
        Command::Import(args) => import::run(args, global, io),
        Command::Convert(args) => convert::run(args, global, io),
        Command::Migrate(args) => migrate::run(args, global, io),
        Command::Purview(args) => purview::run(args, global, io),
        Command::Oscal(args) => oscal::run(args, global, io),
        Command::History(args) => history::run(args, global, io),
        Command::Fleet(args) => fleet::run(args, global, io),
        Command::Library(args) => library::run(args, global, io),
        Command::Export(args) => send::run(args, global, io),
        Command::Schema(args) => generate::schema(args, io),
        Command::Completions(args) => generate::completions(args, &mut Cli::command(), io),
        Command::Man(args) => generate::man(args, Cli::command(), io),
    };
    match result.and_then(|exit| io.flush().map(|()| exit)) {
        Ok(exit) => exit,
        Err(failure) => failure.tell(io),
    }
}
