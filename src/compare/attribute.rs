//! The change shared among the causes that occur, and each cause's part among its actions.

use super::cause::Cause;
use super::hybrid::{Hybrid, hybrid};
use super::pair::{End, Pair};
use super::result::{ActionEffect, Attribution, Change};
use super::shapley::{Game, Row, apportion};
use crate::change::{AmountChange, PercentChange};
use crate::evaluate::{Evaluation, evaluate};
use crate::id::ActionIdx;
use crate::points::{Amount, Sums, WHOLE};
use crate::tenant::Tenant;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Into so many parts a hundredth of a percent is divided while shares are summed up.
const FINE: i128 = 1_000_000_000_000;

/// The change shared among the causes that occur.
pub(super) struct Attributing<'a> {
    causes: Vec<Cause>,
    total: Game,
    /// For each action of either library, the same for it alone.
    actions: BTreeMap<&'a str, Game>,
}

impl<'a> Attributing<'a> {
    /// Evaluates every state in between.
    pub(super) fn new(pair: &Pair<'a>) -> Self {
        let causes = pair.causes();
        let empty = Game::new(causes.len());
        let mut attributing = Self { total: empty.clone(), actions: BTreeMap::new(), causes };
        let mut evaluation = Evaluation::default();
        for set in 0..1_u32 << attributing.causes.len() {
            let is_carried = |(bit, cause): (usize, &Cause)| (set >> bit & 1 == 1).then_some(*cause);
            let carried: BTreeSet<Cause> = attributing.causes.iter().enumerate().filter_map(is_carried).collect();
            let state = hybrid(pair, |cause| if carried.contains(&cause) { End::To } else { End::From });
            attributing.add(set, &state, &empty, &mut evaluation);
        }
        attributing
    }

    fn add(&mut self, set: u32, state: &Hybrid<'a>, empty: &Game, evaluation: &mut Evaluation) {
        let (compiled, library) = (state.model.compiled(), state.model.library());
        let tenant = Tenant::new(compiled, &state.profile);
        evaluate(compiled, &tenant, state.as_of.into(), evaluation);
        let total = evaluation.overall().total();
        let [achieved, possible, assured, _] = row(&total);
        self.total.add(set, [achieved, possible, assured, fine_percent(&total)]);
        for (position, action) in library.actions().iter().enumerate() {
            let mut sums = Sums::default();
            let parts = evaluation.counted(&tenant, ActionIdx::at(position), action.points());
            parts.into_iter().for_each(|part| sums += part);
            if sums != Sums::default() {
                let game = self.actions.entry(action.id.value.as_str()).or_insert_with(|| empty.clone());
                game.add(set, row(&sums));
            }
        }
    }

    /// Each cause that has an effect, with its part of `change`.
    pub(super) fn attributions(&self, pair: &Pair<'_>, change: Change) -> Vec<Attribution> {
        let percent = change.percent.map(|p| self.shared(3, FINE, i128::from(p.hundredths())));
        let columns = [
            self.shared(0, 1, i128::from(change.achieved.units())),
            self.shared(1, 1, i128::from(change.possible.units())),
            self.shared(2, 1, i128::from(change.assured.units())),
            percent.unwrap_or_default(),
        ];
        let mut list = Vec::with_capacity(self.causes.len());
        for (place, cause) in self.causes.iter().enumerate() {
            let [achieved, possible, assured, percent] = columns.each_ref().map(|c| c.get(place).copied().unwrap_or(0));
            let hundredths = PercentChange::from_hundredths(i32::try_from(percent).unwrap_or_default());
            let part = Change {
                achieved: amount(achieved),
                possible: amount(possible),
                assured: amount(assured),
                percent: change.percent.map(|_| hundredths),
            };
            let effects = self.effects(pair, place, [achieved, possible, assured]);
            let is_nothing = [achieved, possible, assured, percent] == [0; 4];
            if !effects.is_empty() || !is_nothing {
                let actions = effects.iter().map(|effect| effect.id.clone()).collect();
                list.push(Attribution { cause: *cause, change: part, actions, effects });
            }
        }
        list
    }

    /// A column in whole units for each cause, `fine` parts of which are what was summed up.
    fn shared(&self, column: usize, fine: i128, total: i128) -> Vec<i128> {
        let shares: Vec<i128> = self.total.shares().iter().map(|row| row.get(column).copied().unwrap_or(0)).collect();
        let scale = self.total.scale() * fine;
        debug_assert!((shares.iter().sum::<i128>() - total * scale).abs() < scale);
        let mirror = |place: usize| {
            let back = self.causes.get(place).map(|cause| cause.back());
            back.and_then(|back| self.causes.binary_search(&back).ok()).unwrap_or(place)
        };
        apportion(&shares, scale, total, mirror)
    }

    /// The actions that differ through the cause at `place`, whose columns sum to `totals`.
    fn effects(&self, pair: &Pair<'_>, place: usize, totals: [i128; 3]) -> Vec<ActionEffect> {
        let of_cause = |(id, game): (&&'a str, &Game)| {
            let [achieved, possible, assured, _] = *game.shares().get(place)?;
            let shares = [achieved, possible, assured];
            (shares != [0; 3]).then_some((*id, shares))
        };
        let found: Vec<(&str, [i128; 3])> = self.actions.iter().filter_map(of_cause).collect();
        let column = |n: usize| {
            let shares: Vec<i128> = found.iter().map(|(_, s)| s.get(n).copied().unwrap_or(0)).collect();
            apportion(&shares, self.total.scale(), totals.get(n).copied().unwrap_or(0), |n| n)
        };
        let (achieved, possible, assured) = (column(0), column(1), column(2));
        let units = achieved.iter().zip(&possible).zip(&assured);
        let mut list: Vec<ActionEffect> = (found.iter().zip(units))
            .map(|((id, _), ((achieved, possible), assured))| ActionEffect {
                id: (*id).to_owned(),
                title: title(pair, id),
                achieved: amount(*achieved),
                possible: amount(*possible),
                assured: amount(*assured),
            })
            .collect();
        let size = |change: AmountChange| change.units().unsigned_abs();
        list.sort_by_key(|e| Reverse((size(e.achieved), size(e.possible), size(e.assured))));
        list
    }
}

fn amount(units: i128) -> AmountChange {
    AmountChange::from_units(i64::try_from(units).unwrap_or_default())
}

fn row(sums: &Sums) -> Row {
    [sums.achieved, sums.possible, sums.assured, Amount::ZERO].map(|a| i128::from(a.units()))
}

/// The score in fine parts of a hundredth of a percent; a state in between in which nothing counts
/// stands at 0.
fn fine_percent(sums: &Sums) -> i128 {
    let whole = i128::from(sums.possible.units());
    i128::from(sums.achieved.units()) * i128::from(WHOLE) * FINE / whole.max(1)
}

/// The title of an action, in the library that has it, the newer first.
fn title(pair: &Pair<'_>, id: &str) -> String {
    let find = |end: End| {
        let library = pair.side(end).library;
        library.find_action(id).map(|action| library.action(action).title.clone())
    };
    find(End::To).or_else(|| find(End::From)).unwrap_or_default()
}
