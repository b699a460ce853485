//! How fast it is, each figure beside a peer measured in the same run.
//!
//! - `library`: the built-in library made ready, beside reading the same files as TOML at start.
//! - `profile`: a profile read and checked against the library, beside its bare TOML tree.
//! - `evaluate`: the figures of a compiled tenant, for growing profiles; `score` adds the gap rows
//!   and all names.
//! - `forecast`: ten years of the enterprise profile, beside one evaluation a day, and beside the least
//!   there is, one evaluation a step.
//! - `crosswalk`: relations followed over several hops in a library of 77 000, beside a plain search
//!   over maps of ids that keeps one way for each pair; and over the built-in library.
//! - `plan`: the best work for 200 hours on the enterprise profile, by each objective.
//! - `report`: the dossier of the enterprise profile, and its forms beside the JSON of the same.
//! - `process`: the whole command on the enterprise profile, beside a program that does nothing.
//!
//! `cargo bench` runs all; `cargo bench -- evaluate` one group. No figure is a test.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot run should stop"
)]

use annexa::report::{dossier_markdown, dossier_xlsx, report_html, to_json};
use annexa::{
    CrosswalkQuery, DossierOptions, Evaluation, ForecastOptions, Library, LibraryText, Locale, Model, Objective,
    PlanOptions, Sources, TenantProfile, Trust, Unchecked,
};
use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, Throughput};
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write;
use std::hint::black_box;
use std::process::{Command, Stdio};

const DATE: NaiveDate = NaiveDate::from_ymd_opt(2021, 12, 1).unwrap();

fn main() {
    // The peer of `process`: this program, asked to do nothing.
    if std::env::args().nth(1).as_deref() == Some("do-nothing") {
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    library(&mut criterion);
    profile(&mut criterion);
    evaluate(&mut criterion);
    forecast(&mut criterion);
    crosswalk(&mut criterion);
    plan(&mut criterion);
    report(&mut criterion);
    process(&mut criterion);
    criterion.final_summary();
}

fn enterprise() -> &'static str {
    annexa::starter_profiles().find(|(path, _)| path.ends_with("enterprise.toml")).unwrap().1
}

fn read(model: &Model, text: &str) -> TenantProfile {
    model.profile(text, 1_000, &Unchecked).unwrap_or_else(|faults| panic!("{faults:?}")).value
}

fn library(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("library");
    group.bench_function("built-in", |b| b.iter(|| Model::builtin(&mut Sources::default())));
    let files: Vec<LibraryText<'_>> = (0..)
        .zip(annexa::BUILTIN_FILES)
        .map(|(file, (path, text))| LibraryText { layer: 1, path, file, text })
        .collect();
    group.bench_function("peer: the same files read as TOML", |b| {
        b.iter(|| Model::assemble(Library::default(), black_box(&files)).unwrap());
    });
    group.finish();
}

fn profile(criterion: &mut Criterion) {
    let model = Model::builtin(&mut Sources::default());
    let text = enterprise();
    let mut group = criterion.benchmark_group("profile");
    group.throughput(Throughput::Bytes(u64::try_from(text.len()).unwrap()));
    group.bench_function("read, checked and compiled", |b| b.iter(|| read(&model, black_box(text))));
    group.bench_function("peer: bare TOML tree", |b| {
        b.iter(|| toml::from_str::<toml::Table>(black_box(text)).unwrap());
    });
    group.finish();
}

/// The enterprise profile cut to its first `count` action entries.
fn first_actions(count: usize) -> String {
    let mut table: toml::Table = toml::from_str(enterprise()).unwrap();
    let mut evidence: Vec<toml::Value> = Vec::new();
    if let Some(toml::Value::Array(actions)) = table.get_mut("action") {
        actions.retain(|a| a.get("test_source").and_then(toml::Value::as_str) != Some("parent"));
        actions.truncate(count);
    }
    if let Some(toml::Value::Array(list)) = table.remove("evidence") {
        evidence.extend(list);
    }
    table.insert("evidence".to_owned(), toml::Value::Array(evidence));
    toml::to_string(&table).unwrap()
}

