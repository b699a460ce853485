//! A template of the library as a template workbook.

use super::carry::description;
use super::family;
use super::layout::SEPARATOR;
use super::slug::counted;
use super::template::{ActionLine, ControlLine, TemplateBook};
use crate::diagnostic::quoted;
use crate::id::TemplateIdx;
use crate::library::{Action, Control, Framework, Library, Owner};
use crate::sheet::MAX_CELL_CHARACTERS;
use std::collections::{BTreeMap, BTreeSet};

/// A template as a workbook, and what of it could not be carried.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The workbook.
    pub book: TemplateBook,
    /// What the workbook has no place for, a clause each.
    pub lost: Vec<String>,
}

/// A template as a workbook: its controls that have actions of the customer's, and these actions.
///
/// # Errors
/// Everything for which Compliance Manager would refuse the workbook, a clause each.
pub fn export(library: &Library, template: TemplateIdx) -> Result<Exported, Vec<String>> {
    let template = library.template(template);
    let Some(framework) = library.find_framework(template.framework.value.as_str()) else {
        return Err(vec![format!("the framework `{}` is not in the library", template.framework.value)]);
    };
    let framework = library.framework(framework);
    let provider = library.provider(template.provider.value.as_str()).map_or("", |p| p.name.as_str());
    let mut exporting = Exporting::new(library, framework);
    for mapping in &template.map {
        exporting.map(mapping.control.value.as_str(), mapping.actions.iter().map(|a| a.value.as_str()));
    }
    let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let book = TemplateBook {
        title: one_line(&template.title),
        product: one_line(&given(&template.product).unwrap_or_else(|| provider.to_owned())),
        certification: one_line(&given(&template.certification).unwrap_or_else(|| framework.title.clone())),
        services: services(library, template.provider.value.as_str()),
        controls: exporting.controls(),
        actions: exporting.lines(),
    };
    let faults = exporting.faults(&book);
    if faults.is_empty() { Ok(Exported { lost: exporting.lost(), book }) } else { Err(faults) }
}

/// The names of the services in scope, by name.
fn services(library: &Library, provider: &str) -> Vec<String> {
    let is_in = |s: &&crate::library::Service| s.provider.as_str() == provider && s.certified && s.retired_on.is_none();
    let names: BTreeSet<String> = library.services().iter().filter(is_in).map(|s| one_line(&s.name)).collect();
    names.into_iter().collect()
}

/// A text on one line, its blanks single.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Exporting<'l> {
    library: &'l Library,
    framework: &'l Framework,
    /// For each control, by its position: the customer's actions, in the order of the template.
    served: BTreeMap<usize, Vec<&'l Action>>,
    /// Controls that only the provider's actions serve.
    provided: BTreeSet<usize>,
    /// The customer's actions, in the order in which controls name them.
    order: Vec<&'l Action>,
}

