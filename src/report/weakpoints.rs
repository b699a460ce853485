//! What a result rests on: for people, spreadsheets and wikis.

use super::csv::{finish, neutral, writer};
use super::markdown::{cell, rows};
use super::style::Style;
use super::table::{align_right, cell_text};
use super::text::line;
use crate::choice::Choice;
use crate::explain::AssessmentName;
use crate::safe::safe;
use crate::weakpoints::{
    FallingControl, Origin, SharedEvidence, Support, SupportKind, WeakPair, Weakpoint, Weakpoints,
};
use std::fmt::Write;

/// How many rows a table for people has, unless told otherwise.
pub const FEW_WEAKPOINTS: usize = 10;

/// How many controls are named in a row for people.
const FEW_CONTROLS: usize = 8;

const ITEMS: [&str; 7] = ["Assured", "Achieved", "Controls", "Lost", "Kind", "Id", "Title"];
const PAIRS: [&str; 6] = ["Assured", "Achieved", "More", "Controls", "Lost", "Either of"];
const LOST: [&str; 4] = ["Id", "Kind", "Assessment", "Controls"];
const SHARED: [&str; 4] = ["Controls", "Of", "Assessment", "Id"];

/// The answer for people: at most so many rows in each table.
#[must_use]
pub fn weakpoints_text(found: &Weakpoints, top: usize, style: Style) -> String {
    let mut text = String::new();
    let name = format!("{} ({})", safe(&found.organization), safe(&found.tenant));
    line(&mut text, &format!("{}  as of {}", style.heading(&name), found.as_of));
    for told in summary(found) {
        line(&mut text, &style.wrapped("  ", &told));
    }
    for part in parts(found, top) {
        line(&mut text, "");
        line(&mut text, &style.heading(part.title));
        for told in &part.told {
            line(&mut text, &style.wrapped("  ", told));
        }
        let mut table = style.table(part.head);
        for row in &part.rows {
            table.add_row(row.iter().map(|c| cell_text(c)));
        }
        align_right(&mut table, part.numbers);
        text.push_str(&style.draw(&table));
        if part.left > 0 {
            line(&mut text, &style.faint(&format!("and {} more", part.left)));
        }
    }
    text
}

