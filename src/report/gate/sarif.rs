//! The gate as a SARIF 2.1.0 log: a result for each thing to mend.

use super::{findings, uri};
use crate::choice::Choice;
use crate::gate::{GateReport, Rule};
use crate::report::findings::sarif_log;
use serde_json::{Value, json};

/// What a gate says, as a SARIF 2.1.0 log with one run.
#[must_use]
pub fn gate_sarif(report: &GateReport) -> Value {
    let words = Rule::WORDS.iter();
    let rules = words.clone().filter_map(|word| Rule::from_word(word)).map(|rule| {
        json!({
            "id": rule.word(),
            "shortDescription": { "text": rule.explanation() },
            "fullDescription": { "text": rule.explanation() },
            "help": { "text": rule.explanation() },
            "defaultConfiguration": { "level": "error" },
        })
    });
    let result = |found: super::Finding| {
        json!({
            "ruleId": found.rule.word(),
            "ruleIndex": words.clone().position(|word| *word == found.rule.word()),
            "level": "error",
            "message": { "text": found.message },
            "partialFingerprints": { "annexa/v1": found.fingerprint },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": uri(&found.place.file) },
                "region": { "startLine": found.place.line, "startColumn": found.place.column },
            } }],
        })
    };
    sarif_log(rules.collect(), findings(report).into_iter().map(result).collect())
}
