//! What slots stand for: shares, findings, and signs for their controls.

use super::Counts;
use crate::choice::Choice;
use crate::evaluate::{ActionFigures, GapKind};
use crate::fleet::tally::GapKinds;
use crate::library::Owner;
use crate::points::{Amount, BasisPoints, Sums};

/// What holds for every slot that stands alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub(super) shares: Shares,
    /// The findings of an action that stands so, on one of its controls.
    pub(super) findings: Findings,
    /// The points of the slots that stand so and whose controls are not all excluded.
    pub(super) points: u64,
    /// On how many controls, not excluded, those slots are.
    pub(super) controls: u32,
}

/// What an action comes to, as far as sums and controls ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shares {
    pub(super) owner: Owner,
    pub(super) in_scope: bool,
    pub(super) earned: BasisPoints,
    assured: BasisPoints,
    unassessed: BasisPoints,
}

/// Findings by kind: one of each, but several of evidence that lapses.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Findings {
    pub(super) kinds: GapKinds,
    pub(super) lapsing: u32,
}

/// What a slot has to say of its controls, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(pub(super) u8);

impl Signs {
    /// A customer's or a provider's action applies.
    pub(super) const CUSTOMER: u8 = 1;
    pub(super) const PROVIDER: u8 = 2;
    /// It counts.
    pub(super) const COUNTS: u8 = 4;
    /// It counts, is the customer's or the provider's, and does not earn all.
    pub(super) const CUSTOMER_LACKS: u8 = 8;
    pub(super) const PROVIDER_LACKS: u8 = 16;
    /// It counts and earns something, or a part only.
    pub(super) const EARNS: u8 = 32;
    pub(super) const EARNS_PART: u8 = 64;

    /// Of a slot that applies.
    #[inline]
    pub(super) fn of(shares: &Shares, counts: bool) -> Self {
        let (applies, lacks) = match shares.owner {
            Owner::Customer => (Self::CUSTOMER, Self::CUSTOMER_LACKS),
            Owner::Provider => (Self::PROVIDER, Self::PROVIDER_LACKS),
        };
        let earns = match (shares.earned.is_zero(), shares.earned.is_whole()) {
            (true, _) => lacks,
            (_, true) => Self::EARNS,
            _ => Self::EARNS | Self::EARNS_PART | lacks,
        };
        Self(if counts { applies | Self::COUNTS | earns } else { applies })
    }

    #[inline]
    pub(super) fn has(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

impl From<&ActionFigures> for Shares {
    fn from(figures: &ActionFigures) -> Self {
        let ActionFigures { owner, in_scope, earned, assured, unassessed, .. } = *figures;
        Self { owner, in_scope, earned, assured, unassessed }
    }
}

impl Judged {
    #[inline]
    pub(super) fn new(shares: Shares, findings: Findings) -> Self {
        Self { shares, findings, points: 0, controls: 0 }
    }

    /// The sums of all slots that stand so; nothing if they are out of scope.
    #[inline]
    pub(super) fn sums(&self) -> Sums {
        let points = if self.shares.in_scope { self.points } else { 0 };
        let times = |share: BasisPoints| Amount::from_units(points * u64::from(share.get()));
        Sums {
            achieved: times(self.shares.earned),
            possible: times(BasisPoints::ONE),
            assured: times(self.shares.assured),
            unassessed: times(self.shares.unassessed),
        }
    }
}

impl Findings {
    pub(super) fn one(kind: GapKind) -> Self {
        let mut findings = Self::default();
        findings.kinds.insert(kind);
        findings
    }

    pub(super) fn add_to(self, counts: &mut Counts, times: u32) {
        for position in self.kinds.positions() {
            let count = if position == GapKind::EvidenceExpiring.position() { self.lapsing } else { 1 };
            if let Some(found) = counts.get_mut(position) {
                *found += count * times;
            }
        }
    }
}

pub(super) fn add<T: Choice>(counts: &mut [u32], word: T, count: u32) {
    if let Some(found) = counts.get_mut(word.position()) {
        *found += count;
    }
}
