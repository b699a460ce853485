//! A comparison in another language: what was made with English titles, for who reads others.

use super::result::Comparison;
use crate::library::{Language, Library};

impl Comparison {
    /// Gives the controls their titles in `language`, where `library` has them; ids and figures stay.
    pub fn speak(&mut self, language: Language, library: &Library) {
        for control in &mut self.controls {
            if let Some(title) = library.control_in(language, &control.framework, &control.id) {
                title.clone_into(&mut control.title);
            }
        }
    }
}
