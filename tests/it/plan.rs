//! Plans: as good as the best of all choices, in an order that can be kept, and told in every form.

use crate::random::{Case, case};
use crate::support::{cases, code, differs, err, folders, none, out, run_in};
use crate::trend::assert_well_formed;
use annexa::report::{Style, plan_csv, plan_markdown, plan_svg, plan_text, to_json};
use annexa::{
    Assignee, Choice, ControlStatus, Evaluation, Library, LibraryText, Model, Objective, Percent, Plan, PlanBound,
    PlanOptions, TenantProfile, Unchecked, Work, WorkItem,
};
use chrono::TimeDelta;

struct Read {
    model: Model,
    profile: TenantProfile,
}

fn read(case: &Case) -> Read {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let profile = model.profile(&case.profile, 1_000, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    Read { model, profile }
}

/// What an objective counts, in 1/10 000, and the most it could.
fn figure(read: &Read, profile: &TenantProfile, options: &PlanOptions, evaluation: &mut Evaluation) -> (u64, u64) {
    if options.objective == Objective::Controls {
        let score = read.model.score(profile, options.by, 0);
        let controls = score.assessments.iter().flat_map(|a| &a.controls);
        let open: Vec<_> = controls.filter(|c| c.status != ControlStatus::Excluded).collect();
        let covered = open.iter().filter(|c| c.status == ControlStatus::Covered).count();
        return (covered as u64 * 10_000, open.len() as u64 * 10_000);
    }
    read.model.evaluate(profile, options.by, evaluation);
    let sums = evaluation.overall().total();
    let counts = if options.objective == Objective::Score { sums.achieved } else { sums.assured };
    (counts.units(), sums.possible.units())
}

/// Every choice of work that has what it needs: its hours, its figure, and which it is.
struct Tried {
    choices: Vec<(u64, u64, u32)>,
    before: u64,
    whole: u64,
}

fn try_all(read: &Read, items: &[WorkItem], options: &PlanOptions) -> Tried {
    let mut evaluation = Evaluation::default();
    let mut choices = Vec::new();
    let (before, whole) = figure(read, &read.profile, options, &mut evaluation);
    for set in 0..1_u32 << items.len() {
        let has = |n: &usize| set >> n & 1 == 1;
        let chosen: Vec<&WorkItem> = (0..items.len()).filter(has).map(|n| &items[n]).collect();
        if chosen.iter().any(|item| !item.needs.iter().all(has)) {
            continue;
        }
        let hours = chosen.iter().map(|item| u64::from(item.hours)).sum();
        let after = read.model.after(&read.profile, chosen.iter().map(|item| &item.work), options.by);
        let (value, possible) = figure(read, &after, options, &mut evaluation);
        assert_eq!(possible, whole, "work changes what is possible");
        assert!(value >= before, "work takes something away");
        choices.push((hours, value, set));
    }
    Tried { choices, before, whole }
}

/// Whether the work of a set fits: each piece in the hours of its assignee, or where nobody has it in any.
fn fits(items: &[WorkItem], set: u32, options: &PlanOptions) -> bool {
    let mut left: Vec<(Option<&str>, u64)> = Vec::new();
    if options.budget.is_some() || options.assignees.is_empty() {
        left.push((None, options.budget.map_or(u64::MAX, u64::from)));
    }
    left.extend(options.assignees.iter().map(|a| (Some(a.name.as_str()), u64::from(a.hours))));
    let work: Vec<&WorkItem> = (0..items.len()).filter(|n| set >> n & 1 == 1).map(|n| &items[n]).collect();
    packs(&work, &mut left)
}

fn packs(work: &[&WorkItem], left: &mut Vec<(Option<&str>, u64)>) -> bool {
    let Some((item, rest)) = work.split_first() else { return true };
    let own = left.iter().position(|(name, _)| name.is_some() && *name == item.assigned_to.as_deref());
    for pool in 0..left.len() {
        let may = match (own, &item.assigned_to) {
            (Some(own), _) => own == pool,
            (None, Some(_)) => left[pool].0.is_none(),
            (None, None) => true,
        };
        if may && left[pool].1 >= u64::from(item.hours) {
            left[pool].1 -= u64::from(item.hours);
            let fits = packs(rest, left);
            left[pool].1 += u64::from(item.hours);
            if fits {
                return true;
            }
        }
    }
    false
}

/// What every plan keeps: an order that can be kept, and gains that add up.
fn assert_sound(plan: &Plan, name: &str) {
    let mut done: Vec<&str> = Vec::new();
    for step in &plan.chosen {
        assert!(step.after.iter().all(|needed| done.contains(&needed.as_str())), "{name}: {} too early", step.action);
        done.push(&step.action);
    }
    let sum: u64 = plan.chosen.iter().map(|step| step.gain.units()).sum();
    assert_eq!(sum, plan.gain.units(), "{name}: the gains of the steps");
    let hours: u64 = plan.chosen.iter().map(|step| u64::from(step.hours)).sum();
    assert_eq!(hours, plan.hours, "{name}: the hours of the steps");
    let frontier: Vec<u64> = plan.frontier.iter().map(|p| p.gain.units()).collect();
    assert!(frontier.is_sorted(), "{name}: more hours gain less: {frontier:?}");
    assert!(plan.frontier.iter().all(|p| p.hours <= p.budget), "{name}");
}

/// The options that a seed is tried with, and the budgets: of hours, then of percent.
fn asked(case: &Case, seed: u64) -> PlanOptions {
    let objective = [Objective::Score, Objective::Assurance, Objective::Controls][usize::try_from(seed % 3).unwrap()];
    let later = TimeDelta::days(i64::try_from(seed % 4).unwrap() * 130);
    let frontier = if seed.is_multiple_of(5) { 3 } else { 0 };
    PlanOptions { objective, by: case.as_of + later, frontier, ..PlanOptions::new(case.as_of) }
}

/// Holds plans within budgets against all choices.
fn assert_most(read: &Read, items: &[WorkItem], options: &PlanOptions, tried: &Tried, name: &str) {
    let within = tried.choices.iter().filter(|(_, _, set)| fits(items, *set, options));
    let best = within.clone().map(|(_, value, _)| *value).max().unwrap();
    let fewest = within.filter(|(_, value, _)| *value == best).map(|(hours, _, _)| *hours).min().unwrap();
    let plan = read.model.plan(&read.profile, options);
    assert_sound(&plan, name);
    assert_eq!(plan.before.amount(options.objective).units(), tried.before, "{name}");
    assert_eq!(plan.gain.units(), best - tried.before, "{name}: {plan:#?}");
    assert_eq!((plan.hours, plan.optimal), (fewest, true), "{name}: {plan:#?}");
    assert_eq!(plan.bound, PlanBound::Gain(plan.gain), "{name}");
    assert!(plan.baseline_by_points.gain <= plan.gain, "{name}");
}

/// Holds plans to targets against all choices.
fn assert_least(read: &Read, options: &PlanOptions, tried: &Tried, target: u32, name: &str) -> bool {
    let reaches =
        |value: u64| tried.whole > 0 && u128::from(value) * 10_000 >= u128::from(target) * u128::from(tried.whole);
    let enough = tried.choices.iter().filter(|(_, value, _)| reaches(*value));
    let fewest = enough.map(|(hours, _, _)| *hours).min();
    let options = PlanOptions { target: Some(Percent::from_hundredths(target)), ..options.clone() };
    let plan = read.model.plan(&read.profile, &options);
    assert_sound(&plan, name);
    match fewest {
        Some(fewest) => {
            assert!(plan.unreachable.is_none(), "{name}: {target}: {plan:#?}");
            assert_eq!((plan.hours, plan.optimal), (fewest, true), "{name}: {target}: {plan:#?}");
            assert_eq!(plan.bound, PlanBound::Hours(fewest), "{name}");
        }
        None => {
            let most = tried.choices.iter().map(|(_, value, _)| *value).max().unwrap();
            assert_eq!(plan.gain.units(), most - tried.before, "{name}");
            let found = plan.unreachable.unwrap_or_else(|| panic!("{name}: {target} is reached by nothing"));
            let lost: u64 = found.held_down.iter().map(|held| held.lost.units()).sum();
            assert_eq!(lost, tried.whole - most, "{name}: {found:#?}");
        }
    }
    fewest.is_some()
}

#[test]
fn plans_are_as_good_as_the_best_of_all_choices() {
    let (mut seen, mut needed, mut reached, mut missed) = ([0; 3], 0, 0, 0);
    for seed in 51_000..51_300 {
        let case = case(seed);
        let read = read(&case);
        let options = asked(&case, seed);
        let items = read.model.open_work(&read.profile, &options);
        let most = if options.objective == Objective::Controls { 7 } else { 9 };
        if items.is_empty() || items.len() > most {
            continue;
        }
        let name = format!("seed {seed}, {}", options.objective);
        seen[usize::try_from(seed % 3).unwrap()] += 1;
        needed += items.iter().filter(|item| !item.needs.is_empty()).count();
        let tried = try_all(&read, &items, &options);
        let all: u32 = items.iter().map(|item| item.hours).sum();
        for budget in [None, Some(0), Some(all / 4), Some(all / 2), Some(all * 3 / 4)] {
            let options = PlanOptions { budget, ..options.clone() };
            assert_most(&read, &items, &options, &tried, &format!("{name}, {budget:?} hours"));
        }
        let names = items.iter().filter_map(|item| item.assigned_to.clone());
        let mut assignees: Vec<Assignee> =
            names.chain(["helper".to_owned()]).map(|name| Assignee { name, hours: all / 3 }).collect();
        assignees.sort_by(|a, b| a.name.cmp(&b.name));
        assignees.dedup();
        for budget in [None, Some(all / 4)] {
            let options = PlanOptions { budget, assignees: assignees.clone(), ..options.clone() };
            assert_most(&read, &items, &options, &tried, &format!("{name}, people, {budget:?} hours"));
        }
        for target in [0, 3_333, 5_000, 8_000, 10_000] {
            match assert_least(&read, &options, &tried, target, &name) {
                true => reached += 1,
                false => missed += 1,
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 20), "{seen:?}");
    assert!(needed > 20 && reached > 100 && missed > 100, "{needed} needed, {reached} reached, {missed} missed");
}

#[test]
fn plans_over_up_to_sixteen_pieces_of_work_are_the_best_too() {
    let mut wanted = vec![12, 13, 14, 16];
    for seed in (52_000..).step_by(3) {
        let case = case(seed);
        let read = read(&case);
        let options = PlanOptions { objective: Objective::Assurance, ..asked(&case, seed) };
        let items = read.model.open_work(&read.profile, &options);
        let Some(found) = wanted.iter().position(|count| *count == items.len()) else { continue };
        wanted.remove(found);
        let tried = try_all(&read, &items, &options);
        let all: u32 = items.iter().map(|item| item.hours).sum();
        for budget in [all / 5, all / 3, all * 2 / 3] {
            let options = PlanOptions { budget: Some(budget), ..options.clone() };
            assert_most(&read, &items, &options, &tried, &format!("seed {seed}, {budget} hours"));
        }
        for target in [5_000, 7_000, 9_000] {
            assert_least(&read, &options, &tried, target, &format!("seed {seed}"));
        }
        if wanted.is_empty() {
            break;
        }
    }
}

/// The work that is open, and what must come before it, told from the score and the files alone.
#[test]
fn each_open_action_is_work_and_waits_for_what_is_open_before_it() {
    let case = cases("plan/groups-as-markdown");
    let profile = std::fs::read_to_string(case.join("tenant.toml")).unwrap();
    let listed = "[[action]]\nid = \"write-procedures\"\ngroup = \"emea\"\nimplementation = \"implemented\"\n\
                  test = \"passed\"\ntested_on = 2022-05-01\n\n[[action]]\nid = \"list-administrators\"\n\
                  implementation = \"not-in-scope\"\n\n[[action]]\nid = \"watch-logs\"\ntest_source = \"parent\"\n\
                  parent = \"require-two-factors\"\n";
    let folder = crate::support::folder_of([("tenant.toml", format!("{profile}\n{listed}").as_bytes())]);
    let args = ["tenant.toml", "--as-of", "2022-06-01", "--format", "csv"];
    let output = made_up(folder.path(), &args);
    let mut found: Vec<String> = out(&output)
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            format!("{} {} {} needs {}", cells[3], cells[6], cells[8], cells[12]).replace("  ", " ")
        })
        .collect();
    found.sort();
    // Watching logs is done with its parent, listing is out of scope, procedures are written in one group.
    let expected = [
        "lock-delivery-areas emea 6 needs ",
        "lock-delivery-areas plant-7 6 needs ",
        "rebuild-entrance emea 60 needs ",
        "rebuild-entrance plant-7 60 needs ",
        "require-two-factors 8 needs ",
        "review-administrators emea 4 needs ",
        "review-administrators plant-7 4 needs ",
        "train-operators emea 10 needs ",
        "train-operators plant-7 10 needs write-procedures",
        "write-procedures plant-7 16 needs ",
    ];
    assert_eq!(found, expected, "{}", err(&output));
}

