//! Controls judged: coverage, status, tests, and which half of a shared one is missing.

use super::action::{ActionFigures, Rollup};
use super::{ControlStatus, Responsibility, SharedGap, Sides, TestStatus};
use crate::compiled::Compiled;
use crate::library::Owner;
use crate::points::{Amount, BasisPoints};
use crate::tenant::{Statement, TenantAssessment};

/// What a control comes to in an assessment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ControlFigures {
    pub(crate) status: ControlStatus,
    pub(crate) test: TestStatus,
    /// The share of its points that is earned, where there are any.
    pub(crate) coverage: Option<BasisPoints>,
    pub(crate) responsibility: Option<Responsibility>,
    pub(crate) shared_gap: Option<SharedGap>,
    pub(crate) sides: Sides,
}

/// Judges each control of the assessment's framework.
pub(super) fn judge_controls(
    compiled: &Compiled,
    assessment: &TenantAssessment,
    actions: &[ActionFigures],
    list: &mut Vec<ControlFigures>,
) {
    let template = compiled.template(assessment.template);
    let rows = template.slots_of_control.rows().zip(&assessment.controls);
    list.clear();
    list.extend(rows.map(|(slots, statement)| {
        let figures = slots.iter().filter_map(|slot| actions.get(usize::try_from(*slot).ok()?));
        let (mut sides, mut rollup) = (Sides::default(), Rollup::default());
        let (mut customer, mut provider) = (false, false);
        for figures in figures.filter(|f| f.applies) {
            customer |= figures.owner == Owner::Customer;
            provider |= figures.owner == Owner::Provider;
            rollup.add(figures.test);
            if !statement.is_excluded {
                sides.add(figures.owner, figures.sums);
            }
        }
        let responsibility = match (customer, provider) {
            (true, true) => Some(Responsibility::Shared),
            (true, false) => Some(Responsibility::Customer),
            (false, true) => Some(Responsibility::Provider),
            (false, false) => None,
        };
        control(*statement, responsibility, sides, rollup.status())
    }));
}

fn control(
    statement: Statement,
    responsibility: Option<Responsibility>,
    sides: Sides,
    test: TestStatus,
) -> ControlFigures {
    let total = sides.total();
    let status = match responsibility {
        _ if statement.is_excluded => ControlStatus::Excluded,
        None => ControlStatus::Unmapped,
        Some(_) => status_of(total.achieved, total.possible),
    };
    let has_share = matches!(status, ControlStatus::Covered | ControlStatus::Partial | ControlStatus::Gap);
    let coverage = has_share.then(|| BasisPoints::share(total.achieved.units(), total.possible.units()));
    let is_open = matches!(status, ControlStatus::Partial | ControlStatus::Gap);
    let lacks = |missing: u64| missing > 0;
    let shared_gap = match (lacks(sides.customer.missing().units()), lacks(sides.provider.missing().units())) {
        _ if !is_open || responsibility != Some(Responsibility::Shared) => None,
        (true, true) => Some(SharedGap::BothSides),
        (true, false) => Some(SharedGap::CustomerSide),
        (false, true) => Some(SharedGap::ProviderSide),
        (false, false) => None,
    };
    ControlFigures { status, test, coverage, responsibility, shared_gap, sides }
}

/// The status of a control by its points, earned and in all.
pub(crate) fn status_of(achieved: Amount, possible: Amount) -> ControlStatus {
    let share = BasisPoints::share(achieved.units(), possible.units());
    match () {
        () if possible == Amount::ZERO => ControlStatus::NotInScope,
        () if share.is_whole() => ControlStatus::Covered,
        () if share.is_zero() => ControlStatus::Gap,
        () => ControlStatus::Partial,
    }
}
