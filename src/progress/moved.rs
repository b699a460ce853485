//! Which actions and controls moved, and who worked on them.

use super::result::{ActionMoved, ControlMoved, Moved, TeamMember};
use crate::change::AmountChange;
use crate::compare::{Attribution, Cause, Comparison, Snapshot};
use crate::evaluate::ControlStatus;
use crate::library::Owner;
use crate::points::Amount;
use crate::result::TenantScore;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

/// The actions whose figures moved, over all causes, by id.
pub(super) fn actions(comparison: &Comparison, to: &Snapshot<'_>) -> Vec<ActionMoved> {
    let mut found: BTreeMap<&str, ActionMoved> = BTreeMap::new();
    for cause in &comparison.causes {
        for effect in &cause.effects {
            let moved = found.entry(&effect.id).or_insert_with(|| ActionMoved {
                id: effect.id.clone(),
                title: effect.title.clone(),
                owner: owner(to, &effect.id),
                assigned_to: assigned_to(to, &effect.id),
                causes: Vec::new(),
                achieved: AmountChange::default(),
                assured: AmountChange::default(),
            });
            moved.causes.push(cause.cause);
            moved.achieved = moved.achieved.and(effect.achieved);
            moved.assured = moved.assured.and(effect.assured);
        }
    }
    found.into_values().collect()
}

fn owner(to: &Snapshot<'_>, id: &str) -> Option<Owner> {
    let library = to.model.library();
    library.find_action(id).map(|action| library.action(action).owner)
}

/// Those whom the entries of an action name, each once.
fn assigned_to(to: &Snapshot<'_>, id: &str) -> Vec<String> {
    let action = to.model.library().find_action(id);
    let entries = to.profile.profile().actions.iter().filter(|entry| Some(entry.action) == action);
    let names: BTreeSet<&String> = entries.filter_map(|entry| entry.assigned_to.as_ref()).collect();
    names.into_iter().cloned().collect()
}

/// The controls that stand in both states and moved, with the points of their actions; one that moved
/// alike in several groups once.
pub(super) fn controls(comparison: &Comparison, before: &TenantScore, now: &TenantScore) -> Vec<ControlMoved> {
    let (earned_before, earned_now) = (earned(before), earned(now));
    let moved = comparison.controls.iter().filter_map(|control| {
        let key = (control.template.as_str(), control.group.as_str(), control.id.as_str());
        let of = |earned: &BTreeMap<_, Amount>| earned.get(&key).copied().unwrap_or_default();
        Some(ControlMoved {
            framework: control.framework.clone(),
            groups: vec![control.group.clone()],
            id: control.id.clone(),
            title: control.title.clone(),
            from: control.from?,
            to: control.to?,
            achieved: AmountChange::between(of(&earned_before), of(&earned_now)),
        })
    });
    let mut list: Vec<ControlMoved> = Vec::new();
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for control in moved {
        let key = (control.framework.clone(), control.id.clone(), told(&control), control.achieved);
        match known.get(&key).and_then(|place| list.get_mut(*place)) {
            Some(same) => same.groups.extend(control.groups),
            None => {
                known.insert(key, list.len());
                list.push(control);
            }
        }
    }
    list
}

/// From where to where a control moved.
fn told(control: &ControlMoved) -> [(ControlStatus, Option<u16>); 2] {
    [control.from, control.to].map(|state| (state.status, state.coverage))
}

/// What each control earns, by template, group and id.
fn earned(score: &TenantScore) -> BTreeMap<(&str, &str, &str), Amount> {
    let controls = score.assessments.iter().flat_map(|a| {
        let key = |id| (a.template.as_str(), a.group.as_str(), id);
        a.controls.iter().map(move |c| (key(c.id.as_str()), c.figures.total.achieved))
    });
    controls.collect()
}

/// Those that moved up.
pub(super) fn better(actions: &[ActionMoved], controls: &[ControlMoved]) -> Moved {
    toward(Ordering::Greater, actions, controls)
}

/// Those that moved down.
pub(super) fn worse(actions: &[ActionMoved], controls: &[ControlMoved]) -> Moved {
    toward(Ordering::Less, actions, controls)
}

fn toward(direction: Ordering, actions: &[ActionMoved], controls: &[ControlMoved]) -> Moved {
    // Points first; where none moved, the proof of them.
    let of_action = |a: &ActionMoved| (a.achieved, a.assured).cmp(&Default::default());
    let mut actions: Vec<ActionMoved> = actions.iter().filter(|a| of_action(a) == direction).cloned().collect();
    actions.sort_by_key(|a| Reverse((a.achieved.size(), a.assured.size())));
    // A control that came or went, or into scope and out of it, is neither better nor worse.
    let of_control = |c: &ControlMoved| c.from.coverage.zip(c.to.coverage).map(|(from, to)| to.cmp(&from));
    let mut controls: Vec<ControlMoved> =
        controls.iter().filter(|c| of_control(c) == Some(direction)).cloned().collect();
    controls.sort_by_key(|c| Reverse((c.achieved.size(), coverage_moved(c))));
    Moved { actions, controls }
}

fn coverage_moved(control: &ControlMoved) -> u16 {
    control.from.coverage.unwrap_or_default().abs_diff(control.to.coverage.unwrap_or_default())
}

/// What each of those whom the later profile names did, the most points first.
pub(super) fn team(causes: &[Attribution], actions: &[ActionMoved]) -> Vec<TeamMember> {
    let named: BTreeMap<&str, &ActionMoved> = actions.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut team: BTreeMap<&[String], (BTreeSet<&str>, AmountChange, AmountChange)> = BTreeMap::new();
    for cause in causes {
        for effect in &cause.effects {
            // The provider's actions are nobody's here.
            let found = named.get(effect.id.as_str()).filter(|a| a.owner == Some(Owner::Customer));
            let Some(action) = found else { continue };
            let is_up = |change: AmountChange| change > AmountChange::default();
            let is_work = matches!(cause.cause, Cause::WorkDone | Cause::NewlyAssessed) && is_up(effect.achieved);
            let is_renewal = cause.cause == Cause::Currency && is_up(effect.assured);
            if !is_work && !is_renewal {
                continue;
            }
            let (ids, points, renewed) = team.entry(&action.assigned_to).or_default();
            if is_work {
                ids.insert(&effect.id);
                *points = points.and(effect.achieved);
            }
            if is_renewal {
                *renewed = renewed.and(effect.assured);
            }
        }
    }
    let member = |(names, (ids, points, renewed)): (&[String], (BTreeSet<&str>, _, _))| TeamMember {
        assigned_to: names.to_vec(),
        actions: ids.len(),
        points,
        renewed,
    };
    let mut team: Vec<TeamMember> = team.into_iter().map(member).collect();
    team.sort_by_key(|member| Reverse((member.points, member.renewed, member.actions)));
    team
}
