//! Many profiles at once, as a person or a pipeline meets them: forms of input, order, faults, outputs.

use crate::cli::AS_OF;
use crate::support::{annexa, cases, code, err, folder_of, out, run_in, run_with_input};
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Output;

const STATES: [&str; 3] = ["implemented", "planned", "not-implemented"];

/// The profile of a tenant as a line of JSON.
pub(crate) fn line(n: usize) -> String {
    let state = STATES[n % 3];
    let extra = if n.is_multiple_of(2) { ",{\"id\":\"destroy-media\",\"implementation\":\"planned\"}" } else { "" };
    format!(
        "{{\"organization\":{{\"name\":\"Tenant, {n}\",\"tenant\":\"t-{n:05}\",\"sector\":\"s{}\"}},\
         \"assessment\":[{{\"template\":\"acme-cloud/old\"}}],\"service\":[{{\"id\":\"acme-mail\"}}],\
         \"action\":[{{\"id\":\"write-policies\",\"implementation\":\"{state}\"}}{extra}]}}",
        n % 5
    )
}

/// The same as TOML.
fn toml(n: usize) -> String {
    let state = STATES[n % 3];
    let extra = if n.is_multiple_of(2) { "[[action]]\nid = 'destroy-media'\nimplementation = 'planned'\n" } else { "" };
    format!(
        "[organization]\nname = 'Tenant, {n}'\ntenant = 't-{n:05}'\nsector = 's{}'\n\
         [[assessment]]\ntemplate = 'acme-cloud/old'\n[[service]]\nid = 'acme-mail'\n\
         [[action]]\nid = 'write-policies'\nimplementation = '{state}'\n{extra}",
        n % 5
    )
}

pub(crate) fn lines(numbers: impl IntoIterator<Item = usize>) -> String {
    numbers.into_iter().fold(String::new(), |mut text, n| {
        let _ = writeln!(text, "{}", line(n));
        text
    })
}

/// What every run is given: a small library, and a date.
pub(crate) fn args<'a>(args: &[&'a str], library: &'a str) -> Vec<&'a str> {
    [&["fleet"], args, &["--no-builtin", "--library", library], &AS_OF].concat()
}

pub(crate) fn library() -> String {
    cases("migrate-library").to_str().unwrap().to_owned()
}

/// Runs `annexa fleet` in a folder.
pub(crate) fn fleet(folder: &Path, list: &[&str]) -> Output {
    run_in(folder, &args(list, &library()))
}

fn fleet_with(folder: &Path, list: &[&str], input: &[u8]) -> Output {
    run_with_input(folder, &args(list, &library()), input)
}

