//! Crosswalks held against a second implementation that tries every way, and against sets that are known.
//!
//! The second implementation goes over all ways one by one and composes relations by a table that
//! it finds by trying all sets. In half of the libraries the controls stand for sets of things, and the
//! relations say what is so of them; in the other half anything may be said of anything.

use annexa::report::to_json;
use annexa::{CrosswalkQuery, Derivation, Library, LibraryText, Model, Trust, Unchecked};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::OnceLock;

/// A generator of numbers that is always the same (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// The control `control` of the framework `framework`.
type Control = (usize, usize);

#[derive(Clone)]
struct Said {
    from: Control,
    to: Control,
    relation: &'static str,
    strength: Option<u64>,
    confirmed: bool,
}

struct Case {
    /// How many controls each framework has.
    sizes: Vec<usize>,
    /// What each control stands for, where the relations are true.
    sets: Option<BTreeMap<Control, u32>>,
    said: Vec<Said>,
    /// For each control of the first framework, whether its action is done, and proved.
    done: Vec<(bool, bool)>,
}

const KINDS: [&str; 4] = ["equal", "subset", "superset", "intersects"];

fn relation_of(a: u32, b: u32) -> &'static str {
    match (a & b, a, b) {
        (_, a, b) if a == b => "equal",
        (both, a, _) if both == a => "subset",
        (both, _, b) if both == b => "superset",
        (0, _, _) => "apart",
        _ => "intersects",
    }
}

fn case(seed: u64) -> Case {
    let dice = &mut Dice(seed);
    let sizes: Vec<usize> = (0..3 + dice.below(3)).map(|_| 1 + dice.below(4)).collect();
    let controls: Vec<Control> = sizes.iter().enumerate().flat_map(|(f, n)| (0..*n).map(move |c| (f, c))).collect();
    let is_true = dice.chance(50);
    let sets: BTreeMap<Control, u32> =
        controls.iter().map(|c| (*c, u32::try_from(1 + dice.below(63)).unwrap())).collect();
    let mut said = Vec::new();
    let density = 10 + dice.below(50);
    for from in &controls {
        for to in controls.iter().filter(|to| to.0 != from.0) {
            if !dice.chance(density) {
                continue;
            }
            let relation = if is_true { relation_of(sets[from], sets[to]) } else { KINDS[dice.below(4)] };
            if relation == "apart" {
                continue;
            }
            let (part, whole) = (u64::from((sets[from] & sets[to]).count_ones()), u64::from(sets[to].count_ones()));
            let exact = (part * 10_000 % whole == 0).then(|| part * 10_000 / whole);
            let any = [0, 1, 2_500, 3_333, 9_999, 10_000][dice.below(6)];
            let strength = if is_true { exact } else { Some(any) }.filter(|_| dice.chance(50));
            said.push(Said { from: *from, to: *to, relation, strength, confirmed: dice.chance(60) });
        }
    }
    let done = (0..sizes[0]).map(|_| (dice.chance(60), dice.chance(60))).collect();
    Case { sizes, sets: is_true.then_some(sets), said, done }
}

