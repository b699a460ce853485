//! What a result says, row by row: read from its JSON, so that it needs no engine of its time.

use super::Digest;
use crate::points::{Amount, Sums};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

/// The rows of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The tenant's id.
    pub tenant: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// The figures over all assessments.
    pub overall: Sum,
    /// A row for each assessment, in the order of the result.
    pub assessments: Vec<AssessmentRow>,
    /// A row for each control of each assessment.
    pub controls: Vec<ControlRow>,
    /// A row for each action of each assessment.
    pub actions: Vec<ActionRow>,
}

/// Four sums, in 1/10 000 of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// Points earned.
    pub achieved: u64,
    /// All points in the denominator.
    pub possible: u64,
    /// Points whose proof was current.
    pub assured: u64,
    /// Points nobody had assessed.
    pub unassessed: u64,
}

/// What an assessment came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssessmentRow {
    /// The template.
    pub template: String,
    /// The framework.
    pub framework: String,
    /// The group.
    pub group: String,
    /// The figures.
    pub sum: Sum,
    /// How many rows its gap report has.
    pub gaps: u32,
}

/// What a control came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ControlRow {
    /// Which of the assessments, counted from nought.
    pub assessment: u32,
    /// Its id.
    pub id: String,
    /// Its status.
    pub status: String,
    /// The share of its points that was earned, in basis points.
    pub coverage: Option<u16>,
    /// The figures of both sides together.
    pub sum: Sum,
}

/// What an action came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionRow {
    /// Which of the assessments, counted from nought.
    pub assessment: u32,
    /// Its id.
    pub id: String,
    /// What it was worth.
    pub points: u8,
    /// What it earned.
    pub basis_points: u16,
    /// What of that an auditor could see.
    pub assured_basis_points: u16,
    /// What nobody had assessed.
    pub unassessed_basis_points: u16,
    /// Whether it stood in the denominator.
    pub in_scope: bool,
    /// Whether it concerned this tenant.
    pub applicable: bool,
}

impl Rows {
    /// The rows of a result.
    ///
    /// # Errors
    /// Why the text is no result.
    pub fn of(result: &str) -> Result<Self, String> {
        let told: Told = serde_json::from_str(result).map_err(|e| e.to_string())?;
        let mut rows = Self {
            tenant: told.tenant,
            as_of: told.as_of,
            overall: told.overall.try_into()?,
            assessments: Vec::new(),
            controls: Vec::new(),
            actions: Vec::new(),
        };
        for (assessment, of) in (0_u32..).zip(told.assessments) {
            let gaps = u32::try_from(of.gaps.len()).map_err(|e| e.to_string())?;
            let ToldAssessment { achieved, possible, assured, unassessed, .. } = of;
            let sum = ToldSum { achieved, possible, assured, unassessed }.try_into()?;
            rows.assessments.push(AssessmentRow {
                template: of.template,
                framework: of.framework,
                group: of.group,
                sum,
                gaps,
            });
            for control in of.controls {
                let sum = Sum::try_from(control.customer)?.and(control.provider.try_into()?)?;
                let ToldControl { id, status, coverage, .. } = control;
                rows.controls.push(ControlRow { assessment, id, status, coverage, sum });
            }
            rows.actions.extend(of.actions.into_iter().map(|action| action.row(assessment)));
        }
        Ok(rows)
    }

    /// What the rows of assessments are known by.
    #[must_use]
    pub fn assessments_digest(&self) -> Digest {
        digest(&self.assessments)
    }

    /// What the rows of controls are known by.
    #[must_use]
    pub fn controls_digest(&self) -> Digest {
        digest(&self.controls)
    }

    /// What the rows of actions are known by.
    #[must_use]
    pub fn actions_digest(&self) -> Digest {
        digest(&self.actions)
    }
}

/// The digest of rows as JSON without blanks, their fields in the order of the type.
fn digest(rows: &impl Serialize) -> Digest {
    // Rows of text and numbers always have a JSON form.
    Digest::of(&serde_json::to_vec(rows).unwrap_or_default())
}

