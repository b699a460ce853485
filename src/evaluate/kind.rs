//! The kinds of gaps: a closed set.

use crate::choice::choice;

choice! {
    /// Why something is reported.
    pub enum GapKind {
        /// A customer action that the profile does not list.
        NotAssessed = "not-assessed",
        /// A customer action that is not implemented.
        NotImplemented = "not-implemented",
        /// A customer action that is planned.
        Planned = "planned",
        /// A failed test.
        TestFailed = "test-failed",
        /// Implemented, and the test not finished.
        Untested = "untested",
        /// An automatic check that holds in part.
        Partial = "partial",
        /// A service in scope that no evidence names.
        ProviderUnattested = "provider-unattested",
        /// A service that the provider does not list in scope.
        ServiceNotCertified = "service-not-certified",
        /// Earned, and no evidence to show.
        EvidenceMissing = "evidence-missing",
        /// Earned, and the evidence has lapsed.
        EvidenceExpired = "evidence-expired",
        /// Evidence that will lapse soon.
        EvidenceExpiring = "evidence-expiring",
        /// Earned, and the test is too old.
        TestStale = "test-stale",
        /// Two statuses of an action contradict each other, and the lower one counts.
        ConflictingStatus = "conflicting-status",
        /// A control that no action serves.
        UnmappedControl = "unmapped-control",
        /// A claim of inheritance that does not hold.
        InheritanceUnsupported = "inheritance-unsupported",
        /// An exclusion without a reason.
        ExclusionUnjustified = "exclusion-unjustified",
        /// A gap that the risk owner accepts for a time.
        RiskAccepted = "risk-accepted",
    }
}

impl GapKind {
    /// Whether rows of this kind stand for points still to be earned, so that they carry them.
    #[must_use]
    pub fn carries_points(self) -> bool {
        matches!(
            self,
            Self::NotAssessed
                | Self::NotImplemented
                | Self::Planned
                | Self::TestFailed
                | Self::Untested
                | Self::Partial
                | Self::ProviderUnattested
                | Self::ServiceNotCertified
        )
    }
}
