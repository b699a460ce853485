//! The vocabulary of annexa's own properties: their namespace and their names.
//!
//! OSCAL lets every tool add properties in a namespace of its own. What the models have no place for
//! stands there, so that a document that annexa wrote can be read back: the catalogue whole, and the
//! statuses of actions. A value is one line without blanks at its ends, as OSCAL wants it; a text that is
//! not stands whole in the property's `remarks`, which then count in place of the value.

/// The namespace of every property named here.
pub const NAMESPACE: &str = "https://annexa.dev/ns/oscal";

/// The version of OSCAL that is written.
pub(crate) const OSCAL_VERSION: &str = "1.1.3";

/// The one property of OSCAL's own namespace that is used: an id as its source writes it, on groups and controls.
pub(crate) const LABEL: &str = "label";

/// What a document is about, in its metadata.
pub(crate) mod about {
    /// The id of the framework: every document.
    pub(crate) const FRAMEWORK: &str = "framework";
    /// The id of the template.
    pub(crate) const TEMPLATE: &str = "template";
    /// The tenant's id.
    pub(crate) const TENANT: &str = "tenant";
    /// The group of the assessment.
    pub(crate) const GROUP: &str = "assessment-group";
    /// The date of every figure.
    pub(crate) const AS_OF: &str = "as-of";
}

/// A catalogue: the head in the metadata, the rest on groups and controls. The ISO/IEC 27002 attributes
/// are properties of the names that `controls/` has for them, one for each value.
pub(crate) mod catalog {
    /// The edition: metadata.
    pub(crate) const EDITION: &str = "edition";
    /// Who publishes it: metadata.
    pub(crate) const PUBLISHER: &str = "publisher";
    /// `current` or `withdrawn`: metadata.
    pub(crate) const STATUS: &str = "framework-status";
    /// The edition that replaced it: metadata.
    pub(crate) const SUPERSEDED_BY: &str = "superseded-by";
    /// The day it ended: metadata.
    pub(crate) const WITHDRAWN_ON: &str = "withdrawn-on";
    /// The title in the language that `class` names: metadata, groups and controls.
    pub(crate) const NAME: &str = "name";
    /// The position in the file, from 1: groups among groups, controls among controls.
    pub(crate) const POSITION: &str = "position";
    /// The group above, where there is one: groups, for they are not nested without end.
    pub(crate) const PARENT: &str = "parent";
    /// `true` where the edition before had nothing like it: controls.
    pub(crate) const NEW: &str = "new";
    /// What a reader should know: controls.
    pub(crate) const NOTE: &str = "note";
    // The kind of a control is its `class`: `clause`, `annex-a` or `control`.
}

/// The status of an action in one place. Together on an observation of assessment results, and under one
/// `group` of properties on the component `this-system` of a system security plan.
pub(crate) mod status {
    /// The id of the action.
    pub(crate) const ACTION: &str = "action";
    /// The group that the status is for; absent where it is for every group.
    pub(crate) const GROUP: &str = "status-group";
    /// The action whose status holds; then there is neither place nor status of its own.
    pub(crate) const PARENT: &str = "parent";
    /// The name of the instance; absent for the action as a whole.
    pub(crate) const PLACE: &str = "place";
    /// How far it has been put into practice, in the word of a profile.
    pub(crate) const IMPLEMENTATION: &str = "implementation";
    /// What a test of it showed, in the word of a profile.
    pub(crate) const TEST: &str = "test";
    /// Who tested: `manual` or `automatic`.
    pub(crate) const TEST_SOURCE: &str = "test-source";
    /// The day it was done.
    pub(crate) const IMPLEMENTED_ON: &str = "implemented-on";
    /// The day it was tested.
    pub(crate) const TESTED_ON: &str = "tested-on";
    /// How much of an automatic check holds, as a decimal such as `0.7500`.
    pub(crate) const FRACTION: &str = "fraction";
    /// The id of a linked item of evidence; one for each.
    pub(crate) const EVIDENCE: &str = "evidence";
    /// Who works on the action.
    pub(crate) const ASSIGNED_TO: &str = "assigned-to";
    /// The day it is due.
    pub(crate) const DUE_ON: &str = "due-on";
    /// Anything a reader should know.
    pub(crate) const NOTES: &str = "notes";
}

