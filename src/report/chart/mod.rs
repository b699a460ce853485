//! A chart of percentages over time, for whatever has dates: drawn with plain characters, or as SVG.
//!
//! A [`Chart`] is plain data; [`Chart::text`] draws it for a terminal or a page, [`Chart::svg`] as a
//! file of its own. `scale` lays values and dates out, in whole numbers, `wrap` breaks long lines.

mod scale;
mod svg;
mod text;
mod wrap;

use crate::locale::{Locale, Words};
use crate::points::Percent;
use chrono::NaiveDate;

/// Percentages over time.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The language of its numbers and dates; the names in it are in that language already.
    pub locale: Locale,
    /// What stands above it.
    pub title: String,
    /// How the values of a series are joined.
    pub join: Join,
    /// The lines; the first is drawn over the others.
    pub series: Vec<Series>,
    /// Levels to reach, across the whole chart.
    pub targets: Vec<Level>,
    /// Dates on which something happened.
    pub marks: Vec<Mark>,
}

/// How the values of a series are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// By straight lines, for values that were taken now and then.
    Straight,
    /// Each value holds until the next date.
    Steps,
}

/// A line of a chart.
#[derive(Clone, Debug)]
pub struct Series {
    name: String,
    values: Vec<(NaiveDate, Option<Percent>)>,
}

impl Series {
    /// A line through these values, in the order of their dates; where there is none, the line has a gap.
    #[must_use]
    pub fn new(name: impl Into<String>, mut values: Vec<(NaiveDate, Option<Percent>)>) -> Self {
        values.sort_by_key(|(day, _)| *day);
        Self { name: name.into(), values }
    }

    /// The stretches between the gaps.
    fn runs(&self) -> impl Iterator<Item = Vec<(NaiveDate, u32)>> {
        let known = |(day, value): &(NaiveDate, Option<Percent>)| value.map(|v| (*day, v.hundredths()));
        let split = self.values.split(|(_, value)| value.is_none());
        split.map(move |run| run.iter().filter_map(known).collect::<Vec<_>>()).filter(|run| !run.is_empty())
    }

    /// The first value and the last.
    fn ends(&self) -> Option<((NaiveDate, Percent), (NaiveDate, Percent))> {
        let mut known = self.values.iter().filter_map(|(day, value)| value.map(|v| (*day, v)));
        let first = known.next()?;
        Some((first, known.next_back().unwrap_or(first)))
    }
}

/// A level across a chart.
#[derive(Clone, Debug)]
pub struct Level {
    /// What it is.
    pub name: String,
    /// Where it is.
    pub at: Percent,
}

/// A date on which something happened.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The date.
    pub day: NaiveDate,
    /// What happened.
    pub label: String,
}

impl Chart {
    fn words(&self) -> &'static Words {
        Words::of(self.locale)
    }

    /// All values and levels.
    fn values(&self) -> impl Iterator<Item = u32> {
        let known = self.series.iter().flat_map(|s| &s.values).filter_map(|(_, value)| *value);
        known.chain(self.targets.iter().map(|t| t.at)).map(Percent::hundredths)
    }

    /// All dates, those of gaps and marks too.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let series = self.series.iter().flat_map(|s| &s.values).map(|(day, _)| *day);
        series.chain(self.marks.iter().map(|m| m.day))
    }

    /// The marks by date, each date with its letter.
    fn lettered<'c>(&'c self) -> Vec<(char, NaiveDate, Vec<&'c str>)> {
        let mut marks: Vec<&'c Mark> = self.marks.iter().collect();
        marks.sort_by_key(|m| m.day);
        let letters = ('a'..='z').chain('A'..='Z').chain(std::iter::repeat('#'));
        let named = |(letter, of): (char, &[&'c Mark])| {
            Some((letter, of.first()?.day, of.iter().map(|m| m.label.as_str()).collect()))
        };
        letters.zip(marks.chunk_by(|a, b| a.day == b.day)).filter_map(named).collect()
    }
}
