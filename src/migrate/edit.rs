//! The edits of a migration: assessments are pointed elsewhere, statements are said of new controls.
//!
//! Where one statement becomes one, its values are changed in place; what more comes of it stands
//! behind it; what could not be carried stays as a comment, with the reason before it.

use super::MigrationFailure;
use super::result::StatementKind;
use super::route::Route;
use super::tell::decision;
use super::text::{Edits, Entry, comments, entries};
use super::verdict::{Fate, Verdict, joined};
use crate::choice::Choice;
use crate::id::{ControlIdx, FrameworkIdx};
use crate::library::Library;
use crate::profile::Profile;
use std::collections::BTreeMap;
use std::ops::Range;
use toml_edit::{Document, Value};

/// How far what stands in a list on one line is set in when it needs lines of its own.
const INDENT: &str = "    ";

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
            let help = "write assessments, exclusions and inheritances as `[[...]]` tables".to_owned();
            MigrationFailure::refused("the profile is written in a form that cannot be edited", help)
        };
        let document = Document::parse(self.text).map_err(|_| unplaced())?;
        let mut edits = Edits::new(self.text);
        for entry in entries(&document, "assessment").ok_or_else(unplaced)? {
            self.assessment(&entry, &mut edits);
        }
        for kind in [StatementKind::Exclusion, StatementKind::Inheritance] {
            let list = entries(&document, kind.word()).ok_or_else(unplaced)?;
            Statements::new(self, kind, &list, &mut edits).run();
        }
        edits.finish().ok_or_else(unplaced)
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
        let value = |key: &super::text::Key| match key.name.as_str() {
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
        let notes = self.notes(&about);
        match here.split_first() {
            _ if !rest.is_empty() => {
                self.notes_before(entry, &notes);
                self.pin(entry, &rest, true);
                here.iter().for_each(|v| self.add(entry, v));
            }
            Some((first, more)) => {
                self.notes_before(entry, &notes);
                self.change(entry, first);
                more.iter().for_each(|v| self.add(entry, v));
            }
            None => {
                let went = self.went(source, &elsewhere);
                if notes.is_empty() {
                    self.take_out(entry, &went, false);
                } else {
                    self.take_out(entry, &[notes, went].concat(), true);
                }
            }
        }
    }

    /// Why something was not carried, a line each.
    fn notes(&self, about: &[&Verdict]) -> Vec<String> {
        let target = self.editing.library.framework(self.route().relations.to).id.value.as_str();
        let decisions = about.iter().filter_map(|v| decision(self.editing.library, self.route(), v));
        decisions.map(|d| format!("# Not carried to {target}, please decide: {}.", d.reason_text())).collect()
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
        self.add_key(entry, "framework", &id(first));
        for framework in more {
            let mut fields: Fields = vec![("control", self.edits.at(&control.value).to_owned())];
            fields.push(("framework", id(framework)));
            fields.extend(self.own_justification(entry).map(|text| ("justification", text)));
            add_after(self.edits, entry, self.kind.word(), &fields);
        }
    }

    fn own_justification(&self, entry: &Entry) -> Option<String> {
        entry.key("justification").map(|k| self.edits.at(&k.value).to_owned())
    }

    /// Makes of an entry the statement about the control of the target.
    fn change(&mut self, entry: &Entry, verdict: &Verdict) {
        let fields = self.fields(entry, verdict);
        for (name, value) in fields {
            match entry.key(name) {
                Some(key) if self.edits.at(&key.value) == value => {}
                Some(key) => self.edits.replace(key.value.clone(), value),
                None => self.add_key(entry, name, &value),
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
        fields.extend(self.justification(entry, &makers).map(|text| ("justification", text)));
        fields
    }

    /// The justifications of all that make up a statement, as TOML.
    fn justification(&self, entry: &Entry, makers: &[&Entry]) -> Option<String> {
        let own = self.own_justification(entry);
        let said: Vec<&Entry> = makers.iter().copied().filter(|e| !reason(e).is_empty()).collect();
        let first = said.first().map_or("", |e| reason(e));
        if said.iter().all(|e| reason(e) == first) {
            // One text stays as it is spelt, and an empty one stays empty.
            let is_own_among = own.is_some() && (said.is_empty() || reason(entry) == first);
            return if is_own_among { own } else { said.first().and_then(|e| self.own_justification(e)) };
        }
        Some(Value::from(joined(said.iter().map(|e| reason(e)))).to_string())
    }

    /// Puts comment lines before an entry.
    fn notes_before(&mut self, entry: &Entry, notes: &[String]) {
        let end = self.edits.line_end;
        let Some(own_line) = self.edits.indent(entry.span.start) else {
            if !notes.is_empty() {
                let lines: String = notes.iter().flat_map(|note| [end, INDENT, note]).collect();
                self.edits.insert(entry.span.start, format!("{lines}{end}{INDENT}"));
            }
            return;
        };
        for note in notes {
            self.edits.insert(entry.span.start - own_line.len(), format!("{own_line}{note}{end}"));
        }
    }

    /// Adds a key behind the control.
    fn add_key(&mut self, entry: &Entry, name: &str, value: &str) {
        let Some(control) = entry.key("control") else { return };
        if entry.is_inline {
            self.edits.insert(control.value.end, format!(", {name} = {value}"));
            return;
        }
        let indent = self.edits.indent(control.key.start).unwrap_or_default();
        let line = format!("{}{indent}{name} = {value}", self.edits.line_end);
        self.edits.insert(self.edits.line_stop(control.value.end), line);
    }

    /// Takes an entry out and leaves `notes` in its place, with the entry as a comment or only its comments.
    fn take_out(&mut self, entry: &Entry, notes: &[String], keep: bool) {
        let mut lines = notes.to_vec();
        let span = if entry.is_inline {
            entry.span.clone()
        } else {
            self.edits.line_start(entry.span.start)..self.edits.line_stop(entry.span.end)
        };
        if keep {
            let comment = |line: &str| if line.is_empty() { "#".to_owned() } else { format!("# {line}") };
            lines.extend(self.edits.at(&span).lines().map(comment));
        } else {
            lines.extend(comments(self.editing.text, &span, &entry.keys).into_iter().map(str::to_owned));
        }
        if entry.is_inline {
            self.replace_inline(span, &lines);
        } else {
            let text = lines.join(self.edits.line_end);
            self.edits.replace(span, text);
        }
    }

    /// Replaces an entry of a list between brackets, with its comma, by comment lines.
    fn replace_inline(&mut self, span: Range<usize>, lines: &[String]) {
        let end = self.edits.line_end;
        let own_line = self.edits.indent(span.start);
        let indent = own_line.unwrap_or(INDENT);
        let mut text = lines.join(&format!("{end}{indent}"));
        if own_line.is_none() {
            text = format!("{end}{indent}{text}");
        }
        let blanks = |c: char| matches!(c, ' ' | '\t');
        let start = match own_line {
            Some(_) => span.start,
            None => self.edits.at(&(0..span.start)).trim_end_matches(blanks).len(),
        };
        let mut stop = span.end;
        if let Some(comma) = self.comma(span.end) {
            if self.edits.at(&(span.end..comma)).trim_matches(blanks).is_empty() {
                stop = comma + 1;
            } else {
                self.edits.replace(comma..comma + 1, "");
            }
        }
        let rest = self.edits.at(&(stop..self.edits.line_stop(stop)));
        let next = rest.trim_start_matches(blanks);
        if !next.is_empty() && !next.starts_with('#') {
            text.push_str(end);
            text.push_str(indent);
            stop += rest.len() - next.len();
        }
        self.edits.replace(start..stop, text);
    }

    /// Where the comma stands that follows an entry, if one does.
    fn comma(&self, from: usize) -> Option<usize> {
        let mut at = from;
        for line in self.edits.at(&(from..self.editing.text.len())).split_inclusive('\n') {
            let code = line.split('#').next().unwrap_or_default();
            if let Some(found) = code.find(|c: char| !c.is_whitespace()) {
                return code.get(found..).is_some_and(|rest| rest.starts_with(',')).then_some(at + found);
            }
            at += line.len();
        }
        None
    }
}

/// Writes an entry of `list` behind another, in its form.
fn add_after(edits: &mut Edits<'_>, entry: &Entry, list: &str, fields: &[(&str, String)]) {
    let end = edits.line_end;
    if entry.is_inline {
        let keys: Vec<String> = fields.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let between = edits.indent(entry.span.start).map_or_else(|| " ".to_owned(), |own| format!("{end}{own}"));
        edits.insert(entry.span.end, format!(",{between}{{ {} }}", keys.join(", ")));
        return;
    }
    let indent = edits.indent(entry.span.start).unwrap_or_default();
    let mut text = format!("{end}{end}{indent}[[{list}]]");
    for (name, value) in fields {
        text.push_str(&format!("{end}{indent}{name} = {value}"));
    }
    edits.insert(edits.line_stop(entry.span.end), text);
}

/// The justification of an entry; none is empty.
fn reason(entry: &Entry) -> &str {
    entry.key("justification").and_then(|k| k.text.as_deref()).unwrap_or_default().trim()
}

/// An id as a text of TOML, between quotes such as `spelling` has.
fn like(spelling: &str, id: &str) -> String {
    let quote = if spelling.starts_with('\'') { '\'' } else { '"' };
    format!("{quote}{id}{quote}")
}
