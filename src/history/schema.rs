//! The tables, and how a file comes to have them: made, checked, or brought up from an older version.

use super::error::{HistoryError, Result};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// `anxa`: by this a file is known as a history.
const APPLICATION: i32 = 0x616e_7861;

/// The version of the tables below.
pub(super) const VERSION: i32 = 2;

/// The oldest version that has the same tables, so that it is read as it is where nothing can be written.
pub(super) const SAME_TABLES: i32 = 1;

/// A step from one version to the next.
pub(super) type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

/// The step at position `n` leads from version `n + 1` to the next.
///
/// 1 to 2: the tables stay as they are, and so do the texts in them; those that come later are packed
/// otherwise, and an older program must not take them for damaged.
const STEPS: &[Step] = &[|_| Ok(())];

/// The tables, word for word as SQLite keeps them, so that a file can be held against them.
const TABLES: &[&str] = &[
    "CREATE TABLE log (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, live INTEGER NOT NULL, \
     heads BLOB NOT NULL, root BLOB NOT NULL) STRICT",
    "CREATE TABLE leaf (position INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, pruned_at TEXT) STRICT",
    "CREATE TABLE text (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, body BLOB NOT NULL) STRICT",
    "CREATE TABLE library (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE) STRICT",
    "CREATE TABLE library_file (library INTEGER NOT NULL, layer INTEGER NOT NULL, path TEXT NOT NULL, \
     text INTEGER NOT NULL, PRIMARY KEY (library, layer, path)) STRICT, WITHOUT ROWID",
    "CREATE TABLE tenant (name TEXT PRIMARY KEY, live INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE snapshot (position INTEGER PRIMARY KEY, tenant TEXT NOT NULL, as_of TEXT NOT NULL, \
     recorded_at TEXT NOT NULL, engine TEXT NOT NULL, expiring_within INTEGER NOT NULL, note TEXT, subject TEXT, \
     commit_id TEXT, profile INTEGER NOT NULL, library INTEGER NOT NULL, result BLOB NOT NULL, \
     achieved INTEGER NOT NULL, possible INTEGER NOT NULL, assured INTEGER NOT NULL, unassessed INTEGER NOT NULL, \
     assessments BLOB NOT NULL, controls BLOB NOT NULL, actions BLOB NOT NULL) STRICT",
    "CREATE INDEX snapshot_by_tenant ON snapshot (tenant, as_of, position)",
    "CREATE TABLE result (position INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT",
    "CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE assessment (position INTEGER NOT NULL, assessment INTEGER NOT NULL, template INTEGER NOT NULL, \
     framework INTEGER NOT NULL, in_group INTEGER NOT NULL, achieved INTEGER NOT NULL, possible INTEGER NOT NULL, \
     assured INTEGER NOT NULL, unassessed INTEGER NOT NULL, gaps INTEGER NOT NULL, \
     PRIMARY KEY (position, assessment)) STRICT, WITHOUT ROWID",
    "CREATE TABLE control (position INTEGER NOT NULL, number INTEGER NOT NULL, assessment INTEGER NOT NULL, \
     control INTEGER NOT NULL, status INTEGER NOT NULL, coverage INTEGER, achieved INTEGER NOT NULL, \
     possible INTEGER NOT NULL, assured INTEGER NOT NULL, unassessed INTEGER NOT NULL, \
     PRIMARY KEY (position, number)) STRICT, WITHOUT ROWID",
    "CREATE TABLE action (position INTEGER NOT NULL, number INTEGER NOT NULL, assessment INTEGER NOT NULL, \
     action INTEGER NOT NULL, points INTEGER NOT NULL, basis_points INTEGER NOT NULL, \
     assured_basis_points INTEGER NOT NULL, unassessed_basis_points INTEGER NOT NULL, in_scope INTEGER NOT NULL, \
     applicable INTEGER NOT NULL, PRIMARY KEY (position, number)) STRICT, WITHOUT ROWID",
];

