//! A snapshot that a proof shows to be in a log, for who has no log.
//!
//! A proof carries the identity of its snapshot as extra data, which nothing signs. It is believed
//! for one reason: its bytes are the leaf, and the proof leads from the hash of that leaf to a root
//! that was signed. So they are hashed first, and read only when the proof holds.

use super::{Digest, Identity, ListedSnapshot, Rows};
use crate::ledger::{LogProof, Rejection, VerifierKey, leaf_hash};
use serde::Serialize;
use std::fmt;

/// A snapshot that is proved to be in a log.
#[derive(Clone, Debug, Serialize)]
pub struct ProvedSnapshot {
    /// The name of the log.
    pub log: String,
    /// How many leaves the log had when the checkpoint was signed.
    pub size: u64,
    /// Its root at that time.
    pub root: Digest,
    /// The place of the leaf, counted from nought.
    pub index: u64,
    /// The hash of the leaf.
    pub leaf: Digest,
    /// Whether a profile was held against the recorded digest.
    pub profile_is_recorded: Option<bool>,
    /// Whether a result was held against the recorded digest and figures.
    pub result_is_recorded: Option<bool>,
    /// The snapshot as a list shows it.
    pub snapshot: ListedSnapshot,
    /// All that is proved, as it was recorded.
    pub identity: Identity,
}

/// Why a proof does not show that a snapshot is in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unproved {
    /// The proof does not hold.
    Rejected(Rejection),
    /// The proof does not say what it is about.
    NoIdentity,
    /// What is proved is no snapshot as this version of the program knows them.
    NoSnapshot,
}

impl fmt::Display for Unproved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rejected(why) => why.fmt(f),
            Self::NoIdentity => f.write_str("it does not carry what it is a proof of"),
            Self::NoSnapshot => f.write_str("what it proves is no snapshot as this annexa knows them"),
        }
    }
}

impl std::error::Error for Unproved {}

impl ProvedSnapshot {
    /// The snapshot of a proof whose checkpoint is signed by one of the `known` keys.
    ///
    /// # Errors
    /// Why it is not proved.
    pub fn of(proof: &LogProof, known: &[VerifierKey]) -> Result<Self, Unproved> {
        let leaf = proof.extra().ok_or(Unproved::NoIdentity)?;
        let hash = leaf_hash(leaf);
        let state = proof.verify(&hash, known).map_err(Unproved::Rejected)?;
        let identity: Identity = serde_json::from_slice(leaf).map_err(|_| Unproved::NoSnapshot)?;
        // One form, so that two readers see the same: no key twice, no blanks, the version that is known.
        if identity.version != super::VERSION || identity.canonical().as_bytes() != leaf {
            return Err(Unproved::NoSnapshot);
        }
        Ok(Self {
            log: state.origin().to_owned(),
            size: state.size(),
            root: Digest::from(*state.root()),
            index: proof.index(),
            leaf: Digest::from(hash),
            profile_is_recorded: None,
            result_is_recorded: None,
            snapshot: ListedSnapshot::from(&identity),
            identity,
        })
    }

    /// Holds the bytes of a profile against the recorded digest.
    ///
    /// # Errors
    /// The digest that they have instead.
    pub fn hold_profile(&mut self, profile: &[u8]) -> Result<(), String> {
        let held = same("profile", Digest::of(profile), self.identity.profile);
        self.profile_is_recorded = Some(held.is_ok());
        held
    }

    /// Holds the bytes of a result against the recorded digest, and the recorded figures against those of
    /// the result: whoever recorded them could have recorded others.
    ///
    /// # Errors
    /// What is not the same.
    pub fn hold_result(&mut self, result: &[u8]) -> Result<(), String> {
        let held = same("result", Digest::of(result), self.identity.result).and_then(|()| {
            let rows = std::str::from_utf8(result).map_err(|e| e.to_string()).and_then(Rows::of);
            match rows {
                Ok(rows) if self.identity.fits(&rows) => Ok(()),
                Ok(_) => Err("it is the recorded result, but the recorded figures are others than its own".to_owned()),
                Err(why) => Err(format!("it is the recorded result, but none that annexa makes: {why}")),
            }
        });
        self.result_is_recorded = Some(held.is_ok());
        held
    }
}

fn same(what: &str, found: Digest, recorded: Digest) -> Result<(), String> {
    if found == recorded {
        return Ok(());
    }
    Err(format!("it is not the recorded {what}: its SHA-256 is {found}, and {recorded} was recorded"))
}
