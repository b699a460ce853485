//! The changes made in a copy of the profile's text.

use super::place::{Supposed, Supposition};
use crate::choice::Choice;
use crate::library::Library;
use crate::profile::{Implementation, PlaceSource, Profile, Test};
use chrono::NaiveDate;
use toml_edit::{Array, ArrayOfTables, Datetime, DocumentMut, Item, Table, TableLike, Value};

/// The id of the evidence that work supposed done brings with it.
const PROOF: &str = "what-if-proof";

/// Why a change cannot be made, and the way out.
type Refusal = (String, Option<String>);

/// The text with all changes made; the date is that of the figures as they would be.
pub(super) fn edited(
    library: &Library,
    profile: &Profile,
    text: &str,
    changes: &[Supposition],
    on: NaiveDate,
) -> Result<String, Vec<Refusal>> {
    let document = text.parse::<DocumentMut>();
    let document = document.map_err(|e| vec![(format!("the profile cannot be edited: {}", e.message()), None)])?;
    let mut editing = Editing { library, profile, document, on, proof: None };
    let refused: Vec<Refusal> = changes.iter().filter_map(|change| editing.make(change).err()).collect();
    if refused.is_empty() { Ok(editing.document.to_string()) } else { Err(refused) }
}

struct Editing<'a> {
    library: &'a Library,
    profile: &'a Profile,
    document: DocumentMut,
    on: NaiveDate,
    /// The id of the proof, once something needs it.
    proof: Option<String>,
}

impl Editing<'_> {
    fn make(&mut self, change: &Supposition) -> Result<(), Refusal> {
        match change {
            Supposition::Set { action, group, instance, status } => {
                self.set(action, group.as_deref(), instance.as_deref(), *status)
            }
            Supposition::AddService(id) => {
                tables(self.document.as_table_mut(), "service")?.push(table([("id", id.as_str().into())]));
                Ok(())
            }
            Supposition::DropService(id) => self.drop_table("service", id),
            // What the library has is taken out of the library.
            Supposition::DropEvidence { is_library: true, .. } => Ok(()),
            Supposition::DropEvidence { id, is_library: false } => {
                self.drop_table("evidence", id)?;
                self.unlink(id)
            }
            Supposition::Renew { id, is_library: false, until } => {
                let list = tables(self.document.as_table_mut(), "evidence")?;
                for item in list.iter_mut().filter(|t| has(t, "id", id)) {
                    item.insert("valid_to", date(*until));
                }
                Ok(())
            }
            Supposition::Renew { id, is_library: true, until } => self.renew_beside(id, *until),
            Supposition::Exclude { control, framework } => {
                let mut exclusion = table([("control", control.as_str().into())]);
                if let Some(framework) = framework {
                    exclusion.insert("framework", framework.as_str().into());
                }
                exclusion.insert("justification", "supposed".into());
                tables(self.document.as_table_mut(), "exclusion")?.push(exclusion);
                Ok(())
            }
        }
    }

    fn drop_table(&mut self, key: &str, id: &str) -> Result<(), Refusal> {
        tables(self.document.as_table_mut(), key)?.retain(|table| !has(table, "id", id));
        Ok(())
    }

    /// Takes an item out of all lists of evidence.
    fn unlink(&mut self, id: &str) -> Result<(), Refusal> {
        for entry in tables(self.document.as_table_mut(), "action")?.iter_mut() {
            without(entry, id);
            if entry.contains_key("instance") {
                tables(entry, "instance")?.iter_mut().for_each(|instance| without(instance, id));
            }
        }
        Ok(())
    }

    /// A newer copy of an item of the library, in the profile.
    fn renew_beside(&mut self, id: &str, until: NaiveDate) -> Result<(), Refusal> {
        let Some(found) = self.library.find_evidence(id).map(|item| self.library.evidence_item(item)) else {
            return Ok(());
        };
        let named: Array = found.services.iter().map(|(service, _)| service.value.as_str()).collect();
        let from = found.valid_from.or(found.first_seen).unwrap_or(self.on);
        let mut item = table([("id", id.into()), ("kind", found.kind.word().into())]);
        item.insert("services", Item::Value(Value::Array(named)));
        item.insert("valid_from", date(from));
        item.insert("valid_to", date(until));
        tables(self.document.as_table_mut(), "evidence")?.push(item);
        Ok(())
    }

    fn set(
        &mut self,
        action: &str,
        group: Option<&str>,
        instance: Option<&str>,
        status: Supposed,
    ) -> Result<(), Refusal> {
        let proof = if status == Supposed::Done { Some(self.proof()?) } else { None };
        let setting = Setting { status, on: self.on, proof };
        let list = tables(self.document.as_table_mut(), "action")?;
        let is_meant = |t: &Table| has(t, "id", action) && group.is_none_or(|g| has(t, "group", g));
        if status == Supposed::Unassessed && instance.is_none() {
            list.retain(|t| !is_meant(t));
            return Ok(());
        }
        let holds_for = |group: &str| list.iter().any(|t| has(t, "id", action) && has(t, "group", group));
        let is_general = |t: &Table| has(t, "id", action) && !t.contains_key("group");
        let is_listed = match group {
            Some(group) => holds_for(group),
            None => list.iter().any(is_general) || self.profile.groups().into_iter().all(holds_for),
        };
        if !is_listed {
            list.push(new_entry(list, action, group));
        }
        for entry in list.iter_mut().filter(|t| is_meant(t)) {
            setting.entry(entry, instance)?;
        }
        Ok(())
    }

    /// The id of an item of evidence that holds from the date on; it is added the first time.
    fn proof(&mut self) -> Result<String, Refusal> {
        if let Some(id) = &self.proof {
            return Ok(id.clone());
        }
        let is_taken = |id: &str| {
            self.profile.evidence.iter().any(|e| e.id.value == id) || self.library.find_evidence(id).is_some()
        };
        let names = (2_u32..).map(|n| format!("{PROOF}-{n}"));
        let free = std::iter::once(PROOF.to_owned()).chain(names).find(|id| !is_taken(id)).unwrap_or_default();
        let item = table([("id", free.as_str().into()), ("valid_from", date(self.on))]);
        tables(self.document.as_table_mut(), "evidence")?.push(item);
        self.proof = Some(free.clone());
        Ok(free)
    }
}

