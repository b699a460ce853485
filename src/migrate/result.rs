//! What a migration comes to: plain data, self-contained, the one thing its reports are views of.

use crate::choice::{Choice, choice};
use crate::evaluate::ControlStatus;
use crate::library::{RelationKind, RelationStatus};
use crate::points::{Percent, Points};
use crate::result::{Figures, TenantScore};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the JSON form.
pub const SCHEMA: u32 = 1;

choice! {
    /// What a profile states of a control.
    pub enum StatementKind {
        /// That it is not applicable.
        Exclusion = "exclusion",
        /// That the provider carries it alone.
        Inheritance = "inheritance",
        /// Why it is applicable, who answers for it, or how it is implemented.
        Inclusion = "inclusion",
        /// That a requirement depends on it.
        Requirement = "requirement",
    }
}

choice! {
    /// Why a statement was not carried over.
    pub enum DecisionReason {
        /// The control comes from others too, of which it is not stated.
        OthersOpen = "others-open",
        /// No control of the target comes from the one it is stated of.
        NoCounterpart = "no-counterpart",
        /// The control is a requirement, which cannot be excluded.
        Requirement = "requirement",
        /// The control is excluded already, so nothing of it can be inherited.
        Excluded = "excluded",
        /// The target has a requirement of the same id that does not name the control.
        StatedApart = "stated-apart",
        /// The justifications joined are longer than a text may be.
        TooLong = "too-long",
    }
}

/// A profile carried from one template to another.
#[derive(Clone, Debug, Serialize)]
pub struct Migration {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// What it was assessed against.
    pub from: Edition,
    /// What it is assessed against now.
    pub to: Edition,
    /// Whether the old assessments stay beside the new ones.
    pub kept: bool,
    /// How many of everything.
    pub counts: Counts,
    /// The assessments that moved, by group, each before and after.
    pub assessments: Vec<AssessmentChange>,
    /// Statements that could not be carried over.
    pub decisions: Vec<Decision>,
    /// Statements that were, each with what it comes from.
    pub carried: Vec<Carried>,
    /// Controls of the target that nothing of the source became.
    pub new_controls: Vec<NewControl>,
    /// Controls of the target that several of the source became.
    pub merged: Vec<Joint>,
    /// Controls of the source that became several of the target.
    pub split: Vec<Joint>,
    /// Controls of the source that became nothing.
    pub ended: Vec<ControlName>,
    /// Relations that are not well founded.
    pub unconfirmed: Vec<Unconfirmed>,
    /// Actions that the profile lists and no assessment uses any more.
    pub unused_actions: Vec<ActionName>,
    /// Actions that the target uses and the profile does not list, by id.
    pub to_assess: Vec<ActionToAssess>,
}

/// A template and its framework.
#[derive(Clone, Debug, Serialize)]
pub struct Edition {
    /// The template.
    pub template: String,
    /// Its title.
    pub title: String,
    /// The framework.
    pub framework: String,
}

/// How many of everything.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    /// Entries of actions in the profile, all carried as they are.
    pub action_entries: usize,
    /// Of these, entries of actions that the target uses.
    pub action_entries_used: usize,
    /// Items of evidence, all carried as they are.
    pub evidence: usize,
    /// Accepted risks, all carried as they are.
    pub risk_acceptances: usize,
    /// Exclusions written for the target, or there already.
    pub exclusions_carried: usize,
    /// Claims of inheritance written for the target, or there already.
    pub inheritances_carried: usize,
    /// Inclusions written for the target, or there already.
    pub inclusions_carried: usize,
    /// Controls of the target that requirements name now, or named already.
    pub requirements_carried: usize,
    /// Statements to decide on.
    pub decisions: usize,
    /// Controls of the target.
    pub controls: usize,
    /// Of these, new ones.
    pub new_controls: usize,
    /// Of these, such as several of the source became.
    pub merged: usize,
    /// Controls of the source that became several.
    pub split: usize,
    /// Actions to assess.
    pub to_assess: usize,
}

/// An assessment before and after.
#[derive(Clone, Debug, Serialize)]
pub struct AssessmentChange {
    /// The group.
    pub group: String,
    /// The score to reach.
    pub target: Option<Percent>,
    /// Against the source.
    pub before: Standing,
    /// Against the target.
    pub after: Standing,
}

/// What an assessment comes to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Standing {
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// How many controls come to what.
    pub controls: BTreeMap<ControlStatus, usize>,
}

