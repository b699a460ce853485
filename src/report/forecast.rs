//! A forecast for people and for spreadsheets: a chart, what happens when, and when a threshold is missed.

use super::chart::{Chart, Join, Level, Mark, Series};
use super::csv::{finish, neutral, percent_cell, writer};
use super::style::{Style, safe};
use super::table::{Tone, align_right, cell_text};
use super::text::line;
use crate::choice::Choice;
use crate::forecast::{Below, Due, Event, EventKind, Forecast, ForecastLine, Step, Thresholds};
use crate::locale::Locale;
use crate::points::{Percent, Sums};
use chrono::NaiveDate;

/// How many rows of events the text shows, how many of one day, and how many overdue actions.
const FEW_ROWS: usize = 40;
const FEW_OF_A_DAY: usize = 3;
const FEW_DUE: usize = 5;
/// How many controls a row names.
const FEW_CONTROLS: usize = 4;

/// The forecast as a chart: score and assurance as steps, as they stand and as planned.
#[must_use]
pub fn forecast_chart(forecast: &Forecast) -> Chart {
    let mut series = Vec::new();
    let mut add = |name: &str, line: &ForecastLine, value: fn(&Sums) -> Option<Percent>| {
        let steps = line.steps.iter().map(|s| (s.from, value(&s.sums)));
        let last = line.steps.last().map(|s| (forecast.until, value(&s.sums)));
        series.push(Series::new(name, steps.chain(last).collect()));
    };
    add("score", &forecast.line, Sums::percent);
    add("assurance", &forecast.line, Sums::assurance_percent);
    if let Some(planned) = &forecast.planned {
        add("score as planned", planned, Sums::percent);
        add("assurance as planned", planned, Sums::assurance_percent);
    }
    let targets = match forecast.thresholds {
        Thresholds { score: Some(at), assurance } if assurance == Some(at) => vec![level("target", at)],
        Thresholds { score, assurance } => {
            let score = score.map(|at| level("target of the score", at));
            score.into_iter().chain(assurance.map(|at| level("target of the assurance", at))).collect()
        }
    };
    let below = forecast.line.below;
    let mark = |day: Option<NaiveDate>, label: &str| day.map(|day| Mark { day, label: label.to_owned() });
    let marks = [mark(below.score, "score below its target"), mark(below.assurance, "assurance below its target")];
    Chart {
        locale: Locale::English,
        title: format!("Score and assurance of {}", forecast.organization),
        join: Join::Steps,
        series,
        targets,
        marks: marks.into_iter().flatten().collect(),
    }
}

fn level(name: &str, at: Percent) -> Level {
    Level { name: name.to_owned(), at }
}

/// The forecast for a person; without `all`, long lists are cut.
#[must_use]
pub fn forecast_text(forecast: &Forecast, all: bool, style: Style) -> String {
    let mut text = String::new();
    let name = format!("{} ({})", safe(&forecast.organization), safe(&forecast.tenant));
    line(&mut text, &format!("{}  from {} to {}", style.heading(&name), forecast.from, forecast.until));
    line(&mut text, "");
    text.push_str(&forecast_chart(forecast).text(style));
    line(&mut text, "");
    line(&mut text, &style.heading("If nobody does anything"));
    figures(&mut text, forecast, &forecast.line, style);
    events(&mut text, &forecast.line, is_shown, all, style);
    hidden(&mut text, &forecast.line, style);
    if let Some(planned) = &forecast.planned {
        line(&mut text, "");
        let count =
            if forecast.due.len() == 1 { "1 action".to_owned() } else { format!("{} actions", forecast.due.len()) };
        line(&mut text, &style.heading(&format!("If what is due is done on time: {count}")));
        figures(&mut text, forecast, planned, style);
        events(&mut text, planned, |event| event.kind == EventKind::ActionDone, all, style);
    }
    if !forecast.overdue.is_empty() {
        line(&mut text, "");
        line(&mut text, &style.heading("Overdue on the first day, and not counted as done"));
        due(&mut text, &forecast.overdue, all, style);
    }
    text
}

