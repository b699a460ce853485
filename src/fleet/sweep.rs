//! The figures of a tenant on many days at once.
//!
//! Most of a tenant is the same on every day: a place earns from its dates on, is shown for as long as its
//! test is fresh and its evidence current. So each place, item of evidence and service is judged once, to a
//! set of days (the bits of a word), and its points are added to the days in the set. What a place comes to
//! and what a provider's action comes to is asked of `evaluate`, which judges single days; a property test
//! holds the sums against it. Start with [`Sweep::tenant`].

use super::days::Days;
use crate::compiled::Compiled;
use crate::evaluate::{ServiceSets, provider, stand};
use crate::id::ActionIdx;
use crate::points::{Amount, BasisPoints, Sums};
use crate::profile::{EvidenceLink, PlaceSource};
use crate::tenant::{CompiledPlace, Retest, Slot, Tenant};

/// What an action is supposed to come to, whatever its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forced {
    pub(crate) earned: BasisPoints,
    pub(crate) assured: BasisPoints,
}

/// Sums up tenants on some days; each thread has its own.
#[derive(Clone, Debug)]
pub(crate) struct Sweep {
    days: Days,
    /// For each item of the library's evidence, when it is current.
    evidence: Vec<u64>,
    /// For each service, when the library's evidence names it, and when what names it is current.
    services: Vec<(u64, u64)>,
    /// For each service, when it is not retired.
    offered: Vec<u64>,
    /// For each action, what it is supposed to come to.
    forced: Vec<Option<Forced>>,
    /// When each item of the tenant's own evidence is current.
    own: Vec<u64>,
    /// For each day, which services are attested and current.
    sets: Vec<ServiceSets>,
    /// The whole points of the provider's actions for each set of services that they concern, and of each status.
    masks: Vec<u64>,
    statuses: Vec<u64>,
    places: Vec<PlaceDays>,
    /// What holds on all days alike, of the assessment at hand.
    always: Sums,
    /// For each assessment, the figures of each day.
    sums: Vec<Sums>,
}

/// When a place is in scope, earns, is shown and is unassessed; and how much it earns then.
#[derive(Clone, Copy, Debug)]
struct PlaceDays {
    in_scope: u64,
    earned: u64,
    assured: u64,
    unassessed: u64,
    share: BasisPoints,
}

impl Sweep {
    /// For the tenants of a library on so many days as a word has bits.
    pub(crate) fn new(compiled: &Compiled, days: Days) -> Self {
        let evidence: Vec<u64> = compiled.evidence.iter().map(|period| days.of(*period)).collect();
        let named = |row: &[(crate::id::EvidenceIdx, crate::day::Day)]| {
            row.iter().fold((0, 0), |(named, current), (item, since)| {
                let from = days.from(*since);
                let holds = evidence.get(item.position()).copied().unwrap_or(0);
                (named | from, current | (from & holds))
            })
        };
        let services = compiled.namings.rows().map(named).collect();
        let offered = compiled.services.iter().map(|service| days.all() & !days.from(service.retired_on)).collect();
        let sets = vec![ServiceSets::default(); days.len()];
        let forced = vec![None; compiled.actions.len()];
        let (own, masks, statuses, places, always, sums) = Default::default();
        Self { days, evidence, services, offered, forced, own, sets, masks, statuses, places, always, sums }
    }

    /// Supposes what an action comes to for everybody whom it concerns.
    pub(crate) fn force(&mut self, action: ActionIdx, forced: Forced) {
        if let Some(place) = self.forced.get_mut(action.position()) {
            *place = Some(forced);
        }
    }

    /// Sums up a tenant of this library.
    pub(crate) fn tenant(&mut self, compiled: &Compiled, tenant: &Tenant) {
        self.own.clear();
        self.own.extend(tenant.own_evidence.iter().map(|period| self.days.of(*period)));
        self.fill_sets(tenant);
        self.sums.clear();
        self.sums.resize(tenant.assessments.len() * self.days.len(), Sums::default());
        for position in 0..tenant.assessments.len() {
            self.assessment(compiled, tenant, position);
        }
    }

