//! Reports on several states of a tenant in six languages: differences, suppositions, progress and trends.
//!
//! What the commands print is kept word for word under `tests/cases/languages/history`, and every
//! figure in it is read back by the marks of its language and held against the English one.

use crate::random::{Case, case, pair};
use crate::support::{annexa, cases, differs, done, folder_of, none, numbered, out};
use annexa::report::{Style, comparison_markdown, comparison_text, progress_markdown, progress_text};
use annexa::{
    Choice, Library, LibraryText, Locale, Model, Percent, ProgressOptions, Snapshot, Unchecked, compare, progress,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

const LANGUAGES: [&str; 6] = ["en", "fr", "it", "ja", "ko", "zh-TW"];

/// The commands, by the name of the file that keeps what they print.
const TOLD: [(&str, &[&str]); 10] = [
    ("diff.txt", &["diff", "before.toml", "after.toml", "--as-of", "2021-06-01"]),
    (
        "whatif.md",
        &["whatif", "before.toml", "--renew", "mfa=2021-12-31", "--as-of", "2021-06-01", "--format", "markdown"],
    ),
    (
        "whatif.txt",
        &["whatif", "before.toml", "--drop-evidence", "mfa", "--exclude", "A.14.2.7", "--as-of", "2021-03-01"],
    ),
    ("history-diff.txt", &["history", "diff", "first", "last"]),
    ("report.txt", &["history", "report", "after.toml", "--since", "2021-01-01", "--as-of", "2021-06-01"]),
    (
        "report.md",
        &["history", "report", "after.toml", "--since", "2021-04-01", "--until", "2021-06-01", "--format", "markdown"],
    ),
    ("trend.txt", &["history", "trend", "--target", "5"]),
    ("trend.svg", &["history", "trend", "--format", "svg"]),
    ("domains.txt", &["history", "trend", "--domain", "all"]),
    ("control.txt", &["history", "trend", "--control", "A.9.2.3"]),
];

fn here() -> PathBuf {
    cases("languages/history")
}

/// Both profiles, and a history of three dates.
fn recorded() -> tempfile::TempDir {
    let files = ["before.toml", "after.toml"].map(|name| (name, fs::read(here().join(name)).unwrap()));
    let folder = folder_of(files.iter().map(|(name, text)| (*name, text.as_slice())));
    for (profile, date) in [("before.toml", "2021-03-01"), ("before.toml", "2021-05-01"), ("after.toml", "2021-06-01")]
    {
        done(folder.path(), &["history", "record", profile, "--as-of", date, "-q"]);
    }
    folder
}

/// The numbers in a text that a language wrote, as English has them without groups, in any order.
///
/// Ids and what else has Latin letters in it are left out; so is what is no number in that language,
/// such as the id `4.1` where a comma stands before decimals: it is what it is.
fn figures(text: &str, language: &str) -> Vec<String> {
    let (group, decimal) = match language {
        "fr" => ('\u{202f}', ','),
        "it" => ('.', ','),
        _ => (',', '.'),
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || [group, decimal, '.', ',', '_', '-', '+'].contains(&c);
    let mut found = Vec::new();
    for run in text.split(|c| !is_part(c)) {
        if run.contains(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        // Dates have hyphens inside; a sign stands before.
        let signed = run.starts_with(['-', '+']);
        for part in run.trim_start_matches(['-', '+']).split('-') {
            let part = part.trim_matches(['.', ',', group]);
            if part.is_empty() {
                continue;
            }
            let sign = if signed { &run[..1] } else { "" };
            found.push(format!("{sign}{}", read_back(part, group, decimal)));
        }
    }
    found.sort();
    found
}

fn read_back(part: &str, group: char, decimal: char) -> String {
    let (whole, rest) = part.split_once(decimal).map_or((part, None), |(whole, rest)| (whole, Some(rest)));
    let groups: Vec<&str> = whole.split(group).collect();
    let is_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let is_grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    if !is_grouped || !groups.iter().all(|g| is_digits(g)) || !rest.is_none_or(is_digits) {
        return part.to_owned();
    }
    rest.map_or_else(|| groups.concat(), |rest| format!("{}.{rest}", groups.concat()))
}

#[test]
fn numbers_are_read_back_by_the_marks_of_their_language() {
    assert_eq!(figures("1,234.5 points of A.9.2.3, -27 (4.1) on 2021-06-01", "en"), {
        let mut expected = ["1234.5", "-27", "4.1", "2021", "06", "01"];
        expected.sort();
        expected
    });
    assert_eq!(figures("+1.234,5 di 4.1, 12,50%; A.9", "it"), ["+1234.5", "12.50", "4.1"]);
    assert_eq!(figures("1\u{202f}234 points\u{a0}: 12,50\u{202f}%", "fr"), ["12.50", "1234"]);
    assert_eq!(figures("2021. 06. 01.까지 1,234점", "ko"), ["01", "06", "1234", "2021"]);
}

#[test]
fn each_command_reads_as_expected_in_every_language() {
    let folder = recorded();
    let mut faults = Vec::new();
    for (name, args) in TOLD {
        let told = |language| numbered(&done(folder.path(), &[args, &["--lang", language, "-q"]].concat()));
        let english = told("en");
        for language in LANGUAGES {
            let text = told(language);
            faults.extend(differs(&here().join(language).join(name), &text));
            assert!(!text.contains("{$") && !text.contains('\u{2068}'), "{language} {name}: {text}");
            assert!(language == "en" || text != english, "{language} {name}");
            // How many dates fit under a chart depends on how a language writes them.
            let table = |text: &str| match name {
                "trend.txt" | "control.txt" => text.split_once("\n\n").unwrap().1.to_owned(),
                _ => text.to_owned(),
            };
            let (found, expected) = (figures(&table(&text), language), figures(&table(&english), "en"));
            if found != expected {
                faults.push(format!("{language} {name} has other figures\n{found:?}\n{expected:?}"));
            }
        }
    }
    none(&faults);
}

#[test]
fn titles_of_what_was_kept_are_told_in_the_language_that_is_asked_for() {
    let folder = recorded();
    for (language, control, domain) in
        [("ja", "組織及びその状況の理解", "アクセス制御"), ("it", "Comprendere", "Controllo degli accessi")]
    {
        let text = |args: &[&str]| done(folder.path(), &[args, &["--lang", language]].concat());
        assert!(text(&["history", "diff", "first", "last"]).contains(control), "{language}");
        assert!(text(&["history", "diff", "first", "last", "--format", "json"]).contains(control), "{language}");
        assert!(text(&["diff", "before.toml", "after.toml", "--as-of", "2021-06-01"]).contains(control), "{language}");
        assert!(text(&["history", "trend", "--domain", "A.9", "--format", "svg"]).contains(domain), "{language}");
        assert!(text(&["history", "trend", "--domain", "A.9", "--format", "csv"]).contains(domain), "{language}");
    }
}

#[test]
fn data_stays_english_unless_a_language_is_named_and_then_only_titles_change() {
    let folder = recorded();
    for args in [
        &["diff", "before.toml", "after.toml", "--as-of", "2021-06-01", "--format", "json"][..],
        &["whatif", "before.toml", "--exclude", "A.9.2.3", "--as-of", "2021-03-01", "--format", "json"],
        &["history", "diff", "first", "last", "--format", "json"],
        &["history", "report", "after.toml", "--since", "2021-03-01", "--as-of", "2021-06-01", "--format", "json"],
        &["history", "trend", "--domain", "all", "--format", "json"],
        &["history", "trend", "--domain", "all", "--format", "csv"],
    ] {
        let english = done(folder.path(), args);
        let output = annexa().current_dir(folder.path()).args(args).env("LC_ALL", "ko_KR.UTF-8").output().unwrap();
        assert_eq!(out(&output), english, "{args:?}");
        let named = done(folder.path(), &[args, &["--lang", "ko"]].concat());
        let changed: Vec<_> = english.lines().zip(named.lines()).filter(|(a, b)| a != b).collect();
        assert!(!changed.is_empty() && english.lines().count() == named.lines().count(), "{args:?}");
        if args.ends_with(&["json"]) {
            for (a, b) in changed {
                assert!(a.trim_start().starts_with("\"title\": ") && !b.is_ascii(), "{args:?}: {a} {b}");
            }
        }
    }
}

/// A model and a profile of a random case.
fn read(case: &Case) -> (Model, annexa::TenantProfile) {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap().value;
    let profile = model.profile(&case.profile, 0, &Unchecked).unwrap().value;
    (model, profile)
}

#[test]
fn whatever_is_told_has_the_same_figures_in_every_language() {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for seed in 0..90 {
        let (from, mut to) =
            if seed % 5 == 0 { (case(61_000 + seed), case(62_000 + seed)) } else { pair(63_000 + seed) };
        to.as_of = to.as_of.max(from.as_of);
        let ((model, profile), (later, edited)) = (read(&from), read(&to));
        let before = Snapshot { model: &model, profile: &profile, as_of: from.as_of };
        let after = Snapshot { model: &later, profile: &edited, as_of: to.as_of };
        let (mut changed, target) =
            (compare(&before, &after), (seed % 2 == 0).then(|| Percent::from_hundredths(9_000)));
        changed.from.snapshot = (seed % 3 == 0).then(|| "0123456789ab".to_owned());
        let options = ProgressOptions {
            since: from.as_of + chrono::TimeDelta::days(i64::try_from(seed % 3).unwrap() - 1),
            ids: [Some("0123456789ab".to_owned()), None],
            between: Vec::new(),
            target,
            expiring_within: u32::try_from(to.expiring_within).unwrap(),
        };
        let moved = progress(&before, &after, options);
        told.extend(moved.targets.iter().map(|t| match t.prospect {
            annexa::Prospect::Met => "met",
            annexa::Prospect::Expected { .. } => "expected",
            annexa::Prospect::Distant => "distant",
            annexa::Prospect::Standstill => "standstill",
            annexa::Prospect::Falling => "falling",
            annexa::Prospect::OneDate => "one date",
            annexa::Prospect::Unlike => "unlike",
            annexa::Prospect::NoScore => "no score",
        }));
        let texts = |locale: Locale| {
            let style = Style { locale, ..Style::PLAIN };
            [
                comparison_text(&changed, style),
                comparison_markdown(&changed, locale),
                progress_text(&moved, style),
                progress_markdown(&moved, locale),
            ]
        };
        let english = texts(Locale::English).map(|text| figures(&text, "en"));
        for locale in Locale::ALL {
            for (text, expected) in texts(locale).iter().zip(&english) {
                assert!(!text.contains("{$"), "{seed} {locale}: {text}");
                assert_eq!(&figures(text, locale.word()), expected, "{seed} {locale}: {text}");
            }
        }
    }
    assert!(told.len() >= 6, "{told:?}");
}