/// What a control comes to, on implemented requirements and findings; its id stands beside it as its
/// source writes it.
pub(crate) mod control {
    /// The id of the control.
    pub(crate) const CONTROL: &str = "control";
    /// `covered`, `partial`, `gap`, `excluded`, `unmapped` or `not-in-scope`.
    pub(crate) const STATUS: &str = "control-status";
    /// How its tests roll up.
    pub(crate) const TEST_STATUS: &str = "test-status";
    /// The share of its points that is earned, in basis points.
    pub(crate) const COVERAGE: &str = "coverage-basis-points";
    /// `customer`, `provider` or `shared`.
    pub(crate) const RESPONSIBILITY: &str = "carried-by";
    /// Which half is missing.
    pub(crate) const SHARED_GAP: &str = "shared-gap";
    /// The points earned.
    pub(crate) const ACHIEVED: &str = "points-achieved";
    /// The points there are.
    pub(crate) const POSSIBLE: &str = "points-possible";
    /// The points whose proof is current.
    pub(crate) const ASSURED: &str = "points-assured";
    /// The points that nobody has assessed.
    pub(crate) const UNASSESSED: &str = "points-unassessed";
    /// Why it is not applicable, in the words of the profile.
    pub(crate) const JUSTIFICATION: &str = "justification";
    /// `true` where the profile claims that the provider carries it alone.
    pub(crate) const CLAIMED_INHERITED: &str = "claimed-inherited";
}

/// Services and what is shared with their provider.
pub(crate) mod service {
    /// The id of the service, on its component.
    pub(crate) const SERVICE: &str = "service";
    /// The id of its provider.
    pub(crate) const PROVIDER: &str = "provider";
    /// The cloud it runs in.
    pub(crate) const ENVIRONMENT: &str = "environment";
    /// How it stands: `attested`, `unattested`, `retired` or `external`.
    pub(crate) const STATE: &str = "service-state";
    /// The id of a provider's action that the service brings along.
    pub(crate) const PROVIDED: &str = "provided";
    /// The id of a customer's action that the service leaves to its customer.
    pub(crate) const RESPONSIBILITY: &str = "responsibility";
}

/// Items of evidence, on resources of the back matter.
pub(crate) mod evidence {
    /// The id of the item.
    pub(crate) const EVIDENCE: &str = "evidence";
    /// Where it is defined: `profile` or `library`.
    pub(crate) const ORIGIN: &str = "origin";
    /// What it is.
    pub(crate) const KIND: &str = "evidence-kind";
    /// The number of the certificate or report.
    pub(crate) const REFERENCE: &str = "reference";
    /// The day from which it holds.
    pub(crate) const VALID_FROM: &str = "valid-from";
    /// The last day on which it holds.
    pub(crate) const VALID_TO: &str = "valid-to";
}

/// Gaps and accepted risks, on items of a plan of action and on risks. The action, who works on it and
/// the day it is due are named as in `status`.
pub(crate) mod gap {
    /// The kind of the gap.
    pub(crate) const KIND: &str = "gap-kind";
    /// The kind it had before its risk was accepted.
    pub(crate) const CAUSE: &str = "cause";
    /// The risk of a failed test: `low`, `medium` or `high`.
    pub(crate) const RISK: &str = "risk";
    /// What closing it would still add to the assessment.
    pub(crate) const AT_STAKE: &str = "points-at-stake";
    /// Who accepted the risk.
    pub(crate) const ACCEPTED_BY: &str = "accepted-by";
    /// The last day on which it is accepted.
    pub(crate) const ACCEPTED_UNTIL: &str = "accepted-until";
    /// Why.
    pub(crate) const RATIONALE: &str = "rationale";
}
