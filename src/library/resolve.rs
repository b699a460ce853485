//! Every reference of a library held against what is there.

use super::assemble::Merged;
use super::{Action, Crosswalk, Evidence, Framework, Library, Template};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, listed, suggestion};
use crate::id::{ControlId, FrameworkId};
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// Checks all references; faults go to `faults`.
pub(super) fn check(library: &Library, merged: &Merged, faults: &mut Diagnostics) {
    let mut check = Check { library, merged, faults };
    library.frameworks.iter().for_each(|f| check.framework(f));
    library.crosswalks.iter().for_each(|c| check.crosswalk(c));
    merged.folders.iter().for_each(|(provider, file)| check.folder(provider.as_str(), *file));
    library.evidence.iter().for_each(|e| check.evidence(e));
    library.actions.iter().for_each(|a| check.action(a));
    library.templates.iter().for_each(|t| check.template(t));
}

struct Check<'a> {
    library: &'a Library,
    merged: &'a Merged,
    faults: &'a mut Diagnostics,
}

impl<'a> Check<'a> {
    fn unknown<'n>(&mut self, code: Code, what: &str, id: &str, span: Span, known: impl Iterator<Item = &'n str>) {
        let diagnostic = Diagnostic::new(code, format!("no {what} `{id}`")).at(span, "named here").about(id);
        let help = if self.faults.are_many() { None } else { suggestion(id, known) };
        self.faults.push(diagnostic.maybe_help(help));
    }

    fn framework(&mut self, framework: &Framework) {
        let groups = self.unique("group", framework.groups.iter().map(|g| (g.id.value.as_str(), g.id.span)));
        self.unique("control", framework.controls.iter().map(|c| (c.id.value.as_str(), c.id.span)));
        let parents = framework.groups.iter().filter_map(|g| g.parent.as_ref());
        let named = parents.chain(framework.controls.iter().map(|c| &c.group));
        for group in named.filter(|g| !self.merged.lacks_catalogs && !groups.contains(g.value.as_str())) {
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
                let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(span, "again here").about(id);
                self.faults.push(diagnostic.at(*earlier, "first here"));
            } else {
                first.insert(id, span);
            }
        }
        first.into_keys().collect()
    }

    /// Follows parents from each group up to where an earlier walk has been; a walk that meets
    /// itself has found a ring.
    fn group_cycles(&mut self, framework: &Framework) {
        let parent: BTreeMap<&str, &Spanned<_>> =
            framework.groups.iter().filter_map(|g| Some((g.id.value.as_str(), g.parent.as_ref()?))).collect();
        let mut walk_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (walk, group) in framework.groups.iter().enumerate() {
            let mut next = Some(group.id.value.as_str());
            while let Some(id) = next.filter(|id| !walk_of.contains_key(id)) {
                walk_of.insert(id, walk);
                next = parent.get(id).map(|up| up.value.as_str());
            }
            let Some(first) = next.filter(|id| walk_of.get(id) == Some(&walk)) else { continue };
            let mut ring: Vec<(&str, Span)> = Vec::new();
            let mut id = first;
            while let Some(up) = parent.get(id).filter(|_| ring.is_empty() || id != first) {
                ring.push((id, up.span));
                id = up.value.as_str();
            }
            self.faults.push(Diagnostic::ring(Code::GroupCycle, "groups are each other's parents", &ring));
        }
    }

    fn folder(&mut self, provider: &str, file: Span) {
        if self.library.provider(provider).is_none() && !self.merged.lacks_providers {
            let message = format!("these actions lie in the folder of `{provider}`, and no such provider is defined");
            let diagnostic = Diagnostic::new(Code::UnknownProvider, message).at(file, "this file");
            let known: Vec<&str> = self.library.providers.iter().map(|p| p.id.value.as_str()).collect();
            let known = (!known.is_empty()).then(|| format!("known: {}", listed(known)));
            let help = format!("add a `provider.toml` with the id `{provider}` beside the folder `actions`");
            self.faults.push(diagnostic.help(help).maybe_help(known));
        }
    }

    fn evidence(&mut self, evidence: &Evidence) {
        for (service, _) in &evidence.services {
            self.service_reference(service.value.as_str(), service.span);
        }
    }

    fn service_reference(&mut self, id: &str, span: Span) {
        if self.library.find_service(id).is_none() && !self.merged.lacks_providers {
            let known = self.library.services.iter().map(|s| s.id.value.as_str());
            self.unknown(Code::UnknownService, "service", id, span, known);
        }
    }

    fn action_reference(&mut self, id: &str, span: Span) {
        if self.library.find_action(id).is_none() && !self.merged.lacks_actions {
            let known = self.library.actions.iter().map(|a| a.id.value.as_str());
            self.unknown(Code::UnknownAction, "action", id, span, known);
        }
    }

    fn provider_reference(&mut self, id: &str, span: Span) {
        if self.library.provider(id).is_none() && !self.merged.lacks_providers {
            let known = self.library.providers.iter().map(|p| p.id.value.as_str());
            self.unknown(Code::UnknownProvider, "provider", id, span, known);
        }
    }

    fn action(&mut self, action: &Action) {
        for service in &action.services {
            self.service_reference(service.value.as_str(), service.span);
        }
        for needed in &action.depends_on {
            self.action_reference(needed.value.as_str(), needed.span);
        }
    }

    /// The ids of a framework's controls; one that is not there is told about.
    fn controls(&mut self, framework: &Spanned<FrameworkId>) -> Option<BTreeSet<&'a str>> {
        let library = self.library;
        let found = library.find_framework(framework.value.as_str());
        if found.is_none() && !self.merged.lacks_catalogs {
            let known = library.frameworks.iter().map(|f| f.id.value.as_str());
            self.unknown(Code::UnknownFramework, "framework", framework.value.as_str(), framework.span, known);
        }
        found.map(|f| library.framework(f).controls.iter().map(|c| c.id.value.as_str()).collect())
    }

    /// Tells if a control is not among those of its framework.
    fn control_reference(
        &mut self,
        control: &Spanned<ControlId>,
        framework: &FrameworkId,
        known: Option<&BTreeSet<&str>>,
    ) {
        let id = control.value.as_str();
        let is_missing = |k: &&BTreeSet<&str>| !self.merged.lacks_catalogs && !k.contains(id);
        let Some(known) = known.filter(is_missing) else { return };
        let message = format!("no control of `{framework}` with the id `{id}`");
        let diagnostic = Diagnostic::new(Code::UnknownControl, message).at(control.span, "named here").about(id);
        let help = if self.faults.are_many() { None } else { self.meant(id, framework, known) };
        self.faults.push(diagnostic.maybe_help(help));
    }

    /// What may have been meant by the id of a control that its framework does not have.
    fn meant(&self, id: &str, framework: &FrameworkId, known: &BTreeSet<&str>) -> Option<String> {
        let mut cuts = (1..id.len()).filter_map(|at| id.split_at_checked(at));
        if let Some((one, other)) = cuts.find(|(one, other)| known.contains(one) && known.contains(other)) {
            return Some(format!("these are two ids grown together: `{one}` and `{other}`"));
        }
        // ISO/IEC 27002 writes the controls of Annex A without it.
        let annex = format!("A.{id}");
        if known.contains(annex.as_str()) {
            return Some(format!("the control is `{annex}`; without `A.` it would be a clause"));
        }
        // A control of another edition is not a misspelt one of this.
        let standard = |id: &str| id.rsplit_once('-').map(|(standard, _)| standard.to_owned());
        let is_other = |f: &&Framework| {
            let (other, own) = (f.id.value.as_str(), framework.as_str());
            other != own && standard(other) == standard(own) && f.find_control(id).is_some()
        };
        let other = self.library.frameworks.iter().find(is_other);
        let other = other.map(|f| format!("`{}` has a control of this id", f.id.value));
        other.or_else(|| suggestion(id, known.iter().copied()))
    }

    fn crosswalk(&mut self, crosswalk: &Crosswalk) {
        let (from, to) = (self.controls(&crosswalk.from), self.controls(&crosswalk.to));
        for relation in &crosswalk.relations {
            self.control_reference(&relation.from, &crosswalk.from.value, from.as_ref());
            self.control_reference(&relation.to, &crosswalk.to.value, to.as_ref());
        }
    }

    fn template(&mut self, template: &Template) {
        self.provider_reference(template.provider.value.as_str(), template.provider.span);
        let controls = self.controls(&template.framework);
        for mapping in &template.map {
            self.control_reference(&mapping.control, &template.framework.value, controls.as_ref());
            for action in &mapping.actions {
                self.action_reference(action.value.as_str(), action.span);
            }
        }
    }
}
