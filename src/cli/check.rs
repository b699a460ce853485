//! `annexa check`: every diagnostic and lint.

use super::shared::Session;
use super::{Exit, Failure, Global, Io};
use annexa::{Checked, Diagnostics};
use clap::Args;
use std::path::PathBuf;

/// Check profiles and library folders: every fault and everything that is probably not meant
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa check tenant.toml
  annexa check tenants/*.toml --strict
  annexa check --library my-library            lint a library folder
  annexa check --library my-library --no-builtin

Without a profile the library is linted: the folders, or without any the built-in one.
`annexa explain CODE` tells more about a diagnostic.")]
pub(crate) struct CheckArgs {
    /// Profiles; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
    /// Exit with 1 if there are warnings
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run(args: &CheckArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let (mut session, mut found) = Session::open_with_warnings(global, io)?;
    if args.profiles.is_empty() || !global.library.is_empty() {
        found = session.lint(found);
    }
    for path in &args.profiles {
        match session.read_profile(path, io) {
            Ok(Checked { warnings: more, .. }) | Err(more) => found.append(more),
        }
    }
    if found.is_empty() {
        if !global.quiet {
            io.say("no faults found\n");
        }
        return Ok(Exit::Met);
    }
    if !global.quiet || found.has_errors() {
        session.tell(&found, io);
    }
    Ok(exit(args, &found))
}

fn exit(args: &CheckArgs, found: &Diagnostics) -> Exit {
    match (found.has_errors(), args.strict) {
        (true, _) => Exit::Unusable,
        (false, true) => Exit::Missed,
        (false, false) => Exit::Met,
    }
}
