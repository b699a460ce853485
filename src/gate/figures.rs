//! Minima: of the whole, of assessments, domains and controls.

use super::judge::{Judging, subject_of};
use super::policy::{ControlFloor, ControlName, Domain, Measure, Part};
use super::verdict::{Check, Detail, Place, Rule, counted};
use crate::choice::Choice;
use crate::evaluate::{ControlStatus, GapKind};
use crate::points::{Amount, BasisPoints, Percent, Sums};
use crate::result::{Assessment, ControlScore, Gap};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many of the actions at stake a missed minimum names.
const MOST_NAMED: usize = 5;

/// A part of the score that a demand is held against.
struct Figured<'a> {
    subject: String,
    sums: Sums,
    covered: usize,
    /// Where its gaps are: of which assessments, and of which controls in them.
    assessments: Vec<(usize, &'a Assessment)>,
    controls: Option<BTreeSet<&'a str>>,
}

impl Judging<'_> {
    pub(super) fn minimum(&self, part: &Part, measure: Measure, least: Percent) -> Vec<Check> {
        let rule = match measure {
            Measure::Score => Rule::Score,
            Measure::Assurance => Rule::Assurance,
        };
        let one = |figured: Figured<'_>| {
            let sums = &figured.sums;
            let amount = match measure {
                Measure::Score => sums.achieved,
                Measure::Assurance => sums.assured,
            };
            let mut check = Check::new(rule, figured.subject.clone(), least.is_reached_by(amount, sums.possible));
            check.required = format!("at least {} %", exact(least));
            check.found = share(amount, sums.possible);
            if !check.is_met() && sums.possible.units() > 0 {
                let more = needed(least, sums.possible).less(amount);
                check.reason = Some(format!("{} points more are needed", more.exact()));
                check.details = self.stakes(&figured, measure);
            }
            self.settle(&mut check, &figured);
            check
        };
        self.parts(part, rule, &format!("at least {} %", exact(least)), one)
    }

    pub(super) fn covered(&self, part: &Part, fewest: u64) -> Vec<Check> {
        let required = format!("at least {} covered", controls(fewest));
        let one = |figured: Figured<'_>| {
            let is_met = u64::try_from(figured.covered).is_ok_and(|covered| covered >= fewest);
            let mut check = Check::new(Rule::Covered, figured.subject.clone(), is_met);
            check.required.clone_from(&required);
            check.found = format!("{} covered", figured.covered);
            if !is_met {
                check.details = self.stakes(&figured, Measure::Score);
            }
            self.settle(&mut check, &figured);
            check
        };
        self.parts(part, Rule::Covered, &required, one)
    }

    fn settle(&self, check: &mut Check, figured: &Figured<'_>) {
        let first = figured.assessments.first().and_then(|(position, _)| self.place_of_assessment(*position));
        check.place = check.details.iter().find_map(|d| d.place.clone()).or(first);
    }

    /// A check of each part that is meant; that there is none is a miss.
    fn parts(&self, part: &Part, rule: Rule, required: &str, one: impl Fn(Figured<'_>) -> Check) -> Vec<Check> {
        let all = || self.score.assessments.iter().enumerate();
        let covered = |a: &Assessment| a.controls.iter().filter(|c| c.status == ControlStatus::Covered).count();
        let (name, found): (String, Vec<Figured<'_>>) = match part {
            Part::Overall => {
                let covered = self.score.assessments.iter().map(covered).sum();
                let (subject, sums) = ("overall".to_owned(), self.score.overall.total);
                let figured = Figured { subject, sums, covered, assessments: all().collect(), controls: None };
                (String::new(), vec![figured])
            }
            Part::Assessment { template, group } => {
                let is_meant = |a: &Assessment| {
                    template.as_ref().is_none_or(|t| *t == a.template) && group.as_ref().is_none_or(|g| *g == a.group)
                };
                let meant = all().filter(|(_, a)| is_meant(a)).map(|(position, a)| Figured {
                    subject: subject_of(a),
                    sums: a.figures.total,
                    covered: covered(a),
                    assessments: vec![(position, a)],
                    controls: None,
                });
                let group = group.as_ref().map(|g| format!(", group {g}")).unwrap_or_default();
                (format!("{}{group}", template.as_deref().unwrap_or("assessment")), meant.collect())
            }
            Part::Domain(domain) => {
                let meant = all().filter(|(_, a)| domain.is_of(a)).filter_map(|(position, a)| {
                    let found = a.domains.iter().find(|d| d.id == domain.id)?;
                    let subject = format!("{}, {}", subject_of(a), domain.id);
                    let (sums, covered) = (found.figures.total, found.covered);
                    let controls = Some(self.controls_of(domain));
                    Some(Figured { subject, sums, covered, assessments: vec![(position, a)], controls })
                });
                (format!("{}, {}", domain.framework, domain.id), meant.collect())
            }
        };
        match found.is_empty() {
            true => vec![self.not_assessed(rule, name, required)],
            false => found.into_iter().map(one).collect(),
        }
    }

    /// That the profile has no assessment of what a rule is about.
    pub(super) fn not_assessed(&self, rule: Rule, subject: String, required: &str) -> Check {
        let mut check = Check::new(rule, subject, false);
        required.clone_into(&mut check.required);
        check.found = "no such assessment".to_owned();
        check.reason = Some("the profile does not assess it".to_owned());
        check.place = self.place_of_assessment(0);
        check
    }

    /// The actions with the most points at stake, in a part of the score.
    fn stakes(&self, figured: &Figured<'_>, measure: Measure) -> Vec<Detail> {
        let mut found: BTreeMap<&str, (Amount, String, Option<Place>)> = BTreeMap::new();
        for (position, assessment) in &figured.assessments {
            let is_in = |g: &&Gap| figured.controls.as_ref().is_none_or(|c| c.contains(g.control.id.as_str()));
            for gap in assessment.gaps.iter().filter(is_in) {
                let Some(action) = &gap.finding.action else { continue };
                let kind = gap.finding.kind;
                let at_stake = match (measure, kind) {
                    (_, _) if gap.finding.points_at_stake.units() > 0 => gap.finding.points_at_stake,
                    (Measure::Assurance, GapKind::EvidenceMissing | GapKind::EvidenceExpired | GapKind::TestStale) => {
                        action.points.whole()
                    }
                    _ => continue,
                };
                if found.get(action.id.as_str()).is_none_or(|(other, _, _)| at_stake > *other) {
                    let text = format!("{}, {} points", kind.word(), at_stake.exact());
                    let place = self.place_of_gap(gap, *position);
                    found.insert(&action.id, (at_stake, text, place));
                }
            }
        }
        let mut list: Vec<_> = found.into_iter().collect();
        list.sort_by_key(|(_, (at_stake, _, _))| Reverse(*at_stake));
        let detail = |(id, (_, text, place)): (&str, (Amount, String, Option<Place>))| Detail {
            subject: id.to_owned(),
            text,
            place,
        };
        list.into_iter().take(MOST_NAMED).map(detail).collect()
    }

    /// The controls that stand under a domain.
    pub(super) fn controls_of(&self, domain: &Domain) -> BTreeSet<&str> {
        let library = self.subject.model.library();
        let Some(framework) = library.find_framework(&domain.framework) else { return BTreeSet::new() };
        let framework = library.framework(framework);
        let tops = framework.domains();
        let is_under = |group: &str| tops.get(group).is_some_and(|top| top.id.value.as_str() == domain.id);
        let under = framework.controls.iter().filter(|c| is_under(c.group.value.as_str()));
        under.map(|c| c.id.value.as_str()).collect()
    }

    pub(super) fn control(
        &self,
        name: &ControlName,
        status: Option<ControlFloor>,
        coverage: Option<BasisPoints>,
    ) -> Vec<Check> {
        let parts = [
            status.map(|s| match s {
                ControlFloor::Covered => "status covered".to_owned(),
                ControlFloor::Partial => "status partial or better".to_owned(),
            }),
            coverage.map(|c| format!("at least {c} % covered")),
        ];
        let required = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let one = |(position, assessment, control): (usize, &Assessment, &ControlScore)| {
            let is_so = match status {
                None => true,
                Some(ControlFloor::Covered) => control.status == ControlStatus::Covered,
                Some(ControlFloor::Partial) => {
                    matches!(control.status, ControlStatus::Covered | ControlStatus::Partial)
                }
            };
            let reaches = coverage.is_none_or(|least| control.coverage.is_some_and(|found| found >= least.get()));
            let subject = format!("{}, {}", subject_of(assessment), control.id);
            let mut check = Check::new(Rule::Control, subject, is_so && reaches);
            check.required.clone_from(&required);
            let share = control.coverage.map(|c| format!(", {} % covered", BasisPoints::new(c))).unwrap_or_default();
            check.found = format!("{}{share}", control.status.word());
            if !check.is_met() {
                check.details = self.at_stake_on(position, assessment, &control.id);
            }
            let excluded = || self.place_of_statement(&assessment.framework, &control.id);
            let first = check.details.iter().find_map(|d| d.place.clone());
            check.place = first.or_else(excluded).or_else(|| self.place_of_assessment(position));
            check
        };
        let found = self.controls_named(name);
        if found.is_empty() {
            return vec![self.not_assessed(Rule::Control, name.id.clone(), &required)];
        }
        found.into_iter().map(one).collect()
    }

    /// The controls of this name in all assessments that are meant.
    pub(super) fn controls_named(&self, name: &ControlName) -> Vec<(usize, &Assessment, &ControlScore)> {
        let is_meant = |a: &Assessment| {
            name.framework.as_ref().is_none_or(|f| *f == a.framework)
                && name.group.as_ref().is_none_or(|g| *g == a.group)
        };
        let all = self.score.assessments.iter().enumerate().filter(|(_, a)| is_meant(a));
        all.filter_map(|(n, a)| Some((n, a, a.controls.iter().find(|c| c.id == name.id)?))).collect()
    }

    fn at_stake_on(&self, position: usize, assessment: &Assessment, control: &str) -> Vec<Detail> {
        let mut gaps: Vec<&Gap> = assessment.gaps.iter().filter(|g| g.control.id == control).collect();
        gaps.sort_by_key(|g| Reverse(g.finding.points_at_stake));
        let detail = |gap: &&Gap| {
            let points = gap.finding.points_at_stake;
            let points = if points.units() > 0 { format!(", {} points", points.exact()) } else { String::new() };
            let subject = gap.finding.action.as_ref().map_or(control, |a| &a.id).to_owned();
            let text = format!("{}{points}", gap.finding.kind.word());
            Detail { subject, text, place: self.place_of_gap(gap, position) }
        };
        gaps.iter().take(MOST_NAMED).map(detail).collect()
    }
}

impl Domain {
    /// Whether an assessment is one it is asked of.
    pub(super) fn is_of(&self, assessment: &Assessment) -> bool {
        self.framework == assessment.framework && self.group.as_ref().is_none_or(|g| *g == assessment.group)
    }
}

/// The least amount that reaches a percentage of `whole`.
fn needed(least: Percent, whole: Amount) -> Amount {
    let scaled = u128::from(least.hundredths()) * u128::from(whole.units());
    Amount::from_units(u64::try_from(scaled.div_ceil(10_000)).unwrap_or(u64::MAX))
}

/// So many controls.
pub(super) fn controls(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "control")
}

/// A percentage with no more decimals than it needs.
pub(super) fn exact(percent: Percent) -> String {
    let (whole, rest) = (percent.hundredths() / 100, percent.hundredths() % 100);
    let text = format!("{whole}.{rest:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A share as a percentage and as points, which show what rounding hides.
pub(super) fn share(part: Amount, whole: Amount) -> String {
    match Percent::of(part, whole) {
        None => "no figure, for nothing is in scope".to_owned(),
        Some(percent) => format!("{} %, {} of {} points", exact(percent), part.exact(), whole.exact()),
    }
}
