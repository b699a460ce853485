//! A profile compiled against a compiled library: what evaluation runs over.
//!
//! [`Tenant::new`] resolves, once, what does not depend on the date: which entry gives the status
//! of which action in which group (through chains of parents), which actions apply to the services
//! used, and which controls are excluded. Evaluation at any date then only walks flat lists.

use crate::compiled::{Compiled, CompiledTemplate, Flat};
use crate::day::{Day, Period};
use crate::id::{ActionIdx, ControlIdx, FrameworkIdx, ServiceIdx, TemplateIdx};
use crate::library::Owner;
use crate::points::BasisPoints;
use crate::profile::{
    ActionEntry, AssessmentPlan, EvidenceLink, Implementation, Place, PlaceSource, Profile, Status, Test,
};
use std::collections::BTreeMap;

/// A tenant ready to be evaluated at any date.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// The services used that the library knows, in id order.
    pub(crate) services: Vec<ServiceIdx>,
    /// For each of them, the evidence that names it: which item, and from which day.
    pub(crate) namings: Flat<(EvidenceLink, Day)>,
    /// For each provider's action, which of the services used it concerns.
    pub(crate) masks: Flat<u64>,
    /// The periods of the profile's own evidence.
    pub(crate) own_evidence: Vec<Period>,
    pub(crate) assessments: Vec<TenantAssessment>,
    /// How many different groups the assessments have.
    pub(crate) groups: usize,
    /// For each status, its places.
    pub(crate) statuses: Flat<CompiledPlace>,
    /// For each place, the evidence linked.
    links: Flat<EvidenceLink>,
}

/// One assessment of a tenant.
#[derive(Clone, Debug)]
pub(crate) struct TenantAssessment {
    pub(crate) template: TemplateIdx,
    /// Which of the tenant's groups, counted from 0.
    pub(crate) group: usize,
    /// For each slot of the template, how it stands for this tenant.
    pub(crate) slots: Vec<Slot>,
    /// For each slot, whether one of its controls is not excluded.
    pub(crate) is_open: Vec<bool>,
    /// For each control of the framework, whether it is excluded, and whether claimed as inherited.
    pub(crate) controls: Vec<Statement>,
    pub(crate) retest: Retest,
}

/// After how many days a test is stale.
#[derive(Clone, Copy, Debug)]
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
    /// The provider's; the services it concerns are the mask in this row.
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
    links: usize,
}

impl Tenant {
    /// Compiles `profile`, whose parents are known to be free of rings.
    #[must_use]
    pub fn new(compiled: &Compiled, profile: &Profile) -> Self {
        let services: Vec<ServiceIdx> = profile.services.iter().map(|s| s.value).collect();
        let mut tenant = Self {
            namings: namings(compiled, profile, &services),
            masks: Flat::new(),
            services,
            own_evidence: profile.evidence.iter().map(|e| Period::new(e.valid_from, e.valid_to)).collect(),
            assessments: Vec::with_capacity(profile.assessments.len()),
            groups: 0,
            statuses: Flat::new(),
            links: Flat::new(),
        };
        profile.actions.iter().for_each(|entry| tenant.add_status(entry));
        let groups = profile.groups();
        tenant.groups = groups.len();
        for plan in &profile.assessments {
            let group = groups.binary_search(&plan.group.as_str()).unwrap_or(0);
            let assessment = tenant.assessment(compiled, profile, plan, group);
            tenant.assessments.push(assessment);
        }
        tenant
    }

    /// Adds the places of an entry, so that status `n` is that of the profile's entry `n`.
    fn add_status(&mut self, entry: &ActionEntry) {
        let places: &[Place] = match &entry.status {
            Status::Single(place) => std::slice::from_ref(place),
            Status::Instances(places) => places,
            Status::Parent(_) => &[],
        };
        let first = self.links.rows().len();
        places.iter().for_each(|place| self.links.push_row(place.evidence.iter().copied()));
        let compiled = places.iter().zip(first..).map(|(place, links)| CompiledPlace {
            implementation: place.implementation,
            test: place.test,
            source: place.source,
            implemented_on: place.implemented_on.map(Day::from),
            tested_on: place.tested_on.map(Day::from),
            fraction: place.fraction.as_ref().map_or(BasisPoints::ZERO, |f| f.value),
            links,
        });
        self.statuses.push_row(compiled);
    }

