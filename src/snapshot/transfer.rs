//! The lines of an export: JSON, one object a line, with everything that a history holds.
//!
//! The first line names the format, the size of the log and its root; then come the texts, the
//! libraries, and the log, leaf by leaf.

use super::{Digest, Identity};
use serde::{Deserialize, Serialize};

/// The version of the format.
pub const FORMAT: u32 = 1;

/// A line of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ExportLine {
    /// The first line.
    AnnexaHistory {
        /// The version of the format.
        format: u32,
        /// How many leaves the log has.
        size: u64,
        /// The root of the log.
        root: Digest,
    },
    /// The text of a profile or of a file of a library.
    Text {
        /// The text.
        text: String,
    },
    /// A library, by the texts it was read from.
    Library {
        /// Its files.
        files: Vec<ExportFile>,
    },
    /// A snapshot: the next leaf of the log.
    Snapshot {
        /// What it is known by.
        identity: Box<Identity>,
        /// Its result.
        result: String,
    },
    /// A snapshot that was pruned: the next leaf of the log.
    Pruned {
        /// The hash of the leaf.
        leaf: Digest,
        /// When it was pruned, in UTC.
        pruned_at: String,
    },
}

/// A file of a library in an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportFile {
    /// Which folder, counted from 1; the built-in library is layer 0.
    pub layer: u32,
    /// The path inside the folder.
    pub path: String,
    /// The digest of the text.
    pub sha256: Digest,
}
