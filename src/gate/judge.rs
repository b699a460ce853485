//! The way through a policy: today, and the days ahead.

use super::days::days_of_change;
use super::policy::{Asked, Demand, Policy};
use super::ratchet::{Baseline, Recorded};
use super::verdict::{Check, Detail, Outcome, Rule, Verdict, counted};
use crate::diagnostic::quoted;
use crate::model::{Model, TenantProfile};
use crate::profile::{Place as Status, Profile, Status as Stands};
use crate::result::{Assessment, TenantScore};
use crate::snapshot::Digest;
use crate::source::Sources;
use chrono::{Days, NaiveDate};

/// What is judged.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The library.
    pub model: &'a Model,
    /// What the library is known by.
    pub library: Digest,
    /// The profile.
    pub profile: &'a TenantProfile,
    /// The path of the profile as the user gave it.
    pub path: &'a str,
    /// The texts that were read, the policy among them.
    pub sources: &'a Sources,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// Evidence that lapses within so many days is a gap of kind `evidence-expiring`.
    pub expiring_within: u32,
}

/// A profile at a date, while it is held against the demands.
pub(super) struct Judging<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) policy: &'a Policy,
    pub(super) recorded: Option<&'a Recorded>,
    pub(super) score: &'a TenantScore,
}

/// What a policy says of a profile; a ratchet compares with `baseline`, and without one cannot be met.
#[must_use]
pub fn judge(subject: &Subject<'_>, policy: &Policy, baseline: Option<&Baseline>) -> Verdict {
    let recorded = baseline.and_then(|b| b.as_ref().ok());
    let score = subject.model.score(subject.profile, subject.as_of, subject.expiring_within);
    let judging = Judging { subject, policy, recorded, score: &score };
    let mut checks = Vec::new();
    if policy.needs_history() {
        checks.push(judging.history(baseline));
    }
    let today = judging.demands();
    let ahead = policy.within.and_then(|(days, span)| {
        let mut check = judging.ahead(&today, days)?;
        check.policy = span.and_then(|span| judging.place(span));
        Some(check)
    });
    checks.extend(today);
    checks.extend(ahead);
    Verdict {
        profile: subject.path.to_owned(),
        tenant: Some(score.tenant.clone()),
        organization: Some(score.organization.clone()),
        as_of: subject.as_of,
        outcome: checks.iter().map(|c| c.outcome).max().unwrap_or(Outcome::Unusable),
        overall: Some(score.overall),
        baseline: recorded.map(|r| r.name.clone()),
        notes: judging.notes(),
        checks,
    }
}

