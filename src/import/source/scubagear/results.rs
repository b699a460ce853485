//! The results as JSON: products, groups of policies, and in each a list of controls.

use super::{Control, HELP};
use crate::diagnostic::Diagnostic;
use crate::import::fact::{Reading, Reason, Row, UnusedRow};
use crate::import::source::Text;
use crate::import::source::json::{Json, Object};
use crate::import::source::value::day;
use chrono::NaiveDate;
use std::borrow::Cow;

/// Reads the results of a run, or the report of one product, which has no date.
///
/// # Errors
/// The file is no JSON, or has no results.
pub(super) fn read(text: &Text<'_>, reading: &mut Reading) -> Result<(), Diagnostic> {
    let whole = Json::of(*text)?;
    let mut is_result = false;
    for report in list(whole).iter().filter_map(Json::object) {
        let Some(results) = report.get("Results") else { continue };
        is_result = true;
        let run = Run::of(&report);
        match results.object() {
            Some(products) => products.fields().for_each(|(_, groups)| run.groups(groups, reading)),
            None => run.groups(results, reading),
        }
    }
    if is_result {
        return Ok(());
    }
    let fault = text.fault(whole.at, "the file has no results of ScubaGear", "`Results` is expected in it");
    Err(fault.help(HELP))
}

/// What holds for all controls of a file.
struct Run {
    on: Option<NaiveDate>,
    tenant: Option<String>,
}

impl Run {
    fn of(report: &Object<'_>) -> Self {
        let text = |key: &str| report.at(&["MetaData", key]).and_then(|value| value.string().map(Cow::into_owned));
        Self { on: text("TimestampZulu").and_then(|text| day(&text)), tenant: text("TenantId") }
    }

    fn groups(&self, groups: Json<'_>, reading: &mut Reading) {
        for group in list(groups) {
            let controls = group.object().and_then(|group| group.get("Controls"));
            match controls {
                Some(controls) => list(controls).into_iter().for_each(|control| self.control(control, reading)),
                None => reading.without_use(bad(group, "no group of policies with its `Controls`")),
            }
        }
    }

    fn control(&self, json: Json<'_>, reading: &mut Reading) {
        let Some(control) = json.object() else {
            return reading.without_use(bad(json, "it is no object"));
        };
        let text = |key: &str| control.string(key).unwrap_or_default();
        let comments = control.get("Comments").map(list).unwrap_or_default();
        let (result, criticality) = (text("Result"), text("Criticality"));
        let resolved = Control {
            result: &result,
            criticality: &criticality,
            resource: self.tenant.clone(),
            on: self.on,
            notes: comments
                .iter()
                .filter_map(Json::string)
                .map(Cow::into_owned)
                .filter(|note| !note.trim().is_empty())
                .collect(),
            due_on: day(&text("ResolutionDate")),
        };
        resolved.add(Row { id: text("Control ID").into_owned(), ..json.text().row(json.at, "") }, reading);
    }
}

/// The items of a list; PowerShell writes a list of one as the item itself.
fn list(json: Json<'_>) -> Vec<Json<'_>> {
    json.items().unwrap_or_else(|| vec![json])
}

fn bad(json: Json<'_>, detail: &str) -> UnusedRow {
    UnusedRow::new(json.text().row(json.at, ""), Reason::BadRow, detail)
}

#[cfg(test)]
mod tests {
    use crate::import::fact::{Finding, Reason};
    use crate::import::source::Format;
    use crate::import::source::testing::read;

    #[test]
    fn lists_of_one_and_plans_are_read() {
        let text = r#"{"MetaData": {"TenantId": "t", "TimestampZulu": "2026-05-04T17:15:48.307Z"}, "Results": {
            "AAD": {"GroupName": "g", "Controls": {"Control ID": "MS.AAD.1.1v1", "Result": "Fail", "Criticality": "Shall",
              "Requirement": "<b>x</b>", "Comments": ["soon", " "], "ResolutionDate": "2026-09-30"}},
            "EXO": [{"Controls": [{"Control ID": "MS.EXO.1.1v2", "Result": "Pass", "Criticality": "Shall", "Comments": ["ok"]}, 3]}, {}]
        }}"#;
        let read = read(Format::Scubagear, text).unwrap_or_else(|faults| unreachable!("{faults:?}"));
        let told: Vec<_> =
            read.facts.iter().map(|f| (f.row.line, f.row.id.as_str(), f.on.map(|d| d.to_string()))).collect();
        let on = Some("2026-05-04".to_owned());
        assert_eq!(told, [(2, "MS.AAD.1.1v1", on.clone()), (2, "MS.AAD.1.1v1", on.clone()), (4, "MS.EXO.1.1v2", on)]);
        let Some(Finding::Stated(plan)) = read.facts.get(1).map(|fact| &fact.finding) else { unreachable!() };
        assert_eq!(
            (plan.due_on.map(|d| d.to_string()).as_deref(), plan.notes.as_deref()),
            (Some("2026-09-30"), Some("soon"))
        );
        assert_eq!((plan.implementation, plan.test), (None, None));
        let unused: Vec<_> = read.unused.iter().map(|u| (u.row.line, u.reason)).collect();
        assert_eq!(unused, [(4, Reason::BadRow), (4, Reason::BadRow)]);
    }

    #[test]
    fn a_report_of_one_product_has_no_date() {
        let text =
            r#"[{"ReportSummary": {}, "Results": [{"Controls": [{"Control ID": "MS.AAD.1.1v1", "Result": "Pass"}]}]}]"#;
        let read = read(Format::Scubagear, text).unwrap_or_else(|faults| unreachable!("{faults:?}"));
        assert_eq!(read.facts.iter().map(|f| f.on).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn other_json_is_refused() {
        let refused = |text: &str| read(Format::Scubagear, text).map_or_else(|faults| faults, |_| Vec::new());
        assert_eq!(refused("[]"), ["the file has no results of ScubaGear"]);
        assert_eq!(refused(r#"[{"PolicyId": "MS.AAD.1.1v1"}]"#), ["the file has no results of ScubaGear"]);
        assert_eq!(refused(r#"{"Results": {"AAD": ["#), ["the file is not JSON, or was cut off"]);
    }
}
