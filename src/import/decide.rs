//! Claims held against the profile: what is written, what stands already, what does not win.

use super::fact::{Acceptance, Exhibit, Reason, Stated};
use super::matching::Refused;
use super::settle::{Claim, Saying, Spot};
use super::state::{Standing, checked, stated};
use crate::choice::choice;
use crate::profile::{ActionEntry, EvidenceItem, EvidenceLink, Implementation, Place, Profile, Status};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

choice! {
    /// When a row of a source takes the place of what the profile says.
    pub enum Policy {
        /// Only where the profile has no result yet.
        Fill = "fill",
        /// Where it is of a later day.
        Newer = "newer",
        /// Always.
        Replace = "replace",
    }
}

/// What the profile keeps of a spot.
#[derive(Clone, Copy)]
pub(super) enum Kept<'p> {
    /// Nothing.
    Nothing,
    /// A status.
    Place(&'p Place),
    /// Another action's status.
    Parent,
}

/// What becomes of a spot over all claims about it.
#[derive(Clone, Debug, Default)]
pub(super) struct Becoming {
    /// What the profile says; nothing if it does not list the spot.
    pub(super) before: Option<Standing>,
    /// What it would say; nothing while no claim was taken.
    pub(super) after: Option<Standing>,
    /// Who works on it, the day it is due, anything a reader should know: what is new.
    pub(super) assigned_to: Option<String>,
    pub(super) due_on: Option<NaiveDate>,
    pub(super) notes: Option<String>,
    /// What can be shown.
    pub(super) evidence: Vec<Exhibit>,
    /// The facts that were taken over.
    pub(super) facts: Vec<usize>,
    /// The day of the claim that last said how it stands, if one did.
    settled: Option<Option<NaiveDate>>,
}

/// An accepted risk to be added.
#[derive(Clone, Debug)]
pub(super) struct Accepted {
    pub(super) spot: Spot,
    pub(super) owner: String,
    pub(super) expires_on: NaiveDate,
    pub(super) rationale: Option<String>,
    pub(super) fact: usize,
}

/// What was decided.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) spots: BTreeMap<Spot, Becoming>,
    pub(super) accepted: Vec<Accepted>,
    /// Facts that say what the profile says already.
    pub(super) confirmed: Vec<usize>,
    /// Facts that were not used.
    pub(super) unused: Vec<(usize, Reason, String)>,
}

/// What a run decides by.
pub(super) struct Deciding<'a> {
    pub(super) profile: &'a Profile,
    pub(super) policy: Policy,
    /// The owner of accepted risks that name none.
    pub(super) owner: Option<&'a str>,
    /// The last day of accepted risks that name none.
    pub(super) expires: Option<NaiveDate>,
    /// The name of each fact's source in the profile.
    pub(super) references: &'a [String],
}

