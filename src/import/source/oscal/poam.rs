//! A plan of action and milestones: a deviation that was approved is a risk that is accepted for a time.

use super::{Source, without};
use crate::import::fact::{Acceptance, Finding, Reading, Subject};
use crate::oscal_text::words::{gap, status};
use crate::oscal_text::{Part, day_of};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn read(source: &Source<'_>, body: &Part<'_>, reading: &mut Reading) {
    let metadata = body.part("metadata");
    let parties = metadata.map(|metadata| metadata.parts("parties")).unwrap_or_default();
    let names: BTreeMap<String, &str> =
        parties.iter().filter_map(|party| Some((party.text("uuid")?.to_lowercase(), party.text("name")?))).collect();
    let mut told = BTreeSet::new();
    for risk in body.parts("risks") {
        if let Some(uuid) = risk.text("uuid")
            && !told.insert(uuid.to_lowercase())
        {
            without(reading, source.row(&risk, format!("oscal:{uuid}")), "another risk has the same uuid");
            continue;
        }
        if source.is_own { own(source, &risk, reading) } else { foreign(source, &risk, &names, reading) }
    }
}

/// A risk that annexa wrote: of its own gaps only accepted ones say something that a profile has.
fn own(source: &Source<'_>, risk: &Part<'_>, reading: &mut Reading) {
    let (Some(action), true) = (risk.own(status::ACTION), risk.own(gap::ACCEPTED_BY).is_some()) else { return };
    let acceptance = Acceptance {
        owner: risk.own(gap::ACCEPTED_BY).map(str::to_owned),
        expires_on: risk.own(gap::ACCEPTED_UNTIL).and_then(day_of),
        rationale: risk.own(gap::RATIONALE).map(str::to_owned),
    };
    let subject = Subject::Action(action.to_owned());
    reading.fact(source.fact(source.row(risk, action), subject, Finding::Accepted(acceptance), None));
}

fn foreign(source: &Source<'_>, risk: &Part<'_>, names: &BTreeMap<String, &str>, reading: &mut Reading) {
    let forms: Vec<String> =
        [risk.text("title"), risk.text("uuid")].into_iter().flatten().map(|id| format!("oscal:{id}")).collect();
    let row = source.row(risk, forms.first().cloned().unwrap_or_default());
    let status = risk.text("status").unwrap_or("unknown");
    if status != "deviation-approved" {
        return without(
            reading,
            row,
            format!("its status is `{status}`, and only `deviation-approved` accepts a risk"),
        );
    }
    let acceptance = Acceptance {
        owner: owner(risk, names),
        expires_on: risk.day("deadline"),
        rationale: risk.text("statement").or(risk.text("title")).map(str::to_owned),
    };
    reading.fact(source.fact(row, source.subject(&forms), Finding::Accepted(acceptance), None));
}

/// The first party that the risk is said by.
fn owner(risk: &Part<'_>, names: &BTreeMap<String, &str>) -> Option<String> {
    let origins = risk.parts("characterizations").iter().filter_map(|c| c.part("origin")).collect::<Vec<_>>();
    let all = risk.parts("origins").into_iter().chain(origins).collect::<Vec<_>>();
    let actors: Vec<Part<'_>> = all.iter().flat_map(|origin| origin.parts("actors")).collect();
    let parties = actors.iter().filter(|actor| actor.text("type") == Some("party"));
    let mut named = parties.filter_map(|actor| names.get(&actor.text("actor-uuid")?.to_lowercase()));
    named.next().map(|name| (*name).to_owned())
}
