//! The library: catalogues, providers, actions and templates, read from text files.
//!
//! Start with [`Library`]. Files become parts (`catalog`, `crosswalk`, `provider`, `action`,
//! `template`), parts are merged by id (`assemble`; a later folder overrides an earlier one), and every reference is
//! held against what is there (`resolve`). The built-in library went through the same code when
//! the program was compiled. Only `folder` touches files.

mod action;
mod allowance;
mod assemble;
mod catalog;
mod crosswalk;
mod names;
mod provider;
mod resolve;
mod spoken;
mod template;

pub use action::{ACTIONS, Action, ActionType, Enforcement, Owner, Purpose};
pub use allowance::Allowance;
pub use assemble::{LibraryText, assemble, is_starter_profile};
pub use catalog::{ATTRIBUTES, CATALOG, Control, ControlKind, Framework, FrameworkStatus, Group};
pub use crosswalk::{CROSSWALK_FILE, Crosswalk, Relation, RelationKind, RelationStatus};
pub use names::{Language, Names};
pub use provider::{Evidence, PROVIDER_FILE, Provider, ProviderEvidenceKind, Service};
pub use template::{Mapping, TEMPLATE_FILE, Template};

use crate::id::{ActionIdx, ControlIdx, CrosswalkIdx, EvidenceIdx, FrameworkId, FrameworkIdx, ServiceIdx, TemplateIdx};
use crate::source::Spanned;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A whole library, every reference in it known to resolve; each list is in the order of its ids.
///
/// An index such as [`ActionIdx`] is a position in one of these lists.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Library {
    frameworks: Vec<Framework>,
    crosswalks: Vec<Crosswalk>,
    providers: Vec<Provider>,
    services: Vec<Service>,
    evidence: Vec<Evidence>,
    actions: Vec<Action>,
    templates: Vec<Template>,
    allowances: Vec<Allowance>,
    /// The language of titles and names, if it is not English.
    #[serde(skip)]
    language: Option<Language>,
}