impl Case {
    /// The files of the library; of each pair of frameworks one crosswalk, or two if `split`.
    fn files(&self, split: bool) -> Vec<(String, String)> {
        let mut files = Vec::new();
        for (f, size) in self.sizes.iter().enumerate() {
            let mut text = format!(
                "framework = {{ id = 'f{f}', title = 'F{f}', edition = '1', publisher = 'P', status = 'current' }}\n\
                 group = [{{ id = 'g', title = 'G' }}]\n"
            );
            for c in 0..*size {
                let _ = write!(text, "[[control]]\nid = 'c{c}'\ngroup = 'g'\nkind = 'control'\n");
            }
            files.push((format!("controls/f{f}.toml"), text));
        }
        let mut rows: BTreeMap<(usize, usize, usize), Vec<String>> = BTreeMap::new();
        for (n, said) in self.said.iter().enumerate() {
            let strength = said.strength.map(|s| format!(", strength = {}.{:04}", s / 10_000, s % 10_000));
            let row = format!(
                "{{ from = 'c{}', to = 'c{}', relation = '{}', status = '{}'{} }}",
                said.from.1,
                said.to.1,
                said.relation,
                if said.confirmed { "confirmed" } else { "unconfirmed" },
                strength.unwrap_or_default(),
            );
            rows.entry((said.from.0, said.to.0, if split { n % 2 } else { 0 })).or_default().push(row);
        }
        for ((from, to, part), rows) in rows {
            let text = format!(
                "[crosswalk]\nid = 'x{from}-{to}-{part}'\ntitle = 'X'\nfrom = 'f{from}'\nto = 'f{to}'\nsource = 'S'\n\
                 relations = [{}]\n",
                rows.join(", ")
            );
            files.push((format!("controls/crosswalk/x{from}-{to}-{part}.toml"), text));
        }
        let mut actions = String::new();
        let mut map = String::new();
        for c in 0..self.sizes[0] {
            let _ = write!(
                actions,
                "[[action]]\nid = 'a{c}'\ntitle = 'A'\nowner = 'customer'\ntype = 'operational'\n\
                 purpose = 'preventative'\nenforcement = 'mandatory'\n"
            );
            let _ = write!(map, "[[map]]\ncontrol = 'c{c}'\nactions = ['a{c}', 'a0']\n");
        }
        files.push(("templates/p/provider.toml".into(), "[provider]\nid = 'p'\nname = 'P'\n".into()));
        files.push(("templates/p/actions/all.toml".into(), actions));
        let head = "[template]\nid = 'p/t'\ntitle = 'T'\nframework = 'f0'\nprovider = 'p'\nversion = 2020-05-01\n";
        files.push(("templates/p/t.toml".into(), format!("{head}{map}")));
        files
    }

    fn profile(&self) -> String {
        let mut text = "[organization]\nname = 'O'\n[[assessment]]\ntemplate = 'p/t'\n".to_owned();
        for (c, (done, proved)) in self.done.iter().enumerate().filter(|(_, (done, _))| *done) {
            let _ = write!(text, "[[action]]\nid = 'a{c}'\nimplementation = 'implemented'\ntest = 'passed'\n");
            assert!(done);
            if *proved {
                text.push_str("implemented_on = 2020-01-01\ntested_on = 2020-01-02\nevidence = ['e']\n");
            }
        }
        if self.done.contains(&(true, true)) {
            text.push_str("[[evidence]]\nid = 'e'\ntitle = 'E'\nurl = 'https://example.com/e'\n");
        }
        text
    }
}

fn model(files: &[(String, String)]) -> Model {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value
}

/// What the program says of every pair of two frameworks.
fn answer(model: &Model, (from, to): (usize, usize), hops: u8, trust: Trust) -> Option<Value> {
    let find = |f: usize| model.library().find_framework(&format!("f{f}")).unwrap();
    let query = CrosswalkQuery { from: find(from), to: find(to), control: None, max_hops: hops, with_unknown: true };
    model.crosswalks(trust).answer(&query).map(|a| serde_json::from_str(&to_json(&a).unwrap()).unwrap())
}

/// The pairs of an answer, by their controls.
fn pairs(answer: Option<&Value>) -> BTreeMap<(String, String), Value> {
    let controls = answer.into_iter().flat_map(|a| a["controls"].as_array().unwrap());
    let pair = |c: &Value, t: &Value| ((c["id"].as_str().unwrap().into(), t["id"].as_str().unwrap().into()), t.clone());
    controls.flat_map(|c| c["targets"].as_array().unwrap().iter().map(|t| pair(c, t)).collect::<Vec<_>>()).collect()
}

