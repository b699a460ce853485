//! The report as a workbook: its figures are those of the JSON, its text is text, in every language.

use crate::sheets::{between, parts, sheets};
use crate::support::{cases, code, done, err, folder_of, run_in};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const LANGUAGES: [&str; 6] = ["en", "fr", "it", "ja", "ko", "zh-TW"];

type Rows = Vec<Vec<String>>;

/// The starter profiles that ship, in a folder.
fn starters() -> tempfile::TempDir {
    folder_of(annexa::starter_profiles().map(|(path, text)| (path.rsplit('/').next().unwrap(), text.as_bytes())))
}

/// The workbook that `annexa report` writes with these arguments.
fn book(folder: &Path, args: &[&str]) -> Vec<u8> {
    let output = run_in(folder, &[&["report", "--format", "xlsx"], args].concat());
    assert_eq!((code(&output), err(&output)), (0, ""), "{args:?}");
    output.stdout
}

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&done(folder, &[&["report", "--format", "json"], args].concat())).unwrap()
}

/// The sheets by name.
fn by_name(bytes: &[u8]) -> BTreeMap<String, Rows> {
    sheets(bytes).into_iter().collect()
}

/// The rows of a table by their columns.
fn table(rows: &[Vec<String>]) -> Vec<BTreeMap<&str, &str>> {
    let mut list = Vec::new();
    for row in &rows[1..] {
        let cells = row.iter().map(String::as_str).chain(std::iter::repeat(""));
        list.push(rows[0].iter().map(String::as_str).zip(cells).collect());
    }
    list
}

