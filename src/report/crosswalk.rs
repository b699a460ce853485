//! How the controls of one framework lie to those of another: for people, spreadsheets and wikis.

use super::csv::{finish, neutral, writer};
use super::markdown::cell;
use super::style::Style;
use super::table::{Tone, cell_text};
use super::text::line;
use crate::choice::Choice;
use crate::crosswalk::{Counterpart, CrosswalkAnswer, CrosswalkControl, CrosswalkName, CrosswalkStep, TieKind, Ways};
use crate::library::RelationStatus;
use crate::safe::safe;
use std::fmt::Write;

/// The answer for people: a row for each pair, then what has no counterpart.
#[must_use]
pub fn crosswalk_text(answer: &CrosswalkAnswer, style: Style) -> String {
    let mut text = String::new();
    let title = format!("{} to {}", safe(&answer.from.title), safe(&answer.to.title));
    line(&mut text, &style.heading(&title));
    for told in summary(answer) {
        line(&mut text, &style.wrapped("  ", &told));
    }
    let mut table = style.table(&["Control", "Relation", "Target", "", "Share", "Status", "Path"]);
    for (control, target) in pairs(answer) {
        let relation = match target.ways.relation {
            kind @ TieKind::Contradiction => style.cell(kind.word(), Tone::Bad),
            kind @ TieKind::Unknown => style.cell(kind.word(), Tone::Warn),
            kind => kind.word().to_owned(),
        };
        table.add_row([
            control.id.clone(),
            relation,
            target.id.clone(),
            cell_text(&target.title),
            target.ways.share.to_string(),
            target.ways.status.word().to_owned(),
            paths(&target.ways, &answer.to.id),
        ]);
    }
    if !answer.controls.is_empty() {
        line(&mut text, "");
        text.push_str(&style.draw(&table));
    }
    rest(&mut text, "Without a target", &answer.without_target, style);
    rest(&mut text, "New, without a source", answer.new.as_deref().unwrap_or_default(), style);
    text
}

fn pairs(answer: &CrosswalkAnswer) -> impl Iterator<Item = (&CrosswalkControl, &Counterpart)> {
    answer.controls.iter().flat_map(|control| control.targets.iter().map(move |target| (control, target)))
}

/// What was asked and how much was found, sentence by sentence.
fn summary(answer: &CrosswalkAnswer) -> Vec<String> {
    let counts = &answer.counts;
    let used = if answer.confirmed_only { "confirmed relations" } else { "relations" };
    let via = if answer.via.is_empty() { String::new() } else { format!(", by way of {}", answer.via.join(", ")) };
    let hops = if answer.max_hops == 1 { "1 hop".to_owned() } else { format!("{} hops", answer.max_hops) };
    let kinds = [
        (counts.equal, TieKind::Equal),
        (counts.subset, TieKind::Subset),
        (counts.superset, TieKind::Superset),
        (counts.intersects, TieKind::Intersects),
    ];
    let found = kinds.iter().filter(|(count, _)| *count > 0).map(|(count, kind)| format!("{count} {kind}"));
    let found = found.collect::<Vec<_>>().join(", ");
    let mut told = vec![
        format!("{} to {}, {used} over at most {hops}{via}", answer.from.id, answer.to.id),
        format!("{} of {} controls have a target", counts.with_target, counts.controls),
    ];
    if let Some(told) = told.last_mut().filter(|_| !found.is_empty()) {
        let _ = write!(told, "; of the pairs {found}");
    }
    let many = |count: usize| if count == 1 { "1 pair".to_owned() } else { format!("{count} pairs") };
    if counts.contradiction > 0 {
        told.push(format!("{} of which the crosswalks contradict each other", many(counts.contradiction)));
    }
    if counts.unknown > 0 {
        let is_named = pairs(answer).any(|(_, target)| target.ways.relation == TieKind::Unknown);
        let more = if is_named { "" } else { ", named with `--all`" };
        let open = "of which it is left open whether they have anything in common";
        told.push(format!("{} {open}{more}", many(counts.unknown)));
    }
    told
}

