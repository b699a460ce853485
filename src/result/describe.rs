//! Indices and figures to plain data.

use super::gap::{GapAction, GapControl, GapFinding, GapScope};
use super::next_step::{Facts, next_step};
use super::{ActionScore, Assessment, ControlScore, Domain, Gap, Outlook, SCHEMA, TenantScore};
use crate::compiled::CompiledTemplate;
use crate::day::Day;
use crate::evaluate::{
    AssessmentFigures, ControlFigures, DomainFigures, Evaluation, Finding, GapService, GapView, Gaps, Sides, domains,
    gaps,
};
use crate::id::ControlIdx;
use crate::library::{Action, Control, Framework, Owner};
use crate::locale::Words;
use crate::profile::{Place, Status};
use crate::tenant::TenantAssessment;
use chrono::NaiveDate;
use std::sync::Arc;

/// The result of `evaluation`, told with the names of the library and the profile.
///
/// `later` is the evaluation of the same tenant at the horizon of the view.
pub(crate) fn describe(
    view: &GapView<'_>,
    evaluation: &Evaluation,
    later: &Evaluation,
    as_of: NaiveDate,
) -> TenantScore {
    let count = evaluation.assessments.len();
    TenantScore {
        schema: SCHEMA,
        tenant: view.profile.tenant.clone(),
        organization: view.profile.name.clone(),
        as_of,
        overall: evaluation.overall.into(),
        outlook: outlook(view, later.overall, as_of),
        assessments: (0..count).filter_map(|n| assessment(view, evaluation, later, n, as_of)).collect(),
    }
}

fn outlook(view: &GapView<'_>, later: Sides, as_of: NaiveDate) -> Outlook {
    let total = later.total();
    Outlook {
        by: view.horizon.date().unwrap_or(as_of),
        assured: total.assured,
        assurance_percent: total.assurance_percent(),
    }
}

/// One assessment and what it is told with.
struct Telling<'a> {
    view: &'a GapView<'a>,
    framework: &'a Framework,
    template: &'a CompiledTemplate,
    figures: &'a AssessmentFigures,
    stands: &'a TenantAssessment,
    group: &'a str,
    as_of: NaiveDate,
    words: &'static Words,
}

fn assessment(
    view: &GapView<'_>,
    evaluation: &Evaluation,
    later: &Evaluation,
    position: usize,
    as_of: NaiveDate,
) -> Option<Assessment> {
    let plan = view.profile.assessments.get(position)?;
    let template = view.library.template(plan.template);
    let compiled = view.compiled.template(plan.template);
    let telling = Telling {
        view,
        framework: view.library.framework(compiled.framework),
        template: compiled,
        figures: evaluation.assessments.get(position)?,
        stands: view.tenant.assessments.get(position)?,
        group: &plan.group,
        as_of,
        words: Words::of(view.library.language().into()),
    };
    let by_domain = domains(view.compiled, telling.framework, telling.stands, telling.figures);
    let controls = telling.framework.controls.iter().zip(&telling.figures.controls);
    Some(Assessment {
        template: template.id.value.to_string(),
        title: template.title.clone(),
        framework: telling.framework.id.value.to_string(),
        group: plan.group.clone(),
        target: plan.target,
        figures: telling.figures.sides.into(),
        outlook: outlook(view, later.assessments.get(position)?.sides, as_of),
        domains: by_domain.iter().map(domain).collect(),
        controls: controls.map(|(c, figures)| control(c, figures)).collect(),
        actions: telling.actions(),
        gaps: telling.gaps(&gaps(view, evaluation, position)),
    })
}

fn domain(figures: &DomainFigures<'_>) -> Domain {
    Domain {
        id: figures.group.id.value.to_string(),
        title: figures.group.title.clone(),
        covered: figures.covered,
        controls: figures.controls,
        figures: figures.sides.into(),
    }
}

fn control(control: &Control, figures: &ControlFigures) -> ControlScore {
    ControlScore {
        id: control.id.value.to_string(),
        title: control.title.clone(),
        kind: control.kind,
        status: figures.status,
        test_status: figures.test,
        coverage: figures.coverage.map(crate::points::BasisPoints::get),
        responsibility: figures.responsibility,
        shared_gap: figures.shared_gap,
        figures: figures.sides.into(),
    }
}

