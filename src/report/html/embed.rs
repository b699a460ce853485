//! The gap report inside the page, from which the script makes the CSV that `annexa gaps` writes.
//!
//! As CSV the rows of a large profile would take a third of the page, for a finding stands in a row
//! for each control that it is on. Here each stands once: scopes, controls, findings as columns, and
//! for each control the findings on it, as JSON, packed with gzip, in base64. The id and the title of
//! an action that has a sheet are taken from there.

use super::Chapter;
use crate::report::csv::{finish, neutral, writer};
use crate::result::{COLUMNS, Gap, GapFinding};
use crate::safe::safe;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Error, Write};
use std::sync::Arc;

/// Cells as CSV has them, in the order of [`COLUMNS`]: scope, control, finding, what else it affects, next step.
#[derive(Debug, Serialize)]
struct Parts {
    head: String,
    scopes: Vec<String>,
    /// For each scope.
    controls: Vec<Vec<Vec<String>>>,
    /// By column; the last is the next step.
    findings: Vec<Vec<Cell>>,
    /// For each scope, for each control, the findings in order.
    rows: Vec<Vec<Vec<usize>>>,
}

/// A cell of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
enum Cell {
    Text(String),
    /// The id of the action whose sheet has this number.
    Id(usize),
    /// The title of the action that stands before it.
    Title(()),
}

const OF_SCOPE: usize = 4;
const OF_CONTROL: usize = 5;
const OF_FINDING: usize = 15;
/// Where the id and the title of the action stand among the cells of a finding.
const ID: usize = 3;
const TITLE: usize = 4;

/// The gap report of a tenant, packed.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writers.
pub(super) fn packed(chapter: &Chapter<'_>) -> Result<String, Error> {
    let json = serde_json::to_vec(&parts(chapter)?)?;
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&json)?;
    Ok(STANDARD.encode(packer.finish()?))
}

fn parts(chapter: &Chapter<'_>) -> Result<Parts, Error> {
    let mut parts = Parts {
        head: COLUMNS.join(","),
        scopes: Vec::new(),
        controls: Vec::new(),
        findings: vec![Vec::new(); OF_FINDING + 1],
        rows: Vec::new(),
    };
    let mut known = Known::default();
    for assessment in &chapter.dossier.score.assessments {
        known.next_scope();
        let (mut controls, mut rows) = (Vec::new(), Vec::new());
        for of_control in assessment.gaps.chunk_by(|a, b| Arc::ptr_eq(&a.control, &b.control)) {
            let mut list = Vec::new();
            for gap in of_control {
                list.push(known.number(gap, chapter, &mut parts.findings)?);
            }
            rows.push(list);
            let cells = of_control.first().map(Gap::cells).into_iter().flatten();
            controls.push(encoded(cells.skip(OF_SCOPE).take(OF_CONTROL))?);
        }
        let cells = assessment.gaps.first().map(Gap::cells).into_iter().flatten();
        parts.scopes.push(encoded(cells.take(OF_SCOPE))?.join(","));
        parts.controls.push(controls);
        parts.rows.push(rows);
    }
    Ok(parts)
}

/// The findings that have a number. One of another scope that has the same cells has the same number;
/// of two in one scope each has its own, for each stands on its own controls.
#[derive(Default)]
struct Known {
    numbers: BTreeMap<Vec<Cell>, Vec<usize>>,
    in_scope: BTreeMap<*const GapFinding, usize>,
    taken: BTreeSet<usize>,
    count: usize,
}

impl Known {
    fn next_scope(&mut self) {
        self.in_scope.clear();
        self.taken.clear();
    }

    fn number(&mut self, gap: &Gap, chapter: &Chapter<'_>, columns: &mut [Vec<Cell>]) -> Result<usize, Error> {
        let at = Arc::as_ptr(&gap.finding);
        if let Some(number) = self.in_scope.get(&at) {
            return Ok(*number);
        }
        let cells = cells(gap, chapter)?;
        let alike = self.numbers.entry(cells.clone()).or_default();
        let number = match alike.iter().find(|number| !self.taken.contains(number)) {
            Some(number) => *number,
            None => {
                columns.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
                alike.push(self.count);
                self.count += 1;
                self.count - 1
            }
        };
        self.in_scope.insert(at, number);
        self.taken.insert(number);
        Ok(number)
    }
}

/// The cells of a finding.
fn cells(gap: &Gap, chapter: &Chapter<'_>) -> Result<Vec<Cell>, Error> {
    let all = gap.cells();
    let of_finding = all.iter().skip(OF_SCOPE + OF_CONTROL).take(OF_FINDING).chain(all.last());
    let mut cells: Vec<Cell> = encoded(of_finding)?.into_iter().map(Cell::Text).collect();
    let action = gap.finding.action.as_ref();
    let (Some(action), Some(number)) = (action, action.and_then(|a| chapter.action_named(&a.id))) else {
        return Ok(cells);
    };
    // What stands in the sheet must be what stands in the CSV, to the last blank.
    let is_plain = |at: usize, text: &str| {
        cells.get(at) == Some(&Cell::Text(text.to_owned())) && safe(text) == text && text.trim() == text
    };
    let (has_id, has_title) = (is_plain(ID, &action.id), is_plain(TITLE, &action.title));
    for (is_there, at, cell) in [(has_id, ID, Cell::Id(number)), (has_id && has_title, TITLE, Cell::Title(()))] {
        if let Some(place) = cells.get_mut(at).filter(|_| is_there) {
            *place = cell;
        }
    }
    Ok(cells)
}

/// Each cell as it stands in CSV.
fn encoded<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> Result<Vec<String>, Error> {
    let encode = |cell: T| {
        let mut writer = writer();
        // A second cell, for one alone that is empty would be quoted.
        writer.write_record([neutral(cell.as_ref()).as_ref(), ""])?;
        let line = finish(writer)?;
        Ok(line.strip_suffix(",\r\n").unwrap_or(&line).to_owned())
    };
    cells.into_iter().map(encode).collect()
}