/// Makes the tables in a file that holds nothing.
pub(super) fn create(connection: &mut Connection) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have come first.
    if version(&transaction)? == 0 {
        for table in TABLES {
            transaction.execute_batch(table)?;
        }
        let empty = crate::snapshot::Frontier::default();
        let root = empty.root();
        let row = rusqlite::params![empty.bytes(), root.bytes()];
        transaction.execute("INSERT INTO log (id, size, live, heads, root) VALUES (1, 0, 0, ?1, ?2)", row)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

fn number(connection: &Connection, pragma: &str) -> Result<i32> {
    Ok(connection.pragma_query_value(None, pragma, |row| row.get(0))?)
}

fn version(connection: &Connection) -> Result<i32> {
    number(connection, "user_version")
}

/// What a file is.
pub(super) enum Found {
    /// It holds nothing: it was made and not yet written, or the making was cut short.
    Empty,
    /// A history, of this version or an older one.
    History(i32),
}

/// Says what the file is, or that it is nothing to work with.
pub(super) fn inspect(connection: &Connection) -> Result<Found> {
    // All three of one state: between two reads another process may make the tables.
    let transaction = connection.unchecked_transaction()?;
    let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let (application, version) = (number(&transaction, "application_id")?, version(&transaction)?);
    transaction.commit()?;
    if tables == 0 && application == 0 && version == 0 {
        return Ok(Found::Empty);
    }
    if application != APPLICATION {
        return Err(HistoryError::unusable("it is an SQLite file, but no history of annexa", "name another file"));
    }
    if version > VERSION {
        let message = format!("it has format {version}, and this annexa knows formats up to {VERSION}");
        return Err(HistoryError::unusable(message, "use the newer annexa that wrote it"));
    }
    if version < 1 {
        return Err(HistoryError::damaged("its version is none that was ever written"));
    }
    Ok(Found::History(version))
}

/// Refuses a file whose tables are others than those above: damaged, or made by somebody else.
pub(super) fn check(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_autoindex_%'")?;
    let found = statement.query_map([], |row| row.get(0))?;
    // A file that was vacuumed has them in another order.
    let mut found: Vec<String> = found.collect::<rusqlite::Result<_>>()?;
    found.sort();
    let mut expected = TABLES.to_vec();
    expected.sort_unstable();
    if found == expected {
        return Ok(());
    }
    Err(HistoryError::damaged("its tables are not those of a history"))
}

/// Brings a file of an older version up to this one, after a copy of it was put beside it.
pub(super) fn upgrade(connection: &mut Connection, path: &Path, from: i32) -> Result<Option<PathBuf>> {
    upgrade_by(connection, path, from, STEPS)
}

fn upgrade_by(connection: &mut Connection, path: &Path, from: i32, steps: &[Step]) -> Result<Option<PathBuf>> {
    let done = usize::try_from(from - 1).unwrap_or_default();
    let open = steps.get(done..).unwrap_or_default();
    if open.is_empty() {
        return Ok(None);
    }
    let copy = free_name(path, from);
    connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have come first.
    if version(&transaction)? == from {
        for step in open {
            step(&transaction)?;
        }
        let to = i32::try_from(steps.len() + 1).unwrap_or(i32::MAX);
        transaction.pragma_update(None, "user_version", to)?;
    }
    transaction.commit()?;
    Ok(Some(copy))
}

/// A name beside the file that nothing has yet.
fn free_name(path: &Path, version: i32) -> PathBuf {
    let named = |end: String| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".format-{version}{end}.bak"));
        PathBuf::from(name)
    };
    let tries = (1_u32..).map(|n| named(if n == 1 { String::new() } else { format!("-{n}") }));
    tries.into_iter().find(|name| !name.exists()).unwrap_or_else(|| named(String::new()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::expect_used, reason = "a test that goes wrong should stop, with the place")]

    use super::*;

    fn file(folder: &Path) -> (Connection, PathBuf) {
        let path = folder.join("history.db");
        let mut connection = Connection::open(&path).expect("a file");
        create(&mut connection).expect("tables");
        (connection, path)
    }

    fn live(connection: &Connection) -> rusqlite::Result<i64> {
        connection.query_row("SELECT live FROM log", [], |row| row.get(0))
    }

    const ADD: Step = |t| t.execute_batch("ALTER TABLE log ADD COLUMN more INTEGER; UPDATE log SET live = live + 1");

    #[test]
    fn an_older_file_is_copied_and_brought_up_step_by_step() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut connection, path) = file(folder.path());
        connection.pragma_update(None, "user_version", 1).expect("an older version");
        let again: Step = |t| t.execute_batch("UPDATE log SET live = live * 10");
        let copy = upgrade_by(&mut connection, &path, 1, &[ADD, again]).expect("upgraded").expect("a copy");
        assert_eq!((version(&connection), live(&connection)), (Ok(3), Ok(10)));
        let copy = Connection::open(copy).expect("the copy opens");
        assert_eq!((version(&copy), live(&copy)), (Ok(1), Ok(0)));
        check(&copy).expect("the copy has the tables of its version");
        assert_eq!(upgrade_by(&mut connection, &path, 3, &[ADD, again]), Ok(None), "nothing is left to do");
        assert!(matches!(inspect(&connection), Err(HistoryError::Unusable { .. })), "newer than this program");
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut connection, path) = file(folder.path());
        connection.pragma_update(None, "user_version", 1).expect("an older version");
        let wrong: Step = |t| t.execute_batch("UPDATE nowhere SET live = 2");
        assert!(upgrade_by(&mut connection, &path, 1, &[ADD, wrong]).is_err());
        assert_eq!((version(&connection), live(&connection)), (Ok(1), Ok(0)));
        check(&connection).expect("the tables are the old ones");
        // The next try must not trip over the copy of the first.
        let copy = upgrade_by(&mut connection, &path, 1, &[ADD]).expect("upgraded").expect("a copy");
        assert!(copy.to_string_lossy().ends_with(".format-1-2.bak"), "{copy:?}");
    }

    #[test]
    fn other_files_and_other_tables_are_refused() {
        let connection = Connection::open_in_memory().expect("memory");
        assert!(matches!(inspect(&connection), Ok(Found::Empty)));
        connection.execute_batch("CREATE TABLE t (x)").expect("a table");
        assert!(matches!(inspect(&connection), Err(HistoryError::Unusable { .. })));
        let folder = tempfile::tempdir().expect("a folder");
        let (connection, _) = file(folder.path());
        check(&connection).expect("its own tables");
        connection.execute_batch("CREATE TRIGGER t AFTER INSERT ON leaf BEGIN DELETE FROM leaf; END").expect("made");
        assert!(matches!(check(&connection), Err(HistoryError::Damaged(_))));
    }
}
