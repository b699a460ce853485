//! How percentages are spread over a fleet: exact counts, from which quantiles are read.
//!
//! A bin is half a hundredth of a percent wide, from 0 to 20 000. So a bin says both what a row shows,
//! which is rounded half up to hundredths, and whether a threshold of hundredths is reached, which is
//! never a matter of rounding. Few different values are kept in a list, many in one count a bin.

use super::fault::SummaryFault;
use crate::points::{Amount, Percent};
use serde::{Deserialize, Serialize};

/// The bin of 100 %.
const LAST: u16 = 20_000;

/// More different values than this are kept in one count a bin.
const FEW: usize = 256;

/// The bin of `part` of `whole`; of nothing there is none.
#[must_use]
pub(crate) fn bin(part: Amount, whole: Amount) -> Option<u16> {
    let (part, whole) = (part.units(), whole.units());
    if whole == 0 {
        return None;
    }
    let scaled = match part.checked_mul(u64::from(LAST)) {
        Some(scaled) => u128::from(scaled / whole),
        None => u128::from(part) * u128::from(LAST) / u128::from(whole),
    };
    Some(u16::try_from(scaled).unwrap_or(LAST).min(LAST))
}

/// What a row shows of a bin.
#[must_use]
pub(crate) fn shown(bin: u16) -> Percent {
    Percent::from_hundredths(u32::from(bin).div_ceil(2))
}

/// Counts by bin.
#[derive(Clone, Debug)]
pub struct Histogram(Counts);

#[derive(Clone, Debug)]
enum Counts {
    /// Bins with their counts, in order; none is 0.
    Few(Vec<(u16, u64)>),
    /// A count for every bin.
    All(Vec<u64>),
}

impl Default for Histogram {
    fn default() -> Self {
        Self(Counts::Few(Vec::new()))
    }
}

impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Histogram {}

impl Histogram {
    /// Counts a percentage.
    pub(crate) fn add(&mut self, bin: u16) {
        // No run adds so many one by one that the largest count is reached.
        let _ = self.add_many(bin, 1);
    }

    /// Adds the counts of another.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), SummaryFault> {
        other.iter().try_for_each(|(bin, count)| self.add_many(bin, count))
    }

    fn add_many(&mut self, bin: u16, count: u64) -> Result<(), SummaryFault> {
        let bin = bin.min(LAST);
        if let Counts::Few(list) = &self.0
            && list.len() >= FEW
        {
            let mut all = vec![0; usize::from(LAST) + 1];
            for (bin, count) in list {
                all.iter_mut().skip(usize::from(*bin)).take(1).for_each(|slot| *slot = *count);
            }
            self.0 = Counts::All(all);
        }
        let slot = match &mut self.0 {
            Counts::All(all) => all.get_mut(usize::from(bin)),
            Counts::Few(list) => match list.binary_search_by_key(&bin, |(bin, _)| *bin) {
                Ok(place) => list.get_mut(place).map(|(_, count)| count),
                Err(place) => {
                    list.insert(place, (bin, count));
                    None
                }
            },
        };
        if let Some(slot) = slot {
            *slot = slot.checked_add(count).ok_or(SummaryFault::TooMany)?;
        }
        Ok(())
    }

    /// The bins that hold something, in order, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (u16, u64)> + '_ {
        let (few, all) = match &self.0 {
            Counts::Few(list) => (list.as_slice(), &[][..]),
            Counts::All(all) => (&[][..], all.as_slice()),
        };
        let all = (0..).zip(all).map(|(bin, count)| (bin, *count));
        few.iter().copied().chain(all).filter(|(_, count)| *count > 0)
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.iter().fold(0, |sum, (_, count)| sum.saturating_add(count))
    }

    /// How many do not reach a percentage, exactly.
    #[must_use]
    pub fn below(&self, percent: Percent) -> u64 {
        let least = percent.hundredths().saturating_mul(2);
        let low = self.iter().take_while(|(bin, _)| u32::from(*bin) < least);
        low.fold(0, |sum, (_, count)| sum.saturating_add(count))
    }

    /// How many lie in each ten points: from 0 to below 10, and so on; 100 is in the last.
    #[must_use]
    pub fn tens(&self) -> [u64; 10] {
        let mut tens = [0_u64; 10];
        for (bin, count) in self.iter() {
            let ten = usize::try_from(shown(bin).hundredths() / 1_000).unwrap_or(9).min(9);
            tens.iter_mut().skip(ten).take(1).for_each(|slot| *slot = slot.saturating_add(count));
        }
        tens
    }

    /// For each share in percent the lowest value that at least this share of all does not exceed
    /// (nearest rank): a value that occurs. The shares are in order.
    #[must_use]
    pub fn quantiles<const N: usize>(&self, shares: [u8; N]) -> Option<[Percent; N]> {
        let total = u128::from(self.total());
        let mut bins = self.iter();
        let (mut bin, count) = bins.next()?;
        let mut seen = u128::from(count);
        Some(shares.map(|share| {
            let rank = (total * u128::from(share)).div_ceil(100).max(1);
            while seen < rank {
                let Some((next, count)) = bins.next() else { break };
                bin = next;
                seen += u128::from(count);
            }
            shown(bin)
        }))
    }
}

