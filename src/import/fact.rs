//! What a source says, row by row, before anything is held against a profile.
//!
//! A source becomes a [`Reading`]: a [`Fact`] for each row that says something of an action or of an
//! automatic check, and an [`UnusedRow`] with its reason for each that does not. Sources differ in all
//! else; from here on there is one way.

use crate::choice::choice;
use crate::points::BasisPoints;
use crate::profile::{Implementation, PlaceSource, Risk, Test};
use crate::shape::{MAX_TEXT, MAX_TITLE, is_address};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// The most characters of the name of a check, an action or a row.
const MAX_NAME: usize = 300;

/// Everything that the files of one import say.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What rows say, in the order of the files and of their rows.
    pub facts: Vec<Fact>,
    /// Rows that say nothing that could be used, in the same order.
    pub unused: Vec<UnusedRow>,
}

/// A row of a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Which of the files, counted from 0.
    pub file: usize,
    /// The tab of a workbook.
    pub sheet: Option<String>,
    /// The 1-based line of a text on which the row begins, or the row of a sheet.
    pub line: usize,
    /// What the source calls it: the raw id of a check, a finding, an action.
    pub id: String,
}

/// What one row says.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The row.
    pub row: Row,
    /// What it is about.
    pub subject: Subject,
    /// Where it holds: a subscription, an account; nothing for the whole organization.
    pub place: Option<String>,
    /// What was looked at there. Of two rows on the same resource, the newer one counts.
    pub resource: Option<String>,
    /// The group of assessments that it is for; nothing for all of them.
    pub group: Option<String>,
    /// The day on which it was so; nothing where the source does not say.
    pub on: Option<NaiveDate>,
    /// The day of the report, where one file has reports of many days.
    pub reported_on: Option<NaiveDate>,
    /// What it says.
    pub finding: Finding,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An automatic check, as `signals` of actions name it: `kind:id`.
    Signal(String),
    /// An action, by its id in the library.
    Action(String),
    /// An action, by its title.
    Title(String),
}

/// What a row says of its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An automatic check had a result: so many of so many hold.
    Checked {
        /// How many hold, at most `of`.
        met: u64,
        /// Of how many, at least 1.
        of: u64,
        /// The risk where some do not.
        risk: Risk,
    },
    /// An automatic check found nothing that it could test: neither passed nor failed.
    NothingToTest,
    /// An automatic check did not run, or could not tell, for the reason given: neither passed nor failed.
    NotRun(String),
    /// Somebody, or another tool, states the status of the action.
    Stated(Box<Stated>),
    /// Somebody accepts the risk for a time.
    Accepted(Acceptance),
}

/// The status of an action as it is stated. What is absent leaves the profile as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// How far it is put into practice.
    pub implementation: Option<Implementation>,
    /// The day it was done.
    pub implemented_on: Option<NaiveDate>,
    /// What a test showed.
    pub test: Option<Test>,
    /// The day it was tested; [`Fact::on`] where there is none.
    pub tested_on: Option<NaiveDate>,
    /// Who tested.
    pub source: Option<PlaceSource>,
    /// How much of an automatic check holds.
    pub fraction: Option<BasisPoints>,
    /// Who works on it.
    pub assigned_to: Option<String>,
    /// The day it is due.
    pub due_on: Option<NaiveDate>,
    /// Anything a reader should know.
    pub notes: Option<String>,
    /// What can be shown.
    pub evidence: Vec<Exhibit>,
}

/// An item of evidence that a source names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exhibit {
    /// Its id, where it has one that the profile may take.
    pub id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// The day from which it holds.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it holds.
    pub valid_to: Option<NaiveDate>,
}

/// A risk that is accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acceptance {
    /// Who owns the risk, where the source says so.
    pub owner: Option<String>,
    /// The last day, where the source says so.
    pub expires_on: Option<NaiveDate>,
    /// Why.
    pub rationale: Option<String>,
}

/// A row that was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedRow {
    /// The row.
    pub row: Row,
    /// The column or the field concerned.
    pub column: Option<String>,
    /// Why.
    pub reason: Reason,
    /// What more there is to say, one lowercase clause, or nothing.
    pub detail: String,
}

