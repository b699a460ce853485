//! The answer as plain data: what falls with each thing, ranked.

use crate::choice::choice;
use crate::explain::{AssessmentName, Effect};
use crate::points::Sums;
use crate::result::Side;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};

/// The version of the JSON form.
pub const SCHEMA: u32 = 1;

choice! {
    /// What a result can rest on.
    pub enum SupportKind {
        /// An item of evidence, the profile's or the library's.
        Evidence = "evidence",
        /// A service: what is provided for it, as far as evidence names it.
        Service = "service",
        /// An action whose status others take over.
        Parent = "parent",
        /// Whom actions are assigned to, and with them the tests that a person made.
        Assignee = "assignee",
    }
}

choice! {
    /// Where an item of evidence is defined.
    pub enum Origin {
        /// In the profile.
        Profile = "profile",
        /// In the library.
        Library = "library",
    }
}

/// One thing that a result rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Support {
    /// What it is.
    pub kind: SupportKind,
    /// Its id; of an assignee the name.
    pub id: String,
    /// Of evidence, where it is defined: a profile may have an item with the id of one of the library.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Its title.
    pub title: String,
}

/// What a result rests on, at one date.
#[derive(Clone, Debug, Serialize)]
pub struct Weakpoints {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// The figures over all assessments, from which points fall.
    #[serde(serialize_with = "figures")]
    pub overall: Sums,
    /// How many things of each kind were looked at.
    pub examined: Vec<Examined>,
    /// The things with which something falls, by assured points, then achieved ones, then kind and id.
    pub items: Vec<Weakpoint>,
    /// Pairs of evidence either of which is enough where the other is lost.
    pub pairs: Vec<WeakPair>,
    /// Controls of which nothing would be proved without one single thing, by assessment and control.
    pub single_support: Vec<SingleSupport>,
    /// Evidence that stands under very many controls, the most first.
    pub shared: Vec<SharedEvidence>,
}

fn figures<S: Serializer>(figures: &Sums, serializer: S) -> Result<S::Ok, S::Error> {
    Side(*figures).serialize(serializer)
}

/// How many things of a kind there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Examined {
    /// The kind.
    pub kind: SupportKind,
    /// How many of it the result could rest on.
    pub count: usize,
}

/// One thing, and what falls with it alone.
#[derive(Clone, Debug, Serialize)]
pub struct Weakpoint {
    /// The thing.
    #[serde(flatten)]
    pub support: Support,
    /// What falls with it.
    #[serde(flatten)]
    pub fall: Fall,
}

/// What falls.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Fall {
    /// The points, over all assessments.
    #[serde(flatten)]
    pub effect: Effect,
    /// How many actions lose points.
    pub actions: usize,
    /// The controls that lose points, by assessment, in catalogue order.
    pub controls: Vec<FallingControl>,
}

impl Fall {
    /// The controls of which nothing is left.
    pub fn lost(&self) -> impl Iterator<Item = &FallingControl> {
        self.controls.iter().filter(|c| c.is_lost)
    }
}

/// A control that loses points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FallingControl {
    /// The assessment it stands in.
    #[serde(flatten)]
    pub assessment: AssessmentName,
    /// The control.
    pub id: String,
    /// What falls.
    #[serde(flatten)]
    pub effect: Effect,
    /// Whether something of it is proved, and nothing would be any more.
    pub is_lost: bool,
}

/// Two items of evidence with which together more falls than with each alone.
#[derive(Clone, Debug, Serialize)]
pub struct WeakPair {
    /// The two.
    pub items: [Support; 2],
    /// What falls with both.
    #[serde(flatten)]
    pub fall: Fall,
    /// How much more that is than what falls with the one and with the other.
    pub more: Effect,
}

/// A control of which nothing would be proved without one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SingleSupport {
    /// The assessment.
    #[serde(flatten)]
    pub assessment: AssessmentName,
    /// The control.
    pub control: String,
    /// What it rests on.
    pub item: Support,
}

/// Evidence that stands under many controls, whether or not something falls with it alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SharedEvidence {
    /// The item.
    pub item: Support,
    /// The assessment.
    #[serde(flatten)]
    pub assessment: AssessmentName,
    /// How many controls it proves something for.
    pub controls: usize,
    /// How many controls have anything proved.
    pub proved: usize,
}
