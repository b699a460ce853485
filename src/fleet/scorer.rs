//! One profile after the other, scored into the same buffers.

use super::tally::{AssessmentTally, SlotTally, TenantTally};
use crate::choice::Choice;
use crate::day::Day;
use crate::evaluate::{AssessmentFigures, Evaluation, Gaps, evaluate, gaps};
use crate::model::{Model, TenantProfile};
use crate::points::Amount;
use chrono::NaiveDate;

/// At what date a fleet is scored, and how.
#[derive(Clone, Copy, Debug)]
pub struct FleetOptions {
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// For how many days ahead evidence that lapses is reported; the outlook is for the last of them.
    pub expiring_within: u32,
}

/// Scores profiles one after the other; each thread has its own.
#[derive(Debug)]
pub struct FleetScorer<'m> {
    model: &'m Model,
    options: FleetOptions,
    now: Evaluation,
    later: Evaluation,
    tally: TenantTally,
}

impl<'m> FleetScorer<'m> {
    /// A scorer of profiles that were read against `model`.
    #[must_use]
    pub fn new(model: &'m Model, options: FleetOptions) -> Self {
        let outlook_by = Day::from(options.as_of).plus(options.expiring_within).date().unwrap_or(options.as_of);
        let tally = TenantTally { as_of: options.as_of, outlook_by, ..TenantTally::default() };
        Self { model, options, now: Evaluation::default(), later: Evaluation::default(), tally }
    }

    /// The library it scores against.
    #[must_use]
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// What a profile comes to.
    pub fn profile(&mut self, profile: &TenantProfile) -> &TenantTally {
        let (compiled, day) = (self.model.compiled(), Day::from(self.options.as_of));
        let tenant = profile.tenant();
        let later = day.plus(self.options.expiring_within);
        evaluate(compiled, tenant, day, &mut self.now);
        evaluate(compiled, tenant, later, &mut self.later);
        let view = self.model.view(profile, day, self.options.expiring_within);
        self.tally.tenant.clone_from(&view.profile.tenant);
        self.tally.organization.clone_from(&view.profile.name);
        self.tally.assessments.resize_with(tenant.assessments.len(), AssessmentTally::default);
        for (position, tally) in self.tally.assessments.iter_mut().enumerate() {
            let Some(plan) = view.profile.assessments.get(position) else { continue };
            tally.template = plan.template;
            tally.group.clone_from(&plan.group);
            tally.target = plan.target;
            tally.outlook = self.later.assessments.get(position).map(|f| f.sides.total()).unwrap_or_default();
            let Some(figures) = self.now.assessments.get(position) else { continue };
            let found = gaps(&view, &self.now, position);
            tally.fill(figures, &found);
        }
        &self.tally
    }
}

impl AssessmentTally {
    fn fill(&mut self, figures: &AssessmentFigures, found: &Gaps) {
        self.sides = figures.sides;
        (self.statuses, self.shared, self.gaps) = Default::default();
        self.controls.clear();
        for control in &figures.controls {
            self.controls.push(control.status);
            count(&mut self.statuses, control.status);
            control.shared_gap.into_iter().for_each(|half| count(&mut self.shared, half));
        }
        self.slots.clear();
        self.slots.extend(figures.actions.iter().map(|action| SlotTally {
            missing: if action.counts { action.sums.missing() } else { Amount::ZERO },
            ..SlotTally::default()
        }));
        for (_, position) in &found.rows {
            let Some(finding) = found.findings.get(*position) else { continue };
            count(&mut self.gaps, finding.kind);
            if let Some(slot) = finding.slot.and_then(|slot| self.slots.get_mut(slot)) {
                slot.kinds.insert(finding.kind);
            }
        }
    }
}

fn count<T: Choice, const N: usize>(counts: &mut [u32; N], word: T) {
    if let Some(count) = counts.get_mut(word.position()) {
        *count += 1;
    }
}
