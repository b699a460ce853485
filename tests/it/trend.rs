//! The trend: charts as they are drawn, and `annexa history trend` and `rescore` as a person meets them.

use crate::cli::{folder, with};
use crate::support::{annexa, cases, code, differs, done, err, folder_of, none, out, refused, run_in};
use annexa::report::{Chart, Join, Level, Mark, Series, Style};
use annexa::{History, Locale, Percent, TrendPart, TrendQuery, TrendScope};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::Path;
use unicode_width::UnicodeWidthStr;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn series(name: &str, values: &[(&str, Option<u32>)]) -> Series {
    Series::new(name, values.iter().map(|(date, value)| (day(date), value.map(Percent::from_hundredths))).collect())
}

/// Two lines, one with a gap and one with a value alone, a target, and two marks, one of a long text.
fn chart(join: Join) -> Chart {
    let score = [
        ("2021-01-01", Some(4_210)),
        ("2021-02-15", Some(5_530)),
        ("2021-04-01", None),
        ("2021-06-01", Some(6_096)),
        ("2021-09-01", Some(6_096)),
        ("2021-12-01", Some(7_022)),
    ];
    let assurance = [("2021-01-01", Some(3_500)), ("2021-04-01", None), ("2021-09-01", Some(3_500))];
    let mark = |date: &str, label: &str| Mark { day: day(date), label: label.to_owned() };
    Chart {
        locale: Locale::English,
        title: "Contoso <株式会社> & daughters".to_owned(),
        join,
        series: vec![series("Score", &score), series("Assurance 保証", &assurance)],
        targets: vec![Level { name: "Target".to_owned(), at: Percent::from_hundredths(8_000) }],
        marks: vec![
            mark("2021-09-01", "the template asks for more: プロバイダー and a few words that make it long"),
            mark("2021-06-01", "a second assessment"),
        ],
    }
}

#[test]
fn a_chart_reads_as_expected_at_each_width() {
    let mut faults = Vec::new();
    for width in [40, 80, 120] {
        for (join, name) in [(Join::Straight, "straight"), (Join::Steps, "steps")] {
            let text = chart(join).text(Style { color: false, width: Some(width), ..Style::PLAIN });
            faults.extend(differs(&cases(&format!("trend/{name}-{width}.txt")), &text));
            assert!(text.lines().all(|line| line.width() <= usize::from(width)), "{text}");
        }
    }
    none(&faults);
    let usual = Style { color: false, width: Some(80), ..Style::PLAIN };
    assert_eq!(chart(Join::Straight).text(Style::PLAIN), chart(Join::Straight).text(usual));
    let coloured = chart(Join::Straight).text(Style { color: true, width: Some(80), ..Style::PLAIN });
    assert!(coloured.contains("\u{1b}[36m"), "{coloured:?}");
}

#[test]
fn an_svg_chart_is_one_well_formed_file_that_asks_for_nothing() {
    let mut faults = Vec::new();
    for (join, name) in [(Join::Straight, "straight"), (Join::Steps, "steps")] {
        let svg = chart(join).svg();
        assert_well_formed(&svg);
        faults.extend(differs(&cases(&format!("trend/{name}.svg")), &svg));
        assert!(svg.contains("role=\"img\" aria-labelledby=\"title desc\""), "{svg}");
        assert!(svg.contains("<title id=\"title\">Contoso &lt;株式会社&gt; &amp; daughters</title>"), "{svg}");
        assert!(svg.contains("Score: 42.1 % on 2021-01-01, 70.2 % on 2021-12-01"), "{svg}");
        assert_eq!(svg.matches("http").count(), 1, "nothing but the namespace");
        for word in ["<script", "href", "url(", "@import", "<foreignObject", "onload"] {
            assert!(!svg.contains(word), "{word}");
        }
    }
    none(&faults);
}