/// A statement of the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// What is stated.
    pub kind: StatementKind,
    /// The id of the requirement, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The control of the target.
    pub control: String,
    /// The controls of the source of which it was stated.
    pub from: Vec<String>,
    /// Whether the profile had it before.
    pub was_there: bool,
    /// How well the relations are founded.
    pub status: RelationStatus,
}

/// A statement that was not carried over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// What is stated.
    pub kind: StatementKind,
    /// The id of the requirement, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The controls of the source of which it is stated.
    pub from: Vec<String>,
    /// The control of the target, if there is one.
    pub control: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The controls of the source that it comes from too, and of which nothing is stated.
    pub open: Vec<String>,
    /// Why.
    pub reason: DecisionReason,
}

/// A control of the target that is new.
#[derive(Clone, Debug, Serialize)]
pub struct NewControl {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many actions of the customer serve it and apply.
    pub customer_actions: usize,
    /// How many actions of the provider serve it and apply.
    pub provider_actions: usize,
    /// Of the customer's, how many the profile lists already.
    pub listed: usize,
}

/// A control that became several, or that several became.
#[derive(Clone, Debug, Serialize)]
pub struct Joint {
    /// The one.
    #[serde(flatten)]
    pub control: ControlName,
    /// The several, in catalogue order.
    pub others: Vec<String>,
}

/// A control.
#[derive(Clone, Debug, Serialize)]
pub struct ControlName {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A relation that is not well founded.
#[derive(Clone, Debug, Serialize)]
pub struct Unconfirmed {
    /// The control of the source.
    pub from: String,
    /// The control of the target.
    pub to: String,
    /// How `from` lies to `to`.
    pub relation: RelationKind,
    /// What a reader should know.
    pub note: Option<String>,
}

/// An action.
#[derive(Clone, Debug, Serialize)]
pub struct ActionName {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// An action that the profile does not list.
#[derive(Clone, Debug, Serialize)]
pub struct ActionToAssess {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The groups in which it has no entry.
    pub groups: Vec<String>,
    /// What it is worth.
    pub points: Points,
    /// Whether the source does not use it.
    pub is_new: bool,
}

impl Decision {
    /// Why the statement was not carried over, as one clause.
    #[must_use]
    pub fn reason_text(&self) -> String {
        let control = self.control.as_deref().unwrap_or_default();
        match self.reason {
            DecisionReason::OthersOpen => {
                let stated = match self.kind {
                    StatementKind::Inheritance => "claimed as inherited",
                    _ => "excluded",
                };
                let verb = if self.open.len() == 1 { "is" } else { "are" };
                format!("the new {control} also comes from the old {}, which {verb} not {stated}", self.open.join(", "))
            }
            DecisionReason::NoCounterpart => format!("nothing comes from the old {}", self.from.join(", ")),
            DecisionReason::Requirement => match self.kind {
                StatementKind::Exclusion => format!("the new {control} is a requirement, which cannot be excluded"),
                _ => format!("the new {control} is a requirement, which stands in no Statement of Applicability"),
            },
            DecisionReason::StatedApart => {
                let id = self.requirement.as_deref().unwrap_or_default();
                format!("the requirement `{id}` that stands there already does not name the new {control}")
            }
            DecisionReason::Excluded => format!("the new {control} is excluded"),
            DecisionReason::TooLong => {
                format!(
                    "the {} for the new {control} together are longer than a text may be",
                    match self.kind {
                        StatementKind::Inclusion => "texts",
                        _ => "justifications",
                    }
                )
            }
        }
    }
}

impl Migration {
    /// Fills in the figures of the assessments, which stand in `before` and `after` by template and group.
    pub(crate) fn set_figures(&mut self, before: &TenantScore, after: &TenantScore) {
        let standing = |score: &TenantScore, template: &str, group: &str| {
            let found = score.assessments.iter().find(|a| a.template == template && a.group == group);
            found.map_or_else(Standing::default, |assessment| {
                let mut controls: BTreeMap<ControlStatus, usize> =
                    ControlStatus::WORDS.iter().filter_map(|w| ControlStatus::from_word(w)).map(|s| (s, 0)).collect();
                for control in &assessment.controls {
                    *controls.entry(control.status).or_default() += 1;
                }
                Standing { figures: assessment.figures, controls }
            })
        };
        for change in &mut self.assessments {
            change.before = standing(before, &self.from.template, &change.group);
            change.after = standing(after, &self.to.template, &change.group);
        }
    }
}
