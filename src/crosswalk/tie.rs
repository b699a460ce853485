//! What is known of how one control lies to another: the relations possible, and bounds of a share.
//!
//! The share is that of the second control (the target) that the first covers, |A ∩ C| / |C| by any
//! measure that gives everything asked some weight. Start with [`Tie::then`], which leads a tie over a
//! control between, and [`Tie::and`], for two ways that are both true.

use super::possible::Possible;
use crate::choice::choice;
use crate::library::RelationKind;
use crate::points::{BasisPoints, Bounds, WHOLE};

choice! {
    /// What a tie is called.
    pub enum TieKind {
        /// Both ask the same.
        Equal = "equal",
        /// All that the source asks, the target asks as well.
        Subset = "subset",
        /// All that the target asks, the source asks as well: who meets the source meets the target.
        Superset = "superset",
        /// They have something in common.
        Intersects = "intersects",
        /// Whether they have anything in common is left open.
        Unknown = "unknown",
        /// What the crosswalks say cannot all be true.
        Contradiction = "contradiction",
    }
}

/// What is known of how one control lies to another.
///
/// The share starts at a whole exactly if the source is known to contain the target, and ends at
/// nothing exactly if they are known to lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The relations that may hold.
    pub possible: Possible,
    /// The share of the target that the source covers.
    pub share: Bounds,
}

impl Tie {
    /// How everything lies to itself.
    pub const SAME: Self = Self { possible: Possible::EQUAL, share: Bounds::ALL };
    /// Nothing is known.
    pub const OPEN: Self = Self { possible: Possible::ANY, share: Bounds::OPEN };
    /// What was said cannot all be true, so nothing is taken from it.
    pub const CONTRADICTION: Self = Self { possible: Possible::NONE, share: Bounds::OPEN };

    /// What a relation of a crosswalk says of `from` and `to`.
    ///
    /// A strength is a rounded figure. What is neither contained nor apart is covered in part, so that
    /// one of 1 means all but a trifle, and one of 0 hardly anything.
    #[must_use]
    pub fn declared(kind: RelationKind, strength: Option<BasisPoints>) -> Self {
        let share = match (kind, strength) {
            (RelationKind::Equal | RelationKind::Superset, _) => Bounds::ALL,
            (_, None) => Bounds::OPEN,
            (_, Some(strength)) => {
                Bounds { lower: strength.min(BasisPoints::new(WHOLE - 1)), upper: strength.max(BasisPoints::new(1)) }
            }
        };
        Self { possible: Possible::declared(kind), share }
    }

    /// What the same relation says of `to` and `from`; its strength says nothing about that share.
    #[must_use]
    pub fn turned(kind: RelationKind) -> Self {
        let possible = Possible::declared(kind).turned();
        let share = if possible.is(Possible::CONTAINS) { Bounds::ALL } else { Bounds::OPEN };
        Self { possible, share }
    }

    /// How A lies to C, if A lies to B so and B to C as `next` says.
    ///
    /// Let p be the share of B that A covers and q the share of C that B covers. Of C is covered:
    /// - at least q, if A contains B: what B covers of C, A covers;
    /// - at least p q, if B lies within C: A ∩ B lies in C, is p of B, and B is q of C;
    /// - at most q, if A lies within B: what A covers of C, B covers;
    /// - exactly p, if B and C are the same;
    /// - at most p q, if A lies within B and B within C: then A is p of B, and B is q of C.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let (p, q) = (self.share, next.share);
        let mut share = Bounds::OPEN;
        if self.possible.is(Possible::CONTAINS) {
            share.lower = q.lower;
        } else if next.possible.is(Possible::WITHIN) {
            share.lower = p.lower.of(q.lower);
        }
        if self.possible.is(Possible::WITHIN) {
            let is_nested = next.possible.is(Possible::WITHIN);
            share.upper = if is_nested { p.upper.of_rounded_up(q.upper) } else { q.upper };
        } else if next.possible.is(Possible::EQUAL) {
            share.upper = p.upper;
        }
        Self { possible: self.possible.then(next.possible), share }
    }

    /// What two ways say together, both being true. If nothing is left, they contradict each other.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let possible = self.possible.and(other.possible);
        let mut share = self.share.and(other.share);
        if possible.is(Possible::CONTAINS) {
            share = share.and(Bounds::ALL);
        } else if possible.is(Possible::APART) {
            share = share.and(Bounds::NOTHING);
        }
        if possible == Possible::NONE || share.is_crossed() { Self::CONTRADICTION } else { Self { possible, share } }
    }

    /// What it is called.
    #[must_use]
    pub fn kind(self) -> TieKind {
        match self.possible {
            Possible::NONE => TieKind::Contradiction,
            Possible::EQUAL => TieKind::Equal,
            possible if possible.is(Possible::WITHIN) => TieKind::Subset,
            possible if possible.is(Possible::CONTAINS) => TieKind::Superset,
            possible if possible.has(Possible::APART) => TieKind::Unknown,
            _ => TieKind::Intersects,
        }
    }
}

#[cfg(test)]
mod tests;
