//! Runs over many profiles that do not end well, and go on: nothing is there before all of it is.

use crate::fleet::{args, fleet, library, line, lines};
use crate::support::{annexa, code, err, folder_of};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const OUTPUTS: [&str; 4] = ["out.csv", "g.csv", "c.ndjson", "r.ndjson"];
/// Each few profiles are a part.
const SCORE: [&str; 12] = [
    "score",
    "fleet.ndjson",
    "-o",
    "out.csv",
    "--gaps",
    "g.csv",
    "--controls",
    "c.ndjson",
    "--rejects",
    "r.ndjson",
    "--part",
    "8",
];

fn outputs(folder: &Path) -> [String; 4] {
    OUTPUTS.map(|name| fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}")))
}

/// Many profiles, a faulty one, and a tenant that comes again at the end.
fn many() -> String {
    format!("{}{{}}\n{}{}\n", lines(0..500), lines(500..1200), line(7))
}

/// Starts a run and waits until so many of its parts are complete.
fn start(folder: &Path, more: &[&str], parts: usize) -> Child {
    let library = library();
    let mut command = annexa();
    command.current_dir(folder).args(args(&[&SCORE[..], more].concat(), &library));
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (begin, last) = (Instant::now(), folder.join(format!("out.csv.parts/{}", parts - 1)));
    while !last.exists() {
        assert!(child.try_wait().unwrap().is_none(), "it has ended before it could be killed");
        assert!(begin.elapsed() < Duration::from_secs(120), "no part is made");
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

#[test]
fn a_killed_run_goes_on_to_the_same_bytes() {
    let (whole, killed) = (folder_of([("fleet.ndjson", many().as_bytes())]), folder_of([]));
    fs::copy(whole.path().join("fleet.ndjson"), killed.path().join("fleet.ndjson")).unwrap();
    let output = fleet(whole.path(), &SCORE);
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert!(
        err(&output).starts_with("1201 profiles scored, 1 that cannot be used left out, 1 of a tenant"),
        "{}",
        err(&output)
    );
    // Killed again and again, with another number of threads each time.
    for (round, threads) in ["2", "1", "3"].iter().enumerate() {
        let resume: &[&str] = if round == 0 { &[] } else { &["--resume"] };
        let mut child = start(killed.path(), &[resume, &["--threads", threads]].concat(), 3 * (round + 1));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(OUTPUTS.iter().all(|name| !killed.path().join(name).exists()), "half an output");
    }
    let output = fleet(killed.path(), &[&SCORE[..], &["--resume"]].concat());
    assert_eq!(code(&output), 1);
    assert!(err(&output).starts_with("going on after "), "{}", err(&output));
    assert!(
        err(&output).contains("1201 profiles scored, 1 that cannot be used left out, 1 of a tenant"),
        "{}",
        err(&output)
    );
    assert_eq!(outputs(killed.path()), outputs(whole.path()));
    assert!(!killed.path().join("out.csv.parts").exists());
    let reject = fs::read_to_string(killed.path().join("r.ndjson")).unwrap();
    assert!(reject.contains("\"line\":501,") && reject.contains("\"line\":1202,"), "{reject}");
}

#[test]
fn a_part_that_does_not_hold_is_done_again() {
    let folder = folder_of([("fleet.ndjson", many().as_bytes())]);
    let path = folder.path();
    let mut child = start(path, &[], 4);
    child.kill().unwrap();
    child.wait().unwrap();
    let rows = path.join("out.csv.parts/2/rows");
    let text = fs::read_to_string(&rows).unwrap();
    fs::write(&rows, text.replacen("acme", "ACME", 1)).unwrap();
    assert_eq!(code(&fleet(path, &[&SCORE[..], &["--resume"]].concat())), 1);
    let found = outputs(path);
    assert_eq!(code(&fleet(path, &SCORE)), 1);
    assert_eq!(found, outputs(path));
}

#[test]
fn what_has_changed_is_not_gone_on_with() {
    let folder = folder_of([("fleet.ndjson", many().as_bytes())]);
    let path = folder.path();
    let mut child = start(path, &[], 2);
    child.kill().unwrap();
    child.wait().unwrap();
    let resumed = |list: &[&str]| {
        let output = fleet(path, &[&SCORE[..], &["--resume"], list].concat());
        (code(&output), err(&output).to_owned())
    };
    let (exit, told) = resumed(&["--expiring-within", "30"]);
    assert_eq!(exit, 2);
    assert!(told.contains("this has changed: `--expiring-within`\n"), "{told}");
    fs::write(path.join("fleet.ndjson"), lines(0..1201)).unwrap();
    let (exit, told) = resumed(&[]);
    assert_eq!(exit, 2);
    assert!(told.contains("this has changed: the input `fleet.ndjson`\nhelp: start anew"), "{told}");
    assert!(OUTPUTS.iter().all(|name| !path.join(name).exists()));
    // Anew, and it says what it gives up.
    let output = fleet(path, &SCORE);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).starts_with("the parts of a run that did not end are given up"), "{}", err(&output));
    // There is nothing to go on with: then the run is made.
    let output = fleet(path, &[&SCORE[..], &["--resume"]].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
}

#[test]
fn a_second_run_into_the_same_file_is_refused() {
    let folder = folder_of([("fleet.ndjson", lines(0..3).as_bytes())]);
    let path = folder.path();
    let library = library();
    let mut command = annexa();
    command.current_dir(path).args(args(&["score", "-", "-o", "out.csv"], &library)).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // As long as its input is open, the first run goes on.
    let mut input = child.stdin.take().unwrap();
    input.write_all(lines(0..2).as_bytes()).unwrap();
    let begin = Instant::now();
    while !path.join("out.csv.parts/0.tmp").exists() {
        assert!(begin.elapsed() < Duration::from_secs(120), "the first run does not start");
        std::thread::sleep(Duration::from_millis(1));
    }
    for more in [&[][..], &["--resume"]] {
        let output = fleet(path, &[&["score", "fleet.ndjson", "-o", "out.csv"], more].concat());
        assert_eq!(code(&output), 2);
        assert!(err(&output).starts_with("error: another run is writing `out.csv`\nhelp: wait"), "{}", err(&output));
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(fs::read_to_string(path.join("out.csv")).unwrap().lines().count(), 3);
    // Now there is room for another.
    assert_eq!(code(&fleet(path, &["score", "fleet.ndjson", "-o", "out.csv", "--resume"])), 0);
    assert_eq!(fs::read_to_string(path.join("out.csv")).unwrap().lines().count(), 4);
}

/// Files may grow to so many bytes and no further, as on a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_parts_to_go_on_with() {
    let folder = folder_of([("fleet.ndjson", many().as_bytes())]);
    let path = folder.path();
    let whole = folder_of([("fleet.ndjson", many().as_bytes())]);
    assert_eq!(code(&fleet(whole.path(), &SCORE)), 1);
    // All parts fit, and what they are joined to does not.
    let library = library();
    let program = annexa();
    let program = program.get_program().to_str().unwrap();
    let list = args(&SCORE, &library).join(" ");
    let script = format!("trap '' XFSZ; ulimit -f 1500; exec {program} {list}");
    let output = std::process::Command::new("bash").args(["-c", &script]).current_dir(path).output().unwrap();
    assert_eq!(code(&output), 3, "{}", err(&output));
    assert!(err(&output).contains("error: cannot write `"), "{}", err(&output));
    assert!(OUTPUTS.iter().all(|name| !path.join(name).exists() || *name == "r.ndjson"), "half an output");
    let output = fleet(path, &[&SCORE[..], &["--resume"]].concat());
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert!(err(&output).starts_with("going on after 12"), "{}", err(&output));
    assert_eq!(outputs(path), outputs(whole.path()));
}
