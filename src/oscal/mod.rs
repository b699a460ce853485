//! OSCAL 1.1.3: what the library and a tenant come to, as the documents of NIST's format.
//!
//! `export` writes the six models, `uuid` makes their identifiers from names, so that the same input gives
//! the same bytes. `read` makes a library of a catalogue or of component definitions; what says something
//! of a tenant goes the way of every import. The vocabulary is that of `oscal_text`.

mod export;
mod read;
mod uuid;

pub(crate) use crate::oscal_text::{token, words};
pub use export::{OscalDay, OscalDocument, OscalModel, OscalOfLibrary, OscalOfTenant};
pub use read::{Left, LibraryDraft, ReadOptions, library_of};
pub use words::NAMESPACE;
