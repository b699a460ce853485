//! A recorded state made anew, from the recorded texts, by the ordinary way through.
//!
//! Whoever replays keeps one [`Models`]: each library is made ready once, and two [`State`]s of one
//! library share its model, by which `compare` knows that the library is the same.

use crate::compare::Snapshot;
use crate::library::{Library, LibraryText};
use crate::model::{Model, TenantProfile};
use crate::profile::Unchecked;
use crate::result::TenantScore;
use crate::snapshot::{Digest, LibraryFile, LibraryVersion};
use crate::source::Sources;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many libraries that nobody uses are kept ready at a time.
const READY: usize = 8;

/// Libraries made ready, each known by its digest.
#[derive(Debug, Default)]
pub struct Models {
    ready: BTreeMap<Digest, Arc<Model>>,
}

impl Models {
    /// The model of a library; the same one as long as somebody holds it.
    ///
    /// # Errors
    /// Why there is none, in a few words.
    pub fn model(&mut self, library: &LibraryVersion) -> Result<Arc<Model>, String> {
        let digest = library.digest();
        if let Some(model) = self.ready.get(&digest) {
            return Ok(Arc::clone(model));
        }
        let model = Arc::new(model(library)?);
        if self.ready.len() >= READY {
            self.ready.retain(|_, model| Arc::strong_count(model) > 1);
        }
        self.ready.insert(digest, Arc::clone(&model));
        Ok(model)
    }

    /// The model of the library of this digest, which is read if it is not ready.
    pub(super) fn get<E>(
        &mut self,
        digest: &Digest,
        read: impl FnOnce() -> Result<LibraryVersion, E>,
    ) -> Result<Result<Arc<Model>, String>, E> {
        match self.ready.get(digest) {
            Some(model) => Ok(Ok(Arc::clone(model))),
            None => Ok(self.model(&read()?)),
        }
    }
}

/// The model of a library; why there is none, in a few words.
fn model(library: &LibraryVersion) -> Result<Model, String> {
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

/// A tenant as it stood: its profile, the library it is read against, and the date.
#[derive(Clone, Debug)]
pub struct State {
    model: Arc<Model>,
    profile: TenantProfile,
    as_of: NaiveDate,
}

impl State {
    /// The state that the text of a profile describes.
    ///
    /// # Errors
    /// Why it describes none, in a few words.
    pub fn read(model: Arc<Model>, profile: &str, as_of: NaiveDate) -> Result<Self, String> {
        // Evidence files were held against their digests when the profile was first read.
        match model.profile(profile, 0, &Unchecked) {
            Ok(checked) => Ok(Self { profile: checked.value, model, as_of }),
            Err(_) => Err("its profile is no longer read without errors".to_owned()),
        }
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> &TenantProfile {
        &self.profile
    }

    /// The state, to be compared with another.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot { model: &self.model, profile: &self.profile, as_of: self.as_of }
    }

    /// What it comes to; evidence that lapses within so many days is reported.
    #[must_use]
    pub fn score(&self, expiring_within_days: u32) -> TenantScore {
        self.model.score(&self.profile, self.as_of, expiring_within_days)
    }
}
