//! The result as Markdown, for pull requests and wikis.

use super::style::safe;
use super::text::{at_stake, lapsing, largest_losses};
use crate::evaluate::ControlStatus;
use crate::locale::{Locale, Message, Words, msg};
use crate::points::{Percent, Sums};
use crate::result::{Assessment, Figures, Gap, TenantScore};
use std::fmt::Write;

/// The score of a tenant.
#[must_use]
pub fn score_markdown(score: &TenantScore, locale: Locale) -> String {
    let words = Words::of(locale);
    let date = words.with(msg::TEXT_AS_OF, &[("date", words.long_date(score.as_of).into())]);
    let mut text = format!("# {} {date}\n\n", cell(&score.organization));
    if let [_, _, ..] = score.assessments[..] {
        let _ = write!(text, "## {}\n\n", words.text(msg::TEXT_OVERALL_TITLE));
        figures(&mut text, &score.overall, None, words);
    }
    for assessment in &score.assessments {
        let args = [("title", cell(&assessment.title).into()), ("group", cell(&assessment.group).into())];
        let _ = write!(text, "## {}\n\n", words.with(msg::TEXT_GROUP, &args));
        figures(&mut text, &assessment.figures, assessment.target, words);
        highlights(&mut text, assessment, words);
        domains(&mut text, assessment, words);
        controls(&mut text, assessment, words);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The gap rows as a table.
#[must_use]
pub fn gaps_markdown(gaps: &[&Gap], locale: Locale) -> String {
    let words = Words::of(locale);
    let head = [
        msg::TEXT_CONTROL,
        msg::TEXT_GAP,
        msg::TEXT_ACTION,
        msg::TEXT_SERVICE,
        msg::TEXT_POINTS,
        msg::TEXT_ASSIGNED,
        msg::TEXT_DUE,
        msg::TEXT_NEXT_STEP,
    ];
    let mut text = format!("| {} |\n", head.map(|m| words.text(m)).join(" | "));
    text.push_str("|---|---|---|---|---:|---|---|---|\n");
    for gap in gaps {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            cell(&gap.control.id),
            words.term(gap.finding.kind),
            cell(gap.finding.action.as_ref().map_or("", |a| &a.title)),
            cell(gap.finding.service_id.as_deref().unwrap_or_default()),
            at_stake(gap, words),
            cell(gap.finding.assigned_to.as_deref().unwrap_or_default()),
            words.maybe_date(gap.finding.due_on),
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

/// The head of a table: its first cells as they are, then these; the last `numbers` of them to the right.
fn head(first: &str, rest: &[Message], numbers: usize, words: &Words) -> String {
    let names: Vec<_> = rest.iter().map(|m| words.text(*m)).collect();
    let texts = rest.len() - numbers.min(rest.len());
    let rule = (0..rest.len()).map(|n| if n < texts { "---" } else { "---:" });
    let of_first = "---|".repeat(first.matches('|').count());
    format!("{first} {} |\n|{of_first}{}|\n", names.join(" | "), rule.collect::<Vec<_>>().join("|"))
}

fn figures(text: &mut String, figures: &Figures, target: Option<Percent>, words: &Words) {
    let columns = [msg::TEXT_SCORE, msg::TEXT_ASSURANCE, msg::TEXT_POINTS, msg::TEXT_POSSIBLE, msg::TEXT_UNASSESSED];
    text.push_str(&head("| |", &columns, 5, words));
    let sides = [
        (msg::TEXT_ALL, &figures.total),
        (msg::TEXT_YOUR_SIDE, &figures.customer),
        (msg::TEXT_PROVIDER, &figures.provider),
    ];
    for (name, sums) in sides {
        text.push_str(&row(&words.text(name), sums, words));
    }
    text.push('\n');
    if let Some(target) = target {
        let is_met = target.is_reached_by(figures.total.achieved, figures.total.possible);
        let result = words.text(if is_met { msg::TEXT_MET } else { msg::TEXT_NOT_MET });
        let args = [("target", words.percent(Some(target)).into()), ("result", result.into())];
        let _ = write!(text, "{}\n\n", words.with(msg::TEXT_TARGET_LINE, &args));
    }
}

fn row(name: &str, sums: &Sums, words: &Words) -> String {
    format!(
        "| {name} | {} | {} | {} | {} | {} |\n",
        words.percent(sums.percent()),
        words.percent(sums.assurance_percent()),
        words.points(sums.achieved),
        words.points_possible(sums.possible),
        words.points(sums.unassessed),
    )
}

fn highlights(text: &mut String, assessment: &Assessment, words: &Words) {
    for domain in largest_losses(&assessment.domains) {
        let missing = words.points(domain.figures.total.missing());
        let missing = words.with(msg::TEXT_POINTS_MISSING, &[("points", missing.into())]);
        let _ = writeln!(text, "- {} {}: {missing}", cell(&domain.id), cell(&domain.title));
    }
    for (date, id, _) in lapsing(assessment) {
        let lapses = words.with(msg::TEXT_LAPSES_AFTER, &[("date", words.maybe_date(date).into())]);
        let _ = writeln!(text, "- `{}` {lapses}", id.replace('`', ""));
    }
    text.push('\n');
}

fn domains(text: &mut String, assessment: &Assessment, words: &Words) {
    let columns = [msg::TEXT_SCORE, msg::TEXT_ASSURANCE, msg::TEXT_MISSING, msg::TEXT_COVERED];
    text.push_str(&head(&format!("| {} | |", words.text(msg::TEXT_DOMAIN)), &columns, 4, words));
    for domain in &assessment.domains {
        let total = &domain.figures.total;
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {}/{} |",
            cell(&domain.id),
            cell(&domain.title),
            words.percent(total.percent()),
            words.percent(total.assurance_percent()),
            words.points(total.missing()),
            words.whole(domain.covered),
            words.whole(domain.controls),
        );
    }
    text.push('\n');
}

fn controls(text: &mut String, assessment: &Assessment, words: &Words) {
    let (first, status) = (words.text(msg::TEXT_CONTROL_NOT_COVERED), words.text(msg::TEXT_STATUS));
    let _ = write!(text, "| {first} | | {status} | {} | ", words.text(msg::TEXT_COVERAGE));
    let _ = write!(text, "{} |\n|---|---|---|---:|---|\n", words.text(msg::TEXT_MISSING_SIDE));
    let is_open = |s: ControlStatus| matches!(s, ControlStatus::Partial | ControlStatus::Gap | ControlStatus::Unmapped);
    for control in assessment.controls.iter().filter(|c| is_open(c.status)) {
        let coverage = control.coverage.map(|c| Percent::from_hundredths(u32::from(c)));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            cell(&control.id),
            cell(&control.title),
            words.term(control.status),
            coverage.map_or_else(String::new, |c| words.percent(Some(c))),
            control.shared_gap.map_or_else(String::new, |s| words.term(s).into_owned()),
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
