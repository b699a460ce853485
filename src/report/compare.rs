//! A comparison for people: the figures before and after, why they moved, which controls moved.

use super::markdown::{cell, rows};
use super::style::{Style, safe};
use super::table::{align_right, cell_text};
use super::text::line;
use crate::change::AmountChange;
use crate::compare::{
    ActionEffect, AssessmentMove, Attribution, Cause, Change, Comparison, ControlMove, ControlState, StateFigures,
};
use crate::locale::{Locale, Message, Words, msg};
use crate::points::BasisPoints;
use std::fmt::Write;

/// How many actions of a cause are shown to a person; the JSON has all.
const FEW_ACTIONS: usize = 5;
/// How many controls are shown to a person.
const FEW_CONTROLS: usize = 15;

/// The headings over [`figures`].
const FIGURES: [Option<Message>; 4] =
    [None, Some(msg::COMPARE_BEFORE), Some(msg::COMPARE_AFTER), Some(msg::COMPARE_CHANGE)];
/// The headings over [`causes`].
const CAUSES: [Option<Message>; 6] = [
    Some(msg::COMPARE_WHY),
    Some(msg::TEXT_SCORE),
    Some(msg::COMPARE_POINTS),
    Some(msg::TEXT_POSSIBLE),
    Some(msg::COMPARE_ASSURED),
    Some(msg::COMPARE_ACTIONS),
];
/// The headings over [`effects`].
const EFFECTS: [Option<Message>; 5] =
    [Some(msg::TEXT_ACTION), None, Some(msg::COMPARE_POINTS), Some(msg::TEXT_POSSIBLE), Some(msg::COMPARE_ASSURED)];
/// The headings over [`controls`].
const CONTROLS: [Option<Message>; 4] =
    [Some(msg::TEXT_CONTROL), None, Some(msg::COMPARE_BEFORE), Some(msg::COMPARE_AFTER)];

/// A comparison as text.
#[must_use]
pub fn comparison_text(comparison: &Comparison, style: Style) -> String {
    let words = style.words();
    let mut text = String::new();
    let name = format!("{} ({})", safe(&comparison.organization), safe(&comparison.tenant));
    line(&mut text, &format!("{}  {}", style.heading(&name), dates(comparison, words)));
    line(&mut text, "");
    table(&mut text, &heads(&FIGURES, words), &[1, 2, 3], &figures(comparison, words), style);
    line(&mut text, "");
    if comparison.causes.is_empty() {
        line(&mut text, &words.text(msg::COMPARE_NOTHING));
    } else {
        table(&mut text, &heads(&CAUSES, words), &[1, 2, 3, 4, 5], &causes(comparison, words), style);
    }
    for cause in comparison.causes.iter().filter(|cause| !cause.effects.is_empty()) {
        line(&mut text, "");
        line(&mut text, &style.heading(&with_actions(cause, words)));
        let shown: Vec<Vec<String>> = effects(cause, words).take(FEW_ACTIONS).collect();
        table(&mut text, &heads(&EFFECTS, words), &[2, 3, 4], &shown, style);
        more(&mut text, cause.effects.len(), FEW_ACTIONS, style);
    }
    for change in assessments(comparison, words) {
        line(&mut text, "");
        line(&mut text, &safe(&change));
    }
    if !comparison.controls.is_empty() {
        line(&mut text, "");
        line(&mut text, &style.heading(&moved(comparison, words)));
        let shown: Vec<Vec<String>> = controls(comparison, words).take(FEW_CONTROLS).collect();
        table(&mut text, &heads(&CONTROLS, words), &[], &shown, style);
        more(&mut text, comparison.controls.len(), FEW_CONTROLS, style);
    }
    text
}

