//! A fleet on dates to come: for people and for spreadsheets.

use super::super::csv::{finish, neutral, percent_cell, writer};
use super::super::style::{Style, safe};
use super::super::table::{align_right, cell_text};
use super::super::text::line;
use crate::choice::Choice;
use crate::fleet::{FleetForecast, FleetMoment};
use crate::points::{Amount, Percent, Sums};

/// How many items of evidence that lapse the text shows, and how many groups.
pub(super) const FEW: usize = 40;

const MOMENTS: [&str; 9] =
    ["Date", "Score", "Assurance", "Achieved", "Assured", "Fewer points", "Fewer assured", "Below", "Assurance below"];
const COHORTS: [&str; 7] = ["", "Tenants", "Score", "then", "Assurance", "then", "Below then"];
const LAPSES: [&str; 4] = ["Day", "Tenants", "Evidence", "Title"];

/// The forecast for people.
#[must_use]
pub fn fleet_forecast_text(found: &FleetForecast, style: Style) -> String {
    let mut text = String::new();
    let head = format!("{} if nobody does anything", tenants(found.tenants));
    line(&mut text, &style.heading(&head));
    let mut table = style.table(&MOMENTS);
    for moment in &found.dates {
        table.add_row(cells(moment));
    }
    align_right(&mut table, &[1, 2, 3, 4, 5, 6, 7, 8]);
    text.push_str(&style.draw(&table));
    let against = match found.below {
        Some(percent) => format!("below {percent} %"),
        None => "below the target of their profiles".to_owned(),
    };
    let told = format!("Fewer: tenants with fewer points than on the first date. Below: tenants {against}.");
    line(&mut text, &style.faint(&style.wrapped("", &told)));
    line(&mut text, "");
    let falls = [("score", &found.biggest_fall), ("assurance", &found.biggest_fall_assurance)];
    for (name, fall) in falls {
        let told = match fall {
            None => format!("The {name} falls between no two dates."),
            Some(fall) => {
                let lost = grouped(fall.lost);
                format!("The {name} falls most between {} and {}: by {lost} points.", fall.from, fall.to)
            }
        };
        line(&mut text, &style.wrapped("", &told));
    }
    lapses(&mut text, found, style);
    cohorts(&mut text, found, style);
    text
}

fn cells(moment: &FleetMoment) -> [String; 9] {
    [
        moment.date.to_string(),
        percent(moment.sums.percent()),
        percent(moment.sums.assurance_percent()),
        grouped(moment.sums.achieved),
        grouped(moment.sums.assured),
        moment.losing.to_string(),
        moment.losing_assurance.to_string(),
        moment.below.to_string(),
        moment.below_assurance.to_string(),
    ]
}

fn lapses(text: &mut String, found: &FleetForecast, style: Style) {
    line(text, "");
    if found.lapses.is_empty() {
        line(text, "No evidence of the library lapses between these dates.");
        return;
    }
    line(text, &style.heading("Evidence of the library that lapses, and how many tenants rest on it"));
    let mut table = style.table(&LAPSES);
    for lapse in found.lapses.iter().take(FEW) {
        table.add_row([lapse.on.to_string(), lapse.tenants.to_string(), cell_text(&lapse.id), cell_text(&lapse.title)]);
    }
    align_right(&mut table, &[1]);
    text.push_str(&style.draw(&table));
    left(text, found.lapses.len(), style);
}

fn cohorts(text: &mut String, found: &FleetForecast, style: Style) {
    let (Some(by), Some(first), Some(last)) = (found.by, found.dates.first(), found.dates.last()) else { return };
    line(text, "");
    line(text, &style.heading(&format!("By {by}, on {} and on {}", first.date, last.date)));
    let mut table = style.table(&COHORTS);
    for cohort in found.cohorts.iter().take(FEW) {
        let (Some(first), Some(last)) = (cohort.dates.first(), cohort.dates.last()) else { continue };
        table.add_row([
            cohort_name(&cohort.value),
            cohort.tenants.to_string(),
            percent(first.sums.percent()),
            percent(last.sums.percent()),
            percent(first.sums.assurance_percent()),
            percent(last.sums.assurance_percent()),
            last.below.to_string(),
        ]);
    }
    align_right(&mut table, &[1, 2, 3, 4, 5, 6]);
    text.push_str(&style.draw(&table));
    left(text, found.cohorts.len(), style);
}

/// That a table has not all rows.
pub(super) fn left(text: &mut String, rows: usize, style: Style) {
    if rows > FEW {
        line(text, &style.faint(&format!("and {} more: `--format json` has all", rows - FEW)));
    }
}

/// A group as a table names it.
pub(super) fn cohort_name(value: &str) -> String {
    if value.is_empty() { "(none)".to_owned() } else { cell_text(&safe(value)) }
}

/// How many tenants, in words.
pub(super) fn tenants(count: u64) -> String {
    if count == 1 { "1 tenant".to_owned() } else { format!("{count} tenants") }
}

pub(super) fn percent(value: Option<Percent>) -> String {
    value.map_or_else(|| "n/a".to_owned(), |p| format!("{} %", p.exact()))
}

/// Points of a whole fleet, to be read: without a fraction, in groups of three digits.
pub(super) fn grouped(amount: Amount) -> String {
    let digits = amount.whole_points().to_string();
    let mut shown = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// The forecast as CSV: a row for each date of the fleet, then of each group.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn fleet_forecast_csv(found: &FleetForecast) -> Result<String, csv::Error> {
    let mut writer = writer();
    let head = ["by", "value", "tenants", "date"].into_iter().chain(SUMS);
    writer.write_record(head.chain(["losing", "losing_assurance", "below", "below_assurance"]))?;
    let by = found.by.map_or("", Choice::word);
    let whole = std::iter::once(("", "", found.tenants, &found.dates));
    let cohorts = found.cohorts.iter().map(|c| (by, c.value.as_str(), c.tenants, &c.dates));
    for (by, value, tenants, dates) in whole.chain(cohorts) {
        for moment in dates {
            let head = [by.to_owned(), neutral(value).into_owned(), tenants.to_string(), moment.date.to_string()];
            let counts = [moment.losing, moment.losing_assurance, moment.below, moment.below_assurance];
            let row = head.into_iter().chain(sums(&moment.sums));
            writer.write_record(row.chain(counts.map(|count| count.to_string())))?;
        }
    }
    finish(writer)
}

/// The columns of figures.
pub(super) const SUMS: [&str; 6] = ["achieved", "possible", "assured", "unassessed", "percent", "assurance_percent"];

/// Their cells.
pub(super) fn sums(sums: &Sums) -> [String; 6] {
    [
        sums.achieved.to_string(),
        sums.possible.whole_points().to_string(),
        sums.assured.to_string(),
        sums.unassessed.to_string(),
        percent_cell(sums.percent()),
        percent_cell(sums.assurance_percent()),
    ]
}
