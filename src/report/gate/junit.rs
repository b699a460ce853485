//! JUnit XML: a suite for each profile, a test case for each check.

use super::{figures, name, relative};
use crate::choice::Choice;
use crate::gate::{Check, GateReport, Outcome, Verdict};
use crate::report::xml::xml;
use std::fmt::Write;

/// What a gate says, as JUnit XML.
#[must_use]
pub fn gate_junit(report: &GateReport) -> String {
    let all = || report.verdicts.iter().flat_map(|v| &v.checks);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(text, "<testsuites name=\"annexa gate\" {}>", counts(all()));
    for verdict in &report.verdicts {
        suite(&mut text, verdict);
    }
    text.push_str("</testsuites>\n");
    text
}

fn suite(text: &mut String, verdict: &Verdict) {
    let title = format!("{} as of {}", name(verdict), verdict.as_of);
    let _ = writeln!(text, "  <testsuite name=\"{}\" {}>", xml(&title), counts(verdict.checks.iter()));
    for check in &verdict.checks {
        case(text, verdict, check);
    }
    if let Some(overall) = &verdict.overall {
        let _ = writeln!(text, "    <system-out>{}</system-out>", xml(&figures(overall)));
    }
    text.push_str("  </testsuite>\n");
}

fn case(text: &mut String, verdict: &Verdict, check: &Check) {
    let (file, line) = match &check.place {
        Some(place) => (place.file.as_str(), place.line),
        None => (verdict.profile.as_str(), 1),
    };
    let title = format!("{}: {}: {}", check.rule, check.subject, check.required);
    let class = xml(&relative(&verdict.profile));
    let file = xml(&relative(file));
    let head = format!("<testcase name=\"{}\" classname=\"{class}\" file=\"{file}\" line=\"{line}\"", xml(&title));
    let tag = match check.outcome {
        Outcome::Met => {
            let found = xml(&check.found);
            let _ = writeln!(text, "    {head}><system-out>{found}</system-out></testcase>");
            return;
        }
        Outcome::Missed => "failure",
        Outcome::Unusable => "error",
    };
    let mut said = xml(&check.head());
    for detail in &check.details {
        let place = detail.place.as_ref().map(|p| format!(" ({}:{})", p.file, p.line)).unwrap_or_default();
        let _ = write!(said, "\n- {}", xml(&format!("{}: {}{place}", detail.subject, detail.text)));
    }
    let message = xml(&check.found);
    let kind = xml(check.rule.word());
    let _ = writeln!(
        text,
        "    {head}>\n      <{tag} message=\"{message}\" type=\"{kind}\">{said}</{tag}>\n    </testcase>"
    );
}

fn counts<'a>(checks: impl Iterator<Item = &'a Check>) -> String {
    let (mut tests, mut failures, mut errors) = (0_u64, 0_u64, 0_u64);
    for check in checks {
        tests += 1;
        failures += u64::from(check.outcome == Outcome::Missed);
        errors += u64::from(check.outcome == Outcome::Unusable);
    }
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\"")
}
