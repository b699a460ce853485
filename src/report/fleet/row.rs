//! The result rows of a fleet, written into a buffer that is used again.
//!
//! [`FLEET_COLUMNS`] names them: the header of the CSV and the keys of each line of NDJSON. No row
//! allocates; a cell is text, a whole number, points in 1/10 000 or a percentage in 1/100.

use crate::choice::Choice;
use crate::evaluate::{ControlStatus, SharedGap};
use crate::fleet::{AssessmentTally, FLEET_COLUMNS, TenantTally};
use crate::library::Library;
use crate::points::{Amount, Percent, Sums};
use crate::report::csv::neutral;
use chrono::NaiveDate;
use std::io::Write;

/// How result rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FleetRowForm {
    /// CSV by RFC 4180, texts made harmless for spreadsheets.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

/// What stands before the rows: the header of the CSV, nothing of NDJSON.
pub fn fleet_header(form: FleetRowForm, out: &mut Vec<u8>) {
    if form == FleetRowForm::Csv {
        for (position, name) in FLEET_COLUMNS.iter().enumerate() {
            out.extend_from_slice(if position == 0 { b"" } else { b"," });
            out.extend_from_slice(name.as_bytes());
        }
        out.extend_from_slice(b"\n");
    }
}

/// Adds the rows of a tenant, one for each assessment.
pub fn fleet_rows(library: &Library, tally: &TenantTally, form: FleetRowForm, out: &mut Vec<u8>) {
    for assessment in &tally.assessments {
        let mut row = Row { out, form, column: 0 };
        row.fill(library, tally, assessment);
        row.end();
    }
}

/// A row being written.
struct Row<'o> {
    out: &'o mut Vec<u8>,
    form: FleetRowForm,
    column: usize,
}

