//! Progress: plain data, self-contained. Serialized, it is the JSON that other programs read.

use crate::change::{AmountChange, PercentChange};
use crate::choice::choice;
use crate::compare::{Attribution, Cause, Change, ControlState, StateFigures};
use crate::library::Owner;
use crate::points::{Amount, Percent};
use crate::result::Outlook;
use crate::snapshot::ListedSnapshot;
use chrono::NaiveDate;
use serde::Serialize;

/// What became of a tenant over a span.
#[derive(Clone, Debug, Serialize)]
pub struct Progress {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The date from which on it was asked for.
    pub since: NaiveDate,
    /// The state at the start.
    pub from: StateFigures,
    /// The state at the end.
    pub to: StateFigures,
    /// From the one to the other.
    pub change: Change,
    /// How the assurance moved; nothing where one of the states has none.
    pub assurance_percent: Option<PercentChange>,
    /// Why: each column sums to that of `change`.
    pub causes: Vec<Attribution>,
    /// What got better.
    pub better: Moved,
    /// What got worse.
    pub worse: Moved,
    /// For how many days ahead `lapses` looks.
    pub expiring_within: u32,
    /// What ends within these days if nobody renews it, by date.
    pub lapses: Vec<Lapse>,
    /// What the assurance comes to then.
    pub outlook: Outlook,
    /// What each of those named in the profile did, the most points first.
    pub team: Vec<TeamMember>,
    /// How fast it went; nothing if both states are of one date.
    pub pace: Option<Pace>,
    /// The targets, and when they are met at that pace.
    pub targets: Vec<Aim>,
    /// The snapshots between the two states, by date.
    pub between: Vec<ListedSnapshot>,
}

/// What moved in one direction, the most points first.
#[derive(Clone, Debug, Serialize)]
pub struct Moved {
    /// The actions.
    pub actions: Vec<ActionMoved>,
    /// The controls.
    pub controls: Vec<ControlMoved>,
}

/// An action whose figures moved.
#[derive(Clone, Debug, Serialize)]
pub struct ActionMoved {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who does it; nothing if the later library lacks it.
    pub owner: Option<Owner>,
    /// Who works on it by the later profile, each once; several where its groups name several.
    pub assigned_to: Vec<String>,
    /// Why its figures moved.
    pub causes: Vec<Cause>,
    /// Points earned.
    pub achieved: AmountChange,
    /// Points whose proof is current.
    pub assured: AmountChange,
}

/// A control that moved.
#[derive(Clone, Debug, Serialize)]
pub struct ControlMoved {
    /// The framework.
    pub framework: String,
    /// The groups whose assessments say the same of it.
    pub groups: Vec<String>,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stood.
    pub from: ControlState,
    /// Where it stands.
    pub to: ControlState,
    /// Points earned by its actions.
    pub achieved: AmountChange,
}

choice! {
    /// What ends.
    pub enum LapseKind {
        /// An item of evidence holds no longer.
        Evidence = "evidence",
        /// Tests are too old, all those of a day together.
        Test = "test",
        /// A risk is accepted no longer.
        RiskAcceptance = "risk-acceptance",
    }
}

/// Something that ends soon.
#[derive(Clone, Debug, Serialize)]
pub struct Lapse {
    /// The last day on which it holds.
    pub last_day: NaiveDate,
    /// What it is.
    pub kind: LapseKind,
    /// The id of the evidence, or of the action whose risk is accepted; tests have none.
    pub id: Option<String>,
    /// The actions that rest on it.
    pub actions: Vec<String>,
    /// The controls that these serve.
    pub controls: Vec<String>,
    /// The points assured today that rest on it, at least in part; of an accepted risk, those at stake.
    pub points: Amount,
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamMember {
    /// Who; several who share an action are named together, and nobody where the profile names none.
    pub assigned_to: Vec<String>,
    /// How many actions moved up by work or by being assessed.
    pub actions: usize,
    /// The points gained by that.
    pub points: AmountChange,
    /// The points of proof gained by renewed tests and evidence.
    pub renewed: AmountChange,
}

/// How fast it went.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Pace {
    /// Over how many days.
    pub days: u32,
    /// The points gained or lost in them other than by scope, the library, or assessments that came or went.
    pub points: AmountChange,
    /// The same per 30 days, rounded half away from nought.
    pub points_per_30_days: AmountChange,
    /// The score per 30 days, whatever moved it, rounded the same way.
    pub percent_per_30_days: Option<PercentChange>,
    /// The points of proof lost by lapses.
    pub lapsed: AmountChange,
    /// The same per 30 days.
    pub lapsed_per_30_days: AmountChange,
    /// The points of proof gained by renewals.
    pub renewed: AmountChange,
}

/// A target.
#[derive(Clone, Debug, Serialize)]
pub struct Aim {
    /// The assessment it is for; overall without one.
    pub assessment: Option<Aimed>,
    /// The score to reach.
    pub target: Percent,
    /// The points that are missing.
    pub missing: Amount,
    /// When it is met.
    #[serde(flatten)]
    pub prospect: Prospect,
}

/// The assessment that has a target.
#[derive(Clone, Debug, Serialize)]
pub struct Aimed {
    /// The template.
    pub template: String,
    /// Its title.
    pub title: String,
    /// The group.
    pub group: String,
}

/// When a target is met if the pace holds and the denominator stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "prospect", rename_all = "kebab-case")]
pub enum Prospect {
    /// It is met already.
    Met,
    /// By this date.
    Expected {
        /// The first day on which it is.
        on: NaiveDate,
    },
    /// Not within a hundred years.
    Distant,
    /// Never, for nothing was gained.
    Standstill,
    /// Never, for points were lost.
    Falling,
    /// There is no pace, for both states are of one date.
    OneDate,
    /// There is no pace, for what counts is not what counted.
    Unlike,
    /// There is no score.
    NoScore,
}
