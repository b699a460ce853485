//! Snapshots out of the store, each held against its leaf.

use super::error::{HistoryError, Result};
use super::find::unknown_tenant;
use super::pack::unpacked;
use super::replay::{Models, State};
use super::{History, signed};
use crate::result::TenantScore;
use crate::snapshot::{
    ActionRow, AssessmentRow, ControlRow, Digest, Identity, LibraryFile, LibraryVersion, ListedSnapshot, Rows, Sum,
};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Params, Row};

/// A snapshot in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its place in the log, counted from nought.
    pub position: u64,
    /// What it is known by.
    pub identity: Identity,
}

impl Kept {
    /// The id by which a person names it.
    #[must_use]
    pub fn id(&self) -> String {
        self.identity.leaf().short()
    }
}

impl From<&Kept> for ListedSnapshot {
    fn from(kept: &Kept) -> Self {
        Self::from(&kept.identity)
    }
}

/// The row that says what the log comes to.
pub(super) struct Log {
    pub(super) size: u64,
    pub(super) live: u64,
    pub(super) heads: Vec<u8>,
    pub(super) root: Digest,
}

pub(super) fn log(connection: &Connection) -> Result<Log> {
    let query = "SELECT size, live, heads, root FROM log WHERE id = 1";
    let log = connection.query_row(query, [], |row| {
        Ok(Log { size: whole(row, 0)?, live: whole(row, 1)?, heads: row.get(2)?, root: digest(row, 3)? })
    });
    Ok(log?)
}

/// A number that is not negative.
pub(super) fn whole<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let number: i64 = row.get(column)?;
    T::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

pub(super) fn digest(row: &Row<'_>, column: usize) -> rusqlite::Result<Digest> {
    let bytes: Vec<u8> = row.get(column)?;
    let wrong = || rusqlite::Error::InvalidColumnType(column, "a digest".to_owned(), rusqlite::types::Type::Blob);
    Digest::from_bytes(&bytes).ok_or_else(wrong)
}

fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<NaiveDate> {
    let text: String = row.get(column)?;
    let wrong = || rusqlite::Error::InvalidColumnType(column, "a date".to_owned(), rusqlite::types::Type::Text);
    text.parse().ok().filter(|date: &NaiveDate| date.to_string() == text).ok_or_else(wrong)
}

/// The columns of a snapshot, with its leaf.
const SNAPSHOT: &str = "SELECT s.position, s.tenant, s.as_of, s.recorded_at, s.engine, s.expiring_within, s.note, \
    s.subject, s.commit_id, s.result, s.achieved, s.possible, s.assured, s.unassessed, s.assessments, s.controls, \
    s.actions, t.hash, l.digest, f.hash, f.pruned_at FROM snapshot s LEFT JOIN text t ON t.id = s.profile \
    LEFT JOIN library l ON l.id = s.library LEFT JOIN leaf f ON f.position = s.position";

fn kept(row: &Row<'_>) -> rusqlite::Result<(Kept, Digest, bool)> {
    let identity = Identity {
        version: 1,
        tenant: row.get(1)?,
        as_of: date(row, 2)?,
        recorded_at: row.get(3)?,
        engine: row.get(4)?,
        expiring_within: whole(row, 5)?,
        note: row.get(6)?,
        subject: row.get(7)?,
        commit: row.get(8)?,
        result: digest(row, 9)?,
        achieved: whole(row, 10)?,
        possible: whole(row, 11)?,
        assured: whole(row, 12)?,
        unassessed: whole(row, 13)?,
        assessments: digest(row, 14)?,
        controls: digest(row, 15)?,
        actions: digest(row, 16)?,
        profile: digest(row, 17)?,
        library: digest(row, 18)?,
    };
    let is_pruned = row.get::<_, Option<String>>(20)?.is_some();
    Ok((Kept { position: whole(row, 0)?, identity }, digest(row, 19)?, is_pruned))
}

/// The snapshots that a condition picks, each held against its leaf.
pub(super) fn snapshots(connection: &Connection, condition: &str, params: impl Params) -> Result<Vec<Kept>> {
    let mut statement = connection.prepare(&format!("{SNAPSHOT} {condition}"))?;
    let mut found = Vec::new();
    for row in statement.query_map(params, kept)? {
        let (kept, leaf, is_pruned) = row?;
        if kept.identity.leaf() != leaf || is_pruned {
            let position = kept.position;
            return Err(HistoryError::damaged(format!(
                "snapshot {} (leaf {position}) is not what was recorded",
                leaf.short()
            )));
        }
        found.push(kept);
    }
    Ok(found)
}

