//! Why a pack cannot be read.

use super::bytes::Broken;
use crate::snapshot::Digest;
use std::fmt;

/// Why a pack cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackFault {
    /// It does not begin as a pack does.
    NotAPack,
    /// It is of a version that this program does not know.
    OtherVersion(u32),
    /// It belongs to another library.
    OtherLibrary {
        /// The library that it was packed against.
        pack: Digest,
        /// The library at hand.
        library: Digest,
    },
    /// Its end is missing.
    Cut,
    /// A checksum does not agree with what it is of: a block counted from 1, or head or index.
    Damaged(Option<usize>),
    /// What a block, counted from 1, says makes no sense, though its checksum agrees.
    Broken {
        /// The block, or 0 for the index.
        block: usize,
        /// What is wrong.
        what: &'static str,
    },
}

impl PackFault {
    pub(crate) fn of(block: usize, broken: Broken) -> Self {
        Self::Broken { block: block + 1, what: broken.0 }
    }

    /// The way out.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotAPack => "name a file that `annexa fleet pack` has written",
            Self::OtherVersion(_) => "pack the profiles again with this version of annexa",
            Self::OtherLibrary { .. } => {
                "give the `--library` folders that it was packed with, or pack the profiles again"
            }
            Self::Cut => "copy the file again, or pack the profiles again: a pack is written whole or not at all",
            Self::Damaged(_) | Self::Broken { .. } => "copy the file again, or pack the profiles again",
        }
    }
}

/// One lowercase clause that follows the name of the file.
impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPack => write!(f, "is no pack: it does not begin with `annexa-pack`"),
            Self::OtherVersion(found) => {
                write!(f, "is a pack of version {found}, and this annexa reads version {}", super::VERSION)
            }
            Self::OtherLibrary { pack, library } => {
                write!(f, "was packed against the library {}, and this is {}", pack.short(), library.short())
            }
            Self::Cut => write!(f, "is cut short: its end is missing"),
            Self::Damaged(Some(block)) => write!(f, "is damaged: the checksum of block {block} does not agree"),
            Self::Damaged(None) => write!(f, "is damaged: the checksum of its head or its index does not agree"),
            Self::Broken { block: 0, what } => write!(f, "has a broken index: {what}"),
            Self::Broken { block, what } => write!(f, "has a broken block {block}: {what}"),
        }
    }
}

impl std::error::Error for PackFault {}
