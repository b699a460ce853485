//! The rules for a template workbook.

use super::finding::{Finding, Findings};
use super::layout::{
    ACTIONS, CONTROLS, DIMENSION, DIMENSIONS, OLD_TITLE, POINTS, PURPOSE, PURPOSES, SEPARATOR, TABS, TEMPLATE, TYPES,
};
use super::table::Table;
use super::template::{TemplateBook, points_of, purpose_of, type_of};
use crate::diagnostic::{nearest, quoted, suggestion};
use crate::sheet::{Place, Row, Sheet, Workbook};
use std::collections::{BTreeMap, BTreeSet};

/// Holds a template workbook against the rules.
pub(super) fn check(book: &Workbook, base: Option<&Workbook>, list: &mut Vec<Finding>) {
    tabs(book, list);
    let table = |name: &str| book.sheet(name).map(Table::new);
    let base = base.map(TemplateBook::read).unwrap_or_default();
    let checker = Checker::new(table(CONTROLS.name), table(ACTIONS.name), table(DIMENSIONS.name), &base);
    if let Some(table) = table(TEMPLATE.name) {
        checker.template(&table, &mut Findings::new(list, TEMPLATE.name));
    }
    if let Some(table) = &checker.controls {
        checker.controls(table, &mut Findings::new(list, CONTROLS.name));
    }
    if let Some(table) = &checker.actions {
        checker.actions(table, &mut Findings::new(list, ACTIONS.name));
    }
    if let Some(table) = &checker.dimensions {
        dimensions(table, &mut Findings::new(list, DIMENSIONS.name));
    }
}

/// Which tabs there are, and in which order.
fn tabs(book: &Workbook, list: &mut Vec<Finding>) {
    let mut found = Findings::new(list, "");
    let names: Vec<&str> = book.sheets.iter().map(|s| s.name.as_str()).collect();
    let strangers = || names.iter().copied().filter(|n| TABS.iter().all(|tab| tab.name != *n));
    for tab in TABS.iter().filter(|tab| tab.is_required && !names.contains(&tab.name)) {
        let help = match nearest(tab.name, strangers()) {
            Some(near) => format!("{} looks like it; tabs have their names letter by letter", quoted(near)),
            None => "a template has the tabs `Template`, `ControlFamily`, `Actions` and, if need be, `Dimensions`"
                .to_owned(),
        };
        found.error(None, format!("the tab `{}` is missing", tab.name), Some(help));
    }
    let known: Vec<&str> = names.iter().copied().filter(|n| TABS.iter().any(|tab| tab.name == *n)).collect();
    let expected: Vec<&str> = TABS.iter().map(|tab| tab.name).filter(|n| known.contains(n)).collect();
    if known != expected {
        let help = format!("put them in this order: `{}`", expected.join("`, `"));
        found.error(None, format!("the tabs are in the order `{}`", known.join("`, `")), Some(help));
    }
    for name in strangers() {
        let message = format!("the tab {} is none of a template", quoted(name));
        found.warning(None, message, Some("take it out, so that nothing depends on how it is taken".to_owned()));
    }
}

struct Checker<'w> {
    actions: Option<Table<'w>>,
    controls: Option<Table<'w>>,
    dimensions: Option<Table<'w>>,
    /// The titles of its actions.
    titles: BTreeSet<&'w str>,
    /// The titles and the names of what is extended.
    base_titles: BTreeSet<&'w str>,
    base_controls: BTreeSet<&'w str>,
    /// The keys of dimensions, and their values, in small letters.
    declared: BTreeMap<String, BTreeSet<String>>,
}

impl<'w> Checker<'w> {
    fn new(
        controls: Option<Table<'w>>,
        actions: Option<Table<'w>>,
        dimensions: Option<Table<'w>>,
        base: &'w TemplateBook,
    ) -> Self {
        let titles = actions.iter().flat_map(|t| t.rows().map(|row| t.text(row, "actionTitle").trim())).collect();
        let mut declared: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (table, row) in dimensions.iter().flat_map(|t| t.rows().map(move |row| (t, row))) {
            let text = |name| table.text(row, name).trim().to_lowercase();
            declared.entry(text("dimensionKey")).or_default().insert(text("dimensionValue"));
        }
        let base_titles = base.actions.iter().map(|a| a.title.as_str()).collect();
        let base_controls = base.controls.iter().map(|c| c.name.as_str()).collect();
        Self { actions, controls, dimensions, titles, base_titles, base_controls, declared }
    }

