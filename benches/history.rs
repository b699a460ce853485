//! How fast a large history is, each figure beside a peer measured in the same run.
//!
//! A store holds N snapshots of N / 100 tenants, with a small library and small profiles. Measured are: to open
//! it; to record one more snapshot, a small one and that of the shipped enterprise; to list one tenant; and what the
//! trend of a tenant, and that of each of its controls, are drawn from. What is to be seen: no figure grows with the
//! snapshots of other tenants.
//!
//! `cargo bench --bench history` measures with 1 000 and 10 000 snapshots, with `ANNEXA_BENCH_LARGE=1` with
//! 100 000 too. Building a store takes about as long as recording each snapshot; it is kept in `target/tmp`.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark that cannot run should stop, and it has files of its own"
)]

#[allow(
    dead_code,
    clippy::all,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::float_arithmetic,
    missing_docs,
    reason = "random cases are written for the tests"
)]
#[path = "../tests/it/random.rs"]
mod random;

use annexa::report::{history_csv, to_json};
use annexa::{
    EXPIRING_WITHIN_DAYS, History, Library, LibraryFile, LibraryText, LibraryVersion, ListedSnapshot, Model, Recorded,
    Recording, Sources, TenantProfile, TrendPart, TrendQuery, TrendScope, Unchecked,
};
use chrono::{Days, NaiveDate};
use criterion::{BenchmarkId, Criterion, SamplingMode};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File, OpenOptions};
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

const START: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();

/// The snapshots of a tenant.
const EACH: usize = 100;

/// A library, made ready, and a profile that is scored against it.
struct Scored {
    model: Model,
    library: LibraryVersion,
    profile: toml::Table,
}

impl Scored {
    /// The library and profile of a random case.
    fn small() -> Self {
        let case = random::case(7);
        let files = case.files.into_iter().map(|(path, text)| LibraryFile { layer: 1, path, text });
        Self::new(LibraryVersion::new(files.collect()), &case.profile)
    }

    fn enterprise() -> Self {
        let profile = annexa::starter_profiles().find(|(path, _)| path.ends_with("enterprise.toml")).unwrap().1;
        Self::new(LibraryVersion::new(LibraryVersion::builtin_files().collect()), profile)
    }

    fn new(library: LibraryVersion, profile: &str) -> Self {
        let mut sources = Sources::default();
        let files = library.files().iter();
        let texts: Vec<LibraryText<'_>> = files
            .map(|f| {
                let file = sources.add(f.path.clone(), f.text.clone());
                LibraryText { layer: f.layer, path: &f.path, file, text: &f.text }
            })
            .collect();
        let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:?}")).value;
        let profile = toml::from_str(profile).unwrap();
        Self { model, library, profile }
    }

    /// The profile as that of another tenant: its text, and as it is read.
    fn of(&self, tenant: &str) -> (String, TenantProfile) {
        let mut table = self.profile.clone();
        let organization = table.get_mut("organization").unwrap().as_table_mut().unwrap();
        organization.insert("tenant".to_owned(), tenant.into());
        let text = toml::to_string(&table).unwrap();
        let read = self.model.profile(&text, 1_000, &Unchecked).unwrap_or_else(|faults| panic!("{faults:?}")).value;
        (text, read)
    }

    fn recording(&self, (text, profile): &(String, TenantProfile), day: usize) -> Recording {
        let as_of = START.checked_add_days(Days::new(u64::try_from(day).unwrap())).unwrap();
        let score = self.model.score(profile, as_of, EXPIRING_WITHIN_DAYS);
        Recording {
            tenant: profile.profile().tenant.clone(),
            as_of,
            recorded_at: "2026-01-02T03:04:05Z".to_owned(),
            engine: "0.0.0".to_owned(),
            expiring_within: EXPIRING_WITHIN_DAYS,
            note: None,
            subject: None,
            commit: None,
            profile: text.clone(),
            library: self.library.clone(),
            result: to_json(&score).unwrap(),
        }
    }
}

fn record(history: &mut History, recording: &Recording) {
    assert!(matches!(history.record(recording).unwrap(), Recorded::Added(_)));
}

fn tenant(number: usize) -> String {
    format!("tenant-{number:05}.example")
}