choice! {
    /// Why a row was not used.
    pub enum Reason {
        /// The row cannot be understood.
        BadRow = "bad-row",
        /// A value is none of those that can stand there.
        BadValue = "bad-value",
        /// It has no date, and none was given.
        NoDate = "no-date",
        /// The check found nothing to test: neither passed nor failed.
        NothingToTest = "nothing-to-test",
        /// The check did not run or could not tell: neither passed nor failed.
        NotRun = "not-run",
        /// The source says that the result does not count: muted, deprecated, marked as wrong.
        Disregarded = "disregarded",
        /// The row is of a kind that says nothing of actions.
        NoStatus = "no-status",
        /// No action of the library names this check.
        NoAction = "no-action",
        /// The map file leaves it out.
        Ignored = "ignored",
        /// The action is the provider's, and earned by evidence alone.
        ProviderAction = "provider-action",
        /// No template that the profile is assessed against uses the action.
        NotAssessed = "not-assessed",
        /// The action concerns only services that the profile does not use.
        ServiceNotUsed = "service-not-used",
        /// No assessment of the profile is in this group.
        UnknownGroup = "unknown-group",
        /// The profile keeps a status for each place, and the row names none.
        NoPlace = "no-place",
        /// A newer row about the same thing stands in the same import.
        Superseded = "superseded",
        /// Another check of the same action did not run, so that what passed does not show enough.
        NotAllRun = "not-all-run",
        /// The acceptance names no owner or no last day, and none was given.
        Incomplete = "incomplete",
        /// Rows of the same day say different things of the same place.
        Contradiction = "contradiction",
        /// The profile's status is of a later day.
        Older = "older",
        /// The profile says something else of the same day.
        SameDay = "same-day",
        /// The profile has a status already, and only what is missing is to be filled.
        AlreadyStated = "already-stated",
        /// The profile says that the action is not in scope.
        OutOfScope = "out-of-scope",
        /// The profile takes the status from another action.
        FromParent = "from-parent",
    }
}

impl Reason {
    /// Whether the row and the profile, or two rows, disagree.
    #[must_use]
    pub fn is_conflict(self) -> bool {
        matches!(
            self,
            Self::Contradiction
                | Self::Older
                | Self::SameDay
                | Self::AlreadyStated
                | Self::OutOfScope
                | Self::FromParent
        )
    }
}

impl Subject {
    /// The text by which a map file may name it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Signal(text) | Self::Action(text) | Self::Title(text) => text,
        }
    }
}

impl Fact {
    /// What a row says of a subject, with nothing known of place, group or day.
    #[must_use]
    pub fn new(row: Row, subject: Subject, finding: Finding) -> Self {
        Self { row, subject, place: None, resource: None, group: None, on: None, reported_on: None, finding }
    }
}

impl Fact {
    /// The first of its texts that a profile could not hold, with the most characters it may have.
    fn too_long(&self) -> Option<(&'static str, usize)> {
        let mut texts: Vec<(&'static str, usize, Option<&str>)> = vec![
            ("name", MAX_NAME, Some(self.subject.text())),
            ("place", MAX_TITLE, self.place.as_deref()),
            ("group", MAX_TITLE, self.group.as_deref()),
        ];
        match &self.finding {
            Finding::Stated(stated) => {
                texts.push(("assignee", MAX_TITLE, stated.assigned_to.as_deref()));
                texts.push(("note", MAX_TEXT, stated.notes.as_deref()));
                for exhibit in &stated.evidence {
                    let parts = [&exhibit.id, &exhibit.title, &exhibit.url];
                    texts.extend(parts.map(|part| ("evidence", MAX_TITLE, part.as_deref())));
                }
            }
            Finding::Accepted(accepted) => {
                texts.push(("owner", MAX_TITLE, accepted.owner.as_deref()));
                texts.push(("rationale", MAX_TEXT, accepted.rationale.as_deref()));
            }
            Finding::Checked { .. } | Finding::NothingToTest | Finding::NotRun(_) => {}
        }
        let is_long = |text: &str, most: usize| text.chars().nth(most).is_some();
        let found = texts.into_iter().find(|(_, most, text)| text.is_some_and(|text| is_long(text, *most)));
        found.map(|(what, most, _)| (what, most))
    }
}

impl Fact {
    /// Texts without blanks around them, empty ones as none, and an address that is none as a title: where
    /// evidence lies is often told in words.
    fn tidy(&mut self) {
        let trim = |text: &mut Option<String>| {
            *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        };
        [&mut self.place, &mut self.group, &mut self.resource].into_iter().for_each(trim);
        match &mut self.finding {
            Finding::Stated(stated) => {
                [&mut stated.assigned_to, &mut stated.notes].into_iter().for_each(trim);
                for exhibit in &mut stated.evidence {
                    [&mut exhibit.id, &mut exhibit.title, &mut exhibit.url].into_iter().for_each(trim);
                    if let Some(words) = exhibit.url.take_if(|url| !is_address(url)) {
                        exhibit.title.get_or_insert(words);
                    }
                }
                stated.evidence.retain(|e| e.id.is_some() || e.title.is_some() || e.url.is_some());
            }
            Finding::Accepted(accepted) => {
                [&mut accepted.owner, &mut accepted.rationale].into_iter().for_each(trim);
            }
            Finding::Checked { .. } | Finding::NothingToTest | Finding::NotRun(_) => {}
        }
    }

