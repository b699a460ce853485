//! Badges: cases as a person meets them, and the figures of the score.
//!
//! A case is a folder with a profile and `args`; `expected.txt` is what is printed, with the exit code as its
//! last line.

use crate::random;
use crate::support::{cases, code, differs, done, err, folders, none, out, run_in};
use crate::trend::assert_well_formed;
use annexa::report::{badge_endpoint, badge_svg, to_json};
use annexa::{
    BadgeColor, BadgeOptions, ControlStatus, Library, LibraryText, Locale, Metric, Model, Percent, Unchecked, badge,
};
use std::fs;

#[test]
fn cases_read_as_expected() {
    let library = cases("migrate-library");
    let mut faults = Vec::new();
    for name in folders(&cases("badge")) {
        let case = cases("badge").join(&name);
        let args = fs::read_to_string(case.join("args")).unwrap();
        let args: Vec<String> = args.lines().map(str::to_owned).collect();
        let head =
            ["badge", "--no-builtin", "--library", library.to_str().unwrap(), "profile.toml", "--as-of", "2022-06-01"];
        let all: Vec<&str> = head.into_iter().chain(args.iter().map(String::as_str)).collect();
        let output = run_in(&case, &all);
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&case.join("expected.txt"), &text));
        assert_eq!(code(&output), if name.starts_with("refused") { 2 } else { 0 }, "{name}: {text}");
        if out(&output).starts_with("<svg") {
            assert_well_formed(out(&output));
        }
    }
    none(&faults);
}

#[test]
fn a_badge_shows_the_figure_of_the_score_in_a_colour_it_has_earned() {
    let mut colors = Vec::new();
    for seed in 65_000..65_080 {
        let case = random::case(seed);
        let texts: Vec<LibraryText<'_>> =
            (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
        let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
        let profile = model.profile(&case.profile, 1_000, &Unchecked).unwrap_or_else(|f| panic!("{f:#?}")).value;
        let score = model.score(&profile, case.as_of, 0);
        let target = Percent::from_hundredths(u32::try_from(seed % 101).unwrap() * 100);
        for only in score.assessments.iter().map(Some).chain([None]) {
            for metric in [Metric::Score, Metric::Assurance, Metric::Covered] {
                let options = BadgeOptions { label: None, target: Some(target) };
                let made = badge(&score, only, metric, &options, Locale::English);
                let sums = only.map_or(score.overall.total, |a| a.figures.total);
                let controls = || {
                    score
                        .assessments
                        .iter()
                        .filter(|a| only.is_none_or(|o| std::ptr::eq(o, *a)))
                        .flat_map(|a| &a.controls)
                };
                let (part, whole) = match metric {
                    Metric::Score => (sums.achieved.units(), sums.possible.units()),
                    Metric::Assurance => (sums.assured.units(), sums.possible.units()),
                    Metric::Covered => (
                        controls().filter(|c| c.status == ControlStatus::Covered).count() as u64,
                        controls().filter(|c| c.status != ControlStatus::Excluded).count() as u64,
                    ),
                };
                let message = match metric {
                    _ if whole == 0 => "no score".to_owned(),
                    Metric::Covered => format!("{part} of {whole}"),
                    _ => {
                        let hundredths = (u128::from(part) * 20_000 + u128::from(whole)) / (2 * u128::from(whole));
                        format!("{}.{} %", (hundredths + 5) / 100, (hundredths + 5) / 10 % 10)
                    }
                };
                assert_eq!(made.message, message, "seed {seed}");
                let share = part as f64 * 10_000.0;
                let reached = |hundredths: u32| share >= f64::from(hundredths) * whole as f64;
                let expected = match () {
                    () if whole == 0 => BadgeColor::Grey,
                    () if reached(target.hundredths()) => BadgeColor::Green,
                    () if reached(target.hundredths().saturating_sub(1_000)) => BadgeColor::Amber,
                    () => BadgeColor::Red,
                };
                assert_eq!(made.color, expected, "seed {seed}: {made:?}");
                assert_well_formed(&badge_svg(&made));
                let json: serde_json::Value = serde_json::from_str(&to_json(&badge_endpoint(&made)).unwrap()).unwrap();
                assert_eq!((&json["message"], &json["isError"]), (&made.message.as_str().into(), &(whole == 0).into()));
                colors.push(made.color);
            }
        }
    }
    for color in [BadgeColor::Green, BadgeColor::Amber, BadgeColor::Red, BadgeColor::Grey] {
        assert!(colors.contains(&color), "{color:?} never came up");
    }
}

#[test]
fn a_badge_says_what_the_score_says() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let profile = "templates/microsoft-cloud/profiles/enterprise.toml";
    let said = done(here, &["score", profile, "--as-of", "2021-12-01"]);
    for (metric, line) in [("score", "  Score "), ("assurance", "  Assurance ")] {
        let json = done(here, &["badge", profile, "--as-of", "2021-12-01", "--metric", metric, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let line = said.lines().find(|l| l.starts_with(line)).unwrap();
        assert!(line.contains(json["message"].as_str().unwrap()), "{line}: {json}");
    }
}
