//! A comparison for people: the figures before and after, why they moved, which controls moved.

use super::csv::two_places;
use super::markdown::{cell, percent, rows};
use super::style::{Style, safe};
use super::table::{align_right, cell_text};
use super::text::line;
use crate::change::{AmountChange, PercentChange};
use crate::choice::Choice;
use crate::compare::{ActionEffect, Attribution, Cause, Comparison, ControlMove, ControlState, StateFigures};
use crate::points::{BasisPoints, Percent};
use std::fmt::Write;

/// How many actions of a cause are shown to a person; the JSON has all.
const FEW_ACTIONS: usize = 5;
/// How many controls are shown to a person.
const FEW_CONTROLS: usize = 15;

/// The headings over [`figures`].
const FIGURES: [&str; 4] = ["", "Before", "After", "Change"];
/// The headings over [`causes`].
const CAUSES: [&str; 6] = ["Why", "Score", "Points", "Possible", "Assured", "Actions"];
/// The headings over [`effects`].
const EFFECTS: [&str; 5] = ["Action", "", "Points", "Possible", "Assured"];
/// The headings over [`controls`].
const CONTROLS: [&str; 4] = ["Control", "", "Before", "After"];

/// A comparison as text.
#[must_use]
pub fn comparison_text(comparison: &Comparison, style: Style) -> String {
    let mut text = String::new();
    let name = format!("{} ({})", safe(&comparison.organization), safe(&comparison.tenant));
    line(&mut text, &format!("{}  {}", style.heading(&name), dates(comparison)));
    line(&mut text, "");
    table(&mut text, &FIGURES, &[1, 2, 3], &figures(comparison), style);
    line(&mut text, "");
    if comparison.causes.is_empty() {
        line(&mut text, "Nothing moved the figures.");
    } else {
        table(&mut text, &CAUSES, &[1, 2, 3, 4, 5], &causes(comparison), style);
    }
    for cause in &comparison.causes {
        if cause.effects.is_empty() {
            continue;
        }
        line(&mut text, "");
        line(&mut text, &style.heading(&format!("{}: {}", label(cause.cause), count(cause.effects.len(), "action"))));
        table(&mut text, &EFFECTS, &[2, 3, 4], &effects(cause).take(FEW_ACTIONS).collect::<Vec<_>>(), style);
        more(&mut text, cause.effects.len(), FEW_ACTIONS, style);
    }
    for change in assessments(comparison) {
        line(&mut text, "");
        line(&mut text, &safe(&change));
    }
    if !comparison.controls.is_empty() {
        line(&mut text, "");
        line(&mut text, &style.heading(&format!("Controls that moved: {}", comparison.controls.len())));
        let shown: Vec<Vec<String>> = controls(comparison).take(FEW_CONTROLS).collect();
        table(&mut text, &CONTROLS, &[], &shown, style);
        more(&mut text, comparison.controls.len(), FEW_CONTROLS, style);
    }
    text
}

