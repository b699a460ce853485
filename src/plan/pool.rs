//! Whose hours work may take: what is assigned to somebody with hours is theirs alone, other work
//! is for the general budget or whoever has room.

use super::options::PlanOptions;
use super::work::WorkItem;

/// Hours that work may take.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    /// Whose they are; none means the general budget.
    pub(super) name: Option<String>,
    /// How many; none means without a limit.
    pub(super) hours: Option<u64>,
}

/// The pools of a plan, and which of them each piece of work may take from.
#[derive(Clone, Debug)]
pub(super) struct Pools {
    pub(super) list: Vec<Pool>,
    pub(super) allowed: Vec<Vec<usize>>,
}

impl Pools {
    /// The pools that were given: the general one is there if it was given, or if nobody was.
    pub(super) fn new(options: &PlanOptions, items: &[WorkItem]) -> Self {
        let mut list = Vec::new();
        if options.budget.is_some() || options.assignees.is_empty() {
            list.push(Pool { name: None, hours: options.budget.map(u64::from) });
        }
        let named = options.assignees.iter();
        list.extend(named.map(|a| Pool { name: Some(a.name.clone()), hours: Some(u64::from(a.hours)) }));
        let allowed = items.iter().map(|item| {
            let own = list.iter().position(|p| p.name.is_some() && p.name == item.assigned_to);
            match (own, &item.assigned_to) {
                (Some(own), _) => vec![own],
                // Somebody else's work waits for the general budget.
                (None, Some(_)) => (0..list.len()).filter(|p| list.get(*p).is_some_and(|p| p.name.is_none())).collect(),
                (None, None) => (0..list.len()).collect(),
            }
        });
        let allowed = allowed.collect();
        Self { list, allowed }
    }

    /// The same with no limit on the general pool.
    pub(super) fn with_open_budget(mut self) -> Self {
        self.list.iter_mut().filter(|p| p.name.is_none()).for_each(|p| p.hours = None);
        self
    }

    /// Whether a choice of pools keeps to their hours and to what is allowed.
    pub(super) fn hold(&self, choice: &Choice, items: &[WorkItem]) -> bool {
        let fits =
            self.list.iter().enumerate().all(|(pool, p)| p.hours.is_none_or(|hours| choice.used(pool, items) <= hours));
        let is_allowed = |(pool, allowed): (&Option<usize>, &Vec<usize>)| pool.is_none_or(|p| allowed.contains(&p));
        fits && choice.pools.iter().zip(&self.allowed).all(is_allowed)
    }
}

/// Work chosen, each piece with the pool that it takes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) pools: Vec<Option<usize>>,
}

impl Choice {
    pub(super) fn none(items: usize) -> Self {
        Self { pools: vec![None; items] }
    }

    pub(super) fn chosen(&self) -> Vec<bool> {
        self.pools.iter().map(Option::is_some).collect()
    }

    /// The positions of the work chosen.
    pub(super) fn positions(&self) -> impl Iterator<Item = usize> {
        self.pools.iter().enumerate().filter(|(_, pool)| pool.is_some()).map(|(item, _)| item)
    }

    pub(super) fn hours(&self, items: &[WorkItem]) -> u64 {
        self.pools.iter().zip(items).filter(|(pool, _)| pool.is_some()).map(|(_, item)| u64::from(item.hours)).sum()
    }

    /// The hours taken from a pool.
    pub(super) fn used(&self, pool: usize, items: &[WorkItem]) -> u64 {
        let taken = self.pools.iter().zip(items).filter(|(p, _)| **p == Some(pool));
        taken.map(|(_, item)| u64::from(item.hours)).sum()
    }

    /// Whether all work that must come before chosen work is chosen too.
    pub(super) fn is_closed(&self, items: &[WorkItem]) -> bool {
        let has = |item: &usize| self.pools.get(*item).is_some_and(Option::is_some);
        self.pools.iter().zip(items).all(|(pool, item)| pool.is_none() || item.needs.iter().all(has))
    }
}
