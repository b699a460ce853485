//! Crosswalks: what there is of them, what one says, and what one control has to do with others.

use super::{Browser, Cell, Filter, Listing, Sheet};
use crate::choice::Choice;
use crate::graph::{Edge, Node};
use crate::id::{ControlIdx, CrosswalkIdx, FrameworkIdx};
use crate::library::{Control, Crosswalk, Relation, RelationKind, RelationStatus};
use std::collections::BTreeMap;

/// A control of another framework that a control has to do with.
pub(super) struct Related<'l> {
    pub(super) framework: FrameworkIdx,
    pub(super) control: &'l Control,
    /// How the control that was asked about lies to it.
    pub(super) kind: RelationKind,
    pub(super) relation: &'l Relation,
    pub(super) crosswalk: &'l Crosswalk,
}

impl<'l> Browser<'l> {
    pub(super) fn crosswalks(&self, filter: &Filter) -> Listing {
        let brief = ["id", "from", "to", "relations", "confirmed", "unconfirmed"];
        let mut listing = Listing::new(&brief, &["title", "source", "as_of"]);
        for crosswalk in self.library.crosswalks() {
            let ends = [&crosswalk.from, &crosswalk.to].map(|f| self.library.find_framework(f.value.as_str()));
            if !ends.into_iter().flatten().any(|f| filter.wants_framework(f)) {
                continue;
            }
            let [confirmed, unconfirmed] = founded(crosswalk);
            listing.push([
                crosswalk.id.value.as_str().into(),
                crosswalk.from.value.as_str().into(),
                crosswalk.to.value.as_str().into(),
                crosswalk.relations.len().into(),
                confirmed.into(),
                unconfirmed.into(),
                crosswalk.title.as_str().into(),
                crosswalk.source.as_str().into(),
                crosswalk.as_of.into(),
            ]);
        }
        listing
    }

    pub(super) fn crosswalk_sheet(&self, crosswalk: &Crosswalk) -> Sheet {
        let [confirmed, unconfirmed] = founded(crosswalk);
        Sheet::new("crosswalk")
            .field("id", crosswalk.id.value.as_str())
            .field("title", crosswalk.title.as_str())
            .field("from", crosswalk.from.value.as_str())
            .field("to", crosswalk.to.value.as_str())
            .field("source", crosswalk.source.as_str())
            .field("as_of", crosswalk.as_of)
            .field("confirmed", confirmed)
            .field("unconfirmed", unconfirmed)
            .table("relations", self.relation_table(crosswalk))
    }

    fn relation_table(&self, crosswalk: &Crosswalk) -> Listing {
        let brief = ["from", "from_title", "relation", "to", "to_title", "status", "note"];
        let mut listing = Listing::new(&brief, &["strength"]);
        let [from, to] = [&crosswalk.from, &crosswalk.to].map(|f| self.titles(f.value.as_str()));
        for relation in &crosswalk.relations {
            listing.push([
                relation.from.value.as_str().into(),
                from.get(relation.from.value.as_str()).copied().into(),
                relation.kind.word().into(),
                relation.to.value.as_str().into(),
                to.get(relation.to.value.as_str()).copied().into(),
                relation.status.word().into(),
                relation.note.as_deref().into(),
                strength(relation),
            ]);
        }
        listing
    }

    /// The titles of a framework's controls, by id.
    pub(super) fn titles(&self, framework: &str) -> BTreeMap<&'l str, &'l str> {
        let found = self.library.find_framework(framework).map(|f| self.library.framework(f));
        let controls = found.into_iter().flat_map(|f| &f.controls);
        controls.map(|c| (c.id.value.as_str(), c.title.as_str())).collect()
    }

    /// The controls of other frameworks that a control has to do with, by framework, then in catalogue order.
    pub(super) fn related(&self, framework: FrameworkIdx, control: ControlIdx) -> Vec<Related<'l>> {
        let graph = self.model.graph();
        let node = Node::Control(framework, control);
        let here = graph.out(node).map(|tie| (tie, true));
        let there = graph.into(node).map(|tie| (tie, false));
        let mut found: Vec<(FrameworkIdx, ControlIdx, CrosswalkIdx, usize, bool)> = here
            .chain(there)
            .filter_map(|(tie, is_from)| match tie {
                (Edge::Relates(crosswalk, n), Node::Control(f, c)) => Some((f, c, crosswalk, n, is_from)),
                _ => None,
            })
            .collect();
        found.sort_unstable();
        let related = found.into_iter().filter_map(|(framework, control, crosswalk, number, is_from)| {
            let control = self.library.framework(framework).controls.get(control.position())?;
            let crosswalk = self.library.crosswalk(crosswalk);
            let relation = crosswalk.relations.get(number)?;
            let kind = if is_from { relation.kind } else { seen_from_the_other_end(relation.kind) };
            Some(Related { framework, control, kind, relation, crosswalk })
        });
        related.collect()
    }

    pub(super) fn related_table(&self, framework: FrameworkIdx, control: ControlIdx) -> Listing {
        let brief = ["relation", "framework", "id", "title", "status"];
        let mut listing = Listing::new(&brief, &["note", "strength", "crosswalk"]);
        for Related { framework, control, kind, relation, crosswalk } in self.related(framework, control) {
            listing.push([
                kind.word().into(),
                self.library.framework(framework).id.value.as_str().into(),
                control.id.value.as_str().into(),
                control.title.as_str().into(),
                relation.status.word().into(),
                relation.note.as_deref().into(),
                strength(relation),
                crosswalk.id.value.as_str().into(),
            ]);
        }
        listing
    }
}

/// How many relations are confirmed, and how many are not.
fn founded(crosswalk: &Crosswalk) -> [usize; 2] {
    let confirmed = crosswalk.relations.iter().filter(|r| r.status == RelationStatus::Confirmed).count();
    [confirmed, crosswalk.relations.len() - confirmed]
}

pub(super) fn strength(relation: &Relation) -> Cell {
    relation.strength.map(|share| format!("{share} %")).as_deref().into()
}

/// How `to` lies to `from` where `from` lies so to `to`.
fn seen_from_the_other_end(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::Subset => RelationKind::Superset,
        RelationKind::Superset => RelationKind::Subset,
        same @ (RelationKind::Equal | RelationKind::Intersects) => same,
    }
}
