//! The review sheet: its rows, its two forms, and texts that would like to be more than text.

use crate::sheets::{between, parts, sheets};
use crate::support::{done, folder_of, out, refused, run_in};
use annexa::{Choice, Library, Model, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const TEMPLATE: &str = "microsoft-cloud/iso-27001-2013";

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn library() -> Library {
    Model::builtin(&mut Sources::default()).library().clone()
}

fn csv(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The rows by their columns, the header taken off.
fn by_column(rows: &[Vec<String>]) -> Vec<BTreeMap<&str, &str>> {
    let header = rows[0].iter().map(String::as_str);
    rows[1..].iter().map(|row| header.clone().zip(row.iter().map(String::as_str)).collect()).collect()
}

/// Several texts in a cell stand on lines in a workbook, and with `;` between in CSV.
fn joined(text: &str) -> String {
    text.strip_prefix('\'').unwrap_or(text).replace(['\n', ';'], " ")
}

fn export(folder: &Path, args: &[&str]) -> Vec<u8> {
    let output = run_in(folder, &[&["library", "export"], args].concat());
    assert!(output.status.success(), "{args:?}");
    output.stdout
}

#[test]
fn a_row_for_each_control_and_action_of_a_template() {
    let library = library();
    let rows = csv(&done(here(), &["library", "export", "--format", "csv", "--template", TEMPLATE]));
    let rows = by_column(&rows);
    let template = library.template(library.find_template(TEMPLATE).unwrap());
    let framework = library.framework(library.find_framework(template.framework.value.as_str()).unwrap());
    let mapped: BTreeSet<(&str, &str)> = template
        .map
        .iter()
        .flat_map(|m| m.actions.iter().map(|a| (m.control.value.as_str(), a.value.as_str())))
        .collect();
    let found: Vec<(&str, &str)> = rows.iter().map(|r| (r["control"], r["action"])).collect();
    let served: Vec<(&str, &str)> = found.iter().copied().filter(|(_, action)| !action.is_empty()).collect();
    let bare: Vec<&str> = found.iter().filter(|(_, action)| action.is_empty()).map(|(control, _)| *control).collect();
    assert_eq!(served.len(), mapped.len(), "each once");
    assert_eq!(served.into_iter().collect::<BTreeSet<_>>(), mapped);
    let unmapped = |id: &str| !mapped.iter().any(|(control, _)| *control == id);
    let expected: Vec<&str> =
        framework.controls.iter().map(|c| c.id.value.as_str()).filter(|id| unmapped(id)).collect();
    assert_eq!(bare, expected);
    // Controls stand in the order of the catalogue.
    let mut controls: Vec<&str> = found.iter().map(|(control, _)| *control).collect();
    controls.dedup();
    assert_eq!(controls, framework.controls.iter().map(|c| c.id.value.as_str()).collect::<Vec<_>>());

    for row in rows.iter().filter(|row| !row["action"].is_empty()) {
        let action = library.action(library.find_action(row["action"]).unwrap());
        assert_eq!(row["action_title"], action.title);
        assert_eq!((row["owner"], row["purpose"]), (action.owner.word(), action.purpose.word()));
        assert_eq!(row["points"], action.points().get().to_string());
        assert_eq!(joined(row["guidance"]), joined(action.guidance.as_deref().unwrap_or_default()));
        assert_eq!(row["links"], action.links.join(";"));
        assert_eq!(row["template"], TEMPLATE);
        assert!(["verdict", "comment", "reviewer", "reviewed_on"].iter().all(|column| row[column].is_empty()));
        let owners: BTreeSet<&str> =
            rows.iter().filter(|r| r["control"] == row["control"]).map(|r| r["owner"]).collect();
        let carried = if owners.len() == 2 { "shared" } else { row["owner"] };
        assert_eq!(row["responsibility"], carried);
    }
    let row = rows.iter().find(|r| r["control"] == "A.9.1.1").unwrap();
    assert_eq!(row["other_edition"], "subset of iso-27001-2022 A.5.15 (confirmed)");
    assert_eq!((row["group"], row["domain"]), ("A.9.1 Business requirements of access control", "A.9 Access control"));
}

#[test]
fn without_a_template_every_control_of_every_framework_is_there() {
    let library = library();
    let rows = csv(&done(here(), &["library", "export", "--format", "csv"]));
    let rows = by_column(&rows);
    let found: BTreeSet<(&str, &str)> = rows.iter().map(|r| (r["framework"], r["control"])).collect();
    let all = library.frameworks().iter().flat_map(|f| {
        let framework = f.id.value.as_str();
        f.controls.iter().map(move |c| (framework, c.id.value.as_str()))
    });
    assert_eq!(found, all.collect());
    let row = rows.iter().find(|r| r["framework"] == "iso-27001-2022" && r["control"] == "A.5.7").unwrap();
    assert_eq!(row["new"], "true");
    assert!(row["attributes"].contains("control_type: preventive, detective, corrective"), "{}", row["attributes"]);
    assert!(row["related"].contains("iso-27001-2022") || row["related"].contains("nist"), "{}", row["related"]);
}

#[test]
fn the_workbook_has_the_rows_of_the_csv_and_is_the_same_every_time() {
    for args in [&[][..], &["--template", TEMPLATE]] {
        let bytes = export(here(), &[&["--format", "xlsx"], args].concat());
        assert!(bytes == export(here(), &[&["--format", "xlsx", "-o", "-"], args].concat()), "the same bytes");
        let sheets = sheets(&bytes);
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Controls & actions", "Actions", "Services", "Evidence", "Crosswalks", "Read me"]);
        let expected = csv(std::str::from_utf8(&export(here(), &[&["--format", "csv"], args].concat())).unwrap());
        assert_eq!(sheets[0].1.len(), expected.len());
        for (row, expected) in sheets[0].1.iter().zip(&expected) {
            let same = |list: &[String]| list.iter().map(|c| joined(c)).collect::<Vec<_>>();
            assert_eq!(same(row), same(expected));
        }
        let parts = parts(&bytes);
        let first = &parts["xl/worksheets/sheet1.xml"];
        assert!(first.contains("<pane ") && first.contains("state=\"frozen\""));
        assert!(first.contains("<formula1>\"right,wrong,incomplete,unsure\"</formula1>"));
        assert!(parts["xl/tables/table1.xml"].contains("<autoFilter"));
    }
}

#[test]
fn the_other_sheets_hold_what_the_library_has_and_the_day_is_that_of_the_template() {
    let library = library();
    let bytes = export(here(), &["--format", "xlsx"]);
    let sheets: BTreeMap<String, Vec<Vec<String>>> = sheets(&bytes).into_iter().collect();
    assert_eq!(sheets["Actions"].len(), 1 + library.actions().len());
    assert_eq!(sheets["Services"].len(), 1 + library.services().len());
    assert_eq!(sheets["Evidence"].len(), 1 + library.evidence().len());
    let relations: usize = library.crosswalks().iter().map(|c| c.relations.len()).sum();
    assert_eq!(sheets["Crosswalks"].len(), 1 + relations);
    let read_me: String = sheets["Read me"].concat().join("\n");
    let version = library.template(library.find_template(TEMPLATE).unwrap()).version.to_string();
    assert!(read_me.contains(&format!("version {version}")) && read_me.contains("As of "), "{read_me}");
    let bytes = export(here(), &["--format", "xlsx", "--template", TEMPLATE]);
    assert!(parts(&bytes)["docProps/core.xml"].contains(&format!("{version}T00:00:00Z")));
    // An action that only other templates use is not this one's to review.
    let mapped: BTreeSet<String> = library
        .template(library.find_template(TEMPLATE).unwrap())
        .map
        .iter()
        .flat_map(|m| m.actions.iter().map(|a| a.value.to_string()))
        .collect();
    let actions: Vec<Vec<String>> = self::sheets(&bytes).swap_remove(1).1;
    assert_eq!(actions[1..].iter().map(|row| row[0].clone()).collect::<BTreeSet<_>>(), mapped);
}

const HOSTILE: [&str; 6] =
    ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)", "=HYPERLINK(\"https://example.com\",\"x\")", "{=1+1}"];

fn hostile_library() -> tempfile::TempDir {
    let catalog = "[framework]\nid = \"f\"\ntitle = \"F\"\nedition = \"1\"\npublisher = \"P\"\nstatus = \"current\"\n\
        [[group]]\nid = \"g\"\ntitle = \"=1+1\"\n\
        [[control]]\nid = \"C.1\"\ngroup = \"g\"\ntitle = \"=cmd|' /C calc'!A0\"\nkind = \"annex-a\"\nnote = \"@SUM(1)\"\n";
    let provider = "[provider]\nid = \"p\"\nname = \"P\"\n[[service]]\nid = \"s\"\nname = \"=1+1\"\n";
    let mut actions = String::new();
    for (n, text) in HOSTILE.iter().enumerate() {
        let text = text.replace('"', "\\\"");
        let long = format!("\"{}\", ", "x".repeat(900)).repeat(40);
        actions.push_str(&format!(
            "[[action]]\nid = \"a{n}\"\ntitle = \"{text}\"\nowner = \"customer\"\ntype = \"technical\"\n\
             purpose = \"detective\"\nenforcement = \"mandatory\"\nguidance = \"{text}\\u0007\\u202e <&>\"\n\
             feature = \"{text}\"\nproof = [{long}]\nlinks = [\"{}\"]\n",
            ["https://example.com/a?b=c&d=%20#e", "http://example.com", "https://example.com/\\u202e"][n % 3],
        ));
    }
    let ids: Vec<String> = (0..HOSTILE.len()).map(|n| format!("\"a{n}\"")).collect();
    let template = format!(
        "[template]\nid = \"p/f\"\ntitle = \"=1+1\"\nframework = \"f\"\nprovider = \"p\"\nversion = 1700-01-01\n\
         [[map]]\ncontrol = \"C.1\"\nactions = [{}]\n",
        ids.join(", ")
    );
    folder_of([
        ("library/controls/f.toml", catalog.as_bytes()),
        ("library/templates/p/provider.toml", provider.as_bytes()),
        ("library/templates/p/actions/a.toml", actions.as_bytes()),
        ("library/templates/p/f.toml", template.as_bytes()),
    ])
}

#[test]
fn hostile_texts_stay_texts_and_long_ones_are_cut() {
    let folder = hostile_library();
    let own = ["--no-builtin", "--library", "library", "-q"];
    let bytes = export(folder.path(), &[&["--format", "xlsx"], &own[..]].concat());
    // `sheets` fails at a formula.
    let sheets = sheets(&bytes);
    let rows = by_column(&sheets[0].1);
    assert_eq!(rows.iter().map(|r| r["action_title"]).collect::<Vec<_>>(), HOSTILE);
    for row in &rows {
        assert!(row["guidance"].ends_with("\\u{7}\\u{202e} <&>"), "{}", row["guidance"]);
        assert!(row["proof"].ends_with(" [cut: longer than a cell can be]") && row["proof"].len() <= 32_767);
    }
    let parts = parts(&bytes);
    let links: Vec<&str> = between(&parts["xl/worksheets/_rels/sheet1.xml.rels"], "Target=\"", "\"")
        .filter(|target| target.contains("://"))
        .collect();
    assert!(!links.is_empty() && links.iter().all(|link| link.starts_with("https://example.com/a")), "{links:?}");

    let text = export(folder.path(), &[&["--format", "csv"], &own[..]].concat());
    for cell in csv(std::str::from_utf8(&text).unwrap()).concat() {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
}

#[test]
fn a_review_goes_to_a_file_as_other_results_do() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["library", "export", "--format", "csv", "--template", TEMPLATE];
    let output = run_in(folder.path(), &[&args[..], &["-o", "review.csv"]].concat());
    assert!(output.status.success() && out(&output).is_empty());
    let rows = csv(&fs::read_to_string(folder.path().join("review.csv")).unwrap()).len() - 1;
    assert_eq!(crate::support::err(&output), format!("{rows} rows in review.csv\n"));
    // A file of that name is replaced, as by every `-o`.
    fs::write(folder.path().join("review.csv"), "mine").unwrap();
    done(folder.path(), &[&args[..], &["-o", "review.csv"]].concat());
    assert_eq!(fs::read_to_string(folder.path().join("review.csv")).unwrap(), done(folder.path(), &args));

    for wrong in [
        &["library", "export"][..],
        &["library", "export", "folder", "--format", "csv"],
        &["library", "export", "folder", "--template", TEMPLATE],
        &["library", "export", "folder", "-o", "file"],
        &["library", "export", "--format", "csv", "--force"],
        &["library", "export", "--format", "ods"],
        &["library", "export", "--format", "csv", "-o", "."],
    ] {
        refused(folder.path(), wrong);
    }
    let said = refused(folder.path(), &["library", "export", "--format", "csv", "--template", "microsoft-cloud/iso"]);
    assert!(said.contains("no template `microsoft-cloud/iso`"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else was written");
}
