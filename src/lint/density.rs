//! Crosswalks that relate so much that a relation says nothing.

use super::Linter;
use crate::diagnostic::{Code, Diagnostic};
use crate::library::{Crosswalk, Framework};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// More than this share of all pairs, in percent, is no correspondence any more: with twenty controls
/// on either side, each may have two counterparts.
const DENSE_PERCENT: usize = 10;
/// Both frameworks have so many controls at least.
const DENSE_FLOOR: usize = 20;
/// One control with more than this share of the other framework, in percent, is not understood.
const OVERRELATED_PERCENT: usize = 15;
/// And with so many counterparts at least.
const OVERRELATED_FLOOR: usize = 10;

pub(super) fn lint(linter: &mut Linter<'_>) {
    let library = linter.library;
    for crosswalk in library.crosswalks() {
        let ends = [&crosswalk.from, &crosswalk.to].map(|id| library.find_framework(id.value.as_str()));
        let [Some(from), Some(to)] = ends.map(|found| found.map(|f| library.framework(f))) else { continue };
        dense(linter, crosswalk, from, to);
        let pairs = crosswalk.relations.iter();
        overrelated(
            linter,
            crosswalk,
            to,
            pairs.clone().map(|r| (r.from.value.as_str(), r.from.span, r.to.value.as_str())),
        );
        overrelated(linter, crosswalk, from, pairs.map(|r| (r.to.value.as_str(), r.to.span, r.from.value.as_str())));
    }
}

fn dense(linter: &mut Linter<'_>, crosswalk: &Crosswalk, from: &Framework, to: &Framework) {
    let pairs: BTreeSet<_> = crosswalk.relations.iter().map(|r| (&r.from.value, &r.to.value)).collect();
    let (near, far) = (from.controls.len(), to.controls.len());
    if near.min(far) >= DENSE_FLOOR && pairs.len() * 100 > near * far * DENSE_PERCENT {
        let (id, count, all) = (&crosswalk.id, pairs.len(), near * far);
        let message = format!("crosswalk `{}` relates {count} of {all} pairs of controls", id.value);
        let diagnostic = Diagnostic::new(Code::DenseCrosswalk, message).at(id.span, "this crosswalk");
        linter.tell(diagnostic.about(id.value.as_str()));
    }
}

/// Tells of controls that have too many counterparts in `other`.
fn overrelated<'a>(
    linter: &mut Linter<'_>,
    crosswalk: &Crosswalk,
    other: &Framework,
    pairs: impl Iterator<Item = (&'a str, Span, &'a str)>,
) {
    let mut counterparts: BTreeMap<&str, (Span, BTreeSet<&str>)> = BTreeMap::new();
    for (control, span, counterpart) in pairs {
        counterparts.entry(control).or_insert_with(|| (span, BTreeSet::new())).1.insert(counterpart);
    }
    let all = other.controls.len();
    for (control, (span, found)) in counterparts {
        let count = found.len();
        if count >= OVERRELATED_FLOOR && count * 100 > all * OVERRELATED_PERCENT {
            let message =
                format!("control `{control}` is related to {count} of the {all} controls of `{}`", other.id.value);
            let diagnostic = Diagnostic::new(Code::OverrelatedControl, message).at(span, "related here first");
            linter.tell(diagnostic.at(crosswalk.id.span, "in this crosswalk").about(control));
        }
    }
}
