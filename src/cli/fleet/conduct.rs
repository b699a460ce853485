//! A run from its inputs to its outputs: to standard output as it goes, or into files that are there
//! when all of it is done.

#![expect(clippy::disallowed_methods, reason = "outputs are joined from the working files of a run")]

use super::arrow;
use super::engine::{self, Flow};
use super::faults::Teller;
use super::input::{Feed, Input};
use super::job::{Job, Scoring};
use super::parts::{Counts, Part, Parts, Standing, Stream};
use super::run::Run;
use super::sink::Sink;
use crate::cli::{Failure, Global, Io, output, progress};
use annexa::report::{FleetDetail, FleetRowForm, fleet_detail_header, fleet_header};
use annexa::{Sources, Summary, SummaryFault};
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};

/// From so many files on, a person who watches sees a bar.
const MANY: usize = 50;

/// A file that is written.
pub(super) struct Target<'a> {
    pub(super) stream: Stream,
    pub(super) path: &'a Path,
    /// The form of its rows, in parts at least; rejects have one alone.
    pub(super) form: Option<FleetRowForm>,
    pub(super) sheet: Sheet,
}

/// What rows become when they are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    /// Lines, as they are.
    Lines,
    /// Columns with types.
    Parquet,
}

impl Target<'_> {
    /// Its form, as a run keeps it.
    fn name(&self) -> (String, String) {
        let form = match (self.sheet, self.form) {
            (Sheet::Parquet, _) => "parquet",
            (Sheet::Lines, Some(FleetRowForm::Csv)) => "csv",
            (Sheet::Lines, Some(FleetRowForm::Ndjson) | None) => "ndjson",
        };
        (self.stream.name().to_owned(), form.to_owned())
    }

    /// What stands before the rows.
    fn header(&self) -> Vec<u8> {
        let mut header = Vec::new();
        match (self.stream, self.form) {
            (Stream::Rows, Some(form)) => fleet_header(form, &mut header),
            (Stream::Gaps, Some(form)) => fleet_detail_header(FleetDetail::Gaps, form, &mut header),
            (Stream::Controls, Some(form)) => fleet_detail_header(FleetDetail::Controls, form, &mut header),
            (Stream::Rejects | Stream::Summary, _) | (_, None) => {}
        }
        header
    }
}

/// What a run came to.
pub(super) struct Outcome {
    pub(super) counts: Counts,
    /// How many profiles were read by this process.
    pub(super) here: u64,
    /// How many profiles are of a tenant that has one already.
    pub(super) again: u64,
    /// Whether it was stopped, for nobody reads on.
    pub(super) flow: Flow,
}

/// What is to be done, and with what.
pub(super) struct Conduct<'c> {
    pub(super) job: &'c Job<'c>,
    pub(super) targets: &'c [Target<'c>],
    /// The texts of the library.
    pub(super) library: &'c Sources,
    pub(super) is_strict: bool,
    pub(super) threads: Option<usize>,
    pub(super) part_bytes: u64,
    pub(super) global: &'c Global,
}

