//! A row of the gap report, and its columns.

use crate::choice::Choice;
use crate::evaluate::{ControlStatus, GapKind, Responsibility, SharedGap};
use crate::library::{ActionType, Owner};
use crate::points::{Amount, Points};
use crate::profile::Risk;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::sync::Arc;

/// The columns of the gap report, in order; the keys of a row in JSON.
pub const COLUMNS: [&str; 26] = [
    "tenant",
    "as_of",
    "framework",
    "group",
    "control_id",
    "control_title",
    "control_status",
    "responsibility",
    "shared_gap",
    "gap_kind",
    "cause",
    "risk",
    "action_id",
    "action_title",
    "action_owner",
    "action_type",
    "assigned_to",
    "due_on",
    "service_id",
    "evidence_id",
    "evidence_url",
    "valid_to",
    "points",
    "points_at_stake",
    "also_affects",
    "next_step",
];

/// One row of the gap report: a finding on a control.
///
/// A finding stands on every control that its action serves, so rows share what they have in common.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The assessment it belongs to.
    pub scope: Arc<GapScope>,
    /// The control.
    pub control: Arc<GapControl>,
    /// What is missing and why.
    pub finding: Arc<GapFinding>,
}

/// What all rows of an assessment have in common.
#[derive(Clone, Debug)]
pub struct GapScope {
    /// The tenant's id.
    pub tenant: String,
    /// The date of the figures.
    pub as_of: NaiveDate,
    /// The framework.
    pub framework: String,
    /// The group of the assessment.
    pub group: String,
}

/// The control of a row.
#[derive(Clone, Debug)]
pub struct GapControl {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it comes to.
    pub status: ControlStatus,
    /// Who carries it.
    pub responsibility: Option<Responsibility>,
    /// Which half is missing.
    pub shared_gap: Option<SharedGap>,
}

/// What is missing and why.
#[derive(Clone, Debug)]
pub struct GapFinding {
    /// Why it is reported.
    pub kind: GapKind,
    /// The kind it had before its risk was accepted.
    pub cause: Option<GapKind>,
    /// The risk of a failed test.
    pub risk: Option<Risk>,
    /// The action, where the gap is one action's.
    pub action: Option<GapAction>,
    /// Who works on it.
    pub assigned_to: Option<String>,
    /// The day it is due.
    pub due_on: Option<NaiveDate>,
    /// The service it is about.
    pub service_id: Option<String>,
    /// The evidence it is about.
    pub evidence_id: Option<String>,
    /// Where that evidence is.
    pub evidence_url: Option<String>,
    /// The last day on which it holds.
    pub valid_to: Option<NaiveDate>,
    /// What the action would still add to the assessment; nothing for evidence and advisory rows.
    pub points_at_stake: Amount,
    /// The controls that the action serves, none of them excluded.
    pub controls: Vec<Arc<GapControl>>,
    /// What to do about it.
    pub next_step: String,
}

/// The action of a gap.
#[derive(Clone, Debug)]
pub struct GapAction {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// What kind of work it is.
    pub action_type: ActionType,
    /// What it is worth.
    pub points: Points,
}

impl Gap {
    /// The cells in the order of [`COLUMNS`]; an absent value is an empty cell.
    #[must_use]
    pub fn cells(&self) -> [Cow<'_, str>; 26] {
        let (scope, control, finding) = (&*self.scope, &*self.control, &*self.finding);
        let action = finding.action.as_ref();
        [
            text(&scope.tenant),
            date(Some(scope.as_of)),
            text(&scope.framework),
            text(&scope.group),
            text(&control.id),
            text(&control.title),
            word(Some(control.status)),
            word(control.responsibility),
            word(control.shared_gap),
            word(Some(finding.kind)),
            word(finding.cause),
            word(finding.risk),
            text(action.map_or("", |a| &a.id)),
            text(action.map_or("", |a| &a.title)),
            word(action.map(|a| a.owner)),
            word(action.map(|a| a.action_type)),
            optional(finding.assigned_to.as_ref()),
            date(finding.due_on),
            optional(finding.service_id.as_ref()),
            optional(finding.evidence_id.as_ref()),
            optional(finding.evidence_url.as_ref()),
            date(finding.valid_to),
            Cow::Owned(action.map(|a| a.points.get().to_string()).unwrap_or_default()),
            Cow::Owned(finding.points_at_stake.to_string()),
            Cow::Owned(self.also_affects().collect::<Vec<_>>().join(";")),
            text(&finding.next_step),
        ]
    }

    /// The other controls that the action serves.
    pub fn also_affects(&self) -> impl Iterator<Item = &str> {
        let others = self.finding.controls.iter().filter(|c| !Arc::ptr_eq(c, &self.control));
        others.map(|c| c.id.as_str())
    }
}

fn optional(text: Option<&String>) -> Cow<'_, str> {
    Cow::Borrowed(text.map_or("", String::as_str))
}

fn text(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn word<T: Choice>(choice: Option<T>) -> Cow<'static, str> {
    Cow::Borrowed(choice.map_or("", Choice::word))
}

fn date(date: Option<NaiveDate>) -> Cow<'static, str> {
    Cow::Owned(date.map(|d| d.to_string()).unwrap_or_default())
}

impl Serialize for Gap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(COLUMNS.iter().zip(self.cells()))
    }
}
