//! Questions about the library: what there is of a kind, and everything about one id.
//!
//! Start with [`Browser`]: [`Browser::list`] answers with a [`Listing`], a table of one kind, and
//! [`Browser::sheets`] with a [`Sheet`] for each role that an id plays, [`Browser::review`] with all
//! that an expert needs to judge a template. All are data; `report` draws them. What is tied to what comes from the graph, in `relation`; names in the language that
//! is asked for, in `local`.

mod catalog;
mod crosswalk;
mod list;
mod listing;
mod local;
mod provider;
mod relation;
mod review;
mod sheet;

pub use list::{Filter, Listed};
pub use listing::{Cell, Listing};
pub use review::{Review, Verdict};
pub use sheet::Sheet;

use crate::library::{Language, Library};
use crate::model::Model;

/// A library to ask questions about.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'l> {
    model: &'l Model,
    library: &'l Library,
    language: Option<Language>,
}

impl<'l> Browser<'l> {
    /// The library of `model`.
    #[must_use]
    pub fn new(model: &'l Model) -> Self {
        Self { model, library: model.library(), language: None }
    }

    /// The same, with names in `language` too, where there are some; `None` is English.
    #[must_use]
    pub fn in_language(self, language: Option<Language>) -> Self {
        Self { language, ..self }
    }

    /// Every id that [`Browser::sheets`] knows; one that plays several roles comes more than once.
    pub fn ids(&self) -> impl Iterator<Item = &'l str> {
        let library = self.library;
        let frameworks = library.frameworks().iter();
        let inside = frameworks.flat_map(|f| {
            let groups = f.groups.iter().map(|g| g.id.value.as_str());
            let controls = f.controls.iter().map(|c| c.id.value.as_str());
            std::iter::once(f.id.value.as_str()).chain(groups).chain(controls)
        });
        inside
            .chain(library.crosswalks().iter().map(|c| c.id.value.as_str()))
            .chain(library.templates().iter().map(|t| t.id.value.as_str()))
            .chain(library.actions().iter().map(|a| a.id.value.as_str()))
            .chain(library.providers().iter().map(|p| p.id.value.as_str()))
            .chain(library.services().iter().map(|s| s.id.value.as_str()))
            .chain(library.evidence().iter().map(|e| e.id.value.as_str()))
    }
}
