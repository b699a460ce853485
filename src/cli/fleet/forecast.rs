//! `annexa fleet forecast`: what a whole fleet comes to on dates to come.

use super::engine;
use super::pack_file::PackFile;
use crate::cli::shared::{Session, date, percent};
use crate::cli::{Exit, Failure, Global, Io, output};
use annexa::report::{fleet_forecast_csv, fleet_forecast_text, to_json};
use annexa::{
    Choice, FleetBy, FleetForecast, FleetForecastOptions, FleetForecaster, FleetStep, Percent, dates_between,
};
use chrono::{Months, NaiveDate};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How far ahead a forecast looks, unless told otherwise.
const MONTHS: Months = Months::new(12);
/// So many dates are answered at most: thirty years of days would be more than anyone reads.
const MOST_DATES: usize = 4_000;

/// Forecast what a whole fleet comes to if nobody does anything, and whom lapsing evidence touches
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa fleet forecast fleet.pack
  annexa fleet forecast fleet.pack --from 2027-01-01 --to 2027-12-31 --step week --format csv -o forecast.csv
  annexa fleet forecast fleet.pack --on 2027-01-01,2028-01-01 --below 80 --by partner

A pack comes from `annexa fleet pack`. The sums are those of all assessments; a tenant is below if one of its
assessments is, and what has no score is. Many below are told and do not change the exit code.")]
pub(crate) struct FleetForecastArgs {
    /// The pack
    pack: PathBuf,
    /// The first date; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// The last date; a year after the first without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<NaiveDate>,
    /// How far apart the dates are
    #[arg(long, default_value = "month", value_parser = step())]
    step: FleetStep,
    /// Only these dates, in place of a range
    #[arg(long, value_name = "DATE,...", value_parser = date, value_delimiter = ',', conflicts_with_all = ["from", "to", "step"])]
    on: Vec<NaiveDate>,
    /// Count the tenants below this percentage; below the targets of their profiles without it
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    below: Option<Percent>,
    /// Tell tenants apart by this
    #[arg(long, value_parser = by())]
    by: Option<FleetBy>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: FleetFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many threads work; as many as there are cores without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// The forms of what is told of a fleet.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FleetFormat {
    /// For people
    Text,
    /// For spreadsheets
    Csv,
    /// For programs: everything, exactly
    Json,
}

fn step() -> impl TypedValueParser<Value = FleetStep> {
    PossibleValuesParser::new(FleetStep::WORDS).map(|word| FleetStep::from_word(&word).unwrap_or(FleetStep::Month))
}

/// What tenants can be told apart by.
pub(super) fn by() -> impl TypedValueParser<Value = FleetBy> {
    PossibleValuesParser::new(FleetBy::WORDS).map(|word| FleetBy::from_word(&word).unwrap_or(FleetBy::Sector))
}

pub(crate) fn run(args: &FleetForecastArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let dates = dates(args, io.today())?;
    let session = Session::open(global, io)?;
    let pack = PackFile::open(&args.pack)?;
    let library = session.library_version().digest();
    pack.must_be_of(library)?;
    let options = FleetForecastOptions { dates, below: args.below, by: args.by };
    let pool = engine::threads(args.threads.map(usize::from))?;
    let start = || FleetForecaster::new(&session.model, &options);
    let found = pack.each_block(&pool, start, FleetForecaster::block)?;
    let all = found.into_iter().reduce(FleetForecaster::merge).unwrap_or_else(start);
    let text = render(args, &all.finish(library), io)?;
    output::write(args.output.as_deref(), &text, io)?;
    Ok(Exit::Met)
}

fn dates(args: &FleetForecastArgs, today: NaiveDate) -> Result<Vec<NaiveDate>, Failure> {
    let mut dates = if args.on.is_empty() {
        let from = args.from.unwrap_or(today);
        let to = args.to.unwrap_or(from.checked_add_months(MONTHS).unwrap_or(NaiveDate::MAX));
        if to < from {
            let message = format!("the last date {to} is before the first, {from}");
            return Err(Failure::input(message, "name an earlier `--from` or a later `--to`".to_owned()));
        }
        dates_between(from, to, args.step, MOST_DATES + 1)
    } else {
        args.on.clone()
    };
    dates.sort_unstable();
    dates.dedup();
    if dates.len() > MOST_DATES {
        let help = "take a longer `--step`, or fewer years".to_owned();
        return Err(Failure::input(format!("these are more than {MOST_DATES} dates"), help));
    }
    Ok(dates)
}

fn render(args: &FleetForecastArgs, found: &FleetForecast, io: &Io<'_>) -> Result<String, Failure> {
    let internal = |error: String| Failure::Machine(format!("cannot write the forecast: {error}"));
    let style = if args.output.is_some() { io.style().plain() } else { io.style() };
    match args.format {
        FleetFormat::Text => Ok(fleet_forecast_text(found, style)),
        FleetFormat::Csv => fleet_forecast_csv(found).map_err(|e| internal(e.to_string())),
        FleetFormat::Json => to_json(found).map_err(|e| internal(e.to_string())),
    }
}
