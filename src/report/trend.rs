//! A trend: for people as a chart and a table, for spreadsheets, and as an SVG file.

use super::chart::{Chart, Join, Level, Mark, Series};
use super::compare::heads;
use super::csv::{finish, neutral, percent_cell, writer};
use super::style::Style;
use super::table::{align_right, cell_text};
use super::text::line;
use crate::choice::Choice;
use crate::evaluate::ControlStatus;
use crate::locale::{Locale, Message, Words, msg};
use crate::points::Percent;
use crate::safe::safe;
use crate::trend::{AssessmentId, Trend, TrendChange, TrendFigures, TrendPoint, TrendSpan};
use std::collections::BTreeSet;

impl Trend {
    /// Whether it has a line for each of several domains or controls.
    fn is_of_many(&self) -> bool {
        let parts: BTreeSet<_> = self.points.iter().map(|p| (p.part(), p.framework.as_deref())).collect();
        parts.iter().filter(|(_, framework)| framework.is_some()).count() > 1
    }

    fn is_rescored(&self) -> bool {
        self.rescored_library.is_some()
    }

    /// What it is of, in a line.
    fn heading(&self, words: &Words) -> String {
        let last = self.points.last().filter(|_| !self.is_of_many());
        let part = last.and_then(|point| {
            let id = ("id", point.part()?.into());
            if point.domain.is_none() {
                return Some(words.with(msg::TREND_CONTROL, &[id]));
            }
            let title = self.points.iter().rev().find_map(|p| p.title.as_deref()).unwrap_or_default();
            Some(words.with(msg::TREND_DOMAIN, &[id, ("title", title.into())]).trim_end().to_owned())
        });
        let parts = [Some(self.tenant.as_str()), self.assessment.as_deref(), part.as_deref()];
        words.list(parts.into_iter().flatten())
    }
}

/// The chart of a trend: the score, and beside it the assurance, or the score under the library at hand.
#[must_use]
pub fn trend_chart(trend: &Trend, locale: Locale) -> Chart {
    let words = Words::of(locale);
    let spans = trend.spans();
    let points = spans.first().filter(|_| !trend.is_of_many()).map_or(&[][..], |span| &span.points);
    let series = |name: Message, of: &dyn Fn(&TrendPoint) -> Option<Percent>| {
        Series::new(words.text(name), points.iter().map(|p| (p.as_of, of(p))).collect())
    };
    let score = |p: &TrendPoint| p.figures.percent;
    let series = if trend.is_rescored() {
        let anew = |p: &TrendPoint| p.rescored.as_ref()?.as_ref()?.percent;
        vec![series(msg::TREND_SCORE_RECORDED, &score), series(msg::TREND_SCORE_ANEW, &anew)]
    } else {
        vec![series(msg::TEXT_SCORE, &score), series(msg::TEXT_ASSURANCE, &|p| p.figures.assurance_percent)]
    };
    let target = trend.target.map(|at| Level { name: words.text(msg::TEXT_TARGET).into_owned(), at });
    let mark = |change: &TrendChange| Mark { day: change.as_of, label: told(change, words) };
    Chart {
        locale,
        title: trend.heading(words),
        join: Join::Straight,
        series,
        targets: target.into_iter().collect(),
        marks: trend.changes.iter().map(mark).collect(),
    }
}

/// What changed that is no work.
fn told(change: &TrendChange, words: &Words) -> String {
    const FEW: usize = 3;
    let mut parts = Vec::new();
    if let Some(library) = &change.library {
        let mut named: Vec<String> = library.files.iter().take(FEW).cloned().collect();
        if library.files.len() > FEW {
            named.push(words.with(msg::TREND_MORE_FILES, &[("count", (library.files.len() - FEW).into())]));
        }
        if named.is_empty() {
            // A folder read over another may hold the same files.
            named.push(words.text(msg::TREND_SAME_FILES).into_owned());
        }
        let files = words.list(named.iter().map(String::as_str));
        let (from, to) = (library.from.short().into(), library.to.short().into());
        parts.push(words.with(msg::TREND_LIBRARY, &[("from", from), ("to", to), ("files", files.into())]));
    }
    if let Some(engine) = &change.engine {
        let args = [("from", engine.from.as_str().into()), ("to", engine.to.as_str().into())];
        parts.push(words.with(msg::TREND_ENGINE, &args));
    }
    let of = |message: Message, a: &AssessmentId| {
        words.with(message, &[("template", a.template.as_str().into()), ("group", a.group.as_str().into())])
    };
    parts.extend(change.added.iter().map(|a| of(msg::TREND_ADDED, a)));
    parts.extend(change.removed.iter().map(|a| of(msg::TREND_REMOVED, a)));
    parts.join(&words.text(msg::TREND_SEPARATOR))
}

/// A trend as an SVG file.
#[must_use]
pub fn trend_svg(trend: &Trend, locale: Locale) -> String {
    trend_chart(trend, locale).svg()
}

