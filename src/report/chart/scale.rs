//! Where values and dates lie on a chart, in whole numbers.

use chrono::{Datelike, NaiveDate};

/// The axis of percentages, in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    low: u64,
    high: u64,
    step: u64,
}

/// An axis shows at least this much, so that a trifle does not look like a leap.
const LEAST: u64 = 1_000;

/// The most steps of an axis.
const MOST_STEPS: u64 = 5;

impl Axis {
    /// The axis on which all of these lie.
    pub(super) fn over(values: impl Iterator<Item = u32>) -> Self {
        let (least, most) = values.map(u64::from).fold((u64::MAX, 0), |(l, m), value| (l.min(value), m.max(value)));
        let (least, most) = if least > most { (0, 10_000) } else { (least, most) };
        // 2, 5, 10, 20, 50, ... percent.
        let steps = (0_u32..).flat_map(|decade| [200, 500, 1_000].map(|s: u64| s.saturating_mul(10_u64.pow(decade))));
        let fitted = |step: u64| {
            let (mut low, mut high) = (least / step * step, most.div_ceil(step) * step);
            while high - low < LEAST.max(step) {
                // No higher than 100 % if nothing is.
                if high < 10_000 || low < step { high += step } else { low -= step }
            }
            Self { low, high, step }
        };
        let mut steps = steps.take(24).map(fitted);
        let whole = Self { low: 0, high: u64::from(u32::MAX), step: u64::from(u32::MAX) };
        steps.find(|axis| axis.steps() <= MOST_STEPS).unwrap_or(whole)
    }

    /// How many steps it has.
    pub(super) fn steps(&self) -> u64 {
        (self.high - self.low) / self.step
    }

    /// The values at the ends of its steps, from below, as whole percents.
    pub(super) fn ticks(&self) -> impl Iterator<Item = u32> {
        let (low, step) = (self.low, self.step);
        (0..=self.steps()).map(move |n| u32::try_from(low + n * step).unwrap_or(u32::MAX))
    }

    /// How far up a value lies on a length of `size`.
    pub(super) fn at(&self, value: u32, size: u64) -> u64 {
        let span = self.high - self.low;
        let above = u64::from(value).clamp(self.low, self.high) - self.low;
        (above * size * 2 + span) / (span * 2)
    }
}

/// The axis of dates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    first: NaiveDate,
    last: NaiveDate,
}

impl Days {
    /// The axis on which all of these lie, if there are any.
    pub(super) fn over(days: impl Iterator<Item = NaiveDate>) -> Option<Self> {
        days.fold(None, |so_far, day| match so_far {
            None => Some(Self { first: day, last: day }),
            Some(Self { first, last }) => Some(Self { first: first.min(day), last: last.max(day) }),
        })
    }

    /// How far to the right a date lies on a length of `size`; a date alone lies in the middle.
    pub(super) fn at(&self, day: NaiveDate, size: u64) -> u64 {
        let count = |from: NaiveDate, to: NaiveDate| u64::try_from(to.signed_duration_since(from).num_days());
        let span = count(self.first, self.last).unwrap_or_default();
        let after = count(self.first, day).unwrap_or_default().min(span);
        if span == 0 { size / 2 } else { (after * size * 2 + span) / (span * 2) }
    }

    /// The dates that are named: both ends first, then beginnings of months as far apart as `label` needs.
    pub(super) fn ticks(&self, size: u64, label: u64) -> Vec<NaiveDate> {
        let mut ticks = vec![self.first];
        if self.first < self.last {
            ticks.push(self.last);
        }
        let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        let (from, to) = (month(self.first), month(self.last));
        let years = (0_u32..6).flat_map(|decade| [12, 24, 60].map(|m: i64| m * 10_i64.pow(decade)));
        let fits = |step: &i64| {
            let count = u64::try_from((to - from) / step + 1).unwrap_or(u64::MAX);
            count.saturating_mul(label) <= size
        };
        let Some(step) = [1, 2, 3, 6].into_iter().chain(years).find(fits) else { return ticks };
        let beginning = |month: i64| {
            let year = i32::try_from(month.div_euclid(12)).ok()?;
            NaiveDate::from_ymd_opt(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)
        };
        let mut next = (from.div_euclid(step) + 1) * step;
        while next <= to {
            ticks.extend(beginning(next).filter(|day| *day > self.first && *day < self.last));
            next += step;
        }
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_holds_its_values_in_few_round_steps() {
        let axis = |values: &[u32]| {
            let axis = Axis::over(values.iter().copied());
            (axis.low, axis.high, axis.step)
        };
        assert_eq!(axis(&[]), (0, 10_000, 2_000));
        assert_eq!(axis(&[6_096, 7_022, 8_000]), (6_000, 8_000, 500));
        assert_eq!(axis(&[0]), (0, 1_000, 200));
        assert_eq!(axis(&[10_000]), (9_000, 10_000, 200));
        assert_eq!(axis(&[3_720, 8_000]), (3_000, 8_000, 1_000));
        assert_eq!(axis(&[0, 10_000]), (0, 10_000, 2_000));
        let huge = Axis::over([0, u32::MAX].into_iter());
        assert!(huge.high >= u64::from(u32::MAX) && huge.steps() <= MOST_STEPS, "{huge:?}");
    }

    #[test]
    fn values_and_dates_lie_where_they_belong() {
        let axis = Axis::over([0, 10_000].into_iter());
        assert_eq!([0, 5_000, 9_999, 10_000].map(|v| axis.at(v, 10)), [0, 5, 10, 10]);
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let days = Days::over([day("2021-12-01"), day("2021-06-01")].into_iter());
        let at = |d: &str| days.map(|days| days.at(day(d), 183));
        assert_eq!([at("2021-06-01"), at("2021-06-02"), at("2021-12-01")], [Some(0), Some(1), Some(183)]);
        let ticks = days.map(|days| days.ticks(60, 20)).unwrap_or_default();
        assert_eq!(ticks, ["2021-06-01", "2021-12-01", "2021-07-01", "2021-10-01"].map(day));
        assert_eq!(Days::over([day("2021-06-01")].into_iter()).map(|d| d.at(day("2021-06-01"), 10)), Some(5));
        let ever = Days::over([NaiveDate::MIN, NaiveDate::MAX].into_iter());
        assert!(ever.is_some_and(|days| days.ticks(100, 20).len() > 2));
    }
}
