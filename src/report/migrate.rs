//! A migration for people: the score before and after, what was carried, what is left to decide.

use super::markdown::{cell, percent, rows};
use super::style::{Style, safe};
use super::table::{align_right, cell_text};
use super::text::line;
use crate::choice::Choice;
use crate::evaluate::ControlStatus;
use crate::library::RelationStatus;
use crate::migrate::{
    ActionToAssess, AssessmentChange, Carried, Decision, Joint, Migration, NewControl, Standing, StatementKind,
    Unconfirmed,
};
use comfy_table::Table;
use std::fmt::Write;

/// How many of a long list are shown to a person; the JSON has all.
const FEW: usize = 10;

/// What controls come to, a column each; what is left is `Other`.
const STATUSES: [ControlStatus; 4] =
    [ControlStatus::Covered, ControlStatus::Partial, ControlStatus::Gap, ControlStatus::Excluded];

/// The headings over [`figures`].
const FIGURES: [&str; 11] =
    ["", "Score", "Assurance", "Points", "Possible", "Unassessed", "Covered", "Partial", "Gap", "Excluded", "Other"];

/// A migration as text.
#[must_use]
pub fn migration_text(report: &Migration, style: Style) -> String {
    let mut text = String::new();
    let name = format!("{} ({})", safe(&report.organization), safe(&report.tenant));
    line(&mut text, &format!("{}  as of {}", style.heading(&name), report.as_of));
    line(&mut text, &format!("  from {}", safe(&report.from.title)));
    let kept = if report.kept { ", beside the old assessments" } else { "" };
    line(&mut text, &format!("  to   {}{kept}", safe(&report.to.title)));
    line(&mut text, "");
    figures_table(&mut text, report, style);
    line(&mut text, "");
    carried_text(&mut text, report, style);
    decisions_text(&mut text, &report.decisions, style);
    controls_text(&mut text, report, style);
    unconfirmed_text(&mut text, report, style);
    actions_text(&mut text, report, style);
    text
}

