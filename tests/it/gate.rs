//! The gate, as a person and a pipeline meet it, on a made-up library: what fails, and what would fool it.
//!
//! A case is a folder with a profile, mostly a policy, and `args`; `first` has commands that are run
//! before. What is printed, and the exit code, is kept in `expected.txt`. A case that passes says so
//! in its name, and no other may.

use crate::random::{Case, case};
use crate::support::{annexa, cases, code, differs, done, err, folder_of, folders, none, out, run_in};
use annexa::gate::{Check, Measure, Outcome, Policy, Rule, Subject, judge, read_policy};
use annexa::{GapKind, Library, LibraryText, LibraryVersion, Model, Percent, Sources, TenantProfile, Unchecked};
use chrono::{Days, NaiveDate};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

const FORMS: [&str; 7] = ["text", "json", "markdown", "github", "gitlab", "junit", "sarif"];

/// Runs a command of the program in `folder` with the made-up library.
fn with_library(folder: &Path, args: &[&str]) -> Output {
    let library = cases("gate-library");
    run_in(folder, &[args, &["--no-builtin", "--library", library.to_str().unwrap()]].concat())
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in fs::read_dir(from).unwrap().map(|e| e.unwrap().path()) {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copied(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A copy of a case in which the commands of `first` have been run, and its arguments.
fn prepared(name: &str) -> (tempfile::TempDir, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    copied(&cases("gate").join(name), folder.path());
    let first = fs::read_to_string(folder.path().join("first")).unwrap_or_default();
    for line in first.lines() {
        let output = with_library(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
        assert_eq!(code(&output), 0, "{name}: {line}: {}", err(&output));
    }
    let args = fs::read_to_string(folder.path().join("args")).unwrap();
    (folder, args.split_whitespace().map(str::to_owned).collect())
}

fn gate(folder: &Path, args: &[String], more: &[&str]) -> Output {
    let args = args.iter().map(String::as_str);
    with_library(folder, &["gate"].into_iter().chain(args).chain(more.iter().copied()).collect::<Vec<_>>())
}

/// The text without what differs from run to run and from version to version.
fn steady(text: &str, folder: &Path) -> String {
    let mut text = text.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\"");
    if folder.join("first").exists() {
        let listed = done(folder, &["history", "list", "--db", "history.db", "--format", "json"]);
        for snapshot in serde_json::from_str::<Value>(&listed).unwrap().as_array().unwrap() {
            for (key, word) in [("id", "IDIDIDIDIDID"), ("recorded_at", "RECORDED")] {
                text = text.replace(snapshot[key].as_str().unwrap(), word);
            }
        }
    }
    text
}

#[test]
fn of_each_case_reads_as_expected_and_passes_only_where_it_says_so() {
    let mut faults = Vec::new();
    for name in folders(&cases("gate")) {
        let (folder, args) = prepared(&name);
        let output = gate(folder.path(), &args, &[]);
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&cases("gate").join(&name).join("expected.txt"), &steady(&text, folder.path())));
        let exits: &[i32] = if name.starts_with("passes") { &[0] } else { &[1, 2] };
        if !exits.contains(&code(&output)) {
            faults.push(format!("{name}: exit {}\n{text}", code(&output)));
        }
    }
    none(&faults);
}

/// What a gate said, as JSON.
fn told(output: &Output) -> Value {
    serde_json::from_str(out(output)).unwrap_or_else(|e| panic!("{e}: {}{}", out(output), err(output)))
}

fn all_checks(report: &Value) -> Vec<&Value> {
    report["verdicts"].as_array().unwrap().iter().flat_map(|v| v["checks"].as_array().unwrap()).collect()
}

#[test]
fn all_forms_tell_the_same() {
    for name in folders(&cases("gate")) {
        let (folder, mut args) = prepared(&name);
        if let Some(at) = args.iter().position(|a| a == "--format") {
            args.drain(at..at + 2);
        }
        let outputs: Vec<String> = FORMS.iter().map(|form| format!("{form}=out.{form}")).collect();
        let more: Vec<&str> = outputs.iter().flat_map(|o| ["--output", o]).chain(["--format", "json"]).collect();
        let output = gate(folder.path(), &args, &more);
        if out(&output).is_empty() {
            assert_eq!(code(&output), 2, "{name}");
            assert!(!folder.path().join("out.json").exists(), "{name}");
            continue;
        }
        let report = told(&output);
        let exits = ["met", "missed", "unusable"];
        let exit = exits.iter().position(|word| report["outcome"] == *word).unwrap();
        assert_eq!(code(&output), i32::try_from(exit).unwrap(), "{name}");
        let checks = all_checks(&report);
        let count = |outcome: &str| checks.iter().filter(|c| c["outcome"] == outcome).count();
        let missed: Vec<&&Value> = checks.iter().filter(|c| c["outcome"] != "met").collect();
        let file = |form: &str| fs::read_to_string(folder.path().join(format!("out.{form}"))).unwrap();
        assert_eq!(file("json"), out(&output), "{name}");
        // Whatever the profile says, each line is one command, an annotation, and nothing else.
        let lines = file("github");
        assert!(lines.lines().all(|l| l.starts_with("::error file=") || l.starts_with("::notice file=")), "{name}");
        let verdicts = report["verdicts"].as_array().unwrap().len();
        assert_eq!(lines.lines().count(), missed.len() + verdicts, "{name}");
        let junit = file("junit");
        assert_eq!(junit.matches("<failure ").count(), count("missed"), "{name}");
        assert_eq!(junit.matches("<error ").count(), count("unusable"), "{name}");
        assert_eq!(junit.matches("<testcase ").count(), checks.len(), "{name}");
        let found: usize = missed.iter().map(|c| c["details"].as_array().unwrap().len().max(1)).sum();
        let gitlab: Value = serde_json::from_str(&file("gitlab")).unwrap();
        assert_eq!(gitlab.as_array().unwrap().len(), found, "{name}");
        let prints: std::collections::BTreeSet<&str> =
            gitlab.as_array().unwrap().iter().map(|e| e["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(prints.len(), found, "{name}: fingerprints are unique");
        let sarif: Value = serde_json::from_str(&file("sarif")).unwrap();
        assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), found, "{name}");
        for place in gitlab.as_array().unwrap() {
            places_are_there(folder.path(), &place["location"]);
        }
        for form in ["text", "markdown", "github", "junit"] {
            let text = file(form);
            assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{name}: {form}");
            let passes = text.lines().any(|line| line.trim_start().starts_with("::") && form != "github");
            assert!(!passes && !text.contains("##[add-mask]") || form == "github" || form == "junit", "{name}: {form}");
        }
    }
}

/// A place is a line of a file that exists, or the first line of one that cannot be read.
fn places_are_there(folder: &Path, location: &Value) {
    let (path, line) = (location["path"].as_str().unwrap(), location["lines"]["begin"].as_u64().unwrap());
    let lines = fs::read_to_string(folder.join(path)).map_or(1, |text| text.lines().count().max(1));
    assert!(line >= 1 && line <= u64::try_from(lines).unwrap(), "{path}:{line}");
}

#[test]
fn files_are_written_whether_or_not_a_rule_is_missed_and_a_summary_is_added_to() {
    let (folder, args) = prepared("the-score-is-too-low");
    fs::write(folder.path().join("summary.md"), "Another step.\n").unwrap();
    let more = ["--output", "junit=gate.xml", "--step-summary", "summary.md", "--format", "github"];
    let output = gate(folder.path(), &args, &more);
    assert_eq!(code(&output), 1, "{}", err(&output));
    let summary = fs::read_to_string(folder.path().join("summary.md")).unwrap();
    assert!(summary.starts_with("Another step.\n# Gate not passed: Contoso Ltd "), "{summary}");
    assert!(fs::read_to_string(folder.path().join("gate.xml")).unwrap().ends_with("</testsuites>\n"));
    let output = gate(folder.path(), &args, &["--output", "junit=nowhere/gate.xml"]);
    assert_eq!((code(&output), out(&output)), (3, ""), "{}", err(&output));
    let output = gate(folder.path(), &args, &["--step-summary", "nowhere/summary.md"]);
    assert_eq!((code(&output), out(&output)), (3, ""), "{}", err(&output));
    for wrong in ["junit", "junit=", "junit=-", "pdf=a.pdf", "=a.xml"] {
        let output = gate(folder.path(), &args, &["--output", wrong]);
        assert_eq!(code(&output), 2, "{wrong}");
        assert!(err(&output).contains("write `FORMAT=FILE`"), "{}", err(&output));
    }
}

#[test]
fn an_altered_history_passes_nothing_else_than_the_true_one() {
    let (folder, args) = prepared("passes-with-every-rule-met");
    let kept = fs::read(folder.path().join("history.db")).unwrap();
    let true_one = gate(folder.path(), &args, &["--format", "json"]);
    assert_eq!(code(&true_one), 0, "{}", err(&true_one));
    let step = kept.len() / 40;
    let mut noticed = 0;
    for at in (0..kept.len()).step_by(step) {
        let mut bytes = kept.clone();
        bytes[at] ^= 0x55;
        fs::write(folder.path().join("history.db"), &bytes).unwrap();
        for side in ["history.db-wal", "history.db-shm"] {
            let _ = fs::remove_file(folder.path().join(side));
        }
        let output = gate(folder.path(), &args, &["--format", "json"]);
        match code(&output) {
            0 => assert_eq!(out(&output), out(&true_one), "byte {at}"),
            2 | 3 => noticed += 1,
            other => panic!("byte {at}: exit {other}"),
        }
    }
    assert!(noticed > 0);
}

#[test]
fn a_history_whose_root_is_not_that_of_its_leaves_is_none() {
    let (folder, args) = prepared("passes-with-every-rule-met");
    let store = folder.path().join("history.db");
    let listed = done(folder.path(), &["history", "verify", "--db", "history.db"]);
    let root = listed.trim_end().rsplit(' ').next().unwrap();
    let root: Vec<u8> = (0..32).map(|n| u8::from_str_radix(&root[2 * n..2 * n + 2], 16).unwrap()).collect();
    let kept = fs::read(&store).unwrap();
    // Of one leaf the hash is the root and the edge of the tree too, and each of them counts; an index
    // that has it once more is not looked at.
    let places: Vec<usize> = (0..kept.len() - 32).filter(|at| kept[*at..*at + 32] == root).collect();
    let mut noticed = 0;
    for at in places {
        let mut bytes = kept.clone();
        bytes[at] ^= 1;
        fs::write(&store, bytes).unwrap();
        let output = gate(folder.path(), &args, &[]);
        match code(&output) {
            0 => continue,
            2 => assert!(out(&output).contains("`history.db` is damaged or was altered: "), "{}", out(&output)),
            other => panic!("byte {at}: exit {other}"),
        }
        noticed += 1;
    }
    assert!(noticed >= 3, "{noticed} of them");
}

/// A random library and profile, and what is needed to judge it.
struct Judged {
    model: Model,
    profile: TenantProfile,
    sources: Sources,
    case: Case,
}

fn judged(seed: u64) -> Judged {
    let case = case(seed);
    let mut sources = Sources::default();
    let numbers: Vec<u32> = case.files.iter().map(|(path, text)| sources.add(path.clone(), text.clone())).collect();
    let files = case.files.iter().zip(numbers);
    let texts: Vec<LibraryText<'_>> =
        files.map(|((path, text), file)| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap().value;
    let file = sources.add("profile.toml", case.profile.clone());
    let profile = model.profile(&case.profile, file, &Unchecked).unwrap().value;
    Judged { model, profile, sources, case }
}

impl Judged {
    fn checks(&self, policy: &Policy, as_of: NaiveDate) -> Vec<Check> {
        self.judge(policy, as_of, None)
    }

    /// With a state to compare with.
    fn held(&self, policy: &Policy, as_of: NaiveDate, then: annexa::gate::Recorded) -> Vec<Check> {
        self.judge(policy, as_of, Some(&Ok(then)))
    }

    fn judge(&self, policy: &Policy, as_of: NaiveDate, baseline: Option<&annexa::gate::Baseline>) -> Vec<Check> {
        let subject = Subject {
            model: &self.model,
            library: LibraryVersion::new(Vec::new()).digest(),
            profile: &self.profile,
            path: "profile.toml",
            sources: &self.sources,
            as_of,
            expiring_within: u32::try_from(self.case.expiring_within).unwrap(),
        };
        judge(&subject, policy, baseline).checks
    }
}

/// The demands that can change with the date, without and with a look ahead.
fn demanding(days: Option<u32>) -> Policy {
    let mut policy = Policy::default();
    for percent in [1, 25, 50, 75] {
        policy.ask_minimum(Measure::Score, Percent::from_hundredths(percent * 100));
        policy.ask_minimum(Measure::Assurance, Percent::from_hundredths(percent * 100));
    }
    for word in <GapKind as annexa::Choice>::WORDS {
        policy.forbid(<GapKind as annexa::Choice>::from_word(word));
    }
    policy.ask_nothing_unassessed();
    days.into_iter().for_each(|days| policy.ask_within(days));
    policy
}

#[test]
fn the_days_ahead_are_judged_as_if_each_were_today() {
    const AHEAD: u32 = 150;
    let mut broken = 0;
    for seed in 0..20 {
        let judged = judged(seed);
        let as_of = judged.case.as_of;
        let mut today = judged.checks(&demanding(Some(AHEAD)), as_of);
        let ahead = today.pop().unwrap();
        assert_eq!(ahead.rule, Rule::WithinDays);
        // The day on which each rule that is met today is first missed.
        let mut first: BTreeMap<usize, NaiveDate> = BTreeMap::new();
        for day in 1..=u64::from(AHEAD) {
            let date = as_of.checked_add_days(Days::new(day)).unwrap();
            for (number, (check, now)) in judged.checks(&demanding(None), date).iter().zip(&today).enumerate() {
                assert_eq!((check.rule, &check.subject), (now.rule, &now.subject));
                if now.is_met() && !check.is_met() {
                    first.entry(number).or_insert(date);
                }
            }
        }
        let mut expected: Vec<String> = first.values().map(ToString::to_string).collect();
        expected.sort();
        let found: Vec<&str> = ahead.details.iter().map(|d| d.subject.as_str()).collect();
        assert_eq!(found, expected, "seed {seed}");
        assert_eq!(ahead.is_met(), expected.is_empty());
        broken += expected.len();
    }
    assert!(broken > 20, "{broken} rules broken in all cases");
}

#[test]
fn no_random_profile_passes_what_its_figures_miss() {
    for seed in 0..150 {
        let judged = judged(seed);
        let score = judged.model.score(&judged.profile, judged.case.as_of, 90);
        let total = score.overall.total;
        let least = |amount: annexa::Amount| Percent::of(amount, total.possible).map_or(0, Percent::hundredths);
        for (measure, amount) in [(Measure::Score, total.achieved), (Measure::Assurance, total.assured)] {
            for hundredths in [least(amount).saturating_sub(1), least(amount), least(amount) + 1] {
                let percent = Percent::from_hundredths(hundredths);
                let mut policy = Policy::default();
                policy.ask_minimum(measure, percent);
                let checks = judged.checks(&policy, judged.case.as_of);
                let met = checks.iter().find(|c| matches!(c.rule, Rule::Score | Rule::Assurance)).unwrap().is_met();
                let units = |a: annexa::Amount| u128::from(a.units());
                let reached = units(amount) * 10_000 >= u128::from(hundredths) * units(total.possible);
                assert_eq!(met, reached && total.possible.units() > 0, "seed {seed}");
            }
        }
        // An assessment of nothing is a miss, whatever else is asked.
        let empty = score.assessments.iter().filter(|a| a.figures.total.possible.units() == 0).count();
        let mut policy = Policy::default();
        policy.forbid([GapKind::InheritanceUnsupported]);
        let checks = judged.checks(&policy, judged.case.as_of);
        assert_eq!(checks.iter().filter(|c| c.rule == Rule::Scored && !c.is_met()).count(), empty, "seed {seed}");
    }
}

#[test]
fn a_policy_is_read_against_the_library_and_one_without_a_rule_is_refused() {
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    let read = |text: &str| read_policy(text, 0, model.library(), true);
    let policy = read("within_days = 30\n[minimum]\nscore = 70.5\n[ratchet]\nlibrary = true\n").unwrap().value;
    assert!(policy.needs_history() && !policy.is_empty());
    for empty in
        ["", "nothing_unassessed = false", "[ratchet]\n", "[minimum]\n", "within_days = 3660", "[[minimum.domain]]\n"]
    {
        assert!(read(empty).is_err(), "{empty}");
    }
    // Without a baseline a ratchet cannot be judged, and that is not a pass.
    let judged = judged(1);
    let mut policy = Policy::default();
    policy.ask_ratchet();
    let checks = judged.checks(&policy, judged.case.as_of);
    assert!(checks.iter().any(|c| c.rule == Rule::History && c.outcome == Outcome::Unusable));
}

#[test]
fn a_profile_on_standard_input_and_a_closed_output_change_nothing() {
    let folder = folder_of([]);
    let (case, _) = prepared("the-score-is-too-low");
    let profile = fs::read(case.path().join("profile.toml")).unwrap();
    fs::copy(case.path().join("gate.toml"), folder.path().join("gate.toml")).unwrap();
    let library = cases("gate-library");
    let library = ["--no-builtin", "--library", library.to_str().unwrap(), "--as-of", "2022-06-01"];
    let args = [&["gate", "-", "--policy", "gate.toml", "--format", "json"], &library[..]].concat();
    let output = crate::support::run_with_input(folder.path(), &args, &profile);
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert_eq!(told(&output)["verdicts"][0]["profile"], "-");
    // Nobody reads what is printed, and the rule is missed all the same.
    let args = [&["gate", "profile.toml", "--policy", "gate.toml", "--format", "json"], &library[..]].concat();
    let mut child = annexa().current_dir(case.path()).args(&args).stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

/// The commands in the blocks of a page, each on a line of its own or behind a key of YAML.
fn commands_of(page: &str) -> Vec<String> {
    let mut list = Vec::new();
    let mut is_run = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(language) => is_run = ["yaml", "sh"].contains(&language),
            None if is_run => {
                let found = line
                    .find("annexa ")
                    .filter(|at| line[..*at].trim_end().ends_with(['-', ':']) || line[..*at].trim().is_empty());
                list.extend(
                    found.map(|at| line[at + "annexa ".len()..].to_owned()).filter(|c| c.contains("tenant.toml")),
                );
            }
            None => {}
        }
    }
    list
}

#[test]
fn the_commands_of_the_page_do_what_it_says() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md")).unwrap();
    let commands = commands_of(&page);
    assert!(commands.len() >= 6, "{commands:?}");
    let enterprise = annexa::starter_profiles().find(|(path, _)| path.ends_with("enterprise.toml")).unwrap().1;
    let policy = fs::read(cases("ci/gate.toml")).unwrap();
    let folder = folder_of([("tenant.toml", enterprise.as_bytes()), ("gate.toml", &policy)]);
    done(folder.path(), &["history", "record", "tenant.toml", "--as-of", "2021-11-30"]);
    for command in commands {
        let words = command.replace("\"$GITHUB_STEP_SUMMARY\"", "summary.md");
        let words: Vec<&str> = words.split_whitespace().chain(["--as-of", "2021-12-01"]).collect();
        done(folder.path(), &words);
        for word in words {
            let file = word.split_once('=').map_or(word, |(_, file)| file);
            let is_file = ["md", "xml", "json", "sarif"].iter().any(|end| file.ends_with(&format!(".{end}")));
            assert!(!is_file || folder.path().join(file).exists(), "{command}: {file}");
        }
    }
    for (form, file) in [("GitHub", "gate.sarif"), ("GitLab", "gl-code-quality-report.json"), ("GitLab", "gate.xml")] {
        assert!(page.matches(file).count() >= 2 && folder.path().join(file).exists(), "{form}: {file}");
    }
}

