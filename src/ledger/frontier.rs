//! The right edge of a tree: all that is needed to add leaves, without those that came before.

use crate::ledger::hash::{Hash, node_hash};

/// The size of a tree and the roots of its largest whole subtrees, from the left.
///
/// Whoever keeps it beside a log adds a record and knows the new root after `log` hashes, however
/// long the log; it gives no proofs, for which see [`Tree`](crate::ledger::Tree).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

impl Frontier {
    /// A frontier as it was kept: there is one subtree for each bit of the size.
    #[must_use]
    pub fn new(size: u64, roots: Vec<Hash>) -> Option<Self> {
        let subtrees = usize::try_from(size.count_ones()).ok()?;
        (roots.len() == subtrees).then_some(Self { size, roots })
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the subtrees, the largest first.
    #[must_use]
    pub fn roots(&self) -> &[Hash] {
        &self.roots
    }

    /// Adds a leaf by its hash; its index, or nothing if no number is left for it.
    pub fn append(&mut self, leaf: Hash) -> Option<u64> {
        let index = self.size;
        self.size = index.checked_add(1)?;
        let mut node = leaf;
        // Each low bit that is set is a subtree as large as the node so far.
        for _ in 0..index.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.roots.push(node);
        Some(index)
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let up = |right: Hash, left: &Hash| node_hash(left, &right);
        let Some((last, lefts)) = self.roots.split_last() else { return Hash::of_nothing() };
        lefts.iter().rev().fold(*last, up)
    }
}
