//! What was decided, written into the text of the profile.
//!
//! A key that changes changes where it stands; a new place, entry or item of evidence comes behind the
//! last of its kind. Everything else stays byte for byte.

use super::decide::{Accepted, Becoming, Decided, known_item};
use super::fact::Exhibit;
use super::settle::Spot;
use super::state::Standing;
use crate::edit::{Changed, Edits, Entry, Fields, append, entries, literal, nested, rewrite};
use crate::id::{ActionIdx, check};
use crate::library::Library;
use crate::profile::{EvidenceItem, PlaceSource, Profile, Test};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::Document;

/// The keys of an action and of an instance, in the order in which they are written.
const ORDER: [&str; 14] = [
    "id",
    "group",
    "name",
    "implementation",
    "implemented_on",
    "test",
    "test_source",
    "tested_on",
    "fraction",
    "test_reference",
    "assigned_to",
    "due_on",
    "notes",
    "evidence",
];

/// A status that the profile keeps, and what becomes of it.
type Spots<'d> = Vec<(&'d Spot, &'d Becoming)>;

/// The text with all that was decided.
///
/// # Errors
/// The list that is written in a form that cannot be edited.
pub(super) fn written(
    library: &Library,
    profile: &Profile,
    text: &str,
    decided: &Decided,
) -> Result<String, &'static str> {
    let document = Document::parse(text).map_err(|_| "the profile")?;
    let actions = entries(&document, "action").ok_or("action")?;
    let instances = nested(&document, "action", "instance").ok_or("instance")?;
    let evidence = entries(&document, "evidence").ok_or("evidence")?;
    let acceptances = entries(&document, "risk_acceptance").ok_or("risk_acceptance")?;
    let mut writing = Writing { library, profile, edits: Edits::new(text), new: Vec::new() };
    writing.actions(&actions, &instances, decided);
    writing.evidence(&evidence);
    writing.acceptances(acceptances.last(), &decided.accepted);
    writing.edits.finish().ok_or("action")
}

struct Writing<'a> {
    library: &'a Library,
    profile: &'a Profile,
    edits: Edits<'a>,
    /// Items of evidence, new or to be renewed, each with its id.
    new: Vec<(String, Exhibit)>,
}

