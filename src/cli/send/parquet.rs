//! `annexa export parquet`: result rows for notebooks, where the program was built with them.

use super::Source;
use crate::cli::{Failure, Global, Io};
use annexa::Choice;
use annexa::report::TabularTable;
use clap::Args;
use clap::builder::PossibleValuesParser;

/// Write result rows as Parquet, with types
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa export parquet tenant.toml -o gaps.parquet
  annexa export parquet tenant.toml --table controls --as-of 2026-06-30 -o controls.parquet

The form is in builds with the feature `parquet`: `cargo install --path . --features parquet`.
`docs/interop/parquet.md` has the columns and their types.")]
pub(super) struct ParquetArgs {
    #[command(flatten)]
    source: Source,
    /// Which rows
    #[arg(long, value_name = "TABLE", default_value = "gaps", value_parser = PossibleValuesParser::new(TabularTable::WORDS))]
    table: String,
}

#[cfg(feature = "parquet")]
pub(super) fn run(args: &ParquetArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    use super::internal;
    use annexa::EXPIRING_WITHIN_DAYS;
    use annexa::report::{parquet, tabular};

    if args.source.target().is_none() && io.is_watched() {
        let help = "name a file with `-o FILE`, or send it into one".to_owned();
        return Err(Failure::input("this form is nothing to show on a terminal", help));
    }
    let (session, profile, as_of) = args.source.read(global, io)?;
    let score = session.spoken().score(&profile, as_of, EXPIRING_WITHIN_DAYS);
    let table = tabular(&score, TabularTable::from_word(&args.table).unwrap_or(TabularTable::Gaps));
    let bytes = parquet(&table).map_err(internal)?;
    args.source.write(&bytes, table.rows.len(), global, io)
}

#[cfg(not(feature = "parquet"))]
pub(super) fn run(args: &ParquetArgs, _: &Global, _: &mut Io<'_>) -> Result<(), Failure> {
    let help = format!(
        "build it with `cargo install --path . --features parquet`, or take `annexa {}`",
        if args.table == TabularTable::Gaps.word() { "gaps --format csv" } else { "score --format json" }
    );
    Err(Failure::input("this build writes no Parquet", help))
}
