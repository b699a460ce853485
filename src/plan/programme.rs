//! The choice of work as a programme in whole numbers: variables, rows and an objective.
//!
//! The first variables are the classes of work, from 0 up to how many pieces each has. What a part
//! counts is tied to them by rows: it is never more than its values, a term never more than the work it
//! needs. As more is always better for what is counted, its variables take the value that the work
//! chosen allows.

use super::build::Problem;
use super::class::{Class, Classes};
use super::part::{Part, Term, Value};
use super::pool::{Choice, Pools};
use crate::points::WHOLE;
use std::collections::BTreeMap;

/// A sum of variables, each so many times, and a constant.
#[derive(Clone, Debug, Default)]
pub(super) struct Sum {
    pub(super) terms: BTreeMap<usize, i64>,
    pub(super) constant: i64,
}

impl Sum {
    fn of(variable: usize) -> Self {
        Self { terms: [(variable, 1)].into(), constant: 0 }
    }

    fn add(&mut self, times: i64, other: &Self) {
        self.constant += times * other.constant;
        for (variable, count) in &other.terms {
            *self.terms.entry(*variable).or_insert(0) += times * count;
        }
        self.terms.retain(|_, count| *count != 0);
    }
}

/// That a sum of variables is at most a number.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) terms: BTreeMap<usize, i64>,
    pub(super) most: i64,
}

/// Variables from 0 up, rows that they keep, and what the work chosen gains.
#[derive(Clone, Debug)]
pub(super) struct Programme {
    /// The most of each variable.
    pub(super) most: Vec<i64>,
    pub(super) rows: Vec<Row>,
    /// What is gained, in units.
    pub(super) gain: Sum,
    /// The classes of work, each with the variables that give it to a pool.
    classes: Vec<(Class, Vec<(usize, usize)>)>,
}

