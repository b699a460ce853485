//! Heimdall Data Format: the results of InSpec, and of the many scanners that MITRE's tools convert to its form.
//!
//! A file is one run on one target. A control may stand in several profiles of it, where one is an overlay of
//! another: the overlay says how much the control matters, the profile beneath it has the results. Here they are
//! put together; `control` says what one comes to, `attestation` what a person said of it.

mod attestation;
mod control;

use super::Text;
use super::json::{Json, MAX_ROWS, too_many};
use super::record::Record;
use crate::diagnostic::Diagnostic;
use crate::import::fact::{Reading, Reason, Row, UnusedRow};
use std::collections::{BTreeMap, BTreeSet};

/// The most overlays that lie on top of each other.
const DEEPEST: usize = 32;

/// Reads the results of one run.
///
/// # Errors
/// It is no JSON, or of another form.
pub(super) fn read(text: &Text<'_>, reading: &mut Reading) -> Result<(), Diagnostic> {
    let run = Record::of(Json::of(*text)?);
    let profiles = run.as_ref().and_then(|run| run.get("profiles")?.items());
    let (Some(run), Some(profiles)) = (run.as_ref(), profiles) else {
        return Err(foreign(text, run.as_ref()));
    };
    let target = run.inner("platform").and_then(|platform| platform.own("target_id"));
    let target = target.unwrap_or_else(|| format!("file {}", text.index + 1));
    let profiles: Vec<Profile<'_>> = profiles.into_iter().filter_map(Profile::of).collect();
    if profiles.iter().map(|profile| profile.controls.len()).sum::<usize>() > MAX_ROWS {
        return Err(too_many(*text, "rows", MAX_ROWS));
    }
    let controls = controls(&profiles, reading);
    let has_results: BTreeSet<&str> = controls
        .iter()
        .filter(|((_, id), control)| !id.is_empty() && !control.results.is_empty())
        .map(|((_, id), _)| id.as_str())
        .collect();
    for ((root, id), control) in &controls {
        // A profile that is no overlay may list controls whose results stand in another.
        if control.results.is_empty() && control.waiver.is_none() && has_results.contains(id.as_str()) {
            continue;
        }
        let name = profiles.get(*root).map_or("", |profile| profile.name.as_str());
        control.tell(id, &format!("{target}/{name}"), reading);
    }
    Ok(())
}

fn foreign(text: &Text<'_>, run: Option<&Record<'_>>) -> Diagnostic {
    let is_short = run.is_some_and(|run| run.get("controls").is_some_and(|controls| controls.items().is_some()));
    let message = if is_short {
        "the file lists controls without the profiles and results of a run"
    } else {
        "the file is no Heimdall Data Format: it has no list of `profiles`"
    };
    let fault = text.fault(0, message, "this is something else");
    fault.help("save the whole report: InSpec's with `--reporter json`, a scanner's with `saf convert`")
}

struct Profile<'a> {
    name: String,
    /// The profile that it is beneath.
    above: Option<String>,
    controls: Vec<Json<'a>>,
}

impl<'a> Profile<'a> {
    fn of(json: Json<'a>) -> Option<Self> {
        let record = Record::of(json)?;
        let (name, above) = (record.own("name").unwrap_or_default(), record.own("parent_profile"));
        Some(Self { name, above, controls: record.items("controls") })
    }
}

/// A control as all profiles of an overlay have it.
struct Control<'a> {
    /// Where its results stand.
    row: Row,
    /// How far beneath the outermost overlay the profile is that says how much it matters.
    depth: usize,
    impact: Option<Json<'a>>,
    results: Vec<Json<'a>>,
    waiver: Option<Record<'a>>,
    attestation: Option<Record<'a>>,
}

/// The controls, by the outermost profile and their id.
type Controls<'a> = BTreeMap<(usize, String), Control<'a>>;

fn controls<'a>(profiles: &[Profile<'a>], reading: &mut Reading) -> Controls<'a> {
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        by_name.entry(&profile.name).or_insert(at);
    }
    let above = |profile: &Profile<'_>| by_name.get(profile.above.as_deref()?).copied();
    let above: Vec<Option<usize>> = profiles.iter().map(above).collect();
    let mut controls = Controls::new();
    for (at, profile) in profiles.iter().enumerate() {
        let (root, depth) = outermost(at, &above);
        for json in &profile.controls {
            match identified(*json) {
                Ok((id, record)) => add(&mut controls, (root, id), depth, &record),
                Err(unused) => reading.without_use(*unused),
            }
        }
    }
    controls
}

/// The outermost overlay of a profile, and how many lie above it.
fn outermost(at: usize, above: &[Option<usize>]) -> (usize, usize) {
    let (mut root, mut depth) = (at, 0);
    while let Some(next) = above.get(root).copied().flatten() {
        // Profiles that lie above each other in a ring have no outermost one.
        if depth == DEEPEST {
            return (at, 0);
        }
        (root, depth) = (next, depth + 1);
    }
    (root, depth)
}

fn identified(json: Json<'_>) -> Result<(String, Record<'_>), Box<UnusedRow>> {
    let record = Record::row_of(json)?;
    match record.own("id") {
        Some(id) => Ok((id, record)),
        None => {
            let unused = UnusedRow::new(record.row(""), Reason::BadRow, "the control has no id");
            Err(Box::new(unused.at("id")))
        }
    }
}

fn add<'a>(controls: &mut Controls<'a>, key: (usize, String), depth: usize, record: &Record<'a>) {
    let results = record.items("results");
    let row = || record.row(&*key.1);
    let has_some = |field: &str| record.inner(field).filter(|inner| !inner.is_empty());
    let (waiver, attestation) = (has_some("waiver_data"), has_some("attestation_data"));
    let Some(control) = controls.get_mut(&key) else {
        let control = Control { row: row(), depth, impact: record.get("impact"), results, waiver, attestation };
        controls.insert(key, control);
        return;
    };
    if control.results.is_empty() && !results.is_empty() {
        control.row = row();
    }
    if depth < control.depth {
        (control.depth, control.impact) = (depth, record.get("impact").or(control.impact));
    }
    control.results.extend(results);
    control.waiver = control.waiver.take().or(waiver);
    control.attestation = control.attestation.take().or(attestation);
}
