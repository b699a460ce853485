//! `annexa soa`: the Statement of Applicability.

use super::form::{self, Form};
use super::shared::{Session, date, unknown};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{
    Style, safe, statements_csv, statements_html, statements_markdown, statements_text, statements_xlsx, to_json,
};
use annexa::{EXPIRING_WITHIN_DAYS, Locale, Statement, TenantScore};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Write the Statement of Applicability that ISO/IEC 27001 asks for in 6.1.3 d)
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa soa tenant.toml
  annexa soa tenant.toml -o soa.xlsx
  annexa soa tenant.toml --as-of 2021-12-01 -o soa.html
  annexa soa tenant.toml --group headquarters --format csv
  annexa soa tenant.toml --fail-on-marks

A statement for each assessment whose framework has an Annex A: of every control whether it applies
and why, whether it is implemented, who carries it, how, and what shows it. A mark stands where an
auditor would ask.")]
pub(crate) struct SoaArgs {
    /// The profile; `-` reads standard input
    profile: PathBuf,
    /// The date of every status; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Only assessments against this template
    #[arg(long, value_name = "ID")]
    template: Option<String>,
    /// Only assessments in this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// The form of the output; that of the file's ending without it, and text on standard output
    #[arg(long, value_enum)]
    format: Option<SoaFormat>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with 1 if a control or the statement itself has a mark
    #[arg(long)]
    fail_on_marks: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SoaFormat {
    /// For people
    Text,
    /// For spreadsheets and programs: a row for each control
    Csv,
    /// For pull requests and wikis
    Markdown,
    /// For programs: everything, exactly
    Json,
    /// One page for browsers and paper
    Html,
    /// A workbook: a title page and a table
    Xlsx,
}

impl Form for SoaFormat {
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
            Self::Markdown => &["md", "markdown"],
            Self::Json => &["json"],
            Self::Html => &["html", "htm"],
            Self::Xlsx => &["xlsx"],
        }
    }

    fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx)
    }
}

pub(crate) fn run(args: &SoaArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let target = args.output.as_deref().filter(|p| p.as_os_str() != "-");
    let format = form::chosen(args.format, target, SoaFormat::Text, io)?;
    let mut session = Session::open(global, io)?;
    let profile = session.profile(&args.profile, io)?;
    let locale = match format {
        SoaFormat::Csv | SoaFormat::Json => global.locale_of_data(),
        SoaFormat::Text | SoaFormat::Markdown | SoaFormat::Html | SoaFormat::Xlsx => io.locale(),
    };
    session.speak(locale);
    let mut score = session.spoken().score(&profile, args.as_of.unwrap_or(io.today()), EXPIRING_WITHIN_DAYS);
    known(args, &score)?;
    let mut statements = session.spoken().statements(&profile, &score);
    let is_wanted = |template: &str, group: &str| {
        args.template.as_deref().is_none_or(|t| t == template) && args.group.as_deref().is_none_or(|g| g == group)
    };
    score.assessments.retain(|a| is_wanted(&a.template, &a.group));
    statements.retain(|s| is_wanted(&s.template, &s.group));
    without_annex(&score, &statements, global, io)?;
    let style = if target.is_some() { io.style().plain() } else { io.style() };
    output::write(target, render(format, &statements, locale, style)?, io)?;
    Ok(marked(args, &statements, io))
}

/// Fails if the profile has no assessment of the template or group asked for.
fn known(args: &SoaArgs, score: &TenantScore) -> Result<(), Failure> {
    if let Some(wanted) = args.template.as_deref().filter(|w| !score.assessments.iter().any(|a| a.template == *w)) {
        return Err(unknown("assessment against", wanted, score.assessments.iter().map(|a| a.template.as_str())));
    }
    if let Some(wanted) = args.group.as_deref().filter(|w| !score.assessments.iter().any(|a| a.group == *w)) {
        return Err(unknown("assessment in group", wanted, score.assessments.iter().map(|a| a.group.as_str())));
    }
    Ok(())
}

/// Says which assessments have no statement; fails if none has.
fn without_annex(
    score: &TenantScore,
    statements: &[Statement],
    global: &Global,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    if statements.is_empty() {
        let mut frameworks: Vec<String> = score.assessments.iter().map(|a| format!("`{}`", a.framework)).collect();
        frameworks.dedup();
        if frameworks.is_empty() {
            return Err(Failure::input("no assessment is against that template in that group", None));
        }
        let message = format!("{} has no Annex A, so there is no Statement of Applicability", frameworks.join(" and "));
        return Err(Failure::input(message, "it is asked for by ISO/IEC 27001 alone".to_owned()));
    }
    for assessment in &score.assessments {
        let has_one = statements.iter().any(|s| s.template == assessment.template && s.group == assessment.group);
        if !has_one && !global.quiet {
            let framework = safe(&assessment.framework);
            io.say(&format!("`{framework}` has no Annex A, so there is no statement for it\n"));
        }
    }
    Ok(())
}

fn render(format: SoaFormat, statements: &[Statement], locale: Locale, style: Style) -> Result<Vec<u8>, Failure> {
    let internal = |error: String| Failure::Machine(format!("cannot write the result: {error}"));
    let text = match format {
        SoaFormat::Text => statements_text(statements, style),
        SoaFormat::Markdown => statements_markdown(statements, locale),
        SoaFormat::Csv => statements_csv(statements).map_err(|e| internal(e.to_string()))?,
        SoaFormat::Json => to_json(&statements).map_err(|e| internal(e.to_string()))?,
        SoaFormat::Html => statements_html(statements, locale).map_err(|e| internal(e.to_string()))?,
        SoaFormat::Xlsx => return statements_xlsx(statements, locale).map_err(|e| internal(e.to_string())),
    };
    Ok(text.into_bytes())
}

/// Whether the marks let the run fail, which is said.
fn marked(args: &SoaArgs, statements: &[Statement], io: &mut Io<'_>) -> Exit {
    let count: usize = statements.iter().map(|s| s.marks.len() + s.summary.marks).sum();
    if !args.fail_on_marks || count == 0 {
        return Exit::Met;
    }
    io.say(&if count == 1 { "1 mark\n".to_owned() } else { format!("{count} marks\n") });
    Exit::Missed
}