impl Writing<'_> {
    fn actions(&mut self, actions: &[Entry], instances: &[Vec<Entry>], decided: &Decided) {
        let mut groups: BTreeMap<(ActionIdx, Option<&str>), Spots<'_>> = BTreeMap::new();
        for (spot, becoming) in decided.spots.iter().filter(|(_, becoming)| !becoming.facts.is_empty()) {
            groups.entry((spot.action, spot.group.as_deref())).or_default().push((spot, becoming));
        }
        // What is new comes last, for it goes where a change of the last entry may end.
        let mut new = Vec::new();
        for ((action, group), spots) in &groups {
            let id = self.library.action(*action).id.value.as_str();
            let is_meant = |entry: &&Entry| {
                let text = |key| entry.key(key).and_then(|k| k.text.as_deref());
                text("id") == Some(id) && text("group") == *group
            };
            let mut listed = actions.iter().zip(instances);
            match listed.find(|(entry, _)| is_meant(entry)) {
                Some((entry, places)) => self.entry(entry, places, spots),
                None => new.push((id.to_owned(), *group, spots)),
            }
        }
        for (id, group, spots) in new {
            self.new_entry(actions.last(), &id, group, spots);
        }
    }

    /// Changes an entry and its places.
    fn entry(&mut self, entry: &Entry, places: &[Entry], spots: &[(&Spot, &Becoming)]) {
        let mut changed: Vec<Changed> = Vec::new();
        let mut new = Vec::new();
        for (spot, becoming) in spots {
            beside(becoming, &mut changed);
            let Some(name) = &spot.place else {
                let links = self.links(spot, becoming);
                changed.extend(status(becoming, &links));
                continue;
            };
            let links = self.links(spot, becoming);
            let is_meant = |place: &&Entry| place.key("name").and_then(|k| k.text.as_deref()) == Some(name);
            match places.iter().find(is_meant) {
                Some(place) => {
                    let mut changed = status(becoming, &links);
                    let source = changed.iter_mut().find(|(key, value)| *key == "test_source" && value.is_none());
                    if let Some((_, value)) = source {
                        *value = Some(literal("manual"));
                    }
                    rewrite(&mut self.edits, place, &changed, &ORDER);
                }
                None => {
                    let mut fields = place_fields(name, becoming, &links);
                    // A place would take who tested from the action.
                    let says = |key| fields.iter().any(|(own, _)| *own == key);
                    if entry.key("test_source").is_some() && says("test") && !says("test_source") {
                        fields.push(("test_source", literal("manual")));
                        fields.sort_by_key(|(key, _)| ORDER.iter().position(|other| other == key));
                    }
                    new.push(fields);
                }
            }
        }
        rewrite(&mut self.edits, entry, &changed, &ORDER);
        for fields in new {
            match places.last() {
                // What belongs to a place between braces stands between the same brackets.
                Some(last) => append(&mut self.edits, Some(last), "action.instance", &fields, &[]),
                None => append(&mut self.edits, Some(entry), "action.instance", &fields, &[]),
            }
        }
    }

    fn new_entry(&mut self, last: Option<&Entry>, id: &str, group: Option<&str>, spots: &[(&Spot, &Becoming)]) {
        let mut fields: Fields = vec![("id", literal(id))];
        fields.extend(group.map(|group| ("group", literal(group))));
        let (mut places, mut more) = (Vec::new(), Vec::new());
        for (spot, becoming) in spots {
            let links = self.links(spot, becoming);
            match &spot.place {
                Some(name) => places.push(place_fields(name, becoming, &links)),
                None => {
                    fields.extend(status(becoming, &links).into_iter().filter_map(|(key, value)| Some((key, value?))))
                }
            }
            beside(becoming, &mut more);
        }
        fields.extend(more.into_iter().filter_map(|(key, value)| Some((key, value?))));
        fields.sort_by_key(|(key, _)| ORDER.iter().position(|other| other == key));
        append(&mut self.edits, last, "action", &fields, &[("instance", places)]);
    }

    /// The ids of the evidence that a place links, if that changes.
    fn links(&mut self, spot: &Spot, becoming: &Becoming) -> Option<Vec<String>> {
        if becoming.evidence.is_empty() {
            return None;
        }
        let entry = self.profile.actions.iter().find(|e| e.action == spot.action && e.group == spot.group);
        let place = entry.and_then(|e| e.places().iter().find(|p| p.name == spot.place));
        let kept = place.map(|p| p.evidence.as_slice()).unwrap_or_default();
        let mut ids: Vec<String> = kept.iter().map(|link| self.id_of(*link)).collect();
        for exhibit in &becoming.evidence {
            let id = self.exhibit(exhibit);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Some(ids)
    }

    fn id_of(&self, link: crate::profile::EvidenceLink) -> String {
        match link {
            crate::profile::EvidenceLink::Own(at) => {
                self.profile.evidence.get(at).map(|item| item.id.value.clone()).unwrap_or_default()
            }
            crate::profile::EvidenceLink::Library(index) => {
                self.library.evidence_item(index).id.value.as_str().to_owned()
            }
        }
    }

    /// The id of an exhibit: that of the item it is, or a new one.
    fn exhibit(&mut self, exhibit: &Exhibit) -> String {
        let known = known_item(self.profile, exhibit).and_then(|at| self.profile.evidence.get(at));
        let same = |new: &&(String, Exhibit)| (&new.1.url, &new.1.title) == (&exhibit.url, &exhibit.title);
        if let Some((id, _)) = self.new.iter().find(same) {
            return id.clone();
        }
        let id = match known {
            Some(item) => item.id.value.clone(),
            None => self.free_id(exhibit),
        };
        self.new.push((id.clone(), exhibit.clone()));
        id
    }

    /// An id for a new item, made of its title or address.
    fn free_id(&self, exhibit: &Exhibit) -> String {
        let wanted = exhibit.id.clone().filter(|id| check(id).is_none());
        let text = exhibit.title.as_deref().or(exhibit.url.as_deref()).unwrap_or("evidence");
        let stem = wanted.unwrap_or_else(|| slug(text));
        let taken: BTreeSet<&str> = self.profile.evidence.iter().map(|item| item.id.value.as_str()).collect();
        let is_free = |id: &str| {
            !taken.contains(id) && self.library.find_evidence(id).is_none() && self.new.iter().all(|(own, _)| own != id)
        };
        let numbered = (2_u32..).map(|n| format!("{stem}-{n}"));
        std::iter::once(stem.clone()).chain(numbered).find(|id| is_free(id)).unwrap_or_default()
    }

    /// Adds new items of evidence, and renews those that hold longer now.
    fn evidence(&mut self, kept: &[Entry]) {
        let mut added = Vec::new();
        for (id, exhibit) in std::mem::take(&mut self.new) {
            let entry = kept.iter().find(|e| e.key("id").and_then(|k| k.text.as_deref()) == Some(&id));
            let item: Option<&EvidenceItem> = self.profile.evidence.iter().find(|item| item.id.value == id);
            if let (Some(entry), Some(item)) = (entry, item) {
                if exhibit.valid_to > item.valid_to && item.valid_to.is_some() {
                    let until = exhibit.valid_to.map(|day| day.to_string());
                    rewrite(&mut self.edits, entry, &[("valid_to", until)], &["id", "valid_from", "valid_to"]);
                }
                continue;
            }
            let mut fields: Fields = vec![("id", literal(&id))];
            fields.extend(exhibit.title.as_deref().map(|title| ("title", literal(title))));
            fields.extend(exhibit.url.as_deref().map(|url| ("url", literal(url))));
            fields.extend(exhibit.valid_from.map(|day| ("valid_from", day.to_string())));
            fields.extend(exhibit.valid_to.map(|day| ("valid_to", day.to_string())));
            added.push(fields);
        }
        for fields in added {
            append(&mut self.edits, kept.last(), "evidence", &fields, &[]);
        }
    }

    fn acceptances(&mut self, last: Option<&Entry>, accepted: &[Accepted]) {
        for risk in accepted {
            let id = self.library.action(risk.spot.action).id.value.as_str();
            let mut fields: Fields = vec![
                ("action", literal(id)),
                ("owner", literal(&risk.owner)),
                ("expires_on", risk.expires_on.to_string()),
            ];
            fields.extend(risk.rationale.as_deref().map(|why| ("rationale", literal(why))));
            append(&mut self.edits, last, "risk_acceptance", &fields, &[]);
        }
    }
}

