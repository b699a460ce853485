//! The profile of a template: the controls of its framework that actions are mapped to.

use super::mapped::Mapped;
use super::part::{Metadata, objects};
use super::text::{OscalDay, Props};
use crate::oscal::token::control_token;
use crate::oscal::uuid::Id;
use crate::oscal::words::about;

objects! {
    /// A profile in the sense of OSCAL: a selection of controls.
    ProfileDocument {
        uuid: Id,
        metadata: Metadata,
        imports: Vec<Import>,
        merge: Merge,
    }

    /// Controls of a catalogue.
    Import {
        href: String,
        include_controls: Vec<Selection>,
        exclude_controls: Vec<Selection>,
    }

    /// Controls by id, or by a pattern of ids.
    Selection {
        with_ids: Vec<String>,
        matching: Vec<Pattern>,
    }

    /// A pattern of ids.
    Pattern {
        pattern: &'static str,
    }

    /// How the controls are put together.
    Merge {
        as_is: bool,
    }
}

/// The profile of a template over the catalogue at `href`.
pub(super) fn profile(mapped: &Mapped<'_>, href: &str, day: OscalDay) -> ProfileDocument {
    let template = mapped.template;
    let version = template.version.to_string();
    let mut metadata = Metadata::new(template.title.clone(), day.moment(), &version);
    metadata.props = Props::default()
        .with(about::TEMPLATE, template.id.value.as_str())
        .with(about::FRAMEWORK, mapped.framework.id.value.as_str())
        .list();
    let with_ids: Vec<String> = mapped.controls.iter().map(|(c, _)| control_token(c.id.value.as_str())).collect();
    // An import that selects nothing would select everything.
    let nothing = || vec![Selection { with_ids: Vec::new(), matching: vec![Pattern { pattern: "*" }] }];
    let exclude_controls = if with_ids.is_empty() { nothing() } else { Vec::new() };
    let include_controls = match with_ids.is_empty() {
        true => Vec::new(),
        false => vec![Selection { with_ids, matching: Vec::new() }],
    };
    ProfileDocument {
        uuid: Id::of(&["profile", template.id.value.as_str(), &version]),
        metadata,
        imports: vec![Import { href: href.to_owned(), include_controls, exclude_controls }],
        merge: Merge { as_is: true },
    }
}
