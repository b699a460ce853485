//! What a run has done so far, in a folder beside its output, so that a killed run can go on.
//!
//! `OUT.parts/` has `run.json`, which says what is being done, and a folder for each part: written as
//! `N.tmp`, and renamed when it is complete. A part says where it ends and what its files come to; one
//! that does not hold is done again. The lock on `lock` goes with the process, however that ends.

#![expect(clippy::disallowed_methods, reason = "the working files of a run are written piece by piece")]

use super::input::Position;
use super::names::Names;
use crate::cli::{Failure, output};
use annexa::report::to_json;
use crc32fast::Hasher;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// What a part writes, by the name of the file in its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stream {
    Rows,
    Gaps,
    Controls,
    Rejects,
    Summary,
}

impl Stream {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Gaps => "gaps",
            Self::Controls => "controls",
            Self::Rejects => "rejects",
            Self::Summary => "summary",
        }
    }
}

/// What profiles came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) profiles: u64,
    pub(super) rejects: u64,
}

/// What a complete part says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Record {
    /// Where the next part starts.
    input: usize,
    at: u64,
    /// How many lines of that input lie before.
    lines: u64,
    counts: Counts,
    /// The files: how long they are, and their checksums.
    files: BTreeMap<String, (u64, u32)>,
}

/// Where a run stands after the parts that are complete.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    pub(super) position: Position,
    pub(super) lines: u64,
    pub(super) counts: Counts,
}

/// The parts of a run.
#[derive(Debug)]
pub(super) struct Parts {
    folder: PathBuf,
    /// Held as long as the run goes on.
    _lock: File,
    records: Vec<Record>,
}

impl Parts {
    /// The folder of the parts of a run that writes `out`.
    pub(super) fn beside(out: &Path) -> PathBuf {
        let mut name = OsString::from(out);
        name.push(".parts");
        PathBuf::from(name)
    }

