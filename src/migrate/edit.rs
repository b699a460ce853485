//! The edits of a migration: assessments are pointed elsewhere, statements are said of new controls.
//!
//! Where one statement becomes one, its values are changed in place; what more comes of it stands
//! behind it; what could not be carried stays as a comment, with the reason before it.

use super::MigrationFailure;
use super::result::StatementKind;
use super::route::Route;
use super::tell::decision;
use super::verdict::{Fate, Verdict, joined};
use crate::choice::Choice;
use crate::edit::{Edits, Entry, entries};
use crate::edit::{add_after, add_key, notes_before, take_out};
use crate::id::{ControlIdx, FrameworkIdx};
use crate::library::Library;
use crate::profile::Profile;
use std::collections::BTreeMap;
use toml_edit::{Document, Value};

/// A profile and what is to become of it.
pub(super) struct Editing<'a> {
    pub(super) library: &'a Library,
    pub(super) route: &'a Route<'a>,
    pub(super) profile: &'a Profile,
    pub(super) verdicts: &'a [Verdict],
    pub(super) text: &'a str,
}

/// The keys of an entry to be written, each with its value as TOML.
type Fields = Vec<(&'static str, String)>;

impl Editing<'_> {
    /// The text carried over.
    pub(super) fn run(&self) -> Result<String, MigrationFailure> {
        let unplaced = || {
            let help = "write assessments and what is stated of controls as `[[...]]` tables".to_owned();
            MigrationFailure::refused("the profile is written in a form that cannot be edited", help)
        };
        let document = Document::parse(self.text).map_err(|_| unplaced())?;
        let mut edits = Edits::new(self.text);
        for entry in entries(&document, "assessment").ok_or_else(unplaced)? {
            self.assessment(&entry, &mut edits);
        }
        for kind in [StatementKind::Exclusion, StatementKind::Inheritance, StatementKind::Inclusion] {
            let list = entries(&document, kind.word()).ok_or_else(unplaced)?;
            Statements::new(self, kind, &list, &mut edits).run();
        }
        for entry in entries(&document, StatementKind::Requirement.word()).ok_or_else(unplaced)? {
            self.requirement(&entry, &mut edits);
        }
        edits.finish().ok_or_else(unplaced)
    }

    /// Why something was not carried, a line each.
    pub(super) fn notes(&self, about: &[&Verdict]) -> Vec<String> {
        let target = self.library.framework(self.route.relations.to).id.value.as_str();
        let decisions = about.iter().filter_map(|v| decision(self.library, self.route, self.profile, v));
        decisions.map(|d| format!("# Not carried to {target}, please decide: {}.", d.reason_text())).collect()
    }

    fn assessment(&self, entry: &Entry, edits: &mut Edits<'_>) {
        let (old, new) = (self.library.template(self.route.from), self.library.template(self.route.to));
        let Some(template) = entry.key("template") else { return };
        if template.text.as_deref() != Some(old.id.value.as_str()) {
            return;
        }
        let to = like(edits.at(&template.value), new.id.value.as_str());
        if !self.route.keep {
            edits.replace(template.value.clone(), to);
            return;
        }
        let value = |key: &crate::edit::Key| match key.name.as_str() {
            "template" => to.clone(),
            _ => edits.at(&key.value).to_owned(),
        };
        let fields: Vec<(&str, String)> = entry.keys.iter().map(|k| (k.name.as_str(), value(k))).collect();
        add_after(edits, entry, "assessment", &fields);
    }
}

/// The statements of one kind.
struct Statements<'a, 'e, 't> {
    editing: &'a Editing<'a>,
    kind: StatementKind,
    entries: &'a [Entry],
    /// For each entry, the frameworks it holds for, each with its control.
    holds: Vec<BTreeMap<FrameworkIdx, ControlIdx>>,
    edits: &'e mut Edits<'t>,
}

