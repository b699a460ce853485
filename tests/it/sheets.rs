//! Workbooks read back: their files, and their sheets as rows of cells.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The files in a workbook.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut file = archive.by_index(n).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// The text of an element, its signs as they are: those that XML cannot hold, and underscores before
/// what would be taken for one, are written by their numbers.
pub(crate) fn plain(text: &str) -> String {
    let text = text.replace("_xFFFE_", "\u{fffe}").replace("_xFFFF_", "\u{ffff}").replace("_x005F_", "_");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The texts between two marks.
pub(crate) fn between<'t>(text: &'t str, start: &'t str, end: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(start).skip(1).map(move |rest| rest.split(end).next().unwrap())
}

/// The column of a cell's name, from 0.
fn column(name: &str) -> usize {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase);
    letters.fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1
}

/// The sheets of a workbook by name, as rows of cells as a person sees them; numbers and dates as the
/// number that stands there. Fails at a formula.
pub(crate) fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let parts = parts(bytes);
    let strings: Vec<String> = between(&parts["xl/sharedStrings.xml"], "<si>", "</si>")
        .map(|si| plain(si.split_once('>').unwrap().1.strip_suffix("</t>").unwrap()))
        .collect();
    let names = between(&parts["xl/workbook.xml"], "<sheet name=\"", "\"").map(plain);
    let cell = |cell: &str| match (cell.contains(" t=\"s\""), cell.split_once("<v>")) {
        (is_text, Some((_, value))) => {
            let value = value.split("</v>").next().unwrap();
            if is_text { strings[value.parse::<usize>().unwrap()].clone() } else { value.to_owned() }
        }
        (false, None) => String::new(),
        (true, None) => panic!("{cell}"),
    };
    let row = |row: &str| {
        let mut cells = Vec::new();
        for text in row.split("<c ").skip(1) {
            let name = between(text, "r=\"", "\"").next().unwrap();
            cells.resize(column(name), String::new());
            cells.push(cell(text));
        }
        cells
    };
    names
        .zip(1..)
        .map(|(name, n)| {
            let sheet = &parts[&format!("xl/worksheets/sheet{n}.xml")];
            // Of a formula there is no trace.
            assert!(!sheet.contains("<f>") && !sheet.contains("<f ") && !sheet.contains("t=\"str\""), "{name}");
            (name, between(sheet, "<row ", "</row>").map(row).collect())
        })
        .collect()
}
