//! Indices and figures to plain data.

use super::gap::GapAction;
use super::next_step::{Facts, next_step};
use super::{ActionScore, Assessment, ControlScore, Domain, Gap, SCHEMA, TenantScore};
use crate::compiled::CompiledTemplate;
use crate::day::Day;
use crate::evaluate::{
    AssessmentFigures, ControlFigures, DomainFigures, Evaluation, GapRow, GapService, GapView, domains, gaps,
};
use crate::library::{Action, Control, Framework, Owner};
use crate::profile::{Place, Status};
use crate::tenant::TenantAssessment;
use chrono::NaiveDate;

/// The result of `evaluation`, told with the names of the library and the profile.
pub(crate) fn describe(view: &GapView<'_>, evaluation: &Evaluation, as_of: NaiveDate) -> TenantScore {
    let count = evaluation.assessments.len();
    TenantScore {
        schema: SCHEMA,
        tenant: view.profile.tenant.clone(),
        organization: view.profile.name.clone(),
        as_of,
        overall: evaluation.overall.into(),
        assessments: (0..count).filter_map(|n| assessment(view, evaluation, n, as_of)).collect(),
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
}

fn assessment(view: &GapView<'_>, evaluation: &Evaluation, position: usize, as_of: NaiveDate) -> Option<Assessment> {
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
    };
    let by_domain = domains(view.compiled, telling.framework, telling.stands, telling.figures);
    let rows = gaps(view, evaluation, position);
    let controls = telling.framework.controls.iter().zip(&telling.figures.controls);
    Some(Assessment {
        template: template.id.value.to_string(),
        title: template.title.clone(),
        framework: telling.framework.id.value.to_string(),
        group: plan.group.clone(),
        target: plan.target,
        figures: telling.figures.sides.into(),
        domains: by_domain.iter().map(domain).collect(),
        controls: controls.map(|(c, figures)| control(c, figures)).collect(),
        actions: telling.actions(),
        gaps: rows.iter().filter_map(|row| telling.gap(row)).collect(),
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

    fn gap(&self, row: &GapRow) -> Option<Gap> {
        let view = self.view;
        let control = self.framework.controls.get(row.control.position())?;
        let figures = self.figures.controls.get(row.control.position())?;
        let action = row.action.map(|a| view.library.action(a));
        let entry = row.action.and_then(|a| view.profile.entry(a, self.group));
        let evidence = row.evidence.map(|e| view.evidence_id(e));
        let service = row.service.map(|s| view.service_id(s));
        Some(Gap {
            tenant: view.profile.tenant.clone(),
            as_of: self.as_of,
            framework: self.framework.id.value.to_string(),
            group: self.group.to_owned(),
            control_id: control.id.value.to_string(),
            control_title: control.title.clone(),
            control_status: figures.status,
            responsibility: figures.responsibility,
            shared_gap: figures.shared_gap,
            kind: row.kind,
            cause: row.cause,
            risk: row.risk,
            action: action.map(|a| gap_action(a)),
            assigned_to: entry.and_then(|e| e.assigned_to.clone()),
            due_on: entry.and_then(|e| e.due_on),
            service_id: service.map(str::to_owned),
            evidence_id: evidence.map(str::to_owned),
            evidence_url: row.evidence.and_then(|e| view.location(e)).map(str::to_owned),
            valid_to: row.valid_to.and_then(Day::date),
            points_at_stake: row.at_stake,
            also_affects: self.also_affects(row),
            next_step: self.next_step(row, action, service, evidence),
        })
    }

    fn next_step(
        &self,
        row: &GapRow,
        action: Option<&Action>,
        service: Option<&str>,
        evidence: Option<&str>,
    ) -> String {
        let name = match row.service {
            Some(GapService::Library(service)) => Some(self.view.library.service(service).name.as_str()),
            Some(GapService::External(n)) => self.view.profile.externals.get(n).map(|e| e.name.as_str()),
            None => service,
        };
        let acceptances = self.view.profile.acceptances.iter().filter(|a| Some(a.action.value) == row.action);
        let facts = Facts {
            places: self.place_names(row),
            service: name,
            evidence,
            valid_to: row.valid_to.and_then(Day::date),
            is_provider: action.is_some_and(|a| a.owner == Owner::Provider),
            expires_on: acceptances.map(|a| a.expires_on).max(),
        };
        next_step(row.kind, &facts)
    }

    fn place_names(&self, row: &GapRow) -> Vec<&str> {
        let entry = row.entry.and_then(|n| self.view.profile.actions.get(n));
        let Some(Status::Instances(places)) = entry.map(|e| &e.status) else { return Vec::new() };
        let named = |n: &usize| places.get(*n).and_then(|p: &Place| p.name.as_deref());
        row.places.iter().filter_map(named).collect()
    }

    fn also_affects(&self, row: &GapRow) -> Vec<String> {
        let Some(slot) = row.slot else { return Vec::new() };
        let controls = self.template.controls_of_slot.row(slot).iter();
        let others = controls.filter(|c| **c != row.control);
        let open = others.filter(|c| self.stands.controls.get(c.position()).is_some_and(|s| !s.is_excluded));
        open.filter_map(|c| self.framework.controls.get(c.position())).map(|c| c.id.value.to_string()).collect()
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
