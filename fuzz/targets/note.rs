//! Signed notes, checkpoints, proofs and keys from any text.

#![no_main]

use annexa::ledger::{Checkpoint, Hash, LogProof, Note, SignerKey, VerifierKey};
use libfuzzer_sys::fuzz_target;
use std::fmt::Display;
use std::str::FromStr;

/// What is read is written as it was: a text has one meaning, and a meaning one text.
fn same<T: FromStr + Display>(text: &str) -> Option<T> {
    let value: T = text.parse().ok()?;
    assert_eq!(value.to_string(), text);
    Some(value)
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = same::<Checkpoint>(text);
    let _ = text.parse::<VerifierKey>().map(|key| assert_eq!(key.to_string(), text.trim_end_matches(['\r', '\n'])));
    let _ = text.parse::<SignerKey>().map(|key| assert_eq!(key.secret_text(), text.trim_end_matches(['\r', '\n'])));
    // The key of tests/cases/ledger, whose files are the seeds.
    let log = SignerKey::new("example.com/annexa", [1; 32]).expect("a key");
    let known = [log.verifier().clone()];
    if let Some(note) = same::<Note>(text) {
        let opened = Checkpoint::open(text, &known);
        assert!(opened.is_err() || note.verify(&known).is_ok_and(|signers| signers.len() == 1));
    }
    if let Some(proof) = same::<LogProof>(text) {
        assert!(proof.verify(&Hash::of_nothing(), &known).is_err(), "nothing of that hash was recorded");
    }
});
