//! Several tenants beside each other: a line each, and how each stands in each domain.

use super::Chapter;
use super::show::{Bar, Figure, Line, Sentence, Show, piece, view};
use crate::locale::{Words, msg};
use crate::points::Percent;
use crate::result::Domain;
use crate::safe::safe;
use askama::Template;

/// More tenants than this are not all named at the head of the page.
const NAMED: usize = 8;

#[derive(Template)]
#[template(path = "html/overview.html")]
pub(super) struct Overview {
    words: &'static Words,
    pub(super) about: Sentence,
    tenants: Vec<Tenant>,
    maps: Vec<Map>,
}
view!(Overview);

struct Tenant {
    number: usize,
    name: Line,
    id: Line,
    score: Figure,
    bar: Bar,
    assurance: Figure,
    yours: Figure,
    provider: Figure,
    gaps: Figure,
    lapses: Figure,
}

/// The tenants assessed against one template, by domain.
struct Map {
    template: String,
    said: String,
    domains: Vec<(Line, Line)>,
    rows: Vec<MapRow>,
}

struct MapRow {
    number: usize,
    name: Line,
    group: Line,
    cells: Vec<(&'static str, Figure)>,
}

impl Overview {
    pub(super) fn of(chapters: &[Chapter<'_>], show: Show) -> Self {
        let last = chapters.iter().map(|c| c.dossier.score.as_of).max();
        let date = last.map_or_else(|| piece(show.count(0)), |day| piece(show.date(day)));
        let about = Sentence::of(
            show.words,
            msg::HTML_ABOUT_TENANTS,
            &[("count", piece(show.count(chapters.len()))), ("date", date)],
        );
        Self { words: show.words, about, tenants: chapters.iter().map(tenant).collect(), maps: maps(chapters) }
    }

    pub(super) fn is_long(&self) -> bool {
        self.tenants.len() > NAMED
    }
}

fn tenant(chapter: &Chapter<'_>) -> Tenant {
    let (show, score) = (chapter.show, &chapter.dossier.score);
    let total = &score.overall.total;
    Tenant {
        number: chapter.numbers.chapter(),
        name: Line::of(&score.organization),
        id: Line::of(&score.tenant),
        score: show.percent(total.percent()),
        bar: Bar::beside(total, None),
        assurance: show.percent(total.assurance_percent()),
        yours: show.percent(score.overall.customer.percent()),
        provider: show.percent(score.overall.provider.percent()),
        gaps: show.count(score.assessments.iter().map(|a| a.gaps.len()).sum()),
        lapses: show.count(chapter.dossier.lapses.len()),
    }
}

fn maps(chapters: &[Chapter<'_>]) -> Vec<Map> {
    let mut maps: Vec<Map> = Vec::new();
    for chapter in chapters {
        for assessment in &chapter.dossier.score.assessments {
            let row = MapRow {
                number: chapter.numbers.chapter(),
                name: Line::of(&chapter.dossier.score.organization),
                group: Line::of(&assessment.group),
                cells: assessment.domains.iter().map(|d| cell(chapter.show, d)).collect(),
            };
            match maps.iter_mut().find(|map| map.template == assessment.template) {
                Some(map) => map.rows.push(row),
                None => maps.push(Map {
                    template: assessment.template.clone(),
                    said: chapter.show.words.with(msg::HTML_BY_DOMAIN, &[("title", safe(&assessment.title).into())]),
                    domains: assessment.domains.iter().map(|d| (Line::of(&d.id), Line::of(&d.title))).collect(),
                    rows: vec![row],
                }),
            }
        }
    }
    maps
}

fn cell(show: Show, domain: &Domain) -> (&'static str, Figure) {
    let percent = domain.figures.total.percent();
    let class = match percent.map(Percent::hundredths) {
        None => "o",
        Some(..5_000) => "g",
        Some(..8_000) => "p",
        Some(_) => "c",
    };
    (class, show.percent(percent))
}
