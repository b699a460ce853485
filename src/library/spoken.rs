//! The library in another language: titles and names as that language has them.

use super::{Language, Library, Names};

impl Library {
    /// This library with the titles of templates, frameworks, headings, controls and evidence, and the
    /// names of services, in `language`; what has no name in it keeps its English one.
    ///
    /// Ids stay, and so does every order and figure: what a profile was read to against the one
    /// library holds for the other.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        let tell = |title: &mut String, names: &Names| {
            if let Some(name) = names.get(language) {
                name.clone_into(title);
            }
        };
        for template in &mut self.templates {
            tell(&mut template.title, &template.names);
        }
        for framework in &mut self.frameworks {
            tell(&mut framework.title, &framework.names);
            for group in &mut framework.groups {
                tell(&mut group.title, &group.names);
            }
            for control in &mut framework.controls {
                tell(&mut control.title, &control.names);
            }
        }
        for service in &mut self.services {
            tell(&mut service.name, &service.names);
        }
        for item in &mut self.evidence {
            if let Some(name) = item.names.get(language) {
                item.title = Some(name.to_owned());
            }
        }
        self.language = Some(language);
        self
    }

    /// The language that titles and names are in, if it is not English.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.language
    }
}
