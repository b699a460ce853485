//! What a fleet would come to: for people and for spreadsheets.

use super::super::csv::{finish, neutral, writer};
use super::super::style::{Style, safe};
use super::super::table::{align_right, cell_text};
use super::super::text::line;
use super::forecast::{SUMS, cohort_name, grouped, left, percent, sums, tenants};
use crate::change::{AmountChange, PercentChange};
use crate::choice::Choice;
use crate::fleet::{FleetBucket, FleetShift, FleetSupposed, FleetWhatIf};
use crate::points::{Amount, Percent};

const FIGURES: [&str; 4] = ["", "As it is", "As it would be", "Change"];
const BUCKETS: [&str; 3] = ["Change in percentage points", "Tenants by score", "Tenants by assurance"];
const TOUCHED: [&str; 6] = ["Tenant", "Organization", "Score", "would be", "Assurance", "would be"];
const COHORTS: [&str; 7] = ["", "Tenants", "Touched", "Score", "would be", "Assurance", "would be"];

/// The answer for people.
#[must_use]
pub fn fleet_whatif_text(found: &FleetWhatIf, style: Style) -> String {
    let mut text = String::new();
    line(&mut text, &style.heading(&format!("{} as of {}, if", tenants(found.whole.tenants), found.as_of)));
    for supposed in &found.supposed {
        line(&mut text, &style.wrapped("  ", &clause(supposed)));
    }
    line(&mut text, "");
    figures(&mut text, &found.whole, style);
    line(&mut text, "");
    line(&mut text, &format!("{} of {} would change.", found.whole.touched, tenants(found.whole.tenants)));
    if found.whole.touched > 0 {
        buckets(&mut text, found, style);
        touched(&mut text, found, style);
    }
    cohorts(&mut text, found, style);
    text
}

fn clause(supposed: &FleetSupposed) -> String {
    let (id, title) = (safe(&supposed.id), safe(&supposed.title));
    let name = if id == title { id } else { format!("{id} ({title})") };
    match supposed.kind {
        "without-evidence" => format!("{name} had never been issued"),
        "retire-service" => format!("{name} were retired"),
        "implement" => format!("everybody had done {name}, tested with success and proved"),
        _ => format!("everybody failed the test of {name}"),
    }
}

fn figures(text: &mut String, shift: &FleetShift, style: Style) {
    let mut table = style.table(&FIGURES);
    let (a, b) = (&shift.before, &shift.after);
    let share = |name: &str, a: Option<Percent>, b: Option<Percent>| {
        let change = a.zip(b).map(|(a, b)| PercentChange::between(a, b).to_string()).unwrap_or_default();
        [name.to_owned(), percent(a), percent(b), change]
    };
    let points = |name: &str, a: Amount, b: Amount| {
        [name.to_owned(), grouped(a), grouped(b), AmountChange::between(a, b).rounded()]
    };
    table.add_row(share("Score", a.percent(), b.percent()));
    table.add_row(share("Assurance", a.assurance_percent(), b.assurance_percent()));
    table.add_row(points("Achieved", a.achieved, b.achieved));
    table.add_row(points("Assured", a.assured, b.assured));
    table.add_row(points("Possible", a.possible, b.possible));
    table.add_row(points("Unassessed", a.unassessed, b.unassessed));
    align_right(&mut table, &[1, 2, 3]);
    text.push_str(&style.draw(&table));
}

fn buckets(text: &mut String, found: &FleetWhatIf, style: Style) {
    line(text, "");
    let mut table = style.table(&BUCKETS);
    let rows = found.score_changes.iter().zip(&found.assurance_changes);
    for (score, assurance) in rows.filter(|(a, b)| a.tenants > 0 || b.tenants > 0) {
        table.add_row([range(score), score.tenants.to_string(), assurance.tenants.to_string()]);
    }
    align_right(&mut table, &[1, 2]);
    text.push_str(&style.draw(&table));
}

/// The changes that a bucket counts.
fn range(bucket: &FleetBucket) -> String {
    let shown = |hundredths: i32| PercentChange::from_hundredths(hundredths).to_string();
    match (bucket.above.map(|above| above.saturating_add(1)), bucket.up_to) {
        (Some(0), Some(0)) => "0".to_owned(),
        (Some(from), Some(to)) => format!("{} to {}", shown(from), shown(to)),
        (None, Some(to)) => format!("{} and less", shown(to)),
        (Some(from), None) => format!("{} and more", shown(from)),
        (None, None) => String::new(),
    }
}

fn touched(text: &mut String, found: &FleetWhatIf, style: Style) {
    if found.most_touched.is_empty() {
        return;
    }
    line(text, "");
    line(text, &style.heading("The tenants that would change most"));
    let mut table = style.table(&TOUCHED);
    for tenant in &found.most_touched {
        let (a, b) = (&tenant.before, &tenant.after);
        table.add_row([
            cell_text(&tenant.tenant),
            cell_text(&tenant.organization),
            percent(a.percent()),
            percent(b.percent()),
            percent(a.assurance_percent()),
            percent(b.assurance_percent()),
        ]);
    }
    align_right(&mut table, &[2, 3, 4, 5]);
    text.push_str(&style.draw(&table));
}

fn cohorts(text: &mut String, found: &FleetWhatIf, style: Style) {
    let Some(by) = found.by else { return };
    line(text, "");
    line(text, &style.heading(&format!("By {by}")));
    let mut table = style.table(&COHORTS);
    for cohort in found.cohorts.iter().take(super::forecast::FEW) {
        let (a, b) = (&cohort.shift.before, &cohort.shift.after);
        table.add_row([
            cohort_name(&cohort.value),
            cohort.shift.tenants.to_string(),
            cohort.shift.touched.to_string(),
            percent(a.percent()),
            percent(b.percent()),
            percent(a.assurance_percent()),
            percent(b.assurance_percent()),
        ]);
    }
    align_right(&mut table, &[1, 2, 3, 4, 5, 6]);
    text.push_str(&style.draw(&table));
    left(text, found.cohorts.len(), style);
}

/// The answer as CSV: a row for the fleet, then one for each group.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn fleet_whatif_csv(found: &FleetWhatIf) -> Result<String, csv::Error> {
    let mut writer = writer();
    let head = ["by", "value", "as_of", "tenants", "touched"].map(str::to_owned);
    let after = SUMS.map(|name| format!("{name}_after"));
    writer.write_record(head.into_iter().chain(SUMS.map(str::to_owned)).chain(after))?;
    let by = found.by.map_or("", Choice::word);
    let whole = std::iter::once(("", "", &found.whole));
    for (by, value, shift) in whole.chain(found.cohorts.iter().map(|c| (by, c.value.as_str(), &c.shift))) {
        let head = [
            by.to_owned(),
            neutral(value).into_owned(),
            found.as_of.to_string(),
            shift.tenants.to_string(),
            shift.touched.to_string(),
        ];
        writer.write_record(head.into_iter().chain(sums(&shift.before)).chain(sums(&shift.after)))?;
    }
    finish(writer)
}