#[test]
fn a_search_cut_short_says_how_far_it_is() {
    let model = Model::builtin(&mut annexa::Sources::default());
    let text = annexa::starter_profiles().find(|(path, _)| path.ends_with("enterprise.toml")).unwrap().1;
    let profile = model.profile(text, 1_000, &Unchecked).unwrap().value;
    let day = "2021-12-01".parse().unwrap();
    let best = |node_limit: u64| {
        let options = PlanOptions { budget: Some(333), frontier: 0, node_limit, ..PlanOptions::new(day) };
        model.plan(&profile, &options)
    };
    let (short, long) = (best(0), best(PlanOptions::NODE_LIMIT));
    assert_sound(&short, "cut short");
    assert!(long.optimal && !short.optimal, "{:?} {:?}", short.bound, long.bound);
    let PlanBound::Gain(bound) = short.bound else { panic!("{:?}", short.bound) };
    assert!(short.hours <= 333 && short.gain <= long.gain && long.gain <= bound, "{:?} {bound:?}", short.gain);
    assert!(plan_text(&short, Style::PLAIN).contains("Not proved within the node limit"));
}

/// Runs `annexa plan` in a folder with the made-up library.
fn made_up(folder: &std::path::Path, args: &[&str]) -> std::process::Output {
    let library = cases("plan-library");
    let before = ["plan", "--no-builtin", "--library", library.to_str().unwrap()];
    run_in(folder, &[&before, args].concat())
}

