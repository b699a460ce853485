//! Days as numbers, and the periods in which evidence holds.

use chrono::{Datelike, NaiveDate};

/// A day, counted from the start of the common era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i32);

impl Day {
    /// Before all dates.
    pub const FIRST: Self = Self(i32::MIN);
    /// After all dates.
    pub const LAST: Self = Self(i32::MAX);

    /// How many days it is from the start of the common era.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day that is so many days from the start of the common era.
    #[must_use]
    pub fn numbered(number: i32) -> Self {
        Self(number)
    }

    /// The day `count` days later.
    #[must_use]
    pub fn plus(self, count: u32) -> Self {
        Self(self.0.saturating_add_unsigned(count))
    }

    /// The day `count` days earlier.
    #[must_use]
    pub fn minus(self, count: u32) -> Self {
        Self(self.0.saturating_sub_unsigned(count))
    }

    /// The day before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The date of this day, unless it is before or after all dates.
    #[must_use]
    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(self.0)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce())
    }
}

/// A period, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl Period {
    /// From one date to the other; an absent end is open.
    #[must_use]
    pub fn new(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Self {
        Self { from: from.map_or(Day::FIRST, Day::from), to: to.map_or(Day::LAST, Day::from) }
    }

    /// Whether `day` lies in it.
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether it ended before `day`.
    #[must_use]
    pub fn has_lapsed(&self, day: Day) -> bool {
        self.to < day
    }
}
