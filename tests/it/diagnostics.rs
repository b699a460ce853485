//! Every diagnostic code has a case folder, and what the program says there is kept word for word.
//!
//! A case is a folder with a profile, a library, or both; `annexa check` is run in it. A file `args`
//! holds other arguments. `expected.txt` is standard error and, as its last line, the exit code.

use crate::support::{cases, code, differs, err, folder_of, folders, none, run_in};
use annexa::{Code, Severity};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_code_has_a_case_and_every_case_a_code() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(|c| c.name().to_owned()).collect();
    let found: BTreeSet<String> = folders(&cases("diagnostics")).into_iter().collect();
    assert_eq!(codes, found, "left the codes, right the folders in tests/cases/diagnostics");
}

#[test]
fn of_each_code_look_as_expected() {
    let mut faults = Vec::new();
    for known in Code::ALL {
        let folder = cases("diagnostics").join(known.name());
        let text = said(known.name(), &folder);
        faults.extend(differs(&folder.join("expected.txt"), &text));
        let head = format!("{}[{}]:", known.severity().word(), known.name());
        if !text.lines().any(|line| line.starts_with(&head)) {
            faults.push(format!("{}: nothing begins with `{head}`\n{text}", known.name()));
        }
        let exit = if known.severity() == Severity::Error { "exit 2" } else { "exit 0" };
        if text.lines().last() != Some(exit) {
            faults.push(format!("{}: the last line is not `{exit}`\n{text}", known.name()));
        }
    }
    none(&faults);
}

#[test]
fn of_many_faults_at_once_look_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("check")) {
        let folder = cases("check").join(&name);
        faults.extend(differs(&folder.join("expected.txt"), &said(&name, &folder)));
    }
    none(&faults);
}

/// What the program says about a case, and how it ends.
fn said(name: &str, folder: &Path) -> String {
    let generated = generated(name);
    let place = generated.as_ref().map_or(folder, |made| made.path());
    let args = fs::read_to_string(folder.join("args")).unwrap_or_else(|_| "check profile.toml".to_owned());
    let args: Vec<&str> = args.split_whitespace().collect();
    let output = run_in(place, &args);
    assert!(output.stdout.is_empty(), "{name}: `check` writes to standard output");
    format!("{}exit {}\n", err(&output), code(&output))
}

/// Cases whose bytes or size would be out of place in a repository.
fn generated(name: &str) -> Option<tempfile::TempDir> {
    match name {
        "not-utf-8" => {
            let text = b"[organization]\nname = \"M\xfcller & S\xf6hne\"\n";
            Some(folder_of([("profile.toml", &text[..])]))
        }
        "too-large" => {
            let folder = folder_of([("profile.toml", &b""[..])]);
            let file = fs::OpenOptions::new().write(true).open(folder.path().join("profile.toml")).expect("a file");
            file.set_len(u64::try_from(annexa::MAX_FILE_BYTES).expect("a size") + 1).expect("a sparse file");
            Some(folder)
        }
        "too-many-entries" => {
            let text =
                format!("[organization]\nname = \"Contoso Ltd\"\nlist = [{}]\n", "0,".repeat(annexa::MAX_ENTRIES));
            Some(folder_of([("profile.toml", text.as_bytes())]))
        }
        _ => None,
    }
}
