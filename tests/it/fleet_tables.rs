//! Fleets as tables, at the door: what goes in and comes out is what lines come to.

#[cfg(not(feature = "arrow"))]
#[test]
fn a_build_without_tables_says_which_has_them() {
    use crate::fleet::{args, fleet, library, lines};
    use crate::support::{code, err, folder_of, out, run_with_input};
    let folder =
        folder_of([("f.ndjson", lines(0..3).as_bytes()), ("f.parquet", b"PAR1"), ("tables/f.arrow", b"ARROW1")]);
    let worker = args(&["worker", "--stream", "arrow"], "");
    let library = library();
    let worker: Vec<&str> = worker.iter().map(|arg| if arg.is_empty() { library.as_str() } else { arg }).collect();
    for said in [
        fleet(folder.path(), &["score", "f.parquet"]),
        fleet(folder.path(), &["score", "tables"]),
        fleet(folder.path(), &["score", "f.ndjson", "-o", "rows.parquet"]),
        run_with_input(folder.path(), &worker, b"\xff\xff\xff\xff\x10\0\0\0"),
    ] {
        assert_eq!((code(&said), out(&said)), (2, ""), "{}", err(&said));
        assert!(err(&said).contains("this build ") && err(&said).contains("--features arrow"), "{}", err(&said));
    }
    assert!(!folder.path().join("rows.parquet").exists());
}

#[cfg(feature = "arrow")]
mod tables {
    use crate::fleet::{args, fleet, library, line, lines};
    use crate::support::{code, err, folder_of, out, run_with_input};
    use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
    use arrow_cast::display::array_value_to_string;
    use arrow_ipc::reader::StreamReader;
    use arrow_ipc::writer::StreamWriter;
    use parquet::arrow::ArrowWriter;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
    use std::fs;
    use std::path::Path;
    use std::process::Output;
    use std::sync::Arc;

    /// A table with the column `profile`.
    fn batch(profiles: &[Option<String>]) -> RecordBatch {
        let column = Arc::new(StringArray::from(profiles.to_vec())) as ArrayRef;
        RecordBatch::try_from_iter_with_nullable([("profile", column, true)]).unwrap()
    }

    fn good(numbers: std::ops::Range<usize>) -> Vec<Option<String>> {
        numbers.map(|n| Some(line(n))).collect()
    }

    fn parquet(batch: &RecordBatch) -> Vec<u8> {
        let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
        writer.write(batch).unwrap();
        writer.into_inner().unwrap()
    }

    fn stream(batches: &[RecordBatch]) -> Vec<u8> {
        let mut writer = StreamWriter::try_new(Vec::new(), &batches[0].schema()).unwrap();
        batches.iter().for_each(|batch| writer.write(batch).unwrap());
        writer.into_inner().unwrap()
    }

