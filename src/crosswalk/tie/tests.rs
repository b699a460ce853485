//! Ties held against sets of weighted things, whose shares are known exactly.

use super::{Tie, TieKind};
use crate::crosswalk::possible::Possible;
use crate::library::RelationKind;
use crate::points::{BasisPoints, Bounds};
use proptest::prelude::*;

/// A set of weighted things, as bits.
type Set = u8;

const THINGS: [u64; 6] = [1, 2, 3, 5, 70, 1_000];

fn weight(set: Set) -> u64 {
    THINGS.iter().enumerate().filter(|(n, _)| set & (1 << n) != 0).map(|(_, weight)| weight).sum()
}

fn relation(a: Set, b: Set) -> Possible {
    match (a & b, a, b) {
        (_, a, b) if a == b => Possible::EQUAL,
        (both, a, _) if both == a => Possible::PART,
        (both, _, b) if both == b => Possible::WHOLE,
        (0, _, _) => Possible::APART,
        _ => Possible::OVERLAP,
    }
}

/// The share of `c` that `a` covers, rounded outwards.
fn share(a: Set, c: Set) -> Bounds {
    let (part, whole) = (weight(a & c) * 10_000, weight(c));
    let count = |n: u64| BasisPoints::new(u16::try_from(n).unwrap_or(u16::MAX));
    Bounds { lower: count(part / whole), upper: count(part.div_ceil(whole)) }
}

/// A tie that is true of `a` and `c` and says as much as `slack` lets it.
fn true_tie(a: Set, c: Set, slack: u8) -> Tie {
    let known = Tie { possible: relation(a, c), share: share(a, c) };
    let more = Possible::BASE.iter().zip(0..).filter(|(_, n)| slack & (1 << n) != 0);
    let possible = more.fold(known.possible, |sum, (base, _)| sum.or(*base));
    let share = if slack & (1 << 5) == 0 { known.share } else { Bounds::OPEN };
    Tie::OPEN.and(Tie { possible, share })
}

fn holds(tie: Tie, a: Set, c: Set) -> bool {
    let (part, whole) = (weight(a & c) * 10_000, weight(c));
    let lower = u64::from(tie.share.lower.get()) * whole;
    let upper = u64::from(tie.share.upper.get()) * whole;
    tie.possible.has(relation(a, c)) && lower <= part && part <= upper
}

fn set() -> impl Strategy<Value = Set> {
    1..(1_u8 << THINGS.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_composed_of_truth_is_true(sets in prop::collection::vec(set(), 5), slack in prop::collection::vec(0_u8..64, 4)) {
        if let [first, rest @ ..] = &sets[..] {
            let mut tie = Tie::SAME;
            let mut before = *first;
            for (next, slack) in rest.iter().zip(slack) {
                tie = tie.then(true_tie(before, *next, slack));
                prop_assert!(holds(tie, *first, *next), "{tie:?}");
                before = *next;
            }
        }
    }

    #[test]
    fn ways_that_are_true_never_contradict_and_only_tighten(a in set(), c in set(), one in 0_u8..64, other in 0_u8..64) {
        let (one, other) = (true_tie(a, c, one), true_tie(a, c, other));
        let both = one.and(other);
        prop_assert!(both.kind() != TieKind::Contradiction && holds(both, a, c));
        prop_assert_eq!(both, other.and(one));
        prop_assert_eq!(both.and(one), both);
        prop_assert!(both.share.lower >= one.share.lower && both.share.upper <= one.share.upper);
    }
}

const KINDS: [RelationKind; 4] =
    [RelationKind::Equal, RelationKind::Subset, RelationKind::Superset, RelationKind::Intersects];

/// Every tie that relations lead to, over at most four of them.
fn declared() -> Vec<Tie> {
    let strengths = [None, Some(0), Some(1), Some(3_333), Some(9_999), Some(10_000)];
    let mut steps: Vec<Tie> = KINDS.iter().map(|kind| Tie::turned(*kind)).collect();
    for strength in strengths {
        steps.extend(KINDS.iter().map(|kind| Tie::declared(*kind, strength.map(BasisPoints::new))));
    }
    let mut all = steps.clone();
    for _ in 0..3 {
        let longer: Vec<Tie> = all.iter().flat_map(|tie| steps.iter().map(|step| tie.then(*step))).collect();
        all.extend(longer);
        all.sort_unstable_by_key(|t| (t.possible, t.share));
        all.dedup();
    }
    all
}

#[test]
fn the_share_is_a_whole_only_if_the_source_contains_the_target() {
    for tie in declared() {
        assert_eq!(tie.share.lower == BasisPoints::ONE, tie.possible.is(Possible::CONTAINS), "{tie:?}");
        assert_eq!(tie.share.upper == BasisPoints::ZERO, tie.possible.is(Possible::APART), "{tie:?}");
        assert!(!tie.share.is_crossed(), "{tie:?}");
    }
}

#[test]
fn words_follow_what_is_possible() {
    let word = |possible| Tie { possible, share: Bounds::OPEN }.kind();
    assert_eq!(word(Possible::EQUAL), TieKind::Equal);
    assert_eq!(word(Possible::WITHIN), TieKind::Subset);
    assert_eq!(word(Possible::CONTAINS), TieKind::Superset);
    assert_eq!(word(Possible::WITHIN.or(Possible::OVERLAP)), TieKind::Intersects);
    assert_eq!(word(Possible::OVERLAP.or(Possible::APART)), TieKind::Unknown);
    assert_eq!(word(Possible::APART), TieKind::Unknown);
    assert_eq!(Tie::OPEN.and(Tie::CONTRADICTION).kind(), TieKind::Contradiction);
    let (some, more) = (Some(BasisPoints::new(4_000)), Some(BasisPoints::new(5_000)));
    let disputed = Tie::declared(RelationKind::Subset, some).and(Tie::declared(RelationKind::Subset, more));
    assert_eq!(disputed, Tie::CONTRADICTION);
}
