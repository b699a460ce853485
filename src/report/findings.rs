//! Findings as data: what is told about the input, as JSON and as SARIF 2.1.0.
//!
//! Both are functions of the same diagnostics that are drawn for people. SARIF is what code hosts
//! and editors read; each finding there has a fingerprint that does not change when lines move.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Label, Severity};
use crate::source::{Sources, Span};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The diagnostics as JSON: how many there are, and each with its places.
#[must_use]
pub fn findings_json(diagnostics: &Diagnostics, sources: &Sources) -> Value {
    let place = |label: &Label| {
        let (file, start, end) = region(label.span, sources)?;
        Some(json!({
            "file": file,
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
            "text": label.text,
        }))
    };
    let one = |d: &&Diagnostic| {
        json!({
            "code": d.code.name(),
            "severity": d.severity().word(),
            "message": d.message,
            "about": d.about,
            "places": d.labels.iter().filter_map(place).collect::<Vec<_>>(),
            "help": d.help,
        })
    };
    json!({
        "errors": diagnostics.count(Severity::Error),
        "warnings": diagnostics.count(Severity::Warning),
        "diagnostics": diagnostics.sorted().iter().map(one).collect::<Vec<_>>(),
    })
}

/// The diagnostics as a SARIF 2.1.0 log with one run.
#[must_use]
pub fn findings_sarif(diagnostics: &Diagnostics, sources: &Sources) -> Value {
    let sorted = diagnostics.sorted();
    // Every lint is a rule, found or not: who reads the log sees what was looked for.
    let is_rule = |code: &Code| code.is_lint() || sorted.iter().any(|d| d.code == *code);
    let rules: Vec<Code> = Code::ALL.iter().copied().filter(is_rule).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let results: Vec<Value> = sorted.iter().map(|d| result(d, &rules, sources, &mut seen)).collect();
    sarif_log(rules.iter().map(|code| rule(*code)).collect(), results)
}

/// A SARIF 2.1.0 log with one run of this program.
pub(super) fn sarif_log(rules: Vec<Value>, results: Vec<Value>) -> Value {
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "annexa",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            // Columns are counted in characters, as the drawn diagnostics count them.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    let text = code.explanation();
    let short = text.split_inclusive(". ").next().unwrap_or(text).trim_end();
    json!({
        "id": code.name(),
        "shortDescription": { "text": short },
        "fullDescription": { "text": text },
        "help": { "text": text },
        "defaultConfiguration": { "level": code.severity().word() },
    })
}

fn result(d: &Diagnostic, rules: &[Code], sources: &Sources, seen: &mut BTreeMap<String, usize>) -> Value {
    let mut message = d.message.clone();
    for help in &d.help {
        message.push_str("; ");
        message.push_str(help);
    }
    let mut result = json!({
        "ruleId": d.code.name(),
        "ruleIndex": rules.iter().position(|code| *code == d.code),
        "level": d.severity().word(),
        "message": { "text": message },
        "partialFingerprints": { "annexa/v1": fingerprint(d, sources, seen) },
    });
    let logical = d.about.as_ref().map(|id| json!([{ "fullyQualifiedName": id }]));
    let mut labels = d.labels.iter();
    // A place that no source has (a folder that cannot be read) leaves the result without one.
    let mut location = labels.next().and_then(|label| physical(label, sources)).unwrap_or_else(|| json!({}));
    if let (Some(logical), Some(location)) = (logical, location.as_object_mut()) {
        location.insert("logicalLocations".to_owned(), logical);
    }
    if let Some(result) = result.as_object_mut() {
        if location.as_object().is_some_and(|l| !l.is_empty()) {
            result.insert("locations".to_owned(), json!([location]));
        }
        let related: Vec<Value> = labels.filter_map(|label| physical(label, sources)).collect();
        if !related.is_empty() {
            result.insert("relatedLocations".to_owned(), json!(related));
        }
    }
    result
}

fn physical(label: &Label, sources: &Sources) -> Option<Value> {
    let (file, start, end) = region(label.span, sources)?;
    Some(json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(file) },
            "region": { "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column },
        },
        "message": { "text": label.text },
    }))
}

/// The file of a span, and the lines and columns of its start and of what follows its end.
fn region(span: Span, sources: &Sources) -> Option<(&str, Point, Point)> {
    let (file, line, column) = sources.place(span)?;
    let (_, end_line, end_column) = sources.place(Span { start: span.end, ..span })?;
    Some((file, Point { line, column }, Point { line: end_line, column: end_column }))
}

/// A place in a text, counted from 1, columns in characters.
struct Point {
    line: usize,
    column: usize,
}

/// What tells a finding from every other, whatever stands above it in its file: the code, what it is
/// about, the file, and the how manieth it is of those that have all this in common.
fn fingerprint(d: &Diagnostic, sources: &Sources, seen: &mut BTreeMap<String, usize>) -> String {
    let file = d.labels.first().and_then(|label| sources.get(label.span.file)).map_or("", |source| &source.name);
    // Messages have counts in them, so that the id is better where there is one.
    let about = d.about.as_deref().unwrap_or(&d.message);
    numbered(format!("{}\0{about}\0{}", d.code.name(), uri(file)), seen)
}

/// The digest of a key and of the how manieth it is.
pub(super) fn numbered(key: String, seen: &mut BTreeMap<String, usize>) -> String {
    let count = seen.entry(key.clone()).or_default();
    *count += 1;
    let digest = Sha256::digest(format!("{key}\0{count}").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A path as a URI: relative where it is relative, with `/`, and what a URI cannot hold escaped.
pub(super) fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    if let Some(inside) = path.strip_prefix("builtin:") {
        return format!("builtin:{}", escaped(inside));
    }
    let relative = path.strip_prefix("./").unwrap_or(&path);
    let has_drive = matches!(relative.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    match relative.strip_prefix('/') {
        Some(absolute) => format!("file:///{}", escaped(absolute)),
        None if has_drive => format!("file:///{}", escaped(relative)),
        None => escaped(relative),
    }
}

fn escaped(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("controls/a.toml", "controls/a.toml"),
            ("./my library/ü.toml", "my%20library/%C3%BC.toml"),
            ("/tmp/a#b.toml", "file:///tmp/a%23b.toml"),
            (r"C:\lib\a.toml", "file:///C%3A/lib/a.toml"),
            (r"lib\a.toml", "lib/a.toml"),
            ("builtin:controls/x y.toml", "builtin:controls/x%20y.toml"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
