//! The Merkle tree of RFC 6962, with every node kept, so that any earlier state can be proved fast.

use crate::ledger::hash::{Hash, node_hash};

/// The Merkle tree over the hashes of a log's records.
///
/// It takes twice the room of the leaf hashes. A root or a proof of any size up to its own costs
/// some `log²` hashes, a further leaf at most `log` and on average one.
///
/// ```
/// use annexa::ledger::{Tree, leaf_hash, verify_consistency, verify_inclusion};
///
/// let records = ["one", "two", "three"];
/// let tree: Tree = records.iter().map(|r| leaf_hash(r.as_bytes())).collect();
/// let (old, new) = (tree.root_at(2).expect("a size"), tree.root());
///
/// let path = tree.inclusion_proof(1, 3).expect("an index");
/// assert_eq!(verify_inclusion(&leaf_hash(b"two"), 1, 3, &path, &new), Ok(()));
/// let path = tree.consistency_proof(2, 3).expect("two sizes");
/// assert_eq!(verify_consistency((2, &old), (3, &new), &path), Ok(()));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// By height: the roots of the whole subtrees of so many leaves (1, 2, 4 ...), from the left.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| wide(leaves.len()))
    }

    /// Adds a leaf by its hash.
    pub fn append(&mut self, leaf: Hash) {
        let mut node = leaf;
        let mut height = 0;
        loop {
            if self.levels.len() == height {
                self.levels.push(Vec::new());
            }
            let Some(level) = self.levels.get_mut(height) else { return };
            level.push(node);
            if level.len() % 2 == 1 {
                return;
            }
            let [.., left, right] = level.as_slice() else { return };
            node = node_hash(left, right);
            height += 1;
        }
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.root_at(self.size()).unwrap_or_else(Hash::of_nothing)
    }

    /// The root that the tree had at `size` leaves; nothing if it has fewer.
    #[must_use]
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        if size == 0 { Some(Hash::of_nothing()) } else { self.range(0, size) }
    }

    /// The hash of a leaf.
    #[must_use]
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.whole(0, index)
    }

    /// The proof that the leaf at `index` is in the tree of the first `size`, from its sibling upwards;
    /// nothing if the tree has no such state.
    #[must_use]
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        if index >= size || size > self.size() {
            return None;
        }
        let (mut start, mut width) = (0, size);
        let mut path = Vec::new();
        while width > 1 {
            let left = split(width);
            if index < start + left {
                path.push(self.range(start + left, width - left)?);
                width = left;
            } else {
                path.push(self.range(start, left)?);
                (start, width) = (start + left, width - left);
            }
        }
        path.reverse();
        Some(path)
    }

    /// The proof that the tree of the first `new` leaves starts with that of the first `old`;
    /// nothing if the tree has no such states.
    #[must_use]
    pub fn consistency_proof(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        if old > new || new > self.size() {
            return None;
        }
        if old == 0 {
            return Some(Vec::new());
        }
        let (mut start, mut width) = (0, new);
        let mut path = Vec::new();
        while old != start + width {
            let left = split(width);
            if old <= start + left {
                path.push(self.range(start + left, width - left)?);
                width = left;
            } else {
                path.push(self.range(start, left)?);
                (start, width) = (start + left, width - left);
            }
        }
        // What starts at the first leaf is the old tree itself, whose root the verifier has.
        if start != 0 {
            path.push(self.range(start, width)?);
        }
        path.reverse();
        Some(path)
    }

    /// The root over `width` leaves from `start`, which is a multiple of every power of two in `width`.
    fn range(&self, start: u64, width: u64) -> Option<Hash> {
        let (mut start, mut width) = (start, width);
        let mut lefts = Vec::new();
        while !width.is_power_of_two() {
            let left = split(width);
            lefts.push(self.whole(left.trailing_zeros(), start >> left.trailing_zeros())?);
            (start, width) = (start + left, width - left);
        }
        let last = self.whole(width.trailing_zeros(), start >> width.trailing_zeros())?;
        Some(lefts.iter().rev().fold(last, |right, left| node_hash(left, &right)))
    }

    /// The root of the `index`th whole subtree of this height.
    fn whole(&self, height: u32, index: u64) -> Option<Hash> {
        self.levels.get(usize::try_from(height).ok()?)?.get(usize::try_from(index).ok()?).copied()
    }
}

impl Extend<Hash> for Tree {
    fn extend<I: IntoIterator<Item = Hash>>(&mut self, leaves: I) {
        leaves.into_iter().for_each(|leaf| self.append(leaf));
    }
}

impl FromIterator<Hash> for Tree {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut tree = Self::default();
        tree.extend(leaves);
        tree
    }
}

/// How many of `width` leaves (two or more) lie under the left child: the largest power of two below it.
fn split(width: u64) -> u64 {
    1 << (width.saturating_sub(1)).checked_ilog2().unwrap_or(0)
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
