//! A document of OSCAL, JSON or YAML: a library of it, and what it says of a tenant.

#![no_main]

#[allow(dead_code, reason = "no score is made here")]
mod checks;

use annexa::import::{Format, Input, Map, source};
use annexa::{Model, OscalOptions, Sources, oscal_library};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static MODEL: OnceLock<Model> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let model = MODEL.get_or_init(|| Model::builtin(&mut Sources::default()));
    let mut sources = Sources::default();
    let input = match Input::new("document.json", bytes.to_vec(), &mut sources) {
        Ok(input) => input,
        Err(fault) => {
            let mut faults = annexa::Diagnostics::new();
            faults.push(fault);
            return checks::draw(&faults, &sources);
        }
    };
    if let Some(text) = sources.get(0).map(|file| file.text.to_string()) {
        for framework in [None, Some("iso-27001-2013")] {
            let options = OscalOptions { library: model.library(), framework, provider: None, catalog: None };
            match oscal_library(&text, 0, &options) {
                Ok(draft) => assert!(!draft.files.is_empty()),
                Err(faults) => checks::draw(&faults, &sources),
            }
        }
    }
    match source::read(Format::Oscal, &[input], &Map::default(), &sources) {
        Ok(reading) => assert!(reading.facts.iter().all(|fact| fact.row.line > 0)),
        Err(faults) => checks::draw(&faults, &sources),
    }
});
