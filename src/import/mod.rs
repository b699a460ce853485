//! What other tools know of a tenant, taken over into its profile.
//!
//! Sources (`source`) become [`Reading`]s of [`Fact`]s; `matching` finds the actions that each is
//! about, `settle` makes of all that is said about one place what can be said of it, `decide` holds
//! that against the profile under a [`Policy`], and `write` edits the profile's text. The edited text
//! is read back by the ordinary way and compared with what it was, so that the effect told is the
//! effect had. Start with [`import`].

mod decide;
mod fact;
mod input;
mod map;
mod matching;
mod result;
mod run;
mod settle;
pub mod source;
mod state;
mod write;

pub use decide::Policy;
pub use fact::{Acceptance, Exhibit, Fact, Finding, Reading, Reason, Row, Stated, Subject, UnusedRow};
pub use input::{Content, Input, MAX_IMPORT_BYTES};
pub use map::{IMPORT_MAP, Map};
pub use result::{
    AcceptanceAdded, ActionChange, ImportReport, PlaceChange, ReasonCount, RowCounts, RowName, RowUnused,
};
pub use run::{Import, ImportFailure, Imported, import};
pub use source::Format;
