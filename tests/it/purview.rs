//! The workbooks of Compliance Manager: what is checked, what goes out and comes back, what is changed.
//!
//! Cases are workbooks written down as text (see `books`): `expected.txt` is what was printed, what was
//! said, and the exit code; of an update also `after.txt`, what the workbook holds afterwards.

use crate::books::{book, foreign_book, told};
use crate::support::{cases, code, differs, done, err, folder_of, folders, none, out, refused, run_in, run_with_input};
use annexa::sheet::{CellEdit, Place, Workbook};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn samples() -> PathBuf {
    here().join("tests/samples/compliance-manager")
}

/// The files of a case, its workbooks made.
fn case_folder(case: &Path) -> tempfile::TempDir {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in fs::read_dir(case).unwrap().map(|e| e.unwrap().path()) {
        let name = entry.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read(&entry).unwrap();
        match name.as_str() {
            "workbook.txt" | "base.txt" => {
                let text = String::from_utf8(text).unwrap();
                files.push((name.replace(".txt", ".xlsx"), book(&text)));
            }
            name if name.ends_with(".toml") => files.push((name.to_owned(), text)),
            _ => {}
        }
    }
    folder_of(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

fn args_of(case: &Path) -> Vec<String> {
    let text = fs::read_to_string(case.join("args")).unwrap_or_default();
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn each_checked_workbook_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("purview-check")) {
        let case = cases("purview-check").join(&name);
        let folder = case_folder(&case);
        let more = args_of(&case);
        let args: Vec<&str> =
            ["purview", "check", "workbook.xlsx"].into_iter().chain(more.iter().map(String::as_str)).collect();
        let output = run_in(folder.path(), &args);
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&case.join("expected.txt"), &text));
        let json = run_in(folder.path(), &[&args[..], &["--format", "json"]].concat());
        let json: Value = serde_json::from_str(out(&json)).unwrap();
        let errors = json["findings"].as_array().unwrap().iter().filter(|f| f["gravity"] == "error").count();
        assert_eq!(code(&output) == 2, errors > 0, "{name}: the exit code says what the findings say");
    }
    none(&faults);
}

#[test]
fn a_workbook_of_another_program_is_read_the_same() {
    for name in ["template-good", "template-rows", "template-extension"] {
        let text = fs::read_to_string(cases("purview-check").join(name).join("workbook.txt")).unwrap();
        assert_eq!(told(&book(&text)), told(&foreign_book(&text)), "{name}");
    }
}

const LIBRARY: [&str; 3] = ["--no-builtin", "--library", "tests/cases/purview-library"];

/// Writes the template at `target`; what was said.
fn export(template: &str, library: &[&str], target: &Path) -> String {
    let args = ["purview", "export-template", template, "-o", target.to_str().unwrap()];
    let output = run_in(here(), &[&args, library].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    err(&output).replace(target.to_str().unwrap(), "FILE")
}

#[test]
fn a_template_goes_out_as_expected() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.xlsx");
    let said = export("acme/house-rules", &LIBRARY, &target);
    let bytes = fs::read(&target).unwrap();
    let text = format!("{}\n{said}", told(&bytes));
    none(&Vec::from_iter(differs(&cases("purview-library").join("expected.txt"), &text)));
    export("acme/house-rules", &LIBRARY, &target);
    assert_eq!(fs::read(&target).unwrap(), bytes, "the same template gives the same bytes");
    let to_stream = run_in(here(), &[&["purview", "export-template", "acme/house-rules"], &LIBRARY[..]].concat());
    assert_eq!(to_stream.stdout, bytes);
    assert!(!told(&bytes).contains("(formula)"));
}

