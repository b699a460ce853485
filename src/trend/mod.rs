//! The trend of a tenant: what its snapshots come to over time, and what changed beside the work.
//!
//! Pure. A [`TrendMaterial`] is what a store hands in: for each snapshot its identity and the parts
//! of its result that a [`TrendQuery`] asks for. [`TrendMaterial::trend`] makes a [`Trend`] of it:
//! `figures` picks what the query's scope means out of the parts, `build` puts points and changes
//! together, `span` says what lies between the first and the last.

mod build;
mod figures;
mod span;
mod spoken;

pub use span::TrendSpan;

use crate::points::{Amount, Percent, Sums};
use crate::snapshot::{AssessmentRow, ControlRow, Digest, DomainRow, Headings, Identity, Rows, Sum};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is asked of the snapshots of a tenant.
#[derive(Clone, Debug, Default)]
pub struct TrendQuery {
    /// The first date.
    pub from: Option<NaiveDate>,
    /// The last date.
    pub to: Option<NaiveDate>,
    /// What the figures are of.
    pub scope: TrendScope,
    /// The score to reach, in place of that of the assessments.
    pub target: Option<Percent>,
    /// Every snapshot, in place of the last one of each date.
    pub all: bool,
    /// The profiles too, to score them anew.
    pub with_profiles: bool,
}

/// What the figures of a trend are of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrendScope {
    /// Only these assessments: `TEMPLATE` or `TEMPLATE/GROUP`.
    pub assessment: Option<String>,
    /// Which part of them.
    pub part: TrendPart,
}

/// Which part of the assessments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TrendPart {
    /// All of it.
    #[default]
    Whole,
    /// A topmost heading of the framework.
    Domain(String),
    /// Each of them.
    EachDomain,
    /// A control.
    Control(String),
    /// Each of them.
    EachControl,
}

impl TrendPart {
    /// Whether it is about topmost headings.
    #[must_use]
    pub fn is_of_domains(&self) -> bool {
        matches!(self, Self::Domain(_) | Self::EachDomain)
    }

    /// Whether it is about controls.
    #[must_use]
    pub fn is_of_controls(&self) -> bool {
        matches!(self, Self::Control(_) | Self::EachControl)
    }
}

/// The parts of a result that figures are picked from.
#[derive(Clone, Debug)]
pub struct TrendParts {
    /// The figures over all assessments.
    pub overall: Sum,
    /// The rows of assessments.
    pub assessments: Vec<AssessmentRow>,
    /// The rows of controls, if they are asked for.
    pub controls: Vec<ControlRow>,
    /// The rows of topmost headings, if they are asked for.
    pub domains: Vec<DomainRow>,
}

impl TrendParts {
    /// The parts of a result.
    ///
    /// # Errors
    /// Why the text is no result.
    pub fn of(result: &str) -> Result<Self, String> {
        let (Rows { overall, assessments, controls, .. }, headings) = (Rows::of(result)?, Headings::of(result)?);
        Ok(Self { overall, assessments, controls, domains: headings.domains })
    }
}

/// A snapshot, as far as a trend needs it.
#[derive(Clone, Debug)]
pub struct TrendEntry {
    /// What it is known by.
    pub identity: Identity,
    /// What was recorded.
    pub parts: TrendParts,
    /// If it was scored anew: what that gave, or nothing where it could not be.
    pub rescored: Option<Option<TrendParts>>,
}

/// What a trend is made from.
#[derive(Clone, Debug)]
pub struct TrendMaterial {
    /// The tenant.
    pub tenant: String,
    /// The snapshots that the query asks for, by date and the order in which they were recorded.
    pub entries: Vec<TrendEntry>,
    /// The targets of the assessments of the last snapshot, in their order.
    pub targets: Vec<Option<Percent>>,
    /// The paths of the files in which two libraries differ, by their digests.
    pub files: BTreeMap<(Digest, Digest), Vec<String>>,
    /// The first and the last date of all the tenant's snapshots.
    pub extent: Option<(NaiveDate, NaiveDate)>,
    /// The texts of profiles, if they are asked for.
    pub profiles: BTreeMap<Digest, String>,
    /// The library under which they were scored anew.
    pub rescored_library: Option<Digest>,
}

