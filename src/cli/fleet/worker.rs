//! `annexa fleet worker`: profiles in, results out, for an engine that spreads a fleet over machines.

use super::conduct::merged;
use super::engine::{self, Flow};
use super::faults::{Teller, put_line};
use super::input::{Chunk, Feed, Input, Position};
use super::job::{Job, Scored, Scoring};
use crate::cli::shared::{Session, date};
use crate::cli::{Exit, Failure, Global, Io};
use annexa::report::FleetRowForm;
use annexa::{EXPIRING_WITHIN_DAYS, FleetOptions};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};

/// Score profiles from standard input as they come, for programs that spread a fleet over machines
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa fleet worker --as-of 2020-06-01 < fleet.ndjson > scores.ndjson
  annexa fleet worker --emit summary < part-1.ndjson >> summaries.ndjson
  split -n l/8 --filter='annexa fleet worker --as-of 2020-06-01' fleet.ndjson > scores.ndjson

A profile in JSON on each line of standard input, a row for each of its assessments on standard output, in
the same order. A profile that cannot be read becomes a row with `tenant`, `line` and `error`, and the exit
code stays 0. What is complete is written as soon as the input pauses. With `--emit summary` the faults are
told on standard error and counted in the summary.")]
pub(crate) struct WorkerArgs {
    /// What comes in and goes out
    #[arg(long, value_enum, default_value = "jsonl")]
    stream: StreamForm,
    /// What is written
    #[arg(long, value_enum, default_value = "rows")]
    emit: Emit,
    /// The date of every figure; today in UTC without it
    #[arg(long, visible_alias = "date", value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// End with 2 at the first profile that cannot be used; one thread works unless told otherwise
    #[arg(long)]
    strict: bool,
    /// Report evidence that lapses within so many days
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
    /// How many threads work; as many as there are cores without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StreamForm {
    /// A JSON object on each line
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Emit {
    /// A row for each assessment
    Rows,
    /// One line at the end: what all tenants come to, for `annexa fleet merge`
    Summary,
}

pub(crate) fn run(args: &WorkerArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let session = Session::open(global, io)?;
    io.hide_clock();
    match args.stream {
        StreamForm::Jsonl => lines(args, &session, io),
    }
}

fn lines(args: &WorkerArgs, session: &Session, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let inputs = [Input::Stream];
    let as_of = args.as_of.unwrap_or(io.today());
    let job = Job {
        model: &session.model,
        inputs: &inputs,
        options: FleetOptions { as_of, expiring_within: args.expiring_within },
        file: u32::try_from(session.sources.len()).unwrap_or(u32::MAX),
        rows: (args.emit == Emit::Rows).then_some(FleetRowForm::Ndjson),
        gaps: None,
        controls: None,
        has_names: false,
        summed: (args.emit == Emit::Summary).then(|| session.library_version().digest()),
        is_packing: false,
    };
    // Who asks one profile at a time and waits would wait for ever if another thread were waiting for the next.
    let threads = args.threads.map(usize::from).or(args.strict.then_some(1));
    let pool = engine::threads(threads)?;
    let mut feed = Feed::new(&inputs, Some(io.take_input()), Position::default(), false);
    let is_summed = args.emit == Emit::Summary;
    let teller = Teller::new(&session.sources, &inputs, args.strict || is_summed);
    let mut answers = Answers { io, teller, is_strict: args.strict, is_summed, lines: 0, line: Vec::new() };
    let start = || Scoring::new(&job);
    let (_, sums) = engine::run(&pool, &mut feed, start, |chunk, done| answers.put(chunk, done))?;
    if let Some(sum) = merged(sums.into_iter().flatten())? {
        io.print(&sum.to_json())?;
    }
    Ok(Exit::Met)
}

/// What goes to standard output.
struct Answers<'a, 'i> {
    io: &'a mut Io<'i>,
    teller: Teller<'a>,
    is_strict: bool,
    /// Whether faults are told and counted, and not written among rows.
    is_summed: bool,
    /// How many lines were answered.
    lines: u64,
    /// Reused for each fault.
    line: Vec<u8>,
}

impl Answers<'_, '_> {
    fn put(&mut self, chunk: &Chunk, done: &Scored) -> Result<Flow, Failure> {
        let mut from = 0;
        for reject in &done.rejects {
            self.io.print_bytes(done.rows.get(from..reject.at).unwrap_or_default())?;
            from = reject.at;
            let value = self.teller.error_row(chunk, self.lines + reject.number, reject, self.io);
            if self.is_strict {
                return Err(Failure::Told);
            }
            if self.is_summed {
                continue;
            }
            self.line.clear();
            put_line(&value, &mut self.line)?;
            self.io.print_bytes(&self.line)?;
        }
        self.io.print_bytes(done.rows.get(from..).unwrap_or_default())?;
        // Who writes may be waiting for the answer before it writes on.
        self.io.flush()?;
        self.lines += done.lines;
        Ok(if self.io.is_closed() { Flow::Stop } else { Flow::On })
    }
}
