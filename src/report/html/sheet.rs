//! The sheet of an action: what it is worth and earns, where it stands how, what proves it.
//!
//! A profile has hundreds of these, so they are terse: a sign for the state, `earned/worth · proved`,
//! and for each place its test with the last day on which that counts, and its evidence.

use super::Chapter;
use super::show::{Line, Show, percent_of, view};
use crate::dossier::{ActionAt, ActionSheet, Appraisal, EvidenceAt, PlaceSheet};
use crate::explain::State;
use crate::library::Owner;
use crate::locale::msg;
use crate::profile::{Implementation, Test};
use crate::safe::safe;
use askama::Template;
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "html/sheet.html")]
pub(super) struct Sheet {
    number: usize,
    id: Line,
    title: Line,
    class: &'static str,
    /// For each group what it earns, of what it is worth, and what of that is proved.
    figures: String,
    /// What is said for each group, or once where it is the same.
    told: Vec<(Vec<Line>, Told)>,
    /// How many assessments have it.
    groups: usize,
    services: String,
    accepted: Option<String>,
}
view!(Sheet);

/// What is said of an action. The last days are compared apart: groups test in different cycles.
struct Told {
    facts: Vec<String>,
    notes: Option<Line>,
    places: Vec<Place>,
}

struct Place {
    text: String,
    fresh: Vec<String>,
    evidence: Vec<Item>,
}

/// An item of evidence, with the sign of its state.
#[derive(PartialEq, Eq)]
struct Item {
    number: usize,
    sign: &'static str,
    id: Line,
}

/// The colour and the sign of a state.
pub(super) fn look(state: State) -> (&'static str, &'static str) {
    match state {
        State::Covered | State::Attested | State::Current => ("c", "●"),
        State::Partial => ("p", "◐"),
        State::Gap | State::Unattested | State::Lapsed => ("g", "○"),
        State::NotAssessed | State::Unmapped => ("u", "?"),
        State::Excluded | State::NotInScope | State::NotApplicable | State::NotUsed => ("o", "–"),
        State::Retired | State::External | State::NotYet => ("z", "·"),
    }
}

/// The worst state comes first.
fn severity(state: State) -> u8 {
    match look(state).0 {
        "g" => 0,
        "u" => 1,
        "p" => 2,
        "c" => 3,
        _ => 4,
    }
}

impl Sheet {
    pub(super) fn of(chapter: &Chapter<'_>, at: ActionAt, action: &ActionSheet) -> Self {
        let words = chapter.show.words;
        let worst = action.appraisals.iter().map(|a| a.state).min_by_key(|state| severity(*state));
        let mut told: Vec<(Vec<Line>, Told)> = Vec::new();
        for appraisal in action.appraisals.iter().filter(|a| a.state != State::NotAssessed) {
            let new = said(chapter, action, appraisal);
            let group = chapter.group_of(appraisal.assessment);
            match told.iter_mut().find(|(_, old)| old.says_as(&new)) {
                Some((groups, old)) => {
                    old.join(new);
                    groups.extend(group);
                }
                None => told.push((group.into_iter().collect(), new)),
            }
        }
        told.retain(|(_, t)| !(t.facts.is_empty() && t.places.is_empty() && t.notes.is_none()));
        let accepted = action.accepted.as_ref().map(|a| {
            let args = [("who", safe(&a.owner).into()), ("date", words.date(a.until).into())];
            words.with(msg::HTML_RISK_ACCEPTED, &args)
        });
        Self {
            number: chapter.numbers.action(at),
            id: Line::of(&action.id),
            title: Line::of(&action.title),
            class: look(worst.unwrap_or(State::NotApplicable)).0,
            figures: figures(chapter.show, action),
            told,
            groups: action.appraisals.len(),
            services: services(chapter, action),
            accepted,
        }
    }
}

/// `16.2/27 · 9`, for each group where they differ.
fn figures(show: Show, action: &ActionSheet) -> String {
    let worth = show.words.points(action.points.whole());
    let one = |a: &Appraisal| {
        let (earned, assured) = (show.words.points(a.figures.achieved), show.words.points(a.figures.assured));
        match a.share {
            None => "–".to_owned(),
            Some(_) if a.figures.achieved == a.figures.assured => format!("{earned}/{worth}"),
            Some(_) => format!("{earned}/{worth} · {assured}"),
        }
    };
    let mut all: Vec<String> = action.appraisals.iter().map(one).collect();
    if all.windows(2).all(|pair| matches!(pair, [a, b] if a == b)) {
        all.truncate(1);
    }
    all.join(" | ")
}

