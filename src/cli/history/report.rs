//! `annexa history report`: what got better and worse since a date, by whom, how fast, and what comes next.

use super::super::remember::{self, refused};
use super::super::shared::{Session, date, percent};
use super::super::{Failure, Global, Io, output};
use annexa::report::{progress_markdown, progress_text, to_json};
use annexa::{
    EXPIRING_WITHIN_DAYS, History, HistoryError, Kept, ListedSnapshot, Locale, Models, Percent, ProgressOptions,
};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Report progress since a date, for a manager
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history report tenant.toml --since 2021-06-01
  annexa history report tenant.toml --since 2021-06-01 --format markdown -o report.md
  annexa history report tenant.toml --since 2021-01-01 --until 2021-06-30 --target 80

It begins with the last snapshot on or before the date, else with the first there is, and ends with
the profile as it is. The pace is that of the whole span; months are 30 days.")]
pub(super) struct ReportArgs {
    /// The profile; the history is sought beside it
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    /// From which date on
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: NaiveDate,
    /// End with the last snapshot on or before this date instead of the profile
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "as_of")]
    until: Option<NaiveDate>,
    /// The date of the profile; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// The score to reach overall, in place of the targets in the profile
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    target: Option<Percent>,
    /// Tell what lapses within so many days
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The file of the history; `.annexa/history.db` beside the profile without it
    #[arg(long, value_name = "PATH")]
    db: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ReportFormat {
    /// For people
    Text,
    /// For mail and wikis
    Markdown,
    /// For programs: everything, exactly
    Json,
}

impl ReportFormat {
    /// The language of a report in this form.
    fn locale(self, global: &Global, io: &Io<'_>) -> Locale {
        match self {
            Self::Text | Self::Markdown => io.locale(),
            Self::Json => global.locale_of_data(),
        }
    }
}

pub(super) fn run(args: &ReportArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let mut models = Models::default();
    let mut session = Session::open(global, io)?;
    let as_of = args.as_of.unwrap_or(io.today());
    let profile = remember::state(&mut session, &args.profile, as_of, &mut models, io)?;
    let tenant = profile.profile().profile().tenant.clone();
    let path = args.db.clone().unwrap_or_else(|| remember::beside(&args.profile));
    let history = remember::open(&path, io)?;
    let no = |e| refused(e, &path);
    let first = history.start(args.since, &tenant).map_err(no)?;
    let last = args.until.map(|day| history.find(&day.to_string(), Some(&tenant))).transpose().map_err(no)?;
    refuse_backward(args, &first, last.as_ref().map_or(as_of, |kept| kept.identity.as_of))?;
    let from = history.state(&first, &mut models).map_err(no)?;
    let to = match &last {
        Some(kept) => history.state(kept, &mut models).map_err(no)?,
        None => profile,
    };
    if !global.quiet {
        remember::tell_recount(&history, &first, &from, &path, io)?;
        if let Some(kept) = &last {
            remember::tell_recount(&history, kept, &to, &path, io)?;
        }
    }
    let between = between(&history, &tenant, &first, last.as_ref(), to.snapshot().as_of).map_err(no)?;
    let options = ProgressOptions {
        since: args.since,
        ids: [Some(first.id()), last.as_ref().map(Kept::id)],
        between,
        target: args.target,
        expiring_within: args.expiring_within,
    };
    let mut progress = annexa::progress(&from.snapshot(), &to.snapshot(), options);
    if let Some(language) = args.format.locale(global, io).language() {
        progress.speak(language, session.model.library());
    }
    let style = if args.output.is_some() { io.style().plain() } else { io.style() };
    let text = match args.format {
        ReportFormat::Text => progress_text(&progress, style),
        ReportFormat::Markdown => progress_markdown(&progress, io.locale()),
        ReportFormat::Json => {
            to_json(&progress).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))?
        }
    };
    output::write(args.output.as_deref(), &text, io)
}

fn refuse_backward(args: &ReportArgs, first: &Kept, end: NaiveDate) -> Result<(), Failure> {
    let start = first.identity.as_of;
    let asked_end = args.until.unwrap_or(end);
    if start <= end && args.since <= asked_end {
        return Ok(());
    }
    let message = format!("the report would end on {asked_end}, before it begins on {}", start.max(args.since));
    Err(Failure::input(message, "give an earlier `--since`, or a later `--as-of` or `--until`".to_owned()))
}

/// The tenant's snapshots after the first and before the last, or of the end's date and before it.
fn between(
    history: &History,
    tenant: &str,
    first: &Kept,
    last: Option<&Kept>,
    end: NaiveDate,
) -> Result<Vec<ListedSnapshot>, HistoryError> {
    let place = |kept: &Kept| (kept.identity.as_of, kept.position);
    let end = last.map_or((end, u64::MAX), place);
    let list = history.list(Some(tenant))?;
    let inside = list.iter().filter(|kept| place(kept) > place(first) && place(kept) < end);
    Ok(inside.map(ListedSnapshot::from).collect())
}
