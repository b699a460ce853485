//! Files for the importers of Probo: measures with their tasks, and a framework.
//!
//! A measure is an action of the customer, found again by `reference-id`; a task is what is still to be
//! done for it. Controls are found by their ids under the title of the framework.

use crate::choice::Choice;
use crate::dossier::{ActionSheet, Dossier};
use crate::evaluate::{ControlStatus, GapKind};
use crate::library::{ActionType, Framework, Owner};
use crate::result::GapFinding;
use serde::Serialize;
use std::collections::BTreeMap;

/// A measure, as `importMeasure` reads it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProboMeasure {
    /// What is done.
    pub name: String,
    /// The heading that it stands under.
    pub category: &'static str,
    /// The id of the action.
    pub reference_id: String,
    /// The controls that it serves.
    pub standards: Vec<ProboStandard>,
    /// What is still to be done.
    pub tasks: Vec<ProboTask>,
}

/// A control of a framework.
#[derive(Clone, Debug, Serialize)]
pub struct ProboStandard {
    /// The title of the framework.
    pub framework: String,
    /// The id of the control.
    pub control: String,
}

/// Something to do.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProboTask {
    /// What is missing.
    pub name: String,
    /// What to do about it.
    pub description: String,
    /// What tells it from the other tasks of the measure.
    pub reference_id: String,
    /// What is to be shown.
    pub requested_evidences: Vec<ProboEvidence>,
}

/// Evidence that is asked for.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProboEvidence {
    /// The kind of proof.
    pub reference_id: String,
    /// `FILE`: a document is expected.
    pub r#type: &'static str,
    /// The kind of proof, for people.
    pub name: String,
}

/// A framework, as `importFramework` reads it.
#[derive(Clone, Debug, Serialize)]
pub struct ProboFramework {
    /// Its title, by which measures name it.
    pub id: String,
    /// Its title.
    pub name: String,
    /// Its controls.
    pub controls: Vec<ProboControl>,
}

/// A control.
#[derive(Clone, Debug, Serialize)]
pub struct ProboControl {
    /// Its id.
    pub id: String,
    /// Its title.
    pub name: String,
    /// `NONE` where nothing is there; without it Probo takes `INITIAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maturity_level: Option<&'static str>,
    /// Why it is not applicable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_implemented_justification: Option<String>,
}

/// The customer's actions in an assessment against `framework`, each with what is open.
#[must_use]
pub fn probo_measures(dossier: &Dossier, assessment: usize, framework: &Framework) -> Vec<ProboMeasure> {
    let Some(score) = dossier.score.assessments.get(assessment) else { return Vec::new() };
    let mut open: BTreeMap<&str, Vec<&GapFinding>> = BTreeMap::new();
    for gap in score.findings() {
        if let Some(action) = &gap.finding.action {
            open.entry(&action.id).or_default().push(&gap.finding);
        }
    }
    let customers = dossier.actions.iter().filter(|action| action.owner == Owner::Customer);
    let measure = |action: &ActionSheet| {
        let appraisal = action.appraisal(assessment)?;
        let controls = appraisal.controls.iter().filter_map(|at| score.controls.get(*at));
        let standard = |id: &String| ProboStandard { framework: framework.title.clone(), control: id.clone() };
        Some(ProboMeasure {
            name: action.title.clone(),
            category: match action.action_type {
                ActionType::Technical => "Technical",
                ActionType::Documentation => "Documentation",
                ActionType::Operational => "Operational",
            },
            reference_id: action.id.clone(),
            standards: controls.map(|control| standard(&control.id)).collect(),
            tasks: open.get(action.id.as_str()).into_iter().flatten().map(|finding| task(action, finding)).collect(),
        })
    };
    customers.filter_map(measure).collect()
}

fn task(action: &ActionSheet, finding: &GapFinding) -> ProboTask {
    let kind = finding.kind.word();
    let about = [&finding.service_id, &finding.evidence_id];
    let parts = std::iter::once(kind).chain(about.into_iter().flatten().map(String::as_str));
    let due = finding.due_on.map(|day| format!(" Due on {day}.")).unwrap_or_default();
    let proof =
        |kind: &String| ProboEvidence { reference_id: kind.clone(), r#type: "FILE", name: kind.replace('-', " ") };
    let is_about_proof = matches!(finding.kind, GapKind::EvidenceMissing | GapKind::EvidenceExpired);
    ProboTask {
        name: format!("{}: {}", kind.replace('-', " "), action.title),
        description: format!("{}{due}", finding.next_step),
        reference_id: parts.collect::<Vec<_>>().join("/"),
        requested_evidences: action.proof.iter().filter(|_| is_about_proof).map(proof).collect(),
    }
}

/// The framework of an assessment with its controls.
#[must_use]
pub fn probo_framework(dossier: &Dossier, assessment: usize, framework: &Framework) -> Option<ProboFramework> {
    let score = dossier.score.assessments.get(assessment)?;
    let sheets = dossier.assessments.get(assessment)?.controls.iter();
    let controls = score.controls.iter().zip(sheets).map(|(control, sheet)| {
        let total = &control.figures.total;
        let is_known = total.unassessed != total.possible;
        let is_absent = control.status == ControlStatus::Excluded || control.status == ControlStatus::Gap && is_known;
        ProboControl {
            id: control.id.clone(),
            name: control.title.clone(),
            maturity_level: is_absent.then_some("NONE"),
            not_implemented_justification: sheet.exclusion.as_ref().map(|e| e.justification.clone()),
        }
    });
    let (id, name) = (framework.title.clone(), framework.title.clone());
    Some(ProboFramework { id, name, controls: controls.collect() })
}
