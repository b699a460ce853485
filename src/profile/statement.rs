//! What a profile adds to the Statement of Applicability; nothing here moves a figure.

use super::ControlReference;
use crate::choice::choice;
use crate::id::{ControlIdx, FrameworkIdx};
use crate::source::Spanned;
use chrono::NaiveDate;

choice! {
    /// Where a requirement comes from.
    pub enum RequirementKind {
        /// A law or a regulation.
        Legal = "legal",
        /// A contract.
        Contractual = "contractual",
        /// The organization's own business or best practice.
        Business = "business",
        /// The risk assessment.
        Risk = "risk",
    }
}

/// The title page of the statement, and why its controls are in it.
#[derive(Clone, Debug, Default)]
pub struct StatementText {
    /// The address of the organization.
    pub address: Option<String>,
    /// The scope of the management system.
    pub scope: Option<String>,
    /// The version of the statement.
    pub version: Option<String>,
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
    /// What depends on controls, by framework and id.
    pub requirements: Vec<Requirement>,
    /// What is said of controls that are applicable, by framework and control.
    pub inclusions: Vec<Inclusion>,
}

/// One `[[requirement]]` in one framework.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The framework whose controls it names.
    pub framework: FrameworkIdx,
    /// Its id.
    pub id: Spanned<String>,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub kind: RequirementKind,
    /// The article, clause or entry.
    pub reference: Option<String>,
    /// The controls that it depends on, in catalogue order.
    pub controls: Vec<ControlIdx>,
}

/// One `[[inclusion]]`.
#[derive(Clone, Debug)]
pub struct Inclusion {
    /// The control.
    pub control: ControlReference,
    /// Why it is applicable.
    pub justification: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// How it is implemented.
    pub notes: Option<String>,
}
