//! The sums of a fleet: what many tenants come to together, in a form that adds up exactly.
//!
//! A [`Summary`] takes tenants one by one ([`Summary::add`]) and other summaries ([`Summary::merge`]);
//! all it holds are whole numbers by id, so any split of a fleet, in any order, gives the same bytes of
//! JSON (`summary_json`). Summaries of other dates, horizons or libraries are refused.

use super::dense::{Dense, within};
use super::fault::SummaryFault;
use super::figures::{Added, FleetFigures, more, one_more};
use super::scorer::FleetOptions;
use super::tally::{AssessmentTally, Cohort, TenantTally};
use crate::choice::{Choice, choice};
use crate::day::Day;
use crate::evaluate::GapKind;
use crate::model::Model;
use crate::snapshot::Digest;
use chrono::NaiveDate;
use std::collections::BTreeMap;

choice! {
    /// A field of `[organization]` by which tenants are grouped.
    pub enum CohortKey {
        /// The branch of trade.
        Sector = "sector",
        /// Who serves the tenant.
        Partner = "partner",
        /// Where it is.
        Region = "region",
    }
}

/// How many such fields there are.
pub(crate) const COHORTS: usize = CohortKey::WORDS.len();

impl Cohort {
    /// The fields in the order of [`CohortKey`].
    #[must_use]
    pub fn values(&self) -> [&str; COHORTS] {
        [&self.sector, &self.partner, &self.region]
    }
}

/// What the tenants of a fleet come to together.
#[derive(Clone, Debug)]
pub struct Summary {
    pub(crate) as_of: NaiveDate,
    pub(crate) outlook_by: NaiveDate,
    pub(crate) library: Digest,
    pub(crate) tenants: u64,
    pub(crate) rejects: u64,
    pub(crate) templates: BTreeMap<Box<str>, TemplateSums>,
    pub(crate) gaps: BTreeMap<(Box<str>, GapKind), SharedSum>,
    /// What was counted since it was handed on to the maps.
    dense: Option<Box<Dense>>,
}

/// The assessments by one template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TemplateSums {
    pub(crate) all: FleetFigures,
    pub(crate) groups: BTreeMap<Box<str>, FleetFigures>,
    /// For each field, by its value, which is empty where there is none.
    pub(crate) cohorts: [BTreeMap<Box<str>, FleetFigures>; COHORTS],
    pub(crate) controls: BTreeMap<Box<str>, OpenSum>,
}

/// A control that is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OpenSum {
    pub(crate) tenants: u64,
    pub(crate) partial: u64,
    pub(crate) gap: u64,
    pub(crate) missing: u128,
}

/// A kind of gap on an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SharedSum {
    pub(crate) tenants: u64,
    pub(crate) assessments: u64,
    pub(crate) missing: u128,
}

impl Summary {
    /// The sums of no tenant; `library` is the digest of the library that `model` was made of.
    #[must_use]
    pub fn new(model: &Model, options: &FleetOptions, library: Digest) -> Self {
        let outlook_by = Day::from(options.as_of).plus(options.expiring_within).date().unwrap_or(options.as_of);
        Self { dense: Some(Box::new(Dense::new(model))), ..Self::empty(options.as_of, outlook_by, library) }
    }

    /// The same, to which tenants are not added.
    pub(crate) fn empty(as_of: NaiveDate, outlook_by: NaiveDate, library: Digest) -> Self {
        let (templates, gaps) = (BTreeMap::new(), BTreeMap::new());
        Self { as_of, outlook_by, library, tenants: 0, rejects: 0, templates, gaps, dense: None }
    }

    /// Adds a tenant that was scored by the model of this summary.
    pub fn add(&mut self, tally: &TenantTally) {
        one_more(&mut self.tenants, true);
        let Some(dense) = self.dense.as_deref_mut() else { return };
        dense.next_tenant();
        let values = tally.cohort.values();
        for (position, assessment) in tally.assessments.iter().enumerate() {
            dense.add(assessment);
            let Some(template) = dense.template(assessment.template.position()) else { continue };
            let mut before = tally.assessments.iter().take(position);
            let is_new = before.all(|other| other.template != assessment.template);
            let added = Added::from(assessment);
            within(&mut self.templates, template, |sums| sums.add(&added, &assessment.group, values, is_new));
        }
    }

    /// Counts a profile that could not be read.
    pub fn add_reject(&mut self) {
        one_more(&mut self.rejects, true);
    }

    /// The tenants that were added.
    #[must_use]
    pub fn tenants(&self) -> u64 {
        self.tenants
    }

