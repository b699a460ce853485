//! What each source makes of a file, told in a line a row, so that a test shows it whole.

use annexa::import::{Fact, Finding, Format, Input, Map, Reading, Row, Stated, Subject, source};
use annexa::{Choice, Diagnostics, Sources};
use std::collections::BTreeMap;
use std::path::Path;

/// What a source makes of files.
pub(crate) fn read(format: Format, files: &[(&str, &[u8])]) -> Result<Reading, Diagnostics> {
    let mut sources = Sources::default();
    let inputs: Vec<Input> =
        files.iter().map(|(name, bytes)| Input::new(name, bytes.to_vec(), &mut sources).unwrap()).collect();
    source::read(format, &inputs, &Map::default(), &sources)
}

/// What a source makes of shipped samples.
pub(crate) fn read_samples(format: Format, names: &[&str]) -> Reading {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(format.word());
    let files: Vec<_> = names.iter().map(|name| (*name, std::fs::read(folder.join(name)).unwrap())).collect();
    let files: Vec<_> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    read(format, &files).unwrap_or_else(|faults| panic!("{:?}", messages(&faults)))
}

/// Each row of texts as a line: first the facts, then what is not used.
pub(crate) fn lines(format: Format, texts: &[&str]) -> Vec<String> {
    let files: Vec<_> = texts.iter().map(|text| ("a.json", text.as_bytes())).collect();
    told(&read(format, &files).unwrap_or_else(|faults| panic!("{:?}", messages(&faults))))
}

/// The message of each fault of a text.
pub(crate) fn faults(format: Format, text: &str) -> Vec<String> {
    messages(&read(format, &[("a.json", text.as_bytes())]).expect_err("a fault"))
}

fn messages(faults: &Diagnostics) -> Vec<String> {
    faults.sorted().into_iter().map(|fault| fault.message.clone()).collect()
}

fn told(reading: &Reading) -> Vec<String> {
    let facts = reading.facts.iter().map(fact);
    let unused = reading.unused.iter().map(|unused| {
        let column = unused.column.as_deref().unwrap_or("-");
        format!("{}: {} at {column}: {}", row(&unused.row), unused.reason, unused.detail)
    });
    facts.chain(unused).collect()
}

fn row(row: &Row) -> String {
    format!("{}/{} {}", row.file, row.line, row.id)
}

fn fact(fact: &Fact) -> String {
    let Subject::Signal(subject) = &fact.subject else { panic!("a signal is expected: {:?}", fact.subject) };
    let mut line = format!("{}: {subject}", row(&fact.row));
    let parts = [("in", &fact.place), ("of", &fact.resource)];
    for (word, text) in parts.into_iter().filter_map(|(word, part)| Some((word, part.as_ref()?))) {
        line.push_str(&format!(" {word} {text}"));
    }
    for (word, day) in [("on", fact.on), ("told", fact.reported_on)] {
        line.push_str(&day.map(|day| format!(" {word} {day}")).unwrap_or_default());
    }
    line + ": " + &finding(&fact.finding)
}

fn finding(finding: &Finding) -> String {
    match finding {
        Finding::Checked { met, of, risk } => format!("{met}/{of} {risk}"),
        Finding::NothingToTest => "nothing to test".to_owned(),
        Finding::NotRun(why) => format!("not run: {why}"),
        Finding::Stated(stated) => statement(stated),
        Finding::Accepted(accepted) => {
            let day = accepted.expires_on.map_or("-".to_owned(), |day| day.to_string());
            let text = |text: &Option<String>| text.clone().unwrap_or("-".to_owned());
            format!("accepted by {} until {day}: {}", text(&accepted.owner), text(&accepted.rationale))
        }
    }
}

fn statement(stated: &Stated) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(stated.implementation.map(|word| word.to_string()));
    words.extend(stated.test.map(|word| word.to_string()));
    words.extend(stated.source.map(|word| word.to_string()));
    words.extend(stated.tested_on.map(|day| format!("tested {day}")));
    words.extend(stated.assigned_to.as_ref().map(|name| format!("by {name}")));
    words.extend(stated.notes.as_ref().map(|text| format!("\"{text}\"")));
    for exhibit in &stated.evidence {
        let text = |text: &Option<String>| text.clone().unwrap_or("-".to_owned());
        let until = exhibit.valid_to.map_or("-".to_owned(), |day| day.to_string());
        words.push(format!("[{} {} until {until}]", text(&exhibit.title), text(&exhibit.url)));
    }
    words.join(" ")
}

