//! A control catalogue: one framework edition with its groups and controls.

use super::allowance::{ALLOW, ALLOW_DOC, Allowance, allowances};
use super::names::{NAMES, Names, names};
use crate::choice::{Choice, choice};
use crate::diagnostic::Diagnostics;
use crate::id::{ControlId, FrameworkId, GroupId};
use crate::shape::{Entry, Kind, Shape, document, optional, required};
use crate::source::Spanned;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

choice! {
    /// Whether an edition is in force.
    pub enum FrameworkStatus {
        /// In force.
        Current = "current",
        /// Replaced or ended.
        Withdrawn = "withdrawn",
    }
}

choice! {
    /// What a control is.
    pub enum ControlKind {
        /// A requirement of clauses 4 to 10, which cannot be excluded.
        Clause = "clause",
        /// A control of Annex A, which the Statement of Applicability may exclude.
        AnnexA = "annex-a",
        /// A control, safeguard or outcome of a framework other than ISO/IEC 27001.
        Control = "control",
    }
}

/// A framework edition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Framework {
    /// Its id.
    pub id: Spanned<FrameworkId>,
    /// Its title.
    pub title: String,
    /// Its title in other languages.
    pub names: Names,
    /// The edition, as the publisher names it.
    pub edition: String,
    /// Who publishes it.
    pub publisher: String,
    /// Whether it is in force.
    pub status: FrameworkStatus,
    /// The edition that replaced it, which need not be in the library.
    pub superseded_by: Option<Spanned<FrameworkId>>,
    /// When it ended.
    pub withdrawn_on: Option<NaiveDate>,
    /// Its groups, in the order of the file.
    pub groups: Vec<Group>,
    /// Its controls in catalogue order: the order of the file.
    pub controls: Vec<Control>,
    /// Lints that are expected about it.
    pub(super) allowances: Vec<Allowance>,
}

/// A heading over controls: a clause, a domain, an objective, a theme.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: Spanned<GroupId>,
    /// Its title.
    pub title: String,
    /// Its title in other languages.
    pub names: Names,
    /// The heading above it.
    pub parent: Option<Spanned<GroupId>>,
}

/// A control or requirement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Control {
    /// Its id, as the standard writes it.
    pub id: Spanned<ControlId>,
    /// The heading it stands under.
    pub group: Spanned<GroupId>,
    /// Its short title; where the source gives only ids, the id.
    pub title: String,
    /// Its short title in other languages.
    pub names: Names,
    /// Clause or Annex A.
    pub kind: ControlKind,
    /// Whether the edition before had nothing like it.
    pub is_new: bool,
    /// What a reader should know.
    pub note: Option<String>,
    /// The ISO/IEC 27002 attributes, where the edition has them: name and values.
    pub attributes: Vec<(String, Vec<String>)>,
}

impl Control {
    /// The values of an attribute, if it has some.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&[String]> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, values)| values.as_slice())
    }
}

/// The attributes of ISO/IEC 27002:2022.
pub const ATTRIBUTES: [&str; 5] = ["control_type", "properties", "concepts", "capabilities", "domains"];

/// The shape of `controls/*.toml`.
pub static CATALOG: Shape = Shape {
    name: "catalogue",
    doc: "A control catalogue: one framework edition.",
    fields: &[
        required("framework", Kind::Table(&FRAMEWORK), "The framework edition."),
        optional("group", Kind::Tables(&GROUP), "The headings over controls."),
        required("control", Kind::Tables(&CONTROL), "The controls, in catalogue order."),
        optional("allow", Kind::Tables(&ALLOW), ALLOW_DOC),
    ],
};

