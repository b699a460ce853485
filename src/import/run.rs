//! The way through an import: facts to claims, claims to a text, the text read back and compared.

use super::decide::{Becoming, Decided, Deciding, Policy};
use super::fact::{Fact, Reading, Reason, Row, UnusedRow};
use super::map::Map;
use super::matching::Matching;
use super::result::{
    AcceptanceAdded, ActionChange, ImportReport, PlaceChange, ReasonCount, RowCounts, RowName, RowUnused,
};
use super::settle::{Claim, Spot, Told, settle};
use super::source::Format;
use super::write::written;
use crate::change::AmountChange;
use crate::choice::Choice;
use crate::compare::{Comparison, Snapshot, compare};
use crate::diagnostic::Diagnostics;
use crate::id::ActionIdx;
use crate::model::{Model, TenantProfile};
use crate::points::Amount;
use crate::profile::{EvidenceFolder, Profile, Status};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What is imported into which profile, and how.
pub struct Import<'a> {
    /// The library.
    pub model: &'a Model,
    /// The profile as it stands.
    pub profile: &'a TenantProfile,
    /// The text it was read from.
    pub text: &'a str,
    /// The files beside it.
    pub folder: &'a dyn EvidenceFolder,
    /// The format of the files.
    pub format: Format,
    /// The names of the files.
    pub files: &'a [String],
    /// What the files say.
    pub reading: &'a Reading,
    /// What the map file says.
    pub map: &'a Map,
    /// When a row takes the place of what the profile says.
    pub policy: Policy,
    /// The day of rows that have none.
    pub date: Option<NaiveDate>,
    /// The owner of accepted risks that name none.
    pub owner: Option<&'a str>,
    /// The last day of accepted risks that name none.
    pub expires: Option<NaiveDate>,
    /// The date of the figures.
    pub as_of: NaiveDate,
}

/// A profile with what was imported.
#[derive(Debug)]
pub struct Imported {
    /// The text of the profile; the one that was given if nothing changes.
    pub text: String,
    /// The profile read from it; nothing if nothing changes.
    pub profile: Option<TenantProfile>,
    /// What was done.
    pub report: ImportReport,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum ImportFailure {
    /// A list of the profile is written in a form that cannot be edited.
    Unplaced(&'static str),
    /// The edited profile has faults: a fault of this program.
    Faults {
        /// The text that was made.
        text: String,
        /// What is wrong with it.
        faults: Diagnostics,
    },
}

/// Imports what was read; the edited text carries the number `file`.
///
/// # Errors
/// The profile cannot be edited, or not be read once it is.
pub fn import(import: &Import<'_>, file: u32) -> Result<Imported, ImportFailure> {
    let references: Vec<String> = import.reading.facts.iter().map(|fact| import.reference(fact)).collect();
    let mut unused: Vec<(usize, Reason, String)> = Vec::new();
    let claims = import.claims(&mut unused);
    let profile = import.profile.profile();
    let deciding = Deciding {
        profile,
        policy: import.policy,
        owner: import.owner,
        expires: import.expires,
        references: &references,
    };
    let mut decided = deciding.run(claims);
    unused.append(&mut decided.unused);
    let is_changed = decided.spots.values().any(|b| !b.facts.is_empty()) || !decided.accepted.is_empty();
    let mut imported = Imported { text: import.text.to_owned(), profile: None, report: import.empty() };
    let mut comparison = None;
    if is_changed {
        let library = import.model.library();
        let text = written(library, profile, import.text, &decided).map_err(ImportFailure::Unplaced)?;
        let read = match import.model.profile(&text, file, import.folder) {
            Ok(checked) => checked.value,
            Err(faults) => return Err(ImportFailure::Faults { text, faults }),
        };
        let (model, as_of) = (import.model, import.as_of);
        let before = Snapshot { model, profile: import.profile, as_of };
        comparison = Some(compare(&before, &Snapshot { model, profile: &read, as_of }));
        (imported.text, imported.profile) = (text, Some(read));
    }
    import.tell(&decided, unused, comparison.as_ref(), &mut imported.report);
    Ok(imported)
}

impl Import<'_> {
    /// How a fact is named in the profile: the check, or the format and what it calls the row.
    fn reference(&self, fact: &Fact) -> String {
        match &fact.subject {
            super::Subject::Signal(signal) => signal.clone(),
            _ if fact.row.id.is_empty() => self.format.word().to_owned(),
            _ => format!("{}:{}", self.format.word(), fact.row.id),
        }
    }

    fn claims(&self, unused: &mut Vec<(usize, Reason, String)>) -> Vec<Claim<'_>> {
        let profile = self.profile.profile();
        let matching = Matching::new(self.model.library(), profile, self.map);
        // Facts by action and group, with the place that each names.
        let mut about: BTreeMap<(ActionIdx, Option<String>), Vec<Placed<'_>>> = BTreeMap::new();
        for (at, fact) in self.reading.facts.iter().enumerate() {
            let told = Told { at, fact, on: fact.on.or(self.date) };
            let found = matching.actions(fact).and_then(|actions| {
                let groups = |action| Ok((action, matching.groups(action, fact)?));
                actions.into_iter().map(groups).collect::<Result<Vec<_>, _>>()
            });
            match found {
                Ok(found) => {
                    for (action, groups) in found {
                        for group in groups {
                            about.entry((action, group)).or_default().push((told, matching.place(fact)));
                        }
                    }
                }
                Err((reason, detail)) => unused.push((at, reason, detail)),
            }
        }
        let mut claims = Vec::new();
        for ((action, group), told) in about {
            for (place, told) in by_place(profile, action, group.as_deref(), told, unused) {
                let spot = Spot { action, group: group.clone(), place };
                claims.extend(settle(&spot, &told, unused));
            }
        }
        claims
    }

