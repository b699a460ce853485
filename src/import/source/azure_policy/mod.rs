//! Azure Policy: states of policies, attestations of those that a person checks, and Defender's controls.
//!
//! What the command line, PowerShell and the REST services print is read alike, and all files together: an
//! attestation names its policy only through an assignment, which the states tell ([`Definitions`]).

mod attestation;
mod defender;
mod state;

use super::Text;
use super::json::Json;
use super::record::{Record, records};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::import::fact::{Fact, Reading, Reason, UnusedRow};
use std::collections::BTreeMap;

/// Reads files of states, attestations and controls.
pub(super) fn read(texts: &[Text<'_>], reading: &mut Reading, faults: &mut Diagnostics) {
    let (mut rows, mut definitions) = (Vec::new(), Definitions::default());
    for text in texts {
        if let Err(fault) = sort(*text, &mut rows, &mut definitions) {
            faults.push(fault);
        }
    }
    for (kind, json) in rows {
        let told = Record::row_of(json).and_then(|record| kind.fact(&record, &definitions));
        match told {
            Ok(fact) => reading.fact(fact),
            Err(unused) => reading.without_use(*unused),
        }
    }
}

/// Takes the rows of one file with what each is.
fn sort<'a>(text: Text<'a>, rows: &mut Vec<(Kind, Json<'a>)>, definitions: &mut Definitions) -> Result<(), Diagnostic> {
    let records = records(text)?;
    let (mut is_known, is_empty) = (false, records.is_empty());
    for json in records {
        let kind = Record::of(json).map_or(Kind::Unknown, |record| {
            let kind = Kind::of(&record);
            if kind == Kind::State {
                definitions.learn(&record);
            }
            kind
        });
        if kind == Kind::Metadata {
            let message = "the file holds the metadata of policies, which say nothing of their states";
            return Err(text.fault(json.at, message, "this describes a requirement").help(WANTED));
        }
        is_known |= kind != Kind::Unknown;
        rows.push((kind, json));
    }
    if is_known || is_empty {
        return Ok(());
    }
    let message = "the file holds neither states of Azure Policy nor attestations";
    Err(text.fault(0, message, "this is something else").help(WANTED))
}

const WANTED: &str = "save what `az policy state list` or `az policy attestation list` prints";

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    State,
    Attestation,
    DefenderControl,
    Metadata,
    Unknown,
}

impl Kind {
    fn of(record: &Record<'_>) -> Self {
        let text = |key: &str| record.own(key).unwrap_or_default().to_lowercase();
        let (kind, id) = (text("type"), text("id"));
        // A state has no type of its own, only that of the resource.
        let is = |name: &str| kind.starts_with(name) || (kind.is_empty() && id.contains(&format!("/providers/{name}")));
        if is("microsoft.policyinsights/attestation") {
            return Self::Attestation;
        }
        if is("microsoft.policyinsights/policymetadata") {
            return Self::Metadata;
        }
        if is("microsoft.security/regulatorycompliance") {
            return Self::DefenderControl;
        }
        if ["resourceId", "policyDefinitionId", "policyDefinitionName"].iter().any(|key| record.has(key)) {
            return Self::State;
        }
        let inner = record.inner("properties");
        let is_attested = |fields: &Record<'_>| fields.has("policyAssignmentId") && fields.has("complianceState");
        if inner.as_ref().is_some_and(is_attested) { Self::Attestation } else { Self::Unknown }
    }

    /// What a row of this kind says.
    fn fact(self, record: &Record<'_>, definitions: &Definitions) -> Result<Fact, Box<UnusedRow>> {
        match self {
            Self::State => state::fact(record),
            Self::Attestation => attestation::fact(record, definitions),
            Self::DefenderControl => defender::fact(record),
            Self::Metadata | Self::Unknown => {
                let row = record.row(record.string("id").unwrap_or_default());
                let detail = "neither the state of a policy nor an attestation";
                Err(Box::new(UnusedRow::new(row, Reason::NoStatus, detail)))
            }
        }
    }
}

/// The policies that assignments of initiatives refer to, learned from states.
#[derive(Default)]
struct Definitions(BTreeMap<(String, String), String>);

impl Definitions {
    fn learn(&mut self, state: &Record<'_>) {
        let (Some(assignment), Some(definition)) = (state.own("policyAssignmentId"), definition(state)) else { return };
        let reference = state.own("policyDefinitionReferenceId").unwrap_or_default();
        self.0.insert((assignment.to_lowercase(), reference.to_lowercase()), definition);
    }

    /// The policy that an assignment means by a reference.
    fn of(&self, assignment: &str, reference: &str) -> Option<&str> {
        self.0.get(&(assignment.to_lowercase(), reference.to_lowercase())).map(String::as_str)
    }
}

/// The id of the policy of a state, lowercase.
fn definition(state: &Record<'_>) -> Option<String> {
    let of_id = || state.string("policyDefinitionId").map(|id| last(&id).to_owned());
    state.own("policyDefinitionName").or_else(of_id).map(|id| id.to_lowercase()).filter(|id| !id.is_empty())
}

/// The last part of a resource's id.
fn last(id: &str) -> &str {
    id.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The subscription that a resource's id lies in, lowercase.
fn subscription(id: &str) -> Option<String> {
    let mut parts = id.split('/').skip_while(|part| !part.eq_ignore_ascii_case("subscriptions")).skip(1);
    parts.next().filter(|part| !part.is_empty()).map(str::to_lowercase)
}
