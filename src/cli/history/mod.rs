//! `annexa history`: snapshots of scores, kept in one file. A file for each of its commands.

mod check_proof;
mod diff;
mod export;
mod from_git;
mod import;
mod keygen;
mod keys;
mod list;
mod prove;
mod prune;
mod record;
mod report;
mod rescore;
mod seal;
mod show;
mod trend;
mod verify;

use super::{Exit, Failure, Global, Io, remember};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// Keep scores, and look at those kept
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct HistoryArgs {
    #[command(subcommand)]
    command: HistoryCommand,
}

#[derive(Debug, Subcommand)]
enum HistoryCommand {
    Record(record::RecordArgs),
    FromGit(from_git::FromGitArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Diff(diff::DiffArgs),
    Trend(Box<trend::TrendArgs>),
    Rescore(Box<rescore::RescoreArgs>),
    Report(report::ReportArgs),
    Verify(verify::VerifyArgs),
    Keygen(keygen::KeygenArgs),
    Seal(seal::SealArgs),
    Prove(prove::ProveArgs),
    CheckProof(check_proof::CheckProofArgs),
    Export(export::ExportArgs),
    Import(import::ImportArgs),
    Prune(prune::PruneArgs),
}

/// Where the history is.
#[derive(Debug, Args)]
struct StoreArgs {
    /// The file of the history; `.annexa/history.db` in the current folder without it
    #[arg(long, value_name = "PATH")]
    db: Option<PathBuf>,
}

impl StoreArgs {
    fn path(&self) -> PathBuf {
        self.db.clone().unwrap_or_else(|| remember::beside(Path::new("-")))
    }
}

pub(crate) fn run(args: &HistoryArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    match &args.command {
        HistoryCommand::Record(args) => record::run(args, global, io)?,
        HistoryCommand::FromGit(args) => from_git::run(args, global, io)?,
        HistoryCommand::List(args) => list::run(args, global, io)?,
        HistoryCommand::Show(args) => show::run(args, io)?,
        HistoryCommand::Diff(args) => diff::run(args, global, io)?,
        HistoryCommand::Trend(args) => trend::run(args, global, io)?,
        HistoryCommand::Rescore(args) => rescore::run(args, global, io)?,
        HistoryCommand::Report(args) => report::run(args, global, io)?,
        HistoryCommand::Verify(args) => verify::run(args, global, io)?,
        HistoryCommand::Keygen(args) => keygen::run(args, io)?,
        HistoryCommand::Seal(args) => seal::run(args, global, io)?,
        HistoryCommand::Prove(args) => prove::run(args, global, io)?,
        HistoryCommand::CheckProof(args) => check_proof::run(args, io)?,
        HistoryCommand::Export(args) => export::run(args, io)?,
        HistoryCommand::Import(args) => import::run(args, io)?,
        HistoryCommand::Prune(args) => prune::run(args, io)?,
    }
    Ok(Exit::Met)
}
