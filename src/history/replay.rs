//! A recorded result made anew, from the recorded texts, by the ordinary way through.

use crate::library::{Library, LibraryText};
use crate::model::Model;
use crate::profile::Unchecked;
use crate::result::TenantScore;
use crate::snapshot::{LibraryFile, LibraryVersion};
use crate::source::Sources;
use chrono::NaiveDate;

/// The model of a library; why there is none, in a few words.
pub(super) fn model(library: &LibraryVersion) -> Result<Model, String> {
    let mut sources = Sources::default();
    let add = |f: &LibraryFile| sources.add(f.path.clone(), f.text.clone());
    let numbers: Vec<u32> = library.files().iter().map(add).collect();
    let files = library.files().iter().zip(numbers);
    let text = |(file, number)| {
        let LibraryFile { layer, path, text }: &LibraryFile = file;
        LibraryText { layer: *layer, path, file: number, text }
    };
    let texts: Vec<LibraryText<'_>> = files.map(text).collect();
    match Model::assemble(Library::default(), &texts) {
        Ok(checked) => Ok(checked.value),
        Err(_) => Err("its library is no longer read without errors".to_owned()),
    }
}

/// The result of a profile's text.
pub(super) fn score(
    model: &Model,
    profile: &str,
    as_of: NaiveDate,
    expiring_within: u32,
) -> Result<TenantScore, String> {
    // The evidence files were held against their digests when the snapshot was recorded.
    let profile = model.profile(profile, 0, &Unchecked);
    let profile = profile.map_err(|_| "its profile is no longer read without errors".to_owned())?;
    Ok(model.score(&profile.value, as_of, expiring_within))
}