impl Deciding<'_> {
    /// Takes the claims in the order of their days; what wins is what the policy says.
    pub(super) fn run(&self, mut claims: Vec<Claim<'_>>) -> Decided {
        let mut decided = Decided::default();
        // The first word counts of one day: a check's before a statement, the longest acceptance.
        let rank = |claim: &Claim<'_>| match claim.saying {
            Saying::Checked { .. } => (0, None),
            Saying::Stated(_) => (1, None),
            Saying::Accepted(acceptance) => (2, Some(Reverse(acceptance.expires_on.or(self.expires)))),
        };
        claims.sort_by(|a, b| {
            // Where only gaps are filled the newest comes first.
            let days = if self.policy == Policy::Fill { b.on.cmp(&a.on) } else { a.on.cmp(&b.on) };
            a.spot.cmp(&b.spot).then(days).then_with(|| (rank(a), &a.facts).cmp(&(rank(b), &b.facts)))
        });
        for claim in &claims {
            let done = match claim.saying {
                Saying::Accepted(acceptance) => self.accept(claim, acceptance, &mut decided),
                Saying::Checked { .. } | Saying::Stated(_) => self.judge(claim, &mut decided),
            };
            if let Err((reason, detail)) = done {
                decided.unused.extend(claim.facts.iter().map(|fact| (*fact, reason, detail.clone())));
            }
        }
        for becoming in decided.spots.values_mut().filter(|becoming| becoming.is_idle()) {
            decided.confirmed.append(&mut becoming.facts);
        }
        decided
    }

    /// What the profile keeps of a spot.
    pub(super) fn kept(&self, spot: &Spot) -> Kept<'_> {
        let Some(entry) = self.entry(spot) else { return Kept::Nothing };
        match &entry.status {
            Status::Parent(_) => Kept::Parent,
            Status::Single(place) if spot.place.is_none() => Kept::Place(place),
            Status::Single(_) => Kept::Nothing,
            Status::Instances(places) => {
                places.iter().find(|place| place.name == spot.place).map_or(Kept::Nothing, Kept::Place)
            }
        }
    }

    /// The entry of a spot's action for its group.
    fn entry(&self, spot: &Spot) -> Option<&ActionEntry> {
        self.profile.actions.iter().find(|e| e.action == spot.action && e.group == spot.group)
    }

    fn judge(&self, claim: &Claim<'_>, decided: &mut Decided) -> Result<(), Refused> {
        let kept = match self.kept(&claim.spot) {
            Kept::Parent => {
                return Err((Reason::FromParent, "the profile takes its status from another action".to_owned()));
            }
            Kept::Place(place) => Some(Standing::of(place)),
            Kept::Nothing => None,
        };
        let becoming = decided.spots.entry(claim.spot.clone()).or_default();
        becoming.before.clone_from(&kept);
        let current = becoming.after.clone().or(kept);
        let facts = claim.facts.iter().filter_map(|fact| self.references.get(*fact));
        let by = references(facts);
        let base = current.clone().unwrap_or_else(Standing::unassessed);
        let wanted = match claim.saying {
            Saying::Checked { share, risk } => {
                let on = claim.on.ok_or_else(|| (Reason::NoDate, "give the day with `--date`".to_owned()))?;
                checked(&base, share, risk, on, &by)
            }
            // A row that states no status, only what stands beside it.
            Saying::Stated(said) if said.implementation.is_none() && said.test.is_none() => {
                let none = || (Reason::NoStatus, "it states no status, and the profile has none".to_owned());
                current.clone().ok_or_else(none)?
            }
            Saying::Stated(said) => {
                if claim.on.is_none() && self.policy == Policy::Newer && current.is_some() {
                    return Err((Reason::NoDate, "give the day with `--date`".to_owned()));
                }
                stated(&base, said, claim.on, &by)?
            }
            Saying::Accepted(_) => return Ok(()),
        };
        becoming.admits(&wanted, current.as_ref(), claim.on, self.policy)?;
        let wins = current.as_ref().map_or(Ok(true), |current| self.wins(current, &wanted, claim.on))?;
        becoming.settled = Some(claim.on);
        if wins {
            becoming.after = Some(wanted);
        }
        let entry = self.entry(&claim.spot);
        let place = if let Kept::Place(place) = self.kept(&claim.spot) { Some(place) } else { None };
        let wins_beside = wins || self.policy == Policy::Replace;
        let beside = Beside { profile: self.profile, entry, place, wins: wins_beside };
        let has_more = if let Saying::Stated(said) = claim.saying { becoming.take(said, &beside) } else { false };
        if wins || has_more {
            becoming.facts.extend(&claim.facts);
        } else {
            decided.confirmed.extend(&claim.facts);
        }
        Ok(())
    }

    /// Whether what is wanted takes the place of what is there; it does not where that says the same.
    fn wins(&self, current: &Standing, wanted: &Standing, on: Option<NaiveDate>) -> Result<bool, Refused> {
        if current.agrees_with(wanted) && (on <= current.day() || wanted.tested_on == current.tested_on) {
            return Ok(false);
        }
        if self.policy == Policy::Replace {
            return Ok(true);
        }
        let says = format!("the profile says {}", current.words());
        if current.implementation == Implementation::NotInScope {
            return Err((Reason::OutOfScope, says));
        }
        if self.policy == Policy::Fill {
            return if current.says_something() { Err((Reason::AlreadyStated, says)) } else { Ok(true) };
        }
        match (on, current.day()) {
            (Some(on), Some(day)) if on < day => Err((Reason::Older, format!("{says}, later than {on}"))),
            (Some(on), Some(day)) if on == day && current.says_something() => Err((Reason::SameDay, says)),
            _ => Ok(true),
        }
    }

    fn accept(&self, claim: &Claim<'_>, acceptance: &Acceptance, decided: &mut Decided) -> Result<(), Refused> {
        let incomplete = |what: &str, option: &str| {
            (Reason::Incomplete, format!("the acceptance names no {what}; give one with `{option}`"))
        };
        let owner = acceptance.owner.as_deref().or(self.owner).ok_or_else(|| incomplete("owner", "--owner"))?;
        let expires_on = acceptance.expires_on.or(self.expires).ok_or_else(|| incomplete("last day", "--expires"))?;
        let (Some(fact), action) = (claim.facts.first().copied(), claim.spot.action) else { return Ok(()) };
        let kept = self.profile.acceptances_of(action).iter().map(|a| a.expires_on);
        let new = decided.accepted.iter().filter(|a| a.spot.action == action).map(|a| a.expires_on);
        let last = kept.chain(new).max();
        match last {
            Some(last) if last == expires_on => decided.confirmed.push(fact),
            // Beside the longer one, a shorter one would say nothing.
            Some(last) if last > expires_on => {
                return Err((
                    Reason::Older,
                    format!("the profile accepts the risk until {last}, longer than {expires_on}"),
                ));
            }
            Some(last) if self.policy == Policy::Fill => {
                return Err((Reason::AlreadyStated, format!("the profile accepts the risk until {last}")));
            }
            _ => {
                let spot = Spot { place: None, group: None, ..claim.spot.clone() };
                let (owner, rationale) = (owner.to_owned(), acceptance.rationale.clone());
                // Several checks of one action may be accepted; once is enough.
                decided.accepted.retain(|a| a.spot.action != action || a.expires_on > expires_on);
                decided.accepted.push(Accepted { spot, owner, expires_on, rationale, fact });
            }
        }
        Ok(())
    }
}

