//! Controls: the sides that carry one, and the actions of each.

use super::telling::Assessed;
use super::{Fact, FactKind, Goal, Node, NodeKind, Telling, fact};
use crate::choice::Choice;
use crate::evaluate::{ControlFigures, ControlStatus, GapKind, Responsibility, SharedGap, gaps};
use crate::id::ControlIdx;
use crate::library::Owner;

/// The control with this id: once for each assessment whose framework has it.
pub(super) fn roots(telling: &Telling<'_>, id: &str) -> Vec<Node> {
    let found = telling.assessed();
    let nodes = found.iter().filter_map(|assessed| {
        let control = assessed.framework.find_control(id)?;
        telling.control_node(assessed, control)
    });
    nodes.collect()
}

impl Telling<'_> {
    fn control_node(&self, assessed: &Assessed<'_>, control: ControlIdx) -> Option<Node> {
        let library = assessed.framework.controls.get(control.position())?;
        let figures = assessed.figures.controls.get(control.position())?;
        let mut node = Node::new(NodeKind::Control, library.id.value.as_str(), &library.title);
        node.assessment = Some(assessed.name());
        node.state = Some(figures.status.into());
        node.figures = Some(figures.sides.total());
        node.notes.push(carried_by(figures));
        for (owner, sums) in [(Owner::Customer, figures.sides.customer), (Owner::Provider, figures.sides.provider)] {
            let mut side = Node::new(NodeKind::Side, owner.word(), "");
            side.figures = Some(sums);
            side.children = self.actions_of(assessed, control, owner);
            side.gather();
            node.children.extend((!side.children.is_empty()).then_some(side));
        }
        node.gather();
        self.statements(assessed, control, &mut node);
        Some(node)
    }

    fn actions_of(&self, assessed: &Assessed<'_>, control: ControlIdx, owner: Owner) -> Vec<Node> {
        let slots = assessed.template.slots_of_control.row(control.position()).iter();
        let mut list = Vec::new();
        for slot in slots.filter_map(|s| usize::try_from(*s).ok()) {
            let Some((action, _, _)) = assessed.slot(slot) else { continue };
            if self.view.library.action(action).owner != owner {
                continue;
            }
            let Some(mut node) = self.action_node(assessed, slot) else { continue };
            if assessed.is_excluded(control) {
                // The action may count for other controls; here it adds nothing.
                (node.figures, node.missing, node.renewals, node.until) = (None, Vec::new(), Vec::new(), None);
            }
            list.push(node);
        }
        list
    }

    /// What the profile states of the control, and whether that is borne out.
    fn statements(&self, assessed: &Assessed<'_>, control: ControlIdx, node: &mut Node) {
        let is_this = |framework, found| framework == assessed.template.framework && found == control;
        let mut exclusions = self.view.profile.exclusions.iter();
        if let Some(exclusion) = exclusions.find(|e| is_this(e.control.framework, e.control.control)) {
            node.place = self.location(exclusion.control.span);
            let at = self.at(exclusion.control.span);
            node.notes.push(match exclusion.justification.trim() {
                "" => format!("excluded without a reason{at}"),
                reason => format!("excluded: {reason}{at}"),
            });
        }
        let mut claims = self.view.profile.inheritances.iter();
        if let Some(claim) = claims.find(|c| is_this(c.framework, c.control)) {
            node.place = node.place.take().or(self.location(claim.span));
            node.notes.push(format!("the profile claims that the provider carries it alone{}", self.at(claim.span)));
        }
        let found = gaps(&self.view, self.evaluation, assessed.position);
        let rows = found.rows.iter().filter(|(on, _)| *on == control);
        let findings = rows.filter_map(|(_, finding)| found.findings.get(*finding));
        for finding in findings.filter(|f| f.action.is_none()) {
            if let Some(service) = finding.service {
                let id = self.view.service_id(service);
                node.notes.push(format!("`{id}` is used too, and the library knows no evidence for it"));
            }
            let place = node.place.clone();
            node.missing.extend(statement(finding.kind).map(|fact| Fact { place, ..fact }));
        }
        fact::settle(&mut node.missing);
    }
}

/// The fact that would bear out a statement of this kind of row.
fn statement(kind: GapKind) -> Option<Fact> {
    let (kind, text) = match kind {
        GapKind::UnmappedControl => (
            FactKind::MapControl,
            "map an action that applies to the control in the template, or exclude the control with a reason",
        ),
        GapKind::ExclusionUnjustified => (FactKind::Justify, "write down why the control is not applicable"),
        GapKind::InheritanceUnsupported => (
            FactKind::DropClaim,
            "drop the claim that the provider carries the control alone: the figures do not bear it out",
        ),
        _ => return None,
    };
    Some(Fact::new(kind, Goal::Stated, text.to_owned()))
}

/// Who carries the control, which half is missing, and how its tests roll up.
fn carried_by(figures: &ControlFigures) -> String {
    let carried = match figures.responsibility {
        None => "no action that applies is mapped to it",
        Some(Responsibility::Customer) => "carried by the customer",
        Some(Responsibility::Provider) => "carried by the provider",
        Some(Responsibility::Shared) => "shared between customer and provider",
    };
    let missing = match figures.shared_gap {
        None => "",
        Some(SharedGap::CustomerSide) => "; the customer's side is missing",
        Some(SharedGap::ProviderSide) => "; the provider's side is missing",
        Some(SharedGap::BothSides) => "; both sides are missing",
    };
    let coverage = match (figures.status, figures.coverage) {
        (ControlStatus::Excluded | ControlStatus::Unmapped | ControlStatus::NotInScope, _) | (_, None) => String::new(),
        (_, Some(share)) => format!("{share} % covered, rounded down; "),
    };
    format!("{coverage}{carried}{missing}; tests: {}", figures.test)
}
