//! The customer's actions as compliance findings of OCSF 1.4.0 (class 2003), for a SIEM.
//!
//! A finding for each action and place that the profile speaks of, and one for each action of which it
//! says nothing: what fails or is not done fails, what is done without current proof is a warning, and
//! what nobody has said is unknown. What OCSF has no word for, the status as the profile has it, stands
//! under `unmapped`, so that it can be read back.

use super::findings::numbered;
use crate::choice::Choice;
use crate::dossier::{ActionSheet, Appraisal, Dossier, PlaceSheet};
use crate::explain::State;
use crate::library::Owner;
use crate::profile::{Implementation, Risk, Test};
use chrono::{NaiveDate, NaiveTime};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The version of OCSF.
pub const OCSF_VERSION: &str = "1.4.0";

/// A finding for each action of the customer and each of its places, by action, group and place.
#[must_use]
pub fn ocsf(dossier: &Dossier) -> Vec<Value> {
    let mut seen = BTreeMap::new();
    let mut findings = Vec::new();
    for action in dossier.actions.iter().filter(|action| action.owner == Owner::Customer) {
        for (group, appraisals) in by_group(action) {
            let of = Subject { dossier, action, group, appraisals };
            // Each assessment judges the same places; which of them are recent may differ.
            let places = of.appraisals.first().map_or(0, |first| first.places.len());
            let at = (0..places).map(Some).chain((places == 0).then_some(None));
            findings.extend(at.map(|at| of.finding(at, &mut seen)));
        }
    }
    findings
}

/// The appraisals of an action by the group for which the profile lists it: one status each.
fn by_group(action: &ActionSheet) -> BTreeMap<Option<&str>, Vec<&Appraisal>> {
    let mut groups: BTreeMap<Option<&str>, Vec<&Appraisal>> = BTreeMap::new();
    for appraisal in &action.appraisals {
        let group = appraisal.entry.as_ref().and_then(|entry| entry.group.as_deref());
        groups.entry(group).or_default().push(appraisal);
    }
    groups
}

/// How an action stands in a place, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    OutOfScope,
    Pass,
    Unknown,
    Warning,
    Fail,
}

impl Verdict {
    fn of(appraisal: &Appraisal, place: Option<&PlaceSheet>) -> Self {
        if matches!(appraisal.state, State::Excluded | State::NotApplicable) {
            return Self::OutOfScope;
        }
        let Some(place) = place else { return Self::Unknown };
        let fails = place.test.risk().is_some() || place.test == Test::PartiallyTested;
        match place.state {
            State::NotInScope => Self::OutOfScope,
            _ if fails || !place.implementation.is_done() => Self::Fail,
            State::Covered if place.is_fresh => Self::Pass,
            _ => Self::Warning,
        }
    }

    /// The number and the word in OCSF.
    fn status(self) -> (u32, &'static str) {
        match self {
            Self::OutOfScope => (99, "Not in scope"),
            Self::Pass => (1, "Pass"),
            Self::Unknown => (0, "Unknown"),
            Self::Warning => (2, "Warning"),
            Self::Fail => (3, "Fail"),
        }
    }
}

/// An action with one status.
struct Subject<'d> {
    dossier: &'d Dossier,
    action: &'d ActionSheet,
    group: Option<&'d str>,
    appraisals: Vec<&'d Appraisal>,
}