    fn template(&self, table: &Table<'w>, found: &mut Findings<'_>) {
        table.check_header(&TEMPLATE, found);
        table.check_cells(found);
        for (column, name) in
            table.header.iter().filter(|(_, name)| !name.is_empty() && !TEMPLATE.columns.contains(name))
        {
            let key = name.strip_prefix(DIMENSION).unwrap_or(name);
            let place = Place { row: 1, column: *column };
            if !self.declares(key, None) {
                let help = format!("declare it in the tab `Dimensions`, with the `dimensionKey` {}", quoted(key));
                found.error(Some(place), format!("the column {} is not declared", quoted(name)), Some(help));
            }
        }
        let rows: Vec<&Row> = table.rows().collect();
        let Some(row) = rows.first() else {
            found.error(Some(Place { row: 2, column: 0 }), "the template has no row", None);
            return;
        };
        for more in rows.iter().skip(1) {
            let place = Place { row: more.number, column: 0 };
            found.error(Some(place), "this is a second row, and a workbook holds one template", None);
        }
        for name in ["title", "product", "certification"] {
            required(table, row, name, found);
        }
        plain_title(table, row, "title", found);
        let services = table.text(row, "inScopeServices");
        let place = table.place(row, "inScopeServices");
        if services.trim().is_empty() {
            found.warning(place, "no service is in scope", Some("name them, with `;;` between them".to_owned()));
        } else {
            separators(services, place, found);
        }
    }

    fn controls(&self, table: &Table<'w>, found: &mut Findings<'_>) {
        table.check_header(&CONTROLS, found);
        table.check_cells(found);
        for (column, name) in
            table.header.iter().filter(|(_, name)| !name.is_empty() && !CONTROLS.columns.contains(name))
        {
            let place = Place { row: 1, column: *column };
            found.warning(Some(place), format!("the column {} is none of this tab", quoted(name)), None);
        }
        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        let mut count = 0;
        for row in table.rows() {
            count += 1;
            for name in ["controlName", "controlFamily"] {
                required(table, row, name, found);
            }
            for name in ["controlTitle", "controlDescription"] {
                if table.column(name).is_some() && table.text(row, name).trim().is_empty() {
                    found.warning(table.place(row, name), format!("the `{name}` is empty"), None);
                }
            }
            let (name, place) = (table.text(row, "controlName").trim(), table.place(row, "controlName"));
            if let Some(earlier) = first.get(name).filter(|_| !name.is_empty()) {
                let message = format!("the control {} stands in row {earlier} already", quoted(name));
                found.error(place, message, Some("a `controlName` is there once in a workbook".to_owned()));
            }
            first.entry(name).or_insert(row.number);
            if self.base_controls.contains(name) {
                let help = "an extension holds only what it adds".to_owned();
                found.error(place, format!("the control {} is one of the extended template", quoted(name)), Some(help));
            }
            self.cited(table, row, found);
        }
        if count == 0 {
            found.error(Some(Place { row: 2, column: 0 }), "there is no control", None);
        }
    }

    /// The titles of actions in a row of controls.
    fn cited(&self, table: &Table<'w>, row: &'w Row, found: &mut Findings<'_>) {
        let (text, place) = (table.text(row, "controlActionTitle"), table.place(row, "controlActionTitle"));
        if text.trim().is_empty() {
            let help = "every control needs at least one action".to_owned();
            found.error(place, "the control has no action", Some(help));
            return;
        }
        separators(text, place, found);
        let mut seen = BTreeSet::new();
        for part in text.split(SEPARATOR) {
            let title = part.trim();
            if title.len() != part.len() && !title.is_empty() {
                let help = "between two titles stands `;;` and nothing else".to_owned();
                found.error(place, format!("a space stands around the title {}", quoted(title)), Some(help));
            }
            if !title.is_empty() && !seen.insert(title) {
                found.error(place, format!("the action {} is named twice", quoted(title)), None);
            }
            if title.is_empty() || self.knows(title) {
                continue;
            }
            let titles = || self.titles.iter().chain(&self.base_titles).copied();
            let near = if found.are_many() { None } else { nearest(title, titles()) };
            let near = near.map(|near| format!("the nearest title is {}; else it", quoted(near)));
            let help =
                format!("{} must be one of another template, or of Microsoft's", near.as_deref().unwrap_or("it"));
            found.warning(place, format!("the action {} is not in this workbook", quoted(title)), Some(help));
        }
    }

