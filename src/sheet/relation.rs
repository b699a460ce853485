//! How the parts of a workbook hang together: which sheets there are, and where they lie.

use super::package::Package;
use super::scan::{Xml, attribute};
use super::{MAX_SHEETS, Unreadable, damaged};
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// What a workbook names.
#[derive(Debug)]
pub(super) struct Book {
    /// Its sheets, in order.
    pub(super) tabs: Vec<Tab>,
    /// Where the texts are that cells share.
    pub(super) strings: Option<String>,
    /// Where the formats of cells are.
    pub(super) styles: Option<String>,
    /// Whether days are counted from 1904.
    pub(super) is_1904: bool,
    /// What is not looked at.
    pub(super) ignored: Vec<String>,
}

/// A tab of a workbook.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) name: String,
    /// Where the sheet lies; none if it is no sheet of cells.
    pub(super) path: Option<String>,
}

/// Where something lies that a part names.
struct Relation {
    /// The last word of what it is.
    kind: String,
    path: String,
}

/// What the workbook of a package names.
pub(super) fn book(package: &Package) -> Result<Book, Unreadable> {
    let top = relations(package, "_rels/.rels", "")?;
    let path = top.values().find(|r| r.kind == "officeDocument").map_or("xl/workbook.xml", |r| r.path.as_str());
    let text = package.part(path).ok_or_else(|| damaged("its list of sheets is missing"))?;
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
    let rels = format!("{folder}{}_rels/{file}.rels", if folder.is_empty() { "" } else { "/" });
    let related = relations(package, &rels, folder)?;
    let of_kind = |kind: &str| related.values().find(|r| r.kind == kind).map(|r| r.path.clone());
    let mut book = Book {
        tabs: Vec::new(),
        strings: of_kind("sharedStrings"),
        styles: of_kind("styles"),
        is_1904: false,
        ignored: Vec::new(),
    };
    let mut xml = Xml::new(text, path);
    loop {
        match xml.next()? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "sheet" => book.add(&e, &related)?,
                "workbookPr" => {
                    if let Some(value) = attribute(&e, "date1904")? {
                        book.is_1904 = value == "1" || value == "true";
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    if book.tabs.is_empty() {
        return Err(damaged("it has no sheet"));
    }
    Ok(book)
}

impl Book {
    fn add(&mut self, sheet: &BytesStart<'_>, related: &BTreeMap<String, Relation>) -> Result<(), Unreadable> {
        let name = attribute(sheet, "name")?.ok_or_else(|| damaged("a sheet has no name"))?;
        if self.tabs.len() >= MAX_SHEETS {
            return Err(Unreadable::new(format!("the workbook has more than {MAX_SHEETS} sheets")));
        }
        if self.tabs.iter().any(|t| t.name == name) {
            return Err(damaged(&format!("two sheets are called `{name}`")));
        }
        let relation = attribute(sheet, "id")?.and_then(|id| related.get(&id));
        let path = match relation {
            Some(relation) if relation.kind == "worksheet" => Some(relation.path.clone()),
            Some(_) => {
                self.ignored.push(format!("the tab `{name}` holds no cells"));
                None
            }
            None => return Err(damaged(&format!("the sheet `{name}` lies nowhere in it"))),
        };
        self.tabs.push(Tab { name, path });
        Ok(())
    }
}

/// What a part names, by the id it is named by; what lies outside the workbook is left out.
fn relations(package: &Package, rels: &str, folder: &str) -> Result<BTreeMap<String, Relation>, Unreadable> {
    let mut found = BTreeMap::new();
    let Some(text) = package.part(rels) else { return Ok(found) };
    let mut xml = Xml::new(text, rels);
    loop {
        match xml.next()? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "Relationship" => {
                let (id, kind, target) = (attribute(&e, "Id")?, attribute(&e, "Type")?, attribute(&e, "Target")?);
                let is_inside = attribute(&e, "TargetMode")?.is_none_or(|mode| mode != "External");
                if let (Some(id), Some(kind), Some(target), true) = (id, kind, target, is_inside) {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    found.insert(id, Relation { kind, path: resolved(folder, &target) });
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The path of what is named from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|p| !p.is_empty()).collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
