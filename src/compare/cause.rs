//! Why a figure changed: the closed set of causes.

use crate::choice::choice;

choice! {
    /// Why a figure changed.
    pub enum Cause {
        /// An action earns more than before.
        WorkDone = "work-done",
        /// An action earns less than before.
        WorkUndone = "work-undone",
        /// What nobody had assessed was, or the other way about.
        NewlyAssessed = "newly-assessed",
        /// Evidence or tests lapsed, were renewed, or came.
        Currency = "currency",
        /// Services, exclusions, and what is out of scope.
        Scope = "scope",
        /// The library: templates, points, services, the provider's evidence.
        Template = "template",
        /// Assessments added or removed, with what only they count.
        NewAssessments = "new-assessments",
    }
}

impl Cause {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::WorkDone,
        Self::WorkUndone,
        Self::NewlyAssessed,
        Self::Currency,
        Self::Scope,
        Self::Template,
        Self::NewAssessments,
    ];

    /// The cause of the way back.
    pub(super) fn back(self) -> Self {
        match self {
            Self::WorkDone => Self::WorkUndone,
            Self::WorkUndone => Self::WorkDone,
            other => other,
        }
    }
}
