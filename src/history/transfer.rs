//! Everything out as lines, and in again.

use super::error::{HistoryError, Result};
use super::pack::MAX_TEXT;
use super::{History, read, signed, verify, write};
use crate::snapshot::{Digest, ExportFile, ExportLine, FORMAT, Frontier, LibraryFile, LibraryVersion, Rows};
use rusqlite::{Connection, Transaction};
use std::collections::BTreeMap;
use std::io::{BufRead, Read};

/// What an import came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// How many leaves were added.
    pub added: u64,
    /// How many were there already.
    pub known: u64,
}

impl History {
    /// Everything in the store, line by line.
    ///
    /// # Errors
    /// What is damaged, or what `out` says.
    pub fn export<E: From<HistoryError>>(
        &self,
        mut out: impl FnMut(&str) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let reading = self.reading()?;
        let mut put = |line: &ExportLine| {
            let text = serde_json::to_string(line).map_err(|e| HistoryError::damaged(e.to_string()))?;
            out(&format!("{text}\n"))
        };
        let log = read::log(&reading)?;
        put(&ExportLine::AnnexaHistory { format: FORMAT, size: log.size, root: log.root })?;
        for hash in column(&reading, "SELECT hash FROM text ORDER BY hash")? {
            put(&ExportLine::Text { text: read::text(&reading, &hash)? })?;
        }
        for digest in column(&reading, "SELECT digest FROM library ORDER BY digest")? {
            let files = read::library_files(&reading, &digest)?.into_iter();
            let files = files.map(|(layer, path, sha256)| ExportFile { layer, path, sha256 }).collect();
            put(&ExportLine::Library { files })?;
        }
        for position in 0..log.size {
            let query = "SELECT hash, pruned_at FROM leaf WHERE position = ?1";
            let leaf = reading.query_row(query, [signed(position)], |row| Ok((read::digest(row, 0)?, row.get(1)?)));
            let line = match leaf.map_err(HistoryError::from)? {
                (leaf, Some(pruned_at)) => ExportLine::Pruned { leaf, pruned_at },
                (_, None) => {
                    let found = read::snapshots(&reading, "WHERE s.position = ?1", [signed(position)])?.pop();
                    let gone = || HistoryError::damaged(format!("the snapshot of leaf {position} is missing"));
                    let kept = found.ok_or_else(gone)?;
                    let result = read::result(&reading, &kept)?;
                    ExportLine::Snapshot { identity: Box::new(kept.identity), result }
                }
            };
            put(&line)?;
        }
        Ok(())
    }

    /// Adds what an export holds and this store does not, and then verifies the whole; all or nothing.
    ///
    /// # Errors
    /// The line that cannot be used, or what does not hold.
    pub fn import(&mut self, lines: &mut dyn BufRead, engine: &str) -> Result<Imported> {
        let transaction = self.writing()?;
        let mut import = Import::new(&transaction);
        for number in 1_u64.. {
            let Some(line) = line(lines, number)? else { break };
            import.take(line).map_err(|error| in_line(number, error))?;
        }
        let imported = import.end()?;
        verify::verify(&transaction, engine, &mut |_, _| {})?;
        transaction.commit()?;
        Ok(imported)
    }
}

