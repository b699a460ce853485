//! A comparison: plain data, self-contained. Serialized, it is the JSON that other programs read.

use super::cause::Cause;
use crate::change::{AmountChange, PercentChange};
use crate::evaluate::ControlStatus;
use crate::result::Figures;
use chrono::NaiveDate;
use serde::Serialize;

/// What changed between two states of a tenant, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The state before.
    pub from: StateFigures,
    /// The state after.
    pub to: StateFigures,
    /// From the one to the other.
    pub change: Change,
    /// Why: each column sums to that of `change`.
    pub causes: Vec<Attribution>,
    /// The assessments of either state, by template, then group.
    pub assessments: Vec<AssessmentMove>,
    /// The controls of assessments in both states that moved, in the order of their assessments.
    pub controls: Vec<ControlMove>,
}

/// What a state comes to over all its assessments.
#[derive(Clone, Debug, Serialize)]
pub struct StateFigures {
    /// The id of the snapshot it was recorded as, if it was.
    pub snapshot: Option<String>,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// How figures changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Points earned.
    pub achieved: AmountChange,
    /// Points in the denominator.
    pub possible: AmountChange,
    /// Points whose proof is current.
    pub assured: AmountChange,
    /// The score as shown; nothing where one of the states has none.
    pub percent: Option<PercentChange>,
}

/// A cause and what of the change it stands for.
#[derive(Clone, Debug, Serialize)]
pub struct Attribution {
    /// The cause.
    pub cause: Cause,
    /// Its part of the change.
    #[serde(flatten)]
    pub change: Change,
    /// The ids of the actions whose figures differ through it, the largest effect first.
    pub actions: Vec<String>,
    /// The same actions with what each stands for; each column sums to that of the cause.
    pub effects: Vec<ActionEffect>,
}

/// What an action stands for in a cause.
#[derive(Clone, Debug, Serialize)]
pub struct ActionEffect {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Points earned.
    pub achieved: AmountChange,
    /// Points in the denominator.
    pub possible: AmountChange,
    /// Points whose proof is current.
    pub assured: AmountChange,
}

/// An assessment of either state; nothing where a state lacks it.
#[derive(Clone, Debug, Serialize)]
pub struct AssessmentMove {
    /// The template.
    pub template: String,
    /// The framework.
    pub framework: String,
    /// The group.
    pub group: String,
    /// Its figures before.
    pub from: Option<Figures>,
    /// Its figures after.
    pub to: Option<Figures>,
}

/// A control that moved.
#[derive(Clone, Debug, Serialize)]
pub struct ControlMove {
    /// The template.
    pub template: String,
    /// The framework.
    pub framework: String,
    /// The group.
    pub group: String,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stood; nothing where the framework lacked it.
    pub from: Option<ControlState>,
    /// Where it stands; nothing where the framework lacks it.
    pub to: Option<ControlState>,
}

/// Where a control stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ControlState {
    /// What it comes to.
    pub status: ControlStatus,
    /// The share of its points that is earned, in basis points.
    pub coverage: Option<u16>,
}
