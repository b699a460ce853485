//! A row of the gap report, and its columns.

use crate::choice::Choice;
use crate::evaluate::{ControlStatus, GapKind, Responsibility, SharedGap};
use crate::library::{ActionType, Owner};
use crate::points::{Amount, Points};
use crate::profile::Risk;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

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

/// One gap: a control and a cause.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The tenant's id.
    pub tenant: String,
    /// The date of the figures.
    pub as_of: NaiveDate,
    /// The framework.
    pub framework: String,
    /// The group of the assessment.
    pub group: String,
    /// The control.
    pub control_id: String,
    /// Its title.
    pub control_title: String,
    /// What the control comes to.
    pub control_status: ControlStatus,
    /// Who carries it.
    pub responsibility: Option<Responsibility>,
    /// Which half is missing.
    pub shared_gap: Option<SharedGap>,
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
    /// The other controls that the action serves.
    pub also_affects: Vec<String>,
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
        let action = self.action.as_ref();
        [
            text(&self.tenant),
            date(Some(self.as_of)),
            text(&self.framework),
            text(&self.group),
            text(&self.control_id),
            text(&self.control_title),
            word(Some(self.control_status)),
            word(self.responsibility),
            word(self.shared_gap),
            word(Some(self.kind)),
            word(self.cause),
            word(self.risk),
            text(action.map_or("", |a| &a.id)),
            text(action.map_or("", |a| &a.title)),
            word(action.map(|a| a.owner)),
            word(action.map(|a| a.action_type)),
            text(self.assigned_to.as_deref().unwrap_or_default()),
            date(self.due_on),
            text(self.service_id.as_deref().unwrap_or_default()),
            text(self.evidence_id.as_deref().unwrap_or_default()),
            text(self.evidence_url.as_deref().unwrap_or_default()),
            date(self.valid_to),
            Cow::Owned(action.map(|a| a.points.get().to_string()).unwrap_or_default()),
            Cow::Owned(self.points_at_stake.to_string()),
            Cow::Owned(self.also_affects.join(";")),
            text(&self.next_step),
        ]
    }
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
