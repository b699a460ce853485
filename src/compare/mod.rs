//! What changed between two states of a tenant, and why.
//!
//! [`compare`] takes two [`Snapshot`]s, each a profile, the library it was read against and a date,
//! and gives a [`Comparison`] (`result`). `side` reads a state by ids, `pair` holds two against each other and
//! puts each fact that differs under one [`Cause`], `hybrid` makes the states in between, and
//! `attribute` with `shapley` shares the change among the causes: what each adds, averaged over all orders in which
//! they could have come. Every state in between goes through the ordinary evaluation.

mod attribute;
mod cause;
mod hybrid;
mod moves;
mod pair;
mod result;
mod shapley;
mod side;
mod spoken;

pub use cause::Cause;
pub use result::{
    ActionEffect, AssessmentMove, Attribution, Change, Comparison, ControlMove, ControlState, StateFigures,
};
pub use side::Snapshot;

use crate::change::{AmountChange, PercentChange};
use attribute::Attributing;
use moves::{assessments, controls};
use pair::Pair;
use side::Side;

/// The version of the JSON form.
const SCHEMA: u32 = 1;

/// What changed from one state of a tenant to another, and why.
#[must_use]
pub fn compare(from: &Snapshot<'_>, to: &Snapshot<'_>) -> Comparison {
    let score = |s: &Snapshot<'_>| s.model.score(s.profile, s.as_of, 0);
    let (before, after) = (score(from), score(to));
    let pair = Pair::new(Side::new(from), Side::new(to));
    let (first, last) = (before.overall.total, after.overall.total);
    let percent = first.percent().zip(last.percent()).map(|(from, to)| PercentChange::between(from, to));
    let change = Change {
        achieved: AmountChange::between(first.achieved, last.achieved),
        possible: AmountChange::between(first.possible, last.possible),
        assured: AmountChange::between(first.assured, last.assured),
        percent,
    };
    Comparison {
        schema: SCHEMA,
        tenant: after.tenant.clone(),
        organization: after.organization.clone(),
        from: StateFigures { snapshot: None, as_of: before.as_of, figures: before.overall },
        to: StateFigures { snapshot: None, as_of: after.as_of, figures: after.overall },
        change,
        causes: Attributing::new(&pair).attributions(&pair, change),
        assessments: assessments(&before, &after),
        controls: controls(&before, &after),
    }
}
