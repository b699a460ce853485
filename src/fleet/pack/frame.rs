//! The frame of a pack: its head, the index of its blocks, and its end, by which a cut file shows.
//!
//! ```text
//! head   "annexa-pack\n", version (4 bytes), digest of the library (32), checksum of those (4)
//! blocks one after the other
//! index  for each block: length, tenants, as numbers of varying length, and its checksum (4 bytes)
//! tail   where the index begins (8), how long it is (8), tenants (8), checksum of index and tail (4), "end-of-pack\n"
//! ```
//!
//! All numbers have their lowest byte first. [`PackWriter`] makes it, and [`PackHead`], [`PackTail`] and
//! [`PackIndex`] read it, all from bytes: who reads the file reads [`HEAD`] bytes at its beginning, [`TAIL`] at
//! its end, and then the index that the tail tells of.

use super::bytes::{Broken, Cursor, put, put_size};
use super::fault::PackFault;
use crate::snapshot::Digest;

/// How every pack begins.
pub const MAGIC: &[u8; 12] = b"annexa-pack\n";
/// How every pack ends.
const CLOSING: &[u8; 12] = b"end-of-pack\n";
/// The version of the form.
pub(crate) const VERSION: u32 = 1;
/// How many bytes the head has.
pub const HEAD: usize = 52;
/// How many bytes the tail has.
pub const TAIL: usize = 40;

/// What a pack says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackHead {
    /// The library that it was packed against.
    pub library: Digest,
}

impl PackHead {
    /// The bytes of it.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(self.library.bytes());
        bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
        bytes
    }

    /// The head in the first [`HEAD`] bytes of a pack, or all it has.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Self, PackFault> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(PackFault::NotAPack)?;
        let (version, rest) = rest.split_first_chunk::<4>().ok_or(PackFault::Cut)?;
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            return Err(PackFault::OtherVersion(version));
        }
        let (digest, rest) = rest.split_first_chunk::<32>().ok_or(PackFault::Cut)?;
        let checksum = rest.first_chunk::<4>().ok_or(PackFault::Cut)?;
        let library = Digest::from_bytes(digest).ok_or(PackFault::Cut)?;
        let covered = bytes.get(..HEAD - 4).ok_or(PackFault::Cut)?;
        if crc32fast::hash(covered) != u32::from_le_bytes(*checksum) {
            return Err(PackFault::Damaged(None));
        }
        Ok(Self { library })
    }

    /// Refuses a pack of another library.
    ///
    /// # Errors
    /// If it was packed against another.
    pub fn must_be_of(&self, library: Digest) -> Result<(), PackFault> {
        if self.library == library { Ok(()) } else { Err(PackFault::OtherLibrary { pack: self.library, library }) }
    }
}

/// What a pack says last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackTail {
    /// Where the index begins.
    pub index_at: u64,
    /// How many bytes it has.
    pub index_length: u64,
    tenants: u64,
    checksum: u32,
}

impl PackTail {
    /// The tail in the last [`TAIL`] bytes of a pack that is `length` bytes long.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(bytes: &[u8], length: u64) -> Result<Self, PackFault> {
        let numbers = bytes.strip_suffix(CLOSING).filter(|_| bytes.len() == TAIL).ok_or(PackFault::Cut)?;
        let (numbers, checksum) = numbers.split_last_chunk::<4>().ok_or(PackFault::Cut)?;
        let mut numbers = numbers.as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight));
        let mut number = || numbers.next().ok_or(PackFault::Cut);
        let (index_at, index_length, tenants) = (number()?, number()?, number()?);
        let fixed = u64::try_from(HEAD).ok().zip(u64::try_from(TAIL).ok());
        let (head, tail) = fixed.ok_or(PackFault::Cut)?;
        let end = index_at.checked_add(index_length).and_then(|end| end.checked_add(tail));
        if index_at < head || end != Some(length) {
            return Err(PackFault::Damaged(None));
        }
        Ok(Self { index_at, index_length, tenants, checksum: u32::from_le_bytes(*checksum) })
    }

    fn numbers(&self) -> [u8; 24] {
        let mut bytes = [0; 24];
        let all = [self.index_at, self.index_length, self.tenants];
        for (eight, number) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(all) {
            *eight = number.to_le_bytes();
        }
        bytes
    }

    fn checksum_of(&self, index: &[u8]) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(index);
        hasher.update(&self.numbers());
        hasher.finalize()
    }
}

