//! Assessment results: findings are tests.

use super::own::{self, status};
use super::{Source, without};
use crate::import::fact::{Finding, Reading, Reason, UnusedRow};
use crate::import::source::value::risk;
use crate::oscal_text::Part;
use crate::profile::Risk;
use chrono::NaiveDate;
use std::collections::BTreeMap;

pub(super) fn read(source: &Source<'_>, body: &Part<'_>, reading: &mut Reading) {
    let register = own::register(body);
    for result in body.parts("results") {
        let observations = result.parts("observations");
        if source.is_own {
            // What a control comes to follows from these, and is not read back.
            for observation in &observations {
                status(source, &observation.props(), &register, reading);
            }
            continue;
        }
        let days = observations.iter().filter_map(|o| Some((o.text("uuid")?.to_lowercase(), o.day("collected")?)));
        let risks = result.parts("risks");
        let risks = risks.iter().filter_map(|part| Some((part.text("uuid")?.to_lowercase(), size(part))));
        let results = Results {
            source,
            days: days.collect(),
            risks: risks.collect(),
            end: result.day("end").or_else(|| result.day("start")),
        };
        for finding in result.parts("findings") {
            results.finding(&finding, reading);
        }
    }
}

/// How big a risk is said to be: the largest of its likelihood and impact.
fn size(part: &Part<'_>) -> Risk {
    let facets = part.parts("characterizations").iter().flat_map(|c| c.parts("facets")).collect::<Vec<_>>();
    let is_size = |facet: &&Part<'_>| matches!(facet.text("name"), Some("likelihood" | "impact" | "risk" | "severity"));
    facets.iter().filter(is_size).filter_map(|facet| facet.text("value")).map(risk).max().unwrap_or(Risk::Medium)
}

struct Results<'s> {
    source: &'s Source<'s>,
    /// The day of each observation.
    days: BTreeMap<String, NaiveDate>,
    /// How big each risk is.
    risks: BTreeMap<String, Risk>,
    /// The last day of the assessment.
    end: Option<NaiveDate>,
}

impl Results<'_> {
    fn finding(&self, part: &Part<'_>, reading: &mut Reading) {
        let Some(target) = part.part("target") else { return part.lacks("target") };
        let Some(id) = target.needed("target-id") else { return };
        let row = self.source.row(part, format!("oscal:{id}"));
        let state = target.part("status").and_then(|status| status.text("state"));
        let related = |list: &str, key: &'static str| -> Vec<String> {
            part.parts(list).iter().filter_map(|o| o.text(key)).map(str::to_lowercase).collect()
        };
        let seen = related("related-observations", "observation-uuid");
        let on = seen.iter().filter_map(|uuid| self.days.get(uuid)).max().copied().or(self.end);
        let holds = match state {
            Some("satisfied") => true,
            Some("not-satisfied") => false,
            Some(other) => return not_run(reading, row, format!("its state is `{other}`")),
            None => return without(reading, row, "it has no state"),
        };
        let risks = related("related-risks", "risk-uuid");
        let risk = risks.iter().filter_map(|uuid| self.risks.get(uuid)).max().copied().unwrap_or(Risk::Medium);
        let subject = self.source.subject(&[format!("oscal:{id}")]);
        reading.fact(self.source.fact(row, subject, Finding::checked(holds, risk), on));
    }
}

/// What was not assessed has neither passed nor failed.
fn not_run(reading: &mut Reading, row: crate::import::fact::Row, why: String) {
    reading.without_use(UnusedRow::new(row, Reason::NotRun, why).at("target.status.state"));
}
