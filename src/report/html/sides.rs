//! The shared-responsibility matrix: each control, and what is missing on either side.

use super::Chapter;
use super::place::{Part, controls};
use super::show::{Line, Word, view};
use crate::evaluate::Responsibility;
use crate::locale::{Words, msg};
use crate::points::{Amount, Sums};
use crate::result::ControlScore;
use askama::Template;

#[derive(Template)]
#[template(path = "html/sides.html")]
pub(super) struct SideTable {
    words: &'static Words,
    chapter: usize,
    parts: Vec<PartSides>,
}
view!(SideTable);

struct PartSides {
    number: String,
    title: Line,
    groups: Vec<Line>,
    rows: Vec<Row>,
}

struct Row {
    number: usize,
    id: Line,
    carried: Option<Word>,
    /// For each group what the customer's side lacks, then the provider's.
    cells: Vec<Cell>,
}

/// What is missing on one side.
enum Cell {
    /// Nothing is asked of it.
    None,
    /// Nothing.
    Complete,
    Missing(String),
}

impl SideTable {
    pub(super) fn of(chapter: &Chapter<'_>) -> Self {
        let table = |(position, part): (usize, &Part)| {
            let first = part.assessments.first().and_then(|at| chapter.dossier.score.assessments.get(*at));
            PartSides {
                number: format!("h{}r{position}", chapter.numbers.chapter()),
                title: Line::of(first.map_or("", |a| &a.title)),
                groups: chapter.groups(part),
                rows: (0..controls(chapter.dossier, part)).filter_map(|c| row(chapter, part, c)).collect(),
            }
        };
        Self {
            words: chapter.show.words,
            chapter: chapter.numbers.chapter(),
            parts: chapter.parts.iter().enumerate().map(table).collect(),
        }
    }
}

fn row(chapter: &Chapter<'_>, part: &Part, position: usize) -> Option<Row> {
    let score = |at: &usize| chapter.dossier.score.assessments.get(*at)?.controls.get(position);
    let first = part.assessments.iter().find_map(score)?;
    let carried = part.assessments.iter().filter_map(score).find_map(|c| c.responsibility);
    Some(Row {
        number: chapter.numbers.control(part, position),
        id: Line::of(&first.id),
        carried: carried.map(|r: Responsibility| chapter.show.words.word(r)),
        cells: part.assessments.iter().filter_map(score).flat_map(|c| cells(chapter, c)).collect(),
    })
}

fn cells(chapter: &Chapter<'_>, control: &ControlScore) -> [Cell; 2] {
    let cell = |sums: &Sums| match sums.missing() {
        _ if sums.possible == Amount::ZERO => Cell::None,
        Amount::ZERO => Cell::Complete,
        missing => Cell::Missing(chapter.show.words.points(missing)),
    };
    [cell(&control.figures.customer), cell(&control.figures.provider)]
}
