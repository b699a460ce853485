//! Proofs checked without a tree, by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2.
//!
//! They share no code with what makes the proofs, so that a fault there does not confirm itself.

use crate::ledger::hash::{Hash, node_hash};
use crate::ledger::rejection::Rejection;

/// Checks that a log of `size` records with this `root` has the record with this leaf hash at `index`.
///
/// A root alone does not fix the size: some other sizes would lead a proof to the same root. Take both
/// from one signed checkpoint.
///
/// # Errors
/// Why the proof does not show it.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> Result<(), Rejection> {
    if index >= size {
        return Err(Rejection::OutsideLog { index, size });
    }
    let mut climb = Climb { node: index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in path {
        hash = if climb.step()? { node_hash(sibling, &hash) } else { node_hash(&hash, sibling) };
    }
    climb.done()?;
    if hash == *root { Ok(()) } else { Err(Rejection::OtherRoot) }
}

/// Checks that a log with a `new` size and root starts with all that it held at an `old` size and root.
///
/// # Errors
/// Why the proof does not show it.
pub fn verify_consistency(old: (u64, &Hash), new: (u64, &Hash), path: &[Hash]) -> Result<(), Rejection> {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size > new_size {
        return Err(Rejection::Shrunk { old: old_size, new: new_size });
    }
    if old_size == 0 || old_size == new_size {
        return without_path(old, new, path);
    }
    // A whole subtree is its own starting point: its root is known and not repeated in the path.
    let (start, rest) = match path.split_first() {
        _ if old_size.is_power_of_two() => (old_root, path),
        Some((first, rest)) => (first, rest),
        None => return Err(Rejection::ProofTooShort),
    };
    let shared = (old_size - 1).trailing_ones();
    let mut climb = Climb { node: (old_size - 1) >> shared, last: (new_size - 1) >> shared };
    let (mut before, mut after) = (*start, *start);
    for sibling in rest {
        if climb.step()? {
            before = node_hash(sibling, &before);
            after = node_hash(sibling, &after);
        } else {
            after = node_hash(&after, sibling);
        }
    }
    climb.done()?;
    if after != *new_root {
        return Err(Rejection::OtherRoot);
    }
    if before == *old_root { Ok(()) } else { Err(Rejection::OtherPast) }
}

/// Two states that need no path: the same, or one before the first record.
fn without_path(old: (u64, &Hash), new: (u64, &Hash), path: &[Hash]) -> Result<(), Rejection> {
    if !path.is_empty() {
        return Err(Rejection::ProofTooLong);
    }
    let nothing = Hash::of_nothing();
    if new.0 == 0 && *new.1 != nothing {
        return Err(Rejection::OtherRoot);
    }
    let past = if old.0 == new.0 { new.1 } else { &nothing };
    if old.1 == past { Ok(()) } else { Err(Rejection::OtherPast) }
}

/// The way up from a node: its place on its level, and that of the last node there.
struct Climb {
    node: u64,
    last: u64,
}

impl Climb {
    /// Goes past one sibling; true if that lies to the left.
    fn step(&mut self) -> Result<bool, Rejection> {
        if self.last == 0 {
            return Err(Rejection::ProofTooLong);
        }
        let from_left = self.node % 2 == 1 || self.node == self.last;
        if from_left {
            // The last node of an uneven level has no sibling there: it rises until it has. What has
            // something to its left is not the first node, so there is a bit to stop at.
            let levels = self.node.trailing_zeros();
            (self.node, self.last) = (self.node >> levels, self.last >> levels);
        }
        (self.node, self.last) = (self.node >> 1, self.last >> 1);
        Ok(from_left)
    }

    /// The way must end at the root.
    fn done(&self) -> Result<(), Rejection> {
        if self.last == 0 { Ok(()) } else { Err(Rejection::ProofTooShort) }
    }
}
