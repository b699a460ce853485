//! Crosswalks between two editions of one standard, held against the built-in one.
//!
//! Only there is one correspondence right and every other wrong: the publisher's. How frameworks of
//! different publishers relate is a matter of judgement, and is not compared.

use super::Linter;
use super::edition::{by_id, edition_of, is_same_standard, meant};
use crate::choice::Choice;
use crate::diagnostic::{Code, Diagnostic, listed};
use crate::library::{Crosswalk, Framework, Library, RelationKind, RelationStatus};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// So many ids are named where there are more.
const NAMED: usize = 8;

pub(super) fn lint(linter: &mut Linter<'_>) {
    let (library, Some(published)) = (linter.library, linter.published) else { return };
    for crosswalk in library.crosswalks() {
        let end = |id: &str| {
            let own = library.framework(library.find_framework(id)?);
            Some(End { own, edition: edition_of(own, published)? })
        };
        let (from, to) = (end(crosswalk.from.value.as_str()), end(crosswalk.to.value.as_str()));
        let (Some(from), Some(to)) = (from, to) else { continue };
        if from.edition.id.value == to.edition.id.value || !is_same_standard(from.edition, to.edition) {
            continue;
        }
        let Some((known, relations)) = relations_between(published, &from, &to) else { continue };
        // What stands beside the built-in crosswalk in one library contradicts it there.
        let is_beside = library.crosswalks().iter().any(|c| c.id.span == known.id.span);
        let own = own_relations(crosswalk, &from, &to);
        compare(linter, crosswalk, &own, &relations, !is_beside);
    }
}

/// One end of a crosswalk: the catalogue that it names, and the published edition of it.
struct End<'a> {
    own: &'a Framework,
    edition: &'a Framework,
}

/// Relations by their `from`, then their `to`, both as the published editions write them.
type Relations<'a> = BTreeMap<&'a str, BTreeMap<&'a str, (RelationKind, RelationStatus, Span)>>;

fn own_relations<'a>(crosswalk: &'a Crosswalk, from: &End<'a>, to: &End<'a>) -> Relations<'a> {
    let (near, far) = (translation(from), translation(to));
    let mut relations = Relations::new();
    for relation in &crosswalk.relations {
        let ends = (near.get(relation.from.value.as_str()), far.get(relation.to.value.as_str()));
        if let (Some(near), Some(far)) = ends {
            let what = (relation.kind, relation.status, relation.from.span);
            relations.entry(*near).or_default().insert(*far, what);
        }
    }
    relations
}

/// The published id of each control.
fn translation<'a>(end: &End<'a>) -> BTreeMap<&'a str, &'a str> {
    let published = by_id(end.edition);
    let controls = end.own.controls.iter();
    controls.filter_map(|c| Some((c.id.value.as_str(), meant(c, &published)?))).collect()
}

/// The built-in crosswalk between two editions, turned so that it starts where the user's does.
fn relations_between<'a>(
    published: &'a Library,
    from: &End<'_>,
    to: &End<'_>,
) -> Option<(&'a Crosswalk, Relations<'a>)> {
    let (from, to) = (&from.edition.id.value, &to.edition.id.value);
    let is_between = |c: &&Crosswalk| {
        let ends = (&c.from.value, &c.to.value);
        ends == (from, to) || ends == (to, from)
    };
    let known = published.crosswalks().iter().find(is_between)?;
    let is_turned = known.from.value != *from;
    let mut relations = Relations::new();
    for r in &known.relations {
        let (near, far) = (r.from.value.as_str(), r.to.value.as_str());
        let (near, far, kind) = if is_turned { (far, near, r.kind.turned()) } else { (near, far, r.kind) };
        relations.entry(near).or_default().insert(far, (kind, r.status, r.from.span));
    }
    Some((known, relations))
}

fn compare(
    linter: &mut Linter<'_>,
    crosswalk: &Crosswalk,
    own: &Relations<'_>,
    known: &Relations<'_>,
    with_kinds: bool,
) {
    let none = BTreeMap::new();
    for (control, here) in own {
        let there = known.get(control).unwrap_or(&none);
        let only = |one: &BTreeMap<&str, _>, other: &BTreeMap<&str, _>| {
            one.keys().filter(|id| !other.contains_key(*id)).map(|id| (*id).to_owned()).collect::<Vec<_>>()
        };
        let (extra, missing) = (only(here, there), only(there, here));
        if !extra.is_empty() || !missing.is_empty() {
            linter.tell(pairs(control, here, &extra, &missing));
        }
        for (other, (kind, _, span)) in here.iter().filter(|_| with_kinds) {
            let Some((published, RelationStatus::Confirmed, _)) = there.get(other).filter(|(k, ..)| k != kind) else {
                continue;
            };
            let (kind, published) = (kind.word(), published.word());
            let message = format!("`{control}` to `{other}` is `{kind}` here, and `{published}` as published");
            let diagnostic = Diagnostic::new(Code::DiffersFromPublishedRelation, message).at(*span, "this relation");
            linter.tell(diagnostic.about(*control));
        }
    }
    let gone: BTreeSet<&str> = known.keys().filter(|id| !own.contains_key(*id)).copied().collect();
    if !gone.is_empty() {
        let (id, count) = (&crosswalk.id, gone.len());
        let message = format!("crosswalk `{}` leaves out {count} controls that have a published counterpart", id.value);
        let more = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
        let help = format!("left out: {}{more}", listed(gone.into_iter().take(NAMED)));
        let diagnostic = Diagnostic::new(Code::DiffersFromPublishedRelation, message).at(id.span, "this crosswalk");
        linter.tell(diagnostic.about(id.value.as_str()).help(help));
    }
}

/// That a control leads elsewhere than published.
fn pairs(
    control: &str,
    here: &BTreeMap<&str, (RelationKind, RelationStatus, Span)>,
    extra: &[String],
    missing: &[String],
) -> Diagnostic {
    let ids = |list: &[String]| listed(list.iter().map(String::as_str));
    let message = match (extra.is_empty(), missing.is_empty()) {
        (false, false) => format!("`{control}` leads to {}; published is {}", ids(extra), ids(missing)),
        (false, true) => format!("`{control}` leads to {}, which is not published", ids(extra)),
        _ => format!("`{control}` does not lead to {}, which is published", ids(missing)),
    };
    let odd = here.iter().find(|(id, _)| extra.iter().any(|e| e == *id)).or(here.iter().next());
    let diagnostic = Diagnostic::new(Code::DiffersFromPublishedRelation, message).about(control);
    odd.map(|(_, (_, _, span))| diagnostic.clone().at(*span, "this relation")).unwrap_or(diagnostic)
}
