//! The Statement of Applicability that ISO/IEC 27001 asks for in 6.1.3 d): derived, not typed.
//!
//! Start with [`Statement`]. [`statements`] makes one for each assessment whose framework has an
//! Annex A: `row` says of each control whether it applies and why, how it stands and what shows it;
//! `realize` whether it is implemented; `mark` what an auditor would ask about. All figures and
//! statuses are those of the score and of the evaluation behind it.

mod count;
mod mark;
mod realize;
mod result;
mod row;

pub use result::{
    Mark, MarkKind, Realization, SCHEMA, Statement, StatementAction, StatementEvidence, StatementRequirement,
    StatementRow, StatementService, StatementStatus, StatementSummary,
};

use crate::evaluate::Evaluation;
use crate::explain::Telling;
use crate::library::ControlKind;
use crate::result::TenantScore;
use row::Assessed;

/// What statements are made from.
#[derive(Clone, Copy)]
pub(crate) struct Stating<'a> {
    pub(crate) telling: Telling<'a>,
    /// The evaluation on the day of the approval, if that day has come.
    pub(crate) approved: Option<&'a Evaluation>,
    pub(crate) score: &'a TenantScore,
}

/// The statements of all assessments whose framework has an Annex A, by template, then group.
pub(crate) fn statements(stating: &Stating<'_>) -> Vec<Statement> {
    (0..stating.score.assessments.len()).filter_map(|position| statement(stating, position)).collect()
}

fn statement(stating: &Stating<'_>, position: usize) -> Option<Statement> {
    let assessed = Assessed::new(stating, position)?;
    let controls = assessed.framework.controls.iter().enumerate();
    let annex = controls.filter(|(_, c)| c.kind == ControlKind::AnnexA).map(|(n, _)| n);
    let rows: Vec<StatementRow> = annex.filter_map(|n| assessed.row(n)).collect();
    if rows.is_empty() {
        return None;
    }
    let (score, text) = (stating.score, &stating.telling.view.profile.statement);
    let template = stating.telling.view.library.template(assessed.plan.template);
    let approved = text.approved_on.is_some_and(|on| on <= score.as_of) && text.approved_by.is_some();
    Some(Statement {
        schema: SCHEMA,
        tenant: score.tenant.clone(),
        organization: score.organization.clone(),
        address: text.address.clone(),
        scope: text.scope.clone(),
        template: assessed.score.template.clone(),
        template_version: template.version,
        framework: assessed.score.framework.clone(),
        framework_title: assessed.framework.title.clone(),
        group: assessed.score.group.clone(),
        version: text.version.clone(),
        status: if approved { StatementStatus::Approved } else { StatementStatus::Draft },
        prepared_by: text.prepared_by.clone(),
        issued_on: text.issued_on,
        approved_by: text.approved_by.clone(),
        approved_on: text.approved_on,
        next_review_on: text.next_review_on,
        as_of: score.as_of,
        summary: summary(&rows),
        marks: assessed.marks_of_statement(score.as_of, approved),
        rows,
    })
}

fn summary(rows: &[StatementRow]) -> StatementSummary {
    let of = |wanted| rows.iter().filter(|r| r.implementation == Some(wanted)).count();
    let applicable = rows.iter().filter(|r| r.applicable).count();
    StatementSummary {
        controls: rows.len(),
        applicable,
        excluded: rows.len() - applicable,
        implemented: of(Realization::Implemented),
        partly_implemented: of(Realization::Partly),
        planned: of(Realization::Planned),
        not_implemented: of(Realization::NotImplemented),
        not_assessed: of(Realization::NotAssessed),
        marks: rows.iter().map(|r| r.marks.len()).sum(),
        marked: rows.iter().filter(|r| !r.marks.is_empty()).count(),
    }
}
