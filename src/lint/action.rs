//! Actions that cannot be told apart, and their links.

use super::Linter;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::library::Action;
use std::collections::BTreeMap;

pub(super) fn lint(linter: &mut Linter<'_>) {
    for action in linter.library.actions() {
        for link in action.links.iter().filter(|link| link.starts_with("http://")) {
            let id = &action.id;
            let message = format!("action `{}` links to {} without encryption", id.value, quoted(link));
            let diagnostic = Diagnostic::new(Code::InsecureLink, message).at(id.span, "one of its `links`");
            linter.tell(diagnostic.about(id.value.as_str()));
        }
    }
    indistinct(linter, "title", |action| Some(&action.title));
    indistinct(linter, "guidance", |action| action.guidance.as_deref());
}

/// Tells of actions whose text is that of an earlier one, apart from case and blanks.
fn indistinct(linter: &mut Linter<'_>, what: &str, text: impl Fn(&Action) -> Option<&str>) {
    let mut first: BTreeMap<String, &Action> = BTreeMap::new();
    let library = linter.library;
    for action in library.actions() {
        let folded = text(action).map(|t| t.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "));
        let Some(folded) = folded.filter(|t| !t.is_empty()) else { continue };
        let Some(other) = first.get(&folded) else {
            first.insert(folded, action);
            continue;
        };
        // The later place tells of it, so that one's own file is named before the built-in one.
        let (near, far) = if action.id.span < other.id.span { (*other, action) } else { (action, *other) };
        let message = format!("actions `{}` and `{}` have the same {what}", far.id.value, near.id.value);
        let diagnostic = Diagnostic::new(Code::IndistinctActions, message).at(near.id.span, "this action");
        linter.tell(diagnostic.at(far.id.span, "and this one").about(near.id.value.as_str()));
    }
}