/// What an action may have that the workbook has no room for, and whether it has it.
type Part = (&'static str, fn(&Action) -> bool);

impl<'l> Exporting<'l> {
    fn new(library: &'l Library, framework: &'l Framework) -> Self {
        let (served, provided, order) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        Self { library, framework, served, provided, order }
    }

    fn map<'a>(&mut self, control: &str, actions: impl Iterator<Item = &'a str>) {
        let Some(control) = self.framework.find_control(control) else { return };
        for action in actions.filter_map(|id| self.library.find_action(id)) {
            let action = self.library.action(action);
            if action.owner == Owner::Provider {
                self.provided.insert(control.position());
                continue;
            }
            let list = self.served.entry(control.position()).or_default();
            if !list.iter().any(|a| a.id.value == action.id.value) {
                list.push(action);
            }
        }
    }

    /// The controls that have actions, in the order of the catalogue.
    fn controls(&mut self) -> Vec<ControlLine> {
        let (framework, mut lines) = (self.framework, Vec::new());
        let mut seen = BTreeSet::new();
        for (position, actions) in &self.served {
            let Some(control) = framework.controls.get(*position) else { continue };
            self.order.extend(actions.iter().filter(|a| seen.insert(a.id.value.as_str())));
            lines.push(ControlLine {
                name: control.id.value.as_str().to_owned(),
                family: self.family(control),
                title: one_line(&control.title),
                description: self.told(control),
                actions: actions.iter().map(|a| one_line(&a.title)).collect(),
            });
        }
        lines
    }

    fn family(&self, control: &Control) -> String {
        let id = control.group.value.as_str();
        let title = self.framework.groups.iter().find(|g| g.id.value.as_str() == id).map_or(id, |g| g.title.as_str());
        family::text(id, &one_line(title))
    }

    /// The text of a standard is not in the library; its description says what the control is.
    fn told(&self, control: &Control) -> String {
        let (id, title) = (control.id.value.as_str(), one_line(&control.title));
        match control.note.as_deref().map(str::trim).filter(|note| !note.is_empty()) {
            Some(note) => note.to_owned(),
            None if title == id => format!("{id} of {}", one_line(&self.framework.title)),
            None => format!("{title} ({}, {id})", one_line(&self.framework.title)),
        }
    }

    fn lines(&self) -> Vec<ActionLine> {
        let line = |action: &&Action| ActionLine {
            title: one_line(&action.title),
            action_type: Some(action.action_type),
            points: Some(action.points().get()),
            description_title: one_line(&action.title),
            description: description(action),
            purpose: Some(action.purpose),
            others: Vec::new(),
        };
        self.order.iter().map(line).collect()
    }

    fn faults(&self, book: &TemplateBook) -> Vec<String> {
        let mut faults = Vec::new();
        if book.controls.is_empty() {
            faults.push(
                "no control of the template has an action of the customer's, and the workbook needs one".to_owned(),
            );
        }
        let mut first: BTreeMap<&str, &Action> = BTreeMap::new();
        for (action, line) in self.order.iter().zip(&book.actions) {
            if let Some(earlier) = first.insert(&line.title, action) {
                let (one, other, title) = (&earlier.id.value, &action.id.value, quoted(&line.title));
                faults.push(format!(
                    "the actions `{one}` and `{other}` have the same title {title}, by which they would be known"
                ));
            }
            if line.title.contains(SEPARATOR) {
                faults.push(format!("the title of `{}` holds `;;`, which stands between titles", action.id.value));
            }
            if line.description.encode_utf16().count() > MAX_CELL_CHARACTERS {
                faults.push(format!(
                    "the guidance of `{}` is longer than the {MAX_CELL_CHARACTERS} characters of a cell",
                    action.id.value
                ));
            }
        }
        for control in &book.controls {
            if control.actions.join(SEPARATOR).encode_utf16().count() > MAX_CELL_CHARACTERS {
                faults.push(format!("the titles of the actions of `{}` are longer than a cell can be", control.name));
            }
        }
        if book.services.iter().any(|name| name.contains(SEPARATOR)) {
            faults.push("the name of a service holds `;;`, which stands between names".to_owned());
        }
        faults
    }

    /// What there is no place for.
    fn lost(&self) -> Vec<String> {
        let named = |position: &usize| self.framework.controls.get(*position).map(|c| c.id.value.as_str());
        let carried = |position: &usize| self.served.contains_key(position);
        let mut lost = Vec::new();
        let of_provider: Vec<&str> = self.provided.iter().filter(|p| !carried(p)).filter_map(named).collect();
        if !of_provider.is_empty() {
            let what = "whose actions are all the provider's, for a template holds the customer's alone";
            lost.push(format!("{} {what}: {}", counted(of_provider.len(), "control"), of_provider.join(", ")));
        }
        let all = 0..self.framework.controls.len();
        let unmapped: Vec<&str> =
            all.filter(|p| !carried(p) && !self.provided.contains(p)).filter_map(|p| named(&p)).collect();
        if !unmapped.is_empty() {
            let what = "that no action serves, for each needs one";
            lost.push(format!("{} {what}: {}", counted(unmapped.len(), "control"), unmapped.join(", ")));
        }
        let with = |has: fn(&Action) -> bool| self.order.iter().filter(|a| has(a)).count();
        let parts: [Part; 6] = [
            ("services", |a| !a.services.is_empty()),
            ("feature", |a| a.feature.is_some()),
            ("hours of work", |a| a.effort_hours.is_some()),
            ("dependencies", |a| !a.depends_on.is_empty()),
            ("kinds of proof", |a| !a.proof.is_empty()),
            ("automatic checks", |a| !a.signals.is_empty()),
        ];
        for (what, has) in parts {
            let count = with(has);
            if count > 0 {
                lost.push(format!("the {what} of {}", counted(count, "action")));
            }
        }
        lost
    }
}
