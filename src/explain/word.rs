//! The words for what a node of the tree is, and how it stands.

use crate::choice::choice;
use crate::evaluate::ControlStatus;

choice! {
    /// What a node of the tree is.
    pub enum NodeKind {
        /// The score over all assessments.
        Score = "score",
        /// An assessment.
        Assessment = "assessment",
        /// One side of what stands above it.
        Side = "side",
        /// A topmost heading of a framework.
        Domain = "domain",
        /// What the nodes beside it count more than once: taken off, they sum to the node above.
        CountedAgain = "counted-again",
        /// A control.
        Control = "control",
        /// An improvement action.
        Action = "action",
        /// A place of an action.
        Place = "place",
        /// A service.
        Service = "service",
        /// An item of evidence.
        Evidence = "evidence",
    }
}

choice! {
    /// How it stands with a node.
    pub enum State {
        /// All its points are earned.
        Covered = "covered",
        /// Some are.
        Partial = "partial",
        /// None are.
        Gap = "gap",
        /// Nobody has said how it stands.
        NotAssessed = "not-assessed",
        /// A control declared not applicable, or an action that serves no other.
        Excluded = "excluded",
        /// No action that applies is mapped to it.
        Unmapped = "unmapped",
        /// Out of scope.
        NotInScope = "not-in-scope",
        /// It concerns no service that the tenant uses.
        NotApplicable = "not-applicable",
        /// The profile does not use it.
        NotUsed = "not-used",
        /// Evidence names the service.
        Attested = "attested",
        /// No evidence names the service.
        Unattested = "unattested",
        /// The service is closed.
        Retired = "retired",
        /// The service is of a vendor that the library does not know.
        External = "external",
        /// The evidence holds.
        Current = "current",
        /// The evidence held until a day that has passed.
        Lapsed = "lapsed",
        /// The evidence holds from a day to come.
        NotYet = "not-yet",
    }
}

impl From<ControlStatus> for State {
    fn from(status: ControlStatus) -> Self {
        match status {
            ControlStatus::Excluded => Self::Excluded,
            ControlStatus::Unmapped => Self::Unmapped,
            ControlStatus::NotInScope => Self::NotInScope,
            ControlStatus::Covered => Self::Covered,
            ControlStatus::Partial => Self::Partial,
            ControlStatus::Gap => Self::Gap,
        }
    }
}
