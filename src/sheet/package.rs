//! The parts of a workbook, taken out of its archive within limits.
//!
//! What a part comes to is measured while it is unpacked; what the archive says of its size is not
//! believed. Parts that declare entities are refused before they are parsed.

use super::relation::Book;
use super::{MAX_PARTS, MAX_UNPACKED_BYTES, MAX_WORKBOOK_BYTES, Unreadable, damaged};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// From so many bytes on, what was packed more tightly than [`MAX_RATIO`] is taken for a bomb.
const RATIO_FROM: u64 = 16 << 20;
/// How many bytes may come of one; sheets with rows that are all alike come to less than a hundred.
const MAX_RATIO: u64 = 400;

/// What an old workbook and an encrypted one begin with.
const COMPOUND_FILE: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// The parts of a workbook that are XML, by path.
#[derive(Debug)]
pub(super) struct Package {
    parts: BTreeMap<String, String>,
    /// All paths, as they are written.
    paths: Vec<String>,
}

/// Whether nothing of a part is ever needed.
fn is_needless(path: &str) -> bool {
    let folders =
        ["xl/theme/", "xl/drawings/", "xl/charts/", "xl/media/", "xl/externallinks/", "xl/pivotcache/", "docprops/"];
    let is_xml = path.ends_with(".xml") || path.ends_with(".rels");
    !is_xml || folders.iter().any(|f| path.starts_with(f))
}

impl Package {
    /// The parts of the workbook in `bytes`.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut archive = archive(bytes)?;
        let mut package = Self { parts: BTreeMap::new(), paths: Vec::new() };
        let mut total: u64 = 0;
        for number in 0..archive.len() {
            let file = archive.by_index(number).map_err(|e| unpackable(&e))?;
            let path = file.name().map_err(|_| damaged("a part has no readable name"))?.into_owned();
            let key = path.to_lowercase();
            let room = MAX_UNPACKED_BYTES - total;
            let broken = |error: std::io::Error| damaged(&format!("the part `{path}` cannot be unpacked: {error}"));
            let mut content = Vec::new();
            let is_xml = key.ends_with(".xml") || key.ends_with(".rels") || key.ends_with(".vml");
            let count = if is_xml {
                u64::try_from(file.take(room + 1).read_to_end(&mut content).map_err(broken)?).unwrap_or(u64::MAX)
            } else {
                std::io::copy(&mut file.take(room + 1), &mut std::io::sink()).map_err(broken)?
            };
            total = total.saturating_add(count);
            refuse_bomb(total, bytes.len())?;
            package.paths.push(path.clone());
            if is_xml {
                let text = text(content, &path)?;
                let is_new = is_needless(&key) || package.parts.insert(key, text).is_none();
                if !is_new {
                    return Err(damaged(&format!("it has two parts `{path}`")));
                }
            }
        }
        package.is_workbook()?;
        Ok(package)
    }

    /// The text of a part.
    pub(super) fn part(&self, path: &str) -> Option<&str> {
        self.parts.get(&path.to_lowercase()).map(String::as_str)
    }

    /// What of the workbook is not looked at.
    pub(super) fn ignored(&self, book: &Book) -> Vec<String> {
        let mut ignored = book.ignored.clone();
        let has = |start: &str, end: &str| {
            let is_such = |p: &&String| p.to_lowercase().starts_with(start) && p.to_lowercase().ends_with(end);
            self.paths.iter().filter(is_such).count()
        };
        match has("xl/externallinks/", ".xml") {
            0 => {}
            1 => ignored.push("a link to another workbook is not followed".to_owned()),
            n => ignored.push(format!("{n} links to other workbooks are not followed")),
        }
        if has("xl/", "vbaproject.bin") > 0 {
            ignored.push("its macros are not looked at".to_owned());
        }
        ignored
    }

    /// Refuses other documents that are archives too.
    fn is_workbook(&self) -> Result<(), Unreadable> {
        let has = |path: &str| self.paths.iter().any(|p| p.eq_ignore_ascii_case(path));
        let what = if has("word/document.xml") {
            "a text document"
        } else if has("ppt/presentation.xml") {
            "a presentation"
        } else if has("mimetype") && has("content.xml") {
            "a document of the OpenDocument form (`.ods`, `.odt`)"
        } else if self.paths.iter().any(|p| p.to_lowercase().ends_with("workbook.bin")) {
            "a binary workbook (`.xlsb`)"
        } else if self.parts.keys().any(|p| p.ends_with("workbook.xml")) {
            return Ok(());
        } else {
            "an archive without a workbook in it"
        };
        Err(Unreadable::new(format!("this is {what}, not a workbook (`.xlsx`)"))
            .help("save it as `.xlsx` in a spreadsheet"))
    }
}