/// A store of so many snapshots, made once for each format of the file.
fn store(count: usize, small: &Scored) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(folder).unwrap();
    let empty = tempfile::tempdir_in(folder).unwrap();
    drop(History::create(&empty.path().join("empty.db")).unwrap());
    // The user version of an SQLite file stands in bytes 60 to 63.
    let format = fs::read(empty.path().join("empty.db")).unwrap()[63];
    let path = folder.join(format!("history-{count}-format-{format}.db"));
    if !path.exists() {
        let part = empty.path().join("part.db");
        let mut history = History::create(&part).unwrap();
        let profiles: Vec<_> = (0..count / EACH).map(|number| small.of(&tenant(number))).collect();
        // All tenants record on a day, and then on the next: the pages of one lie far apart.
        for day in 0..EACH {
            for profile in &profiles {
                record(&mut history, &small.recording(profile, day * 7));
            }
        }
        drop(history);
        fs::rename(part, &path).unwrap();
    }
    path
}

fn main() {
    let mut criterion = Criterion::default().measurement_time(Duration::from_secs(2)).configure_from_args();
    let large = std::env::var_os("ANNEXA_BENCH_LARGE").is_some().then_some(100_000);
    let small = Scored::small();
    let enterprise = Scored::enterprise();
    // `cargo test` and `cargo bench -- --list` ask for no figures.
    if std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        return;
    }
    for count in [1_000, 10_000].into_iter().chain(large) {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let path = folder.path().join("history.db");
        fs::copy(store(count, &small), &path).unwrap();
        reading(&mut criterion, &path, count);
        writing(&mut criterion, &path, count, &small, &enterprise);
        println!("{count} snapshots: {} bytes", fs::metadata(&path).unwrap().len());
    }
    criterion.final_summary();
}

fn reading(criterion: &mut Criterion, path: &Path, count: usize) {
    let mut group = criterion.benchmark_group("history");
    let id = |what: &str| BenchmarkId::new(what, count);
    let history = History::open(path).unwrap();
    let (all, one) = (history.list(None).unwrap(), tenant(count / EACH / 2));
    assert_eq!(all.len(), count);
    group.bench_function(id("open"), |b| b.iter(|| History::open(path).unwrap()));
    group.bench_function(id("list one tenant"), |b| {
        b.iter(|| assert_eq!(history.list(Some(black_box(&one))).unwrap().len(), EACH));
    });
    for (what, part) in
        [("trend of one tenant", TrendPart::Whole), ("trend of each of its controls", TrendPart::EachControl)]
    {
        let query = TrendQuery { scope: TrendScope { assessment: None, part }, ..TrendQuery::default() };
        group.bench_function(id(what), |b| b.iter(|| history.trend(black_box(&one), &query).unwrap()));
    }
    // The peers: the same list kept as a plain CSV file, and the same tables without their index.
    let csv = path.with_extension("csv");
    let listed: Vec<ListedSnapshot> = all.iter().map(ListedSnapshot::from).collect();
    fs::write(&csv, history_csv(&listed).unwrap()).unwrap();
    group.bench_function(id("peer: one tenant out of a CSV file"), |b| {
        b.iter(|| {
            let lines = BufReader::new(File::open(&csv).unwrap()).lines();
            let found = lines.filter(|line| line.as_ref().unwrap().split(',').nth(1) == Some(&one)).count();
            assert_eq!(found, EACH);
        });
    });
    let plain = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let query = "SELECT as_of, achieved, possible FROM snapshot NOT INDEXED WHERE tenant = ?1 ORDER BY as_of";
    group.bench_function(id("peer: the table without its index"), |b| {
        b.iter(|| {
            let mut statement = plain.prepare(query).unwrap();
            let rows = statement.query_map([&one], |row| row.get::<_, String>(0)).unwrap();
            assert_eq!(rows.count(), EACH);
        });
    });
    group.finish();
}

fn writing(criterion: &mut Criterion, path: &Path, count: usize, small: &Scored, enterprise: &Scored) {
    let mut group = criterion.benchmark_group("history");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    let id = |what: &str| BenchmarkId::new(what, count);
    let mut history = History::open(path).unwrap();
    for (what, scored) in [("record a small profile", small), ("record the enterprise", enterprise)] {
        let profile = scored.of(&format!("measured-{}.example", what.len()));
        // A day that was not recorded yet, each time.
        let mut day = 0;
        group.bench_function(id(what), |b| {
            b.iter_batched(
                || {
                    day += 1;
                    scored.recording(&profile, day)
                },
                |recording| record(&mut history, &recording),
                criterion::BatchSize::PerIteration,
            );
        });
    }
    let line = to_json(&small.recording(&small.of("measured.example"), 0).result).unwrap();
    let mut file = OpenOptions::new().append(true).create(true).open(path.with_extension("ndjson")).unwrap();
    group.bench_function(id("peer: a result at the end of a file, on the disk"), |b| {
        b.iter(|| {
            file.write_all(line.as_bytes()).unwrap();
            file.sync_all().unwrap();
        });
    });
    group.finish();
}
