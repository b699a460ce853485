//! The history: what is recorded stays, can be replayed, and cannot be altered unseen.

use crate::cli::{AS_OF, folder, run, with};
use crate::random::{Case, case};
use crate::support::{annexa, code, done, err, refused, run_in};
use annexa::report::to_json;
use annexa::{
    History, HistoryError, Kept, Library, LibraryFile, LibraryText, LibraryVersion, Model, Recorded, Recording,
    Sources, TrendPart, TrendQuery, TrendScope, Unchecked,
};
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// A recording of a random case.
fn recording(seed: u64, engine: &str) -> Recording {
    recording_of(case(seed), seed, engine)
}

/// A recording of a case, with notes by `seed`.
pub(crate) fn recording_of(case: Case, seed: u64, engine: &str) -> Recording {
    let mut sources = Sources::default();
    let numbered: Vec<u32> = case.files.iter().map(|(path, text)| sources.add(path.clone(), text.clone())).collect();
    let texts: Vec<LibraryText<'_>> = case
        .files
        .iter()
        .zip(numbered)
        .map(|((path, text), file)| LibraryText { layer: 1, path, file, text })
        .collect();
    let model = Model::assemble(Library::default(), &texts).unwrap().value;
    let profile = model.profile(&case.profile, 0, &Unchecked).unwrap().value;
    let within = u32::try_from(case.expiring_within).unwrap();
    let files = case.files.into_iter().map(|(path, text)| LibraryFile { layer: 1, path, text });
    Recording {
        tenant: profile.profile().tenant.clone(),
        as_of: case.as_of,
        recorded_at: "2026-01-02T03:04:05Z".to_owned(),
        engine: engine.to_owned(),
        expiring_within: within,
        note: seed.is_multiple_of(3).then(|| format!("note {seed}\n\"quoted\"")),
        subject: seed.is_multiple_of(5).then(|| "a subject".to_owned()),
        commit: seed.is_multiple_of(5).then(|| "0123abcd".to_owned()),
        result: to_json(&model.score(&profile, case.as_of, within)).unwrap(),
        profile: case.profile,
        library: LibraryVersion::new(files.collect()),
    }
}

pub(crate) fn added(recorded: Result<Recorded, HistoryError>) -> Kept {
    match recorded.unwrap() {
        Recorded::Added(kept) => kept,
        Recorded::Unchanged(kept) => panic!("{} is there already", kept.id()),
    }
}

fn export(history: &History) -> String {
    let mut text = String::new();
    let put = |line: &str| {
        text.push_str(line);
        Ok::<(), HistoryError>(())
    };
    history.export(put).unwrap();
    text
}

#[test]
fn random_snapshots_give_the_recorded_bytes_and_survive_a_round_trip() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = History::create(&folder.path().join("a.db")).unwrap();
    for seed in 0..500 {
        let recording = recording(seed, ENGINE);
        let kept = added(history.record(&recording));
        assert_eq!(history.result(&kept).unwrap(), recording.result);
        assert_eq!(history.profile(&kept).unwrap(), recording.profile);
        assert_eq!(history.library(&kept).unwrap(), recording.library);
        assert_eq!(to_json(&history.replay(&kept).unwrap()).unwrap(), recording.result, "seed {seed}");
        let rows = history.rows(&kept).unwrap();
        assert!(kept.identity.fits(&rows));
    }
    let verified = history.verify(ENGINE).unwrap();
    assert_eq!((verified.size, verified.snapshots, verified.replayed), (500, 500, 500));
    let lines = export(&history);
    let mut copy = History::create(&folder.path().join("b.db")).unwrap();
    assert_eq!(copy.import(&mut lines.as_bytes(), ENGINE).unwrap().added, 500);
    assert_eq!(export(&copy), lines);
    assert_eq!(copy.verify(ENGINE).unwrap(), verified);
}

