//! A profile compiled against a compiled library: what evaluation runs over.
//!
//! [`Tenant::new`] takes the [`Facts`] of a profile and resolves (`fill`), once, what does
//! not depend on the date: which entry gives the status of which action in which group (through chains
//! of parents), which actions apply to the services used, and which controls are excluded. Evaluation
//! at any date then only walks flat lists. A fleet fills one tenant again and again.

mod facts;
mod fill;

pub(crate) use facts::{EntryFacts, Facts, PlanFacts};

use crate::compiled::{Compiled, CompiledTemplate, Flat};
use crate::day::{Day, Period};
use crate::id::{ActionIdx, ServiceIdx, TemplateIdx};
use crate::points::BasisPoints;
use crate::profile::{EvidenceLink, Implementation, PlaceSource, Profile, Status, Test};
use std::collections::BTreeMap;

/// A tenant ready to be evaluated at any date.
#[derive(Clone, Debug, Default)]
pub struct Tenant {
    /// The services used that the library knows, in id order.
    pub(crate) services: Vec<ServiceIdx>,
    /// For each of them, the evidence that names it: which item, and from which day.
    pub(crate) namings: Flat<(EvidenceLink, Day)>,
    /// For each set of services that actions concern, which of the services used are in it.
    pub(crate) masks: Flat<u64>,
    /// For each of those sets, whether one of its services is used.
    is_used: Vec<bool>,
    /// The periods of the profile's own evidence.
    pub(crate) own_evidence: Vec<Period>,
    pub(crate) assessments: Vec<TenantAssessment>,
    /// How many different groups the assessments have.
    pub(crate) groups: usize,
    /// For each status, its places.
    pub(crate) statuses: Flat<CompiledPlace>,
    /// For each place, the evidence linked.
    pub(crate) links: Flat<EvidenceLink>,
    /// How many services are used that the library does not know.
    pub(crate) externals: usize,
    /// The accepted risks, by action: until which day.
    pub(crate) acceptances: Vec<(ActionIdx, Day)>,
}

/// One assessment of a tenant.
#[derive(Clone, Debug, Default)]
pub(crate) struct TenantAssessment {
    pub(crate) template: TemplateIdx,
    /// Which of the tenant's groups, counted from 0.
    pub(crate) group: usize,
    /// For each slot of the template, how it stands for this tenant.
    pub(crate) slots: Vec<Slot>,
    /// For each slot, whether one of its controls is not excluded.
    pub(crate) is_open: Vec<bool>,
    /// For each slot, how many of its controls are not excluded.
    pub(crate) widths: Vec<u32>,
    /// For each control of the framework, whether it is excluded, and whether claimed as inherited.
    pub(crate) controls: Vec<Statement>,
    pub(crate) retest: Retest,
    /// The slots of actions with two statuses that contradict each other.
    pub(crate) conflicts: Vec<usize>,
}

/// After how many days a test is stale.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Retest {
    pub(crate) manual: u32,
    pub(crate) automatic: u32,
}

impl Retest {
    /// After how many days a test from this source is stale.
    pub(crate) fn days(self, source: PlaceSource) -> u32 {
        match source {
            PlaceSource::Manual => self.manual,
            PlaceSource::Automatic => self.automatic,
        }
    }
}

/// What the Statement of Applicability says of a control.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Statement {
    pub(crate) is_excluded: bool,
    /// Whether a reason is given for that.
    pub(crate) is_justified: bool,
    pub(crate) is_claimed_inherited: bool,
}

/// How an action of a template stands for a tenant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Slot {
    /// It concerns no service that the tenant uses.
    NotApplicable,
    /// The customer's, and the profile does not list it, or not the one at the end of its chain of
    /// parents: this action.
    Unlisted(ActionIdx),
    /// The customer's, with the status at this position.
    Listed(usize),
    /// The provider's; the services it concerns, at least one of them used, are the mask in this row.
    Provider(usize),
}

/// A place as evaluation needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompiledPlace {
    pub(crate) implementation: Implementation,
    pub(crate) test: Test,
    pub(crate) source: PlaceSource,
    pub(crate) implemented_on: Option<Day>,
    pub(crate) tested_on: Option<Day>,
    pub(crate) fraction: BasisPoints,
    /// Which row of the links is this place's.
    pub(crate) links: usize,
}

impl Tenant {
    /// Compiles `profile`, whose parents are known to be free of rings.
    #[must_use]
    pub fn new(compiled: &Compiled, profile: &Profile) -> Self {
        let mut tenant = Self::default();
        tenant.fill(compiled, &mut Facts::of(profile));
        tenant
    }