    fn knows(&self, title: &str) -> bool {
        self.titles.contains(title) || self.base_titles.contains(title)
    }

    /// The titles that controls name.
    fn citations(&self) -> BTreeSet<&'w str> {
        let Some(table) = &self.controls else { return BTreeSet::new() };
        let cells = table.rows().map(|row| table.text(row, "controlActionTitle"));
        cells.flat_map(|cell| cell.split(SEPARATOR)).map(str::trim).collect()
    }

    fn actions(&self, table: &Table<'w>, found: &mut Findings<'_>) {
        table.check_header(&ACTIONS, found);
        table.check_cells(found);
        self.own_columns(table, found);
        let citations = self.citations();
        let mut first: BTreeMap<String, (&str, u32)> = BTreeMap::new();
        for row in table.rows() {
            for name in
                ["actionTitle", "implementationType", "actionScore", "actionDescriptionTitle", "actionDescription"]
            {
                required(table, row, name, found);
            }
            let (title, place) = (table.text(row, "actionTitle").trim(), table.place(row, "actionTitle"));
            plain_title(table, row, "actionTitle", found);
            if title.contains(SEPARATOR) {
                found.error(place, "a title cannot hold `;;`, which stands between titles", None);
            }
            match first.get(&title.to_lowercase()).filter(|_| !title.is_empty()) {
                Some((same, earlier)) if *same == title => {
                    let help = "a title is there once: it is what an action is known by".to_owned();
                    found.error(
                        place,
                        format!("the action {} stands in row {earlier} already", quoted(title)),
                        Some(help),
                    );
                }
                Some((other, earlier)) => {
                    let message = format!(
                        "the action differs from {} in row {earlier} only in the case of letters",
                        quoted(other)
                    );
                    found.warning(place, message, None);
                }
                None => {}
            }
            first.entry(title.to_lowercase()).or_insert((title, row.number));
            if !title.is_empty() && self.controls.is_some() && !citations.contains(title) {
                let help = "name it in a `controlActionTitle`, or take the row out".to_owned();
                found.error(place, format!("no control names the action {}", quoted(title)), Some(help));
            }
            if self.base_titles.contains(title) {
                let help = "an extension holds only what it adds".to_owned();
                found.error(place, format!("the action {} is one of the extended template", quoted(title)), Some(help));
            }
            values(table, row, found);
            self.renamed(table, row, &citations, found);
        }
    }

    /// The columns that become filters.
    fn own_columns(&self, table: &Table<'w>, found: &mut Findings<'_>) {
        let is_known = |name: &str| ACTIONS.columns.contains(&name) || name.starts_with(DIMENSION);
        for (column, name) in table.header.iter().filter(|(_, name)| !name.is_empty() && !is_known(name)) {
            let place = Some(Place { row: 1, column: *column });
            if *name == OLD_TITLE {
                if *column != 1 {
                    found.error(place, format!("the column `{OLD_TITLE}` is the second one, B"), None);
                }
                continue;
            }
            let help = format!("a column of your own is called `{DIMENSION}` and its key");
            found.error(place, format!("the column {} is unknown", quoted(name)), Some(help));
        }
        for (column, key) in table.dimensions() {
            let is_purpose = key.trim().eq_ignore_ascii_case(PURPOSE);
            for row in table.rows() {
                let Some(cell) = row.cell(column).filter(|c| !c.text.trim().is_empty()) else { continue };
                let value = cell.text.trim();
                if self.declares(key.trim(), Some(value)) || (is_purpose && purpose_of(value).is_some()) {
                    continue;
                }
                let place = Some(Place { row: row.number, column });
                let known = if is_purpose { suggestion(value, PURPOSES) } else { None };
                let help = format!("declare it in the tab `Dimensions`, with the `dimensionKey` {}", quoted(key));
                let message = format!("the value {} of {} is not declared", quoted(value), quoted(key));
                found.error(place, message, Some(known.unwrap_or(help)));
            }
        }
    }

    /// Whether the tab of dimensions has a key, or a value of it.
    fn declares(&self, key: &str, value: Option<&str>) -> bool {
        let values = self.declared.get(&key.to_lowercase());
        values.is_some_and(|values| value.is_none_or(|value| values.contains(&value.to_lowercase())))
    }

    /// A new title beside the old one.
    fn renamed(&self, table: &Table<'w>, row: &'w Row, citations: &BTreeSet<&str>, found: &mut Findings<'_>) {
        let (old, place) = (table.text(row, OLD_TITLE).trim(), table.place(row, OLD_TITLE));
        if old.is_empty() {
            return;
        }
        if old == table.text(row, "actionTitle").trim() {
            found.error(
                place,
                "the old title is the new one",
                Some("leave it empty where nothing is renamed".to_owned()),
            );
        } else if self.knows(old) {
            found.error(place, format!("the old title {} is that of an action of this workbook", quoted(old)), None);
        } else if citations.contains(old) {
            let help = "name the new title in every `controlActionTitle`".to_owned();
            found.error(place, format!("a control still names the old title {}", quoted(old)), Some(help));
        }
    }
}