impl<'a, 'e, 't> Statements<'a, 'e, 't> {
    fn new(editing: &'a Editing<'a>, kind: StatementKind, entries: &'a [Entry], edits: &'e mut Edits<'t>) -> Self {
        let mut at: BTreeMap<usize, BTreeMap<FrameworkIdx, ControlIdx>> = BTreeMap::new();
        let controls: Vec<_> = match kind {
            StatementKind::Exclusion => editing.profile.exclusions.iter().map(|e| e.control).collect(),
            StatementKind::Inheritance => editing.profile.inheritances.clone(),
            StatementKind::Inclusion => editing.profile.statement.inclusions.iter().map(|i| i.control).collect(),
            // These name several controls each: see `requirement`.
            StatementKind::Requirement => Vec::new(),
        };
        for control in controls {
            at.entry(control.span.range().start).or_default().insert(control.framework, control.control);
        }
        let holds =
            |entry: &Entry| entry.key("control").and_then(|k| at.get(&k.value.start)).cloned().unwrap_or_default();
        Self { editing, kind, entries, holds: entries.iter().map(holds).collect(), edits }
    }

    fn run(mut self) {
        for position in 0..self.entries.len() {
            self.entry(position);
        }
    }

    fn route(&self) -> &'a Route<'a> {
        self.editing.route
    }

    fn source(&self, position: usize) -> Option<ControlIdx> {
        self.holds.get(position)?.get(&self.route().relations.from).copied()
    }

    /// The entry at which what comes of a verdict is written: the first that it was made by.
    fn home(&self, verdict: &Verdict) -> Option<usize> {
        (0..self.entries.len()).find(|n| self.source(*n).is_some_and(|s| verdict.stated.contains(&s)))
    }

    fn entry(&mut self, position: usize) {
        let (Some(entry), Some(holds)) = (self.entries.get(position), self.holds.get(position)) else { return };
        let route = self.route();
        let stays = |f: &FrameworkIdx| *f != route.relations.from || route.source_stays;
        let rest: Vec<FrameworkIdx> = holds.keys().copied().filter(stays).collect();
        let Some(source) = self.source(position) else {
            self.pin(entry, &rest, false);
            return;
        };
        let about: Vec<&Verdict> =
            self.editing.verdicts.iter().filter(|v| v.kind == self.kind && v.stated.contains(&source)).collect();
        let of_fate = |fate| about.iter().copied().filter(move |v| v.fate == fate);
        let (here, elsewhere): (Vec<&Verdict>, Vec<&Verdict>) =
            of_fate(Fate::Carried).partition(|v| self.home(v) == Some(position));
        let elsewhere: Vec<&Verdict> = elsewhere.into_iter().chain(of_fate(Fate::WasThere)).collect();
        let notes = self.editing.notes(&about);
        match here.split_first() {
            _ if !rest.is_empty() => {
                notes_before(self.edits, entry, &notes);
                self.pin(entry, &rest, true);
                here.iter().for_each(|v| self.add(entry, v));
            }
            Some((first, more)) => {
                notes_before(self.edits, entry, &notes);
                self.change(entry, first);
                more.iter().for_each(|v| self.add(entry, v));
            }
            None => {
                let went = self.went(source, &elsewhere);
                if notes.is_empty() {
                    take_out(self.edits, entry, &went, false);
                } else {
                    take_out(self.edits, entry, &[notes, went].concat(), true);
                }
            }
        }
    }

    /// That a statement is part of others now.
    fn went(&self, source: ControlIdx, into: &[&Verdict]) -> Vec<String> {
        let targets: Vec<&str> =
            into.iter().filter_map(|v| self.control(self.route().relations.to, v.target?)).collect();
        let Some(control) = self.control(self.route().relations.from, source).filter(|_| !targets.is_empty()) else {
            return Vec::new();
        };
        vec![format!("# The {} of the old {control} is part of that of the new {}.", self.kind, targets.join(" and "))]
    }

