//! What lies between the first and the last point of a line.

use super::{Trend, TrendFigures, TrendPoint};
use crate::change::{AmountChange, PercentChange};
use crate::points::{Amount, Percent};
use std::collections::{BTreeMap, BTreeSet};

/// The points of one line: of the whole, or of a domain or control.
#[derive(Clone, Debug)]
pub struct TrendSpan<'t> {
    /// The last point of each date.
    pub points: Vec<&'t TrendPoint>,
    /// The first of them.
    pub first: &'t TrendPoint,
    /// The last of them.
    pub last: &'t TrendPoint,
}

impl Trend {
    /// The lines, in the order in which their parts first come; of several snapshots of a date the last counts.
    #[must_use]
    pub fn spans(&self) -> Vec<TrendSpan<'_>> {
        let key = |p: &TrendPoint| (p.framework.clone(), p.part().map(str::to_owned));
        let names: BTreeSet<_> = self.points.iter().map(TrendPoint::part).collect();
        let frameworks: BTreeSet<_> = self.points.iter().filter_map(|p| p.framework.as_deref()).collect();
        let is_of_one = names.len() == 1 && frameworks.len() <= 1;
        let mut keys = BTreeMap::new();
        let mut lines: Vec<Vec<&TrendPoint>> = Vec::new();
        for point in &self.points {
            // A part that a snapshot lacks has no framework there, and belongs to its line all the same.
            let key = if is_of_one { (None, None) } else { key(point) };
            let place = *keys.entry(key).or_insert(lines.len());
            if place == lines.len() {
                lines.push(Vec::new());
            }
            let Some(line) = lines.get_mut(place) else { continue };
            if line.last().is_some_and(|last| last.as_of == point.as_of) {
                line.pop();
            }
            line.push(point);
        }
        lines.into_iter().filter_map(TrendSpan::of).collect()
    }
}

impl<'t> TrendSpan<'t> {
    fn of(points: Vec<&'t TrendPoint>) -> Option<Self> {
        let (first, last) = (*points.first()?, *points.last()?);
        Some(Self { points, first, last })
    }

    /// How a percentage changed, where there is one at both ends.
    #[must_use]
    pub fn percent(&self, of: fn(&TrendFigures) -> Option<Percent>) -> Option<PercentChange> {
        let (from, to) = (of(&self.first.figures)?, of(&self.last.figures)?);
        Some(PercentChange::between(from, to))
    }

    /// How the score under the library at hand changed.
    #[must_use]
    pub fn rescored(&self) -> Option<PercentChange> {
        let of = |point: &TrendPoint| point.rescored.as_ref()?.as_ref()?.percent;
        Some(PercentChange::between(of(self.first)?, of(self.last)?))
    }

    /// How an amount changed.
    #[must_use]
    pub fn amount(&self, of: fn(&TrendFigures) -> Amount) -> AmountChange {
        AmountChange::between(of(&self.first.figures), of(&self.last.figures))
    }

    /// How the number of gaps changed, where it is known at both ends.
    #[must_use]
    pub fn gaps(&self) -> Option<i64> {
        Some(i64::from(self.last.figures.gaps?) - i64::from(self.first.figures.gaps?))
    }
}
