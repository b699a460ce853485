//! What many assessments come to together: sums, counts, and how the percentages are spread.
//!
//! All are whole numbers that are added, so parts of a fleet give the same figures in any order. A
//! tenant holds at most some 10^9 units of a point (1/10 000), so sums are kept in 128 bits and counts
//! in 64: a thousand million tenants come nowhere near the end of either.

use super::fault::SummaryFault;
use super::histogram::{Histogram, bin};
use super::summary_json::counts;
use crate::choice::Choice;
use crate::evaluate::{ControlStatus, GapKind, SharedGap, Sides};
use crate::points::{Amount, Percent, Sums};
use serde::{Deserialize, Serialize};

/// How many members these sets have.
pub(crate) const STATUSES: usize = ControlStatus::WORDS.len();
pub(crate) const SHARED: usize = SharedGap::WORDS.len();
pub(crate) const KINDS: usize = GapKind::WORDS.len();

/// What an assessment adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Added {
    pub(crate) target: Option<Percent>,
    pub(crate) sides: Sides,
    pub(crate) outlook_assured: Amount,
    /// Controls by status, shared controls by what they lack, gap rows by kind; each in the order of its set.
    pub(crate) statuses: [u64; STATUSES],
    pub(crate) shared: [u64; SHARED],
    pub(crate) kinds: [u64; KINDS],
    pub(crate) gaps: u64,
}

impl Added {
    /// Whether evidence lapses before the outlook.
    pub(crate) fn lapses(&self) -> bool {
        let mut expiring = self.kinds.iter().zip(GapKind::WORDS).filter(|(n, _)| **n > 0).map(|(_, word)| *word);
        expiring.any(|word| word == GapKind::EvidenceExpiring.word())
    }

    /// Whether the score is below the target; one that there is not reaches none.
    pub(crate) fn is_below_target(&self) -> bool {
        let total = self.sides.total();
        self.target.is_some_and(|target| !target.is_reached_by(total.achieved, total.possible))
    }
}

/// Points of many, in units (1/10 000).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FleetSums {
    /// Points earned.
    pub achieved: u128,
    /// All points.
    pub possible: u128,
    /// Points whose proof is current.
    pub assured: u128,
    /// Points of what nobody has assessed.
    pub unassessed: u128,
}

impl FleetSums {
    fn add(&mut self, sums: &Sums) {
        let parts = [
            (&mut self.achieved, sums.achieved),
            (&mut self.possible, sums.possible),
            (&mut self.assured, sums.assured),
            (&mut self.unassessed, sums.unassessed),
        ];
        for (sum, amount) in parts {
            *sum = sum.saturating_add(u128::from(amount.units()));
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), SummaryFault> {
        more(&mut self.achieved, other.achieved)?;
        more(&mut self.possible, other.possible)?;
        more(&mut self.assured, other.assured)?;
        more(&mut self.unassessed, other.unassessed)
    }
}

/// The figures of many assessments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FleetFigures {
    /// The tenants that have one.
    pub tenants: u64,
    /// How many there are.
    pub assessments: u64,
    /// Those that name a score to reach, and those of them that do not reach it.
    pub with_target: u64,
    /// See `with_target`.
    pub below_target: u64,
    /// Those in which evidence lapses until the outlook.
    pub lapsing: u64,
    /// The customers' points.
    pub customer: FleetSums,
    /// The providers'.
    pub provider: FleetSums,
    /// The points, in units, whose proof is still current on the day of the outlook.
    pub outlook_assured: u128,
    /// Gap rows.
    pub gaps: u64,
    #[serde(
        serialize_with = "counts::write::<ControlStatus, _, STATUSES>",
        deserialize_with = "counts::read::<ControlStatus, _, STATUSES>"
    )]
    pub(crate) statuses: [u64; STATUSES],
    #[serde(
        serialize_with = "counts::write::<SharedGap, _, SHARED>",
        deserialize_with = "counts::read::<SharedGap, _, SHARED>"
    )]
    pub(crate) shared: [u64; SHARED],
    #[serde(
        serialize_with = "counts::write::<GapKind, _, KINDS>",
        deserialize_with = "counts::read::<GapKind, _, KINDS>"
    )]
    pub(crate) kinds: [u64; KINDS],
    /// How the scores are spread.
    pub score: Histogram,
    /// How the assurances are.
    pub assurance: Histogram,
}