    fn control(&self, framework: FrameworkIdx, control: ControlIdx) -> Option<&'a str> {
        let found = self.editing.library.framework(framework).controls.get(control.position())?;
        Some(found.id.value.as_str())
    }

    /// Names the frameworks for which an entry goes on to hold, where it would hold for the target too.
    fn pin(&mut self, entry: &Entry, rest: &[FrameworkIdx], is_source: bool) {
        let (route, library) = (self.route(), self.editing.library);
        let Some(control) = entry.key("control") else { return };
        let Some((first, more)) = rest.split_first() else { return };
        let id = control.text.as_deref().unwrap_or_default();
        let would_hold = library.framework(route.relations.to).find_control(id).is_some() || (is_source && route.keep);
        if entry.key("framework").is_some() || !route.is_target_new() || !would_hold {
            return;
        }
        let id = |framework: &FrameworkIdx| format!("\"{}\"", library.framework(*framework).id.value);
        add_key(self.edits, entry, "control", "framework", &id(first));
        for framework in more {
            let mut fields: Fields = vec![("control", self.edits.at(&control.value).to_owned())];
            fields.push(("framework", id(framework)));
            fields.extend(texts(self.kind).iter().filter_map(|key| Some((*key, self.own(entry, key)?))));
            add_after(self.edits, entry, self.kind.word(), &fields);
        }
    }

    fn own(&self, entry: &Entry, key: &str) -> Option<String> {
        entry.key(key).map(|k| self.edits.at(&k.value).to_owned())
    }

    /// Makes of an entry the statement about the control of the target.
    fn change(&mut self, entry: &Entry, verdict: &Verdict) {
        let fields = self.fields(entry, verdict);
        for (name, value) in fields {
            match entry.key(name) {
                Some(key) if self.edits.at(&key.value) == value => {}
                Some(key) => self.edits.replace(key.value.clone(), value),
                None => add_key(self.edits, entry, "control", name, &value),
            }
        }
    }

    /// Writes the statement about the control of the target behind an entry.
    fn add(&mut self, entry: &Entry, verdict: &Verdict) {
        let fields = self.fields(entry, verdict);
        add_after(self.edits, entry, self.kind.word(), &fields);
    }

    fn fields(&self, entry: &Entry, verdict: &Verdict) -> Fields {
        let (route, library) = (self.route(), self.editing.library);
        let Some(control) = verdict.target.and_then(|t| self.control(route.relations.to, t)) else { return Vec::new() };
        let spelling = |key: &str| entry.key(key).map_or("", |k| self.edits.at(&k.value));
        let mut fields: Fields = vec![("control", like(spelling("control"), control))];
        let made_by = |n: &usize| self.source(*n).is_some_and(|s| verdict.stated.contains(&s));
        let makers: Vec<&Entry> = (0..self.entries.len()).filter(made_by).filter_map(|n| self.entries.get(n)).collect();
        let would_hold_for_others = route.others().any(|f| library.framework(f).find_control(control).is_some());
        if route.keep || would_hold_for_others || makers.iter().any(|e| e.key("framework").is_some()) {
            let framework = library.framework(route.relations.to).id.value.as_str();
            fields.push(("framework", like(spelling("framework"), framework)));
        }
        fields.extend(texts(self.kind).iter().filter_map(|key| Some((*key, self.text(entry, &makers, key)?))));
        fields
    }

    /// What all that make up a statement say under a key, as TOML.
    fn text(&self, entry: &Entry, makers: &[&Entry], key: &str) -> Option<String> {
        let own = self.own(entry, key);
        let saying: Vec<&Entry> = makers.iter().copied().filter(|e| !said(e, key).is_empty()).collect();
        let first = saying.first().map_or("", |e| said(e, key));
        if saying.iter().all(|e| said(e, key) == first) {
            // One text stays as it is spelt, and an empty one stays empty.
            let is_own_among = own.is_some() && (saying.is_empty() || said(entry, key) == first);
            return if is_own_among { own } else { saying.first().and_then(|e| self.own(e, key)) };
        }
        Some(Value::from(joined(key, saying.iter().map(|e| said(e, key)))).to_string())
    }
}

/// The text under a key of an entry; none is empty.
fn said<'e>(entry: &'e Entry, key: &str) -> &'e str {
    entry.key(key).and_then(|k| k.text.as_deref()).unwrap_or_default().trim()
}

/// The texts that statements of a kind carry.
pub(super) fn texts(kind: StatementKind) -> &'static [&'static str] {
    match kind {
        StatementKind::Exclusion => &["justification"],
        StatementKind::Inclusion => &["justification", "owner", "notes"],
        StatementKind::Inheritance | StatementKind::Requirement => &[],
    }
}

/// An id as a text of TOML, between quotes such as `spelling` has.
pub(super) fn like(spelling: &str, id: &str) -> String {
    let quote = if spelling.starts_with('\'') { '\'' } else { '"' };
    format!("{quote}{id}{quote}")
}
