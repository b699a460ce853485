//! Gaps of kinds that are forbidden.

use super::judge::{Judging, subject_of};
use super::policy::Place as Where;
use super::verdict::{Check, Detail, Place, Rule, counted};
use crate::choice::Choice;
use crate::diagnostic::listed;
use crate::evaluate::{ControlStatus, GapKind};
use crate::result::{Assessment, Gap};
use std::collections::{BTreeMap, BTreeSet};

/// How many of the controls that a gap stands on are named.
const MOST_NAMED: usize = 3;

/// A gap, whatever control it stands on.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cause<'a> {
    subject: &'a str,
    kind: GapKind,
    accepted: Option<GapKind>,
    service: Option<&'a str>,
    evidence: Option<&'a str>,
}

/// What is searched: an assessment, and which of its controls.
struct Searched<'a> {
    subject: String,
    position: usize,
    assessment: &'a Assessment,
    controls: Option<BTreeSet<&'a str>>,
}

impl Judging<'_> {
    pub(super) fn forbidden(&self, place: &Where, kinds: &BTreeSet<GapKind>) -> Vec<Check> {
        let required = format!("no gap of kind {}", listed(kinds.iter().map(|k| k.word())));
        let searched = self.searched(place);
        if searched.is_empty() {
            let subject = match place {
                Where::Anywhere => "overall".to_owned(),
                Where::Domain(domain) => format!("{}, {}", domain.framework, domain.id),
                Where::Control(control) => control.id.clone(),
            };
            return vec![self.not_assessed(Rule::ForbiddenGaps, subject, &required)];
        }
        let one = |searched: Searched<'_>| {
            let details = self.found(&searched, kinds);
            let is_scored = searched.is_scored(kinds);
            let mut check = Check::new(Rule::ForbiddenGaps, searched.subject, details.is_empty() && is_scored);
            check.required.clone_from(&required);
            check.found = match details.len() {
                0 => "none".to_owned(),
                count => counted(count, "such gap"),
            };
            if details.is_empty() && !is_scored {
                check.reason = Some("none can be found, for nothing there is scored".to_owned());
            }
            let first = details.iter().find_map(|d| d.place.clone());
            check.place = first.or_else(|| self.place_of_assessment(searched.position));
            check.details = details;
            check
        };
        searched.into_iter().map(one).collect()
    }

    fn searched(&self, place: &Where) -> Vec<Searched<'_>> {
        let all = self.score.assessments.iter().enumerate();
        match place {
            Where::Anywhere => all
                .map(|(position, assessment)| Searched {
                    subject: subject_of(assessment),
                    position,
                    assessment,
                    controls: None,
                })
                .collect(),
            Where::Domain(domain) => all
                .filter(|(_, a)| domain.is_of(a))
                .map(|(position, assessment)| Searched {
                    subject: format!("{}, {}", subject_of(assessment), domain.id),
                    position,
                    assessment,
                    controls: Some(self.controls_of(domain)),
                })
                .collect(),
            Where::Control(name) => {
                let found = self.controls_named(name).into_iter();
                found
                    .map(|(position, assessment, control)| Searched {
                        subject: format!("{}, {}", subject_of(assessment), control.id),
                        position,
                        assessment,
                        controls: Some(BTreeSet::from([control.id.as_str()])),
                    })
                    .collect()
            }
        }
    }

    /// The forbidden gaps, each once, however many controls it stands on.
    fn found(&self, searched: &Searched<'_>, kinds: &BTreeSet<GapKind>) -> Vec<Detail> {
        let passes = self.policy.accepted_risks_pass;
        let is_forbidden = |gap: &Gap| {
            let cause = gap.finding.cause.filter(|_| !passes);
            kinds.contains(&gap.finding.kind) || cause.is_some_and(|cause| kinds.contains(&cause))
        };
        let mut found: BTreeMap<Cause<'_>, (Vec<&str>, Option<Place>)> = BTreeMap::new();
        for gap in searched.assessment.gaps.iter().filter(|g| searched.has(&g.control.id) && is_forbidden(g)) {
            let finding = &gap.finding;
            let cause = Cause {
                subject: finding.action.as_ref().map_or(&gap.control.id, |a| &a.id),
                kind: finding.kind,
                accepted: finding.cause,
                service: finding.service_id.as_deref(),
                evidence: finding.evidence_id.as_deref(),
            };
            let place = || (Vec::new(), self.place_of_gap(gap, searched.position));
            found.entry(cause).or_insert_with(place).0.push(&gap.control.id);
        }
        let detail = |(cause, (controls, place)): (Cause<'_>, (Vec<&str>, Option<Place>))| Detail {
            subject: cause.subject.to_owned(),
            text: cause.text(&controls),
            place,
        };
        found.into_iter().map(detail).collect()
    }
}

impl Searched<'_> {
    fn has(&self, control: &str) -> bool {
        self.controls.as_ref().is_none_or(|controls| controls.contains(control))
    }

    /// Whether a control in it is looked at for gaps of these kinds at all.
    fn is_scored(&self, kinds: &BTreeSet<GapKind>) -> bool {
        let counts = |status: ControlStatus| match status {
            ControlStatus::Covered | ControlStatus::Partial | ControlStatus::Gap => true,
            ControlStatus::Unmapped => kinds.contains(&GapKind::UnmappedControl),
            ControlStatus::Excluded => kinds.contains(&GapKind::ExclusionUnjustified),
            ControlStatus::NotInScope => false,
        };
        self.assessment.controls.iter().any(|c| self.has(&c.id) && counts(c.status))
    }
}

impl Cause<'_> {
    fn text(&self, controls: &[&str]) -> String {
        let mut text = self.kind.word().to_owned();
        if let Some(cause) = self.accepted {
            text.push_str(&format!(" ({})", cause.word()));
        }
        for (what, id) in [("service", self.service), ("evidence", self.evidence)] {
            if let Some(id) = id {
                text.push_str(&format!(", {what} {id}"));
            }
        }
        let named = controls.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = controls.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{text}, on {named}{more}")
    }
}
