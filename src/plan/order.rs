//! The order of the work chosen: what must come first stands first, then the best gain per hour.
//!
//! Some work gains nothing alone: what others need, two pieces that only count together. So it is
//! taken in bundles: all that is still missing for one part, with what must come before. The bundle
//! that gains most per hour goes next, and its pieces one by one.

use super::baseline::before;
use super::build::Problem;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The positions of the work chosen, in order.
pub(super) fn ordered(problem: &Problem, chosen: &[bool]) -> Vec<usize> {
    let mut ordering = Ordered::new(problem, chosen);
    while let Some(bundle) = ordering.best() {
        ordering.append(&bundle);
    }
    ordering.order
}

struct Ordered<'p> {
    problem: &'p Problem,
    /// The work that is left, in bundles, with what each would add; none where that must be worked out.
    bundles: BTreeMap<Vec<usize>, Option<u64>>,
    /// For each piece of work, the parts that it could move.
    moves: Vec<BTreeSet<usize>>,
    done: Vec<bool>,
    order: Vec<usize>,
}

impl<'p> Ordered<'p> {
    fn new(problem: &'p Problem, chosen: &[bool]) -> Self {
        let is_chosen = |item: &usize| chosen.get(*item).copied().unwrap_or(false);
        let mut moves = vec![BTreeSet::new(); problem.items.len()];
        let mut bundles = BTreeMap::new();
        let mut add = |items: Vec<usize>| {
            let all: BTreeSet<usize> = items.into_iter().flat_map(|item| before(problem, item)).collect();
            bundles.insert(all.into_iter().collect::<Vec<usize>>(), None);
        };
        for (position, part) in problem.parts.iter().enumerate() {
            let items: Vec<usize> = part.items().into_iter().filter(is_chosen).collect();
            for item in &items {
                if let Some(moves) = moves.get_mut(*item) {
                    moves.insert(position);
                }
            }
            add(items);
        }
        (0..problem.items.len()).filter(is_chosen).for_each(|item| add(vec![item]));
        bundles.remove(&Vec::new());
        Self { problem, bundles, moves, done: vec![false; problem.items.len()], order: Vec::new() }
    }

    /// The bundle that gains most per hour; of equals, the shortest, then the first by its work.
    fn best(&mut self) -> Option<Vec<usize>> {
        let mut bundles = std::mem::take(&mut self.bundles);
        for (bundle, gain) in bundles.iter_mut().filter(|(_, gain)| gain.is_none()) {
            *gain = Some(self.gain(bundle));
        }
        let ranked = bundles.iter().map(|(bundle, gain)| (gain.unwrap_or(0), self.hours(bundle), bundle));
        let best = ranked.reduce(|best, next| if rank(&next, &best) == Ordering::Less { next } else { best });
        let best = best.map(|(_, _, bundle)| bundle.clone());
        self.bundles = bundles;
        best
    }

    fn hours(&self, bundle: &[usize]) -> u64 {
        bundle.iter().filter_map(|item| self.problem.items.get(*item)).map(|item| u64::from(item.hours)).sum()
    }

    /// The parts that a bundle could move.
    fn moved<'a>(&'a self, bundle: &'a [usize]) -> impl Iterator<Item = usize> {
        bundle.iter().filter_map(|item| self.moves.get(*item)).flatten().copied()
    }

    /// What a bundle adds to what is done.
    fn gain(&self, bundle: &[usize]) -> u64 {
        let parts: BTreeSet<usize> = self.moved(bundle).collect();
        let mut then = self.done.clone();
        set(&mut then, bundle);
        let worth = |done: &[bool]| -> u64 {
            parts.iter().filter_map(|at| self.problem.parts.get(*at)).map(|part| part.worth(done)).sum()
        };
        worth(&then).saturating_sub(worth(&self.done))
    }

    /// Appends the work of a bundle, and takes it out of all others.
    fn append(&mut self, bundle: &[usize]) {
        let mut left: Vec<usize> = bundle.to_vec();
        while !left.is_empty() {
            let is_ready = |item: &usize| {
                let needs = self.problem.items.get(*item).map_or(&[][..], |i| &i.needs);
                needs.iter().all(|needed| !left.contains(needed))
            };
            // Statuses through parents may make a ring; then the first of it goes first.
            let next = left.iter().position(is_ready).unwrap_or(0);
            self.order.push(left.remove(next));
        }
        set(&mut self.done, bundle);
        let moved: BTreeSet<usize> = self.moved(bundle).collect();
        let mut rest = BTreeMap::new();
        for (mut other, gain) in std::mem::take(&mut self.bundles) {
            let is_same = !self.moved(&other).any(|part| moved.contains(&part));
            other.retain(|item| !bundle.contains(item));
            if !other.is_empty() {
                rest.insert(other, gain.filter(|_| is_same));
            }
        }
        self.bundles = rest;
    }
}

fn set(done: &mut [bool], items: &[usize]) {
    for item in items {
        if let Some(done) = done.get_mut(*item) {
            *done = true;
        }
    }
}

/// More gain per hour first; nothing takes less than no time.
fn rank(a: &(u64, u64, &Vec<usize>), b: &(u64, u64, &Vec<usize>)) -> Ordering {
    let product = |gain: u64, hours: u64| u128::from(gain) * u128::from(hours);
    let by_rate = product(b.0, a.1).cmp(&product(a.0, b.1));
    let by_gain = || (b.0 > 0).cmp(&(a.0 > 0));
    by_gain().then(by_rate).then(a.1.cmp(&b.1)).then_with(|| a.2.cmp(b.2))
}
