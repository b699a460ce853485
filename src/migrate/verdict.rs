//! Which exclusions and claims of inheritance hold for the target too.
//!
//! A statement about a control holds for what the control became only if it was made about
//! everything that went into it: a merged control of which one part applies applies.

use super::edit::texts;
use super::relation::Relations;
use super::result::{DecisionReason, StatementKind};
use super::route::Route;
use crate::id::{ControlIdx, FrameworkIdx};
use crate::library::{ControlKind, Library};
use crate::profile::Profile;
use crate::shape::{MAX_TEXT, MAX_TITLE};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of a statement.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) kind: StatementKind,
    /// The requirement, by its position in the profile.
    pub(super) requirement: Option<usize>,
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
        is_too_long("justification", texts).then_some(DecisionReason::TooLong)
    });
    let new = list.iter().filter(|v| v.fate == Fate::Carried).filter_map(|v| v.target);
    excluded_there.extend(new.collect::<Vec<_>>());
    let claims = || profile.inheritances.iter().map(|c| (c.framework, c.control));
    let (claimed, claimed_there) = (of(relations.from, claims()), of(relations.to, claims()));
    list.extend(of_kind(StatementKind::Inheritance, relations, &claimed, &claimed_there, |target, _| {
        excluded_there.contains(&target).then_some(DecisionReason::Excluded)
    }));
    list.extend(inclusions(library, relations, profile, &excluded_there));
    list.extend(requirements(library, relations, profile));
    list
}

/// What is said of an applicable control holds for all that it became.
fn inclusions(
    library: &Library,
    relations: &Relations<'_>,
    profile: &Profile,
    excluded_there: &BTreeSet<ControlIdx>,
) -> Vec<Verdict> {
    let all = &profile.statement.inclusions;
    let named = || all.iter().map(|i| (i.control.framework, i.control.control));
    let (stated, there) = (of(relations.from, named()), of(relations.to, named()));
    of_kind(StatementKind::Inclusion, relations, &stated, &there, |target, sources| {
        let control = library.framework(relations.to).controls.get(target.position());
        let said = |key| {
            let from = all.iter().filter(|i| i.control.framework == relations.from);
            let from = from.filter(|i| sources.contains(&i.control.control));
            from.filter_map(move |i| match key {
                "owner" => i.owner.as_deref(),
                "notes" => i.notes.as_deref(),
                _ => i.justification.as_deref(),
            })
        };
        match () {
            () if excluded_there.contains(&target) => Some(DecisionReason::Excluded),
            () if control.is_some_and(|c| c.kind == ControlKind::Clause) => Some(DecisionReason::Requirement),
            () if texts(StatementKind::Inclusion).iter().any(|key| is_too_long(key, said(*key))) => {
                Some(DecisionReason::TooLong)
            }
            () => None,
        }
    })
}

/// What depends on a control depends on all that it became.
fn requirements(library: &Library, relations: &Relations<'_>, profile: &Profile) -> Vec<Verdict> {
    let all = &profile.statement.requirements;
    let mut list = Vec::new();
    for (position, requirement) in all.iter().enumerate().filter(|(_, r)| r.framework == relations.from) {
        let named: BTreeSet<ControlIdx> = requirement.controls.iter().copied().collect();
        let apart = all.iter().find(|r| r.framework == relations.to && r.id.value == requirement.id.value);
        let there: BTreeSet<ControlIdx> = apart.iter().flat_map(|r| r.controls.iter().copied()).collect();
        let found = of_kind(StatementKind::Requirement, relations, &named, &there, |target, _| {
            let control = library.framework(relations.to).controls.get(target.position());
            let is_clause = control.is_some_and(|c| c.kind == ControlKind::Clause);
            let stands_apart = apart.is_some().then_some(DecisionReason::StatedApart);
            if is_clause { Some(DecisionReason::Requirement) } else { stands_apart }
        });
        list.extend(found.into_iter().map(|v| Verdict { requirement: Some(position), ..v }));
    }
    list
}

/// Whether texts are longer together than a text under `key` may be.
fn is_too_long<'a>(key: &str, texts: impl Iterator<Item = &'a str>) -> bool {
    let most = if key == "owner" { MAX_TITLE } else { MAX_TEXT };
    joined(key, texts).chars().count() > most
}

/// The texts under a key, each said once, in one line.
pub(super) fn joined<'a>(key: &str, texts: impl Iterator<Item = &'a str>) -> String {
    let mut said: Vec<&str> = Vec::new();
    for text in texts.map(str::trim).filter(|t| !t.is_empty()) {
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said.join(if key == "owner" { ", " } else { " " }).replace("\r\n", " ").replace('\n', " ")
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
        let (stated, others): (Vec<_>, Vec<_>) =
            relations.sources(target).into_iter().partition(|s| stated.contains(s));
        // An exclusion or a claim must hold for all that a control comes from; the rest holds for any.
        let open = match kind {
            StatementKind::Exclusion | StatementKind::Inheritance => others,
            StatementKind::Inclusion | StatementKind::Requirement => Vec::new(),
        };
        let fate = match blocked(target, &stated) {
            _ if there.contains(&target) => Fate::WasThere,
            Some(reason) => Fate::Open(reason),
            None if !open.is_empty() => Fate::Open(DecisionReason::OthersOpen),
            None => Fate::Carried,
        };
        list.push(Verdict { kind, requirement: None, target: Some(target), stated, open, fate });
    }
    for control in stated.iter().filter(|s| relations.targets(**s).is_empty()) {
        let fate = Fate::Open(DecisionReason::NoCounterpart);
        list.push(Verdict { kind, requirement: None, target: None, stated: vec![*control], open: Vec::new(), fate });
    }
    list
}
