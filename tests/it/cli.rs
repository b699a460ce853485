//! The built program as a person or a pipeline meets it: streams, files, exit codes, help.

use crate::support::{annexa, cases, code, differs, err, folder_of, none, out, run_in, run_with_input};
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

pub(crate) const PROFILE: &str = "\
[organization]
name = \"Contoso Ltd\"
tenant = \"contoso.onmicrosoft.com\"

[[assessment]]
template = \"microsoft-cloud/iso-27001-2013\"

[[service]]
id = \"office-365\"

[[action]]
id = \"require-mfa-for-admins\"
implementation = \"implemented\"
test = \"passed\"
tested_on = 2020-05-01
";

/// A folder with a profile that can be used and one that cannot.
pub(crate) fn folder() -> tempfile::TempDir {
    let bad = PROFILE.replace("passed", "pass");
    let other = PROFILE.replace("contoso.onmicrosoft.com", "fabrikam.onmicrosoft.com");
    folder_of([("good.toml", PROFILE.as_bytes()), ("bad.toml", bad.as_bytes()), ("other.toml", other.as_bytes())])
}

pub(crate) const AS_OF: [&str; 2] = ["--as-of", "2020-06-01"];

pub(crate) fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = run_in(folder, args);
    (code(&output), out(&output).to_owned(), err(&output).to_owned())
}

pub(crate) fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [args, more].concat()
}

#[test]
fn done_is_0_missed_is_1_and_unusable_is_2() {
    let folder = folder();
    for (args, expected) in [
        (&["score", "good.toml"][..], 0),
        (&["gaps", "good.toml"], 0),
        (&["check", "good.toml"], 0),
        (&["score", "good.toml", "--fail-under", "99"], 1),
        (&["score", "good.toml", "--fail-under-assurance", "99.99%"], 1),
        (&["score", "good.toml", "--fail-under", "0"], 0),
        (&["score", "bad.toml"], 2),
        (&["gaps", "bad.toml"], 2),
        (&["check", "bad.toml"], 2),
        (&["check", "good.toml", "bad.toml"], 2),
        (&["score", "nowhere.toml"], 2),
        (&["score", "."], 2),
        (&["score"], 2),
        (&["scores", "good.toml"], 2),
        (&["score", "good.toml", "--as-of", "2020-02-30"], 2),
        (&["score", "good.toml", "--as-of", "20-06-01"], 2),
        (&["score", "good.toml", "--as-of", "2020-6-1"], 2),
        (&["score", "good.toml", "--fail-under", "101"], 2),
        (&["score", "good.toml", "--fail-under", "79.996"], 2),
        (&["gaps", "good.toml", "--control", "A.99"], 2),
        (&["score", "good.toml", "--library", "nowhere"], 2),
        (&["score", "good.toml", "--no-builtin"], 2),
        (&["--version"], 0),
        (&["--help"], 0),
    ] {
        let (exit, output, told) = run(folder.path(), args);
        assert_eq!(exit, expected, "{args:?}: {told}");
        assert!(exit != 2 || (output.is_empty() && !told.is_empty()), "{args:?}: {output:?} {told:?}");
    }
}

#[test]
fn what_cannot_be_read_is_named_with_the_reason() {
    let folder = folder();
    fs::create_dir(folder.path().join("a-folder.toml")).unwrap();
    std::os::unix::fs::symlink("gone.toml", folder.path().join("dangling.toml")).unwrap();
    for name in ["nowhere.toml", "a-folder.toml", "dangling.toml", "good.toml/inside.toml"] {
        let (exit, output, told) = run(folder.path(), &["score", name]);
        assert_eq!((exit, output.as_str()), (2, ""), "{name}");
        assert!(told.starts_with(&format!("error[cannot-read]: cannot read `{name}`: ")), "{told}");
        assert!(told.contains("(os error "), "{told}");
    }
}

#[test]
fn names_of_files_cannot_speak_to_the_terminal() {
    let folder = folder();
    for args in [&["score", "\u{1b}[31m.toml"][..], &["gaps", "good.toml", "-o", "nowhere/\u{1b}]0;x\u{7}"]] {
        let told = run(folder.path(), args).2;
        assert!(!told.is_empty() && !told.contains('\u{1b}') && !told.contains('\u{7}'), "{told:?}");
    }
    let named = PROFILE.replace("contoso.onmicrosoft.com", "\\u001b[2Jcontoso");
    fs::write(folder.path().join("named.toml"), named).unwrap();
    for args in [&["score", "named.toml", "--fail-under", "99"][..], &["gaps", "named.toml", "--format", "text"]] {
        let (_, output, told) = run(folder.path(), args);
        assert!(!output.contains('\u{1b}') && !told.contains('\u{1b}'), "{args:?}");
    }
}

