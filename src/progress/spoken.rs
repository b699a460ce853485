//! Progress in another language: what was made with English titles, for who reads others.

use super::result::Progress;
use crate::library::{Language, Library};

impl Progress {
    /// Gives controls and the templates of targets their titles in `language`, where `library` has them;
    /// ids and figures stay.
    pub fn speak(&mut self, language: Language, library: &Library) {
        for control in self.better.controls.iter_mut().chain(&mut self.worse.controls) {
            if let Some(title) = library.control_in(language, &control.framework, &control.id) {
                title.clone_into(&mut control.title);
            }
        }
        for aimed in self.targets.iter_mut().filter_map(|target| target.assessment.as_mut()) {
            if let Some(title) = library.template_in(language, &aimed.template) {
                title.clone_into(&mut aimed.title);
            }
        }
    }
}
