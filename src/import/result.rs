//! What an import did, or would do: plain data, self-contained. Serialized, it is the JSON that other
//! programs read.

use super::decide::Policy;
use super::fact::Reason;
use super::source::Format;
use crate::change::AmountChange;
use crate::compare::Change;
use chrono::NaiveDate;
use serde::Serialize;

/// What an import did, or would do.
#[derive(Clone, Debug, Serialize)]
pub struct ImportReport {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The format of the files.
    pub format: Format,
    /// The files, in the order in which they were given.
    pub files: Vec<String>,
    /// When a row takes the place of what the profile says.
    pub policy: Policy,
    /// The date of the figures.
    pub as_of: NaiveDate,
    /// How many rows there are, by what became of them.
    pub rows: RowCounts,
    /// What changes in the profile, by the id of the action.
    pub actions: Vec<ActionChange>,
    /// The risks whose acceptance is added.
    pub acceptances: Vec<AcceptanceAdded>,
    /// The rows that were not used, in the order of the files.
    pub unused: Vec<RowUnused>,
    /// How many there are for each reason.
    pub reasons: Vec<ReasonCount>,
    /// The score before and after; nothing changes where nothing was taken over.
    pub score: Option<Change>,
}

/// How many rows there are, by what became of them: the three last sum to the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RowCounts {
    /// All rows.
    pub read: usize,
    /// Rows that change the profile.
    pub used: usize,
    /// Rows that say what the profile says already.
    pub confirmed: usize,
    /// Rows that were not used.
    pub unused: usize,
    /// Rows among the unused that disagree with the profile, or with each other.
    pub conflicts: usize,
}

/// How an action changes.
#[derive(Clone, Debug, Serialize)]
pub struct ActionChange {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What that does to the points achieved over all assessments.
    pub achieved: AmountChange,
    /// What that does to the points whose proof is current.
    pub assured: AmountChange,
    /// Where it changes.
    pub places: Vec<PlaceChange>,
}

/// How the status of an action changes in one place.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceChange {
    /// The group it is for.
    pub group: Option<String>,
    /// The instance.
    pub place: Option<String>,
    /// What the profile said; nothing if it did not list the place.
    pub from: Option<String>,
    /// What it says now.
    pub to: String,
    /// Other keys that change.
    pub also: Vec<&'static str>,
    /// The rows that it comes from.
    pub rows: Vec<RowName>,
}

/// A risk whose acceptance is added.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptanceAdded {
    /// The action.
    pub action: String,
    /// Who owns the risk.
    pub owner: String,
    /// The last day.
    pub expires_on: NaiveDate,
    /// The row that it comes from.
    pub row: RowName,
}

/// A row, as it is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowName {
    /// The file.
    pub file: String,
    /// The tab of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The line of a text, or the row of a sheet.
    pub line: usize,
    /// What the source calls it.
    pub id: String,
}

/// A row that was not used.
#[derive(Clone, Debug, Serialize)]
pub struct RowUnused {
    /// The row.
    #[serde(flatten)]
    pub row: RowName,
    /// The column or field concerned.
    pub column: Option<String>,
    /// Why.
    pub reason: Reason,
    /// What more there is to say.
    pub detail: String,
}

/// How many rows were not used for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ReasonCount {
    /// The reason.
    pub reason: Reason,
    /// How many rows.
    pub rows: usize,
}
