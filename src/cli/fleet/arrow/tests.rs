//! Tables written here and read back, whole and broken.

use super::write::ParquetRows;
use super::{Table, answers};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, DictionaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, StructArray,
};
use arrow_cast::display::array_value_to_string;
use arrow_ipc::CompressionType;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use arrow_json::ReaderBuilder;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::io::Write;
use std::sync::Arc;

/// Texts as they come: JSON, JSON over two lines, nothing, blanks.
const TEXTS: [Option<&str>; 5] = [Some(r#"{"a":1}"#), Some("{\r\n\"b\": 2}"), None, Some(" \n"), Some("")];
const LINES: &str = "{\"a\":1}\n{  \"b\": 2}\nnull\n\"\"\n\"\"\n";

fn batch(column: ArrayRef) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable([("other", Arc::clone(&column), true), ("profile", column, true)]).unwrap()
}

fn stream(batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batches[0].schema()).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.into_inner().unwrap()
}

fn lines_of(mut table: Table<'_>) -> Result<String, String> {
    let mut out = Vec::new();
    while table.lines(1, 3, &mut out)? > 0 {}
    Ok(String::from_utf8(out).unwrap())
}

fn read(bytes: &[u8]) -> Result<String, String> {
    lines_of(Table::stream(Box::new(bytes))?)
}

fn read_file(bytes: &[u8]) -> Result<String, String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    lines_of(Table::open(file.path())?)
}

fn parquet(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn every_kind_of_text_is_read_alike() {
    let texts = TEXTS.to_vec();
    let columns: [ArrayRef; 5] = [
        Arc::new(StringArray::from(texts.clone())),
        Arc::new(LargeStringArray::from(texts.clone())),
        Arc::new(StringViewArray::from(texts.clone())),
        Arc::new(texts.iter().copied().collect::<DictionaryArray<Int32Type>>()),
        Arc::new(texts.iter().map(|text| text.map(str::as_bytes)).collect::<BinaryArray>()),
    ];
    for column in columns {
        let batch = batch(column);
        let kind = batch.column(1).data_type();
        assert_eq!(read(&stream(&[batch.clone()])).unwrap(), LINES, "{kind}");
        assert_eq!(
            read(&stream(&[batch.clone(), batch.slice(0, 0), batch.slice(3, 2)])).unwrap(),
            format!("{LINES}\"\"\n\"\"\n")
        );
        for compression in [
            Compression::UNCOMPRESSED,
            Compression::SNAPPY,
            Compression::GZIP(Default::default()),
            Compression::LZ4_RAW,
            Compression::ZSTD(ZstdLevel::default()),
        ] {
            assert_eq!(read_file(&parquet(&batch, compression)).unwrap(), LINES, "{kind} {compression}");
        }
    }
    let wrong = BinaryArray::from(vec![b"{\"a\":1}".as_slice(), b"\xff"]);
    assert_eq!(read(&stream(&[batch(Arc::new(wrong))])).unwrap(), "{\"a\":1}\nnull\n");
}

#[test]
fn files_of_arrow_are_read_compressed_or_not() {
    let batch = batch(Arc::new(StringArray::from(TEXTS.to_vec())));
    assert_eq!(read_file(&stream(&[batch.clone()])).unwrap(), LINES);
    for compression in [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)] {
        let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
        let mut writer = FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options).unwrap();
        writer.write(&batch).unwrap();
        assert_eq!(read_file(&writer.into_inner().unwrap()).unwrap(), LINES);
    }
}

/// A table with the fields of a profile: absent ones are null.
fn nested() -> RecordBatch {
    let fields = |list: &[(&str, DataType)]| {
        let fields = list.iter().map(|(name, kind)| Field::new(*name, kind.clone(), true));
        DataType::Struct(fields.collect())
    };
    let organization = fields(&[("name", DataType::Utf8), ("region", DataType::Utf8)]);
    let action = fields(&[
        ("id", DataType::Utf8),
        ("tested_on", DataType::Date32),
        ("fraction", DataType::Decimal128(5, 4)),
        ("target", DataType::Float64),
    ]);
    let actions = DataType::List(Arc::new(Field::new("item", action, true)));
    let DataType::Struct(whole) = fields(&[("organization", organization), ("action", actions)]) else {
        unreachable!()
    };
    let mut decoder = ReaderBuilder::new(Arc::new(Schema::new(whole))).build_decoder().unwrap();
    decoder.decode(NESTED.as_bytes()).unwrap();
    decoder.flush().unwrap().unwrap()
}

