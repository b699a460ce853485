//! A snapshot: everything that an assessment came from and came to, and the bytes it is known by.
//!
//! Pure data; nothing here touches a store. A [`Recording`] is what is handed in: the profile as
//! read, the library, the date, the result. Its [`Identity`] names all of that by digest and carries
//! the overall figures; the canonical bytes of the identity are the leaf of the log, so whoever
//! holds the leaf holds everything. `library` is a library as texts, `rows` what a result says row
//! by row, `headings` what it says of domains and targets, `tree` the log's hashes, `transfer` the
//! lines of an export, `proved` a snapshot that is shown to be in a log without the log.

mod digest;
mod headings;
mod library;
mod proved;
mod rows;
mod transfer;
mod tree;

pub use digest::Digest;
pub use headings::{DomainRow, Headings};
pub use library::{LibraryFile, LibraryVersion};
pub use proved::{ProvedSnapshot, Unproved};
pub use rows::{ActionRow, AssessmentRow, ControlRow, Rows, Sum};
pub use transfer::{ExportFile, ExportLine, FORMAT};
pub use tree::{Frontier, leaf_hash};

use crate::points::{Amount, Percent, Sums};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is recorded, as it is handed in.
#[derive(Clone, Debug)]
pub struct Recording {
    /// The tenant's id.
    pub tenant: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// When it is recorded, in UTC, as `2020-06-01T12:00:00Z`.
    pub recorded_at: String,
    /// The version of the program that made the result.
    pub engine: String,
    /// For how many days ahead lapsing evidence was reported.
    pub expiring_within: u32,
    /// What somebody wants remembered.
    pub note: Option<String>,
    /// The first line of the commit it was read from.
    pub subject: Option<String>,
    /// The commit it was read from.
    pub commit: Option<String>,
    /// The text of the profile.
    pub profile: String,
    /// The library it was scored against.
    pub library: LibraryVersion,
    /// The result as JSON, byte for byte as it was printed.
    pub result: String,
}

/// What a snapshot is known by: every input and the result, by digest, and the overall figures.
///
/// The order of the fields is the order of the canonical bytes, which are this as JSON without
/// blanks. What is added later goes under a new `version`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The version of this form.
    pub version: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// When it was recorded, in UTC.
    pub recorded_at: String,
    /// The version of the program that made the result.
    pub engine: String,
    /// For how many days ahead lapsing evidence was reported.
    pub expiring_within: u32,
    /// What somebody wants remembered.
    pub note: Option<String>,
    /// The first line of the commit it was read from.
    pub subject: Option<String>,
    /// The commit it was read from.
    pub commit: Option<String>,
    /// The digest of the profile's text.
    pub profile: Digest,
    /// The digest of the library.
    pub library: Digest,
    /// The digest of the result.
    pub result: Digest,
    /// Points earned, in 1/10 000, as are the three below.
    pub achieved: u64,
    /// All points in the denominator.
    pub possible: u64,
    /// Points whose proof was current.
    pub assured: u64,
    /// Points nobody had assessed.
    pub unassessed: u64,
    /// The digest of the rows of assessments.
    pub assessments: Digest,
    /// The digest of the rows of controls.
    pub controls: Digest,
    /// The digest of the rows of actions.
    pub actions: Digest,
}

/// The version of [`Identity`].
const VERSION: u32 = 1;

impl Identity {
    /// The identity of a recording, whose result gave `rows`.
    #[must_use]
    pub fn new(recording: &Recording, rows: &Rows) -> Self {
        Self {
            version: VERSION,
            tenant: recording.tenant.clone(),
            as_of: recording.as_of,
            recorded_at: recording.recorded_at.clone(),
            engine: recording.engine.clone(),
            expiring_within: recording.expiring_within,
            note: recording.note.clone(),
            subject: recording.subject.clone(),
            commit: recording.commit.clone(),
            profile: Digest::of(recording.profile.as_bytes()),
            library: recording.library.digest(),
            result: Digest::of(recording.result.as_bytes()),
            achieved: rows.overall.achieved,
            possible: rows.overall.possible,
            assured: rows.overall.assured,
            unassessed: rows.overall.unassessed,
            assessments: rows.assessments_digest(),
            controls: rows.controls_digest(),
            actions: rows.actions_digest(),
        }
    }

    /// The canonical bytes: the leaf of the log.
    #[must_use]
    pub fn canonical(&self) -> String {
        // A struct of text, numbers and digests always has a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The hash of the leaf, which also gives the snapshot its id.
    #[must_use]
    pub fn leaf(&self) -> Digest {
        leaf_hash(self.canonical().as_bytes())
    }

    /// Whether `rows` are those it was made from.
    #[must_use]
    pub fn fits(&self, rows: &Rows) -> bool {
        let own = (self.achieved, self.possible, self.assured, self.unassessed);
        let theirs = &rows.overall;
        own == (theirs.achieved, theirs.possible, theirs.assured, theirs.unassessed)
            && self.version == VERSION
            && self.tenant == rows.tenant
            && self.as_of == rows.as_of
            && self.assessments == rows.assessments_digest()
            && self.controls == rows.controls_digest()
            && self.actions == rows.actions_digest()
    }

    /// The overall figures.
    #[must_use]
    pub fn sums(&self) -> Sums {
        Sums {
            achieved: Amount::from_units(self.achieved),
            possible: Amount::from_units(self.possible),
            assured: Amount::from_units(self.assured),
            unassessed: Amount::from_units(self.unassessed),
        }
    }
}

/// A snapshot as a list shows it; the first ten fields are promised.
#[derive(Clone, Debug, Serialize)]
pub struct ListedSnapshot {
    /// Its id.
    pub id: String,
    /// The tenant's id.
    pub tenant: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// When it was recorded, in UTC.
    pub recorded_at: String,
    /// Points earned.
    pub achieved: Amount,
    /// All points in the denominator.
    pub possible: u64,
    /// Points whose proof was current.
    pub assured: Amount,
    /// Points nobody had assessed.
    pub unassessed: Amount,
    /// The score.
    pub percent: Option<Percent>,
    /// The assurance.
    pub assurance_percent: Option<Percent>,
    /// The version of the program.
    pub engine: String,
    /// The digest of the library.
    pub library: Digest,
    /// What somebody wanted remembered.
    pub note: Option<String>,
    /// The first line of the commit it was read from.
    pub subject: Option<String>,
    /// The commit it was read from.
    pub commit: Option<String>,
}

impl From<&Identity> for ListedSnapshot {
    fn from(identity: &Identity) -> Self {
        let sums = identity.sums();
        Self {
            id: identity.leaf().short(),
            tenant: identity.tenant.clone(),
            as_of: identity.as_of,
            recorded_at: identity.recorded_at.clone(),
            achieved: sums.achieved,
            possible: sums.possible.whole_points(),
            assured: sums.assured,
            unassessed: sums.unassessed,
            percent: sums.percent(),
            assurance_percent: sums.assurance_percent(),
            engine: identity.engine.clone(),
            library: identity.library,
            note: identity.note.clone(),
            subject: identity.subject.clone(),
            commit: identity.commit.clone(),
        }
    }
}
