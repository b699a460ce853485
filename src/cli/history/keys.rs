//! Keys and signed texts from files, with what is wrong with them.

use super::super::{Failure, Io, remember};
use annexa::MAX_FILE_BYTES;
use annexa::ledger::{Checkpoint, Note, Rejection, SignerKey, VerifierKey};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest result that is read, which is the largest that is kept.
pub(super) const MAX_RESULT: usize = 512 << 20;

/// The bytes of a file, `most` at the most; `-` is standard input.
pub(super) fn bytes(path: &Path, most: usize, io: &mut Io<'_>) -> Result<Vec<u8>, Failure> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = match path.as_os_str() == "-" {
        true => io.input().take(limit).read_to_end(&mut bytes),
        false => remember::open_file(path)?.take(limit).read_to_end(&mut bytes),
    };
    let name = path.display();
    read.map_err(|e| Failure::input(format!("cannot read `{name}`: {e}"), None))?;
    if bytes.len() > most {
        return Err(Failure::input(format!("`{name}` is larger than {} MiB, the most that is read", most >> 20), None));
    }
    Ok(bytes)
}

/// The text of a file; `-` is standard input.
pub(super) fn text(path: &Path, io: &mut Io<'_>) -> Result<String, Failure> {
    let not_text = |_| Failure::input(format!("`{}` is not UTF-8", path.display()), None);
    String::from_utf8(bytes(path, MAX_FILE_BYTES, io)?).map_err(not_text)
}

/// The key that signs in a file. A file that others can read is told, since whoever has the key can
/// sign another history.
pub(super) fn signer(path: &Path, quiet: bool, io: &mut Io<'_>) -> Result<SignerKey, Failure> {
    let text = text(path, io)?;
    if is_open_to_others(path) && !quiet {
        let name = remember::at(path);
        io.say(&format!("warning: others than its owner can read the key `{name}`\nhelp: `chmod 600 {name}`\n"));
    }
    text.parse().map_err(|why| match text.parse::<VerifierKey>() {
        Ok(_) => {
            let help = "name the file that `annexa history keygen` wrote".to_owned();
            Failure::input(format!("`{}` is a key that verifies, and one that signs is needed", path.display()), help)
        }
        Err(_) => rejected(path, &why),
    })
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o077 != 0)
}

/// Here no bits say who can read a file.
#[cfg(not(unix))]
fn is_open_to_others(_path: &Path) -> bool {
    false
}

/// The keys that verify, each given as a line or as the file with the line.
pub(super) fn verifiers(keys: &[String], io: &mut Io<'_>) -> Result<Vec<VerifierKey>, Failure> {
    keys.iter().map(|key| verifier(key, io)).collect()
}

fn verifier(key: &str, io: &mut Io<'_>) -> Result<VerifierKey, Failure> {
    let as_line = key.parse::<VerifierKey>();
    let path = PathBuf::from(key);
    match as_line {
        Ok(key) => Ok(key),
        // A key has three parts with `+` between; hardly a file is named so.
        Err(why) if !path.exists() && key.matches('+').count() > 1 => {
            Err(Failure::input(format!("the key of `--verifier`: {why}"), None))
        }
        Err(_) => {
            let text = text(&path, io)?;
            text.parse().map_err(|why| rejected(&path, &why))
        }
    }
}

fn rejected(path: &Path, why: &Rejection) -> Failure {
    Failure::input(format!("`{}`: {why}", path.display()), None)
}

/// The checkpoint in a text of the file at `path`, signed by one of the `known` keys.
pub(super) fn checkpoint(path: &Path, text: &str, known: &[VerifierKey]) -> Result<Checkpoint, Failure> {
    Checkpoint::open(text, known).map_err(|why| unsigned(path, text.parse().ok().as_ref(), known, &why))
}

/// Why a signed text is not believed, with the names of the keys that did sign.
pub(super) fn unsigned(path: &Path, note: Option<&Note>, known: &[VerifierKey], why: &Rejection) -> Failure {
    let names = |names: Vec<&str>| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    let signers: Vec<&str> = note.map(|n| n.signatures().iter().map(|s| s.name()).collect()).unwrap_or_default();
    let own: Vec<&str> = known.iter().map(VerifierKey::name).collect();
    let help = match why {
        Rejection::NoKnownSigner if own.iter().any(|name| signers.contains(name)) => {
            Some(format!("it is signed by another key of the name {}", names(own)))
        }
        Rejection::NoKnownSigner => {
            Some(format!("it is signed by {}, and `--verifier` is {}", names(signers), names(own)))
        }
        Rejection::WrongSignature { .. } => Some("it was altered after it was signed".to_owned()),
        _ => None,
    };
    Failure::input(format!("`{}`: {why}", path.display()), help)
}

/// How a log does not extend an earlier state of it.
pub(super) fn not_extended(path: &Path, earlier: &Checkpoint, why: &Rejection) -> Failure {
    let what = match why {
        Rejection::Shrunk { old, new } => format!("the log had {old} leaves and has {new}: leaves were cut off"),
        Rejection::OtherPast | Rejection::OtherRoot => {
            let count = earlier.size();
            format!("the first {count} leaves are not those of the checkpoint: the log was rewritten")
        }
        other => other.to_string(),
    };
    let help = format!("or it is another history than the one that {} sealed; compare with a copy", earlier.origin());
    Failure::input(format!("`{}`: {what}", path.display()), help)
}

/// Says all failures, if there are any.
pub(super) fn all_told(failures: Vec<Failure>, io: &mut Io<'_>) -> Result<(), Failure> {
    if failures.is_empty() {
        return Ok(());
    }
    for failure in failures {
        failure.tell(io);
    }
    Err(Failure::Told)
}
