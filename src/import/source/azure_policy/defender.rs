//! A control of a standard, as Defender for Cloud counts its assessments.
//!
//! The counts are of a control and not of an action, so only a map file can say what they are about.

use super::subscription;
use crate::import::fact::{Fact, Finding, Reason, Subject, UnusedRow};
use crate::import::source::record::Record;
use crate::profile::Risk;

/// What the assessments of a control came to.
pub(super) fn fact(record: &Record<'_>) -> Result<Fact, Box<UnusedRow>> {
    let id = record.own("id").unwrap_or_default();
    let part = |name: &str| {
        let mut parts = id.split('/').skip_while(|part| !part.eq_ignore_ascii_case(name)).skip(1);
        parts.next().filter(|part| !part.is_empty()).map(str::to_owned)
    };
    let (standard, control) = (part("regulatoryComplianceStandards"), part("regulatoryComplianceControls"));
    let (Some(standard), Some(control)) = (standard, control) else {
        let detail = "it is not about one control of a standard";
        return Err(Box::new(UnusedRow::new(record.row(&*id), Reason::NoStatus, detail).at("id")));
    };
    let row = record.row(format!("{standard}/{control}"));
    let unused = |field: &str, detail: &str| Box::new(UnusedRow::new(row.clone(), Reason::BadValue, detail).at(field));
    let fields = record.inner("properties");
    let fields = fields.as_ref().unwrap_or(record);
    let count = |field: &str| {
        let number = fields.number(field).map_err(|detail| unused(field, &detail))?;
        let number = number.map(|number| number.whole().ok_or_else(|| unused(field, "no whole number"))).transpose()?;
        number.ok_or_else(|| unused(field, "there is no number"))
    };
    let (passed, failed) = (count("passedAssessments")?, count("failedAssessments")?);
    let finding = match passed.saturating_add(failed) {
        0 => Finding::NothingToTest,
        of => Finding::Checked { met: passed, of, risk: Risk::Medium },
    };
    let mut fact = Fact::new(row, Subject::Signal(format!("azure-defender:{standard}/{control}")), finding);
    fact.place = subscription(&id);
    Ok(fact)
}
