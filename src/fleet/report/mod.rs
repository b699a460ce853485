//! The report on a fleet: plain data that is told in several forms.
//!
//! A [`FleetReporter`] (`build`) takes the result rows of a run and the summary beside them and gives a
//! [`FleetReport`]. `spread` has how percentages are spread, `movers` what changed since an earlier
//! run, `top` the lists that hold the first few of many, `threshold` what was asked of the fleet.

mod build;
mod movers;
mod spread;
mod threshold;
mod top;

pub use build::{FleetReportOptions, FleetReporter};
pub use movers::{FleetMovers, Mover};
pub use spread::{Distribution, FleetPoints, FleetSpread, Quantiles, Ten};
pub use threshold::{FleetOutcome, FleetRule, FleetThreshold};

use super::row::FleetRow;
use super::summary::CohortKey;
use crate::evaluate::GapKind;
use crate::library::Library;
use crate::points::{Amount, Percent};
use crate::snapshot::Digest;
use chrono::NaiveDate;
use serde::Serialize;

/// The version of the JSON form.
pub const SCHEMA: u32 = 1;

/// What a fleet comes to.
#[derive(Clone, Debug, Serialize)]
pub struct FleetReport {
    /// The version of the JSON form.
    pub schema: u32,
    /// What the JSON is: `fleet-report`.
    pub kind: &'static str,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// The day up to which evidence that lapses is told.
    pub outlook_by: NaiveDate,
    /// The library that scored it; nothing where there is no summary, which alone names it.
    pub library: Option<Digest>,
    /// The tenants.
    pub tenants: u64,
    /// Their assessments.
    pub assessments: u64,
    /// The profiles that could not be read, where there is a summary.
    pub rejects: Option<u64>,
    /// What is left out, and why.
    pub notes: Vec<String>,
    /// What was asked of the fleet.
    pub thresholds: Vec<FleetThreshold>,
    /// Whether all of it is met; nothing if nothing was asked.
    pub outcome: Option<FleetOutcome>,
    /// The assessments, by template.
    pub templates: Vec<FleetTemplate>,
    /// Gaps shared by many, the most tenants first; only with a summary.
    pub gaps: Option<Vec<FleetGap>>,
    /// The lowest scores; only with rows.
    pub lowest: Option<Vec<FleetTenant>>,
    /// The tenants whose evidence lapses; only with rows.
    pub lapsing: Option<FleetLapsing>,
    /// What changed since an earlier run.
    pub movers: Option<FleetMovers>,
    /// How long the lists of tenants are at most, and those of the rest in reports for people.
    pub top: usize,
}

/// The assessments by one template.
#[derive(Clone, Debug, Serialize)]
pub struct FleetTemplate {
    /// Its id.
    pub template: String,
    /// Its title, where the library that scored it is at hand.
    pub title: Option<String>,
    /// All of them.
    pub all: FleetSpread,
    /// Each group, if there are several.
    pub groups: Vec<FleetPart>,
    /// The cohorts of each field that was asked for.
    pub cohorts: Vec<FleetCohorts>,
    /// The controls that are open in some tenant, the most tenants first; only with a summary.
    pub controls: Option<Vec<FleetControl>>,
}

/// Tenants by a field of the organization.
#[derive(Clone, Debug, Serialize)]
pub struct FleetCohorts {
    /// The field.
    pub by: CohortKey,
    /// Each value; that of tenants without one is empty, and comes first.
    pub parts: Vec<FleetPart>,
}

/// Some of the assessments.
#[derive(Clone, Debug, Serialize)]
pub struct FleetPart {
    /// The group, or the value of the field.
    pub name: String,
    /// How they stand.
    #[serde(flatten)]
    pub spread: FleetSpread,
}

/// A control that is open.
#[derive(Clone, Debug, Serialize)]
pub struct FleetControl {
    /// Its id.
    pub control: String,
    /// Its title, where the library is at hand.
    pub title: Option<String>,
    /// The tenants in which some or all of its points are missing.
    pub tenants: u64,
    /// The assessments in which some are.
    pub partial: u64,
    /// The assessments in which all are.
    pub gap: u64,
    /// The points missing on it. An action serves several controls, and is missing on each.
    pub missing: FleetPoints,
}

/// A gap that many have.
#[derive(Clone, Debug, Serialize)]
pub struct FleetGap {
    /// The action.
    pub action: String,
    /// Its title, where the library is at hand.
    pub title: Option<String>,
    /// Why it is a gap.
    pub gap_kind: GapKind,
    /// The tenants that have it.
    pub tenants: u64,
    /// The assessments that do.
    pub assessments: u64,
    /// The points missing on the action in them; none where it is only evidence that is missing.
    pub missing: FleetPoints,
}

/// An assessment of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FleetTenant {
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The template.
    pub template: String,
    /// The group.
    pub group: String,
    /// The score to reach.
    pub target: Option<Percent>,
    /// The score.
    pub percent: Option<Percent>,
    /// The assurance.
    pub assurance_percent: Option<Percent>,
}

impl From<&FleetRow> for FleetTenant {
    fn from(row: &FleetRow) -> Self {
        let total = row.total();
        Self {
            tenant: row.tenant.clone(),
            organization: row.organization.clone(),
            template: row.template.clone(),
            group: row.group.clone(),
            target: row.added.target,
            percent: total.percent(),
            assurance_percent: total.assurance_percent(),
        }
    }
}

/// The tenants whose evidence lapses.
#[derive(Clone, Debug, Serialize)]
pub struct FleetLapsing {
    /// How many assessments have such evidence.
    pub assessments: u64,
    /// The points whose proof lapses in them if nobody renews anything.
    pub lost: FleetPoints,
    /// Those that lose most.
    pub most: Vec<LapsingTenant>,
}

/// A tenant whose evidence lapses.
#[derive(Clone, Debug, Serialize)]
pub struct LapsingTenant {
    /// Which.
    #[serde(flatten)]
    pub tenant: FleetTenant,
    /// The points whose proof lapses.
    pub lost: Amount,
    /// The rows of evidence that lapses.
    pub rows: u64,
}

impl FleetReport {
    /// Gives titles to templates, controls and actions, from the library that scored them.
    pub fn name(&mut self, library: &Library) {
        for template in &mut self.templates {
            let Some(idx) = library.find_template(&template.template) else { continue };
            let found = library.template(idx);
            template.title = Some(found.title.clone());
            let Some(framework) = library.find_framework(found.framework.value.as_str()) else { continue };
            for control in template.controls.iter_mut().flatten() {
                let all = &library.framework(framework).controls;
                let named = all.iter().find(|c| c.id.value.as_str() == control.control);
                control.title = named.map(|c| c.title.clone());
            }
        }
        for gap in self.gaps.iter_mut().flatten() {
            let action = library.find_action(&gap.action).map(|idx| library.action(idx));
            gap.title = action.map(|action| action.title.clone());
        }
    }

    /// The thresholds that are missed.
    pub fn missed(&self) -> impl Iterator<Item = &FleetThreshold> {
        self.thresholds.iter().filter(|t| t.outcome == FleetOutcome::Missed)
    }
}
