//! Results and configuration of ScubaGear, which checks Microsoft 365 against CISA's baselines.
//!
//! Four files are read: the results as JSON (`results`) or as CSV, the plan of action, a CSV of what
//! failed (`table`), and the configuration, which says what is omitted and annotated (`config`). Results
//! come to a [`Control`] each. Texts in HTML, which say what was asked and found, are not carried.

mod config;
mod results;
mod table;

use super::Text;
use crate::diagnostic::{Diagnostic, quoted};
use crate::import::fact::{Fact, Finding, Reading, Reason, Row, Stated, Subject, UnusedRow};
use crate::profile::Risk;
use chrono::NaiveDate;

/// The column by which a table of ScubaGear is known.
const CONTROL_ID: &str = "Control ID";

/// What can be read.
const HELP: &str = "import `ScubaResults_....json`, `ScubaResults.csv`, `ActionPlan.csv` or the configuration";

/// Reads a file of ScubaGear, whichever it is.
///
/// # Errors
/// It is none of them.
pub(super) fn read(text: &Text<'_>, reading: &mut Reading) -> Result<(), Diagnostic> {
    let begin = text.text.trim_start();
    let is_table = || begin.lines().next().is_some_and(|line| line.contains(CONTROL_ID));
    match begin.chars().next() {
        Some('[') => results::read(text, reading),
        Some('{') if begin.contains("\"Results\"") => results::read(text, reading),
        Some(other) if other != '{' && is_table() => table::read(text, reading),
        _ => config::read(text, reading),
    }
}

/// The signal of a policy.
fn signal(id: &str) -> Subject {
    Subject::Signal(format!("scuba:{id}"))
}

/// What ScubaGear says of a policy.
#[derive(Debug, Default)]
struct Control<'a> {
    result: &'a str,
    criticality: &'a str,
    /// The tenant.
    resource: Option<String>,
    on: Option<NaiveDate>,
    /// What the organization says of it.
    notes: Vec<String>,
    /// The day by which it is to be mended.
    due_on: Option<NaiveDate>,
}

impl Control<'_> {
    /// Adds what it says: a result, and for what failed the plan to mend it.
    fn add(self, row: Row, reading: &mut Reading) {
        if row.id.is_empty() {
            let unused = UnusedRow::new(row, Reason::BadRow, "it names no policy");
            return reading.without_use(unused.at(CONTROL_ID));
        }
        let finding = match self.finding() {
            Ok(finding) => finding,
            Err((reason, detail)) => return reading.without_use(UnusedRow::new(row, reason, detail).at("Result")),
        };
        let failed = matches!(finding, Finding::Checked { met: 0, .. });
        let mut fact = Fact::new(row.clone(), signal(&row.id), finding);
        (fact.resource, fact.on) = (self.resource, self.on);
        reading.fact(fact);
        if failed && (self.due_on.is_some() || !self.notes.is_empty()) {
            reading.fact(plan(row, self.due_on, self.notes, self.on));
        }
    }

    fn finding(&self) -> Result<Finding, (Reason, String)> {
        match self.result {
            "Pass" => Ok(Finding::checked(true, self.risk())),
            "Fail" | "Warning" => Ok(Finding::checked(false, self.risk())),
            "N/A" => Ok(Finding::NotRun(self.by_hand().to_owned())),
            "Omitted" => {
                Err((Reason::Disregarded, "the configuration omits it: import the configuration for why".to_owned()))
            }
            "Incorrect result" => {
                Err((Reason::Disregarded, "the configuration says that the result is wrong".to_owned()))
            }
            "-" => Err((Reason::Disregarded, "the baseline no longer has the policy".to_owned())),
            error if error.starts_with("Error") => Ok(Finding::NotRun("the check ended in an error".to_owned())),
            "" => Err((Reason::BadRow, "nothing stands there".to_owned())),
            other => Err((Reason::BadValue, format!("{} is no result of ScubaGear", quoted(other)))),
        }
    }

    /// What SHALL be and is not is a high risk, what SHOULD be a medium one.
    fn risk(&self) -> Risk {
        if self.criticality.starts_with("Should") { Risk::Medium } else { Risk::High }
    }

    fn by_hand(&self) -> &'static str {
        if self.criticality.ends_with("3rd Party") {
            "it is to be checked by hand, for another vendor's product may do it"
        } else {
            "it is to be checked by hand"
        }
    }
}

/// What is planned for a policy that failed. It says nothing of how far that has come.
fn plan(row: Row, due_on: Option<NaiveDate>, notes: Vec<String>, on: Option<NaiveDate>) -> Fact {
    let notes = (!notes.is_empty()).then(|| notes.join("; "));
    let subject = signal(&row.id);
    let stated = Stated { due_on, notes, ..Stated::default() };
    Fact { on, ..Fact::new(row, subject, Finding::Stated(Box::new(stated))) }
}

#[cfg(test)]
mod tests {
    use super::Control;
    use crate::import::fact::{Finding, Reading, Reason, Row};
    use crate::profile::Risk;

    fn told(result: &str, criticality: &str) -> Result<Finding, Reason> {
        let mut reading = Reading::default();
        let row = Row { file: 0, sheet: None, line: 1, id: "MS.AAD.1.1v1".to_owned() };
        Control { result, criticality, ..Control::default() }.add(row, &mut reading);
        match (reading.facts.pop(), reading.unused.pop()) {
            (Some(fact), None) if fact.subject.text() == "scuba:MS.AAD.1.1v1" => Ok(fact.finding),
            (None, Some(unused)) => Err(unused.reason),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn each_result_has_its_meaning() {
        assert_eq!(told("Pass", "Shall"), Ok(Finding::checked(true, Risk::High)));
        assert_eq!(told("Fail", "Shall"), Ok(Finding::checked(false, Risk::High)));
        assert_eq!(told("Warning", "Should"), Ok(Finding::checked(false, Risk::Medium)));
        let not_run = |why: &str| Ok(Finding::NotRun(why.to_owned()));
        assert_eq!(told("N/A", "Should/Not-Implemented"), not_run("it is to be checked by hand"));
        let other = "it is to be checked by hand, for another vendor's product may do it";
        assert_eq!(told("N/A", "Shall/3rd Party"), not_run(other));
        assert_eq!(told("Error", "Shall"), not_run("the check ended in an error"));
        assert_eq!(told("Error - Test results missing", "-"), not_run("the check ended in an error"));
        for (result, reason) in [
            ("Omitted", Reason::Disregarded),
            ("Incorrect result", Reason::Disregarded),
            ("-", Reason::Disregarded),
            ("", Reason::BadRow),
            ("Passed", Reason::BadValue),
        ] {
            assert_eq!(told(result, "Shall"), Err(reason), "{result}");
        }
    }
}
