//! Workbooks written down as text, so that a person can read and change a case.
//!
//! `== NAME` begins a sheet; each line after it is a row, its cells with ` | ` between. `#27` is a number,
//! `@6/19/2026 15:12:29` a cell with a date, `=A1` a formula; `\n` is a line end. `!merge A1:B2` merges cells.

use annexa::sheet::{CellKind, Place, Workbook, parse_date};
use chrono::{Datelike, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Writer};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A sheet as it is written down: its name, its rows, its merged cells.
struct Written<'t> {
    name: &'t str,
    rows: Vec<Vec<String>>,
    merged: Vec<&'t str>,
}

fn written(text: &str) -> Vec<Written<'_>> {
    let mut sheets: Vec<Written<'_>> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("// ")) {
        if let Some(name) = line.strip_prefix("== ") {
            sheets.push(Written { name, rows: Vec::new(), merged: Vec::new() });
        } else if let Some(area) = line.strip_prefix("!merge ") {
            sheets.last_mut().unwrap().merged.push(area);
        } else {
            let cells = line.split(" | ").map(|cell| cell.trim_matches('\u{b7}').replace("\\n", "\n"));
            sheets.last_mut().unwrap().rows.push(cells.collect());
        }
    }
    sheets
}

/// The workbook of a text, with a format for its first rows and for its dates.
pub(crate) fn book(text: &str) -> Vec<u8> {
    let mut writer = Writer::new();
    let epoch = ExcelDateTime::from_ymd(2026, 1, 1).unwrap();
    writer.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&epoch));
    let head = Format::new().set_bold().set_background_color(0xD9_E1_F2);
    let date = Format::new().set_num_format("m/d/yyyy h:mm:ss");
    let grey = Format::new().set_font_color(0x59_59_59).set_text_wrap();
    for made in written(text) {
        let sheet = writer.add_worksheet().set_name(made.name).unwrap();
        for (row, cells) in (0..).zip(&made.rows) {
            for (column, cell) in (0..).zip(cells) {
                let look = if row == 0 { &head } else { &grey };
                if let Some(number) = cell.strip_prefix('#') {
                    sheet.write_number_with_format(row, column, number.parse::<f64>().unwrap(), look).unwrap();
                } else if let Some(text) = cell.strip_prefix('@') {
                    let at = parse_date(text).unwrap();
                    let (y, m, d) = (at.year() as u16, at.month() as u8, at.day() as u8);
                    let (h, min, s) = (at.hour() as u16, at.minute() as u8, f64::from(at.second()));
                    let at = ExcelDateTime::from_ymd(y, m, d).unwrap().and_hms(h, min, s).unwrap();
                    sheet.write_datetime_with_format(row, column, &at, &date).unwrap();
                } else if cell.starts_with('=') {
                    sheet.write_formula(row, column, Formula::new(cell).set_result("computed")).unwrap();
                } else if !cell.is_empty() {
                    sheet.write_string_with_format(row, column, cell, look).unwrap();
                }
            }
        }
        for area in made.merged {
            let area = annexa::sheet::Area::parse(area).unwrap();
            let text = cell_of(&made.rows, area.first);
            let (first, last) = (area.first, area.last);
            let at = |place: Place| (place.row - 1, place.column as u16);
            let ((r1, c1), (r2, c2)) = (at(first), at(last));
            sheet.merge_range(r1, c1, r2, c2, &text, &grey).unwrap();
        }
    }
    writer.save_to_buffer().unwrap()
}

fn cell_of(rows: &[Vec<String>], place: Place) -> String {
    let row = rows.get(place.row as usize - 1);
    row.and_then(|row| row.get(place.column as usize)).cloned().unwrap_or_default()
}

