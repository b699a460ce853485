//! Microsoft Secure Score, as Microsoft Graph tells it: the scores of days, and the profiles of controls.
//!
//! `secureScores` says of each control how many points it has, `secureScoreControlProfiles` how many it may
//! have and what somebody stated of it. Files of both kinds are read together, in any order and number.

use super::Text;
use super::json::Json;
use super::record::{Record, records};
use super::value::{Decimal, day};
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::import::fact::{Acceptance, Fact, Finding, Reading, Reason, Row, Stated, Subject, UnusedRow};
use crate::profile::{Implementation, Risk};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A hundred percent, in the millionths of [`Decimal`].
const HUNDRED: u64 = 100_000_000;

/// Reads the scores of days and the profiles of controls.
pub(super) fn read(texts: &[Text<'_>], reading: &mut Reading, faults: &mut Diagnostics) {
    let mut found = Found::default();
    for text in texts {
        if let Err(fault) = found.sort(*text, reading) {
            faults.push(fault);
        }
    }
    let tenants: BTreeSet<_> = found.scores.iter().filter_map(tenant).collect();
    let has_places = tenants.len() > 1;
    for score in &found.scores {
        let day = Day::of(score, has_places);
        for control in score.items("controlScores") {
            match day.control(control, &found.profiles) {
                Ok(fact) => reading.fact(fact),
                Err(unused) => reading.without_use(*unused),
            }
        }
    }
    for ((id, tenant), profile) in &found.profiles {
        let place = tenant.clone().filter(|_| has_places);
        match profile.stated(id, place) {
            Some(Ok(fact)) => reading.fact(fact),
            Some(Err(unused)) => reading.without_use(*unused),
            None => {}
        }
    }
}

/// What the files hold.
#[derive(Default)]
struct Found<'a> {
    scores: Vec<Record<'a>>,
    profiles: Profiles,
}

/// The profiles of controls, by control and tenant.
type Profiles = BTreeMap<(String, Option<String>), Profile>;

impl<'a> Found<'a> {
    /// Takes what one file holds.
    fn sort(&mut self, text: Text<'a>, reading: &mut Reading) -> Result<(), Diagnostic> {
        let (mut unknown, mut is_known) = (Vec::new(), false);
        for json in records(text)? {
            let record = match Record::row_of(json) {
                Ok(record) => record,
                Err(unused) => {
                    unknown.push(*unused);
                    continue;
                }
            };
            match Kind::of(&record) {
                Some(Kind::Score) => self.scores.push(record),
                Some(Kind::Profile) => self.profile(&record, reading),
                None => {
                    let row = record.row(record.string("id").unwrap_or_default());
                    let detail = "neither the score of a day with its controls nor the profile of a control";
                    unknown.push(UnusedRow::new(row, Reason::NoStatus, detail));
                    continue;
                }
            }
            is_known = true;
        }
        if !is_known && !unknown.is_empty() {
            let message = "the file holds neither Secure Score's scores nor its control profiles";
            let fault = text.fault(0, message, "this is something else");
            return Err(fault.help(
                "save what Graph answers to `/security/secureScores` or `/security/secureScoreControlProfiles`",
            ));
        }
        unknown.into_iter().for_each(|unused| reading.without_use(unused));
        Ok(())
    }

    fn profile(&mut self, record: &Record<'_>, reading: &mut Reading) {
        let Some(id) = record.own("id") else {
            let unused = UnusedRow::new(record.row(""), Reason::BadRow, "the profile names no control");
            return reading.without_use(unused.at("id"));
        };
        let profile = Profile {
            max: record.number("maxScore").ok().flatten(),
            is_deprecated: record.get("deprecated").and_then(|flag| flag.flag()).unwrap_or(false),
            state: State::newest(record, &id),
        };
        // Of two exports the one that knows the newer statement counts, else the one read last.
        let key = (id, tenant(record));
        if self.profiles.get(&key).is_none_or(|other| other.since() <= profile.since()) {
            self.profiles.insert(key, profile);
        }
    }
}

enum Kind {
    Score,
    Profile,
}

impl Kind {
    fn of(record: &Record<'_>) -> Option<Self> {
        if record.get("controlScores").is_some_and(|scores| scores.items().is_some()) {
            return Some(Self::Score);
        }
        let marks = ["controlStateUpdates", "controlCategory", "actionType", "deprecated", "tier"];
        marks.iter().any(|mark| record.has(mark)).then_some(Self::Profile)
    }
}