/// The archive in `bytes`, looked at from outside.
pub(super) fn archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unreadable> {
    if bytes.len() > MAX_WORKBOOK_BYTES {
        let message = format!("the workbook is larger than {} MiB, the most that is read", MAX_WORKBOOK_BYTES >> 20);
        return Err(Unreadable::new(message));
    }
    if bytes.starts_with(&COMPOUND_FILE) {
        let message = "this is a workbook of the old form (`.xls`), or an encrypted one";
        return Err(Unreadable::new(message).help("save it as `.xlsx`, without a password"));
    }
    if !bytes.starts_with(b"PK") {
        let message = if bytes.is_empty() { "the file is empty" } else { "this is not a workbook (`.xlsx`)" };
        return Err(Unreadable::new(message).help("save it as `.xlsx` in a spreadsheet"));
    }
    let archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&format!("its archive cannot be read: {e}")))?;
    if archive.len() > MAX_PARTS {
        return Err(Unreadable::new(format!("the workbook has more than {MAX_PARTS} parts")));
    }
    if archive.has_duplicate_names() {
        return Err(damaged("it has two parts of the same name"));
    }
    Ok(archive)
}

fn unpackable(error: &zip::result::ZipError) -> Unreadable {
    match error {
        zip::result::ZipError::UnsupportedArchive(what) => {
            let help = "save it as `.xlsx` in a spreadsheet, without a password";
            Unreadable::new(format!("the workbook cannot be unpacked: {what}")).help(help)
        }
        error => damaged(&format!("a part cannot be unpacked: {error}")),
    }
}

fn refuse_bomb(total: u64, packed: usize) -> Result<(), Unreadable> {
    let packed = u64::try_from(packed).unwrap_or(u64::MAX).max(1);
    if total > MAX_UNPACKED_BYTES {
        let message =
            format!("the workbook unpacks to more than {} MiB, the most that is read", MAX_UNPACKED_BYTES >> 20);
        return Err(Unreadable::new(message).help("if it is no trap, take out what is not needed"));
    }
    if total > RATIO_FROM && total / packed > MAX_RATIO {
        let message = format!("the workbook unpacks to more than {MAX_RATIO} times its size, as no real one does");
        return Err(Unreadable::new(message));
    }
    Ok(())
}

/// A part as text, which declares nothing.
fn text(content: Vec<u8>, path: &str) -> Result<String, Unreadable> {
    let wrong = || damaged(&format!("the part `{path}` is neither UTF-8 nor UTF-16"));
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2).filter_map(|p| Some(unit([*p.first()?, *p.get(1)?])));
        char::decode_utf16(pairs).collect::<Result<String, _>>().map_err(|_| wrong())
    };
    let text = match content.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes)?,
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).map_err(|_| wrong())?.to_owned(),
        _ => String::from_utf8(content).map_err(|_| wrong())?,
    };
    for word in ["<!DOCTYPE", "<!ENTITY"] {
        if text.contains(word) {
            let message = format!("the part `{path}` declares entities (`{word}`), which no real workbook does");
            return Err(Unreadable::new(message));
        }
    }
    Ok(text)
}
