//! Files that nobody writes by hand: a diagnostic or a result, never a panic, in bounded time and memory.

use crate::support::{err, folder_of};
use annexa::{Model, Sources, Unchecked};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const HEAD: &str = "\
[organization]
name = \"Contoso Ltd\"

[[assessment]]
template = \"microsoft-cloud/iso-27001-2013\"

[[service]]
id = \"azure\"
";

/// Runs the program with no more than a minute of one processor and 4 GiB of addresses; more than
/// that ends it with a signal, which has no exit code.
fn run_bounded(folder: &Path, args: &[&str]) -> Output {
    let limits = "ulimit -t 60 && ulimit -v 4194304 && exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", limits, env!("CARGO_BIN_EXE_annexa")]).args(args).current_dir(folder);
    command.stdin(Stdio::null()).output().expect("the program starts")
}

/// What is told about a profile of this text: the first code, or nothing if it can be scored.
fn first_code(name: &str, text: &str) -> String {
    let folder = folder_of([("profile.toml", text.as_bytes())]);
    let args = ["score", "profile.toml", "--as-of", "2020-06-01", "--format", "json", "-o", "score.json", "-q"];
    let output = run_bounded(folder.path(), &args);
    match output.status.code() {
        Some(0) => {
            let json = std::fs::read_to_string(folder.path().join("score.json")).expect("a result");
            assert!(json.starts_with('{') && json.ends_with("}\n"), "{name}: not a whole result");
            String::new()
        }
        Some(2) => {
            assert!(!folder.path().join("score.json").exists(), "{name}: a result in spite of faults");
            code_of(err(&output)).unwrap_or_else(|| panic!("{name}: no code in\n{}", err(&output)))
        }
        _ => panic!("{name}: {:?}\n{}", output.status, err(&output)),
    }
}

fn code_of(text: &str) -> Option<String> {
    let rest = text.split_once("error[")?.1;
    Some(rest.split_once(']')?.0.to_owned())
}

fn assert_first_codes(cases: &[(&str, String, &str)]) {
    for (name, text, expected) in cases {
        assert_eq!(first_code(name, text), *expected, "{name}");
    }
}

#[test]
fn nesting_ends_before_the_stack_does() {
    let dotted = |count: usize| vec!["a"; count].join(".");
    let keys = format!("{} = ", dotted(70));
    assert_first_codes(&[
        ("arrays", format!("x = {}{}", "[".repeat(100_000), "]".repeat(100_000)), "too-deep"),
        ("inline tables", format!("x = {}1{}", "{a=".repeat(100_000), "}".repeat(100_000)), "too-deep"),
        ("a dotted key", format!("{} = 1", dotted(100_000)), "too-deep"),
        ("a header", format!("[{}]", dotted(100_000)), "too-deep"),
        // As deep as the parser lets through: every key of every inline table dotted.
        (
            "all at once",
            format!("{HEAD}[{}]\nx = {}1{}", dotted(70), format!("{{{keys}").repeat(78), "}".repeat(78)),
            "unknown-key",
        ),
    ]);
}

/// The deepest text that is parsed, on the small stack of a thread.
#[test]
fn nesting_ends_before_the_stack_of_a_thread_does() {
    let key = vec!["a"; 79].join(".");
    let text = format!("[{key}]\nx = {}1{}", format!("{{{key} = ").repeat(79), "}".repeat(79));
    let model = Model::builtin(&mut Sources::default());
    let faults = model.profile(&text, 0, &Unchecked).expect_err("a fault");
    assert!(faults.has_errors());
}

#[test]
fn megabytes_of_one_sign_are_told_once() {
    let mega = 5_000_000;
    for (name, text) in [
        ("brackets", "[".repeat(mega)),
        ("lines of brackets", "[\n".repeat(mega / 2)),
        ("braces", "{".repeat(mega)),
        ("quotes", "\"".repeat(mega)),
        ("an open string", format!("{HEAD}x = \"\"\"{}", "a".repeat(mega))),
        ("commas", format!("a = [{}", ",".repeat(mega))),
        ("lines of equals signs", "=\n".repeat(mega / 2)),
        ("one key again and again", "a = 1\n".repeat(500_000)),
    ] {
        assert_eq!(first_code(name, &text), "syntax-error", "{name}");
    }
}