impl Sum {
    /// The four as signed numbers, in the order of the fields; rows are held against that bound.
    #[must_use]
    pub(crate) fn signed(&self) -> [i64; 4] {
        [self.achieved, self.possible, self.assured, self.unassessed].map(|n| i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// Both together.
    ///
    /// # Errors
    /// That it is more than a store can hold.
    pub(crate) fn and(self, other: Self) -> Result<Self, String> {
        let fits = |n: &u64| i64::try_from(*n).is_ok();
        let add = |a: u64, b: u64| a.checked_add(b).filter(fits).ok_or_else(too_large);
        Ok(Self {
            achieved: add(self.achieved, other.achieved)?,
            possible: add(self.possible, other.possible)?,
            assured: add(self.assured, other.assured)?,
            unassessed: add(self.unassessed, other.unassessed)?,
        })
    }
}

impl From<Sum> for Sums {
    fn from(sum: Sum) -> Self {
        Self {
            achieved: Amount::from_units(sum.achieved),
            possible: Amount::from_units(sum.possible),
            assured: Amount::from_units(sum.assured),
            unassessed: Amount::from_units(sum.unassessed),
        }
    }
}

fn too_large() -> String {
    "a sum is larger than any can be".to_owned()
}

/// The part of the JSON form that rows are made of.
#[derive(Deserialize)]
struct Told {
    tenant: String,
    as_of: NaiveDate,
    overall: ToldSum,
    assessments: Vec<ToldAssessment>,
}

#[derive(Deserialize)]
struct ToldAssessment {
    template: String,
    framework: String,
    group: String,
    // Not flattened: that would hold the whole assessment twice.
    #[serde(deserialize_with = "units")]
    achieved: u64,
    possible: u64,
    #[serde(deserialize_with = "units")]
    assured: u64,
    #[serde(deserialize_with = "units")]
    unassessed: u64,
    controls: Vec<ToldControl>,
    actions: Vec<ToldAction>,
    gaps: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
pub(super) struct ToldSum {
    #[serde(deserialize_with = "units")]
    pub(super) achieved: u64,
    pub(super) possible: u64,
    #[serde(deserialize_with = "units")]
    pub(super) assured: u64,
    #[serde(deserialize_with = "units")]
    pub(super) unassessed: u64,
}

#[derive(Deserialize)]
struct ToldControl {
    id: String,
    status: String,
    coverage: Option<u16>,
    customer: ToldSum,
    provider: ToldSum,
}

#[derive(Deserialize)]
struct ToldAction {
    id: String,
    points: u8,
    basis_points: u16,
    assured_basis_points: u16,
    unassessed_basis_points: u16,
    in_scope: bool,
    applicable: bool,
}

impl ToldAction {
    fn row(self, assessment: u32) -> ActionRow {
        ActionRow {
            assessment,
            id: self.id,
            points: self.points,
            basis_points: self.basis_points,
            assured_basis_points: self.assured_basis_points,
            unassessed_basis_points: self.unassessed_basis_points,
            in_scope: self.in_scope,
            applicable: self.applicable,
        }
    }
}

impl TryFrom<ToldSum> for Sum {
    type Error = String;
    fn try_from(told: ToldSum) -> Result<Self, String> {
        // A store counts in signed numbers of 64 bits.
        let fits = |n: u64| i64::try_from(n).map(|_| n).map_err(|_| too_large());
        Ok(Self {
            achieved: fits(told.achieved)?,
            possible: fits(told.possible.checked_mul(10_000).ok_or_else(too_large)?)?,
            assured: fits(told.assured)?,
            unassessed: fits(told.unassessed)?,
        })
    }
}

/// An amount of points with four decimal places, in 1/10 000.
pub(super) fn units<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let (whole, part) = text.split_once('.').unwrap_or_default();
    let is_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let digits = (is_digits(whole) && is_digits(part) && part.len() == 4).then(|| format!("{whole}{part}"));
    let count = digits.and_then(|digits| digits.parse().ok());
    count.ok_or_else(|| serde::de::Error::custom("points are a number with four decimal places"))
}