/// Runs with a reader that goes away after `bytes` bytes.
fn run_with_impatient_reader(folder: &Path, args: &[&str], bytes: usize) -> (i32, String) {
    let mut command = annexa();
    command.current_dir(folder).args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut vec![0; bytes]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    (code(&output), err(&output).to_owned())
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let folder = folder();
    // The report is larger than a pipe holds, so the program is still writing when the reader goes.
    let size = run(folder.path(), &["gaps", "good.toml"]).1.len();
    assert!(size > 1 << 17, "{size} bytes fit into a pipe");
    for bytes in [10, 0] {
        assert_eq!(run_with_impatient_reader(folder.path(), &["gaps", "good.toml"], bytes), (0, String::new()));
    }
}

#[test]
fn a_threshold_is_missed_whoever_reads() {
    let folder = folder();
    for (format, bytes) in [("json", 10), ("text", 0)] {
        let args = ["score", "good.toml", "--format", format, "--fail-under", "99", "--as-of", "2020-06-01"];
        let (exit, told) = run_with_impatient_reader(folder.path(), &args, bytes);
        assert_eq!(exit, 1, "{format}");
        assert!(told.starts_with("contoso.onmicrosoft.com: the score is below 99.0 %: "), "{told}");
    }
}

#[test]
fn a_profile_from_standard_input_is_the_same() {
    let folder = folder();
    for command in [&["score", "--format", "json"][..], &["gaps"]] {
        let from_file = run_in(folder.path(), &with(&with(command, &["good.toml"]), &AS_OF));
        let from_input = run_with_input(folder.path(), &with(&with(command, &["-"]), &AS_OF), PROFILE.as_bytes());
        assert_eq!((code(&from_input), err(&from_input)), (0, ""));
        assert!(from_file.stdout == from_input.stdout);
    }
    let bad = run_with_input(folder.path(), &["check", "-"], b"[organization]\nname = 7\n");
    assert_eq!(code(&bad), 2);
    assert!(err(&bad).contains("--> standard input:2:8"), "{}", err(&bad));
}

#[test]
fn colour_is_for_terminals_and_for_who_asks() {
    let folder = folder();
    let colored = |args: &[&str], variables: &[(&str, &str)]| {
        let output = annexa().current_dir(folder.path()).args(args).envs(variables.iter().copied()).output().unwrap();
        (out(&output).contains('\u{1b}'), err(&output).contains('\u{1b}'))
    };
    assert_eq!(colored(&["score", "good.toml"], &[]), (false, false));
    assert_eq!(colored(&["score", "good.toml", "--color", "always"], &[]), (true, false));
    assert_eq!(colored(&["score", "bad.toml", "--color", "always"], &[]), (false, true));
    // What the command line says is nearer than what the environment says.
    assert_eq!(colored(&["score", "good.toml", "--color", "always"], &[("NO_COLOR", "1")]), (true, false));
    assert_eq!(colored(&["score", "bad.toml"], &[("CLICOLOR_FORCE", "0"), ("NO_COLOR", "1")]), (false, false));
    for format in ["json", "csv", "markdown"] {
        assert_eq!(colored(&["score", "good.toml", "--color", "always", "--format", format], &[]), (false, false));
    }
}

#[test]
fn several_profiles_make_a_list_and_a_bad_one_among_them_nothing() {
    let folder = folder();
    let json = |args: &[&str]| -> Value {
        let (exit, output, _) = run(folder.path(), &with(args, &["--format", "json", "--as-of", "2020-06-01"]));
        assert_eq!(exit, 0, "{args:?}");
        serde_json::from_str(&output).unwrap()
    };
    let one = json(&["score", "good.toml"]);
    assert_eq!(one["tenant"], "contoso.onmicrosoft.com");
    let two = json(&["score", "good.toml", "other.toml"]);
    assert_eq!(two.as_array().unwrap().len(), 2);
    assert_eq!(two[0], one);
    assert_eq!(two[1]["tenant"], "fabrikam.onmicrosoft.com");
    let args = ["score", "bad.toml", "good.toml", "nowhere.toml", "-o", "scores.json", "--format", "json"];
    let (exit, output, told) = run(folder.path(), &args);
    assert_eq!((exit, output.as_str()), (2, ""));
    // Every profile was looked at, so that all faults come at once.
    assert!(told.contains("error[unknown-value]") && told.contains("error[cannot-read]"), "{told}");
    assert!(!folder.path().join("scores.json").exists());
}

