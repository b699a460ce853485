//! A catalogue to `controls/<framework>.toml`.
//!
//! Ids are those of the property `label` where it can be one, titles the titles; no prose is carried, for
//! the texts of most catalogues are not free. Nested controls stand under the group of the control above,
//! withdrawn ones are left out. What annexa wrote comes back whole.

use super::write::{Page, file_name, one_line, slug};
use super::{Left, LibraryDraft};
use crate::choice::Choice;
use crate::diagnostic::quoted;
use crate::id::check;
use crate::library::{ATTRIBUTES, ControlKind, FrameworkStatus, Language};
use crate::oscal_text::words::{LABEL, about, catalog};
use crate::oscal_text::{Document, Part, token};
use std::collections::BTreeSet;

/// The group of controls that stand under none.
const REST: &str = "controls";

/// A catalogue, read.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub(super) id: String,
    pub(super) title: String,
    version: String,
    names: Names,
    edition: String,
    publisher: String,
    status: &'static str,
    superseded_by: Option<String>,
    withdrawn_on: Option<String>,
    groups: Vec<Group>,
    pub(super) controls: Vec<Control>,
    left: Vec<Left>,
}

type Names = Vec<(String, String)>;

#[derive(Debug)]
struct Group {
    position: u64,
    id: String,
    title: String,
    names: Names,
    parent: Option<String>,
}

/// A control.
#[derive(Debug)]
pub(super) struct Control {
    position: u64,
    pub(super) id: String,
    /// Its id in the document.
    pub(super) token: String,
    group: String,
    title: Option<String>,
    names: Names,
    kind: &'static str,
    is_new: bool,
    note: Option<String>,
    attributes: Vec<(&'static str, Vec<String>)>,
}

/// Reads a catalogue; nothing if it lacks what everything else hangs on, which is told.
pub(super) fn draft(document: &Document<'_>, framework: Option<&str>) -> Option<Catalog> {
    let body = document.body();
    let metadata = body.part("metadata")?;
    let title = one_line(metadata.needed("title")?);
    let id = framework.or(metadata.own(about::FRAMEWORK)).map(str::to_owned).or_else(|| slug(&title));
    let id = id.unwrap_or_else(|| "catalog".to_owned());
    if let Some(why) = check(&id) {
        metadata.fault("title", format!("{} cannot be the id of the framework: {why}", quoted(&id)), None);
        return None;
    }
    let own = |name| metadata.own(name).map(str::to_owned);
    let edition = metadata.own(catalog::EDITION).or(metadata.text("version"));
    let mut read = Reading {
        is_own: metadata.own(about::FRAMEWORK).is_some(),
        groups: BTreeSet::new(),
        controls: BTreeSet::new(),
        catalog: Catalog {
            id,
            title,
            version: metadata.text("version").unwrap_or("unknown").to_owned(),
            names: names(&metadata),
            edition: one_line(edition.unwrap_or("unknown")),
            publisher: own(catalog::PUBLISHER).unwrap_or_else(|| publisher(&metadata)),
            status: word::<FrameworkStatus>(metadata.own(catalog::STATUS)).unwrap_or(FrameworkStatus::Current).word(),
            superseded_by: own(catalog::SUPERSEDED_BY).filter(|id| check(id).is_none()),
            withdrawn_on: own(catalog::WITHDRAWN_ON).filter(|day| is_day(day)),
            ..Catalog::default()
        },
    };
    read.inside(&body, None);
    let mut catalog = read.catalog;
    // What has no position keeps its place in the document.
    catalog.groups.sort_by_key(|group| group.position);
    catalog.controls.sort_by_key(|control| control.position);
    if catalog.controls.is_empty() {
        document.fault(body.start(), "the catalogue has no control to take".to_owned(), "this catalogue", None);
    }
    Some(catalog)
}

/// Who publishes it: the first party that is an organization, else the first of all.
fn publisher(metadata: &Part<'_>) -> String {
    let parties = metadata.parts("parties");
    let organization = parties.iter().find(|party| party.text("type") == Some("organization"));
    organization.or(parties.first()).and_then(|party| party.text("name")).map_or_else(|| "unknown".to_owned(), one_line)
}

fn word<T: Choice>(text: Option<&str>) -> Option<T> {
    text.and_then(T::from_word)
}

fn is_day(text: &str) -> bool {
    chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|day| day.to_string() == text)
}

fn names(part: &Part<'_>) -> Names {
    let props = part.props();
    let name = |word: &&str| {
        let found = props.iter().find(|p| p.is_own && p.name == catalog::NAME && p.class == Some(word))?;
        Some(((*word).to_owned(), found.value.to_owned()))
    };
    Language::WORDS.iter().filter_map(name).collect()
}

struct Reading {
    /// Whether annexa wrote the document.
    is_own: bool,
    groups: BTreeSet<String>,
    controls: BTreeSet<String>,
    catalog: Catalog,
}

impl Reading {
    /// Takes the groups and controls in an object, which stand under the group above.
    fn inside(&mut self, part: &Part<'_>, above: Option<&str>) {
        for group in part.parts("groups") {
            if let Some(id) = self.group(&group, above) {
                self.inside(&group, Some(&id));
            }
        }
        for control in part.parts("controls") {
            self.control(&control, above);
        }
    }

    fn group(&mut self, part: &Part<'_>, above: Option<&str>) -> Option<String> {
        let title = one_line(part.needed("title")?);
        let token = part.text("id").map(str::to_owned).or_else(|| slug(&title));
        let id = id_of(part, token.as_deref(), &self.groups)?;
        self.groups.insert(id.clone());
        self.catalog.groups.push(Group {
            position: position(part),
            id: id.clone(),
            title,
            names: names(part),
            parent: above.map(str::to_owned),
        });
        Some(id)
    }

