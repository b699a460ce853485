//! The map of all controls: a cell each, by domain, that opens to what is known of it.
//!
//! Where a template is assessed for several groups a cell has a mark for each. An action has its
//! sheet (`sheet`) under the first control that it serves; the others point there.

use super::Chapter;
use super::place::{Part, controls};
use super::sheet::{Sheet, look};
use super::show::{Line, Word, gather, percent_of, view};
use crate::dossier::ActionAt;
use crate::evaluate::ControlStatus;
use crate::explain::State;
use crate::locale::{Words, msg};
use crate::points::BasisPoints;
use crate::result::ControlScore;
use crate::safe::safe;
use askama::Template;
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "html/controls.html")]
pub(super) struct Controls {
    words: &'static Words,
    chapter: usize,
    /// Whether cells open.
    is_full: bool,
    legend: Vec<Mark>,
    parts: Vec<PartMap>,
}
view!(Controls);

struct PartMap {
    title: Line,
    groups: Vec<Line>,
    domains: Vec<DomainMap>,
}

struct DomainMap {
    id: Line,
    title: Line,
    cells: Vec<Cell>,
}

struct Cell {
    number: usize,
    id: Line,
    title: Line,
    marks: Vec<Mark>,
    says: Vec<(Vec<Line>, String)>,
    entries: Vec<Entry>,
}

impl Cell {
    /// That of its only mark.
    fn class(&self) -> Option<&'static str> {
        match &self.marks[..] {
            [one] => Some(one.class),
            _ => None,
        }
    }
}

/// A status by its colour; the style sheet has the sign.
struct Mark {
    class: &'static str,
    word: Word,
    coverage: String,
}

enum Entry {
    Sheet(Box<Sheet>),
    Elsewhere(usize, Line),
}

/// The class of a status.
fn class(status: ControlStatus) -> &'static str {
    look(State::from(status)).0
}

impl Controls {
    pub(super) fn of(chapter: &Chapter<'_>) -> Self {
        let words = chapter.show.words;
        let mut told = BTreeSet::new();
        let map = |part: &Part| part_map(chapter, part, &mut told);
        let all = [
            ControlStatus::Covered,
            ControlStatus::Partial,
            ControlStatus::Gap,
            ControlStatus::Unmapped,
            ControlStatus::NotInScope,
            ControlStatus::Excluded,
        ];
        Self {
            words,
            chapter: chapter.numbers.chapter(),
            is_full: chapter.is_full,
            legend: all.map(|status| mark(chapter, status, None)).into(),
            parts: chapter.parts.iter().map(map).collect(),
        }
    }
}

fn mark(chapter: &Chapter<'_>, status: ControlStatus, coverage: Option<u16>) -> Mark {
    let words = chapter.show.words;
    let coverage = coverage.map(|share| words.percent(Some(percent_of(BasisPoints::new(share)))));
    Mark { class: class(status), word: words.word(status), coverage: coverage.unwrap_or_default() }
}

fn part_map(chapter: &Chapter<'_>, part: &Part, told: &mut BTreeSet<ActionAt>) -> PartMap {
    let first = part.assessments.first().and_then(|at| chapter.dossier.score.assessments.get(*at));
    let mut domains: Vec<DomainMap> = first
        .map(|a| &a.domains[..])
        .unwrap_or_default()
        .iter()
        .map(|d| DomainMap { id: Line::of(&d.id), title: Line::of(&d.title), cells: Vec::new() })
        .collect();
    let mut others = DomainMap { id: Line::of(""), title: Line::of(""), cells: Vec::new() };
    for position in 0..controls(chapter.dossier, part) {
        let domain = part.assessments.first().and_then(|at| chapter.control_sheet(*at, position)?.domain);
        let Some(cell) = cell(chapter, part, position, told) else { continue };
        domain.and_then(|d| domains.get_mut(d)).unwrap_or(&mut others).cells.push(cell);
    }
    domains.push(others);
    domains.retain(|d| !d.cells.is_empty());
    PartMap { title: Line::of(first.map_or("", |a| &a.title)), groups: chapter.groups(part), domains }
}

fn cell(chapter: &Chapter<'_>, part: &Part, position: usize, told: &mut BTreeSet<ActionAt>) -> Option<Cell> {
    let score = |at: &usize| chapter.dossier.score.assessments.get(*at)?.controls.get(position);
    let first = part.assessments.iter().find_map(score)?;
    let marks = part.assessments.iter().filter_map(score).map(|c| mark(chapter, c.status, c.coverage)).collect();
    let (mut says, mut entries): (Vec<_>, Vec<Entry>) = (Vec::new(), Vec::new());
    if chapter.is_full {
        for at in &part.assessments {
            let Some(control) = score(at) else { continue };
            gather(&mut says, chapter.group_of(*at), said(chapter, *at, position, control));
        }
        let sheets = part.assessments.iter().filter_map(|at| chapter.control_sheet(*at, position));
        let actions: BTreeSet<ActionAt> = sheets.flat_map(|sheet| sheet.actions.iter().copied()).collect();
        for at in actions {
            let Some(action) = chapter.dossier.action(at) else { continue };
            entries.push(match told.insert(at) {
                true => Entry::Sheet(Box::new(Sheet::of(chapter, at, action))),
                false => Entry::Elsewhere(chapter.numbers.action(at), Line::of(&action.id)),
            });
        }
    }
    let number = chapter.numbers.control(part, position);
    Some(Cell { number, id: Line::of(&first.id), title: Line::of(&first.title), marks, says, entries })
}

/// What is said of a control in one assessment.
fn said(chapter: &Chapter<'_>, assessment: usize, position: usize, control: &ControlScore) -> String {
    let words = chapter.show.words;
    let mut facts = vec![words.word(control.status).into_owned()];
    facts.push(words.with(msg::HTML_TESTS, &[("status", words.word(control.test_status).into())]));
    facts.extend(control.shared_gap.map(|g| words.with(msg::HTML_LACKING, &[("where", words.word(g).into())])));
    let excluded = chapter.control_sheet(assessment, position).and_then(|sheet| sheet.exclusion.as_ref());
    let reason = |e: &crate::dossier::ExclusionSheet| {
        words.with(msg::HTML_EXCLUDED_BECAUSE, &[("why", safe(&e.justification).into())])
    };
    facts.extend(excluded.map(reason));
    facts.join(" · ")
}