/// Fails unless the text is one element whose tags close in order, with nothing in texts and values
/// that XML would not have there.
pub(crate) fn assert_well_formed(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text.trim_end();
    let mut is_first = true;
    while !rest.is_empty() {
        assert!(is_first || !open.is_empty(), "something after the end: {rest}");
        let (before, tag) = rest.split_once('<').unwrap_or_else(|| panic!("a text outside: {rest}"));
        let style = open.last() == Some(&"style");
        for (at, _) in before.match_indices('&') {
            let entity = before[at + 1..].split(';').next().unwrap();
            assert!(["amp", "lt", "gt", "quot", "apos"].contains(&entity), "&{entity}");
        }
        assert!(style || !before.contains(['>', '\u{fffe}', '\u{ffff}']), "{before}");
        assert!(before.chars().all(|c| c == '\n' || !c.is_control()), "{before:?}");
        let (tag, after) = tag.split_once('>').expect("a tag ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order");
        } else {
            let name = tag.split([' ', '/']).next().unwrap();
            let values = tag.trim_end_matches('/')[name.len()..].split('"').collect::<Vec<_>>();
            assert!(
                values.len() % 2 == 1
                    && values.iter().step_by(2).all(|v| v.is_empty() || v.ends_with('=') || v.trim().is_empty()),
                "{tag}"
            );
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
        (rest, is_first) = (after, false);
    }
    assert!(open.is_empty(), "{open:?} stay open");
}

fn dates() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![
        4 => (0_u64..900).prop_map(|n| day("2020-01-01") + Days::new(n)),
        1 => (0_u64..4_000_000).prop_map(|n| day("0001-01-01") + Days::new(n)),
        1 => Just(NaiveDate::MIN),
        1 => Just(NaiveDate::MAX),
    ]
}