    fn control(&mut self, part: &Part<'_>, above: Option<&str>) {
        let Some(token) = part.needed("id") else { return };
        if let Some(why) = withdrawn(part) {
            self.catalog.left.push(Left { at: part.start(), id: token.to_owned(), why });
        } else if let Some(id) = id_of(part, Some(token), &self.controls) {
            self.controls.insert(id.clone());
            let group = above.map_or_else(|| self.rest(), str::to_owned);
            let control = self.taken(part, id, group, token);
            self.catalog.controls.push(control);
        }
        for inner in part.parts("controls") {
            self.control(&inner, above);
        }
    }

    fn taken(&self, part: &Part<'_>, id: String, group: String, token: &str) -> Control {
        let kind = word::<ControlKind>(part.text("class").filter(|_| self.is_own));
        let props = part.props();
        let own: Vec<_> = props.iter().filter(|prop| prop.is_own).collect();
        let values = |name: &str| own.iter().filter(|p| p.name == name).map(|p| p.value.to_owned()).collect::<Vec<_>>();
        Control {
            position: position(part),
            title: part.needed("title").map(one_line).filter(|title| *title != id),
            id,
            token: token.to_owned(),
            group,
            names: names(part),
            kind: kind.unwrap_or(ControlKind::Control).word(),
            is_new: values(catalog::NEW).iter().any(|value| value == "true"),
            note: values(catalog::NOTE).into_iter().next(),
            attributes: ATTRIBUTES.iter().map(|name| (*name, values(name))).collect(),
        }
    }

    /// The group of what stands under none.
    fn rest(&mut self) -> String {
        if self.groups.insert(REST.to_owned()) {
            let title = "Controls".to_owned();
            let group = Group { position: u64::MAX, id: REST.to_owned(), title, names: Vec::new(), parent: None };
            self.catalog.groups.push(group);
        }
        REST.to_owned()
    }
}

fn position(part: &Part<'_>) -> u64 {
    part.own(catalog::POSITION).and_then(|n| n.parse().ok()).unwrap_or(u64::MAX)
}

/// The id: the label, if it can be one and is free, else the token.
fn id_of(part: &Part<'_>, token: Option<&str>, taken: &BTreeSet<String>) -> Option<String> {
    let props = part.props();
    let labels: Vec<_> = props.iter().filter(|prop| prop.is_core && prop.name == LABEL).collect();
    let label = labels.iter().find(|prop| prop.class.is_none()).or(labels.first());
    let label = label.map(|prop| prop.value.split_whitespace().collect::<String>());
    let from_token = token.map(token::control_of);
    let candidates = [label, from_token, token.map(str::to_owned)];
    let is_good = |id: &&String| check(id).is_none();
    let found = candidates.iter().flatten().filter(is_good).find(|id| !taken.contains(*id));
    if let Some(id) = found {
        return Some(id.clone());
    }
    match candidates.iter().flatten().find(is_good) {
        Some(id) => part.fault("id", format!("{} stands twice in the catalogue", quoted(id)), None),
        None => {
            let id = token.unwrap_or_default();
            let why = check(id).unwrap_or_default();
            part.fault("id", format!("{} cannot be an id: {why}", quoted(id)), None);
        }
    }
    None
}

/// Why a control is not in force, if it is not.
fn withdrawn(part: &Part<'_>) -> Option<String> {
    let is_so = |prop: &crate::oscal_text::Prop<'_>| {
        prop.is_core && prop.name == "status" && prop.value.eq_ignore_ascii_case("withdrawn")
    };
    if !part.props().iter().any(is_so) {
        return None;
    }
    let links = part.parts("links");
    let moved = links.iter().find(|link| matches!(link.text("rel"), Some("incorporated-into" | "moved-to")));
    let to = moved.and_then(|link| link.text("href")).map(|href| href.trim_start_matches('#'));
    Some(to.map_or_else(|| "withdrawn".to_owned(), |to| format!("withdrawn; see {}", quoted(to))))
}

impl Catalog {
    /// The file and what is in it.
    pub(super) fn library(self) -> LibraryDraft {
        let counts = vec![("groups", self.groups.len()), ("controls", self.controls.len())];
        let path = format!("controls/{}.toml", file_name(&self.id));
        let text = self.text();
        LibraryDraft { files: vec![(path, text)], counts, left: self.left, notes: Vec::new() }
    }

    fn text(&self) -> String {
        let mut page = Page::about(&[
            format!("{}: ids and titles, taken from an OSCAL catalogue (version {}).", self.title, self.version),
            "No text of the catalogue stands here.".to_owned(),
        ]);
        page.table("[framework]");
        page.text("id", &self.id);
        page.text("title", &self.title);
        page.names(&self.names);
        page.text("edition", &self.edition);
        page.text("publisher", &self.publisher);
        page.text("status", self.status);
        page.maybe("superseded_by", self.superseded_by.as_deref());
        if let Some(day) = &self.withdrawn_on {
            page.raw("withdrawn_on", day);
        }
        for group in &self.groups {
            page.table("[[group]]");
            page.text("id", &group.id);
            page.text("title", &group.title);
            page.names(&group.names);
            page.maybe("parent", group.parent.as_deref());
        }
        for control in &self.controls {
            control.write(&mut page);
        }
        page.finish()
    }
}

impl Control {
    fn write(&self, page: &mut Page) {
        page.table("[[control]]");
        page.text("id", &self.id);
        page.text("group", &self.group);
        page.maybe("title", self.title.as_deref());
        page.names(&self.names);
        page.text("kind", self.kind);
        if self.is_new {
            page.raw("new", "true");
        }
        page.maybe("note", self.note.as_deref());
        for (name, values) in &self.attributes {
            page.texts(name, values);
        }
    }
}
