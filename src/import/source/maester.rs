//! Maester's test results: `TestResults-*.json`, of one tenant or merged of several.
//!
//! A test that was skipped, that went wrong or asks for a person's eye is not run: Maester itself marks a test
//! "Investigate" that passed as far as a machine can tell.

use super::Text;
use super::json::{Json, MAX_ROWS, too_many};
use super::record::Record;
use super::value::{brief, risk};
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::import::fact::{Fact, Finding, Reading, Reason, Row, Subject, UnusedRow};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Why tests are skipped that concern other tenants: of the United States' government, or without a licence that
/// this one has. Nothing is left open by them.
const NOT_CONCERNED: [&str; 2] = ["notdotgovdomain", "licensedentraidpremium"];

/// Reads the results of runs.
pub(super) fn read(texts: &[Text<'_>], reading: &mut Reading, faults: &mut Diagnostics) {
    let mut runs = Vec::new();
    for text in texts {
        if let Err(fault) = sort(*text, &mut runs) {
            faults.push(fault);
        }
    }
    let tenants: BTreeSet<_> = runs.iter().filter_map(|run| run.tenant.clone()).collect();
    for run in &runs {
        for json in &run.tests {
            match run.fact(*json, tenants.len() > 1) {
                Ok(fact) => reading.fact(fact),
                Err(unused) => reading.without_use(*unused),
            }
        }
    }
}

/// Takes the runs of one file.
fn sort<'a>(text: Text<'a>, runs: &mut Vec<Run<'a>>) -> Result<(), Diagnostic> {
    let whole = Record::of(Json::of(text)?);
    let tenants = whole.as_ref().and_then(|whole| whole.get("Tenants")?.items());
    let records: Option<Vec<Record<'a>>> = match tenants {
        Some(tenants) => Some(tenants.into_iter().filter_map(Record::of).collect()),
        None => whole.map(|whole| vec![whole]),
    };
    let found: Vec<Run<'a>> = records.into_iter().flatten().filter_map(|record| Run::of(&record)).collect();
    if found.is_empty() {
        let fault =
            text.fault(0, "the file holds no results of Maester: it has no list of `Tests`", "this is something else");
        return Err(fault.help("give the `TestResults-*.json` that `Invoke-Maester` writes"));
    }
    if found.iter().map(|run| run.tests.len()).sum::<usize>() > MAX_ROWS {
        return Err(too_many(text, "rows", MAX_ROWS));
    }
    runs.extend(found);
    Ok(())
}

/// One run on one tenant.
struct Run<'a> {
    tenant: Option<String>,
    on: Option<NaiveDate>,
    tests: Vec<Json<'a>>,
}

impl<'a> Run<'a> {
    fn of(record: &Record<'a>) -> Option<Self> {
        let tests = record.get("Tests")?.items()?;
        // Where Maester was not connected, a sentence stands in place of the id.
        let tenant = record.own("TenantId").filter(|id| !id.contains(' ')).map(|id| id.to_lowercase());
        Some(Self { tenant, on: record.day("ExecutedAt"), tests })
    }

    /// What one test says.
    fn fact(&self, json: Json<'_>, has_places: bool) -> Result<Fact, Box<UnusedRow>> {
        let test = Record::row_of(json)?;
        let name = test.own("Name").unwrap_or_default();
        // A name is the id, a colon and the title.
        let of_name = || name.split_once(':').map(|(id, _)| id.trim().to_owned()).filter(|id| !id.is_empty());
        let Some(id) = test.own("Id").or_else(of_name) else {
            let unused = UnusedRow::new(test.row(&*name), Reason::BadRow, "the test has no id");
            return Err(Box::new(unused.at("Id")));
        };
        let row = test.row(&*id);
        let finding = finding(&test, &row)?;
        let mut fact = Fact::new(row, Subject::Signal(format!("maester:{id}")), finding);
        fact.place = self.tenant.clone().filter(|_| has_places);
        // Tests of one id differ in their names: a test may run once for each user or domain.
        fact.resource = Some(format!("{}/{name}", self.tenant.as_deref().unwrap_or_default()));
        (fact.on, fact.reported_on) = (self.on, self.on);
        Ok(fact)
    }
}

fn finding(test: &Record<'_>, row: &Row) -> Result<Finding, Box<UnusedRow>> {
    let result = test.own("Result").unwrap_or_default();
    let severity = || risk(&test.string("Severity").unwrap_or_default());
    let not_run = |lead: &str| {
        let why = test.inner("ResultDetail").and_then(|detail| detail.own("SkippedReason"));
        let why = why.map(|why| format!(": {}", brief(&why))).unwrap_or_default();
        Ok(Finding::NotRun(format!("{lead}{why}")))
    };
    match result.to_ascii_lowercase().as_str() {
        "passed" => Ok(Finding::checked(true, severity())),
        "failed" => Ok(Finding::checked(false, severity())),
        "skipped" => {
            let word = test.inner("ResultDetail").and_then(|detail| detail.own("TestSkipped")).unwrap_or_default();
            let is_foreign = NOT_CONCERNED.contains(&word.to_ascii_lowercase().as_str());
            if is_foreign { Ok(Finding::NothingToTest) } else { not_run("skipped") }
        }
        "error" => not_run("the test went wrong"),
        "investigate" => not_run("a person has to look at it"),
        "notrun" | "inconclusive" => not_run("the test did not run"),
        _ => {
            let detail = if result.is_empty() {
                "there is none".to_owned()
            } else {
                format!("{} is none that is known", quoted(&result))
            };
            Err(Box::new(UnusedRow::new(row.clone(), Reason::BadValue, detail).at("Result")))
        }
    }
}
