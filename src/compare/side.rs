//! One of the two states: its facts by id, so that they can be held against another library.

use crate::evaluate::{ActionFigures, Evaluation};
use crate::id::{ActionIdx, ControlIdx};
use crate::library::{Library, Owner};
use crate::model::{Model, TenantProfile};
use crate::points::BasisPoints;
use crate::profile::{AssessmentPlan, EvidenceItem, EvidenceLink, Implementation, Place, PlaceSource, Profile, Test};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A tenant as it stands: a profile, the library it was read against, and a date.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// The library, made ready.
    pub model: &'a Model,
    /// The profile, read against it.
    pub profile: &'a TenantProfile,
    /// The date of every figure.
    pub as_of: NaiveDate,
}

/// Evidence that a place links, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link<'a> {
    Own(&'a str),
    Library(&'a str),
}

/// The status of an action in one place, as it counts at the date of its state: what is dated later
/// has not happened. What has, stays happened at every date at which it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) implementation: Implementation,
    pub(super) test: Test,
    pub(super) source: PlaceSource,
    pub(super) tested_on: Option<NaiveDate>,
    pub(super) fraction: BasisPoints,
    pub(super) links: Vec<Link<'a>>,
}

impl Standing<'_> {
    pub(super) fn is_in_scope(&self) -> bool {
        self.implementation != Implementation::NotInScope && self.test != Test::NotInScope
    }
}

/// A state and what it comes to.
#[derive(Debug)]
pub(super) struct Side<'a> {
    pub(super) model: &'a Model,
    pub(super) library: &'a Library,
    pub(super) profile: &'a Profile,
    pub(super) as_of: NaiveDate,
    pub(super) evaluation: Evaluation,
    /// The services used that the library knows.
    pub(super) services: BTreeSet<&'a str>,
    /// The excluded controls, each with its framework.
    pub(super) exclusions: BTreeSet<(&'a str, &'a str)>,
    /// The assessments, by template and group.
    pub(super) plans: BTreeMap<(&'a str, &'a str), &'a AssessmentPlan>,
    pub(super) evidence: BTreeMap<&'a str, &'a EvidenceItem>,
}

impl<'a> Side<'a> {
    pub(super) fn new(snapshot: &Snapshot<'a>) -> Self {
        let Snapshot { model, profile: tenant, as_of } = *snapshot;
        let (library, profile) = (model.library(), tenant.profile());
        let mut evaluation = Evaluation::default();
        model.evaluate(tenant, as_of, &mut evaluation);
        let excluded = profile.exclusions.iter().filter_map(|e| {
            let framework = library.framework(e.control.framework);
            let control = framework.controls.get(e.control.control.position())?;
            Some((framework.id.value.as_str(), control.id.value.as_str()))
        });
        let plan = |p: &'a AssessmentPlan| ((library.template(p.template).id.value.as_str(), p.group.as_str()), p);
        Self {
            model,
            library,
            profile,
            as_of,
            evaluation,
            services: profile.services.iter().map(|s| library.service(s.value).id.value.as_str()).collect(),
            exclusions: excluded.collect(),
            plans: profile.assessments.iter().map(plan).collect(),
            evidence: profile.evidence.iter().map(|e| (e.id.value.as_str(), e)).collect(),
        }
    }

    /// The actions that the profile lists.
    pub(super) fn listed(&self) -> impl Iterator<Item = &'a str> {
        self.profile.actions.iter().map(|entry| self.library.action(entry.action).id.value.as_str())
    }

    /// The places of an action in a group, through its parents; none if it is not listed.
    pub(super) fn status(&self, action: &str, group: &str) -> Option<Vec<Standing<'a>>> {
        let places = self.profile.places(self.library.find_action(action)?, group)?;
        Some(places.iter().map(|place| self.standing(place)).collect())
    }

    fn standing(&self, place: &'a Place) -> Standing<'a> {
        let is_future = |on: Option<NaiveDate>| on.is_some_and(|on| on > self.as_of);
        let has_happened = !is_future(place.implemented_on) && !is_future(place.tested_on);
        let test = if has_happened { place.test } else { Test::None };
        let mut links: Vec<Link<'a>> = place.evidence.iter().filter_map(|link| self.link(*link)).collect();
        links.sort_unstable();
        Standing {
            name: place.name.as_deref(),
            implementation: place.implementation,
            test,
            source: place.source,
            tested_on: place.tested_on.filter(|_| has_happened),
            fraction: place.fraction.as_ref().map_or(BasisPoints::ZERO, |f| f.value),
            links,
        }
    }

    fn link(&self, link: EvidenceLink) -> Option<Link<'a>> {
        Some(match link {
            EvidenceLink::Own(position) => Link::Own(self.profile.evidence.get(position)?.id.value.as_str()),
            EvidenceLink::Library(item) => Link::Library(self.library.evidence_item(item).id.value.as_str()),
        })
    }

    /// What an action comes to in a group, where it applies.
    pub(super) fn figures(&self, action: &str, group: &str) -> Option<&ActionFigures> {
        let action = self.library.find_action(action)?;
        let assessments = self.profile.assessments.iter().zip(&self.evaluation.assessments);
        let mut of_group = assessments.filter(|(plan, _)| plan.group == group);
        of_group.find_map(|(plan, figures)| {
            let slot = self.model.compiled().template(plan.template).actions.binary_search(&action).ok()?;
            figures.actions.get(slot).filter(|f| f.applies)
        })
    }

    /// Whether an action would be looked at in a group: mapped by a template of these assessments to
    /// a control that is not excluded, and concerned with a service used. The library is this side's;
    /// the assessments are those of `plans`, services and exclusions those of `scope`.
    pub(super) fn looks_at(&self, plans: &Side<'_>, scope: &Side<'_>, action: &str, group: &str) -> bool {
        let Some(action) = self.library.find_action(action) else { return false };
        self.concerns(action, scope)
            && plans.plans.keys().filter(|(_, g)| *g == group).any(|(id, _)| self.opens(id, scope, action))
    }

    fn concerns(&self, action: ActionIdx, scope: &Side<'_>) -> bool {
        let named = self.model.compiled().services_of_action.row(action.position());
        let found = self.library.action(action);
        let is_general = found.owner == Owner::Customer && found.services.is_empty();
        is_general || named.iter().any(|s| scope.services.contains(self.library.service(*s).id.value.as_str()))
    }

    fn opens(&self, template: &str, scope: &Side<'_>, action: ActionIdx) -> bool {
        let Some(template) = self.library.find_template(template) else { return false };
        let compiled = self.model.compiled().template(template);
        let framework = self.library.framework(compiled.framework);
        let Ok(slot) = compiled.actions.binary_search(&action) else { return false };
        let is_open = |control: &ControlIdx| {
            let control = framework.controls.get(control.position()).map_or("", |c| c.id.value.as_str());
            !scope.exclusions.contains(&(framework.id.value.as_str(), control))
        };
        compiled.controls_of_slot.row(slot).iter().any(is_open)
    }
}