/// What is known in the second implementation: relations that may hold, and bounds of the share.
#[derive(Clone, PartialEq, Debug)]
struct Known {
    relations: BTreeSet<&'static str>,
    share: (u64, u64),
}

const ALL: [&str; 5] = ["equal", "subset", "superset", "intersects", "apart"];

fn table() -> &'static BTreeMap<(&'static str, &'static str), BTreeSet<&'static str>> {
    static TABLE: OnceLock<BTreeMap<(&'static str, &'static str), BTreeSet<&'static str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for a in 1..32 {
            for b in 1..32 {
                for c in 1..32 {
                    table.entry((relation_of(a, b), relation_of(b, c))).or_default().insert(relation_of(a, c));
                }
            }
        }
        table
    })
}

impl Known {
    fn nothing() -> Self {
        Self { relations: ALL.into(), share: (0, 10_000) }
    }

    fn contradiction() -> Self {
        Self { relations: BTreeSet::new(), share: (0, 10_000) }
    }

    fn only(&self, these: &[&str]) -> bool {
        !self.relations.is_empty() && self.relations.iter().all(|r| these.contains(r))
    }

    fn of(said: &Said, turned: bool) -> Self {
        let relation = match (said.relation, turned) {
            ("subset", true) => "superset",
            ("superset", true) => "subset",
            (relation, _) => relation,
        };
        let share = match (relation, said.strength.filter(|_| !turned)) {
            ("equal" | "superset", _) => (10_000, 10_000),
            (_, Some(s)) => (s.min(9_999), s.max(1)),
            (_, None) => (0, 10_000),
        };
        Self { relations: [relation].into(), share }
    }

    fn and(&self, other: &Self) -> Self {
        let relations: BTreeSet<_> = self.relations.intersection(&other.relations).copied().collect();
        let mut both = Self { relations, share: (self.share.0.max(other.share.0), self.share.1.min(other.share.1)) };
        if both.only(&["equal", "superset"]) {
            both.share.0 = 10_000;
        }
        if both.only(&["apart"]) {
            both.share.1 = 0;
        }
        if both.relations.is_empty() || both.share.0 > both.share.1 { Self::contradiction() } else { both }
    }

    fn then(&self, next: &Self) -> Self {
        let pairs = self.relations.iter().flat_map(|a| next.relations.iter().map(move |b| (*a, *b)));
        let relations = pairs.flat_map(|pair| table()[&pair].clone()).collect();
        let (inside, around) = (["equal", "subset"], ["equal", "superset"]);
        let mut share = (0, 10_000);
        if self.only(&around) {
            share.0 = share.0.max(next.share.0);
        }
        if next.only(&inside) {
            share.0 = share.0.max(self.share.0 * next.share.0 / 10_000);
        }
        if self.only(&inside) {
            share.1 = share.1.min(next.share.1);
        }
        if self.only(&inside) && next.only(&inside) {
            share.1 = share.1.min((self.share.1 * next.share.1).div_ceil(10_000));
        }
        if next.only(&["equal"]) {
            share.1 = share.1.min(self.share.1);
        }
        Self { relations, share }
    }

    fn word(&self) -> &'static str {
        match () {
            () if self.relations.is_empty() => "contradiction",
            () if self.only(&["equal"]) => "equal",
            () if self.only(&["equal", "subset"]) => "subset",
            () if self.only(&["equal", "superset"]) => "superset",
            () if self.relations.contains("apart") => "unknown",
            () => "intersects",
        }
    }
}

/// What is said of each pair of controls directly, in both directions.
fn direct(said: &[Said]) -> BTreeMap<(Control, Control), Known> {
    let mut direct: BTreeMap<(Control, Control), Known> = BTreeMap::new();
    for said in said {
        for (pair, turned) in [((said.from, said.to), false), ((said.to, said.from), true)] {
            let known = direct.entry(pair).or_insert_with(Known::nothing);
            *known = known.and(&Known::of(said, turned));
        }
    }
    direct
}