#[test]
fn what_has_not_changed_is_not_added_and_what_has_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = History::create(&folder.path().join("a.db")).unwrap();
    let first = recording(1, ENGINE);
    let kept = added(history.record(&first));
    let later = Recording { recorded_at: "2027-01-01T00:00:00Z".into(), note: Some("again".into()), ..first.clone() };
    assert!(matches!(history.record(&later).unwrap(), Recorded::Unchanged(same) if same == kept));
    added(history.record(&Recording { engine: "9.9.9".into(), ..later.clone() }));
    added(history.record(&Recording { profile: format!("{}\n", first.profile), ..later.clone() }));
    // The same as the first, but not as the last: that somebody went back is part of the history.
    added(history.record(&later));
    assert_eq!(history.list(Some(&first.tenant)).unwrap().len(), 4);
    // Another version may count otherwise, and says so; this version must give the same.
    assert_eq!(history.verify(ENGINE).unwrap().replayed, 4);
}

#[test]
fn a_commit_is_recorded_once_whatever_came_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = History::create(&folder.path().join("a.db")).unwrap();
    let first = Recording { commit: Some("0a".into()), ..recording(1, ENGINE) };
    let second = Recording { commit: Some("0b".into()), profile: format!("{}\n", first.profile), ..first.clone() };
    // Back again is a commit of its own, though it says what the first does.
    let third = Recording { commit: Some("0c".into()), ..first.clone() };
    assert_eq!(history.unchanged(&first).unwrap(), None);
    let kept: Vec<Kept> = [&first, &second, &third].map(|r| added(history.record(r))).to_vec();
    for (recording, kept) in [first.clone(), second, third].iter().zip(&kept) {
        let again = Recording { recorded_at: "2027-01-01T00:00:00Z".into(), ..recording.clone() };
        assert_eq!(history.unchanged(&again).unwrap().as_ref(), Some(kept));
        assert!(matches!(history.record(&again).unwrap(), Recorded::Unchanged(same) if same == *kept));
    }
    added(history.record(&Recording { engine: "9.9.9".into(), ..first.clone() }));
    // By hand, on the same date: the last snapshot says otherwise.
    added(history.record(&Recording { commit: None, ..first }));
    assert_eq!(history.verify(ENGINE).unwrap().size, 5);
}

#[test]
fn who_reads_for_long_keeps_nobody_from_recording() {
    let folder = tempfile::tempdir().unwrap();
    let path = small(folder.path());
    let (reader, mut writer) = (History::open(&path).unwrap(), History::open(&path).unwrap());
    let before = export(&reader);
    let (mut lines, mut seeds) = (String::new(), 100..);
    let put = |line: &str| {
        lines.push_str(line);
        added(writer.record(&recording(seeds.next().unwrap(), ENGINE)));
        Ok::<(), HistoryError>(())
    };
    reader.export(put).unwrap();
    assert_eq!(lines, before, "one state of the file, whatever was written meanwhile");
    let count = lines.lines().count();
    assert!(count > 5);
    assert_eq!(reader.list(None).unwrap().len(), 3 + count);
    reader.verify(ENGINE).unwrap();
}

/// Everything that can be asked of a history, or what it says is wrong.
fn told(path: &Path) -> Result<(Vec<Kept>, Vec<String>), HistoryError> {
    let history = History::open(path)?;
    let list = history.list(None)?;
    let mut texts = Vec::new();
    for kept in &list {
        texts.push(history.result(kept)?);
        texts.push(history.profile(kept)?);
        texts.push(format!("{:?} {}", history.rows(kept)?, history.library(kept)?.digest()));
        texts.push(history.find(&kept.id(), None)?.id());
        texts.push(history.list(Some(&kept.identity.tenant))?.len().to_string());
        for word in ["last", "first", "2030-01-01"] {
            texts.push(history.find(word, Some(&kept.identity.tenant))?.id());
        }
    }
    for tenant in history.tenants()? {
        for part in [TrendPart::EachControl, TrendPart::EachDomain] {
            let scope = TrendScope { assessment: None, part };
            let query = TrendQuery { scope, with_profiles: true, ..TrendQuery::default() };
            texts.push(format!("{:?}", history.trend(&tenant, &query)?));
        }
    }
    Ok((list, texts))
}

fn small(folder: &Path) -> PathBuf {
    let path = folder.join("small.db");
    let mut history = History::create(&path).unwrap();
    for seed in [3, 4, 5] {
        added(history.record(&recording(seed, ENGINE)));
    }
    path
}

