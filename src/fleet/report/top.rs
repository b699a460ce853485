//! The first few of many, kept while they come.

use std::collections::BTreeMap;

/// The entries with the lowest keys; of equal keys the one that came first.
#[derive(Clone, Debug)]
pub(super) struct Top<K, V> {
    most: usize,
    came: u64,
    kept: BTreeMap<(K, u64), V>,
}

impl<K: Ord, V> Top<K, V> {
    pub(super) fn new(most: usize) -> Self {
        Self { most, came: 0, kept: BTreeMap::new() }
    }

    /// Takes an entry, which is made only if it is kept.
    pub(super) fn offer(&mut self, key: K, value: impl FnOnce() -> V) {
        let key = (key, self.came);
        self.came += 1;
        let is_full = self.kept.len() >= self.most;
        if is_full && self.kept.last_key_value().is_none_or(|(last, _)| *last <= key) {
            return;
        }
        self.kept.insert(key, value());
        if is_full {
            self.kept.pop_last();
        }
    }

    pub(super) fn into_list(self) -> Vec<V> {
        self.kept.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Top;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_lowest_stay_in_order(list in proptest::collection::vec(0..20_u32, 0..60), most in 0..10_usize) {
            let mut top = Top::new(most);
            list.iter().enumerate().for_each(|(n, key)| top.offer(*key, || (*key, n)));
            let mut sorted: Vec<(u32, usize)> = list.iter().copied().enumerate().map(|(n, key)| (key, n)).collect();
            sorted.sort();
            sorted.truncate(most);
            prop_assert_eq!(top.into_list(), sorted);
        }
    }
}
