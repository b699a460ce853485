//! The ratchet: no worse than the last recorded state.
//!
//! Which snapshot that is, is said in [`baseline_of`]. The rows are compared by id, so that a
//! library of another version gives no false match; what the profile said then is read against the
//! library of now.

use super::figures::{exact, share};
use super::judge::{Judging, subject_of};
use super::policy::{Held, Measure, Ratchet};
use super::verdict::{BaselineName, Check, Detail, Outcome, Place, Rule, counted};
use crate::choice::Choice;
use crate::evaluate::ControlStatus;
use crate::model::TenantProfile;
use crate::points::{Amount, BasisPoints, Percent, Sums};
use crate::result::{Assessment, ControlScore};
use crate::snapshot::{AssessmentRow, ControlRow, Digest, Identity, Rows, Sum};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A snapshot to compare with, or why there is none.
pub type Baseline = Result<Recorded, String>;

/// A recorded state.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// What it is known by.
    pub name: BaselineName,
    /// What it came to.
    pub rows: Rows,
    /// What its library is known by.
    pub library: Digest,
    /// Its profile, read against the library of now; or why it cannot be.
    pub profile: Result<TenantProfile, String>,
}

/// The snapshot that a state at `as_of` may not be worse than: of those dated `as_of` or before the
/// one with the latest date, and of equal ones the one recorded last.
///
/// By date and not by when it was recorded, so that a state of the past that is recorded later, as
/// for a chart, does not become the measure. A snapshot dated after the day of its recording is no
/// state but a forecast, and no measure.
///
/// # Errors
/// That there is none, or that a later state is known, so that the date was set back.
pub fn baseline_of(recorded: &[Identity], as_of: NaiveDate) -> Result<&Identity, String> {
    let is_state = |of: &&Identity| {
        let day = of.recorded_at.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
        day.is_none_or(|day| of.as_of <= day)
    };
    // Of equal dates `max_by_key` gives the last, and they stand in the order of recording.
    match recorded.iter().filter(is_state).max_by_key(|of| of.as_of) {
        Some(last) if last.as_of <= as_of => Ok(last),
        Some(later) => {
            let id = later.leaf().short();
            Err(format!("snapshot {id} is of {}, so that {as_of} is not the latest state", later.as_of))
        }
        None if recorded.is_empty() => Err("no snapshot of the tenant is there".to_owned()),
        None => Err("every snapshot of the tenant is dated after the day of its recording".to_owned()),
    }
}