#[test]
fn a_flipped_bit_is_named_or_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = small(folder.path());
    let whole = fs::read(&path).unwrap();
    let expected = told(&path).unwrap();
    let verified = History::open(&path).unwrap().verify(ENGINE).unwrap();
    let flipped = folder.path().join("flipped.db");
    let mut named = 0;
    for n in 0_usize..700 {
        // All over the file, much of which is free pages; and the start, where the most depends on each byte.
        let at = if n < 200 { n } else { n * 104_729 % whole.len() };
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (n % 8);
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("flipped.db{end}")));
        }
        fs::write(&flipped, &bytes).unwrap();
        match told(&flipped) {
            Ok(found) => assert!(found == expected, "a wrong figure after a flip at {at}"),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        match History::open(&flipped).and_then(|history| history.verify(ENGINE)) {
            Ok(found) => assert!(found == verified && told(&flipped).is_ok_and(|t| t == expected), "{at}"),
            Err(_) => named += 1,
        }
    }
    assert!(named > 200, "only {named} flips were named");
}

#[test]
fn a_cut_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = small(folder.path());
    let whole = fs::read(&path).unwrap();
    let cut = folder.path().join("cut.db");
    for length in (0..whole.len()).step_by(1536) {
        fs::write(&cut, &whole[..length]).unwrap();
        assert!(History::open(&cut).and_then(|history| history.verify(ENGINE)).is_err(), "{length}");
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("cut.db{end}")));
        }
    }
}

#[test]
fn an_import_that_does_not_verify_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::open(&small(folder.path())).unwrap();
    let lines = export(&history);
    let all: Vec<&str> = lines.lines().collect();
    let without = |n: usize| [&all[..n], &all[n + 1..]].concat().join("\n");
    let last = all.len() - 1;
    let mut wrong = vec![
        String::new(),
        "{}".to_owned(),
        all[1..].join("\n"),
        without(last),
        without(1),
        lines.replacen("\"achieved\":", "\"achieved\":1", 1),
        lines.replacen("\\\"basis_points\\\": 10000", "\\\"basis_points\\\": 9999", 1),
        lines.replacen("2026-01-02", "2026-01-03", 1),
        lines.replacen("\"format\":1", "\"format\":2", 1),
        format!("{lines}{}\n", all[last]),
        format!("{lines}{}\n", all[0]),
    ];
    wrong.push(lines.chars().take(lines.len() / 2).collect());
    let path = folder.path().join("copy.db");
    let mut copy = History::create(&path).unwrap();
    for text in &wrong {
        assert!(*text != lines);
        assert!(copy.import(&mut text.as_bytes(), ENGINE).is_err(), "{}", text.chars().take(300).collect::<String>());
        assert_eq!(copy.list(None).unwrap(), []);
    }
    assert_eq!(copy.import(&mut lines.as_bytes(), ENGINE).unwrap().added, 3);
    assert_eq!(copy.import(&mut lines.as_bytes(), ENGINE).unwrap().known, 3);
}

/// Files that older programs wrote, kept as they were; all have the same root. `UPDATE=1` makes the one of a
/// new format, once: a sample that is there is never written again.
const SAMPLES: [&str; 2] = ["history-1.db", "history-2.db"];
const ROOT: &str = "a713f26baebcd4eb24e25643ab104c9818891de368b678c1027d97a1493ac05f";

#[test]
fn the_frozen_samples_are_read() {
    let format = |path: &Path| fs::read(path).unwrap()[63];
    for (name, number) in SAMPLES.iter().zip(1_u8..) {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
        if !sample.exists() && std::env::var_os("UPDATE").is_some() {
            make_the_sample(&sample);
        }
        assert_eq!(format(&sample), number);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        fs::copy(&sample, &path).unwrap();
        let mut history = History::open(&path).unwrap();
        let backup = history.backup.clone();
        assert_eq!(backup.is_some(), usize::from(number) < SAMPLES.len(), "{name}");
        let verified = history.verify(ENGINE).unwrap();
        assert_eq!((verified.size, verified.snapshots, verified.pruned), (4, 3, 1));
        assert_eq!(verified.root.to_string(), ROOT);
        added(history.record(&recording(50, ENGINE)));
        assert_eq!(history.verify(ENGINE).unwrap().size, 5);
        drop(history);
        assert_eq!(usize::from(format(&path)), SAMPLES.len());
        // The copy is what the file was, and becomes a history of this format in its turn.
        if let Some(backup) = backup {
            assert_eq!(format(&backup), number);
            assert_eq!(History::open(&backup).unwrap().verify(ENGINE).unwrap(), verified);
        }
    }
}