/// Pairs of bin and count, in order.
impl Serialize for Histogram {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Histogram {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut histogram = Self::default();
        let mut before = None;
        for (bin, count) in Vec::<(u16, u64)>::deserialize(deserializer)? {
            if bin > LAST || before.is_some_and(|before| before >= bin) {
                return Err(serde::de::Error::custom("bins rise from 0 to 20000"));
            }
            before = Some(bin);
            histogram.add_many(bin, count).map_err(serde::de::Error::custom)?;
        }
        Ok(histogram)
    }
}

#[cfg(test)]
mod tests {
    use super::{Histogram, bin, shown};
    use crate::points::{Amount, Percent};
    use proptest::prelude::*;

    fn of(values: &[(u64, u64)]) -> Histogram {
        let mut histogram = Histogram::default();
        values
            .iter()
            .filter_map(|(p, w)| bin(Amount::from_units(*p), Amount::from_units(*w)))
            .for_each(|b| histogram.add(b));
        histogram
    }

    #[test]
    fn a_score_of_nothing_is_in_no_bin() {
        assert_eq!(of(&[(0, 0)]).total(), 0);
        assert_eq!(of(&[(0, 0)]).quantiles([0, 50, 100]), None);
    }

    proptest! {
        #[test]
        fn bins_show_and_judge_as_the_sums_do(part in 0..3_000_000_u64, more in 1..3_000_000_u64, at in 0..=10_000_u32) {
            let (part, whole) = (Amount::from_units(part), Amount::from_units(part + more));
            let found = bin(part, whole);
            prop_assert_eq!(found.map(shown), Percent::of(part, whole));
            let reached = Percent::from_hundredths(at).is_reached_by(part, whole);
            prop_assert_eq!(of(&[(part.units(), whole.units())]).below(Percent::from_hundredths(at)) == 0, reached);
        }

        #[test]
        fn quantiles_are_those_of_the_sorted_list(parts in proptest::collection::vec(0..=100_000_u64, 1..600)) {
            let list: Vec<(u64, u64)> = parts.iter().map(|p| (*p, 100_000)).collect();
            let mut sorted: Vec<Percent> =
                list.iter().filter_map(|(p, w)| Percent::of(Amount::from_units(*p), Amount::from_units(*w))).collect();
            sorted.sort();
            let histogram = of(&list);
            let shares = [0, 5, 10, 25, 50, 75, 90, 95, 100];
            let naive = shares.map(|share| {
                let at = (sorted.len() * usize::from(share)).div_ceil(100).max(1) - 1;
                sorted.get(at).copied().unwrap_or(Percent::from_hundredths(u32::MAX))
            });
            prop_assert_eq!(histogram.quantiles(shares), Some(naive));
            let ten = |n: u32| sorted.iter().filter(|p| (p.hundredths() / 1_000).min(9) == n).count();
            let tens: Vec<u64> = (0..10).map(|n| u64::try_from(ten(n)).unwrap_or(u64::MAX)).collect();
            prop_assert_eq!(histogram.tens().to_vec(), tens);
            let text = serde_json::to_string(&histogram).unwrap_or_default();
            prop_assert_eq!(serde_json::from_str::<Histogram>(&text).ok(), Some(histogram));
        }
    }
}
