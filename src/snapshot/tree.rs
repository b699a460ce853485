//! The log as the store keeps it: the right edge of its tree, from [`ledger`], in bytes.

use super::Digest;
use crate::ledger::{self, Hash};

/// The hash of a leaf.
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Digest {
    Digest::from(ledger::leaf_hash(leaf))
}

/// The right edge of the tree: the heads of its full subtrees, the largest first. It takes a leaf
/// and gives the root in a time that hardly grows with the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier(ledger::Frontier);

impl Frontier {
    /// The edge of a tree of `size` leaves, from what [`Frontier::bytes`] gave.
    #[must_use]
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let head = |bytes: &[u8]| Some(Hash::from(<[u8; 32]>::try_from(bytes).ok()?));
        let heads: Vec<Hash> = bytes.chunks(32).map(head).collect::<Option<_>>()?;
        ledger::Frontier::new(size, heads).map(Self)
    }

    /// The heads one after the other.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.roots().iter().flat_map(Hash::bytes).copied().collect()
    }

    /// Adds the hash of a leaf.
    pub fn push(&mut self, leaf: Digest) {
        // There is no log of 2^64 leaves that could be full.
        self.0.append(Hash::from(*leaf.bytes()));
    }

    /// How many leaves there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.size()
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> Digest {
        Digest::from(self.0.root())
    }
}

#[cfg(test)]
mod tests {
    use super::{Frontier, leaf_hash};

    #[test]
    fn the_edge_is_kept_and_found_again() {
        let mut edge = Frontier::default();
        for n in 0_u8..70 {
            edge.push(leaf_hash(&[n]));
            assert_eq!(Frontier::from_bytes(edge.size(), &edge.bytes()), Some(edge.clone()));
            assert_eq!(Frontier::from_bytes(edge.size() * 2 + 1, &edge.bytes()), None, "{n}");
        }
    }
}
