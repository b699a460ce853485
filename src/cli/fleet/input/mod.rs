//! What a fleet is read from: the inputs in order, and chunks of them that any thread can work on.
//!
//! [`find`] looks at what the user names; a [`Feed`] goes through it, in the order of the arguments
//! and inside a folder by path, and cuts it into chunks. Each chunk knows its place, so that a run
//! can go on after it. To add a form of input, add an [`Input`] and a way to read it. The rows of a table
//! become lines, and what is told of them is told by the number of the row.

mod find;
mod lines;

pub(super) use find::find;

use super::arrow::Table;
use super::pack_file::PackFile;
use crate::cli::Failure;
use lines::Lines;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

/// So many bytes of lines are a chunk: enough for the work on it to be worth taking turns, and little
/// enough to stay in the cache of a core.
const CHUNK_BYTES: usize = 256 * 1024;
/// The same where every gap or control is written: what comes of a profile is far more than it is.
const DETAILED_CHUNK_LINES: usize = 16;
/// So many files are a chunk.
const CHUNK_FILES: usize = 8;
/// What a file counts as where bytes are counted.
const FILE_BYTES: u64 = 32 * 1024;
/// What a block of a pack counts as there.
const BLOCK_BYTES: u64 = 512 * 1024;
/// How much is a chunk where each becomes a block of a pack: what tenants share is kept once for each.
const LARGE_CHUNK_BYTES: usize = 8 * 1024 * 1024;
const LARGE_CHUNK_FILES: usize = 256;

/// Profiles to be read, of one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A file with a profile on each line.
    Lines(FileOfLines),
    /// The same from standard input.
    Stream,
    /// Files with a profile each.
    Files(Files),
    /// A pack; no folder is searched for them.
    Pack(Arc<PackFile>),
    /// A table with a profile in each row: Parquet or Arrow.
    Table(FileOfLines),
    /// The same from standard input, as a stream of Arrow.
    TableStream,
}

/// A file with a profile on each line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileOfLines {
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    /// When it was last written, in nanoseconds.
    pub(super) modified: u128,
}

/// Files with a profile each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Files {
    pub(super) paths: Vec<PathBuf>,
    /// The digest of their paths, sizes and times.
    pub(super) digest: String,
}

impl Input {
    /// How many bytes of it there are to be read, about; unknown of a stream.
    pub(super) fn bytes(&self) -> Option<u64> {
        match self {
            Self::Lines(file) => Some(file.bytes),
            // What is packed in a table says little of what is to be done.
            Self::Stream | Self::Table(_) | Self::TableStream => None,
            Self::Files(files) => u64::try_from(files.paths.len()).ok().map(|count| count.saturating_mul(FILE_BYTES)),
            Self::Pack(pack) => Some(pack.blocks().saturating_mul(BLOCK_BYTES)),
        }
    }

    /// The name of the profile on a line, or in the file of this number.
    pub(super) fn name(&self, number: u64) -> String {
        match self {
            Self::Lines(file) | Self::Table(file) => file.path.display().to_string(),
            Self::Stream | Self::TableStream => "standard input".to_owned(),
            Self::Pack(pack) => pack.path.display().to_string(),
            Self::Files(files) => {
                let path = usize::try_from(number).ok().and_then(|number| files.paths.get(number));
                path.map(|path| path.display().to_string()).unwrap_or_default()
            }
        }
    }

    /// Whether its profiles are told apart by line.
    pub(super) fn has_lines(&self) -> bool {
        matches!(self, Self::Lines(_) | Self::Stream)
    }
}

/// A piece of an input.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// The number of the input.
    pub(super) input: usize,
    /// Where it starts: at which byte, or with which file or row.
    pub(super) start: u64,
    /// Where the next one starts.
    pub(super) end: u64,
    pub(super) body: Body,
}

impl Chunk {
    /// How many bytes it is, about.
    pub(super) fn bytes(&self) -> u64 {
        let unit = match self.body {
            Body::Files => FILE_BYTES,
            Body::Block => BLOCK_BYTES,
            Body::Lines | Body::TooLong => 1,
            Body::Rows(bytes) => return bytes,
        };
        self.end.saturating_sub(self.start).saturating_mul(unit)
    }
}

/// What a chunk is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Whole lines, which are in the buffer.
    Lines,
    /// A line that is longer than any profile; it was not kept.
    TooLong,
    /// Rows of a table, which are in the buffer as so many bytes of lines.
    Rows(u64),
    /// Files to be read.
    Files,
    /// A block of a pack, to be read.
    Block,
}

/// What a chunk of lines is read into; used again for the next.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    /// As long as the longest chunk so far; what lies behind `filled` is left over from others.
    bytes: Vec<u8>,
    filled: usize,
}

impl Buffer {
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.filled).unwrap_or_default()
    }

    /// Room for `count` more bytes.
    fn room(&mut self, count: usize) -> &mut [u8] {
        let end = self.filled.saturating_add(count);
        if self.bytes.len() < end {
            self.bytes.resize(end, 0);
        }
        self.bytes.get_mut(self.filled..end).unwrap_or_default()
    }

    /// Takes what `put` adds, in place of what it has.
    fn refill<T>(&mut self, put: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        self.bytes.clear();
        let made = put(&mut self.bytes);
        self.filled = self.bytes.len();
        made
    }

    fn fill(&mut self, bytes: &[u8]) {
        self.filled = 0;
        self.room(bytes.len()).copy_from_slice(bytes);
        self.filled = bytes.len();
    }
}

/// Where a run stands: before which byte or file of which input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) input: usize,
    pub(super) at: u64,
}

