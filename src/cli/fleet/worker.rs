//! `annexa fleet worker`: profiles in, results out, for an engine that spreads a fleet over machines.

use super::arrow;
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
told on standard error and counted in the summary; with `--emit both` the summary is the last line.

With `--stream arrow` the input is a stream of Arrow with a column `profile` (text), or with the fields of a
profile as columns. The output has a column for each of a row, with types, and a column `error`: the fault
of a profile that cannot be read and, with `--emit both`, the summary in the last row.")]
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
    /// Tables of Arrow, in builds with the feature `arrow`
    Arrow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Emit {
    /// A row for each assessment
    Rows,
    /// One line at the end: what all tenants come to, for `annexa fleet merge`
    Summary,
    /// The rows, and behind them the line
    Both,
}

pub(crate) fn run(args: &WorkerArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let session = Session::open(global, io)?;
    io.hide_clock();
    let (input, form) = match (args.stream, args.emit) {
        (StreamForm::Jsonl, Emit::Summary) => (Input::Stream, Form::Sums),
        (StreamForm::Jsonl, _) => (Input::Stream, Form::Lines(Vec::new())),
        (StreamForm::Arrow, Emit::Summary) => (Input::TableStream, Form::Sums),
        (StreamForm::Arrow, _) => (Input::TableStream, Form::Arrow(arrow::answers()?)),
    };
    let inputs = [input];
    let as_of = args.as_of.unwrap_or(io.today());
    let job = Job {
        model: &session.model,
        inputs: &inputs,
        options: FleetOptions { as_of, expiring_within: args.expiring_within },
        file: u32::try_from(session.sources.len()).unwrap_or(u32::MAX),
        rows: (args.emit != Emit::Summary).then_some(FleetRowForm::Ndjson),
        gaps: None,
        controls: None,
        has_names: false,
        summed: (args.emit != Emit::Rows).then(|| session.library_version().digest()),
        is_packing: false,
    };
    // Who asks one profile at a time and waits would wait for ever if another thread were waiting for the next.
    let threads = args.threads.map(usize::from).or(args.strict.then_some(1));
    let pool = engine::threads(threads)?;
    let mut feed = Feed::new(&inputs, Some(io.take_input()), Position::default(), false);
    let teller = Teller::new(&session.sources, &inputs, args.strict || args.emit == Emit::Summary);
    let mut answers = Answers { io, teller, is_strict: args.strict, lines: 0, form };
    let start = || Scoring::new(&job);
    let (_, sums) = engine::run(&pool, &mut feed, start, |chunk, done| answers.put(chunk, done))?;
    answers.end(merged(sums.into_iter().flatten())?.map(|sum| sum.to_json()))?;
    Ok(Exit::Met)
}

/// What goes to standard output.
struct Answers<'a, 'i> {
    io: &'a mut Io<'i>,
    teller: Teller<'a>,
    is_strict: bool,
    /// How many lines were answered.
    lines: u64,
    form: Form,
}

/// How answers are written.
enum Form {
    /// As lines; one for a fault is made in the buffer.
    Lines(Vec<u8>),
    /// As tables.
    Arrow(arrow::Answers),
    /// As nothing but sums: faults are counted, and not written among rows.
    Sums,
}

impl Answers<'_, '_> {
    fn put(&mut self, chunk: &Chunk, done: &Scored) -> Result<Flow, Failure> {
        let mut from = 0;
        for reject in &done.rejects {
            self.rows(done.rows.get(from..reject.at).unwrap_or_default())?;
            from = reject.at;
            let value = self.teller.error_row(chunk, self.lines + reject.number, reject, self.io);
            if self.is_strict {
                return Err(Failure::Told);
            }
            match &mut self.form {
                Form::Lines(line) => {
                    line.clear();
                    put_line(&value, line)?;
                    self.io.print_bytes(line)?;
                }
                Form::Arrow(answers) => answers.error(reject.tenant.as_deref(), &value.to_string())?,
                Form::Sums => {}
            }
        }
        self.rows(done.rows.get(from..).unwrap_or_default())?;
        if let Form::Arrow(answers) = &mut self.form {
            self.io.print_bytes(&answers.bytes()?)?;
        }
        // Who writes may be waiting for the answer before it writes on.
        self.io.flush()?;
        self.lines += done.lines;
        Ok(if self.io.is_closed() { Flow::Stop } else { Flow::On })
    }

    fn rows(&mut self, rows: &[u8]) -> Result<(), Failure> {
        match &mut self.form {
            Form::Lines(_) | Form::Sums => self.io.print_bytes(rows),
            Form::Arrow(answers) => answers.rows(rows),
        }
    }

    /// Writes the sums, if there are some, and the end.
    fn end(self, sums: Option<String>) -> Result<(), Failure> {
        match self.form {
            Form::Lines(_) | Form::Sums => self.io.print(&sums.unwrap_or_default()),
            Form::Arrow(mut answers) => {
                sums.iter().try_for_each(|sums| answers.error(None, sums.trim_end()))?;
                self.io.print_bytes(&answers.finish()?)
            }
        }
    }
}