/// The same workbook as another program writes it: elements with a prefix, texts in their cells, places
/// left out, a format of its own.
pub(crate) fn foreign_book(text: &str) -> Vec<u8> {
    let sheets = written(text);
    let mut parts = Vec::new();
    let mut tabs = String::new();
    let mut rels = String::new();
    for (number, sheet) in (1..).zip(&sheets) {
        let _ = write!(tabs, "<x:sheet name=\"{}\" sheetId=\"{number}\" r:id=\"R{number}\"/>", escaped(sheet.name));
        let _ = write!(
            rels,
            "<Relationship Id=\"R{number}\" Type=\"{REL}/worksheet\" Target=\"/xl/worksheets/sheet{number}.xml\"/>"
        );
        let mut rows = String::new();
        for cells in &sheet.rows {
            rows.push_str("<x:row>");
            for cell in cells {
                let _ = match cell.strip_prefix('#') {
                    Some(number) => write!(rows, "<x:c><x:v>{number}</x:v></x:c>"),
                    None if cell.is_empty() => write!(rows, "<x:c/>"),
                    None => write!(
                        rows,
                        "<x:c t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">{}</x:t></x:is></x:c>",
                        escaped(cell)
                    ),
                };
            }
            rows.push_str("</x:row>");
        }
        let text = format!("<x:worksheet xmlns:x=\"{MAIN}\"><x:sheetData>{rows}</x:sheetData></x:worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), text));
    }
    let workbook = format!("<x:workbook xmlns:x=\"{MAIN}\" xmlns:r=\"{REL}\"><x:sheets>{tabs}</x:sheets></x:workbook>");
    parts.insert(0, ("xl/workbook.xml".to_owned(), workbook));
    parts.insert(1, ("xl/_rels/workbook.xml.rels".to_owned(), relationships(&rels)));
    archive(&with_frame(parts))
}

pub(crate) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub(crate) const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

pub(crate) fn relationships(list: &str) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
    )
}

/// The parts with those that say what the archive is.
pub(crate) fn with_frame(mut parts: Vec<(String, String)>) -> Vec<(String, String)> {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let sheets = parts.iter().filter(|(path, _)| path.starts_with("xl/worksheets/"));
    let sheets =
        sheets.map(|(path, _)| format!("<Override PartName=\"/{path}\" ContentType=\"{TYPE}.worksheet+xml\"/>"));
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" \
         ContentType=\"{TYPE}.sheet.main+xml\"/>{}</Types>",
        sheets.collect::<String>()
    );
    let top = format!("<Relationship Id=\"R1\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/>");
    parts.insert(0, ("[Content_Types].xml".to_owned(), types));
    parts.insert(1, ("_rels/.rels".to_owned(), relationships(&top)));
    parts
}

/// An archive of these parts, whose times are always the same.
pub(crate) fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (path, text) in parts {
        zip.start_file(path.as_str(), options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet `Sheet` whose XML is given.
pub(crate) fn one_sheet(xml: &str) -> Vec<u8> {
    archive(&with_frame(one_sheet_parts(xml)))
}

pub(crate) fn one_sheet_parts(xml: &str) -> Vec<(String, String)> {
    let rel = format!("<Relationship Id=\"R1\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet1.xml\"/>");
    let tab = "<sheet name=\"Sheet\" sheetId=\"1\" r:id=\"R1\"/>";
    vec![
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><sheets>{tab}</sheets></workbook>"),
        ),
        ("xl/_rels/workbook.xml.rels".to_owned(), relationships(&rel)),
        ("xl/worksheets/sheet1.xml".to_owned(), format!("<worksheet xmlns=\"{MAIN}\">{xml}</worksheet>")),
    ]
}

/// What a workbook holds, a line for each cell.
pub(crate) fn told(bytes: &[u8]) -> String {
    let book = Workbook::read(bytes).unwrap();
    let mut text = String::new();
    for sheet in &book.sheets {
        let _ = writeln!(text, "== {}", sheet.name);
        for row in &sheet.rows {
            for cell in &row.cells {
                let place = Place { row: row.number, column: cell.column };
                let kind = match cell.kind {
                    CellKind::Text => "",
                    CellKind::Number => " (number)",
                    CellKind::Date(_) => " (date)",
                    CellKind::Flag => " (flag)",
                    CellKind::Formula => " (formula)",
                    CellKind::Error => " (error)",
                };
                let _ = writeln!(text, "{place}{kind}: {}", cell.text.replace('\n', "\\n"));
            }
        }
        for area in &sheet.merged {
            let _ = writeln!(text, "merged {area}");
        }
    }
    text
}
