//! The state of a log in a few signed lines, in the C2SP `tlog-checkpoint` format.

use crate::ledger::hash::Hash;
use crate::ledger::key::{SignerKey, VerifierKey};
use crate::ledger::note::Note;
use crate::ledger::rejection::Rejection;
use std::fmt;
use std::str::FromStr;

/// What a log was at some time: its name, its size and its root. As text it is what a note carries.
///
/// ```
/// use annexa::ledger::{Checkpoint, SignerKey, Tree, leaf_hash};
///
/// let tree: Tree = [leaf_hash(b"one"), leaf_hash(b"two")].into_iter().collect();
/// let key = SignerKey::new("example.com/log", [7; 32])?; // from the system's random numbers
/// let state = Checkpoint::new("example.com/log", tree.size(), tree.root())?;
///
/// let text = state.sign(&key)?.to_string();
/// assert_eq!(Checkpoint::open(&text, &[key.verifier().clone()]), Ok(state));
/// # Ok::<(), annexa::ledger::Rejection>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

impl Checkpoint {
    /// The state of the log named `origin`.
    ///
    /// # Errors
    /// The name is empty or has a control character.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, Rejection> {
        check_line(origin)?;
        Ok(Self { origin: origin.to_owned(), size, root, extensions: Vec::new() })
    }

    /// The state with one more line, which is signed with the rest and otherwise not looked at.
    ///
    /// # Errors
    /// The line is empty or has a control character.
    pub fn with_extension(mut self, line: &str) -> Result<Self, Rejection> {
        check_line(line)?;
        self.extensions.push(line.to_owned());
        Ok(self)
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The number of records.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over them.
    #[must_use]
    pub fn root(&self) -> &Hash {
        &self.root
    }

    /// Lines after the root.
    #[must_use]
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// The state signed by the log's key.
    ///
    /// # Errors
    /// The key has another name than the log, so that [`Checkpoint::open`] would not take it.
    pub fn sign(&self, key: &SignerKey) -> Result<Note, Rejection> {
        if key.verifier().name() != self.origin {
            return Err(Rejection::OtherOrigin { origin: self.origin.clone() });
        }
        Note::sign(&self.to_string(), key)
    }

    /// Reads a signed checkpoint. All signatures by `known` keys are checked, and one at least must be by
    /// a key that has the name of the log: a witness alone does not speak for it.
    ///
    /// # Errors
    /// What is wrong with the text or the signatures.
    pub fn open(signed: &str, known: &[VerifierKey]) -> Result<Self, Rejection> {
        let note: Note = signed.parse()?;
        let signers = note.verify(known)?;
        let state: Self = note.text().parse()?;
        if signers.iter().any(|key| key.name() == state.origin) {
            Ok(state)
        } else {
            Err(Rejection::OtherOrigin { origin: state.origin })
        }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = Rejection;

    /// Reads the text of a note, without its signatures.
    fn from_str(text: &str) -> Result<Self, Rejection> {
        let mut lines = text.split_inclusive('\n').enumerate().map(|(i, line)| {
            let ended = line.strip_suffix('\n').ok_or(Rejection::malformed("the last line has no end"));
            let line = ended.and_then(|line| check_line(line).map(|()| line));
            line.map_err(|fault| fault.on_line(i + 1))
        });
        let mut next = |why| lines.next().unwrap_or(Err(Rejection::malformed(why)));
        let origin = next("the name of the log is missing")?;
        let size = next("the size is missing after the name of the log")?;
        let root = next("the root is missing after the size")?;
        let state = Self {
            origin: origin.to_owned(),
            size: number(size).map_err(|fault| fault.on_line(2))?,
            root: root.parse().map_err(|fault: Rejection| fault.on_line(3))?,
            extensions: lines.map(|line| line.map(str::to_owned)).collect::<Result<_, _>>()?,
        };
        Ok(state)
    }
}

/// A number in its one right form.
pub(super) fn number(text: &str) -> Result<u64, Rejection> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Rejection::malformed("this is not a whole number"));
    }
    if text.len() > 1 && text.starts_with('0') {
        return Err(Rejection::malformed("a number starts with a zero"));
    }
    text.parse().map_err(|_| Rejection::malformed("a number is larger than any log"))
}

/// Something that stands on one line.
fn check_line(line: &str) -> Result<(), Rejection> {
    if line.is_empty() {
        return Err(Rejection::malformed("an empty line"));
    }
    if line.contains(|c: char| c < ' ') { Err(Rejection::malformed("a control character")) } else { Ok(()) }
}
