//! `annexa score`: the score of one or more profiles.

use super::remember::Recorder;
use super::shared::{Session, date, hops, percent};
use super::{Exit, Failure, Global, Io, derived, output, progress};
use annexa::report::{safe, score_hints, score_markdown, score_text, scores_csv, to_json};
use annexa::{EXPIRING_WITHIN_DAYS, Locale, Percent, TenantProfile, TenantScore};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// From so many profiles on, a person who watches sees a bar.
const MANY: usize = 50;

/// Score profiles: what is earned, what is assured, what is missing
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa score tenant.toml
  annexa score tenant.toml --as-of 2020-06-01 --format json
  annexa score tenants/*.toml --format csv -o scores.csv
  annexa score tenant.toml --fail-under 80 --fail-under-assurance 60
  annexa score tenant.toml --framework nist-csf-2.0")]
pub(crate) struct ScoreArgs {
    /// Profiles; `-` reads standard input
    #[arg(required = true, value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
    /// The date of every figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: ScoreFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Exit with 1 if a score is below this percentage, or there is none
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(super) fail_under: Option<Percent>,
    /// Exit with 1 if the assurance of a score is below this percentage, or there is none
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(super) fail_under_assurance: Option<Percent>,
    /// Report evidence that lapses within so many days
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
    /// Keep each score in the history too, as `annexa history record` does
    #[arg(long)]
    record: bool,
    /// With `--record`: the file of the history; `.annexa/history.db` beside each profile without it
    #[arg(long, value_name = "PATH", requires = "record")]
    db: Option<PathBuf>,
    /// Derive bounds for a framework that is not assessed, over crosswalks
    #[arg(long, value_name = "ID")]
    pub(super) framework: Option<String>,
    /// With `--framework`: over how many relations a way may lead; as few as lead there unless given
    #[arg(long, value_name = "N", value_parser = hops(), requires = "framework")]
    pub(super) max_hops: Option<u8>,
    /// With `--framework`: use only relations that are confirmed
    #[arg(long, requires = "framework")]
    pub(super) confirmed: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ScoreFormat {
    /// For people
    Text,
    /// For programs: everything, exactly
    Json,
    /// A row for each tenant and assessment
    Csv,
    /// For pull requests and wikis
    Markdown,
}

impl ScoreFormat {
    /// The language of a report in this form.
    fn locale(self, global: &Global, io: &Io<'_>) -> Locale {
        match self {
            Self::Text | Self::Markdown => io.locale(),
            Self::Json | Self::Csv => global.locale_of_data(),
        }
    }
}

pub(crate) fn run(args: &ScoreArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    derived::refuse_thresholds(args)?;
    let mut session = Session::open(global, io)?;
    let locale = args.format.locale(global, io);
    session.speak(locale);
    let as_of = args.as_of.unwrap_or(io.today());
    let bar = progress::bar(args.profiles.len(), MANY, "profiles", global, io);
    let mut scores = Vec::with_capacity(args.profiles.len());
    let mut files = Vec::with_capacity(args.profiles.len());
    let mut unusable = false;
    for path in &args.profiles {
        match session.profile_and_file(path, io) {
            Ok((profile, file)) => {
                scores.push(session.spoken().score(&profile, as_of, args.expiring_within));
                files.push((profile, file));
            }
            Err(Failure::Told) => unusable = true,
            Err(failure) => return Err(failure),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if unusable {
        return Err(Failure::Told);
    }
    record(args, &session, as_of, &files, global, io)?;
    if let Some(framework) = &args.framework {
        let text = derived::render(args, framework, session.spoken(), &scores, io)?;
        return output::write(args.output.as_deref(), &text, io).map(|()| Exit::Met);
    }
    let text = render(args, &scores, locale, io)?;
    output::write(args.output.as_deref(), &text, io)?;
    if let ([path], ScoreFormat::Text, false) = (&args.profiles[..], args.format, global.quiet) {
        next_steps(path, args, &scores, io)?;
    }
    Ok(thresholds(args, &scores, io))
}

/// Keeps the scores in the history, if that is wished; what became of it is no part of the result.
fn record(
    args: &ScoreArgs,
    session: &Session,
    as_of: NaiveDate,
    files: &[(TenantProfile, u32)],
    global: &Global,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    if !args.record {
        return Ok(());
    }
    let (library, db) = (session.library_version(), args.db.as_deref());
    let recorder = Recorder { db, library: &library, expiring_within: args.expiring_within, note: None };
    for (path, (profile, file)) in args.profiles.iter().zip(files) {
        // What is kept is in English, whatever language is spoken today.
        let score = session.model.score(profile, as_of, args.expiring_within);
        let line = recorder.record(path, session.text(*file), &score, io)?;
        if !global.quiet {
            io.say(&line);
        }
    }
    Ok(())
}

fn render(args: &ScoreArgs, scores: &[TenantScore], locale: Locale, io: &Io<'_>) -> Result<String, Failure> {
    let internal = |error: String| Failure::Machine(format!("cannot write the result: {error}"));
    let style = if args.output.is_some() { io.style().plain() } else { io.style() };
    Ok(match args.format {
        ScoreFormat::Text => scores.iter().map(|s| score_text(s, style)).collect::<Vec<_>>().join("\n"),
        ScoreFormat::Markdown => scores.iter().map(|s| score_markdown(s, locale)).collect::<Vec<_>>().join("\n"),
        ScoreFormat::Csv => scores_csv(scores).map_err(|e| internal(e.to_string()))?,
        ScoreFormat::Json => match scores {
            [score] => to_json(score),
            scores => to_json(&scores),
        }
        .map_err(|e| internal(e.to_string()))?,
    })
}

/// After the score of one profile for a person: how large the gap report is and how to get it.
fn next_steps(
    path: &std::path::Path,
    args: &ScoreArgs,
    scores: &[TenantScore],
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    if args.output.is_some() {
        return Ok(());
    }
    let rows: usize = scores.iter().flat_map(|s| &s.assessments).map(|a| a.gaps.len()).sum();
    let date = args.as_of.map(|d| format!(" --as-of {d}")).unwrap_or_default();
    let path = safe(&path.display().to_string());
    let gaps = format!("annexa gaps {path}{date} -o gaps.csv");
    io.print(&score_hints(rows, &gaps, &format!("annexa explain {path} score{date}"), io.locale()))
}

/// Holds each overall figure against the thresholds, and says which is missed.
fn thresholds(args: &ScoreArgs, scores: &[TenantScore], io: &mut Io<'_>) -> Exit {
    let mut exit = Exit::Met;
    for score in scores {
        let total = &score.overall.total;
        let figures = [
            ("score", args.fail_under, total.achieved, total.percent()),
            ("assurance", args.fail_under_assurance, total.assured, total.assurance_percent()),
        ];
        for (name, threshold, amount, shown) in figures {
            let Some(threshold) = threshold.filter(|t| !t.is_reached_by(amount, total.possible)) else { continue };
            let exact = || format!("{amount} of {} points", total.possible.whole_points());
            let shown = shown.map_or_else(|| "nothing is in scope".to_owned(), |p| format!("{p} %, {}", exact()));
            io.say(&format!("{}: the {name} is below {threshold} %: {shown}\n", safe(&score.tenant)));
            exit = Exit::Missed;
        }
    }
    exit
}
