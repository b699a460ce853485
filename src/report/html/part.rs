//! The domains of an assessment.

use super::Chapter;
use super::show::{Bar, Figure, Line, Show, view};
use crate::locale::{Words, msg};
use crate::result::{Assessment, Domain};
use askama::Template;

#[derive(Template)]
#[template(path = "html/part.html")]
pub(super) struct Assessed {
    words: &'static Words,
    number: String,
    title: Line,
    group: Line,
    domains: Vec<DomainRow>,
}
view!(Assessed);

struct DomainRow {
    id: Line,
    title: Line,
    score: Figure,
    bar: Bar,
    assurance: Figure,
    missing: Figure,
    covered: Figure,
    controls: Figure,
}

/// The tables of all assessments.
pub(super) fn assessed(chapter: &Chapter<'_>) -> Vec<Assessed> {
    let table = |(position, a): (usize, &Assessment)| Assessed {
        words: chapter.show.words,
        number: format!("h{}d{position}", chapter.numbers.chapter()),
        title: Line::of(&a.title),
        group: Line::of(&a.group),
        domains: a.domains.iter().map(|d| row(chapter.show, d)).collect(),
    };
    chapter.dossier.score.assessments.iter().enumerate().map(table).collect()
}

fn row(show: Show, domain: &Domain) -> DomainRow {
    let sums = &domain.figures.total;
    DomainRow {
        id: Line::of(&domain.id),
        title: Line::of(&domain.title),
        score: show.percent(sums.percent()),
        bar: Bar::beside(sums, None),
        assurance: show.percent(sums.assurance_percent()),
        missing: show.points(sums.missing()),
        covered: show.count(domain.covered),
        controls: show.count(domain.controls),
    }
}
