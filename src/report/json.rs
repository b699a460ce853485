//! The result as JSON.

use serde::Serialize;

/// The value as JSON, indented, with a line end; the same value gives the same bytes.
///
/// # Errors
/// None can occur for the results of this crate: their keys are text and their numbers finite.
pub fn to_json(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