/// Goes through the inputs.
pub(super) struct Feed<'f> {
    inputs: &'f [Input],
    stdin: Option<Box<dyn Read + Send + 'f>>,
    at: Position,
    lines: Option<Lines<'f>>,
    table: Option<Table<'f>>,
    /// At most so many lines are a chunk.
    most_lines: Option<usize>,
    chunk_bytes: usize,
    chunk_files: usize,
    /// How many bytes may still be taken before it has no more for now.
    budget: u64,
}

impl<'f> Feed<'f> {
    /// Goes through the inputs from a position on. Chunks are smaller where the work on them `is_detailed`.
    pub(super) fn new(
        inputs: &'f [Input],
        stdin: Option<Box<dyn Read + Send + 'f>>,
        at: Position,
        is_detailed: bool,
    ) -> Self {
        let most_lines = is_detailed.then_some(DETAILED_CHUNK_LINES);
        let chunk_files = if is_detailed { 1 } else { CHUNK_FILES };
        let (lines, table, budget) = (None, None, u64::MAX);
        Self { inputs, stdin, at, lines, table, most_lines, chunk_bytes: CHUNK_BYTES, chunk_files, budget }
    }

    /// The same in chunks that are large enough to be blocks of a pack.
    pub(super) fn in_large_chunks(self) -> Self {
        Self { chunk_bytes: LARGE_CHUNK_BYTES, chunk_files: LARGE_CHUNK_FILES, ..self }
    }

    /// From now on it gives about so many bytes, and then nothing until it is told to go on again.
    pub(super) fn go_on(&mut self, bytes: u64) {
        self.budget = bytes;
    }

    /// Whether everything was read.
    pub(super) fn is_done(&self) -> bool {
        self.at.input >= self.inputs.len()
    }

    /// How many bytes lie before where it stands, about.
    pub(super) fn bytes_before(&self) -> u64 {
        let whole = self.inputs.iter().take(self.at.input).filter_map(Input::bytes).sum::<u64>();
        let unit = match self.inputs.get(self.at.input) {
            Some(Input::Files(_)) => FILE_BYTES,
            Some(Input::Pack(_)) => BLOCK_BYTES,
            _ => 1,
        };
        whole.saturating_add(self.at.at.saturating_mul(unit))
    }

    /// Before what it stands.
    pub(super) fn position(&self) -> Position {
        self.at
    }

    /// The next chunk; its lines go into `buffer`.
    pub(super) fn next(&mut self, buffer: &mut Buffer) -> Result<Option<Chunk>, Failure> {
        while self.budget > 0 {
            let Some(input) = self.inputs.get(self.at.input) else { break };
            let found = match input {
                Input::Files(files) => self.files(files),
                Input::Pack(pack) => (self.at.at < pack.blocks()).then_some((self.at.at + 1, Body::Block)),
                Input::Lines(_) | Input::Stream => self.lines(input, buffer)?,
                Input::Table(_) | Input::TableStream => self.rows(input, buffer)?,
            };
            if let Some((end, body)) = found {
                let chunk = Chunk { input: self.at.input, start: self.at.at, end, body };
                self.budget = self.budget.saturating_sub(chunk.bytes());
                self.at.at = end;
                return Ok(Some(chunk));
            }
            self.at = Position { input: self.at.input + 1, at: 0 };
            (self.lines, self.table) = (None, None);
        }
        Ok(None)
    }

    fn files(&self, files: &Files) -> Option<(u64, Body)> {
        let count = u64::try_from(files.paths.len()).unwrap_or(u64::MAX);
        let most = u64::try_from(self.chunk_files).unwrap_or(1);
        (self.at.at < count).then(|| (count.min(self.at.at + most), Body::Files))
    }

    fn lines(&mut self, input: &Input, buffer: &mut Buffer) -> Result<Option<(u64, Body)>, Failure> {
        let name = || input.name(0);
        let failed = |error: std::io::Error| Failure::Machine(format!("cannot read `{}`: {error}", name()));
        let lines = match &mut self.lines {
            Some(lines) => lines,
            none => {
                let opened = match input {
                    Input::Lines(file) => Lines::open(&file.path, self.at.at).map_err(failed)?,
                    _ => Lines::stream(self.stdin.take().unwrap_or_else(|| Box::new(std::io::empty()))),
                };
                none.insert(opened)
            }
        };
        let most = usize::try_from(self.budget).unwrap_or(usize::MAX).min(self.chunk_bytes);
        let found = lines.next(buffer, most, self.most_lines).map_err(failed)?;
        Ok(found.map(|(count, body)| (self.at.at.saturating_add(count), body)))
    }

    fn rows(&mut self, input: &Input, buffer: &mut Buffer) -> Result<Option<(u64, Body)>, Failure> {
        let failed = |fault: String| Failure::input(format!("cannot read `{}`: {fault}", input.name(0)), None);
        let table = match &mut self.table {
            Some(table) => table,
            none => {
                let mut opened = match input {
                    Input::Table(file) => Table::open(&file.path),
                    _ => Table::stream(self.stdin.take().unwrap_or_else(|| Box::new(std::io::empty()))),
                }
                .map_err(failed)?;
                opened.skip(self.at.at).map_err(failed)?;
                none.insert(opened)
            }
        };
        let bytes = usize::try_from(self.budget).unwrap_or(usize::MAX).min(self.chunk_bytes);
        let most = self.most_lines.unwrap_or(usize::MAX);
        let rows = buffer.refill(|lines| table.lines(bytes, most, lines)).map_err(failed)?;
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let body = Body::Rows(count(buffer.filled));
        Ok((rows > 0).then(|| (self.at.at.saturating_add(count(rows)), body)))
    }
}
