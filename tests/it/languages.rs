//! Reports in six languages: the same figures, and nothing that programs read changes by itself.

use crate::support::{annexa, cases, code, differs, done, err, folder_of, none, numbered, out};
use std::path::Path;
use unicode_width::UnicodeWidthStr;

const LANGUAGES: [&str; 6] = ["en", "fr", "it", "ja", "ko", "zh-TW"];
const DAY: [&str; 2] = ["--as-of", "2021-06-01"];

fn here() -> std::path::PathBuf {
    cases("languages")
}

fn told(args: &[&str]) -> String {
    done(&here(), &[args, &DAY].concat())
}

#[test]
fn score_and_gaps_read_as_expected_in_every_language() {
    let mut faults = Vec::new();
    for language in LANGUAGES {
        for (name, args) in [
            ("score", &["score", "profile.toml", "--lang", language][..]),
            ("score.md", &["score", "profile.toml", "--format", "markdown", "--lang", language]),
            ("gaps", &["gaps", "profile.toml", "--format", "text", "--control", "4", "--lang", language]),
        ] {
            faults.extend(differs(&here().join(format!("{language}.{name}.txt")), &told(args)));
        }
        let columns = done(&here(), &["gaps", "--columns", "--lang", language]);
        faults.extend(differs(&here().join(format!("{language}.columns.txt")), &columns));
    }
    none(&faults);
}

#[test]
fn the_environment_names_the_language_and_the_flag_overrules_it() {
    let run = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = annexa();
        command.current_dir(here()).args([args, &DAY].concat()).envs(variables.iter().copied());
        let output = command.output().unwrap();
        assert_eq!(code(&output), 0, "{}", err(&output));
        out(&output).to_owned()
    };
    let score = ["score", "profile.toml"];
    let french = told(&["score", "profile.toml", "--lang", "fr"]);
    let english = told(&["score", "profile.toml", "--lang", "en"]);
    assert_eq!(run(&[("LANG", "fr_CA.UTF-8")], &score), french);
    assert_eq!(run(&[("LANG", "ja_JP"), ("LC_MESSAGES", "fr_FR")], &score), french);
    assert_eq!(run(&[("LANG", "ja_JP"), ("LC_MESSAGES", "it"), ("LC_ALL", "fr")], &score), french);
    assert_eq!(run(&[("LANG", "fr"), ("LC_ALL", "")], &score), french, "an empty variable says nothing");
    assert_eq!(run(&[("LC_ALL", "C.UTF-8"), ("LANG", "fr")], &score), english);
    assert_eq!(run(&[("LANG", "de_DE.UTF-8")], &score), english, "a language that reports are not written in");
    assert_eq!(run(&[("LC_ALL", "ja_JP.UTF-8")], &["score", "profile.toml", "--lang", "fr"]), french);
}

#[test]
fn what_programs_read_stays_english_unless_a_language_is_named() {
    for args in [&["gaps", "profile.toml"][..], &["score", "profile.toml", "--format", "json"]] {
        let mut command = annexa();
        command.current_dir(here()).args([args, &DAY].concat()).env("LC_ALL", "ja_JP.UTF-8");
        assert_eq!(out(&command.output().unwrap()), told(args), "{args:?}");
    }
}