/// A comparison as Markdown.
#[must_use]
pub fn comparison_markdown(comparison: &Comparison) -> String {
    let mut text = format!("# {}, {}\n\n", cell(&comparison.organization), dates(comparison));
    rows(&mut text, &FIGURES, 1, figures(comparison).into_iter());
    if comparison.causes.is_empty() {
        text.push_str("Nothing moved the figures.\n\n");
    } else {
        rows(&mut text, &CAUSES, 1, causes(comparison).into_iter());
    }
    for cause in comparison.causes.iter().filter(|cause| !cause.effects.is_empty()) {
        let _ = write!(text, "## {}: {}\n\n", label(cause.cause), count(cause.effects.len(), "action"));
        rows(&mut text, &EFFECTS, 2, effects(cause));
    }
    for change in assessments(comparison) {
        let _ = write!(text, "{}\n\n", cell(&change));
    }
    if !comparison.controls.is_empty() {
        let _ = write!(text, "## Controls that moved: {}\n\n", comparison.controls.len());
        rows(&mut text, &CONTROLS, 4, controls(comparison));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A cause in the words of a person.
pub(super) fn label(cause: Cause) -> &'static str {
    match cause {
        Cause::WorkDone => "Work done",
        Cause::WorkUndone => "Work undone",
        Cause::NewlyAssessed => "Newly assessed",
        Cause::Currency => "Evidence and tests lapsed or renewed",
        Cause::Scope => "Scope",
        Cause::Template => "Template or library",
        Cause::NewAssessments => "Assessments added or removed",
    }
}

fn dates(comparison: &Comparison) -> String {
    let state = |state: &StateFigures| match &state.snapshot {
        Some(id) => format!("{} ({id})", state.as_of),
        None => state.as_of.to_string(),
    };
    let (from, to) = (state(&comparison.from), state(&comparison.to));
    if from == to { format!("as of {from}") } else { format!("from {from} to {to}") }
}

pub(super) fn count(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn points_of_percent(change: Option<PercentChange>) -> String {
    change.map_or_else(|| "n/a".to_owned(), |change| format!("{change} %"))
}

/// A percentage with both its decimals, so that what is shown adds up.
pub(super) fn percentage(value: Option<Percent>) -> String {
    let shown = |p: Percent| format!("{} %", two_places(p));
    value.map_or_else(|| percent(None), shown)
}

fn figures(comparison: &Comparison) -> Vec<Vec<String>> {
    let (from, to, change) = (&comparison.from.figures.total, &comparison.to.figures.total, &comparison.change);
    let row = |name: &str, from: String, to: String, change: String| vec![name.to_owned(), from, to, change];
    let amounts = [
        ("Points", from.achieved, to.achieved, change.achieved),
        ("Possible", from.possible, to.possible, change.possible),
        ("Assured", from.assured, to.assured, change.assured),
    ];
    let score = row("Score", percentage(from.percent()), percentage(to.percent()), points_of_percent(change.percent));
    let others = amounts.map(|(name, from, to, change)| row(name, from.exact(), to.exact(), change.signed()));
    std::iter::once(score).chain(others).collect()
}

/// A row for each cause, and one for the change that they sum to.
fn causes(comparison: &Comparison) -> Vec<Vec<String>> {
    let row = |name: &str, change: &crate::compare::Change, actions: String| {
        let amounts = [change.achieved, change.possible, change.assured].map(shown);
        [vec![name.to_owned(), points_of_percent(change.percent)], amounts.to_vec(), vec![actions]].concat()
    };
    let of_cause = |cause: &Attribution| row(label(cause.cause), &cause.change, cause.effects.len().to_string());
    let sum = (comparison.causes.len() > 1).then(|| row("Together", &comparison.change, String::new()));
    comparison.causes.iter().map(of_cause).chain(sum).collect()
}

/// A change, or nothing where there is none.
fn shown(change: AmountChange) -> String {
    if change.units() == 0 { String::new() } else { change.signed() }
}

fn effects(cause: &Attribution) -> impl Iterator<Item = Vec<String>> {
    cause.effects.iter().map(|effect: &ActionEffect| {
        let amounts = [effect.achieved, effect.possible, effect.assured].map(shown);
        [vec![effect.id.clone(), effect.title.clone()], amounts.to_vec()].concat()
    })
}

/// A sentence for each assessment that came or went.
fn assessments(comparison: &Comparison) -> Vec<String> {
    let sentence = |a: &crate::compare::AssessmentMove| {
        let (word, figures) = match (&a.from, &a.to) {
            (None, Some(figures)) => ("Added", figures),
            (Some(figures), None) => ("Removed", figures),
            _ => return None,
        };
        let (score, possible) = (percent(figures.total.percent()), figures.total.possible.whole_points());
        Some(format!("{word}: the assessment {}, group {}, {score} of {possible} points", a.template, a.group))
    };
    comparison.assessments.iter().filter_map(sentence).collect()
}

fn controls(comparison: &Comparison) -> impl Iterator<Item = Vec<String>> {
    let many = comparison.assessments.len() > 1;
    comparison.controls.iter().map(move |control: &ControlMove| {
        let place = if many {
            format!("{} ({}, {})", control.id, control.framework, control.group)
        } else {
            control.id.clone()
        };
        vec![place, control.title.clone(), standing(control.from.as_ref()), standing(control.to.as_ref())]
    })
}

pub(super) fn standing(state: Option<&ControlState>) -> String {
    let Some(state) = state else { return "not there".to_owned() };
    match state.coverage {
        Some(coverage) => format!("{} {} %", state.status.word(), BasisPoints::new(coverage)),
        None => state.status.word().to_owned(),
    }
}

pub(super) fn table(text: &mut String, head: &[&str], numbers: &[usize], list: &[Vec<String>], style: Style) {
    let mut table = style.table(head);
    for row in list {
        table.add_row(row.iter().map(|c| cell_text(c)));
    }
    align_right(&mut table, numbers);
    text.push_str(&style.draw(&table));
}

/// That a list is longer than what is shown.
fn more(text: &mut String, count: usize, most: usize, style: Style) {
    if count > most {
        line(text, &style.faint(&format!("  and {} more; `--format json` and `markdown` have all", count - most)));
    }
}
