//! A profile carried from TOML to JSON and back, by its shape alone: no library is asked.
//!
//! [`convert`] reads in either notation and writes in any [`ProfileForm`]. Values, the order of keys and of
//! entries, and the digits of numbers are kept; comments and blanks are not, for JSON has none of the one and no
//! meaning for the other. `json` and `toml` write.

mod json;
mod toml;

use crate::choice::choice;
use crate::diagnostic::{Checked, Diagnostics};
use crate::profile::PROFILE;
use crate::shape::{Keys, Notation, Written, document_in};

choice! {
    /// How a profile is written down.
    pub enum ProfileForm {
        /// TOML.
        Toml = "toml",
        /// JSON over several lines.
        Json = "json",
        /// JSON on one line, with its line end.
        Line = "ndjson",
    }
}

/// A profile in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// The text.
    pub text: String,
    /// Whose profile it is.
    pub tenant: String,
}

/// Writes a profile in another form. It is held against the shape of a profile, not against a library.
///
/// # Errors
/// Every fault of its notation or its shape.
pub fn convert(
    notation: Notation,
    text: &str,
    file: u32,
    form: ProfileForm,
) -> Result<Checked<Converted>, Diagnostics> {
    let mut faults = Diagnostics::new();
    let converted = document_in(notation, text, file, &PROFILE, &mut faults, |top, faults| {
        let head = top.table("organization")?;
        let tenant = head.string("tenant").or_else(|| head.string("name"))?;
        (!faults.has_errors()).then(|| Converted { text: written(&top.written(&PROFILE), form), tenant })
    });
    match converted.flatten() {
        Some(converted) => faults.into_result(converted),
        None => Err(faults),
    }
}

fn written(keys: &Keys<'_>, form: ProfileForm) -> String {
    match form {
        ProfileForm::Toml => toml::document(keys),
        ProfileForm::Json => json::document(keys, true),
        ProfileForm::Line => json::document(keys, false),
    }
}
