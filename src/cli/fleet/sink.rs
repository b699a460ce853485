//! What threads have scored, put where it belongs, in the order of the input.

use super::engine::Flow;
use super::faults::{Teller, put_line};
use super::input::Chunk;
use super::job::{Job, Scored};
use super::names::{Place, twice};
use super::parts::{Counts, Part, Stream};
use crate::cli::{Failure, Io};
use indicatif::ProgressBar;
use std::path::{Path, PathBuf};

/// Where what was scored is put.
pub(super) struct Sink<'s, 'i> {
    pub(super) io: &'s mut Io<'i>,
    pub(super) job: &'s Job<'s>,
    pub(super) teller: Teller<'s>,
    /// Whether the first profile that cannot be used ends the run.
    pub(super) is_strict: bool,
    pub(super) bar: ProgressBar,
    /// Whether the bar counts files, and not bytes.
    pub(super) counts_files: bool,
    /// The input of the last chunk, and how many of its lines were put.
    pub(super) input: usize,
    pub(super) lines: u64,
    pub(super) counts: Counts,
    /// Reused for each fault.
    pub(super) line: Vec<u8>,
}

impl Sink<'_, '_> {
    /// Puts what came of a chunk into a part; rows that the part does not take go to standard output.
    pub(super) fn put(&mut self, part: &mut Part, chunk: &Chunk, done: &mut Scored) -> Result<Flow, Failure> {
        if let Some(failure) = done.failure.take() {
            return Err(failure);
        }
        if self.input != chunk.input {
            (self.input, self.lines) = (chunk.input, 0);
        }
        let has_lines = self.job.inputs.get(chunk.input).is_some_and(|input| input.has_lines());
        let before = if has_lines { self.lines } else { 0 };
        self.rejects(part, chunk, before, done)?;
        part.names.add(&done.names, chunk.input, before)?;
        part.write(Stream::Gaps, &done.gaps)?;
        part.write(Stream::Controls, &done.controls)?;
        if part.has(Stream::Rows) {
            part.write(Stream::Rows, &done.rows)?;
        } else {
            self.io.print_bytes(&done.rows)?;
            // Who reads may be waiting for it.
            self.io.flush()?;
        }
        self.lines += done.lines;
        for counts in [&mut self.counts, &mut part.counts] {
            counts.profiles += done.profiles;
        }
        self.bar.inc(if self.counts_files { chunk.end.saturating_sub(chunk.start) } else { chunk.bytes() });
        Ok(if self.io.is_closed() { Flow::Stop } else { Flow::On })
    }

    /// How many lines of an input were put.
    pub(super) fn lines_of(&self, input: usize) -> u64 {
        if self.input == input { self.lines } else { 0 }
    }

    fn rejects(&mut self, part: &mut Part, chunk: &Chunk, before: u64, done: &Scored) -> Result<(), Failure> {
        for reject in &done.rejects {
            let value = self.bar.suspend(|| self.teller.reject(chunk, before + reject.number, reject, self.io));
            self.line.clear();
            put_line(&value, &mut self.line)?;
            part.write(Stream::Rejects, &self.line)?;
            for counts in [&mut self.counts, &mut part.counts] {
                counts.rejects += 1;
            }
            if self.is_strict {
                return Err(Failure::Told);
            }
        }
        Ok(())
    }

    /// Tells of tenants that come twice, into a file of lines that is made in `scratch`: the file, and
    /// how many they are.
    pub(super) fn again(&mut self, names: Vec<PathBuf>, scratch: &Path) -> Result<(PathBuf, u64), Failure> {
        let mut count = 0;
        let folder = scratch.join("again");
        std::fs::create_dir_all(&folder).map_err(|error| Failure::machine("make the folder", &folder, &error))?;
        let mut lines = Part::in_folder(&folder, &[Stream::Rejects])?;
        twice(names, scratch, |tenant, first: Place, again: Place| {
            let source =
                |(input, number): Place| self.teller.source(usize::try_from(input).unwrap_or(usize::MAX), number);
            let value = self.teller.again(tenant, &source(first), &source(again), self.io);
            self.line.clear();
            put_line(&value, &mut self.line)?;
            count += 1;
            lines.write(Stream::Rejects, &self.line)?;
            if self.is_strict { Err(Failure::Told) } else { Ok(()) }
        })?;
        lines.end()?;
        Ok((folder.join(Stream::Rejects.name()), count))
    }
}
