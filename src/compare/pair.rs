//! Two states side by side: each fact with how it stands in either, and the cause it changes under.

use super::cause::Cause;
use super::side::{Side, Standing};
use crate::profile::{AssessmentPlan, EvidenceItem};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Which of the two states: the one before or the one after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    From,
    To,
}

/// How something stands in either state, if it does.
#[derive(Clone, Debug)]
pub(super) struct Both<T> {
    from: Option<T>,
    to: Option<T>,
}

impl<T> Both<T> {
    pub(super) fn at(&self, end: End) -> Option<&T> {
        match end {
            End::From => self.from.as_ref(),
            End::To => self.to.as_ref(),
        }
    }

    /// The one end at which it stands, if it does not at both.
    pub(super) fn only(&self) -> Option<End> {
        match (&self.from, &self.to) {
            (Some(_), None) => Some(End::From),
            (None, Some(_)) => Some(End::To),
            _ => None,
        }
    }
}

/// The status of an action in a group.
#[derive(Debug)]
pub(super) struct Fact<'a> {
    pub(super) status: Both<Vec<Standing<'a>>>,
    /// Why it differs, if it does.
    pub(super) cause: Option<Cause>,
}

/// Two states of a tenant.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    from: Side<'a>,
    to: Side<'a>,
    pub(super) plans: BTreeMap<(&'a str, &'a str), Both<&'a AssessmentPlan>>,
    pub(super) evidence: BTreeMap<&'a str, Both<&'a EvidenceItem>>,
    /// By action, then group.
    pub(super) facts: BTreeMap<(&'a str, &'a str), Fact<'a>>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(from: Side<'a>, to: Side<'a>) -> Self {
        let plans = joined(&from.plans, &to.plans);
        let evidence = joined(&from.evidence, &to.evidence);
        let groups: BTreeSet<&str> = plans.keys().map(|(_, group)| *group).collect();
        let listed: BTreeSet<&str> = from.listed().chain(to.listed()).collect();
        let mut pair = Self { from, to, plans, evidence, facts: BTreeMap::new() };
        for action in listed {
            for group in &groups {
                let fact = pair.fact(action, group);
                pair.facts.insert((action, group), fact);
            }
        }
        pair
    }

    pub(super) fn side(&self, end: End) -> &Side<'a> {
        match end {
            End::From => &self.from,
            End::To => &self.to,
        }
    }

    /// The causes that occur: those under which some fact differs.
    pub(super) fn causes(&self) -> Vec<Cause> {
        let (from, to) = (&self.from, &self.to);
        let mut found: BTreeSet<Cause> = self.facts.values().filter_map(|fact| fact.cause).collect();
        let retest = |plan: &AssessmentPlan| (plan.retest_days, plan.retest_days_automatic);
        let is_retested =
            |plan: &Both<&AssessmentPlan>| plan.only().is_none() && plan.from.map(retest) != plan.to.map(retest);
        let has_other_services = from.services != to.services || from.exclusions != to.exclusions;
        for (cause, occurs) in [
            (Cause::Currency, from.as_of != to.as_of || self.has_other_evidence()),
            (Cause::Currency, self.plans.values().any(is_retested)),
            (Cause::Scope, has_other_services),
            (Cause::Template, !std::ptr::eq(from.model, to.model)),
            (Cause::NewAssessments, self.plans.values().any(|plan| plan.only().is_some())),
        ] {
            if occurs {
                found.insert(cause);
            }
        }
        found.into_iter().collect()
    }

    fn has_other_evidence(&self) -> bool {
        let told = |side: &Side<'a>, item: &EvidenceItem| {
            let service = |named: &(_, _)| (side.library.service(named.0).id.value.clone(), named.1);
            let services: Vec<_> = item.services.iter().map(service).collect();
            (item.provider_kind, item.valid_from, item.valid_to, services)
        };
        self.evidence.values().any(|item| item.from.map(|i| told(&self.from, i)) != item.to.map(|i| told(&self.to, i)))
    }

    fn fact(&self, action: &'a str, group: &'a str) -> Fact<'a> {
        let status = Both { from: self.from.status(action, group), to: self.to.status(action, group) };
        let cause = (status.from != status.to).then(|| {
            let is_seen = self.sees(End::From, End::From, End::From, action, group);
            if is_seen == self.sees(End::To, End::To, End::To, action, group) {
                self.kind(&status, action, group)
            } else {
                self.bringer(action, group)
            }
        });
        Fact { status, cause }
    }

    /// Whether an action would be looked at in a group with the assessments of one end, the library
    /// of another and the scope of a third.
    fn sees(&self, plans: End, library: End, scope: End, action: &str, group: &str) -> bool {
        self.side(library).looks_at(self.side(plans), self.side(scope), action, group)
    }

    /// For an action that only one state looks at, what brought it: its status comes with it.
    fn bringer(&self, action: &str, group: &str) -> Cause {
        use End::{From, To};
        let sees = |plans, library, scope| self.sees(plans, library, scope, action, group);
        let (before, after) = (sees(From, From, From), sees(To, To, To));
        if sees(To, From, From) != before || sees(From, To, To) != after {
            Cause::NewAssessments
        } else if sees(From, From, To) != before || sees(To, To, From) != after {
            Cause::Scope
        } else {
            Cause::Template
        }
    }

    /// For an action that both states look at, what kind of change it is; the entry is one fact.
    fn kind(&self, status: &Both<Vec<Standing<'a>>>, action: &str, group: &str) -> Cause {
        let figures = self.from.figures(action, group).zip(self.to.figures(action, group));
        let Some((before, after)) = figures else { return Cause::Scope };
        let is_moved = before.in_scope != after.in_scope || has_other_places(status);
        match after.earned.cmp(&before.earned) {
            _ if is_moved => Cause::Scope,
            _ if status.only().is_some() || before.unassessed != after.unassessed => Cause::NewlyAssessed,
            Ordering::Greater => Cause::WorkDone,
            Ordering::Less => Cause::WorkUndone,
            Ordering::Equal => Cause::Currency,
        }
    }
}

/// Whether other instances are in scope than before.
fn has_other_places(status: &Both<Vec<Standing<'_>>>) -> bool {
    let names = |places: &Vec<Standing<'_>>| -> BTreeSet<String> {
        places.iter().filter(|p| p.is_in_scope()).filter_map(|p| p.name.map(str::to_owned)).collect()
    };
    let is_divided = |places: &Vec<Standing<'_>>| places.iter().any(|p| p.name.is_some());
    match (&status.from, &status.to) {
        (Some(from), Some(to)) => is_divided(from) && is_divided(to) && names(from) != names(to),
        _ => false,
    }
}

/// Two maps as one.
fn joined<K: Ord + Copy, V: Copy>(from: &BTreeMap<K, V>, to: &BTreeMap<K, V>) -> BTreeMap<K, Both<V>> {
    let keys: BTreeSet<K> = from.keys().chain(to.keys()).copied().collect();
    keys.into_iter().map(|key| (key, Both { from: from.get(&key).copied(), to: to.get(&key).copied() })).collect()
}
