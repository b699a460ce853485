//! What ends soon if nobody renews it: read off the gap rows of today and of the day it is looked ahead to.

use super::result::{Lapse, LapseKind};
use crate::compare::Snapshot;
use crate::evaluate::GapKind;
use crate::library::{ActionType, Owner};
use crate::points::{Amount, BasisPoints};
use crate::profile::{Place, PlaceSource, Test};
use crate::result::{Assessment, Gap, TenantScore};
use chrono::{Days, NaiveDate};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What rests on one thing that ends.
#[derive(Default)]
struct Resting {
    actions: BTreeSet<String>,
    controls: BTreeSet<String>,
    /// By what is counted once overall.
    points: BTreeMap<(String, String), Amount>,
}

/// When it ends, what it is, and its id.
type Ending = (NaiveDate, LapseKind, Option<String>);

/// What ends from the day of `now` to that of `later`, by date, the most points first.
pub(super) fn lapses(to: &Snapshot<'_>, now: &TenantScore, later: &TenantScore) -> Vec<Lapse> {
    let mut found: BTreeMap<Ending, Resting> = BTreeMap::new();
    for (assessment, then) in now.assessments.iter().zip(&later.assessments) {
        let assured = assured(assessment);
        for gap in &assessment.gaps {
            if let Some((ending, at_stake)) = ending(to, gap, later.as_of) {
                add(&mut found, ending, assessment, gap, at_stake, &assured);
            }
        }
        for gap in then.gaps.iter().filter(|gap| is_stale(gap)) {
            let Some(action) = &gap.finding.action else { continue };
            // Of tests too old by then, those too old already are a gap of today.
            let last_day = last_fresh(to, assessment, &action.id, now.as_of).filter(|day| *day < later.as_of);
            let Some(last_day) = last_day else { continue };
            add(&mut found, (last_day, LapseKind::Test, None), assessment, gap, None, &assured);
        }
    }
    let lapse = |((last_day, kind, id), resting): (Ending, Resting)| {
        let points = resting.points.into_values().fold(Amount::ZERO, |sum, part| sum + part);
        let (actions, controls) = (resting.actions.into_iter().collect(), resting.controls.into_iter().collect());
        Lapse { last_day, kind, id, actions, controls, points }
    };
    let mut list: Vec<Lapse> = found.into_iter().map(lapse).collect();
    list.sort_by_key(|lapse| (lapse.last_day, Reverse(lapse.points)));
    list
}

/// What a gap row of today says of something that ends, with the points of an accepted risk.
fn ending(to: &Snapshot<'_>, gap: &Gap, horizon: NaiveDate) -> Option<(Ending, Option<Amount>)> {
    let finding = &gap.finding;
    let is_expiring = [Some(finding.kind), finding.cause].contains(&Some(GapKind::EvidenceExpiring));
    if is_expiring {
        let id = finding.evidence_id.clone()?;
        return Some(((finding.valid_to?, LapseKind::Evidence, Some(id)), None));
    }
    let action = finding.action.as_ref().filter(|_| finding.kind == GapKind::RiskAccepted)?;
    let acceptances = to.profile.profile().acceptances_of(to.model.library().find_action(&action.id)?);
    let last_day = acceptances.iter().map(|a| a.expires_on).max().filter(|day| *day < horizon)?;
    Some(((last_day, LapseKind::RiskAcceptance, Some(action.id.clone())), Some(finding.points_at_stake)))
}

fn add(
    found: &mut BTreeMap<Ending, Resting>,
    ending: Ending,
    assessment: &Assessment,
    gap: &Gap,
    at_stake: Option<Amount>,
    assured: &BTreeMap<&str, Amount>,
) {
    let Some(action) = &gap.finding.action else { return };
    let resting = found.entry(ending).or_default();
    resting.actions.insert(action.id.clone());
    resting.controls.insert(gap.control.id.clone());
    let is_grouped = action.owner == Owner::Customer && action.action_type != ActionType::Technical;
    let group = if is_grouped { assessment.group.clone() } else { String::new() };
    let points = at_stake.or(assured.get(action.id.as_str()).copied()).unwrap_or_default();
    let counted = resting.points.entry((action.id.clone(), group)).or_default();
    *counted = points.max(*counted);
}

/// The points of each action whose proof is current.
fn assured(assessment: &Assessment) -> BTreeMap<&str, Amount> {
    let of = |a: &crate::result::ActionScore| a.points.times(BasisPoints::new(a.assured_basis_points));
    assessment.actions.iter().map(|a| (a.id.as_str(), of(a))).collect()
}

fn is_stale(gap: &Gap) -> bool {
    [Some(gap.finding.kind), gap.finding.cause].contains(&Some(GapKind::TestStale))
}

/// The last day on which every test of an action that earns something and is fresh today still is.
fn last_fresh(to: &Snapshot<'_>, assessment: &Assessment, action: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (library, profile) = (to.model.library(), to.profile.profile());
    let is_same = |plan: &&crate::profile::AssessmentPlan| {
        plan.group == assessment.group && library.template(plan.template).id.value.as_str() == assessment.template
    };
    let plan = profile.assessments.iter().find(is_same)?;
    let last = |place: &Place| {
        let days = match place.source {
            PlaceSource::Automatic => plan.retest_days_automatic,
            PlaceSource::Manual => plan.retest_days,
        };
        let has_passed = matches!(place.test, Test::Passed | Test::PartiallyTested);
        let tested_on = place.tested_on.filter(|on| has_passed && *on <= today)?;
        tested_on.checked_add_days(Days::new(days.into()))
    };
    let places = profile.places(library.find_action(action)?, &plan.group)?;
    places.iter().filter_map(last).filter(|day| *day >= today).min()
}