/// The state of a random case at a date, as if it had been recorded.
fn recorded(judged: &Judged, as_of: NaiveDate) -> annexa::gate::Recorded {
    let within = u32::try_from(judged.case.expiring_within).unwrap();
    let score = judged.model.score(&judged.profile, as_of, within);
    annexa::gate::Recorded {
        name: annexa::gate::BaselineName { id: "0".into(), as_of, recorded_at: "2000-01-01T00:00:00Z".into() },
        rows: annexa::Rows::of(&annexa::report::to_json(&score).unwrap()).unwrap(),
        library: LibraryVersion::new(Vec::new()).digest(),
        profile: Ok(judged.profile.clone()),
    }
}

#[test]
fn the_ratchet_holds_against_itself_and_tells_what_a_plain_comparison_tells() {
    let mut policy = Policy::default();
    policy.ask_ratchet();
    let mut lower = 0;
    for seed in 0..150 {
        let judged = judged(seed);
        let (early, late) = (judged.case.as_of, judged.case.as_of + Days::new(200));
        let same = judged.held(&policy, early, recorded(&judged, early));
        let is_empty = |c: &Check| c.found.starts_with("no figure");
        assert!(same.iter().all(|c| c.is_met() || c.rule == Rule::Scored || is_empty(c)), "seed {seed}: {same:#?}");
        // The same profile at another date: what is lower is exactly what two scores side by side say.
        for (then, now) in [(early, late), (late, early)] {
            let checks = judged.held(&policy, now, recorded(&judged, then));
            let scores = [then, now].map(|day| judged.model.score(&judged.profile, day, 90));
            let [before, after] = &scores;
            for (rule, figure) in [
                (Rule::RatchetScore, (|s| s.achieved) as fn(annexa::Sums) -> annexa::Amount),
                (Rule::RatchetAssurance, |s| s.assured),
            ] {
                let figures = |score: &annexa::TenantScore| -> Vec<annexa::Sums> {
                    let each = score.assessments.iter().map(|a| a.figures.total);
                    std::iter::once(score.overall.total).chain(each).collect()
                };
                let expected = figures(before).into_iter().zip(figures(after)).map(|(was, is)| {
                    let part = |sums| u128::from(figure(sums).units());
                    let whole = |sums: annexa::Sums| u128::from(sums.possible.units());
                    whole(is) > 0 && part(is) * whole(was) >= part(was) * whole(is)
                });
                let found = checks.iter().filter(|c| c.rule == rule).map(Check::is_met);
                assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "seed {seed}");
            }
            let controls = checks.iter().filter(|c| c.rule == Rule::RatchetControls);
            for (check, (was, is)) in controls.zip(before.assessments.iter().zip(&after.assessments)) {
                let pairs = was.controls.iter().zip(&is.controls);
                let worse = pairs.filter(|(was, is)| is.coverage < was.coverage).map(|(_, is)| is.id.as_str());
                let found = check.details.iter().map(|d| d.subject.as_str());
                assert_eq!(found.collect::<Vec<_>>(), worse.clone().collect::<Vec<_>>(), "seed {seed}");
                lower += worse.count();
            }
        }
    }
    assert!(lower > 20, "{lower} controls are lower later");
}

#[test]
fn no_bytes_of_a_policy_stop_the_program() {
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    let text = fs::read(cases("gate").join("passes-with-every-rule-met/gate.toml")).unwrap();
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut read = 0;
    for _ in 0..2_000 {
        let mut bytes = text.clone();
        for _ in 0..=next(4) {
            let (at, to) = (next(bytes.len()), next(bytes.len()));
            match next(3) {
                0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                1 => drop(bytes.drain(at.min(to)..at.max(to))),
                _ => bytes.swap(at, to),
            }
            bytes.push(b'\n');
        }
        let text = String::from_utf8_lossy(&bytes);
        // What is read has a rule.
        if let Ok(policy) = read_policy(&text, 0, model.library(), true) {
            assert!(!policy.value.is_empty());
            read += 1;
        }
    }
    assert!(read < 2_000);
}
