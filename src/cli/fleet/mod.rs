//! `annexa fleet`: many tenants at once. A file for each of its commands.
//!
//! `input` says what profiles are read from and cuts it into chunks, `engine` has them worked on by all
//! threads and hands the results on in the order of the input, `job` is what a thread does with a
//! chunk of profiles. `parts` keeps what a run has done so far, and `sink` what is written of it;
//! `arrow` reads and writes tables.

mod arrow;
mod conduct;
mod engine;
mod faults;
mod forecast;
mod input;
mod job;
mod merge;
mod names;
mod pack;
mod pack_file;
mod parts;
mod report;
mod run;
mod score;
mod sink;
mod whatif;
mod worker;

use super::{Exit, Failure, Global, Io};
use clap::{Args, Subcommand};

/// Score many tenants at once, and look at what they come to together
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct FleetArgs {
    #[command(subcommand)]
    command: FleetCommand,
}

#[derive(Debug, Subcommand)]
enum FleetCommand {
    Score(Box<score::FleetScoreArgs>),
    Pack(pack::FleetPackArgs),
    Forecast(forecast::FleetForecastArgs),
    Whatif(whatif::FleetWhatifArgs),
    Worker(worker::WorkerArgs),
    Report(Box<report::FleetReportArgs>),
    Merge(merge::MergeArgs),
}

pub(crate) fn run(args: &FleetArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    match &args.command {
        FleetCommand::Score(args) => score::run(args, global, io),
        FleetCommand::Pack(args) => pack::run(args, global, io),
        FleetCommand::Forecast(args) => forecast::run(args, global, io),
        FleetCommand::Whatif(args) => whatif::run(args, global, io),
        FleetCommand::Worker(args) => worker::run(args, global, io),
        FleetCommand::Report(args) => report::run(args, global, io),
        FleetCommand::Merge(args) => merge::run(args, global, io),
    }
}