fn evaluate(criterion: &mut Criterion) {
    let model = Model::builtin(&mut Sources::default());
    let mut group = criterion.benchmark_group("evaluate");
    for count in [50, 100, 200, 400] {
        let tenant = read(&model, &first_actions(count));
        let entries = tenant.profile().actions.len();
        let mut evaluation = Evaluation::default();
        group.throughput(Throughput::Elements(1));
        group.bench_function(BenchmarkId::new("figures, entries", entries), |b| {
            b.iter(|| model.evaluate(black_box(&tenant), DATE, &mut evaluation));
        });
    }
    let tenant = read(&model, enterprise());
    let mut evaluation = Evaluation::default();
    group.bench_function("figures, enterprise profile", |b| {
        b.iter(|| model.evaluate(black_box(&tenant), DATE, &mut evaluation));
    });
    group.bench_function("weakpoints, enterprise profile", |b| {
        b.iter(|| model.weakpoints(black_box(&tenant), DATE, &[]));
    });
    group.bench_function("score with gap rows, enterprise profile", |b| {
        b.iter(|| model.score(black_box(&tenant), DATE, annexa::EXPIRING_WITHIN_DAYS));
    });
    group.finish();
}

fn forecast(criterion: &mut Criterion) {
    let model = Model::builtin(&mut Sources::default());
    // Without the days on which work is due, so that one line is measured.
    let mut table: toml::Table = toml::from_str(enterprise()).unwrap();
    for action in table["action"].as_array_mut().unwrap() {
        action.as_table_mut().unwrap().remove("due_on");
    }
    let present = read(&model, &toml::to_string(&table).unwrap());
    let until = DATE.checked_add_months(chrono::Months::new(120)).unwrap();
    let options = ForecastOptions { from: DATE, until, target: None, floor: None, floor_assurance: None };
    let days: Vec<NaiveDate> = DATE.iter_days().take_while(|day| *day <= until).collect();
    let steps: Vec<NaiveDate> = model.forecast(&present, &options).line.steps.iter().map(|s| s.from).collect();
    let mut group = criterion.benchmark_group("forecast");
    group.bench_function(format!("ten years, enterprise profile, {} steps", steps.len()), |b| {
        b.iter(|| model.forecast(black_box(&present), &options));
    });
    let mut evaluation = Evaluation::default();
    for (name, dates) in [("peer: an evaluation a day", &days), ("peer: an evaluation a step", &steps)] {
        group.bench_function(name, |b| {
            b.iter(|| dates.iter().for_each(|day| model.evaluate(black_box(&present), *day, &mut evaluation)));
        });
    }
    let tenant = read(&model, enterprise());
    group.bench_function("ten years with what is due as a second line", |b| {
        b.iter(|| model.forecast(black_box(&tenant), &options));
    });
    group.finish();
}

fn plan(criterion: &mut Criterion) {
    let model = Model::builtin(&mut Sources::default());
    let tenant = read(&model, enterprise());
    let mut group = criterion.benchmark_group("plan");
    group.sample_size(10);
    for objective in [Objective::Score, Objective::Assurance, Objective::Controls] {
        let options = PlanOptions { objective, budget: Some(200), frontier: 0, ..PlanOptions::new(DATE) };
        group.bench_function(BenchmarkId::new("200 hours, proved", objective), |b| {
            b.iter(|| model.plan(black_box(&tenant), &options));
        });
    }
    group.finish();
}

const KINDS: [&str; 4] = ["equal", "subset", "superset", "intersects"];

