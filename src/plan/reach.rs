//! Why a target is out of reach: what still lacks when all work is done.

use super::options::Objective;
use super::standing::{Ground, Standing, counted};
use crate::choice::choice;
use crate::evaluate::{ControlStatus, Evaluation, Proof, ServiceState, services_of};
use crate::id::ActionIdx;
use crate::library::Owner;
use crate::points::{Amount, BasisPoints, Percent, Sums};
use crate::scenario::Work;
use crate::tenant::Tenant;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

choice! {
    /// What holds a figure down though all work is done.
    pub enum HeldBy {
        /// More work than there are hours.
        Hours = "hours",
        /// Services that the provider does not list in scope.
        ServiceNotCertified = "service-not-certified",
        /// Services that no evidence names.
        ProviderUnattested = "provider-unattested",
        /// Services whose evidence does not hold, with none that could be renewed.
        EvidenceMissing = "evidence-missing",
        /// Controls to which no action that applies is mapped.
        UnmappedControl = "unmapped-control",
        /// Controls all of whose actions are out of scope.
        ControlNotInScope = "control-not-in-scope",
        /// The customer's own actions that no work on them raises.
        NotDoable = "not-doable",
    }
}

/// A cause with what it costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The cause.
    pub by: HeldBy,
    /// What is lost by it, in the objective's unit.
    pub lost: Amount,
    /// The services, actions or controls concerned.
    pub ids: Vec<String>,
}

/// That no plan reaches a target.
#[derive(Clone, Debug, Serialize)]
pub struct Unreachable {
    /// The target.
    pub target: Percent,
    /// The most within the hours there are.
    pub percent: Option<Percent>,
    /// The most with all work done.
    pub percent_with_all_work: Option<Percent>,
    /// What holds it down, the greatest loss first.
    pub held_down: Vec<Held>,
}

/// Losses by cause, gathered.
#[derive(Default)]
struct Losses(BTreeMap<HeldBy, (Amount, BTreeSet<String>)>);

impl Losses {
    fn add(&mut self, by: HeldBy, lost: Amount, id: Option<&str>) {
        let entry = self.0.entry(by).or_default();
        entry.0 += lost;
        entry.1.extend(id.map(str::to_owned));
    }
}

/// Why `target` is out of reach for a plan after which a tenant stands like `after`.
pub(super) fn unreachable<'w>(
    ground: Ground<'_>,
    objective: Objective,
    target: Percent,
    after: &Standing,
    all: impl IntoIterator<Item = &'w Work>,
    on: NaiveDate,
) -> Unreachable {
    let (tenant, evaluation) = ground.worked(all, on);
    let best = Standing::of(&tenant, &evaluation);
    let mut losses = Losses::default();
    let by_hours = best.amount(objective).less(after.amount(objective));
    if by_hours > Amount::ZERO {
        losses.add(HeldBy::Hours, by_hours, None);
    }
    let held = Holding { ground, tenant: &tenant, evaluation: &evaluation, objective };
    match objective {
        Objective::Score | Objective::Assurance => held.actions(&mut losses),
        Objective::Controls => held.controls(&mut losses),
    }
    let listed = losses.0.into_iter().map(|(by, (lost, ids))| Held { by, lost, ids: ids.into_iter().collect() });
    let mut held_down: Vec<Held> = listed.collect();
    held_down.sort_by_key(|held| (std::cmp::Reverse(held.lost), held.by));
    Unreachable { target, percent: after.percent(objective), percent_with_all_work: best.percent(objective), held_down }
}

struct Holding<'a> {
    ground: Ground<'a>,
    tenant: &'a Tenant,
    evaluation: &'a Evaluation,
    objective: Objective,
}

impl Holding<'_> {
    /// What each action lacks.
    fn actions(&self, losses: &mut Losses) {
        let compiled = self.ground.compiled;
        for (position, action) in compiled.actions.iter().enumerate() {
            let index = ActionIdx::at(position);
            let counted = self.evaluation.counted(self.tenant, index, action.points);
            let lacks = |sums: &Sums| match self.objective {
                Objective::Assurance => sums.possible.less(sums.assured),
                Objective::Score | Objective::Controls => sums.possible.less(sums.achieved),
            };
            let lost = counted.iter().map(lacks).fold(Amount::ZERO, |sum, lost| sum + lost);
            if lost == Amount::ZERO {
                continue;
            }
            if action.owner == Owner::Customer {
                losses.add(HeldBy::NotDoable, lost, Some(self.ground.library.action(index).id.value.as_str()));
                continue;
            }
            let lacking = self.lacking(index);
            let count = u64::try_from(lacking.len()).unwrap_or(1);
            for (n, (by, id)) in (1..).zip(&lacking) {
                // Shared evenly, and exactly: what is left of the division goes with the last.
                let share = |n: u64| Amount::from_units(lost.units() * n / count.max(1));
                losses.add(*by, share(n).less(share(n - 1)), Some(id));
            }
        }
    }

    /// The services for which a provider's action lacks something, each with its cause.
    fn lacking(&self, action: ActionIdx) -> Vec<(HeldBy, String)> {
        let services = services_of(self.ground.compiled, self.tenant, action, &self.evaluation.services);
        let found = services.filter_map(|(position, state)| {
            let by = self.cause(state)?;
            let service = self.tenant.services.get(position)?;
            Some((by, self.ground.library.service(*service).id.value.as_str().to_owned()))
        });
        found.collect()
    }

    fn cause(&self, state: &ServiceState) -> Option<HeldBy> {
        match (state.is_attested, state.is_listed, state.proof) {
            (false, false, _) => Some(HeldBy::ServiceNotCertified),
            (false, true, _) => Some(HeldBy::ProviderUnattested),
            (true, _, Proof::Missing | Proof::Expired) if self.objective == Objective::Assurance => {
                Some(HeldBy::EvidenceMissing)
            }
            (true, ..) => None,
        }
    }

    /// What each control that is not covered lacks first.
    fn controls(&self, losses: &mut Losses) {
        for (assessment, figures) in self.tenant.assessments.iter().zip(&self.evaluation.assessments) {
            let template = self.ground.compiled.template(assessment.template);
            let framework = self.ground.library.framework(template.framework);
            let open = figures.controls.iter().zip(&framework.controls).enumerate();
            for (position, (figures_of, control)) in open {
                let id = Some(control.id.value.as_str());
                match figures_of.status {
                    ControlStatus::Covered | ControlStatus::Excluded => {}
                    ControlStatus::Unmapped => losses.add(HeldBy::UnmappedControl, counted(1), id),
                    ControlStatus::NotInScope => losses.add(HeldBy::ControlNotInScope, counted(1), id),
                    ControlStatus::Partial | ControlStatus::Gap => {
                        let slots = template.slots_of_control.row(position).iter();
                        let slots = slots.filter_map(|s| usize::try_from(*s).ok());
                        let lacks = |s: &usize| {
                            figures.actions.get(*s).is_some_and(|f| f.counts && f.earned < BasisPoints::ONE)
                        };
                        let actions = slots.filter(lacks).filter_map(|s| template.actions.get(s));
                        let cause = actions.flat_map(|a| self.lacking(*a)).map(|(by, _)| by).min();
                        losses.add(cause.unwrap_or(HeldBy::NotDoable), counted(1), id);
                    }
                }
            }
        }
    }
}
