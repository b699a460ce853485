//! What a profile changes in an export of actions: cell by cell, and every row that is left alone with why.

use super::actions::{ActionRow, ActionTab, Column};
use super::document::{Link, links_in};
use super::matching::{Mapped, Titles};
use super::plan::{Wanted, is_writable, status, statuses};
use crate::choice::Choice;
use crate::diagnostic::{listed, quoted};
use crate::id::ActionIdx;
use crate::library::Library;
use crate::profile::{ActionEntry, DEFAULT_GROUP, EvidenceLink, Place, Profile};
use crate::sheet::{CellEdit, CellKind, MAX_CELL_CHARACTERS, Place as CellPlace, Row, Sheet, Workbook};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// What stands at the end of notes that were cut.
const CUT: &str = " [cut: longer than a cell can be]";

/// What an update goes by.
pub struct UpdateOptions<'o> {
    /// What is dated later is not written.
    pub as_of: NaiveDate,
    /// What a map file says of titles.
    pub mapped: &'o Mapped<'o>,
    /// How a group of the export is called in the profile, by a map file.
    pub grouped: &'o dyn Fn(&str) -> String,
}

/// A cell that is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The row.
    pub row: u32,
    /// The cell, such as `F7`.
    pub cell: String,
    /// The name of its column.
    pub column: &'static str,
    /// The title of the action, as the export has it.
    pub title: String,
    /// The action.
    pub action: String,
    /// What stands there.
    pub old: String,
    /// What will stand there.
    pub new: String,
    #[serde(skip)]
    place: CellPlace,
}

/// A row, or a cell of it, that is left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftAlone {
    /// The row.
    pub row: u32,
    /// The name of the column, if only one is left alone.
    pub column: Option<&'static str>,
    /// The title of the action, as the export has it.
    pub title: String,
    /// The action, if the library has it.
    pub action: Option<String>,
    /// Why: one clause.
    pub reason: String,
}

/// What a profile changes in an export of actions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Update {
    /// What is dated later is not written.
    pub as_of: NaiveDate,
    /// The rows of the export.
    pub rows: usize,
    /// How many of them are changed.
    pub changed: usize,
    /// How many have all that the profile says already.
    pub unchanged: usize,
    /// The cells that are changed, row by row.
    pub changes: Vec<Change>,
    /// The rows and cells that are left alone, row by row.
    pub left_alone: Vec<LeftAlone>,
    /// The customer's actions of the profile that no row is about.
    pub without_row: Vec<String>,
}

impl Update {
    /// The changes, to be made.
    #[must_use]
    pub fn edits(&self) -> Vec<CellEdit> {
        self.changes.iter().map(|c| CellEdit { place: c.place, text: c.new.clone() }).collect()
    }

    /// How many rows are left alone as a whole.
    #[must_use]
    pub fn rows_left_alone(&self) -> usize {
        self.left_alone.iter().filter(|l| l.column.is_none()).count()
    }
}

/// What `profile` changes in the tab of an export.
#[must_use]
pub fn update(library: &Library, profile: &Profile, tab: &ActionTab<'_>, options: &UpdateOptions<'_>) -> Update {
    let titles = Titles::of(library);
    let mut made = Updating {
        library,
        profile,
        options,
        update: Update {
            as_of: options.as_of,
            rows: 0,
            changed: 0,
            unchanged: 0,
            changes: Vec::new(),
            left_alone: Vec::new(),
            without_row: Vec::new(),
        },
    };
    let mut met: Vec<ActionIdx> = Vec::new();
    for row in tab.rows() {
        made.update.rows += 1;
        match titles.find(row.text(Column::Name), options.mapped) {
            Ok(action) => {
                met.push(action);
                made.row(row, action);
            }
            Err(reason) => made.leave(row, None, None, reason),
        }
    }
    met.sort_unstable();
    met.dedup();
    let mut stated: Vec<ActionIdx> = profile.actions.iter().map(|e| e.action).collect();
    stated.dedup();
    let without = stated.into_iter().filter(|action| met.binary_search(action).is_err());
    made.update.without_row = without.map(|action| library.action(action).id.value.as_str().to_owned()).collect();
    made.update
}

struct Updating<'u> {
    library: &'u Library,
    profile: &'u Profile,
    options: &'u UpdateOptions<'u>,
    update: Update,
}