/// The status of an entry that is not there: the one for every group, if there is one, for this group.
fn new_entry(list: &ArrayOfTables, action: &str, group: Option<&str>) -> Table {
    let general = list.iter().find(|t| has(t, "id", action) && !t.contains_key("group"));
    let mut entry = match general {
        Some(general) => general.clone(),
        None => table([("id", action.into()), ("implementation", Implementation::NotImplemented.word().into())]),
    };
    if let Some(group) = group {
        entry.insert("group", group.into());
    }
    // A copy must not be printed where its model stands.
    entry.set_position(None);
    entry
}

/// A status to be written, and its proof.
struct Setting {
    status: Supposed,
    on: NaiveDate,
    proof: Option<String>,
}

impl Setting {
    fn entry(&self, entry: &mut Table, instance: Option<&str>) -> Result<(), Refusal> {
        if has(entry, "test_source", "parent") {
            // The status is its own from now on.
            for key in ["test_source", "parent"] {
                entry.remove(key);
            }
            if !entry.contains_key("implementation") {
                entry.insert("implementation", Implementation::NotImplemented.word().into());
            }
        }
        if !entry.contains_key("instance") {
            self.place(entry, &Inherited { source: PlaceSource::Manual, links: Array::new(), done: None });
            return Ok(());
        }
        let inherited = Inherited {
            source: source(entry).unwrap_or(PlaceSource::Manual),
            links: entry.get("evidence").and_then(Item::as_array).cloned().unwrap_or_default(),
            done: done(entry),
        };
        // What the action says of itself beside its instances must not contradict them.
        if instance.is_none() && self.status != Supposed::Unassessed && entry.contains_key("implementation") {
            self.place(entry, &Inherited { done: None, ..inherited.clone() });
        }
        let is_meant = |t: &Table| instance.is_none_or(|name| has(t, "name", name));
        let list = tables(entry, "instance")?;
        if self.status == Supposed::Unassessed {
            list.retain(|t| !is_meant(t));
            return Ok(());
        }
        list.iter_mut().filter(|t| is_meant(t)).for_each(|place| self.place(place, &inherited));
        Ok(())
    }

