//! Result rows, written as Parquet or as a stream of Arrow.

use crate::cli::Failure;
use annexa::report::FleetTable;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::ArrowError;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Write};

/// So many rows are a group of Parquet: what is held before it is written.
const GROUP_ROWS: usize = 65_536;
/// So much is read at once of rows that were written as lines.
const READ_BYTES: usize = 256 * 1024;

/// Parquet, being written.
pub(super) struct ParquetRows<W: Write + Send> {
    table: FleetTable,
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> ParquetRows<W> {
    pub(in crate::cli::fleet) fn new(out: W) -> Result<Self> {
        let table = FleetTable::new(false).map_err(Error::other)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            // Not the version of the crate, so that a newer build writes the same bytes.
            .set_created_by("annexa".to_owned())
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .build();
        let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
        let writer = ArrowWriter::try_new_with_options(out, table.schema(), options).map_err(Error::other)?;
        Ok(Self { table, writer })
    }

    /// Takes rows, as lines of NDJSON.
    pub(in crate::cli::fleet) fn rows(&mut self, lines: &[u8]) -> Result<()> {
        let writer = &mut self.writer;
        self.table.rows::<ParquetError>(lines, |batch| writer.write(batch)).map_err(io)
    }

    /// Writes what is left, and where everything stands.
    pub(in crate::cli::fleet) fn finish(mut self) -> Result<W> {
        if let Some(batch) = self.table.flush().map_err(Error::other)? {
            self.writer.write(&batch).map_err(io)?;
        }
        self.writer.into_inner().map_err(io)
    }
}

/// What the system said, where it was the system that failed.
fn io(error: ParquetError) -> Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<Error>() {
            Ok(error) => *error,
            Err(inner) => Error::other(inner),
        },
        other => Error::other(other),
    }
}

/// Writes the rows in files of lines, one after the other, as one file of Parquet.
pub(in crate::cli::fleet) fn join(
    files: impl Iterator<Item = std::result::Result<File, Failure>>,
    out: &mut (dyn Write + Send),
    failed: &dyn Fn(Error) -> Failure,
) -> std::result::Result<(), Failure> {
    let mut rows = ParquetRows::new(out).map_err(failed)?;
    let mut buffer = vec![0; READ_BYTES];
    for file in files {
        let mut file = file?;
        loop {
            let count = match file.read(&mut buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                read => read.map_err(failed)?,
            };
            if count == 0 {
                break;
            }
            rows.rows(buffer.get(..count).unwrap_or_default()).map_err(failed)?;
        }
    }
    rows.finish().map(drop).map_err(failed)
}

/// Answers in a stream of Arrow: rows, and what is wrong with profiles that cannot be read.
pub(in crate::cli::fleet) struct Answers {
    table: FleetTable,
    writer: StreamWriter<Vec<u8>>,
}

/// Starts to answer.
pub(in crate::cli::fleet) fn answers() -> std::result::Result<Answers, Failure> {
    let table = FleetTable::new(true).map_err(internal)?;
    let writer = StreamWriter::try_new(Vec::new(), &table.schema()).map_err(internal)?;
    Ok(Answers { table, writer })
}

impl Answers {
    /// Takes rows, as lines of NDJSON.
    pub(in crate::cli::fleet) fn rows(&mut self, lines: &[u8]) -> std::result::Result<(), Failure> {
        let writer = &mut self.writer;
        self.table.rows(lines, |batch| writer.write(batch)).map_err(internal)
    }

    /// Takes a profile that cannot be read.
    pub(in crate::cli::fleet) fn error(
        &mut self,
        tenant: Option<&str>,
        error: &str,
    ) -> std::result::Result<(), Failure> {
        let writer = &mut self.writer;
        self.table.error(tenant, error, |batch| writer.write(batch)).map_err(internal)
    }

    /// The bytes of what was taken: whoever reads may wait for it.
    pub(in crate::cli::fleet) fn bytes(&mut self) -> std::result::Result<Vec<u8>, Failure> {
        if let Some(batch) = self.table.flush().map_err(internal)? {
            self.writer.write(&batch).map_err(internal)?;
        }
        Ok(std::mem::take(self.writer.get_mut()))
    }

    /// What is left, and that it is the end.
    pub(in crate::cli::fleet) fn finish(mut self) -> std::result::Result<Vec<u8>, Failure> {
        let mut bytes = self.bytes()?;
        bytes.append(&mut self.writer.into_inner().map_err(internal)?);
        Ok(bytes)
    }
}

/// That rows which were made here are none.
fn internal(error: ArrowError) -> Failure {
    Failure::Machine(format!("cannot write rows as a table: {error}"))
}

/// Holds: this build has tables.
pub(in crate::cli::fleet) fn must_be_built(_: &str) -> std::result::Result<(), Failure> {
    Ok(())
}