impl Updating<'_> {
    fn leave(&mut self, row: ActionRow<'_>, action: Option<ActionIdx>, column: Option<Column>, reason: String) {
        self.update.left_alone.push(LeftAlone {
            row: row.number(),
            column: column.map(Choice::word),
            title: row.text(Column::Name).to_owned(),
            action: action.map(|a| self.library.action(a).id.value.as_str().to_owned()),
            reason,
        });
    }

    fn row(&mut self, row: ActionRow<'_>, action: ActionIdx) {
        let name = (self.options.grouped)(row.text(Column::Group));
        let group = match group(self.profile, &name) {
            Ok(group) => group,
            Err(reason) => return self.leave(row, Some(action), None, reason),
        };
        let Some(entry) = self.profile.entry(action, group) else {
            return self.leave(row, Some(action), None, "the profile does not list the action".to_owned());
        };
        let places = self.profile.places(action, group);
        let writable = is_writable(row);
        let place = writable.clone().and_then(|()| status(places, self.options.as_of));
        let mut wanted = match place.and_then(|place| statuses(row, place)) {
            Ok(wanted) => wanted,
            Err(reason) => {
                // Who works on it may be written whatever becomes of the status.
                let assignee = self.assignee(row, entry);
                let changes = self.changes(row, action, &assignee);
                if changes.is_empty() {
                    return self.leave(row, Some(action), None, reason);
                }
                self.leave(row, Some(action), Some(Column::Implementation), reason);
                return self.take(changes);
            }
        };
        wanted.extend(self.notes(row, entry));
        wanted.extend(self.assignee(row, entry));
        wanted.extend(self.documents(row, action, places.unwrap_or_default()));
        if let Some(reason) = self.obstacle(row, &wanted) {
            return self.leave(row, Some(action), None, reason);
        }
        let changes = self.changes(row, action, &wanted);
        self.take(changes);
    }

    fn take(&mut self, changes: Vec<Change>) {
        match changes.is_empty() {
            true => self.update.unchanged += 1,
            false => self.update.changed += 1,
        }
        self.update.changes.extend(changes);
    }

    fn notes(&self, row: ActionRow<'_>, entry: &ActionEntry) -> Option<(Column, String)> {
        let notes = entry.notes.as_deref().map(str::trim).filter(|n| !n.is_empty())?;
        row.place(Column::Notes)?;
        Some((Column::Notes, cut(notes)))
    }

    fn assignee(&self, row: ActionRow<'_>, entry: &ActionEntry) -> Wanted {
        let name = entry.assigned_to.as_deref().map(str::trim).filter(|n| !n.is_empty());
        let cell = row.place(Column::AssignedTo);
        name.filter(|_| cell.is_some()).map(|name| (Column::AssignedTo, cut(name))).into_iter().collect()
    }

    /// The one link that is written: into an empty cell, for nobody says how several stand in one.
    fn documents(&mut self, row: ActionRow<'_>, action: ActionIdx, places: &[Place]) -> Option<(Column, String)> {
        row.place(Column::Documents)?;
        let mut links: Vec<Link> = Vec::new();
        for link in places.iter().flat_map(|p| &p.evidence).filter_map(|e| self.link(*e)) {
            if links.iter().all(|l| l.url != link.url) {
                links.push(link);
            }
        }
        let stands = row.text(Column::Documents);
        let (known, _) = links_in(stands);
        links.retain(|l| known.iter().all(|k| k.url != l.url));
        let reason = match (links.as_slice(), stands) {
            ([], _) => return None,
            ([one], "") => return Some((Column::Documents, one.text())),
            (_, "") => "the profile has several links, and how a cell holds several is not documented",
            _ => "the cell has documents already, and what is written would replace them",
        };
        let urls = listed(links.iter().map(|l| l.url.as_str()));
        self.leave(row, Some(action), Some(Column::Documents), format!("{reason}: {urls}"));
        None
    }

    fn link(&self, evidence: EvidenceLink) -> Option<Link> {
        let (title, url) = match evidence {
            EvidenceLink::Own(position) => {
                let item = self.profile.evidence.get(position)?;
                (item.title.as_deref().unwrap_or(&item.id.value), item.location.as_deref())
            }
            EvidenceLink::Library(item) => {
                let item = self.library.evidence_item(item);
                (item.title.as_deref().unwrap_or(item.id.value.as_str()), item.url.as_deref())
            }
        };
        let url = url.filter(|u| u.starts_with("https://") || u.starts_with("http://"))?;
        Some(Link { name: Some(title.to_owned()), url: url.to_owned() })
    }

    /// Why a cell that should be changed cannot be.
    fn obstacle(&self, row: ActionRow<'_>, wanted: &Wanted) -> Option<String> {
        for (column, text) in wanted.iter().filter(|(column, text)| differs(row, *column, text)) {
            let Some(place) = row.place(*column) else {
                return Some(format!("the export has no column `{}`", column.word()));
            };
            if row.cell(*column).is_some_and(|cell| cell.kind == CellKind::Formula) {
                return Some(format!("{place} holds a formula, not a value"));
            }
            if let Some(area) = row.sheet().hidden_by(place) {
                return Some(format!(
                    "{place} is part of the merged cells {area}, where {} cannot stand",
                    quoted(text)
                ));
            }
        }
        None
    }

    fn changes(&self, row: ActionRow<'_>, action: ActionIdx, wanted: &Wanted) -> Vec<Change> {
        let change = |(column, text): &(Column, String)| {
            let place = row.place(*column).filter(|_| differs(row, *column, text))?;
            Some(Change {
                row: row.number(),
                cell: place.to_string(),
                column: column.word(),
                title: row.text(Column::Name).to_owned(),
                action: self.library.action(action).id.value.as_str().to_owned(),
                old: row.cell(*column).map_or_else(String::new, |c| c.text.clone()),
                new: text.clone(),
                place,
            })
        };
        let mut changes: Vec<Change> = wanted.iter().filter_map(change).collect();
        changes.sort_by_key(|change| change.place);
        changes
    }
}