/// A case is a folder with a profile and `args`; `expected.txt` is what is printed, with the exit code
/// as its last line, and `expected.json` the same for programs.
#[test]
fn of_each_case_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("plan")) {
        let case = cases("plan").join(&name);
        let args = std::fs::read_to_string(case.join("args")).unwrap();
        let args: Vec<&str> = args.split_whitespace().collect();
        let output = made_up(&case, &args);
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&case.join("expected.txt"), &text));
        let expected = if name.starts_with("refused") { 2 } else { i32::from(name.contains("out-of-reach")) };
        assert_eq!(code(&output), expected, "{name}: {text}");
        if expected != 2 && !args.contains(&"--format") {
            let json = made_up(&case, &[&args[..], &["--format", "json"]].concat());
            faults.extend(differs(&case.join("expected.json"), out(&json)));
        }
    }
    none(&faults);
}

#[test]
fn the_picture_is_well_formed_whatever_an_organization_is_called() {
    let mut case = case(53_000);
    let hostile = r#""\"O'Neil\" <&> \u202E\uFFFE\uFFFF""#;
    case.profile = case.profile.replacen(r#""=Contoso, \"Ltd\"""#, hostile, 1);
    let read = read(&case);
    let svg = plan_svg(&read.model.plan(&read.profile, &asked(&case, 53_000)));
    assert_well_formed(&svg);
    let name = "<title id=\"title\">&quot;O&apos;Neil&quot; &lt;&amp;&gt; \\u{202e}\\u{fffe}\\u{ffff} (";
    assert!(svg.contains(name), "{svg}");
}

#[test]
fn the_same_input_gives_the_same_bytes_in_every_form() {
    for seed in 53_000..53_030 {
        let case = case(seed);
        let bytes = || {
            let read = read(&case);
            let options = PlanOptions { budget: Some(40), frontier: 3, ..asked(&case, seed) };
            let plan = read.model.plan(&read.profile, &options);
            let forms = [plan_text(&plan, Style::PLAIN), plan_markdown(&plan), plan_svg(&plan)];
            let more = [plan_csv(&plan).unwrap(), to_json(&plan).unwrap()];
            forms.into_iter().chain(more).collect::<Vec<_>>()
        };
        let first = bytes();
        assert_eq!(first, bytes(), "seed {seed}");
        let tag = |t: &str| first[2].matches(t).count();
        assert!(tag("<title") == tag("</title>") && tag("<") == tag(">"), "seed {seed}: {}", first[2]);
    }
}

#[test]
fn the_shipped_enterprise_is_planned_with_a_proof() {
    let model = Model::builtin(&mut annexa::Sources::default());
    let text = annexa::starter_profiles().find(|(path, _)| path.ends_with("enterprise.toml")).unwrap().1;
    let profile = model.profile(text, 1_000, &Unchecked).unwrap().value;
    let day = "2021-12-01".parse().unwrap();
    for objective in [Objective::Score, Objective::Assurance, Objective::Controls] {
        let options = PlanOptions { objective, budget: Some(200), frontier: 0, ..PlanOptions::new(day) };
        let plan = model.plan(&profile, &options);
        assert_sound(&plan, objective.word());
        assert!(plan.optimal, "{objective}: {:?} of {:?}", plan.gain, plan.bound);
        assert!(plan.baseline_by_points.gain < plan.gain, "{objective}");
    }
}

#[test]
fn everything_done_at_once_earns_all_that_is_the_customers() {
    let model = Model::builtin(&mut annexa::Sources::default());
    for (path, text) in annexa::starter_profiles() {
        let profile = model.profile(text, 1_000, &Unchecked).unwrap().value;
        let day = "2021-12-01".parse().unwrap();
        let work = model.open_work(&profile, &PlanOptions::new(day));
        let after = model.after(&profile, work.iter().map(|item| &item.work), day);
        let figures = model.score(&after, day, 0).overall;
        assert_eq!(figures.customer.achieved, figures.customer.possible, "{path}");
        assert!(work.iter().all(|item| matches!(item.work, Work::Do(_))), "{path}");
        let left = model.open_work(&after, &PlanOptions::new(day));
        assert!(left.is_empty(), "{path}: {left:?}");
    }
}