/// The tenant that a record is of.
fn tenant(record: &Record<'_>) -> Option<String> {
    record.string("azureTenantId").map(|id| id.to_lowercase())
}

/// What is known of a control.
struct Profile {
    /// The most points it may have.
    max: Option<Decimal>,
    is_deprecated: bool,
    /// What somebody stated last.
    state: Option<State>,
}

/// What somebody stated of a control.
struct State {
    row: Row,
    word: String,
    on: Option<NaiveDate>,
    by: Option<String>,
    comment: Option<String>,
}

impl State {
    /// The newest statement; of several without a moment the last.
    fn newest(profile: &Record<'_>, id: &str) -> Option<Self> {
        let updates = profile.items("controlStateUpdates").into_iter().filter_map(Record::of);
        let newest = updates.max_by_key(|update| {
            let moment = update.own("updatedDateTime");
            (moment.as_deref().and_then(day), moment)
        })?;
        Some(Self {
            row: newest.row(id),
            word: newest.own("state").unwrap_or_default(),
            on: newest.day("updatedDateTime"),
            by: newest.own("assignedTo"),
            comment: newest.own("comment"),
        })
    }

    fn meaning(&self) -> Meaning {
        let plain: String = self.word.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        match plain.to_ascii_lowercase().as_str() {
            "" | "default" | "toaddress" => Meaning::Nothing,
            "ignored" | "riskaccepted" => Meaning::Accepted,
            "thirdparty"
            | "resolvedthroughthirdparty"
            | "alternatemitigation"
            | "resolvedthroughalternatemitigation" => Meaning::Otherwise,
            "planned" => Meaning::Planned,
            "reviewed" => Meaning::Reviewed,
            _ => Meaning::Unknown,
        }
    }
}

/// What the word of a statement means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Nothing,
    Accepted,
    /// Done by another product or in another way; Secure Score gives full points for saying so.
    Otherwise,
    Planned,
    Reviewed,
    Unknown,
}

impl Profile {
    fn since(&self) -> Option<NaiveDate> {
        self.state.as_ref().and_then(|state| state.on)
    }

    /// What somebody stated of the control, if it is anything.
    fn stated(&self, id: &str, place: Option<String>) -> Option<Result<Fact, Box<UnusedRow>>> {
        let state = self.state.as_ref()?;
        let unused = |reason, detail: String| {
            Some(Err(Box::new(UnusedRow::new(state.row.clone(), reason, detail).at("controlStateUpdates"))))
        };
        let of = |implementation| {
            let (assigned_to, notes) = (state.by.clone(), state.comment.clone());
            let stated = Stated { implementation: Some(implementation), assigned_to, notes, ..Stated::default() };
            Finding::Stated(Box::new(stated))
        };
        let finding = match state.meaning() {
            Meaning::Nothing => return None,
            _ if self.is_deprecated => return unused(Reason::Disregarded, "the control is deprecated".to_owned()),
            Meaning::Otherwise => of(Implementation::Alternative),
            Meaning::Planned => of(Implementation::Planned),
            Meaning::Accepted => {
                let (owner, rationale) = (state.by.clone(), state.comment.clone());
                Finding::Accepted(Acceptance { owner, expires_on: None, rationale })
            }
            Meaning::Reviewed => {
                return unused(
                    Reason::NoStatus,
                    "somebody looked at the control, and says nothing of its status".to_owned(),
                );
            }
            Meaning::Unknown => {
                return unused(Reason::BadValue, format!("{} is no state that is known", quoted(&state.word)));
            }
        };
        let mut fact = Fact::new(state.row.clone(), Subject::Signal(format!("secure-score:{id}")), finding);
        (fact.place, fact.on) = (place, state.on);
        Some(Ok(fact))
    }
}

/// The score of a day.
struct Day {
    tenant: Option<String>,
    has_places: bool,
    on: Option<NaiveDate>,
}

impl Day {
    fn of(score: &Record<'_>, has_places: bool) -> Self {
        // The id is the tenant and the day: `..._2024-01-01`.
        let in_id = || score.string("id").and_then(|id| day(id.rsplit('_').next()?));
        Self { tenant: tenant(score), has_places, on: score.day("createdDateTime").or_else(in_id) }
    }

