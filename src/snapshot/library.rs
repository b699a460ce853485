//! A library as the texts it was read from, by whose digest it is known.

use super::Digest;
use crate::builtin;
use crate::library::is_starter_profile;

/// A file of a library.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LibraryFile {
    /// Which folder, counted from 1; the built-in library is layer 0.
    pub layer: u32,
    /// The path inside the folder, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// All texts of a library, in order of layers and paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryVersion {
    files: Vec<LibraryFile>,
    digest: Digest,
}

impl LibraryVersion {
    /// The library of these files; starter profiles are left out, for no score depends on them.
    #[must_use]
    pub fn new(mut files: Vec<LibraryFile>) -> Self {
        files.retain(|file| !is_starter_profile(&file.path));
        files.sort();
        let named = files.iter().map(|f| (f.layer, f.path.as_str(), Digest::of(f.text.as_bytes())));
        let digest = library_digest(named);
        Self { files, digest }
    }

    /// The files of the built-in library.
    pub fn builtin_files() -> impl Iterator<Item = LibraryFile> {
        let file = |(path, text): &(&str, &str)| LibraryFile { layer: 0, path: (*path).into(), text: (*text).into() };
        builtin::FILES.iter().map(file)
    }

    /// The files.
    #[must_use]
    pub fn files(&self) -> &[LibraryFile] {
        &self.files
    }

    /// What it is known by.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

/// The digest of a library, from each file's layer, path and the digest of its text, in order.
#[must_use]
fn library_digest<'a>(files: impl Iterator<Item = (u32, &'a str, Digest)>) -> Digest {
    let mut bytes = b"annexa library 1\n".to_vec();
    for (layer, path, text) in files {
        bytes.extend_from_slice(format!("{layer} {} {path} {text}\n", path.len()).as_bytes());
    }
    Digest::of(&bytes)
}
