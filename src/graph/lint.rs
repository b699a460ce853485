//! Lints over the graph of a library: what is probably not meant.

use super::{Edge, Graph, Node, dependency_rings};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::id::{ActionIdx, ControlIdx, EvidenceIdx, FrameworkIdx, ServiceIdx, TemplateIdx};
use crate::library::Library;
use std::collections::BTreeSet;

/// One action on more than this share of a framework's controls, in percent, says too little.
const DOMINANT_PERCENT: usize = 40;
/// Below so many controls a share says nothing.
const DOMINANT_FLOOR: usize = 10;

impl Graph {
    /// All lints of the library; rings among them are errors, the rest are warnings.
    #[must_use]
    pub fn lint(&self, library: &Library) -> Diagnostics {
        let mut found = dependency_rings(library, self);
        for position in 0..library.templates().len() {
            self.lint_template(library, TemplateIdx::at(position), &mut found);
        }
        self.unused_actions(library, &mut found);
        self.unevidenced_services(library, &mut found);
        self.evidence_for_nothing(library, &mut found);
        found
    }

    fn lint_template(&self, library: &Library, idx: TemplateIdx, found: &mut Diagnostics) {
        let template = library.template(idx);
        let Some(framework) = library.find_framework(template.framework.value.as_str()) else { return };
        let controls = &library.framework(framework).controls;
        for (n, control) in controls.iter().enumerate() {
            if self.actions_of(framework, ControlIdx::at(n), idx).is_empty() {
                let message =
                    format!("template `{}` maps no action to control `{}`", template.id.value, control.id.value);
                let diagnostic = Diagnostic::new(Code::UnreachedControl, message).at(template.id.span, "this template");
                found.push(diagnostic.at(control.id.span, "this control"));
            }
        }
        let mut served: Vec<usize> = vec![0; library.actions().len()];
        for n in 0..controls.len() {
            for action in self.actions_of(framework, ControlIdx::at(n), idx) {
                if let Some(count) = served.get_mut(action.position()) {
                    *count += 1;
                }
            }
        }
        for (position, count) in served.iter().enumerate() {
            if controls.len() >= DOMINANT_FLOOR && count * 100 > controls.len() * DOMINANT_PERCENT {
                let action = library.action(ActionIdx::at(position));
                let message =
                    format!("action `{}` is mapped to {count} of {} controls", action.id.value, controls.len());
                found.push(Diagnostic::new(Code::DominantAction, message).at(action.id.span, "this action"));
            }
        }
    }

    /// The actions that `template` maps to a control, each once, in id order.
    #[must_use]
    pub fn actions_of(
        &self,
        framework: FrameworkIdx,
        control: ControlIdx,
        template: TemplateIdx,
    ) -> BTreeSet<ActionIdx> {
        let served = self.out(Node::Control(framework, control)).filter_map(|(edge, node)| match (edge, node) {
            (Edge::ServedBy(by), Node::Action(action)) if by == template => Some(action),
            _ => None,
        });
        served.collect()
    }

    fn unused_actions(&self, library: &Library, found: &mut Diagnostics) {
        for (position, action) in library.actions().iter().enumerate() {
            let mut into = self.into(Node::Action(ActionIdx::at(position)));
            if !into.any(|(edge, _)| matches!(edge, Edge::ServedBy(_))) {
                let message = format!("no template uses action `{}`", action.id.value);
                found.push(Diagnostic::new(Code::UnusedAction, message).at(action.id.span, "never earns a point"));
            }
        }
    }

    fn unevidenced_services(&self, library: &Library, found: &mut Diagnostics) {
        for (position, service) in library.services().iter().enumerate() {
            let mut into = self.into(Node::Service(ServiceIdx::at(position)));
            let is_named = into.any(|(edge, _)| matches!(edge, Edge::Names(_)));
            if service.certified && service.note.is_none() && !is_named {
                let message = format!("service `{}` is in scope, and no evidence names it", service.id.value);
                let diagnostic =
                    Diagnostic::new(Code::UnevidencedService, message).at(service.id.span, "named nowhere");
                found.push(diagnostic.help("if the sources really have this hole, explain it in `note`"));
            }
        }
    }

    fn evidence_for_nothing(&self, library: &Library, found: &mut Diagnostics) {
        for (position, evidence) in library.evidence().iter().enumerate() {
            if self.out(Node::Evidence(EvidenceIdx::at(position))).next().is_none() {
                let message = format!("evidence `{}` names no service", evidence.id.value);
                found.push(Diagnostic::new(Code::EvidenceForNothing, message).at(evidence.id.span, "names nothing"));
            }
        }
    }
}
