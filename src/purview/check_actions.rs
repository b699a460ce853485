//! The rules for an export of actions, as its own tab of rules has them.

use super::actions::{ActionRow, ActionTab, Column};
use super::document::links_in;
use super::finding::{Finding, Findings};
use super::layout::{ACTION_TAB, RULES_TAB};
use super::table::Table;
use super::word::{self, exact_implementation, exact_test, folded, permitted, permitted_words};
use crate::choice::Choice;
use crate::diagnostic::{listed, nearest, quoted, suggestion};
use crate::sheet::{CellKind, Workbook, parse_date};
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// Who may test, as the export has it.
const TESTING: [&str; 3] = ["Manual", "Automatic", "Parent"];

/// Holds an export of actions against the rules; how many rows it has.
pub(super) fn check(book: &Workbook, list: &mut Vec<Finding>) -> usize {
    let Some(sheet) = book.sheets.iter().find(|s| s.name.trim().eq_ignore_ascii_case(ACTION_TAB)) else { return 0 };
    {
        let mut found = Findings::new(list, "");
        if sheet.name != ACTION_TAB {
            let message = format!("the tab {} has to be called `{ACTION_TAB}`", quoted(&sheet.name));
            found.error(None, message, None);
        }
        if !book.sheets.iter().any(|s| s.name.trim().eq_ignore_ascii_case(RULES_TAB)) {
            let help = "upload the workbook as it was exported, with all its tabs".to_owned();
            found.warning(None, format!("the tab `{RULES_TAB}` is missing"), Some(help));
        }
    }
    let mut found = Findings::new(list, &sheet.name);
    Table::new(sheet).check_cells(&mut found);
    let tab = ActionTab::at(sheet);
    columns(&tab, &mut found);
    let mut first: BTreeMap<[&str; 4], u32> = BTreeMap::new();
    let mut count = 0;
    for row in tab.rows() {
        count += 1;
        let key = [Column::Name, Column::AppliesTo, Column::Scope, Column::Group].map(|c| row.text(c));
        if let Some(earlier) = first.get(&key).filter(|_| !row.text(Column::Name).is_empty()) {
            let message = format!(
                "the action {} stands in row {earlier} already, for the same group",
                quoted(row.text(Column::Name))
            );
            found.warning(row.place(Column::Name), message, None);
        }
        first.entry(key).or_insert(row.number());
        checked_row(row, &mut found);
    }
    count
}

fn columns(tab: &ActionTab<'_>, found: &mut Findings<'_>) {
    let header = Table::new(tab.sheet).header;
    let strangers = || header.iter().map(|(_, name)| *name).filter(|n| Column::from_word(n).is_none() && !n.is_empty());
    for column in Column::all().filter(|c| tab.column(*c).is_none()) {
        let message = format!("the column `{}` is missing", column.word());
        let near = nearest(column.word(), strangers()).map(|near| format!("{} looks like it", quoted(near)));
        if Column::NEEDED.contains(&column) {
            let help = "export the actions from an assessment: the page of improvement actions exports fewer columns";
            found.error(None, message, Some(near.unwrap_or_else(|| help.to_owned())));
        } else {
            found.warning(None, message, near);
        }
    }
    for name in strangers() {
        found.warning(None, format!("the column {} is unknown", quoted(name)), None);
    }
}

fn checked_row(row: ActionRow<'_>, found: &mut Findings<'_>) {
    if row.text(Column::Name).is_empty() {
        found.error(row.place(Column::Name), "the row names no action", None);
    }
    let testing = row.text(Column::Testing);
    if !testing.is_empty() && !TESTING.contains(&testing) {
        let message = format!("{} is none of the testing types", quoted(testing));
        found.error(row.place(Column::Testing), message, suggestion(testing, TESTING));
    }
    statuses(row, folded(testing) == "automatic", found);
    let (done, tested) = (date(row, Column::ImplementedOn, found), date(row, Column::TestedOn, found));
    if let (Some(done), Some(tested)) = (done, tested)
        && tested < done
    {
        let help = format!("it was implemented on {}", row.text(Column::ImplementedOn));
        found.error(row.place(Column::TestedOn), "the test comes before the implementation", Some(help));
    }
    let (_, others) = links_in(row.text(Column::Documents));
    for other in others {
        let help = "links are known as `name::https://...`".to_owned();
        found.warning(row.place(Column::Documents), format!("{} is no link", quoted(other)), Some(help));
    }
}

fn statuses(row: ActionRow<'_>, is_automatic: bool, found: &mut Findings<'_>) {
    let (done, test) = (row.text(Column::Implementation), row.text(Column::Test));
    let status = exact_implementation(done);
    if status.is_none() && !done.is_empty() {
        let message = format!("{} is no implementation status", quoted(done));
        found.error(row.place(Column::Implementation), message, meant(done, &word::implementations()));
    }
    if exact_test(test).is_none() && !test.is_empty() {
        let message = format!("{} is no test status", quoted(test));
        let place = row.place(Column::Test);
        if is_automatic {
            found.warning(place, message, Some("an automatic test cannot be written anyway".to_owned()));
        } else {
            found.error(place, message, meant(test, &word::tests()));
        }
    }
    if let (Some(status), Some(result)) = (status, exact_test(test)) {
        if !permitted(status).contains(&result) {
            let help = format!("beside `{done}` may stand {}", listed(permitted_words(status)));
            found.error(row.place(Column::Test), format!("`{test}` cannot stand beside `{done}`"), Some(help));
        }
        if !status.is_done() && !row.text(Column::ImplementedOn).is_empty() {
            let message = format!("a date of implementation stands beside `{done}`");
            found.warning(row.place(Column::ImplementedOn), message, None);
        }
    }
}

/// The word that is meant, which may differ in nothing but case and blanks.
fn meant(text: &str, words: &[&str]) -> Option<String> {
    let same = words.iter().find(|word| folded(word) == folded(text));
    same.map(|word| format!("write `{word}`")).or_else(|| suggestion(text, words.iter().copied()))
}

/// The date in a cell, which must be one if there is something.
fn date(row: ActionRow<'_>, column: Column, found: &mut Findings<'_>) -> Option<NaiveDateTime> {
    let cell = row.cell(column)?;
    let date = match cell.kind {
        CellKind::Date(date) => Some(date),
        CellKind::Formula | CellKind::Error => return None,
        _ => parse_date(&cell.text),
    };
    if date.is_none() && !cell.text.trim().is_empty() {
        let help = "write a date as `M/D/YYYY H:MM:SS`, such as `6/19/2026 15:12:29`".to_owned();
        found.error(row.place(column), format!("{} is no date", quoted(&cell.text)), Some(help));
    }
    date
}
