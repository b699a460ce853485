//! A plan as plain data: what to do in which order, what it gains, and how sure that is.

use super::options::{AssumedHours, Objective};
use super::reach::Unreachable;
use super::standing::Standing;
use super::work::WorkKind;
use crate::points::{Amount, Percent};
use chrono::NaiveDate;
use serde::{Serialize, Serializer};

/// A plan. Gains are in the objective's unit: points, or controls.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The day of the figures as they stand.
    pub as_of: NaiveDate,
    /// The day by which the work is done.
    pub by: NaiveDate,
    /// What it is to raise.
    pub objective: Objective,
    /// What gains are counted in.
    pub unit: &'static str,
    /// The percentage to reach.
    pub target: Option<Percent>,
    /// The hours for work that no assignee does.
    pub budget: Option<u32>,
    /// People with hours, and how many of them the plan takes.
    pub assignees: Vec<Load>,
    /// How things stand.
    pub now: Standing,
    /// How they stand on the last day if nothing is done.
    pub before: Standing,
    /// How they stand then if the plan is carried out.
    pub after: Standing,
    /// The work to do, in order.
    pub chosen: Vec<Step>,
    /// The hours it takes.
    pub hours: u64,
    /// What it gains.
    pub gain: Amount,
    /// Whether it is proved that nothing better exists.
    pub optimal: bool,
    /// What no plan can be better than.
    pub bound: Bound,
    /// The same budget, or target, by going down the list of open actions by points.
    pub baseline_by_points: Baseline,
    /// The most for each of some numbers of hours.
    pub frontier: Vec<FrontierPoint>,
    /// Why no plan reaches the target, if none does.
    pub unreachable: Option<Unreachable>,
    /// The open work that could gain something, chosen or not.
    pub open: Open,
    /// The hours taken where none were written down.
    pub assumed_hours: AssumedHours,
}

/// What no plan can be better than.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// None gains more within the hours there are.
    Gain(Amount),
    /// None reaches the target with fewer hours.
    Hours(u64),
}

/// A gain as a decimal string, hours as a number.
impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Gain(gain) => gain.serialize(serializer),
            Self::Hours(hours) => hours.serialize(serializer),
        }
    }
}

/// One piece of work of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The action, or for a renewal the item of evidence.
    pub action: String,
    /// What is done about it.
    pub kind: WorkKind,
    /// Its title.
    pub title: String,
    /// The group it is done for, if it is not for all.
    pub group: Option<String>,
    /// The hours it takes.
    pub hours: u32,
    /// Whether nobody wrote the hours down.
    pub assumed: bool,
    /// Who it is assigned to, or with `--assignee` whose hours it takes.
    pub assignee: Option<String>,
    /// What it adds to what the steps before it gained.
    pub gain: Amount,
    /// The percentage after it.
    pub percent: Option<Percent>,
    /// The actions of the plan that must be done before it.
    pub after: Vec<String>,
}

/// Somebody's hours.
#[derive(Clone, Debug, Serialize)]
pub struct Load {
    /// Who.
    pub name: String,
    /// The hours they have.
    pub hours: u32,
    /// The hours the plan takes.
    pub used: u64,
}

/// What going down the list by points comes to.
#[derive(Clone, Debug, Serialize)]
pub struct Baseline {
    /// The hours it takes.
    pub hours: u64,
    /// What it gains.
    pub gain: Amount,
    /// The percentage it reaches.
    pub percent: Option<Percent>,
    /// How many pieces of work it takes.
    pub pieces: usize,
}

/// The most that so many hours gain.
#[derive(Clone, Debug, Serialize)]
pub struct FrontierPoint {
    /// The hours there are.
    pub budget: u64,
    /// The hours it takes.
    pub hours: u64,
    /// What it gains.
    pub gain: Amount,
    /// The percentage it reaches.
    pub percent: Option<Percent>,
    /// Whether it is proved that nothing gains more.
    pub optimal: bool,
}

/// All open work that could gain something.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Open {
    /// How many pieces there are.
    pub pieces: usize,
    /// The hours they take together.
    pub hours: u64,
    /// How many of them have hours that nobody wrote down.
    pub assumed: usize,
}