impl Judging<'_> {
    /// The checks of one thing that is held; none where there is nothing to compare with, which is
    /// told once, apart.
    pub(super) fn ratchet(&self, ratchet: &Ratchet) -> Vec<Check> {
        let Some(recorded) = self.recorded else { return Vec::new() };
        match ratchet.held {
            Held::Score => self.no_lower(recorded, Measure::Score, ratchet),
            Held::Assurance => self.no_lower(recorded, Measure::Assurance, ratchet),
            Held::Controls => self.controls_hold(recorded, ratchet),
            Held::Scope => vec![self.scope_holds(recorded, ratchet)],
            Held::Library => vec![self.library_holds(recorded)],
        }
    }

    fn no_lower(&self, recorded: &Recorded, measure: Measure, ratchet: &Ratchet) -> Vec<Check> {
        let rule = match measure {
            Measure::Score => Rule::RatchetScore,
            Measure::Assurance => Rule::RatchetAssurance,
        };
        let one = |subject: String, then: &Sum, now: Option<&Sums>, place: Option<Place>| {
            let then = Share::then(then, measure);
            let now = now.map(|sums| Share::now(sums, measure));
            let is_met = now.as_ref().is_some_and(|now| now.is_no_lower(&then, ratchet.tolerance));
            let mut check = Check::new(rule, subject, is_met);
            let less = match ratchet.tolerance.is_zero() {
                true => String::new(),
                false => format!(" less {} percentage points", ratchet.tolerance),
            };
            check.required = match Percent::of(then.part, then.whole) {
                Some(percent) => format!("the {} % of {}{less}", exact(percent), recorded.name.as_of),
                None => format!("a figure, where there was none on {}", recorded.name.as_of),
            };
            check.found = now.map_or_else(|| "no such assessment".to_owned(), |now| share(now.part, now.whole));
            check.reason = (!is_met && then.whole.units() > 0).then(|| format!("was {}", share(then.part, then.whole)));
            check.place = place.or_else(|| self.place_of_assessment(0));
            check
        };
        let overall = one("overall".to_owned(), &recorded.rows.overall, Some(&self.score.overall.total), None);
        let each = recorded.rows.assessments.iter().map(|row| {
            let found = self.now(row);
            let subject = found.map_or_else(|| name_of(row), |(_, a)| subject_of(a));
            let place = found.and_then(|(position, _)| self.place_of_assessment(position));
            one(subject, &row.sum, found.map(|(_, a)| &a.figures.total), place)
        });
        std::iter::once(overall).chain(each).collect()
    }

    /// The assessment that a row was of.
    pub(super) fn now(&self, row: &AssessmentRow) -> Option<(usize, &Assessment)> {
        let is_it = |a: &Assessment| a.template == row.template && a.group == row.group;
        self.score.assessments.iter().enumerate().find(|(_, a)| is_it(a))
    }

    fn controls_hold(&self, recorded: &Recorded, ratchet: &Ratchet) -> Vec<Check> {
        let one = |(number, row): (usize, &AssessmentRow)| {
            let found = self.now(row);
            let subject = found.map_or_else(|| name_of(row), |(_, a)| subject_of(a));
            let mut check = Check::new(Rule::RatchetControls, subject, true);
            check.required = format!("no control worse than on {}", recorded.name.as_of);
            let Some((position, assessment)) = found else {
                check.outcome = Outcome::Missed;
                check.found = "no such assessment".to_owned();
                check.place = self.place_of_assessment(0);
                return check;
            };
            let now: BTreeMap<&str, &ControlScore> = assessment.controls.iter().map(|c| (c.id.as_str(), c)).collect();
            let of_it = |c: &&ControlRow| usize::try_from(c.assessment) == Ok(number);
            let held = recorded.rows.controls.iter().filter(of_it).filter(|c| !ratchet.may_leave.contains(&c.id));
            let detail = |then: &ControlRow| {
                let text = worse(then, now.get(then.id.as_str()).copied(), ratchet.tolerance)?;
                let place = self.place_of_statement(&assessment.framework, &then.id);
                let place = place.or_else(|| self.place_of_largest(position, assessment, &then.id));
                Some(Detail { subject: then.id.clone(), text, place })
            };
            check.details = held.filter_map(detail).collect();
            check.found = match check.details.len() {
                0 => "none".to_owned(),
                count => format!("{} worse", counted(count, "control")),
            };
            if !check.details.is_empty() {
                check.outcome = Outcome::Missed;
            }
            let first = check.details.iter().find_map(|d| d.place.clone());
            check.place = first.or_else(|| self.place_of_assessment(position));
            check
        };
        recorded.rows.assessments.iter().enumerate().map(one).collect()
    }

    /// The line of the gap with the most points at stake on a control.
    fn place_of_largest(&self, position: usize, assessment: &Assessment, control: &str) -> Option<Place> {
        let gaps = assessment.gaps.iter().filter(|g| g.control.id == control);
        let largest = gaps.max_by_key(|g| g.finding.points_at_stake)?;
        self.place_of_gap(largest, position)
    }

    fn library_holds(&self, recorded: &Recorded) -> Check {
        let is_met = recorded.library == self.subject.library;
        let mut check = Check::new(Rule::RatchetLibrary, "library".to_owned(), is_met);
        check.required = format!("the library of {}, {}", recorded.name.as_of, recorded.library.short());
        check.found = self.subject.library.short();
        check.reason =
            (!is_met).then(|| "a text of the library differs; record a snapshot if that is meant".to_owned());
        check.place = self.place_of_assessment(0);
        check
    }
}

/// How a control is worse than it was, if it is.
fn worse(then: &ControlRow, now: Option<&ControlScore>, tolerance: BasisPoints) -> Option<String> {
    let Some(now) = now else { return Some(format!("gone, was {}", then.status)) };
    let was = ControlStatus::from_word(&then.status);
    // A status that this version does not know is taken for one with points.
    let had_points =
        !matches!(was, Some(ControlStatus::Excluded | ControlStatus::NotInScope | ControlStatus::Unmapped));
    match now.status {
        ControlStatus::Excluded if was != Some(ControlStatus::Excluded) => {
            return Some(format!("newly excluded, was {}", then.status));
        }
        ControlStatus::NotInScope if had_points => return Some(format!("out of scope, was {}", then.status)),
        ControlStatus::Unmapped if had_points => return Some(format!("served by no action, was {}", then.status)),
        _ => {}
    }
    let (was, is) = (BasisPoints::new(then.coverage?), BasisPoints::new(now.coverage.unwrap_or(0)));
    (is.and(tolerance) < was).then(|| format!("{is} % covered, was {was} %"))
}

pub(super) fn name_of(row: &AssessmentRow) -> String {
    format!("{}, group {}", row.template, row.group)
}

/// A part of a whole, to be compared with another of another whole.
#[derive(Clone, Copy)]
struct Share {
    part: Amount,
    whole: Amount,
}

impl Share {
    fn then(sum: &Sum, measure: Measure) -> Self {
        let part = match measure {
            Measure::Score => sum.achieved,
            Measure::Assurance => sum.assured,
        };
        Self { part: Amount::from_units(part), whole: Amount::from_units(sum.possible) }
    }

