//! What several tests use: the built program, temporary folders, and files of what is expected.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The built program, with nothing in its environment that changes what it prints.
pub(crate) fn annexa() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annexa"));
    for name in ["NO_COLOR", "COLUMNS", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs the program in `folder` with `args`.
pub(crate) fn run_in(folder: &Path, args: &[&str]) -> Output {
    annexa().current_dir(folder).args(args).output().expect("the program starts")
}

/// Runs the program in `folder` with `args` and `input` on standard input.
pub(crate) fn run_with_input(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut command = annexa();
    command.current_dir(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        // The program may end before it has read everything.
        scope.spawn(move || stdin.write_all(input).ok());
        child.wait_with_output().expect("the program ends")
    })
}

/// Runs the program in `folder` with `args`, which must end well; what it wrote to standard output.
pub(crate) fn done(folder: &Path, args: &[&str]) -> String {
    let output = run_in(folder, args);
    assert_eq!(code(&output), 0, "annexa {}: {}", args.join(" "), err(&output));
    out(&output).to_owned()
}

/// Runs the program in `folder` with `args`, which must be refused as unusable; what it said.
pub(crate) fn refused(folder: &Path, args: &[&str]) -> String {
    let output = run_in(folder, args);
    assert_eq!((code(&output), out(&output)), (2, ""), "annexa {}: {}", args.join(" "), err(&output));
    err(&output).to_owned()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("killed: {:?}\n{}", output.status, err(output)))
}

pub(crate) fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("standard output is UTF-8")
}

pub(crate) fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("standard error is UTF-8")
}

/// A folder under `tests/cases`.
pub(crate) fn cases(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

/// The names of the folders in `folder`, in order.
pub(crate) fn folders(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut names: Vec<String> = entries
        .map(|e| e.expect("an entry"))
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().into_string().expect("a plain name"))
        .collect();
    names.sort();
    names
}

/// Holds `found` against the file at `path`; with `UPDATE=1` in the environment the file is written
/// anew instead, for a person to review. Gives the difference, if there is one.
pub(crate) fn differs(path: &Path, found: &str) -> Option<String> {
    if std::env::var_os("UPDATE").is_some_and(|v| v == "1") {
        fs::write(path, found).expect("the expected file can be written");
        return None;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    (expected != found).then(|| {
        format!(
            "{} differs; `UPDATE=1 cargo test` writes it anew\n--- expected\n{expected}--- found\n{found}",
            path.display()
        )
    })
}

/// Fails with all of `faults` at once.
pub(crate) fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// The text with the ids of snapshots numbered as they come, each as long as it was.
pub(crate) fn numbered(text: &str) -> String {
    let is_id = |word: &str| word.len() == 12 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut made = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        if is_id(word) {
            let next = known.len() + 1;
            let number = *known.entry(word.to_owned()).or_insert(next);
            made += &format!("{number:012}{}", &part[word.len()..]);
        } else {
            made += part;
        }
    }
    made
}

/// Writes `files` (path inside the folder, text) into a new folder that goes when it is dropped.
pub(crate) fn folder_of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}