impl Judging<'_> {
    pub(super) fn profile(&self) -> &Profile {
        self.subject.profile.profile()
    }

    /// A check of each demand and subject. At every date there are the same in the same order.
    fn demands(&self) -> Vec<Check> {
        let mut checks = self.scored();
        for Asked { demand, span } in &self.policy.demands {
            let from = checks.len();
            match demand {
                Demand::Minimum(part, measure, least) => checks.extend(self.minimum(part, *measure, *least)),
                Demand::Covered(part, fewest) => checks.extend(self.covered(part, *fewest)),
                Demand::Control(name, status, coverage) => checks.extend(self.control(name, *status, *coverage)),
                Demand::Unassessed(most) => checks.extend(self.unassessed(*most)),
                Demand::OutOfScope(most) => checks.extend(self.out_of_scope(*most)),
                Demand::Excluded(most) => checks.extend(self.excluded(*most)),
                Demand::RetestDays(most) => checks.extend(self.retest_days(*most, false)),
                Demand::RetestDaysAutomatic(most) => checks.extend(self.retest_days(*most, true)),
                Demand::Forbidden(place, kinds) => checks.extend(self.forbidden(place, kinds)),
                Demand::Ratchet(ratchet) => checks.extend(self.ratchet(ratchet)),
            }
            let place = span.and_then(|span| self.place(span));
            checks.iter_mut().skip(from).for_each(|check| check.policy.clone_from(&place));
        }
        checks
    }

    /// Whatever is asked: of nothing no figure can be right, and no gap can be found in it.
    fn scored(&self) -> Vec<Check> {
        let one = |(position, assessment): (usize, &Assessment)| {
            let possible = assessment.figures.total.possible;
            let mut check = Check::new(Rule::Scored, subject_of(assessment), possible.units() > 0);
            check.required = "something in scope".to_owned();
            check.found = match possible.whole_points() {
                0 => "nothing, so there is no score".to_owned(),
                points => format!("{points} points possible"),
            };
            check.place = self.place_of_assessment(position);
            check
        };
        self.score.assessments.iter().enumerate().map(one).collect()
    }

    fn history(&self, baseline: Option<&Baseline>) -> Check {
        let mut check = Check::new(Rule::History, "history".to_owned(), true);
        check.required =
            format!("a snapshot of tenant {} dated {} or before", quoted(&self.score.tenant), self.subject.as_of);
        match baseline {
            Some(Ok(recorded)) => {
                check.found = format!("{} as of {}", recorded.name.id, recorded.name.as_of);
            }
            Some(Err(why)) => {
                check.outcome = Outcome::Unusable;
                check.found = "none to compare with".to_owned();
                check.reason = Some(why.clone());
            }
            None => {
                check.outcome = Outcome::Unusable;
                check.found = "none, for no history was given".to_owned();
            }
        }
        check
    }

    /// That no rule met today is broken within so many days.
    fn ahead(&self, today: &[Check], days: u32) -> Option<Check> {
        let from = self.subject.as_of;
        let until = from.checked_add_days(Days::new(u64::from(days)))?;
        let mut broken: Vec<Option<Detail>> = vec![None; today.len()];
        for day in days_of_change(self.subject, from, until) {
            let score = self.subject.model.score(self.subject.profile, day, self.subject.expiring_within);
            let then = Judging { score: &score, ..*self };
            for ((check, now), seen) in then.demands().into_iter().zip(today).zip(&mut broken) {
                if now.is_met() && !check.is_met() && seen.is_none() {
                    let place = check.details.first().and_then(|d| d.place.clone()).or(check.place.clone());
                    *seen = Some(Detail { subject: day.to_string(), text: check.sentence(), place });
                }
            }
        }
        let mut details: Vec<Detail> = broken.into_iter().flatten().collect();
        // Dates of four digits sort as they read.
        details.sort_by(|a, b| a.subject.cmp(&b.subject));
        let mut check = Check::new(Rule::WithinDays, "overall".to_owned(), details.is_empty());
        check.required = format!("every rule met today still met until {until}");
        check.found = match details.first() {
            None => "nothing that breaks one".to_owned(),
            Some(first) => format!("{} broken, the first on {}", counted(details.len(), "rule"), first.subject),
        };
        check.place = details.first().and_then(|first| first.place.clone());
        check.details = details;
        Some(check)
    }

    /// Statuses that a reader of the profile may take for done.
    fn notes(&self) -> Vec<String> {
        let as_of = self.subject.as_of;
        let is_ahead = |place: &Status| place.tested_on.max(place.implemented_on).is_some_and(|day| day > as_of);
        let count = |entry: &crate::profile::ActionEntry| match &entry.status {
            Stands::Single(place) => is_ahead(place),
            Stands::Instances(places) => places.iter().any(is_ahead),
            Stands::Parent(_) => false,
        };
        let ahead: Vec<_> = self.profile().actions.iter().filter(|entry| count(entry)).collect();
        let Some(first) = ahead.first() else { return Vec::new() };
        let id = self.subject.model.library().action(first.action).id.value.as_str();
        let actions = counted(ahead.len(), "action");
        let (are, earn) = if ahead.len() == 1 { ("has", "earns") } else { ("have", "earn") };
        vec![format!("{actions} {are} a status dated after {as_of}, which {earn} nothing yet: {}", quoted(id))]
    }
}

impl Check {
    /// A check without words yet.
    pub(super) fn new(rule: Rule, subject: String, is_met: bool) -> Self {
        Self {
            rule,
            subject,
            outcome: if is_met { Outcome::Met } else { Outcome::Missed },
            required: String::new(),
            found: String::new(),
            reason: None,
            place: None,
            policy: None,
            details: Vec::new(),
        }
    }
}

/// An assessment in a few words.
pub(super) fn subject_of(assessment: &Assessment) -> String {
    format!("{}, group {}", assessment.template, assessment.group)
}
