//! What work is worth: the parts of a figure, each a whole-number function of the work chosen.
//!
//! The evaluation works out one figure from all of a profile; here the same figure is taken apart, so
//! that a solver can be told which work moves what. A [`Part`] is what one action counts overall, or
//! one control. That the parts sum to what the evaluation says is tested on random cases.

/// Work chosen, by position.
pub(super) type Chosen = [bool];

pub(super) fn is_chosen(chosen: &Chosen, item: usize) -> bool {
    chosen.get(item).copied().unwrap_or(false)
}

/// What counts once: the lowest of some values, so many units each.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) weight: u64,
    pub(super) values: Vec<Value>,
}

/// A value that work changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Value {
    /// Work that does all of it, and what it is then; the terms count only without.
    pub(super) done: Option<(usize, u64)>,
    /// The sum of those that hold is shared by the divisor and rounded down.
    pub(super) terms: Vec<Term>,
    pub(super) divisor: u64,
}

/// Something that holds if of each list of work at least one piece is chosen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub(super) weight: u64,
    pub(super) needs: Vec<Vec<usize>>,
}

impl Value {
    /// A value from its terms: those that hold together are one, and those that never hold are left out.
    pub(super) fn new(done: Option<(usize, u64)>, terms: Vec<Term>, divisor: u64) -> Self {
        let mut joined: Vec<Term> = Vec::new();
        for mut term in terms {
            term.needs.iter_mut().for_each(|list| list.sort_unstable());
            term.needs.sort_unstable();
            term.needs.dedup();
            if term.weight == 0 || term.needs.iter().any(Vec::is_empty) {
                continue;
            }
            match joined.iter_mut().find(|t| t.needs == term.needs) {
                Some(same) => same.weight += term.weight,
                None => joined.push(term),
            }
        }
        joined.sort_unstable_by(|a, b| a.needs.cmp(&b.needs));
        let divisor = divisor.max(1);
        match &mut joined[..] {
            // Alone, it can be rounded down beforehand.
            [only] => {
                only.weight /= divisor;
                Self { done, terms: joined, divisor: 1 }
            }
            _ => Self { done, terms: joined, divisor },
        }
    }

    fn worth(&self, chosen: &Chosen) -> u64 {
        match self.done {
            Some((item, worth)) if is_chosen(chosen, item) => worth,
            _ => {
                let holds = |term: &&Term| term.needs.iter().all(|list| list.iter().any(|i| is_chosen(chosen, *i)));
                self.terms.iter().filter(holds).map(|t| t.weight).sum::<u64>() / self.divisor
            }
        }
    }

    fn items(&self) -> impl Iterator<Item = usize> {
        let terms = self.terms.iter().flat_map(|t| t.needs.iter().flatten().copied());
        terms.chain(self.done.map(|(item, _)| item))
    }
}

impl Part {
    /// What it counts, in units.
    pub(super) fn worth(&self, chosen: &Chosen) -> u64 {
        self.weight * self.values.iter().map(|v| v.worth(chosen)).min().unwrap_or(0)
    }

    /// The work that could move it, each piece once, in order.
    pub(super) fn items(&self) -> Vec<usize> {
        let mut items: Vec<usize> = self.values.iter().flat_map(Value::items).collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// The same with the work renumbered.
    pub(super) fn renumbered(mut self, to: impl Fn(usize) -> usize) -> Self {
        for value in &mut self.values {
            value.done = value.done.map(|(item, worth)| (to(item), worth));
            let lists = value.terms.iter_mut().flat_map(|t| t.needs.iter_mut());
            lists.flatten().for_each(|item| *item = to(*item));
        }
        self
    }
}

/// What all parts count together, in units.
pub(super) fn total(parts: &[Part], chosen: &Chosen) -> u64 {
    parts.iter().map(|p| p.worth(chosen)).sum()
}
