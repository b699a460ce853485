//! Every reference of a library held against what is there.

use super::{Action, Evidence, Framework, Library, Service, Template};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggestion};
use crate::source::{Span, Spanned};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Checks all references and the order of dates; faults go to `faults`.
pub(super) fn check(library: &Library, faults: &mut Diagnostics) {
    let mut check = Check { library, faults };
    library.frameworks.iter().for_each(|f| check.framework(f));
    library.services.iter().for_each(|s| check.service(s));
    library.evidence.iter().for_each(|e| check.evidence(e));
    library.actions.iter().for_each(|a| check.action(a));
    library.templates.iter().for_each(|t| check.template(t));
}

struct Check<'a> {
    library: &'a Library,
    faults: &'a mut Diagnostics,
}

impl Check<'_> {
    fn unknown<'n>(&mut self, code: Code, what: &str, id: &str, span: Span, known: impl Iterator<Item = &'n str>) {
        let diagnostic = Diagnostic::new(code, format!("no {what} `{id}`")).at(span, "named here");
        self.faults.push(diagnostic.maybe_help(suggestion(id, known)));
    }

    fn framework(&mut self, framework: &Framework) {
        let groups = self.unique("group", framework.groups.iter().map(|g| (g.id.value.as_str(), g.id.span)));
        self.unique("control", framework.controls.iter().map(|c| (c.id.value.as_str(), c.id.span)));
        let parents = framework.groups.iter().filter_map(|g| g.parent.as_ref());
        let named = parents.chain(framework.controls.iter().map(|c| &c.group));
        for group in named.filter(|g| !groups.contains(g.value.as_str())) {
            let what = format!("group of `{}` with the id", framework.id.value);
            self.unknown(Code::UnknownGroup, &what, group.value.as_str(), group.span, groups.iter().copied());
        }
        self.group_cycles(framework);
    }

    fn unique<'n>(&mut self, what: &str, ids: impl Iterator<Item = (&'n str, Span)>) -> BTreeSet<&'n str> {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for (id, span) in ids {
            if let Some(earlier) = first.get(id) {
                let message = format!("{what} `{id}` is defined twice");
                let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(span, "again here");
                self.faults.push(diagnostic.at(*earlier, "first here"));
            } else {
                first.insert(id, span);
            }
        }
        first.into_keys().collect()
    }

    /// Follows parents from each group; a walk longer than the list of groups is in a ring.
    fn group_cycles(&mut self, framework: &Framework) {
        let parent: BTreeMap<&str, &Spanned<_>> =
            framework.groups.iter().filter_map(|g| Some((g.id.value.as_str(), g.parent.as_ref()?))).collect();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for group in &framework.groups {
            let mut ring = vec![group.id.value.as_str()];
            while let Some(up) = ring.last().and_then(|id| parent.get(id)) {
                let up = up.value.as_str();
                if let Some(start) = ring.iter().position(|id| *id == up) {
                    let ring = ring.split_off(start);
                    if ring.iter().all(|id| told.insert(id)) {
                        let message = format!("groups are each other's parents: `{}` -> `{up}`", ring.join("` -> `"));
                        let span = parent.get(up).map_or(group.id.span, |p| p.span);
                        self.faults.push(Diagnostic::new(Code::GroupCycle, message).at(span, "one of these must go"));
                    }
                    break;
                }
                if told.contains(up) {
                    break;
                }
                ring.push(up);
            }
        }
    }

    fn service(&mut self, service: &Service) {
        let span = service.id.span;
        self.order(span, "first_seen", service.first_seen, "last_seen", service.last_seen);
        self.order(span, "first_seen", service.first_seen, "retired_on", service.retired_on);
    }

    fn evidence(&mut self, evidence: &Evidence) {
        let span = evidence.id.span;
        self.order(span, "first_seen", evidence.first_seen, "last_seen", evidence.last_seen);
        self.order(span, "valid_from", evidence.valid_from, "valid_to", evidence.valid_to);
        for (service, _) in &evidence.services {
            self.service_reference(service.value.as_str(), service.span);
        }
    }

    fn order(&mut self, span: Span, early: &str, first: Option<NaiveDate>, late: &str, last: Option<NaiveDate>) {
        if let (Some(first), Some(last)) = (first, last)
            && first > last
        {
            let message = format!("`{early}` {first} is later than `{late}` {last}");
            self.faults.push(Diagnostic::new(Code::DateOrder, message).at(span, "dates of this entry"));
        }
    }

    fn service_reference(&mut self, id: &str, span: Span) {
        if self.library.find_service(id).is_none() {
            let known = self.library.services.iter().map(|s| s.id.value.as_str());
            self.unknown(Code::UnknownService, "service", id, span, known);
        }
    }

    fn action_reference(&mut self, id: &str, span: Span) {
        if self.library.find_action(id).is_none() {
            let known = self.library.actions.iter().map(|a| a.id.value.as_str());
            self.unknown(Code::UnknownAction, "action", id, span, known);
        }
    }

    fn provider_reference(&mut self, id: &str, span: Span) {
        if self.library.provider(id).is_none() {
            let known = self.library.providers.iter().map(|p| p.id.value.as_str());
            self.unknown(Code::UnknownProvider, "provider", id, span, known);
        }
    }

    fn action(&mut self, action: &Action) {
        self.provider_reference(action.provider.as_str(), action.id.span);
        for service in &action.services {
            self.service_reference(service.value.as_str(), service.span);
        }
        for needed in &action.depends_on {
            self.action_reference(needed.value.as_str(), needed.span);
        }
    }

    fn template(&mut self, template: &Template) {
        self.provider_reference(template.provider.value.as_str(), template.provider.span);
        let framework = &template.framework;
        let found = self.library.find_framework(framework.value.as_str());
        if found.is_none() {
            let known = self.library.frameworks.iter().map(|f| f.id.value.as_str());
            self.unknown(Code::UnknownFramework, "framework", framework.value.as_str(), framework.span, known);
        }
        let controls: Option<BTreeSet<&str>> =
            found.map(|f| self.library.framework(f).controls.iter().map(|c| c.id.value.as_str()).collect());
        for mapping in &template.map {
            let control = mapping.control.value.as_str();
            if let Some(controls) = controls.as_ref().filter(|c| !c.contains(control)) {
                let what = format!("control of `{}` with the id", framework.value);
                self.unknown(Code::UnknownControl, &what, control, mapping.control.span, controls.iter().copied());
            }
            for action in &mapping.actions {
                self.action_reference(action.value.as_str(), action.span);
            }
        }
    }
}