    /// The profile of a control: the tenant's, or where one of the two names no tenant, the one there is.
    fn profile<'p>(&self, id: &str, profiles: &'p Profiles) -> Option<&'p Profile> {
        let key = |tenant: Option<String>| (id.to_owned(), tenant);
        let first = || profiles.range(key(None)..).next().filter(|((own, _), _)| own == id);
        let exact = profiles.get(&key(self.tenant.clone())).or_else(|| profiles.get(&key(None)));
        exact.or_else(|| first().filter(|_| self.tenant.is_none()).map(|(_, profile)| profile))
    }

    /// What the score says of one control.
    fn control(&self, json: Json<'_>, profiles: &Profiles) -> Result<Fact, Box<UnusedRow>> {
        let record = Record::row_of(json)?;
        let Some(id) = record.own("controlName") else {
            let unused = UnusedRow::new(record.row(""), Reason::BadRow, "the row names no control");
            return Err(Box::new(unused.at("controlName")));
        };
        let control = Control { row: record.row(&*id), more: record.inner("additionalProperties"), record };
        let profile = self.profile(&id, profiles);
        if profile.is_some_and(|profile| profile.is_deprecated) {
            return Err(control.unused("controlName", Reason::Disregarded, "the control is deprecated"));
        }
        let on = control.day("lastSynced").or(self.on);
        let finding = control.finding(profile.and_then(|profile| profile.max))?;
        if is_full(&finding) && profile.is_some_and(|profile| profile.is_stated_otherwise(on)) {
            let detail = "the points stand for what somebody stated in the profile of the control, not for a check";
            return Err(control.unused("score", Reason::Disregarded, detail));
        }
        let mut fact = Fact::new(control.row, Subject::Signal(format!("secure-score:{id}")), finding);
        fact.place = self.tenant.clone().filter(|_| self.has_places);
        fact.resource = Some(self.tenant.clone().unwrap_or_default());
        (fact.on, fact.reported_on) = (on, self.on);
        Ok(fact)
    }
}

fn is_full(finding: &Finding) -> bool {
    matches!(finding, Finding::Checked { met, of, .. } if met == of)
}

impl Profile {
    /// Whether somebody had stated by then that it is done in another way.
    fn is_stated_otherwise(&self, on: Option<NaiveDate>) -> bool {
        let by_then = |state: &State| state.on.is_none_or(|since| on.is_none_or(|on| since <= on));
        self.state.as_ref().is_some_and(|state| state.meaning() == Meaning::Otherwise && by_then(state))
    }
}

/// A control in the score of a day.
struct Control<'a> {
    row: Row,
    record: Record<'a>,
    /// Where PowerShell keeps the fields that it does not know.
    more: Option<Record<'a>>,
}

impl Control<'_> {
    fn unused(&self, field: &str, reason: Reason, detail: impl Into<String>) -> Box<UnusedRow> {
        Box::new(UnusedRow::new(self.row.clone(), reason, detail).at(field))
    }

    fn day(&self, key: &str) -> Option<NaiveDate> {
        self.record.day(key).or_else(|| self.more.as_ref()?.day(key))
    }

    fn number(&self, key: &str) -> Result<Option<u64>, Box<UnusedRow>> {
        let holder = if self.record.get(key).is_some() { Some(&self.record) } else { self.more.as_ref() };
        let number = holder.map_or(Ok(None), |record| record.number(key));
        let number = number.map_err(|detail| self.unused(key, Reason::BadValue, detail))?;
        Ok(number.map(Decimal::millionths))
    }

    /// How much of the control holds: by its points, else by its percentage, else by what was counted.
    fn finding(&self, max: Option<Decimal>) -> Result<Finding, Box<UnusedRow>> {
        let (score, percent) = (self.number("score")?, self.number("scoreInPercentage")?);
        let (count, total) = (self.number("count")?, self.number("total")?);
        if total == Some(0) {
            return Ok(Finding::NothingToTest);
        }
        let max = max.map(Decimal::millionths).filter(|max| *max > 0);
        let ways = [
            ("score", score.zip(max)),
            ("scoreInPercentage", percent.map(|percent| (percent, HUNDRED))),
            ("count", count.zip(total)),
        ];
        let Some((field, (met, of))) = ways.into_iter().find_map(|(field, way)| Some((field, way?))) else {
            let detail = "nothing says how much of the control holds: give the control profiles too, for its points";
            return Err(self.unused("score", Reason::NoStatus, detail));
        };
        if met > of {
            return Err(self.unused(field, Reason::BadValue, "more than the most that it can be"));
        }
        let common = common(met, of);
        Ok(Finding::Checked { met: met / common, of: of / common, risk: Risk::Medium })
    }
}

/// The greatest number that divides both, the second of which is not 0.
fn common(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}