#[test]
fn shipped_templates_pass_the_check_and_come_back_the_same() {
    for (template, library) in [
        ("microsoft-cloud/iso-27001-2013", &[][..]),
        ("microsoft-cloud/iso-27001-2022", &[]),
        ("acme/house-rules", &LIBRARY),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        export(template, library, &at("one.xlsx"));
        let check = run_in(folder.path(), &["purview", "check", "one.xlsx"]);
        assert!(out(&check).ends_with("points: no faults found\n"), "{}", out(&check));
        let first = Workbook::read(&fs::read(at("one.xlsx")).unwrap()).unwrap();
        // Over the library that it came from, whose ids are taken, and alone.
        for (name, rest) in [("over", &[][..]), ("alone", &["--no-builtin"])] {
            let library: Vec<&str> = if name == "over" { library.to_vec() } else { Vec::new() };
            let library: Vec<String> =
                library.iter().map(|a| a.replace("tests/", here().join("tests/").to_str().unwrap())).collect();
            let library: Vec<&str> = library.iter().map(String::as_str).collect();
            let args = ["purview", "import-template", "one.xlsx", "-o", name, "--version", "2024-05-06"];
            let output = run_in(folder.path(), &[&args, &library[..]].concat());
            assert_eq!(code(&output), 0, "{}", err(&output));
            let id = err(&output).split("as the template `").nth(1).unwrap().split('`').next().unwrap().to_owned();
            let back = [&["--library", name][..], rest].concat();
            let lint = run_in(folder.path(), &[&["check"], &back[..]].concat());
            assert_eq!(code(&lint), 0, "{name}: {}", err(&lint));
            let args = ["purview", "export-template", &id, "-o", "two.xlsx"];
            done(folder.path(), &[&args, &back[..]].concat());
            let second = Workbook::read(&fs::read(at("two.xlsx")).unwrap()).unwrap();
            assert_eq!(first, second, "{template} {name}: what went out came back as something else");
        }
    }
}

#[test]
fn a_foreign_template_becomes_a_library() {
    let folder = tempfile::tempdir().unwrap();
    let sample = samples().join("template.xlsx");
    let args = ["purview", "import-template", sample.to_str().unwrap(), "-o", "library", "--version", "2026-01-02"];
    let output = run_in(folder.path(), &args);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let mut text = String::new();
    let mut files: Vec<PathBuf> = files_under(&folder.path().join("library"));
    files.sort();
    for path in files {
        let inside = path.strip_prefix(folder.path()).unwrap().display().to_string();
        text += &format!("--- {inside}\n{}\n", fs::read_to_string(&path).unwrap());
    }
    text += &format!("--- said\n{}", err(&output));
    none(&Vec::from_iter(differs(&samples().join("expected-library.txt"), &text)));
    done(folder.path(), &["library", "list", "actions", "--library", "library", "--no-builtin"]);
    // It is there now, and nothing is written over it.
    let again = refused(folder.path(), &args);
    assert!(again.contains("is not empty"), "{again}");
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}

#[test]
fn a_template_with_errors_is_not_imported() {
    let folder = case_folder(&cases("purview-check").join("template-rows"));
    let said = refused(folder.path(), &["purview", "import-template", "workbook.xlsx", "-o", "library"]);
    assert!(said.contains("Actions!C2: `0` is no number of points"), "{said}");
    assert!(!folder.path().join("library").exists());
}

/// The parts of a workbook as they are packed, and the format of each cell.
fn packed(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for n in 0..archive.len() {
        let mut file = archive.by_index_raw(n).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        parts.insert(file.name().unwrap().into_owned(), content);
    }
    parts
}

/// The cells of the sheets of a workbook, each as it is written.
fn raw_cells(bytes: &[u8]) -> BTreeMap<(String, String), String> {
    let mut cells = BTreeMap::new();
    for (path, text) in crate::sheets::parts(bytes).iter().filter(|(path, _)| path.starts_with("xl/worksheets/sheet")) {
        for cell in text.split("<c ").skip(1) {
            let name = cell.split("r=\"").nth(1).unwrap().split('"').next().unwrap();
            let end = cell.find("</row>").unwrap_or(cell.len());
            cells.insert((path.clone(), name.to_owned()), cell[..end].to_owned());
        }
    }
    cells
}

