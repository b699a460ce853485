//! The assessments and controls of two scores, side by side.

use super::result::{AssessmentMove, ControlMove, ControlState};
use crate::result::{Assessment, ControlScore, TenantScore};
use std::collections::BTreeMap;

/// An assessment in the score before and in the score after.
type Ends<'s> = (Option<&'s Assessment>, Option<&'s Assessment>);

/// Each assessment of either score, by template and group, with how it stands in both.
fn matched<'s>(before: &'s TenantScore, after: &'s TenantScore) -> BTreeMap<(&'s str, &'s str), Ends<'s>> {
    let mut found: BTreeMap<_, Ends<'_>> = BTreeMap::new();
    let key = |a: &'s Assessment| (a.template.as_str(), a.group.as_str());
    before.assessments.iter().for_each(|a| found.entry(key(a)).or_default().0 = Some(a));
    after.assessments.iter().for_each(|a| found.entry(key(a)).or_default().1 = Some(a));
    found
}

pub(super) fn assessments(before: &TenantScore, after: &TenantScore) -> Vec<AssessmentMove> {
    let moved = |((template, group), (from, to)): ((&str, &str), Ends<'_>)| {
        let framework = to.or(from).map(|a| a.framework.clone()).unwrap_or_default();
        let figures = |a: Option<&Assessment>| a.map(|a| a.figures);
        AssessmentMove {
            template: template.to_owned(),
            framework,
            group: group.to_owned(),
            from: figures(from),
            to: figures(to),
        }
    };
    matched(before, after).into_iter().map(moved).collect()
}

pub(super) fn controls(before: &TenantScore, after: &TenantScore) -> Vec<ControlMove> {
    let mut list = Vec::new();
    for (_, found) in matched(before, after) {
        let (Some(from), Some(to)) = found else { continue };
        list.extend(moves(from, to));
    }
    list
}

/// The controls that stand elsewhere, in catalogue order, those that are gone last.
fn moves(from: &Assessment, to: &Assessment) -> Vec<ControlMove> {
    let by_id = |a: &'_ Assessment| -> BTreeMap<String, ControlState> {
        a.controls.iter().map(|c| (c.id.clone(), state(c))).collect()
    };
    let (before, after) = (by_id(from), by_id(to));
    let gone = from.controls.iter().filter(|c| !after.contains_key(&c.id));
    let all = to.controls.iter().chain(gone);
    let moved = all.filter(|c| before.get(&c.id) != after.get(&c.id));
    let told = |control: &ControlScore| ControlMove {
        template: to.template.clone(),
        framework: to.framework.clone(),
        group: to.group.clone(),
        id: control.id.clone(),
        title: control.title.clone(),
        from: before.get(&control.id).copied(),
        to: after.get(&control.id).copied(),
    };
    moved.map(told).collect()
}

fn state(control: &ControlScore) -> ControlState {
    ControlState { status: control.status, coverage: control.coverage }
}
