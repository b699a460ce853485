//! The result as Markdown, for pull requests and wikis.

use super::style::safe;
use super::text::{lapsing, largest_losses};
use crate::choice::Choice;
use crate::evaluate::ControlStatus;
use crate::points::{Percent, Sums};
use crate::result::{Assessment, Figures, Gap, TenantScore};
use std::fmt::Write;

/// The score of a tenant.
#[must_use]
pub fn score_markdown(score: &TenantScore) -> String {
    let mut text = format!("# {} as of {}\n\n", cell(&score.organization), score.as_of);
    if let [_, _, ..] = score.assessments[..] {
        text.push_str("## Overall\n\n");
        figures(&mut text, &score.overall, None);
    }
    for assessment in &score.assessments {
        let _ = write!(text, "## {}, group {}\n\n", cell(&assessment.title), cell(&assessment.group));
        figures(&mut text, &assessment.figures, assessment.target);
        highlights(&mut text, assessment);
        domains(&mut text, assessment);
        controls(&mut text, assessment);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The gap rows as a table.
#[must_use]
pub fn gaps_markdown(gaps: &[&Gap]) -> String {
    let mut text = String::from("| Control | Gap | Action | Service | Points | Assigned | Due | Next step |\n");
    text.push_str("|---|---|---|---|---:|---|---|---|\n");
    for gap in gaps {
        let points =
            if gap.finding.points_at_stake.units() > 0 { gap.finding.points_at_stake.rounded() } else { String::new() };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {points} | {} | {} | {} |",
            cell(&gap.control.id),
            gap.finding.kind.word(),
            cell(gap.finding.action.as_ref().map_or("", |a| &a.title)),
            cell(gap.finding.service_id.as_deref().unwrap_or_default()),
            cell(gap.finding.assigned_to.as_deref().unwrap_or_default()),
            gap.finding.due_on.map(|d| d.to_string()).unwrap_or_default(),
            cell(&gap.finding.next_step),
        );
    }
    text
}

/// Text in a table cell: one line, with nothing that Markdown or HTML would act on.
pub(super) fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in safe(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

pub(super) fn percent(value: Option<Percent>) -> String {
    value.map_or_else(|| "n/a".to_owned(), |p| format!("{p} %"))
}

fn figures(text: &mut String, figures: &Figures, target: Option<Percent>) {
    text.push_str("| | Score | Assurance | Points | Possible | Unassessed |\n|---|---:|---:|---:|---:|---:|\n");
    for (name, sums) in [("All", &figures.total), ("Your side", &figures.customer), ("Provider", &figures.provider)] {
        text.push_str(&row(name, sums));
    }
    text.push('\n');
    if let Some(target) = target {
        let word = if target.is_reached_by(figures.total.achieved, figures.total.possible) { "met" } else { "not met" };
        let _ = write!(text, "Target {target} %: {word}.\n\n");
    }
}

fn row(name: &str, sums: &Sums) -> String {
    format!(
        "| {name} | {} | {} | {} | {} | {} |\n",
        percent(sums.percent()),
        percent(sums.assurance_percent()),
        sums.achieved.rounded(),
        sums.possible.whole_points(),
        sums.unassessed.rounded(),
    )
}

fn highlights(text: &mut String, assessment: &Assessment) {
    for domain in largest_losses(&assessment.domains) {
        let missing = domain.figures.total.missing().rounded();
        let _ = writeln!(text, "- {} {}: {missing} points missing", cell(&domain.id), cell(&domain.title));
    }
    for (date, id, _) in lapsing(assessment) {
        let _ = writeln!(text, "- `{}` lapses after {date}", id.replace('`', ""));
    }
    text.push('\n');
}

fn domains(text: &mut String, assessment: &Assessment) {
    text.push_str("| Domain | | Score | Assurance | Missing | Covered |\n|---|---|---:|---:|---:|---:|\n");
    for domain in &assessment.domains {
        let total = &domain.figures.total;
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {}/{} |",
            cell(&domain.id),
            cell(&domain.title),
            percent(total.percent()),
            percent(total.assurance_percent()),
            total.missing().rounded(),
            domain.covered,
            domain.controls,
        );
    }
    text.push('\n');
}

fn controls(text: &mut String, assessment: &Assessment) {
    text.push_str("| Control not covered | | Status | Coverage | Missing side |\n|---|---|---|---:|---|\n");
    let is_open = |s: ControlStatus| matches!(s, ControlStatus::Partial | ControlStatus::Gap | ControlStatus::Unmapped);
    for control in assessment.controls.iter().filter(|c| is_open(c.status)) {
        let coverage = control.coverage.map(|c| Percent::from_hundredths(u32::from(c)));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            cell(&control.id),
            cell(&control.title),
            control.status.word(),
            coverage.map_or_else(String::new, |c| format!("{c} %")),
            control.shared_gap.map_or("", Choice::word),
        );
    }
    text.push('\n');
}

/// A table of Markdown whose first columns are text and whose further ones are numbers.
pub(super) fn rows(text: &mut String, head: &[&str], texts: usize, list: impl Iterator<Item = Vec<String>>) {
    let rule = (0..head.len()).map(|n| if n < texts { "---" } else { "---:" });
    let _ = write!(text, "| {} |\n|{}|\n", head.join(" | "), rule.collect::<Vec<_>>().join("|"));
    for row in list {
        let cells: Vec<String> = row.iter().map(|c| cell(c)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text.push('\n');
}