    /// The rows of batches as lines of CSV, of texts that need no quotes.
    fn csv(batches: &[RecordBatch], columns: usize) -> Vec<String> {
        let cells = |batch: &RecordBatch, row: usize| -> Vec<String> {
            batch.columns().iter().take(columns).map(|column| array_value_to_string(column, row).unwrap()).collect()
        };
        batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| cells(batch, row).join(","))).collect()
    }

    fn columns() -> usize {
        annexa::report::FLEET_COLUMNS.len()
    }

    fn worker(folder: &Path, more: &[&str], input: &[u8]) -> Output {
        let library = library();
        run_with_input(folder, &args(&[&["worker", "--stream", "arrow"], more].concat(), &library), input)
    }

    fn answers(output: &Output) -> Vec<RecordBatch> {
        StreamReader::try_new(output.stdout.as_slice(), None).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn tables_come_to_the_rows_of_lines() {
        let table = batch(&good(0..1_000));
        let folder = folder_of([
            ("f.ndjson", lines(0..1_000).as_bytes()),
            ("t/a.parquet", parquet(&table).as_slice()),
            ("s.arrow", stream(&[table.slice(0, 400), table.slice(400, 600)]).as_slice()),
        ]);
        let expected = fleet(folder.path(), &["score", "f.ndjson", "--quiet"]);
        assert_eq!(code(&expected), 0, "{}", err(&expected));
        for input in ["t", "t/a.parquet", "s.arrow"] {
            let found = fleet(folder.path(), &["score", input, "--quiet"]);
            assert_eq!((code(&found), out(&found)), (0, out(&expected)), "{input}: {}", err(&found));
        }
        // Small parts: each starts where the one before it ended.
        let kept = fleet(folder.path(), &["score", "t", "-o", "rows.csv", "--part", "16", "--quiet"]);
        assert_eq!(code(&kept), 0, "{}", err(&kept));
        assert_eq!(fs::read_to_string(folder.path().join("rows.csv")).unwrap(), out(&expected));
    }

    #[test]
    fn rows_are_written_as_parquet() {
        let folder = folder_of([("f.ndjson", lines(0..300).as_bytes())]);
        let expected = fleet(folder.path(), &["score", "f.ndjson", "--quiet"]);
        for name in ["one.parquet", "two.parquet"] {
            let made = fleet(folder.path(), &["score", "f.ndjson", "-o", name, "--part", "16"]);
            assert_eq!(code(&made), 0, "{}", err(&made));
        }
        let path = |name: &str| folder.path().join(name);
        assert_eq!(fs::read(path("one.parquet")).unwrap(), fs::read(path("two.parquet")).unwrap());
        let file = fs::File::open(path("one.parquet")).unwrap();
        let batches: Vec<_> = ParquetRecordBatchReader::try_new(file, 100).unwrap().map(Result::unwrap).collect();
        // The one text with a comma stands in quotes in the CSV.
        let expected: Vec<String> = out(&expected).lines().skip(1).map(|row| row.replace('"', "")).collect();
        assert_eq!(csv(&batches, columns()), expected);
    }

    #[test]
    fn a_worker_answers_in_tables() {
        let folder = folder_of([("f.ndjson", lines(0..7).as_bytes())]);
        let mut profiles = good(0..7);
        profiles.splice(3..3, [None, Some("{".to_owned()), Some(String::new())]);
        let table = batch(&profiles);
        let found = worker(folder.path(), &["--emit", "both"], &stream(&[table.slice(0, 4), table.slice(4, 6)]));
        assert_eq!(code(&found), 0, "{}", err(&found));
        let batches = answers(&found);
        let errors: Vec<String> = csv(&batches, columns() + 1)
            .iter()
            .map(|row| row.splitn(columns() + 1, ',').last().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(errors.len(), 11);
        for (at, error) in errors.iter().enumerate() {
            assert_eq!(error.starts_with("{\"error\":["), (3..6).contains(&at), "{at}: {error}");
        }
        let expected = fleet(folder.path(), &["score", "f.ndjson", "--quiet"]);
        let expected: Vec<String> = out(&expected).lines().skip(1).map(|row| row.replace('"', "")).collect();
        let mut rows = csv(&batches, columns());
        rows.drain(3..6);
        rows.pop();
        assert_eq!(rows, expected);
        let lines: Vec<u8> = profiles
            .iter()
            .flat_map(|p| format!("{}\n", p.as_deref().filter(|p| !p.is_empty()).unwrap_or("null")).into_bytes())
            .collect();
        let library = library();
        let sums = run_with_input(folder.path(), &args(&["worker", "--emit", "summary"], &library), &lines);
        assert_eq!(errors.last().unwrap().trim(), out(&sums).trim());
    }

    #[test]
    fn what_is_no_table_is_told() {
        let folder = folder_of([]);
        let whole = stream(&[batch(&good(0..2)), batch(&good(2..4))]);
        let found = worker(folder.path(), &[], &whole[..whole.len() - 8]);
        assert_eq!(code(&found), 2, "{}", err(&found));
        assert!(err(&found).contains("cannot read `standard input`: it was cut off"), "{}", err(&found));
        let wrong = RecordBatch::try_from_iter([("id", Arc::new(Int64Array::from(vec![1])) as ArrayRef)]).unwrap();
        for (input, message) in [
            (stream(&[wrong]), "no column `profile`"),
            (b"{\"organization\":{}}\n".to_vec(), "no stream of Arrow"),
            (Vec::new(), "no stream of Arrow"),
        ] {
            let found = worker(folder.path(), &[], &input);
            assert_eq!(code(&found), 2, "{}", err(&found));
            assert!(err(&found).contains(message), "{}", err(&found));
        }
        let found = worker(folder.path(), &[], &stream(&[batch(&[])]));
        assert_eq!((code(&found), csv(&answers(&found), 1)), (0, Vec::new()), "{}", err(&found));
        let found = worker(folder.path(), &["--strict"], &stream(&[batch(&[Some(line(1)), None])]));
        assert_eq!(code(&found), 2, "{}", err(&found));
    }
}
