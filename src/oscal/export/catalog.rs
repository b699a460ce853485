//! The catalogue of a framework: its headings and controls, by id and title.

use super::part::{Metadata, Prop, Role, objects};
use super::text::{OscalDay, Props, line_or, prop};
use crate::choice::Choice;
use crate::library::{Control, Framework, Group, Names};
use crate::oscal::token::{control_token, group_token};
use crate::oscal::uuid::Id;
use crate::oscal::words::{LABEL, about, catalog};
use std::collections::BTreeMap;

/// How deep groups are nested; those below stand beside each other.
const MAX_DEPTH: usize = 32;

objects! {
    /// A catalogue.
    Catalog {
        uuid: Id,
        metadata: Metadata,
        controls: Vec<CatalogControl>,
        groups: Vec<CatalogGroup>,
    }

    /// A heading.
    CatalogGroup {
        id: String,
        title: String,
        props: Vec<Prop>,
        groups: Vec<CatalogGroup>,
        controls: Vec<CatalogControl>,
    }

    /// A control.
    CatalogControl {
        id: String,
        class: &'static str,
        title: String,
        props: Vec<Prop>,
    }
}

/// The identifier of the catalogue of a framework.
pub(super) fn catalog_id(framework: &Framework) -> Id {
    Id::of(&["catalog", framework.id.value.as_str(), &framework.edition])
}

/// The catalogue of `framework`.
pub(super) fn catalog(framework: &Framework, day: OscalDay) -> Catalog {
    let publisher = Role { id: "publisher", title: "Publisher of the framework" };
    let publisher_id = Id::of(&["party", "publisher", &framework.publisher]);
    let version = line_or(&framework.edition, "unknown");
    let metadata = Metadata::new(framework.title.clone(), day.moment(), &version);
    let mut metadata = metadata.with_party(publisher_id, &line_or(&framework.publisher, "unknown"), publisher);
    metadata.props = Props::default()
        .with(about::FRAMEWORK, framework.id.value.as_str())
        .with(catalog::EDITION, &framework.edition)
        .with(catalog::PUBLISHER, &framework.publisher)
        .with(catalog::STATUS, framework.status.word())
        .and(catalog::SUPERSEDED_BY, framework.superseded_by.as_ref().map(|id| &id.value))
        .and(catalog::WITHDRAWN_ON, framework.withdrawn_on)
        .append(names(&framework.names))
        .list();
    let remarks = "Ids and short titles only. The text of the controls belongs to the publisher and is not part of \
                   this document.";
    metadata.remarks = Some(remarks.to_owned());
    let tree = Tree::of(framework);
    Catalog { uuid: catalog_id(framework), metadata, controls: tree.controls(None), groups: tree.groups(None, 0) }
}

/// The titles in other languages.
fn names(names: &Names) -> impl Iterator<Item = Prop> {
    let one = |(language, name): (crate::library::Language, &str)| {
        prop(catalog::NAME, name).map(|prop| Prop { class: Some(language.word().to_owned()), ..prop })
    };
    names.iter().filter_map(one)
}

/// Which groups and controls stand under which group; those under none that is known stand at the top.
struct Tree<'a> {
    groups: BTreeMap<Option<&'a str>, Vec<(usize, &'a Group)>>,
    controls: BTreeMap<Option<&'a str>, Vec<(usize, &'a Control)>>,
}

impl<'a> Tree<'a> {
    fn of(framework: &'a Framework) -> Self {
        let known: BTreeMap<&str, &Group> = framework.groups.iter().map(|g| (g.id.value.as_str(), g)).collect();
        let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (position, group) in framework.groups.iter().enumerate() {
            groups.entry(above(group, &known)).or_default().push((position, group));
        }
        let mut controls: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (position, control) in framework.controls.iter().enumerate() {
            let group = known.get_key_value(control.group.value.as_str()).map(|(id, _)| *id);
            controls.entry(group).or_default().push((position, control));
        }
        Self { groups, controls }
    }

    fn groups(&self, above: Option<&str>, depth: usize) -> Vec<CatalogGroup> {
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        let below = self.groups.get(&above).map(Vec::as_slice).unwrap_or_default();
        below.iter().map(|(position, group)| self.group(*position, group, depth)).collect()
    }

    fn group(&self, position: usize, group: &Group, depth: usize) -> CatalogGroup {
        let id = group.id.value.as_str();
        CatalogGroup {
            id: group_token(id),
            title: group.title.clone(),
            props: Props::default()
                .plain(LABEL, id)
                .and(catalog::POSITION, position.checked_add(1))
                .and(catalog::PARENT, group.parent.as_ref().map(|p| &p.value))
                .append(names(&group.names))
                .list(),
            groups: self.groups(Some(id), depth + 1),
            controls: self.controls(Some(id)),
        }
    }

    fn controls(&self, group: Option<&str>) -> Vec<CatalogControl> {
        let below = self.controls.get(&group).map(Vec::as_slice).unwrap_or_default();
        below.iter().map(|(position, control)| catalog_control(*position, control)).collect()
    }
}

/// The group that a group is nested in: its parent, or the last one above it that is not too deep.
fn above<'a>(group: &'a Group, known: &BTreeMap<&'a str, &'a Group>) -> Option<&'a str> {
    let parent = |group: &Group| known.get(group.parent.as_ref()?.value.as_str()).copied();
    let mut path: Vec<&'a Group> = Vec::new();
    let mut next = parent(group);
    // Rings were refused when the library was read; this ends all the same.
    while let Some(found) = next.filter(|_| path.len() < known.len()) {
        path.push(found);
        next = parent(found);
    }
    let nested = path.len().min(MAX_DEPTH);
    path.get(path.len() - nested).map(|group| group.id.value.as_str())
}

fn catalog_control(position: usize, control: &Control) -> CatalogControl {
    let attributes = control.attributes.iter().flat_map(|(name, values)| values.iter().filter_map(|v| prop(name, v)));
    CatalogControl {
        id: control_token(control.id.value.as_str()),
        class: control.kind.word(),
        title: control.title.clone(),
        props: Props::default()
            .plain(LABEL, control.id.value.as_str())
            .and(catalog::POSITION, position.checked_add(1))
            .and(catalog::NEW, control.is_new.then_some("true"))
            .and(catalog::NOTE, control.note.as_deref())
            .append(attributes)
            .append(names(&control.names))
            .list(),
    }
}
