//! A trend in another language: what was recorded with English titles, for who reads others.

use super::Trend;
use crate::library::{Language, Library};

impl Trend {
    /// Gives the topmost headings their titles in `language`, where `library` has them; ids and figures
    /// stay.
    pub fn speak(&mut self, language: Language, library: &Library) {
        for point in &mut self.points {
            let (Some(framework), Some(domain)) = (&point.framework, &point.domain) else { continue };
            if let Some(title) = library.heading_in(language, framework, domain) {
                point.title = Some(title.to_owned());
            }
        }
    }
}