fn make_the_sample(path: &Path) {
    let mut history = History::create(path).unwrap();
    for seed in [10, 11, 12, 15] {
        // No version of the program has this number, so that its results need not be reached for ever.
        added(history.record(&recording(seed, "0.0.0")));
    }
    let first = history.list(None).unwrap().remove(0);
    history.prune(&[first], "2026-02-03T04:05:06Z").unwrap();
}

#[test]
fn another_format_and_another_file_are_refused() {
    let folder = folder();
    let here = folder.path();
    done(here, &with(&["history", "record", "good.toml"], &AS_OF));
    let path = here.join(".annexa/history.db");
    let mut bytes = fs::read(&path).unwrap();
    // The user version of an SQLite file stands in bytes 60 to 63.
    bytes[63] = 3;
    fs::write(here.join("newer.db"), &bytes).unwrap();
    let said = refused(here, &["history", "list", "--db", "newer.db"]);
    assert!(said.contains("format 3") && said.contains("up to 2"), "{said}");
    let said = refused(here, &["history", "record", "good.toml", "--db", "newer.db"]);
    assert!(said.contains("format 3"), "{said}");
    assert_eq!(fs::read(here.join("newer.db")).unwrap(), bytes, "a newer file is left alone");
    for other in ["good.toml", "."] {
        refused(here, &["history", "list", "--db", other]);
        refused(here, &["history", "record", "good.toml", "--db", other]);
    }
    refused(here, &["history", "list", "--db", "nowhere.db"]);
    assert!(!here.join("nowhere.db").exists());
}

#[test]
fn what_the_machine_refuses_is_3() {
    let folder = folder();
    let here = folder.path();
    for path in ["/proc/history.db", "nowhere/history.db"] {
        let output = run_in(here, &["history", "record", "good.toml", "--db", path]);
        assert_eq!(code(&output), 3, "{path}: {}", err(&output));
        assert!(err(&output).contains(path), "{}", err(&output));
    }
    // A disk that takes 100 blocks of a file, and no more.
    done(here, &with(&["history", "record", "good.toml", "--db", "full.db"], &["--as-of", "2020-05-01"]));
    let script = format!(
        "trap '' XFSZ; ulimit -f 100; exec '{}' history record good.toml --as-of 2020-06-01 --db full.db",
        env!("CARGO_BIN_EXE_annexa")
    );
    let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(here).output().unwrap();
    assert_eq!(code(&output), 3, "{}", err(&output));
    assert!(err(&output).contains("full.db"), "{}", err(&output));
    // It is the history that is full, and not the export.
    done(here, &["history", "export", "--db", "full.db", "-o", "all.ndjson"]);
    let script = script.split("history record").next().unwrap().to_owned() + "history import all.ndjson --db new.db";
    let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(here).output().unwrap();
    assert_eq!(code(&output), 3, "{}", err(&output));
    assert!(err(&output).contains("`new.db`"), "{}", err(&output));
    let (exit, out, said) = run(here, &["history", "verify", "--db", "full.db"]);
    assert_eq!(exit, 0, "{said}");
    assert!(out.contains("1 recorded"), "{out}");
}

