//! Why a text, a signature or a proof is not accepted.

use std::error::Error;
use std::fmt;

/// Why a text, a signature or a proof is not accepted.
///
/// What stands in a text is repeated nowhere but in [`Rejection::OtherOrigin`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The text does not have its form.
    Malformed {
        /// The line at fault, from 1, where the text has several.
        line: Option<usize>,
        /// What is wrong.
        why: &'static str,
    },
    /// No signature is by a known key.
    NoKnownSigner,
    /// A signature names a known key and is not by it.
    WrongSignature {
        /// The name of that key.
        name: String,
    },
    /// A checkpoint is signed by known keys, none of which has the name of its log.
    OtherOrigin {
        /// The log that the checkpoint names.
        origin: String,
    },
    /// A proof is about a record that a log of this size does not have.
    OutsideLog {
        /// The index of the record, from 0.
        index: u64,
        /// The number of records.
        size: u64,
    },
    /// The log that should be the longer one has fewer records.
    Shrunk {
        /// The number of records earlier.
        old: u64,
        /// The number of records later.
        new: u64,
    },
    /// The proof has fewer hashes than the size of the log asks for.
    ProofTooShort,
    /// The proof has more hashes than the size of the log asks for.
    ProofTooLong,
    /// The proof leads to another root: the record, its place, the log or the proof was changed.
    OtherRoot,
    /// The earlier log is not what the later one starts with.
    OtherPast,
}

impl Rejection {
    /// A fault of a text of one line.
    pub(super) fn malformed(why: &'static str) -> Self {
        Self::Malformed { line: None, why }
    }

    /// The same fault, on a line of a longer text.
    pub(super) fn on_line(self, line: usize) -> Self {
        match self {
            Self::Malformed { why, .. } => Self::Malformed { line: Some(line), why },
            other => other,
        }
    }

    /// The same fault, where the text starts after so many lines of a longer one.
    pub(super) fn after_lines(self, before: usize) -> Self {
        match self {
            Self::Malformed { line, why } => Self::Malformed { line: Some(line.unwrap_or(1) + before), why },
            other => other,
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { line: Some(line), why } => write!(f, "line {line}: {why}"),
            Self::Malformed { line: None, why } => f.write_str(why),
            Self::NoKnownSigner => f.write_str("no signature is by a known key"),
            Self::WrongSignature { name } => write!(f, "the signature of {name} does not fit the text"),
            Self::OtherOrigin { origin } => write!(f, "no known key of the log {origin} signed the checkpoint"),
            Self::OutsideLog { index, size } => write!(f, "a log of {size} records has none with index {index}"),
            Self::Shrunk { old, new } => write!(f, "the log had {old} records and has {new}"),
            Self::ProofTooShort => f.write_str("the proof has too few hashes for a log of this size"),
            Self::ProofTooLong => f.write_str("the proof has too many hashes for a log of this size"),
            Self::OtherRoot => f.write_str("the proof leads to another root"),
            Self::OtherPast => f.write_str("the log does not start with what it held earlier"),
        }
    }
}

impl Error for Rejection {}