/// Where a line begins and ends, and when it misses a threshold.
fn figures(text: &mut String, forecast: &Forecast, shown: &ForecastLine, style: Style) {
    let (Some(first), Some(last)) = (shown.steps.first(), shown.steps.last()) else { return };
    let figure = |name: &str, value: fn(&Sums) -> Option<Percent>| {
        let (from, to) = (percent(value(&first.sums)), percent(value(&last.sums)));
        format!("  {name:<10} {from:>8} on {}, {to} on {}", forecast.from, forecast.until)
    };
    line(text, &figure("Score", Sums::percent));
    line(text, &figure("Assurance", Sums::assurance_percent));
    let whole = ("In all".to_owned(), forecast.thresholds, shown.below);
    let of_each = shown.assessments.iter().map(|a| {
        let group = if a.group == "default" { String::new() } else { format!(", group {}", safe(&a.group)) };
        (format!("{}{group}", safe(&a.title)), a.thresholds, a.below)
    });
    let several = shown.assessments.len() > 1;
    for (name, thresholds, below) in std::iter::once(whole).filter(|_| several).chain(of_each) {
        for sentence in sentences(thresholds, below, forecast, style) {
            let lead = if several { format!("{name}: ") } else { String::new() };
            line(text, &style.wrapped("  ", &format!("{lead}{sentence}")));
        }
    }
}

/// When each threshold is missed, in words.
fn sentences(thresholds: Thresholds, below: Below, forecast: &Forecast, style: Style) -> Vec<String> {
    let pairs = [("Score", thresholds.score, below.score), ("Assurance", thresholds.assurance, below.assurance)];
    let sentence = |(what, threshold, below): (&str, Option<Percent>, Option<NaiveDate>)| {
        let target = threshold?;
        Some(match below {
            None => format!("{what} at or above {target} % {}", style.good(&format!("until {}", forecast.until))),
            Some(day) if day == forecast.from => {
                format!("{what} below {target} % {}", style.bad("on the first day"))
            }
            Some(day) => format!("{what} first below {target} % {}", style.bad(&format!("on {day}"))),
        })
    };
    pairs.into_iter().filter_map(sentence).collect()
}

/// Whether the text has a row for an event: it changes figures, or is worth a word without.
fn is_shown(event: &Event) -> bool {
    event.moves()
        || matches!(event.kind, EventKind::AcceptanceLapsed | EventKind::ServiceRetired | EventKind::ActionDone)
}

/// The steps and what happens on each, the largest first; of a line as planned, only what is done.
fn events(text: &mut String, shown: &ForecastLine, is_wanted: fn(&Event) -> bool, all: bool, style: Style) {
    let mut table = style.table(&["Date", "Score", "Assurance", "What", "", "Points", "Controls"]);
    let (mut rows, mut left) = (0, 0);
    for step in &shown.steps {
        let mut list: Vec<&Event> = step.events.iter().filter(|e| is_wanted(e)).collect();
        list.sort_by_key(|event| std::cmp::Reverse(event.points.units().unsigned_abs()));
        let most = if all { list.len() } else { FEW_OF_A_DAY.min(FEW_ROWS.saturating_sub(rows)) };
        left += if most == 0 { list.len() } else { 0 };
        for (n, event) in list.iter().take(most).enumerate() {
            let once = |text: String| if n == 0 { text } else { String::new() };
            let more = (n + 1 == most).then(|| list.len() - most).filter(|more| *more > 0);
            let more = more.map(|more| format!(", and {more} more")).unwrap_or_default();
            table.add_row([
                once(step.from.to_string()),
                once(percent(step.sums.percent())),
                once(percent(step.sums.assurance_percent())),
                style.cell(event.kind.word(), if event.kind.is_end() { Tone::Warn } else { Tone::Heading }),
                cell_text(&format!("{}{more}", subject(event))),
                event.points.signed(),
                controls(event),
            ]);
            rows += 1;
        }
    }
    if rows > 0 {
        line(text, "");
        align_right(&mut table, &[1, 2, 5]);
        text.push_str(&style.draw(&table));
    }
    if left > 0 {
        line(text, &style.faint(&format!("and {left} more later: `--all` shows them")));
    }
}

