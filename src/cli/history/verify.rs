//! `annexa history verify`.

use super::super::remember::{self, refused};
use super::super::{Failure, Global, Io};
use super::StoreArgs;
use clap::Args;

/// Hold everything in the history against everything else, and replay each result
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history verify
  annexa history verify --db history.db

Exit codes: 0 all of it holds, 2 something does not and is named.")]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &VerifyArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let verified = remember::open(&path, io)?.verify(remember::ENGINE).map_err(|e| refused(e, &path))?;
    for id in verified.otherwise.iter().filter(|_| !global.quiet) {
        io.say(&format!(
            "note: snapshot {id} was recorded by another version of annexa, and this one counts otherwise\n"
        ));
    }
    let counts = [(verified.snapshots, "recorded"), (verified.pruned, "pruned"), (verified.replayed, "replayed alike")];
    let counts: Vec<String> = counts.iter().map(|(n, what)| format!("{n} {what}")).collect();
    io.print(&format!("Everything holds: {}\nRoot of {} leaves: {}\n", counts.join(", "), verified.size, verified.root))
}
