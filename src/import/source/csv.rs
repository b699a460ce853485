//! A table of one's own, its columns declared in the map file.
//!
//! Each row states the status of an action; a column of `fraction` makes it the result of an automatic
//! check. A word that means nothing makes the row unused, and says in which line and column.

use super::Text;
use super::table::{Record, Table};
use super::value::{Decimal, day};
use crate::choice::Choice;
use crate::diagnostic::{Code, Diagnostic, listed, quoted, suggestion};
use crate::import::fact::{Exhibit, Fact, Finding, Reading, Reason, Row, Stated, Subject, UnusedRow};
use crate::import::map::{Field, Map, TableMap};
use crate::points::BasisPoints;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Reads a table as the map declares it.
///
/// # Errors
/// There is no map, or the table lacks a column that it names.
pub(super) fn read(text: &Text<'_>, map: &Map, reading: &mut Reading) -> Result<(), Diagnostic> {
    let Some(declared) = &map.table else {
        let message = "nothing says what the columns of the table mean";
        let help = "give `--map FILE` with a `[table]`; `annexa schema import-map` describes it";
        return Err(Diagnostic::new(Code::BadExport, message).help(help));
    };
    let table = Table::read(*text, declared.separator)?;
    let mut columns = BTreeMap::new();
    for (field, name) in &declared.columns {
        columns.insert(*field, table.needed(name)?);
    }
    let rows = Rows { table: &table, declared, columns };
    for record in table.rows() {
        match rows.fact(record) {
            Ok(fact) => reading.fact(fact),
            Err(unused) => reading.without_use(*unused),
        }
    }
    Ok(())
}

struct Rows<'a> {
    table: &'a Table<'a>,
    declared: &'a TableMap,
    columns: BTreeMap<Field, usize>,
}

impl Rows<'_> {
    /// What a row says.
    fn fact(&self, record: &Record) -> Result<Fact, Box<UnusedRow>> {
        let cells = Cells { rows: self, record, row: self.table.row(record, self.name(record)) };
        if !self.table.fits(record) {
            let detail = format!("{} cells under {} columns", record.len(), self.table.header().len());
            return Err(Box::new(UnusedRow::new(cells.row, Reason::BadRow, detail)));
        }
        let subject = cells.subject()?;
        let (place, group) = (cells.own(Field::Place), cells.own(Field::Group));
        let stated = cells.stated()?;
        let on = stated.tested_on.or(stated.implemented_on);
        let mut fact = Fact::new(cells.row, subject, Finding::Stated(Box::new(stated)));
        (fact.place, fact.group, fact.on) = (place, group, on);
        Ok(fact)
    }

    /// What the row is called: its id, else what it is about.
    fn name(&self, record: &Record) -> String {
        let fields = [Field::Id, Field::Action, Field::Signal, Field::Title];
        let found = fields.iter().find_map(|field| record.cell(self.columns.get(field).copied()));
        found.unwrap_or_default().to_owned()
    }
}

/// The cells of one row.
struct Cells<'a> {
    rows: &'a Rows<'a>,
    record: &'a Record,
    row: Row,
}

impl Cells<'_> {
    fn cell(&self, field: Field) -> Option<&str> {
        self.record.cell(self.rows.columns.get(&field).copied())
    }

    fn own(&self, field: Field) -> Option<String> {
        self.cell(field).map(str::to_owned)
    }

    /// A row without use, for what stands in the column of `field`.
    fn unused(&self, field: Field, reason: Reason, detail: impl Into<String>) -> Box<UnusedRow> {
        let names = self.rows.declared.columns.iter();
        let column = names.clone().find(|(own, _)| *own == field).map_or(field.word(), |(_, name)| name.as_str());
        Box::new(UnusedRow::new(self.row.clone(), reason, detail).at(column))
    }

    fn subject(&self) -> Result<Subject, Box<UnusedRow>> {
        if let Some(action) = self.own(Field::Action) {
            return Ok(Subject::Action(action));
        }
        if let Some(id) = self.cell(Field::Signal) {
            let kind = self.rows.declared.kind.as_deref();
            return Ok(Subject::Signal(kind.map_or_else(|| id.to_owned(), |kind| format!("{kind}:{id}"))));
        }
        if let Some(title) = self.own(Field::Title).or_else(|| self.own(Field::Id)) {
            return Ok(Subject::Title(title));
        }
        Err(Box::new(UnusedRow::new(self.row.clone(), Reason::BadRow, "nothing says which action it is about")))
    }

    fn stated(&self) -> Result<Stated, Box<UnusedRow>> {
        let evidence = Exhibit {
            id: None,
            title: self.own(Field::EvidenceTitle),
            url: self.own(Field::EvidenceUrl),
            valid_from: None,
            valid_to: self.date(Field::EvidenceValidTo)?,
        };
        Ok(Stated {
            implementation: self.word(Field::Implementation)?,
            implemented_on: self.date(Field::ImplementedOn)?,
            test: self.word(Field::Test)?,
            tested_on: self.date(Field::TestedOn)?,
            source: self.word(Field::TestSource)?,
            fraction: self.fraction()?,
            assigned_to: self.own(Field::AssignedTo),
            due_on: self.date(Field::DueOn)?,
            notes: self.own(Field::Notes),
            evidence: Vec::from_iter((evidence.url.is_some() || evidence.title.is_some()).then_some(evidence)),
        })
    }

    /// A word of a closed set, or one that the map says means it.
    fn word<T: Choice>(&self, field: Field) -> Result<Option<T>, Box<UnusedRow>> {
        let Some(text) = self.cell(field) else { return Ok(None) };
        let lower = text.to_lowercase();
        let mapped = self.rows.declared.values.get(&(field, lower.clone())).unwrap_or(&lower);
        let found = T::from_word(mapped).or_else(|| T::from_word(&mapped.replace([' ', '_'], "-")));
        if found.is_some() {
            return Ok(found);
        }
        let near = suggestion(mapped, T::WORDS.iter().copied());
        let known = || format!("known: {}", listed(T::WORDS.iter().copied()));
        let detail = format!("{} is none of its words; {}", quoted(text), near.unwrap_or_else(known));
        Err(self.unused(field, Reason::BadValue, detail))
    }

    fn date(&self, field: Field) -> Result<Option<NaiveDate>, Box<UnusedRow>> {
        let Some(text) = self.cell(field) else { return Ok(None) };
        let form = self.rows.declared.date_format.as_deref();
        let found = form.map_or_else(|| day(text), |form| NaiveDate::parse_from_str(text, form).ok());
        let wanted = || format!("{} is no day as in {}", quoted(text), quoted(form.unwrap_or("2026-06-19")));
        found.map(Some).ok_or_else(|| self.unused(field, Reason::BadValue, wanted()))
    }

    /// A share from 0 to 1, or in percent.
    fn fraction(&self) -> Result<Option<BasisPoints>, Box<UnusedRow>> {
        let Some(text) = self.cell(Field::Fraction) else { return Ok(None) };
        let found = match text.strip_suffix('%') {
            None => Decimal::read(text).and_then(Decimal::fraction),
            Some(percent) => {
                let share = Decimal::read(percent).map(Decimal::millionths).filter(|part| *part <= 100_000_000);
                share.map(|part| BasisPoints::share(part, 100_000_000))
            }
        };
        let wanted = || format!("{} is no share from 0 to 1 or percentage", quoted(text));
        found.map(Some).ok_or_else(|| self.unused(Field::Fraction, Reason::BadValue, wanted()))
    }
}
