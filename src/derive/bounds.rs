//! The figures: what the sources of a control come to together.

use super::DerivedStatus;
use crate::evaluate::ControlStatus;
use crate::points::{BasisPoints, Bounds};
use crate::result::{ControlScore, TenantScore};

/// What an assessed control comes to, over all assessments of its framework.
#[derive(Clone, Copy, Debug)]
pub(super) struct Assessed {
    pub(super) status: ControlStatus,
    /// The share that is earned, and of it what is assured; none if nothing of it is in scope.
    pub(super) shares: Option<(BasisPoints, BasisPoints)>,
}

impl Assessed {
    fn of(control: &ControlScore) -> Self {
        let total = &control.figures.total;
        let assured = BasisPoints::share(total.assured.units(), total.possible.units());
        let shares = control.coverage.map(|coverage| (BasisPoints::new(coverage), assured));
        Self { status: control.status, shares }
    }

    /// Where assessments see a control differently, the lower figure counts, as it does for an action.
    fn lower(self, other: Self) -> Self {
        match (self.shares, other.shares) {
            (Some(one), Some(two)) => {
                let status = if two.0 < one.0 { other.status } else { self.status };
                Self { status, shares: Some((one.0.min(two.0), one.1.min(two.1))) }
            }
            (None, Some(_)) => other,
            _ => self,
        }
    }
}

/// The controls of a framework, over all assessments of it, in catalogue order.
pub(super) fn assessed(score: &TenantScore, framework: &str) -> Vec<Assessed> {
    let mut list: Vec<Assessed> = Vec::new();
    for assessment in score.assessments.iter().filter(|a| a.framework == framework) {
        let found = assessment.controls.iter().map(Assessed::of);
        if list.is_empty() {
            list = found.collect();
        } else {
            list.iter_mut().zip(found).for_each(|(known, found)| *known = known.lower(found));
        }
    }
    list
}

/// What sources come to together, each a share of the control and how much of the source is earned.
///
/// At least what the best of them covers alone, for the rest may be the same; at most what all cover
/// if no two cover the same (the bounds of Fréchet for a union).
pub(super) fn united(sources: impl IntoIterator<Item = (Bounds, BasisPoints)>) -> Bounds {
    sources.into_iter().fold(Bounds::NOTHING, |sum, (share, earned)| Bounds {
        lower: sum.lower.max(earned.of(share.lower)),
        upper: sum.upper.and(earned.of_rounded_up(share.upper)),
    })
}

pub(super) fn status(coverage: Option<Bounds>) -> DerivedStatus {
    match coverage {
        None => DerivedStatus::Unmapped,
        Some(bounds) if bounds.lower.is_whole() => DerivedStatus::Covered,
        Some(bounds) if !bounds.lower.is_zero() => DerivedStatus::Partial,
        Some(bounds) if !bounds.upper.is_zero() => DerivedStatus::Unproved,
        Some(_) => DerivedStatus::Gap,
    }
}

/// The mean of bounds, outwards; a control without any counts with nothing.
pub(super) fn mean(list: &[Option<Bounds>]) -> Bounds {
    let sum = |end: fn(&Bounds) -> BasisPoints| list.iter().flatten().map(|b| u64::from(end(b).get())).sum::<u64>();
    let count = u64::try_from(list.len()).unwrap_or(u64::MAX).max(1);
    Bounds {
        lower: BasisPoints::mean(sum(|b| b.lower), count),
        upper: BasisPoints::mean(sum(|b| b.upper) + count - 1, count),
    }
}
