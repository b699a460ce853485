//! GitLab's code quality report: an entry for each thing to mend.

use super::{findings, relative};

use crate::choice::Choice;
use crate::gate::{GateReport, Rule};
use crate::safe::safe;
use serde_json::{Value, json};

/// What a gate says, as a code quality report.
#[must_use]
pub fn gate_gitlab(report: &GateReport) -> Value {
    let entry = |found: super::Finding| {
        json!({
            "description": safe(&found.message),
            "check_name": format!("annexa/{}", found.rule.word()),
            "fingerprint": found.fingerprint,
            "severity": severity(found.rule),
            "location": { "path": relative(&found.place.file), "lines": { "begin": found.place.line } },
        })
    };
    findings(report).into_iter().map(entry).collect()
}

/// What cannot be judged blocks; what may come is not yet there.
fn severity(rule: Rule) -> &'static str {
    match rule {
        Rule::Readable | Rule::History | Rule::Scored => "blocker",
        Rule::WithinDays => "minor",
        _ => "major",
    }
}
