//! `annexa history prove`.

use super::super::remember::{self, refused};
use super::super::{Failure, Global, Io, output};
use super::{StoreArgs, keys};
use annexa::ledger::Note;
use clap::Args;
use std::path::PathBuf;

/// Write the proof that a snapshot is in the history, for who has no history
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history prove last --key annexa.key -o proof.txt
  annexa history prove 5f0c2a --checkpoint checkpoint.txt -o proof.txt

The proof holds the tenant, dates, note and overall figures of the snapshot, and the digests of
its profile and result; of other snapshots nothing but hashes. `annexa history check-proof`
checks it.")]
pub(super) struct ProveArgs {
    /// The id of a snapshot, or how it starts; `last` is the one recorded last
    #[arg(value_name = "ID")]
    id: String,
    /// Prove it under this checkpoint of `annexa history seal`
    #[arg(long, value_name = "FILE", required_unless_present = "key", conflicts_with = "key")]
    checkpoint: Option<PathBuf>,
    /// Prove it under a new checkpoint, signed with this key
    #[arg(long, value_name = "KEYFILE")]
    key: Option<PathBuf>,
    /// With `last`: the last of this tenant
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &ProveArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let key = args.key.as_deref().map(|key| keys::signer(key, global.quiet, io)).transpose()?;
    let signed: Option<Note> = match &args.checkpoint {
        None => None,
        Some(file) => {
            let wrong = |why| Failure::input(format!("`{}`: {why}", file.display()), None);
            Some(keys::text(file, io)?.parse().map_err(wrong)?)
        }
    };
    let history = remember::open(&path, io)?;
    let no = |e| refused(e, &path);
    let kept = history.find(&args.id, args.tenant.as_deref()).map_err(no)?;
    let signed = match (signed, key) {
        (Some(signed), _) => signed,
        (None, Some(key)) => history.seal(&key).map_err(no)?,
        (None, None) => return Err(Failure::input("there is no checkpoint and no key", None)),
    };
    let proof = history.prove(&kept, signed).map_err(no)?;
    output::write(args.output.as_deref(), proof.to_string(), io)
}
