//! A system security plan: the implementation status of each component on each control.

use super::own::{self, status};
use super::{Source, without};
use crate::import::fact::{Finding, Reading, Reason, Stated, UnusedRow};
use crate::oscal_text::{Part, Prop};
use crate::profile::Implementation;
use std::collections::BTreeMap;

pub(super) fn read(source: &Source<'_>, body: &Part<'_>, reading: &mut Reading) {
    let components = body.part("system-implementation").map(|part| part.parts("components")).unwrap_or_default();
    if source.is_own {
        return statuses(source, body, &components, reading);
    }
    let mut titles: BTreeMap<String, &str> = BTreeMap::new();
    for component in &components {
        if let (Some(uuid), Some(title)) = (component.text("uuid"), component.text("title")) {
            titles.entry(uuid.to_lowercase()).or_insert(title);
        }
    }
    let plan = Plan { source, titles };
    let Some(implementation) = body.part("control-implementation") else { return body.lacks("control-implementation") };
    for requirement in implementation.parts("implemented-requirements") {
        let Some(control) = requirement.needed("control-id") else { continue };
        let found = reading.facts.len() + reading.unused.len();
        for statement in std::iter::once(requirement.clone()).chain(requirement.parts("statements")) {
            for by in statement.parts("by-components") {
                plan.by_component(control, &by, reading);
            }
        }
        if reading.facts.len() + reading.unused.len() == found {
            without(reading, source.row(&requirement, format!("oscal:{control}")), "no component stands under it");
        }
    }
}

/// The statuses that annexa wrote: on the system's own component, those of one group together.
fn statuses(source: &Source<'_>, body: &Part<'_>, components: &[Part<'_>], reading: &mut Reading) {
    let register = own::register(body);
    for component in components.iter().filter(|component| component.text("type") == Some("this-system")) {
        let mut groups: Vec<(&str, Vec<Prop<'_>>)> = Vec::new();
        for prop in component.props().into_iter().filter(|prop| prop.is_own) {
            let Some(name) = prop.group else { continue };
            match groups.last_mut() {
                // Those of one status follow each other.
                Some((last, props)) if *last == name => props.push(prop),
                _ => groups.push((name, vec![prop])),
            }
        }
        for (_, props) in &groups {
            status(source, props, &register, reading);
        }
    }
}

struct Plan<'s, 'd> {
    source: &'s Source<'s>,
    /// The titles of components by their uuid.
    titles: BTreeMap<String, &'d str>,
}

impl Plan<'_, '_> {
    fn by_component(&self, control: &str, part: &Part<'_>, reading: &mut Reading) {
        let uuid = part.text("component-uuid").unwrap_or_default();
        let title = self.titles.get(&uuid.to_lowercase()).copied();
        let forms: Vec<String> =
            title.into_iter().chain([uuid]).map(|name| format!("oscal:{control}/{name}")).collect();
        let row = self.source.row(part, forms.first().cloned().unwrap_or_default());
        if title.is_none() {
            let detail = "no component of the plan has this uuid";
            return reading.without_use(UnusedRow::new(row, Reason::BadRow, detail).at("component-uuid"));
        }
        let (satisfied, inherited) = (part.parts("satisfied").len(), part.parts("inherited").len());
        let Some((state, detail)) = state(part) else {
            if satisfied > 0 {
                let notes = "a responsibility that the leveraged system leaves is met";
                return self.stated(row, &forms, Implementation::Implemented, notes, reading);
            }
            let why = match (inherited, left(part)) {
                (0, 0) => "no implementation status is given".to_owned(),
                (0, left) => format!("it leaves {left} to those who build on it, and gives no status of its own"),
                _ => "it is taken over from the leveraged system, and evidence alone shows that".to_owned(),
            };
            return without(reading, row, why);
        };
        match state {
            Some(implementation) => self.stated(row, &forms, implementation, &detail, reading),
            None => {
                let unused = UnusedRow::new(row, Reason::BadValue, format!("`{detail}` is no status of OSCAL"));
                reading.without_use(unused.at("implementation-status"));
            }
        }
    }

    fn stated(
        &self,
        row: crate::import::fact::Row,
        forms: &[String],
        implementation: Implementation,
        notes: &str,
        reading: &mut Reading,
    ) {
        let notes = Some(notes.to_owned()).filter(|notes| !notes.is_empty());
        let stated = Stated { implementation: Some(implementation), notes, ..Stated::default() };
        let subject = self.source.subject(forms);
        reading.fact(self.source.fact(row, subject, Finding::Stated(Box::new(stated)), None));
    }
}

/// How many responsibilities a component leaves to those who build on it.
fn left(part: &Part<'_>) -> usize {
    part.part("export").map_or(0, |export| export.parts("responsibilities").len())
}

/// The status that is given, if one is: what it means, if it is one of OSCAL's, and what to note.
///
/// What is there in part earns nothing until it is done, as a profile has it.
fn state(part: &Part<'_>) -> Option<(Option<Implementation>, String)> {
    let own = part.part("implementation-status").and_then(|status| status.text("state"));
    // Before the model had a place for it, a property said it.
    let props = part.props();
    let state = own.or_else(|| props.iter().find(|p| p.name == "implementation-status").map(|p| p.value))?;
    let meant = |implementation| Some((Some(implementation), String::new()));
    match state.to_lowercase().as_str() {
        "implemented" => meant(Implementation::Implemented),
        "planned" => meant(Implementation::Planned),
        "partial" => Some((Some(Implementation::Planned), "partly implemented".to_owned())),
        "alternative" | "alternative-implementation" => meant(Implementation::Alternative),
        "not-applicable" => meant(Implementation::NotInScope),
        "not-implemented" => meant(Implementation::NotImplemented),
        _ => Some((None, state.to_owned())),
    }
}
