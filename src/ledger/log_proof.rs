//! A proof that a record is in a log, for who has no log: the C2SP `tlog-proof` format.
//!
//! It holds the place of the record, the hashes from there to the root, and the signed checkpoint.

use crate::ledger::checkpoint::{Checkpoint, number};
use crate::ledger::hash::{Hash, decode, encode};
use crate::ledger::key::VerifierKey;
use crate::ledger::note::Note;
use crate::ledger::rejection::Rejection;
use crate::ledger::verify::verify_inclusion;
use std::fmt;
use std::str::FromStr;

/// The first line, which names the format.
const FORMAT: &str = "c2sp.org/tlog-proof@v1";

/// A proof that a record is in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogProof {
    extra: Option<Vec<u8>>,
    index: u64,
    path: Vec<Hash>,
    checkpoint: Note,
}

impl LogProof {
    /// The proof that `checkpoint` covers the record at `index`, by the hashes from there to the root.
    #[must_use]
    pub fn new(index: u64, path: Vec<Hash>, checkpoint: Note) -> Self {
        Self { extra: None, index, path, checkpoint }
    }

    /// The proof with bytes for who reads it. Nothing authenticates them.
    #[must_use]
    pub fn with_extra(self, extra: Vec<u8>) -> Self {
        Self { extra: Some(extra), ..self }
    }

    /// Bytes for who reads the proof, which nothing authenticates.
    #[must_use]
    pub fn extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// The index of the record in the log, from 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The signed checkpoint, as the proof brings it.
    #[must_use]
    pub fn checkpoint(&self) -> &Note {
        &self.checkpoint
    }

    /// Checks that a log whose key is among `known` had the record with this leaf hash; gives the
    /// state of the log that was proved.
    ///
    /// # Errors
    /// What is wrong with the checkpoint, or why the proof does not show it.
    pub fn verify(&self, leaf: &Hash, known: &[VerifierKey]) -> Result<Checkpoint, Rejection> {
        let before = 3 + usize::from(self.extra.is_some()) + self.path.len();
        let opened = Checkpoint::open(&self.checkpoint.to_string(), known);
        let state = opened.map_err(|fault| fault.after_lines(before))?;
        verify_inclusion(leaf, self.index, state.size(), &self.path, state.root())?;
        Ok(state)
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FORMAT}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for LogProof {
    type Err = Rejection;

    fn from_str(text: &str) -> Result<Self, Rejection> {
        let empty_line = Rejection::malformed("no empty line before the checkpoint");
        let (proof, checkpoint) = text.split_once("\n\n").ok_or(empty_line)?;
        let mut lines = proof.split('\n').enumerate().map(|(i, line)| (i + 1, line)).peekable();
        if lines.next().is_none_or(|(_, line)| line != FORMAT) {
            let why = "the first line is not `c2sp.org/tlog-proof@v1`";
            return Err(Rejection::malformed(why).on_line(1));
        }
        let extra = match lines.peek().and_then(|(at, line)| Some((*at, line.strip_prefix("extra ")?))) {
            Some((at, bytes)) => {
                lines.next();
                Some(decode(bytes).map_err(|fault| fault.on_line(at))?)
            }
            None => None,
        };
        let missing = Rejection::malformed("the line with the index is missing");
        let (at, line) = lines.next().ok_or(missing.clone())?;
        let index = line.strip_prefix("index ").ok_or(missing).and_then(number).map_err(|fault| fault.on_line(at))?;
        let hash = |(at, line): (usize, &str)| line.parse().map_err(|fault: Rejection| fault.on_line(at));
        let path = lines.map(hash).collect::<Result<_, _>>()?;
        let before = proof.split('\n').count() + 1;
        let checkpoint = checkpoint.parse().map_err(|fault: Rejection| fault.after_lines(before))?;
        Ok(Self { extra, index, path, checkpoint })
    }
}