    /// All days that it names.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let mut days = vec![self.on, self.reported_on];
        match &self.finding {
            Finding::Stated(stated) => {
                days.extend([stated.implemented_on, stated.tested_on, stated.due_on]);
                days.extend(stated.evidence.iter().flat_map(|e| [e.valid_from, e.valid_to]));
            }
            Finding::Accepted(accepted) => days.push(accepted.expires_on),
            Finding::Checked { .. } | Finding::NothingToTest | Finding::NotRun(_) => {}
        }
        days.into_iter().flatten()
    }
}

impl Finding {
    /// The result of a check that holds or does not.
    #[must_use]
    pub fn checked(holds: bool, risk: Risk) -> Self {
        Self::Checked { met: u64::from(holds), of: 1, risk }
    }
}

impl UnusedRow {
    /// A row without use.
    #[must_use]
    pub fn new(row: Row, reason: Reason, detail: impl Into<String>) -> Self {
        Self { row, column: None, reason, detail: detail.into() }
    }

    /// The same, with the column or field concerned.
    #[must_use]
    pub fn at(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }
}

impl Reading {
    /// Adds what a row says; what a profile could not hold makes the row unused.
    pub fn fact(&mut self, mut fact: Fact) {
        fact.tidy();
        if fact.days().any(|day| !(1900..=2999).contains(&day.year())) {
            let detail = "it names a day before 1900 or after 2999".to_owned();
            return self.without_use(UnusedRow::new(fact.row, Reason::BadValue, detail));
        }
        match fact.too_long() {
            Some((what, most)) => {
                let detail = format!("the {what} is longer than {most} characters");
                self.without_use(UnusedRow::new(fact.row, Reason::BadValue, detail));
            }
            None => {
                shorten(&mut fact.row.id);
                self.facts.push(fact);
            }
        }
    }

    /// The days of the reports in it, where it has reports of days.
    #[must_use]
    pub fn days(&self) -> BTreeSet<NaiveDate> {
        self.facts.iter().filter_map(|fact| fact.reported_on).collect()
    }

    /// What was known on a day: the reports up to it.
    #[must_use]
    pub fn until(&self, day: NaiveDate) -> Self {
        let is_known = |fact: &&Fact| fact.reported_on.is_none_or(|on| on <= day);
        Self { facts: self.facts.iter().filter(is_known).cloned().collect(), unused: self.unused.clone() }
    }

    /// Adds a row that cannot be used.
    pub fn without_use(&mut self, mut row: UnusedRow) {
        shorten(&mut row.row.id);
        self.unused.push(row);
    }
}

/// Keeps as much of a name as is told of it.
fn shorten(name: &mut String) {
    if let Some((end, _)) = name.char_indices().nth(MAX_NAME) {
        name.truncate(end);
        name.push_str("...");
    }
}

#[cfg(test)]
mod tests {
    use super::{Acceptance, Fact, Finding, Reading, Reason, Row, Stated, Subject};

    #[test]
    fn what_a_profile_could_not_hold_makes_a_row_unused() {
        let row = |id: &str| Row { file: 0, sheet: None, line: 1, id: id.to_owned() };
        let note = |length: usize| {
            let stated = Stated { notes: Some("é".repeat(length)), ..Stated::default() };
            Fact::new(row(""), Subject::Action("a".to_owned()), Finding::Stated(Box::new(stated)))
        };
        let accepted = Acceptance { owner: Some("o".repeat(1_001)), ..Acceptance::default() };
        let place = |length: usize| Fact { place: Some("p".repeat(length)), ..note(0) };
        let name = "n".repeat(301);
        let facts = [
            note(100_000),
            note(100_001),
            place(1_000),
            place(1_001),
            Fact::new(row(""), Subject::Signal(name.clone()), Finding::NothingToTest),
            Fact::new(row(""), Subject::Action("a".to_owned()), Finding::Accepted(accepted)),
            Fact::new(row(&name), Subject::Action("a".to_owned()), Finding::NothingToTest),
        ];
        let mut reading = Reading::default();
        facts.into_iter().for_each(|fact| reading.fact(fact));
        let told: Vec<_> = reading.unused.iter().map(|u| (u.reason, u.detail.as_str())).collect();
        let long = [
            "the note is longer than 100000 characters",
            "the place is longer than 1000 characters",
            "the name is longer than 300 characters",
            "the owner is longer than 1000 characters",
        ];
        assert_eq!(told, long.map(|detail| (Reason::BadValue, detail)));
        assert_eq!(reading.facts.iter().map(|f| f.row.id.len()).collect::<Vec<_>>(), [0, 0, 303]);
    }
}
