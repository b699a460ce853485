//! Opening a history and recording in it, for the commands that do.

use super::shared::Session;
use super::{Failure, Io};
use annexa::report::{safe, to_json};
use annexa::{
    Amount, History, HistoryError, Kept, LibraryVersion, Models, Recorded, RecordedState, Recording, Rows, Sums,
    TenantScore,
};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// The version of this program, as it is recorded.
pub(super) const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// Where the history of a profile is, unless another place is named.
pub(super) fn beside(profile: &Path) -> PathBuf {
    let parent = profile.parent().filter(|p| profile.as_os_str() != "-" && !p.as_os_str().is_empty());
    parent.unwrap_or(Path::new("")).join(".annexa").join("history.db")
}

/// The path as a person may read it.
pub(super) fn at(path: &Path) -> String {
    safe(&path.display().to_string())
}

/// What a history says, with the name of its file.
pub(super) fn refused(error: HistoryError, path: &Path) -> Failure {
    let name = path.display();
    match error {
        HistoryError::Damaged(what) => {
            let help = "compare with a copy; `annexa history verify` says whether a file holds".to_owned();
            Failure::input(format!("`{name}` is damaged or was altered: {what}"), help)
        }
        HistoryError::Unusable { message, help } => Failure::input(format!("`{name}`: {message}"), help),
        HistoryError::Machine(message) => Failure::Machine(format!("`{name}`: {message}")),
    }
}

/// Opens a history that must be there.
pub(super) fn open(path: &Path, io: &mut Io<'_>) -> Result<History, Failure> {
    if path.symlink_metadata().is_err_and(|e| e.kind() == std::io::ErrorKind::NotFound) {
        let help = "`annexa history record PROFILE` begins one; `--db PATH` names another".to_owned();
        return Err(Failure::input(format!("there is no history at `{}`", path.display()), help));
    }
    let history = History::open(path).map_err(|e| refused(e, path))?;
    tell_backup(&history, io);
    Ok(history)
}

/// Opens a history or makes one, with the folder it lies in if that is ours.
pub(super) fn create(path: &Path, is_own_folder: bool, io: &mut Io<'_>) -> Result<History, Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    if let (Some(folder), true) = (folder, is_own_folder) {
        std::fs::create_dir_all(folder).map_err(|e| Failure::machine("make the folder", folder, &e))?;
    }
    let history = History::create(path).map_err(|e| refused(e, path))?;
    tell_backup(&history, io);
    Ok(history)
}

fn tell_backup(history: &History, io: &mut Io<'_>) {
    if let Some(copy) = &history.backup {
        io.say(&format!("note: brought up from an older format; the file as it was is `{}`\n", at(copy)));
    }
}

/// Opens an export.
#[expect(clippy::disallowed_methods, reason = "an export is read line by line, for it may be larger than the memory")]
pub(super) fn open_file(path: &Path) -> Result<std::fs::File, Failure> {
    std::fs::File::open(path).map_err(|e| Failure::input(format!("cannot read `{}`: {e}", path.display()), None))
}

/// The state that a profile describes at a date, its library among `models`, so that it can be
/// compared with what was recorded.
pub(super) fn state(
    session: &mut Session,
    path: &Path,
    as_of: NaiveDate,
    models: &mut Models,
    io: &mut Io<'_>,
) -> Result<RecordedState, Failure> {
    // Read by the ordinary door first, which tells faults and looks at evidence files.
    let (_, file) = session.profile_and_file(path, io)?;
    let model = models.model(&session.library_version());
    let read = model.and_then(|model| RecordedState::read(model, session.text(file), as_of));
    read.map_err(|why| Failure::Machine(format!("`{}`: {why}", path.display())))
}

/// Says so where this version of the program counts otherwise than the one that recorded.
pub(super) fn tell_recount(
    history: &History,
    kept: &Kept,
    state: &RecordedState,
    path: &Path,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    if kept.identity.engine == ENGINE {
        return Ok(());
    }
    let score = state.score(kept.identity.expiring_within);
    let internal = |error: String| Failure::Machine(format!("cannot write the result: {error}"));
    let recounted = Rows::of(&to_json(&score).map_err(|e| internal(e.to_string()))?).map_err(internal)?;
    if history.rows(kept).map_err(|e| refused(e, path))? == recounted {
        return Ok(());
    }
    let told = |sums: &Sums| {
        let [achieved, possible, assured] = [sums.achieved, sums.possible, sums.assured].map(Amount::exact);
        format!("{achieved} of {possible} points, {assured} assured")
    };
    io.say(&format!(
        "note: snapshot {} was recorded by annexa {}, and this version, by whose figures it is compared, counts \
         otherwise: recorded {}; now {}\n",
        kept.id(),
        safe(&kept.identity.engine),
        told(&kept.identity.sums()),
        told(&score.overall.total),
    ));
    Ok(())
}

/// What recordings of one run have in common.
pub(super) struct Recorder<'a> {
    pub(super) db: Option<&'a Path>,
    pub(super) library: &'a LibraryVersion,
    pub(super) expiring_within: u32,
    pub(super) note: Option<&'a str>,
}

impl Recorder<'_> {
    /// What is to be recorded of the score of a profile's text.
    pub(super) fn recording(&self, text: &str, score: &TenantScore, io: &Io<'_>) -> Result<Recording, Failure> {
        let internal = |error: String| Failure::Machine(format!("cannot write the result: {error}"));
        Ok(Recording {
            tenant: score.tenant.clone(),
            as_of: score.as_of,
            recorded_at: io.now(),
            engine: ENGINE.to_owned(),
            expiring_within: self.expiring_within,
            note: self.note.map(str::to_owned),
            subject: None,
            commit: None,
            profile: text.to_owned(),
            library: self.library.clone(),
            result: to_json(score).map_err(|e| internal(e.to_string()))?,
        })
    }

    /// Records the score of the profile at `path`; the line that says what became of it.
    pub(super) fn record(
        &self,
        path: &Path,
        text: &str,
        score: &TenantScore,
        io: &mut Io<'_>,
    ) -> Result<String, Failure> {
        let recording = self.recording(text, score, io)?;
        let db = self.db.map_or_else(|| beside(path), Path::to_owned);
        let mut history = create(&db, self.db.is_none(), io)?;
        let recorded = history.record(&recording).map_err(|e| refused(e, &db))?;
        let (tenant, day) = (safe(&score.tenant), score.as_of);
        Ok(match recorded {
            Recorded::Added(kept) => format!("{} {tenant} as of {day}: recorded in {}\n", kept.id(), at(&db)),
            Recorded::Unchanged(kept) => {
                format!("{} {tenant} as of {day}: nothing has changed, nothing is added\n", kept.id())
            }
        })
    }
}

/// What can go wrong while an export is written.
pub(super) enum Exporting {
    /// The history does not hold.
    History(HistoryError),
    /// It cannot be written.
    Told(Failure),
}

impl From<HistoryError> for Exporting {
    fn from(error: HistoryError) -> Self {
        Self::History(error)
    }
}

impl Exporting {
    pub(super) fn failure(self, path: &Path) -> Failure {
        match self {
            Self::History(error) => refused(error, path),
            Self::Told(failure) => failure,
        }
    }
}
