//! How two sets can lie to each other: the five base relations of RCC-5, and which of them are possible.
//!
//! A control is taken as the set of what it asks, and it asks something. Of two sets that are not empty
//! exactly one base relation holds; what is known is which ones may. Composing and turning are total,
//! and tables in the tests are made again by trying all sets.

use crate::library::RelationKind;

/// Which base relations are possible, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Possible(u8);

impl Possible {
    /// Both ask the same.
    pub const EQUAL: Self = Self(1);
    /// The second asks all that the first asks, and more: the first is a proper part.
    pub const PART: Self = Self(1 << 1);
    /// The first asks all that the second asks, and more: the second is a proper part.
    pub const WHOLE: Self = Self(1 << 2);
    /// Something in common, and something of its own in each.
    pub const OVERLAP: Self = Self(1 << 3);
    /// Nothing in common.
    pub const APART: Self = Self(1 << 4);
    /// None: what was said contradicts itself.
    pub const NONE: Self = Self(0);
    /// All: nothing is known.
    pub const ANY: Self = Self(0b1_1111);
    /// The first lies within the second.
    pub const WITHIN: Self = Self(Self::EQUAL.0 | Self::PART.0);
    /// The second lies within the first.
    pub const CONTAINS: Self = Self(Self::EQUAL.0 | Self::WHOLE.0);
    /// The base relations alone.
    pub const BASE: [Self; 5] = [Self::EQUAL, Self::PART, Self::WHOLE, Self::OVERLAP, Self::APART];

    /// What a relation of a crosswalk says.
    #[must_use]
    pub fn declared(kind: RelationKind) -> Self {
        match kind {
            RelationKind::Equal => Self::EQUAL,
            RelationKind::Subset => Self::PART,
            RelationKind::Superset => Self::WHOLE,
            RelationKind::Intersects => Self::OVERLAP,
        }
    }

    /// The same, said of the second and the first.
    #[must_use]
    pub fn turned(self) -> Self {
        let kept = self.0 & !(Self::PART.0 | Self::WHOLE.0);
        let part = if self.has(Self::WHOLE) { Self::PART.0 } else { 0 };
        let whole = if self.has(Self::PART) { Self::WHOLE.0 } else { 0 };
        Self(kept | part | whole)
    }

    /// What is possible if both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is possible if one of them holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of `others` is possible.
    #[must_use]
    pub fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether nothing but `others` is possible, and not nothing.
    #[must_use]
    pub fn is(self, others: Self) -> bool {
        self != Self::NONE && self.0 & !others.0 == 0
    }

    /// How A lies to C, if A lies to B so and B to C as `next` says.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let firsts = COMPOSED.iter().filter(|(base, _)| self.has(*base));
        let both = firsts.flat_map(|(_, row)| Self::BASE.iter().zip(row).filter(|(base, _)| next.has(**base)));
        both.fold(Self::NONE, |sum, (_, found)| sum.or(*found))
    }
}

/// The composition table of RCC-5: A to B by row, B to C by column in the order of [`Possible::BASE`].
const COMPOSED: [(Possible, [Possible; 5]); 5] = {
    const EQ: Possible = Possible::EQUAL;
    const PP: Possible = Possible::PART;
    const PPI: Possible = Possible::WHOLE;
    const PO: Possible = Possible::OVERLAP;
    const DR: Possible = Possible::APART;
    const ANY: Possible = Possible::ANY;
    /// Part, overlap or apart.
    const OUT: Possible = Possible(PP.0 | PO.0 | DR.0);
    /// Whole, overlap or apart.
    const OVER: Possible = Possible(PPI.0 | PO.0 | DR.0);
    const MEET: Possible = Possible(EQ.0 | PP.0 | PPI.0 | PO.0);
    const WHOLE_OR_OVERLAP: Possible = Possible(PPI.0 | PO.0);
    const PART_OR_OVERLAP: Possible = Possible(PP.0 | PO.0);
    [
        (EQ, [EQ, PP, PPI, PO, DR]),
        (PP, [PP, PP, ANY, OUT, DR]),
        (PPI, [PPI, MEET, PPI, WHOLE_OR_OVERLAP, OVER]),
        (PO, [PO, PART_OR_OVERLAP, OVER, ANY, OVER]),
        (DR, [DR, OUT, DR, OUT, ANY]),
    ]
};

#[cfg(test)]
mod tests {
    use super::Possible;

    /// How two sets, given as bits, lie to each other.
    fn found(a: u32, b: u32) -> Possible {
        match (a & b, a, b) {
            (_, a, b) if a == b => Possible::EQUAL,
            (both, a, _) if both == a => Possible::PART,
            (both, _, b) if both == b => Possible::WHOLE,
            (0, _, _) => Possible::APART,
            _ => Possible::OVERLAP,
        }
    }

    fn all() -> impl Iterator<Item = Possible> {
        (0..32).map(Possible)
    }

    #[test]
    fn the_table_is_what_all_sets_of_five_things_show() {
        let sets = 1..1_u32 << 5;
        for first in Possible::BASE {
            for second in Possible::BASE {
                let mut seen = Possible::NONE;
                for (a, b) in sets.clone().flat_map(|a| sets.clone().map(move |b| (a, b))) {
                    if found(a, b) == first {
                        let fitting = sets.clone().filter(|c| found(b, *c) == second);
                        seen = fitting.fold(seen, |seen, c| seen.or(found(a, c)));
                    }
                }
                assert_eq!(first.then(second), seen, "{first:?} then {second:?}");
            }
        }
    }

    #[test]
    fn it_is_an_algebra() {
        for a in all() {
            assert_eq!(a.turned().turned(), a);
            assert_eq!((Possible::EQUAL.then(a), a.then(Possible::EQUAL)), (a, a));
            for b in all() {
                assert_eq!(a.then(b).turned(), b.turned().then(a.turned()));
                for c in all() {
                    assert_eq!(a.then(b).then(c), a.then(b.then(c)));
                    assert_eq!(a.then(b.or(c)), a.then(b).or(a.then(c)));
                }
            }
        }
    }
}
