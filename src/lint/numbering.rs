//! Numbering: ids under one heading that count up and leave a number out.

use super::Linter;
use super::edition::edition_of;
use crate::diagnostic::{Code, Diagnostic, listed};
use crate::library::{ControlKind, Framework};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// If more headings skip numbers than this, and more than one in so many of all, the catalogue is a
/// part of its edition, and one finding says so.
const MANY: usize = 3;
/// See [`MANY`].
const ONE_IN: usize = 3;
/// So many skipped ids are named.
const NAMED: usize = 8;

pub(super) fn lint(linter: &mut Linter<'_>) {
    for framework in linter.library.frameworks() {
        let edition = linter.published.and_then(|library| edition_of(framework, library));
        let published: BTreeSet<&str> = edition.iter().flat_map(|e| ids(e)).collect();
        let series = Series::of(framework);
        let all = series.iter().filter(|s| s.numbers.len() > 1).count();
        let holes: Vec<Hole<'_>> = series.into_iter().filter_map(|s| s.hole()).collect();
        let is_named = |hole: &&Hole<'_>| hole.missing.iter().any(|id| published.contains(id.as_str()));
        // What the published edition has is told as missing, with its title; what it skips as well is right.
        let is_excused = edition.is_some();
        if holes.len() > MANY && holes.len() * ONE_IN > all {
            let message = format!(
                "catalogue `{}` skips numbers under {} headings: it looks like a part of its edition",
                framework.id.value,
                holes.len()
            );
            let diagnostic = Diagnostic::new(Code::NumberingHole, message).at(framework.id.span, "this catalogue");
            let first = holes.iter().flat_map(|h| &h.missing).take(NAMED).map(String::as_str);
            let diagnostic =
                diagnostic.about(framework.id.value.as_str()).help(format!("not there: {}, ...", listed(first)));
            if is_excused {
                linter.excused.push(diagnostic)
            } else {
                linter.tell(diagnostic)
            }
            continue;
        }
        for hole in holes.iter().filter(|hole| !is_named(hole)) {
            let diagnostic = hole.diagnostic(framework);
            if is_excused { linter.excused.push(diagnostic) } else { linter.tell(diagnostic) }
        }
    }
}

fn ids(framework: &Framework) -> impl Iterator<Item = &str> {
    let groups = framework.groups.iter().map(|g| g.id.value.as_str());
    framework.controls.iter().map(|c| c.id.value.as_str()).chain(groups)
}

/// Ids under one heading that differ in their last number.
struct Series<'a> {
    heading: &'a str,
    before: &'a str,
    after: &'a str,
    /// How many digits a number has at least.
    width: usize,
    numbers: BTreeMap<u32, (&'a str, Span)>,
}

/// Numbers that a series leaves out.
struct Hole<'a> {
    heading: &'a str,
    missing: Vec<String>,
    /// The id after the first hole.
    next: (&'a str, Span),
}

impl<'a> Series<'a> {
    /// All series of a catalogue. A heading counts with the ids beside it: 6.1 gathers controls, 6.2 is one.
    fn of(framework: &'a Framework) -> Vec<Self> {
        let controls = framework.controls.iter().map(|c| (c.group.value.as_str(), c.id.value.as_str(), c.id.span));
        let parents = framework.groups.iter().filter_map(|g| Some((g.parent.as_ref()?.value.as_str(), g)));
        let groups = parents.map(|(parent, g)| (parent, g.id.value.as_str(), g.id.span));
        let mut series: BTreeMap<(&str, &str, &str), Self> = BTreeMap::new();
        for (heading, id, span) in controls.chain(groups) {
            let Some((before, number, after)) = split(id) else { continue };
            let Ok(value) = number.parse() else { continue };
            let new = || Self { heading, before, after, width: number.len(), numbers: BTreeMap::new() };
            let found = series.entry((heading, before, after)).or_insert_with(new);
            found.width = found.width.min(number.len());
            found.numbers.insert(value, (id, span));
        }
        series.into_values().collect()
    }

    fn hole(self) -> Option<Hole<'a>> {
        let (first, last) = (*self.numbers.first_key_value()?.0, *self.numbers.last_key_value()?.0);
        let gone = |n: &u32| !self.numbers.contains_key(n);
        let id = |n: u32| format!("{}{n:0width$}{}", self.before, self.after, width = self.width);
        let start = (first..=last).find(gone)?;
        let next = self.numbers.range(start..).next().map(|(_, found)| *found)?;
        Some(Hole { heading: self.heading, missing: (start..=last).filter(gone).take(NAMED).map(id).collect(), next })
    }
}

impl Hole<'_> {
    fn diagnostic(&self, framework: &Framework) -> Diagnostic {
        let what = if framework.controls.iter().any(|c| c.kind == ControlKind::AnnexA) { "controls" } else { "ids" };
        let missing = listed(self.missing.iter().map(String::as_str));
        let message = format!("the {what} under `{}` skip {missing}", self.heading);
        let diagnostic = Diagnostic::new(Code::NumberingHole, message).at(self.next.1, "follows a hole");
        diagnostic.about(self.heading)
    }
}

/// An id as what stands before its last number, the number, and what stands after it.
fn split(id: &str) -> Option<(&str, &str, &str)> {
    let end = id.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = id.get(..end)?.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    Some((id.get(..start)?, id.get(start..end)?, id.get(end..)?))
}
