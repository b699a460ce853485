//! The Statement of Applicability: cases as a person meets them, its rows held against the gap report and the
//! score, its marks against a second reading of library and profile, and texts that would be more than text.
//!
//! A case is a folder with a profile and `args`; `expected.txt` is what is printed, with the exit code as its
//! last line. Each kind of mark has a case that shows it.

use crate::random::{Case, case};
use crate::support::{cases, code, differs, err, folder_of, folders, none, out, run_in};
use annexa::report::{STATEMENT_COLUMNS, statements_csv, statements_html, statements_markdown, statements_xlsx};
use annexa::{Choice, Library, LibraryText, Locale, MarkKind, Model, Statement, TenantProfile, TenantScore, Unchecked};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;
use toml::{Table, Value};

fn run(folder: &Path, args: &[&str]) -> Output {
    let library = cases("soa-library");
    run_in(folder, &[&["soa", "profile.toml", "--no-builtin", "--library", library.to_str().unwrap()], args].concat())
}

fn args_of(name: &str) -> String {
    fs::read_to_string(cases("soa").join(name).join("args")).unwrap()
}

#[test]
fn of_each_case_reads_as_expected() {
    let mut faults = Vec::new();
    let mut seen = String::new();
    for name in folders(&cases("soa")) {
        let folder = cases("soa").join(&name);
        let args = args_of(&name);
        let output = run(&folder, &args.split_whitespace().collect::<Vec<_>>());
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&folder.join("expected.txt"), &text));
        let json = run(&folder, &["--as-of", args.split_whitespace().nth(1).unwrap(), "--format", "json"]);
        seen.push_str(out(&json));
    }
    none(&faults);
    for word in MarkKind::WORDS {
        assert!(seen.contains(&format!("\"{word}\"")), "no case shows the mark {word}");
    }
}

