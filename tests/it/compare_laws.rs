//! What holds for every comparison of two states, on random pairs and through the public door.

use crate::order::Shuffle;
use crate::random::{Case, case, pair};
use annexa::report::{comparison_markdown, comparison_text, to_json};
use annexa::{Library, LibraryText, Locale, Model, Snapshot, TenantProfile, Unchecked, compare, report::Style};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A model and a profile read against it.
struct Read {
    model: Model,
    profile: TenantProfile,
}

fn model(files: &[(String, String)]) -> Model {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value
}

fn read(case: &Case) -> Read {
    let model = model(&case.files);
    let profile = model.profile(&case.profile, 0, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    Read { model, profile }
}

fn snapshot<'a>(read: &'a Read, case: &Case) -> Snapshot<'a> {
    Snapshot { model: &read.model, profile: &read.profile, as_of: case.as_of }
}

fn compared(from: &Case, to: &Case) -> Value {
    let (before, after) = (read(from), read(to));
    let comparison = compare(&snapshot(&before, from), &snapshot(&after, to));
    serde_json::to_value(&comparison).unwrap()
}

/// Pairs of one library, pairs of two that share ids, and pairs that differ in a little.
fn pairs() -> impl Iterator<Item = (String, Case, Case)> {
    let same = (0..150).map(|seed| (format!("pair {seed}"), pair(30_000 + seed)));
    let two = (0..60).map(|seed| (format!("two libraries {seed}"), (case(31_000 + seed), case(32_000 + seed))));
    let later = (0..60).map(|seed| {
        let (from, mut to) = pair(33_000 + seed);
        to.profile.clone_from(&from.profile);
        (format!("later {seed}"), (from, to))
    });
    same.chain(two).chain(later).map(|(name, (from, to))| (name, from, to))
}

/// A signed amount in 1/10 000 of a point, from a decimal string with four places.
fn units(value: &Value) -> i64 {
    let text = value.as_str().unwrap_or_else(|| panic!("{value} is no amount"));
    let (size, sign) = text.strip_prefix('-').map_or((text, 1), |size| (size, -1));
    let (whole, part) = size.split_once('.').unwrap();
    assert_eq!(part.len(), 4, "{text}");
    sign * (whole.parse::<i64>().unwrap() * 10_000 + part.parse::<i64>().unwrap())
}

/// Hundredths of a percent, from a number with two decimals.
fn hundredths(value: &Value) -> Option<i64> {
    value.as_f64().map(|number| {
        let hundredths = (number * 100.0).round();
        assert!((hundredths / 100.0 - number).abs() < 1e-12, "{number} has more than two decimals");
        hundredths as i64
    })
}

/// The columns of a change: points achieved, possible, assured, and the score.
fn columns(value: &Value) -> [Option<i64>; 4] {
    let amounts = ["achieved", "possible", "assured"].map(|key| Some(units(&value[key])));
    [amounts[0], amounts[1], amounts[2], hundredths(&value["percent"])]
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap()
}

