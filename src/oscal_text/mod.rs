//! OSCAL documents as texts: their words, their tokens, and their parts.
//!
//! `words` has the vocabulary that writer and readers share, `token` how ids become OSCAL tokens and back.
//! [`Document::read`] takes JSON or YAML apart (`tree`, by `json` and `yaml`), sees which model it is of and
//! in which version; [`Part`] takes values out of it, and tells of each that is of a wrong type.

mod document;
mod json;
mod part;
pub(crate) mod token;
mod tree;
pub(crate) mod words;
mod yaml;

pub(crate) use document::{Document, ModelKind};
pub(crate) use part::{Part, Prop, day_of};