/// The kind of work and the points of an action.
fn values(table: &Table<'_>, row: &Row, found: &mut Findings<'_>) {
    let cell = |name| table.column(name).and_then(|column| row.cell(column)).map_or("", |c| c.text.as_str());
    let word = cell("implementationType");
    if !word.is_empty() && type_of(word).is_none() {
        let message = format!("{} is no kind of work", quoted(word));
        found.error(table.place(row, "implementationType"), message, suggestion(word, TYPES));
    }
    let points = cell("actionScore").trim();
    if !points.is_empty() && points_of(points).is_none() {
        let message = format!("{} is no number of points", quoted(points));
        let help = format!("write a whole number from {} to {}", POINTS.start(), POINTS.end());
        found.error(table.place(row, "actionScore"), message, Some(help));
    }
}

fn dimensions(table: &Table<'_>, found: &mut Findings<'_>) {
    table.check_header(&DIMENSIONS, found);
    table.check_cells(found);
    let mut seen = BTreeSet::new();
    for row in table.rows() {
        for name in DIMENSIONS.columns {
            required(table, row, name, found);
        }
        let pair = (table.text(row, "dimensionKey").trim(), table.text(row, "dimensionValue").trim());
        if !seen.insert(pair) {
            found.warning(
                table.place(row, "dimensionKey"),
                format!("{} {} is declared twice", quoted(pair.0), quoted(pair.1)),
                None,
            );
        }
    }
}

/// That something has to stand under a name.
fn required(table: &Table<'_>, row: &Row, name: &str, found: &mut Findings<'_>) {
    let Some(column) = table.column(name) else { return };
    if row.cell(column).is_none_or(|cell| cell.text.trim().is_empty()) {
        let place = Place { row: row.number, column };
        let area = if found.are_many() { None } else { hidden(table.sheet, place) };
        found.error(Some(place), format!("the `{name}` is empty"), area);
    }
}

fn hidden(sheet: &Sheet, place: Place) -> Option<String> {
    sheet.hidden_by(place).map(|area| format!("it is merged into {area}, and only the first cell is read"))
}

/// A title is on one line, has no blank around it, and is English.
fn plain_title(table: &Table<'_>, row: &Row, name: &str, found: &mut Findings<'_>) {
    let Some(cell) = table.column(name).and_then(|column| row.cell(column)) else { return };
    let place = table.place(row, name);
    if cell.text.trim() != cell.text && !cell.text.trim().is_empty() {
        found.error(place, "a space stands before or after the title", None);
    }
    if cell.text.trim().contains(['\n', '\r', '\t']) {
        found.error(place, "the title has more than one line", None);
    }
    // Letters of other scripts than the Latin one.
    if let Some(letter) = cell.text.chars().find(|c| c.is_alphabetic() && u32::from(*c) > 0x24f) {
        let help = "titles have to be English".to_owned();
        found.warning(place, format!("the title has the letter {}", quoted(&letter.to_string())), Some(help));
    }
}

/// Between names stands `;;`, and nothing is left out.
fn separators(text: &str, place: Option<Place>, found: &mut Findings<'_>) {
    if text.split(SEPARATOR).any(|part| part.trim().is_empty()) {
        let help = "take out the `;;` that nothing stands before or after".to_owned();
        found.error(place, "a name between two `;;` is empty", Some(help));
    }
    if text.replace(SEPARATOR, "").contains(';') {
        let help = "between two names stands `;;`".to_owned();
        found.warning(place, "a single `;` stands here", Some(help));
    }
}
