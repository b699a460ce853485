//! Snapshots into the store, each in one transaction with its leaf.

use super::error::{HistoryError, Result};
use super::pack::packed;
use super::read::{self, Kept};
use super::{History, signed};
use crate::snapshot::{Digest, Frontier, Identity, LibraryVersion, Recording, Rows};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::BTreeMap;

/// What became of a recording.
#[derive(Clone, Debug)]
pub enum Recorded {
    /// It was added, and is on the disk.
    Added(Kept),
    /// Nothing has changed since this snapshot of the same tenant and date, and nothing was added.
    Unchanged(Kept),
}

impl History {
    /// Adds a snapshot, unless the last one of its tenant and date says the same, or for a recording
    /// that names a commit any one of that commit.
    ///
    /// # Errors
    /// Why it was not added; then nothing is.
    pub fn record(&mut self, recording: &Recording) -> Result<Recorded> {
        let rows = rows(recording)?;
        let identity = Identity::new(recording, &rows);
        let transaction = self.writing()?;
        if let Some(known) = known(&transaction, &identity)? {
            return Ok(Recorded::Unchanged(known));
        }
        add_text(&transaction, &recording.profile)?;
        add_library(&transaction, &recording.library)?;
        let position = add(&transaction, &identity, &rows, &recording.result)?;
        transaction.commit()?;
        Ok(Recorded::Added(Kept { position, identity }))
    }

    /// The snapshot that makes it needless to add this one.
    ///
    /// # Errors
    /// That the result is none, or what is damaged.
    pub fn unchanged(&self, recording: &Recording) -> Result<Option<Kept>> {
        let identity = Identity::new(recording, &rows(recording)?);
        known(&*self.reading()?, &identity)
    }
}

fn rows(recording: &Recording) -> Result<Rows> {
    let not_a_result = |why: String| HistoryError::Unusable { message: format!("the result: {why}"), help: None };
    Rows::of(&recording.result).map_err(not_a_result)
}

/// The snapshot that says the same: the last of the tenant and date, for that somebody went back is
/// part of the history; but a commit says the same for ever.
fn known(connection: &Connection, identity: &Identity) -> Result<Option<Kept>> {
    let same = read::same(connection, &identity.tenant, identity.as_of, identity.commit.as_deref())?;
    Ok(same.into_iter().find(|kept| says_the_same(&kept.identity, identity)))
}

fn says_the_same(a: &Identity, b: &Identity) -> bool {
    let of = |i: &Identity| (i.profile, i.library, i.engine.clone(), i.expiring_within, i.result);
    of(a) == of(b)
}

/// Adds a text, unless it is there; the number it has.
pub(super) fn add_text(transaction: &Transaction<'_>, text: &str) -> Result<i64> {
    let hash = Digest::of(text.as_bytes());
    if let Some(id) = text_id(transaction, &hash)? {
        return Ok(id);
    }
    transaction.execute("INSERT INTO text (hash, body) VALUES (?1, ?2)", params![hash.bytes(), packed(text)?])?;
    Ok(transaction.last_insert_rowid())
}

fn text_id(transaction: &Transaction<'_>, hash: &Digest) -> Result<Option<i64>> {
    let query = "SELECT id FROM text WHERE hash = ?1";
    Ok(transaction.query_row(query, [hash.bytes()], |row| row.get(0)).optional()?)
}

fn library_id(transaction: &Transaction<'_>, digest: &Digest) -> Result<Option<i64>> {
    let query = "SELECT id FROM library WHERE digest = ?1";
    Ok(transaction.query_row(query, [digest.bytes()], |row| row.get(0)).optional()?)
}

/// Adds a library, unless it is there.
pub(super) fn add_library(transaction: &Transaction<'_>, library: &LibraryVersion) -> Result<()> {
    if library_id(transaction, &library.digest())?.is_some() {
        return Ok(());
    }
    transaction.execute("INSERT INTO library (digest) VALUES (?1)", [library.digest().bytes()])?;
    let id = transaction.last_insert_rowid();
    let mut insert =
        transaction.prepare("INSERT INTO library_file (library, layer, path, text) VALUES (?1, ?2, ?3, ?4)")?;
    for file in library.files() {
        insert.execute(params![id, file.layer, file.path, add_text(transaction, &file.text)?])?;
    }
    Ok(())
}

/// The edge of the log's tree, held against the root that is kept beside it.
pub(super) fn edge(transaction: &Transaction<'_>) -> Result<Frontier> {
    let log = read::log(transaction)?;
    let last: Option<i64> = transaction.query_row("SELECT max(position) FROM leaf", [], |row| row.get(0))?;
    let edge = Frontier::from_bytes(log.size, &log.heads).filter(|edge| edge.root() == log.root);
    match edge {
        Some(edge) if last.map_or(0, |last| last.saturating_add(1)) == signed(log.size) => Ok(edge),
        _ => Err(HistoryError::damaged("the log and its root do not go together")),
    }
}

