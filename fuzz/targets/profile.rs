//! The text of a profile against the built-in library.

#![no_main]

mod checks;

use annexa::{Checked, Model, Sources, Unchecked};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static MODEL: OnceLock<Model> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let model = MODEL.get_or_init(|| Model::builtin(&mut Sources::default()));
    let mut sources = Sources::default();
    let file = sources.add("profile.toml", text.to_owned());
    match model.profile(text, file, &Unchecked) {
        Ok(Checked { value, warnings }) => {
            checks::draw(&warnings, &sources);
            // The day is part of the input too, so that every date is before it and after it.
            let day = chrono::NaiveDate::from_num_days_from_ce_opt(737_000 + i32::from(bytes.len() as u16 % 2000));
            checks::check(&model.score(&value, day.expect("a day"), 90));
        }
        Err(faults) => checks::draw(&faults, &sources),
    }
});