/// Asserts that of two workbooks only these cells differ, and each kept its format.
fn assert_only(changed: &[String], before: &[u8], after: &[u8], name: &str) {
    let (one, other) = (packed(before), packed(after));
    assert!(one.keys().eq(other.keys()), "{name}: the parts are others");
    let differ: Vec<&String> = one.keys().filter(|path| one[*path] != other[*path]).collect();
    assert!(differ.len() <= 1, "{name}: {differ:?} differ");
    let (one, other) = (raw_cells(before), raw_cells(after));
    for (place, cell) in &other {
        let format = |cell: &String| cell.split(" s=\"").nth(1).map(|s| s.split('"').next().unwrap().to_owned());
        if changed.contains(&place.1) && differ.iter().any(|path| **path == place.0) {
            if let Some(old) = one.get(place) {
                assert_eq!(format(old), format(cell), "{name}: {place:?} looks otherwise");
            }
        } else {
            assert_eq!(one.get(place), Some(cell), "{name}: {place:?} was changed");
        }
    }
}

#[test]
fn each_update_changes_what_is_expected_and_nothing_else() {
    let library = cases("purview-library");
    let mut faults = Vec::new();
    for name in folders(&cases("purview-update")) {
        let case = cases("purview-update").join(&name);
        let folder = case_folder(&case);
        let more = args_of(&case);
        let mut args = vec!["purview", "update-actions", "workbook.xlsx", "--profile", "profile.toml"];
        args.extend(["--no-builtin", "--library", library.to_str().unwrap(), "--as-of", "2026-11-22"]);
        args.extend(more.iter().map(String::as_str));
        let dry = run_in(folder.path(), &[&args[..], &["--dry-run"]].concat());
        let output = run_in(folder.path(), &[&args[..], &["-o", "after.xlsx"]].concat());
        assert_eq!(out(&dry), out(&output), "{name}: a dry run tells the same");
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&case.join("expected.txt"), &text));
        assert_eq!(code(&output), 0, "{name}: {text}");
        let before = fs::read(folder.path().join("workbook.xlsx")).unwrap();
        let after = fs::read(folder.path().join("after.xlsx")).unwrap();
        faults.extend(differs(&case.join("after.txt"), &told(&after)));
        let json = run_in(folder.path(), &[&args[..], &["--dry-run", "--format", "json"]].concat());
        let json: Value = serde_json::from_str(out(&json)).unwrap();
        let changes = json["changes"].as_array().unwrap();
        let changed: Vec<String> = changes.iter().map(|c| c["cell"].as_str().unwrap().to_owned()).collect();
        assert_only(&changed, &before, &after, &name);
        // A second run has nothing to do.
        fs::write(folder.path().join("workbook.xlsx"), &after).unwrap();
        let again = run_in(folder.path(), &[&args[..], &["--dry-run", "--format", "json"]].concat());
        let again: Value = serde_json::from_str(out(&again)).unwrap();
        assert_eq!(again["changes"].as_array().unwrap().len(), 0, "{name}: {again}");
        assert_eq!(json["rows"], again["rows"]);
    }
    none(&faults);
}

#[test]
fn an_updated_export_breaks_no_rule() {
    let case = cases("purview-update").join("fills");
    let folder = case_folder(&case);
    let library = cases("purview-library");
    let args = ["purview", "update-actions", "workbook.xlsx", "--profile", "profile.toml", "--no-builtin", "--library"];
    done(
        folder.path(),
        &[&args[..], &[library.to_str().unwrap(), "--as-of", "2026-11-22", "-o", "after.xlsx"]].concat(),
    );
    let checked = |name: &str| {
        let output = run_in(folder.path(), &["purview", "check", name, "--format", "json"]);
        let review: Value = serde_json::from_str(out(&output)).unwrap();
        let findings = review["findings"].as_array().unwrap().clone();
        findings.into_iter().filter(|f| f["gravity"] == "error").map(|f| f["cell"].clone()).collect::<Vec<_>>()
    };
    // What broke a rule before and is left alone does so still; nothing else does.
    let (before, after) = (checked("workbook.xlsx"), checked("after.xlsx"));
    assert!(after.iter().all(|cell| before.contains(cell)), "{before:?} {after:?}");
}

