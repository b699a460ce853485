//! `annexa history keygen`.

use super::super::{Failure, Io, output};
use super::keys;
use annexa::ledger::SignerKey;
use clap::Args;
use std::path::PathBuf;

/// Make a key to seal the history with, and print the key that verifies
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history keygen --name example.com/annexa -o annexa.key
  annexa history keygen --of annexa.key

Keep the file where only you can read it, and not beside the history: whoever has both can
write another history and seal it. The line that is printed is for everybody.")]
pub(super) struct KeygenArgs {
    /// The name of the log, best a web address without `https://`; nothing has to be there
    #[arg(long, value_name = "NAME", required_unless_present = "of", requires = "output")]
    name: Option<String>,
    /// The new file for the key that signs
    #[arg(short, long, value_name = "KEYFILE", requires = "name")]
    output: Option<PathBuf>,
    /// Make none, and print the key that verifies what this one signs
    #[arg(long, value_name = "KEYFILE", conflicts_with = "name")]
    of: Option<PathBuf>,
}

pub(super) fn run(args: &KeygenArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let key = match (&args.of, &args.name, &args.output) {
        (None, Some(name), Some(path)) => {
            if path.as_os_str() == "-" {
                return Err(Failure::input("a key that signs is not printed", "name a new file".to_owned()));
            }
            let key = new(name)?;
            output::write_secret(path, &format!("{}\n", key.secret_text()))?;
            key
        }
        (of, _, _) => keys::signer(&of.clone().unwrap_or_default(), false, io)?,
    };
    io.print(&format!("{}\n", key.verifier()))
}

fn new(name: &str) -> Result<SignerKey, Failure> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|e| Failure::Machine(format!("the system gives no random numbers: {e}")))?;
    let help = "such as `example.com/annexa`".to_owned();
    SignerKey::new(name, random).map_err(|why| Failure::input(format!("`--name`: {why}"), help))
}
