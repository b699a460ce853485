//! A template: which actions serve which controls of one framework.

use super::allowance::{ALLOW, ALLOW_DOC, Allowance, allowances};
use super::names::{NAMES, Names, names};
use crate::diagnostic::Diagnostics;
use crate::id::{ActionId, ControlId, FrameworkId, ProviderId, TemplateId};
use crate::shape::{Entry, Kind, Shape, document, optional, required};
use crate::source::Spanned;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A template.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Template {
    /// Its id, such as `microsoft-cloud/iso-27001-2013`.
    pub id: Spanned<TemplateId>,
    /// Its title.
    pub title: String,
    /// Its title in other languages.
    pub names: Names,
    /// The framework whose controls it maps.
    pub framework: Spanned<FrameworkId>,
    /// The provider whose services it is for.
    pub provider: Spanned<ProviderId>,
    /// The product it is for, as Compliance Manager calls it.
    pub product: Option<String>,
    /// The certification it is for, as Compliance Manager calls it.
    pub certification: Option<String>,
    /// Its version: the day it was last changed.
    pub version: NaiveDate,
    /// The mapping; a control may stand in it more than once.
    pub map: Vec<Mapping>,
    /// Lints that are expected about it.
    pub(super) allowances: Vec<Allowance>,
}

/// Actions that serve one control.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mapping {
    /// The control.
    pub control: Spanned<ControlId>,
    /// The actions.
    pub actions: Vec<Spanned<ActionId>>,
}

/// The shape of `templates/<provider>/<template>.toml`.
pub static TEMPLATE_FILE: Shape = Shape {
    name: "template file",
    doc: "A template: the mapping of actions to the controls of one framework.",
    fields: &[
        required("template", Kind::Table(&TEMPLATE), "The template."),
        optional("map", Kind::Tables(&MAP), "The mapping, the only place that ties actions to controls."),
        optional("allow", Kind::Tables(&ALLOW), ALLOW_DOC),
    ],
};

static TEMPLATE: Shape = Shape {
    name: "template",
    doc: "The template.",
    fields: &[
        required("id", Kind::Id, "The id by which profiles name it."),
        required("title", Kind::Title, "The title."),
        optional("names", Kind::Table(&NAMES), "The title in other languages."),
        required("framework", Kind::Id, "The framework whose controls it maps."),
        required("provider", Kind::Id, "The provider whose services it is for."),
        optional("product", Kind::Text, "The product, as Compliance Manager calls it."),
        optional("certification", Kind::Text, "The certification, as Compliance Manager calls it."),
        required("version", Kind::Date, "The day of its last change."),
    ],
};

static MAP: Shape = Shape {
    name: "mapping",
    doc: "Actions that serve one control.",
    fields: &[
        required("control", Kind::Id, "The control."),
        required("actions", Kind::Ids, "The actions that serve it."),
    ],
};

/// Reads a template; `None` if it lacks what everything else hangs on.
pub fn read(text: &str, file: u32, faults: &mut Diagnostics) -> Option<Template> {
    document(text, file, &TEMPLATE_FILE, faults, |top, _| {
        let head = top.table("template")?;
        Some(Template {
            id: head.id("id", TemplateId::new)?,
            title: head.string("title")?,
            names: names(&head),
            framework: head.id("framework", FrameworkId::new)?,
            provider: head.id("provider", ProviderId::new)?,
            product: head.string("product"),
            certification: head.string("certification"),
            version: head.date("version")?.value,
            map: top.tables("map").filter_map(|m| mapping(&m)).collect(),
            allowances: allowances(&top),
        })
    })?
}

fn mapping(entry: &Entry<'_, '_>) -> Option<Mapping> {
    Some(Mapping { control: entry.id("control", ControlId::new)?, actions: entry.ids("actions", ActionId::new) })
}
