//! One control of Annex A: whether it applies and why, how it stands, and what shows it.

use super::Stating;
use super::result::{StatementAction, StatementEvidence, StatementRequirement, StatementRow, StatementService};
use crate::compiled::CompiledTemplate;
use crate::evaluate::{AssessmentFigures, GapKind, GapView, named_by, services_of};
use crate::explain::{Telling, action_state};
use crate::id::{ActionIdx, ControlIdx};
use crate::library::{Framework, Owner};
use crate::profile::{AssessmentPlan, EvidenceLink, Inclusion};
use crate::result::Assessment;
use crate::tenant::{Slot, TenantAssessment};
use std::collections::{BTreeMap, BTreeSet};

/// An assessment, with all that its statement is made from.
pub(super) struct Assessed<'a> {
    pub(super) view: GapView<'a>,
    telling: Telling<'a>,
    pub(super) approved: Option<&'a AssessmentFigures>,
    pub(super) score: &'a Assessment,
    pub(super) plan: &'a AssessmentPlan,
    pub(super) framework: &'a Framework,
    pub(super) template: &'a CompiledTemplate,
    pub(super) stands: &'a TenantAssessment,
    pub(super) figures: &'a AssessmentFigures,
    /// For each control that has rows in the gap report, their kinds.
    gaps: BTreeMap<&'a str, BTreeSet<GapKind>>,
    /// What lapsed under each control.
    pub(super) lapsed: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// The actions without which some action in scope lacks a prerequisite.
    pub(super) needed: BTreeSet<ActionIdx>,
}

impl<'a> Assessed<'a> {
    pub(super) fn new(stating: &Stating<'a>, position: usize) -> Option<Self> {
        let view = stating.telling.view;
        let plan = view.profile.assessments.get(position)?;
        let template = view.compiled.template(plan.template);
        let score = stating.score.assessments.get(position)?;
        let (mut gaps, mut lapsed): (BTreeMap<&str, BTreeSet<_>>, BTreeMap<&str, BTreeSet<&str>>) = Default::default();
        for gap in &score.gaps {
            gaps.entry(&gap.control.id).or_default().insert(gap.finding.kind);
            if [Some(gap.finding.kind), gap.finding.cause].contains(&Some(GapKind::EvidenceExpired)) {
                lapsed.entry(&gap.control.id).or_default().extend(gap.finding.evidence_id.as_deref());
            }
        }
        let mut assessed = Self {
            view,
            telling: stating.telling,
            approved: stating.approved.and_then(|e| e.assessments.get(position)),
            score,
            plan,
            framework: view.library.framework(template.framework),
            template,
            stands: view.tenant.assessments.get(position)?,
            figures: stating.telling.evaluation.assessments.get(position)?,
            gaps,
            lapsed,
            needed: BTreeSet::new(),
        };
        assessed.needed = assessed.prerequisites();
        Some(assessed)
    }

