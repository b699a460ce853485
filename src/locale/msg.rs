//! The messages: a constant each, made of `locales/en` by the build.

use super::Message;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The files of all languages: language and text.
pub(super) fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.iter().copied()
}
