//! The evidence register on a time line, and what lapses.

use super::Chapter;
use super::sheet::look;
use super::show::{Line, Link, When, Word, view};
use crate::dossier::EvidenceSheet;
use crate::explain::State;
use crate::locale::{Words, msg};
use askama::Template;
use chrono::{Days, NaiveDate};

/// The time line shows so many days before the date of the figures, and after it.
const BEFORE: u64 = 730;
const AFTER: u64 = 550;

#[derive(Template)]
#[template(path = "html/evidence.html")]
pub(super) struct Register {
    words: &'static Words,
    chapter: usize,
    is_full: bool,
    from: Option<When>,
    today: When,
    to: Option<When>,
    rows: Vec<Row>,
    lapses: Vec<Lapse>,
}
view!(Register);

struct Row {
    number: usize,
    name: Link,
    id: Line,
    kind: Option<Word>,
    class: &'static str,
    state: Word,
    from: String,
    to: String,
    actions: usize,
    controls: usize,
    /// Where it begins on the line and how long it is, in percent.
    bar: Option<(String, String)>,
}

/// Something that ends soon.
struct Lapse {
    day: String,
    kind: Word,
    title: Line,
    assigned_to: Option<Line>,
    controls: usize,
    at_stake: String,
}

impl Register {
    pub(super) fn of(chapter: &Chapter<'_>) -> Self {
        let (show, words, dossier) = (chapter.show, chapter.show.words, chapter.dossier);
        let as_of = dossier.score.as_of;
        let lapse = |l: &crate::dossier::Lapsing| Lapse {
            day: words.date(l.last_day),
            kind: words.word(l.event.kind),
            title: Line::of(if l.event.title.is_empty() { &l.event.id } else { &l.event.title }),
            assigned_to: l.event.assigned_to.as_deref().map(Line::of),
            controls: l.event.controls.len(),
            at_stake: words.points(l.event.at_stake),
        };
        let few = if chapter.is_full { usize::MAX } else { 10 };
        let mut items: Vec<(usize, &EvidenceSheet)> = dossier.evidence.iter().enumerate().collect();
        items.sort_by_key(|(_, item)| (item.counts_to.is_none(), item.counts_to));
        let rows = items.into_iter().filter(|_| chapter.is_full);
        Self {
            words,
            chapter: chapter.numbers.chapter(),
            is_full: chapter.is_full,
            from: as_of.checked_sub_days(Days::new(BEFORE)).map(|d| show.date(d)),
            today: show.date(as_of),
            to: as_of.checked_add_days(Days::new(AFTER)).map(|d| show.date(d)),
            rows: rows.map(|(position, item)| row(chapter, position, item)).collect(),
            lapses: dossier.lapses.iter().take(few).map(lapse).collect(),
        }
    }
}

fn row(chapter: &Chapter<'_>, position: usize, item: &EvidenceSheet) -> Row {
    let (words, as_of) = (chapter.show.words, chapter.dossier.score.as_of);
    let soon = as_of.checked_add_days(Days::new(u64::from(chapter.dossier.expiring_within)));
    let is_ending = item.state == State::Current && item.counts_to.is_some_and(|to| soon.is_none_or(|soon| to <= soon));
    let class = if is_ending { "p" } else { look(item.state).0 };
    let title = item.title.as_deref().unwrap_or(&item.id);
    Row {
        number: chapter.numbers.evidence_at(position),
        name: Link::of(item.link.as_deref(), title),
        id: Line::of(&item.id),
        kind: item.provider_kind.map(|kind| words.word(kind)),
        class,
        state: if is_ending { words.text(msg::HTML_ENDING) } else { words.word(item.state) },
        from: words.maybe_date(item.counts_from),
        to: words.maybe_date(item.counts_to),
        actions: item.actions.len(),
        controls: item.controls,
        bar: bar(as_of, item.counts_from, item.counts_to),
    }
}

/// Where a period stands on the line; nothing of it may.
fn bar(as_of: NaiveDate, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<(String, String)> {
    let at = |day: NaiveDate| {
        let days = i64::try_from(BEFORE).unwrap_or_default() + day.signed_duration_since(as_of).num_days();
        u64::try_from(days).unwrap_or(0).min(BEFORE + AFTER)
    };
    let start = from.map_or(0, at);
    // The last day counts too.
    let end = to.map_or(BEFORE + AFTER, |to| to.succ_opt().map_or(BEFORE + AFTER, at));
    let percent = |days: u64| format!("{}.{}", days * 100 / (BEFORE + AFTER), days * 1_000 / (BEFORE + AFTER) % 10);
    (end > start).then(|| (percent(start), percent(end - start)))
}
