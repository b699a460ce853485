//! The result for a person at a terminal: what a manager asks first, then domains, then controls.

use super::style::{Style, safe};
use super::table::{Tone, align_right};
use crate::choice::Choice;
use crate::evaluate::{ControlStatus, GapKind};
use crate::points::{Percent, Sums};
use crate::result::{Assessment, ControlScore, Domain, Figures, Gap, Outlook, TenantScore};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How many domains of loss and lapses the summary names.
const FEW: usize = 3;

/// The score of a tenant: summary, domains, and the controls that are not covered.
#[must_use]
pub fn score_text(score: &TenantScore, style: Style) -> String {
    let mut text = String::new();
    let name = format!("{} ({})", safe(&score.organization), safe(&score.tenant));
    line(&mut text, &format!("{}  as of {}", style.heading(&name), score.as_of));
    if let [_, _, ..] = score.assessments[..] {
        line(&mut text, "");
        line(&mut text, &style.heading(&format!("Overall, {} assessments", score.assessments.len())));
        figures(&mut text, &score.overall, &score.outlook, None, style);
    }
    for assessment in &score.assessments {
        line(&mut text, "");
        assessment_text(&mut text, assessment, style);
    }
    text
}

pub(super) fn line(text: &mut String, line: &str) {
    text.push_str(line.trim_end());
    text.push('\n');
}

fn assessment_text(text: &mut String, assessment: &Assessment, style: Style) {
    let group =
        if assessment.group == "default" { String::new() } else { format!(", group {}", safe(&assessment.group)) };
    line(text, &style.heading(&format!("{}{group}", safe(&assessment.title))));
    figures(text, &assessment.figures, &assessment.outlook, assessment.target, style);
    losses(text, assessment, style);
    lapses(text, assessment, style);
    line(text, "");
    domains(text, &assessment.domains, style);
    line(text, "");
    controls(text, assessment, style);
}

/// A percentage for people, `n/a` of nothing.
fn percent(value: Option<Percent>) -> String {
    value.map_or_else(|| "n/a".to_owned(), |p| format!("{p} %"))
}

fn figures(text: &mut String, figures: &Figures, outlook: &Outlook, target: Option<Percent>, style: Style) {
    let total = &figures.total;
    let mut score = format!("  Score      {:>8}", percent(total.percent()));
    if total.unassessed.units() > 0 {
        let _ = write!(score, "  up to {} if everything unassessed turns out well", percent(total.percent_at_best()));
    }
    line(text, &style.heading(&score));
    if let Some(target) = target {
        let is_met = target.is_reached_by(total.achieved, total.possible);
        let word = if is_met { style.good("met") } else { style.bad("not met") };
        line(text, &format!("  Target     {:>8}  {word}", format!("{target} %")));
    }
    let mut assured = format!("{} points rest on proof that an auditor could see", total.assured.rounded());
    if outlook.assured < total.assured {
        let then = percent(outlook.assurance_percent);
        let _ = write!(assured, "; {} by {} if nothing is renewed", style.warn(&then), outlook.by);
    }
    line(text, &format!("  Assurance  {:>8}  {assured}", percent(total.assurance_percent())));
    line(text, &side("Your side", &figures.customer));
    line(text, &side("Provider", &figures.provider));
}

fn side(name: &str, sums: &Sums) -> String {
    let points = format!("{} of {} points", sums.achieved.rounded(), sums.possible.whole_points());
    let mut line = format!("  {name:<10} {:>8}  {points}", percent(sums.percent()));
    if sums.unassessed.units() > 0 {
        let _ = write!(line, ", {} unassessed", sums.unassessed.rounded());
    }
    line
}

/// The domains by what is missing in them, the largest first; of equals the first in the catalogue.
pub(super) fn largest_losses(domains: &[Domain]) -> Vec<&Domain> {
    let mut list: Vec<&Domain> = domains.iter().filter(|d| d.figures.total.missing().units() > 0).collect();
    list.sort_by_key(|d| std::cmp::Reverse(d.figures.total.missing()));
    list.truncate(FEW);
    list
}

fn losses(text: &mut String, assessment: &Assessment, style: Style) {
    let list = largest_losses(&assessment.domains);
    if list.is_empty() {
        return;
    }
    line(text, "");
    line(text, &style.heading("  Most is missing in"));
    for domain in list {
        let missing = format!("{} points", domain.figures.total.missing().rounded());
        line(text, &format!("    {:<5} {}: {missing}", domain.id, safe(&domain.title)));
    }
}

