//! Sheets of what a catalogue and a template hold: frameworks, headings, controls, templates.

use super::relation::is_under;
use super::{Browser, Listing, Sheet};
use crate::choice::Choice;
use crate::id::{ControlIdx, FrameworkIdx};
use crate::library::{Control, Framework, Group, Template};

impl Browser<'_> {
    pub(super) fn framework_sheet(&self, framework: &Framework) -> Sheet {
        let id = framework.id.value.as_str();
        let earlier = self.library.frameworks().iter().filter(|f| {
            let next = f.superseded_by.as_ref();
            next.is_some_and(|next| next.value.as_str() == id)
        });
        let mut templates = Listing::new(&["id", "title", "version"], &[]);
        for template in self.library.templates().iter().filter(|t| t.framework.value.as_str() == id) {
            let title = template.title.as_str();
            templates.push([template.id.value.as_str().into(), title.into(), template.version.into()]);
        }
        self.local_field(Sheet::new("framework").field("id", id), "title", framework)
            .field("edition", framework.edition.as_str())
            .field("publisher", framework.publisher.as_str())
            .field("status", framework.status.word())
            .field("superseded_by", framework.superseded_by.as_ref().map(|f| f.value.as_str()))
            .field("supersedes", earlier.map(|f| f.id.value.to_string()).collect::<Vec<_>>())
            .field("withdrawn_on", framework.withdrawn_on)
            .field("control_count", framework.controls.len())
            .table("headings", headings(framework, None))
            .table("templates", templates)
    }

    pub(super) fn group_sheet(&self, idx: FrameworkIdx, framework: &Framework, group: &Group) -> Sheet {
        let id = group.id.value.as_str();
        let mut controls = Listing::new(&["id", "title", "kind", "actions"], &[]);
        for (number, control) in framework.controls.iter().enumerate().filter(|(_, c)| is_under(framework, c, id)) {
            let mut actions: Vec<_> =
                self.actions_of(idx, ControlIdx::at(number)).into_iter().map(|(_, action)| action).collect();
            actions.sort_unstable();
            actions.dedup();
            let title = control.title.as_str();
            let row =
                [control.id.value.as_str().into(), title.into(), control.kind.word().into(), actions.len().into()];
            controls.push(row);
        }
        self.local_field(Sheet::new("heading").field("id", id), "title", group)
            .field("framework", framework.id.value.as_str())
            .field("parent", group.parent.as_ref().map(|p| p.value.as_str()))
            .table("headings", headings(framework, Some(id)))
            .table("controls", controls)
    }

    pub(super) fn control_sheet(
        &self,
        idx: FrameworkIdx,
        number: ControlIdx,
        framework: &Framework,
        control: &Control,
    ) -> Sheet {
        let headings = framework.headings(control).into_iter().map(|g| format!("{} {}", g.id.value, g.title));
        let sheet = Sheet::new("control").field("id", control.id.value.as_str());
        let mut sheet = self
            .local_field(sheet, "title", control)
            .field("framework", framework.id.value.as_str())
            .field("kind", control.kind.word())
            .field("new", control.is_new)
            .field("headings", headings.collect::<Vec<_>>())
            .field("note", control.note.as_deref());
        for (name, values) in &control.attributes {
            sheet = sheet.field(name, values);
        }
        let mut actions = Listing::new(&["id", "title", "owner", "type", "points", "template"], &[]);
        for (template, action) in self.actions_of(idx, number) {
            let action = self.library.action(action);
            actions.push([
                action.id.value.as_str().into(),
                action.title.as_str().into(),
                action.owner.word().into(),
                action.action_type.word().into(),
                action.points().get().into(),
                self.library.template(template).id.value.as_str().into(),
            ]);
        }
        // Where there is but one template, people need not be told which.
        let has_one = self.library.templates().len() == 1;
        let sheet = sheet.table("actions", if has_one { actions.narrowed(5) } else { actions });
        sheet.table("related", self.related_table(idx, number))
    }

    pub(super) fn template_sheet(&self, template: &Template) -> Sheet {
        let framework = self.library.find_framework(template.framework.value.as_str());
        let framework = framework.map(|f| self.library.framework(f));
        let [controls, customers, providers] = self.sizes(template);
        let mut map = Listing::new(&["control", "title", "actions"], &[]);
        for mapping in &template.map {
            let id = &mapping.control.value;
            let control = framework.and_then(|f| f.controls.iter().find(|c| c.id.value == *id));
            let actions: Vec<String> = mapping.actions.iter().map(|a| a.value.to_string()).collect();
            map.push([id.as_str().into(), control.map(|c| c.title.as_str()).into(), actions.into()]);
        }
        let sheet = Sheet::new("template").field("id", template.id.value.as_str());
        self.local_field(sheet, "title", template)
            .field("framework", template.framework.value.as_str())
            .field("provider", template.provider.value.as_str())
            .field("product", template.product.as_deref())
            .field("certification", template.certification.as_deref())
            .field("version", template.version)
            .field("control_count", controls)
            .field("customer_actions", customers)
            .field("provider_actions", providers)
            .table("map", map)
    }
}

/// The headings right under `parent`, or the topmost ones, with the number of controls under each.
fn headings(framework: &Framework, parent: Option<&str>) -> Listing {
    let mut listing = Listing::new(&["id", "title", "controls"], &[]);
    let is_below = |group: &&Group| group.parent.as_ref().map(|p| p.value.as_str()) == parent;
    for group in framework.groups.iter().filter(is_below) {
        let id = group.id.value.as_str();
        let controls = framework.controls.iter().filter(|c| is_under(framework, c, id)).count();
        listing.push([id.into(), group.title.as_str().into(), controls.into()]);
    }
    listing
}
