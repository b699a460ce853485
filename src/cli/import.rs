//! `annexa import`: what other tools know of a tenant, taken over into its profile.

use super::shared::{Session, date, told};
use super::{Exit, Failure, Global, Io, output, remember};
use annexa::import::{
    Format, Import, ImportFailure, Imported, Input, MAX_IMPORT_BYTES, Map, Policy, Reading, import, source,
};
use annexa::report::{import_text, safe, to_json};
use annexa::{
    Checked, Choice, Diagnostics, EXPIRING_WITHIN_DAYS, ProfileFolder, Sources, TenantProfile, bytes_of, read_bytes,
    read_file,
};
use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Take over into a profile what other tools know: scanners, Secure Score, spreadsheets
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa import secure-score scores.json profiles.json --profile tenant.toml --dry-run
  annexa import azure-policy states.json --profile tenant.toml
  annexa import prowler output.csv --profile tenant.toml --policy fill
  annexa import scubagear config.yaml --profile tenant.toml --owner CISO
  annexa import csv measures.csv --map columns.toml --profile tenant.toml --date 2026-06-30

Each row is held against the actions of the library, by the checks that they name, their titles or a map
file; what it says is written into the profile, whose comments and order stay, with the name of the check as
`test_reference`. Every row that is not used is listed with the reason. \"Nothing to test\" is not failed, and
\"not run\" is not passed. Importing twice changes nothing.")]
pub(crate) struct ImportArgs {
    /// The format of the files
    #[arg(value_name = "FORMAT", value_parser = format())]
    format: Format,
    #[command(flatten)]
    how: How,
}

/// What is imported, into which profile and by what rules, whatever the format.
#[derive(Debug, Args)]
pub(crate) struct How {
    /// The files; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The profile to be changed
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: PathBuf,
    /// Say what would change, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// When a row takes the place of what the profile says
    #[arg(long, value_name = "POLICY", default_value = "newer", value_parser = policy())]
    pub(super) policy: Policy,
    /// The day of rows that have none
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) date: Option<NaiveDate>,
    /// A map file: what ids of the source stand for, what its places are called, what columns mean
    #[arg(long, value_name = "FILE")]
    pub(super) map: Option<PathBuf>,
    /// The owner of accepted risks that name none
    #[arg(long, value_name = "NAME")]
    pub(super) owner: Option<String>,
    /// The last day of accepted risks that name none
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) expires: Option<NaiveDate>,
    /// Record the state of each day that the files report, in this history
    #[arg(long, value_name = "DB", conflicts_with = "dry_run")]
    pub(super) history: Option<PathBuf>,
    /// Write the profile to another file, or with `-` to standard output and the report to standard error
    #[arg(short, long, value_name = "FILE", conflicts_with = "dry_run")]
    pub(super) output: Option<PathBuf>,
    /// The date of the figures; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<NaiveDate>,
    /// The form of the report
    #[arg(long = "format", value_enum, default_value = "text")]
    pub(super) report_format: ReportFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people
    Text,
    /// For programs: everything, exactly
    Json,
}

fn format() -> impl TypedValueParser<Value = Format> {
    let known =
        Format::WORDS.iter().filter_map(|word| Some(PossibleValue::new(*word).help(Format::from_word(word)?.about())));
    PossibleValuesParser::new(known).try_map(|word| Format::from_word(&word).ok_or("no such format"))
}

pub(super) fn policy() -> impl TypedValueParser<Value = Policy> {
    let help = |policy| match policy {
        Policy::Fill => "only where the profile has no result yet",
        Policy::Newer => "where it is of a later day",
        Policy::Replace => "always",
    };
    let known =
        Policy::WORDS.iter().filter_map(|word| Some(PossibleValue::new(*word).help(help(Policy::from_word(word)?))));
    PossibleValuesParser::new(known).try_map(|word| Policy::from_word(&word).ok_or("no such policy"))
}

pub(crate) fn run(args: &ImportArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    take_over(args.format, &args.how, global, io)
}

/// Takes over what files of a format say.
pub(crate) fn take_over(format: Format, args: &How, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    one_standard_input(args)?;
    let mut session = Session::open(global, io)?;
    let (profile, file) = session.profile_and_file(&args.profile, io)?;
    let map = map(args.map.as_deref(), &mut session, io)?;
    let inputs = inputs(args, &mut session, io)?;
    let reading = source::read(format, &inputs, &map, &session.sources);
    let reading = reading.map_err(|faults| told(&faults, &session.sources, io))?;
    let files: Vec<String> = inputs.into_iter().map(|input| input.name).collect();
    let job = Job { format, args, profile: &profile, file, map: &map, files: &files };
    let as_of = args.as_of.unwrap_or(io.today());
    let imported = job.import(&reading, as_of, &mut session, io)?;
    if let Some(db) = &args.history {
        job.record(db, &reading, &mut session, io)?;
    }
    job.deliver(&imported, session.text(file), global, io)
}

/// Standard input can be read once.
fn one_standard_input(args: &How) -> Result<(), Failure> {
    let inputs = args.files.iter().chain([&args.profile]).chain(&args.map);
    if inputs.filter(|path| path.as_os_str() == "-").count() > 1 {
        return Err(Failure::input("standard input can be read once only", "give files for the others".to_owned()));
    }
    if args.profile.as_os_str() == "-" && args.output.is_none() && !args.dry_run {
        let help = "name a file with `-o FILE`, or `-o -` for standard output".to_owned();
        return Err(Failure::input("a profile from standard input cannot be changed in place", help));
    }
    Ok(())
}