impl Subject<'_> {
    fn finding(&self, at: Option<usize>, seen: &mut BTreeMap<String, usize>) -> Value {
        let score = &self.dossier.score;
        let place = at.and_then(|at| self.appraisals.first()?.places.get(at));
        let verdicts = self.appraisals.iter().map(|a| Verdict::of(a, at.and_then(|at| a.places.get(at))));
        let verdict = verdicts.max().unwrap_or(Verdict::Unknown);
        let name = place.and_then(|place| place.name.as_deref());
        let key = [&score.tenant, &self.action.id, self.group.unwrap_or_default(), name.unwrap_or_default()]
            .map(String::from);
        let uid = numbered(key.join("\0"), seen);
        let (severity_id, severity) = self.severity(verdict, place);
        let (status_id, status) = self.progress(verdict, place);
        let (at, at_dt) = (moment(score.as_of), format!("{}T00:00:00Z", score.as_of));
        let is_open = matches!(verdict, Verdict::Fail | Verdict::Warning | Verdict::Unknown);
        let advice = self.action.guidance.as_deref().filter(|_| is_open);
        let event = json!({
            "activity_id": 1, "activity_name": "Create",
            "category_uid": 2, "category_name": "Findings",
            "class_uid": 2003, "class_name": "Compliance Finding",
            "type_uid": 200_301, "type_name": "Compliance Finding: Create",
            "time": at, "time_dt": at_dt,
            "severity_id": severity_id, "severity": severity,
            "status_id": status_id, "status": status,
            "message": format!("{}: {}", self.action.title, verdict.status().1),
            "comment": self.acceptance(),
            "metadata": {
                "version": OCSF_VERSION,
                "event_code": self.action.id,
                "profiles": ["cloud", "datetime"],
                "product": { "name": "annexa", "uid": "annexa", "vendor_name": "annexa", "version": env!("CARGO_PKG_VERSION") },
            },
            "finding_info": {
                "uid": uid,
                "title": self.action.title,
                "types": [self.action.action_type.word()],
                "last_seen_time": place.and_then(tested_on).map(moment),
            },
            "compliance": self.compliance(verdict, place),
            "remediation": advice.map(|desc| json!({ "desc": desc.trim_end(), "references": self.action.links })),
            "resources": [{
                "type": if name.is_some() { "place" } else { "organization" },
                "name": name.unwrap_or(&score.organization),
                "uid": name.unwrap_or(&score.tenant),
            }],
            "cloud": {
                "provider": self.provider(),
                "org": { "name": score.organization, "uid": score.tenant },
            },
            "unmapped": { "annexa": self.status(place) },
        });
        told(event)
    }

    fn compliance(&self, verdict: Verdict, place: Option<&PlaceSheet>) -> Value {
        let (status_id, status) = verdict.status();
        let score = &self.dossier.score;
        let mut requirements = BTreeSet::new();
        let mut standards = BTreeSet::new();
        for appraisal in &self.appraisals {
            let Some(assessment) = score.assessments.get(appraisal.assessment) else { continue };
            standards.insert(assessment.framework.as_str());
            let controls = appraisal.controls.iter().filter_map(|at| assessment.controls.get(*at));
            requirements.extend(controls.map(|control| format!("{} {}", assessment.framework, control.id)));
        }
        json!({
            "control": self.action.id,
            "standards": standards,
            "requirements": requirements,
            "status_id": status_id,
            "status": status,
            "status_code": place.map_or(State::NotAssessed.word(), |place| place.test.word()),
            "status_details": place.map(details),
        })
    }

    /// What is at stake: the risk that a test left, else what the action is worth.
    fn severity(&self, verdict: Verdict, place: Option<&PlaceSheet>) -> (u32, &'static str) {
        let risk = place.and_then(|place| place.test.risk());
        let worth = match self.action.points.get() {
            27.. => Risk::High,
            9.. => Risk::Medium,
            _ => Risk::Low,
        };
        match (verdict, risk.unwrap_or(worth)) {
            (Verdict::OutOfScope | Verdict::Pass, _) => (1, "Informational"),
            (Verdict::Unknown, _) => (0, "Unknown"),
            (Verdict::Warning | Verdict::Fail, Risk::Low) => (2, "Low"),
            (Verdict::Warning | Verdict::Fail, Risk::Medium) => (3, "Medium"),
            (Verdict::Warning | Verdict::Fail, Risk::High) => (4, "High"),
        }
    }

    /// How far the finding has come: closed by a pass, put aside while its risk is accepted, under way.
    fn progress(&self, verdict: Verdict, place: Option<&PlaceSheet>) -> (u32, &'static str) {
        let is_under_way =
            place.is_some_and(|p| p.implementation == Implementation::Planned || p.test == Test::InProgress);
        match verdict {
            Verdict::OutOfScope => (99, "Not in scope"),
            Verdict::Pass => (4, "Resolved"),
            _ if self.action.accepted.is_some() => (3, "Suppressed"),
            _ if is_under_way => (2, "In Progress"),
            _ => (1, "New"),
        }
    }

    fn acceptance(&self) -> Option<String> {
        let accepted = self.action.accepted.as_ref()?;
        let why = accepted.rationale.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
        Some(format!("The risk is accepted by {} until {}{why}", accepted.owner, accepted.until))
    }

    /// The provider of the first service that it concerns, else of the first that the tenant uses.
    fn provider(&self) -> &str {
        let concerned = self.action.services.iter().filter_map(|at| self.dossier.service(*at));
        let known = concerned.chain(&self.dossier.services).find_map(|service| service.provider.as_deref());
        known.unwrap_or("none")
    }

    /// The status as the profile has it.
    fn status(&self, place: Option<&PlaceSheet>) -> Value {
        let first = self.appraisals.first();
        let entry = first.and_then(|appraisal| appraisal.entry.as_ref());
        json!({
            "action": self.action.id,
            "group": self.group,
            "place": place.and_then(|place| place.name.as_deref()),
            "status_of": first.and_then(|appraisal| appraisal.status_of.as_deref()),
            "implementation": place.map(|place| place.implementation.word()),
            "implemented_on": place.and_then(|place| place.implemented_on),
            "test": place.map(|place| place.test.word()),
            "tested_on": place.and_then(tested_on),
            "source": place.map(|place| place.source.word()),
            "basis_points": place.and_then(|place| place.fraction).map(|fraction| fraction.get()),
            "assigned_to": entry.and_then(|entry| entry.assigned_to.as_deref()),
            "due_on": entry.and_then(|entry| entry.due_on),
            "notes": entry.and_then(|entry| entry.notes.as_deref()),
        })
    }
}

/// The day of the test; a place may take one from its action and have no test itself.
fn tested_on(place: &PlaceSheet) -> Option<NaiveDate> {
    place.tested_on.filter(|_| !matches!(place.test, Test::None | Test::NotInScope))
}

/// What is known of a place, a line each.
fn details(place: &PlaceSheet) -> Vec<String> {
    let on = |day: Option<NaiveDate>| day.map(|day| format!(" on {day}")).unwrap_or_default();
    let mut lines = vec![
        format!("implementation: {}{}", place.implementation, on(place.implemented_on)),
        format!("test: {}{}", place.test, on(tested_on(place))),
    ];
    if let Some(until) = place.fresh_until {
        lines.push(format!("the test is recent enough until {until}"));
    }
    lines
}

/// The first moment of a day in UTC, in milliseconds since 1970.
fn moment(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp_millis()
}

/// The same without what is not known: OCSF has no nulls.
fn told(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let known = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(known.map(|(key, value)| (key, told(value))).collect())
        }
        other => other,
    }
}