#[test]
fn every_column_sums_to_the_change_and_that_is_the_difference() {
    let (mut seen, mut together) = (BTreeMap::<String, usize>::new(), 0);
    for (name, from, to) in pairs() {
        let found = compared(&from, &to);
        let change = columns(&found["change"]);
        let whole = |state: &Value, key| state[key].as_i64().unwrap() * 10_000;
        for (n, key) in ["achieved", "assured"].into_iter().enumerate() {
            assert_eq!(change[n * 2], Some(units(&found["to"][key]) - units(&found["from"][key])), "{name}: {key}");
        }
        assert_eq!(change[1], Some(whole(&found["to"], "possible") - whole(&found["from"], "possible")), "{name}");
        let percents = hundredths(&found["from"]["percent"]).zip(hundredths(&found["to"]["percent"]));
        assert_eq!(change[3], percents.map(|(from, to)| to - from), "{name}");
        let causes = list(&found, "causes");
        for column in 0..4 {
            let parts: Vec<Option<i64>> = causes.iter().map(|cause| columns(cause)[column]).collect();
            let expected = change[column].map(|change| if causes.is_empty() { 0 } else { change });
            assert!(parts.iter().all(|part| part.is_some() == expected.is_some()), "{name}");
            let sum = parts.iter().flatten().sum::<i64>();
            assert_eq!(sum, change[column].unwrap_or(0), "{name}: column {column} of {found:#}");
        }
        for cause in causes {
            *seen.entry(cause["cause"].as_str().unwrap().to_owned()).or_default() += 1;
            let effects = list(cause, "effects");
            let ids: Vec<&Value> = effects.iter().map(|e| &e["id"]).collect();
            assert_eq!(list(cause, "actions").iter().collect::<Vec<_>>(), ids, "{name}");
            for (n, key) in ["achieved", "possible", "assured"].into_iter().enumerate() {
                let sum = effects.iter().map(|e| units(&e[key])).sum::<i64>();
                assert_eq!(Some(sum), columns(cause)[n], "{name}: {key} of {cause:#}");
            }
        }
        together += usize::from(causes.len() > 3);
    }
    assert_eq!(seen.len(), annexa::Cause::ALL.len(), "{seen:?}");
    assert!(together > 50, "{together} pairs have more than three causes");
}

/// The figures of a cause, and those of its actions.
type Told = (Vec<Option<i64>>, BTreeMap<String, Vec<i64>>);

/// The causes of a comparison with their figures and those of their actions, the way back or not.
fn told(found: &Value, sign: i64) -> BTreeMap<String, Told> {
    let back = |cause: &str| match (cause, sign) {
        ("work-done", -1) => "work-undone".to_owned(),
        ("work-undone", -1) => "work-done".to_owned(),
        (other, _) => other.to_owned(),
    };
    let effects = |cause: &Value| {
        let figures = |e: &Value| ["achieved", "possible", "assured"].map(|key| sign * units(&e[key])).to_vec();
        list(cause, "effects").iter().map(|e| (e["id"].as_str().unwrap().to_owned(), figures(e))).collect()
    };
    let of_cause = |cause: &Value| {
        let figures = columns(cause).iter().map(|c| c.map(|c| sign * c)).collect();
        (back(cause["cause"].as_str().unwrap()), (figures, effects(cause)))
    };
    list(found, "causes").iter().map(of_cause).collect()
}

#[test]
fn the_way_back_is_the_same_with_the_other_sign() {
    for (name, from, to) in pairs() {
        let (there, back) = (compared(&from, &to), compared(&to, &from));
        assert_eq!(there["from"], back["to"], "{name}");
        assert_eq!(told(&there, 1), told(&back, -1), "{name}");
        let controls = |found: &Value, ends: [&str; 2]| -> BTreeSet<String> {
            let text =
                |c: &Value| format!("{} {} {} {} {}", c["template"], c["group"], c["id"], c[ends[0]], c[ends[1]]);
            list(found, "controls").iter().map(text).collect()
        };
        assert_eq!(controls(&there, ["from", "to"]), controls(&back, ["to", "from"]), "{name}");
    }
}

#[test]
fn a_state_against_itself_has_no_cause() {
    for seed in 34_000..34_100 {
        let case = case(seed);
        let found = compared(&case, &case);
        assert_eq!((list(&found, "causes"), list(&found, "controls")), (&[][..], &[][..]), "seed {seed}");
        assert!(columns(&found["change"]).iter().all(|c| c.is_none_or(|c| c == 0)), "seed {seed}");
    }
}