#[test]
fn values_out_of_all_proportion() {
    let with = |from: &str, to: &str| HEAD.replace(from, to);
    let (long, group) = ("a".repeat(5_000_000), "g".repeat(2_000_000));
    let grouped = format!(
        "{}\n[[action]]\nid = \"write-access-control-policy\"\ngroup = \"{group}!\"\nimplementation = \"planned\"\n",
        with("\n\n[[service]]", &format!("\ngroup = \"{group}\"\n\n[[service]]")),
    );
    assert_first_codes(&[
        (
            "a number",
            with("\n\n[[service]]", &format!("\ntarget = {}\n[[service]]", "9".repeat(1_000_000))),
            "malformed-decimal",
        ),
        (
            "a hexadecimal",
            with("\n\n[[service]]", "\nretest_days = 0xFFFFFFFFFFFFFFFFFFFF\n[[service]]"),
            "out-of-range",
        ),
        ("a negative", with("\n\n[[service]]", "\nretest_days = -9223372036854775809\n[[service]]"), "out-of-range"),
        ("not a number", with("\n\n[[service]]", "\ntarget = nan\n[[service]]"), "malformed-decimal"),
        ("an id", with("\"azure\"", &format!("\"{long}\"")), "malformed-id"),
        ("a key", format!("{long} = 1"), "missing-key"),
        ("a name of a group", grouped, "too-long"),
        ("a name", with("Contoso Ltd", &long), "too-long"),
        ("a name of a thousand", with("Contoso Ltd", &"é".repeat(1_000)), ""),
    ]);
}

#[test]
fn dates_that_are_none() {
    let dated = |date: &str| {
        format!("{HEAD}[[action]]\nid = \"require-mfa-for-admins\"\nimplementation = \"planned\"\ndue_on = {date}\n")
    };
    assert_first_codes(&[
        ("30 February", dated("2020-02-30"), "syntax-error"),
        ("29 February of a common year", dated("2019-02-29"), "syntax-error"),
        ("month 13", dated("2020-13-01"), "syntax-error"),
        ("day 0", dated("2020-01-00"), "syntax-error"),
        ("with a time", dated("2020-02-01T10:00:00"), "wrong-type"),
        ("with a zone", dated("2020-02-01T10:00:00Z"), "wrong-type"),
        ("a time alone", dated("10:00:00"), "wrong-type"),
        ("in quotes", dated("\"2020-02-01\""), "wrong-type"),
        ("year 0", dated("0000-01-01"), ""),
        ("year 9999", dated("9999-12-31"), ""),
        ("29 February of a leap year", dated("2020-02-29"), ""),
    ]);
}

#[test]
fn bytes_between_the_lines() {
    assert_first_codes(&[
        ("NUL", format!("{HEAD}\0"), "syntax-error"),
        ("NUL in a name", HEAD.replace("Ltd", "L\0td"), "syntax-error"),
        ("NUL as an escape", HEAD.replace("Ltd", "L\\u0000td"), ""),
        ("a byte order mark", format!("\u{feff}{HEAD}"), ""),
        ("a byte order mark in the middle", format!("{HEAD}\u{feff}"), "syntax-error"),
        ("lines of Windows", HEAD.replace('\n', "\r\n"), ""),
        ("lines of an old Mac", HEAD.replace('\n', "\r"), "syntax-error"),
        ("nothing", String::new(), "missing-key"),
        ("blanks", " \n\t\n".repeat(1000), "missing-key"),
    ]);
}

#[test]
fn hundreds_of_thousands_of_entries() {
    let many = |entry: &dyn Fn(usize) -> String| HEAD.to_owned() + &(0..200_000).map(entry).collect::<String>();
    let action = |id: &str, word: &str| format!("[[action]]\nid = \"{id}\"\nimplementation = \"{word}\"\n");
    assert_first_codes(&[
        ("the same action", many(&|_| action("require-mfa-for-admins", "planned")), "duplicate-id"),
        ("unknown actions", many(&|n| action(&format!("require-mfa-{n}"), "planned")), "unknown-action"),
        ("unknown words", many(&|_| action("require-mfa-for-admins", "plan")), "unknown-value"),
        ("unknown keys", many(&|n| format!("[a{n}.b]\n")), "unknown-key"),
        ("evidence", many(&|n| format!("[[evidence]]\nid = \"e{n}\"\n")), ""),
        (
            "external services",
            many(&|n| format!("[[service]]\nid = \"s{n}\"\nexternal = true\nname = \"S\"\n")),
            "too-many-entries",
        ),
        (
            "assessments",
            many(&|n| format!("[[assessment]]\ntemplate = \"microsoft-cloud/iso-27001-2013\"\ngroup = \"g{n}\"\n")),
            "too-many-entries",
        ),
        (
            "places of one action",
            HEAD.to_owned()
                + "[[action]]\nid = \"require-mfa-for-admins\"\n"
                + &(0..200_000)
                    .map(|n| format!("[[action.instance]]\nname = \"i{n}\"\nimplementation = \"planned\"\n"))
                    .collect::<String>(),
            "",
        ),
    ]);
}

