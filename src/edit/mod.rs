//! A profile's text, changed in place: comments, order and line ends stay as they were.
//!
//! `text` knows where the entries of a file and their keys stand, and makes edits by place; `place` says
//! where what is new goes and what becomes of what is taken out; `keys` changes the keys of an entry.

mod keys;
mod place;
mod text;

pub(crate) use keys::{Changed, Fields, append, literal, rewrite};
pub(crate) use place::{add_after, add_key, notes_before, take_out};
pub(crate) use text::{Edits, Entry, Key, entries, nested};
