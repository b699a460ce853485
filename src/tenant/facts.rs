//! What of a profile moves a figure or makes a gap, in indices and nothing else.
//!
//! However a profile is read, this comes of it; [`Tenant::fill`](super::Tenant::fill) compiles it. The
//! buffers are used again for the next profile.

use super::{CompiledPlace, Retest};
use crate::compiled::Flat;
use crate::day::{Day, Period};
use crate::id::{ActionIdx, ControlIdx, FrameworkIdx, ServiceIdx, TemplateIdx};
use crate::points::BasisPoints;
use crate::profile::{ActionEntry, EvidenceLink, Place, Profile, Status};

/// A profile without words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// What is assessed, by template, then group.
    pub(crate) plans: Vec<PlanFacts>,
    /// How many different groups the assessments have.
    pub(crate) groups: usize,
    /// The services used that the library knows, in id order.
    pub(crate) services: Vec<ServiceIdx>,
    /// How many services are used that it does not know.
    pub(crate) externals: usize,
    /// The periods of the profile's own evidence.
    pub(crate) evidence: Vec<Period>,
    /// Which own evidence names which service, from which day.
    pub(crate) namings: Vec<(ServiceIdx, usize, Day)>,
    /// The listed actions, by action, then the one for every group, then group.
    pub(crate) entries: Vec<EntryFacts>,
    /// The statuses that they have, each with its places; none if the status is a parent's.
    pub(crate) statuses: Flat<CompiledPlace>,
    /// For each place, the evidence linked.
    pub(crate) links: Flat<EvidenceLink>,
    /// The excluded controls, each with whether a reason is given.
    pub(crate) exclusions: Vec<(FrameworkIdx, ControlIdx, bool)>,
    /// The controls claimed as inherited.
    pub(crate) inheritances: Vec<(FrameworkIdx, ControlIdx)>,
    /// The accepted risks, by action: until which day.
    pub(crate) acceptances: Vec<(ActionIdx, Day)>,
}

/// One assessment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlanFacts {
    pub(crate) template: TemplateIdx,
    /// Which of the groups, counted from 0 in the order of their names.
    pub(crate) group: usize,
    pub(crate) retest: Retest,
}

/// One listed action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryFacts {
    pub(crate) action: ActionIdx,
    /// The group the status is for; none means every group.
    pub(crate) group: Option<usize>,
    /// The action whose status is taken over.
    pub(crate) parent: Option<ActionIdx>,
    /// Which of the statuses is its.
    pub(crate) status: usize,
    /// Whether two statuses of it contradict each other.
    pub(crate) has_conflict: bool,
}

impl Facts {
    /// What `profile` says.
    pub(crate) fn of(profile: &Profile) -> Self {
        let groups = profile.groups();
        let group_of = |group: &str| groups.binary_search(&group).unwrap_or(usize::MAX);
        let mut facts = Self {
            plans: Vec::with_capacity(profile.assessments.len()),
            groups: groups.len(),
            services: profile.services.iter().map(|s| s.value).collect(),
            externals: profile.externals.len(),
            evidence: profile.evidence.iter().map(|e| Period::new(e.valid_from, e.valid_to)).collect(),
            exclusions: Vec::with_capacity(profile.exclusions.len()),
            inheritances: profile.inheritances.iter().map(|c| (c.framework, c.control)).collect(),
            acceptances: profile.acceptances.iter().map(|a| (a.action.value, Day::from(a.expires_on))).collect(),
            ..Self::default()
        };
        facts.plans.extend(profile.assessments.iter().map(|plan| PlanFacts {
            template: plan.template,
            group: group_of(&plan.group),
            retest: Retest { manual: plan.retest_days, automatic: plan.retest_days_automatic },
        }));
        for (position, item) in profile.evidence.iter().enumerate().filter(|(_, e)| e.provider_kind.is_some()) {
            let named = item.services.iter().filter_map(|(service, since)| {
                let since = since.or(item.valid_from)?;
                Some((*service, position, Day::from(since)))
            });
            facts.namings.extend(named);
        }
        for exclusion in &profile.exclusions {
            let is_justified = !exclusion.justification.trim().is_empty();
            facts.exclusions.push((exclusion.control.framework, exclusion.control.control, is_justified));
        }
        for (status, entry) in profile.actions.iter().enumerate() {
            facts.entries.push(EntryFacts {
                action: entry.action,
                group: entry.group.as_deref().map(group_of),
                parent: match &entry.status {
                    Status::Parent(parent) => Some(parent.value),
                    Status::Single(_) | Status::Instances(_) => None,
                },
                status,
                has_conflict: entry.conflict.is_some(),
            });
            facts.add_status(entry);
        }
        facts
    }

    /// Adds the places of an entry, so that status `n` is that of entry `n`.
    fn add_status(&mut self, entry: &ActionEntry) {
        for place in entry.places() {
            let place_of = |place: &Place, links| CompiledPlace {
                implementation: place.implementation,
                test: place.test,
                source: place.source,
                implemented_on: place.implemented_on.map(Day::from),
                tested_on: place.tested_on.map(Day::from),
                fraction: place.fraction.as_ref().map_or(BasisPoints::ZERO, |f| f.value),
                links,
            };
            self.statuses.push(place_of(place, self.links.rows().len()));
            self.links.push_row(place.evidence.iter().copied());
        }
        self.statuses.end_row();
    }

    /// Says nothing, in the same memory.
    pub(crate) fn clear(&mut self) {
        self.plans.clear();
        self.groups = 0;
        self.services.clear();
        self.externals = 0;
        self.evidence.clear();
        self.namings.clear();
        self.entries.clear();
        self.statuses.clear();
        self.links.clear();
        self.exclusions.clear();
        self.inheritances.clear();
        self.acceptances.clear();
    }
}
