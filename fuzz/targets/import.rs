//! A file of another tool, in any format that is imported, into a profile.
//!
//! The first byte chooses the format, or `ANNEXA_FORMAT` does where one format is looked at for long; the
//! rest is the file. What is read is imported, and the profile that comes of it is read back.

#![no_main]

#[allow(dead_code, reason = "what an import makes is a profile, and `profile` holds those")]
mod checks;

use annexa::import::{Format, Import, Input, Map, Policy, import, source};
use annexa::report::{Style, import_text, to_json};
use annexa::{Choice, Diagnostics, Model, Sources, TenantProfile, Unchecked};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

struct Ground {
    model: Model,
    text: &'static str,
    profile: TenantProfile,
    map: Map,
    fixed: Option<Format>,
}

static GROUND: OnceLock<Ground> = OnceLock::new();

fn ground() -> Ground {
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    let text = include_str!("../../templates/microsoft-cloud/profiles/small-business.toml");
    let file = sources.add("tenant.toml", text);
    let profile = model.profile(text, file, &Unchecked).expect("a shipped profile").value;
    let map = Map::read(include_str!("../../tests/cases/import/first/map.toml"), file, model.library());
    let map = map.expect("a map without faults").value;
    let fixed = std::env::var("ANNEXA_FORMAT").ok();
    let fixed = fixed.map(|word| Format::from_word(&word).unwrap_or_else(|| panic!("no format {word}")));
    Ground { model, text, profile, map, fixed }
}

fuzz_target!(|bytes: &[u8]| {
    let ground = GROUND.get_or_init(ground);
    let Some((first, rest)) = bytes.split_first() else { return };
    let word = Format::WORDS[usize::from(*first) % Format::WORDS.len()];
    let format = ground.fixed.or(Format::from_word(word)).expect("a word of the set");
    let mut sources = Sources::default();
    let input = match Input::new("file", rest.to_vec(), &mut sources) {
        Ok(input) => input,
        Err(fault) => {
            let mut faults = Diagnostics::new();
            faults.push(fault);
            return checks::draw(&faults, &sources);
        }
    };
    let reading = match source::read(format, &[input], &ground.map, &sources) {
        Ok(reading) => reading,
        Err(faults) => return checks::draw(&faults, &sources),
    };
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
    let files = ["file".to_owned()];
    let job = Import {
        model: &ground.model,
        profile: &ground.profile,
        text: ground.text,
        folder: &Unchecked,
        format,
        files: &files,
        reading: &reading,
        map: &ground.map,
        policy: [Policy::Fill, Policy::Newer, Policy::Replace][usize::from(*first / 64) % 3],
        date: Some(as_of),
        owner: Some("CISO"),
        expires: Some(as_of),
        as_of,
    };
    let done = import(&job, 1).expect("what was a profile stays one");
    let rows = done.report.rows;
    assert_eq!(rows.read, rows.used + rows.confirmed + rows.unused, "a row went missing");
    let text = import_text(&done.report, true, Style::PLAIN);
    assert!(!text.contains('\u{1b}'), "an escape sequence of the input reaches the terminal");
    to_json(&done.report).expect("a report");
    // The same once more changes nothing.
    if let Some(profile) = &done.profile {
        let again = import(&Import { profile, text: &done.text, ..job }, 1).expect("what was a profile stays one");
        assert_eq!(again.text, done.text, "a second import changes the profile");
    }
});