/// A library of `COUNT` actions on one control, and a profile of them.
struct Chain {
    groups: fn(usize) -> Option<usize>,
    needs: fn(usize) -> Option<usize>,
    parents: fn(usize) -> Option<usize>,
    /// Whether the profile lists the action that has no parent.
    has_end: bool,
}

const COUNT: usize = 50_000;

fn none(_: usize) -> Option<usize> {
    None
}

fn before(n: usize) -> Option<usize> {
    n.checked_sub(1)
}

fn after(n: usize) -> Option<usize> {
    Some(n + 1).filter(|n| *n < COUNT)
}

fn around(n: usize) -> Option<usize> {
    Some((n + 1) % COUNT)
}

impl Chain {
    fn first_code(&self) -> String {
        let groups: String = (0..COUNT)
            .map(|n| {
                let parent = (self.groups)(n).map(|p| format!("parent = \"g{p}\"\n")).unwrap_or_default();
                format!("[[group]]\nid = \"g{n}\"\ntitle = \"G\"\n{parent}")
            })
            .collect();
        let actions: String = (0..COUNT)
            .map(|n| {
                let needs = (self.needs)(n).map(|p| format!("depends_on = [\"a{p}\"]\n")).unwrap_or_default();
                let head = "title = \"A\"\nowner = \"customer\"\ntype = \"technical\"\npurpose = \"detective\"\nenforcement = \"mandatory\"\n";
                format!("[[action]]\nid = \"a{n}\"\n{head}{needs}")
            })
            .collect();
        let entries: String = (0..COUNT)
            .map(|n| match (self.parents)(n) {
                Some(parent) => {
                    format!("[[action]]\nid = \"a{n}\"\ntest_source = \"parent\"\nparent = \"a{parent}\"\n")
                }
                None if !self.has_end => String::new(),
                None => format!("[[action]]\nid = \"a{n}\"\nimplementation = \"planned\"\n"),
            })
            .collect();
        let framework =
            "[framework]\nid = \"f\"\ntitle = \"F\"\nedition = \"1\"\npublisher = \"P\"\nstatus = \"current\"\n";
        let control = |id: &str, group: usize| {
            format!("[[control]]\nid = \"{id}\"\ngroup = \"g{group}\"\ntitle = \"C\"\nkind = \"annex-a\"\n")
        };
        let catalog = format!("{framework}{groups}{}{}", control("C.1", 0), control("C.2", COUNT - 1));
        let provider = "[provider]\nid = \"p\"\nname = \"P\"\n[[service]]\nid = \"s\"\nname = \"S\"\n";
        let ids: Vec<String> = (0..COUNT).map(|n| format!("\"a{n}\"")).collect();
        let template = format!(
            "[template]\nid = \"p/f\"\ntitle = \"T\"\nframework = \"f\"\nprovider = \"p\"\nversion = 2020-01-01\n[[map]]\ncontrol = \"C.1\"\nactions = [{}]\n",
            ids.join(", ")
        );
        let profile = format!("[organization]\nname = \"O\"\n[[assessment]]\ntemplate = \"p/f\"\n{entries}");
        let folder = folder_of([
            ("library/controls/f.toml", catalog.as_bytes()),
            ("library/templates/p/provider.toml", provider.as_bytes()),
            ("library/templates/p/actions/a.toml", actions.as_bytes()),
            ("library/templates/p/f.toml", template.as_bytes()),
            ("profile.toml", profile.as_bytes()),
        ]);
        let codes = [
            &["score", "profile.toml", "--format", "csv"][..],
            &["explain", "profile.toml", "C.1"],
            &["init", "-o", "new.toml"],
            &["library", "export", "--format", "csv"],
        ]
        .map(|args| {
            let output = run_bounded(folder.path(), &[args, &["-q", "--no-builtin", "--library", "library"]].concat());
            match output.status.code() {
                Some(0) => String::new(),
                Some(2) => code_of(err(&output)).unwrap_or_default(),
                _ => panic!("{args:?}: {:?}\n{}", output.status, err(&output)),
            }
        });
        let [score, explain, ..] = &codes;
        assert_eq!(score, explain);
        score.clone()
    }
}

#[test]
fn long_chains_and_rings() {
    type Next = fn(usize) -> Option<usize>;
    for (groups, needs, parents, has_end, expected) in [
        (before as Next, before as Next, before as Next, true, ""),
        (after, after, after, true, ""),
        (before, before, before, false, ""),
        (around, none, none, true, "group-cycle"),
        (none, around, none, true, "dependency-cycle"),
        (none, none, around, true, "parent-cycle"),
    ] {
        assert_eq!(Chain { groups, needs, parents, has_end }.first_code(), expected);
    }
}
