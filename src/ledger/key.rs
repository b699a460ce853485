//! Ed25519 keys as lines of text: one that signs, kept by the log, and one that verifies, given away.
//!
//! The forms are those of C2SP `signed-note` and, for the secret one, of Go's `note` package.

use crate::ledger::hash::{decode, encode};
use crate::ledger::rejection::Rejection;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// What stands before the name of a key that signs.
const PRIVATE: &str = "PRIVATE+KEY+";

/// The number of Ed25519 among the signature types.
const ED25519: u8 = 1;

/// The first bytes of a hash over a key and its name, by which signatures tell whose they are.
pub(super) type KeyId = [u8; 4];

/// A key that verifies: `name+id+key`, as it is shown and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The name of the key, which is that of the log it belongs to.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn id(&self) -> KeyId {
        let hash = Sha256::new().chain_update(&self.name).chain_update([b'\n', ED25519]);
        let [a, b, c, d, ..] = <[u8; 32]>::from(hash.chain_update(self.key.as_bytes()).finalize());
        [a, b, c, d]
    }

    /// Whether this key signed the text.
    pub(super) fn signed(&self, text: &str, signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|s| self.key.verify_strict(text.as_bytes(), &s).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}+{}", self.name, hex(self.id()), encode(typed(self.key.as_bytes())))
    }
}

impl FromStr for VerifierKey {
    type Err = Rejection;

    /// Reads a line; one line end after it is allowed.
    fn from_str(text: &str) -> Result<Self, Rejection> {
        if text.starts_with(PRIVATE) {
            return Err(Rejection::malformed("this is a key that signs, not one that verifies"));
        }
        let parts = Parts::of(text)?;
        let key = VerifyingKey::from_bytes(&parts.key)
            .ok()
            .filter(|key| !key.is_weak())
            .ok_or(Rejection::malformed("the key is no point that Ed25519 uses"))?;
        let key = Self { name: parts.name.to_owned(), key };
        parts.check(key.id())?;
        Ok(key)
    }
}

/// A key that signs. Its text is a secret, which is why it is not shown by `Display` or `Debug`.
#[derive(Clone)]
pub struct SignerKey {
    verifier: VerifierKey,
    key: SigningKey,
}

impl SignerKey {
    /// A key from 32 random bytes. The name of a log is best a web address without its scheme.
    ///
    /// # Errors
    /// The name is empty or has a space, a plus or a control character.
    pub fn new(name: &str, random: [u8; 32]) -> Result<Self, Rejection> {
        check_name(name)?;
        let key = SigningKey::from_bytes(&random);
        let verifier = VerifierKey { name: name.to_owned(), key: key.verifying_key() };
        Ok(Self { verifier, key })
    }

    /// The key to give away.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The key as a line without its end, to be kept where only its owner can read.
    #[must_use]
    pub fn secret_text(&self) -> String {
        let VerifierKey { name, .. } = &self.verifier;
        format!("{PRIVATE}{name}+{}+{}", hex(self.verifier.id()), encode(typed(self.key.as_bytes())))
    }

    pub(super) fn sign(&self, text: &str) -> Vec<u8> {
        self.key.sign(text.as_bytes()).to_bytes().to_vec()
    }
}

impl fmt::Debug for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignerKey({})", self.verifier.name)
    }
}

impl FromStr for SignerKey {
    type Err = Rejection;

    /// Reads a line; one line end after it is allowed.
    fn from_str(text: &str) -> Result<Self, Rejection> {
        let public = text.strip_prefix(PRIVATE);
        let parts = Parts::of(public.ok_or(Rejection::malformed("a key that signs starts with `PRIVATE+KEY+`"))?)?;
        let key = Self::new(parts.name, parts.key)?;
        parts.check(key.verifier.id())?;
        Ok(key)
    }
}

/// What both kinds of key are written as.
struct Parts<'a> {
    name: &'a str,
    id: &'a str,
    key: [u8; 32],
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Result<Self, Rejection> {
        let line = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
        let mut parts = line.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Rejection::malformed("a key is a name, an id and the key itself, with `+` between"));
        };
        check_name(name)?;
        let [kind, key @ ..] = &decode(key)?[..] else {
            return Err(Rejection::malformed("the key is missing after its id"));
        };
        if *kind != ED25519 {
            return Err(Rejection::malformed("the key is not of the Ed25519 type"));
        }
        let key = key.try_into().map_err(|_| Rejection::malformed("an Ed25519 key is 32 bytes long"))?;
        Ok(Self { name, id, key })
    }

    /// The id guards against slips, for it follows from the name and the key.
    fn check(&self, id: KeyId) -> Result<(), Rejection> {
        if self.id == hex(id) { Ok(()) } else { Err(Rejection::malformed("the id does not fit the name and the key")) }
    }
}

/// A name can stand in a key and on a signature line.
pub(super) fn check_name(name: &str) -> Result<(), Rejection> {
    if name.is_empty() {
        return Err(Rejection::malformed("the name of a key is missing"));
    }
    if name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+') {
        return Err(Rejection::malformed("the name of a key has a space, a plus or a control character"));
    }
    Ok(())
}

fn typed(key: &[u8; 32]) -> Vec<u8> {
    [&[ED25519][..], key].concat()
}

fn hex(id: KeyId) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}