#[test]
fn each_case_has_the_marks_that_it_is_named_after() {
    let marks = |name: &str| -> Vec<(String, String, Vec<String>)> {
        let args = args_of(name);
        let as_of = args.split_whitespace().nth(1).unwrap();
        let json = run(&cases("soa").join(name), &["--as-of", as_of, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(out(&json)).unwrap();
        let list = |on: &str, marks: &serde_json::Value| -> Vec<(String, String, Vec<String>)> {
            let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
            let about = |m: &serde_json::Value| m["about"].as_array().unwrap().iter().map(text).collect();
            marks.as_array().unwrap().iter().map(|m| (on.to_owned(), text(&m["kind"]), about(m))).collect()
        };
        let mut all = list("", &json[0]["marks"]);
        for row in json[0]["rows"].as_array().unwrap() {
            all.extend(list(row["control"].as_str().unwrap(), &row["marks"]));
        }
        all
    };
    let has = |name: &str, on: &str, kind: &str, about: &[&str]| {
        let about = about.iter().map(|id| (*id).to_owned()).collect();
        let found = marks(name);
        assert!(found.contains(&(on.to_owned(), kind.to_owned(), about)), "{name}: {found:?}");
    };
    has("excluded-without-a-reason", "A.5.5", "exclusion-unjustified", &[]);
    has("excluded-and-an-action-that-remains-serves-it", "A.5.3", "excluded-but-served", &["require-two-factors"]);
    has("excluded-and-an-action-that-remains-needs-its-work", "A.5.4", "excluded-but-needed", &["review-access"]);
    has("excluded-and-a-law-depends-on-it", "A.5.5", "excluded-but-required", &["customs-act"]);
    has("applicable-and-nothing-says-why", "A.5.6", "inclusion-unjustified", &[]);
    has("applicable-and-all-out-of-scope", "A.5.5", "applicable-out-of-scope", &[]);
    has("proof-that-has-lapsed", "A.5.1", "rests-on-lapsed-evidence", &["handbook"]);
    has("a-claim-of-inheritance-that-does-not-hold", "A.5.3", "inheritance-unsupported", &[]);
    has("approved-before-a-control-changed", "", "changed-since-approval", &["A.5.1"]);
    has("approved-on-a-day-to-come", "", "not-approved", &[]);
    has("review-overdue", "", "review-overdue", &[]);
    assert!(marks("a-statement-that-is-approved").iter().all(|(_, kind, _)| kind == "inheritance-unsupported"));
    assert!(marks("no-marks-and-none-that-fail").is_empty());
}

// ---- Agreement with the gap report and the score ----

struct Made {
    profile: TenantProfile,
    score: TenantScore,
    statements: Vec<Statement>,
}

fn made(files: &[(String, String)], profile: &str, case: &Case) -> Made {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|f| panic!("{f:#?}")).value;
    let profile = model.profile(profile, 0, &Unchecked).unwrap_or_else(|f| panic!("{f:#?}\n{profile}")).value;
    let score = model.score(&profile, case.as_of, u32::try_from(case.expiring_within).unwrap());
    let statements = model.statements(&profile, &score);
    Made { profile, score, statements }
}

fn list(table: &Table, key: &str) -> Vec<Table> {
    let list = table.get(key).and_then(Value::as_array).into_iter().flatten();
    list.map(|entry| entry.as_table().unwrap().clone()).collect()
}

/// The profile with requirements on, and inclusions of, some of the controls that its frameworks have.
fn with_words(case: &Case, seed: u64) -> String {
    let tables: Vec<Table> = case.files.iter().map(|(_, text)| text.parse().unwrap()).collect();
    let profile: Table = case.profile.parse().unwrap();
    let templates: BTreeSet<&str> =
        profile["assessment"].as_array().unwrap().iter().map(|a| a["template"].as_str().unwrap()).collect();
    let assessed: BTreeSet<&str> = tables
        .iter()
        .filter_map(|t| t.get("template"))
        .filter(|t| templates.contains(t["id"].as_str().unwrap()))
        .map(|t| t["framework"].as_str().unwrap())
        .collect();
    let mut text = case.profile.clone();
    for (n, framework) in assessed.iter().enumerate() {
        let table =
            tables.iter().find(|t| t.get("framework").is_some_and(|f| f["id"].as_str() == Some(framework))).unwrap();
        let controls: Vec<String> = list(table, "control")
            .iter()
            .map(|c| c["id"].as_str().unwrap().to_owned())
            .filter(|id| id.starts_with('A'))
            .collect();
        let some = |step: usize| {
            controls.iter().skip(step % 3).step_by(2).map(|c| format!("{c:?}")).collect::<Vec<_>>().join(", ")
        };
        let step = usize::try_from(seed).unwrap();
        text += &format!(
            "\n[[requirement]]\nid = \"law-{n}\"\ntitle = \"Law\"\nkind = \"legal\"\nframework = \"{framework}\"\ncontrols = [{}]\n",
            some(step)
        );
        for control in controls.iter().skip(step % 2).step_by(3) {
            text += &format!(
                "\n[[inclusion]]\ncontrol = \"{control}\"\nframework = \"{framework}\"\njustification = \"Because\"\nowner = \"Ada\"\n"
            );
        }
    }
    text + "\n[statement_of_applicability]\nversion = \"1\"\napproved_by = \"B\"\napproved_on = 2020-03-01\n"
}

/// Whether each assessment's statement says what its score and its gap rows say; how many marks it has.
fn assert_agrees(made: &Made, profile: &Table, name: &str) -> usize {
    let with_annex = made.score.assessments.iter().filter(|a| a.controls.iter().any(|c| c.kind.word() == "annex-a"));
    let with_annex: Vec<_> = with_annex.collect();
    assert_eq!(with_annex.len(), made.statements.len(), "{name}");
    let mut marks = 0;
    for (score, statement) in with_annex.iter().zip(&made.statements) {
        assert_eq!((&score.template, &score.group), (&statement.template, &statement.group), "{name}");
        let controls: Vec<_> = score.controls.iter().filter(|c| c.kind.word() == "annex-a").collect();
        assert_eq!(controls.len(), statement.rows.len(), "{name}");
        let excluded: BTreeMap<String, String> = list(profile, "exclusion")
            .iter()
            .filter(|e| e.get("framework").is_none_or(|f| f.as_str() == Some(&statement.framework)))
            .map(|e| {
                let text = e.get("justification").and_then(Value::as_str).unwrap_or_default();
                (e["control"].as_str().unwrap().to_owned(), text.trim().to_owned())
            })
            .collect();
        for (control, row) in controls.iter().zip(&statement.rows) {
            let at = format!("{name}: {} of {}", row.control, statement.template);
            assert_eq!((&control.id, &control.title), (&row.control, &row.title), "{at}");
            assert_eq!((control.status, control.coverage), (row.status, row.coverage), "{at}");
            assert_eq!((control.responsibility, control.shared_gap), (row.responsibility, row.shared_gap), "{at}");
            assert_eq!(row.applicable, !excluded.contains_key(&row.control), "{at}");
            let gaps = score.gaps.iter().filter(|g| g.control.id == row.control);
            let kinds: BTreeSet<_> = gaps.clone().map(|g| g.finding.kind).collect();
            assert_eq!(kinds, row.gaps, "{at}");
            let has = |kind: MarkKind| row.marks.iter().any(|m| m.kind == kind);
            let gap = |word: &str| row.gaps.iter().any(|k| k.word() == word);
            assert_eq!(has(MarkKind::ExclusionUnjustified), gap("exclusion-unjustified"), "{at}");
            assert_eq!(has(MarkKind::InheritanceUnsupported), gap("inheritance-unsupported"), "{at}");
            let has_lapsed = gaps.clone().any(|g| {
                g.finding.kind.word() == "evidence-expired"
                    || g.finding.cause.is_some_and(|c| c.word() == "evidence-expired")
            });
            assert_eq!(has(MarkKind::RestsOnLapsedEvidence), has_lapsed, "{at}");
            let word = row.implementation.map(Choice::word);
            match (row.status.word(), word) {
                ("excluded", found) => assert_eq!(found, None, "{at}"),
                ("covered", found) => assert_eq!(found, Some("implemented"), "{at}"),
                ("partial", found) => assert_eq!(found, Some("partly-implemented"), "{at}"),
                (_, found) => assert!(found.is_some_and(|w| w != "implemented"), "{at}"),
            }
            if !row.applicable {
                let text = excluded[&row.control].as_str();
                assert_eq!(row.justification.as_deref().unwrap_or_default(), text, "{at}");
                assert!(row.actions.is_empty() && row.evidence.is_empty(), "{at}");
                let required = list(profile, "requirement").iter().any(|r| {
                    let controls = r["controls"].as_array().unwrap();
                    r.get("framework").is_none_or(|f| f.as_str() == Some(&statement.framework))
                        && controls.iter().any(|c| c.as_str() == Some(&row.control))
                });
                assert_eq!(has(MarkKind::ExcludedButRequired), required, "{at}");
            }
            marks += row.marks.len();
        }
        let summary = statement.summary;
        let sum = summary.implemented + summary.partly_implemented + summary.planned;
        assert_eq!(sum + summary.not_implemented + summary.not_assessed, summary.applicable, "{name}");
        assert_eq!(summary.applicable + summary.excluded, statement.rows.len(), "{name}");
    }
    marks
}

#[test]
fn agrees_with_the_score_and_the_gap_report_on_random_profiles() {
    let mut marks = 0;
    for seed in 60_000..60_300 {
        let case = case(seed);
        let profile = with_words(&case, seed);
        let made = made(&case.files, &profile, &case);
        marks += assert_agrees(&made, &profile.parse().unwrap(), &format!("seed {seed}"));
        let csv = statements_csv(&made.statements).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let rows = reader.records().map(|r| r.unwrap().len()).collect::<Vec<_>>();
        assert_eq!(rows, vec![STATEMENT_COLUMNS.len(); made.statements.iter().map(|s| s.rows.len()).sum()]);
    }
    assert!(marks > 500, "{marks} marks");
}

#[test]
fn agrees_with_the_score_and_the_gap_report_on_the_shipped_profiles() {
    let files: Vec<(String, String)> =
        annexa::BUILTIN_FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for (path, text) in annexa::starter_profiles() {
        for date in ["2020-06-01", "2021-12-01"] {
            let case =
                Case { files: Vec::new(), profile: text.to_owned(), as_of: date.parse().unwrap(), expiring_within: 90 };
            let made = made(&files, text, &case);
            assert_agrees(&made, &text.parse().unwrap(), &format!("{path} at {date}"));
            assert_eq!(made.profile.profile().assessments.len(), made.statements.len());
        }
    }
}

/// An exclusion of a control that a remaining action serves or needs, read off the texts alone.
#[test]
fn marks_of_exclusions_are_those_that_the_texts_give() {
    let mut seen = 0;
    for seed in 61_000..61_200 {
        let case = case(seed);
        let tables: Vec<Table> = case.files.iter().map(|(_, text)| text.parse().unwrap()).collect();
        let needs: BTreeMap<String, Vec<String>> = tables
            .iter()
            .flat_map(|t| list(t, "action"))
            .map(|a| {
                let all = a.get("depends_on").and_then(Value::as_array).into_iter().flatten();
                (a["id"].as_str().unwrap().to_owned(), all.map(|d| d.as_str().unwrap().to_owned()).collect())
            })
            .collect();
        let made = made(&case.files, &case.profile, &case);
        for statement in &made.statements {
            let score = made
                .score
                .assessments
                .iter()
                .find(|a| a.template == statement.template && a.group == statement.group)
                .unwrap();
            let template = tables
                .iter()
                .find(|t| t.get("template").is_some_and(|x| x["id"].as_str() == Some(&statement.template)))
                .unwrap();
            let counts: BTreeSet<&str> = score.actions.iter().filter(|a| a.in_scope).map(|a| a.id.as_str()).collect();
            let listed: BTreeSet<&str> = score.actions.iter().map(|a| a.id.as_str()).collect();
            let mut needed: BTreeSet<&str> = BTreeSet::new();
            loop {
                let before = needed.len();
                let from: Vec<&str> = counts.iter().chain(&needed).copied().collect();
                let new = from.iter().flat_map(|a| &needs[*a]).map(String::as_str);
                needed.extend(new.filter(|a| listed.contains(a) && !counts.contains(a)).collect::<Vec<_>>());
                if needed.len() == before {
                    break;
                }
            }
            for row in statement.rows.iter().filter(|r| !r.applicable) {
                let serving: BTreeSet<String> = list(template, "map")
                    .iter()
                    .filter(|m| m["control"].as_str() == Some(&row.control))
                    .flat_map(|m| m["actions"].as_array().unwrap().clone())
                    .map(|a| a.as_str().unwrap().to_owned())
                    .collect();
                let about = |kind: MarkKind| -> BTreeSet<String> {
                    row.marks.iter().filter(|m| m.kind == kind).flat_map(|m| m.about.iter().cloned()).collect()
                };
                let served: BTreeSet<String> =
                    serving.iter().filter(|a| counts.contains(a.as_str())).cloned().collect();
                assert_eq!(about(MarkKind::ExcludedButServed), served, "seed {seed}: {}", row.control);
                for action in about(MarkKind::ExcludedButNeeded) {
                    let lost = needs[&action].iter().filter(|a| serving.contains(*a) && needed.contains(a.as_str()));
                    assert!(lost.count() > 0, "seed {seed}: {action} needs nothing of {}", row.control);
                    seen += 1;
                }
                seen += served.len();
            }
        }
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn no_key_of_the_statement_moves_a_figure() {
    for seed in 62_000..62_100 {
        let case = case(seed);
        let without = made(&case.files, &case.profile, &case).score;
        let mut with = with_words(&case, seed);
        with = with.replacen("[organization]", "[organization]\naddress = \"Here\"\nscope = \"All\"", 1);
        let with = made(&case.files, &with, &case);
        assert!(with.profile.profile().statement.address.is_some());
        let json = |score: &TenantScore| annexa::report::to_json(score).unwrap();
        assert!(json(&without) == json(&with.score), "seed {seed}");
    }
}

#[test]
fn a_migration_to_an_identical_framework_carries_every_word() {
    let mut carried_words = 0;
    for seed in 64_000..64_150 {
        let mut case = case(seed);
        case.profile = with_words(&case, seed);
        let table: Table = case.profile.parse().unwrap();
        let template = list(&table, "assessment")[0]["template"].as_str().unwrap().to_owned();
        let (files, framework) = crate::migrate::with_copy(&case, &template);
        let before = made(&files, &case.profile, &case);
        for keep in [false, true] {
            let migrated = crate::migrate::carried(&files, &case, &template, keep);
            let after = made(&files, &migrated.text, &case);
            let of = |made: &Made, wanted: &str| -> BTreeMap<String, String> {
                let found = made.statements.iter().filter(|s| s.template == wanted);
                found
                    .map(|s| (s.group.clone(), annexa::report::to_json(&(&s.rows, &s.marks, &s.version)).unwrap()))
                    .collect()
            };
            let old = of(&before, &template);
            assert_eq!(old, of(&after, "copied/template"), "seed {seed}, keep {keep}\n{}", migrated.text);
            if keep {
                assert_eq!(old, of(&after, &template), "seed {seed}\n{}", migrated.text);
            }
            let words = &after.profile.profile().statement;
            carried_words += words.requirements.len() + words.inclusions.len();
            assert!(!framework.is_empty());
        }
    }
    assert!(carried_words > 500, "{carried_words}");
}

// ---- Texts that would be more than text ----

const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "javascript:alert(1)",
    "\u{202e}evil",
    "\" onmouseover=\"alert(1)",
    "| a | b |\n# c",
    "\u{7}\u{1b}[31mred",
    "{{ 1 }}{% if %}</style></title>",
    "👩\u{200d}💻 社",
];

fn hostile(text: &str) -> String {
    let text = Value::String(text.to_owned()).to_string();
    format!(
        "[organization]\nname = {text}\ntenant = {text}\naddress = {text}\nscope = {text}\n\
         [[assessment]]\ntemplate = \"acme-cloud/acme-2022\"\ngroup = {text}\n[[service]]\nid = \"acme-mail\"\n\
         [statement_of_applicability]\nversion = {text}\nprepared_by = {text}\napproved_by = {text}\napproved_on = 2022-01-01\n\
         [[requirement]]\nid = \"r\"\ntitle = {text}\nkind = \"legal\"\nreference = {text}\ncontrols = [\"A.5.1\", \"A.5.5\"]\n\
         [[inclusion]]\ncontrol = \"A.5.1\"\njustification = {text}\nowner = {text}\nnotes = {text}\n\
         [[exclusion]]\ncontrol = \"A.5.5\"\njustification = {text}\n\
         [[action]]\nid = \"write-policies\"\nimplementation = \"implemented\"\ntest = \"passed\"\ntested_on = 2022-01-01\n\
         assigned_to = {text}\nevidence = [\"e\"]\n\
         [[evidence]]\nid = \"e\"\ntitle = {text}\nurl = \"http://intranet.example/a\"\n"
    )
}

#[test]
fn hostile_texts_stay_texts_in_every_form() {
    let long = "x".repeat(999);
    for text in HOSTILE.iter().chain([&long.as_str()]) {
        let folder = folder_of([("profile.toml", hostile(text).as_bytes())]);
        let form = |name: &str| {
            let output = run(folder.path(), &["--as-of", "2022-06-01", "--format", name, "-q"]);
            assert_eq!((code(&output), err(&output)), (0, ""), "{text:?} as {name}");
            output.stdout
        };
        let read = |name: &str| String::from_utf8(form(name)).unwrap();
        let json: serde_json::Value = serde_json::from_str(&read("json")).unwrap();
        assert_eq!(json[0]["rows"][0]["notes"].as_str(), Some(*text), "JSON has every text as it is");
        let is_plain = |c: char| c == '\n' || !(c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        for name in ["text", "markdown", "html"] {
            assert!(read(name).chars().all(is_plain), "{text:?} as {name}");
        }
        let html = read("html");
        assert!(
            !html.contains("<script") && !html.contains("javascript:alert(1)\"") && !html.contains("\" onmouseover")
        );
        assert_eq!((html.matches("<style").count(), html.matches("</title>").count()), (1, 1), "{text:?}");
        assert!(!html.contains("href=\"http://intranet.example"), "an address that is not secure is no link");
        assert!(html.contains("content=\"default-src 'none'; style-src 'sha256-"));
        let markdown = read("markdown");
        let rows = markdown.lines().filter(|l| l.starts_with("| A.5."));
        let cells = |row: &str| row.replace("\\|", "").matches('|').count();
        assert!(rows.clone().all(|row| cells(row) == 12) && rows.count() == 6, "{markdown}");
        let csv = read("csv");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        for record in reader.records().map(Result::unwrap) {
            assert_eq!(record.len(), STATEMENT_COLUMNS.len());
            assert!(record.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{text:?}");
        }
        let book = parts(&form("xlsx"));
        assert_eq!(book.keys().filter(|name| name.starts_with("xl/worksheets/sheet")).count(), 2);
        for (name, part) in &book {
            assert!(!part.contains("<f>") && !part.contains("<f ") && !part.contains("t=\"str\""), "{text:?}: {name}");
            assert!(!name.contains("vba"));
        }
    }
}

#[test]
fn every_language_has_the_same_statement() {
    let profile = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/microsoft-cloud/profiles/enterprise.toml");
    let folder = folder_of([("profile.toml", fs::read(profile).unwrap().as_slice())]);
    let told = |format: &str, language: &str| {
        let args = ["soa", "profile.toml", "--as-of", "2021-12-01", "--format", format, "--lang", language, "-q"];
        let output = run_in(folder.path(), &args);
        assert_eq!((code(&output), err(&output)), (0, ""), "{format} in {language}");
        output.stdout
    };
    let read = |format: &str, language: &str| String::from_utf8(told(format, language)).unwrap();
    let rows = |language: &str| -> Vec<Vec<String>> {
        let text = read("csv", language);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let (english, title) = (rows("en"), STATEMENT_COLUMNS.iter().position(|c| *c == "control_title").unwrap());
    let mut titles = BTreeSet::new();
    for language in Locale::WORDS {
        let other = rows(language);
        assert_eq!(english.len(), other.len());
        for (one, two) in english.iter().zip(&other) {
            let rest = |row: &Vec<String>| [&row[..title], &row[title + 1..]].concat();
            assert_eq!(rest(one), rest(two), "{language}");
        }
        let text = read("text", language);
        titles.insert(text.lines().next().unwrap().to_owned());
        let html = read("html", language);
        assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{language}\">")));
        assert!(html.len() < 1_000_000, "{language}: {}", html.len());
        for (heading, row) in text.lines().take(1).zip(other.iter().skip(1)) {
            assert!(html.contains(heading) && html.contains(&format!("id=\"s1-{}\"", row[6])), "{language}");
        }
        // A word that no language has would be shown as its name.
        let markdown = read("markdown", language);
        let names = [
            "soa-title",
            "soa-how",
            "soa-count",
            "mark-kind-",
            "realization-",
            "statement-status-",
            "requirement-kind-",
        ];
        assert!(names.iter().all(|name| !markdown.contains(name) && !html.contains(&format!(">{name}"))), "{language}");
        assert!(!parts(&told("xlsx", language)).is_empty());
    }
    assert_eq!(titles.len(), Locale::WORDS.len());
}

/// The files in a workbook.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut file = archive.by_index(n).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut file, &mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn the_forms_have_the_same_rows_and_the_same_bytes_every_time() {
    for seed in 63_000..63_020 {
        let case = case(seed);
        let made = made(&case.files, &with_words(&case, seed), &case);
        let statements = &made.statements;
        if statements.is_empty() {
            continue;
        }
        assert!(
            statements_xlsx(statements, Locale::English).unwrap()
                == statements_xlsx(statements, Locale::English).unwrap(),
            "seed {seed}"
        );
        let (html, markdown) =
            (statements_html(statements, Locale::English).unwrap(), statements_markdown(statements, Locale::English));
        for (statement, n) in statements.iter().zip(1..) {
            for row in &statement.rows {
                assert_eq!(html.matches(&format!("<tr id=\"s{n}-{}\"", row.control)).count(), 1, "seed {seed}");
            }
        }
        let rows: usize = statements.iter().map(|s| s.rows.len()).sum();
        assert_eq!(markdown.lines().filter(|l| l.starts_with("| A.")).count(), rows, "seed {seed}");
        let book = parts(&statements_xlsx(statements, Locale::English).unwrap());
        let sheets = book.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
        let table: Vec<&String> = sheets.map(|(_, text)| text).filter(|text| text.contains("<tableParts")).collect();
        assert_eq!(table.iter().map(|t| t.matches("<row ").count() - 1).sum::<usize>(), rows, "seed {seed}");
        for sheet in table {
            assert!(sheet.contains("state=\"frozen\"") && sheet.contains("orientation=\"landscape\""));
        }
        assert!(book["xl/workbook.xml"].contains("_xlnm.Print_Titles"));
    }
}
