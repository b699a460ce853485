//! What is wrong with a workbook, and where.

use crate::choice::choice;
use crate::sheet::Place;
use serde::Serialize;

choice! {
    /// How grave a finding is.
    pub enum Gravity {
        /// Compliance Manager refuses the workbook.
        Error = "error",
        /// It may take it; something is probably not meant, or nobody documents it.
        Warning = "warning",
    }
}

/// So many findings are told.
const MOST: usize = 10_000;

/// Something wrong with a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How grave it is.
    pub gravity: Gravity,
    /// The tab.
    pub tab: Option<String>,
    /// The cell, such as `B7`.
    pub cell: Option<String>,
    /// One lowercase clause.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

/// Gathers findings about one tab.
pub(super) struct Findings<'l> {
    list: &'l mut Vec<Finding>,
    tab: &'l str,
}

impl<'l> Findings<'l> {
    pub(super) fn new(list: &'l mut Vec<Finding>, tab: &'l str) -> Self {
        Self { list, tab }
    }

    pub(super) fn error(&mut self, place: Option<Place>, message: impl Into<String>, help: impl Into<Option<String>>) {
        self.add(Gravity::Error, place, message.into(), help.into());
    }

    pub(super) fn warning(
        &mut self,
        place: Option<Place>,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) {
        self.add(Gravity::Warning, place, message.into(), help.into());
    }

    fn add(&mut self, gravity: Gravity, place: Option<Place>, message: String, help: Option<String>) {
        if self.list.len() > MOST {
            return;
        }
        if self.list.len() == MOST {
            let message = "there is more, which is not told: mend these first".to_owned();
            self.list.push(Finding { gravity: Gravity::Error, tab: None, cell: None, message, help: None });
            return;
        }
        let tab = (!self.tab.is_empty()).then(|| self.tab.to_owned());
        self.list.push(Finding { gravity, tab, cell: place.map(|p| p.to_string()), message, help });
    }

    /// Whether there are so many that nobody reads the last ones: their suggestions, each a search, are
    /// not worth their time.
    pub(super) fn are_many(&self) -> bool {
        self.list.len() > 500
    }
}
