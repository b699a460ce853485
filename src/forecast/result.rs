//! A forecast as plain data: steps, what happens on each, and when a threshold is missed.

use crate::change::AmountChange;
use crate::choice::choice;
use crate::library::Owner;
use crate::points::{Amount, Percent, Sums};
use chrono::NaiveDate;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// For which dates a forecast is made, and below which percentages it says so.
#[derive(Clone, Copy, Debug)]
pub struct ForecastOptions {
    /// The first date.
    pub from: NaiveDate,
    /// The last date.
    pub until: NaiveDate,
    /// The percentage that score and assurance are held against, in place of the profile's targets.
    pub target: Option<Percent>,
    /// The same for the score alone.
    pub floor: Option<Percent>,
    /// The same for the assurance alone.
    pub floor_assurance: Option<Percent>,
}

/// What a tenant comes to from one date to another.
#[derive(Clone, Debug, Serialize)]
pub struct Forecast {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The first date.
    pub from: NaiveDate,
    /// The last date.
    pub until: NaiveDate,
    /// What score and assurance over all assessments are held against.
    pub thresholds: Thresholds,
    /// What it comes to if nobody does anything.
    #[serde(flatten)]
    pub line: ForecastLine,
    /// What it comes to if each open action is done on the day it is due; nothing if none is due.
    pub planned: Option<ForecastLine>,
    /// The open actions due in these dates, which `planned` counts as done.
    pub due: Vec<Due>,
    /// The open actions that were due before, which nothing counts as done.
    pub overdue: Vec<Due>,
}

/// The percentages below which a date is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Thresholds {
    /// For the score.
    pub score: Option<Percent>,
    /// For the assurance.
    pub assurance: Option<Percent>,
}

/// A step function of the date.
#[derive(Clone, Debug, Serialize)]
pub struct ForecastLine {
    /// The steps by date; each holds until the day before the next.
    pub steps: Vec<Step>,
    /// When a threshold is missed, over all assessments.
    pub below: Below,
    /// The same for each assessment.
    pub assessments: Vec<AssessmentForecast>,
}

/// The first dates on which a percentage is below its threshold, or there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Below {
    /// The score's.
    pub score: Option<NaiveDate>,
    /// The assurance's.
    pub assurance: Option<NaiveDate>,
}

/// When an assessment misses its thresholds.
#[derive(Clone, Debug, Serialize)]
pub struct AssessmentForecast {
    /// The template.
    pub template: String,
    /// Its title.
    pub title: String,
    /// The group.
    pub group: String,
    /// What its score and assurance are held against.
    pub thresholds: Thresholds,
    /// When they are missed.
    pub below: Below,
}

/// What holds from a date on.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The date.
    pub from: NaiveDate,
    /// The figures over all assessments.
    #[serde(flatten, serialize_with = "figures")]
    pub sums: Sums,
    /// The figures of each assessment.
    pub assessments: Vec<AssessmentLevel>,
    /// What happens on the date.
    pub events: Vec<Event>,
}

/// What an assessment comes to in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssessmentLevel {
    /// The template.
    pub template: String,
    /// The group.
    pub group: String,
    /// The figures.
    #[serde(flatten, serialize_with = "figures")]
    pub sums: Sums,
}

/// Serializes the figures as the score does.
fn figures<S: Serializer>(sums: &Sums, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("achieved", &sums.achieved)?;
    map.serialize_entry("possible", &sums.possible.whole_points())?;
    map.serialize_entry("assured", &sums.assured)?;
    map.serialize_entry("unassessed", &sums.unassessed)?;
    map.serialize_entry("percent", &sums.percent())?;
    map.serialize_entry("assurance_percent", &sums.assurance_percent())?;
    map.end()
}

choice! {
    /// What can happen on a date.
    pub enum EventKind {
        /// Evidence held until the day before.
        EvidenceLapsed = "evidence-lapsed",
        /// Evidence of the library, which names no end, has not been seen for a review cycle.
        AuditCycleEnded = "audit-cycle-ended",
        /// A test is too old.
        TestLapsed = "test-lapsed",
        /// A risk was accepted until the day before.
        AcceptanceLapsed = "acceptance-lapsed",
        /// A service is closed.
        ServiceRetired = "service-retired",
        /// Evidence begins to hold.
        EvidenceStarts = "evidence-starts",
        /// Evidence begins to name a service.
        ServiceNamed = "service-named",
        /// A status dated to come begins to count.
        StatusBegins = "status-begins",
        /// An open action is done on the day it is due.
        ActionDone = "action-done",
    }
}

impl EventKind {
    /// Whether something ends that somebody may renew or replace.
    #[must_use]
    pub fn is_end(self) -> bool {
        matches!(
            self,
            Self::EvidenceLapsed
                | Self::AuditCycleEnded
                | Self::TestLapsed
                | Self::AcceptanceLapsed
                | Self::ServiceRetired
        )
    }
}

/// Something that happens on the date of a step.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// What happens.
    pub kind: EventKind,
    /// The id of the evidence, action or service.
    pub id: String,
    /// By how much the actions it touches change that day, over all assessments: in points earned if
    /// those change, else in points assured.
    pub points: AmountChange,
    /// The controls of the actions that rest on it, not those excluded.
    pub controls: Vec<String>,
    /// Its title or name.
    pub title: String,
    /// Who renews it.
    pub owner: Owner,
    /// The group of the action's status.
    pub group: Option<String>,
    /// The places of the action it concerns, where they have names.
    pub places: Vec<String>,
    /// Who works on the action.
    pub assigned_to: Option<String>,
    /// The points of those actions that rest on it: what is lost with it, or was lost before by
    /// another lapse; of an accepted risk, those still to be earned.
    pub at_stake: Amount,
    /// The change in points earned.
    pub achieved: AmountChange,
    /// The change in points possible.
    pub possible: AmountChange,
    /// The change in points assured.
    pub assured: AmountChange,
    /// The change in points unassessed.
    pub unassessed: AmountChange,
}

impl Event {
    /// Whether some figure of the actions it touches changes over all assessments.
    #[must_use]
    pub fn moves(&self) -> bool {
        [self.achieved, self.possible, self.assured, self.unassessed].iter().any(|change| change.units() != 0)
    }
}

/// An open action with the day it is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The day.
    pub due_on: NaiveDate,
    /// The action.
    pub action: String,
    /// Its title.
    pub title: String,
    /// The group of its status.
    pub group: Option<String>,
    /// Who works on it.
    pub assigned_to: Option<String>,
}
