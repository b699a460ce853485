//! The evaluation: one pass from a tenant and a day to all figures.
//!
//! [`evaluate`] is pure, total and exact, and reuses the buffers of the [`Evaluation`] it fills.
//! It judges services, then actions (`action`, over places judged by `place`), then controls
//! (`control`), and sums. The gap rows (`gap`) are read off the same judgements afterwards.

mod action;
mod control;
mod domain;
mod gap;
mod kind;
mod place;
mod span;

pub(crate) use action::{
    ActionFigures, ServiceSets, ServiceState, customer, judge_services, named_by, provider, services_of,
};
pub(crate) use control::{ControlFigures, status_of};
pub(crate) use domain::{DomainFigures, domains};
pub(crate) use gap::{Finding, GapService, GapView, Gaps, gaps};
pub use kind::GapKind;
pub(crate) use place::{Judgement, Proof, judge as judge_place, stand};
pub(crate) use span::GapSpan;

use crate::choice::choice;
use crate::compiled::Compiled;
use crate::day::Day;
use crate::id::ActionIdx;
use crate::library::Owner;
use crate::points::{BasisPoints, Points, Sums};
use crate::tenant::Tenant;

choice! {
    /// What a control comes to.
    pub enum ControlStatus {
        /// Declared not applicable.
        Excluded = "excluded",
        /// No action that applies is mapped to it.
        Unmapped = "unmapped",
        /// All its actions are out of scope.
        NotInScope = "not-in-scope",
        /// All its points are earned.
        Covered = "covered",
        /// Some are.
        Partial = "partial",
        /// None are.
        Gap = "gap",
    }
}

choice! {
    /// How tests roll up, from places to actions and from actions to controls.
    pub enum TestStatus {
        /// At least one failed.
        Failed = "failed",
        /// All are out of scope.
        NotInScope = "not-in-scope",
        /// At least one passed, and the rest is out of scope.
        Passed = "passed",
        /// None was tested.
        None = "none",
        /// Anything else.
        InProgress = "in-progress",
    }
}

choice! {
    /// Who carries a control.
    pub enum Responsibility {
        /// The customer alone.
        Customer = "customer",
        /// The provider alone.
        Provider = "provider",
        /// Both.
        Shared = "shared",
    }
}

choice! {
    /// Which half of a shared control is missing.
    pub enum SharedGap {
        /// The customer's.
        CustomerSide = "customer-side",
        /// The provider's.
        ProviderSide = "provider-side",
        /// Both.
        BothSides = "both-sides",
    }
}

/// The figures of both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// The customer's actions.
    pub customer: Sums,
    /// The provider's actions.
    pub provider: Sums,
}

impl Sides {
    /// Both together.
    #[must_use]
    pub fn total(&self) -> Sums {
        let mut total = self.customer;
        total += self.provider;
        total
    }

    pub(crate) fn add(&mut self, owner: Owner, sums: Sums) {
        match owner {
            Owner::Customer => self.customer += sums,
            Owner::Provider => self.provider += sums,
        }
    }
}

/// All figures of a tenant at a day. Keep one and fill it again: its buffers are reused.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    pub(crate) services: Vec<ServiceState>,
    pub(crate) assessments: Vec<AssessmentFigures>,
    pub(crate) overall: Sides,
    sets: action::ServiceSets,
    folds: Vec<Option<Fold>>,
}

/// The figures of one assessment.
#[derive(Clone, Debug, Default)]
pub(crate) struct AssessmentFigures {
    pub(crate) sides: Sides,
    /// For each slot of the template.
    pub(crate) actions: Vec<ActionFigures>,
    /// For each control of the framework.
    pub(crate) controls: Vec<ControlFigures>,
}

impl Evaluation {
    /// The figures over all assessments.
    #[must_use]
    pub fn overall(&self) -> Sides {
        self.overall
    }

    /// What an action comes to over all assessments: once for each group in which it counts apart.
    pub(crate) fn counted(&self, tenant: &Tenant, action: ActionIdx, points: Points) -> Vec<Sums> {
        let groups = tenant.groups.max(1);
        let folds = self.folds.iter().skip(action.position() * groups).take(groups);
        folds.flatten().map(|fold| fold.sums(points)).collect()
    }

    /// What an action comes to over all assessments in one group, or in 0 where it counts once for all.
    pub(crate) fn counted_in(&self, tenant: &Tenant, action: ActionIdx, group: usize, points: Points) -> Sums {
        let fold = self.folds.get(action.position() * tenant.groups.max(1) + group).copied().flatten();
        fold.map_or_else(Sums::default, |fold| fold.sums(points))
    }
}

/// Evaluates `tenant` at `day` into `evaluation`.
pub fn evaluate(compiled: &Compiled, tenant: &Tenant, day: Day, evaluation: &mut Evaluation) {
    action::judge_services(compiled, tenant, day, &mut evaluation.services);
    evaluation.sets.fill(&evaluation.services);
    evaluation.assessments.resize_with(tenant.assessments.len(), AssessmentFigures::default);
    for (assessment, figures) in tenant.assessments.iter().zip(&mut evaluation.assessments) {
        action::judge_actions(compiled, tenant, assessment, day, &evaluation.sets, &mut figures.actions);
        control::judge_controls(compiled, assessment, &figures.actions, &mut figures.controls);
        figures.sides = Sides::default();
        for action in &figures.actions {
            figures.sides.add(action.owner, action.sums);
        }
    }
    overall(compiled, tenant, evaluation);
}

/// What one key of the overall score comes to: the lowest over the assessments that count it.
#[derive(Clone, Copy, Debug)]
struct Fold {
    earned: BasisPoints,
    assured: BasisPoints,
    unassessed: BasisPoints,
}

impl Fold {
    fn lower(self, other: Self) -> Self {
        Self {
            earned: self.earned.min(other.earned),
            assured: self.assured.min(other.assured),
            unassessed: self.unassessed.max(other.unassessed),
        }
    }

    fn sums(self, points: Points) -> Sums {
        Sums {
            achieved: points.times(self.earned),
            possible: points.whole(),
            assured: points.times(self.assured),
            unassessed: points.times(self.unassessed),
        }
    }
}

/// Overall, a provider's or technical action counts once, another once per group.
fn overall(compiled: &Compiled, tenant: &Tenant, evaluation: &mut Evaluation) {
    let groups = tenant.groups.max(1);
    evaluation.folds.clear();
    evaluation.folds.resize(compiled.actions.len() * groups, None);
    for (assessment, figures) in tenant.assessments.iter().zip(&evaluation.assessments) {
        let template = compiled.template(assessment.template);
        for (action, figures) in template.actions.iter().zip(&figures.actions).filter(|(_, f)| f.counts) {
            let group = if compiled.action(*action).is_grouped { assessment.group } else { 0 };
            let found = Fold { earned: figures.earned, assured: figures.assured, unassessed: figures.unassessed };
            if let Some(fold) = evaluation.folds.get_mut(action.position() * groups + group) {
                *fold = Some(fold.map_or(found, |f| f.lower(found)));
            }
        }
    }
    evaluation.overall = Sides::default();
    for (action, folds) in compiled.actions.iter().zip(evaluation.folds.chunks(groups)) {
        for fold in folds.iter().flatten() {
            evaluation.overall.add(action.owner, fold.sums(action.points));
        }
    }
}
