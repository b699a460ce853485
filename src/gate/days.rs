//! The days on which a score or a gap can change if nobody does anything.

use super::judge::Subject;
use crate::day::{Day, Period};
use crate::profile::{Place, Status};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Every day after `from` and up to `until` on which something can change. Rather a day too many,
/// on which nothing does, than one too few.
pub(super) fn days_of_change(subject: &Subject<'_>, from: NaiveDate, until: NaiveDate) -> BTreeSet<NaiveDate> {
    let mut days = Gathered { days: BTreeSet::new(), from, until, expiring_within: subject.expiring_within };
    days.of_profile(subject);
    let compiled = subject.model.compiled();
    compiled.evidence.iter().for_each(|period| days.period(period));
    for (_, named_from) in compiled.namings.rows().flatten() {
        days.add(*named_from);
    }
    for service in &compiled.services {
        days.add(service.first_seen);
        days.add(service.retired_on);
    }
    days.days
}

struct Gathered {
    days: BTreeSet<NaiveDate>,
    from: NaiveDate,
    until: NaiveDate,
    expiring_within: u32,
}

impl Gathered {
    fn add(&mut self, day: Day) {
        self.days.extend(day.date().filter(|day| *day > self.from && *day <= self.until));
    }

    /// Evidence begins to hold, is about to lapse, and has lapsed.
    fn period(&mut self, period: &Period) {
        self.add(period.from);
        if period.to != Day::LAST {
            self.add(period.to.minus(self.expiring_within).plus(1));
            self.add(period.to.plus(1));
        }
    }

    fn of_profile(&mut self, subject: &Subject<'_>) {
        let profile = subject.profile.profile();
        let stale: BTreeSet<u32> =
            profile.assessments.iter().flat_map(|a| [a.retest_days, a.retest_days_automatic]).collect();
        for entry in &profile.actions {
            let places: &[Place] = match &entry.status {
                Status::Single(place) => std::slice::from_ref(place),
                Status::Instances(places) => places,
                Status::Parent(_) => &[],
            };
            for place in places {
                place.implemented_on.map(Day::from).into_iter().for_each(|day| self.add(day));
                if let Some(tested) = place.tested_on.map(Day::from) {
                    self.add(tested);
                    stale.iter().for_each(|days| self.add(tested.plus(*days).plus(1)));
                }
            }
        }
        for item in &profile.evidence {
            self.period(&Period::new(item.valid_from, item.valid_to));
            item.services.iter().filter_map(|(_, since)| *since).for_each(|day| self.add(Day::from(day)));
        }
        for acceptance in &profile.acceptances {
            self.add(Day::from(acceptance.expires_on).plus(1));
        }
    }
}
