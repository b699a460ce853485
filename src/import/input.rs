//! A file as it came: a text that can be quoted, or the bytes of a workbook.
//!
//! Exports come with a byte order mark or as UTF-16, for so PowerShell writes what it redirects;
//! both become plain text here, and what is neither is refused with the line that does not fit.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Sources;

/// The most bytes of a file that is imported.
pub const MAX_IMPORT_BYTES: usize = 256 * 1024 * 1024;

/// The first bytes of a ZIP archive, which a workbook is.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// The first bytes of a workbook of the old form, and of one with a password.
const OLD_WORKBOOK: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// A file to import.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name, as the user gave it.
    pub name: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// A text, by its number among the sources.
    Text(u32),
    /// An archive, such as a workbook.
    Archive(Vec<u8>),
}

impl Input {
    /// Takes the bytes of a file; a text is added to `sources`.
    ///
    /// # Errors
    /// It is too large, or no text.
    pub fn new(name: &str, bytes: Vec<u8>, sources: &mut Sources) -> Result<Self, Diagnostic> {
        if bytes.len() > MAX_IMPORT_BYTES {
            let message = format!("`{name}` is larger than {} MiB, the most that is imported", MAX_IMPORT_BYTES >> 20);
            return Err(Diagnostic::new(Code::TooLarge, message));
        }
        if bytes.starts_with(OLD_WORKBOOK) {
            let message = format!("`{name}` is a workbook of the old form (`.xls`), or an encrypted one");
            let help = "save it as `.xlsx`, without a password";
            return Err(Diagnostic::new(Code::BadExport, message).help(help));
        }
        let content = if bytes.starts_with(ARCHIVE) {
            Content::Archive(bytes)
        } else {
            Content::Text(sources.add(name.to_owned(), decoded(name, bytes)?))
        };
        Ok(Self { name: name.to_owned(), content })
    }
}

/// The text of a file, whichever of the usual encodings it has.
fn decoded(name: &str, mut bytes: Vec<u8>) -> Result<String, Diagnostic> {
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => wide(name, rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(name, rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..3);
            narrow(name, bytes)
        }
        _ => narrow(name, bytes),
    }
}

fn narrow(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    String::from_utf8(bytes).map_err(|error| {
        let (valid, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let line = valid.iter().filter(|b| **b == b'\n').count() + 1;
        let byte = rest.first().map(|b| format!("the byte 0x{b:02X}")).unwrap_or_default();
        let message = format!("`{name}` is not UTF-8: {byte} in line {line} does not fit");
        let help = "save the file as UTF-8 or as Unicode; a spreadsheet calls it \"CSV UTF-8\"";
        Diagnostic::new(Code::NotUtf8, message).help(help)
    })
}

fn wide(name: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Diagnostic> {
    let fault = |what: &str| Diagnostic::new(Code::NotUtf8, format!("`{name}` begins as UTF-16, but {what}"));
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(fault("ends within a character").help("the file may be cut off"));
    }
    let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>();
    text.map_err(|_| fault("holds half a character").help("the file may be damaged; export it anew"))
}

#[cfg(test)]
mod tests {
    use super::{Content, Input};
    use crate::source::Sources;

    fn text(bytes: &[u8]) -> Result<String, String> {
        let mut sources = Sources::default();
        let input = Input::new("a.csv", bytes.to_vec(), &mut sources).map_err(|d| d.message)?;
        match input.content {
            Content::Text(file) => Ok(sources.get(file).map_or(String::new(), |f| f.text.to_string())),
            Content::Archive(_) => Err("an archive".to_owned()),
        }
    }

    #[test]
    fn the_usual_encodings_are_one_text() {
        let wide = |unit: fn(u16) -> [u8; 2]| "\u{feff}é社".encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        for bytes in ["é社".as_bytes(), "\u{feff}é社".as_bytes(), &wide(u16::to_le_bytes), &wide(u16::to_be_bytes)]
        {
            assert_eq!(text(bytes).as_deref(), Ok("é社"));
        }
        assert_eq!(text(b"PK\x03\x04"), Err("an archive".to_owned()));
        for (bytes, clause) in [
            (&b"\xFF\xFEa"[..], "ends within a character"),
            (b"\xFF\xFE\x00\xD8", "half a character"),
            (b"a\n\xE9", "the byte 0xE9 in line 2"),
        ] {
            assert!(text(bytes).is_err_and(|message| message.contains(clause)), "{clause}");
        }
    }
}