/// Whether a cell holds something else than it should; blanks around and the form of a date do not count.
fn differs(row: ActionRow<'_>, column: Column, wanted: &str) -> bool {
    let stands = row.text(column);
    let is_date = matches!(column, Column::ImplementedOn | Column::TestedOn);
    let same_date = || {
        let date = crate::sheet::parse_date(stands);
        is_date && date.is_some() && date == crate::sheet::parse_date(wanted)
    };
    stands.replace("\r\n", "\n") != wanted && !same_date()
}

/// The group of the profile that a row is about.
fn group<'p>(profile: &'p Profile, name: &str) -> Result<&'p str, String> {
    let groups = profile.groups();
    let same = groups.iter().find(|g| g.eq_ignore_ascii_case(name));
    let is_default = name.is_empty() || name.eq_ignore_ascii_case("Default Group");
    let default = || groups.iter().find(|g| **g == DEFAULT_GROUP).filter(|_| is_default);
    match (same.or_else(default), groups.as_slice()) {
        (Some(group), _) => Ok(group),
        (None, [only]) if is_default => Ok(only),
        (None, _) => {
            Err(format!("the profile has no group {}; it has {}", quoted(name), listed(groups.iter().copied())))
        }
    }
}

/// A text no longer than a cell can be.
fn cut(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    if text.encode_utf16().count() <= MAX_CELL_CHARACTERS {
        return text;
    }
    let room = MAX_CELL_CHARACTERS - CUT.len();
    let mut units = 0;
    let is_within = |c: &char| {
        units += c.len_utf16();
        units <= room
    };
    let kept: String = text.chars().take_while(is_within).collect();
    kept + CUT
}

/// Whether `after` is `before` with the changes of an update in one of its tabs, and nothing else.
#[must_use]
pub fn is_done(before: &Workbook, after: &Workbook, tab: &str, update: &Update) -> bool {
    let names = |book: &Workbook| book.sheets.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
    if names(before) != names(after) {
        return false;
    }
    let changed: BTreeMap<CellPlace, &str> = update.changes.iter().map(|c| (c.place, c.new.as_str())).collect();
    let cells = |sheet: &Sheet| -> BTreeMap<CellPlace, String> {
        let of_row = |row: &Row| {
            row.cells
                .iter()
                .map(move |c| (CellPlace { row: row.number, column: c.column }, c.text.clone()))
                .collect::<Vec<_>>()
        };
        sheet.rows.iter().flat_map(of_row).collect()
    };
    before.sheets.iter().zip(&after.sheets).all(|(old, new)| {
        if old.name != tab {
            return old == new;
        }
        let mut wanted = cells(old);
        for (place, text) in &changed {
            wanted.insert(*place, (*text).to_owned());
        }
        wanted.retain(|_, text| !text.is_empty());
        wanted == cells(new)
    })
}
