//! Everything about one id: a sheet for each role that it plays.

use super::{Browser, Cell, Listing};
use crate::choice::Choice;
use crate::id::{ActionIdx, ControlIdx, FrameworkIdx};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// One thing of the library: its fields, and tables of what is tied to it.
#[derive(Clone, Debug)]
pub struct Sheet {
    role: &'static str,
    fields: Vec<(String, Cell)>,
    tables: Vec<(&'static str, Listing)>,
}

impl Sheet {
    /// A sheet with nothing on it.
    pub(super) fn new(role: &'static str) -> Self {
        Self { role, fields: Vec::new(), tables: Vec::new() }
    }

    /// Adds a field.
    pub(super) fn field(mut self, name: &str, cell: impl Into<Cell>) -> Self {
        self.fields.push((name.to_owned(), cell.into()));
        self
    }

    /// Adds a table.
    pub(super) fn table(mut self, name: &'static str, listing: Listing) -> Self {
        self.tables.push((name, listing));
        self
    }

    /// What kind of thing it is.
    #[must_use]
    pub fn role(&self) -> &'static str {
        self.role
    }

    /// Its fields, the id first.
    #[must_use]
    pub fn fields(&self) -> &[(String, Cell)] {
        &self.fields
    }

    /// What is tied to it.
    #[must_use]
    pub fn tables(&self) -> &[(&'static str, Listing)] {
        &self.tables
    }
}

/// One object: the role, the fields, and the tables as lists.
impl Serialize for Sheet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + self.fields.len() + self.tables.len()))?;
        map.serialize_entry("role", self.role)?;
        for (name, cell) in &self.fields {
            map.serialize_entry(name, cell)?;
        }
        for (name, listing) in &self.tables {
            map.serialize_entry(name, listing)?;
        }
        map.end()
    }
}

impl Browser<'_> {
    /// A sheet for each role that `id` plays; none if the library does not know it.
    #[must_use]
    pub fn sheets(&self, id: &str) -> Vec<Sheet> {
        let mut sheets = Vec::new();
        for (position, framework) in self.library.frameworks().iter().enumerate() {
            let idx = FrameworkIdx::at(position);
            if framework.id.value.as_str() == id {
                sheets.push(self.framework_sheet(framework));
            }
            let group = framework.groups.iter().find(|g| g.id.value.as_str() == id);
            sheets.extend(group.map(|group| self.group_sheet(idx, framework, group)));
            let control = framework.controls.iter().enumerate().find(|(_, c)| c.id.value.as_str() == id);
            sheets.extend(control.map(|(n, control)| self.control_sheet(idx, ControlIdx::at(n), framework, control)));
        }
        let library = self.library;
        sheets.extend(library.find_crosswalk(id).map(|c| self.crosswalk_sheet(library.crosswalk(c))));
        sheets.extend(library.find_template(id).map(|t| self.template_sheet(library.template(t))));
        sheets.extend(library.find_action(id).map(|a| self.action_sheet(a)));
        sheets.extend(library.provider(id).map(|p| self.provider_sheet(p)));
        sheets.extend(library.find_service(id).map(|s| self.service_sheet(s)));
        sheets.extend(library.find_evidence(id).map(|e| self.evidence_sheet(e)));
        sheets
    }

    /// A table of actions.
    pub(super) fn action_table(&self, actions: impl IntoIterator<Item = ActionIdx>) -> Listing {
        let mut listing = Listing::new(&["id", "title", "owner", "type", "points"], &[]);
        for action in actions.into_iter().map(|a| self.library.action(a)) {
            listing.push([
                action.id.value.as_str().into(),
                action.title.as_str().into(),
                action.owner.word().into(),
                action.action_type.word().into(),
                action.points().get().into(),
            ]);
        }
        listing
    }
}