/// So many 1/10 000 as the shortest decimal.
fn decimal(units: u64) -> String {
    let text = format!("{}.{:04}", units / 10_000, units % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An amount of the JSON as it stands in a cell.
fn amount(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        number => number.to_string(),
    }
}

/// A percentage of the JSON as it stands in a cell; `none` where there is no score.
fn percent(value: &Value, none: &str) -> String {
    value.as_f64().map_or(none.to_owned(), |p| decimal(format!("{:.0}", p * 100.0).parse().unwrap()))
}

/// A share in basis points as it stands in a cell.
fn share(value: &Value) -> String {
    value.as_u64().map(decimal).unwrap_or_default()
}

/// A date as the number of a spreadsheet; nothing stays nothing.
fn serial(date: &str) -> String {
    let Ok(date) = date.parse::<chrono::NaiveDate>() else { return date.to_owned() };
    (date - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days().to_string()
}

fn date(value: &Value) -> String {
    serial(value.as_str().unwrap_or_default())
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn count(value: &Value) -> String {
    list(value).len().to_string()
}

/// The names at these positions of a list.
fn named(positions: &Value, of: &Value) -> String {
    let name = |at: &Value| text(&of[usize::try_from(at.as_u64().unwrap()).unwrap()]["id"]);
    list(positions).iter().map(name).collect::<Vec<_>>().join(";")
}

#[test]
fn every_figure_is_that_of_the_json() {
    let folder = starters();
    for name in ["enterprise.toml", "small-business.toml"] {
        let args = [name, "--as-of", "2021-12-01"];
        let (told, book) = (json(folder.path(), &args), by_name(&book(folder.path(), &args)));
        summary(&told, &book["Summary"]);
        controls(&told, &table(&book["Controls"]));
        actions(&told, &table(&book["Actions"]));
        evidence(&told, &table(&book["Evidence"]));
        statement(&told, &table(&book["Statement of Applicability"]));
        let next = table(&book["Next best actions"]);
        let chosen = list(&told["next"]["chosen"]);
        assert_eq!(next.len(), chosen.len().max(1));
        for (row, step) in next.iter().zip(chosen) {
            assert_eq!((row["Item"], row["Hours"]), (text(&step["action"]).as_str(), text(&step["hours"]).as_str()));
            assert_eq!((row["Gain"], row["Score then"]), (&*amount(&step["gain"]), &*percent(&step["percent"], "")));
        }
        assert!(!book.contains_key("Trend"));
    }
}

fn summary(told: &Value, rows: &Rows) {
    let score = &told["score"];
    assert_eq!(rows[0][0], text(&score["organization"]));
    let figures = |of: &Value, side: &str| -> Vec<String> {
        let sums = if side == "All" { of } else { &of[["provider", "customer"][usize::from(side == "Your side")]] };
        let mut cells = vec![side.to_owned(), percent(&sums["percent"], "n/a")];
        cells.extend(["achieved", "possible", "assured", "unassessed"].map(|key| amount(&sums[key])));
        cells
    };
    let found: BTreeSet<Vec<String>> = rows
        .iter()
        .filter(|row| row.len() > 8 && ["All", "Your side", "Provider"].contains(&row[1].as_str()))
        .map(|row| [&row[1..3], &row[5..9]].concat())
        .collect();
    for assessment in list(&score["assessments"]) {
        for side in ["All", "Your side", "Provider"] {
            assert!(found.contains(&figures(assessment, side)), "{:?}", figures(assessment, side));
        }
        for domain in list(&assessment["domains"]) {
            let name = format!("{} {}", text(&domain["id"]), text(&domain["title"]));
            let expected = [
                text(&domain["controls"]),
                percent(&domain["percent"], "n/a"),
                percent(&domain["assurance_percent"], "n/a"),
                amount(&domain["achieved"]),
                amount(&domain["possible"]),
                text(&domain["covered"]),
            ];
            let mut found = rows.iter().filter(|row| row[0] == name);
            assert!(found.any(|row| [1, 2, 4, 5, 6, 10].map(|n| row[n].clone()) == expected), "{name}: {expected:?}");
        }
        let name = format!("{}, group {}", text(&assessment["title"]), text(&assessment["group"]));
        let target = rows.iter().find(|row| row.len() > 12 && row[1] == "All" && row[0] == name).unwrap();
        assert_eq!(target[9], percent(&assessment["target"], ""));
        assert_eq!(target[11], percent(&assessment["outlook"]["assurance_percent"], "n/a"));
        assert_eq!(target[12], count(&assessment["gaps"]));
    }
    for missing in told["assessments"].as_array().unwrap().iter().flat_map(|a| list(&a["missing"])) {
        let kind = text(&missing["kind"]).replace('-', " ");
        let counts = ["findings", "controls", "rows"].map(|key| text(&missing[key]));
        assert!(rows.iter().any(|row| row[0] == kind && row[1..] == counts), "{kind}");
    }
}

fn controls(told: &Value, rows: &[BTreeMap<&str, &str>]) {
    let mut rows = rows.iter();
    for (assessment, sheet) in list(&told["score"]["assessments"]).iter().zip(list(&told["assessments"])) {
        for (control, sheet) in list(&assessment["controls"]).iter().zip(list(&sheet["controls"])) {
            let row = rows.next().unwrap();
            let gaps = list(&assessment["gaps"]).iter().filter(|gap| gap["control_id"] == control["id"]).count();
            for (column, expected) in [
                ("Framework", text(&assessment["framework"])),
                ("Group", text(&assessment["group"])),
                ("Control", text(&control["id"])),
                ("Title", text(&control["title"])),
                ("Status", text(&control["status"]).replace('-', " ")),
                ("Coverage", share(&control["coverage"])),
                ("Responsibility", text(&control["responsibility"])),
                ("Missing side", text(&control["shared_gap"]).replace('-', " ")),
                ("Your points", amount(&control["customer"]["achieved"])),
                ("Yours possible", amount(&control["customer"]["possible"])),
                ("Provider points", amount(&control["provider"]["achieved"])),
                ("Provider possible", amount(&control["provider"]["possible"])),
                ("Actions", named(&sheet["actions"], &told["actions"])),
                ("Reason for exclusion", text(&sheet["exclusion"]["justification"])),
                ("Rows of the gap report", gaps.to_string()),
            ] {
                assert_eq!(row[column], expected, "{column} of {}", control["id"]);
            }
        }
    }
    assert!(rows.next().is_none());
}

fn actions(told: &Value, rows: &[BTreeMap<&str, &str>]) {
    let mut rows = rows.iter();
    for action in list(&told["actions"]) {
        for appraisal in list(&action["appraisals"]) {
            let row = rows.next().unwrap();
            let places = list(&appraisal["places"]);
            let single = if let [one] = &places[..] { one } else { &Value::Null };
            let linked: BTreeSet<u64> =
                places.iter().flat_map(|p| list(&p["evidence"])).map(|at| at.as_u64().unwrap()).collect();
            let linked = Value::from(linked.into_iter().collect::<Vec<_>>());
            for (column, expected) in [
                ("Action", text(&action["id"])),
                ("Title", text(&action["title"])),
                ("Status", text(&appraisal["state"]).replace('-', " ")),
                ("Implemented on", date(&single["implemented_on"])),
                ("Tested on", date(&single["tested_on"])),
                ("Test counts until", date(&single["fresh_until"])),
                ("Assigned", text(&appraisal["entry"]["assigned_to"])),
                ("Due", date(&appraisal["entry"]["due_on"])),
                ("Worth", text(&action["points"])),
                ("Earned", share(&appraisal["share"]["basis_points"])),
                ("Assured share", share(&appraisal["share"]["assured_basis_points"])),
                ("Unassessed share", share(&appraisal["share"]["unassessed_basis_points"])),
                ("Points", amount(&appraisal["figures"]["achieved"])),
                ("Possible", amount(&appraisal["figures"]["possible"])),
                ("Evidence", named(&linked, &told["evidence"])),
                ("Services", named(&action["services"], &told["services"])),
                ("Risk accepted until", date(&action["accepted"]["until"])),
                ("Notes", text(&appraisal["entry"]["notes"])),
            ] {
                assert_eq!(row[column], expected, "{column} of {}", action["id"]);
            }
            assert_eq!(row["Controls"].split(';').count(), list(&appraisal["controls"]).len());
        }
    }
    assert!(rows.next().is_none());
}

fn evidence(told: &Value, rows: &[BTreeMap<&str, &str>]) {
    let items = list(&told["evidence"]);
    assert_eq!(rows.len(), items.len());
    let today: i64 = date(&told["score"]["as_of"]).parse().unwrap();
    for (row, item) in rows.iter().zip(items) {
        let until = date(&item["counts_to"]);
        let left = until.parse::<i64>().map(|until| (until - today).to_string()).unwrap_or_default();
        for (column, expected) in [
            ("Id", text(&item["id"])),
            ("Title", text(&item["title"])),
            ("Status", text(&item["state"]).replace('-', " ")),
            ("Valid from", date(&item["valid_from"])),
            ("Valid until", date(&item["valid_to"])),
            ("Counts from", date(&item["counts_from"])),
            ("Counts until", until),
            ("Days left", left),
            ("Where it is", text(&item["link"])),
            ("Controls", text(&item["controls"])),
            ("Actions", count(&item["actions"])),
            ("Actions that rest on it", named(&item["actions"], &told["actions"])),
        ] {
            assert_eq!(row[column], expected, "{column} of {}", item["id"]);
        }
    }
}

fn statement(told: &Value, rows: &[BTreeMap<&str, &str>]) {
    let statements = list(&told["statements"]);
    let controls: Vec<(&Value, &Value)> =
        statements.iter().flat_map(|s| list(&s["rows"]).iter().map(move |row| (s, row))).collect();
    assert!(rows.len() == controls.len() && rows.len() > 100);
    for (row, (statement, control)) in rows.iter().zip(controls) {
        let applies = if control["applicable"] == true { "yes" } else { "no" };
        for (column, expected) in [
            ("Framework", text(&statement["framework"])),
            ("Group", text(&statement["group"])),
            ("Control", text(&control["control"])),
            ("Title", text(&control["title"])),
            ("Applicable", applies.to_owned()),
        ] {
            assert_eq!(row[column], expected, "{column} of {}", control["control"]);
        }
        assert!(row["Justification"].contains(&text(&control["justification"])));
        assert_eq!(row["Evidence"].lines().count(), list(&control["evidence"]).len());
    }
}

#[test]
fn the_gaps_are_those_of_the_csv_cell_by_cell_in_every_language() {
    let folder = starters();
    let mut numbers = BTreeSet::new();
    for language in LANGUAGES {
        let args = ["enterprise.toml", "--as-of", "2021-12-01", "--lang", language];
        let bytes = book(folder.path(), &args);
        let found = sheets(&bytes);
        // The third sheet, whatever it is called.
        let rows = &found[2].1;
        let csv = done(folder.path(), &[&["gaps"], &args[..]].concat());
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
        let expected: Rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(rows.len(), expected.len());
        for (row, expected) in rows.iter().zip(&expected) {
            for (n, head) in expected.iter().enumerate() {
                let cell = row.get(n).map_or("", String::as_str);
                let expected = match rows[0][n].as_str() {
                    "as_of" | "due_on" | "valid_to" => serial(head),
                    "points_at_stake" if head.contains('.') => amount(&Value::from(head.as_str())),
                    _ => head.strip_prefix('\'').unwrap_or(head).to_owned(),
                };
                assert_eq!(cell, expected, "{language}: {}", rows[0][n]);
            }
        }
        // Each heading tells what its column holds.
        let notes = &parts(&bytes)["xl/comments1.xml"];
        let help = done(folder.path(), &["gaps", "--columns", "--lang", language]);
        assert_eq!(between(notes, "<comment ", ">").count(), 26);
        let first =
            between(notes, "<t>", "</t>").next().or(between(notes, "<t xml:space=\"preserve\">", "</t>").next());
        assert!(help.contains(first.unwrap()), "{language}: {first:?}");
        // Every number of every sheet is the same in all of them.
        let is_number = |cell: &&String| cell.parse::<f64>().is_ok();
        let all: Vec<String> = found.iter().flat_map(|(_, rows)| rows).flatten().filter(is_number).cloned().collect();
        numbers.insert(all);
        assert_eq!(found.len(), 7);
        names_hold(&found);
    }
    assert_eq!(numbers.len(), 1);
}

/// Names of sheets and headings are such as a spreadsheet takes.
fn names_hold(sheets: &[(String, Rows)]) {
    let names: BTreeSet<String> = sheets.iter().map(|(name, _)| name.to_lowercase()).collect();
    assert_eq!(names.len(), sheets.len());
    for (name, rows) in sheets {
        let is_odd = |c: char| "[]:*?/\\".contains(c);
        assert!(name.encode_utf16().count() <= 31 && !name.contains(is_odd) && !name.starts_with('\''), "{name}");
        if rows[0].len() > 2 {
            let heads: BTreeSet<String> = rows[0].iter().map(|head| head.to_lowercase()).collect();
            assert!(heads.len() == rows[0].len() && !heads.contains(""), "{name}: {:?}", rows[0]);
        }
    }
}

#[test]
fn tables_have_filters_a_header_that_stays_and_colours_and_charts_have_cells() {
    let folder = starters();
    let bytes = book(folder.path(), &["enterprise.toml", "--as-of", "2021-12-01"]);
    let parts = parts(&bytes);
    for n in 2..=7 {
        let sheet = &parts[&format!("xl/worksheets/sheet{n}.xml")];
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<tablePart "), "sheet {n}");
        let page_of = between(sheet, "<pageSetup", "/>").next();
        assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>") && page_of.is_some(), "sheet {n}: {page_of:?}");
        assert!(page_of.unwrap().contains("landscape") && page_of.unwrap().contains("paperSize=\"9\""));
        assert!(sheet.contains("<oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter>"), "sheet {n}");
    }
    let gaps = &parts["xl/worksheets/sheet3.xml"];
    assert!(gaps.contains("\"test-failed\"") && gaps.contains("<dataBar"));
    assert!(gaps.contains("<formula>AND(ISNUMBER($R2),$R2&lt;$B2)</formula>"));
    assert!(parts["xl/workbook.xml"].contains("_xlnm.Print_Titles"));
    let charts: Vec<&String> =
        parts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart")).map(|p| p.1).collect();
    assert_eq!(charts.len(), 4, "two for each assessment");
    assert!(charts.iter().all(|chart| chart.contains("<c:f>Summary!$A$") && chart.contains("<c:v>")));
    assert!(!parts.keys().any(|name| name.contains("vba") || name.contains("externalLink")));
    // The day of the figures stands for the clock, and nobody is named.
    let core = &parts["docProps/core.xml"];
    assert!(
        core.contains("2021-12-01T00:00:00Z</dcterms:created>") && core.contains("<dc:creator></dc:creator>"),
        "{core}"
    );
}

#[test]
fn the_same_input_gives_the_same_bytes_and_goes_to_a_file_as_other_results_do() {
    let case = fs::read(cases("report/one-assessment/tenant.toml")).unwrap();
    let folder = folder_of([("tenant.toml", &case[..])]);
    let library = cases("migrate-library");
    let made = ["tenant.toml", "--no-builtin", "--library", library.to_str().unwrap(), "--as-of", "2022-06-01"];
    let first = book(folder.path(), &made);
    assert!(first == book(folder.path(), &[&made[..], &["-o", "-"]].concat()));
    let output = run_in(folder.path(), &[&["report"], &made[..], &["-o", "report.xlsx"]].concat());
    assert_eq!((code(&output), err(&output)), (0, "report of 1 tenant in report.xlsx\n"));
    assert!(output.stdout.is_empty() && fs::read(folder.path().join("report.xlsx")).unwrap() == first);
    // Another date is another file.
    let other = [&made[..5], &["2022-06-02"]].concat();
    assert!(first != book(folder.path(), &other));
}

#[test]
fn what_was_recorded_is_a_table_and_a_line() {
    let case = fs::read(cases("report/one-assessment/tenant.toml")).unwrap();
    let folder = folder_of([("tenant.toml", &case[..])]);
    let library = cases("migrate-library");
    let library = ["--no-builtin", "--library", library.to_str().unwrap()];
    for day in ["2022-01-01", "2022-03-15", "2022-06-01"] {
        done(folder.path(), &[&["history", "record", "tenant.toml", "--as-of", day], &library[..]].concat());
    }
    let args = [&["tenant.toml", "--as-of", "2022-06-01"], &library[..]].concat();
    let (told, bytes) = (json(folder.path(), &args), book(folder.path(), &args));
    let book = by_name(&bytes);
    let rows = table(&book["Trend"]);
    let points = list(&told["history"]["trend"]["points"]);
    assert_eq!((rows.len(), points.len()), (3, 3));
    for (row, point) in rows.iter().zip(points) {
        for (column, expected) in [
            ("Date", date(&point["as_of"])),
            ("Score", percent(&point["percent"], "")),
            ("Assurance", percent(&point["assurance_percent"], "")),
            ("Points", amount(&point["achieved"])),
            ("Possible", amount(&point["possible"])),
            ("Rows of the gap report", text(&point["gaps"])),
            ("Snapshot", text(&point["id"])),
        ] {
            assert_eq!(row[column], expected, "{column}");
        }
    }
    let parts = parts(&bytes);
    let line = parts.values().find(|part| part.contains("<c:lineChart>")).unwrap();
    assert!(line.contains("<c:f>Trend!$B$2:$B$4</c:f>") && line.contains("<c:dateAx>"));
}

#[test]
fn of_several_tenants_each_row_says_whose_it_is() {
    let folder = starters();
    let files = ["enterprise.toml", "small-business.toml", "us-government.toml"];
    let args = [&files[..], &["--as-of", "2021-12-01"]].concat();
    let (told, bytes) = (json(folder.path(), &args), book(folder.path(), &args));
    let found = sheets(&bytes);
    let book: BTreeMap<&str, &Rows> = found.iter().map(|(name, rows)| (name.as_str(), rows)).collect();
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..5], ["Summary", "Assessments", "Domains", "Missing by kind", "Controls"]);
    // Below the title and the chart.
    let head = book["Summary"].iter().position(|row| row[0] == "Tenant").unwrap();
    let tenants = table(&book["Summary"][head..]);
    assert_eq!(tenants.len(), files.len());
    for (row, dossier) in tenants.iter().zip(list(&told)) {
        let (score, overall) = (&dossier["score"], &dossier["score"]["overall"]);
        let gaps: usize = list(&score["assessments"]).iter().map(|a| list(&a["gaps"]).len()).sum();
        for (column, expected) in [
            ("Tenant", text(&score["tenant"])),
            ("Organization", text(&score["organization"])),
            ("Score", percent(&overall["percent"], "n/a")),
            ("Assurance", percent(&overall["assurance_percent"], "n/a")),
            ("Points", amount(&overall["achieved"])),
            ("Possible", amount(&overall["possible"])),
            ("Your side", percent(&overall["customer"]["percent"], "n/a")),
            ("Provider", percent(&overall["provider"]["percent"], "n/a")),
            ("Assessments", count(&score["assessments"])),
            ("Rows of the gap report", gaps.to_string()),
        ] {
            assert_eq!(row[column], expected, "{column}");
        }
        let mine = |name: &str| table(book[name]).iter().filter(|row| row["Tenant"] == score["tenant"]).count();
        assert_eq!(mine("Assessments"), list(&score["assessments"]).len());
        assert_eq!(mine("Evidence"), list(&dossier["evidence"]).len());
        let appraisals: usize = list(&dossier["actions"]).iter().map(|a| list(&a["appraisals"]).len()).sum();
        assert_eq!(mine("Actions"), appraisals);
    }
    for language in LANGUAGES {
        names_hold(&sheets(&self::book(folder.path(), &[&args[..], &["--lang", language]].concat()))[1..]);
    }
}

/// A text that would like to be more: a formula, a link, markup, markup of the writer of workbooks.
const HOSTILE: [&str; 9] = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "=HYPERLINK(\\\"https://example.com\\\",\\\"x\\\")",
    "{=1+1}",
    "<r><t>x</t></r>",
    "_x003D_1+1 <script>alert(1)</script> ]]> &amp; \\u0007\\u001b[31m\\u202e\\ufffe\\uffff 🏴‍☠️",
    "javascript:alert(1)",
];

