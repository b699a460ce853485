//! A random library and profile of the tests, the profile edited by the bytes.

#![no_main]

mod checks;
#[path = "../../tests/it/random.rs"]
mod random;

use annexa::{Checked, Library, LibraryText, Model, Sources, Unchecked, report::to_json};
use libfuzzer_sys::fuzz_target;

/// Words that turn one status into another; an edit puts one in the place of another.
const WORDS: [&str; 24] = [
    "implemented",
    "alternative",
    "planned",
    "not-implemented",
    "not-in-scope",
    "passed",
    "none",
    "in-progress",
    "failed-low",
    "failed-high",
    "partially-tested",
    "to-be-detected",
    "could-not-be-detected",
    "manual",
    "automatic",
    "parent",
    "2019-01-01",
    "2020-06-01",
    "2022-12-31",
    "9999-12-31",
    "0.0",
    "1.0",
    "0.3333",
    "default",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((seed, edits)) = bytes.split_at_checked(3) else { return };
    let case = random::case(u64::from(seed[0]) << 16 | u64::from(seed[1]) << 8 | u64::from(seed[2]));
    let mut profile = case.profile.clone();
    for edit in edits.chunks_exact(4) {
        apply(&mut profile, edit);
    }
    let mut sources = Sources::default();
    let numbers: Vec<u32> = case.files.iter().map(|(path, text)| sources.add(path.clone(), text.clone())).collect();
    let texts = case.files.iter().zip(numbers);
    let texts: Vec<LibraryText<'_>> =
        texts.map(|((path, text), file)| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).expect("a valid library").value;
    let file = sources.add("profile.toml", profile.clone());
    match model.profile(&profile, file, &Unchecked) {
        Ok(Checked { value, warnings }) => {
            checks::draw(&warnings, &sources);
            let within = case.expiring_within.try_into().expect("days");
            let score = model.score(&value, case.as_of, within);
            checks::check(&score);
            let again = model.score(&value, case.as_of, within);
            assert_eq!(to_json(&score).expect("JSON"), to_json(&again).expect("JSON"));
        }
        Err(faults) => checks::draw(&faults, &sources),
    }
});

/// Puts a word in the place of the next word of the set, or a byte in the place of a byte.
fn apply(profile: &mut String, edit: &[u8]) {
    let at = usize::from(edit[0]) << 8 | usize::from(edit[1]);
    let at = (at % profile.len().max(1)..=profile.len()).find(|at| profile.is_char_boundary(*at)).unwrap_or(0);
    if edit[2] < 200 {
        let (old, new) = (WORDS[usize::from(edit[2]) % WORDS.len()], WORDS[usize::from(edit[3]) % WORDS.len()]);
        if let Some(found) = profile[at..].find(old) {
            profile.replace_range(at + found..at + found + old.len(), new);
        }
    } else if let Some(old) = profile[at..].chars().next() {
        let new = char::from(edit[3]).to_string();
        profile.replace_range(at..at + old.len_utf8(), &new);
    }
}
