//! Workbooks that nobody makes by accident, and files that are none: a reason, never a panic, in bounded
//! time and memory.

use crate::books::{MAIN, REL, archive, book, one_sheet, one_sheet_parts, relationships, with_frame};
use crate::support::folder_of;
use annexa::sheet::{MAX_ROWS, MAX_WORKBOOK_BYTES, Workbook};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::process::{Command, Stdio};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Why a workbook cannot be read.
fn reason(bytes: &[u8]) -> String {
    match Workbook::read(bytes) {
        Ok(book) => panic!("it was read: {:?}", book.sheets.iter().map(|s| s.rows.len()).collect::<Vec<_>>()),
        Err(unreadable) => unreadable.message,
    }
}

#[track_caller]
fn assert_reason(bytes: &[u8], clause: &str) {
    let said = reason(bytes);
    assert!(said.contains(clause), "{said:?} does not say {clause:?}");
}

fn with_part(path: &str, text: &str) -> Vec<u8> {
    let mut parts = one_sheet_parts("<sheetData/>");
    parts.push((path.to_owned(), text.to_owned()));
    archive(&with_frame(parts))
}

#[test]
fn other_files_are_told_apart() {
    assert_reason(b"", "the file is empty");
    assert_reason(b"a,b\n1,2\n", "not a workbook");
    assert_reason(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0], "the old form (`.xls`)");
    let parts = |list: &[(&str, &str)]| {
        archive(&list.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect::<Vec<_>>())
    };
    let ods = parts(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")]);
    assert_reason(&ods, "OpenDocument");
    assert_reason(&parts(&[("word/document.xml", "<a/>")]), "a text document");
    assert_reason(&parts(&[("ppt/presentation.xml", "<a/>")]), "a presentation");
    assert_reason(&parts(&[("xl/workbook.bin", "")]), "a binary workbook");
    assert_reason(&parts(&[("a.txt", "")]), "an archive without a workbook");
    assert_reason(&vec![b'P'; MAX_WORKBOOK_BYTES + 1], "larger than 32 MiB");
}

#[test]
fn a_workbook_cut_off_anywhere_is_damaged() {
    let whole = book("== Template\na | b\n#1 | =A1\n");
    for end in (1..whole.len()).step_by(97) {
        assert!(Workbook::read(&whole[..end]).is_err(), "{end} of {}", whole.len());
    }
    for at in (0..whole.len()).step_by(131) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        // Whatever it is now, it ends.
        let _ = Workbook::read(&bytes);
    }
}

#[test]
fn entities_are_refused_in_every_part() {
    let lol = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]><lolz>&lol2;</lolz>";
    for path in ["xl/sharedStrings.xml", "docProps/core.xml", "xl/drawings/vml.vml", "customXml/item1.xml"] {
        assert_reason(&with_part(path, lol), "declares entities");
    }
    let wide: Vec<u8> = "\u{feff}<!DOCTYPE a><a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(&wide).unwrap();
    assert_reason(&zip.finish().unwrap().into_inner(), "declares entities");
    let cell = "<sheetData><row><c t=\"inlineStr\"><is><t>&xxe;</t></is></c></row></sheetData>";
    assert_reason(&one_sheet(cell), "stands for nothing");
}