#[test]
fn a_language_changes_titles_and_next_steps_of_the_data_and_nothing_else() {
    let rows = |language: &str| -> Vec<Vec<String>> {
        let text = told(&["gaps", "profile.toml", "--lang", language]);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let english = rows("en");
    for language in &LANGUAGES[1..] {
        let other = rows(language);
        assert_eq!(other[0], english[0], "the keys");
        assert_eq!(other.len(), english.len());
        for (one, two) in english.iter().zip(&other).skip(1) {
            for (column, (a, b)) in one.iter().zip(two).enumerate() {
                let may_differ = ["control_title", "next_step"].contains(&english[0][column].as_str());
                assert!(may_differ || a == b, "{language}: {a} and {b} in {}", english[0][column]);
            }
            let (step, title) = (one.len() - 1, 5);
            assert_ne!(one[step], two[step], "{language}");
            assert!(two[title] != one[title] || one[title].is_ascii(), "{language}: {}", one[title]);
        }
    }
}

#[test]
fn what_is_kept_is_english_whatever_is_spoken() {
    let profile = std::fs::read(here().join("profile.toml")).unwrap();
    let kept = |language: &str| {
        let folder = folder_of([("profile.toml", profile.as_slice())]);
        let args = ["score", "profile.toml", "--record", "--quiet", "--lang", language];
        done(folder.path(), &[&args[..], &DAY].concat());
        assert!(done(folder.path(), &["history", "verify"]).contains("1 recorded, 0 pruned, 1 replayed"));
        let list = done(folder.path(), &["history", "show", "last", "--format", "json"]);
        let time = |line: &&str| !line.contains("recorded_at");
        numbered(&list).lines().filter(time).collect::<Vec<_>>().join("\n")
    };
    let english = kept("en");
    for language in &LANGUAGES[1..] {
        assert_eq!(kept(language), english, "{language}");
    }
}

#[test]
fn columns_line_up_in_languages_with_wide_characters() {
    for language in ["ja", "ko", "zh-TW"] {
        let text = told(&["score", "profile.toml", "--lang", language]);
        // The domain table: its last column ends where every line ends.
        let table: Vec<&str> =
            text.lines().skip_while(|l| !l.starts_with(" 4 ")).take_while(|l| !l.is_empty()).collect();
        assert!(table.len() > 10, "{text}");
        let ends: Vec<usize> = table.iter().map(|line| line.trim_end().width()).collect();
        assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{language}: {ends:?}\n{text}");
    }
}

#[test]
fn faults_are_told_in_every_language_with_all_that_is_said_in_english() {
    let folder =
        folder_of([("bad.toml", &b"[organization]\nname = 'X'\n[[assessment]]\ntemplate = 'none'\nwhat = 1\n"[..])]);
    let mut faults = Vec::new();
    for language in LANGUAGES {
        let mut command = annexa();
        command.current_dir(folder.path()).args(["check", "bad.toml", "--lang", language]);
        let output = command.output().unwrap();
        assert_eq!(code(&output), 2);
        faults.extend(differs(&here().join(format!("{language}.faults.txt")), err(&output)));
        for clause in ["no template `none`", "an assessment has no key `what`"] {
            assert!(err(&output).contains(clause), "{language}: {}", err(&output));
        }
        for code in ["[unknown-template]", "[unknown-key]"] {
            assert!(err(&output).contains(code), "{language}");
        }
    }
    none(&faults);
}

#[test]
fn no_text_of_a_report_is_left_with_a_variable_or_in_another_language() {
    // A message that lacks a variable shows its name in braces.
    for language in LANGUAGES {
        for args in [&["score", "profile.toml"][..], &["gaps", "profile.toml", "--format", "text"]] {
            let text = told(&[args, &["--lang", language]].concat());
            assert!(!text.contains("{$") && !text.contains('\u{2068}'), "{language}: {text}");
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    for topic in std::fs::read_dir(folder.join("en")).unwrap().map(|e| e.unwrap().file_name()) {
        for language in ["ja", "ko", "zh-TW"] {
            let text = std::fs::read_to_string(folder.join(language).join(&topic)).unwrap();
            for line in
                text.lines().filter(|l| l.contains(" = ") && !l.starts_with("form-") && !l.starts_with("month-"))
            {
                let (id, value) = line.split_once(" = ").unwrap();
                let shown: String = value.split('{').flat_map(|p| p.split('}').next_back()).collect();
                let is_left = shown
                    .split_whitespace()
                    .filter(|w| *w != "annexa" && w.len() > 3 && w.bytes().all(|b| b.is_ascii_lowercase()));
                assert_eq!(is_left.collect::<Vec<_>>(), Vec::<&str>::new(), "{language}: {id}");
            }
        }
    }
}
