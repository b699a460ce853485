//! Work that is alike: as long, worth as much, for the same people, and tied to nothing else.
//!
//! To a solver a hundred such pieces are a hundred questions with the same answer; counted together
//! they are one. Of those chosen, the first by their order are taken, so that ties are settled by ids.

use super::build::Problem;
use super::part::Part;
use super::pool::Pools;
use std::collections::BTreeMap;

/// Pieces of work that are alike.
#[derive(Clone, Debug)]
pub(super) struct Class {
    /// Their positions, in order.
    pub(super) items: Vec<usize>,
    /// The hours that each takes.
    pub(super) hours: u32,
    /// The pools that each may take them from.
    pub(super) allowed: Vec<usize>,
    /// What each gains whatever else is done; none where that depends on other work.
    pub(super) gain: Option<u64>,
}

/// All work by classes, and the parts that tie classes together.
pub(super) struct Classes<'p> {
    pub(super) list: Vec<Class>,
    /// For each piece of work, its class.
    of_item: Vec<usize>,
    pub(super) parts: Vec<&'p Part>,
}

impl<'p> Classes<'p> {
    pub(super) fn new(problem: &'p Problem, pools: &Pools) -> Self {
        let count = problem.items.len();
        let mut alone: Vec<Option<u64>> = vec![Some(0); count];
        let mut parts = Vec::new();
        // What must come first, or comes after something, is tied to it.
        let tied = |items: &mut dyn Iterator<Item = usize>, alone: &mut Vec<Option<u64>>| {
            items.for_each(|item| alone.iter_mut().skip(item).take(1).for_each(|gain| *gain = None));
        };
        for (position, item) in problem.items.iter().enumerate().filter(|(_, item)| !item.needs.is_empty()) {
            tied(&mut item.needs.iter().copied().chain([position]), &mut alone);
        }
        let each: Vec<(&Part, Vec<usize>)> = problem.parts.iter().map(|part| (part, part.items())).collect();
        for (_, items) in each.iter().filter(|(_, items)| items.len() > 1) {
            tied(&mut items.iter().copied(), &mut alone);
        }
        let (none, mut chosen) = (vec![false; count], vec![false; count]);
        for (part, items) in each {
            let only = items.first().copied().filter(|_| items.len() == 1);
            let gain = only.and_then(|only| alone.get_mut(only)).and_then(Option::as_mut);
            let Some((gain, only)) = gain.zip(only) else {
                parts.push(part);
                continue;
            };
            set(&mut chosen, only, true);
            *gain += part.worth(&chosen).saturating_sub(part.worth(&none));
            set(&mut chosen, only, false);
        }
        Self::gathered(problem, pools, &alone, parts)
    }

    fn gathered(problem: &Problem, pools: &Pools, alone: &[Option<u64>], parts: Vec<&'p Part>) -> Self {
        let mut list: Vec<Class> = Vec::new();
        let mut known: BTreeMap<(u64, u32, &[usize]), usize> = BTreeMap::new();
        let mut of_item = Vec::new();
        let items = problem.items.iter().zip(alone).zip(&pools.allowed).enumerate();
        for (position, ((item, gain), allowed)) in items {
            let new = list.len();
            let class = gain.map_or(new, |gain| *known.entry((gain, item.hours, allowed)).or_insert(new));
            match list.get_mut(class) {
                Some(class) => class.items.push(position),
                None => {
                    list.push(Class { items: vec![position], hours: item.hours, allowed: allowed.clone(), gain: *gain })
                }
            }
            of_item.push(class);
        }
        Self { list, of_item, parts }
    }

    /// The class of a piece of work.
    pub(super) fn of(&self, item: usize) -> usize {
        self.of_item.get(item).copied().unwrap_or(0)
    }
}

fn set(chosen: &mut [bool], item: usize, to: bool) {
    if let Some(chosen) = chosen.get_mut(item) {
        *chosen = to;
    }
}
