//! A log to which one can only add: Merkle trees, and the signed texts by which others hold it to its word.
//!
//! Everything here is a function of its arguments: no files, no clock, and the randomness of a new key
//! comes in as bytes. Start with [`Tree`], the tree of RFC 6962 over the hashes of a log's records; it
//! gives roots and proofs, which [`verify_inclusion`] and [`verify_consistency`] check without it.
//! A [`Checkpoint`] is a root that was signed, as a [`Note`]; a [`LogProof`] carries one and shows that
//! a record is in the log. The formats are those of C2SP: `signed-note`, `tlog-checkpoint`, `tlog-proof`.

mod checkpoint;
mod frontier;
mod hash;
mod key;
mod log_proof;
mod note;
mod rejection;
mod tree;
mod verify;

pub use checkpoint::Checkpoint;
pub use frontier::Frontier;
pub use hash::{Hash, leaf_hash, node_hash};
pub use key::{SignerKey, VerifierKey};
pub use log_proof::LogProof;
pub use note::{MAX_SIGNATURES, Note, NoteSignature};
pub use rejection::Rejection;
pub use tree::Tree;
pub use verify::{verify_consistency, verify_inclusion};
