//! The search for the best choice of work: the most within hours, or the fewest hours for enough.
//!
//! What the solver chooses is checked against every limit in whole numbers, and what it gains is
//! worked out from the parts. Where the solver gave up, the choice by points stands in, and the bound
//! says how far it may be from the best.

use super::baseline::by_points;
use super::build::Problem;
use super::part::total;
use super::pool::{Choice, Pools};
use super::programme::{Aim, Programme, Sum};
use super::solve::{Answer, solve};

/// How often a target is asked for with fewer hours.
const MOST_TURNS: usize = 8;

/// A search: what is chosen from, within which limits, and how long.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub(super) problem: &'a Problem,
    pub(super) pools: &'a Pools,
    /// The most hours together.
    pub(super) cap: Option<u64>,
    pub(super) node_limit: u64,
}

/// The most that was found, and what cannot be exceeded by what the solver says: less than what was
/// found would mean that it was told something else than the parts say, and proves nothing.
pub(super) struct Most {
    pub(super) choice: Choice,
    /// In units.
    pub(super) gain: u64,
    pub(super) bound: u64,
}

/// The fewest hours that were found, and what cannot be undercut.
pub(super) struct Least {
    pub(super) choice: Choice,
    pub(super) bound: u64,
}

impl Search<'_> {
    /// The choice that gains the most; of those, the one with the fewest hours.
    pub(super) fn most(&self) -> Most {
        let found = self.first();
        if found.gain == 0 {
            return found;
        }
        let exact = self.fewest(found.gain).filter(|(choice, _)| self.hours(choice) <= self.hours(&found.choice));
        match exact {
            Some((choice, _)) => Most { choice: self.trimmed(choice, found.gain), ..found },
            None => found,
        }
    }

    /// The choice that gains the most, with as few hours as leaving out what is not needed gives.
    pub(super) fn first(&self) -> Most {
        if self.problem.items.is_empty() {
            return Most { choice: Choice::none(0), gain: 0, bound: 0 };
        }
        let programme = Programme::new(self.problem, self.pools, self.cap);
        let everything = self.problem.gain(&vec![true; self.problem.items.len()]);
        let (choice, bound) = match solve(&programme, &Aim::Most(programme.gain.clone()), self.node_limit) {
            Answer::Found { values, bound } => (self.read(&programme, &values), Some(bound)),
            Answer::Stopped { bound } => (None, bound),
            Answer::Infeasible => (None, None),
        };
        let choice = choice.unwrap_or_else(|| by_points(self.problem, self.pools, self.cap, None));
        let gain = self.problem.gain(&choice.chosen());
        let bound = bound.map_or(everything, |bound| u64::try_from(bound).unwrap_or(0).min(everything));
        Most { choice: self.trimmed(choice, gain), gain, bound }
    }

    /// The fewest hours that gain so many units, or nothing if none do.
    pub(super) fn least(&self, units: u64) -> Option<Least> {
        if units == 0 {
            return Some(Least { choice: Choice::none(self.problem.items.len()), bound: 0 });
        }
        if let Some((choice, bound)) = self.fewest(units) {
            return Some(self.settled(Least { choice: self.trimmed(choice, units), bound }, units));
        }
        // Either nothing reaches it, or the solver gave up; the most there is tells which.
        let most = self.first();
        (most.gain >= units).then(|| Least { choice: self.trimmed(most.choice, units), bound: 0 })
    }

    /// Where it is not proved that no fewer hours do, asks the other way round: the most that one hour
    /// less can gain. It is often proved that this is too little, else it may be a better choice.
    fn settled(&self, mut least: Least, units: u64) -> Least {
        for _ in 0..MOST_TURNS {
            let hours = self.hours(&least.choice);
            if least.bound >= hours {
                break;
            }
            let most = Search { cap: Some(hours - 1), ..*self }.first();
            if most.gain >= units {
                least.choice = self.trimmed(most.choice, units);
            } else if most.bound < units {
                least.bound = hours;
            } else {
                break;
            }
        }
        least
    }

    /// The fewest hours that gain so many units, and a bound on the hours.
    fn fewest(&self, units: u64) -> Option<(Choice, u64)> {
        let programme = Programme::new(self.problem, self.pools, self.cap);
        let terms = programme.hours().into_iter().enumerate().filter(|(_, hours)| *hours > 0).collect();
        let aim = Aim::Least(Sum { terms, constant: 0 }, i64::try_from(units).unwrap_or(i64::MAX));
        let Answer::Found { values, bound } = solve(&programme, &aim, self.node_limit) else { return None };
        let choice = self.read(&programme, &values).filter(|c| self.problem.gain(&c.chosen()) >= units)?;
        Some((choice, u64::try_from(bound).unwrap_or(0)))
    }

    fn hours(&self, choice: &Choice) -> u64 {
        choice.hours(&self.problem.items)
    }

    /// The work that the values of a programme choose, if it keeps to every limit.
    fn read(&self, programme: &Programme, values: &[i64]) -> Option<Choice> {
        Some(programme.choice(values, self.problem.items.len())).filter(|choice| self.holds(choice))
    }

    fn holds(&self, choice: &Choice) -> bool {
        let items = &self.problem.items;
        let fits = self.cap.is_none_or(|cap| self.hours(choice) <= cap);
        fits && choice.is_closed(items) && self.pools.hold(choice, items)
    }

    /// The choice without work that is not needed to gain so many units: the longest first.
    fn trimmed(&self, mut choice: Choice, units: u64) -> Choice {
        let items = &self.problem.items;
        let base = self.problem.base();
        let mut order: Vec<usize> = choice.positions().collect();
        order.sort_by_key(|at| std::cmp::Reverse((items.get(*at).map_or(0, |i| i.hours), *at)));
        let mut chosen = choice.chosen();
        let mut left = true;
        // Work may only become needless once what comes after it has gone.
        while std::mem::take(&mut left) {
            for item in &order {
                let is_needed = choice.positions().any(|at| items.get(at).is_some_and(|i| i.needs.contains(item)));
                let Some(has) = chosen.get_mut(*item).filter(|has| **has && !is_needed) else { continue };
                *has = false;
                if total(&self.problem.parts, &chosen).saturating_sub(base) >= units {
                    choice.pools.iter_mut().skip(*item).take(1).for_each(|pool| *pool = None);
                    left = true;
                } else {
                    chosen.iter_mut().skip(*item).take(1).for_each(|has| *has = true);
                }
            }
        }
        choice
    }
}