/// A library of the shape of public collections: 120 frameworks of 40 to 200 controls, most of them related to
/// one hub of 1 400 controls, and some to each other; 77 000 relations, mostly `intersects`.
fn collection() -> Vec<(String, String)> {
    let mut state = 1_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    };
    let sizes: Vec<usize> = (0..120).map(|f| if f == 0 { 1_400 } else { 40 + below(161) }).collect();
    let mut files = Vec::new();
    for (f, size) in sizes.iter().enumerate() {
        let mut text = format!(
            "framework = {{ id = 'f{f}', title = 'F', edition = '1', publisher = 'P', status = 'current' }}\n\
             group = [{{ id = 'g', title = 'G' }}]\n"
        );
        for c in 0..*size {
            let _ = write!(text, "[[control]]\nid = 'c{c}'\ngroup = 'g'\nkind = 'control'\n");
        }
        files.push((format!("controls/f{f}.toml"), text));
    }
    let mut left = 77_000;
    for f in 1..120 {
        for (to, share) in [(0, 5), (1 + below(119), 1)] {
            let count = if f == 119 && to == 0 { left } else { (sizes[f] * share).min(left) };
            if to == f || count == 0 {
                continue;
            }
            left -= count;
            let mut rows: BTreeMap<(usize, usize), &str> = BTreeMap::new();
            for _ in 0..count {
                let kind = if below(10) < 7 { 3 } else { below(3) };
                rows.insert((below(sizes[f]), below(sizes[to])), KINDS[kind]);
            }
            let row = |((a, b), kind): (&(usize, usize), &&str)| {
                format!("{{ from = 'c{a}', to = 'c{b}', relation = '{kind}' }}")
            };
            let rows: Vec<String> = rows.iter().map(row).collect();
            let text = format!(
                "[crosswalk]\nid = 'x{f}-{to}'\ntitle = 'X'\nfrom = 'f{f}'\nto = 'f{to}'\nsource = 'S'\nrelations = [{}]\n",
                rows.join(", ")
            );
            files.push((format!("controls/crosswalk/x{f}-{to}.toml"), text));
        }
    }
    files
}

type Ids = (String, String);

