//! What became of the tenant over time, and why.

use super::Chapter;
use super::show::{Figure, Line, Sentence, When, Word, piece, view};
use crate::dossier::Past;
use crate::locale::{Words, msg};
use crate::report::{Chart, Join, Level, Series};
use crate::trend::{Trend, TrendPoint};
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The last points of a trend are told in a table too.
const TOLD: usize = 12;

#[derive(Template)]
#[template(path = "html/past.html")]
pub(super) struct History {
    words: &'static Words,
    chapter: usize,
    /// The chart as an image of its own, so that its style is no matter of the page's.
    chart: Option<String>,
    said: String,
    points: Vec<Point>,
    change: Option<Change>,
}
view!(History);

struct Point {
    day: When,
    score: Figure,
    assurance: Figure,
    achieved: Figure,
    possible: Figure,
    gaps: Option<Figure>,
}

/// What changed since the last snapshot.
struct Change {
    said: Sentence,
    causes: Vec<Cause>,
}

struct Cause {
    name: Word,
    achieved: String,
    assured: String,
    possible: String,
    actions: Vec<(Option<usize>, Line)>,
    more: usize,
}

impl History {
    pub(super) fn of(chapter: &Chapter<'_>) -> Option<Self> {
        let past = chapter.dossier.history.as_ref()?;
        let show = chapter.show;
        let points = &past.trend.points;
        let chart = chart(chapter, &past.trend);
        let point = |p: &TrendPoint| Point {
            day: show.date(p.as_of),
            score: show.percent(p.figures.percent),
            assurance: show.percent(p.figures.assurance_percent),
            achieved: show.points(p.figures.achieved),
            possible: show.number(p.figures.possible),
            gaps: p.figures.gaps.map(|n| show.number(u64::from(n))),
        };
        Some(Self {
            words: show.words,
            chapter: chapter.numbers.chapter(),
            chart: (points.len() > 1).then(|| STANDARD.encode(chart.svg())),
            said: show.words.text(msg::HTML_TREND_CHART).into_owned(),
            points: points.iter().rev().take(TOLD).map(point).collect(),
            change: change(chapter, past),
        })
    }
}

fn chart(chapter: &Chapter<'_>, trend: &Trend) -> Chart {
    let words = chapter.show.words;
    let values =
        |of: fn(&TrendPoint) -> Option<crate::points::Percent>| trend.points.iter().map(move |p| (p.as_of, of(p)));
    let score = Series::new(words.text(msg::HTML_SCORE), values(|p| p.figures.percent).collect());
    let assurance = Series::new(words.text(msg::HTML_ASSURANCE), values(|p| p.figures.assurance_percent).collect());
    let target = trend.target.map(|at| Level { name: words.text(msg::HTML_TARGET).into_owned(), at });
    Chart {
        locale: words.locale(),
        title: words.text(msg::HTML_TREND).into_owned(),
        join: Join::Straight,
        series: vec![score, assurance],
        targets: target.into_iter().collect(),
        marks: Vec::new(),
    }
}

fn change(chapter: &Chapter<'_>, past: &Past) -> Option<Change> {
    /// So many actions are named for a cause.
    const NAMED: usize = 3;
    let (show, words) = (chapter.show, chapter.show.words);
    let change = past.change.as_ref()?;
    let said = Sentence::of(
        words,
        msg::HTML_CHANGE,
        &[
            ("from", piece(show.percent(change.from.figures.total.percent()))),
            ("to", piece(show.percent(change.to.figures.total.percent()))),
            ("since", piece(show.date(change.from.as_of))),
        ],
    );
    let name = |effect: &crate::compare::ActionEffect| {
        (chapter.action_named(&effect.id).filter(|_| chapter.is_full), Line::of(&effect.id))
    };
    let causes = change.causes.iter().map(|c| Cause {
        name: words.word(c.cause),
        achieved: words.points_change(c.change.achieved),
        assured: words.points_change(c.change.assured),
        possible: words.points_change(c.change.possible),
        actions: c.effects.iter().take(NAMED).map(name).collect(),
        more: c.effects.len().saturating_sub(NAMED),
    });
    Some(Change { said, causes: causes.collect() })
}