impl Conduct<'_> {
    /// Rows go to standard output as they come.
    pub(super) fn to_stream(&self, io: &mut Io<'_>) -> Result<Outcome, Failure> {
        let scratch = tempfile::tempdir()
            .map_err(|error| Failure::Machine(format!("cannot make a folder for what is held back: {error}")))?;
        let pool = engine::threads(self.threads)?;
        let mut feed = self.feed(Standing::default(), io);
        let mut header = Vec::new();
        self.job.rows.into_iter().for_each(|form| fleet_header(form, &mut header));
        io.print_bytes(&header)?;
        let mut part = Part::in_folder(scratch.path(), &self.streams())?;
        let mut sink = self.sink(Standing::default(), io);
        let start = || Scoring::new(self.job);
        let ended = engine::run(&pool, &mut feed, start, |chunk, done| sink.put(&mut part, chunk, done));
        sink.bar.finish_and_clear();
        let (flow, _) = ended?;
        let (counts, mut again) = (sink.counts, 0);
        if flow == Flow::On {
            let names = part.end()?.names;
            let (lines, count) = sink.again(names, scratch.path())?;
            again = count;
            for target in self.targets {
                join(target, [scratch.path().join(target.stream.name()), lines.clone()].into_iter())?;
            }
        }
        Ok(Outcome { counts, here: counts.profiles, again, flow })
    }

    /// Everything goes into parts, which are joined at the end.
    pub(super) fn by_parts(&self, mut parts: Parts, earlier: Option<Run>, io: &mut Io<'_>) -> Result<Outcome, Failure> {
        let run = Run::new(self.job, self.targets.iter().map(Target::name).collect());
        let standing = self.standing(&mut parts, earlier, &run, io)?;
        let pool = engine::threads(self.threads)?;
        let mut feed = self.feed(standing, io);
        let mut sink = self.sink(standing, io);
        sink.bar.inc(if sink.counts_files { standing.position.at } else { feed.bytes_before() });
        let ended = self.all_parts(&pool, &mut feed, &mut sink, &mut parts);
        sink.bar.finish_and_clear();
        if let (Err(Failure::Machine(_)), true) = (&ended, parts.are_there()) {
            let kept = parts.standing().counts.profiles;
            sink.io.say(&format!("what was done is kept: `--resume` goes on after {kept} profiles\n"));
        }
        ended?;
        let (lines, again) = sink.again(parts.names(), &parts.scratch()?)?;
        self.join_summary(&parts)?;
        // The rows come last: where they are, all is.
        for target in self.targets.iter().rev() {
            let lines = (target.stream == Stream::Rejects).then(|| lines.clone());
            join(target, parts.files(target.stream).chain(lines))?;
        }
        parts.remove()?;
        let counts = sink.counts;
        Ok(Outcome { counts, here: counts.profiles - standing.counts.profiles, again, flow: Flow::On })
    }

    fn all_parts(
        &self,
        pool: &rayon::ThreadPool,
        feed: &mut Feed<'_>,
        sink: &mut Sink<'_, '_>,
        parts: &mut Parts,
    ) -> Result<(), Failure> {
        while !feed.is_done() {
            feed.go_on(self.part_bytes);
            let mut part = parts.start(&self.streams())?;
            let start = || Scoring::new(self.job);
            let (_, sums) = engine::run(pool, feed, start, |chunk, done| sink.put(&mut part, chunk, done))?;
            if let Some(sum) = merged(sums.into_iter().flatten())? {
                part.write(Stream::Summary, sum.to_json().as_bytes())?;
            }
            parts.complete(part, feed.position(), sink.lines_of(feed.position().input))?;
        }
        Ok(())
    }

    /// After what the run goes on: nothing, or the parts of an earlier one of the same.
    fn standing(
        &self,
        parts: &mut Parts,
        earlier: Option<Run>,
        run: &Run,
        io: &mut Io<'_>,
    ) -> Result<Standing, Failure> {
        let Some(earlier) = earlier else {
            if parts.are_there() && !self.global.quiet {
                io.say("the parts of a run that did not end are given up; `--resume` would have gone on with them\n");
            }
            parts.clear(run)?;
            return Ok(Standing::default());
        };
        let changes = earlier.changes(run);
        if !changes.is_empty() {
            let message =
                format!("what has been done cannot be gone on with; this has changed: {}", changes.join(", "));
            return Err(Failure::input(message, "start anew, without `--resume`".to_owned()));
        }
        let standing = parts.take_over()?;
        if !self.global.quiet {
            io.say(&format!("going on after {} profiles\n", standing.counts.profiles + standing.counts.rejects));
        }
        Ok(standing)
    }

    fn streams(&self) -> Vec<Stream> {
        let summary = self.job.summed.map(|_| Stream::Summary);
        self.targets.iter().map(|target| target.stream).chain(summary).collect()
    }

    /// Writes what all tenants come to beside their rows.
    fn join_summary(&self, parts: &Parts) -> Result<(), Failure> {
        let Some(mut sum) = self.job.summary() else { return Ok(()) };
        for path in parts.files(Stream::Summary) {
            let file = File::open(&path).map_err(|error| Failure::machine("read", &path, &error))?;
            let merge = |other| sum.merge(other);
            Summary::read_all(file, merge).map_err(|fault| not_summed(&fault))?;
        }
        let Some(rows) = self.targets.iter().find(|target| target.stream == Stream::Rows) else { return Ok(()) };
        output::write_file(&summary_beside(rows.path), sum.to_json())
    }

    pub(super) fn sink<'s, 'i>(&'s self, standing: Standing, io: &'s mut Io<'i>) -> Sink<'s, 'i> {
        // Files with a profile each that have no other input between them are one input.
        let files = if let [Input::Files(files)] = self.job.inputs { Some(files.paths.len()) } else { None };
        let bytes: Option<u64> = self.job.inputs.iter().map(Input::bytes).sum();
        let bar = match files {
            Some(count) => progress::bar(count, MANY, "profiles", self.global, io),
            None => progress::bytes(bytes, self.global, io),
        };
        // What a file has is not drawn too, but for that which ends the run.
        let is_drawing = self.is_strict || !self.targets.iter().any(|target| target.stream == Stream::Rejects);
        Sink {
            io,
            job: self.job,
            teller: Teller::new(self.library, self.job.inputs, is_drawing),
            is_strict: self.is_strict,
            bar,
            counts_files: files.is_some(),
            input: standing.position.input,
            lines: standing.lines,
            counts: standing.counts,
            line: Vec::new(),
        }
    }

    pub(super) fn feed<'f, 'i: 'f>(&'f self, standing: Standing, io: &mut Io<'i>) -> Feed<'f> {
        let stdin = self.job.inputs.contains(&Input::Stream).then(|| io.take_input());
        let stdin = stdin.map(|stdin| -> Box<dyn std::io::Read + Send + 'f> { stdin });
        Feed::new(self.job.inputs, stdin, standing.position, self.job.is_detailed())
    }
}

/// Where the sums lie of a run that writes `out`.
fn summary_beside(out: &Path) -> PathBuf {
    let mut name = OsString::from(out);
    name.push(".summary.json");
    PathBuf::from(name)
}

/// What the threads have summed up, together.
pub(super) fn merged(sums: impl IntoIterator<Item = Summary>) -> Result<Option<Summary>, Failure> {
    let mut sums = sums.into_iter();
    let Some(mut all) = sums.next() else { return Ok(None) };
    sums.try_for_each(|sum| all.merge(sum)).map_err(|fault| not_summed(&fault))?;
    Ok(Some(all))
}

fn not_summed(fault: &SummaryFault) -> Failure {
    Failure::Machine(format!("cannot sum up what was scored: {fault}"))
}

/// Writes an output: what stands before, and the files of its parts.
pub(super) fn join(target: &Target<'_>, files: impl Iterator<Item = PathBuf>) -> Result<(), Failure> {
    output::write_file_by(target.path, |out| {
        let failed = |error: std::io::Error| Failure::machine("write", target.path, &error);
        let open = |path: PathBuf| File::open(&path).map_err(|error| Failure::machine("read", &path, &error));
        if target.sheet == Sheet::Parquet {
            return arrow::join(files.map(open), out, &failed);
        }
        out.write_all(&target.header()).map_err(failed)?;
        for path in files {
            std::io::copy(&mut open(path)?, out).map_err(failed)?;
        }
        Ok(())
    })
}