    fn empty(&self) -> ImportReport {
        ImportReport {
            schema: 1,
            tenant: self.profile.profile().tenant.clone(),
            format: self.format,
            files: self.files.to_vec(),
            policy: self.policy,
            as_of: self.as_of,
            rows: RowCounts::default(),
            actions: Vec::new(),
            acceptances: Vec::new(),
            unused: Vec::new(),
            reasons: Vec::new(),
            score: None,
        }
    }

    fn row(&self, row: &Row) -> RowName {
        let file = self.files.get(row.file).cloned().unwrap_or_default();
        RowName { file, sheet: row.sheet.clone(), line: row.line, id: row.id.clone() }
    }

    fn fact_row(&self, at: usize) -> Option<RowName> {
        self.reading.facts.get(at).map(|fact| self.row(&fact.row))
    }

    fn tell(
        &self,
        decided: &Decided,
        unused: Vec<(usize, Reason, String)>,
        comparison: Option<&Comparison>,
        report: &mut ImportReport,
    ) {
        report.actions = self.actions(decided, comparison);
        report.acceptances = decided.accepted.iter().filter_map(|a| self.acceptance(a)).collect();
        report.score = comparison.map(|c| c.change);
        let accepted = decided.accepted.iter().map(|a| a.fact);
        let used: BTreeSet<usize> =
            decided.spots.values().flat_map(|b| b.facts.iter().copied()).chain(accepted).collect();
        // A row about several actions may be used for one and not for another.
        let confirmed: BTreeSet<usize> = decided.confirmed.iter().copied().filter(|at| !used.contains(at)).collect();
        let left = unused.into_iter().filter(|(at, _, _)| !used.contains(at) && !confirmed.contains(at));
        let mut first: BTreeMap<usize, (Reason, String)> = BTreeMap::new();
        left.for_each(|(at, reason, detail)| {
            first.entry(at).or_insert((reason, detail));
        });
        // What no decision speaks of was overtaken by another acceptance of the same action.
        for at in (0..self.reading.facts.len()).filter(|at| !used.contains(at) && !confirmed.contains(at)) {
            let overtaken = || (Reason::Superseded, "another row about the same action says as much".to_owned());
            first.entry(at).or_insert_with(overtaken);
        }
        let rows = first.into_iter().filter_map(|(at, (reason, detail))| {
            let fact = self.reading.facts.get(at)?;
            Some(UnusedRow { row: fact.row.clone(), column: None, reason, detail })
        });
        let mut all: Vec<UnusedRow> = rows.chain(self.reading.unused.iter().cloned()).collect();
        all.sort_by(|a, b| a.row.cmp(&b.row));
        report.rows = RowCounts {
            read: self.reading.facts.len() + self.reading.unused.len(),
            used: used.len(),
            confirmed: confirmed.len(),
            unused: all.len(),
            conflicts: all.iter().filter(|row| row.reason.is_conflict()).count(),
        };
        let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
        all.iter().for_each(|row| *reasons.entry(row.reason).or_default() += 1);
        report.reasons = reasons.into_iter().map(|(reason, rows)| ReasonCount { reason, rows }).collect();
        let told = |row: UnusedRow| {
            let UnusedRow { row, column, reason, detail } = row;
            RowUnused { row: self.row(&row), column, reason, detail }
        };
        report.unused = all.into_iter().map(told).collect();
    }

