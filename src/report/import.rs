//! An import for people: what changes and what that does to the score, and each row that was not used.

use super::style::{Style, safe};
use super::text::line;
use crate::change::AmountChange;
use crate::choice::Choice;
use crate::import::{ActionChange, ImportReport, PlaceChange, Reason, RowName, RowUnused};

/// How many rows of a change are named; the JSON has all.
const FEW_ROWS: usize = 3;

/// What an import did, or would do if it `is_trial`.
#[must_use]
pub fn import_text(report: &ImportReport, is_trial: bool, style: Style) -> String {
    let mut text = String::new();
    let files: Vec<String> = report.files.iter().map(|name| safe(name)).collect();
    let head = format!("{} into {}", report.format, safe(&report.tenant));
    line(&mut text, &format!("{}  as of {}", style.heading(&head), report.as_of));
    line(&mut text, &style.wrapped("  from ", &files.join(", ")));
    line(&mut text, &format!("  {}", counts(report)));
    score(&mut text, report);
    changes(&mut text, report, is_trial, style);
    unused(&mut text, report, style);
    text
}

/// How many rows became what.
fn counts(report: &ImportReport) -> String {
    let rows = &report.rows;
    let conflicts = match rows.conflicts {
        0 => String::new(),
        count => format!(", {count} of them conflicts"),
    };
    format!(
        "{}: {} used, {} known already, {} not used{conflicts}",
        counted(rows.read, "row"),
        rows.used,
        rows.confirmed,
        rows.unused
    )
}

fn score(text: &mut String, report: &ImportReport) {
    let Some(change) = &report.score else { return };
    let percent = change.percent.map(|p| format!(", score {p} percentage points")).unwrap_or_default();
    let (achieved, assured) = (signed(change.achieved), signed(change.assured));
    line(text, &format!("  {achieved} points achieved, {assured} assured{percent}"));
}

fn signed(change: AmountChange) -> String {
    change.signed()
}

fn changes(text: &mut String, report: &ImportReport, is_trial: bool, style: Style) {
    line(text, "");
    if report.actions.is_empty() && report.acceptances.is_empty() {
        line(text, "Nothing changes in the profile.");
        return;
    }
    let places: usize = report.actions.iter().map(|action| action.places.len()).sum();
    let tense = if is_trial { "would change" } else { "changed" };
    let (places, actions) = (counted(places, "place"), counted(report.actions.len(), "action"));
    line(text, &style.heading(&format!("{places} of {actions} {tense}")));
    for action in &report.actions {
        change(text, action, report, style);
    }
    for risk in &report.acceptances {
        let (action, owner) = (safe(&risk.action), safe(&risk.owner));
        line(text, &format!("  {action}  risk accepted by {owner} until {}", risk.expires_on));
        line(text, &style.faint(&format!("      {}", row(&risk.row, report))));
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn change(text: &mut String, action: &ActionChange, report: &ImportReport, style: Style) {
    let points = format!("{} points, {} assured", signed(action.achieved), signed(action.assured));
    line(text, &style.wrapped("  ", &format!("{}  {}  {points}", safe(&action.id), safe(&action.title))));
    for place in &action.places {
        line(text, &style.wrapped("      ", &status(place)));
        let named = place.rows.iter().take(FEW_ROWS).map(|name| row(name, report));
        let mut named: Vec<String> = named.collect();
        if place.rows.len() > FEW_ROWS {
            named.push(format!("and {} more", place.rows.len() - FEW_ROWS));
        }
        line(text, &style.faint(&style.wrapped("      ", &format!("from {}", named.join("; ")))));
    }
}

/// `subscription-prod: not listed -> implemented/passed on 2026-01-31; notes`.
fn status(place: &PlaceChange) -> String {
    let names = [place.group.as_deref().map(|g| format!("group {g}")), place.place.clone()];
    let names: Vec<String> = names.into_iter().flatten().map(|name| safe(&name)).collect();
    let lead = if names.is_empty() { String::new() } else { format!("{}: ", names.join(", ")) };
    let from = place.from.as_deref().unwrap_or("not listed");
    let status =
        if place.from.as_deref() == Some(&place.to) { from.to_owned() } else { format!("{from} -> {}", place.to) };
    let also = if place.also.is_empty() { String::new() } else { format!("; also {}", place.also.join(", ")) };
    format!("{lead}{status}{also}")
}

/// Where a row stands and what the source calls it; of one file its name goes without saying.
fn row(name: &RowName, report: &ImportReport) -> String {
    let file = if report.files.len() > 1 { format!("{} ", safe(&name.file)) } else { String::new() };
    let sheet = name.sheet.as_deref().map(|sheet| format!("{} ", safe(sheet))).unwrap_or_default();
    format!("{file}{sheet}line {} {}", name.line, safe(&name.id)).trim_end().to_owned()
}

fn unused(text: &mut String, report: &ImportReport, style: Style) {
    if report.unused.is_empty() {
        return;
    }
    line(text, "");
    line(text, &style.heading(&format!("{} not used", counted(report.unused.len(), "row"))));
    // What somebody must settle comes first.
    let mut reasons: Vec<Reason> = report.reasons.iter().map(|count| count.reason).collect();
    reasons.sort_by_key(|reason| (!reason.is_conflict(), *reason));
    for reason in reasons {
        let rows: Vec<&RowUnused> = report.unused.iter().filter(|row| row.reason == reason).collect();
        let mark = if reason.is_conflict() { style.warn("conflict") } else { style.faint("unused") };
        line(text, &format!("  {mark} {}: {}", reason.word(), rows.len()));
        for unused in rows {
            let column = unused.column.as_deref().map(|c| format!(", {}", safe(c))).unwrap_or_default();
            let detail = if unused.detail.is_empty() { String::new() } else { format!(": {}", safe(&unused.detail)) };
            let told = format!("{}{column}{detail}", row(&unused.row, report));
            line(text, &style.wrapped("    ", &told));
        }
    }
}