/// A trend for people: the chart, and what changed from the first to the last date.
#[must_use]
pub fn trend_text(trend: &Trend, style: Style) -> String {
    let words = style.words();
    let spans = trend.spans();
    let (Some(span), Some(first), Some(last)) = (spans.first(), trend.points.first(), trend.points.last()) else {
        return nothing(trend, words);
    };
    let mut text = String::new();
    let heading = safe(&trend.heading(words));
    if trend.is_of_many() {
        let args = [("from", words.date(first.as_of).into()), ("to", words.date(last.as_of).into())];
        let dates = words.with(msg::COMPARE_FROM_TO, &args);
        return format!("{}\n\n{}", style.heading(&format!("{heading}  {dates}")), many(trend, &spans, style));
    }
    if span.points.len() > 1 {
        text.push_str(&trend_chart(trend, style.locale).text(style));
    } else {
        line(&mut text, &style.heading(&heading));
        let said = words.text(msg::TREND_ONE_DATE);
        text.extend(style.wrapped("", &said).lines().flat_map(|l| [l, "\n"]));
    }
    line(&mut text, "");
    text.push_str(&table(trend, span, style));
    text
}

fn nothing(trend: &Trend, words: &Words) -> String {
    let tenant = ("tenant", safe(&trend.tenant).into());
    let said = match trend.extent {
        Some((first, last)) => {
            let (first, last) = (words.date(first).into(), words.date(last).into());
            words.with(msg::TREND_NONE_BETWEEN, &[tenant, ("first", first), ("last", last)])
        }
        None => words.with(msg::TREND_NOTHING, &[tenant]),
    };
    format!("{said}\n")
}

fn table(trend: &Trend, span: &TrendSpan<'_>, style: Style) -> String {
    let words = style.words();
    let (first, last) = (&span.first.figures, &span.last.figures);
    let [from, to] = [span.first.as_of, span.last.as_of].map(|day| words.date(day));
    let mut table = style.table(&["", &from, &to, &words.text(msg::COMPARE_CHANGE)]);
    let named = |name: Message| words.text(name).into_owned();
    type Of = fn(&TrendFigures) -> Option<Percent>;
    let percents: [(Message, Of); 2] =
        [(msg::TEXT_SCORE, |f| f.percent), (msg::TEXT_ASSURANCE, |f| f.assurance_percent)];
    for (name, of) in percents {
        let cells = [words.percent_exact(of(first)), words.percent_exact(of(last))];
        table.add_row([vec![named(name)], cells.to_vec(), vec![words.percent_change(span.percent(of))]].concat());
        if name == msg::TEXT_SCORE && trend.is_rescored() {
            let of = |p: &TrendPoint| p.rescored.as_ref().and_then(Option::as_ref).and_then(|f| f.percent);
            let cells = [words.percent_exact(of(span.first)), words.percent_exact(of(span.last))];
            let change = words.percent_change(span.rescored());
            table.add_row([vec![named(msg::TREND_SCORE_ANEW)], cells.to_vec(), vec![change]].concat());
        }
    }
    let unassessed = |f: &TrendFigures| f.percent.map_or_else(|| words.none(), |_| words.points_exact(f.unassessed));
    let change = span.percent(|f| f.percent).map(|_| words.points_change(span.amount(|f| f.unassessed)));
    let change = change.unwrap_or_else(|| words.none());
    table.add_row([named(msg::TREND_UNASSESSED), unassessed(first), unassessed(last), change]);
    if span.points.iter().any(|p| p.figures.gaps.is_some()) {
        let count = |f: &TrendFigures| f.gaps.map_or_else(|| words.none(), |n| words.decimal(&n.to_string()));
        let change = span.gaps().map_or_else(|| words.none(), |n| words.signed(n));
        table.add_row([named(msg::TREND_GAPS), count(first), count(last), change]);
    }
    if span.points.iter().any(|p| !p.figures.statuses.is_empty()) {
        table.add_row([named(msg::TEXT_STATUS), standing(first, words), standing(last, words), String::new()]);
    }
    align_right(&mut table, &[1, 2, 3]);
    style.draw(&table)
}

/// The recorded statuses of a control, once where they are the same.
fn statuses(figures: &TrendFigures) -> Vec<&str> {
    let mut list: Vec<&str> = figures.statuses.iter().map(|s| s.status.as_str()).collect();
    list.dedup();
    list
}

/// The same as people say them; another version may have recorded one that this one has no word for.
fn standing(figures: &TrendFigures, words: &Words) -> String {
    let said = |status: &str| ControlStatus::from_word(status).map(|s| words.term(s).into_owned());
    let list: Vec<String> = statuses(figures).into_iter().map(|s| said(s).unwrap_or_else(|| s.to_owned())).collect();
    cell_text(&words.list(list.iter().map(String::as_str)))
}