    fn acceptance(&self, accepted: &super::decide::Accepted) -> Option<AcceptanceAdded> {
        Some(AcceptanceAdded {
            action: self.model.library().action(accepted.spot.action).id.value.as_str().to_owned(),
            owner: accepted.owner.clone(),
            expires_on: accepted.expires_on,
            row: self.fact_row(accepted.fact)?,
        })
    }

    fn actions(&self, decided: &Decided, comparison: Option<&Comparison>) -> Vec<ActionChange> {
        let mut found: BTreeMap<ActionIdx, Vec<PlaceChange>> = BTreeMap::new();
        for (spot, becoming) in decided.spots.iter().filter(|(_, b)| !b.facts.is_empty()) {
            found.entry(spot.action).or_default().push(self.place(spot, becoming));
        }
        let change = |(action, places): (ActionIdx, Vec<PlaceChange>)| {
            let action = self.model.library().action(action);
            let id = action.id.value.as_str().to_owned();
            let (achieved, assured) = effect(comparison, &id);
            ActionChange { title: action.title.clone(), achieved, assured, places, id }
        };
        let mut list: Vec<ActionChange> = found.into_iter().map(change).collect();
        list.sort_by(|a, b| a.id.cmp(&b.id));
        list
    }

    fn place(&self, spot: &Spot, becoming: &Becoming) -> PlaceChange {
        let before = becoming.before.as_ref().map(super::state::Standing::words);
        let after = becoming.after.as_ref().or(becoming.before.as_ref()).map(super::state::Standing::words);
        let also = [
            ("assigned_to", becoming.assigned_to.is_some()),
            ("due_on", becoming.due_on.is_some()),
            ("notes", becoming.notes.is_some()),
            ("evidence", !becoming.evidence.is_empty()),
        ];
        PlaceChange {
            group: spot.group.clone(),
            place: spot.place.clone(),
            from: before,
            to: after.unwrap_or_default(),
            also: also.into_iter().filter_map(|(key, is_new)| is_new.then_some(key)).collect(),
            rows: becoming.facts.iter().filter_map(|at| self.fact_row(*at)).collect(),
        }
    }
}

/// A fact, and the place that it names.
type Placed<'f> = (Told<'f>, Option<String>);

/// Facts by the places of which the profile keeps a status: where it keeps one for all of them, they are
/// one place, and where it keeps one for each, a row that names none is about none.
fn by_place<'f>(
    profile: &Profile,
    action: ActionIdx,
    group: Option<&str>,
    told: Vec<Placed<'f>>,
    unused: &mut Vec<(usize, Reason, String)>,
) -> BTreeMap<Option<String>, Vec<Told<'f>>> {
    let entry = profile.actions.iter().find(|e| e.action == action && e.group.as_deref() == group);
    let has_places = match entry.map(|e| &e.status) {
        Some(Status::Instances(_)) => Some(true),
        Some(Status::Single(_) | Status::Parent(_)) => Some(false),
        None => None,
    };
    let all_named = told.iter().all(|(_, place)| place.is_some());
    let mut places: BTreeMap<Option<String>, Vec<Told<'f>>> = BTreeMap::new();
    for (told, place) in told {
        let is_status = !matches!(told.fact.finding, super::Finding::Accepted(_));
        if has_places == Some(true) && place.is_none() && is_status {
            let detail = "the profile keeps a status for each place, and the row names none".to_owned();
            unused.push((told.at, Reason::NoPlace, detail));
            continue;
        }
        let is_one = !is_status || !has_places.unwrap_or(all_named);
        places.entry(place.filter(|_| !is_one)).or_default().push(told);
    }
    places
}

/// What an action's change does to the points: of those achieved, and of those assured.
fn effect(comparison: Option<&Comparison>, id: &str) -> (AmountChange, AmountChange) {
    let effects = comparison.into_iter().flat_map(|c| &c.causes).flat_map(|cause| &cause.effects);
    let none = AmountChange::between(Amount::ZERO, Amount::ZERO);
    effects
        .filter(|effect| effect.id == id)
        .fold((none, none), |(achieved, assured), effect| (achieved.and(effect.achieved), assured.and(effect.assured)))
}