/// Where a block of a pack stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackBlock {
    /// Its position in the pack, counted from 0.
    pub number: usize,
    /// Where it begins.
    pub at: u64,
    /// How many bytes it has.
    pub length: usize,
    /// How many tenants it holds.
    pub tenants: u64,
    /// The position of its first tenant in the pack.
    pub first: u64,
    checksum: u32,
}

impl PackBlock {
    /// Refuses bytes that are not those of the block.
    ///
    /// # Errors
    /// If length or checksum do not agree.
    pub fn check(&self, bytes: &[u8]) -> Result<(), PackFault> {
        if bytes.len() == self.length && crc32fast::hash(bytes) == self.checksum {
            Ok(())
        } else {
            Err(PackFault::Damaged(Some(self.number + 1)))
        }
    }
}

/// Where all blocks of a pack stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackIndex {
    /// The blocks in order.
    pub blocks: Vec<PackBlock>,
    /// How many tenants they hold together.
    pub tenants: u64,
}

impl PackIndex {
    /// The index in these bytes, as the tail tells of it.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(bytes: &[u8], tail: &PackTail) -> Result<Self, PackFault> {
        if tail.checksum_of(bytes) != tail.checksum {
            return Err(PackFault::Damaged(None));
        }
        Self::parse(bytes, tail).map_err(|broken| PackFault::Broken { block: 0, what: broken.0 })
    }

    fn parse(bytes: &[u8], tail: &PackTail) -> Result<Self, Broken> {
        let mut cursor = Cursor::new(bytes);
        let mut index = Self::default();
        let mut at = u64::try_from(HEAD).unwrap_or(u64::MAX);
        while !cursor.is_empty() {
            let length: usize = cursor.small()?;
            if length > super::MOST_BYTES_OF_A_BLOCK {
                return Err(Broken("a block is larger than any there is"));
            }
            let tenants = cursor.number()?;
            let checksum = cursor.take(4)?.first_chunk::<4>().map(|four| u32::from_le_bytes(*four));
            let (number, first) = (index.blocks.len(), index.tenants);
            let checksum = checksum.ok_or(Broken("it ends too early"))?;
            index.blocks.push(PackBlock { number, at, length, tenants, first, checksum });
            index.tenants = first.checked_add(tenants).ok_or(Broken("it counts too many tenants"))?;
            let end = u64::try_from(length).ok().and_then(|length| at.checked_add(length));
            at = end.filter(|end| *end <= tail.index_at).ok_or(Broken("a block lies outside"))?;
        }
        if at != tail.index_at || index.tenants != tail.tenants {
            return Err(Broken("its blocks do not add up"));
        }
        Ok(index)
    }
}

/// Makes the frame around blocks: give out the bytes of [`PackWriter::head`], then each block and tell it to
/// [`PackWriter::block`], then those of [`PackWriter::close`].
#[derive(Clone, Debug)]
pub struct PackWriter {
    head: PackHead,
    index: Vec<u8>,
    at: u64,
    tenants: u64,
}

impl PackWriter {
    /// The frame of a pack of this library.
    #[must_use]
    pub fn new(library: Digest) -> Self {
        let at = u64::try_from(HEAD).unwrap_or(u64::MAX);
        Self { head: PackHead { library }, index: Vec::new(), at, tenants: 0 }
    }

    /// What comes first.
    #[must_use]
    pub fn head(&self) -> Vec<u8> {
        self.head.bytes()
    }

    /// Takes note of a block.
    pub fn block(&mut self, bytes: &[u8], tenants: u64) {
        put_size(&mut self.index, bytes.len());
        put(&mut self.index, tenants);
        self.index.extend_from_slice(&crc32fast::hash(bytes).to_le_bytes());
        self.at = self.at.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        self.tenants = self.tenants.saturating_add(tenants);
    }

    /// How many tenants are in the blocks so far.
    #[must_use]
    pub fn tenants(&self) -> u64 {
        self.tenants
    }

    /// What comes last.
    #[must_use]
    pub fn close(self) -> Vec<u8> {
        let index_length = u64::try_from(self.index.len()).unwrap_or(u64::MAX);
        let mut tail = PackTail { index_at: self.at, index_length, tenants: self.tenants, checksum: 0 };
        tail.checksum = tail.checksum_of(&self.index);
        let mut bytes = self.index;
        bytes.extend_from_slice(&tail.numbers());
        bytes.extend_from_slice(&tail.checksum.to_le_bytes());
        bytes.extend_from_slice(CLOSING);
        bytes
    }
}