/// What all ways of at most `hops` steps from a control say of each other control; if they are to be
/// `simple`, no control is met twice on one.
fn by_every_way(
    steps: &BTreeMap<(Control, Control), Known>,
    from: Control,
    hops: u8,
    simple: bool,
) -> BTreeMap<Control, Known> {
    let mut found = BTreeMap::new();
    let mut ways: Vec<(Vec<Control>, Known)> = vec![(vec![from], Known::nothing())];
    while let Some((way, known)) = ways.pop() {
        if way.len() > usize::from(hops) {
            continue;
        }
        let is_open = |to: &Control| !simple || !way.contains(to);
        for ((_, to), step) in steps.iter().filter(|((at, to), _)| way.last() == Some(at) && is_open(to)) {
            if step.relations.is_empty() && way.len() > 1 {
                continue;
            }
            let next = if way.len() == 1 { step.clone() } else { known.then(step) };
            let sum = found.entry(*to).or_insert_with(Known::nothing);
            *sum = sum.and(&next);
            if !step.relations.is_empty() {
                ways.push(([&way[..], &[*to]].concat(), next));
            }
        }
    }
    found
}

/// What the ways named for a pair say together.
fn told(target: &Value) -> Known {
    let paths = std::iter::once(&target["path"]).chain(target["other_paths"].as_array().unwrap());
    let mut sum = Known::nothing();
    for path in paths {
        let steps = path.as_array().unwrap().iter().map(|step| {
            let relation = ALL.into_iter().find(|r| *r == step["relation"]);
            let share = ["lower", "upper"].map(|end| step["share"][end].as_u64().unwrap());
            Known { relations: relation.into_iter().collect(), share: share.into() }
        });
        sum = sum.and(&steps.reduce(|known, step| known.then(&step)).unwrap());
    }
    sum
}

#[test]
fn the_answer_is_what_every_way_says_together() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..120 {
        let case = case(seed);
        let model = model(&case.files(seed % 3 == 0));
        let dice = &mut Dice(seed);
        let hops = u8::try_from(1 + dice.below(4)).unwrap();
        for trust in [Trust::All, Trust::Confirmed] {
            let used: Vec<Said> = case.said.iter().filter(|s| trust == Trust::All || s.confirmed).cloned().collect();
            let all = direct(&used);
            // A step is confirmed if confirmed relations say it; where all of them clash, none is better.
            let mut sure = direct(&used.iter().filter(|s| s.confirmed).cloned().collect::<Vec<_>>());
            sure.retain(|pair, known| !all[pair].relations.is_empty() || known.relations.is_empty());
            for (from, to) in (0..case.sizes.len()).flat_map(|f| (0..case.sizes.len()).map(move |t| (f, t))) {
                if from == to {
                    continue;
                }
                let found = pairs(answer(&model, (from, to), hops, trust).as_ref());
                let mut expected = BTreeSet::new();
                for control in 0..case.sizes[from] {
                    let every = by_every_way(&all, (from, control), hops, false);
                    let confirmed = by_every_way(&sure, (from, control), hops, false);
                    // Going round in rings adds nothing to what is true.
                    let simple = case.sets.is_some().then(|| by_every_way(&all, (from, control), hops, true));
                    let is_same =
                        |simple: &BTreeMap<_, _>| every.iter().all(|(c, k)| c.0 != to || simple.get(c) == Some(k));
                    assert!(simple.is_none_or(|simple| is_same(&simple)), "seed {seed}");
                    for (other, known) in every.iter().filter(|(other, _)| other.0 == to) {
                        let pair = (format!("c{control}"), format!("c{}", other.1));
                        let target = found.get(&pair).unwrap_or_else(|| panic!("seed {seed}: {pair:?} {known:?}"));
                        let status = if confirmed.get(other) == Some(known) { "confirmed" } else { "unconfirmed" };
                        let share = json!({ "lower": known.share.0, "upper": known.share.1 });
                        let said = (&target["relation"], &target["share"], &target["status"]);
                        assert_eq!(
                            said,
                            (&json!(known.word()), &share, &json!(status)),
                            "seed {seed}: f{from} to f{to}, {hops} hops: {pair:?}"
                        );
                        let ways = target["other_paths"].as_array().unwrap().len() + 1;
                        assert!(ways == 5 || told(target) == *known, "seed {seed}: {target} is not proved, {known:?}");
                        *seen.entry(format!("{} {status} {}", known.word(), target["hops"])).or_default() += 1;
                        expected.insert(pair);
                    }
                }
                assert_eq!(found.keys().cloned().collect::<BTreeSet<_>>(), expected, "seed {seed}");
            }
        }
    }
    for word in KINDS.iter().chain(&["unknown", "contradiction"]) {
        let count: usize = seen.iter().filter(|(key, _)| key.starts_with(word)).map(|(_, n)| n).sum();
        assert!(count > 200, "{word}: {seen:?}");
    }
}

