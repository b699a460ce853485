//! Tables of profiles, read: Parquet, and Arrow's files and streams, as lines of JSON.
//!
//! Each row becomes the line that it would be in NDJSON, so that a table goes the same way as lines do. A
//! column `profile` holds the JSON of each profile, or its fields; without one, the columns of the table
//! are the keys of a profile.

use super::guard::guarded;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, RecordBatchReader};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_json::WriterBuilder;
use arrow_json::writer::LineDelimited;
use arrow_schema::{ArrowError, DataType, Schema};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// What helps where a table cannot be read.
pub(in crate::cli::fleet) const HELP: &str =
    "a table has a column `profile` with the JSON of each profile, or the fields of a profile as columns";
/// The column with the JSON of each profile.
const PROFILE: &str = "profile";
/// The key that every profile has.
const ORGANIZATION: &str = "organization";
/// So many rows of Parquet are read at once: some megabytes of long profiles.
const PARQUET_ROWS: usize = 256;
/// So many rows with nested columns become lines at once.
const NESTED_ROWS: usize = 16;
/// What stands at the end of a stream of Arrow.
const END_OF_STREAM: [u8; 8] = [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0];

/// Why a table cannot be read on: one lowercase clause.
pub(in crate::cli::fleet) type Fault = String;

/// The rows of a table, as lines.
pub(in crate::cli::fleet) struct Table<'t> {
    batches: Box<dyn RecordBatchReader + Send + 't>,
    layout: Layout,
    /// What was read and not handed on, from a row on.
    batch: Option<(Rows, usize)>,
}

/// Where in a table the profiles are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// A column with JSON.
    Text(usize),
    /// A column with the fields of profiles.
    Nested(usize),
    /// All columns are the fields of profiles.
    Whole,
}

/// The profiles of a batch.
enum Rows {
    Text(LargeStringArray),
    Nested(RecordBatch, Option<ArrayRef>),
}

impl<'t> Table<'t> {
    /// Opens a file, whatever of the three forms it has.
    pub(in crate::cli::fleet) fn open(path: &Path) -> Result<Self, Fault> {
        let told = |error: std::io::Error| error.to_string();
        let mut file = File::open(path).map_err(told)?;
        let mut start = [0; 6];
        let mut found = 0;
        while let Some(room) = start.get_mut(found..).filter(|room| !room.is_empty()) {
            match file.read(room).map_err(told)? {
                0 => break,
                count => found += count,
            }
        }
        file.seek(SeekFrom::Start(0)).map_err(told)?;
        guarded(|| Self::of(file, start))
    }

    /// A file that starts like this.
    fn of(file: File, start: [u8; 6]) -> Result<Self, Fault> {
        match start {
            [b'P', b'A', b'R', b'1', ..] => {
                let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| e.to_string())?;
                Self::new(Box::new(builder.with_batch_size(PARQUET_ROWS).build().map_err(|e| e.to_string())?))
            }
            [b'A', b'R', b'R', b'O', b'W', b'1'] => {
                Self::new(Box::new(FileReader::try_new_buffered(file, None).map_err(|e| e.to_string())?))
            }
            [0xff, 0xff, 0xff, 0xff, ..] => Self::stream(Box::new(BufReader::new(file))),
            _ => Err("it is neither Parquet nor a file or a stream of Arrow".to_owned()),
        }
    }

    /// Reads a stream of Arrow.
    pub(in crate::cli::fleet) fn stream(source: Box<dyn Read + Send + 't>) -> Result<Self, Fault> {
        let source = Ending { source, last: [0; 8] };
        let open = || StreamReader::try_new(source, None).map_err(|error| format!("it is no stream of Arrow: {error}"));
        Self::new(Box::new(Stream(guarded(open)?)))
    }

    fn new(batches: Box<dyn RecordBatchReader + Send + 't>) -> Result<Self, Fault> {
        let layout = Layout::of(&batches.schema())?;
        Ok(Self { batches, layout, batch: None })
    }

    /// Adds lines until there are `bytes` of them, or `most` rows, or a batch of the table is at its end: how
    /// many rows they are; none at the end of the table.
    pub(in crate::cli::fleet) fn lines(
        &mut self,
        bytes: usize,
        most: usize,
        out: &mut Vec<u8>,
    ) -> Result<usize, Fault> {
        guarded(|| self.add(bytes, most, out))
    }

    fn add(&mut self, bytes: usize, most: usize, out: &mut Vec<u8>) -> Result<usize, Fault> {
        let (rows, at) = loop {
            match self.batch.take() {
                Some((rows, at)) if at < rows.len() => break (rows, at),
                _ => match self.batches.next() {
                    None => return Ok(0),
                    Some(batch) => self.batch = Some((self.layout.rows(batch.map_err(cut)?)?, 0)),
                },
            }
        };
        let full = out.len().saturating_add(bytes);
        let last = rows.len().min(at.saturating_add(most));
        let mut next = at;
        while next < last && out.len() < full {
            next = rows.add(next, last, out)?;
        }
        self.batch = Some((rows, next));
        Ok(next - at)
    }

    /// Passes over rows: those that a run before has done.
    pub(in crate::cli::fleet) fn skip(&mut self, count: u64) -> Result<(), Fault> {
        guarded(|| self.pass(count))
    }

    fn pass(&mut self, count: u64) -> Result<(), Fault> {
        let mut left = usize::try_from(count).map_err(|_| "it has fewer rows than were done".to_owned())?;
        while left > 0 {
            let Some(batch) = self.batches.next() else { break };
            let rows = self.layout.rows(batch.map_err(cut)?)?;
            let passed = left.min(rows.len());
            left -= passed;
            self.batch = Some((rows, passed));
        }
        Ok(())
    }
}