#[test]
fn a_file_that_is_there_is_not_replaced_unasked() {
    let folder = case_folder(&cases("purview-update").join("fills"));
    let library = cases("purview-library");
    let args = ["purview", "update-actions", "workbook.xlsx", "--profile", "profile.toml", "--no-builtin", "--library"];
    let args = [&args[..], &[library.to_str().unwrap(), "--as-of", "2026-11-22"]].concat();
    let said = refused(folder.path(), &[&args[..], &["-o", "workbook.xlsx"]].concat());
    assert!(said.contains("exists already"), "{said}");
    let said = refused(folder.path(), &[&args[..], &["-o", "-"]].concat());
    assert!(said.contains("the workbook cannot"), "{said}");
    let before = fs::read(folder.path().join("workbook.xlsx")).unwrap();
    done(folder.path(), &[&args[..], &["-o", "workbook.xlsx", "--force", "-q"]].concat());
    assert_ne!(fs::read(folder.path().join("workbook.xlsx")).unwrap(), before);
}

#[test]
fn standard_input_is_a_workbook_too() {
    let text = fs::read_to_string(cases("purview-check/template-good/workbook.txt")).unwrap();
    let output = run_with_input(here(), &["purview", "check", "-"], &book(&text));
    assert_eq!((code(&output), err(&output)), (0, ""));
    let output = run_with_input(here(), &["purview", "check", "-"], b"");
    assert_eq!((code(&output), out(&output)), (2, ""));
    assert!(err(&output).contains("the file is empty"), "{}", err(&output));
    let said = refused(here(), &["purview", "check", "no-such-file.xlsx"]);
    assert!(said.contains("cannot read `no-such-file.xlsx`"), "{said}");
}

/// The shipped workbooks are made of the texts beside them.
#[test]
fn samples_are_what_their_texts_say() {
    for (name, make) in [("ExportActions", book as fn(&str) -> Vec<u8>), ("template", foreign_book)] {
        let text = fs::read_to_string(samples().join(format!("{name}.txt"))).unwrap();
        let path = samples().join(format!("{name}.xlsx"));
        let made = make(&text);
        if std::env::var_os("UPDATE").is_some_and(|v| v == "1") {
            fs::write(&path, &made).unwrap();
        }
        assert_eq!(told(&fs::read(&path).unwrap()), told(&made), "{name}");
    }
}

/// Edits of random cells do what they say, whichever way the sheet is written.
#[test]
fn any_cell_can_be_edited_and_no_other_changes() {
    let text = "== One\na | b | · | d\n· | #2 | @6/19/2026 15:12:29 | ·\n== Two\nx\n";
    let texts = ["", "=1+1", "a\nb", "<&>\"", "_x000D_", " spaces ", "+@-", "社😀"];
    for make in [book as fn(&str) -> Vec<u8>, foreign_book] {
        let before = make(&text.replace("@6/19/2026 15:12:29", "c"));
        for (n, text) in texts.iter().enumerate() {
            for row in 1..=2 {
                let column = u32::try_from(n % 6).unwrap();
                let edit = CellEdit { place: Place { row, column }, text: (*text).to_owned() };
                let after = Workbook::edit(&before, "One", &[edit]).unwrap();
                let (old, new) = (Workbook::read(&before).unwrap(), Workbook::read(&after).unwrap());
                assert_eq!(old.sheets[1], new.sheets[1]);
                let cells = |book: &Workbook| -> BTreeMap<(u32, u32), String> {
                    let rows = book.sheets[0].rows.iter();
                    rows.flat_map(|r| r.cells.iter().map(|c| ((r.number, c.column), c.text.clone()))).collect()
                };
                let mut wanted = cells(&old);
                wanted.remove(&(row, column));
                if !text.is_empty() {
                    wanted.insert((row, column), (*text).to_owned());
                }
                assert_eq!(cells(&new), wanted, "{row} {column} {text:?}");
            }
        }
    }
}