#[test]
fn what_is_said_of_true_relations_is_true() {
    let mut proved = 0;
    for (seed, case) in (1_000..1_400).map(|seed| (seed, case(seed))) {
        let Some(sets) = &case.sets else { continue };
        let model = model(&case.files(false));
        for to in 1..case.sizes.len() {
            for ((from_control, to_control), target) in pairs(answer(&model, (0, to), 4, Trust::All).as_ref()) {
                let set = |f: usize, c: &str| sets[&(f, c[1..].parse().unwrap())];
                let (a, c) = (set(0, &from_control), set(to, &to_control));
                let truth = relation_of(a, c);
                let fits = match target["relation"].as_str().unwrap() {
                    "equal" => truth == "equal",
                    "subset" => ["equal", "subset"].contains(&truth),
                    "superset" => ["equal", "superset"].contains(&truth),
                    "intersects" => truth != "apart",
                    "unknown" => true,
                    word => panic!("seed {seed}: true relations make a {word}: {target}"),
                };
                let share = u64::from((a & c).count_ones()) * 10_000;
                let end = |end: &str| target["share"][end].as_u64().unwrap() * u64::from(c.count_ones());
                assert!(fits && end("lower") <= share && share <= end("upper"), "seed {seed}: {truth}, {target}");
                proved += usize::from(target["relation"] != "unknown" && target["hops"] != 1);
            }
        }
    }
    assert!(proved > 300, "{proved} relations were proved over several hops");
}

#[test]
fn one_more_true_relation_only_tightens() {
    let mut tightened = 0;
    for (seed, mut case) in (2_000..2_400).map(|seed| (seed, case(seed))) {
        let Some(last) = case.said.pop().filter(|_| case.sets.is_some()) else { continue };
        let before = model(&case.files(false));
        case.said.push(last);
        let after = model(&case.files(false));
        for to in 1..case.sizes.len() {
            let later = pairs(answer(&after, (0, to), 3, Trust::All).as_ref());
            for (pair, target) in pairs(answer(&before, (0, to), 3, Trust::All).as_ref()) {
                let end = |target: &Value, end: &str| target["share"][end].as_u64().unwrap();
                let now = &later[&pair];
                assert!(end(now, "lower") >= end(&target, "lower"), "seed {seed}: {target} {now}");
                assert!(end(now, "upper") <= end(&target, "upper"), "seed {seed}: {target} {now}");
                assert!(now["relation"] != "unknown" || target["relation"] == "unknown", "seed {seed}: {target} {now}");
                tightened += usize::from(now["share"] != target["share"] || now["relation"] != target["relation"]);
            }
        }
    }
    assert!(tightened > 20, "{tightened} pairs were tightened");
}

