//! The derived score: plain data, self-contained.

use super::bounds::{Assessed, assessed, mean, status, united};
use super::{Derivation, DerivedStatus};
use crate::crosswalk::{Linked, Trust, Ways};
use crate::evaluate::ControlStatus;
use crate::id::FrameworkIdx;
use crate::library::Control;
use crate::points::Bounds;
use crate::result::TenantScore;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the JSON form.
const SCHEMA: u32 = 1;

/// What a score says about a framework that was not assessed.
#[derive(Clone, Debug, Serialize)]
pub struct DerivedScore {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// The framework.
    pub framework: String,
    /// Its title.
    pub title: String,
    /// Always: no figure here was assessed.
    pub derived: bool,
    /// Over how many relations a way may lead.
    pub max_hops: u8,
    /// Whether only confirmed relations were used.
    pub confirmed_only: bool,
    /// The frameworks that were assessed.
    pub assessed: Vec<String>,
    /// The mean over all controls.
    pub coverage: Bounds,
    /// The same for what is assured.
    pub assured: Bounds,
    /// How many controls there are of each status.
    pub counts: DerivedCounts,
    /// The topmost headings of the framework.
    pub groups: Vec<DerivedGroup>,
    /// The controls in catalogue order.
    pub controls: Vec<DerivedControl>,
}

/// How many controls there are of each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DerivedCounts {
    /// Proved to be covered.
    pub covered: usize,
    /// In part.
    pub partial: usize,
    /// Nothing proved, nothing ruled out.
    pub unproved: usize,
    /// Nothing earned.
    pub gap: usize,
    /// Nothing known.
    pub unmapped: usize,
}

/// A topmost heading.
#[derive(Clone, Debug, Serialize)]
pub struct DerivedGroup {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The mean over its controls; one that is unmapped counts with nothing.
    pub coverage: Bounds,
    /// The same for what is assured.
    pub assured: Bounds,
    /// How many controls there are of each status.
    pub counts: DerivedCounts,
}

/// A control.
#[derive(Clone, Debug, Serialize)]
pub struct DerivedControl {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The heading it stands under.
    pub group: String,
    /// What it comes to.
    pub status: DerivedStatus,
    /// Between which its coverage lies; none if it is unmapped.
    pub coverage: Option<Bounds>,
    /// The same for what is assured.
    pub assured: Option<Bounds>,
    /// The assessed controls that have something in common with it, by framework and catalogue order.
    pub sources: Vec<DerivedSource>,
}

/// An assessed control that has something in common.
#[derive(Clone, Debug, Serialize)]
pub struct DerivedSource {
    /// Its framework.
    pub framework: String,
    /// Its id.
    pub control: String,
    /// What it comes to.
    pub control_status: ControlStatus,
    /// The share of it that is earned, in basis points; none if nothing of it is in scope.
    pub coverage: Option<u16>,
    /// The share of it that is assured.
    pub assured: Option<u16>,
    /// How much of the derived control it covers alone; none if nothing of it is in scope.
    pub contributes: Option<Bounds>,
    /// How it lies to the derived control.
    #[serde(flatten)]
    pub ways: Ways,
}

impl DerivedCounts {
    fn add(&mut self, status: DerivedStatus) {
        let count = match status {
            DerivedStatus::Covered => &mut self.covered,
            DerivedStatus::Partial => &mut self.partial,
            DerivedStatus::Unproved => &mut self.unproved,
            DerivedStatus::Gap => &mut self.gap,
            DerivedStatus::Unmapped => &mut self.unmapped,
        };
        *count += 1;
    }

    fn of<'c>(controls: impl IntoIterator<Item = &'c DerivedControl>) -> Self {
        let mut counts = Self::default();
        controls.into_iter().for_each(|c| counts.add(c.status));
        counts
    }
}