/// The answer for pull requests and wikis.
#[must_use]
pub fn weakpoints_markdown(found: &Weakpoints, top: usize) -> String {
    let mut text = format!("# What {} rests on as of {}\n\n", cell(&found.organization), found.as_of);
    for told in summary(found) {
        let _ = writeln!(text, "- {}", cell(&told));
    }
    text.push('\n');
    for part in parts(found, top) {
        let _ = write!(text, "## {}\n\n", part.title);
        for told in &part.told {
            let _ = write!(text, "{}\n\n", cell(told));
        }
        rows(&mut text, part.head, part.head.len(), part.rows.into_iter());
        if part.left > 0 {
            let _ = write!(text, "and {} more\n\n", part.left);
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// One table of the answer.
struct Part {
    title: &'static str,
    told: Vec<String>,
    head: &'static [&'static str],
    /// The columns that hold numbers.
    numbers: &'static [usize],
    rows: Vec<Vec<String>>,
    /// How many rows are not shown.
    left: usize,
}

/// The tables that have anything to show.
fn parts(found: &Weakpoints, top: usize) -> Vec<Part> {
    let items = Part {
        title: "What falls with one thing alone",
        told: Vec::new(),
        head: &ITEMS,
        numbers: &[0, 1, 2, 3],
        rows: found.items.iter().take(top).map(item_row).collect(),
        left: found.items.len().saturating_sub(top),
    };
    let pairs = Part {
        title: "Pairs: either is enough, and with both more falls than with each",
        told: Vec::new(),
        head: &PAIRS,
        numbers: &[0, 1, 2, 3, 4],
        rows: found.pairs.iter().take(top).map(pair_row).collect(),
        left: found.pairs.len().saturating_sub(top),
    };
    let lost: Vec<Vec<String>> = found.items.iter().flat_map(lost_rows).collect();
    let lost = Part {
        title: "Controls of which nothing would be proved without one thing",
        told: Vec::new(),
        head: &LOST,
        numbers: &[],
        left: lost.len().saturating_sub(top),
        rows: lost.into_iter().take(top).collect(),
    };
    let shared = Part {
        title: "Evidence that stands under very many controls",
        told: vec!["More than one in four of the controls of which anything is proved".to_owned()],
        head: &SHARED,
        numbers: &[0, 1],
        rows: found.shared.iter().take(top).map(shared_row).collect(),
        left: found.shared.len().saturating_sub(top),
    };
    [items, pairs, lost, shared].into_iter().filter(|part| !part.rows.is_empty()).collect()
}

fn item_row(item: &Weakpoint) -> Vec<String> {
    let fall = &item.fall;
    vec![
        fall.effect.assured.rounded(),
        fall.effect.achieved.rounded(),
        fall.controls.len().to_string(),
        fall.lost().count().to_string(),
        item.support.kind.word().to_owned(),
        shown_id(&item.support),
        item.support.title.clone(),
    ]
}

fn pair_row(pair: &WeakPair) -> Vec<String> {
    let (fall, [one, other]) = (&pair.fall, &pair.items);
    vec![
        fall.effect.assured.rounded(),
        fall.effect.achieved.rounded(),
        pair.more.assured.rounded(),
        fall.controls.len().to_string(),
        fall.lost().count().to_string(),
        format!("{}, {}", shown_id(one), shown_id(other)),
    ]
}

/// One row for each assessment in which controls lose everything with the thing.
fn lost_rows(item: &Weakpoint) -> Vec<Vec<String>> {
    let mut groups: Vec<(&AssessmentName, Vec<&str>)> = Vec::new();
    for control in item.fall.lost() {
        match groups.last_mut() {
            Some((name, list)) if **name == control.assessment => list.push(&control.id),
            _ => groups.push((&control.assessment, vec![&control.id])),
        }
    }
    let row = |(name, list): (&AssessmentName, Vec<&str>)| {
        let named: Vec<&str> = list.iter().take(FEW_CONTROLS).copied().collect();
        let more = list.len().saturating_sub(FEW_CONTROLS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let controls = format!("{}{more}", named.join(", "));
        vec![shown_id(&item.support), item.support.kind.word().to_owned(), shown_assessment(name), controls]
    };
    groups.into_iter().map(row).collect()
}

fn shared_row(shared: &SharedEvidence) -> Vec<String> {
    vec![
        shared.controls.to_string(),
        shared.proved.to_string(),
        shown_assessment(&shared.assessment),
        shown_id(&shared.item),
    ]
}

fn shown_assessment(name: &AssessmentName) -> String {
    match name.group.as_str() {
        "default" => name.framework.clone(),
        group => format!("{}, {group}", name.framework),
    }
}

/// The id, and that it is the library's where the profile could have the same.
fn shown_id(support: &Support) -> String {
    match support.origin {
        Some(Origin::Library) => format!("{} (library)", support.id),
        _ => support.id.clone(),
    }
}

/// How much there is to lose, and of how many things each kind can be missed, sentence by sentence.
fn summary(found: &Weakpoints) -> Vec<String> {
    let overall = &found.overall;
    if overall.percent().is_none() {
        return vec!["No score (n/a): nothing is in scope, so nothing can fall".to_owned()];
    }
    let (achieved, possible) = (overall.achieved.rounded(), overall.possible.whole_points());
    let mut told = vec![format!(
        "{achieved} of {possible} points are achieved, {} of them assured by current proof",
        overall.assured.rounded()
    )];
    for examined in found.examined.iter().filter(|e| e.count > 0) {
        let of_kind = found.items.iter().filter(|i| i.support.kind == examined.kind).count();
        let (one, many) = words(examined.kind);
        told.push(match (of_kind, examined.count) {
            (0, 1) => format!("The one {one} could be missed: nothing falls with it"),
            (0, count) => format!("Each of {count} {many} could be missed: nothing rests on one alone"),
            (1, 1) => format!("Something falls with the one {one}"),
            (fall, count) => format!("Something falls with {fall} of {count} {many}, each taken alone"),
        });
    }
    if found.items.is_empty() {
        told.push("Nothing rests on one thing alone".to_owned());
    }
    told
}

fn words(kind: SupportKind) -> (&'static str, &'static str) {
    match kind {
        SupportKind::Evidence => ("item of evidence", "items of evidence"),
        SupportKind::Service => ("service", "services"),
        SupportKind::Parent => ("parent action", "parent actions"),
        SupportKind::Assignee => ("assignee", "assignees"),
    }
}

/// A row for each thing and control that loses points with it, then for each pair and control.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn weakpoints_csv(found: &Weakpoints) -> Result<String, csv::Error> {
    let mut writer = writer();
    writer.write_record([
        "tenant",
        "as_of",
        "kind",
        "id",
        "origin",
        "title",
        "second_id",
        "second_origin",
        "achieved",
        "assured",
        "template",
        "framework",
        "group",
        "control_id",
        "control_achieved",
        "control_assured",
        "is_lost",
    ])?;
    let origin = |support: &Support| support.origin.map_or("", Choice::word);
    let mut write =
        |first: &Support, second: Option<&Support>, (achieved, assured): (String, String), control: &FallingControl| {
            let cells: [&str; 17] = [
                &found.tenant,
                &found.as_of.to_string(),
                first.kind.word(),
                &first.id,
                origin(first),
                &first.title,
                second.map_or("", |s| &s.id),
                second.map_or("", origin),
                &achieved,
                &assured,
                &control.assessment.template,
                &control.assessment.framework,
                &control.assessment.group,
                &control.id,
                &control.effect.achieved.to_string(),
                &control.effect.assured.to_string(),
                if control.is_lost { "true" } else { "false" },
            ];
            writer.write_record(cells.map(|cell| neutral(cell).into_owned()))
        };
    for item in &found.items {
        let effect = || (item.fall.effect.achieved.to_string(), item.fall.effect.assured.to_string());
        item.fall.controls.iter().try_for_each(|control| write(&item.support, None, effect(), control))?;
    }
    for pair in &found.pairs {
        let effect = || (pair.fall.effect.achieved.to_string(), pair.fall.effect.assured.to_string());
        let [one, other] = &pair.items;
        pair.fall.controls.iter().try_for_each(|control| write(one, Some(other), effect(), control))?;
    }
    finish(writer)
}
