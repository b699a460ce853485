//! Tables for the importer of CISO Assistant (its Data Wizard): an audit, and applied controls.
//!
//! The audit has a row for each control, found there by `ref_id` in a framework of the same ids; the
//! applied controls are the customer's actions. Words are those of its models `RequirementAssessment` and
//! `AppliedControl`; a word that it does not know would end the import of the row.

use super::csv::{finish, neutral, writer};
use crate::choice::Choice;
use crate::dossier::{ActionSheet, Appraisal, Dossier};
use crate::evaluate::ControlStatus;
use crate::explain::State;
use crate::library::{ActionType, Owner, Purpose};
use crate::profile::Implementation;
use crate::result::{Assessment, ControlScore};
use std::collections::{BTreeMap, BTreeSet};

/// The status of an applied control of which nothing is said.
const UNDEFINED: &str = "--";

/// The columns of an audit.
pub const CISO_AUDIT_COLUMNS: [&str; 6] =
    ["ref_id", "name", "assessable", "compliance_result", "requirement_progress", "observations"];

/// The columns of applied controls.
pub const CISO_CONTROL_COLUMNS: [&str; 11] = [
    "ref_id",
    "name",
    "description",
    "category",
    "csf_function",
    "status",
    "effort",
    "link",
    "start_date",
    "eta",
    "observation",
];

/// A row for each control of an assessment, and how many.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn ciso_audit(assessment: &Assessment) -> Result<(String, usize), ::csv::Error> {
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for gap in &assessment.gaps {
        kinds.entry(&gap.control.id).or_default().insert(gap.finding.kind.word());
    }
    let mut table = writer();
    table.write_record(CISO_AUDIT_COLUMNS)?;
    for control in &assessment.controls {
        let (result, progress) = verdict(control);
        let observation = observation(control, kinds.get(control.id.as_str()));
        // A cell of `assessable` that is not empty says that the row is no heading.
        let cells = [control.id.as_str(), &control.title, "x", result, progress, &observation];
        table.write_record(cells.map(guarded))?;
    }
    Ok((finish(table)?, assessment.controls.len()))
}

/// Result and progress. What nobody has assessed is neither compliant nor not.
fn verdict(control: &ControlScore) -> (&'static str, &'static str) {
    let total = &control.figures.total;
    let is_unassessed = total.unassessed == total.possible;
    match control.status {
        ControlStatus::Excluded => ("not_applicable", "done"),
        ControlStatus::Covered => ("compliant", "done"),
        ControlStatus::Partial => ("partially_compliant", "in_progress"),
        ControlStatus::Gap if is_unassessed => ("not_assessed", "to_do"),
        ControlStatus::Gap => ("non_compliant", "to_do"),
        // That all its actions are out of scope does not exclude a control.
        ControlStatus::Unmapped | ControlStatus::NotInScope => ("not_assessed", "to_do"),
    }
}

fn observation(control: &ControlScore, kinds: Option<&BTreeSet<&str>>) -> String {
    let mut parts = vec![format!("status: {}", control.status.word())];
    if let Some(share) = control.coverage {
        parts.push(format!("coverage: {}.{:02} %", share / 100, share % 100));
    }
    if let Some(carrier) = control.responsibility {
        parts.push(format!("carried by: {}", carrier.word()));
    }
    if let Some(kinds) = kinds {
        parts.push(format!("gaps: {}", kinds.iter().copied().collect::<Vec<_>>().join(", ")));
    }
    parts.join("; ")
}

/// A cell that spreadsheets do not run; the word that stands for no status must stay what it is.
fn guarded(cell: &str) -> String {
    if cell == UNDEFINED { cell.to_owned() } else { neutral(cell).into_owned() }
}

/// A row for each action of the customer in an assessment, and how many.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn ciso_controls(dossier: &Dossier, assessment: usize) -> Result<(String, usize), ::csv::Error> {
    let mut table = writer();
    table.write_record(CISO_CONTROL_COLUMNS)?;
    let customers = dossier.actions.iter().filter(|action| action.owner == Owner::Customer);
    let mut rows = 0;
    for (action, appraisal) in customers.filter_map(|action| Some((action, action.appraisal(assessment)?))) {
        table.write_record(control_cells(action, appraisal).iter().map(|cell| guarded(cell)))?;
        rows += 1;
    }
    Ok((finish(table)?, rows))
}

fn control_cells(action: &ActionSheet, appraisal: &Appraisal) -> [String; 11] {
    let entry = appraisal.entry.as_ref();
    let category = match action.action_type {
        ActionType::Technical => "technical",
        ActionType::Documentation => "policy",
        ActionType::Operational => "process",
    };
    let function = match action.purpose {
        Purpose::Preventative => "protect",
        Purpose::Detective => "detect",
        Purpose::Corrective => "respond",
    };
    let assigned = entry.and_then(|e| e.assigned_to.as_deref()).map(|who| format!("assigned to: {who}"));
    let notes = entry.and_then(|e| e.notes.clone());
    let state = format!("state: {}", appraisal.state.word());
    let date = |date: Option<chrono::NaiveDate>| date.map(|d| d.to_string()).unwrap_or_default();
    let started = appraisal.places.iter().filter(|p| p.implementation.is_done()).filter_map(|p| p.implemented_on).min();
    [
        action.id.clone(),
        action.title.clone(),
        action.guidance.clone().unwrap_or_default(),
        category.to_owned(),
        function.to_owned(),
        status(appraisal).to_owned(),
        action.effort_hours.map_or("", effort).to_owned(),
        action.links.first().cloned().unwrap_or_default(),
        date(started),
        date(entry.and_then(|e| e.due_on)),
        [Some(state), assigned, notes].into_iter().flatten().collect::<Vec<_>>().join("; "),
    ]
}

/// Its status there: active is what is done everywhere and holds; what is done and fails is degraded.
fn status(appraisal: &Appraisal) -> &'static str {
    let places = &appraisal.places;
    let in_scope = || places.iter().filter(|p| p.implementation != Implementation::NotInScope);
    let all = |is_meant: fn(Implementation) -> bool| in_scope().all(|p| is_meant(p.implementation));
    match () {
        () if in_scope().next().is_none() => UNDEFINED,
        () if all(Implementation::is_done) && in_scope().any(|p| p.test.risk().is_some()) => "degraded",
        () if all(Implementation::is_done) && in_scope().all(|p| !p.is_to_come) => match appraisal.state {
            State::Gap | State::NotAssessed | State::Partial => "in_progress",
            _ => "active",
        },
        () if in_scope().any(|p| p.implementation != Implementation::NotImplemented) => "in_progress",
        () => "to_do",
    }
}

/// Hours of work as one of its five sizes: a day, three, two weeks, two months, more.
fn effort(hours: u32) -> &'static str {
    match hours {
        0..=8 => "XS",
        9..=24 => "S",
        25..=80 => "M",
        81..=320 => "L",
        _ => "XL",
    }
}
