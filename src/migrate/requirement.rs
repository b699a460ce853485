//! Requirements carried over: each names several controls, of one framework or of several.
//!
//! What an entry is to say afterwards is settled for each framework; one entry says all of it where no
//! framework would take a control of another for its own, else each framework gets one of its own.

use super::edit::{Editing, like};
use super::verdict::{Fate, Verdict};
use crate::edit::{Edits, Entry};
use crate::edit::{add_after, add_key, notes_before, take_out};
use crate::id::{ControlIdx, FrameworkIdx};
use std::collections::{BTreeMap, BTreeSet};

/// The controls that an entry names, by framework.
type Named = BTreeMap<FrameworkIdx, BTreeSet<ControlIdx>>;

impl Editing<'_> {
    /// Carries one `[[requirement]]`.
    pub(super) fn requirement(&self, entry: &Entry, edits: &mut Edits<'_>) {
        let Some(id) = entry.key("id") else { return };
        let all = self.profile.statement.requirements.iter().enumerate();
        let held: Vec<_> = all.filter(|(_, r)| r.id.span.range().start == id.value.start).collect();
        let before: Named = held.iter().map(|(_, r)| (r.framework, r.controls.iter().copied().collect())).collect();
        let of_entry = |v: &&Verdict| v.requirement.is_some_and(|n| held.iter().any(|(position, _)| *position == n));
        let about: Vec<&Verdict> = self.verdicts.iter().filter(of_entry).collect();
        let mut after = before.clone();
        if !self.route.source_stays {
            after.remove(&self.route.relations.from);
        }
        let carried = about.iter().filter(|v| v.fate == Fate::Carried).filter_map(|v| v.target);
        for target in carried {
            after.entry(self.route.relations.to).or_default().insert(target);
        }
        let notes = self.notes(&about);
        if before.is_empty() {
            self.rename_framework(entry, edits);
            return;
        }
        if after.is_empty() {
            let there = about.iter().any(|v| v.fate == Fate::WasThere);
            let target = self.library.framework(self.route.relations.to).id.value.as_str();
            let why = there.then(|| format!("# A requirement of this id stands there for {target} already."));
            take_out(edits, entry, &notes.into_iter().chain(why).collect::<Vec<_>>(), true);
            return;
        }
        notes_before(edits, entry, &notes);
        if after != before || !self.reads_back(entry, &after) {
            self.write(entry, &before, &after, edits);
        }
    }

    /// An entry that names no control yet goes on to name the framework that is assessed.
    fn rename_framework(&self, entry: &Entry, edits: &mut Edits<'_>) {
        let id = |framework: FrameworkIdx| self.library.framework(framework).id.value.as_str();
        let (from, to) = (id(self.route.relations.from), id(self.route.relations.to));
        let named = entry.key("framework").filter(|key| key.text.as_deref() == Some(from) && !self.route.source_stays);
        if let Some(key) = named {
            let framework = like(edits.at(&key.value), to);
            edits.replace(key.value.clone(), framework);
        }
    }

    fn ids(&self, named: &Named) -> Vec<&str> {
        let controls = named.iter().flat_map(|(f, controls)| controls.iter().map(|c| (*f, *c)));
        let found = controls.filter_map(|(f, c)| self.library.framework(f).controls.get(c.position()));
        let mut ids: Vec<&str> = Vec::new();
        for id in found.map(|c| c.id.value.as_str()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Whether the entry, with these controls and as far as it names its framework, says this and no more.
    fn reads_back(&self, entry: &Entry, named: &Named) -> bool {
        if entry.key("framework").is_some() {
            return !named.contains_key(&self.route.relations.to) || self.names_target(entry);
        }
        let ids = self.ids(named);
        let assessed: BTreeSet<FrameworkIdx> = self.route.others().chain([self.route.relations.to]).collect();
        assessed.into_iter().all(|framework| {
            let library = self.library.framework(framework);
            let found: BTreeSet<ControlIdx> = ids.iter().filter_map(|id| library.find_control(id)).collect();
            found == named.get(&framework).cloned().unwrap_or_default()
        })
    }

    fn names_target(&self, entry: &Entry) -> bool {
        let target = self.library.framework(self.route.relations.to).id.value.as_str();
        entry.key("framework").is_some_and(|key| key.text.as_deref() == Some(target))
    }

    fn write(&self, entry: &Entry, before: &Named, named: &Named, edits: &mut Edits<'_>) {
        let is_one = entry.key("framework").is_none() && self.reads_back(entry, named);
        let parts: Vec<(Option<FrameworkIdx>, Named)> = if is_one {
            vec![(None, named.clone())]
        } else {
            named.iter().map(|(f, controls)| (Some(*f), Named::from([(*f, controls.clone())]))).collect()
        };
        for (number, (framework, part)) in parts.iter().enumerate() {
            let spelling = |key: &str| entry.key(key).map_or("", |k| edits.at(&k.value));
            let framework = framework.map(|f| like(spelling("framework"), self.library.framework(f).id.value.as_str()));
            let ids: Vec<String> = self.ids(part).into_iter().map(|id| format!("\"{id}\"")).collect();
            let controls = format!("[{}]", ids.join(", "));
            if number == 0 {
                let controls = Some(controls.as_str()).filter(|_| part != before);
                change(entry, framework.as_deref(), controls, edits);
            } else {
                let copied = entry.keys.iter().filter(|k| !["framework", "controls"].contains(&k.name.as_str()));
                let mut fields: Vec<(&str, String)> =
                    copied.map(|k| (k.name.as_str(), edits.at(&k.value).to_owned())).collect();
                fields.extend(framework.map(|f| ("framework", f)));
                fields.push(("controls", controls));
                add_after(edits, entry, "requirement", &fields);
            }
        }
    }
}

fn change(entry: &Entry, framework: Option<&str>, controls: Option<&str>, edits: &mut Edits<'_>) {
    match (entry.key("framework"), framework) {
        (Some(key), Some(framework)) if edits.at(&key.value) != framework => {
            edits.replace(key.value.clone(), framework);
        }
        (None, Some(framework)) => add_key(edits, entry, "id", "framework", framework),
        _ => {}
    }
    if let Some((key, controls)) = entry.key("controls").zip(controls) {
        edits.replace(key.value.clone(), controls);
    }
}
