//! What a gate says: for people, for merge requests, and in the forms that CI systems read.
//!
//! All are views of one [`GateReport`]. `text` and `markdown` show every check; `github`, `gitlab`
//! and `sarif` put the missed ones on lines of the profile; `junit` has a test case for each check.

mod github;
mod gitlab;
mod junit;
mod markdown;
mod sarif;
mod text;

pub use github::gate_github;
pub use gitlab::gate_gitlab;
pub use junit::gate_junit;
pub use markdown::gate_markdown;
pub use sarif::gate_sarif;
pub use text::gate_text;

use super::findings::{numbered, uri};
use crate::choice::Choice;
use crate::gate::{Check, Detail, GateReport, Place, Rule, Verdict};
use crate::points::{Amount, Percent};
use crate::result::Figures;
use std::collections::BTreeMap;

/// One thing to mend, on a line of a file.
struct Finding {
    rule: Rule,
    message: String,
    place: Place,
    /// The same as long as the same thing is to be mended, whatever line it stands on.
    fingerprint: String,
}

/// Everything that is missed: the details of each check, or the check where it has none.
fn findings(report: &GateReport) -> Vec<Finding> {
    let mut seen = BTreeMap::new();
    let mut list = Vec::new();
    for (verdict, check) in missed(report) {
        let mut add = |message: String, subject: &str, place: &Option<Place>| {
            let place = place.clone().or_else(|| check.place.clone()).unwrap_or_else(|| first_line(verdict));
            let key = [check.rule.word(), &check.subject, subject, &verdict.profile].join("\0");
            list.push(Finding { rule: check.rule, message, place, fingerprint: numbered(key, &mut seen) });
        };
        if check.details.is_empty() {
            add(check.sentence(), "", &check.place);
        }
        for Detail { subject, text, place } in &check.details {
            add(
                format!("{subject}: {text}; {}: {} asks for {}", check.subject, check.rule, check.required),
                subject,
                place,
            );
        }
    }
    list
}

/// The checks that are not met, with the verdict they are of.
fn missed(report: &GateReport) -> impl Iterator<Item = (&Verdict, &Check)> {
    let checks = report.verdicts.iter().flat_map(|v| v.checks.iter().map(move |c| (v, c)));
    checks.filter(|(_, check)| !check.is_met())
}

fn first_line(verdict: &Verdict) -> Place {
    Place { file: verdict.profile.clone(), line: 1, column: 1 }
}

/// Who it is about: the organization, else the file.
fn name(verdict: &Verdict) -> String {
    match (&verdict.organization, &verdict.tenant) {
        (Some(organization), Some(tenant)) => format!("{organization} ({tenant})"),
        _ => verdict.profile.clone(),
    }
}

/// The figures in a line, on success as well.
fn figures(overall: &Figures) -> String {
    let total = &overall.total;
    let shown = |percent: Option<Percent>| percent.map_or_else(|| "n/a".to_owned(), |p| format!("{p} %"));
    let points = |amount: Amount| amount.rounded();
    let (achieved, assured, possible) = (points(total.achieved), points(total.assured), total.possible.whole_points());
    format!(
        "score {}, {achieved} of {possible} points; assurance {}, {assured} points; {} unassessed",
        shown(total.percent()),
        shown(total.assurance_percent()),
        points(total.unassessed),
    )
}

/// How many rules are met.
fn tally(verdict: &Verdict) -> String {
    let met = verdict.checks.iter().filter(|c| c.is_met()).count();
    format!("{met} of {} checks met", verdict.checks.len())
}

/// A path as CI systems write it: relative, with `/`, where it is so.
fn relative(path: &str) -> String {
    let path = path.replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}
