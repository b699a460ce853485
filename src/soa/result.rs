//! A Statement of Applicability: plain data, self-contained, the one thing its forms are views of.
//!
//! Nothing here is a sentence: views say in their reader's language what the closed sets mean.

use crate::choice::choice;
use crate::evaluate::{ControlStatus, GapKind, Responsibility, SharedGap};
use crate::explain::State;
use crate::library::Owner;
use crate::profile::{Implementation, RequirementKind};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;

/// The version of the JSON form.
pub const SCHEMA: u32 = 1;

choice! {
    /// Whether a statement is in force.
    pub enum StatementStatus {
        /// Nobody has approved it by the day.
        Draft = "draft",
        /// Somebody has.
        Approved = "approved",
    }
}

choice! {
    /// Whether a control is implemented.
    pub enum Realization {
        /// All its points are earned: done, and passed a test.
        Implemented = "implemented",
        /// Some work is done.
        Partly = "partly-implemented",
        /// None is done, and some is planned.
        Planned = "planned",
        /// None is done.
        NotImplemented = "not-implemented",
        /// Nobody has said how it stands.
        NotAssessed = "not-assessed",
    }
}

choice! {
    /// Something in a statement that an auditor would ask about.
    pub enum MarkKind {
        /// Nobody has approved the statement by the day.
        NotApproved = "not-approved",
        /// Controls have another implementation status than on the day of the approval.
        ChangedSinceApproval = "changed-since-approval",
        /// The day by which the statement was to be reviewed has passed.
        ReviewOverdue = "review-overdue",
        /// Excluded, and the profile does not say why.
        ExclusionUnjustified = "exclusion-unjustified",
        /// Excluded, and an action that is in scope for another control serves it.
        ExcludedButServed = "excluded-but-served",
        /// Excluded, and an action that is in scope has work as prerequisite that only excluded controls ask for.
        ExcludedButNeeded = "excluded-but-needed",
        /// Excluded, and a requirement depends on it.
        ExcludedButRequired = "excluded-but-required",
        /// Applicable, and nothing says why.
        InclusionUnjustified = "inclusion-unjustified",
        /// Applicable, and all its actions are out of scope.
        ApplicableOutOfScope = "applicable-out-of-scope",
        /// The claim that the provider carries it alone does not hold.
        InheritanceUnsupported = "inheritance-unsupported",
        /// Some of what is earned rests on proof that has lapsed.
        RestsOnLapsedEvidence = "rests-on-lapsed-evidence",
    }
}

/// A mark, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Which.
    pub kind: MarkKind,
    /// The ids of the actions, requirements, items of evidence or controls that it is about.
    pub about: Vec<String>,
}

/// The Statement of Applicability of one assessment.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// Its address.
    pub address: Option<String>,
    /// The scope of the management system.
    pub scope: Option<String>,
    /// The template.
    pub template: String,
    /// The version of the template.
    pub template_version: NaiveDate,
    /// The framework.
    pub framework: String,
    /// Its title.
    pub framework_title: String,
    /// The group of the assessment.
    pub group: String,
    /// The version of the document.
    pub version: Option<String>,
    /// Whether it is in force.
    pub status: StatementStatus,
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// The day it was issued.
    pub issued_on: Option<NaiveDate>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// The day it was approved.
    pub approved_on: Option<NaiveDate>,
    /// The day by which it is reviewed.
    pub next_review_on: Option<NaiveDate>,
    /// The date of every status.
    pub as_of: NaiveDate,
    /// How many of everything.
    pub summary: StatementSummary,
    /// Marks on the statement as a whole.
    pub marks: Vec<Mark>,
    /// The controls of Annex A in catalogue order.
    pub rows: Vec<StatementRow>,
}

/// How many of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StatementSummary {
    /// Controls of Annex A.
    pub controls: usize,
    /// Of these, applicable.
    pub applicable: usize,
    /// Of these, excluded.
    pub excluded: usize,
    /// Of the applicable, implemented.
    pub implemented: usize,
    /// Of the applicable, partly implemented.
    pub partly_implemented: usize,
    /// Of the applicable, planned.
    pub planned: usize,
    /// Of the applicable, not implemented.
    pub not_implemented: usize,
    /// Of the applicable, not assessed.
    pub not_assessed: usize,
    /// Marks on controls.
    pub marks: usize,
    /// Controls with a mark.
    pub marked: usize,
}

/// A control of Annex A.
#[derive(Clone, Debug, Serialize)]
pub struct StatementRow {
    /// Its id.
    pub control: String,
    /// Its title.
    pub title: String,
    /// Whether it is applicable.
    pub applicable: bool,
    /// Why it is applicable or excluded, in the words of the profile.
    pub justification: Option<String>,
    /// The requirements that depend on it, by kind, then id.
    pub requirements: Vec<StatementRequirement>,
    /// The customer's actions that serve it and are in scope, which treat risks by it.
    pub risk_treatment: Vec<String>,
    /// Whether the profile claims that the provider carries it alone.
    pub claimed_inherited: bool,
    /// Whether it is implemented; nothing if it is excluded.
    pub implementation: Option<Realization>,
    /// The same as in the score.
    pub status: ControlStatus,
    /// The share of its points that is earned, in basis points.
    pub coverage: Option<u16>,
    /// Who carries it.
    pub responsibility: Option<Responsibility>,
    /// Which half is missing.
    pub shared_gap: Option<SharedGap>,
    /// The actions that serve it and apply, by id; none if it is excluded.
    pub actions: Vec<StatementAction>,
    /// The services used whose provider carries a part, by id; none if it is excluded.
    pub services: Vec<StatementService>,
    /// What is shown for it, by id; nothing if it is excluded.
    pub evidence: Vec<StatementEvidence>,
    /// Who answers for it: whom the profile names, else those whom its actions are assigned to.
    pub owners: Vec<String>,
    /// How it is implemented, in the words of the profile.
    pub notes: Option<String>,
    /// The kinds of its rows in the gap report.
    pub gaps: BTreeSet<GapKind>,
    /// What an auditor would ask about.
    pub marks: Vec<Mark>,
}

/// A requirement that depends on a control.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct StatementRequirement {
    /// Where it comes from.
    pub kind: RequirementKind,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The article, clause or entry.
    pub reference: Option<String>,
}

/// An action that serves a control.
#[derive(Clone, Debug, Serialize)]
pub struct StatementAction {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// How it stands.
    pub state: State,
    /// Of a customer's action: how far it has been put into practice, where least; nothing if nobody has said.
    pub implementation: Option<Implementation>,
    /// Who works on it.
    pub assigned_to: Option<String>,
    /// The day it is due.
    pub due_on: Option<NaiveDate>,
}

/// A service whose provider carries a part.
#[derive(Clone, Debug, Serialize)]
pub struct StatementService {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: State,
}

/// An item of evidence.
#[derive(Clone, Debug, Serialize)]
pub struct StatementEvidence {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whose action it proves.
    pub owner: Owner,
    /// How it stands.
    pub state: State,
    /// The day from which it holds.
    pub from: Option<NaiveDate>,
    /// The last day on which it holds.
    pub until: Option<NaiveDate>,
    /// Where it is: an address or a path.
    pub link: Option<String>,
}
