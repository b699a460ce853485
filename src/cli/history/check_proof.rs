//! `annexa history check-proof`.

use super::super::{Failure, Io};
use super::keys;
use annexa::ledger::LogProof;
use annexa::report::{proof_text, to_json};
use annexa::{MAX_FILE_BYTES, ProvedSnapshot, Unproved};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Check a proof of `annexa history prove`, without any history, and say what is proved
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history check-proof proof.txt --verifier annexa.pub
  annexa history check-proof proof.txt --verifier annexa.pub --profile tenant.toml --result result.json

Exit codes: 0 it is proved, and the files are those that were recorded; 2 it is not, for the reason given.
Take the key from its owner by another way than the proof.")]
pub(super) struct CheckProofArgs {
    /// The proof; `-` reads standard input
    #[arg(value_name = "PROOF")]
    proof: PathBuf,
    /// The key that verifies, as `annexa history keygen` printed it, or a file with it; may be given often
    #[arg(long, value_name = "KEY", required = true)]
    verifier: Vec<String>,
    /// A profile that must be the recorded one, byte for byte
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// A result (JSON) that must be the recorded one, byte for byte, and have the recorded figures
    #[arg(long, value_name = "FILE")]
    result: Option<PathBuf>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: ProofFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ProofFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(super) fn run(args: &CheckProofArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let known = keys::verifiers(&args.verifier, io)?;
    let wrong = |path: &Path, why: &dyn std::fmt::Display| Failure::input(format!("`{}`: {why}", path.display()), None);
    let proof: LogProof = keys::text(&args.proof, io)?.parse().map_err(|why| wrong(&args.proof, &why))?;
    let proved = ProvedSnapshot::of(&proof, &known);
    let mut proved = proved.map_err(|why| match &why {
        Unproved::Rejected(why) => keys::unsigned(&args.proof, Some(proof.checkpoint()), &known, why),
        why => wrong(&args.proof, why),
    })?;
    let mut failures = Vec::new();
    if let Some(path) = &args.profile {
        let held = proved.hold_profile(&keys::bytes(path, MAX_FILE_BYTES, io)?);
        failures.extend(held.err().map(|why| wrong(path, &why)));
    }
    if let Some(path) = &args.result {
        let held = proved.hold_result(&keys::bytes(path, keys::MAX_RESULT, io)?);
        failures.extend(held.err().map(|why| wrong(path, &why)));
    }
    keys::all_told(failures, io)?;
    let internal = |error: String| Failure::Machine(format!("cannot write the snapshot: {error}"));
    let text = match args.format {
        ProofFormat::Text => proof_text(&proved, io.style()),
        ProofFormat::Json => to_json(&proved).map_err(|e| internal(e.to_string()))?,
    };
    io.print(&text)
}