fn whole(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

impl Programme {
    /// All work of a problem, within the hours of pools and at most `cap` hours together.
    pub(super) fn new(problem: &Problem, pools: &Pools, cap: Option<u64>) -> Self {
        let classes = Classes::new(problem, pools);
        let most = classes.list.iter().map(|class| whole(class.items.len())).collect();
        let mut programme = Self { most, rows: Vec::new(), gain: Sum::default(), classes: Vec::new() };
        for (position, item) in problem.items.iter().enumerate() {
            for needed in &item.needs {
                programme.at_most(&Sum::of(classes.of(position)), &Sum::of(classes.of(*needed)));
            }
        }
        let takes = programme.share_hours(&classes, pools, cap);
        for (variable, class) in classes.list.iter().enumerate() {
            programme.gain.add(class.gain.map_or(0, whole), &Sum::of(variable));
        }
        let none = vec![false; problem.items.len()];
        for part in &classes.parts {
            programme.count(part, &classes);
            programme.gain.constant -= whole(part.worth(&none));
        }
        programme.classes = classes.list.into_iter().zip(takes).collect();
        programme
    }

    /// The hours of a piece of each class, by variable.
    pub(super) fn hours(&self) -> Vec<i64> {
        self.classes.iter().map(|(class, _)| i64::from(class.hours)).collect()
    }

    /// The work that values choose: of each class the first, as many as its variable says, from the
    /// pools that its other variables say.
    pub(super) fn choice(&self, values: &[i64], items: usize) -> Choice {
        let value = |variable: usize| values.get(variable).copied().and_then(|v| usize::try_from(v).ok()).unwrap_or(0);
        let mut choice = Choice::none(items);
        for (variable, (class, takes)) in self.classes.iter().enumerate() {
            let given = takes.iter().flat_map(|(pool, taken)| std::iter::repeat_n(*pool, value(*taken)));
            for (item, pool) in class.items.iter().take(value(variable)).zip(given) {
                if let Some(slot) = choice.pools.get_mut(*item) {
                    *slot = Some(pool);
                }
            }
        }
        choice
    }

    fn variable(&mut self, most: i64) -> usize {
        self.most.push(most);
        self.most.len() - 1
    }

    /// That the first is at most the second.
    fn at_most(&mut self, first: &Sum, second: &Sum) {
        let mut sum = first.clone();
        sum.add(-1, second);
        self.rows.push(Row { most: -sum.constant, terms: sum.terms });
    }

    /// That the work keeps to the hours there are; the variables that give each class to pools.
    fn share_hours(&mut self, classes: &Classes<'_>, pools: &Pools, cap: Option<u64>) -> Vec<Vec<(usize, usize)>> {
        let mut all_takes = Vec::new();
        let mut taken: Vec<Sum> = vec![Sum::default(); pools.list.len()];
        let mut all = Sum::default();
        for (position, class) in classes.list.iter().enumerate() {
            let (hours, most) = (i64::from(class.hours), whole(class.items.len()));
            all.add(hours, &Sum::of(position));
            let mut takes = Vec::new();
            match &class.allowed[..] {
                [] => self.rows.push(Row { terms: Sum::of(position).terms, most: 0 }),
                [only] => takes.push((*only, position)),
                several => {
                    let mut given = Sum::default();
                    for pool in several {
                        let variable = self.variable(most);
                        given.add(1, &Sum::of(variable));
                        takes.push((*pool, variable));
                    }
                    self.at_most(&Sum::of(position), &given);
                }
            }
            for (pool, variable) in &takes {
                if let Some(taken) = taken.get_mut(*pool) {
                    taken.add(hours, &Sum::of(*variable));
                }
            }
            all_takes.push(takes);
        }
        let limits = pools.list.iter().zip(taken).filter_map(|(pool, taken)| Some((taken, pool.hours?)));
        for (taken, hours) in limits.chain(cap.map(|cap| (all, cap))) {
            self.rows.push(Row { terms: taken.terms, most: whole(hours) });
        }
        all_takes
    }

    /// Adds what a part counts to what is gained.
    fn count(&mut self, part: &Part, classes: &Classes<'_>) {
        let values: Vec<Sum> = part.values.iter().map(|value| self.value(value, classes)).collect();
        let weight = whole(part.weight);
        match &values[..] {
            [only] => self.gain.add(weight, only),
            several => {
                let lowest = self.variable(i64::from(WHOLE));
                for value in several {
                    self.at_most(&Sum::of(lowest), value);
                }
                self.gain.add(weight, &Sum::of(lowest));
            }
        }
    }

    fn value(&mut self, value: &Value, classes: &Classes<'_>) -> Sum {
        let mut sum = Sum::default();
        if value.terms.iter().all(|t| t.weight % value.divisor == 0) {
            for term in &value.terms {
                let holds = self.holds(term, value.done, classes);
                sum.add(whole(term.weight / value.divisor), &holds);
            }
        } else {
            // Rounded down: a whole number that, so many times, is at most the sum.
            let mut terms = Sum::default();
            for term in &value.terms {
                let holds = self.holds(term, value.done, classes);
                terms.add(whole(term.weight), &holds);
            }
            let most = value.terms.iter().map(|t| t.weight).sum::<u64>() / value.divisor;
            let share = self.variable(whole(most));
            let mut times = Sum::default();
            times.add(whole(value.divisor), &Sum::of(share));
            self.at_most(&times, &terms);
            sum.add(1, &Sum::of(share));
        }
        if let Some((item, worth)) = value.done {
            sum.add(whole(worth), &Sum::of(classes.of(item)));
        }
        sum
    }

    /// Whether a term counts: work that it needs is chosen, and no work that does all of it.
    fn holds(&mut self, term: &Term, done: Option<(usize, u64)>, classes: &Classes<'_>) -> Sum {
        let mut without = Sum { terms: BTreeMap::new(), constant: 1 };
        if let Some((item, _)) = done {
            without.add(-1, &Sum::of(classes.of(item)));
        }
        let lists: Vec<Sum> = term.needs.iter().map(|list| sum_of(list, classes)).collect();
        match (&lists[..], &term.needs[..]) {
            ([], _) => return without,
            ([only], [list]) if list.len() == 1 && done.is_none() => return only.clone(),
            _ => {}
        }
        let holds = Sum::of(self.variable(1));
        for list in &lists {
            self.at_most(&holds, list);
        }
        if done.is_some() {
            self.at_most(&holds, &without);
        }
        holds
    }
}

fn sum_of(list: &[usize], classes: &Classes<'_>) -> Sum {
    let mut sum = Sum::default();
    list.iter().for_each(|item| sum.add(1, &Sum::of(classes.of(*item))));
    sum
}

/// A whole-number objective over a programme.
#[derive(Clone, Debug)]
pub(super) enum Aim {
    /// The most of a sum.
    Most(Sum),
    /// The least of a sum, while what is gained reaches so many units.
    Least(Sum, i64),
}