    fn assessment(
        &mut self,
        compiled: &Compiled,
        profile: &Profile,
        plan: &AssessmentPlan,
        group: usize,
    ) -> TenantAssessment {
        let template = compiled.template(plan.template);
        let actions = &template.actions;
        let controls = statements(profile, template.framework, template);
        let is_open = |c: &ControlIdx| controls.get(c.position()).is_some_and(|s| !s.is_excluded);
        let mut statuses = Statuses::new(profile, &plan.group);
        TenantAssessment {
            is_open: template.controls_of_slot.rows().map(|row| row.iter().any(is_open)).collect(),
            template: plan.template,
            group,
            slots: actions.iter().map(|a| self.slot(compiled, &mut statuses, *a)).collect(),
            controls,
            retest: Retest { manual: plan.retest_days, automatic: plan.retest_days_automatic },
        }
    }

    fn slot(&mut self, compiled: &Compiled, statuses: &mut Statuses<'_>, action: ActionIdx) -> Slot {
        let Some(found) = compiled.actions.get(action.position()) else { return Slot::NotApplicable };
        let concerned = compiled.services_of_action.row(action.position());
        let uses_one = concerned.iter().any(|s| self.services.binary_search(s).is_ok());
        match found.owner {
            Owner::Provider if uses_one => {
                let used = concerned.iter().filter_map(|s| self.services.binary_search(s).ok());
                self.masks.push_row(mask(self.services.len(), used));
                Slot::Provider(self.masks.rows().len() - 1)
            }
            Owner::Customer if uses_one || !found.names_services => match statuses.of(action) {
                Ok(position) => Slot::Listed(position),
                Err(source) => Slot::Unlisted(source),
            },
            _ => Slot::NotApplicable,
        }
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

/// A set of positions below `count` as bits.
pub(crate) fn mask(count: usize, positions: impl Iterator<Item = usize>) -> Vec<u64> {
    let mut words = vec![0_u64; count.div_ceil(64)];
    for position in positions {
        if let Some(word) = words.get_mut(position / 64) {
            *word |= 1 << (position % 64);
        }
    }
    words
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

fn statements(profile: &Profile, framework: FrameworkIdx, template: &CompiledTemplate) -> Vec<Statement> {
    let mut list = vec![Statement::default(); template.slots_of_control.rows().len()];
    for exclusion in profile.exclusions.iter().filter(|e| e.control.framework == framework) {
        if let Some(statement) = list.get_mut(exclusion.control.control.position()) {
            statement.is_excluded = true;
        }
    }
    for claim in profile.inheritances.iter().filter(|c| c.framework == framework) {
        if let Some(statement) = list.get_mut(claim.control.position()) {
            statement.is_claimed_inherited = true;
        }
    }
    list
}

/// For each service used, the library's evidence and the profile's own that names it.
fn namings(compiled: &Compiled, profile: &Profile, services: &[ServiceIdx]) -> Flat<(EvidenceLink, Day)> {
    let mut flat = Flat::new();
    for service in services {
        let mut row: Vec<(EvidenceLink, Day)> = Vec::new();
        for (position, item) in profile.evidence.iter().enumerate().filter(|(_, e)| e.provider_kind.is_some()) {
            for (_, since) in item.services.iter().filter(|(named, _)| named == service) {
                row.extend(since.or(item.valid_from).map(|d| (EvidenceLink::Own(position), Day::from(d))));
            }
        }
        let library = compiled.namings.row(service.position());
        row.extend(library.iter().map(|(item, day)| (EvidenceLink::Library(*item), *day)));
        flat.push_row(row);
    }
    flat
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
