//! The map file of an import: which ids of a source stand for which actions, and what its columns mean.
//!
//! A source that annexa knows needs none, for the library names its checks. A table of one's own, or a
//! scanner that the library does not know, is declared here once and imported every week.

use crate::choice::{Choice, choice};
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics, quoted, suggestion};
use crate::id::ActionIdx;
use crate::library::Library;
use crate::shape::{Entry, Kind, Shape, document, optional, required};
use crate::source::Spanned;
use std::collections::BTreeMap;

/// What a map file says.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// The actions that an id of the source stands for, lowercase; none leaves its rows out.
    actions: BTreeMap<String, Vec<ActionIdx>>,
    /// How places of the source are called in the profile.
    places: BTreeMap<String, String>,
    /// How groups of the source are called in the profile.
    groups: BTreeMap<String, String>,
    /// What a table of one's own holds.
    pub(super) table: Option<TableMap>,
}

/// What the columns of a table mean.
#[derive(Clone, Debug, Default)]
pub(super) struct TableMap {
    /// What separates its columns; seen in the header without it.
    pub(super) separator: Option<u8>,
    /// The kind of the signals in the column `signal`.
    pub(super) kind: Option<String>,
    /// How days are written, as `strftime` has it.
    pub(super) date_format: Option<String>,
    /// The column of each field.
    pub(super) columns: Vec<(Field, String)>,
    /// What the words of the table mean, by field and lowercase word.
    pub(super) values: BTreeMap<(Field, String), String>,
}

choice! {
    /// What a column of a table may hold.
    pub enum Field {
        /// What the table calls the row; shown in reports, and found by the map.
        Id = "id",
        /// The id of an action.
        Action = "action",
        /// The title of an action.
        Title = "title",
        /// The id of an automatic check.
        Signal = "signal",
        /// The group of assessments.
        Group = "group",
        /// The place: a subscription, a site.
        Place = "place",
        /// How far it is put into practice.
        Implementation = "implementation",
        /// The day it was done.
        ImplementedOn = "implemented_on",
        /// What a test showed.
        Test = "test",
        /// The day it was tested.
        TestedOn = "tested_on",
        /// Who tested: `manual` or `automatic`.
        TestSource = "test_source",
        /// How much of an automatic check holds, from 0 to 1 or with a percent sign.
        Fraction = "fraction",
        /// Who works on it.
        AssignedTo = "assigned_to",
        /// The day it is due.
        DueOn = "due_on",
        /// Anything a reader should know.
        Notes = "notes",
        /// The address of what can be shown.
        EvidenceUrl = "evidence_url",
        /// Its title.
        EvidenceTitle = "evidence_title",
        /// The last day on which it holds.
        EvidenceValidTo = "evidence_valid_to",
    }
}

/// The shape of a map file.
pub static IMPORT_MAP: Shape = Shape {
    name: "import map",
    doc: "Which ids of a source stand for which actions, what its places are called, and what the columns of a table mean.",
    fields: &[
        optional("match", Kind::Tables(&MATCH), "What ids of the source stand for, beside what the library names."),
        optional("place", Kind::Tables(&PLACE), "How places of the source are called in the profile."),
        optional("group", Kind::Tables(&GROUP), "How groups of the source are called in the profile."),
        optional("table", Kind::Table(&TABLE), "What the columns of a CSV file mean."),
    ],
};

static MATCH: Shape = Shape {
    name: "match",
    doc: "What an id of the source stands for.",
    fields: &[
        required(
            "id",
            Kind::Title,
            "The id or the title, as the source has it; with or without its kind, as in `scuba:`.",
        ),
        optional("actions", Kind::Ids, "The actions; they take the place of those that the library names."),
        optional("ignore", Kind::Flag, "Whether its rows are left out on purpose."),
    ],
};

static PLACE: Shape = Shape {
    name: "place",
    doc: "How a place of the source is called in the profile.",
    fields: &[
        required("id", Kind::Title, "What the source calls it: the id of a subscription, say."),
        required("name", Kind::Title, "The name of the instance in the profile."),
    ],
};

static GROUP: Shape = Shape {
    name: "group",
    doc: "How a group of the source is called in the profile.",
    fields: &[
        required("id", Kind::Title, "What the source calls it, such as `Default Group`."),
        required("name", Kind::Title, "The group of an assessment of the profile."),
    ],
};

static TABLE: Shape = Shape {
    name: "table",
    doc: "What the columns of a CSV file mean.",
    fields: &[
        optional("separator", Kind::Title, "One character; without it, the one that the header row has most of."),
        optional("signal_kind", Kind::Title, "The kind of the ids in the column of `signal`, such as `secure-score`."),
        optional(
            "date_format",
            Kind::Title,
            "How days are written, as in `%d.%m.%Y`; without it, as in 2026-06-19 or 6/19/2026.",
        ),
        required("columns", Kind::Tables(&COLUMN), "The columns that are read."),
        optional("values", Kind::Tables(&VALUE), "What the words of the table mean."),
    ],
};

static COLUMN: Shape = Shape {
    name: "column",
    doc: "A column and what it holds.",
    fields: &[
        required("name", Kind::Title, "The name in the header row."),
        required("field", Kind::Word(Field::WORDS), "What it holds."),
    ],
};

static VALUE: Shape = Shape {
    name: "value",
    doc: "A word of the table and what it means.",
    fields: &[
        required("field", Kind::Word(Field::WORDS), "The field in whose column it stands."),
        required("from", Kind::Title, "The word in the table, letters of either case alike."),
        required("to", Kind::Title, "The word of a profile, such as `implemented` or `passed`."),
    ],
};

