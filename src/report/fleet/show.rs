//! Figures of a fleet as people read them, the same in text and HTML.

use crate::fleet::{FleetPart, FleetPoints, FleetReport, FleetTemplate};
use crate::locale::{Locale, Words};
use crate::points::{Amount, Percent};
use crate::safe::safe;

/// A count, with its thousands apart.
pub(super) fn count(number: u64) -> String {
    Words::of(Locale::English).whole(usize::try_from(number).unwrap_or(usize::MAX))
}

/// Whole points.
pub(super) fn points(points: FleetPoints) -> String {
    Words::of(Locale::English).whole(usize::try_from(points.rounded()).unwrap_or(usize::MAX))
}

/// Points of one assessment.
pub(super) fn amount(amount: Amount) -> String {
    Words::of(Locale::English).points(amount)
}

/// A percentage with one decimal.
pub(super) fn percent(percent: Option<Percent>) -> String {
    percent.map_or_else(|| "n/a".to_owned(), |p| format!("{p} %"))
}

/// So many of something.
pub(super) fn counted(number: u64, one: &str) -> String {
    format!("{} {one}{}", count(number), if number == 1 { "" } else { "s" })
}

/// What a template is called.
pub(super) fn name(template: &FleetTemplate) -> String {
    match &template.title {
        Some(title) => format!("{} ({})", safe(title), safe(&template.template)),
        None => safe(&template.template),
    }
}

/// What the tenants without a value of a field are called.
pub(super) fn value(part: &FleetPart) -> String {
    if part.name.is_empty() { "(none)".to_owned() } else { safe(&part.name) }
}

/// What a fleet is, in a line.
pub(super) fn about(report: &FleetReport) -> String {
    let rejects = match report.rejects {
        None => String::new(),
        Some(0) => ", every profile read".to_owned(),
        Some(rejects) => format!(", {} that could not be read", counted(rejects, "profile")),
    };
    format!("{}, {}{rejects}", counted(report.tenants, "tenant"), counted(report.assessments, "assessment"))
}

/// What the figures rest on, in a line.
pub(super) fn basis(report: &FleetReport) -> String {
    let library = report.library.map(|digest| format!("library {}, ", digest.short())).unwrap_or_default();
    format!("{library}evidence that lapses until {}", report.outlook_by)
}

/// What is said once of all quantiles.
pub(super) const QUANTILES: &str = "Quantiles are values that occur: the lowest that so many percent of the \
     assessments do not exceed (nearest rank). Each assessment weighs the same; what is over all points weighs by points.";

/// What is said of the points missing on controls and actions.
pub(super) const MISSING: &str = "Points are summed over the tenants. An action serves several controls, and is \
     missing on each of them.";

/// What is said of the gaps of a control.
pub(super) const SHARED: &str = "One fix, many tenants: each action with what is wrong with it, and the points that are \
     missing on it where this is so. An action with several such gaps has a line for each.";

/// Some of a list, and how many more there are.
pub(super) fn first<T>(list: &[T], most: usize) -> (&[T], usize) {
    let shown = list.get(..most).unwrap_or(list);
    (shown, list.len() - shown.len())
}

/// The cohorts with the most tenants, in the order of their names.
pub(super) fn largest(parts: &[FleetPart], most: usize) -> (Vec<&FleetPart>, usize) {
    let mut shown: Vec<(usize, &FleetPart)> = parts.iter().enumerate().collect();
    shown.sort_by_key(|(_, part)| std::cmp::Reverse(part.spread.tenants));
    shown.truncate(most);
    shown.sort_by_key(|(at, _)| *at);
    (shown.iter().map(|(_, part)| *part).collect(), parts.len() - shown.len())
}
