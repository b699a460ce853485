//! Packs as a person meets them: made, scored, forecast, asked what-if, and refused.

use crate::support::{annexa, code, done, err, out, refused, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The shipped profiles, each also on a line.
fn folder() -> tempfile::TempDir {
    let profiles = annexa::starter_profiles();
    let named = profiles.map(|(path, text)| (path.rsplit('/').next().unwrap(), text.as_bytes()));
    let folder = crate::support::folder_of(named);
    done(folder.path(), &["convert", "enterprise.toml", "--to", "ndjson", "-o", "lines.ndjson"]);
    folder
}

const PROFILES: [&str; 2] = ["enterprise.toml", "small-business.toml"];

fn pack(folder: &Path) {
    let output = run_in(folder, &[&["fleet", "pack"][..], &PROFILES, &["-o", "fleet.pack"]].concat());
    assert_eq!((code(&output), out(&output)), (0, ""), "{}", err(&output));
    assert!(err(&output).starts_with("2 profiles packed; "), "{}", err(&output));
}

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&done(folder, args)).unwrap()
}

#[test]
fn the_rows_of_a_pack_are_those_of_its_source() {
    let folder = folder();
    pack(folder.path());
    for date in ["2019-03-01", "2021-06-01", "2026-11-21"] {
        for format in ["csv", "ndjson"] {
            let score = |inputs: &[&str]| {
                let args = ["--as-of", date, "--format", format, "--threads", "2"];
                done(folder.path(), &[&["fleet", "score"], inputs, &args[..]].concat())
            };
            let rows = score(&PROFILES);
            assert!(rows.lines().count() > 1);
            assert_eq!(score(&["fleet.pack"]), rows);
        }
    }
    // The sums beside the rows are the same too.
    for (input, rows) in [(&PROFILES[..], "source.csv"), (&["fleet.pack"], "packed.csv")] {
        done(folder.path(), &[&["fleet", "score"], input, &["--as-of", "2021-06-01", "-o", rows]].concat());
    }
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("packed.csv"), read("source.csv"));
    assert_eq!(read("packed.csv.summary.json"), read("source.csv.summary.json"));
    // A pack among other inputs, and no pack that merely lies in a folder.
    let both =
        done(folder.path(), &["fleet", "score", "fleet.pack", "us-government.toml", "--as-of", "2021-06-01", "-q"]);
    let each = done(folder.path(), &["fleet", "score", "us-government.toml", "--as-of", "2021-06-01", "-q"]);
    let packed = String::from_utf8(read("packed.csv")).unwrap();
    assert_eq!(both, format!("{packed}{}", each.split_once('\n').unwrap().1));
}

#[test]
fn packs_are_the_same_bytes_however_many_threads_make_them() {
    let folder = folder();
    let line = fs::read_to_string(folder.path().join("lines.ndjson")).unwrap();
    // Enough for several chunks, and each a tenant of its own.
    let named = "\"tenant\":\"contoso.example\"";
    assert!(line.contains(named), "{line}");
    let tenant = |n: usize| line.replacen(named, &format!("\"tenant\":\"t{n}\",\"sector\":\"s{}\"", n % 3), 1);
    let lines: String = (0..17_000_000 / line.len()).map(tenant).collect();
    fs::write(folder.path().join("fleet.ndjson"), &lines).unwrap();
    for (threads, name) in [("1", "one.pack"), ("3", "three.pack")] {
        done(folder.path(), &["fleet", "pack", "fleet.ndjson", "--threads", threads, "-o", name]);
    }
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("one.pack"), read("three.pack"));
    assert!(read("one.pack").len() < lines.len() / 20);
    let score = |input: &str| done(folder.path(), &["fleet", "score", input, "--as-of", "2021-06-01"]);
    assert_eq!(score("one.pack"), score("fleet.ndjson"));
    let forecast = |threads: &str| {
        let args = ["--on", "2022-01-01,2021-01-01", "--by", "sector", "--format", "json", "--threads", threads];
        done(folder.path(), &[&["fleet", "forecast", "one.pack"], &args[..]].concat())
    };
    assert_eq!(forecast("1"), forecast("4"));
    let whatif = |threads: &str| {
        let args =
            ["--without-evidence", "cert-office-365", "--on", "2021-06-01", "--by", "sector", "--threads", threads];
        done(folder.path(), &[&["fleet", "whatif", "one.pack"], &args[..]].concat())
    };
    assert_eq!(whatif("1"), whatif("4"));
}