/// A migration as Markdown.
#[must_use]
pub fn migration_markdown(report: &Migration) -> String {
    let mut text = format!("# {}: migration as of {}\n\n", cell(&report.organization), report.as_of);
    let kept = if report.kept { ", beside the old assessments" } else { "" };
    let _ = write!(text, "From {} to {}{kept}.\n\n", cell(&report.from.title), cell(&report.to.title));
    rows(&mut text, &FIGURES, 1, figures(report).into_iter());
    for sentence in summary(report) {
        let _ = writeln!(text, "- {}", cell(&sentence));
    }
    text.push('\n');
    let part = |text: &mut String, title: &str, head: &[&str], list: Vec<Vec<String>>| {
        if !list.is_empty() {
            let _ = write!(text, "## {title}: {}\n\n", list.len());
            rows(text, head, head.len(), list.into_iter());
        }
    };
    let decisions =
        report.decisions.iter().map(|d| vec![stated(d), d.title.clone().unwrap_or_default(), d.reason_text()]);
    part(&mut text, "To decide", &["Statement", "Control", "Why"], decisions.collect());
    part(
        &mut text,
        "New controls",
        &["Control", "Title", "Your actions", "Listed", "Provider's"],
        new_controls(report),
    );
    part(&mut text, "Merged controls", &["Control", "Title", "From"], joints(&report.merged));
    part(&mut text, "Split controls", &["Control", "Title", "Became"], joints(&report.split));
    let ended = report.ended.iter().map(|c| vec![c.id.clone(), c.title.clone()]);
    part(&mut text, "Ended controls", &["Control", "Title"], ended.collect());
    part(&mut text, "Unconfirmed relations", &["From", "Relation", "To", "Note"], unconfirmed(report));
    let unused = report.unused_actions.iter().map(|a| vec![a.id.clone(), a.title.clone()]);
    part(&mut text, "Actions kept without use", &["Action", "Title"], unused.collect());
    part(&mut text, "Actions to assess", &["Action", "Title", "Groups", "Points", "New"], to_assess(report));
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A row of figures before and one after for each assessment.
fn figures(report: &Migration) -> Vec<Vec<String>> {
    let rows = |change: &AssessmentChange| {
        let group = match (change.group.as_str(), report.assessments.len()) {
            ("default", 1) => String::new(),
            (group, _) => format!("{group}, "),
        };
        [
            standing(format!("{group}{}", report.from.framework), &change.before),
            standing(format!("{group}{}", report.to.framework), &change.after),
        ]
    };
    report.assessments.iter().flat_map(rows).collect()
}

fn standing(name: String, standing: &Standing) -> Vec<String> {
    let total = &standing.figures.total;
    let mut row = vec![
        name,
        percent(total.percent()),
        percent(total.assurance_percent()),
        total.achieved.rounded(),
        total.possible.whole_points().to_string(),
        total.unassessed.rounded(),
    ];
    let counts = STATUSES.map(|status| standing.controls.get(&status).copied().unwrap_or(0));
    row.extend(counts.iter().map(usize::to_string));
    let other = standing.controls.iter().filter(|(status, _)| !STATUSES.contains(status)).map(|(_, count)| count);
    row.push(other.sum::<usize>().to_string());
    row
}

fn figures_table(text: &mut String, report: &Migration, style: Style) {
    let mut table = style.table(&FIGURES);
    for row in figures(report) {
        table.add_row(row.iter().map(|c| cell_text(c)));
    }
    align_right(&mut table, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    text.push_str(&style.draw(&table));
}

/// What was carried, a sentence each.
fn summary(report: &Migration) -> Vec<String> {
    let counts = &report.counts;
    let mut list = vec![format!(
        "{} ({} for actions that the new template uses), {} and {} stay as they are",
        many(counts.action_entries, "action entry", "action entries"),
        counts.action_entries_used,
        many(counts.evidence, "item of evidence", "items of evidence"),
        many(counts.risk_acceptances, "accepted risk", "accepted risks"),
    )];
    list.push(format!(
        "{} and {} are carried over",
        many(counts.exclusions_carried, "exclusion", "exclusions"),
        many(counts.inheritances_carried, "inheritance", "inheritances"),
    ));
    let stated = [
        (counts.inclusions_carried, StatementKind::Inclusion),
        (counts.requirements_carried, StatementKind::Requirement),
    ];
    if stated.iter().any(|(count, _)| *count > 0) {
        let told = stated.map(|(count, kind)| many(count, kind.word(), &format!("{kind}s")));
        list.push(format!("{} of controls are carried over", told.join(" and ")));
    }
    list.push(format!(
        "{}: {} new, {} merged; {} of the old ones split, {} ended",
        many(counts.controls, "control", "controls"),
        counts.new_controls,
        counts.merged,
        counts.split,
        report.ended.len(),
    ));
    let new = report.to_assess.iter().filter(|a| a.is_new).count();
    list.push(format!(
        "{}, {new} of them not in the old template",
        many(counts.to_assess, "action to assess", "actions to assess")
    ));
    list
}

fn many(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn carried_text(text: &mut String, report: &Migration, style: Style) {
    for sentence in summary(report) {
        line(text, &style.wrapped("  ", &sentence));
    }
    for [statement, from] in carried(report).iter().take(FEW) {
        line(text, &style.wrapped("    ", &format!("{statement}: from {from}")));
    }
    more(text, report.carried.len(), style);
}

/// Each statement carried over, and what it comes from.
fn carried(report: &Migration) -> Vec<[String; 2]> {
    let row = |carried: &Carried| {
        let doubt = match carried.status {
            RelationStatus::Confirmed => "",
            RelationStatus::Unconfirmed => ", by a relation that is not confirmed",
        };
        let was_there = if carried.was_there { ", which was there" } else { "" };
        let from = carried.from.join(", ");
        let id = carried.requirement.iter().map(|id| format!(" `{id}`")).collect::<String>();
        [format!("{}{id} of the new {}{was_there}", carried.kind, carried.control), format!("the old {from}{doubt}")]
    };
    report.carried.iter().map(row).collect()
}

/// What is stated of which controls.
fn stated(decision: &Decision) -> String {
    let id = decision.requirement.iter().map(|id| format!(" `{id}`")).collect::<String>();
    format!("{}{id} of the old {}", decision.kind, decision.from.join(", "))
}

fn decisions_text(text: &mut String, decisions: &[Decision], style: Style) {
    line(text, "");
    if decisions.is_empty() {
        line(text, &style.heading("To decide: nothing"));
        return;
    }
    line(text, &style.heading(&format!("To decide: {}", decisions.len())));
    for decision in decisions {
        let what = style.warn(&stated(decision));
        let title = decision.title.as_deref().map(|t| format!(" ({})", cell_text(t))).unwrap_or_default();
        line(text, &style.wrapped("  ", &format!("{what}: {}{title}", decision.reason_text())));
    }
    line(text, &style.faint("  Each stands in the new file as a comment, at its place."));
}

fn controls_text(text: &mut String, report: &Migration, style: Style) {
    if !report.new_controls.is_empty() {
        line(text, "");
        line(text, &style.heading(&format!("New controls: {}", report.new_controls.len())));
        let mut table = style.table(&["Control", "", "Your actions", "Listed", "Provider's"]);
        fill(&mut table, new_controls(report), None);
        align_right(&mut table, &[2, 3, 4]);
        text.push_str(&style.draw(&table));
    }
    for (title, list, word) in
        [("Merged controls", &report.merged, "from"), ("Split controls", &report.split, "became")]
    {
        if list.is_empty() {
            continue;
        }
        line(text, "");
        line(text, &style.heading(&format!("{title}: {}", list.len())));
        for joint in list {
            let lead = format!("  {} {word} ", joint.control.id);
            line(text, &style.wrapped(&lead, &joint.others.join(", ")));
        }
    }
    let ended: Vec<&str> = report.ended.iter().map(|c| c.id.as_str()).collect();
    if !ended.is_empty() {
        line(text, "");
        line(text, &style.wrapped("Ended controls: ", &ended.join(", ")));
    }
}

fn unconfirmed_text(text: &mut String, report: &Migration, style: Style) {
    if report.unconfirmed.is_empty() {
        return;
    }
    line(text, "");
    line(text, &style.heading(&format!("Unconfirmed relations: {}", report.unconfirmed.len())));
    for relation in report.unconfirmed.iter().take(FEW) {
        let note = relation.note.as_deref().map(|n| format!(": {}", cell_text(n))).unwrap_or_default();
        let pair = format!("{} {} {}{note}", relation.from, relation.relation, relation.to);
        line(text, &style.wrapped("  ", &pair));
    }
    more(text, report.unconfirmed.len(), style);
}

fn actions_text(text: &mut String, report: &Migration, style: Style) {
    if !report.unused_actions.is_empty() {
        line(text, "");
        line(text, &style.heading(&format!("Actions kept without use: {}", report.unused_actions.len())));
        for action in &report.unused_actions {
            line(text, &style.wrapped("  ", &format!("{} {}", action.id, cell_text(&action.title))));
        }
    }
    if report.to_assess.is_empty() {
        return;
    }
    line(text, "");
    line(text, &style.heading(&format!("Actions to assess: {}", report.to_assess.len())));
    let mut table = style.table(&["Action", "", "Groups", "Points", "New"]);
    fill(&mut table, to_assess(report), Some(FEW));
    align_right(&mut table, &[3]);
    text.push_str(&style.draw(&table));
    more(text, report.to_assess.len(), style);
}

/// That a list is longer than what is shown.
fn more(text: &mut String, count: usize, style: Style) {
    if count > FEW {
        line(text, &style.faint(&format!("  and {} more; `--format json` and `markdown` have all", count - FEW)));
    }
}

fn new_controls(report: &Migration) -> Vec<Vec<String>> {
    let row = |c: &NewControl| {
        let counts = [c.customer_actions, c.listed, c.provider_actions].map(|n| n.to_string());
        [vec![c.id.clone(), c.title.clone()], counts.to_vec()].concat()
    };
    report.new_controls.iter().map(row).collect()
}

fn joints(list: &[Joint]) -> Vec<Vec<String>> {
    list.iter().map(|j| vec![j.control.id.clone(), j.control.title.clone(), j.others.join(", ")]).collect()
}

fn unconfirmed(report: &Migration) -> Vec<Vec<String>> {
    let row = |u: &Unconfirmed| {
        vec![u.from.clone(), u.relation.word().to_owned(), u.to.clone(), u.note.clone().unwrap_or_default()]
    };
    report.unconfirmed.iter().map(row).collect()
}

/// The actions to assess, those that the old template has not before the others, by their worth.
fn to_assess(report: &Migration) -> Vec<Vec<String>> {
    let mut list: Vec<_> = report.to_assess.iter().collect();
    list.sort_by_key(|a| (!a.is_new, std::cmp::Reverse(a.points), &a.id));
    let row = |a: &ActionToAssess| {
        let new = if a.is_new { "new" } else { "" };
        vec![a.id.clone(), a.title.clone(), a.groups.join(", "), a.points.get().to_string(), new.to_owned()]
    };
    list.into_iter().map(row).collect()
}

fn fill(table: &mut Table, rows: Vec<Vec<String>>, most: Option<usize>) {
    for row in rows.into_iter().take(most.unwrap_or(usize::MAX)) {
        table.add_row(row.iter().map(|c| cell_text(c)));
    }
}
