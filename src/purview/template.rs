//! A template workbook as plain data: what a template is when it travels.

use super::layout::{ACTIONS, CONTROLS, DIMENSIONS, PURPOSE, SEPARATOR, TEMPLATE};
use super::table::Table;
use crate::library::{ActionType, Purpose};
use crate::sheet::{Sheet, Workbook};

/// A template workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateBook {
    pub(super) title: String,
    pub(super) product: String,
    pub(super) certification: String,
    /// The names of the services in scope.
    pub(super) services: Vec<String>,
    pub(super) controls: Vec<ControlLine>,
    pub(super) actions: Vec<ActionLine>,
}

/// A row of the tab with controls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ControlLine {
    pub(super) name: String,
    pub(super) family: String,
    pub(super) title: String,
    pub(super) description: String,
    /// The titles of the actions that serve it.
    pub(super) actions: Vec<String>,
}

/// A row of the tab with actions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ActionLine {
    pub(super) title: String,
    pub(super) action_type: Option<ActionType>,
    pub(super) points: Option<u8>,
    pub(super) description_title: String,
    pub(super) description: String,
    pub(super) purpose: Option<Purpose>,
    /// Its other dimensions, by key, and what stands there.
    pub(super) others: Vec<(String, String)>,
}

/// A sheet to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSheet {
    /// Its name.
    pub name: &'static str,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Value>>,
}

/// What stands in a cell that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, whatever it starts with.
    Text(String),
    /// A whole number.
    Number(u8),
}

impl TemplateBook {
    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How many controls it has.
    #[must_use]
    pub fn controls(&self) -> usize {
        self.controls.len()
    }

    /// How many actions it has.
    #[must_use]
    pub fn actions(&self) -> usize {
        self.actions.len()
    }

    /// The most points that can be had: each action counts once.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.actions.iter().filter_map(|a| a.points).map(u64::from).sum()
    }

    /// The sheets of the workbook, in the order of its tabs.
    #[must_use]
    pub fn sheets(&self) -> Vec<TemplateSheet> {
        let text = |text: &str| Value::Text(text.to_owned());
        let template = vec![vec![
            text(&self.title),
            text(&self.product),
            text(&self.certification),
            text(&self.services.join(SEPARATOR)),
        ]];
        let control = |c: &ControlLine| {
            let actions = text(&c.actions.join(SEPARATOR));
            vec![text(&c.name), text(&c.family), text(&c.title), text(&c.description), actions]
        };
        let action = |a: &ActionLine| {
            vec![
                text(&a.title),
                text(a.action_type.map_or("", type_word)),
                a.points.map_or_else(|| text(""), Value::Number),
                text(&a.description_title),
                text(&a.description),
                text(a.purpose.map_or("", purpose_word)),
            ]
        };
        let own = [format!("dimension-{PURPOSE}")];
        let sheet = |tab: &super::Tab, own: &[String], rows: Vec<Vec<Value>>| TemplateSheet {
            name: tab.name,
            columns: tab.columns.iter().map(|c| (*c).to_owned()).chain(own.iter().cloned()).collect(),
            rows,
        };
        vec![
            sheet(&TEMPLATE, &[], template),
            sheet(&CONTROLS, &[], self.controls.iter().map(control).collect()),
            sheet(&ACTIONS, &own, self.actions.iter().map(action).collect()),
            sheet(&DIMENSIONS, &[], self.dimensions()),
        ]
    }

    /// The values that filters have.
    fn dimensions(&self) -> Vec<Vec<Value>> {
        let row = |key: &str, value: &str| vec![Value::Text(key.to_owned()), Value::Text(value.to_owned())];
        let mut rows = vec![row("product", &self.product), row("certification", &self.certification)];
        for purpose in [Purpose::Preventative, Purpose::Detective, Purpose::Corrective] {
            if self.actions.iter().any(|a| a.purpose == Some(purpose)) {
                rows.push(row(PURPOSE, purpose_word(purpose)));
            }
        }
        rows
    }

    /// What a workbook holds; what it lacks is empty.
    pub(super) fn read(book: &Workbook) -> Self {
        let mut read = Self::default();
        if let Some(table) = book.sheet(TEMPLATE.name).map(Table::new)
            && let Some(row) = table.rows().next()
        {
            let text = |name| table.text(row, name).trim().to_owned();
            (read.title, read.product, read.certification) = (text("title"), text("product"), text("certification"));
            read.services = parts(table.text(row, "inScopeServices")).map(str::to_owned).collect();
        }
        read.controls = book.sheet(CONTROLS.name).map(controls).unwrap_or_default();
        read.actions = book.sheet(ACTIONS.name).map(actions).unwrap_or_default();
        read
    }
}

/// The titles or names in one cell.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATOR).map(str::trim).filter(|part| !part.is_empty())
}

fn controls(sheet: &Sheet) -> Vec<ControlLine> {
    let table = Table::new(sheet);
    let line = |row| {
        let text = |name| table.text(row, name).trim().to_owned();
        ControlLine {
            name: text("controlName"),
            family: text("controlFamily"),
            title: text("controlTitle"),
            description: text("controlDescription"),
            actions: parts(table.text(row, "controlActionTitle")).map(str::to_owned).collect(),
        }
    };
    table.rows().map(line).collect()
}

fn actions(sheet: &Sheet) -> Vec<ActionLine> {
    let table = Table::new(sheet);
    let line = |row| {
        let text = |name| table.text(row, name).trim().to_owned();
        let mut line = ActionLine {
            title: text("actionTitle"),
            action_type: type_of(&text("implementationType")),
            points: points_of(&text("actionScore")),
            description_title: text("actionDescriptionTitle"),
            description: text("actionDescription"),
            purpose: None,
            others: Vec::new(),
        };
        for (column, key) in table.dimensions() {
            let value = row_text(row, column);
            if key.trim().eq_ignore_ascii_case(PURPOSE) {
                line.purpose = purpose_of(value);
            } else if !value.is_empty() {
                line.others.push((key.trim().to_owned(), value.to_owned()));
            }
        }
        line
    };
    table.rows().map(line).collect()
}

fn row_text(row: &crate::sheet::Row, column: u32) -> &str {
    row.cell(column).map_or("", |cell| cell.text.trim())
}

/// The word for a kind of work.
pub(super) fn type_word(action_type: ActionType) -> &'static str {
    match action_type {
        ActionType::Operational => "Operational",
        ActionType::Technical => "Technical",
        ActionType::Documentation => "Documentation",
    }
}

/// The kind of work of exactly this word.
pub(super) fn type_of(word: &str) -> Option<ActionType> {
    let all = [ActionType::Operational, ActionType::Technical, ActionType::Documentation];
    all.into_iter().find(|t| type_word(*t) == word)
}

/// The word for a purpose.
pub(super) fn purpose_word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Preventative => "Preventative",
        Purpose::Detective => "Detective",
        Purpose::Corrective => "Corrective",
    }
}

/// The purpose of a word, whatever its case.
pub(super) fn purpose_of(word: &str) -> Option<Purpose> {
    let all = [Purpose::Preventative, Purpose::Detective, Purpose::Corrective];
    let found = all.into_iter().find(|p| purpose_word(*p).eq_ignore_ascii_case(word));
    found.or_else(|| word.eq_ignore_ascii_case("preventive").then_some(Purpose::Preventative))
}

/// Points: a whole number that an action may have.
pub(super) fn points_of(text: &str) -> Option<u8> {
    let is_plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let points = if is_plain { text.parse().ok() } else { None };
    points.filter(|points| super::layout::POINTS.contains(points))
}