impl Map {
    /// Reads a map file against the library.
    ///
    /// # Errors
    /// All faults of the text.
    pub fn read(text: &str, file: u32, library: &Library) -> Result<Checked<Self>, Diagnostics> {
        let mut faults = Diagnostics::new();
        let map = document(text, file, &IMPORT_MAP, &mut faults, |top, faults| {
            let mut reading = Reading { library, faults, map: Self::default() };
            top.tables("match").for_each(|entry| reading.matched(&entry));
            reading.map.places = names(&top, "place");
            reading.map.groups = names(&top, "group");
            reading.map.table = top.table("table").map(|entry| reading.table(&entry));
            reading.map
        });
        match map {
            Some(map) => faults.into_result(map),
            None => Err(faults),
        }
    }

    /// The actions that a name of the source stands for, where the map has it: by the whole, or without
    /// its kind.
    #[must_use]
    pub fn actions(&self, name: &str) -> Option<&[ActionIdx]> {
        let name = name.to_lowercase();
        let bare = || name.split_once(':').and_then(|(_, id)| self.actions.get(id));
        self.actions.get(&name).or_else(bare).map(Vec::as_slice)
    }

    /// How a place of the source is called in the profile.
    pub(super) fn place<'a>(&'a self, id: &'a str) -> &'a str {
        self.places.get(&id.to_lowercase()).map_or(id, String::as_str)
    }

    /// How a group of the source is called in the profile.
    #[must_use]
    pub fn group<'a>(&'a self, id: &'a str) -> &'a str {
        self.groups.get(&id.to_lowercase()).map_or(id, String::as_str)
    }
}

/// What each id of a list is called, by its lowercase.
fn names(top: &Entry<'_, '_>, list: &str) -> BTreeMap<String, String> {
    top.tables(list).filter_map(|entry| Some((entry.string("id")?.to_lowercase(), entry.string("name")?))).collect()
}

struct Reading<'l, 'f> {
    library: &'l Library,
    faults: &'f mut Diagnostics,
    map: Map,
}

impl Reading<'_, '_> {
    fn matched(&mut self, entry: &Entry<'_, '_>) {
        let Some(id) = entry.text("id") else { return };
        let mut actions = Vec::new();
        for wanted in entry.ids("actions", |id| Some(id.to_owned())) {
            match self.library.find_action(&wanted.value) {
                Some(found) => actions.push(found),
                None => self.unknown_action(&wanted),
            }
        }
        let is_ignored = entry.flag("ignore").unwrap_or(false);
        if actions.is_empty() != is_ignored && !self.faults.has_errors() {
            let message = format!("the match of {} names no action to take, or both", quoted(id.value));
            let fault =
                Diagnostic::new(Code::MissingKey, message).at(entry.span(), "either `actions` or `ignore = true`");
            self.faults.push(fault.help("write `actions = [\"...\"]`, or `ignore = true` to leave its rows out"));
        }
        if self.map.actions.insert(id.value.trim().to_lowercase(), actions).is_some() {
            let message = format!("{} is matched twice", quoted(id.value));
            self.faults.push(Diagnostic::new(Code::DuplicateId, message).at(id.span, "again here"));
        }
    }

    fn unknown_action(&mut self, wanted: &Spanned<String>) {
        let message = format!("no action {} in the library", quoted(&wanted.value));
        let known = self.library.actions().iter().map(|a| a.id.value.as_str());
        let fault = Diagnostic::new(Code::UnknownAction, message).at(wanted.span, "no such action");
        self.faults.push(fault.maybe_help(suggestion(&wanted.value, known)));
    }

    fn table(&mut self, entry: &Entry<'_, '_>) -> TableMap {
        let separator = entry.text("separator").and_then(|text| self.separator(&text));
        let columns = entry
            .tables("columns")
            .filter_map(|column| Some((column.word::<Field>("field")?.value, column.string("name")?)));
        let values = entry.tables("values").filter_map(|value| {
            Some((
                (value.word::<Field>("field")?.value, value.string("from")?.trim().to_lowercase()),
                value.string("to")?,
            ))
        });
        let (columns, values) = (columns.collect::<Vec<_>>(), values.collect());
        let names_actions = [Field::Action, Field::Title, Field::Signal, Field::Id];
        if !columns.iter().any(|(field, _)| names_actions.contains(field)) && !self.faults.has_errors() {
            let fault = Diagnostic::new(Code::MissingKey, "no column says which action a row is about");
            let help =
                "add a column with the field `action`, `title` or `signal`, or `id` and a `[[match]]` for each id";
            self.faults.push(fault.at(entry.span(), "in this table").help(help));
        }
        TableMap {
            separator,
            kind: entry.string("signal_kind"),
            date_format: entry.string("date_format"),
            columns,
            values,
        }
    }

    fn separator(&mut self, text: &Spanned<&str>) -> Option<u8> {
        match text.value.as_bytes() {
            [byte] if byte.is_ascii() && *byte != b'"' => Some(*byte),
            _ => {
                let message = format!("{} is no separator", quoted(text.value));
                let fault =
                    Diagnostic::new(Code::UnknownValue, message).at(text.span, "one plain character is expected");
                self.faults.push(fault.help("write `\",\"`, `\";\"` or `\"\\t\"`"));
                None
            }
        }
    }
}
