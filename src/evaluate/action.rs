//! Services and actions judged: what each comes to in one assessment.

use super::TestStatus;
use super::place::{self, Judgement, Proof};
use crate::compiled::Compiled;
use crate::day::Day;
use crate::id::ActionIdx;
use crate::library::Owner;
use crate::points::{Amount, BasisPoints, Points, Sums};
use crate::profile::EvidenceLink;
use crate::tenant::{Slot, Tenant, TenantAssessment};

/// How a service that the tenant uses stands at a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ServiceState {
    /// Some evidence names it by then, and it is not retired.
    pub(crate) is_attested: bool,
    /// What of that evidence could be shown.
    pub(crate) proof: Proof,
    /// The provider lists it in scope.
    pub(crate) is_listed: bool,
}

/// The services used that are attested, and those of them whose evidence is current, as bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServiceSets {
    attested: Vec<u64>,
    current: Vec<u64>,
}

impl ServiceSets {
    /// Empties both sets for so many services.
    pub(crate) fn clear(&mut self, services: usize) {
        for set in [&mut self.attested, &mut self.current] {
            set.clear();
            set.resize(services.div_ceil(64), 0);
        }
    }

    /// Adds the service at `position` to those that are attested, and to those whose evidence is current.
    pub(crate) fn add(&mut self, position: usize, is_current: bool) {
        let bit = 1 << (position % 64);
        self.attested.get_mut(position / 64).into_iter().for_each(|word| *word |= bit);
        if is_current {
            self.current.get_mut(position / 64).into_iter().for_each(|word| *word |= bit);
        }
    }

    pub(crate) fn fill(&mut self, states: &[ServiceState]) {
        fill(&mut self.attested, states, |s| s.is_attested);
        fill(&mut self.current, states, |s| s.is_attested && s.proof == Proof::Current);
    }
}

fn fill(set: &mut Vec<u64>, states: &[ServiceState], is_in: impl Fn(&ServiceState) -> bool) {
    let word = |chunk: &[ServiceState]| {
        let bits = chunk.iter().enumerate().filter(|(_, state)| is_in(state));
        bits.fold(0_u64, |word, (bit, _)| word | 1 << bit)
    };
    set.clear();
    set.extend(states.chunks(64).map(word));
}

/// What an action comes to in an assessment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActionFigures {
    pub(crate) owner: Owner,
    /// It concerns a service that the tenant uses, or the whole organization.
    pub(crate) applies: bool,
    /// At least one of its places is in scope.
    pub(crate) in_scope: bool,
    /// It stands in the denominator: in scope, on a control that is not excluded.
    pub(crate) counts: bool,
    pub(crate) earned: BasisPoints,
    pub(crate) assured: BasisPoints,
    pub(crate) unassessed: BasisPoints,
    pub(crate) test: TestStatus,
    /// Its part in the sums; nothing unless it counts.
    pub(crate) sums: Sums,
}

const NOTHING: Sums =
    Sums { achieved: Amount::ZERO, possible: Amount::ZERO, assured: Amount::ZERO, unassessed: Amount::ZERO };

impl ActionFigures {
    const NOT_APPLICABLE: Self = Self {
        owner: Owner::Customer,
        applies: false,
        in_scope: false,
        counts: false,
        earned: BasisPoints::ZERO,
        assured: BasisPoints::ZERO,
        unassessed: BasisPoints::ZERO,
        test: TestStatus::NotInScope,
        sums: NOTHING,
    };

    /// A customer's action that nobody has listed.
    pub(crate) fn unlisted() -> Self {
        Self::of_place(&Judgement::UNLISTED)
    }

    /// A customer's action in one place: the mean of one is itself, and so is the roll-up.
    pub(crate) fn of_place(judgement: &Judgement) -> Self {
        let only_in_scope = |share| if judgement.in_scope { share } else { BasisPoints::ZERO };
        Self {
            owner: Owner::Customer,
            applies: true,
            in_scope: judgement.in_scope,
            counts: false,
            earned: only_in_scope(judgement.earned),
            assured: only_in_scope(judgement.assured()),
            unassessed: if judgement.in_scope && judgement.is_unassessed {
                BasisPoints::ONE
            } else {
                BasisPoints::ZERO
            },
            test: judgement.test,
            sums: NOTHING,
        }
    }

    /// Lets it count if it is in scope and one of its controls is not excluded.
    fn counted(mut self, points: Points, is_open: bool) -> Self {
        self.counts = self.in_scope && is_open;
        if self.counts {
            self.sums = Sums {
                achieved: points.times(self.earned),
                possible: points.whole(),
                assured: points.times(self.assured),
                unassessed: points.times(self.unassessed),
            };
        }
        self
    }
}

/// Judges each service the tenant uses.
pub(crate) fn judge_services(compiled: &Compiled, tenant: &Tenant, day: Day, states: &mut Vec<ServiceState>) {
    states.clear();
    states.extend(tenant.services.iter().enumerate().map(|(position, service)| {
        let service = compiled.service(*service);
        let is_attested = !service.is_retired(day) && named_by(tenant, position, day).next().is_some();
        ServiceState {
            is_attested,
            proof: place::state(compiled, tenant, named_by(tenant, position, day), day),
            is_listed: service.is_listed(day),
        }
    }));
}

