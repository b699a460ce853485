//! What a control comes to: by its results, by a waiver, or by what a person attested.

use super::Control;
use super::attestation::attested;
use crate::import::fact::{Acceptance, Fact, Finding, Reading, Subject, UnusedRow};
use crate::import::source::json::Json;
use crate::import::source::record::Record;
use crate::import::source::value::{Decimal, brief, risk};
use crate::profile::Risk;

/// Impacts from which a risk is high, and medium, in millionths.
const HIGH: u64 = 700_000;
const MEDIUM: u64 = 400_000;

/// How many results there are of each kind.
#[derive(Default)]
struct Counted {
    passed: usize,
    failed: usize,
    skipped: usize,
    /// Errors, and what says nothing.
    unknown: usize,
    is_expired: bool,
    skip: Option<String>,
}

impl Control<'_> {
    /// Adds what the control says.
    pub(super) fn tell(&self, id: &str, resource: &str, reading: &mut Reading) {
        let fact = |finding| {
            let mut fact = Fact::new(self.row.clone(), Subject::Signal(format!("hdf:{id}")), finding);
            fact.resource = Some(resource.to_owned());
            // No result of the run is older than its first.
            fact.on = self.results.iter().filter_map(|result| Record::of(*result)?.day("start_time")).min();
            fact
        };
        let (waiver, is_waived) = self.waived();
        if let Some(acceptance) = waiver {
            reading.fact(fact(Finding::Accepted(acceptance)));
        }
        if is_waived {
            return;
        }
        match self.finding(id) {
            Ok(finding) => {
                let mut fact = fact(finding);
                if let Finding::Stated(stated) = &fact.finding {
                    fact.on = stated.tested_on;
                }
                reading.fact(fact);
            }
            Err(unused) => reading.without_use(*unused),
        }
    }

    /// The risk that a waiver accepts, if it holds, and whether the control was left out for it.
    fn waived(&self) -> (Option<Acceptance>, bool) {
        let Some(waiver) = &self.waiver else { return (None, false) };
        let is_left_out = waiver.get("skipped_due_to_waiver").and_then(|flag| flag.flag()) == Some(true);
        // A waiver that is over stays in the report, with a message that says so.
        let is_over = waiver.string("message").is_some_and(|text| text.to_lowercase().contains("expired"));
        if !is_left_out && (is_over || waiver.string("justification").is_none()) {
            return (None, false);
        }
        let acceptance = Acceptance {
            owner: None,
            expires_on: waiver.day("expiration_date"),
            rationale: waiver.own("justification"),
        };
        (Some(acceptance), is_left_out)
    }

    fn finding(&self, id: &str) -> Result<Finding, Box<UnusedRow>> {
        if self.is_without_impact() {
            return Ok(Finding::NothingToTest);
        }
        let (risk, counted) = (self.risk(), Counted::of(&self.results));
        let is_attested = |status: &str| {
            let said = self.attestation.as_ref().and_then(|said| said.string("status"));
            said.is_some_and(|said| said.eq_ignore_ascii_case(status))
        };
        // One result that fails is enough, unless it is the attestation itself.
        if counted.failed > 0 && !is_attested("failed") {
            return Ok(Finding::checked(false, risk));
        }
        if counted.is_expired {
            return Ok(Finding::NotRun("the attestation that it held has expired".to_owned()));
        }
        let all = self.results.len();
        if counted.unknown > 0 {
            return Ok(Finding::NotRun(format!("{} of {all} results are errors or say nothing", counted.unknown)));
        }
        if let Some(attestation) = &self.attestation {
            return attested(attestation, id, risk, &self.row);
        }
        if all == 0 {
            return Ok(Finding::NotRun("it has no results".to_owned()));
        }
        if counted.skipped > 0 {
            let why = counted.skip.map(|why| format!(": {why}")).unwrap_or_default();
            return Ok(Finding::NotRun(format!("{} of {all} results were skipped{why}", counted.skipped)));
        }
        Ok(Finding::checked(counted.passed == all, risk))
    }

    fn is_without_impact(&self) -> bool {
        let none = |impact: Json<'_>| impact.string().is_some_and(|word| word.trim().eq_ignore_ascii_case("none"));
        self.impact.is_some_and(|impact| impact.number() == Decimal::read("0") || none(impact))
    }

    /// The risk of a failure: InSpec gives it as a number, older profiles as a word.
    fn risk(&self) -> Risk {
        let Some(impact) = self.impact else { return Risk::Medium };
        match impact.number().map(Decimal::millionths) {
            Some(HIGH..) => Risk::High,
            Some(MEDIUM..) => Risk::Medium,
            Some(_) => Risk::Low,
            None => impact.string().map_or(Risk::Medium, |word| risk(&word)),
        }
    }
}

impl Counted {
    fn of(results: &[Json<'_>]) -> Self {
        let mut counted = Self::default();
        for result in results {
            let Some(record) = Record::of(*result) else {
                counted.unknown += 1;
                continue;
            };
            let status = record.own("status").unwrap_or_default().to_ascii_lowercase();
            let has_backtrace = record.get("backtrace").is_some();
            match status.as_str() {
                "failed" if !has_backtrace => counted.failed += 1,
                "passed" if !has_backtrace => counted.passed += 1,
                "skipped" if !has_backtrace => {
                    counted.skipped += 1;
                    let text = record.string("skip_message").or_else(|| record.string("message"));
                    counted.skip = counted.skip.or_else(|| text.map(|text| brief(&text)));
                    let about = record.string("code_desc").unwrap_or_default().to_lowercase();
                    counted.is_expired |= about.contains("attestation has expired");
                }
                _ => counted.unknown += 1,
            }
        }
        counted
    }
}
