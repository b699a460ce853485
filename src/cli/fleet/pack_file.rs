//! A pack as a file: its head and index read first, then block by block, by all threads at once.
//!
//! Blocks are read by position into a buffer of each thread, which is used again. The file is not mapped
//! into memory: that would need code that the compiler cannot check, a file that another process cuts
//! would end the run without a word, and it would save one copy of a few hundred bytes a tenant, which
//! is far less than what is done with them.

#![expect(clippy::disallowed_methods, reason = "packs are read block by block, as they are worked on")]

use crate::cli::Failure;
use annexa::{Digest, PACK_HEAD, PACK_TAIL, PackBlock, PackFault, PackHead, PackIndex, PackTail};
use rayon::ThreadPool;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::UNIX_EPOCH;

/// A pack that is open.
#[derive(Debug)]
pub(super) struct PackFile {
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    /// When it was last written, in nanoseconds.
    pub(super) modified: u128,
    pub(super) head: PackHead,
    pub(super) index: PackIndex,
    file: File,
}

/// Two are the same if they are the same file in the same state.
impl PartialEq for PackFile {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, self.bytes, self.modified) == (&other.path, other.bytes, other.modified)
    }
}

impl Eq for PackFile {}

impl PackFile {
    /// Opens a pack; whether it belongs to a library is asked of [`PackFile::must_be_of`].
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        if path.as_os_str() == "-" {
            let help = "write it to a file, and name that".to_owned();
            return Err(Failure::input("a pack cannot come from standard input: it is read by all threads", help));
        }
        let failed = |error: std::io::Error| Failure::input(format!("cannot read `{}`: {error}", path.display()), None);
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if !metadata.is_file() {
            return Err(fault(path, &PackFault::NotAPack));
        }
        let length = metadata.len();
        let part = |at: u64, count: usize| {
            let mut bytes = vec![0; count];
            read_at(&file, &mut bytes, at).map(|()| bytes).map_err(failed)
        };
        let size = |count: usize| usize::try_from(length).map_or(count, |length| count.min(length));
        let head = PackHead::read(&part(0, size(PACK_HEAD))?).map_err(|f| fault(path, &f))?;
        let tail = size(PACK_TAIL);
        let tail_at = length.saturating_sub(u64::try_from(tail).unwrap_or(0));
        let tail = PackTail::read(&part(tail_at, tail)?, length).map_err(|f| fault(path, &f))?;
        // INVARIANT: the index lies inside the file, so it is no longer than that.
        let index = part(tail.index_at, usize::try_from(tail.index_length).unwrap_or(0))?;
        let index = PackIndex::read(&index, &tail).map_err(|f| fault(path, &f))?;
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.map_or(0, |since| since.as_nanos());
        Ok(Self { path: path.to_owned(), bytes: length, modified, head, index, file })
    }

    /// Refuses a pack of another library.
    pub(super) fn must_be_of(&self, library: Digest) -> Result<(), Failure> {
        self.head.must_be_of(library).map_err(|found| fault(&self.path, &found))
    }

    /// How many blocks it has.
    pub(super) fn blocks(&self) -> u64 {
        u64::try_from(self.index.blocks.len()).unwrap_or(u64::MAX)
    }

    /// Reads a block into `buffer`.
    pub(super) fn read(&self, block: &PackBlock, buffer: &mut Vec<u8>) -> Result<(), Failure> {
        buffer.resize(block.length, 0);
        read_at(&self.file, buffer, block.at).map_err(|error| Failure::machine("read", &self.path, &error))
    }

    /// What is wrong with it.
    pub(super) fn fault(&self, found: &PackFault) -> Failure {
        fault(&self.path, found)
    }

    /// Has all threads work on the blocks, each with its own state; which takes which is nobody's matter.
    pub(super) fn each_block<W: Send>(
        &self,
        pool: &ThreadPool,
        start: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, &PackBlock, &[u8]) -> Result<(), PackFault> + Sync,
    ) -> Result<Vec<W>, Failure> {
        let next = AtomicUsize::new(0);
        let ended = pool.broadcast(|_| {
            let (mut state, mut buffer) = (start(), Vec::new());
            while let Some(block) = self.index.blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
                let done = self.read(block, &mut buffer);
                done.and_then(|()| work(&mut state, block, &buffer).map_err(|f| self.fault(&f)))
                    .map_err(|failure| (block.number, failure))?;
            }
            Ok(state)
        });
        let (mut states, mut faults) = (Vec::new(), Vec::new());
        for result in ended {
            match result {
                Ok(state) => states.push(state),
                Err(fault) => faults.push(fault),
            }
        }
        // Of several faults the first in the file is told, whichever thread met it.
        match faults.into_iter().min_by_key(|(number, _)| *number) {
            Some((_, failure)) => Err(failure),
            None => Ok(states),
        }
    }
}

fn fault(path: &Path, found: &PackFault) -> Failure {
    Failure::input(format!("`{}` {found}", path.display()), found.help().to_owned())
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> std::io::Result<()> {
    while !bytes.is_empty() {
        let count = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes = bytes.get_mut(count..).unwrap_or_default();
        at += u64::try_from(count).unwrap_or(0);
    }
    Ok(())
}
