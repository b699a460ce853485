//! The status that a profile keeps of a spot, and what a claim makes of it.
//!
//! Pure rules, without any file: [`Standing`] is what the profile says; [`checked`] and [`stated`] give what it
//! would say if a claim were taken over.

use super::fact::{Reason, Stated};
use super::matching::Refused;
use crate::points::BasisPoints;
use crate::profile::{Implementation, Place, PlaceSource, Risk, Test};
use chrono::NaiveDate;

/// Where a place stands, as a profile writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) implementation: Implementation,
    pub(super) implemented_on: Option<NaiveDate>,
    pub(super) test: Test,
    pub(super) source: PlaceSource,
    pub(super) tested_on: Option<NaiveDate>,
    pub(super) reference: Option<String>,
    pub(super) fraction: Option<BasisPoints>,
}

impl Standing {
    /// Where a place that nobody has assessed stands.
    pub(super) fn unassessed() -> Self {
        Self {
            implementation: Implementation::NotImplemented,
            implemented_on: None,
            test: Test::None,
            source: PlaceSource::Manual,
            tested_on: None,
            reference: None,
            fraction: None,
        }
    }

    pub(super) fn of(place: &Place) -> Self {
        Self {
            implementation: place.implementation,
            implemented_on: place.implemented_on,
            test: place.test,
            source: place.source,
            tested_on: place.tested_on,
            reference: place.reference.clone(),
            fraction: place.fraction.as_ref().map(|f| f.value).filter(|_| place.test == Test::PartiallyTested),
        }
    }

    /// The day of the status: the later of its two.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.tested_on.max(self.implemented_on)
    }

    /// Whether it says how the place stands, so that there is nothing to fill.
    pub(super) fn says_something(&self) -> bool {
        !matches!(self.test, Test::None | Test::InProgress) && !self.test.is_unknown()
    }

    /// Whether two are the same but for the day and the name of the test.
    pub(super) fn agrees_with(&self, other: &Self) -> bool {
        let essence = |s: &Self| (s.implementation, s.implemented_on, s.test, s.source, s.fraction);
        essence(self) == essence(other)
    }

    /// In words, such as `implemented/passed on 2026-01-31`.
    pub(super) fn words(&self) -> String {
        let on = self.day().map(|day| format!(" on {day}")).unwrap_or_default();
        let fraction = self.fraction.map(|f| format!(" ({} %)", percent(f))).unwrap_or_default();
        match self.test {
            Test::None | Test::NotInScope => format!("{}{on}", self.implementation),
            test => format!("{}/{test}{fraction}{on}", self.implementation),
        }
    }
}

/// Basis points in percent, without zeros that say nothing.
pub(super) fn percent(share: BasisPoints) -> String {
    let (whole, part) = (share.get() / 100, share.get() % 100);
    let text = format!("{whole}.{part:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What automatic checks that came to `share` make of a status.
pub(super) fn checked(before: &Standing, share: BasisPoints, risk: Risk, on: NaiveDate, by: &str) -> Standing {
    let mut after = before.clone();
    let is_none = share.is_zero();
    after.test = match share {
        _ if share.is_whole() => Test::Passed,
        _ if is_none => failed(risk),
        _ => Test::PartiallyTested,
    };
    after.fraction = (after.test == Test::PartiallyTested).then_some(share);
    after.implementation = match before.implementation {
        Implementation::NotInScope | Implementation::NotImplemented if is_none => Implementation::NotImplemented,
        Implementation::Planned if is_none => Implementation::Planned,
        done if done.is_done() => done,
        _ => Implementation::Implemented,
    };
    // What is tested on a day was there by then.
    after.implemented_on = before.implemented_on.map(|done| done.min(on));
    after.source = PlaceSource::Automatic;
    after.tested_on = Some(on);
    after.reference = Some(by.to_owned());
    after
}

fn failed(risk: Risk) -> Test {
    match risk {
        Risk::Low => Test::FailedLow,
        Risk::Medium => Test::FailedMedium,
        Risk::High => Test::FailedHigh,
    }
}

/// What a stated status makes of another; `on` is its day, `by` what states it.
///
/// # Errors
/// What is stated does not go together.
pub(super) fn stated(before: &Standing, said: &Stated, on: Option<NaiveDate>, by: &str) -> Result<Standing, Refused> {
    let mut after = before.clone();
    if let Some(implementation) = said.implementation {
        after.implementation = implementation;
        after.implemented_on = said.implemented_on.or(before.implemented_on.filter(|_| implementation.is_done()));
        if !implementation.is_done() && said.test.is_none() {
            after = Standing { implemented_on: after.implemented_on, ..Standing::unassessed() };
            after.implementation = implementation;
        }
        if implementation == Implementation::NotInScope {
            after.test = Test::NotInScope;
        }
    }
    after.implemented_on = said.implemented_on.or(after.implemented_on);
    if let Some(test) = said.test {
        after.source = said.source.unwrap_or(PlaceSource::Manual);
        after.test = test;
        after.fraction = said.fraction.filter(|_| test == Test::PartiallyTested);
        let is_dated = !matches!(test, Test::None | Test::NotInScope);
        // The day of a row may be that of the work; only a result was there on it.
        let has_result = is_dated && test != Test::InProgress && !test.is_unknown();
        after.tested_on = said.tested_on.filter(|_| is_dated).or(on.filter(|_| has_result));
        after.reference = is_dated.then(|| by.to_owned());
        // A result says that there is something that was tested.
        if said.implementation.is_none() && !after.implementation.allows(Some(test), after.source) {
            after.implementation =
                if test == Test::NotInScope { Implementation::NotInScope } else { Implementation::Implemented };
        }
    }
    if let (Some(done), Some(tested)) = (after.implemented_on, after.tested_on)
        && tested < done
    {
        // Two days of one row that are out of order are the row's fault; an older test of the profile goes.
        if said.tested_on.is_some() && said.implemented_on.is_some() {
            return Err((Reason::BadValue, format!("tested on {tested}, before it was implemented on {done}")));
        }
        if said.test.is_some() {
            after.implemented_on = Some(tested);
        } else {
            (after.test, after.tested_on, after.reference, after.fraction) = (Test::None, None, None, None);
            after.source = PlaceSource::Manual;
        }
    }
    if !after.implementation.allows(Some(after.test), after.source) && after.test != Test::None {
        let detail = format!("test `{}` does not go with `{}`", after.test, after.implementation);
        return Err((Reason::BadValue, detail));
    }
    if after.fraction.is_some() && after.source != PlaceSource::Automatic {
        return Err((Reason::BadValue, "a share belongs to an automatic test".to_owned()));
    }
    Ok(after)
}
