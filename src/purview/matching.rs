//! Which action of the library a row is about: by its title, for titles are what actions are known by.

use crate::diagnostic::{listed, quoted};
use crate::id::ActionIdx;
use crate::library::{Library, Owner};
use std::collections::BTreeMap;

/// What a map says of a title: the actions it stands for, none if its rows are left out, or nothing.
pub type Mapped<'m> = dyn Fn(&str) -> Option<Vec<ActionIdx>> + 'm;

/// The titles of a library.
pub(super) struct Titles<'l> {
    library: &'l Library,
    exact: BTreeMap<&'l str, Vec<ActionIdx>>,
    folded: BTreeMap<String, Vec<ActionIdx>>,
}

/// A title less the case of its letters, its blanks single.
fn folded(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl<'l> Titles<'l> {
    pub(super) fn of(library: &'l Library) -> Self {
        let mut titles = Self { library, exact: BTreeMap::new(), folded: BTreeMap::new() };
        for (position, action) in library.actions().iter().enumerate() {
            titles.exact.entry(&action.title).or_default().push(ActionIdx::at(position));
            titles.folded.entry(folded(&action.title)).or_default().push(ActionIdx::at(position));
        }
        titles
    }

    /// The customer's action of a title; else why there is none, a clause.
    pub(super) fn find(&self, title: &str, mapped: &Mapped<'_>) -> Result<ActionIdx, String> {
        let by_map = mapped(title);
        if by_map.as_ref().is_some_and(Vec::is_empty) {
            return Err("the map leaves it out".to_owned());
        }
        let by_title = || self.exact.get(title).or_else(|| self.folded.get(&folded(title))).cloned();
        let found = by_map.or_else(by_title).unwrap_or_default();
        match found.as_slice() {
            [] => Err("no action of the library has this title".to_owned()),
            [one] => match self.library.action(*one).owner {
                Owner::Customer => Ok(*one),
                Owner::Provider => Err("the action is the provider's, which nobody else changes".to_owned()),
            },
            several => {
                let ids = several.iter().map(|a| self.library.action(*a).id.value.as_str());
                Err(format!("{} stands for several actions: {}", quoted(title), listed(ids)))
            }
        }
    }
}
