//! The state of a policy on a resource.

use super::{definition, subscription};
use crate::diagnostic::quoted;
use crate::import::fact::{Fact, Finding, Reason, Row, Stated, Subject, UnusedRow};
use crate::import::source::record::Record;
use crate::profile::{Implementation, PlaceSource, Risk, Test};

/// What the state of a policy on a resource says.
pub(super) fn fact(record: &Record<'_>) -> Result<Fact, Box<UnusedRow>> {
    let resource = record.string("resourceId").map(|id| id.to_lowercase());
    let Some(definition) = definition(record) else {
        let row = record.row(resource.unwrap_or_default());
        let detail = "the row names no policy: list the states without `--apply` and `--select`";
        return Err(Box::new(UnusedRow::new(row, Reason::NoStatus, detail).at("policyDefinitionId")));
    };
    let row = record.row(&*definition);
    let finding = finding(record, &row)?;
    let mut fact = Fact::new(row, Subject::Signal(format!("azure-policy:{definition}")), finding);
    let of_resource = || resource.as_deref().and_then(subscription);
    fact.place = record.string("subscriptionId").map(|id| id.to_lowercase()).or_else(of_resource);
    fact.resource = resource;
    fact.on = record.day("timestamp");
    Ok(fact)
}

fn finding(record: &Record<'_>, row: &Row) -> Result<Finding, Box<UnusedRow>> {
    let unused =
        |reason, detail: String| Err(Box::new(UnusedRow::new(row.clone(), reason, detail).at("complianceState")));
    let is_manual = record.string("policyDefinitionAction").is_some_and(|effect| effect.eq_ignore_ascii_case("manual"));
    let result = |holds: bool| if is_manual { attested(holds) } else { Finding::checked(holds, Risk::Medium) };
    let Some(state) = record.own("complianceState") else {
        // What older versions of the service say; of a policy that is not evaluated it says `false` too.
        return match record.get("isCompliant").and_then(|flag| flag.flag()) {
            Some(holds) => Ok(result(holds)),
            None => unused(Reason::NoStatus, "the row says nothing of compliance".to_owned()),
        };
    };
    match state.to_ascii_lowercase().as_str() {
        "compliant" => Ok(result(true)),
        "noncompliant" => Ok(result(false)),
        "exempt" => unused(Reason::Disregarded, "the resource is exempt from the policy".to_owned()),
        "notapplicable" => Ok(Finding::NothingToTest),
        "unknown" if is_manual => Ok(Finding::NotRun("nobody has attested it".to_owned())),
        "unknown" => Ok(Finding::NotRun("its state is not known".to_owned())),
        "notstarted" => Ok(Finding::NotRun("it has not been evaluated yet".to_owned())),
        "conflict" | "conflicting" => Ok(Finding::NotRun("its assignments contradict each other".to_owned())),
        "error" => Ok(Finding::NotRun("its evaluation failed".to_owned())),
        "protected" => Ok(Finding::NotRun("it blocks changes, and tests nothing".to_owned())),
        _ => unused(Reason::BadValue, format!("{} is no state that is known", quoted(&state))),
    }
}

/// The state of a policy that a person checks: somebody's word, and no test of a machine.
fn attested(holds: bool) -> Finding {
    Finding::Stated(Box::new(Stated {
        implementation: Some(Implementation::Implemented),
        test: Some(if holds { Test::Passed } else { Test::FailedMedium }),
        source: Some(PlaceSource::Manual),
        ..Stated::default()
    }))
}
