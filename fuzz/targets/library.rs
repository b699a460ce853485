//! The files of a library folder, over nothing or over the built-in library.

#![no_main]

#[allow(dead_code, reason = "a library alone has no result")]
mod checks;

use annexa::{Library, LibraryText, Model, Sources};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

const PATHS: [&str; 9] = [
    "controls/one.toml",
    "controls/two.toml",
    "controls/crosswalk/one.toml",
    "templates/acme/provider.toml",
    "templates/acme/actions/one.toml",
    "templates/acme/actions/two.toml",
    "templates/acme/template.toml",
    "templates/microsoft-cloud/actions/more.toml",
    "templates/acme/deep/er/file.toml",
];

static BUILTIN: OnceLock<Library> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let builtin = BUILTIN.get_or_init(|| Model::builtin(&mut Sources::default()).library().clone());
    let base = if first % 4 == 0 { builtin.clone() } else { Library::default() };
    let mut sources = Sources::default();
    let mut files = Vec::new();
    for part in rest.split(|byte| *byte == 0) {
        let Some((path, text)) = part.split_first() else { continue };
        let Ok(text) = std::str::from_utf8(text) else { return };
        let path = PATHS[usize::from(*path) % PATHS.len()];
        files.push((path, sources.add(path, text.to_owned()), text));
    }
    let texts: Vec<LibraryText<'_>> =
        files.iter().map(|(path, file, text)| LibraryText { layer: 1, path, file: *file, text }).collect();
    match Model::assemble(base, &texts) {
        Ok(checked) => {
            checks::draw(&checked.warnings, &sources);
            checks::draw(&checked.value.lint(checked.warnings, Some(builtin), &|_| true), &sources);
        }
        Err(faults) => checks::draw(&faults, &sources),
    }
});
