//! Some days in order, and sets of them as the bits of a word.

use crate::day::{Day, Period};

/// How many days a word has room for.
pub(crate) const DAYS_OF_A_WORD: usize = 64;

/// At most as many ascending days as a word has bits.
#[derive(Clone, Debug)]
pub(crate) struct Days {
    days: Vec<Day>,
}

impl Days {
    /// The first of `days`, which ascend, as many as fit.
    pub(crate) fn new(days: impl Iterator<Item = Day>) -> Self {
        Self { days: days.take(DAYS_OF_A_WORD).collect() }
    }

    pub(crate) fn len(&self) -> usize {
        self.days.len()
    }

    /// All of them.
    pub(crate) fn all(&self) -> u64 {
        lowest(self.days.len())
    }

    /// Those from `day` on.
    #[inline]
    pub(crate) fn from(&self, day: Day) -> u64 {
        self.all() & !lowest(self.days.partition_point(|d| *d < day))
    }

    /// Those until `day`, and it.
    #[inline]
    pub(crate) fn until(&self, day: Day) -> u64 {
        lowest(self.days.partition_point(|d| *d <= day))
    }

    /// Those in a period.
    pub(crate) fn of(&self, period: Period) -> u64 {
        self.from(period.from) & self.until(period.to)
    }
}

/// The `count` lowest bits.
fn lowest(count: usize) -> u64 {
    match u32::try_from(count) {
        Ok(count @ 0..=63) => (1_u64 << count) - 1,
        _ => u64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_days_are_those_that_hold() {
        for count in [0_i32, 1, 2, 63, 64] {
            let days = Days::new((0..count).map(|n| Day::numbered(3 * n)));
            for (from, to) in [(-5, -1), (-5, 0), (0, 0), (1, 2), (2, 50), (3, 189), (150, 500), (7, 4)] {
                let period = Period { from: Day::numbered(from), to: Day::numbered(to) };
                let expected =
                    (0..count).filter(|n| period.holds(Day::numbered(3 * n))).fold(0, |set, n| set | 1_u64 << n);
                assert_eq!(days.of(period), expected, "{count} days from {from} to {to}");
            }
        }
    }
}
