//! Places: the status of an action where it stands, in words and with its proof.

use super::telling::Assessed;
use super::{Node, NodeKind, Share, State, Telling};
use crate::day::Day;
use crate::evaluate::{Judgement, judge_place};
use crate::points::BasisPoints;
use crate::profile::{ActionEntry, Implementation, Place, PlaceSource, Status, Test};
use crate::tenant::{CompiledPlace, Retest};

/// A place and what it comes to.
pub(crate) struct Judged<'a> {
    pub(crate) entry: &'a ActionEntry,
    pub(crate) place: &'a Place,
    pub(crate) compiled: &'a CompiledPlace,
    pub(crate) retest: Retest,
    pub(crate) judgement: Judgement,
}

impl Judged<'_> {
    /// How the place stands.
    pub(crate) fn state(&self) -> State {
        match self.judgement.earned {
            _ if !self.judgement.in_scope => State::NotInScope,
            earned if earned.is_whole() => State::Covered,
            earned if earned.is_zero() => State::Gap,
            _ => State::Partial,
        }
    }

    /// What it earns, if it is in scope.
    pub(crate) fn share(&self) -> Option<Share> {
        let Judgement { earned, is_unassessed, .. } = self.judgement;
        self.judgement.in_scope.then(|| Share {
            basis_points: earned,
            assured_basis_points: self.judgement.assured(),
            unassessed_basis_points: if is_unassessed { BasisPoints::ONE } else { BasisPoints::ZERO },
        })
    }

    /// The last day on which the test is fresh.
    pub(crate) fn test_until(&self) -> Option<Day> {
        self.compiled.tested_on.map(|on| on.plus(self.retest.days(self.compiled.source)))
    }

    /// The day on which the last of its dates has come.
    pub(crate) fn settles_on(&self) -> Option<Day> {
        self.compiled.implemented_on.max(self.compiled.tested_on)
    }
}

impl<'a> Telling<'a> {
    /// The places whose status the profile's entry at `entry` gives.
    pub(crate) fn judged(&self, entry: usize, assessed: &Assessed<'_>) -> Vec<Judged<'a>> {
        let view = &self.view;
        let Some(found) = view.profile.actions.get(entry) else { return Vec::new() };
        let places: &[Place] = match &found.status {
            Status::Single(place) => std::slice::from_ref(place),
            Status::Instances(places) => places,
            Status::Parent(_) => &[],
        };
        let retest = assessed.stands.retest;
        let judged = places.iter().zip(view.tenant.statuses.row(entry)).map(|(place, compiled)| Judged {
            entry: found,
            place,
            compiled,
            retest,
            judgement: judge_place(view.compiled, view.tenant, compiled, retest, view.day),
        });
        judged.collect()
    }

    /// A place with its status, its proof, and what it lacks.
    pub(super) fn place_node(&self, judged: &Judged<'_>) -> Node {
        let place = judged.place;
        let mut node = Node::new(NodeKind::Place, place.name.clone().unwrap_or_default(), words(place));
        node.place = self.location(place.span);
        node.state = Some(judged.state());
        node.share = judged.share();
        node.notes = self.place_notes(judged);
        node.missing = self.place_facts(judged);
        node.renewals = self.place_renewals(judged);
        node.children = self.view.tenant.links(judged.compiled).iter().map(|e| self.evidence_node(*e)).collect();
        node.gather();
        node
    }

    fn place_notes(&self, judged: &Judged<'_>) -> Vec<String> {
        let Judged { place, judgement, .. } = judged;
        let mut notes = Vec::new();
        if let Some(fraction) = place.fraction.as_ref().filter(|_| place.test == Test::PartiallyTested) {
            notes.push(format!("`fraction`: the check holds for {} %{}", fraction.value, self.at(fraction.span)));
        }
        if judged.settles_on().is_some_and(|on| on > self.view.day) {
            let day = self.day();
            notes.push(format!("dated after {day}, so it earns nothing yet and its test counts as none"));
        }
        if judgement.is_unassessed {
            notes.push("nobody knows the result, so its points stand apart as unassessed".to_owned());
        }
        if !judgement.earned.is_zero() && !judgement.is_fresh {
            let until = judged.test_until().and_then(Day::date);
            notes.push(until.map_or_else(
                || "its test is not dated, so it does not count as fresh".to_owned(),
                |d| format!("its test was fresh until {d}"),
            ));
        }
        notes
    }
}

/// `implemented on 2020-02-01, test passed on 2020-03-01 by an automatic check`.
pub(super) fn words(place: &Place) -> String {
    let on = |date: Option<chrono::NaiveDate>| date.map(|d| format!(" on {d}")).unwrap_or_default();
    let by = match place.source {
        PlaceSource::Manual => "",
        PlaceSource::Automatic => " by an automatic check",
    };
    let done = if place.implementation.is_done() { on(place.implemented_on) } else { String::new() };
    match place.test {
        Test::NotInScope if place.implementation == Implementation::NotInScope => place.implementation.to_string(),
        Test::None => format!("{}{done}, not tested", place.implementation),
        test => {
            let shown = place.reference.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
            format!("{}{done}, test {test}{}{by}{shown}", place.implementation, on(place.tested_on))
        }
    }
}