/// A comparison as Markdown.
#[must_use]
pub fn comparison_markdown(comparison: &Comparison, locale: Locale) -> String {
    let words = Words::of(locale);
    let organization = ("organization", cell(&comparison.organization).into());
    let title = match span(comparison, words) {
        (at, None) => words.with(msg::COMPARE_TITLE_AS_OF, &[organization, ("date", at.into())]),
        (from, Some(to)) => {
            words.with(msg::COMPARE_TITLE_FROM_TO, &[organization, ("from", from.into()), ("to", to.into())])
        }
    };
    let mut text = format!("# {title}\n\n");
    markdown_table(&mut text, &FIGURES, 1, figures(comparison, words).into_iter(), words);
    if comparison.causes.is_empty() {
        let _ = write!(text, "{}\n\n", words.text(msg::COMPARE_NOTHING));
    } else {
        markdown_table(&mut text, &CAUSES, 1, causes(comparison, words).into_iter(), words);
    }
    for cause in comparison.causes.iter().filter(|cause| !cause.effects.is_empty()) {
        let _ = write!(text, "## {}\n\n", with_actions(cause, words));
        markdown_table(&mut text, &EFFECTS, 2, effects(cause, words), words);
    }
    for change in assessments(comparison, words) {
        let _ = write!(text, "{}\n\n", cell(&change));
    }
    if !comparison.controls.is_empty() {
        let _ = write!(text, "## {}\n\n", moved(comparison, words));
        markdown_table(&mut text, &CONTROLS, 4, controls(comparison, words), words);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The headings of a table; some columns have none.
pub(super) fn heads(heads: &[Option<Message>], words: &Words) -> Vec<String> {
    heads.iter().map(|head| head.map(|head| words.text(head).into_owned()).unwrap_or_default()).collect()
}

fn markdown_table(
    text: &mut String,
    head: &[Option<Message>],
    texts: usize,
    list: impl Iterator<Item = Vec<String>>,
    words: &Words,
) {
    let head = heads(head, words);
    rows(text, &head.iter().map(String::as_str).collect::<Vec<_>>(), texts, list);
}

/// A cause in the words of a person.
pub(super) fn label(cause: Cause) -> Message {
    match cause {
        Cause::WorkDone => msg::COMPARE_WORK_DONE,
        Cause::WorkUndone => msg::COMPARE_WORK_UNDONE,
        Cause::NewlyAssessed => msg::COMPARE_NEWLY_ASSESSED,
        Cause::Currency => msg::COMPARE_CURRENCY,
        Cause::Scope => msg::COMPARE_SCOPE,
        Cause::Template => msg::COMPARE_TEMPLATE,
        Cause::NewAssessments => msg::COMPARE_NEW_ASSESSMENTS,
    }
}

fn with_actions(cause: &Attribution, words: &Words) -> String {
    let args = [("cause", words.text(label(cause.cause)).into()), ("count", cause.effects.len().into())];
    words.with(msg::COMPARE_CAUSE_ACTIONS, &args)
}

fn moved(comparison: &Comparison, words: &Words) -> String {
    words.with(msg::COMPARE_CONTROLS, &[("count", comparison.controls.len().into())])
}

/// The dates of both states, with their snapshots; once if they are the same.
fn span(comparison: &Comparison, words: &Words) -> (String, Option<String>) {
    let state = |state: &StateFigures| {
        let date = words.date(state.as_of);
        match &state.snapshot {
            Some(id) => words.with(msg::COMPARE_SNAPSHOT, &[("date", date.into()), ("id", id.as_str().into())]),
            None => date,
        }
    };
    let (from, to) = (state(&comparison.from), state(&comparison.to));
    let other = (from != to).then_some(to);
    (from, other)
}

fn dates(comparison: &Comparison, words: &Words) -> String {
    match span(comparison, words) {
        (at, None) => words.with(msg::TEXT_AS_OF, &[("date", at.into())]),
        (from, Some(to)) => words.with(msg::COMPARE_FROM_TO, &[("from", from.into()), ("to", to.into())]),
    }
}

fn figures(comparison: &Comparison, words: &Words) -> Vec<Vec<String>> {
    let (from, to, change) = (&comparison.from.figures.total, &comparison.to.figures.total, &comparison.change);
    let row = |name: Message, cells: [String; 3]| [vec![words.text(name).into_owned()], cells.to_vec()].concat();
    let percents = [words.percent_exact(from.percent()), words.percent_exact(to.percent())];
    let [before, after] = percents;
    let score = row(msg::TEXT_SCORE, [before, after, words.percent_change(change.percent)]);
    let amounts = [
        (msg::COMPARE_POINTS, from.achieved, to.achieved, change.achieved),
        (msg::TEXT_POSSIBLE, from.possible, to.possible, change.possible),
        (msg::COMPARE_ASSURED, from.assured, to.assured, change.assured),
    ];
    let others = amounts.map(|(name, from, to, change)| {
        row(name, [words.points_exact(from), words.points_exact(to), words.points_change(change)])
    });
    std::iter::once(score).chain(others).collect()
}

/// A row for each cause, and one for the change that they sum to.
fn causes(comparison: &Comparison, words: &Words) -> Vec<Vec<String>> {
    let row = |name: Message, change: &Change, actions: String| {
        let amounts = [change.achieved, change.possible, change.assured].map(|change| shown(change, words));
        let named = vec![words.text(name).into_owned(), words.percent_change(change.percent)];
        [named, amounts.to_vec(), vec![actions]].concat()
    };
    let of_cause = |cause: &Attribution| row(label(cause.cause), &cause.change, words.whole(cause.effects.len()));
    let sum = (comparison.causes.len() > 1).then(|| row(msg::COMPARE_TOGETHER, &comparison.change, String::new()));
    comparison.causes.iter().map(of_cause).chain(sum).collect()
}

/// A change, or nothing where there is none.
fn shown(change: AmountChange, words: &Words) -> String {
    if change.units() == 0 { String::new() } else { words.points_change(change) }
}

fn effects(cause: &Attribution, words: &Words) -> impl Iterator<Item = Vec<String>> {
    cause.effects.iter().map(|effect: &ActionEffect| {
        let amounts = [effect.achieved, effect.possible, effect.assured].map(|change| shown(change, words));
        [vec![effect.id.clone(), effect.title.clone()], amounts.to_vec()].concat()
    })
}

/// A sentence for each assessment that came or went.
fn assessments(comparison: &Comparison, words: &Words) -> Vec<String> {
    let sentence = |a: &AssessmentMove| {
        let (message, figures) = match (&a.from, &a.to) {
            (None, Some(figures)) => (msg::COMPARE_ADDED, figures),
            (Some(figures), None) => (msg::COMPARE_REMOVED, figures),
            _ => return None,
        };
        let args = [
            ("template", a.template.as_str().into()),
            ("group", a.group.as_str().into()),
            ("score", words.percent(figures.total.percent()).into()),
            ("possible", words.points_possible(figures.total.possible).into()),
        ];
        Some(words.with(message, &args))
    };
    comparison.assessments.iter().filter_map(sentence).collect()
}

fn controls(comparison: &Comparison, words: &Words) -> impl Iterator<Item = Vec<String>> {
    let many = comparison.assessments.len() > 1;
    comparison.controls.iter().map(move |control: &ControlMove| {
        let place = if many {
            let [id, framework, group] = [&control.id, &control.framework, &control.group].map(|text| text.as_str());
            let args = [("id", id.into()), ("framework", framework.into()), ("group", group.into())];
            words.with(msg::COMPARE_PLACE, &args)
        } else {
            control.id.clone()
        };
        let (from, to) = (standing(control.from.as_ref(), words), standing(control.to.as_ref(), words));
        vec![place, control.title.clone(), from, to]
    })
}

/// Where a control stands, with the share of its points that is earned.
pub(super) fn standing(state: Option<&ControlState>, words: &Words) -> String {
    let Some(state) = state else { return words.text(msg::COMPARE_NOT_THERE).into_owned() };
    let status = words.term(state.status);
    match state.coverage {
        Some(coverage) => {
            let percent = words.share(BasisPoints::new(coverage));
            words.with(msg::COMPARE_STANDING, &[("status", status.into()), ("percent", percent.into())])
        }
        None => status.into_owned(),
    }
}

pub(super) fn table(text: &mut String, head: &[String], numbers: &[usize], list: &[Vec<String>], style: Style) {
    let mut table = style.table(&head.iter().map(String::as_str).collect::<Vec<_>>());
    for row in list {
        table.add_row(row.iter().map(|c| cell_text(c)));
    }
    align_right(&mut table, numbers);
    text.push_str(&style.draw(&table));
}

/// That a list is longer than what is shown.
fn more(text: &mut String, count: usize, most: usize, style: Style) {
    if count > most {
        let more = style.words().with(msg::COMPARE_MORE, &[("count", (count - most).into())]);
        line(text, &style.faint(&format!("  {more}")));
    }
}
