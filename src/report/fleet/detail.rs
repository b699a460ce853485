//! What stands behind the result rows of a fleet: every gap and every control, a line each.
//!
//! Gaps have the columns and cells of the gap report, controls those of the table of controls.

use super::FleetRowForm;
use crate::points::Amount;
use crate::report::csv::neutral;
use crate::report::tabular::{TabularCell, TabularSort, TabularTable, control_columns, tabular};
use crate::result::{COLUMNS, TenantScore};
use serde::{Serialize, Serializer};

/// What is told of each tenant beside its result rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FleetDetail {
    /// Every row of the gap report.
    Gaps,
    /// Every control of every assessment.
    Controls,
}

/// What stands before the rows: the header of the CSV, nothing of NDJSON.
pub fn fleet_detail_header(detail: FleetDetail, form: FleetRowForm, out: &mut Vec<u8>) {
    if form == FleetRowForm::Csv {
        let mut writer = writer(out);
        match detail {
            FleetDetail::Gaps => record(&mut writer, COLUMNS),
            FleetDetail::Controls => record(&mut writer, control_columns().iter().map(|column| column.name)),
        }
    }
}

/// Adds the rows of a tenant.
pub fn fleet_detail_rows(score: &TenantScore, detail: FleetDetail, form: FleetRowForm, out: &mut Vec<u8>) {
    match (detail, form) {
        (FleetDetail::Gaps, FleetRowForm::Csv) => {
            let mut writer = writer(out);
            for gap in score.assessments.iter().flat_map(|a| &a.gaps) {
                record(&mut writer, gap.cells().iter().map(|cell| neutral(cell).into_owned()));
            }
        }
        (FleetDetail::Gaps, FleetRowForm::Ndjson) => {
            score.assessments.iter().flat_map(|a| &a.gaps).for_each(|gap| line(gap, out));
        }
        (FleetDetail::Controls, FleetRowForm::Csv) => {
            let table = tabular(score, TabularTable::Controls);
            let mut writer = writer(out);
            for row in &table.rows {
                let cells = row.iter().zip(&table.columns);
                record(&mut writer, cells.map(|(cell, column)| text(cell, column.sort)));
            }
        }
        (FleetDetail::Controls, FleetRowForm::Ndjson) => {
            let table = tabular(score, TabularTable::Controls);
            let named = |row| Named { columns: table.columns.iter().map(|c| (c.name, c.sort)).collect(), row };
            table.rows.iter().for_each(|row| line(&named(row), out));
        }
    }
}

fn writer(out: &mut Vec<u8>) -> csv::Writer<&mut Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out)
}

/// Writing to memory cannot fail.
fn record<C: AsRef<[u8]>>(writer: &mut csv::Writer<&mut Vec<u8>>, cells: impl IntoIterator<Item = C>) {
    let _ = writer.write_record(cells);
}

/// Writing to memory cannot fail, and the keys of a row are texts.
fn line(row: &impl Serialize, out: &mut Vec<u8>) {
    let _ = serde_json::to_writer(&mut *out, row);
    out.push(b'\n');
}

fn text(cell: &TabularCell, sort: TabularSort) -> String {
    match cell {
        TabularCell::Empty => String::new(),
        TabularCell::Text(text) => neutral(text).into_owned(),
        TabularCell::Day(day) => day.to_string(),
        TabularCell::Number(number) if sort == TabularSort::Points => points(*number),
        TabularCell::Number(number) => number.to_string(),
        TabularCell::Flag(flag) => flag.to_string(),
    }
}

fn points(units: i64) -> String {
    Amount::from_units(u64::try_from(units).unwrap_or_default()).to_string()
}

/// A row as an object.
struct Named<'r> {
    columns: Vec<(&'static str, TabularSort)>,
    row: &'r [TabularCell],
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = |(cell, sort): (&TabularCell, TabularSort)| match cell {
            TabularCell::Empty => serde_json::Value::Null,
            TabularCell::Text(text) => text.as_str().into(),
            TabularCell::Day(day) => day.to_string().into(),
            TabularCell::Number(number) if sort == TabularSort::Points => points(*number).into(),
            TabularCell::Number(number) => (*number).into(),
            TabularCell::Flag(flag) => (*flag).into(),
        };
        serializer
            .collect_map(self.columns.iter().zip(self.row).map(|((name, sort), cell)| (name, value((cell, *sort)))))
    }
}