/// A row for each domain or control.
fn many(trend: &Trend, spans: &[TrendSpan<'_>], style: Style) -> String {
    let words = style.words();
    let has_titles = spans.iter().any(|s| s.last.title.is_some());
    let has_statuses = spans.iter().any(|s| !s.last.figures.statuses.is_empty());
    let frameworks: BTreeSet<_> = spans.iter().map(|s| s.last.framework.as_deref()).collect();
    let mut header = vec![Some(if has_titles { msg::TEXT_DOMAIN } else { msg::TEXT_CONTROL })];
    header.extend((frameworks.len() > 1).then_some(Some(msg::TREND_FRAMEWORK)));
    header.extend(has_titles.then_some(Some(msg::TREND_TITLE)));
    header.extend(has_statuses.then_some(Some(msg::TEXT_STATUS)));
    let named = header.len();
    header.extend([msg::TREND_FIRST, msg::TREND_LAST, msg::COMPARE_CHANGE].map(Some));
    header.extend(trend.is_rescored().then_some(Some(msg::TREND_ANEW)));
    let header = heads(&header, words);
    let mut table = style.table(&header.iter().map(String::as_str).collect::<Vec<_>>());
    for span in spans {
        let last = span.last;
        let mut row = vec![cell_text(last.part().unwrap_or_default())];
        row.extend((frameworks.len() > 1).then(|| cell_text(last.framework.as_deref().unwrap_or_default())));
        row.extend(has_titles.then(|| cell_text(last.title.as_deref().unwrap_or_default())));
        row.extend(has_statuses.then(|| standing(&last.figures, words)));
        row.extend([words.percent_exact(span.first.figures.percent), words.percent_exact(last.figures.percent)]);
        row.push(words.percent_change(span.percent(|f| f.percent)));
        row.extend(trend.is_rescored().then(|| words.percent_change(span.rescored())));
        table.add_row(row);
    }
    align_right(&mut table, &(named..header.len()).collect::<Vec<_>>());
    style.draw(&table)
}

/// The columns of every trend.
const COLUMNS: [&str; 17] = [
    "tenant",
    "id",
    "as_of",
    "recorded_at",
    "achieved",
    "possible",
    "assured",
    "unassessed",
    "percent",
    "assurance_percent",
    "gaps",
    "target",
    "engine",
    "library",
    "note",
    "subject",
    "commit",
];

/// Those of a part of the assessments.
const OF_PARTS: [&str; 6] = ["framework", "domain", "control", "title", "status", "coverage"];

/// Those of figures under another library.
const ANEW: [&str; 7] = [
    "rescored_achieved",
    "rescored_possible",
    "rescored_assured",
    "rescored_unassessed",
    "rescored_percent",
    "rescored_assurance_percent",
    "rescored_gaps",
];

/// Trends of one query as CSV, a row for each point; without the header, to go on with a file.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn trend_csv(trend: &Trend, with_header: bool) -> Result<String, csv::Error> {
    let has_parts = trend.points.iter().any(|p| p.part().is_some());
    let mut writer = writer();
    if with_header {
        let parts = OF_PARTS.iter().filter(|_| has_parts);
        writer.write_record(COLUMNS.iter().chain(parts).chain(ANEW.iter().filter(|_| trend.is_rescored())))?;
    }
    for point in &trend.points {
        let text = |text: Option<&str>| neutral(text.unwrap_or_default()).into_owned();
        let [achieved, possible, assured, unassessed, percent, assurance, gaps] = cells(Some(&point.figures));
        let mut row = vec![text(Some(&trend.tenant)), point.id.clone(), point.as_of.to_string()];
        row.extend([point.recorded_at.clone(), achieved, possible, assured, unassessed, percent, assurance, gaps]);
        row.push(percent_cell(trend.target));
        row.extend([text(Some(&point.engine)), point.library.to_string()]);
        row.extend([&point.note, &point.subject, &point.commit].map(|t| text(t.as_deref())));
        if has_parts {
            row.extend([&point.framework, &point.domain, &point.control, &point.title].map(|t| text(t.as_deref())));
            row.push(neutral(&cell_text(&statuses(&point.figures).join(", "))).into_owned());
            row.push(coverage(&point.figures));
        }
        if trend.is_rescored() {
            row.extend(cells(point.rescored.as_ref().and_then(Option::as_ref)));
        }
        writer.write_record(row)?;
    }
    finish(writer)
}

/// The coverage of a control in basis points, where one assessment alone has it.
fn coverage(figures: &TrendFigures) -> String {
    match &figures.statuses[..] {
        [one] => one.coverage.map(|c| c.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

fn cells(figures: Option<&TrendFigures>) -> [String; 7] {
    let Some(f) = figures else { return Default::default() };
    [
        f.achieved.to_string(),
        f.possible.to_string(),
        f.assured.to_string(),
        f.unassessed.to_string(),
        percent_cell(f.percent),
        percent_cell(f.assurance_percent),
        f.gaps.map(|n| n.to_string()).unwrap_or_default(),
    ]
}
