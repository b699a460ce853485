//! The result for a person at a terminal: what a manager asks first, then domains, then controls.

use super::style::{Style, padded, right, safe};
use super::table::{Tone, align_right};
use crate::evaluate::{ControlStatus, GapKind};
use crate::locale::{Locale, Message, Words, msg};
use crate::points::{Percent, Sums};
use crate::profile::DEFAULT_GROUP;
use crate::result::{Assessment, ControlScore, Domain, Figures, Gap, Outlook, TenantScore};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use unicode_width::UnicodeWidthStr;

/// How many domains of loss and lapses the summary names.
const FEW: usize = 3;

/// The score of a tenant: summary, domains, and the controls that are not covered.
#[must_use]
pub fn score_text(score: &TenantScore, style: Style) -> String {
    let words = style.words();
    let mut text = String::new();
    let name = format!("{} ({})", safe(&score.organization), safe(&score.tenant));
    let date = words.with(msg::TEXT_AS_OF, &[("date", words.date(score.as_of).into())]);
    line(&mut text, &format!("{}  {date}", style.heading(&name)));
    if let [_, _, ..] = score.assessments[..] {
        line(&mut text, "");
        let count = score.assessments.len();
        line(&mut text, &style.heading(&words.with(msg::TEXT_OVERALL, &[("count", count.into())])));
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
    line(text, &style.heading(&heading(assessment, style.words())));
    figures(text, &assessment.figures, &assessment.outlook, assessment.target, style);
    losses(text, assessment, style);
    lapses(text, assessment, style);
    line(text, "");
    domains(text, &assessment.domains, style);
    line(text, "");
    controls(text, assessment, style);
}

/// The title of an assessment, with its group where it has one of its own.
fn heading(assessment: &Assessment, words: &Words) -> String {
    let (title, group) = (safe(&assessment.title), safe(&assessment.group));
    if assessment.group == DEFAULT_GROUP {
        return title;
    }
    words.with(msg::TEXT_GROUP, &[("title", title.into()), ("group", group.into())])
}

/// What leads the lines of the figures, all of one width.
struct Leads {
    words: &'static Words,
    width: usize,
}

impl Leads {
    const ALL: [Message; 5] =
        [msg::TEXT_SCORE, msg::TEXT_TARGET, msg::TEXT_ASSURANCE, msg::TEXT_YOUR_SIDE, msg::TEXT_PROVIDER];

    fn new(words: &'static Words) -> Self {
        Self { words, width: Self::ALL.iter().map(|m| words.text(*m).width()).max().unwrap_or(0) }
    }

    fn line(&self, name: Message, percent: &str, rest: &str) -> String {
        format!("  {} {}  {rest}", padded(&self.words.text(name), self.width + 1), right(percent, 8))
    }
}

fn figures(text: &mut String, figures: &Figures, outlook: &Outlook, target: Option<Percent>, style: Style) {
    let (words, total) = (style.words(), &figures.total);
    let leads = Leads::new(words);
    let best = words.percent(total.percent_at_best());
    let range = match total.unassessed.units() {
        0 => String::new(),
        _ => words.with(msg::TEXT_UP_TO, &[("percent", best.into())]),
    };
    let score = leads.line(msg::TEXT_SCORE, &words.percent(total.percent()), &range);
    line(text, &style.heading(score.trim_end()));
    if let Some(target) = target {
        let is_met = target.is_reached_by(total.achieved, total.possible);
        let met =
            if is_met { style.good(&words.text(msg::TEXT_MET)) } else { style.bad(&words.text(msg::TEXT_NOT_MET)) };
        line(text, &leads.line(msg::TEXT_TARGET, &words.percent(Some(target)), &met));
    }
    let mut assured = words.with(msg::TEXT_ASSURED, &[("points", words.points(total.assured).into())]);
    if outlook.assured < total.assured {
        let then = style.warn(&words.percent(outlook.assurance_percent));
        let args = [("percent", then.into()), ("date", words.date(outlook.by).into())];
        assured.push_str(&words.text(msg::TEXT_SEMICOLON));
        assured.push_str(&words.with(msg::TEXT_OUTLOOK, &args));
    }
    line(text, &leads.line(msg::TEXT_ASSURANCE, &words.percent(total.assurance_percent()), &assured));
    for (name, sums) in [(msg::TEXT_YOUR_SIDE, &figures.customer), (msg::TEXT_PROVIDER, &figures.provider)] {
        line(text, &leads.line(name, &words.percent(sums.percent()), &side(sums, words)));
    }
}

fn side(sums: &Sums, words: &Words) -> String {
    let achieved = ("achieved", words.points(sums.achieved).into());
    let possible = ("possible", words.points_possible(sums.possible).into());
    if sums.unassessed.units() == 0 {
        return words.with(msg::TEXT_SIDE, &[achieved, possible]);
    }
    let unassessed = ("unassessed", words.points(sums.unassessed).into());
    words.with(msg::TEXT_SIDE_UNASSESSED, &[achieved, possible, unassessed])
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
    let words = style.words();
    line(text, "");
    line(text, &style.heading(&format!("  {}", words.text(msg::TEXT_LOSSES))));
    for domain in list {
        let missing = words.points(domain.figures.total.missing());
        let name = format!("{:<5} {}", domain.id, safe(&domain.title));
        let loss = words.with(msg::TEXT_LOSS, &[("domain", name.into()), ("points", missing.into())]);
        line(text, &format!("    {loss}"));
    }
}

/// What lapses soon: each item of evidence once, with its last day and how many controls it proves
/// something for.
pub(super) fn lapsing(assessment: &Assessment) -> Vec<(Option<NaiveDate>, &str, usize)> {
    let mut items: BTreeMap<(Option<NaiveDate>, &str), BTreeSet<&str>> = BTreeMap::new();
    for gap in assessment.gaps.iter().filter(|g| g.finding.kind == GapKind::EvidenceExpiring) {
        let id = gap.finding.evidence_id.as_deref().unwrap_or_default();
        items.entry((gap.finding.valid_to, id)).or_default().insert(&gap.control.id);
    }
    items.into_iter().map(|((date, id), controls)| (date, id, controls.len())).collect()
}

fn lapses(text: &mut String, assessment: &Assessment, style: Style) {
    let items = lapsing(assessment);
    if items.is_empty() {
        return;
    }
    let words = style.words();
    line(text, "");
    line(text, &style.heading(&format!("  {}", words.text(msg::TEXT_LAPSES))));
    for (date, id, controls) in items.iter().take(FEW) {
        let date = style.warn(&words.maybe_date(*date));
        let args = [("date", date.into()), ("item", safe(id).into()), ("count", (*controls).into())];
        line(text, &format!("    {}", words.with(msg::TEXT_LAPSE, &args)));
    }
    if items.len() > FEW {
        let more = words.with(msg::TEXT_MORE_ITEMS, &[("count", (items.len() - FEW).into())]);
        line(text, &style.faint(&format!("    {more}")));
    }
}

fn domains(text: &mut String, domains: &[Domain], style: Style) {
    let words = style.words();
    let head = [msg::TEXT_SCORE, msg::TEXT_ASSURANCE, msg::TEXT_MISSING, msg::TEXT_COVERED].map(|m| words.text(m));
    let [score, assurance, missing, covered] = &head;
    let mut table = style.table(&[&words.text(msg::TEXT_DOMAIN), "", score, assurance, missing, covered]);
    for domain in domains {
        let total = &domain.figures.total;
        table.add_row([
            domain.id.clone(),
            safe(&domain.title),
            words.percent(total.percent()),
            words.percent(total.assurance_percent()),
            words.points(total.missing()),
            format!("{}/{}", domain.covered, domain.controls),
        ]);
    }
    align_right(&mut table, &[2, 3, 4, 5]);
    text.push_str(&style.draw(&table));
}

fn controls(text: &mut String, assessment: &Assessment, style: Style) {
    let words = style.words();
    let is_open =
        |c: &&ControlScore| matches!(c.status, ControlStatus::Partial | ControlStatus::Gap | ControlStatus::Unmapped);
    let open: Vec<&ControlScore> = assessment.controls.iter().filter(is_open).collect();
    let excluded = assessment.controls.iter().filter(|c| c.status == ControlStatus::Excluded).count();
    let counts = [("open", open.len().into()), ("count", (assessment.controls.len() - excluded).into())];
    let title = match (excluded, counts) {
        (0, counts) => words.with(msg::TEXT_OPEN_CONTROLS, &counts),
        (_, [a, b]) => words.with(msg::TEXT_OPEN_CONTROLS_EXCLUDED, &[a, b, ("excluded", excluded.into())]),
    };
    line(text, &style.heading(&title));
    if open.is_empty() {
        return;
    }
    let head =
        [msg::TEXT_STATUS, msg::TEXT_COVERAGE, msg::TEXT_RESPONSIBILITY, msg::TEXT_MISSING_SIDE, msg::TEXT_MISSING];
    let [status, coverage, responsibility, side, missing] = &head.map(|m| words.text(m));
    let control = words.text(msg::TEXT_CONTROL);
    let mut table = style.table(&[&control, "", status, coverage, responsibility, side, missing]);
    for control in open {
        let tone = if control.status == ControlStatus::Partial { Tone::Warn } else { Tone::Bad };
        let coverage = control.coverage.map(|c| Percent::from_hundredths(u32::from(c)));
        table.add_row([
            control.id.clone(),
            safe(&control.title),
            style.cell(&words.term(control.status), tone),
            coverage.map_or_else(String::new, |c| words.percent(Some(c))),
            control.responsibility.map_or_else(String::new, |r| words.term(r).into_owned()),
            control.shared_gap.map_or_else(String::new, |s| words.term(s).into_owned()),
            words.points(control.figures.total.missing()),
        ]);
    }
    align_right(&mut table, &[3, 6]);
    text.push_str(&style.draw(&table));
}

/// The gap rows as a table.
#[must_use]
pub fn gaps_text(gaps: &[&Gap], style: Style) -> String {
    let words = style.words();
    let mut text = String::new();
    let head = [
        msg::TEXT_CONTROL,
        msg::TEXT_GAP,
        msg::TEXT_ACTION_OR_SERVICE,
        msg::TEXT_POINTS,
        msg::TEXT_ASSIGNED,
        msg::TEXT_DUE,
        msg::TEXT_NEXT_STEP,
    ];
    let head = head.map(|m| words.text(m));
    let mut table = style.table(&head.each_ref().map(AsRef::as_ref));
    for gap in gaps {
        let action = gap.finding.action.as_ref().map_or("", |a| &a.id);
        let about = match (&gap.finding.service_id, action) {
            (Some(service), "") => service.clone(),
            (Some(service), action) => format!("{action} / {service}"),
            (None, action) => action.to_owned(),
        };
        table.add_row([
            gap.control.id.clone(),
            words.term(gap.finding.kind).into_owned(),
            safe(&about),
            at_stake(gap, words),
            safe(gap.finding.assigned_to.as_deref().unwrap_or_default()),
            words.maybe_date(gap.finding.due_on),
            safe(&gap.finding.next_step),
        ]);
    }
    align_right(&mut table, &[3]);
    text.push_str(&style.draw(&table));
    line(&mut text, &style.faint(&words.with(msg::TEXT_ROWS, &[("count", gaps.len().into())])));
    text
}

/// The points at stake, or nothing where nothing is lost.
pub(super) fn at_stake(gap: &Gap, words: &Words) -> String {
    let points = gap.finding.points_at_stake;
    if points.units() > 0 { words.points(points) } else { String::new() }
}

/// What is printed after the score of one profile: how large the gap report is and how to get it.
#[must_use]
pub fn score_hints(rows: usize, gaps_command: &str, explain_command: &str, locale: Locale) -> String {
    let words = Words::of(locale);
    let report = words.with(msg::TEXT_REPORT_HINT, &[("rows", rows.into()), ("command", gaps_command.into())]);
    format!("\n{report}\n{}\n", words.with(msg::TEXT_PROOF_HINT, &[("command", explain_command.into())]))
}