/// The evidence that names the tenant's service at `position` by `day`.
pub(crate) fn named_by(tenant: &Tenant, position: usize, day: Day) -> impl Iterator<Item = EvidenceLink> {
    tenant.namings.row(position).iter().filter(move |(_, since)| *since <= day).map(|(item, _)| *item)
}

/// Judges each action of the assessment's template.
pub(super) fn judge_actions(
    compiled: &Compiled,
    tenant: &Tenant,
    assessment: &TenantAssessment,
    day: Day,
    services: &ServiceSets,
    list: &mut Vec<ActionFigures>,
) {
    let template = compiled.template(assessment.template);
    list.clear();
    let slots = assessment.slots.iter().zip(&assessment.is_open).zip(&template.actions);
    list.extend(slots.map(|((slot, is_open), action)| {
        let action = compiled.action(*action);
        let figures = match slot {
            Slot::NotApplicable => return ActionFigures { owner: action.owner, ..ActionFigures::NOT_APPLICABLE },
            Slot::Unlisted(_) => ActionFigures::unlisted(),
            Slot::Listed(status) => {
                let places = tenant.statuses.row(*status).iter();
                customer(places.map(|p| place::judge(compiled, tenant, p, assessment.retest, day)))
            }
            Slot::Provider(row) => provider(tenant.masks.row(*row), services),
        };
        figures.counted(action.points, *is_open)
    }));
}

/// The mean over the places in scope, each share rounded down.
pub(crate) fn customer(places: impl Iterator<Item = Judgement>) -> ActionFigures {
    let (mut count, mut earned, mut assured, mut unassessed) = (0, 0, 0, 0);
    let mut rollup = Rollup::default();
    for judgement in places {
        rollup.add(judgement.test);
        if judgement.in_scope {
            count += 1;
            earned += u64::from(judgement.earned.get());
            assured += u64::from(judgement.assured().get());
            unassessed += if judgement.is_unassessed { u64::from(BasisPoints::ONE.get()) } else { 0 };
        }
    }
    ActionFigures {
        owner: Owner::Customer,
        applies: true,
        in_scope: count > 0,
        counts: false,
        earned: BasisPoints::mean(earned, count),
        assured: BasisPoints::mean(assured, count),
        unassessed: BasisPoints::mean(unassessed, count),
        test: rollup.status(),
        sums: NOTHING,
    }
}

/// The share of the services concerned, a mask over the services used, that evidence names.
pub(crate) fn provider(concerned: &[u64], services: &ServiceSets) -> ActionFigures {
    let applicable: u64 = concerned.iter().map(|word| u64::from(word.count_ones())).sum();
    // Mostly all of them are in: that is seen without counting.
    let count = |set: &[u64]| match concerned.iter().zip(set).all(|(word, set)| word & set == *word) {
        true => applicable,
        false => concerned.iter().zip(set).map(|(word, set)| u64::from((word & set).count_ones())).sum(),
    };
    let (attested, current) = (count(&services.attested), count(&services.current));
    ActionFigures {
        owner: Owner::Provider,
        applies: true,
        in_scope: true,
        counts: false,
        earned: BasisPoints::share(attested, applicable),
        assured: BasisPoints::share(current, applicable),
        unassessed: BasisPoints::ZERO,
        test: match attested {
            0 => TestStatus::None,
            n if n == applicable => TestStatus::Passed,
            _ => TestStatus::InProgress,
        },
        sums: NOTHING,
    }
}

/// The services the tenant uses among those an action concerns: their positions and states.
pub(crate) fn services_of<'a>(
    compiled: &'a Compiled,
    tenant: &'a Tenant,
    action: ActionIdx,
    services: &'a [ServiceState],
) -> impl Iterator<Item = (usize, &'a ServiceState)> {
    let concerned = compiled.services_of_action.row(action.position());
    concerned.iter().filter_map(move |service| {
        let position = tenant.services.binary_search(service).ok()?;
        Some((position, services.get(position)?))
    })
}

/// Compliance Manager's roll-up of tests: failed before not in scope before passed before none.
#[derive(Default)]
pub(super) struct Rollup {
    failed: u32,
    passed: u32,
    untested: u32,
    underway: u32,
    out_of_scope: u32,
}

impl Rollup {
    pub(super) fn add(&mut self, test: TestStatus) {
        match test {
            TestStatus::Failed => self.failed += 1,
            TestStatus::Passed => self.passed += 1,
            TestStatus::None => self.untested += 1,
            TestStatus::InProgress => self.underway += 1,
            TestStatus::NotInScope => self.out_of_scope += 1,
        }
    }

    pub(super) fn status(&self) -> TestStatus {
        let open = self.untested + self.underway;
        match () {
            () if self.failed > 0 => TestStatus::Failed,
            () if self.passed == 0 && open == 0 && self.out_of_scope > 0 => TestStatus::NotInScope,
            () if self.passed > 0 && open == 0 => TestStatus::Passed,
            () if self.passed == 0 && self.underway == 0 => TestStatus::None,
            () => TestStatus::InProgress,
        }
    }
}