/// What lapses soon: each item of evidence once, with its last day and how many controls it proves
/// something for.
pub(super) fn lapsing(assessment: &Assessment) -> Vec<(String, &str, usize)> {
    let mut items: BTreeMap<(String, &str), BTreeSet<&str>> = BTreeMap::new();
    for gap in assessment.gaps.iter().filter(|g| g.finding.kind == GapKind::EvidenceExpiring) {
        let date = gap.finding.valid_to.map(|d| d.to_string()).unwrap_or_default();
        let id = gap.finding.evidence_id.as_deref().unwrap_or_default();
        items.entry((date, id)).or_default().insert(&gap.control.id);
    }
    items.into_iter().map(|((date, id), controls)| (date, id, controls.len())).collect()
}

fn lapses(text: &mut String, assessment: &Assessment, style: Style) {
    let items = lapsing(assessment);
    if items.is_empty() {
        return;
    }
    line(text, "");
    line(text, &style.heading("  About to lapse"));
    for (date, id, controls) in items.iter().take(FEW) {
        let proves = if *controls == 1 { "1 control".to_owned() } else { format!("{controls} controls") };
        line(text, &format!("    after {}: {}, proof for {proves}", style.warn(date), safe(id)));
    }
    if items.len() > FEW {
        line(text, &style.faint(&format!("    and {} more items", items.len() - FEW)));
    }
}

fn domains(text: &mut String, domains: &[Domain], style: Style) {
    let mut table = style.table(&["Domain", "", "Score", "Assurance", "Missing", "Covered"]);
    for domain in domains {
        let total = &domain.figures.total;
        table.add_row([
            domain.id.clone(),
            safe(&domain.title),
            percent(total.percent()),
            percent(total.assurance_percent()),
            total.missing().rounded(),
            format!("{}/{}", domain.covered, domain.controls),
        ]);
    }
    align_right(&mut table, &[2, 3, 4, 5]);
    text.push_str(&style.draw(&table));
}

fn controls(text: &mut String, assessment: &Assessment, style: Style) {
    let is_open =
        |c: &&ControlScore| matches!(c.status, ControlStatus::Partial | ControlStatus::Gap | ControlStatus::Unmapped);
    let open: Vec<&ControlScore> = assessment.controls.iter().filter(is_open).collect();
    let excluded = assessment.controls.iter().filter(|c| c.status == ControlStatus::Excluded).count();
    let rest = assessment.controls.len() - excluded;
    let note = if excluded > 0 { format!("; {excluded} excluded") } else { String::new() };
    line(text, &style.heading(&format!("Controls not covered: {} of {rest}{note}", open.len())));
    if open.is_empty() {
        return;
    }
    let mut table = style.table(&["Control", "", "Status", "Coverage", "Responsibility", "Missing side", "Missing"]);
    for control in open {
        let status = match control.status {
            ControlStatus::Partial => style.cell(control.status.word(), Tone::Warn),
            _ => style.cell(control.status.word(), Tone::Bad),
        };
        let coverage = control.coverage.map(|c| Percent::from_hundredths(u32::from(c)));
        table.add_row([
            control.id.clone(),
            safe(&control.title),
            status,
            coverage.map_or_else(String::new, |c| format!("{c} %")),
            control.responsibility.map_or("", Choice::word).to_owned(),
            control.shared_gap.map_or("", Choice::word).to_owned(),
            control.figures.total.missing().rounded(),
        ]);
    }
    align_right(&mut table, &[3, 6]);
    text.push_str(&style.draw(&table));
}

/// The gap rows as a table.
#[must_use]
pub fn gaps_text(gaps: &[&Gap], style: Style) -> String {
    let mut text = String::new();
    let mut table = style.table(&["Control", "Gap", "Action or service", "Points", "Assigned", "Due", "Next step"]);
    for gap in gaps {
        let action = gap.finding.action.as_ref().map_or("", |a| &a.id);
        let about = match (&gap.finding.service_id, action) {
            (Some(service), "") => service.clone(),
            (Some(service), action) => format!("{action} / {service}"),
            (None, action) => action.to_owned(),
        };
        let points =
            if gap.finding.points_at_stake.units() > 0 { gap.finding.points_at_stake.rounded() } else { String::new() };
        table.add_row([
            gap.control.id.clone(),
            gap.finding.kind.word().to_owned(),
            safe(&about),
            points,
            safe(gap.finding.assigned_to.as_deref().unwrap_or_default()),
            gap.finding.due_on.map(|d| d.to_string()).unwrap_or_default(),
            safe(&gap.finding.next_step),
        ]);
    }
    align_right(&mut table, &[3]);
    text.push_str(&style.draw(&table));
    let rows = if gaps.len() == 1 { "1 row".to_owned() } else { format!("{} rows", gaps.len()) };
    line(&mut text, &style.faint(&rows));
    text
}
