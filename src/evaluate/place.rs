//! One place judged: what it earns, what an auditor could see of it, and what it falls short of.

use super::kind::GapKind;
use crate::compiled::Compiled;
use crate::day::Day;
use crate::points::BasisPoints;
use crate::profile::{EvidenceLink, Implementation, PlaceSource, Risk, Test};
use crate::tenant::{CompiledPlace, Retest, Tenant};

use super::TestStatus;

/// Whether proof of a place can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// An automatic test needs none.
    NotNeeded,
    /// At least one linked item is current.
    Current,
    /// Nothing is linked, or nothing holds yet.
    Missing,
    /// Something linked has lapsed.
    Expired,
}

/// What a place comes to at a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judgement {
    pub(crate) in_scope: bool,
    pub(crate) earned: BasisPoints,
    pub(crate) is_unassessed: bool,
    pub(crate) test: TestStatus,
    /// Why it does not earn everything, if it does not.
    pub(crate) shortfall: Option<GapKind>,
    pub(crate) risk: Option<Risk>,
    /// Whether the test is recent enough.
    pub(crate) is_fresh: bool,
    pub(crate) proof: Proof,
}

impl Judgement {
    /// What nobody has listed: in scope, nothing earned, everything unknown.
    pub(crate) const UNLISTED: Self = Self {
        in_scope: true,
        earned: BasisPoints::ZERO,
        is_unassessed: true,
        test: TestStatus::None,
        shortfall: Some(GapKind::NotAssessed),
        risk: None,
        is_fresh: false,
        proof: Proof::Missing,
    };

    /// What an auditor could see of it today.
    pub(crate) fn assured(&self) -> BasisPoints {
        let is_proved = matches!(self.proof, Proof::NotNeeded | Proof::Current);
        if self.is_fresh && is_proved { self.earned } else { BasisPoints::ZERO }
    }

    /// What of it goes into the figures of its action.
    pub(crate) fn figures(&self) -> (bool, BasisPoints, BasisPoints, bool) {
        (self.in_scope, self.earned, self.assured(), self.is_unassessed)
    }
}

/// What a place comes to, whatever can be shown of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stand {
    pub(crate) in_scope: bool,
    pub(crate) earned: BasisPoints,
    pub(crate) is_unassessed: bool,
    test: Test,
    /// What it earns before scope is asked.
    gross: BasisPoints,
}

/// What a place comes to from its dates on, or before: a status dated after the day has not happened yet, so
/// that it earns nothing and its test is none.
pub(crate) fn stand(place: &CompiledPlace, is_future: bool) -> Stand {
    let test = if is_future { Test::None } else { place.test };
    let gross = if is_future { BasisPoints::ZERO } else { earned(place) };
    let out_of_scope = place.implementation == Implementation::NotInScope || test == Test::NotInScope;
    Stand {
        in_scope: !out_of_scope,
        earned: if out_of_scope { BasisPoints::ZERO } else { gross },
        is_unassessed: test.is_unknown() && !out_of_scope,
        test,
        gross,
    }
}

/// Judges one place at a day.
pub(crate) fn judge(
    compiled: &Compiled,
    tenant: &Tenant,
    place: &CompiledPlace,
    retest: Retest,
    day: Day,
) -> Judgement {
    let has_happened = |on: Option<Day>| on.is_none_or(|on| on <= day);
    let is_future = !has_happened(place.implemented_on) || !has_happened(place.tested_on);
    let Stand { in_scope, earned, is_unassessed, test, gross } = stand(place, is_future);
    Judgement {
        in_scope,
        earned,
        is_unassessed,
        test: if in_scope { rolled(test) } else { TestStatus::NotInScope },
        shortfall: if !in_scope || gross.is_whole() {
            None
        } else {
            Some(shortfall(place.implementation, test, gross))
        },
        risk: test.risk(),
        is_fresh: place.tested_on.is_some_and(|on| on.plus(retest.days(place.source)) >= day),
        proof: proof(compiled, tenant, place, day),
    }
}

fn earned(place: &CompiledPlace) -> BasisPoints {
    match place.test {
        Test::Passed if place.implementation.is_done() => BasisPoints::ONE,
        Test::PartiallyTested if place.source == PlaceSource::Automatic => place.fraction,
        _ => BasisPoints::ZERO,
    }
}

fn rolled(test: Test) -> TestStatus {
    match test {
        Test::Passed => TestStatus::Passed,
        Test::FailedLow | Test::FailedMedium | Test::FailedHigh => TestStatus::Failed,
        Test::NotInScope => TestStatus::NotInScope,
        Test::None => TestStatus::None,
        Test::InProgress | Test::PartiallyTested | Test::ToBeDetected | Test::CouldNotBeDetected => {
            TestStatus::InProgress
        }
    }
}

fn shortfall(implementation: Implementation, test: Test, earned: BasisPoints) -> GapKind {
    match implementation {
        _ if test.risk().is_some() => GapKind::TestFailed,
        Implementation::NotImplemented => GapKind::NotImplemented,
        Implementation::Planned => GapKind::Planned,
        _ if !earned.is_zero() => GapKind::Partial,
        _ => GapKind::Untested,
    }
}

fn proof(compiled: &Compiled, tenant: &Tenant, place: &CompiledPlace, day: Day) -> Proof {
    if place.source == PlaceSource::Automatic {
        return Proof::NotNeeded;
    }
    state(compiled, tenant, tenant.links(place).iter().copied(), day)
}

/// The state of proof that rests on these items: current if one is, expired if one was.
pub(crate) fn state(
    compiled: &Compiled,
    tenant: &Tenant,
    items: impl Iterator<Item = EvidenceLink>,
    day: Day,
) -> Proof {
    let mut found = Proof::Missing;
    for period in items.map(|item| compiled.period(tenant, item)) {
        if period.holds(day) {
            return Proof::Current;
        }
        if period.has_lapsed(day) {
            found = Proof::Expired;
        }
    }
    found
}
