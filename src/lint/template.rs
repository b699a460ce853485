//! Templates: controls that nothing serves, that everything serves, that nobody could prove.

use super::Linter;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Edge, Node};
use crate::id::{ActionIdx, ControlIdx, FrameworkIdx, TemplateIdx};
use crate::library::{Control, Owner, Template};
use std::collections::{BTreeMap, BTreeSet};

/// One action on more than this share of a framework's controls, in percent, says too little.
const DOMINANT_PERCENT: usize = 40;
/// Below so many controls a share of them says nothing.
const DOMINANT_FLOOR: usize = 10;
/// One control with more than this share of a template's actions, in percent, is not understood.
const OVERLOADED_PERCENT: usize = 25;
/// Below so many actions a share of them says nothing.
const OVERLOADED_FLOOR: usize = 40;

pub(super) fn lint(linter: &mut Linter<'_>) {
    let library = linter.library;
    for (position, template) in library.templates().iter().enumerate() {
        let Some(framework) = library.find_framework(template.framework.value.as_str()) else { continue };
        let mapped = Mapped::new(linter, TemplateIdx::at(position), template, framework);
        mapped.lint(linter);
        duplicates(linter, template);
    }
    for (position, action) in library.actions().iter().enumerate() {
        let mut into = linter.graph.into(Node::Action(ActionIdx::at(position)));
        if !into.any(|(edge, _)| matches!(edge, Edge::ServedBy(_))) {
            let message = format!("no template uses action `{}`", action.id.value);
            let diagnostic = Diagnostic::new(Code::UnusedAction, message).at(action.id.span, "never earns a point");
            linter.tell(diagnostic.about(action.id.value.as_str()));
        }
    }
}

/// A template with the actions it maps to each control of its framework.
struct Mapped<'a> {
    template: &'a Template,
    controls: Vec<(&'a Control, BTreeSet<ActionIdx>)>,
}

impl<'a> Mapped<'a> {
    fn new(linter: &Linter<'a>, idx: TemplateIdx, template: &'a Template, framework: FrameworkIdx) -> Self {
        let controls = linter.library.framework(framework).controls.iter().enumerate();
        let actions = |n| linter.graph.actions_of(framework, ControlIdx::at(n), idx);
        Self { template, controls: controls.map(|(n, control)| (control, actions(n))).collect() }
    }

    fn lint(&self, linter: &mut Linter<'_>) {
        let mut served: BTreeMap<ActionIdx, usize> = BTreeMap::new();
        for (_, actions) in &self.controls {
            actions.iter().for_each(|action| *served.entry(*action).or_default() += 1);
        }
        for (control, actions) in &self.controls {
            let (all, here) = (served.len(), actions.len());
            if actions.is_empty() {
                linter.tell(self.about(Code::UnreachedControl, control, "maps no action to"));
            } else if !actions.iter().any(|a| is_provable(linter, *a)) {
                linter.tell(self.about(Code::UnprovableControl, control, "has no action that can be proved for"));
            }
            if all >= OVERLOADED_FLOOR && here * 100 > all * OVERLOADED_PERCENT {
                let what = format!("maps {here} of its {all} actions to");
                linter.tell(self.about(Code::OverloadedControl, control, &what));
            }
        }
        let all = self.controls.len();
        for (action, count) in
            served.into_iter().filter(|(_, n)| all >= DOMINANT_FLOOR && n * 100 > all * DOMINANT_PERCENT)
        {
            let id = &linter.library.action(action).id;
            let message = format!("action `{}` is mapped to {count} of {all} controls", id.value);
            let diagnostic = Diagnostic::new(Code::DominantAction, message).about(id.value.as_str());
            let (action, template) = ((id.span, "this action"), (self.template.id.span, "this template"));
            // A template of one's own may map a built-in action: then the template is what to mend.
            let (first, second) = if action.0 < template.0 { (template, action) } else { (action, template) };
            linter.tell(diagnostic.at(first.0, first.1).at(second.0, second.1));
        }
    }

    fn about(&self, code: Code, control: &Control, what: &str) -> Diagnostic {
        let (template, control) = (&self.template.id, &control.id);
        let message = format!("template `{}` {what} control `{}`", template.value, control.value);
        let diagnostic = Diagnostic::new(code, message).at(template.span, "this template");
        diagnostic.at(control.span, "this control").about(control.value.as_str())
    }
}

/// Whether somebody could show that an action is done: by a kind of proof or an automatic check, or,
/// for an action of the provider, by evidence that names one of its services.
fn is_provable(linter: &Linter<'_>, idx: ActionIdx) -> bool {
    let action = linter.library.action(idx);
    if !action.proof.is_empty() || !action.signals.is_empty() || action.owner == Owner::Customer {
        return !action.proof.is_empty() || !action.signals.is_empty();
    }
    // A provider's action without services concerns them all.
    if action.services.is_empty() {
        return !linter.library.evidence().is_empty();
    }
    linter.graph.out(Node::Action(idx)).filter(|(edge, _)| *edge == Edge::Concerns).any(|(_, service)| {
        let mut into = linter.graph.into(service);
        into.any(|(edge, _)| matches!(edge, Edge::Names(_)))
    })
}

/// The same action at the same control twice.
fn duplicates(linter: &mut Linter<'_>, template: &Template) {
    let mut first = BTreeMap::new();
    for mapping in &template.map {
        for action in &mapping.actions {
            let key = (mapping.control.value.as_str(), action.value.as_str());
            let Some(earlier) = first.insert(key, action.span) else { continue };
            let message = format!("action `{}` is mapped to control `{}` twice", key.1, key.0);
            let diagnostic = Diagnostic::new(Code::DuplicateMapping, message).at(action.span, "again here");
            linter.tell(diagnostic.at(earlier, "first here").about(key.1));
        }
    }
}
