//! The history sealed: what was signed holds today's log to its past, and proofs need no history.

use crate::cli::{folder, run};
use crate::support::{code, done, err, refused, run_in, run_with_input};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const NAME: &str = "example.com/annexa";

fn record(folder: &Path, profile: &str, day: &str) -> String {
    let line = done(folder, &["history", "record", profile, "--as-of", day, "--note", "for the audit"]);
    line.split(' ').next().unwrap().to_owned()
}

fn keygen(folder: &Path, name: &str, file: &str) -> String {
    let key = done(folder, &["history", "keygen", "--name", name, "-o", file]);
    fs::write(folder.join(file).with_extension("pub"), &key).unwrap();
    key.trim_end().to_owned()
}

/// A history of three snapshots sealed at two, with the ids and the key.
struct Sealed {
    folder: TempDir,
    ids: Vec<String>,
    key: String,
}

impl Sealed {
    fn new() -> Self {
        let folder = folder();
        let here = folder.path();
        let mut ids = vec![record(here, "good.toml", "2020-06-01"), record(here, "other.toml", "2020-06-01")];
        let key = keygen(here, NAME, "annexa.key");
        done(here, &["history", "seal", "--key", "annexa.key", "-o", "two.txt"]);
        ids.push(record(here, "good.toml", "2020-07-01"));
        Self { folder, ids, key }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn store(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path().join(".annexa/history.db")).unwrap()
    }
}