    /// Takes the folder for a run; nobody else has it until this one ends.
    pub(super) fn open(out: &Path) -> Result<Self, Failure> {
        let folder = Self::beside(out);
        let failed = |error: std::io::Error| Failure::machine("make the folder", &folder, &error);
        let path = folder.join("lock");
        loop {
            match std::fs::create_dir(&folder) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(failed(error)),
                _ => {}
            }
            let opened = File::options().create(true).write(true).truncate(false).open(&path);
            let lock = match opened {
                // Another run has just ended and taken its folder away.
                Err(error) if error.kind() == ErrorKind::NotFound && !folder.exists() => continue,
                opened => opened.map_err(|error| Failure::machine("write", &path, &error))?,
            };
            match lock.try_lock() {
                Ok(()) if is_at(&lock, &path) => return Ok(Self { folder, _lock: lock, records: Vec::new() }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let help = "wait until it has ended, or name another file".to_owned();
                    return Err(Failure::input(format!("another run is writing `{}`", out.display()), help));
                }
                Err(TryLockError::Error(error)) => return Err(Failure::machine("lock", &path, &error)),
            }
        }
    }

    /// What the run is that left parts here; nothing if there is none.
    pub(super) fn run<T: for<'d> Deserialize<'d>>(&self) -> Option<T> {
        read_json(&self.folder.join("run.json")).ok()
    }

    /// Whether complete parts lie here.
    pub(super) fn are_there(&self) -> bool {
        self.part(0).is_dir()
    }

    /// Starts anew, as this run.
    pub(super) fn clear(&mut self, run: &impl Serialize) -> Result<(), Failure> {
        self.records.clear();
        for entry in self.entries()? {
            remove(&entry)?;
        }
        let text = to_json(run).map_err(|error| Failure::Machine(format!("cannot write what the run is: {error}")))?;
        output::write_file(&self.folder.join("run.json"), text)
    }

    /// Takes over the complete parts that hold; what is left of others is taken away.
    pub(super) fn take_over(&mut self) -> Result<Standing, Failure> {
        self.records.clear();
        while let Some(record) = self.checked(self.records.len()) {
            self.records.push(record);
        }
        let kept: Vec<PathBuf> = (0..self.records.len()).map(|number| self.part(number)).collect();
        for entry in self.entries()? {
            if !kept.contains(&entry) && entry.file_name().is_none_or(|name| name != "run.json") {
                remove(&entry)?;
            }
        }
        Ok(self.standing())
    }

    /// What a part says of itself, if its files are what it says.
    fn checked(&self, number: usize) -> Option<Record> {
        let folder = self.part(number);
        let record: Record = read_json(&folder.join("part.json")).ok()?;
        let holds = |(name, sum): (&String, &(u64, u32))| checksum(&folder.join(name)).is_ok_and(|found| found == *sum);
        record.files.iter().all(holds).then_some(record)
    }

    /// Where the run stands.
    pub(super) fn standing(&self) -> Standing {
        let Some(last) = self.records.last() else { return Standing::default() };
        let mut counts = Counts::default();
        for record in &self.records {
            counts.profiles += record.counts.profiles;
            counts.rejects += record.counts.rejects;
        }
        Standing { position: Position { input: last.input, at: last.at }, lines: last.lines, counts }
    }

    /// Starts the next part.
    pub(super) fn start(&self, streams: &[Stream]) -> Result<Part, Failure> {
        let folder = self.folder.join(format!("{}.tmp", self.records.len()));
        std::fs::create_dir(&folder).map_err(|error| Failure::machine("make the folder", &folder, &error))?;
        Part::in_folder(&folder, streams)
    }

    /// Makes a part complete, which ends where the run stands now.
    pub(super) fn complete(&mut self, part: Part, position: Position, lines: u64) -> Result<(), Failure> {
        let (folder, counts) = (part.folder.clone(), part.counts);
        let files = part.end()?.sums;
        let record = Record { input: position.input, at: position.at, lines, counts, files };
        let text = to_json(&record).map_err(|error| Failure::Machine(format!("cannot write a part: {error}")))?;
        output::write_file(&folder.join("part.json"), text)?;
        let target = self.part(self.records.len());
        std::fs::rename(&folder, &target).map_err(|error| Failure::machine("write", &target, &error))?;
        self.records.push(record);
        Ok(())
    }

    /// The files of one stream, in order.
    pub(super) fn files(&self, stream: Stream) -> impl Iterator<Item = PathBuf> {
        (0..self.records.len()).map(move |number| self.part(number).join(stream.name()))
    }

    /// The files of names of all parts.
    pub(super) fn names(&self) -> Vec<PathBuf> {
        let of = |(number, record): (usize, &Record)| {
            let names = record.files.keys().filter(|name| name.starts_with("names-"));
            names.map(|name| self.part(number).join(name)).collect::<Vec<_>>()
        };
        self.records.iter().enumerate().flat_map(of).collect()
    }

    /// A folder for what is not kept.
    pub(super) fn scratch(&self) -> Result<PathBuf, Failure> {
        let folder = self.folder.join("scratch.tmp");
        std::fs::create_dir_all(&folder).map_err(|error| Failure::machine("make the folder", &folder, &error))?;
        Ok(folder)
    }

    /// Takes everything away: the run is done.
    pub(super) fn remove(self) -> Result<(), Failure> {
        for entry in self.entries()? {
            remove(&entry)?;
        }
        let lock = self.folder.join("lock");
        std::fs::remove_file(&lock).map_err(|error| Failure::machine("remove", &lock, &error))?;
        // Another run may have come for it already; then it is that one's.
        let _ = std::fs::remove_dir(&self.folder);
        Ok(())
    }

    fn part(&self, number: usize) -> PathBuf {
        self.folder.join(number.to_string())
    }

    /// Everything in the folder but the lock.
    fn entries(&self) -> Result<Vec<PathBuf>, Failure> {
        let failed = |error: std::io::Error| Failure::machine("read", &self.folder, &error);
        let list: Result<Vec<_>, _> = std::fs::read_dir(&self.folder).map_err(failed)?.collect();
        let paths = list.map_err(failed)?.into_iter().map(|entry| entry.path());
        Ok(paths.filter(|path| path.file_name().is_none_or(|name| name != "lock")).collect())
    }
}

