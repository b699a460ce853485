//! What a person attested of a policy that no machine can check.

use super::{Definitions, last, subscription};
use crate::diagnostic::quoted;
use crate::import::fact::{Exhibit, Fact, Finding, Reason, Stated, Subject, UnusedRow};
use crate::import::source::record::Record;
use crate::profile::{Implementation, PlaceSource, Test};
use chrono::NaiveDate;

/// What stands in the id of an attestation after the id of what it is about.
const KIND: &str = "/providers/microsoft.policyinsights/attestations/";

/// What an attestation says.
pub(super) fn fact(record: &Record<'_>, definitions: &Definitions) -> Result<Fact, Box<UnusedRow>> {
    let fields = record.inner("properties");
    // The command line prints the properties without the shell around them.
    let fields = fields.as_ref().unwrap_or(record);
    let id = record.own("id").unwrap_or_default().to_lowercase();
    let name = record.own("name").unwrap_or_else(|| last(&id).to_owned());
    let row = record.row(&*name);
    let unused =
        |field: &str, reason, detail: &str| Err(Box::new(UnusedRow::new(row.clone(), reason, detail).at(field)));
    let Some(assignment) = fields.string("policyAssignmentId") else {
        return unused("policyAssignmentId", Reason::BadRow, "the attestation names no assignment");
    };
    let reference = fields.string("policyDefinitionReferenceId").unwrap_or_default();
    let policy = match definitions.of(&assignment, &reference) {
        Some(definition) => definition.to_owned(),
        // Initiatives of Microsoft refer to a policy by its id, or by a name of their own.
        None if is_guid(&reference) => reference.to_lowercase(),
        None if reference.is_empty() => last(&assignment).to_lowercase(),
        None => format!("{}/{reference}", last(&assignment)).to_lowercase(),
    };
    let on = fields.day("assessmentDate").or_else(|| fields.day("lastComplianceStateChangeAt"));
    let state = fields.own("complianceState").unwrap_or_default();
    let finding = match state.to_ascii_lowercase().as_str() {
        "compliant" => stated(fields, &name, on, Test::Passed),
        "noncompliant" => stated(fields, &name, on, Test::FailedMedium),
        "unknown" | "" => Finding::NotRun("nobody has attested it".to_owned()),
        _ => {
            let detail = format!("{} is no state that is known", quoted(&state));
            return unused("complianceState", Reason::BadValue, &detail);
        }
    };
    let mut fact = Fact::new(row, Subject::Signal(format!("azure-policy:{policy}")), finding);
    fact.place = subscription(&id);
    fact.resource = id.split_once(KIND).map(|(scope, _)| scope.to_owned());
    fact.on = on;
    Ok(fact)
}

fn stated(fields: &Record<'_>, name: &str, on: Option<NaiveDate>, test: Test) -> Finding {
    let valid_to = fields.day("expiresOn");
    let shown = fields.items("evidence").into_iter().filter_map(Record::of);
    let shown = shown.map(|item| Exhibit {
        title: item.own("description"),
        url: item.own("sourceUri"),
        valid_from: on,
        valid_to,
        ..Exhibit::default()
    });
    let mut evidence: Vec<Exhibit> = shown.filter(|item| item.url.is_some() || item.title.is_some()).collect();
    // Without anything else to show, the attestation itself says until when it holds.
    if evidence.is_empty() && valid_to.is_some() {
        let title = Some(format!("Azure Policy attestation {name}"));
        evidence.push(Exhibit { title, valid_from: on, valid_to, ..Exhibit::default() });
    }
    Finding::Stated(Box::new(Stated {
        implementation: Some(Implementation::Implemented),
        test: Some(test),
        tested_on: on,
        source: Some(PlaceSource::Manual),
        notes: fields.own("comments"),
        evidence,
        ..Stated::default()
    }))
}

/// Whether a text is the id of a policy: 32 letters and digits in five groups. They are hexadecimal but in one
/// policy of Microsoft's.
fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let is_plain = groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_alphanumeric()));
    is_plain && groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
}

#[cfg(test)]
mod tests {
    use super::is_guid;

    #[test]
    fn ids_of_policies() {
        assert!(is_guid("0b158b46-ff42-4799-8e39-08a5c23b4551") && is_guid("17k78e20-9358-41c9-923c-fb736d382a12"));
        for text in ["", "keyVaultLogs", "0b158b46-ff42-4799-8e39", "0b158b46_ff42_4799_8e39_08a5c23b4551"] {
            assert!(!is_guid(text), "{text}");
        }
    }
}