/// The relations as a program would hold them that was written for a small library: ids in maps.
fn maps(library: &Library) -> BTreeMap<Ids, Vec<(Ids, &'static str)>> {
    let mut maps: BTreeMap<Ids, Vec<(Ids, &'static str)>> = BTreeMap::new();
    for crosswalk in library.crosswalks() {
        for relation in &crosswalk.relations {
            let from = (crosswalk.from.value.to_string(), relation.from.value.to_string());
            let to = (crosswalk.to.value.to_string(), relation.to.value.to_string());
            let kind = annexa::Choice::word(relation.kind);
            let turned = match kind {
                "subset" => "superset",
                "superset" => "subset",
                kind => kind,
            };
            maps.entry(from.clone()).or_default().push((to.clone(), kind));
            maps.entry(to).or_default().push((from, turned));
        }
    }
    maps
}

/// The peer: breadth first over ids, one way for each pair, relations composed by their words.
fn plain_search(
    maps: &BTreeMap<Ids, Vec<(Ids, &'static str)>>,
    from: &Ids,
    to: &str,
    hops: usize,
) -> BTreeMap<Ids, String> {
    let mut seen: BTreeMap<Ids, (usize, String)> = BTreeMap::new();
    let mut queue = VecDeque::from([(from.clone(), 0, "equal".to_owned())]);
    while let Some((at, hop, known)) = queue.pop_front() {
        if hop == hops {
            continue;
        }
        for (next, kind) in maps.get(&at).into_iter().flatten() {
            if next == from || seen.contains_key(next) {
                continue;
            }
            let sum = match (known.as_str(), *kind) {
                ("equal", kind) => kind,
                (known, "equal") => known,
                (known, kind) if known == kind && known != "intersects" => kind,
                ("superset", "intersects") | ("intersects", "subset") | ("superset", "subset") => "intersects",
                _ => "unknown",
            };
            seen.insert(next.clone(), (hop + 1, sum.to_owned()));
            queue.push_back((next.clone(), hop + 1, sum.to_owned()));
        }
    }
    seen.into_iter().filter(|((framework, _), _)| framework == to).map(|(ids, (_, known))| (ids, known)).collect()
}

fn crosswalk(criterion: &mut Criterion) {
    let files = collection();
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:?}")).value;
    let relations: usize = model.library().crosswalks().iter().map(|c| c.relations.len()).sum();
    let find = |model: &Model, id: &str| model.library().find_framework(id).unwrap();
    let query = |model: &Model, from: &str, to: &str, max_hops| CrosswalkQuery {
        from: find(model, from),
        to: find(model, to),
        control: None,
        max_hops,
        with_unknown: true,
    };
    let mut group = criterion.benchmark_group("crosswalk");
    group.bench_function(format!("{relations} relations made ready"), |b| b.iter(|| model.crosswalks(Trust::All)));
    let (crosswalks, whole) = (model.crosswalks(Trust::All), query(&model, "f7", "f8", 3));
    let first = model.library().framework(whole.from).find_control("c0");
    let one = CrosswalkQuery { control: first, ..whole };
    group.bench_function("one control over 3 hops", |b| b.iter(|| crosswalks.answer(black_box(&one))));
    group.bench_function("a framework over 3 hops", |b| b.iter(|| crosswalks.answer(black_box(&whole))));
    let maps = maps(model.library());
    let ids = |c: &str| ("f7".to_owned(), c.to_owned());
    group.bench_function("peer: one control, plain search", |b| {
        b.iter(|| plain_search(black_box(&maps), &ids("c0"), "f8", 3));
    });
    let controls = model.library().framework(whole.from).controls.len();
    group.bench_function("peer: a framework, plain search", |b| {
        b.iter(|| (0..controls).map(|c| plain_search(&maps, &ids(&format!("c{c}")), "f8", 3).len()).sum::<usize>());
    });
    let builtin = Model::builtin(&mut Sources::default());
    let (crosswalks, shipped) = (builtin.crosswalks(Trust::All), query(&builtin, "iso-27001-2013", "nist-csf-2.0", 2));
    group.bench_function("built-in relations made ready", |b| b.iter(|| builtin.crosswalks(Trust::All)));
    group.bench_function("built-in, 2013 to CSF over 2 hops", |b| b.iter(|| crosswalks.answer(black_box(&shipped))));
    group.finish();
}

fn report(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("report");
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    let file = sources.add("enterprise.toml", enterprise());
    let profile = model.profile(enterprise(), file, &Unchecked).unwrap_or_else(|faults| panic!("{faults:?}")).value;
    let options = DossierOptions { as_of: DATE, expiring_within: 90, hours: None };
    group.bench_function("dossier", |b| b.iter(|| model.dossier(black_box(&profile), &sources, &options)));
    let dossiers = [model.dossier(&profile, &sources, &options)];
    group.bench_function("HTML", |b| b.iter(|| report_html(black_box(&dossiers), Locale::English).unwrap()));
    group.bench_function("HTML in Japanese", |b| {
        b.iter(|| report_html(black_box(&dossiers), Locale::Japanese).unwrap())
    });
    group.bench_function("Markdown", |b| b.iter(|| dossier_markdown(black_box(&dossiers), false, Locale::English)));
    group.bench_function("XLSX", |b| b.iter(|| dossier_xlsx(black_box(&dossiers), Locale::English).unwrap()));
    group.bench_function("peer: JSON by serde", |b| b.iter(|| to_json(black_box(&dossiers[0])).unwrap()));
    group.finish();
}

fn process(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("enterprise.toml");
    #[expect(clippy::disallowed_methods, reason = "the command reads a file")]
    std::fs::write(&path, enterprise()).unwrap();
    let run = |command: &mut Command| {
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(status.success());
    };
    let mut group = criterion.benchmark_group("process");
    group.bench_function("annexa score, enterprise profile", |b| {
        b.iter(|| run(Command::new(env!("CARGO_BIN_EXE_annexa")).args(["score", "--as-of", "2021-12-01"]).arg(&path)));
    });
    let nothing = std::env::current_exe().unwrap();
    group.bench_function("peer: a program that does nothing", |b| {
        b.iter(|| run(Command::new(&nothing).arg("do-nothing")));
    });
    group.finish();
}
