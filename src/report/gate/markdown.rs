//! The gate for merge requests and for the summary of a job.

use super::{figures, name, tally};
use crate::choice::Choice;
use crate::gate::{GateReport, Outcome, Place, Verdict};
use crate::report::markdown::{cell, rows};
use std::fmt::Write;

/// How many things to mend are shown of a check: the summary of a job may not be large.
const MOST: usize = 20;

/// What a gate says, as Markdown.
#[must_use]
pub fn gate_markdown(report: &GateReport) -> String {
    let mut text = String::new();
    for verdict in &report.verdicts {
        verdict_markdown(&mut text, verdict);
    }
    text
}

fn verdict_markdown(text: &mut String, verdict: &Verdict) {
    let word = if verdict.outcome == Outcome::Met { "passed" } else { "not passed" };
    let _ = write!(text, "# Gate {word}: {} as of {}\n\n", cell(&name(verdict)), verdict.as_of);
    if let Some(overall) = &verdict.overall {
        let _ = write!(text, "{}.\n\n", cell(&figures(overall)));
    }
    if let Some(baseline) = &verdict.baseline {
        let recorded = cell(&baseline.recorded_at);
        let _ = write!(text, "Compared with {} as of {}, recorded {recorded}.\n\n", baseline.id, baseline.as_of);
    }
    for note in &verdict.notes {
        let _ = write!(text, "Note: {}.\n\n", cell(note));
    }
    let checks = verdict.checks.iter().map(|c| {
        let words = [c.outcome.word(), c.rule.word(), &c.subject, &c.required, &c.found];
        words.map(str::to_owned).to_vec()
    });
    rows(text, &["", "Rule", "Of", "Asked", "Found"], 5, checks);
    let missed: Vec<_> = verdict.checks.iter().filter(|c| !c.is_met()).collect();
    for check in &missed {
        let _ = write!(text, "**{}, {}**: {}\n\n", check.rule.word(), cell(&check.subject), reason(check));
        for detail in check.details.iter().take(MOST) {
            let place = detail.place.as_ref().map(at).unwrap_or_default();
            let _ = writeln!(text, "- {}: {}{place}", cell(&detail.subject), cell(&detail.text));
        }
        match check.details.len().saturating_sub(MOST) {
            0 if check.details.is_empty() => {}
            0 => text.push('\n'),
            more => {
                let _ = write!(text, "- and {more} more\n\n");
            }
        }
    }
    let _ = write!(text, "{}.\n\n", tally(verdict));
}

fn reason(check: &crate::gate::Check) -> String {
    cell(check.reason.as_deref().unwrap_or(&check.found))
}

fn at(place: &Place) -> String {
    format!(" ({}:{})", cell(&place.file), place.line)
}
