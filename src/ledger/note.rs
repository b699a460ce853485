//! Text with signatures, in the C2SP `signed-note` format.
//!
//! A note is its text, an empty line, and lines of the form `— name base64(key id, signature)`.

use crate::ledger::hash::{decode, encode};
use crate::ledger::key::{KeyId, SignerKey, VerifierKey, check_name};
use crate::ledger::rejection::Rejection;
use std::fmt;
use std::str::FromStr;

/// The most signatures that a note may have.
pub const MAX_SIGNATURES: usize = 100;

/// What stands before the name on a signature line.
const DASH: &str = "\u{2014} ";

/// A text with signatures, which say nothing before [`Note::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// A signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    name: String,
    id: KeyId,
    signature: Vec<u8>,
}

impl NoteSignature {
    /// The name of the key that is said to have signed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Note {
    /// A text as `key` signs it.
    ///
    /// # Errors
    /// The text does not end its last line, or has control characters.
    pub fn sign(text: &str, key: &SignerKey) -> Result<Self, Rejection> {
        check_characters(text)?;
        if !text.ends_with('\n') {
            return Err(Rejection::malformed("the text does not end in a line end"));
        }
        let mut note = Self { text: text.to_owned(), signatures: Vec::new() };
        note.add_signature(key)?;
        Ok(note)
    }

    /// Signs the same text with a further key.
    ///
    /// # Errors
    /// The note has as many signatures as it may.
    pub fn add_signature(&mut self, key: &SignerKey) -> Result<(), Rejection> {
        if self.signatures.len() == MAX_SIGNATURES {
            return Err(TOO_MANY);
        }
        let (name, id) = (key.verifier().name().to_owned(), key.verifier().id());
        self.signatures.push(NoteSignature { name, id, signature: key.sign(&self.text) });
        Ok(())
    }

    /// The text, with the end of its last line. Not to be believed before [`Note::verify`].
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, known or not.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Checks all signatures by `known` keys and passes over the others; gives the keys that signed.
    ///
    /// # Errors
    /// A signature that names a known key is not by it, or there is none that does.
    pub fn verify<'k>(&self, known: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, Rejection> {
        let mut signers: Vec<&VerifierKey> = Vec::new();
        for line in &self.signatures {
            let named: Vec<_> = known.iter().filter(|k| k.name() == line.name && k.id() == line.id).collect();
            if named.is_empty() {
                continue;
            }
            let by = named.into_iter().find(|key| key.signed(&self.text, &line.signature));
            let by = by.ok_or_else(|| Rejection::WrongSignature { name: line.name.clone() })?;
            if !signers.contains(&by) {
                signers.push(by);
            }
        }
        if signers.is_empty() { Err(Rejection::NoKnownSigner) } else { Ok(signers) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for NoteSignature { name, id, signature } in &self.signatures {
            writeln!(f, "{DASH}{name} {}", encode([id, &signature[..]].concat()))?;
        }
        Ok(())
    }
}

const TOO_MANY: Rejection = Rejection::Malformed { line: None, why: "a note has at most 100 signatures" };

impl FromStr for Note {
    type Err = Rejection;

    fn from_str(note: &str) -> Result<Self, Rejection> {
        check_characters(note)?;
        // A text may have empty lines of its own; the last one ends it.
        let (text, lines) =
            note.rsplit_once("\n\n").ok_or(Rejection::malformed("no empty line before the signatures"))?;
        let text = format!("{text}\n");
        let before = text.lines().count() + 1;
        if lines.is_empty() {
            return Err(Rejection::malformed("no signature follows the empty line").on_line(before));
        }
        let lines: Vec<&str> = lines.split_inclusive('\n').collect();
        if lines.len() > MAX_SIGNATURES {
            return Err(TOO_MANY.on_line(before + MAX_SIGNATURES + 1));
        }
        let one = |(i, line): (usize, &&str)| signature(line).map_err(|fault| fault.on_line(before + 1 + i));
        let signatures = lines.iter().enumerate().map(one).collect::<Result<_, _>>()?;
        Ok(Self { text, signatures })
    }
}

fn signature(line: &str) -> Result<NoteSignature, Rejection> {
    let line = line.strip_suffix('\n').ok_or(Rejection::malformed("the last line has no end"))?;
    let rest =
        line.strip_prefix(DASH).ok_or(Rejection::malformed("a signature starts with a long dash and a space"))?;
    let (name, bytes) = rest.split_once(' ').ok_or(Rejection::malformed("a name and a signature are two words"))?;
    check_name(name)?;
    let bytes = decode(bytes)?;
    match bytes.split_first_chunk() {
        Some((id, signature)) if !signature.is_empty() => {
            Ok(NoteSignature { name: name.to_owned(), id: *id, signature: signature.to_vec() })
        }
        _ => Err(Rejection::malformed("a signature has more than four bytes")),
    }
}

/// Notes have no control characters but line ends: no text looks like another one in a terminal.
fn check_characters(text: &str) -> Result<(), Rejection> {
    match text.find(|c: char| c < ' ' && c != '\n') {
        None => Ok(()),
        Some(at) => {
            let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
            Err(Rejection::malformed("a control character").on_line(line))
        }
    }
}