fn charts() -> impl Strategy<Value = Chart> {
    let level = || prop_oneof![5 => 0_u32..=10_000, 1 => any::<u32>()].prop_map(Percent::from_hundredths);
    let words = || prop_oneof![Just("Score".to_owned()), "[a-z社 ]{0,60}", any::<String>()];
    let line = (words(), prop::collection::vec((dates(), prop::option::weighted(0.8, level())), 0..20));
    let lines = prop::collection::vec(line.prop_map(|(name, values)| Series::new(name, values)), 0..8);
    let targets = prop::collection::vec((words(), level()).prop_map(|(name, at)| Level { name, at }), 0..3);
    let marks = prop::collection::vec((dates(), words()).prop_map(|(day, label)| Mark { day, label }), 0..60);
    let join = prop_oneof![Just(Join::Straight), Just(Join::Steps)];
    (words(), join, lines, targets, marks).prop_map(|(title, join, series, targets, marks)| Chart {
        locale: Locale::English,
        title,
        join,
        series,
        targets,
        marks,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_chart_is_drawn_and_keeps_its_width(chart in charts(), width in 0_u16..300) {
        let text = chart.text(Style { color: false, width: Some(width), ..Style::PLAIN });
        let most = usize::from(width.clamp(40, 160));
        for line in text.lines() {
            prop_assert!(line.width() <= most, "{} > {most}: {line:?}", line.width());
        }
        assert_well_formed(&chart.svg());
    }
}

/// Records `good.toml` of the usual folder on some dates.
fn recorded(dates: &[&str]) -> tempfile::TempDir {
    let folder = folder();
    for date in dates {
        done(folder.path(), &["history", "record", "good.toml", "--as-of", date]);
    }
    folder
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let text = done(folder, &[&["history"], args, &["--format", "json"]].concat());
    serde_json::from_str(&text).unwrap()
}

/// The cells of a CSV text, the header first.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_figures_of_a_trend_are_those_that_were_recorded() {
    let folder = recorded(&["2020-06-01", "2020-04-01", "2021-08-01"]);
    let here = folder.path();
    let list = json(here, &["list"]);
    let trend = json(here, &["trend"]);
    assert_eq!((&trend["tenant"], &trend["target"]), (&"contoso.onmicrosoft.com".into(), &Value::Null));
    assert_eq!(trend["changes"], Value::Array(Vec::new()));
    let points = trend["points"].as_array().unwrap();
    assert_eq!(points.len(), 3);
    for (point, listed) in points.iter().zip(list.as_array().unwrap()) {
        for field in listed.as_object().unwrap().keys().filter(|key| *key != "tenant") {
            assert_eq!(point[field], listed[field], "{field}");
        }
        let score = json(here, &["show", listed["id"].as_str().unwrap()]);
        let gaps: usize =
            score["assessments"].as_array().unwrap().iter().map(|a| a["gaps"].as_array().unwrap().len()).sum();
        assert_eq!(point["gaps"], gaps);
    }
    let csv = rows(&done(here, &["history", "trend", "--format", "csv"]));
    assert_eq!(csv.len(), 4);
    for (row, point) in csv[1..].iter().zip(points) {
        for (name, cell) in csv[0].iter().zip(row) {
            let value = point.get(name).map_or_else(|| trend[name].clone(), Clone::clone);
            let same = match &value {
                Value::Null => cell.is_empty(),
                Value::String(text) => text == cell,
                other => cell.parse::<f64>().unwrap() == other.as_f64().unwrap(),
            };
            assert!(same, "{name}: {cell} {value}");
        }
    }
    assert_eq!(
        done(here, &["history", "export", "--format", "csv"]),
        done(here, &["history", "trend", "--format", "csv"])
    );
    let from = json(here, &["trend", "good.toml", "--from", "2020-04-02", "--to", "2020-06-01"]);
    assert_eq!(from["points"], Value::Array(vec![points[1].clone()]));
    let said = refused(here, &["history", "trend", "--from", "2020-04-02", "--to", "2020-04-01"]);
    assert!(said.contains("no date lies from 2020-04-02 to 2020-04-01"), "{said}");
}

#[test]
fn domains_and_controls_are_those_of_the_recorded_result() {
    let folder = recorded(&["2020-04-01", "2020-06-01"]);
    let here = folder.path();
    let list = json(here, &["list"]);
    let results: Vec<Value> =
        list.as_array().unwrap().iter().map(|kept| json(here, &["show", kept["id"].as_str().unwrap()])).collect();
    let domains = json(here, &["trend", "--domain", "all"]);
    let expected: Vec<&Value> =
        results.iter().flat_map(|r| r["assessments"][0]["domains"].as_array().unwrap()).collect();
    let points = domains["points"].as_array().unwrap();
    assert_eq!(points.len(), expected.len());
    for (point, domain) in points.iter().zip(&expected) {
        assert_eq!((&point["domain"], &point["gaps"]), (&domain["id"], &Value::Null));
        for field in ["title", "achieved", "possible", "assured", "unassessed", "percent", "assurance_percent"] {
            assert_eq!(point[field], domain[field], "{field}");
        }
    }
    let one = json(here, &["trend", "--domain", "A.9"]);
    let of_one: Vec<&Value> = points.iter().filter(|p| p["domain"] == "A.9").collect();
    assert_eq!(one["points"].as_array().unwrap().iter().collect::<Vec<_>>(), of_one);
    let controls = json(here, &["trend", "--control", "all"]);
    let expected: Vec<&Value> =
        results.iter().flat_map(|r| r["assessments"][0]["controls"].as_array().unwrap()).collect();
    let points = controls["points"].as_array().unwrap();
    assert_eq!(points.len(), expected.len());
    let whole = |text: &Value| text.as_str().unwrap().replace('.', "").parse::<u64>().unwrap();
    for (point, control) in points.iter().zip(&expected) {
        assert_eq!(point["control"], control["id"]);
        assert_eq!(point["statuses"][0]["status"], control["status"]);
        assert_eq!(point["statuses"][0]["coverage"], control["coverage"]);
        assert_eq!(
            whole(&point["achieved"]),
            whole(&control["customer"]["achieved"]) + whole(&control["provider"]["achieved"])
        );
    }
    let text = done(here, &["history", "trend", "--control", "all"]);
    assert_eq!(text.lines().count(), 3 + expected.len() / 2, "{text}");
    let said = refused(here, &["history", "trend", "--domain", "A.99"]);
    assert!(said.contains("no domain `A.99`") && said.contains("nearest"), "{said}");
    let said = refused(here, &["history", "trend", "--control", "A.9.2.33"]);
    assert!(said.contains("no control `A.9.2.33`") && said.contains("`A.9.2.3`"), "{said}");
    let said = refused(here, &["history", "trend", "--assessment", "microsoft-cloud/iso-27001-2031"]);
    assert!(said.contains("`microsoft-cloud/iso-27001-2013`"), "{said}");
    let said = refused(here, &["history", "trend", "--domain", "all", "--format", "svg"]);
    assert!(said.contains("no room"), "{said}");
}

#[test]
fn the_last_snapshot_of_a_date_counts_and_all_are_there_for_who_asks() {
    let folder = recorded(&["2020-04-01", "2020-06-01"]);
    let here = folder.path();
    let better = fs::read_to_string(here.join("good.toml")).unwrap()
        + "\n[[action]]\nid = \"block-legacy-authentication\"\nimplementation = \"not-implemented\"\n";
    fs::write(here.join("good.toml"), better).unwrap();
    let said = run_in(here, &["history", "record", "good.toml", "--as-of", "2020-06-01"]);
    assert_eq!(code(&said), 0, "{}", err(&said));
    let ids = |args: &[&str]| -> Vec<String> {
        let trend = json(here, &with(&["trend"], args));
        trend["points"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap().to_owned()).collect()
    };
    let list = json(here, &["list"]);
    let listed: Vec<&str> = list.as_array().unwrap().iter().map(|kept| kept["id"].as_str().unwrap()).collect();
    assert_eq!(ids(&["--all"]), listed);
    assert_eq!(ids(&[]), [listed[0], listed[2]]);
    assert_eq!(done(here, &["history", "trend", "--all"]), done(here, &["history", "trend"]));
}

#[test]
fn one_date_none_and_several_tenants_are_told_apart() {
    let folder = folder();
    let here = folder.path();
    let said = refused(here, &["history", "trend"]);
    assert!(said.contains("there is no history at `.annexa/history.db`"), "{said}");
    done(here, &["history", "record", "good.toml", "--as-of", "2020-06-01"]);
    let text = done(here, &["history", "trend"]);
    assert!(text.contains("One date is recorded") && text.contains("Score"), "{text}");
    let text = done(here, &["history", "trend", "--from", "2020-07-01"]);
    assert!(text.contains("there are some from 2020-06-01 to 2020-06-01"), "{text}");
    assert_eq!(json(here, &["trend", "--from", "2020-07-01"])["points"], Value::Array(Vec::new()));
    assert_well_formed(&done(here, &["history", "trend", "--format", "svg"]));
    assert_well_formed(&done(here, &["history", "trend", "--from", "2020-07-01", "--format", "svg"]));
    done(here, &["history", "record", "other.toml", "--as-of", "2020-06-01"]);
    let said = refused(here, &["history", "trend"]);
    assert!(said.contains("2 tenants") && said.contains("`contoso.onmicrosoft.com`, `fabrikam"), "{said}");
    let said = refused(here, &["history", "trend", "--tenant", "contoso.onmicrosoft.con"]);
    assert!(said.contains("`contoso.onmicrosoft.com`"), "{said}");
    let exported = rows(&done(here, &["history", "export", "--format", "csv"]));
    let tenants: Vec<&str> = exported.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(tenants, ["tenant", "contoso.onmicrosoft.com", "fabrikam.onmicrosoft.com"]);
}

/// A library of three actions on two controls, the third only if `more`; profiles that do more and more.
fn made_up(more: bool) -> Vec<(String, String)> {
    let action = |id: &str, points: u8| {
        format!(
            "[[action]]\nid = \"{id}\"\ntitle = \"T\"\nowner = \"customer\"\ntype = \"technical\"\npurpose = \"detective\"\nenforcement = \"mandatory\"\npoints = {points}\n"
        )
    };
    let third = if more { ", \"third\"" } else { "" };
    let control = |id: &str, group: &str| {
        format!("[[control]]\nid = \"{id}\"\ngroup = \"{group}\"\ntitle = \"C\"\nkind = \"annex-a\"\n")
    };
    let files = [
        ("controls/f.toml", "[framework]\nid = \"f\"\ntitle = \"F\"\nedition = \"1\"\npublisher = \"P\"\nstatus = \"current\"\n[[group]]\nid = \"A\"\ntitle = \"First\"\n[[group]]\nid = \"B\"\ntitle = \"Second\"\n".to_owned() + &control("A.1", "A") + &control("B.1", "B")),
        ("templates/p/provider.toml", "[provider]\nid = \"p\"\nname = \"P\"\n".to_owned()),
        ("templates/p/actions/a.toml", action("first", 10) + &action("second", 10) + &action("third", 20)),
        ("templates/p/f.toml", format!("[template]\nid = \"p/f\"\ntitle = \"T\"\nframework = \"f\"\nprovider = \"p\"\nversion = 2020-01-01\n[[map]]\ncontrol = \"A.1\"\nactions = [\"first\"]\n[[map]]\ncontrol = \"B.1\"\nactions = [\"second\"{third}]\n")),
    ];
    let name = if more { "more" } else { "less" };
    files.into_iter().map(|(path, text)| (format!("{name}/{path}"), text)).collect()
}

const HEAD: &str = "[organization]\nname = \"O\"\ntenant = \"o\"\n[[assessment]]\ntemplate = \"p/f\"\n";

fn done_action(id: &str) -> String {
    format!("[[action]]\nid = \"{id}\"\nimplementation = \"implemented\"\ntest = \"passed\"\ntested_on = 2020-01-01\n")
}

/// Three dates: work done under the smaller library, then the larger library without work.
fn moved() -> tempfile::TempDir {
    let mut files = made_up(false);
    files.extend(made_up(true));
    files.push(("0.toml".to_owned(), format!("{HEAD}target = 90\n{}", done_action("first"))));
    files.push(("1.toml".to_owned(), format!("{HEAD}target = 90\n{}{}", done_action("first"), done_action("second"))));
    let two = "[[assessment]]\ntemplate = \"p/f\"\ngroup = \"g\"\ntarget = 90\n";
    files.push((
        "2.toml".to_owned(),
        format!("{HEAD}target = 90\n{two}{}{}", done_action("first"), done_action("second")),
    ));
    let folder = folder_of(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
    for (profile, date, library) in
        [("0.toml", "2020-02-01", "less"), ("1.toml", "2020-03-01", "less"), ("1.toml", "2020-04-01", "more")]
    {
        let args = ["history", "record", profile, "--as-of", date, "--no-builtin", "--library", library, "-q"];
        done(folder.path(), &args);
    }
    folder
}

#[test]
fn a_change_of_the_template_and_progress_are_told_apart() {
    let folder = moved();
    let here = folder.path();
    let mut faults = Vec::new();
    let under = |library: &'static str| ["history", "rescore", "--no-builtin", "--library", library, "-q"];
    faults.extend(differs(&cases("trend/template-changes.txt"), &done(here, &["history", "trend"])));
    faults.extend(differs(&cases("trend/rescored.txt"), &done(here, &under("more"))));
    faults.extend(differs(
        &cases("trend/rescored-domains.txt"),
        &done(here, &with(&under("more"), &["--domain", "all"])),
    ));
    none(&faults);
    let trend = json(here, &["trend"]);
    let (changes, points) = (trend["changes"].as_array().unwrap(), trend["points"].as_array().unwrap());
    assert_eq!(trend["target"], 90.0);
    assert_eq!(changes.len(), 1);
    assert_eq!((&changes[0]["as_of"], &changes[0]["id"]), (&"2020-04-01".into(), &points[2]["id"]));
    assert_eq!(changes[0]["library"]["files"], Value::Array(vec!["templates/p/f.toml".into()]));
    let percents = |points: &[Value]| points.iter().map(|p| p["percent"].as_f64().unwrap()).collect::<Vec<_>>();
    assert_eq!(percents(points), [50.0, 100.0, 50.0]);
    // Under the larger library all the way, the work shows, and nothing was lost.
    let told = json(here, &with(&under("more")[1..], &[]));
    let anew: Vec<Value> = told["points"].as_array().unwrap().iter().map(|p| p["rescored"].clone()).collect();
    assert_eq!(percents(&anew), [25.0, 50.0, 50.0]);
    assert_eq!(
        told["points"].as_array().unwrap().iter().map(|p| p["percent"].as_f64().unwrap()).collect::<Vec<_>>(),
        percents(points)
    );
    assert_eq!(told["rescored_library"], points[2]["library"]);
    let csv = rows(&done(here, &with(&under("less"), &["--format", "csv"])));
    let column = csv[0].iter().position(|name| name == "rescored_percent").unwrap();
    assert_eq!(csv[1..].iter().map(|row| row[column].as_str()).collect::<Vec<_>>(), ["50.00", "100.00", "100.00"]);
    assert!(done(here, &["history", "verify"]).contains("3 recorded"));
}

#[test]
fn what_the_library_cannot_read_is_named_and_leaves_a_gap() {
    let folder = moved();
    let here = folder.path();
    // Under the built-in library, the made-up template is not known.
    let output = run_in(here, &["history", "rescore", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(err(&output).lines().count(), 3);
    assert!(err(&output).contains("as of 2020-02-01: line 5, ") && err(&output).contains("`p/f`"), "{}", err(&output));
    let told: Value = serde_json::from_str(out(&output)).unwrap();
    assert!(told["points"].as_array().unwrap().iter().all(|p| p["rescored"].is_null() && p.get("rescored").is_some()));
    let text = run_in(here, &["history", "rescore", "-q"]);
    assert_eq!(err(&text), "");
    assert!(out(&text).contains("n/a"), "{}", out(&text));
}

#[test]
fn an_assessment_that_is_added_is_a_change_and_no_score_before_it_is_a_gap() {
    let folder = moved();
    let here = folder.path();
    done(here, &["history", "record", "2.toml", "--as-of", "2020-05-01", "--no-builtin", "--library", "more", "-q"]);
    let trend = json(here, &["trend"]);
    let added = &trend["changes"][1];
    assert_eq!(added["added"], serde_json::json!([{"template": "p/f", "group": "g"}]));
    assert_eq!((&added["library"], &added["removed"]), (&Value::Null, &serde_json::json!([])));
    let of_group = json(here, &["trend", "--assessment", "p/f/g"]);
    let percents: Vec<Value> = of_group["points"].as_array().unwrap().iter().map(|p| p["percent"].clone()).collect();
    assert_eq!(percents, [Value::Null, Value::Null, Value::Null, 50.0.into()]);
    let text = done(here, &["history", "trend", "--assessment", "p/f/g"]);
    let score = text.lines().find(|line| line.starts_with(" Score")).unwrap();
    assert_eq!(score.split_whitespace().collect::<Vec<_>>(), ["Score", "n/a", "50.00", "%", "n/a"]);
    let drawn = text.lines().filter(|line| line.contains('|') || line.contains("% +"));
    assert_eq!(drawn.flat_map(|line| line.matches(['*', '.'])).count(), 1, "one point and no line: {text}");
    // Of a control in both assessments, both statuses are told.
    let control = json(here, &["trend", "--control", "A.1"]);
    assert_eq!(control["points"][3]["statuses"].as_array().unwrap().len(), 2);
    assert_eq!((&control["points"][3]["percent"], &control["points"][3]["possible"]), (&100.0.into(), &20.into()));
}

#[test]
fn a_library_that_lies_elsewhere_is_told_from_one_that_says_something_else() {
    let folder = recorded(&["2020-04-01"]);
    let here = folder.path();
    done(here, &["library", "export", "copy"]);
    let under = |date: &'static str| {
        ["history", "record", "good.toml", "--no-builtin", "--library", "copy", "-q", "--as-of", date]
    };
    done(here, &under("2020-05-01"));
    let path = here.join("copy/templates/microsoft-cloud/provider.toml");
    fs::write(&path, fs::read_to_string(&path).unwrap() + "# more\n").unwrap();
    done(here, &under("2020-06-01"));
    let changes = json(here, &["trend"])["changes"].clone();
    let files = |n: usize| changes[n]["library"]["files"].clone();
    assert_eq!(files(0), serde_json::json!([]));
    assert_eq!(files(1), serde_json::json!(["templates/microsoft-cloud/provider.toml"]));
    let text = done(here, &["history", "trend"]);
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(words.join(" ").contains(": the same files in other folders"), "{text}");
}

#[test]
fn a_damaged_row_is_named_and_nothing_is_shown() {
    let folder = recorded(&["2020-04-01", "2020-06-01"]);
    let here = folder.path();
    let path = here.join(".annexa/history.db");
    for (change, args) in [
        ("UPDATE assessment SET gaps = gaps + 1 WHERE position = 1", &["history", "trend"][..]),
        (
            "UPDATE control SET achieved = achieved + 1 WHERE position = 1 AND number = 7",
            &["history", "trend", "--control", "4.1"],
        ),
        ("DELETE FROM control WHERE position = 0 AND number = 7", &["history", "trend", "--control", "all"]),
        (
            "UPDATE result SET body = (SELECT body FROM result WHERE position = 0) WHERE position = 1",
            &["history", "trend", "--domain", "all"],
        ),
        ("UPDATE snapshot SET achieved = achieved + 1 WHERE position = 1", &["history", "trend"]),
        ("DELETE FROM snapshot WHERE position = 0", &["history", "trend"]),
    ] {
        let whole = fs::read(&path).unwrap();
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch(change).unwrap();
        connection.close().unwrap();
        let said = refused(here, args);
        assert!(said.contains("is damaged or was altered"), "{change}: {said}");
        fs::write(&path, whole).unwrap();
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(here.join(format!(".annexa/history.db{end}")));
        }
    }
    done(here, &["history", "trend"]);
}

#[test]
fn a_trend_asks_for_the_rows_of_its_tenant_by_the_index() {
    let folder = recorded(&["2020-04-01"]);
    let connection = rusqlite::Connection::open(folder.path().join(".annexa/history.db")).unwrap();
    let query = "EXPLAIN QUERY PLAN SELECT * FROM snapshot s LEFT JOIN text t ON t.id = s.profile \
                 LEFT JOIN library l ON l.id = s.library LEFT JOIN leaf f ON f.position = s.position \
                 WHERE s.tenant = 'a' ORDER BY s.tenant, s.as_of, s.position";
    let mut statement = connection.prepare(query).unwrap();
    let plan: Vec<String> = statement.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
    assert!(plan[0].contains("USING INDEX snapshot_by_tenant"), "{plan:?}");
    assert!(plan.iter().all(|step| step.starts_with("SEARCH")), "no table is read as a whole: {plan:?}");
}

#[test]
fn the_library_gives_what_the_command_shows() {
    let folder = recorded(&["2020-04-01", "2020-06-01"]);
    let history = History::open(&folder.path().join(".annexa/history.db")).unwrap();
    let tenants = history.tenants().unwrap();
    let scope = TrendScope { assessment: None, part: TrendPart::Domain("A.9".to_owned()) };
    let query = TrendQuery { scope, ..TrendQuery::default() };
    let trend = history.trend(&tenants[0], &query).unwrap().trend(&query).unwrap();
    assert_eq!(trend.points.len(), 2);
    assert_eq!(trend.spans().len(), 1);
    let output = annexa().current_dir(folder.path()).args(["history", "trend", "--domain", "A.9"]).output().unwrap();
    assert_eq!(annexa::report::trend_text(&trend, Style::PLAIN), out(&output));
}
