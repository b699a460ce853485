//! Allowances: a finding that is explained in place is not told, and an explanation of nothing is.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted, suggestion};
use crate::library::Allowance;
use std::collections::{BTreeMap, BTreeSet};

/// What remains of `found` when the allowances have spoken, and what is to be said of those.
///
/// An allowance holds in the file it stands in, so that one of the built-in library cannot hide
/// what is wrong in somebody's own files. What is `excused` is not told, but keeps its allowance in use.
pub(super) fn settle(
    mut found: Diagnostics,
    excused: &Diagnostics,
    allowances: &[Allowance],
    own: &dyn Fn(u32) -> bool,
) -> Diagnostics {
    let mut by_key: BTreeMap<(&str, &str, u32), Vec<usize>> = BTreeMap::new();
    for (position, a) in allowances.iter().enumerate() {
        let key = (a.code.value.as_str(), a.about.value.as_str(), a.code.span.file);
        by_key.entry(key).or_default().push(position);
    }
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut is_allowed = |d: &Diagnostic| {
        let Some(about) = d.about.as_deref().filter(|_| is_allowable(d.code)) else { return false };
        let keys = d.labels.iter().map(|label| (d.code.name(), about, label.span.file));
        let positions: Vec<usize> = keys.filter_map(|key| by_key.get(&key)).flatten().copied().collect();
        used.extend(&positions);
        !positions.is_empty()
    };
    found.keep(|d| !is_allowed(d));
    excused.sorted().into_iter().for_each(|d| {
        is_allowed(d);
    });
    for (position, allowance) in allowances.iter().enumerate().filter(|(_, a)| own(a.code.span.file)) {
        if !used.contains(&position) {
            found.push(unused(allowance));
        }
    }
    found
}

/// Whether an `[[allow]]` may name the code: the lints about allowances themselves are mended, not allowed.
fn is_allowable(code: Code) -> bool {
    code.is_lint() && !matches!(code, Code::StaleAllowance | Code::UnknownLint)
}

fn unused(allowance: &Allowance) -> Diagnostic {
    let (code, about) = (&allowance.code, &allowance.about);
    match Code::from_name(&code.value) {
        Some(known) if is_allowable(known) => {
            let message = format!("there is no `{}` about {} to allow", code.value, quoted(&about.value));
            let diagnostic = Diagnostic::new(Code::StaleAllowance, message).at(about.span, "explains nothing");
            diagnostic.about(&about.value).help("remove the table; it holds only in the file it stands in")
        }
        Some(_) => {
            let message = format!("`{}` cannot be allowed", code.value);
            Diagnostic::new(Code::UnknownLint, message).at(code.span, "only lints of libraries can").about(&about.value)
        }
        None => {
            let known = Code::ALL.iter().filter(|c| is_allowable(**c)).map(|c| c.name());
            let message = format!("there is no lint {}", quoted(&code.value));
            let diagnostic = Diagnostic::new(Code::UnknownLint, message).at(code.span, "named here");
            diagnostic.about(&about.value).maybe_help(suggestion(&code.value, known))
        }
    }
}