/// The services of a provider's action: whether the provider's evidence names them.
fn services(chapter: &Chapter<'_>, action: &ActionSheet) -> String {
    if action.owner != Owner::Provider {
        return String::new();
    }
    let found: Vec<_> = action.services.iter().filter_map(|at| chapter.dossier.service(*at)).collect();
    let lacking = found.iter().filter(|s| s.state != State::Attested);
    let lacking: Vec<String> = lacking.map(|s| format!("{} {}", look(s.state).1, safe(&s.name))).collect();
    let words = chapter.show.words;
    let attested = found.len() - lacking.len();
    let args = [("attested", words.whole(attested).into()), ("all", words.whole(found.len()).into())];
    let said = words.with(msg::HTML_SERVICES, &args);
    [vec![words.word(action.owner).into_owned(), said], lacking].concat().join(" · ")
}

impl Told {
    fn says_as(&self, other: &Self) -> bool {
        let alike = |(a, b): (&Place, &Place)| a.text == b.text && a.evidence == b.evidence;
        (&self.facts, &self.notes, self.places.len()) == (&other.facts, &other.notes, other.places.len())
            && self.places.iter().zip(&other.places).all(alike)
    }

    /// Takes over the last days of what says the same.
    fn join(&mut self, other: Self) {
        for (place, more) in self.places.iter_mut().zip(other.places) {
            let new: Vec<String> = more.fresh.into_iter().filter(|day| !place.fresh.contains(day)).collect();
            place.fresh.extend(new);
        }
    }
}

/// What is said of an action in one assessment.
fn said(chapter: &Chapter<'_>, action: &ActionSheet, appraisal: &Appraisal) -> Told {
    let words = chapter.show.words;
    let entry = appraisal.entry.as_ref();
    let mut facts = Vec::new();
    let is_part = |share: &crate::explain::Share| !share.basis_points.is_zero() && !share.basis_points.is_whole();
    if let Some(share) = appraisal.share.filter(is_part) {
        let args = [
            ("worth", words.points(action.points.whole()).into()),
            ("share", words.percent(Some(percent_of(share.basis_points))).into()),
            ("earned", words.points(appraisal.figures.achieved).into()),
        ];
        facts.push(words.with(msg::HTML_PROOF, &args));
    }
    if look(appraisal.state).0 == "o" {
        facts.push(words.word(appraisal.state).into_owned());
    }
    facts.extend(entry.and_then(|e| e.assigned_to.as_deref()).map(|who| format!("@{}", safe(who))));
    let due = |day: NaiveDate| words.with(msg::HTML_DUE_ON, &[("date", words.date(day).into())]);
    facts.extend(entry.and_then(|e| e.due_on).map(due));
    if let Some(other) = appraisal.status_of.as_deref().filter(|other| *other != action.id) {
        facts.push(words.with(msg::HTML_STATUS_OF, &[("action", safe(other).into())]));
    }
    if entry.is_some_and(|e| e.conflict.is_some()) {
        facts.push(words.text(msg::HTML_CONFLICT).into_owned());
    }
    Told {
        facts,
        notes: entry.and_then(|e| e.notes.as_deref()).map(Line::of),
        places: appraisal.places.iter().map(|p| place(chapter, p, appraisal.places.len() > 1)).collect(),
    }
}

fn place(chapter: &Chapter<'_>, place: &PlaceSheet, is_one_of_many: bool) -> Place {
    let words = chapter.show.words;
    let mut parts = Vec::new();
    if let Some(share) = place.share.filter(|_| is_one_of_many) {
        parts.push(words.percent(Some(percent_of(share.basis_points))));
    }
    // A test says that it is implemented.
    if place.implementation != Implementation::Implemented || place.tested_on.is_none() {
        let on = place.implemented_on.map(|d| format!(" {}", words.date(d))).unwrap_or_default();
        parts.push(format!("{}{on}", words.word(place.implementation)));
    }
    let on = place.tested_on.map(|d| format!(" {}", words.date(d))).unwrap_or_default();
    let result = format!("{}{on}", words.word(place.test));
    let is_plain = place.test == Test::Passed;
    parts.push(if is_plain { result } else { words.with(msg::HTML_TEST, &[("result", result.into())]) });
    parts.extend(place.reference.as_deref().map(safe));
    let name = place.name.as_deref().map(|name| format!("{}: ", safe(name))).unwrap_or_default();
    Place {
        text: format!("{name}{}", parts.join(" · ")),
        fresh: place.fresh_until.map(|d| words.date(d)).into_iter().collect(),
        evidence: place.evidence.iter().filter_map(|at| item(chapter, *at)).collect(),
    }
}

fn item(chapter: &Chapter<'_>, at: EvidenceAt) -> Option<Item> {
    let item = chapter.dossier.evidence_item(at)?;
    Some(Item { number: chapter.numbers.evidence(at), sign: look(item.state).1, id: Line::of(&item.id) })
}
