//! Signals: ids of automatic checks that are none, and checks that too many actions claim.

use super::Linter;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::library::{Action, Library};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A check that more actions than this claim shows none of them.
const OVERUSED: usize = 5;
/// So many unknown signals are held against all known ones; that takes the product of both.
const MOST_COMPARED: usize = 2_000;
/// Two ids of fewer characters may well differ by one or two and both be meant.
const SHORTEST_COMPARED: usize = 16;
/// Longer ids are not taken apart.
const LONGEST_CUT: usize = 400;

pub(super) fn lint(linter: &mut Linter<'_>) {
    let library = linter.library;
    let mut claimed: BTreeMap<&str, Vec<&Action>> = BTreeMap::new();
    for action in library.actions() {
        action.signals.iter().for_each(|signal| claimed.entry(signal).or_default().push(action));
    }
    let known = Known::new([library, linter.published.unwrap_or(library)], linter.published);
    let mut compared = 0;
    for (signal, actions) in &claimed {
        if actions.len() > OVERUSED {
            let message = format!("{} actions claim the signal {}", actions.len(), quoted(signal));
            let mut diagnostic = Diagnostic::new(Code::OverusedSignal, message);
            // Those of one's own files are named before the built-in ones.
            let mut actions = actions.clone();
            actions.sort_by_key(|a| (Reverse(a.id.span.file), a.id.span.start));
            for action in actions.iter().take(OVERUSED) {
                diagnostic = diagnostic.at(action.id.span, "claims it");
            }
            linter.tell(diagnostic.about(*signal));
        }
        let Some(doubt) = known.doubt(signal, &mut compared) else { continue };
        for action in actions {
            let message = format!("action `{}` names the signal {}, {doubt}", action.id.value, quoted(signal));
            let diagnostic = Diagnostic::new(Code::DoubtfulSignal, message).at(action.id.span, "this action");
            linter.tell(diagnostic.about(action.id.value.as_str()));
        }
    }
}

/// The signals of libraries.
struct Known<'a> {
    /// All of them.
    all: BTreeSet<&'a str>,
    /// Those of the published library.
    published: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    fn new(libraries: [&'a Library; 2], published: Option<&'a Library>) -> Self {
        let of = |library: &'a Library| library.actions().iter().flat_map(|a| &a.signals).map(String::as_str);
        Self {
            all: libraries.into_iter().flat_map(of).collect(),
            published: published.into_iter().flat_map(of).collect(),
        }
    }

    /// Why a signal is probably none.
    fn doubt(&self, signal: &'a str, compared: &mut usize) -> Option<String> {
        let Some((kind, id)) = signal.split_once(':').filter(|(kind, id)| !kind.is_empty() && !id.is_empty()) else {
            return Some("which is not written `kind:id`".to_owned());
        };
        if signal.contains(|c: char| c.is_whitespace() || c == ',' || c == ';') {
            return Some("which looks like several ids grown together".to_owned());
        }
        if kind == "azure-policy" && !is_guid(id) {
            return Some("which is not the GUID of a policy definition".to_owned());
        }
        if let Some((one, other)) = self.grown_together(kind, id) {
            return Some(format!("which is `{one}` and `{other}` grown together"));
        }
        if self.published.contains(signal) || self.published.is_empty() || *compared >= MOST_COMPARED {
            return None;
        }
        *compared += 1;
        let near = self.published.iter().find(|other| is_slip(signal, other))?;
        Some(format!("which is all but {}", quoted(near)))
    }

    /// Two known ids of the kind that the id consists of.
    fn grown_together(&self, kind: &str, id: &'a str) -> Option<(&'a str, &'a str)> {
        // No check has so long an id, and trying every cut of a long text takes its square in time.
        if id.len() > LONGEST_CUT {
            return None;
        }
        let is_known = |part: &str| self.all.contains(format!("{kind}:{part}").as_str());
        let cuts = id.char_indices().skip(1).filter_map(|(at, _)| id.split_at_checked(at));
        cuts.into_iter().find(|(one, other)| is_known(one) && is_known(other))
    }
}

/// Whether one was probably meant as the other: long, and but for one or two letters the same.
fn is_slip(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_comparable = one.len().abs_diff(other.len()) <= 2 && (SHORTEST_COMPARED..=200).contains(&one.len());
    is_comparable && digits(one) == digits(other) && strsim::damerau_levenshtein(one, other) <= 2
}

fn is_guid(id: &str) -> bool {
    let lengths = id.split('-').map(|part| part.bytes().all(|b| b.is_ascii_hexdigit()).then_some(part.len()));
    lengths.eq([8, 4, 4, 4, 12].map(Some))
}
