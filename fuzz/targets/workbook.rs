//! Workbooks: whole ones, and the XML of one sheet in a good package.

#![no_main]

use annexa::purview;
use annexa::sheet::{CellEdit, Place, Workbook};
use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TABS: [&str; 3] = ["Action Update", "Actions", "ControlFamily"];

/// A workbook whose sheets all have this text, which is rarely XML otherwise.
fn packed(xml: &[u8]) -> Vec<u8> {
    let tab = |name: &&str| format!("<sheet name=\"{name}\" r:id=\"R1\"/>");
    let tabs: String = TABS.iter().map(tab).collect();
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"R1\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml").into_bytes()),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns:r=\"{RELATION}\"><sheets>{tabs}</sheets></workbook>").into_bytes(),
        ),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "sheet.xml").into_bytes()),
        ("xl/sheet.xml", [b"<worksheet>", xml, b"</worksheet>"].concat()),
    ] {
        zip.start_file(path, SimpleFileOptions::default()).expect("memory");
        zip.write_all(&text).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let bytes = if first % 2 == 0 { rest.to_vec() } else { packed(rest) };
    let Ok(book) = Workbook::read(&bytes) else { return };
    let review = purview::check(&book, Some(&book));
    let day = NaiveDate::from_ymd_opt(2026, 1, 2).expect("a date");
    let imported = purview::import(&book, day, &|_| false);
    assert!(imported.files.iter().all(|(_, text)| text.parse::<toml::Table>().is_ok()), "no TOML");
    assert_eq!(review, purview::check(&book, Some(&book)));
    let Some(sheet) = book.sheets.first() else { return };
    let Some(row) = sheet.rows.first() else { return };
    let place = Place { row: row.number, column: u32::from(*first) };
    let edit = CellEdit { place, text: "=1 & <2>".to_owned() };
    if let Ok(after) = Workbook::edit(&bytes, &sheet.name, &[edit]) {
        let after = Workbook::read(&after).expect("what is written can be read");
        let cell = after.sheets.first().and_then(|s| s.row(place.row)).and_then(|r| r.cell(place.column));
        assert_eq!(cell.map(|c| c.text.as_str()), Some("=1 & <2>"));
    }
});
