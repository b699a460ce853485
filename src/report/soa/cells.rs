//! A statement in words: its title page, its rows and its marks, the same for every form that people read.

use crate::explain::State;
use crate::locale::{Message, Words, msg};
use crate::points::Percent;
use crate::soa::{
    Mark, MarkKind, Realization, Statement, StatementEvidence, StatementRequirement, StatementRow, StatementSummary,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The headings of the columns.
pub(in crate::report) const COLUMNS: [Message; 11] = [
    msg::SOA_CONTROL,
    msg::SOA_CONTROL_TITLE,
    msg::SOA_APPLICABLE,
    msg::SOA_JUSTIFICATION,
    msg::SOA_IMPLEMENTATION,
    msg::SOA_RESPONSIBILITY,
    msg::SOA_HOW,
    msg::SOA_EVIDENCE,
    msg::SOA_OWNER,
    msg::SOA_GAPS,
    msg::SOA_MARKS,
];

/// A row in words; what may be several stands on a line each.
pub(in crate::report) struct Shown {
    pub(super) control: String,
    pub(super) title: String,
    pub(super) applicable: String,
    pub(super) justification: Vec<String>,
    pub(super) implementation: String,
    pub(super) responsibility: String,
    /// In a few words, then in the words of the profile.
    pub(super) how: Vec<String>,
    /// Each action with how it stands.
    pub(super) actions: Vec<String>,
    /// How many items stand how.
    pub(super) evidence: Vec<String>,
    /// Each item with how it stands.
    pub(super) items: Vec<String>,
    pub(super) owners: String,
    pub(super) gaps: String,
    pub(super) marks: Vec<String>,
}

impl Shown {
    pub(in crate::report) fn new(words: &'static Words, row: &StatementRow) -> Self {
        Self {
            control: row.control.clone(),
            title: row.title.clone(),
            applicable: words.text(if row.applicable { msg::SOA_YES } else { msg::SOA_NO }).into_owned(),
            justification: justification(words, row),
            implementation: implementation(words, row),
            responsibility: responsibility(words, row),
            how: how(words, row),
            actions: row.actions.iter().map(|a| format!("{} ({})", a.title, words.word(a.state))).collect(),
            evidence: evidence(words, row),
            items: row.evidence.iter().map(|e| format!("{} ({})", e.id, standing(words, e))).collect(),
            owners: words.list(row.owners.iter().map(String::as_str)),
            gaps: list(words, row.gaps.iter().map(|kind| words.word(*kind))),
            marks: row.marks.iter().map(|m| told(words, m)).collect(),
        }
    }

    /// The cells in the order of [`COLUMNS`], with whatever may be several at full length.
    pub(in crate::report) fn cells(&self) -> [String; 11] {
        let lines = |lists: &[&[String]]| lists.concat().join("\n");
        [
            self.control.clone(),
            self.title.clone(),
            self.applicable.clone(),
            lines(&[&self.justification]),
            self.implementation.clone(),
            self.responsibility.clone(),
            lines(&[&self.how, &self.actions]),
            lines(&[&self.items]),
            self.owners.clone(),
            self.gaps.clone(),
            lines(&[&self.marks]),
        ]
    }
}

/// Things in a row, as the language separates them.
fn list<'w>(words: &'static Words, items: impl Iterator<Item = Cow<'w, str>>) -> String {
    let items: Vec<Cow<'_, str>> = items.collect();
    words.list(items.iter().map(|item| &**item))
}

fn justification(words: &'static Words, row: &StatementRow) -> Vec<String> {
    let mut lines: Vec<String> = row.justification.iter().cloned().collect();
    lines.extend(row.requirements.iter().map(|r| requirement(words, r)));
    if !row.risk_treatment.is_empty() {
        lines.push(words.with(msg::SOA_RISK_TREATMENT, &[("count", row.risk_treatment.len().into())]));
    }
    if row.claimed_inherited {
        lines.push(words.text(msg::SOA_CLAIMED_INHERITED).into_owned());
    }
    lines
}

fn requirement(words: &'static Words, requirement: &StatementRequirement) -> String {
    let reference = requirement.reference.iter().map(|r| format!(" ({r})"));
    let title = requirement.title.clone() + &reference.collect::<String>();
    words.with(msg::SOA_REQUIREMENT, &[("kind", words.word(requirement.kind).into()), ("title", title.into())])
}

fn implementation(words: &'static Words, row: &StatementRow) -> String {
    let Some(found) = row.implementation else { return String::new() };
    let share = row.coverage.filter(|_| found == Realization::Partly);
    let share = share.map(|c| format!(", {}", words.percent(Some(Percent::from_hundredths(u32::from(c))))));
    words.word(found).into_owned() + &share.unwrap_or_default()
}

fn responsibility(words: &'static Words, row: &StatementRow) -> String {
    let found = row.responsibility.filter(|_| row.applicable).map(|r| words.word(r).into_owned());
    let missing = row.shared_gap.map(|gap| format!(" ({})", words.word(gap)));
    found.unwrap_or_default() + &missing.unwrap_or_default()
}

fn how(words: &'static Words, row: &StatementRow) -> Vec<String> {
    let mut lines: Vec<String> = row.notes.iter().cloned().collect();
    if !row.actions.is_empty() {
        let counts = [("covered", row.actions_covered().into()), ("count", row.actions.len().into())];
        lines.push(words.with(msg::SOA_ACTIONS, &counts));
    }
    if !row.services.is_empty() {
        let names: Vec<String> = row.services.iter().map(|s| named(words, &s.name, s.state)).collect();
        lines.push(words.with(msg::SOA_SERVICES, &[("names", words.list(names.iter().map(String::as_str)).into())]));
    }
    lines
}