/// A part of so many MiB that packs to almost nothing.
fn bomb(path: &str, mebibytes: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in with_frame(one_sheet_parts("<sheetData/>")) {
        zip.start_file(path, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file(path, SimpleFileOptions::default()).unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..mebibytes {
        zip.write_all(&block).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn bombs_are_measured_while_they_are_unpacked() {
    assert_reason(&bomb("xl/media/image.png", 64), "more than 400 times its size");
    assert_reason(&bomb("xl/worksheets/sheet2.xml", 64), "more than 400 times its size");
    // What the archive says of the size is not believed: here it says 1 byte.
    let mut lying = bomb("xl/media/image.png", 64);
    let size = (64_u32 << 20).to_le_bytes();
    let places: Vec<usize> = (0..lying.len() - 4).filter(|at| lying[*at..*at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
    }
    assert!(Workbook::read(&lying).is_err());
}

#[test]
fn counts_that_a_file_claims_reserve_nothing() {
    let strings = format!(
        "<sst xmlns=\"{MAIN}\" count=\"18446744073709551615\" uniqueCount=\"18446744073709551615\"><si><t>a</t></si></sst>"
    );
    let sheet = "<dimension ref=\"XFD1048576:A1\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
                 <c r=\"B1\"><f t=\"shared\" si=\"4294967295\" ref=\"B1:B9\">A1</f><v>1</v></c></row></sheetData>";
    let mut parts = one_sheet_parts(sheet);
    let rels = format!(
        "<Relationship Id=\"R1\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"R2\" Type=\"{REL}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    );
    parts[1].1 = relationships(&rels);
    parts.push(("xl/sharedStrings.xml".to_owned(), strings));
    let book = Workbook::read(&archive(&with_frame(parts))).unwrap();
    assert_eq!(crate::books::told(&archive(&with_frame(one_sheet_parts("<sheetData/>")))), "== Sheet\n");
    assert_eq!(book.sheets[0].rows[0].cells.len(), 2);
}

#[test]
fn a_sparse_sheet_costs_what_stands_in_it() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                 <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>";
    let book = Workbook::read(&one_sheet(sheet)).unwrap();
    assert_eq!(book.sheets[0].rows.len(), 2);
    assert_eq!(book.sheets[0].row(1_048_576).unwrap().cell(16_383).unwrap().text, "2");
}

#[test]
fn more_rows_than_are_read_are_refused() {
    let mut rows = String::from("<sheetData>");
    for row in 1..=1_000_000 {
        let _ = write!(rows, "<row><c><v>{row}</v></c></row>");
    }
    rows.push_str("</sheetData>");
    assert_reason(&one_sheet(&rows), &format!("more than {MAX_ROWS} rows"));
}

#[test]
fn rows_and_cells_come_in_order() {
    let sheet = |rows: &str| one_sheet(&format!("<sheetData>{rows}</sheetData>"));
    let cell = |name: &str| format!("<c r=\"{name}\"><v>1</v></c>");
    for rows in [
        "<row r=\"2\"/><row r=\"1\"/>".to_owned(),
        "<row r=\"1\"/><row r=\"1\"/>".to_owned(),
        "<row r=\"0\"/>".to_owned(),
        "<row r=\"1048577\"/>".to_owned(),
        "<row r=\"99999999999\"/>".to_owned(),
        "<row r=\"-1\"/>".to_owned(),
        format!("<row r=\"1\">{}{}</row>", cell("B1"), cell("A1")),
        format!("<row r=\"1\">{}{}</row>", cell("A1"), cell("A1")),
        format!("<row r=\"1\">{}</row>", cell("A2")),
        format!("<row r=\"1\">{}</row>", cell("AAAA1")),
        format!("<row r=\"1\">{}</row>", cell("1")),
        "<row r=\"1\"><row r=\"2\"/></row>".to_owned(),
    ] {
        assert_reason(&sheet(&rows), "out of order");
    }
    assert_reason(&sheet("<row><c t=\"s\"><v>7</v></c></row>"), "names a text that is not there");
    assert_reason(&sheet("<row><c t=\"zz\"><v>7</v></c></row>"), "an unknown type");
    assert_reason(&sheet("<row><c><v>7</v>"), "damaged");
    let deep = format!("<row><c>{}</c></row>", "<a>".repeat(100_000));
    assert_reason(&sheet(&deep), "nested deeper");
    assert_reason(&one_sheet(&"<a>".repeat(1_000_000)), "damaged");
}

#[test]
fn what_leads_elsewhere_is_not_followed() {
    let mut parts = one_sheet_parts("<sheetData><row><c><v>1</v></c></row></sheetData>");
    parts.push(("xl/externalLinks/externalLink1.xml".to_owned(), "<externalLink/>".to_owned()));
    parts.push(("xl/vbaProject.bin".to_owned(), "macros".to_owned()));
    let book = Workbook::read(&archive(&with_frame(parts.clone()))).unwrap();
    assert_eq!(book.ignored, ["a link to another workbook is not followed", "its macros are not looked at"]);
    // A sheet that lies outside is none.
    parts[1].1 = relationships(&format!(
        "<Relationship Id=\"R1\" Type=\"{REL}/worksheet\" Target=\"file:///etc/passwd\" TargetMode=\"External\"/>"
    ));
    assert_reason(&archive(&with_frame(parts.clone())), "lies nowhere in it");
    parts[1].1 =
        relationships(&format!("<Relationship Id=\"R1\" Type=\"{REL}/worksheet\" Target=\"../../../etc/passwd\"/>"));
    assert_reason(&archive(&with_frame(parts)), "is missing");
}

/// The program itself, with no more than a minute of one processor and 2 GiB of addresses.
#[test]
fn the_program_ends_within_bounds() {
    let mut rows = String::from("<sheetData>");
    for _ in 0..150_000 {
        rows.push_str(
            "<row><c t=\"inlineStr\"><is><t>controlName;;controlFamily;; a</t></is></c><c><f>A1</f></c></row>",
        );
    }
    rows.push_str("</sheetData>");
    let sheet = |name: &str| format!("<sheet name=\"{name}\" sheetId=\"1\" r:id=\"R1\"/>");
    let mut parts = one_sheet_parts(&rows);
    let tabs = sheet("ControlFamily");
    parts[0].1 = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><sheets>{tabs}</sheets></workbook>");
    let large = archive(&with_frame(parts));
    let bomb = bomb("xl/worksheets/sheet2.xml", 512);
    let folder = folder_of([("large.xlsx", large.as_slice()), ("bomb.xlsx", bomb.as_slice())]);
    for name in ["large.xlsx", "bomb.xlsx"] {
        let limits = "ulimit -t 60 && ulimit -v 2097152 && exec \"$0\" \"$@\"";
        let mut command = Command::new("sh");
        command.args(["-c", limits, env!("CARGO_BIN_EXE_annexa"), "purview", "check", name]).current_dir(folder.path());
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(2),
            "{name}: {:?} {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