const NESTED: &str = concat!(
    r#"{"organization":{"name":"One"},"action":[{"id":"a","tested_on":"2024-10-04","fraction":0.7500,"target":82.5},{"id":"b"}]}"#,
    "\n",
    r#"{"organization":{"name":"Two \"2\"","region":"EU"},"action":[]}"#,
    "\n",
);

#[test]
fn nested_columns_become_the_json_of_a_profile() {
    let batch = nested();
    assert_eq!(read(&stream(&[batch.clone()])).unwrap(), NESTED);
    assert_eq!(read_file(&parquet(&batch, Compression::SNAPPY)).unwrap(), NESTED);
    let structs = StructArray::from(batch.clone());
    let inside = RecordBatch::try_from_iter_with_nullable([("profile", Arc::new(structs) as ArrayRef, true)]).unwrap();
    assert_eq!(read(&stream(&[inside])).unwrap(), NESTED);
    let (fields, columns, _) = StructArray::from(batch).into_parts();
    let structs = StructArray::new(fields, columns, Some(vec![false, true].into()));
    let inside = RecordBatch::try_from_iter_with_nullable([("profile", Arc::new(structs) as ArrayRef, true)]).unwrap();
    assert_eq!(read(&stream(&[inside])).unwrap(), format!("null\n{}\n", NESTED.lines().nth(1).unwrap()));
}

#[test]
fn an_empty_table_has_no_rows_and_another_one_is_refused() {
    let texts = |names: &[&str]| {
        let column = Arc::new(StringArray::from(vec!["x"])) as ArrayRef;
        RecordBatch::try_from_iter(names.iter().map(|name| (*name, Arc::clone(&column)))).unwrap()
    };
    assert_eq!(read(&stream(&[texts(&["profile"]).slice(0, 0)])).unwrap(), "");
    assert_eq!(read_file(&parquet(&texts(&["profile"]).slice(0, 0), Compression::SNAPPY)).unwrap(), "");
    let said = read(&stream(&[texts(&["name", "json"])])).unwrap_err();
    assert!(said.contains("no column `profile`") && said.ends_with("its columns: `name`, `json`"), "{said}");
    let said = read(&stream(&[texts(&["organization"])])).unwrap_err();
    assert!(said.contains("`organization` has the type Utf8"), "{said}");
    let said = read(&stream(&[batch(Arc::new(Int64Array::from(vec![1])))])).unwrap_err();
    assert!(said.contains("`profile` has the type Int64, and not text"), "{said}");
    for bytes in [&b""[..], b"PA", b"{\"organization\":", b"PAR1PAR1", b"ARROW1", b"\xff\xff\xff\xff\x10\0\0\0"] {
        assert!(read_file(bytes).is_err(), "{bytes:?}");
    }
}

/// Wherever it is cut, it ends in a message, after the rows that came before.
#[test]
fn a_table_that_was_cut_off_is_told() {
    let batch = batch(Arc::new(StringArray::from(TEXTS.to_vec())));
    let whole = stream(&[batch.clone(), batch.clone()]);
    let cut = (0..whole.len()).filter(|end| read(&whole[..*end]).is_ok());
    assert_eq!(cut.collect::<Vec<_>>(), Vec::<usize>::new());
    assert_eq!(read(&whole[..whole.len() - 8]).unwrap_err(), "it was cut off");
    assert_eq!(read(&whole[..whole.len() - 90]).unwrap_err(), "it was cut off");
    for whole in [parquet(&batch, Compression::SNAPPY), parquet(&nested(), Compression::ZSTD(ZstdLevel::default()))] {
        for end in (0..whole.len()).step_by(7) {
            assert!(read_file(&whole[..end]).is_err(), "{end}");
        }
    }
}

/// No byte that is wrong stops the program.
#[test]
fn broken_bytes_are_an_error_or_another_table() {
    let batch = batch(Arc::new(StringArray::from(TEXTS.to_vec())));
    for whole in [stream(&[batch.clone()]), stream(&[nested()])] {
        for at in 0..whole.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut broken = whole.clone();
                broken[at] ^= flip;
                let _ = read(&broken);
            }
        }
    }
    for whole in [parquet(&batch, Compression::SNAPPY), parquet(&nested(), Compression::UNCOMPRESSED)] {
        for at in (0..whole.len()).step_by(3) {
            let mut broken = whole.clone();
            broken[at] ^= 0x81;
            let _ = read_file(&broken);
        }
    }
}

