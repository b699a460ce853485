//! What a template maps: the actions of each control, each once.

use crate::library::{Action, Control, Framework, Library, Owner, Template};
use std::collections::{BTreeMap, BTreeSet};

/// A template with what it refers to.
pub(super) struct Mapped<'a> {
    pub(super) template: &'a Template,
    pub(super) framework: &'a Framework,
    /// The controls that actions are mapped to, in catalogue order, with these actions by id.
    pub(super) controls: Vec<(&'a Control, Vec<&'a Action>)>,
}

impl<'a> Mapped<'a> {
    /// Nothing if the library lacks the framework, which no library that was read does.
    pub(super) fn of(library: &'a Library, template: &'a Template) -> Option<Self> {
        let framework = library.framework(library.find_framework(template.framework.value.as_str())?);
        let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for mapping in &template.map {
            let actions = mapping.actions.iter().map(|action| action.value.as_str());
            ids.entry(mapping.control.value.as_str()).or_default().extend(actions);
        }
        let actions = |control: &Control| -> Vec<&'a Action> {
            let ids = ids.get(control.id.value.as_str()).into_iter().flatten();
            ids.filter_map(|id| library.find_action(id)).map(|index| library.action(index)).collect()
        };
        let controls = framework.controls.iter().map(|control| (control, actions(control)));
        Some(Self { template, framework, controls: controls.filter(|(_, actions)| !actions.is_empty()).collect() })
    }
}

/// Whether an action concerns a service of its provider: it names the service, or none at all.
pub(super) fn concerns(action: &Action, service: &str) -> bool {
    action.services.is_empty() || action.services.iter().any(|s| s.value.as_str() == service)
}

/// The actions of one side.
pub(super) fn of<'a>(owner: Owner, actions: &[&'a Action]) -> impl Iterator<Item = &'a Action> {
    actions.iter().copied().filter(move |action| action.owner == owner)
}
