//! The head of a profile to fill in: what it is, how to fill it in, and what the keys mean.
//!
//! Keys, words and what they mean come from the shape of a profile, so the head cannot fall behind it.

use super::page::Page;
use crate::library::Template;
use crate::profile::PROFILE;
use crate::shape::{Field, Kind, Shape};

const HOW: [&str; 17] = [
    "",
    "How to fill it in. Lines with two number signs explain; lines with one wait for you. Once you know where an",
    "action stands, take the `# ` away from its lines and write down how far it is:",
    "",
    "    [[action]]",
    "    id = \"...\"                       # as it stands below",
    "    implementation = \"implemented\"   # an entry without it is an error",
    "    implemented_on = 2026-02-01",
    "    test = \"passed\"",
    "    tested_on = 2026-03-01",
    "    evidence = [\"an-evidence-id\"]    # an entry of [[evidence]], without which a manual test is not assured",
    "",
    "An action that stays commented out is unassessed: it earns nothing, stays in the sum, and is reported as",
    "`not-assessed`. Only `implemented` or `alternative` with a passed test earns its points.",
    "",
    "Then run `annexa check`, `annexa score` and `annexa gaps` on this file. Editors complete and check it against",
    "the schema that `annexa schema profile` prints.",
];

/// Writes the head.
pub(super) fn head(page: &mut Page, name: &str, template: &Template) {
    page.explain(&format!("{name}: profile for annexa, to be filled in."));
    page.explain(&format!("Assessed against {} (version {}).", template.title, template.version));
    page.explain_all(&HOW);
    page.explain("");
    page.explain("The keys of an action, of which `id` and `implementation` are needed:");
    for field in shape_of("action").into_iter().flat_map(|shape| shape.fields) {
        key(page, field);
    }
}

/// One key, and the words it takes.
fn key(page: &mut Page, field: &Field) {
    page.explain(&format!("  {:<15} {}", field.key, field.doc));
    if let Kind::Word(words) = field.kind {
        page.explain_list(&format!("  {:<15} One of:", ""), words);
    }
}

/// What a table of the profile is for.
pub(super) fn purpose(table: &str) -> &'static str {
    PROFILE.fields.iter().find(|f| f.key == table).map_or("", |f| f.doc)
}

fn shape_of(table: &str) -> Option<&'static Shape> {
    PROFILE.fields.iter().find(|f| f.key == table).and_then(|field| match field.kind {
        Kind::Table(shape) | Kind::Tables(shape) => Some(shape),
        _ => None,
    })
}