/// Runs a command beside the sample export and its profile.
fn beside_sample() -> tempfile::TempDir {
    let read = |name: &str| fs::read(samples().join(name)).unwrap();
    let (export, tenant) = (read("ExportActions.xlsx"), read("tenant.toml"));
    folder_of([("ExportActions.xlsx", export.as_slice()), ("tenant.toml", tenant.as_slice())])
}

const AS_OF: [&str; 2] = ["--as-of", "2026-11-22"];

#[test]
fn the_sample_export_goes_into_the_profile_and_out_again() {
    let folder = beside_sample();
    let args = ["ExportActions.xlsx", "--profile", "tenant.toml", "--date", "2026-11-20"];
    let import = |more: &[&str]| {
        let output = run_in(folder.path(), &[&["purview", "import-actions"], &args[..], &AS_OF, more].concat());
        format!("{}{}exit {}\n", out(&output), err(&output), code(&output))
    };
    let other = run_in(folder.path(), &[&["import", "compliance-manager"], &args[..], &AS_OF, &["--dry-run"]].concat());
    assert_eq!(import(&["--dry-run"]), format!("{}{}exit 0\n", out(&other), err(&other)), "they are one command");
    let mut faults = Vec::from_iter(differs(&samples().join("expected-import.txt"), &import(&[])));
    let profile = fs::read_to_string(folder.path().join("tenant.toml")).unwrap();
    faults.extend(differs(&samples().join("expected-tenant.toml"), &profile));
    none(&faults);
    done(folder.path(), &["check", "tenant.toml"]);
    // What was taken over is taken over; and what goes out comes back as nothing new.
    assert!(import(&[]).contains("Nothing changes in the profile."));
    let update = ["purview", "update-actions", "ExportActions.xlsx", "--profile", "tenant.toml", "-o", "after.xlsx"];
    done(folder.path(), &[&update[..], &AS_OF].concat());
    let back = ["purview", "import-actions", "after.xlsx", "--profile", "tenant.toml", "--date", "2026-11-20"];
    let back = done(folder.path(), &[&back[..], &AS_OF].concat());
    assert!(back.contains("Nothing changes in the profile."), "{back}");
}

#[test]
fn an_import_of_something_else_is_refused_with_what_it_is() {
    let folder = beside_sample();
    let template = fs::read(samples().join("template.xlsx")).unwrap();
    fs::write(folder.path().join("template.xlsx"), template).unwrap();
    fs::write(folder.path().join("old.xls"), [0xd0, 0xcf, 0x11, 0xe0, 1, 2]).unwrap();
    fs::write(folder.path().join("text.csv"), "a,b\n").unwrap();
    let lacking = "== Action Update\nImprovement Action Name | Implementation Status\na | b\n";
    fs::write(folder.path().join("lacking.xlsx"), book(lacking)).unwrap();
    for (file, clause) in [
        ("template.xlsx", "the workbook has no tab `Action Update`"),
        ("old.xls", "a workbook of the old form"),
        ("text.csv", "a workbook is expected"),
        ("lacking.xlsx", "lacks the columns `Implementation Date`"),
    ] {
        let said = refused(folder.path(), &["purview", "import-actions", file, "--profile", "tenant.toml"]);
        assert!(said.contains(clause) && said.contains("bad-export"), "{file}: {said}");
    }
}