/// All ways of a pair, for people.
fn paths(ways: &Ways, to: &str) -> String {
    let all = std::iter::once(&ways.path).chain(&ways.other_paths);
    all.map(|path| told_path(path, to)).collect::<Vec<_>>().join("; ")
}

/// A way in words: `direct`, or each step with the control it comes to.
pub(super) fn told_path(path: &[CrosswalkStep], to: &str) -> String {
    if let [_] = path {
        return "direct".to_owned();
    }
    let step = |step: &CrosswalkStep| {
        // The framework that was asked for goes without saying.
        let framework = if step.framework == to { String::new() } else { format!("{} ", step.framework) };
        let doubt = if step.status == RelationStatus::Confirmed { "" } else { "?" };
        format!("{}{doubt} {framework}{}", step.relation, step.control)
    };
    path.iter().map(step).collect::<Vec<_>>().join(", ")
}

fn rest(text: &mut String, what: &str, list: &[CrosswalkName], style: Style) {
    if list.is_empty() {
        return;
    }
    line(text, "");
    line(text, &style.heading(&format!("{what}: {}", list.len())));
    for item in list {
        let title = if item.title == item.id { String::new() } else { format!("  {}", safe(&item.title)) };
        line(text, &format!("  {}{title}", item.id));
    }
}

/// A row for each pair, then a row for each control without a counterpart, with `none` or `new` as relation.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn crosswalk_csv(answer: &CrosswalkAnswer) -> Result<String, csv::Error> {
    let mut writer = writer();
    writer.write_record([
        "from_framework",
        "from_control",
        "from_title",
        "relation",
        "to_framework",
        "to_control",
        "to_title",
        "share_lower",
        "share_upper",
        "status",
        "hops",
        "path",
    ])?;
    for (control, target) in pairs(answer) {
        let ways = &target.ways;
        let cells = [
            &answer.from.id,
            &control.id,
            &control.title,
            ways.relation.word(),
            &answer.to.id,
            &target.id,
            &target.title,
            &ways.share.lower.get().to_string(),
            &ways.share.upper.get().to_string(),
            ways.status.word(),
            &ways.hops.to_string(),
            &paths(ways, &answer.to.id),
        ];
        writer.write_record(cells.map(|cell| neutral(cell).into_owned()))?;
    }
    for item in &answer.without_target {
        let cells = [&answer.from.id, &item.id, &item.title, "none", &answer.to.id, "", "", "", "", "", "", ""];
        writer.write_record(cells.map(|cell| neutral(cell).into_owned()))?;
    }
    for item in answer.new.iter().flatten() {
        let cells = [&answer.from.id, "", "", "new", &answer.to.id, &item.id, &item.title, "", "", "", "", ""];
        writer.write_record(cells.map(|cell| neutral(cell).into_owned()))?;
    }
    finish(writer)
}

/// The answer for pull requests and wikis.
#[must_use]
pub fn crosswalk_markdown(answer: &CrosswalkAnswer) -> String {
    let mut text = format!("# {} to {}\n\n", cell(&answer.from.title), cell(&answer.to.title));
    for told in summary(answer) {
        let _ = writeln!(text, "- {}", cell(&told));
    }
    text.push_str("\n| Control | Relation | Target | | Share | Status | Path |\n|---|---|---|---|---:|---|---|\n");
    for (control, target) in pairs(answer) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            cell(&control.id),
            target.ways.relation,
            cell(&target.id),
            cell(&target.title),
            target.ways.share,
            target.ways.status,
            cell(&paths(&target.ways, &answer.to.id)),
        );
    }
    for (what, list) in
        [("Without a target", &answer.without_target), ("New", answer.new.as_ref().unwrap_or(&Vec::new()))]
    {
        if !list.is_empty() {
            let _ = write!(text, "\n## {what}: {}\n\n", list.len());
            for item in list {
                let _ = writeln!(text, "- {} {}", cell(&item.id), cell(&item.title));
            }
        }
    }
    text
}
