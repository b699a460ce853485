//! Implementation and test status, and which of them go together.
//!
//! The words and the rules are Compliance Manager's; `test_source` says who tested.

use crate::choice::choice;

choice! {
    /// How far an action has been put into practice.
    pub enum Implementation {
        /// Not yet.
        NotImplemented = "not-implemented",
        /// Meant to be.
        Planned = "planned",
        /// Done as recommended.
        Implemented = "implemented",
        /// Done in another way that meets the same end.
        Alternative = "alternative",
        /// Does not concern the organization.
        NotInScope = "not-in-scope",
    }
}

choice! {
    /// What a test of the action showed.
    pub enum Test {
        /// Not tested.
        None = "none",
        /// Under way.
        InProgress = "in-progress",
        /// Holds.
        Passed = "passed",
        /// Fails, with a low risk.
        FailedLow = "failed-low",
        /// Fails, with a medium risk.
        FailedMedium = "failed-medium",
        /// Fails, with a high risk.
        FailedHigh = "failed-high",
        /// An automatic check that holds in part.
        PartiallyTested = "partially-tested",
        /// Waits for the result of an automatic check.
        ToBeDetected = "to-be-detected",
        /// An automatic check could not tell.
        CouldNotBeDetected = "could-not-be-detected",
        /// Does not concern the organization.
        NotInScope = "not-in-scope",
    }
}

choice! {
    /// Who tested an action.
    pub enum TestSource {
        /// A person.
        Manual = "manual",
        /// A check that runs by itself.
        Automatic = "automatic",
        /// The status is another action's.
        Parent = "parent",
    }
}

choice! {
    /// Who tested a place of an action.
    pub enum PlaceSource {
        /// A person.
        Manual = "manual",
        /// A check that runs by itself.
        Automatic = "automatic",
    }
}

choice! {
    /// The risk that a failed test leaves; it changes no points.
    pub enum Risk {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
}

impl Implementation {
    /// Whether the work is done, one way or the other.
    #[must_use]
    pub fn is_done(self) -> bool {
        matches!(self, Self::Implemented | Self::Alternative)
    }

    /// The tests that may stand beside this implementation, for the message when another does.
    #[must_use]
    pub fn tests(self, source: PlaceSource) -> &'static str {
        match (self, source) {
            (Self::Implemented | Self::Alternative, _) => "any test",
            (Self::NotInScope, _) => "`not-in-scope` or no test at all",
            (_, PlaceSource::Manual) => "`none` or no test at all",
            (_, PlaceSource::Automatic) => "`none`, a failed one, `to-be-detected`, or `could-not-be-detected`",
        }
    }

    /// Whether `test`, if one is given, may stand beside this implementation.
    #[must_use]
    pub fn allows(self, test: Option<Test>, source: PlaceSource) -> bool {
        match (self, test) {
            (Self::Implemented | Self::Alternative, _) | (_, None) => true,
            (Self::NotInScope, Some(test)) => test == Test::NotInScope,
            (Self::NotImplemented | Self::Planned, Some(test)) => match test {
                Test::None => true,
                Test::ToBeDetected | Test::CouldNotBeDetected => source == PlaceSource::Automatic,
                _ => source == PlaceSource::Automatic && test.risk().is_some(),
            },
        }
    }
}

impl Test {
    /// The risk of a failed test; other tests have none.
    #[must_use]
    pub fn risk(self) -> Option<Risk> {
        match self {
            Self::FailedLow => Some(Risk::Low),
            Self::FailedMedium => Some(Risk::Medium),
            Self::FailedHigh => Some(Risk::High),
            _ => None,
        }
    }

    /// Whether nobody knows the result: the place is unassessed.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        matches!(self, Self::ToBeDetected | Self::CouldNotBeDetected)
    }
}
