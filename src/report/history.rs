//! The list of snapshots, for people and for spreadsheets.

use super::csv::{finish, neutral, percent_cell, writer};
use super::style::Style;
use super::table::{align_right, cell_text};
use crate::points::Percent;
use crate::snapshot::ListedSnapshot;

/// The snapshots as a table.
#[must_use]
pub fn history_text(listed: &[ListedSnapshot], style: Style) -> String {
    let mut table = style.table(&["Id", "Tenant", "As of", "Score", "Assurance", "Points", "Of", "Unassessed", "Note"]);
    let percent = |p: Option<Percent>| p.map_or_else(|| "n/a".to_owned(), |p| format!("{p} %"));
    for row in listed {
        table.add_row([
            row.id.clone(),
            cell_text(&row.tenant),
            row.as_of.to_string(),
            percent(row.percent),
            percent(row.assurance_percent),
            row.achieved.rounded(),
            row.possible.to_string(),
            row.unassessed.rounded(),
            cell_text(row.note.as_deref().or(row.subject.as_deref()).unwrap_or_default()),
        ]);
    }
    align_right(&mut table, &[3, 4, 5, 6, 7]);
    style.draw(&table)
}

/// The snapshots as CSV, a row each.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn history_csv(listed: &[ListedSnapshot]) -> Result<String, csv::Error> {
    let mut writer = writer();
    writer.write_record([
        "id",
        "tenant",
        "as_of",
        "recorded_at",
        "achieved",
        "possible",
        "assured",
        "unassessed",
        "percent",
        "assurance_percent",
        "engine",
        "library",
        "note",
        "subject",
        "commit",
    ])?;
    for row in listed {
        let text = |text: &Option<String>| neutral(text.as_deref().unwrap_or_default()).into_owned();
        writer.write_record([
            row.id.clone(),
            neutral(&row.tenant).into_owned(),
            row.as_of.to_string(),
            row.recorded_at.clone(),
            row.achieved.to_string(),
            row.possible.to_string(),
            row.assured.to_string(),
            row.unassessed.to_string(),
            percent_cell(row.percent),
            percent_cell(row.assurance_percent),
            row.engine.clone(),
            row.library.to_string(),
            text(&row.note),
            text(&row.subject),
            text(&row.commit),
        ])?;
    }
    finish(writer)
}
