//! `annexa history`: snapshots of scores, kept in one file.

use super::shared::{Session, date};
use super::{Exit, Failure, Global, Io, output, remember};
use annexa::report::{history_csv, history_text, to_json};
use annexa::{EXPIRING_WITHIN_DAYS, History, Keep, ListedSnapshot};
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use remember::{at, refused};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Keep scores, and look at those kept
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct HistoryArgs {
    #[command(subcommand)]
    command: HistoryCommand,
}

#[derive(Debug, Subcommand)]
enum HistoryCommand {
    Record(RecordArgs),
    List(ListArgs),
    Show(ShowArgs),
    Verify(VerifyArgs),
    Export(ExportArgs),
    Import(ImportArgs),
    Prune(PruneArgs),
}

/// Where the history is.
#[derive(Debug, Args)]
struct StoreArgs {
    /// The file of the history; `.annexa/history.db` in the current folder without it
    #[arg(long, value_name = "PATH")]
    db: Option<PathBuf>,
}

/// Record the score of profiles, with everything it came from
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history record tenant.toml
  annexa history record tenant.toml --as-of 2020-06-01 --note 'after the audit'
  annexa history record tenants/*.toml --db history.db

What has not changed since the last snapshot of the same date is not recorded again.")]
struct RecordArgs {
    /// Profiles; `-` reads standard input
    #[arg(required = true, value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
    /// The date of every figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// What is to be remembered of it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Report evidence that lapses within so many days
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
    /// The file of the history; `.annexa/history.db` beside each profile without it
    #[arg(long, value_name = "PATH")]
    db: Option<PathBuf>,
}

/// List the snapshots
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history list
  annexa history list tenant.toml
  annexa history list --db history.db --tenant contoso.example --format csv")]
struct ListArgs {
    /// Only those of this profile's tenant; the history is then sought beside it
    #[arg(value_name = "PROFILE", conflicts_with = "tenant")]
    profile: Option<PathBuf>,
    /// Only those of this tenant
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ListFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

/// Show what was recorded: the result, or the profile
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history show last
  annexa history show 5f0c2a --format json > result.json
  annexa history show last --tenant contoso.example --profile > tenant.toml")]
struct ShowArgs {
    /// The id of a snapshot, or how it starts; `last` is the one recorded last
    #[arg(value_name = "ID")]
    id: String,
    /// With `last`: the last of this tenant
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// The form of the output; JSON is the recorded result, byte for byte
    #[arg(long, value_enum, default_value = "text")]
    format: ShowFormat,
    /// The text of the profile instead
    #[arg(long, conflicts_with = "format")]
    profile: bool,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ShowFormat {
    /// For people: what `annexa score` prints, worked out anew from what was recorded
    Text,
    /// For programs
    Json,
}

/// Hold everything in the history against everything else, and replay each result
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history verify
  annexa history verify --db history.db

Exit codes: 0 all of it holds, 2 something does not and is named.")]
struct VerifyArgs {
    #[command(flatten)]
    store: StoreArgs,
}

/// Write everything in the history as lines of JSON
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history export -o history.ndjson
  annexa history export --db history.db | gzip > history.ndjson.gz")]
struct ExportArgs {
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    store: StoreArgs,
}

/// Add what an export holds, if all of it verifies
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history import history.ndjson --db copy.db")]
struct ImportArgs {
    /// The export; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    store: StoreArgs,
}

/// Take old snapshots away; without `--apply` only say which
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history prune --keep-last 24
  annexa history prune --before 2019-01-01 --apply

The log keeps the hash of what is taken away, so that the rest still verifies.")]
struct PruneArgs {
    /// Keep so many of each tenant, those of the latest dates
    #[arg(long, value_name = "N", required_unless_present = "before", conflicts_with = "before")]
    keep_last: Option<u32>,
    /// Take those away that are of an earlier date
    #[arg(long, value_name = "DATE", value_parser = date)]
    before: Option<NaiveDate>,
    /// Only those of this tenant
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// Do it; they cannot be brought back
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    store: StoreArgs,
}

impl StoreArgs {
    fn path(&self) -> PathBuf {
        self.db.clone().unwrap_or_else(|| remember::beside(Path::new("-")))
    }
}

pub(crate) fn run(args: &HistoryArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    match &args.command {
        HistoryCommand::Record(args) => record(args, global, io)?,
        HistoryCommand::List(args) => list(args, global, io)?,
        HistoryCommand::Show(args) => show(args, io)?,
        HistoryCommand::Verify(args) => verify(args, global, io)?,
        HistoryCommand::Export(args) => export(args, io)?,
        HistoryCommand::Import(args) => import(args, io)?,
        HistoryCommand::Prune(args) => prune(args, io)?,
    }
    Ok(Exit::Met)
}

fn record(args: &RecordArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let mut session = Session::open(global, io)?;
    let as_of = args.as_of.unwrap_or(io.today());
    let mut read = Vec::with_capacity(args.profiles.len());
    let mut is_unusable = false;
    for path in &args.profiles {
        match session.profile_and_file(path, io) {
            Ok((profile, file)) => read.push((path, profile, file)),
            Err(Failure::Told) => is_unusable = true,
            Err(failure) => return Err(failure),
        }
    }
    if is_unusable {
        return Err(Failure::Told);
    }
    let library = session.library_version();
    for (path, profile, file) in read {
        let score = session.model.score(&profile, as_of, args.expiring_within);
        let recorder = remember::Recorder {
            db: args.db.as_deref(),
            library: &library,
            expiring_within: args.expiring_within,
            note: args.note.as_deref(),
        };
        let line = recorder.record(path, session.text(file), &score, io)?;
        io.print(&line)?;
        // It is on the disk now, and whoever listens may rely on it.
        io.flush()?;
    }
    Ok(())
}

fn list(args: &ListArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let (path, tenant) = match &args.profile {
        None => (args.store.path(), args.tenant.clone()),
        Some(profile) => {
            let read = Session::open(global, io)?.profile(profile, io)?;
            let path = args.store.db.clone().unwrap_or_else(|| remember::beside(profile));
            (path, Some(read.profile().tenant.clone()))
        }
    };
    let kept = remember::open(&path, io)?.list(tenant.as_deref()).map_err(|e| refused(e, &path))?;
    let listed: Vec<ListedSnapshot> = kept.iter().map(ListedSnapshot::from).collect();
    let internal = |error: String| Failure::Machine(format!("cannot write the list: {error}"));
    let text = match args.format {
        ListFormat::Text => history_text(&listed, io.style()),
        ListFormat::Json => to_json(&listed).map_err(|e| internal(e.to_string()))?,
        ListFormat::Csv => history_csv(&listed).map_err(|e| internal(e.to_string()))?,
    };
    io.print(&text)
}

fn show(args: &ShowArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let history = remember::open(&path, io)?;
    let no = |e| refused(e, &path);
    let kept = history.find(&args.id, args.tenant.as_deref()).map_err(no)?;
    if args.profile {
        return io.print(&history.profile(&kept).map_err(no)?);
    }
    let result = history.result(&kept).map_err(no)?;
    match args.format {
        ShowFormat::Json => io.print(&result),
        ShowFormat::Text => {
            let score = history.replay(&kept).map_err(no)?;
            io.print(&annexa::report::score_text(&score, io.style()))
        }
    }
}

fn verify(args: &VerifyArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let verified = remember::open(&path, io)?.verify(remember::ENGINE).map_err(|e| refused(e, &path))?;
    for id in verified.otherwise.iter().filter(|_| !global.quiet) {
        io.say(&format!(
            "note: snapshot {id} was recorded by another version of annexa, and this one counts otherwise\n"
        ));
    }
    let counts = [(verified.snapshots, "recorded"), (verified.pruned, "pruned"), (verified.replayed, "replayed alike")];
    let counts: Vec<String> = counts.iter().map(|(n, what)| format!("{n} {what}")).collect();
    io.print(&format!("Everything holds: {}\nRoot of {} leaves: {}\n", counts.join(", "), verified.size, verified.root))
}

fn export(args: &ExportArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let history = remember::open(&path, io)?;
    let Some(target) = args.output.as_deref().filter(|o| o.as_os_str() != "-") else {
        return history.export(|line| io.print(line).map_err(remember::Exporting::Told)).map_err(|e| e.failure(&path));
    };
    let writing = |out: &mut dyn std::io::Write| {
        let put = |line: &str| {
            out.write_all(line.as_bytes()).map_err(|e| remember::Exporting::Told(Failure::machine("write", target, &e)))
        };
        history.export(put).map_err(|e| e.failure(&path))
    };
    output::write_file_by(target, writing)
}

fn import(args: &ImportArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let mut file: Option<BufReader<std::fs::File>> = None;
    if args.file.as_os_str() != "-" {
        let opened = remember::open_file(&args.file)?;
        file = Some(BufReader::new(opened));
    }
    let mut history = remember::create(&path, args.store.db.is_none(), io)?;
    let lines: &mut dyn BufRead = match &mut file {
        Some(file) => file,
        None => io.lines(),
    };
    let imported = history.import(lines, remember::ENGINE).map_err(|e| refused(e, &args.file))?;
    io.print(&format!("{} added, {} known already: {}\n", imported.added, imported.known, at(&path)))
}

fn prune(args: &PruneArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let mut history: History = remember::open(&path, io)?;
    let keep = match (args.keep_last, args.before) {
        (Some(count), _) => Keep::Last(count),
        (None, day) => Keep::From(day.unwrap_or(NaiveDate::MIN)),
    };
    let going = history.to_prune(keep, args.tenant.as_deref()).map_err(|e| refused(e, &path))?;
    let listed: Vec<ListedSnapshot> = going.iter().map(ListedSnapshot::from).collect();
    if args.apply {
        history.prune(&going, &io.now()).map_err(|e| refused(e, &path))?;
    }
    if !listed.is_empty() {
        io.print(&history_text(&listed, io.style()))?;
    }
    let (count, plural) = (listed.len(), if listed.len() == 1 { "" } else { "s" });
    io.print(&match args.apply {
        true => format!("{count} snapshot{plural} taken away: {}\n", at(&path)),
        false => format!("{count} snapshot{plural} would go; `--apply` takes them away for good\n"),
    })?;
    Ok(())
}
