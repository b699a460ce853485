//! What a lint would report and the author has explained in place.

use crate::shape::{Entry, Kind, Shape, required};
use crate::source::Spanned;
use serde::{Deserialize, Serialize};

/// A lint that is expected about one thing, with the reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Allowance {
    /// The code of the lint.
    pub code: Spanned<String>,
    /// The id of what it is about.
    pub about: Spanned<String>,
    /// Why it is so all the same.
    pub reason: String,
}

/// The shape of an `[[allow]]` table, which any library file may hold.
pub(super) static ALLOW: Shape = Shape {
    name: "allow table",
    doc: "A lint that is expected about one thing in this file. One that no longer occurs is reported.",
    fields: &[
        required("code", Kind::Id, "The code of the lint, such as `numbering-hole`."),
        required("about", Kind::Id, "The id of what the finding is about, as `annexa lint --format json` shows it."),
        required("reason", Kind::Title, "Why it is so all the same."),
    ],
};

/// What stands beside [`ALLOW`] in the shape of a file.
pub(super) const ALLOW_DOC: &str = "Lints that are expected here, each with its reason.";

/// The `[[allow]]` tables of a file.
pub(super) fn allowances(top: &Entry<'_, '_>) -> Vec<Allowance> {
    let allowance = |a: Entry<'_, '_>| {
        let owned = |text: Spanned<&str>| Spanned::new(text.value.to_owned(), text.span);
        let (code, about) = (a.text("code").map(owned)?, a.text("about").map(owned)?);
        Some(Allowance { code, about, reason: a.string("reason")? })
    };
    top.tables("allow").filter_map(allowance).collect()
}
