//! The built-in library: its files as text, and the whole as it was compiled into the program.
//!
//! The build script reads `controls/` and `templates/` with this crate's own code, refuses them on
//! any error, and writes the result as bytes, so that no TOML is parsed when the program starts.

use crate::library::{Library, is_starter_profile};
use crate::source::Sources;

/// The files of the built-in library: path inside the folder, and text, in order of paths.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin_files.rs"));

static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/builtin.postcard"));

/// The built-in library; its texts are added to `sources`, which must be empty, for its spans
/// count the files from nought.
#[expect(clippy::expect_used, reason = "the bytes were written by the build script from the same types")]
pub fn library(sources: &mut Sources) -> Library {
    for (path, text) in FILES {
        sources.add(format!("builtin:{path}"), *text);
    }
    postcard::from_bytes(COMPILED).expect("the built-in library is what the build script wrote")
}

/// The starter profiles: path inside the folder, and text.
pub fn profiles() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter(|(path, _)| is_starter_profile(path)).map(|(path, text)| (*path, *text))
}