#[test]
fn no_order_of_entries_and_files_changes_a_byte() {
    for seed in 35_000..35_060 {
        let (from, to) = pair(seed);
        let bytes = |from: &Case, to: &Case| {
            let (before, after) = (read(from), read(to));
            let comparison = compare(&snapshot(&before, from), &snapshot(&after, to));
            let texts = [to_json(&comparison).unwrap(), comparison_text(&comparison, Style::PLAIN)];
            [texts.concat(), comparison_markdown(&comparison, Locale::English)].concat()
        };
        let mut shuffle = Shuffle::new(seed);
        let mut shuffled = |case: &Case| {
            let mut files: Vec<_> = case.files.iter().map(|(path, text)| (path.clone(), shuffle.text(text))).collect();
            shuffle.list(&mut files);
            Case { files, profile: shuffle.text(&case.profile), ..*case }
        };
        let other = (shuffled(&from), shuffled(&to));
        assert!(bytes(&from, &to) == bytes(&other.0, &other.1), "seed {seed}");
    }
}

/// A state made of some of four edits, which touch different things: an action is done and proved, a
/// control is excluded, half a year passes, an action is worth more.
fn edited(edits: u32) -> Case {
    const BEFORE: &str = include_str!("../cases/diff/evidence-lapses/before.toml");
    let has = |edit: u32| edits >> edit & 1 == 1;
    let mut profile = BEFORE.to_owned();
    if has(0) {
        profile = profile.replace(
            "id = \"destroy-media\"\nimplementation = \"planned\"",
            "id = \"destroy-media\"\nimplementation = \"implemented\"\ntest = \"passed\"\ntested_on = 2022-05-01\nevidence = [\"handbook\"]",
        );
    }
    if has(1) {
        profile.push_str("\n[[exclusion]]\ncontrol = \"A.6.1\"\njustification = \"Nobody works elsewhere.\"\n");
    }
    let mut files = BTreeMap::new();
    collect(&crate::support::cases("migrate-library"), "", &mut files);
    if has(3) {
        let actions = files.get_mut("templates/acme-cloud/actions/all.toml").unwrap();
        *actions = actions.replace("id = \"destroy-media\"\n", "id = \"destroy-media\"\npoints = 40\n");
    }
    let as_of = if has(2) { "2022-11-01" } else { "2022-06-01" }.parse().unwrap();
    Case { files: files.into_iter().collect(), profile, as_of, expiring_within: 0 }
}

fn collect(folder: &std::path::Path, inside: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap()) {
        let path = format!("{inside}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}

#[test]
fn shares_are_those_of_all_orders_in_which_the_edits_could_be_made() {
    const CAUSES: [&str; 4] = ["work-done", "scope", "currency", "template"];
    const KEYS: [&str; 3] = ["achieved", "possible", "assured"];
    let value = |edits: u32| {
        let case = edited(edits);
        let score = crate::agreement::score(&case.files, &case.profile, case.as_of, 0);
        let amount = |key| match &score["overall"][key] {
            Value::Number(points) => points.as_i64().unwrap() * 10_000,
            text => units(text),
        };
        KEYS.map(amount)
    };
    let values: Vec<[i64; 3]> = (0..16).map(value).collect();
    assert!(values.iter().collect::<BTreeSet<_>>().len() > 8, "the edits hardly matter: {values:?}");
    let mut sums = [[0; 3]; 4];
    let mut orders = 0;
    for order in (0..256).map(|n| [n & 3, n >> 2 & 3, n >> 4 & 3, n >> 6]) {
        if order.iter().collect::<BTreeSet<_>>().len() < 4 {
            continue;
        }
        orders += 1;
        let mut made = 0;
        for edit in order {
            let next = made | 1 << edit;
            (0..3).for_each(|column| sums[edit][column] += values[next][column] - values[made][column]);
            made = next;
        }
    }
    assert_eq!(orders, 24);
    let found = compared(&edited(0), &edited(15));
    for (cause, sums) in CAUSES.iter().zip(sums) {
        let told = list(&found, "causes").iter().find(|c| c["cause"] == *cause).unwrap_or_else(|| panic!("{cause}"));
        for (key, sum) in KEYS.iter().zip(sums) {
            assert!((units(&told[*key]) * 24 - sum).abs() < 24, "{cause}: {key} is {sum} / 24, not {}", told[*key]);
        }
    }
    assert_eq!(list(&found, "causes").len(), 4);
}
