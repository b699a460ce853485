//! What in a library is probably not meant, found without anybody having to look for it.
//!
//! [`lint`] is the one way in: it runs every group of lints over the library and its graph, then
//! lets the `[[allow]]` tables speak (`allow`). Each group is a file: `service` (services and their
//! evidence), `template` (what is mapped to what), `action`, `signal`, `numbering` and `edition`
//! (catalogues), `relation`, `density` and `published` (crosswalks). `input` tells what kind a
//! single file is.
//!
//! Lints find what is wrong for certain or nearly so; a threshold stands beside the lint that uses
//! it, and is set where the published catalogues and crosswalks need few exceptions.

mod action;
mod allow;
mod density;
mod edition;
mod input;
mod numbering;
mod published;
mod relation;
mod service;
mod signal;
mod template;

pub use input::FileKind;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::{Graph, dependency_rings};
use crate::library::{Library, LibraryText, assemble};
use std::collections::BTreeSet;

/// What is linted, and what has been found.
struct Linter<'a> {
    library: &'a Library,
    graph: &'a Graph,
    /// The library that knows the published editions, if it is not the one that is linted.
    published: Option<&'a Library>,
    found: Diagnostics,
    /// What would have been found, had the publisher not done the same.
    excused: Diagnostics,
}

impl Linter<'_> {
    fn tell(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}

/// All lints of `library`, with the warnings that `read`ing it gave; rings among them are errors.
///
/// Catalogues and crosswalks are held against the editions in `published`. Allowances are looked
/// after in files that are the user's `own`; elsewhere nobody can mend them.
pub fn lint(
    read: Diagnostics,
    library: &Library,
    graph: &Graph,
    published: Option<&Library>,
    own: &dyn Fn(u32) -> bool,
) -> Diagnostics {
    let mut linter = Linter { library, graph, published, found: read, excused: Diagnostics::new() };
    linter.found.append(dependency_rings(library, graph));
    service::lint(&mut linter);
    template::lint(&mut linter);
    action::lint(&mut linter);
    signal::lint(&mut linter);
    numbering::lint(&mut linter);
    edition::lint(&mut linter);
    relation::lint(&mut linter);
    density::lint(&mut linter);
    published::lint(&mut linter);
    allow::settle(linter.found, &linter.excused, library.allowances(), own)
}

/// What the user's `files` are read over: `base` without its templates and crosswalks on frameworks
/// that the files define anew, for those would rest on another catalogue than the one they were made for.
#[must_use]
pub fn base_for(base: Library, files: &[LibraryText<'_>]) -> Library {
    // What is wrong with the files is told when they are read in earnest.
    let own = assemble(Library::default(), files, &mut Diagnostics::new());
    let anew: BTreeSet<&str> = own.frameworks().iter().map(|f| f.id.value.as_str()).collect();
    base.without_frameworks(&anew)
}