static FRAMEWORK: Shape = Shape {
    name: "framework",
    doc: "The framework edition.",
    fields: &[
        required("id", Kind::Id, "The id by which templates and profiles name it."),
        required("title", Kind::Title, "The title as published."),
        optional("names", Kind::Table(&NAMES), "The title in other languages."),
        required("edition", Kind::Title, "The edition, such as `2013`."),
        required("publisher", Kind::Title, "Who publishes it."),
        required("status", Kind::Word(FrameworkStatus::WORDS), "Whether the edition is in force."),
        optional("superseded_by", Kind::Id, "The edition that replaced it."),
        optional("withdrawn_on", Kind::Date, "The day it ended."),
    ],
};

static GROUP: Shape = Shape {
    name: "group",
    doc: "A heading over controls.",
    fields: &[
        required("id", Kind::Id, "The id of the heading."),
        required("title", Kind::Title, "Its title."),
        optional("names", Kind::Table(&NAMES), "The title in other languages."),
        optional("parent", Kind::Id, "The heading above it."),
    ],
};

static CONTROL: Shape = Shape {
    name: "control",
    doc: "A control or requirement.",
    fields: &[
        required("id", Kind::Id, "The id as the standard writes it."),
        required("group", Kind::Id, "The heading it stands under."),
        optional("title", Kind::Title, "Its short title; without it the id is shown."),
        optional("names", Kind::Table(&NAMES), "The short title in other languages."),
        required(
            "kind",
            Kind::Word(ControlKind::WORDS),
            "A clause of ISO/IEC 27001, a control of its Annex A, or a control of another framework.",
        ),
        optional("new", Kind::Flag, "Whether the edition before had nothing like it."),
        optional("note", Kind::Text, "What a reader should know."),
        optional("control_type", Kind::Texts, "ISO/IEC 27002 attribute: preventive, detective, corrective."),
        optional("properties", Kind::Texts, "ISO/IEC 27002 attribute: information security properties."),
        optional("concepts", Kind::Texts, "ISO/IEC 27002 attribute: cybersecurity concepts."),
        optional("capabilities", Kind::Texts, "ISO/IEC 27002 attribute: operational capabilities."),
        optional("domains", Kind::Texts, "ISO/IEC 27002 attribute: security domains."),
    ],
};

/// Reads a catalogue; `None` if it lacks what everything else hangs on.
pub fn read(text: &str, file: u32, faults: &mut Diagnostics) -> Option<Framework> {
    document(text, file, &CATALOG, faults, |top, _| {
        let framework = top.table("framework")?;
        Some(Framework {
            id: framework.id("id", FrameworkId::new)?,
            title: framework.string("title")?,
            names: names(&framework),
            edition: framework.string("edition").unwrap_or_default(),
            publisher: framework.string("publisher").unwrap_or_default(),
            status: framework.word("status").map_or(FrameworkStatus::Current, |s| s.value),
            superseded_by: framework.id("superseded_by", FrameworkId::new),
            withdrawn_on: framework.date("withdrawn_on").map(|d| d.value),
            groups: top.tables("group").filter_map(|g| group(&g)).collect(),
            controls: top.tables("control").filter_map(|c| control(&c)).collect(),
            allowances: allowances(&top),
        })
    })?
}

fn group(entry: &Entry<'_, '_>) -> Option<Group> {
    Some(Group {
        id: entry.id("id", GroupId::new)?,
        title: entry.string("title")?,
        names: names(entry),
        parent: entry.id("parent", GroupId::new),
    })
}

fn control(entry: &Entry<'_, '_>) -> Option<Control> {
    let attribute = |name: &&str| {
        let values = entry.strings(name);
        (!values.is_empty()).then(|| ((*name).to_owned(), values))
    };
    let id = entry.id("id", ControlId::new)?;
    Some(Control {
        title: entry.string("title").unwrap_or_else(|| id.value.as_str().to_owned()),
        id,
        names: names(entry),
        group: entry.id("group", GroupId::new)?,
        kind: entry.word("kind")?.value,
        is_new: entry.flag("new").unwrap_or(false),
        note: entry.string("note"),
        attributes: ATTRIBUTES.iter().filter_map(attribute).collect(),
    })
}