/// A library of two customer actions on one control.
fn small_library() -> Vec<(&'static str, String)> {
    let action = |id: &str, points: u8| {
        format!(
            "[[action]]\nid = \"{id}\"\ntitle = \"T\"\nowner = \"customer\"\ntype = \"technical\"\npurpose = \"detective\"\nenforcement = \"mandatory\"\npoints = {points}\n"
        )
    };
    vec![
        ("library/controls/f.toml", "[framework]\nid = \"f\"\ntitle = \"F\"\nedition = \"1\"\npublisher = \"P\"\nstatus = \"current\"\n[[group]]\nid = \"A\"\ntitle = \"A\"\n[[control]]\nid = \"A.1\"\ngroup = \"A\"\ntitle = \"C\"\nkind = \"annex-a\"\n".to_owned()),
        ("library/templates/p/provider.toml", "[provider]\nid = \"p\"\nname = \"P\"\n".to_owned()),
        ("library/templates/p/actions/a.toml", action("large", 27) + &action("small", 3)),
        ("library/templates/p/f.toml", "[template]\nid = \"p/f\"\ntitle = \"T\"\nframework = \"f\"\nprovider = \"p\"\nversion = 2020-01-01\n[[map]]\ncontrol = \"A.1\"\nactions = [\"large\", \"small\"]\n".to_owned()),
    ]
}

#[test]
fn thresholds_are_exact_and_nothing_in_scope_is_a_miss() {
    let entry = |id: &str, status: &str| format!("[[action]]\nid = \"{id}\"\n{status}\n");
    let share = |share: &str| {
        format!(
            "implementation = \"implemented\"\ntest = \"partially-tested\"\ntest_source = \"automatic\"\ntested_on = 2020-05-30\nfraction = {share}"
        )
    };
    let head = "[organization]\nname = \"O\"\n[[assessment]]\ntemplate = \"p/f\"\n";
    let none = "implementation = \"not-in-scope\"";
    let mut files = small_library();
    files.push(("near.toml", head.to_owned() + &entry("large", &share("0.8")) + &entry("small", &share("0.7999"))));
    files.push(("met.toml", head.to_owned() + &entry("large", &share("0.8")) + &entry("small", &share("0.8"))));
    files.push(("none.toml", head.to_owned() + &entry("large", none) + &entry("small", none)));
    let folder = folder_of(files.iter().map(|(path, text)| (*path, text.as_bytes())));
    let library = ["--no-builtin", "--library", "library", "-q", "--format", "csv"];
    let score = |profile, threshold| {
        let args = [&["score", profile, "--fail-under", threshold], &AS_OF[..], &library].concat();
        let (exit, output, told) = run(folder.path(), &args);
        (exit, output.lines().nth(1).unwrap().split(',').nth(8).unwrap().to_owned(), told)
    };
    let told = "O: the score is below 80.0 %: 80.0 %, 23.9997 of 30 points\n";
    assert_eq!(score("near.toml", "80"), (1, "80.00".to_owned(), told.to_owned()));
    assert_eq!(score("near.toml", "79.99"), (0, "80.00".to_owned(), String::new()));
    assert_eq!(score("met.toml", "80"), (0, "80.00".to_owned(), String::new()));
    let told = "O: the score is below 0.0 %: nothing is in scope\n";
    assert_eq!(score("none.toml", "0"), (1, String::new(), told.to_owned()));
}

#[test]
fn help_looks_as_expected() {
    let folder = folder_of([]);
    let (exit, general, _) = run(folder.path(), &["--help"]);
    assert_eq!(exit, 0);
    let mut faults: Vec<String> = differs(&cases("help/annexa.txt"), &general).into_iter().collect();
    let listed = general.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    // What a description goes on with stands further in.
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let commands: Vec<&str> = names.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"score") && commands.contains(&"gaps"), "{commands:?}");
    for command in &commands {
        let (exit, text, told) = run(folder.path(), &[command, "--help"]);
        assert_eq!((exit, told.as_str()), (0, ""), "{command}");
        faults.extend(differs(&cases(&format!("help/{command}.txt")), &text));
    }
    let kept = fs::read_dir(cases("help")).unwrap().count();
    assert_eq!(kept, commands.len() + 1, "files in tests/cases/help, and the program with its commands");
    none(&faults);
    assert_eq!(run(folder.path(), &["--version"]).1, format!("annexa {}\n", env!("CARGO_PKG_VERSION")));
}
