//! The same figures in every form and language: read back out of HTML, XLSX, CSV, JSON and Markdown.
//!
//! The JSON of `annexa score` says what each figure is. Every other form is read by what stands in it
//! for a person, in the marks of its language, and gives the same map of figures.

use crate::sheets::sheets;
use crate::support::{done, folder_of, run_in};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const LANGUAGES: [&str; 6] = ["en", "fr", "it", "ja", "ko", "zh-TW"];
const DAY: [&str; 2] = ["--as-of", "2021-12-01"];

/// What a figure is of, and the figure: a percentage to one decimal, points to one, a count.
type Figures = BTreeMap<String, String>;

/// A decimal to one place, rounded half up as reports do; what is no number, as nothing.
fn one_place(number: &str) -> String {
    let Ok(number) = number.parse::<f64>() else { return "none".to_owned() };
    // Figures have at most four decimals, so this is exact.
    let tenths = ((number * 10_000.0).round() as i64 + 500) / 1_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A number as a person reads it in this language.
fn plain(text: &str, language: &str) -> String {
    let (group, point) = match language {
        "fr" => ('\u{202f}', ','),
        "it" => ('.', ','),
        _ => (',', '.'),
    };
    let number = text.trim().trim_end_matches(['%', ' ', '\u{202f}', '\u{a0}']);
    let digits: String = number.chars().filter(|c| *c != group).map(|c| if c == point { '.' } else { c }).collect();
    one_place(&digits)
}

fn number(value: &Value) -> String {
    match value {
        Value::String(text) => one_place(text),
        other => one_place(&other.to_string()),
    }
}

/// What the JSON of `annexa score` says.
fn truth(folder: &Path, profile: &str) -> Figures {
    let json = done(folder, &[&["score", profile, "--format", "json"], &DAY[..]].concat());
    let score: Value = serde_json::from_str(&json).unwrap();
    let mut figures = Figures::new();
    sides(&mut figures, "overall", &score["overall"]);
    for (n, assessment) in score["assessments"].as_array().unwrap().iter().enumerate() {
        sides(&mut figures, &n.to_string(), assessment);
        figures.insert(format!("{n} gaps"), one_place(&assessment["gaps"].as_array().unwrap().len().to_string()));
        for domain in assessment["domains"].as_array().unwrap() {
            let id = domain["id"].as_str().unwrap();
            for name in ["percent", "assurance_percent"] {
                figures.insert(format!("{n} domain {id} {name}"), number(&domain[name]));
            }
        }
    }
    figures
}

fn sides(figures: &mut Figures, of: &str, value: &Value) {
    figures.insert(format!("{of} percent"), number(&value["percent"]));
    figures.insert(format!("{of} assurance_percent"), number(&value["assurance_percent"]));
    for (side, value) in [("all", value), ("customer", &value["customer"]), ("provider", &value["provider"])] {
        for name in ["percent", "achieved", "possible", "unassessed"] {
            figures.insert(format!("{of} {side} {name}"), number(&value[name]));
        }
    }
}

/// Holds what a form shows against the truth: every figure that it shows, and at least the ones `must` names.
fn hold(truth: &Figures, seen: &Figures, must: &[&str], form: &str) {
    for (name, figure) in seen {
        assert_eq!(Some(figure), truth.get(name), "{form}: {name}");
    }
    let is_due = |name: &&String| must.iter().any(|part| name.contains(part));
    // Of one assessment no figures over all need be shown: they are its own.
    let is_one = !truth.contains_key("1 percent");
    let is_due = |name: &&String| is_due(name) && !(is_one && name.starts_with("overall"));
    let missing: Vec<&String> = truth.keys().filter(is_due).filter(|name| !seen.contains_key(*name)).collect();
    assert!(missing.is_empty(), "{form} does not show {missing:?}");
}

/// The tables of a Markdown text: rows of cells.
fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables = vec![Vec::new()];
    for line in text.lines() {
        match line.strip_prefix("| ").and_then(|l| l.strip_suffix(" |")).or(line.strip_prefix('|')) {
            Some(row) if row.starts_with("---") => {}
            Some(row) => {
                let cells = row.split('|').map(|c| c.trim().to_owned()).collect();
                tables.last_mut().unwrap().push(cells);
            }
            None if tables.last().unwrap().is_empty() => {}
            None => tables.push(Vec::new()),
        }
    }
    tables
}