impl FleetFigures {
    /// Adds an assessment; `is_new` says that the tenant has none here yet.
    pub(crate) fn add(&mut self, added: &Added, is_new: bool) {
        let total = added.sides.total();
        one_more(&mut self.tenants, is_new);
        one_more(&mut self.assessments, true);
        one_more(&mut self.with_target, added.target.is_some());
        one_more(&mut self.below_target, added.is_below_target());
        one_more(&mut self.lapsing, added.lapses());
        self.customer.add(&added.sides.customer);
        self.provider.add(&added.sides.provider);
        self.outlook_assured = self.outlook_assured.saturating_add(u128::from(added.outlook_assured.units()));
        self.gaps = self.gaps.saturating_add(added.gaps);
        let own = self.statuses.iter_mut().chain(&mut self.shared).chain(&mut self.kinds);
        let its = added.statuses.iter().chain(&added.shared).chain(&added.kinds);
        own.zip(its).for_each(|(own, its)| *own = own.saturating_add(*its));
        bin(total.achieved, total.possible).into_iter().for_each(|bin| self.score.add(bin));
        bin(total.assured, total.possible).into_iter().for_each(|bin| self.assurance.add(bin));
    }

    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), SummaryFault> {
        for (own, its) in self.counts_mut().into_iter().zip(other.clone().counts_mut()) {
            *own = own.checked_add(*its).ok_or(SummaryFault::TooMany)?;
        }
        self.customer.merge(&other.customer)?;
        self.provider.merge(&other.provider)?;
        more(&mut self.outlook_assured, other.outlook_assured)?;
        self.score.merge(&other.score)?;
        self.assurance.merge(&other.assurance)
    }

    /// All counts.
    fn counts_mut(&mut self) -> Vec<&mut u64> {
        let mut list = vec![
            &mut self.tenants,
            &mut self.assessments,
            &mut self.with_target,
            &mut self.below_target,
            &mut self.lapsing,
            &mut self.gaps,
        ];
        list.extend(self.statuses.iter_mut().chain(&mut self.shared).chain(&mut self.kinds));
        list
    }

    /// Those in which nothing is in scope.
    pub(crate) fn without_score(&self) -> u64 {
        self.assessments.saturating_sub(self.score.total())
    }

    /// Both sides together.
    pub(crate) fn total(&self) -> Result<FleetSums, SummaryFault> {
        let mut total = self.customer;
        total.merge(&self.provider)?;
        Ok(total)
    }

    /// The controls by status, with the word of each.
    pub(crate) fn by_status(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        ControlStatus::WORDS.iter().copied().zip(self.statuses)
    }

    /// The shared controls by what they lack.
    pub(crate) fn by_shared(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        SharedGap::WORDS.iter().copied().zip(self.shared)
    }

    /// The gap rows by kind.
    pub(crate) fn by_kind(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        GapKind::WORDS.iter().copied().zip(self.kinds)
    }
}

/// Counts one, if there is one.
pub(crate) fn one_more(count: &mut u64, is_one: bool) {
    *count = count.saturating_add(u64::from(is_one));
}

/// Adds two sums.
pub(crate) fn more(sum: &mut u128, other: u128) -> Result<(), SummaryFault> {
    *sum = sum.checked_add(other).ok_or(SummaryFault::TooMany)?;
    Ok(())
}

/// `part` of `whole` in percent, rounded half up; of nothing there is none.
pub(crate) fn percent(part: u128, whole: u128) -> Option<Percent> {
    let doubled = part.checked_mul(20_000)?.checked_add(whole)?;
    let hundredths = doubled.checked_div(whole.checked_mul(2)?)?;
    u32::try_from(hundredths).ok().map(Percent::from_hundredths)
}