fn column(connection: &Connection, query: &str) -> Result<Vec<Digest>> {
    let mut statement = connection.prepare(query)?;
    let found = statement.query_map([], |row| read::digest(row, 0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn wrong(message: impl Into<String>) -> HistoryError {
    HistoryError::Unusable { message: message.into(), help: None }
}

fn in_line(number: u64, error: HistoryError) -> HistoryError {
    match error {
        HistoryError::Unusable { message, help } => {
            HistoryError::Unusable { message: format!("line {number}: {message}"), help }
        }
        other => other,
    }
}

/// The next line, if there is one.
fn line(lines: &mut dyn BufRead, number: u64) -> Result<Option<ExportLine>> {
    // JSON may write a character as six.
    let limit = u64::try_from(MAX_TEXT).unwrap_or(u64::MAX).saturating_mul(6);
    let mut bytes = Vec::new();
    let read = lines.take(limit).read_until(b'\n', &mut bytes);
    read.map_err(|e| wrong(format!("line {number} cannot be read: {e}")))?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let line = serde_json::from_slice(&bytes);
    line.map(Some).map_err(|e| wrong(format!("line {number} is none of an export: {e}")))
}

/// What is known while an export is read.
struct Import<'t> {
    transaction: &'t Transaction<'t>,
    promised: Option<(u64, Digest)>,
    texts: BTreeMap<Digest, i64>,
    edge: Frontier,
    imported: Imported,
}

impl<'t> Import<'t> {
    fn new(transaction: &'t Transaction<'t>) -> Self {
        let imported = Imported { added: 0, known: 0 };
        Self { transaction, promised: None, texts: BTreeMap::new(), edge: Frontier::default(), imported }
    }

    fn take(&mut self, line: ExportLine) -> Result<()> {
        match (line, self.promised) {
            (ExportLine::AnnexaHistory { format: FORMAT, size, root }, None) => self.promised = Some((size, root)),
            (ExportLine::AnnexaHistory { format, .. }, None) => {
                let message = format!("the export has format {format}, and this annexa knows formats up to {FORMAT}");
                return Err(HistoryError::unusable(message, "use the newer annexa that wrote it"));
            }
            (_, None) => return Err(wrong("an export starts with a line of the kind `annexa-history`")),
            (ExportLine::AnnexaHistory { .. }, Some(_)) => return Err(wrong("a second start")),
            (ExportLine::Text { text }, _) => {
                let id = write::add_text(self.transaction, &text)?;
                self.texts.insert(Digest::of(text.as_bytes()), id);
            }
            (ExportLine::Library { files }, _) => self.library(files)?,
            (ExportLine::Pruned { leaf, pruned_at }, _) => {
                if self.is_new(leaf)? {
                    write::append(self.transaction, leaf, Some(&pruned_at))?;
                }
            }
            (ExportLine::Snapshot { identity, result }, _) => {
                let rows = Rows::of(&result).map_err(|why| wrong(format!("the result of the snapshot: {why}")))?;
                if identity.result != Digest::of(result.as_bytes()) || !identity.fits(&rows) {
                    return Err(wrong("the snapshot and its result do not go together"));
                }
                if self.is_new(identity.leaf())? {
                    let added = write::add(self.transaction, &identity, &rows, &result);
                    added.map_err(|error| match error {
                        HistoryError::Damaged(what) => wrong(what),
                        other => other,
                    })?;
                }
            }
        }
        Ok(())
    }

    /// Counts a leaf; whether the store does not have it.
    fn is_new(&mut self, leaf: Digest) -> Result<bool> {
        self.edge.push(leaf);
        let is_known = verify::has_leaf(self.transaction, &leaf)?;
        if is_known {
            self.imported.known += 1;
        } else {
            self.imported.added += 1;
        }
        Ok(!is_known)
    }

    fn library(&self, files: Vec<ExportFile>) -> Result<()> {
        let mut found = Vec::new();
        for ExportFile { layer, path, sha256 } in files {
            if !self.texts.contains_key(&sha256) {
                return Err(wrong(format!("the text of `{path}` is missing")));
            }
            found.push(LibraryFile { layer, path, text: read::text(self.transaction, &sha256)? });
        }
        write::add_library(self.transaction, &LibraryVersion::new(found))
    }

    /// Holds what came against what the first line promised.
    fn end(self) -> Result<Imported> {
        match self.promised {
            None => Err(wrong("the file is empty")),
            Some((size, root)) if self.edge.size() == size && self.edge.root() == root => Ok(self.imported),
            Some((size, _)) => {
                let message =
                    format!("{} of {size} leaves came, or others than the first line promised", self.edge.size());
                Err(wrong(message))
            }
        }
    }
}
