//! Facts: what would have to become true for an open point to close, or stay closed.

use super::Location;
use crate::choice::choice;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;

choice! {
    /// What a fact would do.
    pub enum Goal {
        /// Earn points that are missing.
        Achieved = "achieved",
        /// Prove points that are earned, or will be.
        Assured = "assured",
        /// Bear out what the profile states of a control.
        Stated = "stated",
        /// Keep what is proved today.
        Kept = "kept",
    }
}

choice! {
    /// What has to become true.
    pub enum FactKind {
        /// The action stands in the profile, done, with a test and proof.
        Assess = "assess",
        /// The place is implemented, and a dated test of it has passed.
        Implement = "implement",
        /// A dated test of the place has passed.
        Test = "test",
        /// The check of the place holds for the rest too.
        Complete = "complete",
        /// The day of the place's own dates has come.
        Wait = "wait",
        /// The test is dated, and recent enough.
        Retest = "retest",
        /// A current item of evidence is linked.
        LinkEvidence = "link-evidence",
        /// A linked item of evidence is renewed.
        RenewEvidence = "renew-evidence",
        /// Current evidence names the service.
        Attest = "attest",
        /// The service is no longer used.
        DropService = "drop-service",
        /// The template maps an action to the control.
        MapControl = "map-control",
        /// The exclusion has a reason.
        Justify = "justify",
        /// The control is no longer claimed as inherited.
        DropClaim = "drop-claim",
    }
}

/// A fact that would close an open point, or keep a closed one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fact {
    /// What has to become true.
    pub kind: FactKind,
    /// What it would do.
    pub goal: Goal,
    /// The action whose entry in the profile has to say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The group of that entry, if it is one group's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The instance within that entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The item of evidence that held last, or holds longest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The last day on which the present proof held or holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The same in a sentence.
    pub text: String,
    /// Where the profile speaks of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Location>,
}

impl Fact {
    pub(super) fn new(kind: FactKind, goal: Goal, text: String) -> Self {
        Self {
            kind,
            goal,
            action: None,
            group: None,
            instance: None,
            service: None,
            evidence: None,
            until: None,
            text,
            place: None,
        }
    }
}

/// Each fact once, by goal; what has to be kept, by its day.
pub(super) fn settle(facts: &mut Vec<Fact>) {
    let mut seen = BTreeSet::new();
    facts.retain(|fact| seen.insert(fact.clone()));
    facts.sort_by_key(|fact| (fact.goal, fact.until.filter(|_| fact.goal == Goal::Kept)));
}
