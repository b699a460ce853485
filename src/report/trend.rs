//! A trend: for people as a chart and a table, for spreadsheets, and as an SVG file.

use super::chart::{Chart, Join, Level, Mark, Series};
use super::csv::{finish, neutral, percent_cell, two_places, writer};
use super::style::Style;
use super::table::{align_right, cell_text};
use super::text::line;
use crate::change::PercentChange;
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
    fn heading(&self) -> String {
        let mut text = self.tenant.clone();
        if let Some(assessment) = &self.assessment {
            text.push_str(&format!(", {assessment}"));
        }
        let last = self.points.last().filter(|_| !self.is_of_many());
        if let Some((point, id)) = last.and_then(|p| Some((p, p.part()?))) {
            let title = self.points.iter().rev().find_map(|p| p.title.as_deref()).unwrap_or_default();
            let what = if point.domain.is_some() { "domain" } else { "control" };
            text.push_str(&format!(", {what} {id} {title}"));
        }
        text.trim_end().to_owned()
    }
}

/// The chart of a trend: the score, and beside it the assurance, or the score under the library at hand.
#[must_use]
pub fn trend_chart(trend: &Trend) -> Chart {
    let spans = trend.spans();
    let points = spans.first().filter(|_| !trend.is_of_many()).map_or(&[][..], |span| &span.points);
    let series = |name: &str, of: &dyn Fn(&TrendPoint) -> Option<Percent>| {
        Series::new(name, points.iter().map(|p| (p.as_of, of(p))).collect())
    };
    let score = |p: &TrendPoint| p.figures.percent;
    let series = if trend.is_rescored() {
        let anew = |p: &TrendPoint| p.rescored.as_ref()?.as_ref()?.percent;
        vec![series("Score as recorded", &score), series("Score under this library", &anew)]
    } else {
        vec![series("Score", &score), series("Assurance", &|p| p.figures.assurance_percent)]
    };
    let target = trend.target.map(|at| Level { name: "Target".to_owned(), at });
    let mark = |change: &TrendChange| Mark { day: change.as_of, label: told(change) };
    Chart {
        title: trend.heading(),
        join: Join::Straight,
        series,
        targets: target.into_iter().collect(),
        marks: trend.changes.iter().map(mark).collect(),
    }
}

/// What changed that is no work.
fn told(change: &TrendChange) -> String {
    const FEW: usize = 3;
    let mut parts = Vec::new();
    if let Some(library) = &change.library {
        let files = &library.files;
        let more = files.len().saturating_sub(FEW);
        let mut named: Vec<&str> = files.iter().take(FEW).map(String::as_str).collect();
        let more = format!("{more} more");
        if files.len() > FEW {
            named.push(&more);
        }
        let (from, to) = (library.from.short(), library.to.short());
        // A folder read over another may hold the same files.
        let named = if named.is_empty() { "the same files in other folders".to_owned() } else { named.join(", ") };
        parts.push(format!("library {from} became {to}: {named}"));
    }
    if let Some(engine) = &change.engine {
        parts.push(format!("annexa {} became {}", engine.from, engine.to));
    }
    let name = |a: &AssessmentId| format!("{} for {}", a.template, a.group);
    parts.extend(change.added.iter().map(|a| format!("assessment added: {}", name(a))));
    parts.extend(change.removed.iter().map(|a| format!("assessment removed: {}", name(a))));
    parts.join("; ")
}

/// A trend as an SVG file.
#[must_use]
pub fn trend_svg(trend: &Trend) -> String {
    trend_chart(trend).svg()
}

/// A trend for people: the chart, and what changed from the first to the last date.
#[must_use]
pub fn trend_text(trend: &Trend, style: Style) -> String {
    let spans = trend.spans();
    let (Some(span), Some(first), Some(last)) = (spans.first(), trend.points.first(), trend.points.last()) else {
        return nothing(trend);
    };
    if trend.is_of_many() {
        let heading = format!("{}  from {} to {}", trend.heading(), first.as_of, last.as_of);
        return format!("{}\n\n{}", style.heading(&safe(&heading)), many(trend, &spans, style));
    }
    let mut text = String::new();
    if span.points.len() > 1 {
        text.push_str(&trend_chart(trend).text(style));
    } else {
        line(&mut text, &style.heading(&safe(&trend.heading())));
        let said = "One date is recorded; with a second one there is a trend.";
        text.extend(style.wrapped("", said).lines().flat_map(|l| [l, "\n"]));
    }
    line(&mut text, "");
    text.push_str(&table(trend, span, style));
    text
}