/// What stands beside a status, as far as it is new.
fn beside(becoming: &Becoming, changed: &mut Vec<Changed>) {
    let mut set = |key, value: Option<String>| {
        if value.is_some() && !changed.iter().any(|(other, _)| *other == key) {
            changed.push((key, value));
        }
    };
    set("assigned_to", becoming.assigned_to.as_deref().map(literal));
    set("due_on", becoming.due_on.map(|day| day.to_string()));
    set("notes", becoming.notes.as_deref().map(literal));
}

/// The keys of a status that change.
fn status(becoming: &Becoming, links: &Option<Vec<String>>) -> Vec<Changed> {
    let mut changed: Vec<Changed> = Vec::new();
    if let Some(after) = &becoming.after {
        let old = becoming.before.as_ref().map(values).unwrap_or_default();
        let new = values(after);
        for key in ORDER {
            let (old, new) = (old.get(key), new.get(key));
            if old != new {
                changed.push((key, new.cloned()));
            }
        }
    }
    changed.extend(links.as_ref().map(|ids| ("evidence", Some(list(ids)))));
    changed
}

/// The keys of a status and their values as TOML; what goes without saying is not there.
fn values(standing: &Standing) -> BTreeMap<&'static str, String> {
    let date = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let is_said = |test: Test| !matches!(test, Test::None | Test::NotInScope);
    let fields = [
        ("implementation", Some(literal(&standing.implementation.to_string()))),
        ("implemented_on", date(standing.implemented_on)),
        ("test", Some(standing.test).filter(|t| is_said(*t)).map(|t| literal(&t.to_string()))),
        ("test_source", (standing.source == PlaceSource::Automatic).then(|| literal("automatic"))),
        ("tested_on", date(standing.tested_on)),
        ("fraction", standing.fraction.map(|f| decimal(f.get()))),
        ("test_reference", standing.reference.as_deref().map(literal)),
    ];
    fields.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// A share from 0 to 1 without zeros that say nothing.
fn decimal(basis_points: u16) -> String {
    let text = format!("{}.{:04}", basis_points / 10_000, basis_points % 10_000);
    let short = text.trim_end_matches('0');
    if short.ends_with('.') { format!("{short}0") } else { short.to_owned() }
}

fn place_fields(name: &str, becoming: &Becoming, links: &Option<Vec<String>>) -> Fields {
    let mut fields: Fields = vec![("name", literal(name))];
    fields.extend(status(becoming, links).into_iter().filter_map(|(key, value)| Some((key, value?))));
    fields
}

fn list(ids: &[String]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| literal(id)).collect();
    format!("[{}]", ids.join(", "))
}

/// A text as an id: its letters and digits in lowercase, one hyphen for all between.
fn slug(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.trim_start_matches("https://").trim_start_matches("http://");
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word.to_ascii_lowercase());
    }
    if slug.is_empty() { "evidence".to_owned() } else { slug }
}
