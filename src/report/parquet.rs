//! Result rows as Parquet: one file a table, the same bytes for the same rows.
//!
//! Texts are UTF-8 strings, days `DATE`, whole numbers `INT64`, points `DECIMAL(18, 4)`; an empty cell is
//! null. The file is one row group, compressed by Snappy.

use super::tabular::{TabularCell, TabularColumn, TabularRows, TabularSort};
use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;
use chrono::NaiveDate;
use std::sync::Arc;

/// Why rows have no Parquet form.
pub type ParquetError = ::parquet::errors::ParquetError;

/// The bytes of a Parquet file.
///
/// # Errors
/// A cell is not of the sort of its column.
pub fn parquet(table: &TabularRows) -> Result<Vec<u8>, ParquetError> {
    let fields: Result<Vec<_>, _> = table.columns.iter().map(|column| field(column).map(Arc::new)).collect();
    let schema = Type::group_type_builder("schema").with_fields(fields?).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        // Not the version of the crate, so that a newer build writes the same bytes.
        .set_created_by("annexa".to_owned())
        .set_max_row_group_row_count(None)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (position, column) in table.columns.iter().enumerate() {
        let Some(mut out) = group.next_column()? else { break };
        let cells: Vec<&TabularCell> = table.rows.iter().filter_map(|row| row.get(position)).collect();
        fill(&mut out, column, &cells)?;
        out.close()?;
    }
    group.close()?;
    writer.into_inner()
}

fn field(column: &TabularColumn) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.sort {
        TabularSort::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        TabularSort::Day => (Physical::INT32, Some(LogicalType::Date)),
        TabularSort::Whole => (Physical::INT64, None),
        TabularSort::Points => (Physical::INT64, Some(LogicalType::decimal(4, 18))),
        TabularSort::Flag => (Physical::BOOLEAN, None),
    };
    let builder = Type::primitive_type_builder(column.name, physical).with_logical_type(logical);
    let builder = if column.sort == TabularSort::Points { builder.with_precision(18).with_scale(4) } else { builder };
    let repetition = if column.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    builder.with_repetition(repetition).build()
}

fn fill(
    out: &mut SerializedColumnWriter<'_>,
    column: &TabularColumn,
    cells: &[&TabularCell],
) -> Result<(), ParquetError> {
    match column.sort {
        TabularSort::Text => put::<ByteArrayType>(out, column, cells, |cell| match cell {
            TabularCell::Text(text) => Some(ByteArray::from(text.as_bytes().to_vec())),
            _ => None,
        }),
        TabularSort::Day => put::<Int32Type>(out, column, cells, |cell| match cell {
            TabularCell::Day(day) => i32::try_from((*day - NaiveDate::default()).num_days()).ok(),
            _ => None,
        }),
        TabularSort::Whole | TabularSort::Points => put::<Int64Type>(out, column, cells, |cell| match cell {
            TabularCell::Number(number) => Some(*number),
            _ => None,
        }),
        TabularSort::Flag => put::<BoolType>(out, column, cells, |cell| match cell {
            TabularCell::Flag(flag) => Some(*flag),
            _ => None,
        }),
    }
}

/// Writes the values of a column, and where there are none.
fn put<T: DataType>(
    out: &mut SerializedColumnWriter<'_>,
    column: &TabularColumn,
    cells: &[&TabularCell],
    value: impl Fn(&TabularCell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let values: Vec<Option<T::T>> = cells.iter().map(|cell| value(cell)).collect();
    let wrong = cells.iter().zip(&values).any(|(cell, value)| value.is_none() && **cell != TabularCell::Empty);
    if wrong || !column.optional && values.iter().any(Option::is_none) {
        return Err(ParquetError::General(format!("a cell of the column `{}` is of another sort", column.name)));
    }
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    let levels = column.optional.then_some(levels.as_slice());
    out.typed::<T>().write_batch(&values, levels, None).map(drop)
}
