//! How fast it is, each figure beside a peer measured in the same run.
//!
//! - `library`: the built-in library made ready, beside reading the same files as TOML at start.
//! - `profile`: a profile read and checked against the library, beside its bare TOML tree.
//! - `evaluate`: the figures of a compiled tenant, for growing profiles; `score` adds the gap rows
//!   and all names.
//! - `process`: the whole command on the enterprise profile, beside a program that does nothing.
//!
//! `cargo bench` runs all; `cargo bench -- evaluate` one group. No figure is a test.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a benchmark that cannot run should stop")]

use annexa::{Evaluation, Library, LibraryText, Model, Sources, TenantProfile, Unchecked};
use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, Throughput};
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
    group.bench_function("score with gap rows, enterprise profile", |b| {
        b.iter(|| model.score(black_box(&tenant), DATE, annexa::EXPIRING_WITHIN_DAYS));
    });
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
