//! `annexa history from-git`.

use super::super::git::{Change, Commit, CommitFolder, Objects, Repository};
use super::super::remember::{self, Recorder, at, refused};
use super::super::shared::Session;
use super::super::{Failure, Global, Io, progress};
use annexa::report::safe;
use annexa::{
    Checked, Diagnostic, Diagnostics, EXPIRING_WITHIN_DAYS, History, LibraryVersion, MAX_FILE_BYTES, Recorded,
    Recording, Severity, Sources, Span, TenantScore, read_stream,
};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Record each version of a profile that a git repository has
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history from-git --profile tenant.toml
  annexa history from-git --profile tenant.toml --dry-run
  annexa history from-git ~/compliance --profile tenants/contoso.toml --rev main --date author

Each version is scored by today's annexa against the library at hand, as of the day of its commit
in UTC, with the evidence files that the commit has. What cannot be scored is named and left out,
and what the history has already is not recorded again. The `git` program is needed.")]
pub(super) struct FromGitArgs {
    /// A folder of the repository; the current one without it
    #[arg(value_name = "REPO")]
    repo: Option<PathBuf>,
    /// The profile, as seen from that folder; it need not be there any more
    #[arg(long, value_name = "PATH")]
    profile: PathBuf,
    /// The commit to start from, a branch or a tag
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    rev: String,
    /// Which date of a commit counts
    #[arg(long, value_enum, default_value = "committer")]
    date: Dated,
    /// Report evidence that lapses within so many days
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
    /// Only say what would be recorded
    #[arg(long)]
    dry_run: bool,
    /// The file of the history; `.annexa/history.db` beside the profile without it
    #[arg(long, value_name = "PATH")]
    db: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Dated {
    /// When it came into the branch
    Committer,
    /// When it was first written
    Author,
}

pub(super) fn run(args: &FromGitArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let folder = args.repo.as_deref().unwrap_or(Path::new("."));
    let repository = Repository::open(folder)?;
    let db = store(args, folder, &repository)?;
    let file = repository.inside(&args.profile)?;
    let tip = repository.commit(&args.rev)?;
    let commits = repository.commits(&tip, &file)?;
    if commits.is_empty() {
        return Err(repository.unknown(&tip, &file)?);
    }
    if repository.is_shallow && !global.quiet {
        io.say(
            "note: the history of this clone is cut; `git fetch --unshallow` brings what came before its first commit\n",
        );
    }
    let session = Session::open(global, io)?;
    let library = session.library_version();
    let history = if db.exists() { Some(remember::open(&db, io)?) } else { None };
    let bar = progress::bar(commits.len(), 0, "commits", global, io);
    let counts = Counts::default();
    let objects = repository.objects()?;
    let mut walk = Walk { args, session: &session, library: &library, objects, history, db: &db, counts };
    for commit in &commits {
        let told = walk.step(commit, io)?;
        bar.suspend(|| told.tell(global, io))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    walk.end(&file, io)
}

/// Where the history is: beside the profile, as the user sees it from where they are.
fn store(args: &FromGitArgs, folder: &Path, repository: &Repository) -> Result<PathBuf, Failure> {
    if let Some(db) = &args.db {
        return Ok(db.clone());
    }
    let profile = if args.repo.is_some() { folder.join(&args.profile) } else { args.profile.clone() };
    let beside = profile.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if repository.is_bare || !beside.is_dir() {
        let message = format!("there is no folder `{}` to keep a history in", beside.display());
        let message =
            if repository.is_bare { "a bare repository has no place for a history".to_owned() } else { message };
        return Err(Failure::input(message, "name one with `--db PATH`".to_owned()));
    }
    Ok(remember::beside(&profile))
}

/// What is said of a commit.
enum Told {
    /// On standard output: it is recorded, or would be.
    Recorded(String),
    /// On standard error: why it is left out.
    Skipped(String),
    /// Nothing: it was there.
    Unchanged,
}

impl Told {
    fn tell(self, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
        match self {
            Self::Recorded(line) => {
                io.print(&line)?;
                // It is on the disk now, and whoever listens may rely on it.
                io.flush()
            }
            Self::Skipped(line) => {
                if !global.quiet {
                    io.say(&line);
                }
                Ok(())
            }
            Self::Unchanged => Ok(()),
        }
    }
}

/// How many versions came to what.
#[derive(Default)]
struct Counts {
    recorded: usize,
    unchanged: usize,
    skipped: usize,
}

/// The way through the commits.
struct Walk<'a> {
    args: &'a FromGitArgs,
    session: &'a Session,
    library: &'a LibraryVersion,
    objects: Objects,
    history: Option<History>,
    db: &'a Path,
    counts: Counts,
}

impl Walk<'_> {
    /// Scores and records the version of one commit.
    fn step(&mut self, commit: &Commit, io: &mut Io<'_>) -> Result<Told, Failure> {
        let day = match self.args.date {
            Dated::Committer => commit.committed,
            Dated::Author => commit.authored,
        };
        let (text, score) = match self.score(commit, day)? {
            Ok(found) => found,
            Err(why) => {
                self.counts.skipped += 1;
                let line = format!("skipped {}: {why}", named(commit, day));
                return Ok(Told::Skipped(format!("{}\n", safe(&line))));
            }
        };
        let within = self.args.expiring_within;
        let recorder = Recorder { db: Some(self.db), library: self.library, expiring_within: within, note: None };
        let recording = Recording {
            commit: Some(commit.id.clone()),
            subject: Some(commit.subject.clone()),
            ..recorder.recording(&text, &score, io)?
        };
        self.keep(&recording, &named(commit, day), io)
    }

