//! Result rows as columns with types, a batch at a time: for Parquet, and for streams of Arrow.
//!
//! The rows come as the lines of NDJSON that [`fleet_rows`](super::fleet_rows) writes, so that there is one
//! way in which a row is made; every figure is a decimal or a whole number, never a floating-point number.

use crate::fleet::FLEET_COLUMNS;
use arrow_array::RecordBatch;
use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use serde::Serialize;
use std::sync::Arc;

/// The column of a stream that holds what is wrong with a profile, for one that cannot be read.
pub const FLEET_ERROR: &str = "error";

/// So many rows are decoded at once.
const BATCH_ROWS: usize = 4096;

/// Makes batches of rows.
#[derive(Debug)]
pub struct FleetTable {
    schema: SchemaRef,
    decoder: Decoder,
}

/// The row of a profile that cannot be read: no figure, and why.
#[derive(Serialize)]
struct ErrorRow<'e> {
    tenant: Option<&'e str>,
    error: &'e str,
}

impl FleetTable {
    /// A table of [`FLEET_COLUMNS`], and of [`FLEET_ERROR`] if broken profiles have rows too.
    ///
    /// # Errors
    /// Never, as long as each type can be decoded.
    pub fn new(with_errors: bool) -> Result<Self, ArrowError> {
        let figures = FLEET_COLUMNS.iter().map(|name| {
            let sort = sort(name);
            Field::new(*name, sort, with_errors || may_be_empty(name))
        });
        let error = with_errors.then(|| Field::new(FLEET_ERROR, DataType::Utf8, true));
        let schema = Arc::new(Schema::new(figures.chain(error).collect::<Vec<_>>()));
        let builder = ReaderBuilder::new(Arc::clone(&schema)).with_batch_size(BATCH_ROWS);
        Ok(Self { schema, decoder: builder.with_strict_mode(true).build_decoder()? })
    }

    /// The names and types of its columns.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Takes lines of NDJSON, and hands on each batch that is full.
    ///
    /// # Errors
    /// The lines are no result rows, or handing on fails.
    pub fn rows<E: From<ArrowError>>(
        &mut self,
        lines: &[u8],
        mut full: impl FnMut(&RecordBatch) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rest = lines;
        while !rest.is_empty() {
            let read = self.decoder.decode(rest)?;
            rest = rest.get(read..).unwrap_or_default();
            if !rest.is_empty() {
                self.flush()?.iter().try_for_each(&mut full)?;
            }
        }
        Ok(())
    }

    /// Takes a profile that cannot be read, in a table with errors.
    ///
    /// # Errors
    /// Handing on a full batch fails.
    pub fn error<E: From<ArrowError>>(
        &mut self,
        tenant: Option<&str>,
        error: &str,
        full: impl FnMut(&RecordBatch) -> Result<(), E>,
    ) -> Result<(), E> {
        let row = serde_json::to_vec(&ErrorRow { tenant, error });
        let mut line = row.map_err(|error| ArrowError::from_external_error(Box::new(error)))?;
        line.push(b'\n');
        self.rows(&line, full)
    }

    /// The rows taken since the last batch, if there are some.
    ///
    /// # Errors
    /// The lines are no result rows.
    pub fn flush(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        self.decoder.flush()
    }
}

fn sort(column: &str) -> DataType {
    match column {
        "tenant" | "organization" | "sector" | "partner" | "region" | "template" | "group" => DataType::Utf8,
        "as_of" | "outlook_by" => DataType::Date32,
        _ if is_percent(column) => DataType::Decimal128(5, 2),
        _ if ["achieved", "assured", "unassessed"].iter().any(|end| column.ends_with(end)) => {
            DataType::Decimal128(18, 4)
        }
        _ => DataType::Int64,
    }
}

fn is_percent(column: &str) -> bool {
    column == "target" || column.ends_with("percent")
}

/// No score is no figure, and so is no target.
fn may_be_empty(column: &str) -> bool {
    is_percent(column)
}
