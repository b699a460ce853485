//! Which exclusions and claims of inheritance hold for the target too.
//!
//! A statement about a control holds for what the control became only if it was made about
//! everything that went into it: a merged control of which one part applies applies.

use super::relation::Relations;
use super::result::{DecisionReason, StatementKind};
use super::route::Route;
use crate::id::{ControlIdx, FrameworkIdx};
use crate::library::{ControlKind, Library};
use crate::profile::Profile;
use crate::shape::MAX_TEXT;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of a statement.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) kind: StatementKind,
    /// The control of the target; none if nothing comes from the one it was made about.
    pub(super) target: Option<ControlIdx>,
    /// The controls it was made about.
    pub(super) stated: Vec<ControlIdx>,
    /// The other controls that the target comes from.
    pub(super) open: Vec<ControlIdx>,
    pub(super) fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is written for the target.
    Carried,
    /// The profile has it already.
    WasThere,
    /// Somebody has to decide.
    Open(DecisionReason),
}

/// All verdicts, exclusions first, each kind in catalogue order of the target.
pub(super) fn verdicts(library: &Library, route: &Route<'_>, profile: &Profile) -> Vec<Verdict> {
    let relations = &route.relations;
    let exclusions = || profile.exclusions.iter().map(|e| (e.control.framework, e.control.control));
    let excluded = of(relations.from, exclusions());
    let mut excluded_there = of(relations.to, exclusions());
    let justifications: BTreeMap<ControlIdx, &str> = profile
        .exclusions
        .iter()
        .filter(|e| e.control.framework == relations.from)
        .map(|e| (e.control.control, e.justification.as_str()))
        .collect();
    let mut list = of_kind(StatementKind::Exclusion, relations, &excluded, &excluded_there, |target, stated| {
        let control = library.framework(relations.to).controls.get(target.position());
        if control.is_some_and(|c| c.kind == ControlKind::Clause) {
            return Some(DecisionReason::Requirement);
        }
        let texts = stated.iter().filter_map(|s| justifications.get(s).copied());
        (joined(texts).chars().count() > MAX_TEXT).then_some(DecisionReason::TooLong)
    });
    let new = list.iter().filter(|v| v.fate == Fate::Carried).filter_map(|v| v.target);
    excluded_there.extend(new.collect::<Vec<_>>());
    let claims = || profile.inheritances.iter().map(|c| (c.framework, c.control));
    let (claimed, claimed_there) = (of(relations.from, claims()), of(relations.to, claims()));
    list.extend(of_kind(StatementKind::Inheritance, relations, &claimed, &claimed_there, |target, _| {
        excluded_there.contains(&target).then_some(DecisionReason::Excluded)
    }));
    list
}

/// The texts, each said once, in one line.
pub(super) fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut said: Vec<&str> = Vec::new();
    for text in texts.map(str::trim).filter(|t| !t.is_empty()) {
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said.join(" ").replace("\r\n", " ").replace('\n', " ")
}

fn of(framework: FrameworkIdx, all: impl Iterator<Item = (FrameworkIdx, ControlIdx)>) -> BTreeSet<ControlIdx> {
    all.filter(|(f, _)| *f == framework).map(|(_, control)| control).collect()
}

fn of_kind(
    kind: StatementKind,
    relations: &Relations<'_>,
    stated: &BTreeSet<ControlIdx>,
    there: &BTreeSet<ControlIdx>,
    blocked: impl Fn(ControlIdx, &[ControlIdx]) -> Option<DecisionReason>,
) -> Vec<Verdict> {
    let targets: BTreeSet<ControlIdx> = stated.iter().flat_map(|s| relations.targets(*s)).collect();
    let mut list = Vec::new();
    for target in targets {
        let (stated, open): (Vec<_>, Vec<_>) = relations.sources(target).into_iter().partition(|s| stated.contains(s));
        let fate = match blocked(target, &stated) {
            _ if there.contains(&target) => Fate::WasThere,
            Some(reason) => Fate::Open(reason),
            None if !open.is_empty() => Fate::Open(DecisionReason::OthersOpen),
            None => Fate::Carried,
        };
        list.push(Verdict { kind, target: Some(target), stated, open, fate });
    }
    for control in stated.iter().filter(|s| relations.targets(**s).is_empty()) {
        let fate = Fate::Open(DecisionReason::NoCounterpart);
        list.push(Verdict { kind, target: None, stated: vec![*control], open: Vec::new(), fate });
    }
    list
}