    /// The slots of the control at `control`.
    pub(super) fn slots(&self, control: usize) -> impl Iterator<Item = usize> + use<'a> {
        self.template.slots_of_control.row(control).iter().filter_map(|slot| usize::try_from(*slot).ok())
    }

    pub(super) fn is_customers(&self, slot: usize) -> bool {
        self.template.actions.get(slot).is_some_and(|a| self.view.compiled.action(*a).owner == Owner::Customer)
    }

    /// Whether the action in a slot stands in the denominator.
    pub(super) fn counts(&self, slot: usize) -> bool {
        self.figures.actions.get(slot).is_some_and(|f| f.counts)
    }

    pub(super) fn action_id(&self, slot: usize) -> Option<&'a str> {
        let action = self.template.actions.get(slot)?;
        Some(self.view.library.action(*action).id.value.as_str())
    }

    /// The row of the control at `control`.
    pub(super) fn row(&self, control: usize) -> Option<StatementRow> {
        let score = self.score.controls.get(control)?;
        let stated = self.stands.controls.get(control)?;
        let included = self.inclusion(control).filter(|_| !stated.is_excluded);
        let actions = if stated.is_excluded { Vec::new() } else { self.actions(control) };
        let treats = |slot: &usize| self.is_customers(*slot) && self.counts(*slot) && !stated.is_excluded;
        let mut row = StatementRow {
            control: score.id.clone(),
            title: score.title.clone(),
            applicable: !stated.is_excluded,
            justification: if stated.is_excluded { self.exclusion(control) } else { included.and_then(reason) },
            requirements: self.requirements(control),
            risk_treatment: self.ids(self.slots(control).filter(treats)),
            claimed_inherited: stated.is_claimed_inherited && !stated.is_excluded,
            implementation: self.realization(self.figures, self.view.day, control),
            status: score.status,
            coverage: score.coverage,
            responsibility: score.responsibility,
            shared_gap: score.shared_gap,
            owners: owners(included, &actions),
            actions,
            services: Vec::new(),
            evidence: Vec::new(),
            notes: included.and_then(|i| i.notes.clone()),
            gaps: self.gaps.get(score.id.as_str()).cloned().unwrap_or_default(),
            marks: Vec::new(),
        };
        if row.applicable {
            row.services = self.services(control);
            row.evidence = self.evidence(control);
        }
        row.marks = self.marks(control, &row);
        Some(row)
    }

    pub(super) fn ids(&self, slots: impl Iterator<Item = usize>) -> Vec<String> {
        slots.filter_map(|slot| self.action_id(slot)).map(str::to_owned).collect()
    }

    fn inclusion(&self, control: usize) -> Option<&'a Inclusion> {
        let key = (self.template.framework, ControlIdx::at(control));
        let list = &self.view.profile.statement.inclusions;
        let found = list.binary_search_by_key(&key, |i| (i.control.framework, i.control.control));
        found.ok().and_then(|n| list.get(n))
    }

    /// Why the control is excluded; nothing if the profile does not say.
    fn exclusion(&self, control: usize) -> Option<String> {
        let key = (self.template.framework, ControlIdx::at(control));
        let list = &self.view.profile.exclusions;
        let found = list.binary_search_by_key(&key, |e| (e.control.framework, e.control.control));
        let text = list.get(found.ok()?)?.justification.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn requirements(&self, control: usize) -> Vec<StatementRequirement> {
        let control = ControlIdx::at(control);
        let all = self.view.profile.statement.requirements.iter();
        let depending =
            all.filter(|r| r.framework == self.template.framework && r.controls.binary_search(&control).is_ok());
        let mut list: Vec<StatementRequirement> = depending
            .map(|r| StatementRequirement {
                kind: r.kind,
                id: r.id.value.clone(),
                title: r.title.clone(),
                reference: r.reference.clone(),
            })
            .collect();
        list.sort();
        list
    }

    fn actions(&self, control: usize) -> Vec<StatementAction> {
        let applies = |slot: &usize| self.figures.actions.get(*slot).is_some_and(|f| f.applies);
        self.slots(control).filter(applies).filter_map(|slot| self.action(slot)).collect()
    }

    fn action(&self, slot: usize) -> Option<StatementAction> {
        let score = self.score.actions.get(slot)?;
        let entry = self.view.profile.entry(*self.template.actions.get(slot)?, &self.plan.group);
        Some(StatementAction {
            id: score.id.clone(),
            title: score.title.clone(),
            owner: score.owner,
            state: action_state(*self.stands.slots.get(slot)?, self.figures.actions.get(slot)?),
            implementation: self.implementation(slot, self.view.day),
            assigned_to: entry.and_then(|e| e.assigned_to.clone()),
            due_on: entry.and_then(|e| e.due_on),
        })
    }

    /// The services used that the provider's actions for the control concern: their positions.
    fn service_positions(&self, control: usize) -> BTreeSet<usize> {
        let provided = self.slots(control).filter(|slot| !self.is_customers(*slot) && self.counts(*slot));
        let actions = provided.filter_map(|slot| self.template.actions.get(slot));
        let services = &self.telling.evaluation.services;
        let concerned = actions.flat_map(|a| services_of(self.view.compiled, self.view.tenant, *a, services));
        concerned.map(|(position, _)| position).collect()
    }

    fn services(&self, control: usize) -> Vec<StatementService> {
        let service = |position: usize| {
            let library = self.view.library.service(*self.view.tenant.services.get(position)?);
            Some(StatementService {
                id: library.id.value.to_string(),
                name: library.name.clone(),
                state: self.telling.service_state(position)?,
            })
        };
        self.service_positions(control).into_iter().filter_map(service).collect()
    }

    /// What the customer links for what is in scope, and what names the services by the day.
    fn evidence(&self, control: usize) -> Vec<StatementEvidence> {
        let mut items: BTreeMap<(Owner, EvidenceLink), StatementEvidence> = BTreeMap::new();
        let linked = self.slots(control).filter(|slot| self.counts(*slot)).flat_map(|slot| self.linked(slot));
        let named = self.service_positions(control).into_iter();
        let named = named.flat_map(|position| named_by(self.view.tenant, position, self.view.day));
        let all = linked.map(|item| (Owner::Customer, item)).chain(named.map(|item| (Owner::Provider, item)));
        for (owner, item) in all {
            items.entry((owner, item)).or_insert_with(|| self.item(owner, item));
        }
        let mut list: Vec<StatementEvidence> = items.into_values().collect();
        list.sort_by(|a, b| (a.owner, &a.id).cmp(&(b.owner, &b.id)));
        list
    }

    fn linked(&self, slot: usize) -> Vec<EvidenceLink> {
        let Some(Slot::Listed(status)) = self.stands.slots.get(slot) else { return Vec::new() };
        let places = self.view.tenant.statuses.row(*status).iter();
        places.flat_map(|place| self.view.tenant.links(place)).copied().collect()
    }

    fn item(&self, owner: Owner, item: EvidenceLink) -> StatementEvidence {
        let period = self.telling.period(item);
        StatementEvidence {
            id: self.view.evidence_id(item).to_owned(),
            title: self.telling.evidence_words(item).0,
            owner,
            state: self.telling.evidence_state(item),
            from: period.from.date(),
            until: period.to.date(),
            link: self.view.location(item).map(str::to_owned),
        }
    }
}

/// Why a control is applicable, if the profile says so in more than blanks.
fn reason(inclusion: &Inclusion) -> Option<String> {
    inclusion.justification.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn owners(included: Option<&Inclusion>, actions: &[StatementAction]) -> Vec<String> {
    if let Some(owner) = included.and_then(|i| i.owner.as_ref()) {
        return vec![owner.clone()];
    }
    let assigned: BTreeSet<&String> = actions.iter().filter_map(|a| a.assigned_to.as_ref()).collect();
    assigned.into_iter().cloned().collect()
}