    /// Writes the status of one place.
    fn place(&self, place: &mut Table, inherited: &Inherited) {
        match self.status {
            Supposed::Unassessed => {}
            Supposed::Status { implementation, test } => {
                if let Some(implementation) = implementation {
                    implement(place, implementation);
                }
                if let Some(test) = test {
                    self.test(place, test, inherited);
                }
            }
            Supposed::Done => {
                if !implementation(place).is_done() {
                    implement(place, Implementation::Implemented);
                }
                self.test(place, Test::Passed, inherited);
                let mut linked = place.get("evidence").and_then(Item::as_array).unwrap_or(&inherited.links).clone();
                linked.extend(&self.proof);
                place.insert("evidence", Item::Value(Value::Array(linked)));
            }
        }
    }

    fn test(&self, place: &mut Table, test: Test, inherited: &Inherited) {
        if test == Test::NotInScope {
            return implement(place, Implementation::NotInScope);
        }
        if !implementation(place).allows(Some(test), source(place).unwrap_or(inherited.source)) {
            implement(place, Implementation::Implemented);
        }
        place.insert("test", test.word().into());
        if test != Test::PartiallyTested {
            place.remove("fraction");
        }
        if test == Test::None {
            place.remove("tested_on");
            return;
        }
        place.insert("tested_on", date(self.on));
        // What is tested on the date was done by then.
        if done(place).or_else(|| inherited.done.clone()).is_some_and(|done| done > self.on.to_string()) {
            place.insert("implemented_on", date(self.on));
        }
    }
}

/// What an instance takes from its action where it says nothing.
#[derive(Clone)]
struct Inherited {
    source: PlaceSource,
    links: Array,
    done: Option<String>,
}

/// The day on which a place was done.
fn done(place: &Table) -> Option<String> {
    place.get("implemented_on").and_then(Item::as_datetime).map(Datetime::to_string)
}

/// How far a place is put into practice.
fn implementation(place: &Table) -> Implementation {
    let word = place.get("implementation").and_then(Item::as_str).and_then(Implementation::from_word);
    word.unwrap_or(Implementation::NotImplemented)
}

/// Writes how far a place is put into practice; a test that does not go with it goes.
fn implement(place: &mut Table, implementation: Implementation) {
    let was_done = self::implementation(place).is_done();
    place.insert("implementation", implementation.word().into());
    if !implementation.is_done() || !was_done {
        for key in ["test", "tested_on", "implemented_on", "fraction"] {
            place.remove(key);
        }
    }
}

fn source(place: &Table) -> Option<PlaceSource> {
    place.get("test_source").and_then(Item::as_str).and_then(PlaceSource::from_word)
}

/// Takes an id out of the evidence of a table.
fn without(table: &mut Table, id: &str) {
    if let Some(links) = table.get_mut("evidence").and_then(Item::as_array_mut) {
        links.retain(|link| link.as_str() != Some(id));
    }
}

/// The tables of a key, be they written as `[[key]]` or in a list.
fn tables<'t>(table: &'t mut Table, key: &str) -> Result<&'t mut ArrayOfTables, Refusal> {
    let refusal = || (format!("`{key}` is written in a form that cannot be edited"), Some(format!("use `[[{key}]]`")));
    let item = table.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    if !item.is_array_of_tables() {
        *item = Item::ArrayOfTables(std::mem::take(item).into_array_of_tables().map_err(|_| refusal())?);
    }
    item.as_array_of_tables_mut().ok_or_else(refusal)
}

fn table<const N: usize>(keys: [(&str, Item); N]) -> Table {
    keys.into_iter().collect()
}

fn has(table: &Table, key: &str, text: &str) -> bool {
    TableLike::get(table, key).and_then(Item::as_str) == Some(text)
}

fn date(day: NaiveDate) -> Item {
    day.to_string().parse::<Datetime>().map_or(Item::None, toml_edit::value)
}
