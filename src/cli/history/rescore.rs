//! `annexa history rescore`.

use super::super::shared::Session;
use super::super::{Failure, Global, Io, progress};
use super::trend::QueryArgs;
use annexa::report::{safe, to_json};
use annexa::{Diagnostics, Severity, TrendMaterial, TrendParts, Unchecked};
use clap::Args;

/// From so many snapshots on, a person who watches sees a bar.
const MANY: usize = 20;

/// Score recorded profiles anew under the library at hand, beside the score as recorded
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history rescore tenant.toml --library my-library
  annexa history rescore tenant.toml --library my-library --format csv -o rescored.csv

Each profile is scored at the date of its snapshot; nothing is written to the history. Where both lines
move alike the work did it, where they part the library did.")]
pub(super) struct RescoreArgs {
    #[command(flatten)]
    query: QueryArgs,
}

pub(super) fn run(args: &RescoreArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let args = &args.query;
    let mut session = Session::open(global, io)?;
    let tenant = match args.profile() {
        None => None,
        Some(profile) => Some(session.profile(profile, io)?.profile().tenant.clone()),
    };
    let query = args.query(true)?;
    let mut material = args.material(tenant, &query, io)?;
    rescore(&mut material, &session, global, io)?;
    args.write(&material, &query, global, io)
}

/// Scores each profile anew; what cannot be read is named and stays without figures.
fn rescore(material: &mut TrendMaterial, session: &Session, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    material.rescored_library = Some(session.library_version().digest());
    let bar = progress::bar(material.entries.len(), MANY, "snapshots", global, io);
    let mut said = Vec::new();
    for entry in &mut material.entries {
        let identity = &entry.identity;
        let text = material.profiles.get(&identity.profile).map_or("", String::as_str);
        // The evidence files were held against their digests when the snapshot was recorded.
        let parts = match session.model.profile(text, 0, &Unchecked) {
            Ok(checked) => {
                let score = session.model.score(&checked.value, identity.as_of, identity.expiring_within);
                let parts = to_json(&score).map_err(|e| e.to_string()).and_then(|result| TrendParts::of(&result));
                Some(parts.map_err(|e| Failure::Machine(format!("cannot read the result: {e}")))?)
            }
            Err(faults) => {
                let (id, day) = (identity.leaf().short(), identity.as_of);
                let why = first(&faults, text);
                said.push(format!("note: this library cannot read the profile of snapshot {id} as of {day}{why}\n"));
                None
            }
        };
        entry.rescored = Some(parts);
        bar.inc(1);
    }
    bar.finish_and_clear();
    for line in said.iter().filter(|_| !global.quiet) {
        io.say(&format!("{}\n", safe(line.trim_end())));
    }
    Ok(())
}

/// The first fault, with its line in the recorded profile.
fn first(faults: &Diagnostics, text: &str) -> String {
    let sorted = faults.sorted();
    let Some(fault) = sorted.iter().find(|d| d.severity() == Severity::Error) else { return String::new() };
    let before = fault.labels.first().and_then(|label| text.get(..label.span.range().start));
    let place = before.map(|text| format!("line {}, ", text.matches('\n').count() + 1)).unwrap_or_default();
    format!(": {place}{}", fault.message)
}