fn met(folder: &Path, list: &[&str]) -> String {
    let output = fleet(folder, list);
    assert_eq!(code(&output), 0, "{list:?}: {}", err(&output));
    out(&output).to_owned()
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_form_of_input_gives_the_same_rows() {
    let folder = folder_of([("fleet.ndjson", lines(0..40).as_bytes())]);
    let path = folder.path();
    fs::create_dir_all(path.join("tenants/deep")).unwrap();
    fs::create_dir_all(path.join("mixed")).unwrap();
    for n in 0..40 {
        let name = if n < 20 { format!("tenants/a{n:02}.toml") } else { format!("tenants/deep/{n:02}.toml") };
        fs::write(path.join(name), toml(n)).unwrap();
    }
    // Hidden files, and what has no ending of a profile, may lie beside them.
    fs::write(path.join("tenants/.hidden.toml"), "no profile").unwrap();
    fs::write(path.join("tenants/notes.txt"), "no profile").unwrap();
    fs::write(path.join("mixed/a.toml"), toml(0)).unwrap();
    fs::write(path.join("mixed/b.json"), line(1)).unwrap();
    fs::write(path.join("mixed/c.jsonl"), lines(2..30)).unwrap();
    fs::write(path.join("mixed/d.toml"), toml(30)).unwrap();
    let rest = lines(31..40);
    for form in ["csv", "ndjson"] {
        let file = met(path, &["score", "fleet.ndjson", "--format", form]);
        assert_eq!(file.lines().count(), 40 + usize::from(form == "csv"));
        assert_eq!(met(path, &["score", "tenants", "--format", form]), file);
        let text = lines(0..40);
        assert_eq!(out(&fleet_with(path, &["score", "-", "--format", form], text.as_bytes())), file);
        assert_eq!(out(&fleet_with(path, &["score", "mixed", "-", "--format", form], rest.as_bytes())), file);
        if form == "ndjson" {
            assert_eq!(out(&fleet_with(path, &["worker"], text.as_bytes())), file);
        }
        let name = format!("out.{form}");
        assert_eq!(met(path, &["score", "fleet.ndjson", "-o", &name]), "");
        assert_eq!(read(path, &name), file);
        assert!(!path.join(format!("{name}.parts")).exists());
    }
}

#[test]
fn rows_are_those_of_the_single_score() {
    let folder = folder_of([("fleet.ndjson", lines(0..3).as_bytes()), ("one.toml", toml(1).as_bytes())]);
    let path = folder.path();
    let rows = json_lines(&met(path, &["score", "fleet.ndjson", "--format", "ndjson"]));
    let library = library();
    let more = ["--no-builtin", "--library", &library, "--format", "json"];
    let output = run_in(path, &[&["score", "one.toml"], &more[..], &AS_OF].concat());
    let score: Value = serde_json::from_str(out(&output)).unwrap();
    let assessment = &score["assessments"][0];
    for key in ["percent", "achieved", "possible", "assured", "unassessed", "assurance_percent", "template", "group"] {
        assert_eq!(rows[1][key], assessment[key], "{key}");
    }
    assert_eq!(rows[1]["customer_achieved"], assessment["customer"]["achieved"]);
    assert_eq!(rows[1]["gaps"], assessment["gaps"].as_array().unwrap().len());
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let folder = folder_of([("fleet.ndjson", lines(0..500).as_bytes())]);
    let path = folder.path();
    let mut seen = Vec::new();
    for threads in ["1", "2", "7"] {
        // Small parts make many chunks.
        let more = ["--part", "4", "--threads", threads, "--gaps", "g.csv", "--controls", "c.ndjson"];
        met(path, &[&["score", "fleet.ndjson", "-o", "out.csv", "--rejects", "r.ndjson"], &more[..]].concat());
        seen.push(["out.csv", "g.csv", "c.ndjson", "r.ndjson"].map(|name| read(path, name)));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    assert_eq!(seen[0][0], met(path, &["score", "fleet.ndjson"]));
    assert_eq!(seen[0][0].lines().count(), 501);
}

#[test]
fn gaps_and_controls_are_those_of_the_single_reports() {
    let folder = folder_of([
        ("fleet.ndjson", lines(0..2).as_bytes()),
        ("0.toml", toml(0).as_bytes()),
        ("1.toml", toml(1).as_bytes()),
    ]);
    let path = folder.path();
    let more = ["--gaps", "g.csv", "--controls", "c.ndjson"];
    met(path, &[&["score", "fleet.ndjson", "-o", "out.csv"], &more[..]].concat());
    let library = library();
    let single = |command: &str, name: &str, more: &[&str]| {
        let list = [&[command, name, "--no-builtin", "--library", &library], more, &AS_OF].concat();
        out(&run_in(path, &list)).to_owned()
    };
    let gaps: String = ["0.toml", "1.toml"].map(|name| single("gaps", name, &[])).concat();
    let mut expected: Vec<&str> = gaps.lines().collect();
    let header = expected.remove(0);
    expected.retain(|line| *line != header);
    let found = read(path, "g.csv");
    assert_eq!(found.lines().next(), Some(header));
    assert_eq!(found.lines().skip(1).collect::<Vec<_>>(), expected);
    let controls = json_lines(&read(path, "c.ndjson"));
    let score: Value = serde_json::from_str(&single("score", "0.toml", &["--format", "json"])).unwrap();
    for (row, control) in controls.iter().zip(score["assessments"][0]["controls"].as_array().unwrap()) {
        assert_eq!((&row["control_id"], &row["status"]), (&control["id"], &control["status"]));
        assert_eq!(row["customer_achieved"], control["customer"]["achieved"]);
        assert_eq!(row["tenant"], "t-00000");
    }
    assert!(controls.len() > 4);
}

/// What all tenants come to is the same however the fleet is cut.
#[test]
fn sums_do_not_depend_on_parts_or_threads() {
    let text = format!("{}{{}}\n{}", lines(0..100), lines(100..150));
    let folder = folder_of([("fleet.ndjson", text.as_bytes())]);
    let path = folder.path();
    let mut seen = Vec::new();
    for part in ["2", "1000"] {
        let output = fleet(path, &["score", "fleet.ndjson", "-o", "out.csv", "--part", part, "--threads", "3"]);
        assert_eq!(code(&output), 1);
        seen.push(read(path, "out.csv.summary.json"));
    }
    let output = fleet_with(path, &["worker", "--emit", "summary"], text.as_bytes());
    assert_eq!((code(&output), out(&output)), (0, seen[0].as_str()));
    assert!(err(&output).starts_with("error[missing-key]"), "{}", err(&output));
    assert_eq!(seen[0], seen[1]);
    let sum: Value = serde_json::from_str(&seen[0]).unwrap();
    assert_eq!((&sum["tenants"], &sum["rejects"]), (&150.into(), &1.into()));
    fs::write(path.join("empty.ndjson"), "").unwrap();
    met(path, &["score", "empty.ndjson", "-o", "empty.csv"]);
    let sum: Value = serde_json::from_str(&read(path, "empty.csv.summary.json")).unwrap();
    assert_eq!(sum["tenants"], 0);
}

/// Marks of order, ends of lines, empty lines, and a last line without an end are no faults.
#[test]
fn lines_are_taken_as_programs_write_them() {
    let folder = folder_of([]);
    let path = folder.path();
    let plain = lines(0..3);
    let expected = out(&fleet_with(path, &["score", "-"], plain.as_bytes())).to_owned();
    let windows = plain.replace('\n', "\r\n");
    let gaps = format!("\n\n{}\n  \n", plain.replace('\n', "\n\n"));
    for text in [format!("\u{feff}{plain}"), windows, gaps, plain.trim_end().to_owned()] {
        for name in ["in.ndjson", "-"] {
            fs::write(path.join("in.ndjson"), &text).unwrap();
            let output = fleet_with(path, &["score", name], text.as_bytes());
            assert_eq!((code(&output), out(&output)), (0, expected.as_str()), "{text:?}: {}", err(&output));
        }
    }
    let output = fleet_with(path, &["score", "-"], b"");
    assert_eq!((code(&output), out(&output).lines().count(), err(&output)), (0, 1, "no profiles\n"));
    fs::create_dir(path.join("empty")).unwrap();
    let output = fleet(path, &["score", "empty", "-o", "out.csv"]);
    assert_eq!((code(&output), err(&output)), (0, "no profiles\n"));
    assert_eq!(read(path, "out.csv").lines().count(), 1);
    let output = fleet_with(path, &["worker"], b"");
    assert_eq!((code(&output), out(&output), err(&output)), (0, "", ""));
}

/// Good lines among all kinds of bad ones, and the lines that are bad.
fn faulty() -> (Vec<u8>, [u64; 6]) {
    let mut text = Vec::new();
    let word = line(1).replace("planned", "maybe");
    let bad: [&[u8]; 6] = [b"{\"organization\":", word.as_bytes(), b"\xFF{}", b"[]", b"{}", b"nonsense"];
    let mut numbers = [0; 6];
    let mut number = 0;
    for (n, bad) in bad.iter().enumerate() {
        text.extend_from_slice(line(n).as_bytes());
        text.extend_from_slice(b"\n\n");
        text.extend_from_slice(bad);
        text.push(b'\n');
        number += 3;
        numbers[n] = number;
    }
    (text, numbers)
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_scored() {
    let (text, numbers) = faulty();
    let folder = folder_of([("fleet.ndjson", text.as_slice()), ("good.ndjson", lines(0..6).as_bytes())]);
    let path = folder.path();
    let good = met(path, &["score", "good.ndjson"]);
    let output = fleet(path, &["score", "fleet.ndjson"]);
    assert_eq!((code(&output), out(&output)), (1, good.as_str()));
    assert!(err(&output).contains("fleet.ndjson:6:"), "the line of the file: {}", err(&output));
    assert!(err(&output).contains("6 profiles scored, 6 that cannot be used left out"), "{}", err(&output));

    let output = fleet(path, &["score", "fleet.ndjson", "-o", "out.csv", "--rejects", "r.ndjson", "--threads", "3"]);
    assert_eq!((code(&output), read(path, "out.csv")), (1, good.clone()));
    assert_eq!(err(&output).lines().count(), 1, "told in the file alone: {}", err(&output));
    let rejects = json_lines(&read(path, "r.ndjson"));
    assert_eq!(rejects.iter().map(|r| r["line"].as_u64().unwrap()).collect::<Vec<_>>(), numbers);
    for reject in &rejects {
        assert_eq!(reject["source"], "fleet.ndjson");
        assert_eq!(reject["diagnostics"][0]["severity"], "error");
        assert_eq!(reject.as_object().unwrap().len(), 4);
        for place in reject["diagnostics"][0]["places"].as_array().unwrap() {
            assert_eq!((&place["file"], &place["line"]), (&reject["source"], &reject["line"]));
        }
    }
    assert_eq!(rejects[1]["tenant"], "t-00001", "what it says of itself before the fault");
    assert_eq!(rejects[1]["diagnostics"][0]["code"], "unknown-value");
    assert_eq!(rejects[0]["tenant"], Value::Null);
    assert_eq!(rejects[2]["diagnostics"][0]["code"], "not-utf-8");

    let output = fleet(path, &["score", "fleet.ndjson", "--strict", "-o", "strict.csv"]);
    assert_eq!((code(&output), out(&output)), (2, ""));
    assert!(!path.join("strict.csv").exists());
    let output = fleet(path, &["score", "fleet.ndjson", "--strict"]);
    assert_eq!(code(&output), 2);
    assert!(good.starts_with(out(&output)), "what came before it");
}

#[test]
fn a_worker_answers_each_line_and_keeps_the_order() {
    let (text, numbers) = faulty();
    let folder = folder_of([("good.ndjson", lines(0..6).as_bytes())]);
    let path = folder.path();
    let good = met(path, &["score", "good.ndjson", "--format", "ndjson"]);
    let output = fleet_with(path, &["worker", "--threads", "3"], &text);
    assert_eq!((code(&output), err(&output)), (0, ""));
    let (mut rows, mut errors) = (String::new(), Vec::new());
    for (n, row) in out(&output).lines().enumerate() {
        let is_error = n % 2 == 1;
        assert_eq!(row.contains("\"error\":"), is_error, "{row}");
        if is_error { errors.push(serde_json::from_str::<Value>(row).unwrap()) } else { rows += &format!("{row}\n") }
    }
    assert_eq!(rows, good);
    assert_eq!(errors.iter().map(|r| r["line"].as_u64().unwrap()).collect::<Vec<_>>(), numbers);
    assert_eq!(errors[1]["tenant"], "t-00001");
    assert_eq!(errors[1]["error"][0]["code"], "unknown-value");
    let output = fleet_with(path, &["worker", "--strict"], &text);
    assert_eq!((code(&output), out(&output).lines().count()), (2, 1));
    assert!(err(&output).starts_with("error"), "{}", err(&output));
}

/// Who asks one profile at a time gets one answer at a time.
#[test]
fn a_worker_answers_before_the_next_question() {
    use std::io::{BufRead, BufReader, Write as _};
    let folder = folder_of([]);
    let library = library();
    let mut command = annexa();
    command.current_dir(folder.path()).args(args(&["worker"], &library));
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for n in 0..5 {
        // The line comes in two pieces.
        let text = format!("{}\n", line(n));
        let (first, rest) = text.split_at(20);
        questions.write_all(first.as_bytes()).unwrap();
        questions.flush().unwrap();
        questions.write_all(rest.as_bytes()).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["tenant"], format!("t-{n:05}"));
    }
    drop(questions);
    assert!(answers.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_tenant_that_comes_twice_keeps_both_rows_and_is_told() {
    let text = lines([0, 1, 2, 1, 3, 1]);
    let folder = folder_of([("a.ndjson", text.as_bytes()), ("b.toml", toml(2).as_bytes())]);
    let path = folder.path();
    let output = fleet(path, &["score", "a.ndjson", "b.toml", "-o", "out.csv", "--rejects", "r.ndjson"]);
    assert_eq!((code(&output), read(path, "out.csv").lines().count()), (1, 8));
    assert!(err(&output).contains("3 of a tenant that has one already"), "{}", err(&output));
    let told: Vec<(Value, Value, Value)> = json_lines(&read(path, "r.ndjson"))
        .into_iter()
        .map(|r| (r["source"].clone(), r["line"].clone(), r["tenant"].clone()))
        .collect();
    let expected =
        [("a.ndjson", 4.into(), "t-00001"), ("a.ndjson", 6.into(), "t-00001"), ("b.toml", Value::Null, "t-00002")];
    assert_eq!(told, expected.map(|(source, line, tenant)| (source.into(), line, tenant.into())));
    let output = fleet(path, &["score", "a.ndjson", "b.toml"]);
    assert_eq!(code(&output), 1);
    let message = "the tenant `t-00001` has a profile already, in line 2 of `a.ndjson`";
    assert!(err(&output).contains(message), "{}", err(&output));
    let output = fleet(path, &["score", "a.ndjson", "-o", "strict.csv", "--strict"]);
    assert_eq!((code(&output), path.join("strict.csv").exists()), (2, false));
    // Each line of a stream stands for itself.
    let output = fleet_with(path, &["worker"], text.as_bytes());
    assert_eq!((code(&output), out(&output).lines().count()), (0, 6));
}

#[test]
fn what_cannot_be_an_input_or_an_output_is_told_before_anything_is_read() {
    let folder = folder_of([
        ("fleet.ndjson", lines(0..2).as_bytes()),
        ("notes.txt", b"x"),
        ("tenants/a.toml", toml(0).as_bytes()),
        ("tenants/b.ndjson", b""),
    ]);
    let path = folder.path();
    for (list, expected) in [
        (&["score", "missing.ndjson", "notes.txt"][..], "error: cannot read `missing.ndjson`: "),
        (&["score", "notes.txt"], "error: what `notes.txt` holds cannot be told by its name\nhelp: a profile ends in"),
        (&["score", "-", "-"], "error: standard input can be read once"),
        (&["score", "-", "-o", "x.csv", "--resume"], "error: standard input cannot be read again"),
        (&["score", "fleet.ndjson", "-o", "x.xls"], "error: the form of `x.xls` cannot be told by its name"),
        (&["score", "fleet.ndjson", "-o", "x.csv", "--gaps", "x.csv"], "error: two outputs go to `x.csv`"),
        (&["score", "fleet.ndjson", "-o", "tenants", "--format", "csv"], "error: `tenants` is a folder"),
        (&["score", "fleet.ndjson", "-o", "/dev/full", "--format", "csv"], "error: `/dev/full` is no file"),
        (&["score", "fleet.ndjson", "-o", "fleet.ndjson"], "error: `fleet.ndjson` is both read and written"),
        (&["score", "tenants", "-o", "tenants/b.ndjson"], "error: `tenants/b.ndjson` is both read and written"),
    ] {
        let output = fleet(path, list);
        assert_eq!((code(&output), out(&output)), (2, ""), "{list:?}: {}", err(&output));
        assert!(err(&output).starts_with(expected), "{list:?}: {}", err(&output));
    }
    let output = fleet(path, &["score", "missing.ndjson", "notes.txt"]);
    assert_eq!(err(&output).matches("error: ").count(), 2, "{}", err(&output));
    let output = fleet(path, &["score", "fleet.ndjson", "-o", "missing/x.csv"]);
    assert_eq!(code(&output), 3, "{}", err(&output));
}

/// A line that is longer than any profile is passed over without being held.
#[test]
fn a_line_that_is_too_long_is_one_fault() {
    let mut text = lines(0..2).into_bytes();
    text.extend(std::iter::repeat_n(b'x', 17 * 1024 * 1024));
    text.extend_from_slice(format!("\n{}", lines(2..3)).as_bytes());
    let folder = folder_of([("fleet.ndjson", text.as_slice()), ("good.ndjson", lines(0..3).as_bytes())]);
    let path = folder.path();
    let good = met(path, &["score", "good.ndjson"]);
    for list in [&["score", "fleet.ndjson", "--rejects", "r.ndjson"][..], &["score", "-", "--rejects", "r.ndjson"]] {
        let output = fleet_with(path, list, &text);
        assert_eq!((code(&output), out(&output)), (1, good.as_str()), "{}", err(&output));
        let rejects = json_lines(&read(path, "r.ndjson"));
        assert_eq!((rejects.len(), &rejects[0]["line"]), (1, &3.into()));
        assert_eq!(rejects[0]["diagnostics"][0]["code"], "too-large");
    }
}

#[test]
fn who_stops_reading_ends_the_run_quietly() {
    let folder = folder_of([("fleet.ndjson", lines(0..3000).as_bytes())]);
    let library = library();
    for list in [&["score", "fleet.ndjson"][..], &["worker"]] {
        let mut command = annexa();
        command.current_dir(folder.path()).args(args(list, &library));
        command.stdin(fs::File::open(folder.path().join("fleet.ndjson")).unwrap());
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), err(&output)), (0, ""), "{list:?}");
    }
    for list in [&["score", "fleet.ndjson"][..], &["worker"]] {
        let mut command = annexa();
        command.current_dir(folder.path()).args(args(list, &library));
        command.stdin(fs::File::open(folder.path().join("fleet.ndjson")).unwrap());
        command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
        let output = command.output().unwrap();
        assert_eq!(code(&output), 3, "{list:?}");
        assert!(err(&output).starts_with("error: cannot write to standard output: "), "{}", err(&output));
    }
}

/// A profile that may not be read is one fault among many.
#[test]
fn a_file_without_rights_is_one_fault() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder_of([("tenants/a.toml", toml(0).as_bytes()), ("tenants/b.toml", toml(1).as_bytes())]);
    let path = folder.path();
    std::os::unix::fs::symlink("nowhere.toml", path.join("tenants/c.toml")).unwrap();
    fs::set_permissions(path.join("tenants/b.toml"), fs::Permissions::from_mode(0o000)).unwrap();
    let readable = fs::read(path.join("tenants/b.toml")).is_ok();
    let output = fleet(path, &["score", "tenants", "--rejects", "r.ndjson"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    // The superuser reads everything.
    let expected: &[&str] = if readable { &["tenants/c.toml"] } else { &["tenants/b.toml", "tenants/c.toml"] };
    let rejects = json_lines(&read(path, "r.ndjson"));
    assert_eq!(rejects.iter().map(|r| r["source"].as_str().unwrap()).collect::<Vec<_>>(), expected);
    assert!(rejects.iter().all(|r| r["diagnostics"][0]["code"] == "cannot-read" && r["line"].is_null()));
}