/// How many events the table leaves out, since they change nothing that is shown.
fn hidden(text: &mut String, shown: &ForecastLine, style: Style) {
    let hidden = shown.steps.iter().flat_map(|s| &s.events).filter(|event| !is_shown(event)).count();
    if hidden > 0 {
        let what = if hidden == 1 { "1 more event changes".to_owned() } else { format!("{hidden} more events change") };
        let why = "no figure over all assessments, for what rests on it is lost already or counts elsewhere";
        line(text, &style.faint(&style.wrapped("", &format!("{what} {why}: `--format csv` has all"))));
    }
}

/// What an event is about: its id, and which group and places of it.
fn subject(event: &Event) -> String {
    let mut text = event.id.clone();
    if let Some(group) = &event.group {
        text.push_str(&format!(" (group {group})"));
    }
    match &event.places[..] {
        [] => {}
        [place] => text.push_str(&format!(", {place}")),
        places => text.push_str(&format!(", {} places", places.len())),
    }
    text
}

fn controls(event: &Event) -> String {
    let mut text = event.controls.iter().take(FEW_CONTROLS).map(String::as_str).collect::<Vec<_>>().join(", ");
    if event.controls.len() > FEW_CONTROLS {
        text.push_str(&format!(" and {} more", event.controls.len() - FEW_CONTROLS));
    }
    text
}

fn due(text: &mut String, list: &[Due], all: bool, style: Style) {
    let limit = if all { list.len() } else { FEW_DUE };
    for due in list.iter().take(limit) {
        let group = due.group.as_deref().map(|g| format!(" (group {})", safe(g))).unwrap_or_default();
        let who = due.assigned_to.as_deref().map(|w| format!(", {}", safe(w))).unwrap_or_default();
        line(text, &format!("  {}  {}{group}{who}", due.due_on, safe(&due.action)));
    }
    if list.len() > limit {
        line(text, &style.faint(&format!("  and {} more", list.len() - limit)));
    }
}

fn percent(value: Option<Percent>) -> String {
    value.map_or_else(|| "n/a".to_owned(), |p| format!("{p} %"))
}

/// The forecast as CSV: a row for each event of each step, and one for a step without events.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn forecast_csv(forecast: &Forecast) -> Result<String, csv::Error> {
    let mut writer = writer();
    writer.write_record([
        "line",
        "from",
        "achieved",
        "possible",
        "assured",
        "unassessed",
        "percent",
        "assurance_percent",
        "kind",
        "id",
        "title",
        "group",
        "places",
        "owner",
        "assigned_to",
        "points",
        "at_stake",
        "controls",
    ])?;
    let lines = [("present", Some(&forecast.line)), ("planned", forecast.planned.as_ref())];
    for (name, shown) in lines {
        for step in shown.into_iter().flat_map(|line| &line.steps) {
            let head = head(name, step);
            if step.events.is_empty() {
                writer.write_record(head.iter().map(String::as_str).chain([""; 10]))?;
            }
            for event in &step.events {
                writer.write_record(head.iter().cloned().chain(tail(event)))?;
            }
        }
    }
    finish(writer)
}

fn head(line: &str, step: &Step) -> [String; 8] {
    [
        line.to_owned(),
        step.from.to_string(),
        step.sums.achieved.to_string(),
        step.sums.possible.whole_points().to_string(),
        step.sums.assured.to_string(),
        step.sums.unassessed.to_string(),
        percent_cell(step.sums.percent()),
        percent_cell(step.sums.assurance_percent()),
    ]
}

fn tail(event: &Event) -> [String; 10] {
    let text = |text: &str| neutral(text).into_owned();
    [
        event.kind.word().to_owned(),
        text(&event.id),
        text(&event.title),
        text(event.group.as_deref().unwrap_or_default()),
        text(&event.places.join("; ")),
        event.owner.word().to_owned(),
        text(event.assigned_to.as_deref().unwrap_or_default()),
        event.points.to_string(),
        event.at_stake.to_string(),
        text(&event.controls.join(" ")),
    ]
}
