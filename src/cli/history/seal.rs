//! `annexa history seal`.

use super::super::remember::{self, refused};
use super::super::{Failure, Global, Io, output};
use super::{StoreArgs, keys};
use annexa::History;
use annexa::ledger::SignerKey;
use clap::Args;
use std::path::{Path, PathBuf};

/// Sign what the log is now, to be kept elsewhere: a checkpoint
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history seal --key annexa.key -o checkpoint.txt
  annexa history seal --key annexa.key --db history.db | mail -s 'our history' auditor@example.com

A damaged history is not sealed. An earlier checkpoint at `-o` is replaced if the history
extends it.")]
pub(super) struct SealArgs {
    /// The key of `annexa history keygen`
    #[arg(long, value_name = "KEYFILE")]
    key: PathBuf,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &SealArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let key = keys::signer(&args.key, global.quiet, io)?;
    let path = args.store.path();
    let history = remember::open(&path, io)?;
    if let Some(earlier) = args.output.as_deref().filter(|o| o.as_os_str() != "-" && o.is_file()) {
        extends(&history, &path, earlier, &key, io)?;
    }
    let note = history.seal(&key).map_err(|e| refused(e, &path))?;
    output::write(args.output.as_deref(), note.to_string(), io)
}

/// An earlier checkpoint is evidence, which is not written over by a history that it speaks against.
fn extends(history: &History, path: &Path, earlier: &Path, key: &SignerKey, io: &mut Io<'_>) -> Result<(), Failure> {
    let text = keys::text(earlier, io)?;
    let Ok(state) = keys::checkpoint(earlier, &text, std::slice::from_ref(key.verifier())) else {
        let message = format!("`{}` exists already and is no checkpoint by this key", earlier.display());
        return Err(Failure::input(message, "name another file".to_owned()));
    };
    let extended = history.extends(&state).map_err(|e| refused(e, path))?;
    extended.map_err(|why| keys::not_extended(earlier, &state, &why))
}