#[test]
fn a_key_is_new_and_only_its_owners() {
    let folder = folder();
    let here = folder.path();
    let key = keygen(here, NAME, "annexa.key");
    assert!(key.starts_with("example.com/annexa+") && key.lines().count() == 1, "{key}");
    assert_ne!(keygen(here, NAME, "another.key"), key);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(here.join("annexa.key")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let before = fs::read(here.join("annexa.key")).unwrap();
    let said = refused(here, &["history", "keygen", "--name", NAME, "-o", "annexa.key"]);
    assert!(said.contains("exists already") && !said.contains("--force"), "{said}");
    assert_eq!(fs::read(here.join("annexa.key")).unwrap(), before);
    assert_eq!(done(here, &["history", "keygen", "--of", "annexa.key"]).trim_end(), key);
    for name in ["", "two words", "a+b", "tab\tbed"] {
        refused(here, &["history", "keygen", "--name", name, "-o", "new.key"]);
    }
    assert!(!here.join("new.key").exists());
    assert!(refused(here, &["history", "keygen", "--name", NAME, "-o", "-"]).contains("is not printed"));
    let (exit, _, said) = run(here, &["history", "keygen", "--name", NAME, "-o", "nowhere/new.key"]);
    assert_eq!(exit, 3, "{said}");
}

#[test]
fn a_longer_log_extends_its_checkpoints() {
    let sealed = Sealed::new();
    let here = sealed.path();
    done(here, &["history", "seal", "--key", "annexa.key", "-o", "three.txt"]);
    let plain = done(here, &["history", "verify"]);
    for key in [sealed.key.as_str(), "annexa.pub"] {
        let args = ["history", "verify", "--checkpoint", "two.txt", "three.txt", "--verifier", key];
        let lines = format!("{plain}Extends two.txt: 2 leaves of {NAME}\nExtends three.txt: 3 leaves of {NAME}\n");
        assert_eq!(done(here, &args), lines);
    }
    // A checkpoint is replaced by a later one of the same log, and by nothing else.
    done(here, &["history", "seal", "--key", "annexa.key", "-o", "two.txt"]);
    assert_eq!(fs::read(here.join("two.txt")).unwrap(), fs::read(here.join("three.txt")).unwrap());
    keygen(here, NAME, "another.key");
    let said = refused(here, &["history", "seal", "--key", "another.key", "-o", "two.txt"]);
    assert!(said.contains("no checkpoint by this key"), "{said}");
    refused(here, &["history", "seal", "--key", "annexa.key", "-o", "good.toml"]);
    // What is pruned stays a leaf.
    done(here, &["history", "prune", "--before", "2020-06-30", "--apply"]);
    let args = ["history", "verify", "--checkpoint", "three.txt", "--verifier", "annexa.pub"];
    assert!(done(here, &args).contains("1 recorded, 2 pruned"));
    done(here, &["history", "export", "-o", "all.ndjson"]);
    done(here, &["history", "import", "all.ndjson", "--db", "copy.db"]);
    done(here, &[&args[..], &["--db", "copy.db"]].concat());
}

#[test]
fn what_does_not_extend_a_checkpoint_is_named() {
    let sealed = Sealed::new();
    let here = sealed.path();
    let checkpoint = fs::read_to_string(here.join("two.txt")).unwrap();
    let said = |file: &str, key: &str, more: &[&str]| {
        refused(here, &[&["history", "verify", "--checkpoint", file, "--verifier", key], more].concat())
    };
    // Another key, of another name and of the same; a text that was altered, and none.
    keygen(here, "example.com/other", "other.key");
    keygen(here, NAME, "same.key");
    let other = said("two.txt", "other.pub", &[]);
    assert!(other.contains("no signature is by a known key") && other.contains("is `example.com/other`"), "{other}");
    assert!(said("two.txt", "same.pub", &[]).contains("another key of the name `example.com/annexa`"));
    fs::write(here.join("altered.txt"), checkpoint.replace("\n2\n", "\n1\n")).unwrap();
    let altered = said("altered.txt", "annexa.pub", &[]);
    assert!(altered.contains("does not fit the text") && altered.contains("altered"), "{altered}");
    fs::write(here.join("cut.txt"), &checkpoint[..checkpoint.len() - 1]).unwrap();
    assert!(said("cut.txt", "annexa.pub", &[]).contains("line 5"));
    fs::write(here.join("origin.txt"), {
        let key = "annexa.key".to_owned();
        done(here, &["history", "seal", "--key", &key]).replace(NAME, "example.com/another")
    })
    .unwrap();
    said("origin.txt", "annexa.pub", &[]);
    // All that is wrong with several is told at once.
    let args =
        ["history", "verify", "--checkpoint", "altered.txt", "cut.txt", "nowhere.txt", "--verifier", "annexa.pub"];
    let all = refused(here, &args);
    assert!(["altered.txt", "cut.txt", "nowhere.txt"].iter().all(|file| all.contains(file)), "{all}");
    // Another history: of as many leaves, and of fewer.
    done(here, &["history", "record", "other.toml", "--as-of", "2020-08-01", "--db", "short.db"]);
    let short = said("two.txt", "annexa.pub", &["--db", "short.db"]);
    assert!(short.contains("had 2 leaves and has 1"), "{short}");
    done(here, &["history", "record", "good.toml", "--as-of", "2020-06-01", "--db", "short.db"]);
    let rewritten = said("two.txt", "annexa.pub", &["--db", "short.db"]);
    assert!(rewritten.contains("first 2 leaves are not those"), "{rewritten}");
    let over = refused(here, &["history", "seal", "--key", "annexa.key", "--db", "short.db", "-o", "two.txt"]);
    assert!(over.contains("first 2 leaves are not those"), "{over}");
    assert_eq!(fs::read_to_string(here.join("two.txt")).unwrap(), checkpoint, "evidence is not written over");
    // One needs the other.
    refused(here, &["history", "verify", "--checkpoint", "two.txt"]);
    refused(here, &["history", "verify", "--verifier", "annexa.pub"]);
}

#[test]
fn keys_that_are_none_are_named() {
    let sealed = Sealed::new();
    let here = sealed.path();
    let secret = fs::read_to_string(here.join("annexa.key")).unwrap();
    let seal = |file: &str| refused(here, &["history", "seal", "--key", file]);
    assert!(seal("nowhere.key").contains("cannot read `nowhere.key`"));
    assert!(seal(".").contains("cannot read `.`"));
    assert!(seal("annexa.pub").contains("a key that verifies, and one that signs is needed"));
    assert!(seal("good.toml").contains("PRIVATE+KEY+"));
    for (n, wrong) in ["", "\n", "PRIVATE+KEY+a", &secret[..secret.len() - 9], &secret.replace("annexa+", "annexo+")]
        .iter()
        .enumerate()
    {
        let file = format!("wrong-{n}.key");
        fs::write(here.join(&file), wrong).unwrap();
        let said = seal(&file);
        assert!(said.contains(&file) && !said.contains(secret[40..].trim_end()), "{said}");
    }
    fs::write(here.join("bytes.key"), [0xff, 0xfe]).unwrap();
    assert!(seal("bytes.key").contains("is not UTF-8"));
    let verify = |key: &str| refused(here, &["history", "verify", "--checkpoint", "two.txt", "--verifier", key]);
    assert!(verify("annexa.key").contains("a key that signs, not one that verifies"));
    let said = verify(secret.trim_end());
    assert!(said.contains("a key that signs") && !said.contains("PRIVATE"), "{said}");
    assert!(verify(&sealed.key.replace("annexa", "annexo")).contains("id does not fit"));
    assert!(verify("nowhere.pub").contains("cannot read `nowhere.pub`"));
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let sealed = Sealed::new();
    let here = sealed.path();
    let args = ["history", "seal", "--key", "annexa.key"];
    assert_eq!(err(&run_in(here, &args)), "");
    fs::set_permissions(here.join("annexa.key"), fs::Permissions::from_mode(0o640)).unwrap();
    let output = run_in(here, &args);
    assert_eq!(code(&output), 0);
    assert!(err(&output).contains("warning: others than its owner"), "{}", err(&output));
    assert_eq!(err(&run_in(here, &[&args[..], &["--quiet"]].concat())), "");
}

#[test]
fn what_is_damaged_or_empty_is_not_sealed() {
    let sealed = Sealed::new();
    let here = sealed.path();
    let seal = ["history", "seal", "--key", "annexa.key"];
    for wrong in [
        "UPDATE leaf SET hash = zeroblob(32) WHERE position = 1",
        "UPDATE snapshot SET achieved = achieved + 1 WHERE position = 1",
        "DELETE FROM snapshot WHERE position = 2",
        "DELETE FROM leaf WHERE position = 2",
        "UPDATE log SET root = zeroblob(32)",
        "UPDATE log SET heads = zeroblob(64)",
        "UPDATE log SET size = 2",
    ] {
        sealed.store().execute_batch(wrong).unwrap();
        let said = refused(here, &seal);
        assert!(said.contains("is damaged or was altered"), "{wrong}: {said}");
        fs::remove_dir_all(here.join(".annexa")).unwrap();
        record(here, "good.toml", "2020-06-01");
        record(here, "other.toml", "2020-06-01");
        record(here, "good.toml", "2020-07-01");
        done(here, &seal);
    }
    refused(here, &[&seal[..], &["--db", "nowhere.db"]].concat());
    fs::write(here.join("empty.db"), "").unwrap();
    assert!(refused(here, &[&seal[..], &["--db", "empty.db"]].concat()).contains("nothing is recorded in it"));
}

#[test]
fn a_proof_needs_no_history() {
    let sealed = Sealed::new();
    let here = sealed.path();
    let id = &sealed.ids[0];
    done(here, &["history", "prove", id, "--checkpoint", "two.txt", "-o", "proof.txt"]);
    done(here, &["history", "prove", &sealed.ids[2], "--key", "annexa.key", "-o", "last.txt"]);
    fs::write(here.join("result.json"), done(here, &["history", "show", id, "--format", "json"])).unwrap();
    let late = refused(here, &["history", "prove", &sealed.ids[2], "--checkpoint", "two.txt"]);
    assert!(late.contains("recorded after the checkpoint of 2 leaves"), "{late}");
    done(here, &["history", "record", "other.toml", "--as-of", "2019-06-01", "--db", "short.db"]);
    let none = refused(here, &["history", "prove", "last", "--checkpoint", "two.txt", "--db", "short.db"]);
    assert!(none.contains("none of this log"), "{none}");
    fs::remove_dir_all(here.join(".annexa")).unwrap();

    let check = ["history", "check-proof", "proof.txt", "--verifier", "annexa.pub"];
    let files = ["--profile", "good.toml", "--result", "result.json"];
    let text = done(here, &[&check[..], &files].concat());
    for part in [
        &format!("Proved: snapshot {id} is leaf 1 of 2 in the log {NAME}\n") as &str,
        "contoso.onmicrosoft.com",
        "2020-06-01",
        "for the audit",
        "the file has it",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let json: Value = serde_json::from_str(&done(here, &[&check[..], &files, &["--format", "json"]].concat())).unwrap();
    assert_eq!((&json["log"], &json["size"], &json["index"]), (&NAME.into(), &2.into(), &0.into()));
    assert_eq!((&json["profile_is_recorded"], &json["result_is_recorded"]), (&true.into(), &true.into()));
    assert_eq!(json["snapshot"]["id"], **id);
    assert_eq!(json["identity"]["note"], "for the audit");
    let bare: Value = serde_json::from_str(&done(here, &[&check[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!(bare["profile_is_recorded"], Value::Null);
    // Two files that are not those: both are told, and nothing is printed.
    let said = refused(here, &[&check[..], &["--profile", "other.toml", "--result", "good.toml"]].concat());
    assert!(said.contains("not the recorded profile") && said.contains("not the recorded result"), "{said}");
    let output = run_with_input(here, &["history", "check-proof", "-", "--verifier", &sealed.key], &{
        fs::read(here.join("last.txt")).unwrap()
    });
    assert_eq!(code(&output), 0, "{}", err(&output));
}

#[test]
fn a_proof_that_was_changed_is_refused() {
    let sealed = Sealed::new();
    let here = sealed.path();
    let proof = done(here, &["history", "prove", &sealed.ids[0], "--key", "annexa.key"]);
    let other = done(here, &["history", "prove", &sealed.ids[1], "--key", "annexa.key"]);
    let line = |text: &str, n: usize| text.lines().nth(n).unwrap().to_owned();
    let check = |text: &str| {
        fs::write(here.join("changed.txt"), text).unwrap();
        refused(here, &["history", "check-proof", "changed.txt", "--verifier", "annexa.pub"])
    };
    // The extra data is signed by nothing, and is still held to the leaf that is proved.
    let swapped = proof.replace(&line(&proof, 1), &line(&other, 1));
    assert!(swapped != proof && check(&swapped).contains("leads to another root"));
    assert!(check(&proof.replace(&format!("{}\n", line(&proof, 1)), "")).contains("does not carry"));
    assert!(check(&proof.replace("index 0", "index 1")).contains("leads to another root"));
    assert!(check(&proof.replace("\n3\n", "\n4\n")).contains("altered after it was signed"));
    assert!(check(&fs::read_to_string(here.join("two.txt")).unwrap()).contains("tlog-proof"));
    assert!(check("").contains("changed.txt"));
    // No character of it is one that could be another.
    for at in (0..proof.len()).step_by(13) {
        let Some((before, after)) = proof.split_at_checked(at) else { continue };
        let Some(c) = after.chars().next() else { continue };
        let new = if c == 'A' { 'B' } else { 'A' };
        check(&format!("{before}{new}{}", &after[c.len_utf8()..]));
    }
    keygen(here, "example.com/other", "other.key");
    fs::write(here.join("proof.txt"), &proof).unwrap();
    let said = refused(here, &["history", "check-proof", "proof.txt", "--verifier", "other.pub"]);
    assert!(said.contains("no signature is by a known key"), "{said}");
    refused(here, &["history", "check-proof", "proof.txt"]);
    refused(here, &["history", "prove", "last"]);
    refused(here, &["history", "prove", "last", "--key", "annexa.key", "--checkpoint", "two.txt"]);
}
