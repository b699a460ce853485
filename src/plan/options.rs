//! What is asked of a plan: what counts, by when, within which hours, and what is assumed of work.

use crate::choice::choice;
use crate::library::ActionType;
use crate::points::Percent;
use chrono::NaiveDate;
use serde::Serialize;

choice! {
    /// What a plan is to raise.
    pub enum Objective {
        /// The points earned.
        Score = "score",
        /// The points whose proof is current.
        Assurance = "assurance",
        /// The number of controls that are covered.
        Controls = "controls",
    }
}

choice! {
    /// Work whose hours nobody may have written down.
    pub enum WorkType {
        /// A technical action.
        Technical = "technical",
        /// A documentation action.
        Documentation = "documentation",
        /// An operational action.
        Operational = "operational",
        /// A newer edition of a provider's evidence.
        ProviderEvidence = "provider-evidence",
    }
}

impl From<ActionType> for WorkType {
    fn from(action: ActionType) -> Self {
        match action {
            ActionType::Technical => Self::Technical,
            ActionType::Documentation => Self::Documentation,
            ActionType::Operational => Self::Operational,
        }
    }
}

/// A test repeated, or evidence gathered or renewed, takes this part of an action's hours.
pub const SHARE_OF_RENEWAL: u32 = 4;

/// The hours taken for work where none are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AssumedHours {
    /// Technical actions.
    pub technical: u32,
    /// Documentation actions.
    pub documentation: u32,
    /// Operational actions.
    pub operational: u32,
    /// Newer editions of a provider's evidence.
    #[serde(rename = "provider-evidence")]
    pub provider_evidence: u32,
}

/// The medians of the built-in library, and two hours to fetch and file a report.
impl Default for AssumedHours {
    fn default() -> Self {
        Self { technical: 8, documentation: 16, operational: 16, provider_evidence: 2 }
    }
}

impl AssumedHours {
    /// The hours of a type of work.
    #[must_use]
    pub fn of(&self, work: WorkType) -> u32 {
        match work {
            WorkType::Technical => self.technical,
            WorkType::Documentation => self.documentation,
            WorkType::Operational => self.operational,
            WorkType::ProviderEvidence => self.provider_evidence,
        }
    }

    /// The same with other hours for one type.
    #[must_use]
    pub fn with(mut self, work: WorkType, hours: u32) -> Self {
        match work {
            WorkType::Technical => self.technical = hours,
            WorkType::Documentation => self.documentation = hours,
            WorkType::Operational => self.operational = hours,
            WorkType::ProviderEvidence => self.provider_evidence = hours,
        }
        self
    }
}

/// Somebody with so many hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assignee {
    /// As `assigned_to` of an action names them.
    pub name: String,
    /// The hours they have.
    pub hours: u32,
}

/// What is asked of a plan.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    /// What it is to raise.
    pub objective: Objective,
    /// The day of the figures as they stand.
    pub as_of: NaiveDate,
    /// The day by which the work is done, and of the figures after it.
    pub by: NaiveDate,
    /// The percentage to reach with the fewest hours; without it, the most is sought.
    pub target: Option<Percent>,
    /// The hours for work that no assignee does.
    pub budget: Option<u32>,
    /// The hours of people, each named once.
    pub assignees: Vec<Assignee>,
    /// The hours taken where none are written down.
    pub assumed: AssumedHours,
    /// How many nodes of its tree the search for one optimum may visit.
    pub node_limit: u64,
    /// Over how many equal steps of hours the frontier goes; none leaves it out.
    pub frontier: u32,
}

impl PlanOptions {
    /// How many nodes are visited unless told otherwise.
    pub const NODE_LIMIT: u64 = 20_000;
    /// Over how many steps the frontier goes unless told otherwise.
    pub const FRONTIER: u32 = 10;

    /// The most of the score on a day, without a limit.
    #[must_use]
    pub fn new(as_of: NaiveDate) -> Self {
        Self {
            objective: Objective::Score,
            as_of,
            by: as_of,
            target: None,
            budget: None,
            assignees: Vec::new(),
            assumed: AssumedHours::default(),
            node_limit: Self::NODE_LIMIT,
            frontier: Self::FRONTIER,
        }
    }
}
