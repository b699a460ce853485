//! The gate for a person, or for the log of a job.

use super::{figures, name, tally};
use crate::choice::Choice;
use crate::gate::{Check, GateReport, Outcome, Place, Verdict};
use crate::report::style::Style;
use crate::report::table::{Tone, cell_text};
use crate::report::text::line;

/// How many things to mend are shown of a check; the other forms have all.
const FEW: usize = 5;

/// What a gate says, as text.
#[must_use]
pub fn gate_text(report: &GateReport, style: Style) -> String {
    let mut text = String::new();
    for verdict in &report.verdicts {
        verdict_text(&mut text, verdict, style);
        line(&mut text, "");
    }
    let (word, passed) = match report.outcome {
        Outcome::Met => (style.good("passed"), report.verdicts.len()),
        _ => {
            let passed = report.verdicts.iter().filter(|v| v.outcome == Outcome::Met).count();
            (style.bad("not passed"), passed)
        }
    };
    match report.verdicts.len() {
        1 => line(&mut text, &format!("Gate {word}")),
        count => line(&mut text, &format!("Gate {word}: {passed} of {count} profiles")),
    }
    text
}

fn verdict_text(text: &mut String, verdict: &Verdict, style: Style) {
    let heading = style.heading(&format!("Gate of {}", shown(&name(verdict))));
    let path = if verdict.tenant.is_some() { shown(&verdict.profile) } else { String::new() };
    line(text, &format!("{heading}  as of {}  {path}", verdict.as_of));
    if let Some(overall) = &verdict.overall {
        line(text, &format!("  {}", figures(overall)));
    }
    if let Some(baseline) = &verdict.baseline {
        let recorded = shown(&baseline.recorded_at);
        line(text, &format!("  compared with {} as of {}, recorded {recorded}", baseline.id, baseline.as_of));
    }
    for note in &verdict.notes {
        line(text, &format!("  note: {}", shown(note)));
    }
    line(text, "");
    let mut table = style.table(&["", "Rule", "Of", "Asked", "Found"]);
    for check in &verdict.checks {
        let outcome = match check.outcome {
            Outcome::Met => "met".to_owned(),
            other => style.cell(other.word(), Tone::Bad),
        };
        let cells = [check.rule.word(), &check.subject, &check.required, &check.found].map(shown);
        table.add_row(std::iter::once(outcome).chain(cells));
    }
    text.push_str(&style.draw(&table));
    line(text, "");
    for check in verdict.checks.iter().filter(|c| !c.is_met()) {
        reasons(text, check, style);
    }
    line(text, &format!("  {}", tally(verdict)));
}

/// Why a check is not met, and what there is to mend.
fn reasons(text: &mut String, check: &Check, style: Style) {
    let rule = check.policy.as_ref().map(|place| format!(", asked at {}", at(place))).unwrap_or_default();
    let head = format!("{}, {}", check.rule.word(), shown(&check.subject));
    line(text, &format!("  {}{rule}", style.heading(&head)));
    if let Some(reason) = &check.reason {
        line(text, &format!("    {}", shown(reason)));
    } else if check.details.is_empty() {
        line(text, &format!("    {}", shown(&check.found)));
    }
    for detail in check.details.iter().take(FEW) {
        let place = detail.place.as_ref().map(|place| format!("  {}", at(place))).unwrap_or_default();
        line(text, &format!("    - {}: {}{place}", shown(&detail.subject), shown(&detail.text)));
    }
    let more = check.details.len().saturating_sub(FEW);
    if more > 0 {
        line(text, &style.faint(&format!("    and {more} more; `--format json` has all")));
    }
}

fn at(place: &Place) -> String {
    format!("{}:{}", shown(&place.file), place.line)
}

/// Untrusted text in the log of a job: some runners take a mark anywhere in a line for a command.
fn shown(text: &str) -> String {
    cell_text(text).replace("##[", "# #[")
}
