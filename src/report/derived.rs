//! A derived score: for people, spreadsheets and wikis.

use super::crosswalk::told_path;
use super::csv::{finish, neutral, writer};
use super::markdown::cell;
use super::style::Style;
use super::table::{Tone, align_right, cell_text};
use super::text::line;
use crate::choice::Choice;
use crate::derive::{DerivedControl, DerivedCounts, DerivedScore, DerivedSource, DerivedStatus};
use crate::points::Bounds;
use crate::safe::safe;
use std::cmp::Reverse;
use std::fmt::Write;

/// What stands above every derived figure.
const WARNING: &str = "Derived over crosswalks, not assessed: what is proved, and what is not ruled out";

/// A derived score for people: the groups, then the controls.
#[must_use]
pub fn derived_text(score: &DerivedScore, style: Style) -> String {
    let mut text = String::new();
    let name = format!("{} ({})", safe(&score.organization), safe(&score.tenant));
    line(&mut text, &format!("{}  as of {}", style.heading(&name), score.as_of));
    line(&mut text, &style.heading(&safe(&score.title)));
    line(&mut text, &style.wrapped("  ", &style.warn(WARNING)));
    line(&mut text, &style.wrapped("  ", &origin(score)));
    line(&mut text, "");
    line(&mut text, &style.heading(&format!("  Coverage   {}", score.coverage)));
    line(&mut text, &format!("  Assurance  {}", score.assured));
    line(&mut text, &style.wrapped("  ", &counted(&score.counts)));
    line(&mut text, "");
    let mut table =
        style.table(&["Group", "", "Coverage", "Assurance", "Covered", "Partial", "Unproved", "Gap", "Unmapped"]);
    for group in &score.groups {
        let counts = &group.counts;
        let numbers = [counts.covered, counts.partial, counts.unproved, counts.gap, counts.unmapped];
        let head = [group.id.clone(), cell_text(&group.title), group.coverage.to_string(), group.assured.to_string()];
        table.add_row(head.into_iter().chain(numbers.map(|n| n.to_string())));
    }
    align_right(&mut table, &[2, 3, 4, 5, 6, 7, 8]);
    text.push_str(&style.draw(&table));
    line(&mut text, "");
    let mut table = style.table(&["Control", "", "Status", "Coverage", "Assurance", "Best source", "Path"]);
    for control in &score.controls {
        let status = match control.status {
            DerivedStatus::Covered => control.status.word().to_owned(),
            DerivedStatus::Partial | DerivedStatus::Unproved => style.cell(control.status.word(), Tone::Warn),
            DerivedStatus::Gap | DerivedStatus::Unmapped => style.cell(control.status.word(), Tone::Bad),
        };
        let best = best(control);
        table.add_row([
            control.id.clone(),
            cell_text(&control.title),
            status,
            bounds(control.coverage),
            bounds(control.assured),
            best.map(|s| format!("{} {}", s.framework, s.control)).unwrap_or_default(),
            best.map(|s| told_path(&s.ways.path, &score.framework)).unwrap_or_default(),
        ]);
    }
    align_right(&mut table, &[3, 4]);
    text.push_str(&style.draw(&table));
    text
}

fn origin(score: &DerivedScore) -> String {
    let used = if score.confirmed_only { "confirmed relations" } else { "relations" };
    let hops = if score.max_hops == 1 { "1 hop".to_owned() } else { format!("{} hops", score.max_hops) };
    format!("from {}, {used} over at most {hops}", score.assessed.join(", "))
}

fn counted(counts: &DerivedCounts) -> String {
    let DerivedCounts { covered, partial, unproved, gap, unmapped } = counts;
    format!("{covered} controls covered, {partial} partial, {unproved} unproved, {gap} gap, {unmapped} unmapped")
}

fn bounds(bounds: Option<Bounds>) -> String {
    bounds.map_or_else(|| "n/a".to_owned(), |b| b.to_string())
}

/// The source that is best founded: that proves most, then may cover most; the first of equals.
fn best(control: &DerivedControl) -> Option<&DerivedSource> {
    let ranked = |s: &&DerivedSource| Reverse(s.contributes);
    control.sources.iter().filter(|s| s.contributes.is_some()).min_by_key(ranked)
}

/// A row for each control of each score.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn derived_csv(scores: &[DerivedScore]) -> Result<String, csv::Error> {
    let mut writer = writer();
    writer.write_record([
        "tenant",
        "as_of",
        "framework",
        "control",
        "title",
        "group",
        "derived",
        "status",
        "coverage_lower",
        "coverage_upper",
        "assured_lower",
        "assured_upper",
        "sources",
    ])?;
    for score in scores {
        for control in &score.controls {
            let end = |bounds: Option<Bounds>| {
                let ends = bounds.map(|b| [b.lower, b.upper].map(|end| end.get().to_string()));
                ends.unwrap_or_default()
            };
            let ([covered, coverable], [assured, assurable]) = (end(control.coverage), end(control.assured));
            let source = |s: &DerivedSource| format!("{} {} {}", s.framework, s.control, s.ways.relation);
            let sources = control.sources.iter().map(source).collect::<Vec<_>>().join(";");
            let cells = [
                &score.tenant,
                &score.as_of.to_string(),
                &score.framework,
                &control.id,
                &control.title,
                &control.group,
                "true",
                control.status.word(),
                &covered,
                &coverable,
                &assured,
                &assurable,
                &sources,
            ];
            writer.write_record(cells.map(|cell| neutral(cell).into_owned()))?;
        }
    }
    finish(writer)
}

/// A derived score for pull requests and wikis.
#[must_use]
pub fn derived_markdown(score: &DerivedScore) -> String {
    let mut text = format!("# {}: {} as of {}\n\n", cell(&score.organization), cell(&score.title), score.as_of);
    let _ = writeln!(text, "**{WARNING}**; {}.\n", cell(&origin(score)));
    let _ = writeln!(text, "Coverage {}, assurance {}; {}.\n", score.coverage, score.assured, counted(&score.counts));
    text.push_str("| Group | | Coverage | Assurance | Covered | Partial | Unproved | Gap | Unmapped |\n");
    text.push_str("|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
    for group in &score.groups {
        let DerivedCounts { covered, partial, unproved, gap, unmapped } = group.counts;
        let (id, title) = (cell(&group.id), cell(&group.title));
        let _ = write!(text, "| {id} | {title} | {} | {} | {covered} | {partial} ", group.coverage, group.assured);
        let _ = writeln!(text, "| {unproved} | {gap} | {unmapped} |");
    }
    text.push_str("\n| Control | | Status | Coverage | Assurance | Sources |\n|---|---|---|---:|---:|---|\n");
    for control in &score.controls {
        let sources: Vec<&str> = control.sources.iter().map(|s| s.control.as_str()).collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            cell(&control.id),
            cell(&control.title),
            control.status,
            bounds(control.coverage),
            bounds(control.assured),
            cell(&sources.join(", ")),
        );
    }
    text
}
