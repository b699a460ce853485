//! A profile in JSON: read against the built-in library, and carried to TOML and back.

#![no_main]

mod checks;

use annexa::{Checked, Model, Notation, ProfileForm, Sources, Unchecked, convert, utf8};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static MODEL: OnceLock<Model> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = utf8(bytes, "profile.json", 7) else { return };
    let model = MODEL.get_or_init(|| Model::builtin(&mut Sources::default()));
    let mut sources = Sources::default();
    let file = sources.add_lines("profile.json", text.to_owned(), 7);
    let read = model.profile_json(text, file, &Unchecked);
    match &read {
        Ok(Checked { value, warnings }) => {
            checks::draw(warnings, &sources);
            let day = chrono::NaiveDate::from_num_days_from_ce_opt(737_000 + i32::from(bytes.len() as u16 % 2000));
            checks::check(&model.score(value, day.expect("a day"), 90));
        }
        Err(faults) => checks::draw(faults, &sources),
    }
    let made = |notation, text: &str, form| convert(notation, text, file, form).map(|made| made.value.text);
    let line = match made(Notation::Json, text, ProfileForm::Line) {
        Ok(line) => line,
        // What has the shape of a profile can be carried, whatever the library says of it.
        Err(faults) => {
            checks::draw(&faults, &sources);
            assert!(read.is_err(), "a profile that cannot be carried");
            return;
        }
    };
    assert_eq!(line.matches('\n').count(), 1, "one line");
    let toml = made(Notation::Json, &line, ProfileForm::Toml).expect("its own line");
    let back = made(Notation::Toml, &toml, ProfileForm::Line).expect("its own TOML");
    let again = made(Notation::Json, &back, ProfileForm::Toml).expect("its own line");
    assert_eq!(again, toml, "the same there and back");
    assert_eq!(model.profile(&toml, file, &Unchecked).is_ok(), read.is_ok(), "{toml}");
});
