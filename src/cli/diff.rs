//! `annexa diff`: what changed between two states of a tenant, and why.

use super::shared::{Session, date, refuse_two_tenants};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{Style, comparison_markdown, comparison_text, to_json};
use annexa::{Comparison, Language, Locale, Snapshot, TenantProfile, compare};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Compare two profiles, or one at two dates: what moved, and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa diff before.toml after.toml
  annexa diff tenant.toml --from-date 2021-06-01 --to-date 2021-12-01
  annexa diff before.toml after.toml --as-of 2021-12-01 --format markdown
  annexa diff tenant.toml --from-library old-library --to-library new-library
  git show HEAD~20:tenant.toml | annexa diff - tenant.toml --from-date 2021-06-01

The change is shared among work done and undone, what was newly assessed, evidence and tests
that lapsed or were renewed, scope, the library, and assessments added or removed. The parts
depend on no order and sum exactly to the change.")]
pub(crate) struct DiffArgs {
    /// The profile before; `-` reads standard input
    #[arg(value_name = "A")]
    from: PathBuf,
    /// The profile after; without it the same file
    #[arg(value_name = "B")]
    to: Option<PathBuf>,
    /// The date of the figures before
    #[arg(long, value_name = "DATE", value_parser = date)]
    from_date: Option<NaiveDate>,
    /// The date of the figures after
    #[arg(long, value_name = "DATE", value_parser = date)]
    to_date: Option<NaiveDate>,
    /// The date of either state that has none of its own; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// A library folder for the state before alone, over those of `--library`
    #[arg(long, value_name = "DIR")]
    from_library: Vec<PathBuf>,
    /// A library folder for the state after alone, over those of `--library`
    #[arg(long, value_name = "DIR")]
    to_library: Vec<PathBuf>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: DiffFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Text,
    /// For programs: everything, exactly
    Json,
    /// For pull requests and wikis
    Markdown,
}

impl DiffFormat {
    /// The language of a comparison in this form.
    pub(super) fn locale(self, global: &Global, io: &Io<'_>) -> Locale {
        match self {
            Self::Text | Self::Markdown => io.locale(),
            Self::Json => global.locale_of_data(),
        }
    }
}

pub(crate) fn run(args: &DiffArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let to = args.to.as_deref().unwrap_or(&args.from);
    refuse_input_twice(args)?;
    let today = args.as_of.unwrap_or(io.today());
    let dates = (args.from_date.unwrap_or(today), args.to_date.unwrap_or(today));
    let has_libraries = !args.from_library.is_empty() || !args.to_library.is_empty();
    let language = args.format.locale(global, io).language();
    let comparison = if has_libraries {
        let mut before = Session::open(&with_folders(global, &args.from_library), io)?;
        let mut after = Session::open(&with_folders(global, &args.to_library), io)?;
        let profiles = both(before.profile(&args.from, io), after.profile(to, io))?;
        let mut comparison = compared((&before, &profiles.0, dates.0), (&after, &profiles.1, dates.1))?;
        spoken(&mut comparison, language, &before);
        spoken(&mut comparison, language, &after);
        comparison
    } else {
        let mut session = Session::open(global, io)?;
        let before = session.profile(&args.from, io);
        let mut comparison = if args.from == to {
            let profile = before?;
            compared((&session, &profile, dates.0), (&session, &profile, dates.1))?
        } else {
            let profiles = both(before, session.profile(to, io))?;
            compared((&session, &profiles.0, dates.0), (&session, &profiles.1, dates.1))?
        };
        spoken(&mut comparison, language, &session);
        comparison
    };
    let style = if args.output.is_some() { io.style().plain() } else { io.style() };
    output::write(args.output.as_deref(), render(&comparison, args.format, style)?, io)?;
    Ok(Exit::Met)
}

/// The comparison in the form that is wished.
pub(super) fn render(comparison: &Comparison, format: DiffFormat, style: Style) -> Result<String, Failure> {
    Ok(match format {
        DiffFormat::Text => comparison_text(comparison, style),
        DiffFormat::Markdown => comparison_markdown(comparison, style.locale),
        DiffFormat::Json => {
            to_json(comparison).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))?
        }
    })
}

/// Standard input can be read once: for one state, or for both against one library.
fn refuse_input_twice(args: &DiffArgs) -> Result<(), Failure> {
    let is_input = |path: &Path| path.as_os_str() == "-";
    let to = args.to.as_deref().unwrap_or(&args.from);
    let has_libraries = !args.from_library.is_empty() || !args.to_library.is_empty();
    if is_input(&args.from) && is_input(to) && has_libraries {
        let help = "write it to a file first".to_owned();
        return Err(Failure::input("standard input cannot be read against two libraries", help));
    }
    Ok(())
}

/// The library that all commands take, with more folders over it.
fn with_folders(global: &Global, more: &[PathBuf]) -> Global {
    Global { library: [&global.library[..], more].concat(), ..global.clone() }
}

/// Both profiles; the faults of both have been told, so either ends the run.
fn both(
    before: Result<TenantProfile, Failure>,
    after: Result<TenantProfile, Failure>,
) -> Result<(TenantProfile, TenantProfile), Failure> {
    Ok((before?, after?))
}

/// Tells the comparison in the language that is asked for, as far as a library has the words.
fn spoken(comparison: &mut Comparison, language: Option<Language>, session: &Session) {
    if let Some(language) = language {
        comparison.speak(language, session.model.library());
    }
}

/// A profile at a date, with the session it was read in.
type Stated<'a> = (&'a Session, &'a TenantProfile, NaiveDate);

fn compared(before: Stated<'_>, after: Stated<'_>) -> Result<Comparison, Failure> {
    refuse_two_tenants(before.1, after.1)?;
    Ok(compare(&snapshot(before), &snapshot(after)))
}

fn snapshot<'a>((session, profile, as_of): Stated<'a>) -> Snapshot<'a> {
    Snapshot { model: &session.model, profile, as_of }
}
