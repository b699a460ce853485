//! The log to the outside: signed, held against what was signed earlier, and proved leaf by leaf.

use super::error::{HistoryError, Result};
use super::read::{self, Kept};
use super::verify::{self, Verified};
use super::{History, is_empty};
use crate::ledger::{Checkpoint, Hash, LogProof, Note, Rejection, SignerKey, Tree, verify_consistency};
use rusqlite::Connection;

impl History {
    /// The state of the log, signed. The leaves are first held against the kept root, and the snapshots
    /// against their leaves, so that what is damaged is not sealed.
    ///
    /// # Errors
    /// That nothing is recorded, or what is damaged.
    pub fn seal(&self, key: &SignerKey) -> Result<Note> {
        let tree = sound(&*self.reading()?)?;
        if tree.size() == 0 {
            return Err(is_empty());
        }
        let state = Checkpoint::new(key.verifier().name(), tree.size(), tree.root());
        state.and_then(|state| state.sign(key)).map_err(|why| HistoryError::damaged(why.to_string()))
    }

    /// Whether the log starts with all that it held at `earlier`; the inner result says why it does not.
    ///
    /// # Errors
    /// What is damaged.
    pub fn extends(&self, earlier: &Checkpoint) -> Result<std::result::Result<(), Rejection>> {
        Ok(extends(&tree(&*self.reading()?)?, earlier))
    }

    /// Holds everything in the store against everything else, as [`History::verify`] does, and one state
    /// of the log against all `earlier` ones.
    ///
    /// `seen` is told how many of how many leaves were looked at.
    ///
    /// # Errors
    /// The first thing that does not hold in the store. Whether it extends an earlier state stands in
    /// the results, in the order of `earlier`.
    pub fn verify_against(
        &self,
        engine: &str,
        earlier: &[Checkpoint],
        seen: &mut dyn FnMut(u64, u64),
    ) -> Result<(Verified, Vec<std::result::Result<(), Rejection>>)> {
        let reading = self.reading()?;
        let tree = tree(&reading)?;
        let results = earlier.iter().map(|state| extends(&tree, state)).collect();
        Ok((verify::verify(&reading, engine, seen)?, results))
    }

    /// The proof that the log holds this snapshot at the state that `signed` tells; its extra data is the
    /// identity of the snapshot, which is the leaf that is proved.
    ///
    /// # Errors
    /// That the state is none of this log, or has the snapshot not yet; or what is damaged.
    pub fn prove(&self, kept: &Kept, signed: Note) -> Result<LogProof> {
        let wrong = |message: String| HistoryError::Unusable { message, help: None };
        let tree = tree(&*self.reading()?)?;
        let state: Checkpoint = signed.text().parse().map_err(|why| wrong(format!("the checkpoint: {why}")))?;
        extends(&tree, &state).map_err(|why| wrong(format!("the checkpoint is none of this log: {why}")))?;
        let path = tree.inclusion_proof(kept.position, state.size()).ok_or_else(|| {
            let (id, size) = (kept.id(), state.size());
            let help = "`--key KEYFILE` proves it under a new checkpoint";
            HistoryError::unusable(format!("snapshot {id} was recorded after the checkpoint of {size} leaves"), help)
        })?;
        Ok(LogProof::new(kept.position, path, signed).with_extra(kept.identity.canonical().into_bytes()))
    }
}

/// The tree over all leaves, which give the kept root.
fn tree(connection: &Connection) -> Result<Tree> {
    let (leaves, _) = verify::leaves(connection)?;
    Ok(leaves.iter().map(|leaf| Hash::from(*leaf.bytes())).collect())
}

/// The same, with each snapshot held against its leaf.
fn sound(connection: &Connection) -> Result<Tree> {
    let found = read::snapshots(connection, "", [])?.len();
    let expected = read::log(connection)?.live;
    if u64::try_from(found) != Ok(expected) {
        return Err(HistoryError::damaged(format!("{expected} snapshots were recorded, and {found} are there")));
    }
    tree(connection)
}

/// Made from the leaves and checked without them, so that no fault of the one confirms itself.
fn extends(tree: &Tree, earlier: &Checkpoint) -> std::result::Result<(), Rejection> {
    let (old, new) = (earlier.size(), tree.size());
    let path = tree.consistency_proof(old, new).unwrap_or_default();
    verify_consistency((old, earlier.root()), (new, &tree.root()), &path)
}
