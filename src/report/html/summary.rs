//! What a tenant comes to, at a glance.

use super::Chapter;
use super::show::{Bar, Figure, Line, Sentence, Word, piece, view};
use crate::library::Owner;
use crate::locale::{Words, msg};
use crate::points::{Percent, Sums};
use askama::Template;

#[derive(Template)]
#[template(path = "html/summary.html")]
pub(super) struct Summary {
    words: &'static Words,
    number: usize,
    score: Figure,
    best: Option<Sentence>,
    bar: Bar,
    assurance: Figure,
    outlook: Sentence,
    sides: [Side; 2],
    gaps: Figure,
    missing: Sentence,
    lapses: Figure,
    days: Sentence,
    aims: Vec<Aim>,
}
view!(Summary);

struct Side {
    name: Word,
    percent: Figure,
    points: Sentence,
}

/// An assessment and the score to reach.
struct Aim {
    title: Line,
    group: Line,
    score: Figure,
    assurance: Figure,
    bar: Bar,
    target: Option<(Figure, bool)>,
}

impl Summary {
    pub(super) fn of(chapter: &Chapter<'_>) -> Self {
        let (show, words) = (chapter.show, chapter.show.words);
        let score = &chapter.dossier.score;
        let total = &score.overall.total;
        let side = |owner: Owner, sums: &Sums| Side {
            name: match owner {
                Owner::Customer => words.text(msg::HTML_YOUR_SIDE),
                Owner::Provider => words.text(msg::HTML_PROVIDER_SIDE),
            },
            percent: show.percent(sums.percent()),
            points: Sentence::of(
                words,
                msg::HTML_SIDE_POINTS,
                &[("achieved", piece(show.points(sums.achieved))), ("possible", piece(show.points(sums.possible)))],
            ),
        };
        let has_range = total.percent_at_best() != total.percent();
        let rows = score.assessments.iter().map(|a| a.gaps.len()).sum();
        Self {
            words,
            number: chapter.numbers.chapter(),
            score: show.percent(total.percent()),
            best: has_range.then(|| {
                Sentence::of(words, msg::HTML_UP_TO, &[("percent", piece(show.percent(total.percent_at_best())))])
            }),
            bar: Bar::of(total, None, bar_label(chapter, total)),
            assurance: show.percent(total.assurance_percent()),
            outlook: Sentence::of(
                words,
                msg::HTML_OUTLOOK,
                &[
                    ("percent", piece(show.percent(score.outlook.assurance_percent))),
                    ("date", piece(show.date(score.outlook.by))),
                ],
            ),
            sides: [side(Owner::Customer, &score.overall.customer), side(Owner::Provider, &score.overall.provider)],
            gaps: show.count(rows),
            missing: Sentence::of(words, msg::HTML_POINTS_MISSING, &[("points", piece(show.points(total.missing())))]),
            lapses: show.count(chapter.dossier.lapses.len()),
            days: Sentence::of(
                words,
                msg::HTML_WITHIN,
                &[("days", piece(show.number(u64::from(chapter.dossier.expiring_within))))],
            ),
            aims: aims(chapter),
        }
    }
}

/// What a bar shows, in words.
fn bar_label(chapter: &Chapter<'_>, sums: &Sums) -> String {
    let percent = |p: Option<Percent>| chapter.show.words.percent(p).into();
    chapter.show.words.with(
        msg::HTML_BAR,
        &[
            ("score", percent(sums.percent())),
            ("assurance", percent(sums.assurance_percent())),
            ("best", percent(sums.percent_at_best())),
        ],
    )
}

fn aims(chapter: &Chapter<'_>) -> Vec<Aim> {
    let show = chapter.show;
    let aim = |a: &crate::result::Assessment| {
        let sums = &a.figures.total;
        let is_met = |target: Percent| target.is_reached_by(sums.achieved, sums.possible);
        Aim {
            title: Line::of(&a.title),
            group: Line::of(&a.group),
            score: show.percent(sums.percent()),
            assurance: show.percent(sums.assurance_percent()),
            bar: Bar::beside(sums, a.target),
            target: a.target.map(|t| (show.percent(Some(t)), is_met(t))),
        }
    };
    chapter.dossier.score.assessments.iter().map(aim).collect()
}
