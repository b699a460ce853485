//! A crosswalk: how the controls of one framework relate to those of another.
//!
//! The words are those of NIST IR 8477 (set theory relationship mapping): each control is taken as
//! the set of what it asks, and a relation says how two such sets lie to each other.

use super::allowance::{ALLOW, ALLOW_DOC, Allowance, allowances};
use crate::choice::{Choice, choice};
use crate::diagnostic::Diagnostics;
use crate::id::{ControlId, CrosswalkId, FrameworkId};
use crate::points::BasisPoints;
use crate::shape::{Entry, Kind, Shape, document, optional, required};
use crate::source::Spanned;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

choice! {
    /// How what one control asks lies to what another asks.
    pub enum RelationKind {
        /// Both ask the same.
        Equal = "equal",
        /// All that `from` asks, `to` asks as well, and more.
        Subset = "subset",
        /// All that `to` asks, `from` asks as well, and more.
        Superset = "superset",
        /// They have something in common, and each asks something of its own.
        Intersects = "intersects",
    }
}

impl RelationKind {
    /// The same relation, read from its other end.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Subset => Self::Superset,
            Self::Superset => Self::Subset,
            Self::Equal | Self::Intersects => self,
        }
    }
}

choice! {
    /// How well a relation is founded.
    pub enum RelationStatus {
        /// Stated by the owner of a framework, or the same in all sources.
        Confirmed = "confirmed",
        /// Stated by one public source, or differently by several.
        Unconfirmed = "unconfirmed",
    }
}

/// Relations between the controls of two frameworks.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Crosswalk {
    /// Its id.
    pub id: Spanned<CrosswalkId>,
    /// Its title.
    pub title: String,
    /// The framework that the relations start from.
    pub from: Spanned<FrameworkId>,
    /// The framework that they lead to.
    pub to: Spanned<FrameworkId>,
    /// Where the relations come from.
    pub source: String,
    /// As of when.
    pub as_of: Option<NaiveDate>,
    /// The relations, in the order of the file.
    pub relations: Vec<Relation>,
    /// Lints that are expected about it.
    pub(super) allowances: Vec<Allowance>,
}

/// How one control relates to another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Relation {
    /// The control of the framework `from`.
    pub from: Spanned<ControlId>,
    /// The control of the framework `to`.
    pub to: Spanned<ControlId>,
    /// How they lie to each other.
    pub kind: RelationKind,
    /// The share of `to` that `from` covers, where a source states it.
    pub strength: Option<BasisPoints>,
    /// How well it is founded.
    pub status: RelationStatus,
    /// What a reader should know.
    pub note: Option<String>,
}

/// The shape of `controls/crosswalk/*.toml`.
pub static CROSSWALK_FILE: Shape = Shape {
    name: "crosswalk file",
    doc: "A crosswalk: how the controls of one framework relate to those of another, in the words of NIST IR 8477.",
    fields: &[
        required("crosswalk", Kind::Table(&CROSSWALK), "The crosswalk."),
        optional("allow", Kind::Tables(&ALLOW), ALLOW_DOC),
    ],
};

static CROSSWALK: Shape = Shape {
    name: "crosswalk",
    doc: "The crosswalk.",
    fields: &[
        required("id", Kind::Id, "The id, unique over the library."),
        required("title", Kind::Title, "The title."),
        required("from", Kind::Id, "The framework that the relations start from."),
        required("to", Kind::Id, "The framework that they lead to."),
        required("source", Kind::Title, "Where the relations come from."),
        optional("as_of", Kind::Date, "The day as of which the source was read."),
        optional(
            "status",
            Kind::Word(RelationStatus::WORDS),
            "How well a relation is founded that does not say so itself; `unconfirmed` by default.",
        ),
        required("relations", Kind::Tables(&RELATION), "The relations."),
    ],
};

static RELATION: Shape = Shape {
    name: "relation",
    doc: "How one control relates to another.",
    fields: &[
        required("from", Kind::Id, "The control of the framework `from`."),
        required("to", Kind::Id, "The control of the framework `to`."),
        required("relation", Kind::Word(RelationKind::WORDS), "How what `from` asks lies to what `to` asks."),
        optional("strength", Kind::Decimal(1, 4), "The share of `to` that `from` covers, where a source states it."),
        optional("status", Kind::Word(RelationStatus::WORDS), "How well it is founded."),
        optional("note", Kind::Text, "What a reader should know."),
    ],
};

/// Reads a crosswalk; `None` if it lacks what everything else hangs on.
pub fn read(text: &str, file: u32, faults: &mut Diagnostics) -> Option<Crosswalk> {
    document(text, file, &CROSSWALK_FILE, faults, |top, _| {
        let head = top.table("crosswalk")?;
        let status = head.word("status").map_or(RelationStatus::Unconfirmed, |s| s.value);
        Some(Crosswalk {
            id: head.id("id", CrosswalkId::new)?,
            title: head.string("title")?,
            from: head.id("from", FrameworkId::new)?,
            to: head.id("to", FrameworkId::new)?,
            source: head.string("source").unwrap_or_default(),
            as_of: head.date("as_of").map(|d| d.value),
            relations: head.tables("relations").filter_map(|r| relation(&r, status)).collect(),
            allowances: allowances(&top),
        })
    })?
}

fn relation(entry: &Entry<'_, '_>, status: RelationStatus) -> Option<Relation> {
    let strength = entry.decimal("strength", 4).and_then(|s| u16::try_from(s.value).ok());
    Some(Relation {
        from: entry.id("from", ControlId::new)?,
        to: entry.id("to", ControlId::new)?,
        kind: entry.word("relation")?.value,
        strength: strength.map(BasisPoints::new),
        status: entry.word("status").map_or(status, |s| s.value),
        note: entry.string("note"),
    })
}
