//! What was counted and no longer is: the ways to a better score that are no better state.

use super::judge::Judging;
use super::policy::Ratchet;
use super::ratchet::Recorded;
use super::verdict::{Check, Detail, Outcome, Rule, counted};
use crate::diagnostic::quoted;
use crate::id::ActionIdx;
use crate::profile::{Implementation, Place, Profile, Status, Test};
use crate::result::{ActionScore, Assessment};
use crate::snapshot::ActionRow;
use std::collections::{BTreeMap, BTreeSet};

impl Judging<'_> {
    /// That nothing is left out now that was counted then.
    pub(super) fn scope_holds(&self, recorded: &Recorded, ratchet: &Ratchet) -> Check {
        let mut check = Check::new(Rule::RatchetScope, "overall".to_owned(), true);
        check.required = format!("all that was in scope on {}", recorded.name.as_of);
        for (number, row) in recorded.rows.assessments.iter().enumerate() {
            let Some((_, assessment)) = self.now(row) else {
                let text = "no longer assessed".to_owned();
                check.details.push(Detail { subject: super::ratchet::name_of(row), text, place: None });
                continue;
            };
            let rows = recorded.rows.actions.iter().filter(|a| usize::try_from(a.assessment) == Ok(number));
            check.details.extend(self.actions_left_out(rows, assessment, recorded, ratchet));
        }
        match &recorded.profile {
            Ok(then) => check.details.extend(self.statements_left_out(then.profile(), ratchet)),
            Err(why) => {
                check.outcome = Outcome::Unusable;
                check.reason = Some(format!("the profile of {} cannot be read now: {why}", recorded.name.id));
            }
        }
        check.found = match check.details.len() {
            0 => "nothing left out".to_owned(),
            count => format!("{} left out", counted(count, "item")),
        };
        if !check.details.is_empty() {
            check.outcome = check.outcome.max(Outcome::Missed);
        }
        let first = check.details.iter().find_map(|d| d.place.clone());
        check.place = first.or_else(|| self.place_of_assessment(0));
        check
    }

    /// The actions that stood in the denominator of an assessment and do not now.
    fn actions_left_out<'r>(
        &self,
        rows: impl Iterator<Item = &'r ActionRow>,
        assessment: &Assessment,
        recorded: &Recorded,
        ratchet: &Ratchet,
    ) -> Vec<Detail> {
        let now: BTreeMap<&str, &ActionScore> = assessment.actions.iter().map(|a| (a.id.as_str(), a)).collect();
        let detail = |then: &ActionRow| {
            let text = match now.get(then.id.as_str()) {
                Some(action) if action.in_scope => return None,
                Some(action) if action.applicable => "not in scope, was in scope",
                Some(_) => "does not apply, was in scope",
                None => "gone, was in scope",
            };
            let place = self.place_of_action(&then.id, &assessment.group);
            Some(Detail { subject: then.id.clone(), text: text.to_owned(), place })
        };
        let held = rows.filter(|a| a.in_scope && !self.may_leave(&a.id, assessment, recorded, ratchet));
        held.filter_map(detail).collect()
    }

    /// Whether an action may be left out: it is named, or all its controls are, or all of the services
    /// that it concerned.
    fn may_leave(&self, action: &str, assessment: &Assessment, recorded: &Recorded, ratchet: &Ratchet) -> bool {
        let may = &ratchet.may_leave;
        if may.is_empty() || may.contains(action) {
            return may.contains(action);
        }
        let library = self.subject.model.library();
        let template = library.find_template(&assessment.template).map(|t| library.template(t));
        let serving = template.into_iter().flat_map(|t| &t.map);
        let mut controls = serving.filter(|m| m.actions.iter().any(|a| a.value.as_str() == action)).peekable();
        let all_controls = controls.peek().is_some() && controls.all(|m| may.contains(m.control.value.as_str()));
        let services = library.find_action(action).map(|a| library.action(a).services.as_slice()).unwrap_or_default();
        let used = recorded.profile.as_ref().map(|p| p.profile().services.as_slice()).unwrap_or_default();
        let was_used = |id: &str| library.find_service(id).is_some_and(|s| used.iter().any(|u| u.value == s));
        let mut concerned = services.iter().map(|s| s.value.as_str()).filter(|id| was_used(id)).peekable();
        all_controls || (concerned.peek().is_some() && concerned.all(|id| may.contains(id)))
    }

    /// The services and instances that the profile named, and the days after which tests were stale.
    fn statements_left_out(&self, then: &Profile, ratchet: &Ratchet) -> Vec<Detail> {
        let (library, now) = (self.subject.model.library(), self.profile());
        let mut details = Vec::new();
        let detail = |subject: &str, text: String| Detail { subject: subject.to_owned(), text, place: None };
        for service in &then.services {
            let id = library.service(service.value).id.value.as_str();
            if !now.services.iter().any(|s| s.value == service.value) && !ratchet.may_leave.contains(id) {
                details.push(detail(id, "service no longer used".to_owned()));
            }
        }
        for external in &then.externals {
            if !now.externals.iter().any(|e| e.id == external.id) && !ratchet.may_leave.contains(&external.id) {
                details.push(detail(&external.id, "service no longer used".to_owned()));
            }
        }
        let actions: BTreeSet<ActionIdx> = then.actions.iter().map(|e| e.action).collect();
        for action in actions {
            let id = library.action(action).id.value.as_str();
            if !ratchet.may_leave.contains(id) {
                details.extend(self.instances_left_out(then, action, id));
            }
        }
        for plan in &then.assessments {
            let same = now.assessments.iter().find(|a| a.template == plan.template && a.group == plan.group);
            let Some(same) = same else { continue };
            let pairs = [
                ("retest_days", plan.retest_days, same.retest_days),
                ("retest_days_automatic", plan.retest_days_automatic, same.retest_days_automatic),
            ];
            for (key, was, is) in pairs.into_iter().filter(|(_, was, is)| is > was) {
                let subject = library.template(plan.template).id.value.as_str();
                let place = self.place(same.span);
                details.push(Detail { place, ..detail(subject, format!("`{key}` is {is}, was {was}")) });
            }
        }
        details
    }

    /// The instances of an action that were in scope and are not, or are no longer told apart, in
    /// each group that is still assessed.
    fn instances_left_out(&self, then: &Profile, action: ActionIdx, id: &str) -> Vec<Detail> {
        let mut details: Vec<Detail> = Vec::new();
        for group in self.profile().groups() {
            let Some(Status::Instances(places)) = then.entry(action, group).map(|e| &e.status) else { continue };
            // An action that is no longer listed is unassessed, which hides nothing.
            let Some(entry) = self.profile().entry(action, group) else { continue };
            let now: &[Place] = match &entry.status {
                Status::Instances(places) => places,
                Status::Single(_) | Status::Parent(_) => &[],
            };
            for place in places.iter().filter(|p| is_in_scope(p)) {
                let name = place.name.as_deref().unwrap_or_default();
                let text = match now.iter().find(|p| p.name == place.name) {
                    Some(found) if is_in_scope(found) => continue,
                    Some(_) => format!("instance {} is not in scope, was in scope", quoted(name)),
                    None => format!("instance {} is gone", quoted(name)),
                };
                let detail = Detail { subject: id.to_owned(), text, place: self.place(entry.span) };
                if !details.contains(&detail) {
                    details.push(detail);
                }
            }
        }
        details
    }
}

fn is_in_scope(place: &Place) -> bool {
    place.implementation != Implementation::NotInScope && place.test != Test::NotInScope
}
