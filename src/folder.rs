//! The file system's way in: files and folders to source texts.
//!
//! The only room of the library crate that opens files. What cannot be read becomes a diagnostic
//! with what the operating system said.

#![expect(clippy::disallowed_methods, reason = "this is the one room that reads files")]

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::profile::EvidenceFolder;
use crate::shape::MAX_FILE_BYTES;
use crate::source::Sources;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};

/// How deep a library folder is searched; its deepest files lie at the fourth level.
const MAX_FOLDER_DEPTH: usize = 5;

/// Reads one file as text and adds it to `sources`; the number of the source, if all went well.
pub fn read_file(path: &Path, sources: &mut Sources, faults: &mut Diagnostics) -> Option<u32> {
    let name = path.display().to_string();
    match std::fs::File::open(path) {
        Ok(file) => read_stream(file, &name, sources, faults),
        Err(error) => cannot_read(&name, &error, faults),
    }
}

/// Opens a file that is read line by line.
pub fn open_lines(path: &Path, faults: &mut Diagnostics) -> Option<std::io::BufReader<std::fs::File>> {
    match std::fs::File::open(path) {
        Ok(file) => Some(std::io::BufReader::with_capacity(256 * 1024, file)),
        Err(error) => cannot_read(&path.display().to_string(), &error, faults),
    }
}

/// Reads the bytes of a file that is imported, at most one more than is taken: what is longer is refused
/// where it is looked at.
pub fn read_bytes(path: &Path, limit: usize, faults: &mut Diagnostics) -> Option<Vec<u8>> {
    let name = path.display().to_string();
    match std::fs::File::open(path) {
        Ok(file) => bytes_of(file, &name, limit, faults),
        Err(error) => cannot_read(&name, &error, faults),
    }
}

/// The same for a stream.
pub fn bytes_of(stream: impl Read, name: &str, limit: usize, faults: &mut Diagnostics) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    match stream.take(most).read_to_end(&mut bytes) {
        Ok(_) => Some(bytes),
        Err(error) => cannot_read(name, &error, faults),
    }
}

/// Reads a stream to its end as text and adds it to `sources` under `name`.
pub fn read_stream(stream: impl Read, name: &str, sources: &mut Sources, faults: &mut Diagnostics) -> Option<u32> {
    let bytes = bytes_of(stream, name, MAX_FILE_BYTES, faults)?;
    if bytes.len() > MAX_FILE_BYTES {
        faults.push(too_large(name));
        return None;
    }
    match utf8(&bytes, name, 1) {
        Ok(_) => String::from_utf8(bytes).ok().map(|text| sources.add(name.to_owned(), text)),
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

/// That a file is larger than what is read.
#[must_use]
pub fn too_large(name: &str) -> Diagnostic {
    let message = format!("`{name}` is larger than {} MiB, the most that is read", MAX_FILE_BYTES >> 20);
    Diagnostic::new(Code::TooLarge, message)
}

/// The text that bytes are, or what is wrong with them; the first line of `bytes` has this number in `name`.
///
/// # Errors
/// Where they are not UTF-8.
pub fn utf8<'b>(bytes: &'b [u8], name: &str, first_line: usize) -> Result<&'b str, Diagnostic> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        let line = valid.iter().filter(|b| **b == b'\n').count() + first_line;
        let byte = rest.first().map(|b| format!("the byte 0x{b:02X}")).unwrap_or_default();
        let message = format!("`{name}` is not UTF-8: {byte} in line {line} does not fit");
        let help = "save the file as UTF-8; an editor may call the encoding it has now Windows-1252 or Latin-1";
        Diagnostic::new(Code::NotUtf8, message).help(help)
    })
}

fn cannot_read<T>(name: &str, error: &std::io::Error, faults: &mut Diagnostics) -> Option<T> {
    faults.push(Diagnostic::new(Code::CannotRead, format!("cannot read `{name}`: {error}")));
    None
}

/// Reads all TOML files of a library folder: their paths inside it and their source numbers.
pub fn read_library(folder: &Path, sources: &mut Sources, faults: &mut Diagnostics) -> Vec<(String, u32)> {
    let mut paths = Vec::new();
    for top in ["controls", "templates"] {
        let start = folder.join(top);
        if start.is_dir() {
            collect(&start, MAX_FOLDER_DEPTH, &mut paths, faults);
        }
    }
    if paths.is_empty() {
        let message = format!("`{}` holds no library: no TOML under `controls/` or `templates/`", folder.display());
        faults.push(Diagnostic::new(Code::CannotRead, message));
    }
    paths.sort();
    let inside = |path: &Path| {
        let parts = path.strip_prefix(folder).unwrap_or(path).iter();
        parts.map(|p| p.to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    paths.iter().filter_map(|p| Some((inside(p), read_file(p, sources, faults)?))).collect()
}

fn collect(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>, faults: &mut Diagnostics) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            cannot_read::<()>(&folder.display().to_string(), &error, faults);
            return;
        }
    };
    for path in entries.filter_map(|e| e.ok().map(|e| e.path())) {
        if path.is_dir() && depth > 0 {
            collect(&path, depth - 1, paths, faults);
        } else if path.extension().is_some_and(|e| e == "toml") {
            paths.push(path);
        }
    }
}

/// The folder of a profile on disk, in which its evidence files lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFolder(PathBuf);

impl ProfileFolder {
    /// The folder in which the profile at `path` lies.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
        Self(parent.unwrap_or(Path::new(".")).to_owned())
    }
}

impl EvidenceFolder for ProfileFolder {
    fn digest(&self, path: &str) -> Result<Option<String>, String> {
        let said = |error: std::io::Error| error.to_string();
        let (folder, path) = (self.0.canonicalize().map_err(said)?, self.0.join(path).canonicalize().map_err(said)?);
        if !path.starts_with(&folder) {
            return Err("a link leads out of the profile's folder".to_owned());
        }
        // Opening a pipe would wait for somebody to write into it.
        if !path.is_file() {
            return Err("it is not a file".to_owned());
        }
        let mut file = std::fs::File::open(path).map_err(said)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = file.read(&mut buffer).map_err(said)?;
            match buffer.get(..count) {
                None | Some([]) => break,
                Some(bytes) => hasher.update(bytes),
            }
        }
        Ok(Some(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()))
    }
}
