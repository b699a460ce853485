//! `annexa oscal`: documents of NIST's OSCAL, out and in.

mod export;
mod import;

use super::{Exit, Failure, Global, Io};
use clap::{Args, Subcommand};

/// Write documents of NIST's OSCAL 1.1.3, and take them in
#[derive(Debug, Args)]
pub(crate) struct OscalArgs {
    #[command(subcommand)]
    command: OscalCommand,
}

#[derive(Debug, Subcommand)]
enum OscalCommand {
    Export(export::ExportArgs),
    Import(import::ImportArgs),
}

pub(crate) fn run(args: &OscalArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    match &args.command {
        OscalCommand::Export(args) => export::run(args, global, io),
        OscalCommand::Import(args) => import::run(args, global, io),
    }
}
