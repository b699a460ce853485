//! `annexa report`: everything about one or more tenants, to hand on.
//!
//! [`run`] makes a [`Dossier`] of each profile and writes them in one [`ReportFormat`]; a form is a
//! variant there, with its words in `ReportFormat` and an arm of `render`. `past` reads what was recorded.

mod past;
mod pdf;

use super::form::{self, Form};
use super::shared::{Session, date};
use super::{Exit, Failure, Global, Io, output, progress};
use annexa::report::{SHEET_ROWS, dossier_markdown, dossier_xlsx, longest_sheet, report_html, safe, to_json};
use annexa::{Dossier, DossierOptions, EXPIRING_WITHIN_DAYS, Locale};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use past::{Archive, Place};
use std::path::PathBuf;

/// From so many profiles on, a person who watches sees a bar: each takes a tenth of a second with its plan.
const MANY: usize = 10;
/// The hours of the next best actions unless told otherwise: a week of one person.
const HOURS: u32 = 40;

/// Write a report to hand on: score, domains, gaps, evidence, what to do next, and the trend
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa report tenant.toml -o report.html
  annexa report tenant.toml --format markdown
  annexa report tenant.toml -o report.md --as-of 2021-12-01
  annexa report tenants/*.toml -o reports.json
  annexa report tenant.toml --hours 200 --no-history -o report.md

The form is that of the file's ending, unless it is named, and Markdown on standard output. Without
`--full` a Markdown report fits into a comment on a pull request. The trend is that of
`.annexa/history.db` beside each profile, where there is one.")]
pub(crate) struct ReportArgs {
    /// Profiles; `-` reads standard input
    #[arg(required = true, value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
    /// The form of the report
    #[arg(long, value_enum)]
    format: Option<ReportFormat>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The date of every figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Tell what lapses within so many days
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
    /// The hours there are for the next best actions; 0 leaves them out
    #[arg(long, value_name = "HOURS", default_value_t = HOURS)]
    hours: u32,
    /// Every row in Markdown, however long it gets
    #[arg(long)]
    full: bool,
    /// The file of the history; `.annexa/history.db` beside each profile without it
    #[arg(long, value_name = "PATH")]
    db: Option<PathBuf>,
    /// Leave out what was recorded
    #[arg(long, conflicts_with = "db")]
    no_history: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For people: one page that opens in a browser and asks for nothing
    Html,
    /// The same page, printed by Chromium, Chrome or Edge, where one is installed
    Pdf,
    /// For pull requests and wikis
    Markdown,
    /// A workbook: charts, and tables to filter
    Xlsx,
    /// For programs: everything, exactly
    Json,
}

impl Form for ReportFormat {
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["html", "htm"],
            Self::Pdf => &["pdf"],
            Self::Markdown => &["md", "markdown"],
            Self::Xlsx => &["xlsx"],
            Self::Json => &["json"],
        }
    }

    fn is_binary(self) -> bool {
        match self {
            Self::Html | Self::Pdf | Self::Xlsx => true,
            Self::Markdown | Self::Json => false,
        }
    }
}

impl ReportFormat {
    /// The language of a report in this form.
    fn locale(self, global: &Global, io: &Io<'_>) -> Locale {
        match self {
            Self::Html | Self::Pdf | Self::Markdown | Self::Xlsx => io.locale(),
            Self::Json => global.locale_of_data(),
        }
    }
}

pub(crate) fn run(args: &ReportArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let target = args.output.as_deref().filter(|p| p.as_os_str() != "-");
    let format = form::chosen(args.format, target, ReportFormat::Markdown, io)?;
    let mut session = Session::open(global, io)?;
    let locale = format.locale(global, io);
    session.speak(locale);
    let dossiers = dossiers(args, &mut session, global, io)?;
    let content = render(format, &dossiers, args, locale, io)?;
    output::write(target, content, io)?;
    if let Some(path) = target.filter(|_| !global.quiet) {
        let count = dossiers.len();
        let tenants = if count == 1 { "1 tenant".to_owned() } else { format!("{count} tenants") };
        io.say(&format!("report of {tenants} in {}\n", safe(&path.display().to_string())));
    }
    Ok(Exit::Met)
}

/// The dossiers of all profiles; the faults of all of them are told before it stops.
fn dossiers(
    args: &ReportArgs,
    session: &mut Session,
    global: &Global,
    io: &mut Io<'_>,
) -> Result<Vec<Dossier>, Failure> {
    let as_of = args.as_of.unwrap_or(io.today());
    let hours = Some(args.hours).filter(|hours| *hours > 0);
    let options = DossierOptions { as_of, expiring_within: args.expiring_within, hours };
    let place = match (&args.db, args.no_history) {
        (_, true) => Place::Nowhere,
        (Some(path), _) => Place::Named(path),
        (None, _) => Place::Beside,
    };
    let mut archive = Archive::new(place, as_of, global.quiet);
    let bar = progress::bar(args.profiles.len(), MANY, "profiles", global, io);
    let (mut dossiers, mut unusable) = (Vec::with_capacity(args.profiles.len()), false);
    for path in &args.profiles {
        match session.profile_and_file(path, io) {
            Ok((profile, file)) => {
                let mut dossier = session.spoken().dossier(&profile, &session.sources, &options);
                dossier.history = archive.past(path, &dossier.score.tenant, file, session, io)?;
                dossiers.push(dossier);
            }
            Err(Failure::Told) => unusable = true,
            Err(failure) => return Err(failure),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if unusable { Err(Failure::Told) } else { Ok(dossiers) }
}

fn render(
    format: ReportFormat,
    dossiers: &[Dossier],
    args: &ReportArgs,
    locale: Locale,
    io: &Io<'_>,
) -> Result<Vec<u8>, Failure> {
    let internal = |error: String| Failure::Machine(format!("cannot write the report: {error}"));
    let page = |dossiers| report_html(dossiers, locale).map_err(|e| internal(e.to_string()));
    Ok(match (format, dossiers) {
        (ReportFormat::Html, dossiers) => page(dossiers)?.into_bytes(),
        (ReportFormat::Pdf, dossiers) => pdf::printed(&page(dossiers)?, io)?,
        (ReportFormat::Markdown, dossiers) => dossier_markdown(dossiers, args.full, locale).into_bytes(),
        (ReportFormat::Xlsx, dossiers) => {
            fits(longest_sheet(dossiers))?;
            dossier_xlsx(dossiers, locale).map_err(|e| internal(e.to_string()))?
        }
        (ReportFormat::Json, [dossier]) => to_json(dossier).map_err(|e| internal(e.to_string()))?.into_bytes(),
        (ReportFormat::Json, dossiers) => to_json(&dossiers).map_err(|e| internal(e.to_string()))?.into_bytes(),
    })
}

/// A sheet has an end, and to find that out while it is written takes gigabytes.
fn fits(rows: usize) -> Result<(), Failure> {
    if rows <= SHEET_ROWS {
        return Ok(());
    }
    let help = "report fewer profiles at once, or write HTML or JSON".to_owned();
    Err(Failure::input(format!("a sheet would have {rows} rows, and can have {SHEET_ROWS}"), help))
}

#[cfg(test)]
mod tests {
    use super::{SHEET_ROWS, fits};

    #[test]
    fn a_sheet_that_would_be_too_long_is_refused() {
        assert!(fits(SHEET_ROWS).is_ok());
        assert!(fits(SHEET_ROWS + 1).is_err());
    }
}
