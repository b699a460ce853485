//! The results as CSV, and the plan of action, in which people write why a policy fails and until when.
//!
//! Neither has a date, so that one is to be given.

use super::{CONTROL_ID, Control};
use crate::diagnostic::{Diagnostic, quoted};
use crate::import::fact::{Reading, Reason, UnusedRow};
use crate::import::source::Text;
use crate::import::source::table::{Record, Table};
use crate::import::source::value::day;

/// The columns in which the organization writes, in the order in which they are noted.
const NOTES: [&str; 3] = ["Comments", "Non-Compliance Reason", "Justification"];

/// The columns with the day by which it is to be mended, the plan's first.
const DUE: [&str; 2] = ["Remediation Completion Date", "ResolutionDate"];

/// What PowerShell writes into a cell in the place of a list.
const LOST_LIST: &str = "System.Object[]";

/// Reads a table of results.
///
/// # Errors
/// It lacks a column that is needed.
pub(super) fn read(text: &Text<'_>, reading: &mut Reading) -> Result<(), Diagnostic> {
    let table = Table::read(*text, None)?;
    let (id, result) = (table.needed(CONTROL_ID)?, table.needed("Result")?);
    let criticality = table.column("Criticality");
    let notes = NOTES.map(|name| table.column(name));
    for record in table.rows() {
        let row = table.row(record, record.cell(Some(id)).unwrap_or_default());
        if !table.fits(record) {
            let detail = format!("{} cells under {} columns", record.len(), table.header().len());
            reading.without_use(UnusedRow::new(row, Reason::BadRow, detail));
            continue;
        }
        let due_on = match due_on(&table, record) {
            Ok(due_on) => due_on,
            Err((column, detail)) => {
                reading.without_use(UnusedRow::new(row, Reason::BadValue, detail).at(column));
                continue;
            }
        };
        let told = notes.iter().filter_map(|column| record.cell(*column)).filter(|note| *note != LOST_LIST);
        let control = Control {
            result: record.cell(Some(result)).unwrap_or_default(),
            criticality: record.cell(criticality).unwrap_or_default(),
            notes: told.map(str::to_owned).collect(),
            due_on,
            ..Control::default()
        };
        control.add(row, reading);
    }
    Ok(())
}

/// The day by which it is to be mended, if one is written; else the column in which is no day.
fn due_on(table: &Table<'_>, record: &Record) -> Result<Option<chrono::NaiveDate>, (&'static str, String)> {
    let written = DUE.iter().find_map(|name| Some((*name, record.cell(table.column(name))?)));
    let Some((name, text)) = written else { return Ok(None) };
    day(text).map(Some).ok_or_else(|| (name, format!("{} is no day as in `2026-06-19`", quoted(text))))
}

#[cfg(test)]
mod tests {
    use crate::import::fact::{Finding, Reason};
    use crate::import::source::Format;
    use crate::import::source::testing::read;

    #[test]
    fn a_plan_says_why_and_until_when() {
        let text = "\u{feff}\"Control ID\",\"Result\",\"Criticality\",\"Comments\",\"ResolutionDate\",\"Non-Compliance Reason\",\
                    \"Remediation Completion Date\",\"Justification\"\r\n\
                    \"MS.AAD.3.1v1\",\"Fail\",\"Shall\",\"System.Object[]\",,\"no licence\",\"9/30/2026\",\"bought in May\"\r\n\
                    \"MS.AAD.3.4v1\",\"Fail\",\"Shall\",\"System.Object[]\",,\" \",\" \",\" \"\r\n\
                    \"MS.AAD.3.5v1\",\"Fail\",\"Shall\",\"\",,\" \",\"soon\",\" \"\r\n\
                    \"\",\"Fail\",\"Shall\",\"\",,\" \",\" \",\" \"\r\n\
                    \"MS.AAD.3.6v1\",\"Fail\"\r\n";
        let read = read(Format::Scubagear, text).unwrap_or_else(|faults| unreachable!("{faults:?}"));
        let lines: Vec<_> = read.facts.iter().map(|f| (f.row.line, f.on)).collect();
        assert_eq!(lines, [(2, None), (2, None), (3, None)]);
        let Some(Finding::Stated(plan)) = read.facts.get(1).map(|fact| &fact.finding) else { unreachable!() };
        assert_eq!(plan.due_on.map(|d| d.to_string()).as_deref(), Some("2026-09-30"));
        assert_eq!(plan.notes.as_deref(), Some("no licence; bought in May"));
        let unused: Vec<_> = read.unused.iter().map(|u| (u.row.line, u.reason, u.column.as_deref())).collect();
        assert_eq!(
            unused,
            [
                (4, Reason::BadValue, Some("Remediation Completion Date")),
                (5, Reason::BadRow, Some("Control ID")),
                (6, Reason::BadRow, None),
            ]
        );
    }
}
