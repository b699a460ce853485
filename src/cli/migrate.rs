//! `annexa migrate`: a profile carried from one edition to another.

use super::shared::{Session, date, template, told};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{Style, migration_markdown, migration_text, safe, to_json};
use annexa::{Migrated, Migration, MigrationFailure, MigrationOptions, ProfileFolder, Template};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Carry a profile to the template of another edition: a new file, and what is left to decide
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa migrate tenant.toml --to microsoft-cloud/iso-27001-2022
  annexa migrate tenant.toml --to microsoft-cloud/iso-27001-2022 --keep -o both.toml
  annexa migrate tenant.toml --to microsoft-cloud/iso-27001-2022 -o - > new.toml
  annexa library list templates              the ids of the templates

The new file stands beside the profile and is named after the framework, unless `-o` names it. Only
assessments and what is stated of controls are touched: exclusions, inheritances, inclusions, requirements.
A control is excluded in the new edition if all that it comes from was excluded, and required if any of it
was; what cannot be carried stays in the file as a comment, with the reason.")]
pub(crate) struct MigrateArgs {
    /// The profile; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    /// The template to be assessed against
    #[arg(long, value_name = "TEMPLATE")]
    to: String,
    /// The template that is left; without it the one whose framework a crosswalk relates to the new one
    #[arg(long, value_name = "TEMPLATE")]
    from: Option<String>,
    /// Keep the old assessments beside the new ones
    #[arg(long)]
    keep: bool,
    /// The new file; with `-` it goes to standard output, and the report to standard error
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long)]
    force: bool,
    /// The date of the figures; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// The form of the report
    #[arg(long, value_enum, default_value = "text")]
    format: MigrateFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum MigrateFormat {
    /// For people
    Text,
    /// For programs: everything, exactly
    Json,
    /// For pull requests and wikis
    Markdown,
}

pub(crate) fn run(args: &MigrateArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut session = Session::open(global, io)?;
    let library = session.model.library();
    let to = template(Some(&args.to), library)?;
    let from = args.from.as_deref().map(|id| template(Some(id), library)).transpose()?;
    let file = place(args, library.template(to))?;
    let (profile, number) = session.profile_and_file(&args.profile, io)?;
    // Evidence files are sought where the new profile will look for them.
    let folder = ProfileFolder::of(file.as_deref().unwrap_or(&args.profile));
    let new = u32::try_from(session.sources.len()).unwrap_or(u32::MAX);
    let text = session.sources.get(number).map_or("", |s| s.text.as_ref());
    let options = MigrationOptions { to, from, keep: args.keep };
    let as_of = args.as_of.unwrap_or(io.today());
    let migrated = match session.model.migrate(&profile, text, &options, as_of, new, &folder) {
        Ok(migrated) => migrated,
        Err(MigrationFailure::Refused { message, help }) => return Err(Failure::input(message, help)),
        Err(MigrationFailure::Fault { text, faults }) => {
            let name = file.map_or_else(|| "standard output".to_owned(), |f| f.display().to_string());
            session.sources.add(name, text);
            told(&faults, &session.sources, io);
            let message = "the new profile has errors that the old one has not, so it was not written";
            return Err(if same_folder(args, &folder) {
                Failure::Machine(format!("{message}; this is a fault of annexa, please report it"))
            } else {
                let help = "evidence files are sought beside the profile: write the new one beside the old";
                Failure::input(message, help.to_owned())
            });
        }
    };
    deliver(args, file.as_deref(), &migrated, global, io)
}

/// Whether evidence files are sought in the folder in which they lay before.
fn same_folder(args: &MigrateArgs, folder: &ProfileFolder) -> bool {
    *folder == ProfileFolder::of(&args.profile)
}

/// The file to write, which must be free to be written; none is standard output.
fn place(args: &MigrateArgs, target: &Template) -> Result<Option<PathBuf>, Failure> {
    if args.output.as_deref().is_some_and(|p| p.as_os_str() == "-") {
        return Ok(None);
    }
    let path = match &args.output {
        Some(path) => path.clone(),
        None if args.profile.as_os_str() == "-" => {
            let help = "name one with `-o FILE`, or `-o -` for standard output".to_owned();
            return Err(Failure::input("a profile from standard input has no place for a new file beside it", help));
        }
        None => beside(&args.profile, target.framework.value.as_str()),
    };
    if !args.force {
        output::must_be_new(&path)?;
    }
    // A link may lead back to the profile, and nobody named it.
    if args.output.is_none() && path.canonicalize().ok().is_some_and(|p| args.profile.canonicalize().ok() == Some(p)) {
        let message = format!("`{}` is the profile itself", path.display());
        return Err(Failure::input(message, "name another file with `-o`".to_owned()));
    }
    Ok(Some(path))
}

/// `tenant.toml` becomes `tenant.FRAMEWORK.toml`.
fn beside(profile: &Path, framework: &str) -> PathBuf {
    let mut name = profile.file_stem().unwrap_or_default().to_os_string();
    name.push(format!(".{}.toml", framework.replace('/', "-")));
    profile.with_file_name(name)
}

fn deliver(
    args: &MigrateArgs,
    file: Option<&Path>,
    migrated: &Migrated,
    global: &Global,
    io: &mut Io<'_>,
) -> Result<Exit, Failure> {
    let Some(path) = file else {
        let report = render(args, &migrated.report, io.style_err())?;
        io.print(&migrated.text)?;
        if !global.quiet {
            io.say(&report);
        }
        return Ok(Exit::Met);
    };
    let report = render(args, &migrated.report, io.style())?;
    if args.force {
        output::write_file(path, &migrated.text)?;
    } else {
        output::write_new_file(path, &migrated.text)?;
    }
    io.print(&report)?;
    if !global.quiet {
        let path = safe(&path.display().to_string());
        io.say(&format!("{path} is written; `annexa check {path}` checks it\n"));
    }
    Ok(Exit::Met)
}

fn render(args: &MigrateArgs, report: &Migration, style: Style) -> Result<String, Failure> {
    match args.format {
        MigrateFormat::Text => Ok(migration_text(report, style)),
        MigrateFormat::Markdown => Ok(migration_markdown(report)),
        MigrateFormat::Json => to_json(report).map_err(|e| Failure::Machine(format!("cannot write the result: {e}"))),
    }
}
