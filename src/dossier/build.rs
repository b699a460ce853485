//! The parts of a dossier brought together, from one evaluation and the one of the horizon.

use super::result::{ActionAt, Dossier, DossierOptions, EvidenceAt, Lapsing};
use super::sheet::{AssessmentSheet, ControlSheet, ExclusionSheet, Missing};
use super::{action, evidence, service};
use crate::day::Day;
use crate::evaluate::{Evaluation, GapKind, GapView, evaluate};
use crate::explain::{Assessed, Telling};
use crate::forecast::steps;
use crate::id::{ActionIdx, ControlIdx};
use crate::model::{Model, TenantProfile};
use crate::plan::{PlanOptions, plan};
use crate::profile::EvidenceLink;
use crate::result::{Assessment, TenantScore, describe};
use crate::source::Sources;
use crate::tenant::Slot;
use crate::weakpoints::examined_evidence;
use std::collections::{BTreeMap, BTreeSet};

/// The version of the JSON form.
const SCHEMA: u32 = 1;

/// What all sheets are written from.
pub(super) struct Ground<'a> {
    pub(super) telling: &'a Telling<'a>,
    pub(super) assessed: Vec<Assessed<'a>>,
    /// Where each action that concerns the tenant has its sheet.
    pub(super) actions: BTreeMap<ActionIdx, ActionAt>,
    /// Where each item that matters stands in the register.
    pub(super) evidence: BTreeMap<EvidenceLink, EvidenceAt>,
}

impl<'a> Ground<'a> {
    fn new(telling: &'a Telling<'a>) -> Self {
        let assessed = telling.assessed();
        let applying = assessed.iter().flat_map(|a| {
            let slots = a.template.actions.iter().zip(&a.stands.slots);
            slots.filter(|(_, slot)| !matches!(slot, Slot::NotApplicable)).map(|(action, _)| *action)
        });
        let actions: BTreeSet<ActionIdx> = applying.collect();
        let evidence = examined_evidence(&telling.view);
        Self {
            telling,
            assessed,
            actions: actions.into_iter().enumerate().map(|(n, action)| (action, ActionAt(n))).collect(),
            evidence: evidence.into_iter().enumerate().map(|(n, item)| (item, EvidenceAt(n))).collect(),
        }
    }
}

/// See [`Model::dossier`].
pub(super) fn dossier(model: &Model, profile: &TenantProfile, sources: &Sources, options: &DossierOptions) -> Dossier {
    let DossierOptions { as_of, expiring_within, hours } = *options;
    let view = model.view(profile, Day::from(as_of), expiring_within);
    let [evaluation, later] = [view.day, view.horizon].map(|day| {
        let mut evaluation = Evaluation::default();
        evaluate(view.compiled, view.tenant, day, &mut evaluation);
        evaluation
    });
    let score = describe(&view, &evaluation, &later, as_of);
    let telling = Telling { view, evaluation: &evaluation, sources, only: None };
    let ground = Ground::new(&telling);
    let next = hours.map(|hours| {
        let options = PlanOptions { budget: Some(hours), frontier: 0, ..PlanOptions::new(as_of) };
        plan(model.ground(profile), &options)
    });
    Dossier {
        schema: SCHEMA,
        expiring_within,
        assessments: ground.assessed.iter().map(|assessed| ground.assessment(assessed, &score)).collect(),
        services: service::sheets(&ground),
        actions: action::sheets(&ground),
        evidence: evidence::register(&ground),
        statements: model.statements(profile, &score),
        lapses: lapses(&view, options),
        next,
        history: None,
        score,
    }
}

/// The findings and the rows of the gap report, counted by kind.
fn missing(assessment: &Assessment) -> Vec<Missing> {
    let mut found: BTreeMap<GapKind, (Missing, BTreeSet<&str>)> = BTreeMap::new();
    for gap in &assessment.gaps {
        let kind = gap.finding.kind;
        let none = || (Missing { kind, findings: 0, rows: 0, controls: 0 }, BTreeSet::new());
        let (missing, controls) = found.entry(kind).or_insert_with(none);
        controls.insert(&gap.control.id);
        missing.rows += 1;
        missing.controls = controls.len();
    }
    for gap in assessment.findings() {
        if let Some((missing, _)) = found.get_mut(&gap.finding.kind) {
            missing.findings += 1;
        }
    }
    found.into_values().map(|(missing, _)| missing).collect()
}

fn lapses(view: &GapView<'_>, options: &DossierOptions) -> Vec<Lapsing> {
    let mut list = Vec::new();
    for step in steps(view, options.as_of) {
        let Some(last_day) = Day::from(step.from).before().date() else { continue };
        let ends = step.events.into_iter().filter(|event| event.kind.is_end());
        list.extend(ends.map(|event| Lapsing { last_day, event }));
    }
    list
}

impl Ground<'_> {
    fn assessment(&self, assessed: &Assessed<'_>, score: &TenantScore) -> AssessmentSheet {
        let domains = score.assessments.get(assessed.position).map(|a| &a.domains[..]).unwrap_or_default();
        let at: BTreeMap<&str, usize> = domains.iter().enumerate().map(|(n, domain)| (domain.id.as_str(), n)).collect();
        let tops = assessed.framework.domains();
        let sheet = |(position, control): (usize, &crate::library::Control)| {
            let slots = assessed.template.slots_of_control.row(position).iter();
            let found = slots.filter_map(|slot| assessed.slot(usize::try_from(*slot).ok()?));
            let top = tops.get(control.group.value.as_str());
            let mut sheet = self.statements(assessed, ControlIdx::at(position));
            sheet.domain = top.and_then(|top| at.get(top.id.value.as_str())).copied();
            let applying = found.filter(|(_, slot, _)| !matches!(slot, Slot::NotApplicable));
            sheet.actions = applying.filter_map(|(action, ..)| self.actions.get(&action).copied()).collect();
            sheet
        };
        AssessmentSheet {
            retest_days: assessed.plan.retest_days,
            retest_days_automatic: assessed.plan.retest_days_automatic,
            location: self.telling.location(assessed.plan.span),
            controls: assessed.framework.controls.iter().enumerate().map(sheet).collect(),
            missing: score.assessments.get(assessed.position).map(missing).unwrap_or_default(),
        }
    }

    /// The sheet of a control with what the profile states of it, still without its actions.
    fn statements(&self, assessed: &Assessed<'_>, control: ControlIdx) -> ControlSheet {
        let is_this = |framework, found| framework == assessed.template.framework && found == control;
        let profile = self.telling.view.profile;
        let exclusion = profile.exclusions.iter().find(|e| is_this(e.control.framework, e.control.control));
        let claim = profile.inheritances.iter().find(|c| is_this(c.framework, c.control));
        ControlSheet {
            domain: None,
            actions: Vec::new(),
            exclusion: exclusion.map(|e| ExclusionSheet {
                justification: e.justification.trim().to_owned(),
                location: self.telling.location(e.control.span),
            }),
            claimed_inherited: claim.and_then(|c| self.telling.location(c.span)),
        }
    }
}