/// The figures of a Markdown report; `columns` says where percent, assurance, points, possible and
/// unassessed stand in the table of the sides, `has_overall` whether one over all assessments comes first.
fn of_markdown(text: &str, language: &str, columns: [usize; 5], has_overall: bool) -> Figures {
    let mut figures = Figures::new();
    let mut part = if has_overall { None } else { Some(0) };
    let read = |cell: &String| plain(cell, language);
    for table in tables(text) {
        let width = table.first().map_or(0, Vec::len);
        let is_of_sides = table.len() == 4 && width == columns[4] + 1 && table[0][0].is_empty();
        if is_of_sides {
            let of = part.map_or("overall".to_owned(), |n: usize| n.to_string());
            let [percent, assurance, points, possible, unassessed] = columns;
            figures.insert(format!("{of} percent"), read(&table[1][percent]));
            figures.insert(format!("{of} assurance_percent"), read(&table[1][assurance]));
            for (row, side) in table[1..].iter().zip(["all", "customer", "provider"]) {
                let cells =
                    [("percent", percent), ("achieved", points), ("possible", possible), ("unassessed", unassessed)];
                for (name, column) in cells {
                    figures.insert(format!("{of} {side} {name}"), read(&row[column]));
                }
            }
            part = Some(part.map_or(0, |n| n + 1));
            continue;
        }
        // Domains: an id (and a title, in the same cell or the next), percentages, points, covered of all.
        let is_of_domains = table.iter().skip(1).all(|row| row.last().is_some_and(|cell| cell.contains('/')));
        let Some(n) = part.and_then(|n| n.checked_sub(1)).filter(|_| is_of_domains && table.len() > 1) else {
            continue;
        };
        for row in &table[1..] {
            let id = row[0].replace('\\', "");
            let id = id.split_whitespace().next().unwrap();
            let first = row.len() - 4;
            figures.insert(format!("{n} domain {id} percent"), read(&row[first]));
            figures.insert(format!("{n} domain {id} assurance_percent"), read(&row[first + 1]));
        }
    }
    figures
}

/// The figures of the CSV of `annexa score`.
fn of_csv(text: &str) -> Figures {
    let mut figures = Figures::new();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let mut n = 0;
    for record in reader.records().map(Result::unwrap) {
        let row: BTreeMap<&str, &str> = head.iter().map(String::as_str).zip(record.iter()).collect();
        let of = if row["template"] == "overall" { "overall".to_owned() } else { n.to_string() };
        for name in ["percent", "assurance_percent"] {
            figures.insert(format!("{of} {name}"), one_place(row[name]));
        }
        for (name, column) in [("achieved", "achieved"), ("possible", "possible"), ("unassessed", "unassessed")] {
            figures.insert(format!("{of} all {name}"), one_place(row[column]));
        }
        if of != "overall" {
            figures.insert(format!("{of} gaps"), one_place(row["gaps"]));
            n += 1;
        }
    }
    figures
}

/// The figures of a workbook: the rows of its summary, in the order of the result.
fn of_workbook(bytes: &[u8], count: usize) -> Figures {
    let mut figures = Figures::new();
    let sheets = sheets(bytes);
    let (_, summary) = &sheets[0];
    let is_figures = |row: &&Vec<String>| row.len() >= 9 && row[2..9].iter().all(|c| c.parse::<f64>().is_ok());
    let rows: Vec<&Vec<String>> = summary.iter().filter(is_figures).collect();
    let percent = |share: &str| one_place(&format!("{:.2}", share.parse::<f64>().unwrap() * 100.0));
    let parts = (count > 1).then(|| "overall".to_owned()).into_iter().chain((0..count).map(|n| n.to_string()));
    for (of, rows) in parts.zip(rows.chunks(3)) {
        figures.insert(format!("{of} percent"), percent(&rows[0][2]));
        figures.insert(format!("{of} assurance_percent"), percent(&rows[0][4]));
        for (row, side) in rows.iter().zip(["all", "customer", "provider"]) {
            figures.insert(format!("{of} {side} percent"), percent(&row[2]));
            for (name, column) in [("achieved", 5), ("possible", 6), ("unassessed", 8)] {
                figures.insert(format!("{of} {side} {name}"), one_place(&row[column]));
            }
        }
        if of != "overall" {
            figures.insert(format!("{of} gaps"), one_place(&rows[0][12]));
        }
    }
    figures
}