/// Appends a leaf; its position.
pub(super) fn append(transaction: &Transaction<'_>, leaf: Digest, pruned_at: Option<&str>) -> Result<u64> {
    let mut edge = edge(transaction)?;
    let position = edge.size();
    let row = params![signed(position), leaf.bytes(), pruned_at];
    transaction.execute("INSERT INTO leaf (position, hash, pruned_at) VALUES (?1, ?2, ?3)", row)?;
    edge.push(leaf);
    let live = i64::from(pruned_at.is_none());
    let root = edge.root();
    let row = params![signed(edge.size()), live, edge.bytes(), root.bytes()];
    transaction.execute("UPDATE log SET size = ?1, live = live + ?2, heads = ?3, root = ?4", row)?;
    Ok(position)
}

/// Adds a snapshot whose texts and library are there, with its leaf and rows; its position.
pub(super) fn add(transaction: &Transaction<'_>, identity: &Identity, rows: &Rows, result: &str) -> Result<u64> {
    let lacks = |what: &str| HistoryError::damaged(format!("the {what} of a snapshot is missing"));
    let profile = text_id(transaction, &identity.profile)?.ok_or_else(|| lacks("profile"))?;
    let library = library_id(transaction, &identity.library)?.ok_or_else(|| lacks("library"))?;
    let number = append(transaction, identity.leaf(), None)?;
    let position = signed(number);
    let i = identity;
    transaction.execute(
        "INSERT INTO snapshot (position, tenant, as_of, recorded_at, engine, expiring_within, note, subject, commit_id, \
         profile, library, result, achieved, possible, assured, unassessed, assessments, controls, actions) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        params![
            position,
            i.tenant,
            i.as_of.to_string(),
            i.recorded_at,
            i.engine,
            i.expiring_within,
            i.note,
            i.subject,
            i.commit,
            profile,
            library,
            i.result.bytes(),
            signed(i.achieved),
            signed(i.possible),
            signed(i.assured),
            signed(i.unassessed),
            i.assessments.bytes(),
            i.controls.bytes(),
            i.actions.bytes(),
        ],
    )?;
    let counted = "INSERT INTO tenant (name, live) VALUES (?1, 1) ON CONFLICT (name) DO UPDATE SET live = live + 1";
    transaction.execute(counted, [&i.tenant])?;
    transaction.execute("INSERT INTO result (position, body) VALUES (?1, ?2)", params![position, packed(result)?])?;
    add_rows(transaction, position, rows)?;
    Ok(number)
}

/// The numbers of names, each asked for once.
struct Names<'t> {
    transaction: &'t Transaction<'t>,
    known: BTreeMap<String, i64>,
}

impl Names<'_> {
    fn number(&mut self, name: &str) -> Result<i64> {
        if let Some(id) = self.known.get(name) {
            return Ok(*id);
        }
        let query = "SELECT id FROM name WHERE text = ?1";
        let found: Option<i64> = self.transaction.query_row(query, [name], |row| row.get(0)).optional()?;
        let id = match found {
            Some(id) => id,
            None => {
                self.transaction.execute("INSERT INTO name (text) VALUES (?1)", [name])?;
                self.transaction.last_insert_rowid()
            }
        };
        self.known.insert(name.to_owned(), id);
        Ok(id)
    }
}

fn add_rows(transaction: &Transaction<'_>, position: i64, rows: &Rows) -> Result<()> {
    let mut names = Names { transaction, known: BTreeMap::new() };
    let mut insert = transaction.prepare("INSERT INTO assessment VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    for (n, row) in (0_i64..).zip(&rows.assessments) {
        let (template, framework) = (names.number(&row.template)?, names.number(&row.framework)?);
        let group = names.number(&row.group)?;
        let [achieved, possible, assured, unassessed] = row.sum.signed();
        insert.execute(params![
            position, n, template, framework, group, achieved, possible, assured, unassessed, row.gaps
        ])?;
    }
    let mut insert = transaction.prepare("INSERT INTO control VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    for (n, row) in (0_i64..).zip(&rows.controls) {
        let (control, status) = (names.number(&row.id)?, names.number(&row.status)?);
        let [achieved, possible, assured, unassessed] = row.sum.signed();
        insert.execute(params![
            position,
            n,
            row.assessment,
            control,
            status,
            row.coverage,
            achieved,
            possible,
            assured,
            unassessed
        ])?;
    }
    let mut insert = transaction.prepare("INSERT INTO action VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    for (n, row) in (0_i64..).zip(&rows.actions) {
        insert.execute(params![
            position,
            n,
            row.assessment,
            names.number(&row.id)?,
            row.points,
            row.basis_points,
            row.assured_basis_points,
            row.unassessed_basis_points,
            row.in_scope,
            row.applicable
        ])?;
    }
    Ok(())
}