impl Row<'_> {
    fn fill(&mut self, library: &Library, tenant: &TenantTally, tally: &AssessmentTally) {
        let total = tally.total();
        self.text(&tenant.tenant);
        self.text(&tenant.organization);
        self.text(&tenant.cohort.sector);
        self.text(&tenant.cohort.partner);
        self.text(&tenant.cohort.region);
        self.date(tenant.as_of);
        self.text(library.template(tally.template).id.value.as_str());
        self.text(&tally.group);
        self.percent(tally.target);
        self.percent(total.percent());
        self.amount(total.achieved);
        self.whole(total.possible.whole_points());
        self.percent(total.assurance_percent());
        self.amount(total.assured);
        self.amount(total.unassessed);
        self.side(&tally.sides.customer);
        self.side(&tally.sides.provider);
        self.date(tenant.outlook_by);
        self.percent(tally.outlook.assurance_percent());
        self.amount(tally.outlook.assured);
        use ControlStatus::{Covered, Excluded, Gap, NotInScope, Partial, Unmapped};
        for status in [Covered, Partial, Gap, NotInScope, Unmapped, Excluded] {
            self.count(&tally.statuses, status);
        }
        for half in [SharedGap::CustomerSide, SharedGap::ProviderSide, SharedGap::BothSides] {
            self.count(&tally.shared, half);
        }
        self.whole(tally.gap_rows());
        for count in &tally.gaps {
            self.whole(u64::from(*count));
        }
    }

    fn side(&mut self, sums: &Sums) {
        self.percent(sums.percent());
        self.amount(sums.achieved);
        self.whole(sums.possible.whole_points());
        self.amount(sums.assured);
        self.amount(sums.unassessed);
    }

    /// What stands before the next cell.
    fn next(&mut self) {
        let is_first = self.column == 0;
        match self.form {
            FleetRowForm::Csv => self.out.extend_from_slice(if is_first { b"" } else { b"," }),
            FleetRowForm::Ndjson => {
                self.out.extend_from_slice(if is_first { b"{\"" } else { b",\"" });
                let name = FLEET_COLUMNS.get(self.column).copied().unwrap_or_default();
                self.out.extend_from_slice(name.as_bytes());
                self.out.extend_from_slice(b"\":");
            }
        }
        self.column += 1;
    }

    fn end(&mut self) {
        self.out.extend_from_slice(match self.form {
            FleetRowForm::Csv => b"\n",
            FleetRowForm::Ndjson => b"}\n",
        });
    }

    fn text(&mut self, text: &str) {
        self.next();
        match self.form {
            FleetRowForm::Csv => csv_text(text, self.out),
            FleetRowForm::Ndjson => json_text(text, self.out),
        }
    }

    fn whole(&mut self, number: u64) {
        self.next();
        put_whole(number, self.out);
    }

    fn count<T: Choice>(&mut self, counts: &[u32], word: T) {
        self.whole(counts.get(word.position()).copied().map_or(0, u64::from));
    }

    /// As in the JSON of a score: points as decimal text with four places, which no reader rounds.
    fn amount(&mut self, amount: Amount) {
        self.next();
        let quote: &[u8] = if self.form == FleetRowForm::Ndjson { b"\"" } else { b"" };
        self.out.extend_from_slice(quote);
        put_whole(amount.units() / 10_000, self.out);
        self.out.push(b'.');
        put_padded(amount.units() % 10_000, 1_000, self.out);
        self.out.extend_from_slice(quote);
    }

    fn percent(&mut self, percent: Option<Percent>) {
        self.next();
        match (percent.map(|p| u64::from(p.hundredths())), self.form) {
            (None, FleetRowForm::Csv) => {}
            (None, FleetRowForm::Ndjson) => self.out.extend_from_slice(b"null"),
            (Some(hundredths), form) => {
                put_whole(hundredths / 100, self.out);
                self.out.push(b'.');
                // JSON has the shortest form of the number, as a score has it.
                match (form, hundredths % 100) {
                    (FleetRowForm::Ndjson, rest) if rest % 10 == 0 => put_whole(rest / 10, self.out),
                    (_, rest) => put_padded(rest, 10, self.out),
                }
            }
        }
    }

    fn date(&mut self, date: NaiveDate) {
        self.next();
        let quote: &[u8] = if self.form == FleetRowForm::Ndjson { b"\"" } else { b"" };
        self.out.extend_from_slice(quote);
        // Writing to memory cannot fail.
        let _ = write!(self.out, "{date}");
        self.out.extend_from_slice(quote);
    }
}

fn put_whole(number: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// The digits of a number, from the one that counts `unit` on, zeros too.
fn put_padded(number: u64, unit: u64, out: &mut Vec<u8>) {
    let mut unit = unit;
    while unit > 1 && number < unit {
        out.push(b'0');
        unit /= 10;
    }
    put_whole(number, out);
}

/// A cell of CSV: harmless in a spreadsheet, and quoted where it must be.
fn csv_text(text: &str, out: &mut Vec<u8>) {
    let cell = neutral(text);
    if !cell.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(cell.as_bytes());
        return;
    }
    out.push(b'"');
    for part in cell.split_inclusive('"') {
        out.extend_from_slice(part.as_bytes());
        out.extend_from_slice(if part.ends_with('"') { b"\"" } else { b"" });
    }
    out.push(b'"');
}

fn json_text(text: &str, out: &mut Vec<u8>) {
    if text.bytes().all(|b| b >= b' ' && b != b'"' && b != b'\\') {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        // Writing to memory cannot fail, and a text is always JSON.
        let _ = serde_json::to_writer(out, text);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::expect_used, reason = "a test that goes wrong should stop, with the place")]

    use super::*;

    #[test]
    fn numbers_are_padded_to_their_places() {
        let mut out = Vec::new();
        for (number, unit) in [(0, 1_000), (7, 1_000), (70, 1_000), (7_000, 1_000), (5, 10), (50, 10), (0, 10)] {
            put_padded(number, unit, &mut out);
            out.push(b' ');
        }
        assert_eq!(String::from_utf8(out).expect("digits"), "0000 0007 0070 7000 05 50 00 ");
    }
}
