//! Tenants that come twice, found exactly and in bounded memory.
//!
//! Names are gathered, and when there are many they go to a file, in order; at the end all such files
//! are read side by side, and the same name stands beside itself. A name is kept in full: two tenants
//! that are not one are never taken for one.

#![expect(clippy::disallowed_methods, reason = "what does not fit into memory lies in files of the run")]

use crate::cli::Failure;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// So many names are held.
const MOST_NAMES: usize = 100_000;
/// So many bytes of names are held.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// So many files are read side by side.
const MOST_FILES: usize = 128;

/// The tenants of a chunk, and where in it each stands.
#[derive(Debug, Default)]
pub(super) struct NameList {
    text: String,
    /// Where each name ends, and the number of its profile.
    ends: Vec<(usize, u64)>,
}

impl NameList {
    pub(super) fn push(&mut self, tenant: &str, number: u64) {
        self.text.push_str(tenant);
        self.ends.push((self.text.len(), number));
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(end, _)| *end));
        let names = starts.zip(&self.ends);
        names.map(|(start, (end, number))| (self.text.get(start..*end).unwrap_or_default(), *number))
    }
}

/// Where a profile stands: which input, and which line or file of it.
pub(super) type Place = (u32, u64);

/// Names being gathered.
#[derive(Debug)]
pub(super) struct Names {
    /// Where files of names go.
    folder: PathBuf,
    text: Vec<u8>,
    /// Where in the text each name stands, and where its profile does.
    entries: Vec<(usize, usize, Place)>,
    files: Vec<PathBuf>,
}

impl Names {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), text: Vec::new(), entries: Vec::new(), files: Vec::new() }
    }

    /// Adds the names of a chunk; `first` is the number of its first line.
    pub(super) fn add(&mut self, list: &NameList, input: usize, first: u64) -> Result<(), Failure> {
        let input = u32::try_from(input).unwrap_or(u32::MAX);
        for (name, number) in list.iter() {
            self.entries.push((self.text.len(), name.len(), (input, first + number)));
            self.text.extend_from_slice(name.as_bytes());
        }
        let is_much = self.entries.len() >= MOST_NAMES || self.text.len() >= MOST_BYTES;
        if is_much { self.put_away() } else { Ok(()) }
    }

    /// Writes what is held to a file, and gives all files written.
    pub(super) fn end(mut self) -> Result<Vec<PathBuf>, Failure> {
        self.put_away()?;
        Ok(self.files)
    }

    fn put_away(&mut self) -> Result<(), Failure> {
        if self.entries.is_empty() {
            return Ok(());
        }
        let Self { folder, text, entries, files } = self;
        let name = |(start, len, _): &(usize, usize, Place)| text.get(*start..start + len).unwrap_or_default();
        entries.sort_unstable_by(|a, b| (name(a), a.2).cmp(&(name(b), b.2)));
        let path = folder.join(format!("names-{}", files.len()));
        let mut file = Sorted::create(&path)?;
        entries.iter().try_for_each(|entry| file.add(name(entry), entry.2))?;
        file.end()?;
        files.push(path);
        text.clear();
        entries.clear();
        Ok(())
    }
}

/// Tells `again` of each profile whose tenant another has already: the name, the place of the first
/// one and its own; by name.
pub(super) fn twice(
    files: Vec<PathBuf>,
    scratch: &Path,
    mut again: impl FnMut(&str, Place, Place) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut files = files;
    let mut made = 0;
    while files.len() > MOST_FILES {
        let rest = files.split_off(MOST_FILES);
        let path = scratch.join(format!("merged-{made}"));
        made += 1;
        let mut file = Sorted::create(&path)?;
        merge(&files, |name, place| file.add(name, place))?;
        file.end()?;
        files = rest;
        files.push(path);
    }
    let mut last: Option<(Vec<u8>, Place)> = None;
    merge(&files, |name, place| match &last {
        Some((known, first)) if known == name => again(&String::from_utf8_lossy(name), *first, place),
        _ => {
            let (mut kept, _) = last.take().unwrap_or_default();
            kept.clear();
            kept.extend_from_slice(name);
            last = Some((kept, place));
            Ok(())
        }
    })
}