/// The snapshot of a tenant and date that was recorded last, or all of a commit.
pub(super) fn same(connection: &Connection, tenant: &str, as_of: NaiveDate, commit: Option<&str>) -> Result<Vec<Kept>> {
    let (of, day) = ("WHERE s.tenant = ?1 AND s.as_of = ?2", as_of.to_string());
    match commit {
        Some(commit) => snapshots(connection, &format!("{of} AND s.commit_id = ?3"), [tenant, &day, commit]),
        None => snapshots(connection, &format!("{of} ORDER BY s.position DESC LIMIT 1"), [tenant, &day]),
    }
}

/// The snapshots of one tenant or of all, as many as are counted.
pub(super) fn list(connection: &Connection, tenant: Option<&str>) -> Result<Vec<Kept>> {
    let order = "ORDER BY s.tenant, s.as_of, s.position";
    let (found, expected) = match tenant {
        None => (snapshots(connection, order, [])?, log(connection)?.live),
        Some(tenant) => {
            let query = "SELECT live FROM tenant WHERE name = ?1";
            let live = connection.query_row(query, [tenant], |row| whole(row, 0)).optional()?;
            let live = live.ok_or_else(|| unknown_tenant(connection, tenant))?;
            (snapshots(connection, &format!("WHERE s.tenant = ?1 {order}"), [tenant])?, live)
        }
    };
    if u64::try_from(found.len()) == Ok(expected) {
        return Ok(found);
    }
    Err(HistoryError::damaged(format!("{expected} snapshots were recorded, and {} are there", found.len())))
}

impl History {
    /// The snapshots of one tenant or of all, by tenant, date, and the order in which they were recorded.
    ///
    /// # Errors
    /// That the tenant is not known, or what is damaged.
    pub fn list(&self, tenant: Option<&str>) -> Result<Vec<Kept>> {
        list(&*self.reading()?, tenant)
    }

    /// The recorded result, byte for byte.
    ///
    /// # Errors
    /// What is damaged.
    pub fn result(&self, of: &Kept) -> Result<String> {
        result(&self.connection, of)
    }

    /// The recorded text of the profile.
    ///
    /// # Errors
    /// What is damaged.
    pub fn profile(&self, of: &Kept) -> Result<String> {
        text(&self.connection, &of.identity.profile)
    }

    /// The recorded library.
    ///
    /// # Errors
    /// What is damaged.
    pub fn library(&self, of: &Kept) -> Result<LibraryVersion> {
        library(&self.connection, &of.identity.library)
    }

    /// The state of the tenant that was recorded, its library among `models`.
    ///
    /// # Errors
    /// What is damaged, or that this program no longer reads what was recorded.
    pub fn state(&self, of: &Kept, models: &mut Models) -> Result<State> {
        state(&self.connection, of, models)?
            .map_err(|why| HistoryError::Unusable { message: format!("snapshot {}: {why}", of.id()), help: None })
    }

    /// The score worked out anew from what was recorded.
    ///
    /// # Errors
    /// What is damaged, or that this program no longer reads what was recorded.
    pub fn replay(&self, of: &Kept) -> Result<TenantScore> {
        Ok(self.state(of, &mut Models::default())?.score(of.identity.expiring_within))
    }

    /// The rows of a snapshot.
    ///
    /// # Errors
    /// What is damaged.
    pub fn rows(&self, of: &Kept) -> Result<Rows> {
        let reading = self.reading()?;
        let rows = rows(&reading, of)?;
        let changed = || HistoryError::damaged(format!("the rows of snapshot {} are not what was recorded", of.id()));
        if of.identity.fits(&rows) { Ok(rows) } else { Err(changed()) }
    }
}

/// The state that was recorded; inside, why this program does not read it any more.
pub(super) fn state(
    connection: &Connection,
    of: &Kept,
    models: &mut Models,
) -> Result<std::result::Result<State, String>> {
    let identity = &of.identity;
    let profile = text(connection, &identity.profile)?;
    let model = models.get(&identity.library, || library(connection, &identity.library))?;
    Ok(model.and_then(|model| State::read(model, &profile, identity.as_of)))
}

pub(super) fn result(connection: &Connection, of: &Kept) -> Result<String> {
    let query = "SELECT body FROM result WHERE position = ?1";
    let body: Option<Vec<u8>> = connection.query_row(query, [signed(of.position)], |row| row.get(0)).optional()?;
    let found = body.and_then(|body| unpacked(&body).ok());
    let found = found.filter(|text| Digest::of(text.as_bytes()) == of.identity.result);
    found.ok_or_else(|| HistoryError::damaged(format!("the result of snapshot {} is not what was recorded", of.id())))
}

