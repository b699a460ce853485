//! The store of snapshots: one SQLite file, safe against crashes and many writers.
//!
//! Like `folder` it may touch files, through SQLite alone. A [`History`] is open on one file;
//! `schema` has the tables and their versions, `write` and `read` carry snapshots in and out, `find`
//! knows them by id, word and date, `replay` makes the state of a tenant from recorded texts, `verify`
//! holds everything against everything, `transfer` exports and imports, `trend` gathers what one is
//! made from, `seals` signs the log and proves what it holds, `prune` takes snapshots away and leaves
//! their leaf. What is read is held against the leaf of its snapshot, so that a damaged file is named
//! and never gives a wrong figure.

mod error;
mod find;
mod pack;
mod prune;
mod read;
mod replay;
mod schema;
mod seals;
mod transfer;
mod trend;
mod verify;
mod write;

pub use error::HistoryError;
pub use find::{FIRST, LAST, PREVIOUS, names_snapshot};
pub use prune::Keep;
pub use read::Kept;
pub use replay::{Models, State};
pub use transfer::Imported;
pub use verify::Verified;
pub use write::Recorded;

use error::Result;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use schema::Found;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a process waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A store of snapshots.
#[derive(Debug)]
pub struct History {
    connection: Connection,
    /// The copy that was made before the file was brought up from an older version.
    pub backup: Option<PathBuf>,
}

impl History {
    /// Opens the history at `path` to read it; the folder may be one that cannot be written.
    ///
    /// # Errors
    /// Why it cannot be read, or that it is no history of this version.
    pub fn open(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Err(is_folder());
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let cannot_be_written = |error: &HistoryError| matches!(error, HistoryError::Machine(_));
        match Connection::open_with_flags(path, flags).map_err(HistoryError::from).and_then(|c| Self::opened(c, path)) {
            Err(error) if cannot_be_written(&error) && path.is_file() => Self::open_unchanging(path).map_err(|_| error),
            other => other,
        }
    }

    /// Opens a file in a place where nothing can be written: that works if no process has left a
    /// write-ahead log, for then the file alone is everything.
    fn open_unchanging(path: &Path) -> Result<Self> {
        let escaped: String = path.to_string_lossy().chars().map(escaped).collect();
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        if Path::new(&log).exists() {
            return Err(HistoryError::Machine("its write-ahead log cannot be read".to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?;
        match schema::inspect(&connection)? {
            Found::History(schema::SAME_TABLES..=schema::VERSION) => {}
            Found::History(_) | Found::Empty => return Err(is_empty()),
        }
        schema::check(&connection)?;
        Ok(Self { connection, backup: None })
    }

    /// Opens the history at `path` to write to it, and makes it if there is none.
    ///
    /// # Errors
    /// Why it cannot be written, or that it is no history of this version.
    pub fn create(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Err(is_folder());
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        prepare(&connection)?;
        if let Found::Empty = schema::inspect(&connection)? {
            schema::create(&mut connection)?;
        }
        write_ahead(&connection)?;
        Self::opened(connection, path)
    }

    fn opened(mut connection: Connection, path: &Path) -> Result<Self> {
        prepare(&connection)?;
        let backup = match schema::inspect(&connection)? {
            Found::Empty => return Err(is_empty()),
            Found::History(version) => schema::upgrade(&mut connection, path, version)?,
        };
        schema::check(&connection)?;
        Ok(Self { connection, backup })
    }

    /// A transaction that sees one state of the file, whatever others write meanwhile.
    fn reading(&self) -> Result<Transaction<'_>> {
        Ok(self.connection.unchecked_transaction()?)
    }

    /// A transaction that waits for its turn to write.
    fn writing(&mut self) -> Result<Transaction<'_>> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

/// A character of a path in the address of a file.
fn escaped(c: char) -> String {
    match c {
        '%' | '?' | '#' => format!("%{:02x}", u32::from(c)),
        c => c.to_string(),
    }
}

fn is_folder() -> HistoryError {
    HistoryError::unusable("it is a folder", "name a file")
}

fn is_empty() -> HistoryError {
    HistoryError::unusable("nothing is recorded in it", "`annexa history record PROFILE` records a snapshot")
}

/// What holds for every connection: patience, nothing acknowledged before it is on the disk, and
/// no trust in what a stranger may have put into the file.
fn prepare(connection: &Connection) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    for (name, value) in [("synchronous", "FULL"), ("trusted_schema", "OFF"), ("cell_size_check", "ON")] {
        connection.pragma_update(None, name, value)?;
    }
    connection.pragma_update(None, "secure_delete", "ON")?;
    Ok(())
}

/// Turns the write-ahead log on. SQLite does not wait for others here, so that is done by hand.
fn write_ahead(connection: &Connection) -> Result<()> {
    let start = Instant::now();
    loop {
        let mode = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        let is_busy = |e: &rusqlite::Error| {
            matches!(e.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
        };
        match mode {
            Err(error) if is_busy(&error) && start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            // Where shared memory is missing, the older journal does: slower, and as safe.
            Ok(_) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

/// A number as SQLite keeps it; what is recorded was held against this bound.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