fn hostile_profile() -> String {
    let long = "x".repeat(40_000);
    let all = HOSTILE.join(" ");
    let mut profile = format!("[organization]\nname = \"{}\"\ntenant = \"{}\"\n", HOSTILE[0], HOSTILE[6]);
    for group in HOSTILE {
        profile += &format!("[[assessment]]\ntemplate = \"acme-cloud/old\"\ngroup = \"{group}\"\n");
    }
    profile += "[[service]]\nid = \"acme-mail\"\n";
    for (n, action) in ["write-policies", "review-policies", "destroy-media"].iter().enumerate() {
        let (one, two) = (HOSTILE[n], HOSTILE[n + 6]);
        profile += &format!(
            "[[action]]\nid = \"{action}\"\nassigned_to = \"{one}\"\nnotes = \"{two}\"\n[[action.instance]]\n\
             name = \"{two}\"\nimplementation = \"implemented\"\ntest = \"passed\"\ntested_on = 2022-05-01\n\
             evidence = [\"item-0\", \"item-1\", \"item-2\"]\n\
             [[action.instance]]\nname = \"{one}\"\nimplementation = \"planned\"\n"
        );
    }
    let links = ["https://example.com/a?b=c&d=%20#e", "", "http://example.com/=1+1"];
    for (n, link) in links.iter().enumerate() {
        profile += &format!(
            "[[evidence]]\nid = \"item-{n}\"\ntitle = \"{}\"\nkind = \"{}\"\n",
            HOSTILE[n + 3],
            HOSTILE[n + 6]
        );
        if n != 1 {
            profile += &format!("url = \"{link}\"\n");
        }
    }
    profile += &format!(
        "[[exclusion]]\ncontrol = \"A.9.1\"\njustification = \"{all}{long}\"\n\
         [[risk_acceptance]]\naction = \"destroy-media\"\nowner = \"{all}\"\nexpires_on = 2022-07-31\nrationale = \"{all}\"\n"
    );
    profile
}