pub(super) fn text(connection: &Connection, hash: &Digest) -> Result<String> {
    let query = "SELECT body FROM text WHERE hash = ?1";
    let body: Option<Vec<u8>> = connection.query_row(query, [hash.bytes()], |row| row.get(0)).optional()?;
    let found = body.and_then(|body| unpacked(&body).ok()).filter(|text| Digest::of(text.as_bytes()) == *hash);
    found.ok_or_else(|| HistoryError::damaged(format!("the text {} is not what was recorded", hash.short())))
}

/// The files of a library: layer, path, and the digest of the text.
pub(super) fn library_files(connection: &Connection, digest_of: &Digest) -> Result<Vec<(u32, String, Digest)>> {
    let query = "SELECT f.layer, f.path, t.hash FROM library l JOIN library_file f ON f.library = l.id \
                 JOIN text t ON t.id = f.text WHERE l.digest = ?1 ORDER BY f.layer, f.path";
    let mut statement = connection.prepare(query)?;
    let files = statement.query_map([digest_of.bytes()], |row| Ok((whole(row, 0)?, row.get(1)?, digest(row, 2)?)))?;
    Ok(files.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn library(connection: &Connection, digest_of: &Digest) -> Result<LibraryVersion> {
    let mut files = Vec::new();
    for (layer, path, hash) in library_files(connection, digest_of)? {
        files.push(LibraryFile { layer, path, text: text(connection, &hash)? });
    }
    let library = LibraryVersion::new(files);
    if library.digest() == *digest_of {
        return Ok(library);
    }
    Err(HistoryError::damaged(format!("the library {} is not what was recorded", digest_of.short())))
}

/// Four sums in the columns from `first` on.
fn sum(row: &Row<'_>, first: usize) -> rusqlite::Result<Sum> {
    Ok(Sum {
        achieved: whole(row, first)?,
        possible: whole(row, first + 1)?,
        assured: whole(row, first + 2)?,
        unassessed: whole(row, first + 3)?,
    })
}

/// The rows of assessments as they are kept.
pub(super) fn assessments(connection: &Connection, of: &Kept) -> Result<Vec<AssessmentRow>> {
    let query = "SELECT t.text, f.text, g.text, achieved, possible, assured, unassessed, gaps FROM assessment a \
                 JOIN name t ON t.id = a.template JOIN name f ON f.id = a.framework JOIN name g ON g.id = a.in_group \
                 WHERE position = ?1 ORDER BY assessment";
    let mut statement = connection.prepare(query)?;
    let rows = statement.query_map([signed(of.position)], |row| {
        let (template, framework, group) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(AssessmentRow { template, framework, group, sum: sum(row, 3)?, gaps: whole(row, 7)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The rows of controls as they are kept.
pub(super) fn controls(connection: &Connection, of: &Kept) -> Result<Vec<ControlRow>> {
    let query = "SELECT assessment, n.text, s.text, coverage, achieved, possible, assured, unassessed FROM control c \
                 JOIN name n ON n.id = c.control JOIN name s ON s.id = c.status WHERE position = ?1 ORDER BY number";
    let mut statement = connection.prepare(query)?;
    let rows = statement.query_map([signed(of.position)], |row| {
        let (assessment, id, status, coverage) = (whole(row, 0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(ControlRow { assessment, id, status, coverage, sum: sum(row, 4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The rows of actions as they are kept.
fn actions(connection: &Connection, of: &Kept) -> Result<Vec<ActionRow>> {
    let query = "SELECT assessment, n.text, points, basis_points, assured_basis_points, unassessed_basis_points, \
                 in_scope, applicable FROM action a JOIN name n ON n.id = a.action WHERE position = ?1 ORDER BY number";
    let mut statement = connection.prepare(query)?;
    let rows = statement.query_map([signed(of.position)], |row| {
        Ok(ActionRow {
            assessment: whole(row, 0)?,
            id: row.get(1)?,
            points: whole(row, 2)?,
            basis_points: whole(row, 3)?,
            assured_basis_points: whole(row, 4)?,
            unassessed_basis_points: whole(row, 5)?,
            in_scope: row.get(6)?,
            applicable: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The rows of a snapshot as they are kept.
pub(super) fn rows(connection: &Connection, of: &Kept) -> Result<Rows> {
    Ok(Rows {
        assessments: assessments(connection, of)?,
        controls: controls(connection, of)?,
        actions: actions(connection, of)?,
        ..no_rows(of)
    })
}

/// What the identity of a snapshot says, without rows.
pub(super) fn no_rows(of: &Kept) -> Rows {
    let overall = Sum {
        achieved: of.identity.achieved,
        possible: of.identity.possible,
        assured: of.identity.assured,
        unassessed: of.identity.unassessed,
    };
    let (tenant, as_of) = (of.identity.tenant.clone(), of.identity.as_of);
    Rows { tenant, as_of, overall, assessments: Vec::new(), controls: Vec::new(), actions: Vec::new() }
}
