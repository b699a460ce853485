//! What may be left open or out: unassessed points, points and controls out of scope, old tests.

use super::figures::{controls, exact, share};
use super::judge::{Judging, subject_of};
use super::verdict::{Check, Detail, Rule, counted};
use crate::evaluate::ControlStatus;
use crate::points::{Amount, BasisPoints, Percent, Sums};
use crate::result::{Assessment, ControlScore};

impl Judging<'_> {
    pub(super) fn unassessed(&self, most: Percent) -> Vec<Check> {
        let one = |(position, assessment): (usize, &Assessment)| {
            let Sums { unassessed, possible, .. } = assessment.figures.total;
            let mut check = Check::new(Rule::Unassessed, subject_of(assessment), is_within(most, unassessed, possible));
            check.required = match most.hundredths() {
                0 => "nothing unassessed".to_owned(),
                _ => format!("at most {} % unassessed", exact(most)),
            };
            check.found = share(unassessed, possible);
            if !check.is_met() {
                let open = assessment.actions.iter().filter(|a| a.unassessed_basis_points > 0);
                check.details = open
                    .map(|a| Detail {
                        subject: a.id.clone(),
                        text: format!("{} points", a.points.times(BasisPoints::new(a.unassessed_basis_points)).exact()),
                        place: self.place_of_action(&a.id, &assessment.group),
                    })
                    .collect();
            }
            let first = check.details.iter().find_map(|d| d.place.clone());
            check.place = first.or_else(|| self.place_of_assessment(position));
            check
        };
        self.score.assessments.iter().enumerate().map(one).collect()
    }

    pub(super) fn out_of_scope(&self, most: Percent) -> Vec<Check> {
        let one = |(position, assessment): (usize, &Assessment)| {
            let (mut all, mut out) = (Amount::ZERO, Amount::ZERO);
            let mut details = Vec::new();
            for action in assessment.actions.iter().filter(|a| a.applicable) {
                all += action.points.whole();
                if !action.in_scope {
                    out += action.points.whole();
                    let place = self.place_of_action(&action.id, &assessment.group);
                    let text = format!("left out, {} points", action.points.get());
                    details.push(Detail { subject: action.id.clone(), text, place });
                }
            }
            let mut check = Check::new(Rule::OutOfScope, subject_of(assessment), is_within(most, out, all));
            check.required = format!("at most {} % of the points that apply left out", exact(most));
            check.found = share(out, all);
            if !check.is_met() {
                check.details = details;
            }
            let first = check.details.iter().find_map(|d| d.place.clone());
            check.place = first.or_else(|| self.place_of_assessment(position));
            check
        };
        self.score.assessments.iter().enumerate().map(one).collect()
    }

    pub(super) fn excluded(&self, most: u64) -> Vec<Check> {
        let one = |(position, assessment): (usize, &Assessment)| {
            let excluded: Vec<&ControlScore> =
                assessment.controls.iter().filter(|c| c.status == ControlStatus::Excluded).collect();
            let is_met = u64::try_from(excluded.len()).is_ok_and(|count| count <= most);
            let mut check = Check::new(Rule::Excluded, subject_of(assessment), is_met);
            check.required = format!("at most {} excluded", controls(most));
            check.found = format!("{} excluded", excluded.len());
            if !is_met {
                let detail = |c: &&ControlScore| Detail {
                    subject: c.id.clone(),
                    text: "excluded".to_owned(),
                    place: self.place_of_statement(&assessment.framework, &c.id),
                };
                check.details = excluded.iter().map(detail).collect();
            }
            let first = check.details.iter().find_map(|d| d.place.clone());
            check.place = first.or_else(|| self.place_of_assessment(position));
            check
        };
        self.score.assessments.iter().enumerate().map(one).collect()
    }

    pub(super) fn retest_days(&self, most: u32, is_automatic: bool) -> Vec<Check> {
        let (key, plans) =
            (if is_automatic { "retest_days_automatic" } else { "retest_days" }, &self.profile().assessments);
        let one = |(position, assessment): (usize, &Assessment)| {
            let plan = plans.get(position);
            let days = plan.map(|p| if is_automatic { p.retest_days_automatic } else { p.retest_days });
            let is_met = days.is_some_and(|days| days <= most);
            let mut check = Check::new(Rule::RetestDays, subject_of(assessment), is_met);
            check.required = format!("`{key}` of at most {most}");
            check.found = days.map_or_else(|| "none".to_owned(), counted_days);
            check.place = self.place_of_assessment(position);
            check
        };
        self.score.assessments.iter().enumerate().map(one).collect()
    }
}

fn counted_days(days: u32) -> String {
    counted(usize::try_from(days).unwrap_or(usize::MAX), "day")
}

/// Whether `part` is at most this share of `whole`; of nothing, nothing is.
fn is_within(most: Percent, part: Amount, whole: Amount) -> bool {
    let scaled = u128::from(part.units()) * 10_000;
    whole != Amount::ZERO && scaled <= u128::from(most.hundredths()) * u128::from(whole.units())
}