#[test]
fn the_order_of_files_and_relations_changes_nothing() {
    for seed in 3_000..3_100 {
        let mut case = case(seed);
        let answers = |case: &Case, turned: bool| {
            let mut files = case.files(false);
            if turned {
                files.reverse();
            }
            let model = model(&files);
            (1..case.sizes.len()).map(|to| answer(&model, (0, to), 3, Trust::All)).collect::<Vec<_>>()
        };
        let before = answers(&case, false);
        case.said.reverse();
        assert_eq!(before, answers(&case, true), "seed {seed}");
    }
}

#[test]
fn a_derived_score_is_made_of_the_score_and_the_crosswalk() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 4_000..4_400 {
        let case = case(seed);
        let files = case.files(false);
        let model = model(&files);
        let file = u32::try_from(files.len()).unwrap();
        let tenant = model.profile(&case.profile(), file, &Unchecked).unwrap_or_else(|f| panic!("{f:#?}")).value;
        let score = model.score(&tenant, "2020-06-01".parse().unwrap(), 90);
        let controls = serde_json::to_value(&score).unwrap()["assessments"][0]["controls"].clone();
        for to in 1..case.sizes.len() {
            let crosswalks = model.crosswalks(Trust::All);
            let framework = model.library().find_framework(&format!("f{to}")).unwrap();
            let derived = Derivation::new(&crosswalks, framework, Some(3)).derive(&score);
            let said = answer(&model, (0, to), 3, Trust::All);
            assert_eq!(derived.is_ok(), said.is_some(), "seed {seed}");
            let Ok(derived) = derived else { continue };
            let derived = serde_json::to_value(&derived).unwrap();
            let known = pairs(said.as_ref());
            for target in derived["controls"].as_array().unwrap() {
                let (mut bounds, mut is_mapped) = ([(0, 0), (0, 0)], false);
                for control in controls.as_array().unwrap() {
                    let pair = (control["id"].as_str().unwrap().into(), target["id"].as_str().unwrap().into());
                    let Some(tie) = known.get(&pair).filter(|tie| tie["relation"] != "unknown") else { continue };
                    is_mapped = true;
                    let sum = &control["customer"];
                    let units = |key: &str| sum[key].as_str().unwrap().replace('.', "").parse::<u64>().unwrap();
                    let possible = sum["possible"].as_u64().unwrap();
                    for (key, (lower, upper)) in ["achieved", "assured"].into_iter().zip(&mut bounds) {
                        let earned = units(key) / possible;
                        let end = |end: &str| tie["share"][end].as_u64().unwrap();
                        *lower = (*lower).max(earned * end("lower") / 10_000);
                        *upper = 10_000.min(*upper + (earned * end("upper")).div_ceil(10_000));
                    }
                }
                let value = |(lower, upper): (u64, u64)| json!({ "lower": lower, "upper": upper });
                let expected = if is_mapped { bounds.map(value) } else { [Value::Null, Value::Null] };
                assert_eq!([&target["coverage"], &target["assured"]], expected.each_ref(), "seed {seed}: {target}");
                let status = match bounds[0] {
                    _ if !is_mapped => "unmapped",
                    (10_000, _) => "covered",
                    (1.., _) => "partial",
                    (_, 1..) => "unproved",
                    _ => "gap",
                };
                assert_eq!(target["status"], status, "seed {seed}: {target}");
                let is_proof =
                    |s: &Value| s["coverage"] == 10_000 && ["equal", "superset"].iter().any(|r| s["relation"] == *r);
                let has_proof = target["sources"].as_array().unwrap().iter().any(is_proof);
                assert_eq!(status == "covered", has_proof, "seed {seed}: {target}");
                assert!(bounds.iter().all(|(lower, upper)| lower <= upper), "seed {seed}: {target}");
                *seen.entry(status.to_owned()).or_default() += 1;
            }
        }
    }
    for status in ["covered", "partial", "unproved", "gap", "unmapped"] {
        assert!(seen.get(status).is_some_and(|n| *n > 40), "{status}: {seen:?}");
    }
}