/// What the snapshots of a tenant come to over time.
#[derive(Clone, Debug, Serialize)]
pub struct Trend {
    /// The tenant.
    pub tenant: String,
    /// Of which assessments alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment: Option<String>,
    /// The score to reach.
    pub target: Option<Percent>,
    /// The library under which the snapshots were scored anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rescored_library: Option<Digest>,
    /// The points, by date, the order in which they were recorded, and the order of the result.
    pub points: Vec<TrendPoint>,
    /// The dates on which something changed that is no work.
    pub changes: Vec<TrendChange>,
    /// The first and the last date of all the tenant's snapshots, those of other dates too.
    #[serde(skip)]
    pub extent: Option<(NaiveDate, NaiveDate)>,
}

/// What a snapshot, or a part of it, came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrendPoint {
    /// The id of the snapshot.
    pub id: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// When it was recorded, in UTC.
    pub recorded_at: String,
    /// The framework of the domain or control.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// The topmost heading it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The control it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// The title of the topmost heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What was recorded.
    #[serde(flatten)]
    pub figures: TrendFigures,
    /// The digest of the library.
    pub library: Digest,
    /// The version of the program.
    pub engine: String,
    /// What somebody wanted remembered.
    pub note: Option<String>,
    /// The first line of the commit it was read from.
    pub subject: Option<String>,
    /// The commit it was read from.
    pub commit: Option<String>,
    /// If it was scored anew: what that gave, or nothing where it could not be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rescored: Option<Option<TrendFigures>>,
}

impl TrendPoint {
    /// The id of the domain or control it is of.
    #[must_use]
    pub fn part(&self) -> Option<&str> {
        self.domain.as_deref().or(self.control.as_deref())
    }
}

/// The figures of a point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TrendFigures {
    /// Points earned.
    pub achieved: Amount,
    /// All points in the denominator.
    pub possible: u64,
    /// Points whose proof was current.
    pub assured: Amount,
    /// Points nobody had assessed.
    pub unassessed: Amount,
    /// The score.
    pub percent: Option<Percent>,
    /// The assurance.
    pub assurance_percent: Option<Percent>,
    /// How many rows the gap reports of the assessments had; not known for parts of them.
    pub gaps: Option<u32>,
    /// The statuses of a control, one for each assessment that has it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<TrendStatus>,
}

impl TrendFigures {
    fn new(sum: Sum, gaps: Option<u32>, statuses: Vec<TrendStatus>) -> Self {
        let sums = Sums::from(sum);
        Self {
            achieved: sums.achieved,
            possible: sums.possible.whole_points(),
            assured: sums.assured,
            unassessed: sums.unassessed,
            percent: sums.percent(),
            assurance_percent: sums.assurance_percent(),
            gaps,
            statuses,
        }
    }
}

/// What a control came to in an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrendStatus {
    /// The template.
    pub template: String,
    /// The group.
    pub group: String,
    /// The status.
    pub status: String,
    /// The share of its points that was earned, in basis points.
    pub coverage: Option<u16>,
}

/// A date on which something changed that is no work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrendChange {
    /// The date of the first snapshot with it.
    pub as_of: NaiveDate,
    /// The id of that snapshot.
    pub id: String,
    /// The library, if it is another.
    pub library: Option<LibraryChange>,
    /// The version of the program, if it is another.
    pub engine: Option<Changed<String>>,
    /// Assessments that were added.
    pub added: Vec<AssessmentId>,
    /// Assessments that went.
    pub removed: Vec<AssessmentId>,
}

/// One thing before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed<T> {
    /// Before.
    pub from: T,
    /// After.
    pub to: T,
}

/// A library before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LibraryChange {
    /// The digest before.
    pub from: Digest,
    /// The digest after.
    pub to: Digest,
    /// The paths of the files in which they differ.
    pub files: Vec<String>,
}

/// An assessment by what it is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AssessmentId {
    /// The template.
    pub template: String,
    /// The group.
    pub group: String,
}

/// Why there is no trend of what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendFault {
    /// One lowercase clause.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}
