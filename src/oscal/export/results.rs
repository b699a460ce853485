//! Assessment results: what was seen of an assessment by a date, and what was found of each control.

use super::case::Case;
use super::finding::{Finding, is_judged, points};
use super::observation::{Observation, Observations};
use super::part::{BackMatter, Component, Metadata, Prop, Resource, back_matter, objects};
use super::risk::{Risk, Risks};
use super::text::{Props, markup, moment};
use crate::evaluate::GapKind;
use crate::oscal::token::control_token;
use crate::oscal::uuid::Id;
use std::collections::BTreeMap;

objects! {
    /// Assessment results.
    AssessmentResults {
        uuid: Id,
        metadata: Metadata,
        import_ap: ImportPlan,
        results: Vec<ResultSet>,
        back_matter: Option<BackMatter>,
    }

    /// The plan that was followed.
    ImportPlan {
        href: String,
    }

    /// The results at a date.
    ResultSet {
        uuid: Id,
        title: String,
        description: String,
        start: String,
        end: String,
        props: Vec<Prop>,
        local_definitions: Definitions,
        reviewed_controls: ReviewedControls,
        observations: Vec<Observation>,
        risks: Vec<Risk>,
        findings: Vec<Finding>,
    }

    /// What is referred to.
    Definitions {
        components: Vec<Component>,
    }

    /// The controls that were judged.
    ReviewedControls {
        control_selections: Vec<ControlSelection>,
    }

    /// Controls.
    ControlSelection {
        description: String,
        include_controls: Vec<SelectedControl>,
    }

    /// A control.
    SelectedControl {
        control_id: String,
    }
}

/// The results of an assessment.
pub(super) fn assessment_results(case: &Case<'_>) -> AssessmentResults {
    let observations = Observations::of(case);
    // What nobody has done yet is a finding; a risk of its own is what failed, and what is accepted.
    let risks = Risks::of(case, |finding| matches!(finding.kind, GapKind::TestFailed | GapKind::RiskAccepted));
    let judged = || case.controls().filter(|(score, _)| is_judged(score));
    let findings = judged().map(|(score, sheet)| case.finding(score, sheet, &observations, &risks)).collect();
    let include_controls = judged().map(|(score, _)| SelectedControl { control_id: control_token(&score.id) });
    let start = observations.since.unwrap_or(case.day.date());
    let services = case.dossier.services.iter().map(|service| case.service(service, &BTreeMap::new()));
    let figures = points(&case.score.figures.total);
    let result = ResultSet {
        uuid: case.document_id("result"),
        title: format!("{} on {}", markup(&case.score.title), case.day.date()),
        description: "What tests and evidence show by the end date, which is the date of every figure.".to_owned(),
        start: moment(start).unwrap_or_else(|| case.day.moment()),
        end: case.day.moment(),
        props: figures.iter().fold(Props::default(), |props, (name, value)| props.with(name, value)).list(),
        local_definitions: Definitions {
            components: [case.this_system(), case.tool()].into_iter().chain(services).collect(),
        },
        reviewed_controls: ReviewedControls {
            control_selections: vec![ControlSelection {
                description: "All controls but those declared not applicable and those whose actions are all out of \
                              scope."
                    .to_owned(),
                include_controls: include_controls.collect(),
            }],
        },
        observations: observations.list,
        risks: risks.list.into_iter().map(|(risk, _)| risk).collect(),
        findings,
    };
    let plan = plan(case);
    AssessmentResults {
        uuid: case.document_id("assessment-results"),
        metadata: case.metadata("Assessment results"),
        import_ap: ImportPlan { href: plan.uuid.fragment() },
        results: vec![result],
        back_matter: back_matter(std::iter::once(plan).chain(case.register()).collect()),
    }
}

/// What stands in for an assessment plan.
fn plan(case: &Case<'_>) -> Resource {
    Resource {
        uuid: case.id("resource", &["assessment-plan"]),
        title: Some("No assessment plan".to_owned()),
        description: Some(
            "There is no assessment plan in OSCAL. What was assessed is the template that the metadata names: each \
             control through the actions that serve it, each action by its status, test and evidence in a profile."
                .to_owned(),
        ),
        props: Vec::new(),
        rlinks: Vec::new(),
        remarks: None,
    }
}
