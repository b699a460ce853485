//! What the Statements of Applicability come to; the documents themselves are those of `annexa soa`.

use super::Chapter;
use super::show::{Figure, Line, Show, When, Word, view};
use crate::locale::{Words, msg};
use crate::soa::{Realization, Statement};
use askama::Template;

#[derive(Template)]
#[template(path = "html/statement.html")]
pub(super) struct Statements {
    words: &'static Words,
    chapter: usize,
    rows: Vec<Row>,
}
view!(Statements);

struct Row {
    framework: Line,
    group: Line,
    status: Word,
    version: Option<Line>,
    approved_by: Option<Line>,
    approved_on: Option<When>,
    controls: Figure,
    applicable: Figure,
    excluded: Figure,
    /// How many of the applicable controls are how far.
    realized: Vec<(Word, Figure)>,
    marked: Figure,
}

impl Statements {
    /// Nothing where no framework has an Annex A.
    pub(super) fn of(chapter: &Chapter<'_>) -> Option<Self> {
        let rows: Vec<Row> = chapter.dossier.statements.iter().map(|s| row(chapter.show, s)).collect();
        let (words, chapter) = (chapter.show.words, chapter.numbers.chapter());
        (!rows.is_empty()).then_some(Self { words, chapter, rows })
    }
}

fn row(show: Show, statement: &Statement) -> Row {
    let (words, all) = (show.words, &statement.summary);
    let realized = [
        (Realization::Implemented, all.implemented),
        (Realization::Partly, all.partly_implemented),
        (Realization::Planned, all.planned),
        (Realization::NotImplemented, all.not_implemented),
        (Realization::NotAssessed, all.not_assessed),
    ];
    Row {
        framework: Line::of(&statement.framework_title),
        group: Line::of(&statement.group),
        status: words.word(statement.status),
        version: statement.version.as_deref().map(Line::of),
        approved_by: statement.approved_by.as_deref().map(Line::of),
        approved_on: statement.approved_on.map(|day| show.date(day)),
        controls: show.count(all.controls),
        applicable: show.count(all.applicable),
        excluded: show.count(all.excluded),
        realized: realized.into_iter().map(|(word, count)| (words.word(word), show.count(count))).collect(),
        marked: show.count(all.marked),
    }
}
