//! What would change if evidence came or went: the difference of two evaluations.

use crate::evaluate::Evaluation;
use crate::points::{Amount, Sums};
use serde::Serialize;

/// Points lost or gained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// Of those earned.
    pub achieved: Amount,
    /// Of those proved.
    pub assured: Amount,
}

impl Effect {
    fn between(less: &Sums, more: &Sums) -> Self {
        Self { achieved: more.achieved.less(less.achieved), assured: more.assured.less(less.assured) }
    }

    /// What of it is left beside another.
    #[must_use]
    pub(crate) fn beyond(self, other: Self) -> Self {
        Self { achieved: self.achieved.less(other.achieved), assured: self.assured.less(other.assured) }
    }

    /// Whether nothing would change.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Two evaluations of the same assessments, one with less proof than the other.
#[derive(Clone, Copy)]
pub(crate) struct Comparison<'a> {
    pub(crate) less: &'a Evaluation,
    pub(crate) more: &'a Evaluation,
}

impl Comparison<'_> {
    /// The difference over all assessments.
    pub(crate) fn overall(self) -> Effect {
        Effect::between(&self.less.overall.total(), &self.more.overall.total())
    }

    /// The difference in the assessment at `position`.
    pub(crate) fn assessment(self, position: usize) -> Effect {
        let total = |e: &Evaluation| e.assessments.get(position).map(|a| a.sides.total()).unwrap_or_default();
        Effect::between(&total(self.less), &total(self.more))
    }

    /// The difference of the action in a slot of that assessment.
    pub(crate) fn action(self, position: usize, slot: usize) -> Effect {
        let sums = |e: &Evaluation| {
            let figures = e.assessments.get(position).and_then(|a| a.actions.get(slot));
            figures.map(|f| f.sums).unwrap_or_default()
        };
        Effect::between(&sums(self.less), &sums(self.more))
    }
    /// The difference of a control of that assessment.
    pub(crate) fn control(self, position: usize, control: usize) -> Effect {
        let sums = |e: &Evaluation| {
            let figures = e.assessments.get(position).and_then(|a| a.controls.get(control));
            figures.map(|f| f.sides.total()).unwrap_or_default()
        };
        Effect::between(&sums(self.less), &sums(self.more))
    }
}