macro_rules! lists {
    ($($(#[$doc:meta])* $list:ident: $item:ident by $find:ident -> $index:ident, $get:ident;)+) => {
        impl Library { $(
            $(#[$doc])*
            #[must_use]
            pub fn $list(&self) -> &[$item] {
                &self.$list
            }

            /// The position of the one with this id.
            #[must_use]
            pub fn $find(&self, id: &str) -> Option<$index> {
                self.$list.binary_search_by(|x| x.id.value.as_str().cmp(id)).ok().map($index::at)
            }

            /// The one at this position.
            #[must_use]
            #[expect(clippy::indexing_slicing, reason = "an index is made from a position in this list, and the list never changes")]
            pub fn $get(&self, index: $index) -> &$item {
                &self.$list[index.position()]
            }
        )+ }
    };
}

lists! {
    /// All framework editions.
    frameworks: Framework by find_framework -> FrameworkIdx, framework;
    /// All crosswalks.
    crosswalks: Crosswalk by find_crosswalk -> CrosswalkIdx, crosswalk;
    /// All services of all providers.
    services: Service by find_service -> ServiceIdx, service;
    /// All evidence of all providers.
    evidence: Evidence by find_evidence -> EvidenceIdx, evidence_item;
    /// All improvement actions.
    actions: Action by find_action -> ActionIdx, action;
    /// All templates.
    templates: Template by find_template -> TemplateIdx, template;
}

impl Library {
    /// All providers.
    #[must_use]
    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }

    /// The lints that are explained in place.
    #[must_use]
    pub fn allowances(&self) -> &[Allowance] {
        &self.allowances
    }

    /// This library without the templates and crosswalks on these frameworks.
    #[must_use]
    pub fn without_frameworks(mut self, ids: &BTreeSet<&str>) -> Self {
        let rests = |id: &Spanned<FrameworkId>| ids.contains(id.value.as_str());
        self.templates.retain(|t| !rests(&t.framework));
        self.crosswalks.retain(|c| !rests(&c.from) && !rests(&c.to));
        self
    }

    /// This library with these items of evidence void: they name no service and never hold.
    #[must_use]
    pub fn without_evidence(mut self, ids: &[&str]) -> Self {
        // They stay in the list, for what links them to be read.
        for item in self.evidence.iter_mut().filter(|item| ids.contains(&item.id.value.as_str())) {
            item.services.clear();
            (item.valid_from, item.valid_to) = (Some(NaiveDate::MAX), Some(NaiveDate::MIN));
        }
        self
    }

    /// The provider with this id.
    #[must_use]
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        let position = self.providers.binary_search_by(|p| p.id.value.as_str().cmp(id)).ok()?;
        self.providers.get(position)
    }
}

impl Library {
    /// The services that a provider lists in scope, by the environment they run in.
    #[must_use]
    pub fn services_by_environment(&self) -> BTreeMap<&str, Vec<&Service>> {
        let mut by_environment: BTreeMap<&str, Vec<&Service>> = BTreeMap::new();
        for service in self.services.iter().filter(|s| s.certified) {
            by_environment.entry(service.environment.as_deref().unwrap_or("other")).or_default().push(service);
        }
        by_environment
    }

    /// The service that may be meant by a name that is no id: one of that name or an older one, else
    /// one that is called so in another language, else one that has it as a member; as a line of help.
    #[must_use]
    pub fn service_named(&self, name: &str) -> Option<String> {
        let fold = |text: &str| text.to_lowercase().replace([' ', '-', '_'], "");
        let wanted = fold(name);
        let has_name =
            |s: &&Service| fold(&s.name) == wanted || s.aliases.iter().chain(&s.renamed_to).any(|a| fold(a) == wanted);
        let is_called = |s: &&Service| s.names.iter().any(|(_, n)| fold(n) == wanted);
        let has_member = |s: &&Service| s.components.iter().any(|c| fold(c) == wanted);
        let named = self.services.iter().find(has_name).or_else(|| self.services.iter().find(is_called));
        if let Some(service) = named {
            return Some(format!("{} has the id `{}`", service.name, service.id.value));
        }
        let service = self.services.iter().find(has_member)?;
        Some(format!("it is listed as part of {}: use the id `{}`", service.name, service.id.value))
    }
}

impl Framework {
    /// The position of the control with this id, in catalogue order.
    #[must_use]
    pub fn find_control(&self, id: &str) -> Option<ControlIdx> {
        self.controls.iter().position(|c| c.id.value.as_str() == id).map(ControlIdx::at)
    }

    /// The headings above a control, the nearest first. Rings were refused when the file was read.
    #[must_use]
    pub fn headings(&self, control: &Control) -> Vec<&Group> {
        let by_id = self.groups_by_id();
        let mut above = Vec::new();
        let mut next = Some(control.group.value.as_str());
        while let Some(group) = next.and_then(|id| by_id.get(id).copied()) {
            above.push(group);
            next = group.parent.as_ref().map(|p| p.value.as_str()).filter(|_| above.len() < self.groups.len());
        }
        above
    }

    /// The topmost heading above each group, by the id of the group.
    #[must_use]
    pub fn domains(&self) -> BTreeMap<&str, &Group> {
        let by_id = self.groups_by_id();
        let mut domains: BTreeMap<&str, &Group> = BTreeMap::new();
        for group in &self.groups {
            let mut path = vec![group];
            // Up to the top, or to where an earlier walk has been.
            while let Some(last) = path.last().filter(|g| !domains.contains_key(g.id.value.as_str())) {
                let above = last.parent.as_ref().and_then(|p| by_id.get(p.value.as_str()));
                let Some(above) = above.filter(|_| path.len() <= self.groups.len()) else { break };
                path.push(above);
            }
            let Some(last) = path.last() else { continue };
            let top = domains.get(last.id.value.as_str()).copied().unwrap_or(last);
            domains.extend(path.iter().map(|g| (g.id.value.as_str(), top)));
        }
        domains
    }

    fn groups_by_id(&self) -> BTreeMap<&str, &Group> {
        self.groups.iter().map(|g| (g.id.value.as_str(), g)).collect()
    }
}
