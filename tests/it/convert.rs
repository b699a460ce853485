//! `annexa convert`, as a person and a pipeline meet it.
//!
//! A case is a folder: the program is run in a copy of it with what `args` holds. `expected.txt` has what was
//! written to standard output and standard error, the exit code, and every file that is new.

use crate::support::{cases, code, differs, done, err, folder_of, folders, none, out, refused, run_in, run_with_input};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// All files under a folder, by path.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn cases_look_as_expected() {
    let mut faults = Vec::new();
    let names = folders(&cases("convert"));
    assert!(names.len() >= 6, "{names:?}");
    for name in names {
        let case = cases("convert").join(&name);
        let copy = folder_of([]);
        for path in files(&case) {
            let place = copy.path().join(path.strip_prefix(&case).unwrap());
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::copy(&path, place).unwrap();
        }
        let before = files(copy.path());
        let args = fs::read_to_string(case.join("args")).unwrap();
        let output = run_in(copy.path(), &args.split_whitespace().collect::<Vec<_>>());
        let mut text = String::new();
        for (what, said) in [("standard output", out(&output)), ("standard error", err(&output))] {
            if !said.is_empty() {
                let _ = write!(text, "== {what}\n{said}");
            }
        }
        let _ = writeln!(text, "== exit {}", code(&output));
        for path in files(copy.path()).iter().filter(|path| !before.contains(path)) {
            let inside = path.strip_prefix(copy.path()).unwrap().display();
            let _ = write!(text, "== {inside}\n{}", fs::read_to_string(path).unwrap());
        }
        faults.extend(differs(&case.join("expected.txt"), &text));
    }
    none(&faults);
}

const PROFILE: &str = "[organization]\nname = \"Contoso\" # that is us\n";
const LINE: &str = "{\"organization\":{\"name\":\"Contoso\"}}\n";
const PRETTY: &str = "{\n  \"organization\": {\n    \"name\": \"Contoso\"\n  }\n}\n";
const BACK: &str = "[organization]\nname = \"Contoso\"\n";

#[test]
fn standard_input_is_taken_for_what_it_is() {
    let folder = folder_of([]);
    for (input, args, expected) in [
        (PROFILE, &["convert", "-"][..], PRETTY),
        (PROFILE, &["convert", "-", "--to", "ndjson"], LINE),
        (LINE, &["convert", "-"], BACK),
        (&format!("\n \n{LINE}\n"), &["convert", "-"], BACK),
        (&format!("\u{feff}{LINE}"), &["convert", "-"], BACK),
        (PRETTY, &["convert", "-"], BACK),
        (PRETTY, &["convert", "-", "--to", "ndjson"], LINE),
        (LINE, &["convert", "-", "--to", "json"], PRETTY),
        (&format!("{LINE}{LINE}"), &["convert", "-", "--to", "ndjson", "-o", "-"], &format!("{LINE}{LINE}")),
        (LINE.trim_end(), &["convert", "-", "--from", "json", "--to", "ndjson"], LINE),
    ] {
        let output = run_with_input(folder.path(), args, input.as_bytes());
        assert_eq!((code(&output), out(&output), err(&output)), (0, expected, ""), "{args:?} {input}");
    }
}

#[test]
fn what_would_lose_something_is_refused() {
    let folder = folder_of([
        ("tenant.toml", PROFILE.as_bytes()),
        ("tenant.json", PRETTY.as_bytes()),
        ("other.json", PRETTY.as_bytes()),
        ("fleet.ndjson", format!("{LINE}{LINE}").as_bytes()),
        ("empty.ndjson", b"\n"),
        ("notes.txt", b""),
        ("full/tenant.toml", PROFILE.as_bytes()),
        ("bare/notes.txt", b""),
    ]);
    let before = files(folder.path());
    for (args, said) in [
        (&["convert", "tenant.toml", "--to", "toml"][..], "`tenant.toml` is TOML already"),
        (&["convert", "tenant.toml", "-o", "tenant.toml", "--to", "json"], "would be written over what is read"),
        (&["convert", "tenant.json", "-o", "./tenant.json"], "would be written over what is read"),
        (&["convert", "tenant.json", "other.json"], "several profiles do not go into one file"),
        (&["convert", "fleet.ndjson", "-o", "one.toml"], "several profiles do not go into one file"),
        (&["convert", "fleet.ndjson", "-o", "full"], "`full` is not empty"),
        (&["convert", "fleet.ndjson", "-o", "notes.txt"], "`notes.txt` is no folder"),
        (&["convert", "empty.ndjson", "-o", "made"], "there is no profile to convert"),
        (&["convert", "empty.ndjson", "-o", "made.ndjson"], "there is no profile to convert"),
        (&["convert", "empty.ndjson"], "there is no profile to convert"),
        (&["convert", "bare"], "`bare` holds no `.toml`"),
        (&["convert", "notes.txt"], "does not say what it holds"),
        (&["convert", "nowhere.toml", "-o", "made.json"], "cannot read `nowhere.toml`"),
        (&["convert", "nowhere.ndjson", "-o", "made"], "cannot read `nowhere.ndjson`"),
        (&["convert", "-", "-"], "standard input can be read once"),
    ] {
        let told = refused(folder.path(), args);
        assert!(told.contains(said), "{args:?}: {told}");
        assert_eq!(files(folder.path()), before, "{args:?}");
    }
}

#[test]
fn a_fleet_goes_there_and_back() {
    let folder = folder_of([]);
    fs::create_dir(folder.path().join("shipped")).unwrap();
    for (path, text) in annexa::starter_profiles() {
        fs::write(folder.path().join("shipped").join(Path::new(path).file_name().unwrap()), text).unwrap();
    }
    done(folder.path(), &["convert", "shipped", "-o", "fleet.ndjson"]);
    done(folder.path(), &["convert", "fleet.ndjson", "-o", "back"]);
    done(folder.path(), &["convert", "back", "-o", "again.ndjson", "--quiet"]);
    let lines = |name: &str| {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        let mut lines: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        lines.sort_by_key(ToString::to_string);
        lines
    };
    assert_eq!(lines("fleet.ndjson").len(), 3);
    assert_eq!(lines("fleet.ndjson"), lines("again.ndjson"));
    for path in files(&folder.path().join("back")) {
        let path = path.to_str().unwrap().to_owned();
        let told = run_in(folder.path(), &["check", &path]);
        assert_eq!(code(&told), 0, "{}", err(&told));
    }
}

#[test]
fn a_line_that_is_too_long_is_told_and_the_next_is_read() {
    let folder = folder_of([]);
    let long = format!("{{\"organization\":{{\"name\":\"{}\"}}}}\n", "x".repeat(annexa::MAX_FILE_BYTES));
    let bytes = [LINE.as_bytes(), long.as_bytes(), b"{\"organization\":{\"name\":\"M\xfcller\"}}\n", LINE.as_bytes()];
    fs::write(folder.path().join("fleet.ndjson"), bytes.concat()).unwrap();
    let output = run_in(folder.path(), &["convert", "fleet.ndjson", "--to", "ndjson"]);
    assert_eq!((code(&output), out(&output)), (2, format!("{LINE}{LINE}").as_str()));
    let told = err(&output);
    assert!(told.contains("error[too-large]") && told.contains("the byte 0xFC in line 3 does not fit"), "{told}");
    assert!(told.ends_with("error: 2 of 4 profiles cannot be converted; the others were written\n"), "{told}");
}
