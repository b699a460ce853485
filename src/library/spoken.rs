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

    /// The title of a template in another language, by its id.
    #[must_use]
    pub fn template_in(&self, language: Language, template: &str) -> Option<&str> {
        self.template(self.find_template(template)?).names.get(language)
    }

    /// The title of a control in another language, by the ids of its framework and its own.
    #[must_use]
    pub fn control_in(&self, language: Language, framework: &str, control: &str) -> Option<&str> {
        let framework = self.framework(self.find_framework(framework)?);
        framework.controls.iter().find(|c| c.id.value.as_str() == control)?.names.get(language)
    }

    /// The title of a heading in another language, by the ids of its framework and its own.
    #[must_use]
    pub fn heading_in(&self, language: Language, framework: &str, heading: &str) -> Option<&str> {
        let framework = self.framework(self.find_framework(framework)?);
        framework.groups.iter().find(|g| g.id.value.as_str() == heading)?.names.get(language)
    }

    /// The language that titles and names are in, if it is not English.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.language
    }
}
