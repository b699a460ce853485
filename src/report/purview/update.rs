//! What an update changes in an export of actions, as text.

use super::{counted, shown};
use crate::purview::{Change, LeftAlone, Update};
use crate::report::style::{Style, safe};
use std::fmt::Write;

/// Every cell that changes, every row that is left alone, and how many there are.
#[must_use]
pub fn update_text(update: &Update, style: Style) -> String {
    let mut text = String::new();
    let mut rows = update.changes.chunk_by(|a, b| a.row == b.row).peekable();
    if rows.peek().is_some() {
        let _ = writeln!(text, "{}", style.heading("Cells that change"));
        rows.for_each(|row| changed(row, style, &mut text));
    }
    if !update.left_alone.is_empty() {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}", style.heading("Left alone"));
        update.left_alone.iter().for_each(|left| left_alone(left, &mut text));
    }
    if !update.without_row.is_empty() {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}", style.heading("Actions of the profile without a row"));
        for id in &update.without_row {
            let _ = writeln!(text, "  {id}");
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(
        text,
        "{} as of {}: {} in {}, {} as they should be, {} left alone",
        counted(update.rows, "row"),
        update.as_of,
        if update.changes.len() == 1 {
            "1 cell changes".to_owned()
        } else {
            format!("{} cells change", update.changes.len())
        },
        counted(update.changed, "row"),
        update.unchanged,
        update.rows_left_alone(),
    );
    text
}

fn changed(row: &[Change], style: Style, text: &mut String) {
    let Some(first) = row.first() else { return };
    let _ = writeln!(text, "row {}  {}  {}", first.row, safe(&first.title), style.faint(&first.action));
    for change in row {
        let old = if change.old.is_empty() { "(empty)".to_owned() } else { shown(&change.old) };
        let new = if change.new.is_empty() { "(empty)".to_owned() } else { shown(&change.new) };
        let _ = writeln!(text, "  {:<5} {:<21} {old} -> {new}", change.cell, change.column);
    }
}

fn left_alone(left: &LeftAlone, text: &mut String) {
    let column = left.column.map(|column| format!(", {column}")).unwrap_or_default();
    let _ = writeln!(text, "row {}{column}  {}: {}", left.row, safe(&left.title), safe(&left.reason));
}