/// A part being written.
#[derive(Debug)]
pub(super) struct Part {
    folder: PathBuf,
    files: BTreeMap<Stream, Piece>,
    pub(super) names: Names,
    pub(super) counts: Counts,
}

impl Part {
    /// A part whose files lie in a folder that is there.
    pub(super) fn in_folder(folder: &Path, streams: &[Stream]) -> Result<Self, Failure> {
        let mut files = BTreeMap::new();
        for stream in streams {
            files.insert(*stream, Piece::create(&folder.join(stream.name()))?);
        }
        Ok(Self { folder: folder.to_owned(), files, names: Names::new(folder), counts: Counts::default() })
    }

    /// Adds to a stream, if it is written.
    pub(super) fn write(&mut self, stream: Stream, bytes: &[u8]) -> Result<(), Failure> {
        self.files.get_mut(&stream).map_or(Ok(()), |piece| piece.write(bytes))
    }

    pub(super) fn has(&self, stream: Stream) -> bool {
        self.files.contains_key(&stream)
    }

    /// Writes out what is held back.
    pub(super) fn end(self) -> Result<Ended, Failure> {
        let mut sums = BTreeMap::new();
        let names = self.names.end()?;
        for path in &names {
            let sum = checksum(path).map_err(|error| Failure::machine("read", path, &error))?;
            sums.insert(path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(), sum);
        }
        for (stream, piece) in self.files {
            sums.insert(stream.name().to_owned(), piece.end()?);
        }
        Ok(Ended { sums, names })
    }
}

/// The files of a part.
pub(super) struct Ended {
    /// How long each is, and its checksum.
    sums: BTreeMap<String, (u64, u32)>,
    pub(super) names: Vec<PathBuf>,
}

/// A file of a part.
#[derive(Debug)]
struct Piece {
    path: PathBuf,
    out: BufWriter<File>,
    length: u64,
    sum: Hasher,
}

impl Piece {
    fn create(path: &Path) -> Result<Self, Failure> {
        let out = File::create(path).map_err(|error| Failure::machine("write", path, &error))?;
        Ok(Self { path: path.to_owned(), out: BufWriter::new(out), length: 0, sum: Hasher::new() })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.sum.update(bytes);
        self.length += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.out.write_all(bytes).map_err(|error| Failure::machine("write", &self.path, &error))
    }

    fn end(mut self) -> Result<(u64, u32), Failure> {
        self.out.flush().map_err(|error| Failure::machine("write", &self.path, &error))?;
        Ok((self.length, self.sum.finalize()))
    }
}

/// Whether an open file is still the one that has this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(own), Ok(there)) = (file.metadata(), path.metadata()) else { return false };
    (own.dev(), own.ino()) == (there.dev(), there.ino())
}

/// Where a file that is open cannot be taken away.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

fn checksum(path: &Path) -> std::io::Result<(u64, u32)> {
    let mut file = File::open(path)?;
    let (mut length, mut sum) = (0, Hasher::new());
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = file.read(&mut buffer)?;
        match buffer.get(..count) {
            None | Some([]) => return Ok((length, sum.finalize())),
            Some(bytes) => sum.update(bytes),
        }
        length += u64::try_from(count).unwrap_or(u64::MAX);
    }
}

fn read_json<T: for<'d> Deserialize<'d>>(path: &Path) -> std::io::Result<T> {
    Ok(serde_json::from_reader(BufReader::new(File::open(path)?))?)
}

fn remove(path: &Path) -> Result<(), Failure> {
    let done = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::machine("remove", path, &error)),
        _ => Ok(()),
    }
}
