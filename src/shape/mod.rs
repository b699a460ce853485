//! The shape of every file, written once.
//!
//! A [`Shape`] lists the keys of a table with what each takes. From the same list come reading with
//! all faults at once, from TOML or from JSON ([`document`], [`document_in`]), the JSON Schema for editors (`schema`), and the pages of
//! `docs/`. A new key is one line in the shape of its file and one getter where it is used.

mod entry;
mod json;
mod read;
mod words;
mod written;

pub use entry::{Entry, ServiceReference};
pub(crate) use read::is_address;
pub use read::{MAX_DEPTH, MAX_ENTRIES, MAX_FILE_BYTES, document, document_in};
pub use words::Notation;
pub(crate) use written::{Keys, Written};

/// The keys of one table.
#[derive(Debug)]
pub struct Shape {
    /// What the table is called in messages: `action`, `service`.
    pub name: &'static str,
    /// What it describes.
    pub doc: &'static str,
    /// Its keys, in the order they are usually written.
    pub fields: &'static [Field],
}

/// One key of a table.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether a table without it is a fault.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

/// The most characters of a name, a title or an address.
pub const MAX_TITLE: usize = 1_000;
/// The most characters of any other text.
pub const MAX_TEXT: usize = 100_000;

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// Text that is not empty.
    Title,
    /// An id.
    Id,
    /// An absolute web address.
    Url,
    /// One word of a closed set.
    Word(&'static [&'static str]),
    /// A date without a time.
    Date,
    /// A whole number within bounds.
    Whole(i64, i64),
    /// A decimal from 0 to the first number, with at most as many places as the second.
    Decimal(u32, usize),
    /// `true` or `false`.
    Flag,
    /// A list of words of a closed set.
    Words(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of ids.
    Ids,
    /// A list of web addresses.
    Urls,
    /// A list of service ids, each plain or as `{ id = "...", since = 2020-01-22 }`.
    Services,
    /// One table.
    Table(&'static Shape),
    /// A list of tables.
    Tables(&'static Shape),
}

/// A key that must be there.
pub const fn required(key: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { key, kind, required: true, doc }
}

/// A key that may be there.
pub const fn optional(key: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { key, kind, required: false, doc }
}

/// The table form of an entry in a list of services.
pub static SERVICE_REFERENCE: Shape = Shape {
    name: "service reference",
    doc: "A service, with the date from which the evidence names it.",
    fields: &[
        required("id", Kind::Id, "The service."),
        optional(
            "since",
            Kind::Date,
            "The date from which it is named; without it, from the first date of the evidence.",
        ),
    ],
};