#[test]
fn profiles_that_cannot_be_used_are_left_out_and_told() {
    let folder = folder();
    let line = fs::read_to_string(folder.path().join("lines.ndjson")).unwrap();
    fs::write(folder.path().join("mixed.ndjson"), format!("{line}{{\"organization\":\n\n{line}")).unwrap();
    let output =
        run_in(folder.path(), &["fleet", "pack", "mixed.ndjson", "--rejects", "rejects.ndjson", "-o", "mixed.pack"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    let rejects = fs::read_to_string(folder.path().join("rejects.ndjson")).unwrap();
    let rejects: Vec<Value> = rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines: Vec<_> = rejects.iter().map(|reject| reject["line"].as_u64()).collect();
    assert_eq!(lines, [Some(2), Some(4)], "{rejects:?}");
    // Both profiles of the tenant are there, as `fleet score` keeps both rows.
    let rows = run_in(folder.path(), &["fleet", "score", "mixed.pack", "--as-of", "2021-06-01", "-q"]);
    let source = run_in(folder.path(), &["fleet", "score", "mixed.ndjson", "--as-of", "2021-06-01", "-q"]);
    assert_eq!((code(&rows), out(&rows)), (1, out(&source)), "{}", err(&rows));
    let strict = run_in(folder.path(), &["fleet", "pack", "mixed.ndjson", "--strict", "-o", "strict.pack"]);
    assert_eq!(code(&strict), 2);
    assert!(!folder.path().join("strict.pack").exists());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".annexa")), "{left:?}");
}

#[test]
fn what_a_pack_cannot_answer_is_refused_with_the_way_out() {
    let folder = folder();
    let here = folder.path();
    pack(here);
    let gaps = refused(here, &["fleet", "score", "fleet.pack", "-o", "rows.csv", "--gaps", "gaps.csv"]);
    assert!(gaps.contains("`--gaps` cannot be told from `fleet.pack`: a pack keeps no words"), "{gaps}");
    done(here, &["library", "export", "own"]);
    for command in [&["score"][..], &["forecast"], &["whatif", "--without-evidence", "cert-office-365"]] {
        let said = refused(here, &[&["fleet"], command, &["fleet.pack", "--library", "own"]].concat());
        assert!(said.contains("`fleet.pack` was packed against the library "), "{said}");
    }
    for (args, told) in [
        (
            &["fleet", "forecast", "enterprise.toml"][..],
            "`enterprise.toml` is no pack: it does not begin with `annexa-pack`",
        ),
        (&["fleet", "forecast", "absent.pack"], "cannot read `absent.pack`"),
        (&["fleet", "forecast", "-"], "a pack cannot come from standard input"),
        (&["fleet", "forecast", "."], "`.` is no pack"),
        (&["fleet", "forecast", "fleet.pack", "--from", "2022-01-01", "--to", "2021-01-01"], "is before the first"),
        (&["fleet", "forecast", "fleet.pack", "--to", "9000-01-01", "--step", "day"], "more than 4000 dates"),
        (&["fleet", "pack", "enterprise.toml", "-o", "-"], "a pack is not written to standard output"),
        (&["fleet", "pack", "fleet.pack", "-o", "again.pack"], "`fleet.pack` is a pack already"),
        (&["fleet", "pack", "enterprise.toml", "-o", "x", "--rejects", "x"], "two outputs go to `x`"),
        (&["fleet", "whatif", "fleet.pack"], "nothing is supposed"),
        (&["fleet", "whatif", "fleet.pack", "--retire-service", "yamer"], "the nearest known name is `yammer`"),
        (&["fleet", "whatif", "fleet.pack", "--without-evidence", "x,cert-ofice-365"], "`cert-office-365`"),
    ] {
        let said = refused(here, args);
        assert!(said.contains(told), "{args:?}: {said}");
    }
    let good = fs::read(here.join("fleet.pack")).unwrap();
    fs::write(here.join("cut.pack"), &good[..good.len() - 1]).unwrap();
    let cut = refused(here, &["fleet", "score", "cut.pack"]);
    assert!(cut.contains("`cut.pack` is cut short: its end is missing"), "{cut}");
    let mut bad = good.clone();
    bad[100] ^= 1;
    fs::write(here.join("bad.pack"), bad).unwrap();
    for args in [&["forecast", "bad.pack"][..], &["score", "bad.pack", "-o", "bad.csv"]] {
        let said = refused(here, &[&["fleet"], args].concat());
        assert!(said.contains("`bad.pack` is damaged: the checksum of block 1 does not agree"), "{said}");
    }
    assert!(!here.join("bad.csv").exists());
    let mut other = good;
    other[16..48].fill(0xab);
    let checksum = crc32fast::hash(&other[..48]).to_le_bytes();
    other[48..52].copy_from_slice(&checksum);
    fs::write(here.join("other.pack"), other).unwrap();
    let said = refused(here, &["fleet", "forecast", "other.pack"]);
    assert!(said.contains("was packed against the library abababababab, and this is "), "{said}");
}