impl Telling<'_> {
    fn actions(&self) -> Vec<ActionScore> {
        let list = self.template.actions.iter().zip(&self.figures.actions);
        let score = |(action, figures): (&crate::id::ActionIdx, &crate::evaluate::ActionFigures)| {
            let action: &Action = self.view.library.action(*action);
            let counted = |share: crate::points::BasisPoints| if figures.counts { share.get() } else { 0 };
            ActionScore {
                id: action.id.value.to_string(),
                title: action.title.clone(),
                owner: action.owner,
                action_type: action.action_type,
                points: action.points(),
                basis_points: counted(figures.earned),
                assured_basis_points: counted(figures.assured),
                unassessed_basis_points: counted(figures.unassessed),
                in_scope: figures.counts,
                applicable: figures.applies,
            }
        };
        list.map(score).collect()
    }

    /// The rows of the gap report: each finding is told once and stands on its controls.
    fn gaps(&self, gaps: &Gaps) -> Vec<Gap> {
        let scope = Arc::new(GapScope {
            tenant: self.view.profile.tenant.clone(),
            as_of: self.as_of,
            framework: self.framework.id.value.to_string(),
            group: self.group.to_owned(),
        });
        let pairs = self.framework.controls.iter().zip(&self.figures.controls);
        let controls: Vec<Arc<GapControl>> = pairs.map(|(c, figures)| Arc::new(gap_control(c, figures))).collect();
        let findings: Vec<Arc<GapFinding>> =
            gaps.findings.iter().map(|f| Arc::new(self.finding(f, &controls))).collect();
        let row = |(control, finding): &(ControlIdx, usize)| {
            Some(Gap {
                scope: Arc::clone(&scope),
                control: Arc::clone(controls.get(control.position())?),
                finding: Arc::clone(findings.get(*finding)?),
            })
        };
        gaps.rows.iter().filter_map(row).collect()
    }

    fn finding(&self, found: &Finding, controls: &[Arc<GapControl>]) -> GapFinding {
        let view = self.view;
        let action = found.action.map(|a| view.library.action(a));
        let entry = found.action.and_then(|a| view.profile.entry(a, self.group));
        let evidence = found.evidence.map(|e| view.evidence_id(e));
        GapFinding {
            kind: found.kind,
            cause: found.cause,
            risk: found.risk,
            action: action.map(gap_action),
            assigned_to: entry.and_then(|e| e.assigned_to.clone()),
            due_on: entry.and_then(|e| e.due_on),
            service_id: found.service.map(|s| view.service_id(s).to_owned()),
            evidence_id: evidence.map(str::to_owned),
            evidence_url: found.evidence.and_then(|e| view.location(e)).map(str::to_owned),
            valid_to: found.valid_to.and_then(Day::date),
            points_at_stake: found.at_stake,
            controls: self.served(found, controls),
            next_step: self.next_step(found, action, evidence),
        }
    }

    fn next_step(&self, found: &Finding, action: Option<&Action>, evidence: Option<&str>) -> String {
        let service = found.service.and_then(|service| match service {
            GapService::Library(service) => Some(self.view.library.service(service).name.as_str()),
            GapService::External(n) => self.view.profile.externals.get(n).map(|e| e.name.as_str()),
        });
        let acceptances = found.action.map(|action| self.view.profile.acceptances_of(action));
        let facts = Facts {
            places: self.place_names(found),
            service,
            evidence,
            valid_to: found.valid_to.and_then(Day::date),
            is_provider: action.is_some_and(|a| a.owner == Owner::Provider),
            expires_on: acceptances.and_then(|list| list.iter().map(|a| a.expires_on).max()),
        };
        next_step(found.kind, &facts, self.words)
    }

    fn place_names(&self, found: &Finding) -> Vec<&str> {
        let entry = found.entry.and_then(|n| self.view.profile.actions.get(n));
        let Some(Status::Instances(places)) = entry.map(|e| &e.status) else { return Vec::new() };
        let named = |n: &usize| places.get(*n).and_then(|p: &Place| p.name.as_deref());
        found.places.iter().filter_map(named).collect()
    }

    /// The controls that the action of a finding serves, none of them excluded.
    fn served(&self, found: &Finding, controls: &[Arc<GapControl>]) -> Vec<Arc<GapControl>> {
        let Some(slot) = found.slot else { return Vec::new() };
        let served = self.template.controls_of_slot.row(slot).iter();
        let open = served.filter(|c| self.stands.controls.get(c.position()).is_some_and(|s| !s.is_excluded));
        open.filter_map(|c| controls.get(c.position()).cloned()).collect()
    }
}

fn gap_control(control: &Control, figures: &ControlFigures) -> GapControl {
    GapControl {
        id: control.id.value.to_string(),
        title: control.title.clone(),
        status: figures.status,
        responsibility: figures.responsibility,
        shared_gap: figures.shared_gap,
    }
}

fn gap_action(action: &Action) -> GapAction {
    GapAction {
        id: action.id.value.to_string(),
        title: action.title.clone(),
        owner: action.owner,
        action_type: action.action_type,
        points: action.points(),
    }
}