    fn now(sums: &Sums, measure: Measure) -> Self {
        let part = match measure {
            Measure::Score => sums.achieved,
            Measure::Assurance => sums.assured,
        };
        Self { part, whole: sums.possible }
    }

    /// Exactly, and of nothing never; a product that no real sum has is no proof either.
    fn is_no_lower(&self, then: &Self, tolerance: BasisPoints) -> bool {
        if self.whole == Amount::ZERO {
            return false;
        }
        let product = |factors: [u64; 3]| {
            factors.into_iter().try_fold(1_u128, |product, factor| product.checked_mul(u128::from(factor)))
        };
        let (whole, other) = (self.whole.units(), then.whole.units());
        let own = product([self.part.units(), other, 10_000]);
        let spare = product([u64::from(tolerance.get()), whole, other]);
        let asked = product([then.part.units(), whole, 10_000]);
        let have = own.zip(spare).and_then(|(own, spare)| own.checked_add(spare));
        have.zip(asked).is_some_and(|(have, asked)| have >= asked)
    }
}

#[cfg(test)]
mod tests {
    use super::{Share, baseline_of, worse};
    use crate::points::{Amount, BasisPoints};
    use crate::snapshot::{ControlRow, Digest, Identity, Sum};

    fn recorded(as_of: &str, recorded_on: &str, note: &str) -> Identity {
        let digest = Digest::of(note.as_bytes());
        Identity {
            version: 1,
            tenant: "t".to_owned(),
            as_of: as_of.parse().unwrap_or_default(),
            recorded_at: format!("{recorded_on}T12:00:00Z"),
            engine: "0".to_owned(),
            expiring_within: 90,
            note: Some(note.to_owned()),
            subject: None,
            commit: None,
            profile: digest,
            library: digest,
            result: digest,
            achieved: 0,
            possible: 0,
            assured: 0,
            unassessed: 0,
            assessments: digest,
            controls: digest,
            actions: digest,
        }
    }

    #[test]
    fn the_measure_is_the_latest_state_and_neither_a_forecast_nor_one_of_the_past() {
        let list = [
            recorded("2020-01-01", "2022-06-01", "past, recorded late"),
            recorded("2022-03-01", "2022-03-01", "state"),
            recorded("2022-05-01", "2022-05-01", "latest"),
            recorded("2022-05-01", "2022-05-02", "latest, recorded again"),
            recorded("2030-01-01", "2022-05-03", "forecast"),
        ];
        let chosen = |as_of: &str| {
            let date = as_of.parse().unwrap_or_default();
            baseline_of(&list, date).map(|of| of.note.clone().unwrap_or_default())
        };
        assert_eq!(chosen("2022-06-01").as_deref(), Ok("latest, recorded again"));
        assert_eq!(chosen("2022-05-01").as_deref(), Ok("latest, recorded again"));
        assert_eq!(chosen("2031-01-01").as_deref(), Ok("latest, recorded again"));
        for early in ["2022-04-30", "2021-01-01", "1999-01-01"] {
            assert!(chosen(early).is_err(), "{early}: a later state is known");
        }
        assert!(baseline_of(&[], "2022-01-01".parse().unwrap_or_default()).is_err());
    }

    #[test]
    fn shares_are_compared_exactly_and_nothing_is_no_share() {
        let share = |part, whole| Share { part: Amount::from_units(part), whole: Amount::from_units(whole) };
        let none = BasisPoints::ZERO;
        assert!(share(1, 3).is_no_lower(&share(333_333, 1_000_000), none));
        assert!(!share(333_333, 1_000_000).is_no_lower(&share(1, 3), none));
        assert!(share(2, 4).is_no_lower(&share(1, 2), none));
        assert!(!share(0, 0).is_no_lower(&share(0, 5), none));
        assert!(!share(0, 0).is_no_lower(&share(0, 0), none));
        assert!(share(0, 5).is_no_lower(&share(0, 0), none));
        assert!(share(73, 100).is_no_lower(&share(74, 100), BasisPoints::new(100)));
        assert!(!share(73, 100).is_no_lower(&share(74, 100), BasisPoints::new(99)));
        // What is too large for an exact answer is no proof.
        assert!(!share(u64::MAX, u64::MAX).is_no_lower(&share(u64::MAX, u64::MAX), none));
    }

    #[test]
    fn a_control_that_is_gone_is_worse_whatever_it_was() {
        let row = |status: &str| ControlRow {
            assessment: 0,
            id: "A.1".to_owned(),
            status: status.to_owned(),
            coverage: None,
            sum: Sum::default(),
        };
        for status in ["covered", "gap", "excluded", "a status of another version"] {
            assert!(worse(&row(status), None, BasisPoints::ZERO).is_some(), "{status}");
        }
    }
}
