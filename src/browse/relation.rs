//! What is tied to what, in the order in which people read it.

use super::Browser;
use crate::day::Day;
use crate::graph::{Edge, Node};
use crate::id::{ActionIdx, ControlIdx, EvidenceIdx, FrameworkIdx, ServiceIdx, TemplateIdx};
use crate::library::{Control, Framework};
use chrono::NaiveDate;
use std::collections::BTreeSet;

impl<'l> Browser<'l> {
    /// The controls that an action serves, each with the template that says so.
    pub(super) fn controls_of(&self, action: ActionIdx) -> BTreeSet<(FrameworkIdx, ControlIdx, TemplateIdx)> {
        let tied = self.model.graph().into(Node::Action(action));
        let serves = tied.filter_map(|(edge, node)| match (edge, node) {
            (Edge::ServedBy(template), Node::Control(framework, control)) => Some((framework, control, template)),
            _ => None,
        });
        serves.collect()
    }

    /// The actions that serve a control, each with the template that says so.
    pub(super) fn actions_of(
        &self,
        framework: FrameworkIdx,
        control: ControlIdx,
    ) -> BTreeSet<(TemplateIdx, ActionIdx)> {
        let tied = self.model.graph().out(Node::Control(framework, control));
        let served = tied.filter_map(|(edge, node)| match (edge, node) {
            (Edge::ServedBy(template), Node::Action(action)) => Some((template, action)),
            _ => None,
        });
        served.collect()
    }

    /// The services that an action concerns; for the customer's, none means the whole organization.
    pub(super) fn services_of(&self, action: ActionIdx) -> &'l [ServiceIdx] {
        self.model.compiled().services_of_action.row(action.position())
    }

    /// The actions that concern a service.
    pub(super) fn actions_concerning(&self, service: ServiceIdx) -> Vec<ActionIdx> {
        let all = (0..self.library.actions().len()).map(ActionIdx::at);
        all.filter(|action| self.services_of(*action).contains(&service)).collect()
    }

    /// The actions that cannot be done before `action`.
    pub(super) fn waiting_for(&self, action: ActionIdx) -> BTreeSet<ActionIdx> {
        let tied = self.model.graph().into(Node::Action(action));
        let waiting = tied.filter_map(|(edge, node)| match (edge, node) {
            (Edge::DependsOn, Node::Action(other)) => Some(other),
            _ => None,
        });
        waiting.collect()
    }

    /// The evidence that names a service.
    pub(super) fn evidence_of(&self, service: ServiceIdx) -> BTreeSet<EvidenceIdx> {
        let tied = self.model.graph().into(Node::Service(service));
        let naming = tied.filter_map(|(edge, node)| match (edge, node) {
            (Edge::Names(_), Node::Evidence(evidence)) => Some(evidence),
            _ => None,
        });
        naming.collect()
    }

    /// The day from which an item of evidence names a service; without one it never counts.
    pub(super) fn named_from(&self, evidence: EvidenceIdx, service: ServiceIdx) -> Option<NaiveDate> {
        let namings = self.model.compiled().namings.row(service.position());
        namings.iter().find(|(item, _)| *item == evidence).and_then(|(_, day)| day.date())
    }

    /// The first and the last day on which an item of evidence is current; an absent one is open.
    pub(super) fn current(&self, evidence: EvidenceIdx) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let period = self.model.compiled().evidence.get(evidence.position());
        period.map_or((None, None), |p| (Day::date(p.from), Day::date(p.to)))
    }

    /// The controls with this id, or under a heading with this id, in every framework.
    #[must_use]
    pub fn controls_under(&self, id: &str) -> BTreeSet<(FrameworkIdx, ControlIdx)> {
        let mut found = BTreeSet::new();
        for (position, framework) in self.library.frameworks().iter().enumerate() {
            for (number, control) in framework.controls.iter().enumerate() {
                if control.id.value.as_str() == id || is_under(framework, control, id) {
                    found.insert((FrameworkIdx::at(position), ControlIdx::at(number)));
                }
            }
        }
        found
    }

    /// The controls that have this value of an attribute, in every framework.
    #[must_use]
    pub fn controls_with(&self, attribute: &str, value: &str) -> BTreeSet<(FrameworkIdx, ControlIdx)> {
        let mut found = BTreeSet::new();
        for (position, framework) in self.library.frameworks().iter().enumerate() {
            for (number, control) in framework.controls.iter().enumerate() {
                if control.attribute(attribute).is_some_and(|values| values.iter().any(|v| v == value)) {
                    found.insert((FrameworkIdx::at(position), ControlIdx::at(number)));
                }
            }
        }
        found
    }
}

/// Whether `control` stands under the heading with this id, directly or not.
pub(super) fn is_under(framework: &Framework, control: &Control, heading: &str) -> bool {
    framework.headings(control).iter().any(|group| group.id.value.as_str() == heading)
}
