//! All that is said about one place, made into what can be said of it.
//!
//! The rows of a check are summed over what was looked at; of several checks of an action the weakest
//! counts, and the oldest day. A check that did not run leaves open whether the action holds, so what
//! the others passed is not taken for a pass; that one of them failed is certain all the same.

use super::fact::{Acceptance, Fact, Finding, Reason, Stated};
use crate::id::ActionIdx;
use crate::points::BasisPoints;
use crate::profile::Risk;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A status that the profile keeps: of an action, for a group, in a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) action: ActionIdx,
    pub(super) group: Option<String>,
    pub(super) place: Option<String>,
}

/// What can be said of a spot.
#[derive(Clone, Debug)]
pub(super) struct Claim<'f> {
    pub(super) spot: Spot,
    /// The facts that it rests on, by their position.
    pub(super) facts: Vec<usize>,
    /// The day on which it was so.
    pub(super) on: Option<NaiveDate>,
    pub(super) saying: Saying<'f>,
}

/// What a claim says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Saying<'f> {
    /// Automatic checks came to this share.
    Checked { share: BasisPoints, risk: Risk },
    /// A status is stated.
    Stated(&'f Stated),
    /// The risk is accepted.
    Accepted(&'f Acceptance),
}

/// A fact that is not used, by its position, with the reason.
pub(super) type Unused = (usize, Reason, String);

/// A fact that is about a spot.
#[derive(Clone, Copy)]
pub(super) struct Told<'f> {
    /// Its position.
    pub(super) at: usize,
    pub(super) fact: &'f Fact,
    /// The day on which it was so.
    pub(super) on: Option<NaiveDate>,
}

/// What the facts about one spot come to: at most one claim of each kind, and facts without use.
pub(super) fn settle<'f>(spot: &Spot, told: &[Told<'f>], unused: &mut Vec<Unused>) -> Vec<Claim<'f>> {
    let claim = |(facts, on, saying)| Claim { spot: spot.clone(), facts, on, saying };
    let found = [checks(told, unused), stated(told, unused)];
    let accepted = told.iter().filter_map(|told| match &told.fact.finding {
        Finding::Accepted(acceptance) => Some((vec![told.at], told.on, Saying::Accepted(acceptance))),
        _ => None,
    });
    found.into_iter().flatten().chain(accepted).map(claim).collect()
}

type Settled<'f> = (Vec<usize>, Option<NaiveDate>, Saying<'f>);

/// What one check came to.
struct Sum {
    met: u64,
    of: u64,
    risk: Option<Risk>,
}

fn checks<'f>(told: &[Told<'f>], unused: &mut Vec<Unused>) -> Option<Settled<'f>> {
    let mut results: Vec<Told<'f>> = Vec::new();
    let mut missing = Vec::new();
    for told in newest(told, unused) {
        match &told.fact.finding {
            Finding::Checked { .. } => results.push(told),
            Finding::NothingToTest => {
                unused.push((told.at, Reason::NothingToTest, "there was nothing to test".to_owned()));
            }
            Finding::NotRun(why) => {
                missing.push(told.fact.subject.text());
                unused.push((told.at, Reason::NotRun, why.clone()));
            }
            Finding::Stated(_) | Finding::Accepted(_) => {}
        }
    }
    if results.is_empty() {
        return None;
    }
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for told in &results {
        let Finding::Checked { met, of, risk } = told.fact.finding else { continue };
        let sum = sums.entry(told.fact.subject.text()).or_insert(Sum { met: 0, of: 0, risk: None });
        (sum.met, sum.of) = (sum.met.saturating_add(met.min(of)), sum.of.saturating_add(of));
        sum.risk = sum.risk.max((met < of).then_some(risk));
    }
    let share = sums.values().map(|sum| BasisPoints::share(sum.met, sum.of)).min()?;
    if !missing.is_empty() && !share.is_zero() {
        let detail = format!("what passed does not show enough while `{}` did not run", missing.join("`, `"));
        unused.extend(results.iter().map(|told| (told.at, Reason::NotAllRun, detail.clone())));
        return None;
    }
    let risk = sums.values().filter_map(|sum| sum.risk).max().unwrap_or(Risk::Medium);
    let on = results.iter().filter_map(|told| told.on).min();
    Some((results.iter().map(|told| told.at).collect(), on, Saying::Checked { share, risk }))
}

/// The newest word of each check on each thing that it looked at; of one day, the worst.
fn newest<'f>(told: &[Told<'f>], unused: &mut Vec<Unused>) -> Vec<Told<'f>> {
    let mut latest: BTreeMap<(&str, Option<&str>), Told<'f>> = BTreeMap::new();
    let is_check = |told: &&Told<'f>| !matches!(told.fact.finding, Finding::Stated(_) | Finding::Accepted(_));
    for told in told.iter().filter(is_check) {
        let key = (told.fact.subject.text(), told.fact.resource.as_deref());
        let Some(other) = latest.get_mut(&key) else {
            latest.insert(key, *told);
            continue;
        };
        let rank = |told: &Told<'f>| (told.on, Reverse(share(&told.fact.finding)), weight(&told.fact.finding));
        let (left, by) =
            if rank(told) > rank(other) { (std::mem::replace(other, *told), told) } else { (*told, &*other) };
        let word = if left.on == by.on { "says no less" } else { "is newer" };
        let detail = format!("the row in line {} {word}", by.fact.row.line);
        unused.push((left.at, Reason::Superseded, detail));
    }
    let mut found: Vec<Told<'f>> = latest.into_values().collect();
    found.sort_by_key(|told| told.at);
    found
}

/// The share of a result; what is not known is worse than any.
fn share(finding: &Finding) -> Option<BasisPoints> {
    match finding {
        Finding::Checked { met, of, .. } => Some(BasisPoints::share(*met, *of)),
        _ => None,
    }
}

/// Of how many things a result speaks.
fn weight(finding: &Finding) -> u64 {
    if let Finding::Checked { of, .. } = finding { *of } else { 0 }
}

/// The newest status that is stated, unless rows of that day contradict each other.
fn stated<'f>(told: &[Told<'f>], unused: &mut Vec<Unused>) -> Option<Settled<'f>> {
    let said = told.iter().filter_map(|told| match &told.fact.finding {
        Finding::Stated(stated) => Some((told, stated.as_ref())),
        _ => None,
    });
    let said: Vec<_> = said.collect();
    let last = said.iter().map(|(told, _)| told.on).max()?;
    let (newest, older): (Vec<_>, Vec<_>) = said.into_iter().partition(|(told, _)| told.on == last);
    let (first, stated) = *newest.first()?;
    let detail = format!("the row in line {} is newer", first.fact.row.line);
    unused.extend(older.into_iter().map(|(told, _)| (told.at, Reason::Superseded, detail.clone())));
    if newest.iter().any(|(_, other)| *other != stated) {
        let lines: Vec<String> = newest.iter().map(|(told, _)| told.fact.row.line.to_string()).collect();
        let detail = format!("the rows in lines {} say different things of one day", lines.join(", "));
        unused.extend(newest.iter().map(|(told, _)| (told.at, Reason::Contradiction, detail.clone())));
        return None;
    }
    Some((newest.iter().map(|(told, _)| told.at).collect(), last, Saying::Stated(stated)))
}
