//! `annexa explain`: the proof behind a figure, or the meaning of a diagnostic code.

use super::shared::{Session, date};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{FEW_LINES, Style, code_text, explanation_text, to_json};
use annexa::{Code, Explanation, TenantProfile, suggestion};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Explain a figure down to statuses and evidence, or a diagnostic code
#[derive(Debug, Args)]
#[command(override_usage = "annexa explain [OPTIONS] <PROFILE> <ID>\n       annexa explain <CODE>")]
#[command(after_help = "\
Examples:
  annexa explain tenant.toml score                      what the score is made of
  annexa explain tenant.toml A.9.2.3                    a control: its actions, what each lacks
  annexa explain tenant.toml require-mfa-for-admins     an action: its places and their lines
  annexa explain tenant.toml azure                      a service: what attests it, what rests on it
  annexa explain tenant.toml ca-policy-export           evidence: what would be lost without it
  annexa explain status-pair                            a diagnostic code")]
pub(crate) struct ExplainArgs {
    /// The profile (`-` reads standard input), or alone a diagnostic code
    #[arg(value_name = "PROFILE|CODE")]
    subject: PathBuf,
    /// A control, an action, a service, an item of evidence, or `score`
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// The date of every figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date, requires = "id")]
    as_of: Option<NaiveDate>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: ExplainFormat,
    /// Only the assessments of this group or template
    #[arg(long, value_name = "GROUP|TEMPLATE", requires = "id")]
    assessment: Option<String>,
    /// Show long lists whole
    #[arg(long, requires = "id")]
    all: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExplainFormat {
    /// For people
    Text,
    /// For programs: everything, exactly
    Json,
}

pub(crate) fn run(args: &ExplainArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let style = if args.output.is_some() { Style::PLAIN } else { io.style() };
    let text = match &args.id {
        Some(id) => {
            let explanation = explanation(args, id, global, io)?;
            let limit = (!args.all).then_some(FEW_LINES);
            match args.format {
                ExplainFormat::Text => explanation_text(&explanation, limit, style),
                ExplainFormat::Json => json(&explanation)?,
            }
        }
        None => {
            let code = code(&args.subject)?;
            match args.format {
                ExplainFormat::Text => code_text(code, style),
                ExplainFormat::Json => json(&code_fields(code))?,
            }
        }
    };
    output::write(args.output.as_deref(), &text, io)?;
    Ok(Exit::Met)
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    to_json(value).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))
}

fn explanation(args: &ExplainArgs, id: &str, global: &Global, io: &mut Io<'_>) -> Result<Explanation, Failure> {
    let mut session = Session::open(global, io)?;
    let profile = session.profile(&args.subject, io)?;
    let only = args.assessment.as_deref();
    if let Some(only) = only {
        known_assessment(&session, &profile, only)?;
    }
    let as_of = args.as_of.unwrap_or(io.today());
    let found = session.model.explain(&profile, &session.sources, as_of, id, only);
    found.ok_or_else(|| unknown(id, only, &session.model.subjects(&profile)))
}

pub(super) fn known_assessment(session: &Session, profile: &TenantProfile, wanted: &str) -> Result<(), Failure> {
    let library = session.model.library();
    let plans = || profile.profile().assessments.iter();
    let templates = plans().map(|a| library.template(a.template).id.value.as_str());
    let known: Vec<&str> = plans().map(|a| a.group.as_str()).chain(templates).collect();
    if known.contains(&wanted) {
        return Ok(());
    }
    Err(Failure::input(format!("no assessment has the group or template `{wanted}`"), suggestion(wanted, known)))
}

/// An id that nothing has: its controls if it is a heading, else the nearest that something has.
fn unknown(id: &str, only: Option<&str>, known: &[&str]) -> Failure {
    let help = match only {
        Some(only) if known.contains(&id) => Some(format!("it stands in another assessment than `{only}`")),
        _ => heading(id, known).or_else(|| suggestion(id, known.iter().copied())),
    };
    let what = "no control of an assessed framework, action, service or item of evidence has the id";
    Failure::input(format!("{what} `{}`", id.escape_debug()), help)
}

/// What an id is that is none of a control but of a heading over some.
pub(super) fn heading(id: &str, known: &[&str]) -> Option<String> {
    let is_under = |control: &&&str| control.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
    let under: Vec<&str> = known.iter().filter(is_under).copied().collect();
    (!under.is_empty()).then(|| format!("it is a heading over `{}`", under.join("`, `")))
}

fn code(subject: &Path) -> Result<Code, Failure> {
    let name = subject.display().to_string();
    if let Some(code) = Code::ALL.iter().find(|c| c.name() == name) {
        return Ok(*code);
    }
    if name == "-" || subject.is_file() || subject.extension().is_some_and(|e| e == "toml") {
        let help = format!("name one after the profile, such as `annexa explain {name} score`");
        return Err(Failure::input(format!("no id of `{name}` is named to be explained"), help));
    }
    let codes = Code::ALL.iter().map(|c| c.name());
    Err(Failure::input(format!("no diagnostic has the code `{}`", name.escape_debug()), suggestion(&name, codes)))
}

fn code_fields(code: Code) -> BTreeMap<&'static str, &'static str> {
    [("code", code.name()), ("severity", code.severity().word()), ("explanation", code.explanation())].into()
}