#[test]
fn rows_passed_over_are_those_done_before() {
    let batch = batch(Arc::new(StringArray::from(TEXTS.to_vec())));
    let bytes = stream(&[batch.clone(), batch]);
    for count in 0..12_u64 {
        let mut table = Table::stream(Box::new(bytes.as_slice())).unwrap();
        table.skip(count).unwrap();
        let expected: String =
            LINES.repeat(2).lines().skip(usize::try_from(count).unwrap()).map(|line| format!("{line}\n")).collect();
        assert_eq!(lines_of(table).unwrap(), expected, "{count}");
    }
}

/// A row whose figures are all other than nothing, in the form of its columns.
fn row(tenant: &str, percent: &str) -> String {
    let cell = |name: &&str| match *name {
        "tenant" => format!("\"{tenant}\""),
        "as_of" | "outlook_by" => "\"2026-06-30\"".to_owned(),
        name if name == "target" || name.ends_with("percent") => percent.to_owned(),
        name if ["achieved", "assured", "unassessed"].iter().any(|end| name.ends_with(end)) => "\"12.0625\"".to_owned(),
        "organization" | "sector" | "partner" | "region" | "template" | "group" => "\"x, \\\"y\\\"\"".to_owned(),
        _ => "7".to_owned(),
    };
    let cells: Vec<String> =
        annexa::report::FLEET_COLUMNS.iter().map(|name| format!("\"{name}\":{}", cell(name))).collect();
    format!("{{{}}}\n", cells.join(","))
}

fn cells(batch: &RecordBatch, row: usize) -> Vec<String> {
    batch.columns().iter().map(|column| array_value_to_string(column, row).unwrap()).collect()
}

#[test]
fn rows_and_errors_keep_their_order_in_a_stream() {
    let mut rows = answers().unwrap();
    rows.rows((row("a", "82.5") + &row("b", "null")).as_bytes()).unwrap();
    rows.error(Some("c"), "{\"what\": \"is wrong\"}").unwrap();
    rows.error(None, "no tenant").unwrap();
    let mut bytes = rows.bytes().unwrap();
    rows.rows(row("d", "0.0").as_bytes()).unwrap();
    bytes.extend(rows.finish().unwrap());
    let batches: Vec<RecordBatch> =
        StreamReader::try_new(bytes.as_slice(), None).unwrap().map(Result::unwrap).collect();
    assert_eq!(batches.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [4, 1]);
    let first = &batches[0];
    let (tenant, percent, achieved, error) = (0, 9, 10, first.num_columns() - 1);
    let column = |at: usize| -> Vec<String> { (0..4).map(|row| cells(first, row)[at].clone()).collect() };
    assert_eq!(column(tenant), ["a", "b", "c", ""]);
    assert_eq!(column(percent), ["82.50", "", "", ""]);
    assert_eq!(column(achieved), ["12.0625", "12.0625", "", ""]);
    assert_eq!(column(error), ["", "", "{\"what\": \"is wrong\"}", "no tenant"]);
    assert_eq!(cells(&batches[1], 0)[percent], "0.00");
}

#[test]
fn parquet_has_the_rows_with_their_types_and_the_same_bytes_each_time() {
    let lines: String = (0..5_000).map(|n| row(&format!("t{n}"), "100.0")).collect();
    let written = |piece: usize| {
        let mut rows = ParquetRows::new(Vec::new()).unwrap();
        lines.as_bytes().chunks(piece).for_each(|piece| rows.rows(piece).unwrap());
        rows.finish().unwrap()
    };
    let bytes = written(100_000);
    assert_eq!(bytes, written(7_777));
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(file, 10_000).unwrap();
    let batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 5_000);
    let schema = batches[0].schema();
    let kind = |name: &str| schema.field_with_name(name).unwrap().data_type().clone();
    assert_eq!(kind("as_of"), DataType::Date32);
    assert_eq!(kind("percent"), DataType::Decimal128(5, 2));
    assert_eq!(kind("customer_achieved"), DataType::Decimal128(18, 4));
    assert_eq!((kind("gaps"), kind("possible")), (DataType::Int64, DataType::Int64));
    assert_eq!(cells(&batches[0], 4_999)[0], "t4999");
    assert_eq!(cells(&batches[0], 0)[1], "x, \"y\"");
    let empty = ParquetRows::new(Vec::new()).unwrap().finish().unwrap();
    assert_eq!(&empty[..4], b"PAR1");
}