impl Becoming {
    /// Whether an earlier claim of the same import leaves room for another.
    fn admits(
        &self,
        wanted: &Standing,
        current: Option<&Standing>,
        on: Option<NaiveDate>,
        policy: Policy,
    ) -> Result<(), Refused> {
        let Some(settled) = self.settled.filter(|_| current.is_none_or(|current| !current.agrees_with(wanted))) else {
            return Ok(());
        };
        let says = || current.map(|current| format!("another row says {}", current.words())).unwrap_or_default();
        match policy {
            Policy::Fill => Err((Reason::AlreadyStated, says())),
            _ if settled == on => Err((Reason::Contradiction, says())),
            _ => Ok(()),
        }
    }

    /// Whether nothing changes after all.
    fn is_idle(&self) -> bool {
        let has_more = self.assigned_to.is_some() || self.due_on.is_some() || self.notes.is_some();
        !has_more && self.evidence.is_empty() && (self.after.is_none() || self.after == self.before)
    }

    /// Takes over what stands beside a status, where it is new; whether anything is.
    fn take(&mut self, said: &Stated, beside: &Beside<'_>) -> bool {
        let entry = beside.entry;
        let text = |said: &Option<String>, kept: Option<&String>| {
            said.clone().filter(|new| kept.is_none_or(|old| beside.wins && old != new))
        };
        let assigned_to = text(&said.assigned_to, entry.and_then(|e| e.assigned_to.as_ref()));
        let notes = text(&said.notes, entry.and_then(|e| e.notes.as_ref()));
        let due = entry.and_then(|e| e.due_on);
        let due_on = said.due_on.filter(|new| due.is_none_or(|old| beside.wins && old != *new));
        let shown: Vec<&Exhibit> = said.evidence.iter().filter(|exhibit| !beside.shows(exhibit)).collect();
        let has_more = assigned_to.is_some() || notes.is_some() || due_on.is_some() || !shown.is_empty();
        self.assigned_to = assigned_to.or(self.assigned_to.take());
        self.notes = notes.or(self.notes.take());
        self.due_on = due_on.or(self.due_on);
        self.evidence.extend(shown.into_iter().cloned());
        has_more
    }
}

/// What the profile keeps beside a status.
struct Beside<'p> {
    profile: &'p Profile,
    entry: Option<&'p ActionEntry>,
    place: Option<&'p Place>,
    /// Whether what is said takes the place of what is kept.
    wins: bool,
}

impl Beside<'_> {
    /// Whether the place links the exhibit already, and for as long.
    fn shows(&self, exhibit: &Exhibit) -> bool {
        let Some(at) = known_item(self.profile, exhibit) else { return false };
        let is_linked = self.place.is_some_and(|place| place.evidence.contains(&EvidenceLink::Own(at)));
        let kept = self.profile.evidence.get(at).and_then(|item| item.valid_to);
        is_linked && (exhibit.valid_to.is_none() || exhibit.valid_to <= kept)
    }
}

/// The item of the profile that an exhibit is: by its id, its address, or its title where it has no address.
pub(super) fn known_item(profile: &Profile, exhibit: &Exhibit) -> Option<usize> {
    let same = |item: &EvidenceItem| match (&exhibit.id, &exhibit.url) {
        (Some(id), _) if item.id.value == *id => true,
        (_, Some(url)) => item.location.as_ref() == Some(url),
        (_, None) => item.location.is_none() && item.title.is_some() && item.title == exhibit.title,
    };
    profile.evidence.iter().position(same)
}

/// The sources of a status as one name, not too long for a reader.
fn references<'a>(names: impl Iterator<Item = &'a String>) -> String {
    const LONGEST: usize = 400;
    let mut seen: Vec<&str> = names.map(String::as_str).collect();
    seen.sort_unstable();
    seen.dedup();
    let mut text = String::new();
    for (at, name) in seen.iter().enumerate() {
        if !text.is_empty() && text.len() + name.len() > LONGEST {
            text.push_str(&format!(", and {} more", seen.len() - at));
            break;
        }
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(name);
    }
    text
}