#[test]
fn a_score_is_recorded_listed_shown_and_pruned() {
    let folder = folder();
    let here = folder.path();
    let score = done(here, &with(&["score", "good.toml", "--format", "json"], &AS_OF));
    assert_eq!(done(here, &with(&["score", "good.toml", "--format", "json", "--record"], &AS_OF)), score);
    let again = done(here, &with(&["history", "record", "good.toml"], &AS_OF));
    assert!(again.contains("nothing has changed"), "{again}");
    done(here, &["history", "record", "good.toml", "other.toml", "--as-of", "2020-07-01", "--note", "=1+1"]);
    let list: Value = serde_json::from_str(&done(here, &["history", "list", "good.toml", "--format", "json"])).unwrap();
    let list = list.as_array().unwrap();
    let told: Value = serde_json::from_str(&score).unwrap();
    assert_eq!(list.len(), 2);
    for field in ["achieved", "possible", "assured", "unassessed", "percent", "assurance_percent"] {
        assert_eq!(list[0][field], told["overall"][field], "{field}");
    }
    assert_eq!((&list[0]["tenant"], &list[0]["as_of"]), (&told["tenant"], &told["as_of"]));
    let id = list[0]["id"].as_str().unwrap();
    assert_eq!(done(here, &["history", "show", &id[..6], "--format", "json"]), score);
    assert_eq!(done(here, &["history", "show", id, "--profile"]), fs::read_to_string(here.join("good.toml")).unwrap());
    let shown = done(here, &["history", "show", id]);
    assert!(done(here, &with(&["score", "good.toml"], &AS_OF)).starts_with(&shown), "{shown}");
    assert!(done(here, &["history", "list", "--format", "csv"]).contains("'=1+1"));
    refused(here, &["history", "show", "ffffffff"]);
    let said = refused(here, &["history", "list", "--tenant", "fabrikam.onmicrosoft.co"]);
    assert!(said.contains("`fabrikam.onmicrosoft.com`"), "{said}");
    assert!(done(here, &["history", "prune", "--keep-last", "1"]).contains("1 snapshot would go"));
    assert!(done(here, &["history", "verify"]).contains("3 recorded, 0 pruned"));
    done(here, &["history", "prune", "--keep-last", "1", "--apply"]);
    assert!(done(here, &["history", "verify"]).contains("2 recorded, 1 pruned, 2 replayed"));
    let said = refused(here, &["history", "show", id]);
    assert!(said.contains("was pruned on"), "{said}");
    done(here, &["history", "export", "-o", "all.ndjson"]);
    done(here, &["history", "import", "all.ndjson", "--db", "copy.db"]);
    assert_eq!(done(here, &["history", "verify", "--db", "copy.db"]), done(here, &["history", "verify"]));
    assert_eq!(
        done(here, &["history", "export", "--db", "copy.db"]),
        fs::read_to_string(here.join("all.ndjson")).unwrap()
    );
}

#[test]
fn processes_that_record_at_once_all_succeed() {
    let folder = folder();
    let here = folder.path();
    let children: Vec<_> = (1..=8)
        .map(|day| {
            let args = ["history", "record", "good.toml", "other.toml", "--as-of", &format!("2020-06-{day:02}")];
            annexa().current_dir(here).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert_eq!(code(&output), 0, "{}", err(&output));
    }
    assert!(done(here, &["history", "verify"]).contains("16 recorded, 0 pruned, 16 replayed"));
}

#[test]
fn a_killed_process_loses_nothing_that_it_acknowledged() {
    let folder = folder();
    let here = folder.path();
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..20_u32 {
        let day = format!("2020-{:02}-{:02}", round % 12 + 1, round % 28 + 1);
        let args = ["history", "record", "good.toml", "other.toml", "--as-of", &day];
        let mut command = annexa();
        let mut child = command.current_dir(here).args(args).stdout(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(u64::from(round) * 7));
        let _ = child.kill();
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        child.wait().unwrap();
        let lines = said.lines().filter(|line| line.contains(": recorded in"));
        acknowledged.extend(lines.filter_map(|line| line.split(' ').next()).map(str::to_owned));
        if here.join(".annexa/history.db").exists() {
            match History::open(&here.join(".annexa/history.db")) {
                Ok(history) => {
                    history.verify("another, so that the replay is not asked for").unwrap();
                    let found: Vec<String> = history.list(None).unwrap().iter().map(Kept::id).collect();
                    assert!(acknowledged.iter().all(|id| found.contains(id)), "{acknowledged:?} {found:?}");
                }
                // Killed before the tables were there.
                Err(HistoryError::Unusable { message, .. }) => {
                    assert!(acknowledged.is_empty() && message == "nothing is recorded in it", "{message}");
                }
                Err(error) => panic!("round {round}: {error}"),
            }
        }
    }
    done(here, &["history", "record", "good.toml", "--as-of", "2021-01-01"]);
    done(here, &["history", "verify"]);
}
