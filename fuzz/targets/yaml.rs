//! YAML under the head of an OSCAL document, so that what is tried is past the first refusals.

#![no_main]

#[allow(dead_code, reason = "no score is made here")]
mod checks;

use annexa::import::{Format, Input, Map, source};
use annexa::{Model, OscalOptions, Sources, oscal_library};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static MODEL: OnceLock<Model> = OnceLock::new();

const HEADS: [&str; 3] = ["catalog", "system-security-plan", "assessment-results"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Ok(rest) = std::str::from_utf8(rest) else { return };
    let head = HEADS[usize::from(*first) % HEADS.len()];
    let metadata = "{title: T, oscal-version: 1.1.3, last-modified: 2026-01-01T00:00:00Z}";
    let text = format!("{head}:\n  metadata: {metadata}\n{rest}");
    let model = MODEL.get_or_init(|| Model::builtin(&mut Sources::default()));
    let mut sources = Sources::default();
    let input = Input::new("document.yaml", text.clone().into_bytes(), &mut sources).expect("a text");
    let options = OscalOptions { library: model.library(), framework: None, provider: None, catalog: None };
    if let Err(faults) = oscal_library(&text, 0, &options) {
        checks::draw(&faults, &sources);
    }
    if let Err(faults) = source::read(Format::Oscal, &[input], &Map::default(), &sources) {
        checks::draw(&faults, &sources);
    }
});
