//! The log, its proofs and its signed texts as JSON, for another program to check: `tests/e2e/ledger_holds.py`.
//!
//! It reads the records, a name and the bytes of a key from standard input, and proofs that the other
//! program made, which it judges.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "an example that goes wrong should stop")]

use annexa::ledger::{Checkpoint, LogProof, SignerKey, Tree, VerifierKey, leaf_hash};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Input {
    name: String,
    random: [u8; 32],
    records: Vec<Vec<u8>>,
    key: String,
    proofs: Vec<Theirs>,
}

/// A proof of theirs, and the record that it is said to be about.
#[derive(Deserialize)]
struct Theirs {
    record: Vec<u8>,
    proof: String,
}

fn main() {
    let input: Input = serde_json::from_reader(std::io::stdin()).expect("the input");
    let tree: Tree = input.records.iter().map(|record| leaf_hash(record)).collect();
    let size = tree.size();
    let texts = |path: Option<Vec<_>>| path.expect("a proof").iter().map(ToString::to_string).collect::<Vec<_>>();

    let sizes = || 1..=size;
    let roots: Vec<String> = sizes().map(|n| tree.root_at(n).expect("a root").to_string()).collect();
    let inclusion: Vec<Value> = sizes()
        .flat_map(|n| (0..n).map(move |i| (i, n)))
        .map(|(i, n)| json!([i, n, texts(tree.inclusion_proof(i, n))]))
        .collect();
    let consistency: Vec<Value> = sizes()
        .flat_map(|n| (1..=n).map(move |old| (old, n)))
        .map(|(old, n)| json!([old, n, texts(tree.consistency_proof(old, n))]))
        .collect();

    let key = SignerKey::new(&input.name, input.random).expect("a key");
    let note = Checkpoint::new(&input.name, size, tree.root()).expect("a checkpoint").sign(&key).expect("a note");
    let proof = |i| LogProof::new(i, tree.inclusion_proof(i, size).expect("a proof"), note.clone()).to_string();

    let known: [VerifierKey; 1] = [input.key.parse().expect("their key")];
    let judge = |theirs: &Theirs| match theirs.proof.parse::<LogProof>() {
        Ok(proof) => {
            proof.verify(&leaf_hash(&theirs.record), &known).map_or_else(|no| no.to_string(), |_| String::new())
        }
        Err(fault) => fault.to_string(),
    };
    let output = json!({
        "roots": roots,
        "inclusion": inclusion,
        "consistency": consistency,
        "verifier": key.verifier().to_string(),
        "secret": key.secret_text(),
        "checkpoint": note.to_string(),
        "proofs": (0..size).map(proof).collect::<Vec<_>>(),
        "judged": input.proofs.iter().map(judge).collect::<Vec<_>>(),
    });
    println!("{output}");
}