impl Layout {
    fn of(schema: &Schema) -> Result<Self, Fault> {
        if let Some((position, field)) = schema.column_with_name(PROFILE) {
            return match field.data_type() {
                DataType::Struct(_) => Ok(Self::Nested(position)),
                kind if is_text(kind) => Ok(Self::Text(position)),
                other => {
                    Err(format!("its column `{PROFILE}` has the type {other}, and not text or the fields of a profile"))
                }
            };
        }
        match schema.column_with_name(ORGANIZATION).map(|(_, field)| field.data_type()) {
            Some(DataType::Struct(_)) => Ok(Self::Whole),
            Some(other) => {
                Err(format!("its column `{ORGANIZATION}` has the type {other}, and not fields such as `name`"))
            }
            None => {
                let names: Vec<String> = schema.fields().iter().map(|field| format!("`{}`", field.name())).collect();
                let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
                Err(format!(
                    "it has no column `{PROFILE}` with the JSON of each profile, and no column `{ORGANIZATION}`, as the fields of a profile would have; its columns: {names}"
                ))
            }
        }
    }

    fn rows(self, batch: RecordBatch) -> Result<Rows, Fault> {
        match self {
            Self::Text(position) => {
                // Whatever kind of text it is; what is no UTF-8 becomes null, and so a broken profile.
                let options = CastOptions { safe: true, ..CastOptions::default() };
                let texts = cast_with_options(batch.column(position), &DataType::LargeUtf8, &options);
                Ok(Rows::Text(texts.map_err(|error| error.to_string())?.as_string::<i64>().clone()))
            }
            Self::Nested(position) => {
                let column = batch.column(position);
                let fields = column.as_struct();
                let schema = Schema::new(fields.fields().clone());
                let inner = RecordBatch::try_new(schema.into(), fields.columns().to_vec());
                let nulls = (column.null_count() > 0).then(|| column.clone());
                Ok(Rows::Nested(inner.map_err(|error| error.to_string())?, nulls))
            }
            Self::Whole => Ok(Rows::Nested(batch, None)),
        }
    }
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

impl Rows {
    fn len(&self) -> usize {
        match self {
            Self::Text(texts) => texts.len(),
            Self::Nested(batch, _) => batch.num_rows(),
        }
    }

    /// Adds the line of the row `at`, and perhaps of some behind it that come before `last`: where to go on.
    fn add(&self, at: usize, last: usize, out: &mut Vec<u8>) -> Result<usize, Fault> {
        match self {
            Self::Text(texts) => {
                add_text(texts.is_valid(at).then(|| texts.value(at)), out);
                Ok(at + 1)
            }
            Self::Nested(_, Some(nulls)) if nulls.is_null(at) => {
                out.extend_from_slice(b"null\n");
                Ok(at + 1)
            }
            Self::Nested(batch, nulls) => {
                // Row by row where rows between them are null.
                let count = if nulls.is_some() { 1 } else { NESTED_ROWS.min(last - at) };
                let mut writer = WriterBuilder::new().build::<_, LineDelimited>(out);
                writer.write(&batch.slice(at, count)).map_err(|error| error.to_string())?;
                Ok(at + count)
            }
        }
    }
}

/// Adds a text as a line of its own: a break inside JSON is only a space between its parts, and what is
/// blank is still a row.
fn add_text(text: Option<&str>, out: &mut Vec<u8>) {
    match text.filter(|text| !text.trim().is_empty()) {
        None => out.extend_from_slice(if text.is_some() { b"\"\"" } else { b"null" }),
        Some(text) => {
            let start = out.len();
            out.extend_from_slice(text.as_bytes());
            if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some() {
                let line = out.get_mut(start..).unwrap_or_default();
                line.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
            }
        }
    }
    out.push(b'\n');
}

/// What is wrong with a batch that cannot be read.
fn cut(error: ArrowError) -> Fault {
    match &error {
        ArrowError::IoError(_, io) if io.kind() == std::io::ErrorKind::UnexpectedEof => "it was cut off".to_owned(),
        ArrowError::ParseError(text) if text.contains("end of stream") => "it was cut off".to_owned(),
        _ => error.to_string(),
    }
}

/// A source that remembers how it ended.
struct Ending<R> {
    source: R,
    last: [u8; 8],
}

impl<R: Read> Read for Ending<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(into)?;
        let read = into.get(..count).unwrap_or_default();
        let kept = self.last.len().saturating_sub(read.len());
        let new = self.last.len() - kept;
        self.last.rotate_left(new);
        if let (Some(room), Some(tail)) = (self.last.get_mut(kept..), read.get(read.len() - new..)) {
            room.copy_from_slice(tail);
        }
        Ok(count)
    }
}

/// A stream whose end must be marked: whoever sent half of it may have been cut off between two batches.
struct Stream<R>(StreamReader<Ending<R>>);

impl<R: Read> Iterator for Stream<R> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let was_finished = self.0.is_finished();
        let next = self.0.next();
        if next.is_none() && !was_finished && self.0.get_ref().last != END_OF_STREAM {
            let cut = std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
            return Some(Err(ArrowError::IoError("no end of the stream".to_owned(), cut)));
        }
        next
    }
}

impl<R: Read> RecordBatchReader for Stream<R> {
    fn schema(&self) -> arrow_schema::SchemaRef {
        self.0.schema()
    }
}