/// Goes through the names of all files in order.
fn merge(files: &[PathBuf], mut take: impl FnMut(&[u8], Place) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut readers = Vec::with_capacity(files.len());
    let mut heads = BinaryHeap::with_capacity(files.len());
    for (number, path) in files.iter().enumerate() {
        let failed = |error: std::io::Error| Failure::machine("read", path, &error);
        let mut reader = BufReader::with_capacity(16 * 1024, File::open(path).map_err(failed)?);
        if let Some((name, place)) = next(&mut reader, Vec::new()).map_err(failed)? {
            heads.push(Reverse((name, place, number)));
        }
        readers.push(reader);
    }
    while let Some(Reverse((name, place, number))) = heads.pop() {
        take(&name, place)?;
        let (Some(reader), Some(path)) = (readers.get_mut(number), files.get(number)) else { continue };
        let found = next(reader, name).map_err(|error| Failure::machine("read", path, &error))?;
        heads.extend(found.map(|(name, place)| Reverse((name, place, number))));
    }
    Ok(())
}

/// Reads a name into `name`, and its place.
fn next(reader: &mut impl Read, mut name: Vec<u8>) -> std::io::Result<Option<(Vec<u8>, Place)>> {
    let (mut four, mut eight) = ([0; 4], [0; 8]);
    match reader.read_exact(&mut four) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        result => result?,
    }
    name.clear();
    reader.take(u64::from(u32::from_le_bytes(four))).read_to_end(&mut name)?;
    reader.read_exact(&mut four)?;
    reader.read_exact(&mut eight)?;
    Ok(Some((name, (u32::from_le_bytes(four), u64::from_le_bytes(eight)))))
}

/// A file of names in order.
struct Sorted<'p> {
    path: &'p Path,
    out: BufWriter<File>,
}

impl<'p> Sorted<'p> {
    fn create(path: &'p Path) -> Result<Self, Failure> {
        let out = File::create(path).map_err(|error| Failure::machine("write", path, &error))?;
        Ok(Self { path, out: BufWriter::new(out) })
    }

    fn add(&mut self, name: &[u8], (input, number): Place) -> Result<(), Failure> {
        let len = u32::try_from(name.len()).unwrap_or(u32::MAX);
        let pieces: [&[u8]; 4] = [&len.to_le_bytes(), name, &input.to_le_bytes(), &number.to_le_bytes()];
        let mut pieces = pieces.into_iter();
        pieces.try_for_each(|piece| self.out.write_all(piece)).map_err(|e| Failure::machine("write", self.path, &e))
    }

    fn end(mut self) -> Result<(), Failure> {
        self.out.flush().map_err(|error| Failure::machine("write", self.path, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, MOST_FILES, NameList, Names, twice};

    /// Every chunk goes to a file of its own, and there are more files than are read side by side.
    #[test]
    fn twins_are_found_over_many_files() -> Result<(), Failure> {
        let folder = tempfile::tempdir().map_err(|error| Failure::Machine(error.to_string()))?;
        let mut names = Names::new(folder.path());
        let count = u64::try_from(2 * MOST_FILES + 3).unwrap_or_default();
        for number in 0..count {
            let mut list = NameList::default();
            list.push(&format!("tenant {}", number % 100), 0);
            list.push("", 1);
            names.add(&list, 7, number * 10)?;
            names.put_away()?;
        }
        let mut found = Vec::new();
        let files = names.end()?;
        twice(files, folder.path(), |name, first, again| {
            found.push((name.to_owned(), first, again));
            Ok(())
        })?;
        let mut expected = Vec::new();
        expected.extend((1..count).map(|n| (String::new(), (7, 1), (7, n * 10 + 1))));
        let mut twins: Vec<_> =
            (100..count).map(|n| (format!("tenant {}", n % 100), (7, (n % 100) * 10), (7, n * 10))).collect();
        twins.sort();
        expected.extend(twins);
        assert_eq!(found, expected);
        Ok(())
    }
}
