//! Names in the language that is asked for; where there is none, the English one.

use super::{Browser, Cell, Listing, Sheet};
use crate::library::{Control, Evidence, Framework, Group, Names, Service, Template};

/// What has names in other languages.
pub(super) trait Named {
    /// The English name, if there is one.
    fn english(&self) -> Option<&str>;

    /// The others.
    fn names(&self) -> &Names;
}

macro_rules! titled {
    ($($thing:ident)+) => { $(
        impl Named for $thing {
            fn english(&self) -> Option<&str> {
                Some(&self.title)
            }

            fn names(&self) -> &Names {
                &self.names
            }
        }
    )+ };
}

titled! { Framework Group Control Template }

impl Named for Service {
    fn english(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn names(&self) -> &Names {
        &self.names
    }
}

impl Named for Evidence {
    fn english(&self) -> Option<&str> {
        self.title.as_deref()
    }

    fn names(&self) -> &Names {
        &self.names
    }
}

impl Browser<'_> {
    /// A table of things with, if a language is asked for, their names in it beside `column`.
    pub(super) fn local_table<'n, N: Named + 'n>(
        &self,
        listing: Listing,
        column: &str,
        rows: impl IntoIterator<Item = &'n N>,
    ) -> Listing {
        let Some(language) = self.language else { return listing };
        let name = |thing: &'n N| thing.names().get(language).or(thing.english()).into();
        let cells: Vec<Cell> = rows.into_iter().map(name).collect();
        listing.localized(column, local(column), cells)
    }

    /// The English name as the field `field`, and either the name in the language that is asked for
    /// or all names there are.
    pub(super) fn local_field(&self, sheet: Sheet, field: &'static str, thing: &impl Named) -> Sheet {
        let sheet = sheet.field(field, thing.english());
        match self.language {
            Some(language) => sheet.field(local(field), thing.names().get(language).or(thing.english())),
            None => sheet.field("names", thing.names()),
        }
    }
}

/// What the column or field beside `name` is called.
fn local(name: &str) -> &'static str {
    if name == "title" { "local_title" } else { "local_name" }
}
