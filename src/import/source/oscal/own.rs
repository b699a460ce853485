//! Statuses that annexa wrote, read back from its properties.

use super::{Source, without};
use crate::choice::Choice;
use crate::import::fact::{Exhibit, Finding, Reading, Reason, Stated, Subject, UnusedRow};
use crate::import::source::value::Decimal;
use crate::oscal_text::words::{evidence, status};
use crate::oscal_text::{Part, Prop, day_of};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The items of evidence of a document, by id: those of its back matter that a profile may take.
pub(super) fn register(body: &Part<'_>) -> BTreeMap<String, Exhibit> {
    let resources = body.part("back-matter").map(|matter| matter.parts("resources")).unwrap_or_default();
    let item = |resource: &Part<'_>| {
        let id = resource.own(evidence::EVIDENCE)?;
        let is_profile = resource.own(evidence::ORIGIN) == Some("profile");
        let day = |name| resource.own(name).and_then(day_of).filter(|_| is_profile);
        let url = resource.parts("rlinks").first().and_then(|link| link.text("href"));
        let exhibit = Exhibit {
            id: Some(id.to_owned()),
            title: resource.text("title").filter(|title| is_profile && *title != id).map(str::to_owned),
            url: url.filter(|_| is_profile).map(str::to_owned),
            valid_from: day(evidence::VALID_FROM),
            valid_to: day(evidence::VALID_TO),
        };
        Some((id.to_owned(), exhibit))
    };
    resources.iter().filter_map(item).collect()
}

/// Takes one status, whose properties stand together on an object.
pub(super) fn status(
    source: &Source<'_>,
    props: &[Prop<'_>],
    register: &BTreeMap<String, Exhibit>,
    reading: &mut Reading,
) {
    let own = |name: &str| props.iter().find(|prop| prop.is_own && prop.name == name).map(|prop| prop.value);
    let Some(action) = own(status::ACTION) else { return };
    let at = props.first().map_or(0, |prop| prop.at);
    let row = source.text.row(at, action);
    if let Some(parent) = own(status::PARENT) {
        return without(reading, row, format!("its status is that of `{parent}`"));
    }
    let mut wrong: Option<(&'static str, String)> = None;
    let stated = {
        let mut note = |name: &'static str, value: &str| {
            wrong.get_or_insert_with(|| (name, value.to_owned()));
        };
        stated(&own, props, register, &mut note)
    };
    if let Some((name, value)) = wrong {
        let unused = UnusedRow::new(row, Reason::BadValue, format!("`{value}` cannot stand there")).at(name);
        return reading.without_use(unused);
    }
    if stated.implementation.is_none() {
        return without(reading, row, "no implementation is stated");
    }
    let on = stated.tested_on.or(stated.implemented_on);
    let mut fact = source.fact(row, Subject::Action(action.to_owned()), Finding::Stated(Box::new(stated)), on);
    fact.place = own(status::PLACE).map(str::to_owned);
    fact.group = own(status::GROUP).map(str::to_owned);
    reading.fact(fact);
}

fn stated<'p>(
    own: &impl Fn(&str) -> Option<&'p str>,
    props: &[Prop<'_>],
    register: &BTreeMap<String, Exhibit>,
    note: &mut impl FnMut(&'static str, &str),
) -> Stated {
    let mut day = |name: &'static str| -> Option<NaiveDate> {
        let text = own(name)?;
        let day = day_of(text);
        if day.is_none() {
            note(name, text);
        }
        day
    };
    let (implemented_on, tested_on, due_on) =
        (day(status::IMPLEMENTED_ON), day(status::TESTED_ON), day(status::DUE_ON));
    let fraction = own(status::FRACTION).and_then(|text| {
        let read = Decimal::read(text).and_then(Decimal::fraction);
        if read.is_none() {
            note(status::FRACTION, text);
        }
        read
    });
    let linked = props.iter().filter(|prop| prop.is_own && prop.name == status::EVIDENCE);
    let exhibit = |id: &str| {
        let plain = || Exhibit { id: Some(id.to_owned()), ..Exhibit::default() };
        register.get(id).cloned().unwrap_or_else(plain)
    };
    Stated {
        implementation: word(own, status::IMPLEMENTATION, note),
        implemented_on,
        test: word(own, status::TEST, note),
        tested_on,
        source: word(own, status::TEST_SOURCE, note),
        fraction,
        assigned_to: own(status::ASSIGNED_TO).map(str::to_owned),
        due_on,
        notes: own(status::NOTES).map(str::to_owned),
        evidence: linked.map(|prop| exhibit(prop.value)).collect(),
    }
}

fn word<'p, T: Choice>(
    own: &impl Fn(&str) -> Option<&'p str>,
    name: &'static str,
    note: &mut impl FnMut(&'static str, &str),
) -> Option<T> {
    let text = own(name)?;
    let word = T::from_word(text);
    if word.is_none() {
        note(name, text);
    }
    word
}