/// The numbers of a page: what programs read of each, which must be what people read of it.
fn numbers(page: &str, language: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in page.match_indices("<data value=") {
        let rest = &page[at + "<data value=".len()..];
        let (value, rest) = rest.split_once('>').unwrap();
        let shown = rest.split_once("</data>").unwrap().0;
        let value = value.trim_matches('"');
        assert_eq!(one_place(value), plain(shown, language), "{language}: {value} and {shown}");
        found.push((at, one_place(value)));
    }
    found
}

/// The figures of a page: of its summary, and of the rows of its domain tables.
fn of_page(page: &str, language: &str, count: usize) -> Figures {
    let mut figures = Figures::new();
    let all = numbers(page, language);
    let within = |from: usize, to: usize| -> Vec<String> {
        all.iter().filter(|(at, _)| (from..to).contains(at)).map(|(_, number)| number.clone()).collect()
    };
    let domains = page.find("<h2 id=h0d>").unwrap();
    let head = within(0, domains);
    let whole = if count > 1 { "overall" } else { "0" };
    figures.insert(format!("{whole} percent"), head[0].clone());
    let start = page.find("<dl class=n>").unwrap();
    let assurance = page[start..].find("<data").unwrap() + start;
    figures.insert(format!("{whole} assurance_percent"), within(assurance, assurance + 1)[0].clone());
    let end = page[domains..].find("</section>").unwrap() + domains;
    let mut n = 0;
    for (at, _) in page[domains..end].match_indices("<table") {
        let from = domains + at;
        let to = page[from..].find("</table>").unwrap() + from;
        for row in page[from..to].split("<tr>").skip(2) {
            let Some(id) = row.strip_prefix("<th scope=row>").and_then(|r| r.split_whitespace().next()) else {
                continue;
            };
            let place = from + (row.as_ptr() as usize - page[from..].as_ptr() as usize);
            let row = within(place, place + row.len());
            figures.insert(format!("{n} domain {id} percent"), row[0].clone());
            figures.insert(format!("{n} domain {id} assurance_percent"), row[1].clone());
        }
        n += 1;
    }
    figures
}

#[test]
fn the_same_figures_stand_in_every_form_and_language() {
    let starters = annexa::starter_profiles().map(|(path, text)| (path.rsplit('/').next().unwrap(), text.as_bytes()));
    let folder = folder_of(starters);
    let here = folder.path();
    for profile in ["enterprise.toml", "small-business.toml"] {
        let truth = truth(here, profile);
        let count = truth.keys().filter(|name| name.ends_with(" gaps")).count();
        let table = done(here, &[&["score", profile, "--format", "csv"], &DAY[..]].concat());
        hold(&truth, &of_csv(&table), &[" gaps", "all achieved"], "score.csv");
        for language in LANGUAGES {
            let report = |args: &[&str]| {
                let output = run_in(here, &[args, &[profile, "--lang", language, "--hours", "0"], &DAY[..]].concat());
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                output.stdout
            };
            let text = |args: &[&str]| String::from_utf8(report(args)).unwrap();
            let form = |name: &str| format!("{profile} as {name} in {language}");
            let score =
                done(here, &[&["score", profile, "--format", "markdown", "--lang", language], &DAY[..]].concat());
            let markdown = of_markdown(&score, language, [1, 2, 3, 4, 5], count > 1);
            hold(&truth, &markdown, &["percent", "possible", "domain"], &form("score.md"));
            let markdown = text(&["report", "--format", "markdown"]);
            let markdown = of_markdown(&markdown, language, [1, 3, 4, 5, 6], count > 1);
            hold(&truth, &markdown, &["percent", "possible", "domain"], &form("report.md"));
            let page = of_page(&text(&["report", "--format", "html"]), language, count);
            hold(&truth, &page, &["domain"], &form("report.html"));
            assert!(page.len() > truth.keys().filter(|n| n.contains("domain")).count());
            let workbook = of_workbook(&report(&["report", "--format", "xlsx"]), count);
            hold(&truth, &workbook, &["all percent", "customer achieved", "gaps"], &form("report.xlsx"));
        }
    }
}
