//! Imports: a folder per case, the profile after it, and the laws that hold for all of them.
//!
//! A case is a folder with a profile, the files to import and `args`; `expected.txt` is what the program
//! says, with the exit code as its last line, and `expected.toml` the profile afterwards.

use crate::support::{cases, code, differs, err, folder_of, folders, none, out, run_in};
use std::fs;
use std::path::Path;

/// The arguments of a case, with the profile and a date that no clock moves.
fn args(folder: &Path) -> Vec<String> {
    let own = fs::read_to_string(folder.join("args")).unwrap();
    let words = own.split_whitespace().map(str::to_owned);
    ["import".to_owned()]
        .into_iter()
        .chain(words)
        .chain(["--profile", "profile.toml", "--as-of", "2026-08-01"].map(str::to_owned))
        .collect()
}

/// A copy of a case that may be written to.
fn copy(folder: &Path) -> tempfile::TempDir {
    let files = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|path| path.is_file());
    let files: Vec<(String, Vec<u8>)> = files
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .filter(|(name, _)| !name.starts_with("expected"))
        .collect();
    folder_of(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

/// Runs a case in a folder: what was said and how it ended.
fn said(folder: &Path, more: &[&str]) -> String {
    let args = args(folder);
    let args: Vec<&str> = args.iter().map(String::as_str).chain(more.iter().copied()).collect();
    let output = run_in(folder, &args);
    format!("{}{}exit {}\n", out(&output), err(&output), code(&output))
}

#[test]
fn of_each_case_go_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("import")) {
        let folder = cases("import").join(&name);
        let work = copy(&folder);
        let before = fs::read_to_string(work.path().join("profile.toml")).unwrap();
        let trial = said(work.path(), &["--dry-run"]);
        let untouched = fs::read_to_string(work.path().join("profile.toml")).unwrap();
        assert_eq!(before, untouched, "{name}: a dry run writes");
        let text = said(work.path(), &[]);
        faults.extend(differs(&folder.join("expected.txt"), &text));
        let plain = |text: &str| text.replace("would change", "changed").replace("profile.toml is written\n", "");
        assert_eq!(plain(&trial), plain(&text), "{name}: a dry run says something else");
        let after = fs::read_to_string(work.path().join("profile.toml")).unwrap();
        if after == before {
            assert!(!folder.join("expected.toml").exists(), "{name}: nothing was written");
            continue;
        }
        faults.extend(differs(&folder.join("expected.toml"), &after));
        faults.extend(again(&name, work.path(), &after));
        faults.extend(lines_lost(&name, &before, &after));
    }
    none(&faults);
}

/// Whether a second import changes nothing, and the profile is one without new faults.
fn again(name: &str, folder: &Path, after: &str) -> Option<String> {
    let text = said(folder, &[]);
    let same = fs::read_to_string(folder.join("profile.toml")).unwrap();
    let check = run_in(folder, &["check", "profile.toml"]);
    let is_idle = text.contains("Nothing changes in the profile.") && same == after;
    let holds = is_idle && code(&check) == 0;
    (!holds).then(|| format!("{name}: a second import says\n{text}{}\nand the profile is\n{same}", err(&check)))
}

/// Lines of the profile that an import may not touch: comments, and all that is about something else.
fn lines_lost(name: &str, before: &str, after: &str) -> Option<String> {
    let is_kept = |line: &&str| {
        let key = line.split(['=', '#']).next().unwrap().trim();
        let changes =
            ["implementation", "implemented_on", "test", "test_source", "tested_on", "fraction", "valid_to", "notes"];
        !changes.contains(&key) && !line.trim_start().starts_with('{')
    };
    let mut rest = after.split_inclusive('\n');
    let lost: Vec<&str> =
        before.split_inclusive('\n').filter(is_kept).filter(|line| !rest.any(|other| other == *line)).collect();
    let comments = |text: &str| text.matches("# ").count();
    (!lost.is_empty() || comments(before) != comments(after)).then(|| format!("{name}: lost {lost:?}"))
}

#[test]
fn two_imports_at_once_lose_nothing() {
    let work = copy(&cases("import").join("first"));
    let path = work.path().join("profile.toml");
    let before = fs::read_to_string(&path).unwrap();
    let args = args(work.path());
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outputs: Vec<_> = std::thread::scope(|scope| {
        let run = || run_in(work.path(), &args);
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let after = fs::read_to_string(&path).unwrap();
    assert_ne!(after, before);
    assert!(outputs.iter().any(|output| code(output) == 0));
    // Whoever came too late either found everything known, or was told to come again.
    for output in outputs.iter().filter(|output| code(output) != 0) {
        assert!(code(output) == 2 && err(output).contains("was changed while it was imported into"), "{}", err(output));
    }
    let text = said(work.path(), &[]);
    assert!(text.contains("Nothing changes in the profile."), "{text}");
}

#[test]
fn a_profile_that_may_not_be_written_stays_as_it_is() {
    let work = copy(&cases("import").join("first"));
    let before = fs::read_to_string(work.path().join("profile.toml")).unwrap();
    let text = said(work.path(), &["-o", "no/such/folder/tenant.toml"]);
    assert!(text.ends_with("exit 3\n") && text.contains("cannot write"), "{text}");
    assert_eq!(fs::read_to_string(work.path().join("profile.toml")).unwrap(), before);
    let text = said(work.path(), &["-o", "new.toml"]);
    assert!(text.contains("new.toml is written") && text.ends_with("exit 0\n"), "{text}");
    assert_eq!(fs::read_to_string(work.path().join("profile.toml")).unwrap(), before);
    assert_ne!(fs::read_to_string(work.path().join("new.toml")).unwrap(), before);
}