    /// The library that scored them.
    #[must_use]
    pub fn library(&self) -> Digest {
        self.library
    }

    /// The profiles that could not be read.
    #[must_use]
    pub fn rejects(&self) -> u64 {
        self.rejects
    }

    /// Adds another summary; if that fails, this one is of no more use.
    ///
    /// # Errors
    /// It is of another date, horizon or library, or a sum has no room.
    pub fn merge(&mut self, mut other: Self) -> Result<(), SummaryFault> {
        if self.as_of != other.as_of {
            return Err(SummaryFault::Dates(self.as_of, other.as_of));
        }
        if self.outlook_by != other.outlook_by {
            return Err(SummaryFault::Horizons(self.outlook_by, other.outlook_by));
        }
        if self.library != other.library {
            return Err(SummaryFault::Libraries(self.library, other.library));
        }
        self.settle()?;
        other.settle()?;
        count(&mut self.tenants, other.tenants)?;
        count(&mut self.rejects, other.rejects)?;
        for (id, sums) in &other.templates {
            within(&mut self.templates, id, |own| own.merge(sums))?;
        }
        for (key, sum) in other.gaps {
            self.gaps.entry(key).or_default().merge(&sum)?;
        }
        Ok(())
    }

    /// Hands on to the maps what was counted by index.
    pub(crate) fn settle(&mut self) -> Result<(), SummaryFault> {
        let Some(dense) = self.dense.as_deref_mut() else { return Ok(()) };
        let mut result = Ok(());
        let mut keep = |one: Result<(), SummaryFault>| {
            if result.is_ok() {
                result = one;
            }
        };
        let mut found = Vec::new();
        dense.drain(
            |template, control, cell, missing| {
                let sum = OpenSum { tenants: cell.tenants, partial: cell.partial, gap: cell.gap, missing };
                keep(within(&mut self.templates, template, |own| {
                    within(&mut own.controls, control, |own| own.merge(&sum))
                }));
            },
            |action, kind, cell| found.push((Box::from(action), kind, cell)),
        );
        for (action, kind, cell) in found {
            let sum = SharedSum { tenants: cell.tenants, assessments: cell.assessments, missing: cell.missing };
            keep(self.gaps.entry((action, kind)).or_default().merge(&sum));
        }
        result
    }
}

/// Summaries are the same if they hold the same.
impl PartialEq for Summary {
    fn eq(&self, other: &Self) -> bool {
        self.to_json() == other.to_json()
    }
}

impl TemplateSums {
    pub(crate) fn add(&mut self, added: &Added, group: &str, values: [&str; COHORTS], is_new: bool) {
        self.all.add(added, is_new);
        within(&mut self.groups, group, |figures| figures.add(added, true));
        for (cohort, value) in self.cohorts.iter_mut().zip(values) {
            within(cohort, value, |figures| figures.add(added, is_new));
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), SummaryFault> {
        self.all.merge(&other.all)?;
        let cohorts = self.cohorts.iter_mut().zip(&other.cohorts);
        for (own, its) in std::iter::once((&mut self.groups, &other.groups)).chain(cohorts) {
            for (name, figures) in its {
                within(own, name, |own| own.merge(figures))?;
            }
        }
        for (id, open) in &other.controls {
            within(&mut self.controls, id, |own| own.merge(open))?;
        }
        Ok(())
    }
}

impl OpenSum {
    fn merge(&mut self, other: &Self) -> Result<(), SummaryFault> {
        count(&mut self.tenants, other.tenants)?;
        count(&mut self.partial, other.partial)?;
        count(&mut self.gap, other.gap)?;
        more(&mut self.missing, other.missing)
    }
}

impl SharedSum {
    fn merge(&mut self, other: &Self) -> Result<(), SummaryFault> {
        count(&mut self.tenants, other.tenants)?;
        count(&mut self.assessments, other.assessments)?;
        more(&mut self.missing, other.missing)
    }
}

impl From<&AssessmentTally> for Added {
    fn from(tally: &AssessmentTally) -> Self {
        Self {
            target: tally.target,
            sides: tally.sides,
            outlook_assured: tally.outlook.assured,
            statuses: tally.statuses.map(u64::from),
            shared: tally.shared.map(u64::from),
            kinds: tally.gaps.map(u64::from),
            gaps: tally.gap_rows(),
        }
    }
}

fn count(sum: &mut u64, other: u64) -> Result<(), SummaryFault> {
    *sum = sum.checked_add(other).ok_or(SummaryFault::TooMany)?;
    Ok(())
}