/// A service; that it is attested goes without saying.
fn named(words: &'static Words, name: &str, state: State) -> String {
    if state == State::Attested { name.to_owned() } else { format!("{name} ({})", words.word(state)) }
}

fn evidence(words: &'static Words, row: &StatementRow) -> Vec<String> {
    let counts = [State::Current, State::Lapsed, State::NotYet].map(|state| (state, row.evidence_in(state)));
    let told = |(state, count): (State, usize)| {
        words.with(msg::SOA_COUNT, &[("what", words.word(state).into()), ("count", count.into())])
    };
    counts.into_iter().filter(|(_, count)| *count > 0).map(told).collect()
}

/// How an item of evidence stands, and until when.
pub(super) fn standing(words: &'static Words, item: &StatementEvidence) -> String {
    let state = words.word(item.state);
    match (item.state, item.from, item.until) {
        (State::NotYet, Some(from), _) => {
            words.with(msg::SOA_STATE_FROM, &[("state", state.into()), ("date", words.date(from).into())])
        }
        (State::Current | State::Lapsed, _, Some(until)) => {
            words.with(msg::SOA_STATE_UNTIL, &[("state", state.into()), ("date", words.date(until).into())])
        }
        _ => state.into_owned(),
    }
}

/// A mark and what it is about.
pub(super) fn told(words: &'static Words, found: &Mark) -> String {
    let text = words.word(found.kind);
    if found.about.is_empty() {
        return text.into_owned();
    }
    words.with(msg::SOA_MARK_ABOUT, &[("mark", text.into()), ("ids", found.about.join(", ").into())])
}

/// The title page: what is known, each under its name.
pub(super) fn title_page(words: &'static Words, statement: &Statement) -> Vec<(String, String)> {
    let date = |date: Option<chrono::NaiveDate>| date.map(|d| words.date(d));
    let template = format!("{} ({})", statement.template, words.date(statement.template_version));
    let lines = [
        (msg::SOA_ORGANIZATION, Some(statement.organization.clone())),
        (msg::SOA_TENANT, Some(statement.tenant.clone()).filter(|t| *t != statement.organization)),
        (msg::SOA_ADDRESS, statement.address.clone()),
        (msg::SOA_SCOPE, statement.scope.clone()),
        (msg::SOA_STANDARD, Some(statement.framework_title.clone())),
        (msg::SOA_TEMPLATE, Some(template)),
        (msg::SOA_GROUP, Some(statement.group.clone())),
        (msg::SOA_VERSION, statement.version.clone()),
        (msg::SOA_STATUS, Some(words.word(statement.status).into_owned())),
        (msg::SOA_PREPARED_BY, statement.prepared_by.clone()),
        (msg::SOA_ISSUED_ON, date(statement.issued_on)),
        (msg::SOA_APPROVED_BY, statement.approved_by.clone()),
        (msg::SOA_APPROVED_ON, date(statement.approved_on)),
        (msg::SOA_NEXT_REVIEW_ON, date(statement.next_review_on)),
        (msg::SOA_AS_OF, date(Some(statement.as_of))),
    ];
    lines.into_iter().filter_map(|(name, value)| Some((words.text(name).into_owned(), value?))).collect()
}

/// How many of everything, each under its name.
pub(super) fn summary(words: &'static Words, summary: &StatementSummary) -> Vec<(String, usize)> {
    let text = |id| words.text(id).into_owned();
    let word = |realization: Realization| words.word(realization).into_owned();
    vec![
        (text(msg::SOA_CONTROLS), summary.controls),
        (text(msg::SOA_EXCLUDED_CONTROLS), summary.excluded),
        (text(msg::SOA_APPLICABLE_CONTROLS), summary.applicable),
        (word(Realization::Implemented), summary.implemented),
        (word(Realization::Partly), summary.partly_implemented),
        (word(Realization::Planned), summary.planned),
        (word(Realization::NotImplemented), summary.not_implemented),
        (word(Realization::NotAssessed), summary.not_assessed),
        (text(msg::SOA_MARKED), summary.marked),
    ]
}

/// The marks of one kind.
pub(super) struct Marked {
    /// What they say, and how many there are.
    pub(super) heading: String,
    /// Each control, and the ids that the mark is about; no control for a mark on the statement itself.
    pub(super) on: Vec<(String, String)>,
}

/// All marks, by kind.
pub(super) fn marks(words: &'static Words, statement: &Statement) -> Vec<Marked> {
    let mut kinds: BTreeMap<MarkKind, Vec<(String, String)>> = BTreeMap::new();
    let whole = statement.marks.iter().map(|m| ("", m));
    let rows = statement.rows.iter().flat_map(|row| row.marks.iter().map(|m| (row.control.as_str(), m)));
    for (control, found) in whole.chain(rows) {
        kinds.entry(found.kind).or_default().push((control.to_owned(), found.about.join(", ")));
    }
    let marked = |(kind, on): (MarkKind, Vec<(String, String)>)| {
        let (what, count) = (words.word(kind), on.len());
        let is_whole = on.iter().all(|(control, _)| control.is_empty());
        let args = [("what", what.clone().into()), ("count", count.into())];
        let heading = if is_whole { what.into_owned() } else { words.with(msg::SOA_COUNT, &args) };
        Marked { heading, on }
    };
    kinds.into_iter().map(marked).collect()
}