#[test]
fn a_forecast_adds_up_what_single_scores_say() {
    let folder = folder();
    pack(folder.path());
    let args = ["--from", "2021-01-31", "--to", "2021-04-15", "--below", "50", "--format", "json"];
    let found = json(folder.path(), &[&["fleet", "forecast", "fleet.pack"], &args[..]].concat());
    assert_eq!(found["tenants"], 2);
    let dates: Vec<&str> = found["dates"].as_array().unwrap().iter().map(|d| d["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-15"]);
    for moment in found["dates"].as_array().unwrap() {
        let date = moment["date"].as_str().unwrap();
        for key in ["achieved", "assured", "unassessed"] {
            let units = |value: &Value| value.as_str().unwrap().replace('.', "").parse::<u64>().unwrap();
            let mut sum = 0;
            for profile in PROFILES {
                let score = json(folder.path(), &["score", profile, "--as-of", date, "--format", "json"]);
                let list = score["assessments"].as_array().unwrap();
                sum += list.iter().map(|assessment| units(&assessment[key])).sum::<u64>();
            }
            assert_eq!(units(&moment[key]), sum, "{key} at {date}");
        }
    }
    let csv = done(
        folder.path(),
        &["fleet", "forecast", "fleet.pack", "--on", "2021-06-01", "--by", "template", "--format", "csv"],
    );
    assert!(csv.lines().count() >= 3 && csv.starts_with("by,value,tenants,date,achieved,"), "{csv}");
}

#[test]
fn what_if_says_what_the_fleet_would_lose() {
    let folder = folder();
    pack(folder.path());
    let args = ["--without-evidence", "cert-office-365", "--on", "2021-06-01"];
    let found = json(folder.path(), &[&["fleet", "whatif", "fleet.pack", "--format", "json"], &args[..]].concat());
    let changed = found["before"] != found["after"];
    assert_eq!(changed, found["touched"].as_u64() > Some(0), "{found}");
    assert_eq!((&found["tenants"], found["supposed"][0]["id"].as_str()), (&Value::from(2), Some("cert-office-365")));
    let text = done(folder.path(), &[&["fleet", "whatif", "fleet.pack"], &args[..]].concat());
    assert!(text.contains("cert-office-365") && text.contains("would change."), "{text}");
    let csv = done(
        folder.path(),
        &[&["fleet", "whatif", "fleet.pack", "--format", "csv", "--by", "region"], &args[..]].concat(),
    );
    assert_eq!(csv.lines().count(), 3, "{csv}");
}

#[test]
fn an_empty_fleet_has_a_pack_too() {
    let folder = crate::support::folder_of([("none.ndjson", &b"\n"[..])]);
    let output =
        annexa().current_dir(&folder).args(["fleet", "pack", "none.ndjson", "-o", "none.pack"]).output().unwrap();
    assert_eq!((code(&output), err(&output)), (0, "no profiles\n"));
    let found = json(folder.path(), &["fleet", "forecast", "none.pack", "--on", "2021-01-01", "--format", "json"]);
    assert_eq!((&found["tenants"], &found["dates"][0]["percent"]), (&Value::from(0), &Value::Null));
    let text = done(folder.path(), &["fleet", "forecast", "none.pack", "--on", "2021-01-01"]);
    assert!(text.contains("n/a"), "{text}");
}
