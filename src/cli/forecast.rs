//! `annexa forecast`: the score on each date to come.

use super::shared::{Session, date, percent};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{Style, forecast_chart, forecast_csv, forecast_ics, forecast_text, to_json};
use annexa::{Forecast, ForecastOptions, Percent};
use chrono::{Months, NaiveDate};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How far ahead a forecast looks, unless told otherwise.
const MONTHS: Months = Months::new(12);

/// Forecast the score and the assurance: what lapses when, and what is lost with it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa forecast tenant.toml
  annexa forecast tenant.toml --until 2031-12-31 --format csv -o forecast.csv
  annexa forecast tenant.toml --target 80 --floor-assurance 60
  annexa forecast tenant.toml --format svg -o forecast.svg
  annexa forecast tenant.toml --format ics --lead 45 -o renewals.ics

A threshold that is missed is told with its date; it does not change the exit code.")]
pub(crate) struct ForecastArgs {
    /// The profile; `-` reads standard input
    profile: PathBuf,
    /// The first date; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// The last date; a year after the first without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<NaiveDate>,
    /// Say when score or assurance is below this percentage; the profile's target without it
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    target: Option<Percent>,
    /// The percentage for the score, in place of the target
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    floor: Option<Percent>,
    /// The percentage for the assurance, in place of the target
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    floor_assurance: Option<Percent>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: ForecastFormat,
    /// In the calendar: how many days before something ends its entry stands
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    lead: u32,
    /// Show long lists whole
    #[arg(long)]
    all: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ForecastFormat {
    /// For people: a chart and a table
    Text,
    /// A row for each event
    Csv,
    /// For programs: everything, exactly
    Json,
    /// The chart
    Svg,
    /// A calendar of what must be renewed
    Ics,
}

pub(crate) fn run(args: &ForecastArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let from = args.from.unwrap_or(io.today());
    let until = args.until.unwrap_or(from.checked_add_months(MONTHS).unwrap_or(NaiveDate::MAX));
    if until < from {
        let message = format!("the last date {until} is before the first, {from}");
        return Err(Failure::input(message, "name an earlier `--from` or a later `--until`".to_owned()));
    }
    let mut session = Session::open(global, io)?;
    let profile = session.profile(&args.profile, io)?;
    let (target, floor, floor_assurance) = (args.target, args.floor, args.floor_assurance);
    let options = ForecastOptions { from, until, target, floor, floor_assurance };
    let forecast = session.model.forecast(&profile, &options);
    let text = render(args, &forecast, io)?;
    output::write(args.output.as_deref(), &text, io)?;
    Ok(Exit::Met)
}

fn render(args: &ForecastArgs, forecast: &Forecast, io: &Io<'_>) -> Result<String, Failure> {
    let internal = |error: String| Failure::Machine(format!("cannot write the forecast: {error}"));
    let style = if args.output.is_some() { Style::PLAIN } else { io.style() };
    Ok(match args.format {
        ForecastFormat::Text => forecast_text(forecast, args.all, style),
        ForecastFormat::Csv => forecast_csv(forecast).map_err(|e| internal(e.to_string()))?,
        ForecastFormat::Json => to_json(forecast).map_err(|e| internal(e.to_string()))?,
        ForecastFormat::Svg => forecast_chart(forecast).svg(),
        ForecastFormat::Ics => forecast_ics(forecast, args.lead),
    })
}
