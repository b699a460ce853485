//! The report on a fleet for a terminal.

use super::section::{Section, Sheet, sections};
use super::show::{about, basis, count};
use crate::fleet::{Distribution, FleetOutcome, FleetReport, FleetThreshold};
use crate::report::style::Style;
use crate::report::table::{Tone, align_right, cell_text};
use crate::report::text::line;

/// How wide the longest bar is.
const BAR: u64 = 24;

/// What a fleet comes to, as text.
#[must_use]
pub fn fleet_text(report: &FleetReport, style: Style) -> String {
    let mut text = String::new();
    let heading = style.heading(&format!("Fleet as of {}", report.as_of));
    line(&mut text, &format!("{heading}  {}", about(report)));
    line(&mut text, &format!("  {}", basis(report)));
    for note in &report.notes {
        line(&mut text, &style.wrapped("  note: ", &cell_text(note)));
    }
    thresholds(&mut text, &report.thresholds, style);
    for section in sections(report) {
        line(&mut text, "");
        section_text(&mut text, &section, style);
    }
    text
}

fn thresholds(text: &mut String, list: &[FleetThreshold], style: Style) {
    if list.is_empty() {
        return;
    }
    line(text, "");
    let mut table = style.table(&["", "Asked", "Found"]);
    for threshold in list {
        let outcome = match threshold.outcome {
            FleetOutcome::Met => "met".to_owned(),
            FleetOutcome::Missed => style.cell("missed", Tone::Bad),
        };
        table.add_row([outcome, threshold.asked(), threshold.found()]);
    }
    text.push_str(&style.draw(&table));
}

fn section_text(text: &mut String, section: &Section, style: Style) {
    line(text, &format!("{}  {}", style.heading(&section.heading), section.about));
    for sentence in &section.lines {
        line(text, &style.wrapped("  ", sentence));
    }
    if let Some([score, assurance]) = &section.histograms {
        line(text, "");
        text.push_str(&histograms(score, assurance, style));
        line(text, "");
    }
    section.table.iter().for_each(|sheet| text.push_str(&table(sheet, style)));
    for note in &section.notes {
        line(text, &style.faint(&style.wrapped("  ", note)));
    }
}

fn table(sheet: &Sheet, style: Style) -> String {
    let head: Vec<&str> = sheet.head.iter().map(String::as_str).collect();
    let mut table = style.table(&head);
    for row in &sheet.rows {
        table.add_row(row);
    }
    align_right(&mut table, &sheet.figures.clone().collect::<Vec<usize>>());
    style.draw(&table)
}

/// Both beside each other, a line for each ten points.
fn histograms(score: &Distribution, assurance: &Distribution, style: Style) -> String {
    let mut table = style.table(&["", "Score", "", "Assurance", ""]);
    for ((ten, a), b) in score.histogram.iter().zip(bars(score)).zip(bars(assurance)) {
        let [score, score_bar] = a;
        let [assurance, assurance_bar] = b;
        table.add_row([format!("{}-{} %", ten.from, ten.to), score, score_bar, assurance, assurance_bar]);
    }
    align_right(&mut table, &[0, 1, 3]);
    style.draw(&table)
}

/// The count of each ten points, and a bar of it.
fn bars(distribution: &Distribution) -> Vec<[String; 2]> {
    let most = distribution.histogram.iter().map(|ten| ten.count).max().unwrap_or_default().max(1);
    let bar = |n: u64| {
        // What is there is seen, be it a thousandth.
        let width = (u128::from(n) * u128::from(BAR)).div_ceil(u128::from(most));
        "#".repeat(usize::try_from(width).unwrap_or_default())
    };
    distribution.histogram.iter().map(|ten| [count(ten.count), bar(ten.count)]).collect()
}