/// The map file, or one that says nothing.
fn map(path: Option<&Path>, session: &mut Session, io: &mut Io<'_>) -> Result<Map, Failure> {
    let Some(path) = path else { return Ok(Map::default()) };
    let mut faults = Diagnostics::new();
    let read = read_file(path, &mut session.sources, &mut faults);
    let Some(file) = read else { return Err(told(&faults, &session.sources, io)) };
    match Map::read(session.text(file), file, session.model.library()) {
        Ok(Checked { value, .. }) => Ok(value),
        Err(faults) => Err(told(&faults, &session.sources, io)),
    }
}

/// All files, or what is wrong with any of them.
fn inputs(args: &How, session: &mut Session, io: &mut Io<'_>) -> Result<Vec<Input>, Failure> {
    let mut faults = Diagnostics::new();
    let mut inputs = Vec::with_capacity(args.files.len());
    for path in &args.files {
        let is_stream = path.as_os_str() == "-";
        let name = if is_stream { "standard input".to_owned() } else { path.display().to_string() };
        let bytes = if is_stream {
            bytes_of(io.input(), &name, MAX_IMPORT_BYTES, &mut faults)
        } else {
            read_bytes(path, MAX_IMPORT_BYTES, &mut faults)
        };
        match bytes.map(|bytes| Input::new(&name, bytes, &mut session.sources)) {
            Some(Ok(input)) => inputs.push(input),
            Some(Err(fault)) => faults.push(fault),
            None => {}
        }
    }
    if faults.has_errors() { Err(told(&faults, &session.sources, io)) } else { Ok(inputs) }
}

/// What is imported into which profile.
struct Job<'a> {
    format: Format,
    args: &'a How,
    profile: &'a TenantProfile,
    /// The number of its file among the sources.
    file: u32,
    map: &'a Map,
    files: &'a [String],
}

impl Job<'_> {
    fn import(
        &self,
        reading: &Reading,
        as_of: NaiveDate,
        session: &mut Session,
        io: &mut Io<'_>,
    ) -> Result<Imported, Failure> {
        let args = self.args;
        let is_input = args.profile.as_os_str() == "-";
        let folder = ProfileFolder::of(if is_input { Path::new("profile") } else { &args.profile });
        let next = u32::try_from(session.sources.len()).unwrap_or(u32::MAX);
        let done = import(
            &Import {
                model: &session.model,
                profile: self.profile,
                text: session.text(self.file),
                folder: &folder,
                format: self.format,
                files: self.files,
                reading,
                map: self.map,
                policy: args.policy,
                date: args.date,
                owner: args.owner.as_deref(),
                expires: args.expires,
                as_of,
            },
            next,
        );
        done.map_err(|failure| match failure {
            ImportFailure::Unplaced(list) => {
                let message = format!("`{list}` is written in a form that cannot be edited");
                Failure::input(message, format!("write it as `[[{list}]]` tables"))
            }
            ImportFailure::Faults { text, faults } => {
                session.sources.add(format!("{} with what was imported", args.profile.display()), text);
                told(&faults, &session.sources, io);
                let message = "the profile would have errors that it has not now, so it was not written; \
                               this is a fault of annexa, please report it";
                Failure::Machine(message.to_owned())
            }
        })
    }

    /// Records what was known on each day that the files report.
    fn record(&self, db: &Path, reading: &Reading, session: &mut Session, io: &mut Io<'_>) -> Result<(), Failure> {
        let library = session.library_version();
        let recorder =
            remember::Recorder { db: Some(db), library: &library, expiring_within: EXPIRING_WITHIN_DAYS, note: None };
        for day in reading.days() {
            let imported = self.import(&reading.until(day), day, session, io)?;
            let score =
                session.model.score(imported.profile.as_ref().unwrap_or(self.profile), day, EXPIRING_WITHIN_DAYS);
            let line = recorder.record(&self.args.profile, &imported.text, &score, io)?;
            io.say(&line);
        }
        Ok(())
    }

    /// Writes the profile, which said `before` when it was read, and tells what was done.
    fn deliver(&self, imported: &Imported, before: &str, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
        let args = self.args;
        let is_stdout = args.output.as_deref().is_some_and(|path| path.as_os_str() == "-");
        let style = if is_stdout { io.style_err() } else { io.style() };
        let report = match args.report_format {
            ReportFormat::Text => import_text(&imported.report, args.dry_run, style),
            ReportFormat::Json => {
                to_json(&imported.report).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))?
            }
        };
        if is_stdout {
            io.print(&imported.text)?;
            if !global.quiet {
                io.say(&report);
            }
            return Ok(Exit::Met);
        }
        let place = args.output.as_deref().unwrap_or(&args.profile);
        if !args.dry_run && (imported.profile.is_some() || args.output.is_some()) {
            if args.output.is_none() {
                is_unchanged(place, before)?;
            }
            output::write_file(place, &imported.text)?;
        }
        io.print(&report)?;
        if !args.dry_run && imported.profile.is_some() && !global.quiet {
            io.say(&format!("{} is written\n", safe(&place.display().to_string())));
        }
        Ok(Exit::Met)
    }
}

/// Whether the profile still says what it said: who wrote into it meanwhile would lose what they wrote.
fn is_unchanged(path: &Path, before: &str) -> Result<(), Failure> {
    let (mut sources, mut faults) = (Sources::default(), Diagnostics::new());
    let now = read_file(path, &mut sources, &mut faults).and_then(|file| sources.get(file));
    if now.is_some_and(|file| file.text == before) {
        return Ok(());
    }
    let message = format!("`{}` was changed while it was imported into", path.display());
    Err(Failure::input(message, "nothing was written; import again".to_owned()))
}