fn nothing(trend: &Trend) -> String {
    let tenant = safe(&trend.tenant);
    match trend.extent {
        Some((first, last)) => {
            format!("No snapshot of {tenant} lies between these dates; there are some from {first} to {last}.\n")
        }
        None => format!("Nothing is recorded of {tenant}.\n"),
    }
}

/// What stands where there is no figure.
fn none() -> String {
    "n/a".to_owned()
}

/// Exact to the two places that changes have, so that a row adds up.
fn shown(percent: Option<Percent>) -> String {
    percent.map_or_else(none, |p| format!("{} %", two_places(p)))
}

fn moved(change: Option<PercentChange>) -> String {
    change.map_or_else(none, |c| format!("{c} %"))
}

fn table(trend: &Trend, span: &TrendSpan<'_>, style: Style) -> String {
    let (first, last) = (&span.first.figures, &span.last.figures);
    let mut table = style.table(&["", &span.first.as_of.to_string(), &span.last.as_of.to_string(), "Change"]);
    type Of = fn(&TrendFigures) -> Option<Percent>;
    let percents: [(&str, Of); 2] = [("Score", |f| f.percent), ("Assurance", |f| f.assurance_percent)];
    for (name, of) in percents {
        table.add_row([name.to_owned(), shown(of(first)), shown(of(last)), moved(span.percent(of))]);
        if name == "Score" && trend.is_rescored() {
            let of = |p: &TrendPoint| p.rescored.as_ref().and_then(Option::as_ref).and_then(|f| f.percent);
            let name = "Score under this library".to_owned();
            table.add_row([name, shown(of(span.first)), shown(of(span.last)), moved(span.rescored())]);
        }
    }
    let unassessed = |f: &TrendFigures| f.percent.map_or_else(none, |_| f.unassessed.exact());
    let change = span.percent(|f| f.percent).map_or_else(none, |_| span.amount(|f| f.unassessed).signed());
    table.add_row(["Points unassessed".to_owned(), unassessed(first), unassessed(last), change]);
    if span.points.iter().any(|p| p.figures.gaps.is_some()) {
        let count = |f: &TrendFigures| f.gaps.map_or_else(none, |n| n.to_string());
        let change = span.gaps().map_or_else(none, |n| if n > 0 { format!("+{n}") } else { n.to_string() });
        table.add_row(["Gaps".to_owned(), count(first), count(last), change]);
    }
    if span.points.iter().any(|p| !p.figures.statuses.is_empty()) {
        table.add_row(["Status".to_owned(), statuses(first), statuses(last), String::new()]);
    }
    align_right(&mut table, &[1, 2, 3]);
    style.draw(&table)
}

/// The statuses of a control, once where they are the same.
fn statuses(figures: &TrendFigures) -> String {
    let mut words: Vec<&str> = figures.statuses.iter().map(|s| s.status.as_str()).collect();
    words.dedup();
    cell_text(&words.join(", "))
}

/// A row for each domain or control.
fn many(trend: &Trend, spans: &[TrendSpan<'_>], style: Style) -> String {
    let has_titles = spans.iter().any(|s| s.last.title.is_some());
    let has_statuses = spans.iter().any(|s| !s.last.figures.statuses.is_empty());
    let frameworks: BTreeSet<_> = spans.iter().map(|s| s.last.framework.as_deref()).collect();
    let mut header = vec![if has_titles { "Domain" } else { "Control" }];
    header.extend((frameworks.len() > 1).then_some("Framework"));
    header.extend(has_titles.then_some("Title"));
    header.extend(has_statuses.then_some("Status"));
    let named = header.len();
    header.extend(["First", "Last", "Change"]);
    if trend.is_rescored() {
        header.push("Under this library");
    }
    let mut table = style.table(&header);
    for span in spans {
        let last = span.last;
        let mut row = vec![cell_text(last.part().unwrap_or_default())];
        row.extend((frameworks.len() > 1).then(|| cell_text(last.framework.as_deref().unwrap_or_default())));
        row.extend(has_titles.then(|| cell_text(last.title.as_deref().unwrap_or_default())));
        row.extend(has_statuses.then(|| statuses(&last.figures)));
        row.extend([shown(span.first.figures.percent), shown(last.figures.percent)]);
        row.push(moved(span.percent(|f| f.percent)));
        if trend.is_rescored() {
            row.push(moved(span.rescored()));
        }
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
            row.push(neutral(&statuses(&point.figures)).into_owned());
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
