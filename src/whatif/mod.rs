//! What a change would come to, before anybody makes it.
//!
//! [`what_if`] edits a copy of the profile's text (`edit`), reads it by the ordinary way and compares
//! the two states, so that what it foresees is what scoring the edited file gives. A [`Supposition`]
//! is one change; `place` turns the words of a command line into them, held against the library.

mod edit;
mod place;

pub use place::{Supposed, Supposition};

use crate::compare::{Comparison, Snapshot, compare};
use crate::diagnostic::Diagnostics;
use crate::model::{Model, TenantProfile};
use crate::profile::EvidenceFolder;
use chrono::NaiveDate;

/// What is supposed of a tenant.
pub struct Question<'a> {
    /// The library.
    pub model: &'a Model,
    /// The profile as it stands.
    pub profile: &'a TenantProfile,
    /// The text it was read from.
    pub text: &'a str,
    /// The files beside it.
    pub folder: &'a dyn EvidenceFolder,
    /// The changes.
    pub changes: &'a [Supposition],
    /// The date of the figures as it stands.
    pub from: NaiveDate,
    /// The date of the figures as they would be.
    pub to: NaiveDate,
}

/// What a change would come to.
#[derive(Debug)]
pub struct WhatIf {
    /// The profile as it would be.
    pub text: String,
    /// What would move, and why.
    pub comparison: Comparison,
}

/// Why nothing can be supposed.
#[derive(Debug)]
pub enum Unsupposable {
    /// Changes that do not go with this profile, each with the way out.
    Refused(Vec<(String, Option<String>)>),
    /// The edited profile has faults; they point into this text.
    Faults {
        /// The profile as it would be.
        text: String,
        /// What is wrong with it.
        faults: Diagnostics,
    },
}

/// What the changes would come to; the edited text carries the number `file`.
///
/// # Errors
/// All changes that do not go with the profile, or the faults of the profile with them made.
pub fn what_if(question: &Question<'_>, file: u32) -> Result<WhatIf, Unsupposable> {
    let Question { model, profile, text, folder, changes, from, to } = *question;
    let text = edit::edited(model.library(), profile.profile(), text, changes, to).map_err(Unsupposable::Refused)?;
    let gone: Vec<&str> = changes.iter().filter_map(Supposition::library_evidence_dropped).collect();
    let other = (!gone.is_empty()).then(|| model.without_evidence(&gone));
    let after = other.as_ref().unwrap_or(model);
    let read = after.profile(&text, file, folder);
    let changed = match read {
        Ok(checked) => checked.value,
        Err(faults) => return Err(Unsupposable::Faults { text, faults }),
    };
    let before = Snapshot { model, profile, as_of: from };
    let comparison = compare(&before, &Snapshot { model: after, profile: &changed, as_of: to });
    Ok(WhatIf { text, comparison })
}
