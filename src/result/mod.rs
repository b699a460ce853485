//! The result: plain data, self-contained, the one thing every report is a view of.
//!
//! A [`TenantScore`] holds ids, titles and figures, so that it can be shown, kept and compared
//! without the library it came from. `describe` makes it from indices and figures; `gap` has the
//! rows of the gap report. Serialized, it is the JSON that other programs read.

mod describe;
mod gap;
mod next_step;

pub(crate) use describe::describe;
pub use gap::{COLUMNS, Gap, GapAction, GapControl, GapFinding, GapScope};

use crate::evaluate::{ControlStatus, Responsibility, SharedGap, Sides, TestStatus};
use crate::library::{ActionType, ControlKind, Owner};
use crate::points::{Amount, Percent, Points, Sums};
use chrono::NaiveDate;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The version of the JSON form.
pub const SCHEMA: u32 = 1;

/// What a tenant comes to on a date.
#[derive(Clone, Debug, Serialize)]
pub struct TenantScore {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// The figures over all assessments.
    pub overall: Figures,
    /// What the assurance comes to if nothing is renewed.
    pub outlook: Outlook,
    /// The assessments, by template, then group.
    pub assessments: Vec<Assessment>,
}

/// The assurance at the end of the days for which lapsing evidence is reported, if nobody renews
/// evidence or tests until then.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Outlook {
    /// The day it is for.
    pub by: NaiveDate,
    /// The points whose proof is still current then.
    pub assured: Amount,
    /// Of the points possible then.
    pub assurance_percent: Option<Percent>,
}

/// What an assessment comes to.
#[derive(Clone, Debug, Serialize)]
pub struct Assessment {
    /// The template.
    pub template: String,
    /// Its title.
    pub title: String,
    /// The framework.
    pub framework: String,
    /// The group.
    pub group: String,
    /// The score to reach.
    pub target: Option<Percent>,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// What the assurance comes to if nothing is renewed.
    pub outlook: Outlook,
    /// The topmost headings of the framework, each with the figures of its controls' actions.
    pub domains: Vec<Domain>,
    /// The controls in catalogue order.
    pub controls: Vec<ControlScore>,
    /// The actions of the template in id order.
    pub actions: Vec<ActionScore>,
    /// The gap rows in canonical order.
    pub gaps: Vec<Gap>,
}

impl Assessment {
    /// Each finding of the gap report once, on the first of its controls, in the order of the report.
    #[must_use]
    pub fn findings(&self) -> Vec<&Gap> {
        let mut seen = BTreeSet::new();
        // Rows of one finding share it.
        self.gaps.iter().filter(|gap| seen.insert(Arc::as_ptr(&gap.finding).addr())).collect()
    }
}

/// The five figures, in all and on each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Both sides together.
    pub total: Sums,
    /// The customer's actions.
    pub customer: Sums,
    /// The provider's actions.
    pub provider: Sums,
}

impl From<Sides> for Figures {
    fn from(sides: Sides) -> Self {
        Self { total: sides.total(), customer: sides.customer, provider: sides.provider }
    }
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        sums(&mut map, &self.total)?;
        map.serialize_entry("assurance_percent", &self.total.assurance_percent())?;
        map.serialize_entry("customer", &Side(self.customer))?;
        map.serialize_entry("provider", &Side(self.provider))?;
        map.end()
    }
}

/// The figures of one side.
pub(crate) struct Side(pub(crate) Sums);

impl Serialize for Side {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        sums(&mut map, &self.0)?;
        map.end()
    }
}

fn sums<M: SerializeMap>(map: &mut M, sums: &Sums) -> Result<(), M::Error> {
    map.serialize_entry("achieved", &sums.achieved)?;
    map.serialize_entry("possible", &sums.possible.whole_points())?;
    map.serialize_entry("assured", &sums.assured)?;
    map.serialize_entry("unassessed", &sums.unassessed)?;
    map.serialize_entry("percent", &sums.percent())
}

/// What a domain comes to. An action that serves several domains counts in each of them, so the
/// domains of an assessment sum to more than the assessment.
#[derive(Clone, Debug, Serialize)]
pub struct Domain {
    /// The id of the heading.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many controls are covered.
    pub covered: usize,
    /// How many controls are not excluded.
    pub controls: usize,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What a control comes to.
#[derive(Clone, Debug)]
pub struct ControlScore {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Clause or Annex A.
    pub kind: ControlKind,
    /// What it comes to.
    pub status: ControlStatus,
    /// How its tests roll up.
    pub test_status: TestStatus,
    /// The share of its points that is earned, in basis points.
    pub coverage: Option<u16>,
    /// Who carries it.
    pub responsibility: Option<Responsibility>,
    /// Which half is missing.
    pub shared_gap: Option<SharedGap>,
    /// The figures.
    pub figures: Figures,
}

impl Serialize for ControlScore {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("kind", &self.kind)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("test_status", &self.test_status)?;
        map.serialize_entry("coverage", &self.coverage)?;
        map.serialize_entry("responsibility", &self.responsibility)?;
        map.serialize_entry("shared_gap", &self.shared_gap)?;
        map.serialize_entry("customer", &Side(self.figures.customer))?;
        map.serialize_entry("provider", &Side(self.figures.provider))?;
        map.end()
    }
}

/// What an action comes to in an assessment.
#[derive(Clone, Debug, Serialize)]
pub struct ActionScore {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// What kind of work it is.
    #[serde(rename = "type")]
    pub action_type: ActionType,
    /// What it is worth.
    pub points: Points,
    /// What it earns.
    pub basis_points: u16,
    /// What of that an auditor could see.
    pub assured_basis_points: u16,
    /// What nobody has assessed.
    pub unassessed_basis_points: u16,
    /// Whether it stands in the denominator.
    pub in_scope: bool,
    /// Whether it concerns this tenant.
    pub applicable: bool,
}