    /// The figures of the assessment at `position` on each day.
    pub(crate) fn sums(&self, position: usize) -> &[Sums] {
        let first = position * self.days.len();
        self.sums.get(first..first + self.days.len()).unwrap_or_default()
    }

    fn current(&self, link: EvidenceLink) -> u64 {
        let found = match link {
            EvidenceLink::Own(position) => self.own.get(position),
            EvidenceLink::Library(item) => self.evidence.get(item.position()),
        };
        found.copied().unwrap_or(0)
    }

    /// Which services are attested and current on each day.
    fn fill_sets(&mut self, tenant: &Tenant) {
        for set in &mut self.sets {
            set.clear(tenant.services.len());
        }
        for (position, service) in tenant.services.iter().enumerate() {
            let (mut named, mut current) = self.services.get(service.position()).copied().unwrap_or_default();
            // The tenant's own evidence comes first, and what the library says is known.
            for (link, since) in tenant.namings.row(position) {
                let EvidenceLink::Own(_) = link else { break };
                let from = self.days.from(*since);
                named |= from;
                current |= from & self.current(*link);
            }
            let attested = named & self.offered.get(service.position()).copied().unwrap_or(0);
            for (day, set) in self.sets.iter_mut().enumerate() {
                let bit = 1_u64 << day;
                if attested & bit != 0 {
                    set.add(position, current & bit != 0);
                }
            }
        }
    }

    fn assessment(&mut self, compiled: &Compiled, tenant: &Tenant, position: usize) {
        let Some(assessment) = tenant.assessments.get(position) else { return };
        self.masks.clear();
        self.masks.resize(tenant.masks.rows().len(), 0);
        self.statuses.clear();
        self.statuses.resize(tenant.statuses.rows().len(), 0);
        self.always = Sums::default();
        let actions = &compiled.template(assessment.template).actions;
        let slots = assessment.slots.iter().zip(&assessment.is_open).zip(actions);
        for ((slot, _), action) in slots.filter(|((_, is_open), _)| **is_open) {
            let points = compiled.action(*action).points;
            let weight = match slot {
                Slot::NotApplicable => continue,
                Slot::Provider(mask) => self.masks.get_mut(*mask),
                Slot::Unlisted(_) | Slot::Listed(_) => {
                    if let Some(forced) = self.forced.get(action.position()).copied().flatten() {
                        self.always += Sums {
                            achieved: points.times(forced.earned),
                            possible: points.whole(),
                            assured: points.times(forced.assured),
                            unassessed: Amount::ZERO,
                        };
                        continue;
                    }
                    let Slot::Listed(status) = slot else {
                        // What nobody has listed is unknown.
                        self.always += Sums { possible: points.whole(), unassessed: points.whole(), ..Sums::default() };
                        continue;
                    };
                    self.statuses.get_mut(*status)
                }
            };
            weight.into_iter().for_each(|weight| *weight += u64::from(points.get()));
        }
        let first = position * self.days.len();
        self.providers(first, tenant);
        self.customers(first, tenant, assessment.retest);
        for total in self.sums.iter_mut().skip(first).take(self.days.len()) {
            *total += self.always;
        }
    }

    /// Adds an amount to one figure of the assessment whose first day is at `first`, on some days.
    #[inline]
    fn add(&mut self, first: usize, days: u64, units: u64, figure: impl Fn(&mut Sums) -> &mut Amount) {
        let amount = Amount::from_units(units);
        if days == self.days.all() {
            *figure(&mut self.always) += amount;
            return;
        }
        let mut rest = days;
        while rest != 0 {
            let day = usize::try_from(rest.trailing_zeros()).unwrap_or(usize::MAX);
            self.sums.get_mut(first + day).into_iter().for_each(|total| *figure(total) += amount);
            rest &= rest - 1;
        }
    }

    /// The provider's actions: days on which the services stand alike come to the same.
    fn providers(&mut self, first: usize, tenant: &Tenant) {
        let mut last: Option<(&ServiceSets, Sums)> = None;
        for (set, total) in self.sets.iter().zip(self.sums.iter_mut().skip(first)) {
            let sums = match last {
                Some((known, sums)) if known == set => sums,
                _ => providers(&self.masks, tenant, set),
            };
            *total += sums;
            last = Some((set, sums));
        }
    }

