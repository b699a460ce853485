//! What is told from: the view, the figures, the texts, and the assessments asked for.

use super::{AssessmentName, Location, Node, NodeKind};
use crate::compiled::CompiledTemplate;
use crate::evaluate::{ActionFigures, AssessmentFigures, Evaluation, GapView, evaluate};
use crate::id::{ActionIdx, ControlIdx};
use crate::library::Framework;
use crate::profile::AssessmentPlan;
use crate::source::{Sources, Span};
use crate::tenant::{Slot, Tenant, TenantAssessment};

/// Everything an explanation is made from.
#[derive(Clone, Copy)]
pub(crate) struct Telling<'a> {
    pub(crate) view: GapView<'a>,
    pub(crate) evaluation: &'a Evaluation,
    pub(crate) sources: &'a Sources,
    /// Only assessments of this group or template.
    pub(crate) only: Option<&'a str>,
}

/// One assessment, with all that is known of it.
#[derive(Clone, Copy)]
pub(crate) struct Assessed<'a> {
    pub(crate) position: usize,
    pub(crate) plan: &'a AssessmentPlan,
    pub(crate) title: &'a str,
    pub(crate) template_id: &'a str,
    pub(crate) template: &'a CompiledTemplate,
    pub(crate) framework: &'a Framework,
    pub(crate) stands: &'a TenantAssessment,
    pub(crate) figures: &'a AssessmentFigures,
}

impl<'a> Telling<'a> {
    /// The assessments asked for, by template, then group.
    pub(crate) fn assessed(&self) -> Vec<Assessed<'a>> {
        let all = (0..self.view.profile.assessments.len()).filter_map(|position| self.assessment(position));
        all.filter(|a| self.only.is_none_or(|only| a.template_id == only || a.plan.group == only)).collect()
    }

    fn assessment(&self, position: usize) -> Option<Assessed<'a>> {
        let plan = self.view.profile.assessments.get(position)?;
        let library = self.view.library.template(plan.template);
        let template = self.view.compiled.template(plan.template);
        Some(Assessed {
            position,
            plan,
            title: &library.title,
            template_id: library.id.value.as_str(),
            template,
            framework: self.view.library.framework(template.framework),
            stands: self.view.tenant.assessments.get(position)?,
            figures: self.evaluation.assessments.get(position)?,
        })
    }

    /// The day of every figure, in words.
    pub(super) fn day(&self) -> String {
        self.view.day.date().map(|date| date.to_string()).unwrap_or_default()
    }

    /// Where `span` starts, to go after a note: ` (tenant.toml:112)`.
    pub(super) fn at(&self, span: Span) -> String {
        self.location(span).map(|l| format!(" ({}:{})", l.file, l.line)).unwrap_or_default()
    }

    /// The file and line where `span` starts.
    pub(crate) fn location(&self, span: Span) -> Option<Location> {
        let (file, line, _) = self.sources.place(span)?;
        Some(Location { file: file.to_owned(), line })
    }

    /// The figures as they would be for another tenant.
    pub(super) fn evaluate(&self, tenant: &Tenant) -> Evaluation {
        let mut evaluation = Evaluation::default();
        evaluate(self.view.compiled, tenant, self.view.day, &mut evaluation);
        evaluation
    }

    /// The id of an action.
    pub(crate) fn action_id(&self, action: ActionIdx) -> &'a str {
        self.view.library.action(action).id.value.as_str()
    }
}

impl Assessed<'_> {
    /// The node of the assessment, still without figures.
    pub(super) fn node(&self) -> Node {
        let mut node = Node::new(NodeKind::Assessment, self.template_id, self.title);
        node.assessment = Some(self.name());
        node
    }

    /// What the assessment is called.
    pub(crate) fn name(&self) -> AssessmentName {
        AssessmentName {
            template: self.template_id.to_owned(),
            framework: self.framework.id.value.to_string(),
            group: self.plan.group.clone(),
        }
    }

    /// The slot of an action in the template.
    pub(crate) fn slot_of(&self, action: ActionIdx) -> Option<usize> {
        self.template.actions.binary_search(&action).ok()
    }

    /// The action in a slot, how it stands, and what it comes to.
    pub(crate) fn slot(&self, slot: usize) -> Option<(ActionIdx, Slot, ActionFigures)> {
        let action = self.template.actions.get(slot)?;
        Some((*action, *self.stands.slots.get(slot)?, *self.figures.actions.get(slot)?))
    }

    /// Whether a control is excluded.
    pub(crate) fn is_excluded(&self, control: ControlIdx) -> bool {
        self.stands.controls.get(control.position()).is_some_and(|s| s.is_excluded)
    }

    /// The ids of the controls that are not excluded and that the action in a slot serves.
    pub(super) fn serves(&self, slot: usize) -> Vec<String> {
        let controls = self.template.controls_of_slot.row(slot).iter().filter(|c| !self.is_excluded(**c));
        controls.filter_map(|c| self.framework.controls.get(c.position())).map(|c| c.id.value.to_string()).collect()
    }
}
