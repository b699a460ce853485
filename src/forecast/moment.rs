//! The days on which something can change.
//!
//! Between two neighbouring moments no judgement of a service or a place changes, so evaluating on
//! each of them is enough.

use super::ties::Ties;
use crate::compiled::Compiled;
use crate::day::Day;
use crate::id::ActionIdx;
use crate::profile::{EvidenceLink, Profile};
use crate::tenant::Tenant;
use std::collections::BTreeMap;

/// What may turn; positions are those of the tenant's services and statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    EvidenceEnds(EvidenceLink),
    TestEnds(usize),
    AcceptanceEnds(ActionIdx),
    ServiceRetires(usize),
    EvidenceStarts(EvidenceLink),
    ServiceNamed(usize),
    StatusBegins(usize),
}

/// All moments after one day and until another, each day with what may turn on it.
pub(super) fn moments(
    compiled: &Compiled,
    profile: &Profile,
    tenant: &Tenant,
    ties: &Ties,
    after: Day,
    until: Day,
) -> BTreeMap<Day, Vec<What>> {
    let mut found: BTreeMap<Day, Vec<What>> = BTreeMap::new();
    let mut add = |day: Day, what: What| {
        if after < day && day <= until {
            found.entry(day).or_default().push(what);
        }
    };
    for link in ties.items() {
        let period = compiled.period(tenant, link);
        add(period.from, What::EvidenceStarts(link));
        add(period.to.plus(1), What::EvidenceEnds(link));
    }
    for (position, service) in tenant.services.iter().enumerate() {
        add(compiled.service(*service).retired_on, What::ServiceRetires(position));
        for (link, since) in tenant.namings.row(position) {
            let period = compiled.period(tenant, *link);
            // An item that names the service from its own first day on is told as the item's start.
            if period.from != *since || !period.holds(*since) {
                add(*since, What::ServiceNamed(position));
            }
        }
    }
    for (status, (places, seats)) in tenant.statuses.rows().zip(&ties.of_status).enumerate() {
        for place in places {
            let days = place.implemented_on.into_iter().chain(place.tested_on);
            days.for_each(|day| add(day, What::StatusBegins(status)));
            for assessment in seats.iter().filter_map(|(position, _)| tenant.assessments.get(*position)) {
                let days = assessment.retest.days(place.source);
                place.tested_on.into_iter().for_each(|on| add(on.plus(days).plus(1), What::TestEnds(status)));
            }
        }
    }
    let mut ends: BTreeMap<ActionIdx, Day> = BTreeMap::new();
    for acceptance in &profile.acceptances {
        // Acceptances have no beginning, so only the last of an action's ends anything.
        let end = ends.entry(acceptance.action.value).or_insert(Day::FIRST);
        *end = (*end).max(Day::from(acceptance.expires_on).plus(1));
    }
    ends.into_iter().for_each(|(action, day)| add(day, What::AcceptanceEnds(action)));
    for row in found.values_mut() {
        row.sort_unstable();
        row.dedup();
    }
    found
}