#[test]
fn texts_that_would_do_harm_stay_texts() {
    let profile = hostile_profile();
    let folder = folder_of([
        ("tenant.toml", profile.as_bytes()),
        ("other.toml", profile.replace("name = \"=cmd", "name = \"+cmd").as_bytes()),
    ]);
    let library = cases("migrate-library");
    let args = ["tenant.toml", "--no-builtin", "--library", library.to_str().unwrap(), "--as-of", "2022-06-01", "-q"];
    for args in [args.to_vec(), [&["other.toml"], &args[..]].concat()] {
        let bytes = book(folder.path(), &args);
        // `sheets` fails at a formula, and where the file holds markup that is not the writer's own.
        let cells: Vec<String> = sheets(&bytes).into_iter().flat_map(|(_, rows)| rows).flatten().collect();
        for text in ["=cmd|' /C calc'!A0", "+1+1", "@SUM(1+1)", "{=1+1}", "<r><t>x</t></r> "] {
            assert!(cells.iter().any(|cell| cell == text), "{text}");
        }
        assert!(cells.iter().all(|cell| cell.encode_utf16().count() <= 32_767));
        assert!(cells.iter().any(|cell| cell.ends_with(" [cut: longer than a cell can be]")));
        for (name, part) in parts(&bytes) {
            // What XML 1.0 may hold.
            let is_odd = |c: char| {
                (c.is_control() && !"\n\r\t".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{202e}')
            };
            assert_eq!(part.chars().find(|c| is_odd(*c)), None, "{name}");
            assert!(!part.contains("<script"), "{name}");
            for target in between(&part, "Target=\"", "\"").filter(|target| target.contains(':')) {
                assert!(target.to_lowercase().starts_with("http"), "{name}: {target}");
            }
        }
    }
}