/// How many rows of a reading there are of each kind.
pub(crate) fn counts(reading: &Reading) -> BTreeMap<String, usize> {
    let facts = reading.facts.iter().map(|fact| match &fact.finding {
        Finding::Checked { met, of, .. } if met == of => "passed".to_owned(),
        Finding::Checked { met: 0, .. } => "failed".to_owned(),
        Finding::Checked { .. } => "partial".to_owned(),
        Finding::NothingToTest => "nothing-to-test".to_owned(),
        Finding::NotRun(_) => "not-run".to_owned(),
        Finding::Stated(stated) => stated.test.map_or("stated".to_owned(), |test| format!("stated {test}")),
        Finding::Accepted(_) => "accepted".to_owned(),
    });
    let unused = reading.unused.iter().map(|unused| unused.reason.to_string());
    let mut counts = BTreeMap::new();
    for kind in facts.chain(unused) {
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

/// The same, to compare with.
pub(crate) fn expected(counts: &[(&str, usize)]) -> BTreeMap<String, usize> {
    counts.iter().map(|(kind, number)| ((*kind).to_owned(), *number)).collect()
}

/// Cuts a text short at every byte, and puts other values in the place of each: a fault or rows, never a panic.
pub(crate) fn survives(format: Format, text: &str) {
    let read = |bytes: &[u8]| read(format, &[("a.json", bytes)]).is_ok();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        read(&text.as_bytes()[..end]);
    }
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    for other in ["null", "true", "-1", "1e999", "99999999999999999999999", "\"\"", "\"\\u0000\"", "[]", "[[{}]]", "{}"]
    {
        let other: serde_json::Value = serde_json::from_str(other).unwrap_or(serde_json::Value::Null);
        for at in 0.. {
            let mut changed = value.clone();
            if !put(&mut changed, &other, &mut { at }) {
                break;
            }
            read(changed.to_string().as_bytes());
        }
    }
}

/// Puts `other` in the place of the value that is the `left`th, counted through the whole tree.
fn put(value: &mut serde_json::Value, other: &serde_json::Value, left: &mut usize) -> bool {
    if *left == 0 {
        *value = other.clone();
        return true;
    }
    *left -= 1;
    match value {
        serde_json::Value::Array(items) => items.iter_mut().any(|item| put(item, other, left)),
        serde_json::Value::Object(fields) => fields.values_mut().any(|field| put(field, other, left)),
        _ => false,
    }
}

/// What would take far more memory than its bytes is refused before it does.
#[test]
fn more_than_is_imported_is_refused() {
    let rows = |inner: &str| inner.replace("ROWS", &vec!["0"; 1_000_001].join(","));
    for (format, text) in [
        (Format::SecureScore, "{\"value\": [ROWS]}"),
        (Format::AzurePolicy, "[ROWS]"),
        (Format::Hdf, "{\"profiles\": [{\"controls\": [ROWS]}]}"),
        (Format::Maester, "{\"Tests\": [ROWS]}"),
    ] {
        let text = rows(text);
        assert_eq!(
            faults(format, &text),
            ["the file holds more than 1 million rows, the most that is imported"],
            "{format}"
        );
    }
    let values = format!("[{}]", ["[]"; 40].join(",").replace("[]", &format!("[{}]", vec!["0"; 200_001].join(","))));
    for format in [Format::SecureScore, Format::AzurePolicy, Format::Hdf, Format::Maester] {
        let told = faults(format, &values);
        assert_eq!(told, ["the file holds more than 8 million values, the most that is imported"], "{format}");
    }
}

/// What lies deep or is linked in a ring ends, and a name of megabytes is a name like any other.
#[test]
fn hostile_files_end() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(200_000), close.repeat(200_000));
    for format in [Format::SecureScore, Format::AzurePolicy, Format::Hdf, Format::Maester] {
        for text in [deep("[", "]"), deep("[", ""), deep("{\"value\":", "").clone() + "1" + &"}".repeat(200_000)] {
            assert!(!faults(format, &text).is_empty(), "{format}");
        }
    }
    let ring = (0..20_000).map(|at| {
        format!(r#"{{"name": "{at}", "parent_profile": "{}", "controls": [{{"id": "a"}}]}}"#, (at + 1) % 20_000)
    });
    let ring: Vec<String> = ring.collect();
    assert_eq!(lines(Format::Hdf, &[&format!("{{\"profiles\": [{}]}}", ring.join(","))]).len(), 20_000);
    let long = "x".repeat(1 << 20);
    let score =
        format!(r#"{{"id": "{long}", "controlScores": [{{"controlName": "{long}", "scoreInPercentage": 1}}]}}"#);
    assert_eq!(lines(Format::SecureScore, &[&score]).len(), 1);
}