    fn customers(&mut self, first: usize, tenant: &Tenant, retest: Retest) {
        for status in 0..self.statuses.len() {
            let weight = self.statuses.get(status).copied().unwrap_or(0);
            if weight == 0 {
                continue;
            }
            match tenant.statuses.row(status) {
                [place] => {
                    let found = self.place(tenant, place, retest);
                    self.single(first, weight, &found);
                }
                places => {
                    self.places.clear();
                    for place in places {
                        let found = self.place(tenant, place, retest);
                        self.places.push(found);
                    }
                    self.several(first, weight);
                }
            }
        }
    }

    fn place(&self, tenant: &Tenant, place: &CompiledPlace, retest: Retest) -> PlaceDays {
        let all = self.days.all();
        let from = |on: Option<crate::day::Day>| on.map_or(all, |on| self.days.from(on));
        let happened = from(place.implemented_on) & from(place.tested_on);
        let (before, after) = (stand(place, true), stand(place, false));
        let set =
            |before: bool, after: bool| (if before { all & !happened } else { 0 }) | (if after { happened } else { 0 });
        let in_scope = set(before.in_scope, after.in_scope);
        let earned = if after.in_scope { happened } else { 0 };
        let assured = if earned == 0 || after.earned.is_zero() {
            0
        } else {
            let fresh = place.tested_on.map_or(0, |on| self.days.until(on.plus(retest.days(place.source))));
            let shown = match place.source {
                PlaceSource::Automatic => all,
                PlaceSource::Manual => tenant.links(place).iter().fold(0, |days, link| days | self.current(*link)),
            };
            earned & fresh & shown
        };
        let unassessed = set(before.is_unassessed, after.is_unassessed);
        PlaceDays { in_scope, earned, assured, unassessed, share: after.earned }
    }

    /// Adds the points of actions with one place.
    fn single(&mut self, first: usize, points: u64, place: &PlaceDays) {
        let (whole, part) = (points * u64::from(BasisPoints::ONE.get()), points * u64::from(place.share.get()));
        self.add(first, place.earned, part, |sums| &mut sums.achieved);
        self.add(first, place.in_scope, whole, |sums| &mut sums.possible);
        self.add(first, place.assured, part, |sums| &mut sums.assured);
        self.add(first, place.unassessed, whole, |sums| &mut sums.unassessed);
    }

    /// Adds the points of actions with several places: the mean of those in scope, each share rounded down.
    fn several(&mut self, first: usize, points: u64) {
        let one = u64::from(BasisPoints::ONE.get());
        for (day, total) in self.sums.iter_mut().skip(first).take(self.days.len()).enumerate() {
            let (mut count, mut earned, mut assured, mut unassessed) = (0, 0, 0, 0);
            let is_on = |days: u64| days >> day & 1 == 1;
            for place in self.places.iter().filter(|place| is_on(place.in_scope)) {
                let share = u64::from(place.share.get());
                count += 1;
                earned += if is_on(place.earned) { share } else { 0 };
                assured += if is_on(place.assured) { share } else { 0 };
                unassessed += if is_on(place.unassessed) { one } else { 0 };
            }
            let amount = |sum: u64| Amount::from_units(points * u64::from(BasisPoints::mean(sum, count).get()));
            *total += Sums {
                achieved: amount(earned),
                possible: Amount::from_units(if count > 0 { points * one } else { 0 }),
                assured: amount(assured),
                unassessed: amount(unassessed),
            };
        }
    }
}

/// The provider's actions on a day: those that concern the same services by their points.
fn providers(masks: &[u64], tenant: &Tenant, set: &ServiceSets) -> Sums {
    let mut sums = Sums::default();
    for (row, points) in masks.iter().enumerate().filter(|(_, points)| **points > 0) {
        let figures = provider(tenant.masks.row(row), set);
        let amount = |share: BasisPoints| Amount::from_units(points * u64::from(share.get()));
        sums += Sums {
            achieved: amount(figures.earned),
            possible: amount(BasisPoints::ONE),
            assured: amount(figures.assured),
            unassessed: amount(figures.unassessed),
        };
    }
    sums
}
