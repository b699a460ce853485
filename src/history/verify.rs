//! Everything held against everything: the file, the log, each snapshot, its rows, its replay.

use super::History;
use super::error::{HistoryError, Result};
use super::read::{self, Kept};
use super::replay::Models;
use crate::report::to_json;
use crate::snapshot::{Digest, Frontier, Rows};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use std::collections::BTreeMap;

/// What was found to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many leaves the log has.
    pub size: u64,
    /// Its root.
    pub root: Digest,
    /// How many snapshots are there.
    pub snapshots: u64,
    /// How many were pruned.
    pub pruned: u64,
    /// How many of the snapshots gave the recorded bytes when replayed.
    pub replayed: u64,
    /// Those that another version of the program recorded and that this one works out otherwise;
    /// that is no fault of the history.
    pub otherwise: Vec<String>,
}

impl History {
    /// Holds the leaves of the log against its size and root: quick, and enough for who then reads
    /// one snapshot, which is held against its leaf. [`History::verify`] looks at everything.
    ///
    /// # Errors
    /// What does not hold.
    pub fn hold_log(&self) -> Result<()> {
        leaves(&*self.reading()?).map(drop)
    }

    /// Holds everything in the store against everything else; `engine` is the version of this program.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn verify(&self, engine: &str) -> Result<Verified> {
        verify(&*self.reading()?, engine, &mut |_, _| {})
    }
}

pub(super) fn verify(connection: &Connection, engine: &str, seen: &mut dyn FnMut(u64, u64)) -> Result<Verified> {
    let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(HistoryError::damaged(format!("SQLite says: {said}")));
    }
    let log = read::log(connection)?;
    let (_, pruned) = leaves(connection)?;
    texts(connection)?;
    let snapshots = u64::try_from(pruned.iter().filter(|p| !**p).count()).unwrap_or(u64::MAX);
    let root = log.root;
    let mut verified =
        Verified { size: log.size, root, snapshots, pruned: log.size - snapshots, replayed: 0, otherwise: Vec::new() };
    let mut replaying = Replaying { connection, engine, models: Models::default() };
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (position, is_pruned) in (0_i64..).zip(pruned) {
        let found = read::snapshots(connection, "WHERE s.position = ?1", [position])?.pop();
        match found {
            Some(kept) => {
                if snapshot(connection, &mut replaying, &kept)? {
                    verified.replayed += 1;
                } else {
                    verified.otherwise.push(kept.id());
                }
                *counts.entry(kept.identity.tenant).or_default() += 1;
            }
            None if is_pruned => {}
            None => return Err(HistoryError::damaged(format!("the snapshot of leaf {position} is missing"))),
        }
        seen(u64::try_from(position).map_or(log.size, |n| n + 1), log.size);
    }
    let count = |table: &str| -> Result<u64> {
        Ok(connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| read::whole(row, 0))?)
    };
    let stray = count("snapshot")? != snapshots || count("result")? != snapshots || log.live != snapshots;
    if stray || tenants(connection)? != counts {
        return Err(HistoryError::damaged("the counts of snapshots are not those of the log"));
    }
    Ok(verified)
}

/// All leaves, which give the kept root, and which of them were pruned.
pub(super) fn leaves(connection: &Connection) -> Result<(Vec<Digest>, Vec<bool>)> {
    let mut edge = Frontier::default();
    let (mut leaves, mut pruned) = (Vec::new(), Vec::new());
    let mut statement = connection.prepare("SELECT position, hash, pruned_at FROM leaf ORDER BY position")?;
    let rows = statement.query_map([], |row| {
        Ok((read::whole::<u64>(row, 0)?, read::digest(row, 1)?, row.get::<_, Option<String>>(2)?))
    })?;
    for row in rows {
        let (position, leaf, pruned_at) = row?;
        if position != edge.size() {
            return Err(HistoryError::damaged(format!("leaf {} of the log is missing", edge.size())));
        }
        edge.push(leaf);
        leaves.push(leaf);
        pruned.push(pruned_at.is_some());
    }
    let log = read::log(connection)?;
    if edge.size() == log.size && edge.root() == log.root && edge.bytes() == log.heads {
        return Ok((leaves, pruned));
    }
    Err(HistoryError::damaged("the leaves of the log do not give its root"))
}

/// All texts and libraries, those too that no snapshot needs.
fn texts(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare("SELECT hash FROM text ORDER BY id")?;
    for hash in statement.query_map([], |row| read::digest(row, 0))? {
        read::text(connection, &hash?)?;
    }
    let mut statement = connection.prepare("SELECT digest FROM library ORDER BY id")?;
    for digest in statement.query_map([], |row| read::digest(row, 0))? {
        read::library(connection, &digest?)?;
    }
    Ok(())
}

fn tenants(connection: &Connection) -> Result<BTreeMap<String, u64>> {
    let mut statement = connection.prepare("SELECT name, live FROM tenant WHERE live > 0")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, read::whole(row, 1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Holds one snapshot against its result and rows, and replays it; whether that gave the same bytes.
fn snapshot(connection: &Connection, replaying: &mut Replaying<'_>, kept: &Kept) -> Result<bool> {
    let wrong =
        |what: &str| HistoryError::damaged(format!("snapshot {} as of {}: {what}", kept.id(), kept.identity.as_of));
    let result = read::result(connection, kept)?;
    let rows = Rows::of(&result).map_err(|_| wrong("its result is none"))?;
    if !kept.identity.fits(&rows) {
        return Err(wrong("its figures are not those of its result"));
    }
    if read::rows(connection, kept)? != rows {
        return Err(wrong("its rows are not those of its result"));
    }
    replaying.gives(kept, &result)
}

/// What replaying takes.
struct Replaying<'c> {
    connection: &'c Connection,
    engine: &'c str,
    models: Models,
}

impl Replaying<'_> {
    fn gives(&mut self, kept: &Kept, result: &str) -> Result<bool> {
        let identity = &kept.identity;
        let state = read::state(self.connection, kept, &mut self.models)?;
        let replayed = state.and_then(|s| to_json(&s.score(identity.expiring_within)).map_err(|e| e.to_string()));
        match replayed {
            Ok(replayed) if replayed == result => Ok(true),
            _ if identity.engine != self.engine => Ok(false),
            Ok(_) => Err(HistoryError::damaged(format!("snapshot {}: replayed it gives another result", kept.id()))),
            Err(why) => Err(HistoryError::damaged(format!("snapshot {}: {why}", kept.id()))),
        }
    }
}

/// Whether a leaf is in the log.
pub(super) fn has_leaf(connection: &Connection, leaf: &Digest) -> Result<bool> {
    let query = "SELECT 1 FROM leaf WHERE hash = ?1";
    Ok(connection.query_row(query, [leaf.bytes()], |_| Ok(())).optional()?.is_some())
}
