//! Statements as CSV: a row for each control, with stable columns and machine words.

use crate::choice::Choice;
use crate::points::Percent;
use crate::profile::RequirementKind;
use crate::report::csv::{finish, neutral, writer};
use crate::soa::{Mark, Statement, StatementRow};

/// The columns.
pub const STATEMENT_COLUMNS: [&str; 28] = [
    "tenant",
    "as_of",
    "framework",
    "group",
    "version",
    "statement_status",
    "control_id",
    "control_title",
    "applicable",
    "justification",
    "legal",
    "contractual",
    "business",
    "risk",
    "risk_treatment",
    "claimed_inherited",
    "implementation",
    "control_status",
    "coverage",
    "responsibility",
    "shared_gap",
    "actions",
    "services",
    "evidence",
    "owners",
    "notes",
    "gap_kinds",
    "marks",
];

/// A row for each control of each statement; several in one cell have `;` between.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn statements_csv(statements: &[Statement]) -> Result<String, ::csv::Error> {
    let mut writer = writer();
    writer.write_record(STATEMENT_COLUMNS)?;
    for statement in statements {
        for row in &statement.rows {
            writer.write_record(cells(statement, row).iter().map(|cell| neutral(cell).into_owned()))?;
        }
    }
    finish(writer)
}

fn cells(statement: &Statement, row: &StatementRow) -> [String; 28] {
    let of = |kind: RequirementKind| list(row.requirements.iter().filter(|r| r.kind == kind).map(|r| r.id.clone()));
    [
        statement.tenant.clone(),
        statement.as_of.to_string(),
        statement.framework.clone(),
        statement.group.clone(),
        statement.version.clone().unwrap_or_default(),
        word(Some(statement.status)),
        row.control.clone(),
        row.title.clone(),
        row.applicable.to_string(),
        row.justification.clone().unwrap_or_default(),
        of(RequirementKind::Legal),
        of(RequirementKind::Contractual),
        of(RequirementKind::Business),
        of(RequirementKind::Risk),
        row.risk_treatment.join(";"),
        row.claimed_inherited.to_string(),
        word(row.implementation),
        word(Some(row.status)),
        row.coverage.map(|c| hundredths(Percent::from_hundredths(u32::from(c)))).unwrap_or_default(),
        word(row.responsibility),
        word(row.shared_gap),
        list(row.actions.iter().map(|a| format!("{}={}", a.id, a.state))),
        list(row.services.iter().map(|s| format!("{}={}", s.id, s.state))),
        list(row.evidence.iter().map(|e| format!("{}={}", e.id, e.state))),
        row.owners.join(";"),
        row.notes.clone().unwrap_or_default(),
        list(row.gaps.iter().map(|kind| kind.word().to_owned())),
        list(row.marks.iter().map(mark)),
    ]
}

/// A mark, with what it is about.
fn mark(mark: &Mark) -> String {
    let about = if mark.about.is_empty() { String::new() } else { format!("={}", mark.about.join(",")) };
    format!("{}{about}", mark.kind)
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(";")
}

fn word<T: Choice>(choice: Option<T>) -> String {
    choice.map_or("", Choice::word).to_owned()
}

fn hundredths(percent: Percent) -> String {
    format!("{}.{:02}", percent.hundredths() / 100, percent.hundredths() % 100)
}
