//! `annexa gate`: a profile held against a policy, for CI.

use super::remember::{self, refused};
use super::shared::{Session, date, percent, told};
use super::{Exit, Failure, Global, Io, output};
use annexa::gate::{
    self, Baseline, BaselineName, GateReport, MOST_DAYS, Measure, Outcome, Policy, Recorded, Subject, Verdict,
};
use annexa::report::{Style, gate_github, gate_gitlab, gate_junit, gate_markdown, gate_sarif, gate_text, to_json};
use annexa::{
    Checked, Choice, Diagnostics, EXPIRING_WITHIN_DAYS, GapKind, HistoryError, Identity, Percent, TenantProfile,
    Unchecked, read_file,
};
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Hold profiles against a policy, for CI: whatever cannot be judged does not pass
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa gate tenant.toml --policy gate.toml
  annexa gate tenant.toml --min-score 70 --no-unassessed --forbid test-failed
  annexa gate tenants/*.toml --policy gate.toml --output junit=gate.xml --output sarif=gate.sarif
  annexa gate tenant.toml --policy gate.toml --format github --step-summary \"$GITHUB_STEP_SUMMARY\"

The rules of the command line come on top of the policy's. `annexa schema gate` describes a policy.

Exit codes: 0 every rule is met, 1 a rule is missed, 2 a profile, the policy or the history
cannot be used, 3 the machine failed. Of several profiles the worst counts.")]
pub(crate) struct GateArgs {
    /// Profiles; `-` reads standard input
    #[arg(required = true, value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
    /// The rules, a TOML file
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The least score over all assessments
    #[arg(long, value_name = "PERCENT", value_parser = above_nothing)]
    min_score: Option<Percent>,
    /// The least assurance over all assessments
    #[arg(long, value_name = "PERCENT", value_parser = above_nothing)]
    min_assurance: Option<Percent>,
    /// Everything in scope is assessed
    #[arg(long)]
    no_unassessed: bool,
    /// No gap is of this kind; may be given more than once
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(GapKind::WORDS))]
    forbid: Vec<String>,
    /// Score, assurance, each control and what is counted are no worse than in the history
    #[arg(long)]
    ratchet: bool,
    /// Every other rule still holds after so many days if nobody does anything
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=MOST_DAYS))]
    within: Option<u32>,
    /// The file of the history; `.annexa/history.db` beside each profile without it
    #[arg(long, value_name = "PATH")]
    db: Option<PathBuf>,
    /// The date of every figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Evidence that lapses within so many days is a gap of kind `evidence-expiring`
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
    /// The form of standard output
    #[arg(long, value_enum, default_value = "text")]
    format: GateFormat,
    /// Write a form to a file too; may be given more than once
    #[arg(short, long, value_name = "FORMAT=FILE", value_parser = output_of)]
    output: Vec<(GateFormat, PathBuf)>,
    /// Append Markdown to this file
    #[arg(long, value_name = "FILE")]
    step_summary: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GateFormat {
    /// For people
    Text,
    /// For programs: everything
    Json,
    /// For merge requests and wikis
    Markdown,
    /// Workflow commands of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit XML
    Junit,
    /// SARIF 2.1.0
    Sarif,
}

pub(crate) fn run(args: &GateArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    one_file_each(args)?;
    let mut session = Session::open(global, io)?;
    let policy = policy(args, &mut session, io)?;
    if args.db.is_some() && !policy.needs_history() {
        let help = "add `--ratchet`, or a `[ratchet]` to the policy".to_owned();
        return Err(Failure::input("`--db` names a history, and no rule compares with one", help));
    }
    let library = session.library_version().digest();
    let as_of = args.as_of.unwrap_or(io.today());
    let mut verdicts = Vec::with_capacity(args.profiles.len());
    for path in &args.profiles {
        let name = path.display().to_string();
        let profile = match session.read_profile(path, io) {
            Ok(Checked { value, warnings }) => {
                if !warnings.is_empty() && !global.quiet {
                    session.tell(&warnings, io);
                }
                value
            }
            Err(faults) => {
                session.tell(&faults, io);
                verdicts.push(Verdict::unreadable(&name, as_of, &faults, &session.sources));
                continue;
            }
        };
        let baseline = match policy.needs_history() {
            true => {
                let db = args.db.clone().unwrap_or_else(|| remember::beside(path));
                Some(baseline(&db, &profile, as_of, &session, io)?)
            }
            false => None,
        };
        let subject = Subject {
            model: &session.model,
            library,
            profile: &profile,
            path: &name,
            sources: &session.sources,
            as_of,
            expiring_within: args.expiring_within,
        };
        verdicts.push(gate::judge(&subject, &policy, baseline.as_ref()));
    }
    let report = GateReport::new(args.policy.as_ref().map(|p| p.display().to_string()), verdicts);
    write(args, &report, io)?;
    Ok(match report.outcome {
        Outcome::Met => Exit::Met,
        Outcome::Missed => Exit::Missed,
        Outcome::Unusable => Exit::Unusable,
    })
}

/// The policy's rules and those of the command line; none at all is refused.
fn policy(args: &GateArgs, session: &mut Session, io: &mut Io<'_>) -> Result<Policy, Failure> {
    let mut policy = Policy::default();
    let has_own = args.min_score.is_some() || args.min_assurance.is_some() || !args.forbid.is_empty();
    let has_own = has_own || args.no_unassessed || args.ratchet;
    if let Some(path) = &args.policy {
        let mut faults = Diagnostics::new();
        let Some(file) = read_file(path, &mut session.sources, &mut faults) else {
            return Err(told(&faults, &session.sources, io));
        };
        match gate::read_policy(session.text(file), file, session.model.library(), !has_own) {
            Ok(checked) => policy = checked.value,
            Err(faults) => return Err(told(&faults, &session.sources, io)),
        }
    }
    let minima = [(Measure::Score, args.min_score), (Measure::Assurance, args.min_assurance)];
    for (measure, least) in minima {
        least.into_iter().for_each(|least| policy.ask_minimum(measure, least));
    }
    if args.no_unassessed {
        policy.ask_nothing_unassessed();
    }
    policy.forbid(args.forbid.iter().filter_map(|kind| GapKind::from_word(kind)));
    if args.ratchet {
        policy.ask_ratchet();
    }
    args.within.into_iter().for_each(|days| policy.ask_within(days));
    if policy.is_empty() {
        let help = "give `--policy gate.toml`, or rules such as `--min-score 70 --no-unassessed --forbid test-failed`";
        return Err(Failure::input("the gate has no rule, and would let everything pass", help.to_owned()));
    }
    Ok(policy)
}

/// The snapshot to compare with; that there is none that can be used is told in the verdict.
fn baseline(
    db: &Path,
    profile: &TenantProfile,
    as_of: NaiveDate,
    session: &Session,
    io: &mut Io<'_>,
) -> Result<Baseline, Failure> {
    match recorded(db, profile, as_of, session, io) {
        Ok(recorded) => Ok(Ok(recorded)),
        Err(Failure::Input { message, help: None }) => Ok(Err(message)),
        Err(Failure::Input { message, help: Some(help) }) => Ok(Err(format!("{message}; {help}"))),
        Err(failure) => Err(failure),
    }
}

fn recorded(
    db: &Path,
    profile: &TenantProfile,
    as_of: NaiveDate,
    session: &Session,
    io: &mut Io<'_>,
) -> Result<Recorded, Failure> {
    let no = |error: HistoryError| refused(error, db);
    let history = remember::open(db, io)?;
    history.hold_log().map_err(no)?;
    let kept = history.list(Some(&profile.profile().tenant)).map_err(no)?;
    let identities: Vec<Identity> = kept.iter().map(|k| k.identity.clone()).collect();
    let place = remember::at(db);
    let chosen = gate::baseline_of(&identities, as_of);
    let chosen = chosen.map_err(|why| Failure::input(format!("`{place}`: {why}"), None))?;
    let found = kept.iter().find(|k| k.identity == *chosen);
    let found = found.ok_or_else(|| Failure::input(format!("`{place}`: the snapshot is missing"), None))?;
    let text = history.profile(found).map_err(no)?;
    // What it says of the library is read here; the evidence files of then need not be there now.
    let then = session.model.profile(&text, u32::MAX, &Unchecked);
    Ok(Recorded {
        name: BaselineName { id: found.id(), as_of: chosen.as_of, recorded_at: chosen.recorded_at.clone() },
        rows: history.rows(found).map_err(no)?,
        library: chosen.library,
        profile: then.map(|checked| checked.value).map_err(|faults| first_of(&faults)),
    })
}

fn first_of(faults: &Diagnostics) -> String {
    faults.sorted().first().map_or_else(|| "it has faults".to_owned(), |d| d.message.clone())
}

/// Two forms in one file would leave one.
fn one_file_each(args: &GateArgs) -> Result<(), Failure> {
    let mut seen: Vec<&Path> = args.step_summary.iter().map(PathBuf::as_path).collect();
    for (_, path) in &args.output {
        if seen.contains(&path.as_path()) {
            let message = format!("`{}` is named for two outputs", path.display());
            return Err(Failure::input(message, "give each form a file of its own".to_owned()));
        }
        seen.push(path);
    }
    Ok(())
}

/// The files first: that standard output is closed or full takes none of them away.
fn write(args: &GateArgs, report: &GateReport, io: &mut Io<'_>) -> Result<(), Failure> {
    for (format, path) in &args.output {
        output::write_file(path, render(*format, report, Style::PLAIN)?)?;
    }
    if let Some(path) = &args.step_summary {
        append(path, &gate_markdown(report)).map_err(|e| Failure::machine("write", path, &e))?;
    }
    io.print(&render(args.format, report, io.style())?)
}

/// What other steps wrote there stays.
fn append(path: &Path, text: &str) -> std::io::Result<()> {
    std::fs::OpenOptions::new().append(true).create(true).open(path)?.write_all(text.as_bytes())
}

fn render(format: GateFormat, report: &GateReport, style: Style) -> Result<String, Failure> {
    let internal = |error: serde_json::Error| Failure::Machine(format!("cannot write the result: {error}"));
    Ok(match format {
        GateFormat::Text => gate_text(report, style),
        GateFormat::Json => to_json(report).map_err(internal)?,
        GateFormat::Markdown => gate_markdown(report),
        GateFormat::Github => gate_github(report),
        GateFormat::Gitlab => to_json(&gate_gitlab(report)).map_err(internal)?,
        GateFormat::Junit => gate_junit(report),
        GateFormat::Sarif => to_json(&gate_sarif(report)).map_err(internal)?,
    })
}

/// Parses a least percentage for clap: one of nothing asks for nothing.
fn above_nothing(text: &str) -> Result<Percent, String> {
    let least = percent(text)?;
    if least.hundredths() == 0 { Err("0 asks for nothing; give a percentage above it".to_owned()) } else { Ok(least) }
}

/// Parses `FORMAT=FILE` for clap.
fn output_of(text: &str) -> Result<(GateFormat, PathBuf), String> {
    let names = || GateFormat::value_variants().iter().filter_map(|f| f.to_possible_value());
    let names: Vec<String> = names().map(|v| v.get_name().to_owned()).collect();
    let wrong = || format!("write `FORMAT=FILE`, such as `junit=gate.xml`; formats: {}", names.join(", "));
    let (format, file) = text.split_once('=').ok_or_else(wrong)?;
    if file.is_empty() || file == "-" {
        return Err(wrong());
    }
    let format = GateFormat::from_str(format, false).map_err(|_| wrong())?;
    Ok((format, PathBuf::from(file)))
}
