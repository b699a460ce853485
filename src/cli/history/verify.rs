//! `annexa history verify`.

use super::super::remember::{self, at, refused};
use super::super::{Failure, Global, Io, progress};
use super::{StoreArgs, keys};
use annexa::ledger::Checkpoint;
use annexa::report::safe;
use clap::Args;
use std::fmt::Write;
use std::path::PathBuf;

/// From so many leaves on, a person who watches sees a bar: each takes a few milliseconds to replay.
const MANY: usize = 200;

/// Hold everything in the history against everything else, and replay each result
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history verify
  annexa history verify --db history.db
  annexa history verify --checkpoint checkpoint.txt --verifier annexa.pub

Exit codes: 0 all of it holds, 2 something does not and is named.")]
pub(super) struct VerifyArgs {
    /// A signed checkpoint of `annexa history seal`, which the history must extend; may be given often
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "verifier")]
    checkpoint: Vec<PathBuf>,
    /// The key that verifies, as `annexa history keygen` printed it, or a file with it; may be given often
    #[arg(long, value_name = "KEY", requires = "checkpoint")]
    verifier: Vec<String>,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &VerifyArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let checkpoints = checkpoints(args, io)?;
    let history = remember::open(&path, io)?;
    let mut bar = None;
    let mut seen = |leaves: u64, of: u64| {
        let count = usize::try_from(of).unwrap_or(usize::MAX);
        bar.get_or_insert_with(|| progress::bar(count, MANY, "leaves", global, io)).set_position(leaves);
    };
    let verified = history.verify_against(remember::ENGINE, &checkpoints, &mut seen);
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let (verified, extended) = verified.map_err(|e| refused(e, &path))?;
    let named = || args.checkpoint.iter().zip(&checkpoints);
    let failures = named()
        .zip(extended)
        .filter_map(|((file, earlier), extended)| extended.err().map(|why| keys::not_extended(file, earlier, &why)));
    keys::all_told(failures.collect(), io)?;
    for id in verified.otherwise.iter().filter(|_| !global.quiet) {
        io.say(&format!(
            "note: snapshot {id} was recorded by another version of annexa, and this one counts otherwise\n"
        ));
    }
    let counts = [(verified.snapshots, "recorded"), (verified.pruned, "pruned"), (verified.replayed, "replayed alike")];
    let counts: Vec<String> = counts.iter().map(|(n, what)| format!("{n} {what}")).collect();
    let (size, root) = (verified.size, verified.root);
    let mut text = format!("Everything holds: {}\nRoot of {size} leaves: {root}\n", counts.join(", "));
    for (file, earlier) in named() {
        let leaves = if earlier.size() == 1 { "leaf" } else { "leaves" };
        // Writing to a text cannot fail.
        let _ = writeln!(text, "Extends {}: {} {leaves} of {}", at(file), earlier.size(), safe(earlier.origin()));
    }
    io.print(&text)
}

/// The checkpoints, each signed by a known key.
fn checkpoints(args: &VerifyArgs, io: &mut Io<'_>) -> Result<Vec<Checkpoint>, Failure> {
    let known = keys::verifiers(&args.verifier, io)?;
    let mut failures = Vec::new();
    let mut found = Vec::new();
    for path in &args.checkpoint {
        match keys::text(path, io).and_then(|text| keys::checkpoint(path, &text, &known)) {
            Ok(checkpoint) => found.push(checkpoint),
            Err(failure) => failures.push(failure),
        }
    }
    keys::all_told(failures, io)?;
    Ok(found)
}
