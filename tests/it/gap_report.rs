//! The gap report as CSV: other readers find the same rows in it, no cell would run in a
//! spreadsheet, and a filter gives the rows it names.

use crate::random::case;
use crate::support::{code, err, folder_of, out, run_in};
use annexa::COLUMNS;
use serde_json::Value;
use std::path::Path;

/// Names that break readers, spreadsheets and terminals.
const NAMES: [&str; 22] = [
    "=SUM(A1:A9)",
    "+1",
    "-1+1",
    "@cmd",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u{a0}=1",
    "\u{202e}=1",
    "＝1",
    "'=1",
    "\"",
    "\"\"\"",
    "a \"b\", c",
    "one\ntwo",
    "one\r\ntwo",
    ",,,",
    "👩\u{200d}💻 Ärzte",
    "\u{202e}evil",
    "\0nul",
    "plain;=1",
];

/// RFC 4180 by its grammar, and nothing else: records end with CRLF.
fn rfc_4180(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut is_start = true;
    while let Some(c) = chars.next() {
        match c {
            '"' if is_start => loop {
                match chars.next().expect("the quotes are closed") {
                    '"' if chars.peek() == Some(&'"') => field.extend(chars.next()),
                    '"' => {
                        assert!(matches!(chars.peek(), Some(',' | '\r')), "text after quotes: {field:?}");
                        break;
                    }
                    c => field.push(c),
                }
            },
            ',' => {
                record.push(std::mem::take(&mut field));
                is_start = true;
                continue;
            }
            '\r' => {
                assert_eq!(chars.next(), Some('\n'), "a bare carriage return");
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
                is_start = true;
                continue;
            }
            '"' | '\n' => panic!("{c:?} outside quotes"),
            c => field.push(c),
        }
        is_start = false;
    }
    assert!(field.is_empty() && record.is_empty(), "the last record has no line end");
    records
}

fn with_crate(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|r| r.expect("CSV").iter().map(str::to_owned).collect()).collect()
}

fn quoted(name: &str) -> String {
    toml::Value::String(name.to_owned()).to_string()
}

/// A library and a profile in which every text that reaches a row is `name`.
fn hostile(name: &str) -> tempfile::TempDir {
    let name = quoted(name);
    let action = |id: &str, owner: &str, more: &str| {
        format!(
            "[[action]]\nid = \"{id}\"\ntitle = {name}\nowner = \"{owner}\"\ntype = \"operational\"\npurpose = \"detective\"\nenforcement = \"mandatory\"\n{more}"
        )
    };
    let catalog = format!(
        "[framework]\nid = \"f\"\ntitle = {name}\nedition = \"1\"\npublisher = \"P\"\nstatus = \"current\"\n[[group]]\nid = \"A\"\ntitle = {name}\n[[control]]\nid = \"A.1\"\ngroup = \"A\"\ntitle = {name}\nkind = \"annex-a\"\n[[control]]\nid = \"A.2\"\ngroup = \"A\"\ntitle = {name}\nkind = \"annex-a\"\n"
    );
    let provider = format!("[provider]\nid = \"p\"\nname = {name}\n[[service]]\nid = \"s\"\nname = {name}\n");
    let actions = action("mine", "customer", "") + &action("theirs", "provider", "");
    let template = format!(
        "[template]\nid = \"p/f\"\ntitle = {name}\nframework = \"f\"\nprovider = \"p\"\nversion = 2020-01-01\n[[map]]\ncontrol = \"A.1\"\nactions = [\"mine\", \"theirs\"]\n"
    );
    let profile = format!(
        "[organization]\nname = {name}\ntenant = {name}\n[[assessment]]\ntemplate = \"p/f\"\ngroup = {name}\n[[service]]\nid = \"s\"\n[[service]]\nid = \"x\"\nexternal = true\nname = {name}\n[[action]]\nid = \"mine\"\nassigned_to = {name}\n[[action.instance]]\nname = {name}\nimplementation = \"planned\"\n"
    );
    folder_of([
        ("library/controls/f.toml", catalog.as_bytes()),
        ("library/templates/p/provider.toml", provider.as_bytes()),
        ("library/templates/p/actions/a.toml", actions.as_bytes()),
        ("library/templates/p/f.toml", template.as_bytes()),
        ("profile.toml", profile.as_bytes()),
    ])
}

fn gaps(folder: &Path, more: &[&str]) -> String {
    let args = [&["gaps", "profile.toml", "-q", "--no-builtin", "--library", "library"], more].concat();
    let output = run_in(folder, &args);
    assert_eq!((code(&output), err(&output)), (0, ""), "{more:?}");
    out(&output).to_owned()
}