/// What `score` says, told with the names of the library.
pub(super) fn describe(derivation: &Derivation<'_>, score: &TenantScore, from: &[FrameworkIdx]) -> DerivedScore {
    let library = derivation.crosswalks.library();
    let framework = derivation.framework();
    let mut sources: BTreeMap<usize, Vec<(DerivedSource, Assessed)>> = BTreeMap::new();
    for idx in from {
        let source = library.framework(*idx);
        let figures = assessed(score, source.id.value.as_str());
        for linked in derivation.ways.get(idx).into_iter().flat_map(|(_, ways)| ways) {
            let position = linked.from.position();
            let Some((figures, control)) = figures.get(position).zip(source.controls.get(position)) else { continue };
            let told = told(source.id.value.as_str(), control, linked, figures);
            sources.entry(linked.to.position()).or_default().push((told, *figures));
        }
    }
    let controls: Vec<DerivedControl> = framework
        .controls
        .iter()
        .enumerate()
        .map(|(position, control)| derived(control, sources.remove(&position).unwrap_or_default()))
        .collect();
    let (coverage, assured) = means(&controls.iter().collect::<Vec<_>>());
    DerivedScore {
        schema: SCHEMA,
        tenant: score.tenant.clone(),
        organization: score.organization.clone(),
        as_of: score.as_of,
        framework: framework.id.value.to_string(),
        title: framework.title.clone(),
        derived: true,
        max_hops: from.iter().filter_map(|f| Some(derivation.ways.get(f)?.0)).max().unwrap_or_default(),
        confirmed_only: derivation.crosswalks.trust() == Trust::Confirmed,
        assessed: from.iter().map(|f| library.framework(*f).id.value.to_string()).collect(),
        coverage,
        assured,
        counts: DerivedCounts::of(&controls),
        groups: groups(derivation, &controls),
        controls,
    }
}

fn told(framework: &str, control: &Control, linked: &Linked, figures: &Assessed) -> DerivedSource {
    DerivedSource {
        framework: framework.to_owned(),
        control: control.id.value.to_string(),
        control_status: figures.status,
        coverage: figures.shares.map(|(earned, _)| earned.get()),
        assured: figures.shares.map(|(_, assured)| assured.get()),
        contributes: figures.shares.map(|(earned, _)| united([(linked.ways.share, earned)])),
        ways: linked.ways.clone(),
    }
}

fn derived(control: &Control, sources: Vec<(DerivedSource, Assessed)>) -> DerivedControl {
    let shares = || sources.iter().filter_map(|(told, figures)| Some((told.ways.share, figures.shares?)));
    let is_mapped = shares().next().is_some();
    let coverage = is_mapped.then(|| united(shares().map(|(share, (earned, _))| (share, earned))));
    DerivedControl {
        id: control.id.value.to_string(),
        title: control.title.clone(),
        group: control.group.value.to_string(),
        status: status(coverage),
        coverage,
        assured: is_mapped.then(|| united(shares().map(|(share, (_, assured))| (share, assured)))),
        sources: sources.into_iter().map(|(told, _)| told).collect(),
    }
}

fn means(controls: &[&DerivedControl]) -> (Bounds, Bounds) {
    let (coverage, assured): (Vec<_>, Vec<_>) = controls.iter().map(|c| (c.coverage, c.assured)).unzip();
    (mean(&coverage), mean(&assured))
}

/// The topmost headings in the order of the catalogue, those without controls left out.
fn groups(derivation: &Derivation<'_>, controls: &[DerivedControl]) -> Vec<DerivedGroup> {
    let framework = derivation.framework();
    let tops = framework.domains();
    let mut under: BTreeMap<&str, Vec<&DerivedControl>> = BTreeMap::new();
    for control in controls {
        if let Some(top) = tops.get(control.group.as_str()) {
            under.entry(top.id.value.as_str()).or_default().push(control);
        }
    }
    let group = |group: &crate::library::Group| {
        let controls = under.get(group.id.value.as_str())?;
        let (coverage, assured) = means(controls);
        let counts = DerivedCounts::of(controls.iter().copied());
        Some(DerivedGroup { id: group.id.value.to_string(), title: group.title.clone(), coverage, assured, counts })
    };
    framework.groups.iter().filter_map(group).collect()
}