    /// Whether the risk of an action is accepted on a day.
    pub(crate) fn is_accepted(&self, action: ActionIdx, day: Day) -> bool {
        let start = self.acceptances.partition_point(|(of, _)| *of < action);
        let list = self.acceptances.get(start..).unwrap_or_default();
        list.iter().take_while(|(of, _)| *of == action).any(|(_, until)| *until >= day)
    }

    /// The same tenant as if an item of evidence did not exist.
    pub(crate) fn without_item(&self, item: EvidenceLink) -> Self {
        let namings = self.namings.filtered(|_, (naming, _)| *naming != item);
        Self { namings, links: self.links.filtered(|_, link| *link != item), ..self.clone() }
    }

    /// The same tenant as if no evidence named its service at `position`.
    pub(crate) fn with_service_unnamed(&self, position: usize) -> Self {
        Self { namings: self.namings.filtered(|row, _| row != position), ..self.clone() }
    }

    /// The same tenant as if evidence that always holds named its service at `position`.
    pub(crate) fn with_service_named(&self, position: usize) -> Self {
        let mut tenant = self.clone();
        let item = EvidenceLink::Own(tenant.own_evidence.len());
        tenant.own_evidence.push(Period { from: Day::FIRST, to: Day::LAST });
        tenant.namings = Flat::new();
        for (n, row) in self.namings.rows().enumerate() {
            let more = (n == position).then_some((item, Day::FIRST));
            tenant.namings.push_row(row.iter().copied().chain(more));
        }
        tenant
    }

    /// The same tenant as if nobody had made the tests of the statuses at some positions that a person made.
    pub(crate) fn without_tests(&self, is_of: impl Fn(usize) -> bool) -> Self {
        let mut statuses = Flat::new();
        for (position, row) in self.statuses.rows().enumerate() {
            let untested = is_of(position);
            statuses.push_row(row.iter().map(|place| match place.source {
                PlaceSource::Manual if untested => CompiledPlace { test: Test::None, ..*place },
                _ => *place,
            }));
        }
        Self { statuses, ..self.clone() }
    }

    /// The evidence linked by a place.
    pub(crate) fn links(&self, place: &CompiledPlace) -> &[EvidenceLink] {
        self.links.row(place.links)
    }
}

/// Which entry gives the status of an action in one group, through its parents.
pub(crate) struct Statuses<'p> {
    profile: &'p Profile,
    group: &'p str,
    /// What was found so far: a long chain of parents is walked once, not once for each child.
    known: BTreeMap<ActionIdx, Result<usize, ActionIdx>>,
}

impl<'p> Statuses<'p> {
    pub(crate) fn new(profile: &'p Profile, group: &'p str) -> Self {
        Self { profile, group, known: BTreeMap::new() }
    }

    /// The position of the entry whose status holds for `action`, or the action that lacks one.
    pub(crate) fn of(&mut self, action: ActionIdx) -> Result<usize, ActionIdx> {
        let (mut chain, mut next) = (Vec::new(), action);
        let found = loop {
            if let Some(found) = self.known.get(&next) {
                break *found;
            }
            chain.push(next);
            // INVARIANT: rings of parents were refused, so a chain is no longer than the list of entries.
            let entry = self.profile.entry(next, self.group).filter(|_| chain.len() <= self.profile.actions.len());
            match entry.map(|e| (e, &e.status)) {
                Some((_, Status::Parent(parent))) => next = parent.value,
                Some((entry, _)) => break self.profile.position(entry).ok_or(next),
                None => break Err(next),
            }
        };
        self.known.extend(chain.into_iter().map(|action| (action, found)));
        found
    }
}

impl Compiled {
    #[expect(clippy::indexing_slicing, reason = "a template index is a position in the library this was compiled from")]
    pub(crate) fn template(&self, index: TemplateIdx) -> &CompiledTemplate {
        &self.templates[index.position()]
    }

    #[expect(clippy::indexing_slicing, reason = "a service index is a position in the library this was compiled from")]
    pub(crate) fn service(&self, index: ServiceIdx) -> &crate::compiled::CompiledService {
        &self.services[index.position()]
    }

    #[expect(clippy::indexing_slicing, reason = "an action index is a position in the library this was compiled from")]
    pub(crate) fn action(&self, index: ActionIdx) -> &crate::compiled::CompiledAction {
        &self.actions[index.position()]
    }

    /// The period in which a linked item is current.
    pub(crate) fn period(&self, tenant: &Tenant, link: EvidenceLink) -> Period {
        let found = match link {
            EvidenceLink::Own(position) => tenant.own_evidence.get(position),
            EvidenceLink::Library(item) => self.evidence.get(item.position()),
        };
        // INVARIANT: links were resolved when the profile was read; an empty period is never current.
        found.copied().unwrap_or(Period { from: Day::LAST, to: Day::FIRST })
    }
}
