//! `annexa gaps`: the gap report.

use super::shared::{Session, date};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{columns_text, gaps_csv, gaps_markdown, gaps_text, safe, to_json};
use annexa::{Choice, EXPIRING_WITHIN_DAYS, Gap, GapKind, Owner, TenantScore};
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::cmp::Reverse;
use std::path::PathBuf;

/// Report every gap: one row for each control and cause
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa gaps tenant.toml -o gaps.csv
  annexa gaps tenant.toml --kind test-failed --kind test-stale
  annexa gaps tenant.toml --owner provider --format markdown
  annexa gaps tenant.toml --control A.9 --sort points | head

Without `--format`, a terminal gets a table, and a file or pipe gets CSV.")]
pub(crate) struct GapsArgs {
    /// The profile; `-` reads standard input
    #[arg(required_unless_present = "columns")]
    profile: Option<PathBuf>,
    /// Say what each column holds, and do nothing else
    #[arg(long, conflicts_with = "profile")]
    columns: bool,
    /// The date of every figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// The form of the output
    #[arg(long, value_enum)]
    format: Option<GapsFormat>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only gaps of this kind; may be given more than once
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(GapKind::WORDS))]
    kind: Vec<String>,
    /// Only gaps of actions of this owner
    #[arg(long, value_name = "OWNER", value_parser = PossibleValuesParser::new(Owner::WORDS))]
    owner: Option<String>,
    /// Only gaps of this control, or of all controls under this heading; may be given more than once
    #[arg(long, value_name = "CONTROL")]
    control: Vec<String>,
    /// The order of the rows
    #[arg(long, value_enum, default_value = "control")]
    sort: Sort,
    /// Report evidence that lapses within so many days
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GapsFormat {
    /// For spreadsheets
    Csv,
    /// For people
    Text,
    /// For programs
    Json,
    /// For pull requests and wikis
    Markdown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sort {
    /// By control, then action, kind and service
    Control,
    /// The most points at stake first
    Points,
    /// The earliest due date first, rows without one last
    Due,
}

pub(crate) fn run(args: &GapsArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    // Without a profile there are the columns to tell, which clap has seen to.
    let Some(path) = &args.profile else { return io.print(&columns_text(io.style())).map(|()| Exit::Met) };
    let for_person = args.output.is_none() && io.is_watched();
    let format = args.format.unwrap_or(if for_person { GapsFormat::Text } else { GapsFormat::Csv });
    let locale = match format {
        GapsFormat::Text | GapsFormat::Markdown => io.locale(),
        GapsFormat::Csv | GapsFormat::Json => global.locale_of_data(),
    };
    let mut session = Session::open(global, io)?;
    let profile = session.profile(path, io)?;
    session.speak(locale);
    let score = session.spoken().score(&profile, args.as_of.unwrap_or(io.today()), args.expiring_within);
    known_controls(args, &score)?;
    let mut gaps: Vec<&Gap> = score.assessments.iter().flat_map(|a| &a.gaps).filter(|g| is_wanted(args, g)).collect();
    match args.sort {
        Sort::Control => {}
        Sort::Points => gaps.sort_by_key(|g| Reverse(g.finding.points_at_stake)),
        Sort::Due => gaps.sort_by_key(|g| (g.finding.due_on.is_none(), g.finding.due_on)),
    }
    let internal = |error: String| Failure::Machine(format!("cannot write the result: {error}"));
    let text = match format {
        GapsFormat::Csv => gaps_csv(gaps.iter().copied()).map_err(|e| internal(e.to_string()))?,
        GapsFormat::Json => to_json(&gaps).map_err(|e| internal(e.to_string()))?,
        GapsFormat::Markdown => gaps_markdown(&gaps, locale),
        GapsFormat::Text => gaps_text(&gaps, if for_person { io.style() } else { io.style().plain() }),
    };
    output::write(args.output.as_deref(), &text, io)?;
    if let Some(path) = args.output.as_ref().filter(|_| !global.quiet) {
        io.say(&format!("{} rows in {}\n", gaps.len(), safe(&path.display().to_string())));
    }
    Ok(Exit::Met)
}

fn is_wanted(args: &GapsArgs, gap: &Gap) -> bool {
    let of_kind = args.kind.is_empty() || args.kind.iter().any(|k| k == gap.finding.kind.word());
    let owner = gap.finding.action.as_ref().map(|a| a.owner.word());
    let of_owner = args.owner.as_deref().is_none_or(|wanted| owner == Some(wanted));
    let of_control = args.control.is_empty() || args.control.iter().any(|c| is_under(&gap.control.id, c));
    of_kind && of_owner && of_control
}

/// Whether `control` is `heading` or stands under it: `A.9.2.3` under `A.9`, `A.9.2` and `A.9.2.3`.
fn is_under(control: &str, heading: &str) -> bool {
    control.strip_prefix(heading).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn known_controls(args: &GapsArgs, score: &TenantScore) -> Result<(), Failure> {
    let controls = || score.assessments.iter().flat_map(|a| &a.controls).map(|c| c.id.as_str());
    for wanted in &args.control {
        if !controls().any(|c| is_under(c, wanted)) {
            let message = format!("no assessed framework has a control or heading `{wanted}`");
            return Err(Failure::input(message, annexa::suggestion(wanted, controls())));
        }
    }
    Ok(())
}