fn rows(json: &str) -> Vec<Vec<String>> {
    let rows: Value = serde_json::from_str(json).expect("JSON");
    let cell =
        |row: &Value, key: &str| row[key].as_str().unwrap_or_else(|| panic!("no text `{key}` in {row}")).to_owned();
    rows.as_array().expect("a list").iter().map(|row| COLUMNS.iter().map(|key| cell(row, key)).collect()).collect()
}

/// What a spreadsheet does with a cell before it looks for a formula, in the worst case.
fn would_run(cell: &str) -> bool {
    let seen = cell
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || "\u{200b}\u{202e}\u{feff}".contains(c));
    cell.starts_with(['\t', '\r', '\n']) || seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// The rows of a CSV, held against those of the JSON, which has every text as it is.
fn assert_same(csv: &str, json: &str) {
    let found = rfc_4180(csv);
    assert_eq!(found, with_crate(csv), "two readers");
    assert_eq!(found[0], COLUMNS);
    let expected = rows(json);
    assert_eq!(found.len() - 1, expected.len());
    for (row, plain) in found[1..].iter().zip(&expected) {
        assert_eq!(row.len(), COLUMNS.len());
        for ((cell, plain), column) in row.iter().zip(plain).zip(COLUMNS) {
            let safe = if would_run(plain) { format!("'{plain}") } else { plain.clone() };
            assert_eq!(*cell, safe, "{column}");
            assert!(!would_run(cell), "{column}: {cell:?}");
        }
    }
}

#[test]
fn hostile_names_come_back_whole_and_none_of_them_runs() {
    for name in NAMES {
        let folder = hostile(name);
        let args = ["--as-of", "2020-06-01", "--format"];
        let json = gaps(folder.path(), &[&args[..], &["json"]].concat());
        let path = folder.path().join("gaps.csv");
        gaps(folder.path(), &[&args[..], &["csv", "-o", "gaps.csv"]].concat());
        let csv = std::fs::read_to_string(path).expect("a report");
        assert_same(&csv, &json);
        let texts: Vec<String> = rows(&json).concat();
        assert!(texts.iter().filter(|text| *text == name).count() >= 10, "{name:?} does not reach the report");
        assert!(texts.iter().any(|text| text.contains(&format!("({name})"))), "{name:?} is not in a next step");
    }
}

#[test]
fn a_filter_of_the_csv_is_the_same_filter_of_the_json() {
    let mut seen = 0;
    for seed in 30_000..30_025 {
        let case = case(seed);
        let library: Vec<(String, &String)> =
            case.files.iter().map(|(path, text)| (format!("library/{path}"), text)).collect();
        let files = library.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
        let folder = folder_of(files.chain([("profile.toml", case.profile.as_bytes())]));
        let (day, within) = (case.as_of.to_string(), case.expiring_within.to_string());
        let base = ["--as-of", &day, "--expiring-within", &within, "--format"];
        let all = rows(&gaps(folder.path(), &[&base[..], &["json"]].concat()));
        let at = |column: &str| COLUMNS.iter().position(|c| *c == column).expect("a column");
        let (kind, owner, control) = (at("gap_kind"), at("action_owner"), at("control_id"));
        let Some(middle) = all.get(all.len() / 2).cloned() else { continue };
        let heading = middle[control].rsplit_once('.').map_or(middle[control].as_str(), |(above, _)| above).to_owned();
        let is_under = |row: &Vec<String>| row[control] == heading || row[control].starts_with(&format!("{heading}."));
        type Filter<'a> = (Vec<&'a str>, Box<dyn Fn(&Vec<String>) -> bool + 'a>);
        let filters: [Filter<'_>; 5] = [
            (vec![], Box::new(|_| true)),
            (vec!["--kind", &middle[kind]], Box::new(|row| row[kind] == middle[kind])),
            (
                vec!["--kind", &middle[kind], "--kind", "untested"],
                Box::new(|row| row[kind] == middle[kind] || row[kind] == "untested"),
            ),
            (vec!["--owner", "provider"], Box::new(|row| row[owner] == "provider")),
            (
                vec!["--control", &heading, "--owner", "customer"],
                Box::new(|row| is_under(row) && row[owner] == "customer"),
            ),
        ];
        for (args, is_wanted) in filters {
            let csv = gaps(folder.path(), &[&base[..], &["csv"], &args].concat());
            let json = gaps(folder.path(), &[&base[..], &["json"], &args].concat());
            assert_same(&csv, &json);
            let wanted: Vec<&Vec<String>> = all.iter().filter(|row| is_wanted(row)).collect();
            assert_eq!(rows(&json).iter().collect::<Vec<_>>(), wanted, "seed {seed} {args:?}");
            seen += wanted.len();
        }
    }
    assert!(seen > 1_000, "{seen} rows");
}