    /// Records it, or says what recording would do.
    fn keep(&mut self, recording: &Recording, named: &str, io: &mut Io<'_>) -> Result<Told, Failure> {
        // A store is made when there is something to keep.
        if self.history.is_none() && !self.args.dry_run {
            self.history = Some(remember::create(self.db, self.args.db.is_none(), io)?);
        }
        let no = |e| refused(e, self.db);
        let recorded = match &mut self.history {
            Some(history) if !self.args.dry_run => Some(history.record(recording).map_err(no)?),
            Some(history) => history.unchanged(recording).map_err(no)?.map(Recorded::Unchanged),
            None => None,
        };
        let tenant = &recording.tenant;
        let line = match recorded {
            Some(Recorded::Unchanged(_)) => {
                self.counts.unchanged += 1;
                return Ok(Told::Unchanged);
            }
            Some(Recorded::Added(kept)) => format!("{} {tenant}: recorded {named}", kept.id()),
            None => format!("{tenant}: would record {named}"),
        };
        self.counts.recorded += 1;
        Ok(Told::Recorded(format!("{}\n", safe(&line))))
    }

    /// The text of a version and its score; else why there is none, in a few words.
    fn score(
        &mut self,
        commit: &Commit,
        day: Option<NaiveDate>,
    ) -> Result<Result<(String, TenantScore), String>, Failure> {
        let failed = |e: std::io::Error| Failure::Machine(format!("cannot read commit {}: {e}", commit.id));
        let Some(day) = day else { return Ok(Err("git has no date of it".to_owned())) };
        let (object, path) = match &commit.change {
            Change::Text { object, path } => (object, path),
            Change::Deleted => return Ok(Err("the profile was deleted".to_owned())),
            Change::NoFile => return Ok(Err("the profile was not a file".to_owned())),
        };
        let Some(bytes) = self.objects.text(object, MAX_FILE_BYTES + 1).map_err(failed)? else {
            return Ok(Err("the repository does not have this version; a partial clone leaves some out".to_owned()));
        };
        let (mut sources, mut faults) = (Sources::default(), Diagnostics::new());
        let read = read_stream(&bytes[..], path, &mut sources, &mut faults);
        let Some(source) = read.and_then(|file| sources.get(file)) else { return Ok(Err(told(&faults, None))) };
        let text = source.text.clone().into_owned();
        let folder = CommitFolder::of(&mut self.objects, &commit.id, path).map_err(failed)?;
        // The spans of the library count the files that the session has read.
        let file = u32::try_from(self.session.sources.len()).unwrap_or(u32::MAX);
        match self.session.model.profile(&text, file, &folder) {
            Ok(Checked { value, .. }) => {
                let score = self.session.model.score(&value, day, self.args.expiring_within);
                Ok(Ok((text, score)))
            }
            Err(faults) => Ok(Err(told(&faults, Some((&sources, file))))),
        }
    }

    fn end(&self, file: &str, io: &mut Io<'_>) -> Result<(), Failure> {
        let Counts { recorded, unchanged, skipped } = self.counts;
        let verb = if self.args.dry_run { "would be recorded" } else { "recorded" };
        io.print(&format!("{recorded} {verb}, {unchanged} unchanged, {skipped} skipped: {}\n", at(self.db)))?;
        if recorded + unchanged == 0 {
            return Err(Failure::input(format!("no version of `{file}` can be scored"), None));
        }
        Ok(())
    }
}

/// A commit as a person knows it.
fn named(commit: &Commit, day: Option<NaiveDate>) -> String {
    let id: String = commit.id.chars().take(12).collect();
    let day = day.map(|day| format!(" as of {day}")).unwrap_or_default();
    format!("commit {id}{day} `{}`", commit.subject)
}

/// The first error of a version, where it stands, and how many more there are. `file` is the number
/// that the only one of the sources had when it was read.
fn told(faults: &Diagnostics, version: Option<(&Sources, u32)>) -> String {
    let sorted = faults.sorted();
    let errors: Vec<&&Diagnostic> = sorted.iter().filter(|d| d.severity() == Severity::Error).collect();
    let Some(first) = errors.first() else { return String::new() };
    let place = version.and_then(|(sources, file)| {
        let span = first.labels.iter().map(|l| l.span).find(|span| span.file == file)?;
        let (name, line, column) = sources.place(Span { file: 0, ..span })?;
        Some(format!("{name}:{line}:{column}: "))
    });
    let more = match errors.len() {
        1 => String::new(),
        n => format!(" (and {} more)", n - 1),
    };
    format!("{}{}{more}", place.unwrap_or_default(), first.message)
}
