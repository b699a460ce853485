//! The Shapley value, exact: what each cause adds, averaged over all orders in which they could come.
//!
//! A [`Game`] takes the value of every set of causes, in any order, and keeps only sums of whole
//! numbers: the value times `k!`. [`apportion`] makes whole units of it that sum to a given total.

/// So many columns are attributed side by side.
pub(super) const COLUMNS: usize = 4;

/// A figure of each column.
pub(super) type Row = [i128; COLUMNS];

/// The values of sets of `k` causes, summed up into each cause's share.
#[derive(Clone, Debug)]
pub(super) struct Game {
    /// For each size of a set, in how many orders its members come first and one given cause next.
    orders: Vec<i128>,
    /// For each cause, its share of each column, times the number of all orders.
    shares: Vec<Row>,
}

impl Game {
    pub(super) fn new(causes: usize) -> Self {
        let factorial = |n: usize| (1..).take(n).product::<i128>();
        let orders = (0..causes).map(|size| factorial(size) * factorial(causes - 1 - size)).collect();
        Self { orders, shares: vec![[0; COLUMNS]; causes] }
    }

    /// The value of the set whose members are the bits of `set`; each set is given once.
    pub(super) fn add(&mut self, set: u32, value: Row) {
        let size = usize::try_from(set.count_ones()).unwrap_or(usize::MAX);
        let weight = |size: Option<usize>| size.and_then(|s| self.orders.get(s)).copied().unwrap_or(0);
        // A member came last of the set; any other cause comes next after it.
        let (joined, next) = (weight(size.checked_sub(1)), weight(Some(size)));
        for (cause, share) in self.shares.iter_mut().enumerate() {
            let factor = if set >> cause & 1 == 1 { joined } else { -next };
            for (sum, value) in share.iter_mut().zip(value) {
                *sum += factor * value;
            }
        }
    }

    /// For each cause its share of each column, times [`Game::scale`].
    pub(super) fn shares(&self) -> &[Row] {
        &self.shares
    }

    /// The number of orders, by which the shares are multiplied.
    pub(super) fn scale(&self) -> i128 {
        (1..).take(self.orders.len()).product()
    }
}

/// Whole units that sum to `total`, each less than one away from its share of `scale`, which sum to
/// `total` themselves or to nearly so.
///
/// They are given by largest remainders, and among equal ones to the first. What is taken away is
/// taken by the places that `mirror` gives, so that the way back gives the units of the other sign.
/// What has no share gets a unit only if nothing has one.
pub(super) fn apportion(shares: &[i128], scale: i128, total: i128, mirror: impl Fn(usize) -> usize) -> Vec<i128> {
    let mut units: Vec<i128> = shares.iter().map(|share| share / scale).collect();
    let left = total - units.iter().sum::<i128>();
    let order = |place: usize| if left < 0 { mirror(place) } else { place };
    let rest = |place: usize| shares.get(place).map_or(0, |share| share % scale * left.signum());
    let is_empty = |place: usize| shares.get(place).is_none_or(|share| *share == 0);
    let mut places: Vec<usize> = (0..shares.len()).collect();
    places.sort_by_key(|place| (is_empty(*place), -rest(*place), order(*place)));
    let count = usize::try_from(left.unsigned_abs()).unwrap_or(usize::MAX);
    for place in places.iter().take(count) {
        if let Some(unit) = units.get_mut(*place) {
            *unit += left.signum();
        }
    }
    units
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test that goes wrong should stop, with the place")]
mod tests {
    use super::*;

    /// All orders of so many causes.
    fn orders(causes: usize) -> Vec<Vec<usize>> {
        let Some(last) = causes.checked_sub(1) else { return vec![Vec::new()] };
        let place = |order: Vec<usize>| {
            (0..causes).map(move |at| [&order[..at], &[last], &order[at..]].concat()).collect::<Vec<_>>()
        };
        orders(last).into_iter().flat_map(place).collect()
    }

    /// A number that looks random and is always the same.
    fn drawn(seed: u64) -> i128 {
        let mut z = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        i128::from(z >> 40) - 8_000_000
    }

    #[test]
    fn shares_are_what_each_adds_averaged_over_all_orders() {
        for causes in 0..=6 {
            for round in 0..20 {
                let value = |set: u32| [0, 1, 2, 3].map(|column| drawn(u64::from(set) * 97 + round * 7919 + column));
                let mut game = Game::new(causes);
                (0..1_u32 << causes).for_each(|set| game.add(set, value(set)));
                let mut naive = vec![[0; COLUMNS]; causes];
                for order in orders(causes) {
                    let mut set = 0_u32;
                    for cause in order {
                        let (before, after) = (value(set), value(set | 1 << cause));
                        set |= 1 << cause;
                        (0..COLUMNS).for_each(|column| naive[cause][column] += after[column] - before[column]);
                    }
                }
                assert_eq!(game.shares(), naive);
                assert_eq!(i128::try_from(orders(causes).len()), Ok(game.scale()));
            }
        }
    }

    #[test]
    fn units_sum_to_the_total_and_lie_beside_the_shares() {
        for round in 0..500 {
            let count = round % 7 + 1;
            let mut shares: Vec<i128> = (0..count).map(|n| drawn(round * 31 + n) / 1000).collect();
            let total = shares.iter().sum::<i128>() / 24;
            let last = shares.len() - 1;
            shares[last] += total * 24 - shares.iter().sum::<i128>();
            let units = apportion(&shares, 24, total, |n| last - n);
            assert_eq!(units.iter().sum::<i128>(), total);
            for (unit, share) in units.iter().zip(&shares) {
                assert!((unit * 24 - share).abs() < 24, "{unit} for {share} / 24");
            }
            let mirrored: Vec<i128> = shares.iter().rev().map(|share| -share).collect();
            let back: Vec<i128> =
                apportion(&mirrored, 24, -total, |n| last - n).iter().rev().map(|unit| -unit).collect();
            assert_eq!(units, back);
        }
        assert_eq!(apportion(&[1, 1, 0], 2, 1, |n| n), [1, 0, 0]);
        assert_eq!(apportion(&[-1, -1, 0], 2, -1, |n| 2 - n), [0, -1, 0]);
        assert_eq!(apportion(&[], 1, 0, |n| n), [0_i128; 0]);
    }
}
