//! Points, basis points and percentages: the only arithmetic on scores.
//!
//! Everything is whole numbers. A fraction is a number of [`BasisPoints`] (1/10 000), rounded down;
//! an [`Amount`] is a sum of `points x basis points`; a [`Percent`] exists only to be shown or
//! compared. Start with [`Sums`], the five figures that stand at every level of a result.

use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::ops::{Add, AddAssign};

/// One whole, in basis points.
pub const WHOLE: u16 = 10_000;

/// A share of one whole in 1/10 000, from 0 to 10 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "u16")]
pub struct BasisPoints(u16);

impl From<u16> for BasisPoints {
    fn from(count: u16) -> Self {
        Self::new(count)
    }
}

impl BasisPoints {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// All of it.
    pub const ONE: Self = Self(WHOLE);

    /// `count` basis points; more than a whole is a whole.
    #[must_use]
    pub fn new(count: u16) -> Self {
        Self(count.min(WHOLE))
    }

    /// `part` of `whole`, rounded down; nothing of nothing is nothing.
    #[must_use]
    pub fn share(part: u64, whole: u64) -> Self {
        // Most shares are all or nothing, and a division takes longer than all the rest.
        if part == 0 || whole == 0 {
            return Self::ZERO;
        }
        if part == whole {
            return Self::ONE;
        }
        // Any real sum fits 64 bits after scaling; wider division would cost more than all the rest.
        let count = match part.checked_mul(u64::from(WHOLE)) {
            Some(scaled) => scaled / whole.max(1),
            None => part / (whole / u64::from(WHOLE)).max(1),
        };
        Self(u16::try_from(count).unwrap_or(WHOLE).min(WHOLE))
    }

    /// The mean over `count` shares that sum to `sum` basis points, rounded down.
    #[must_use]
    pub fn mean(sum: u64, count: u64) -> Self {
        let mean = if count <= 1 { sum } else { sum / count };
        Self(u16::try_from(mean).unwrap_or(WHOLE).min(WHOLE))
    }

    /// This share of `other`, rounded down.
    #[must_use]
    pub fn of(self, other: Self) -> Self {
        Self::share(u64::from(self.0) * u64::from(other.0), u64::from(WHOLE) * u64::from(WHOLE))
    }

    /// This share of `other`, rounded up.
    #[must_use]
    pub fn of_rounded_up(self, other: Self) -> Self {
        let count = (u32::from(self.0) * u32::from(other.0)).div_ceil(u32::from(WHOLE));
        Self(u16::try_from(count).unwrap_or(WHOLE).min(WHOLE))
    }

    /// Both together, at most a whole.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::new(self.0.saturating_add(other.0))
    }

    /// The number of basis points.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }

    /// What is missing to the whole.
    #[must_use]
    pub fn rest(self) -> Self {
        Self(WHOLE - self.0)
    }

    /// Whether this is all of it.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0 == WHOLE
    }

    /// Whether this is nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// In percent, exact, with no more decimals than it needs: `75`, `58.33`.
impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, rest) if rest % 10 == 0 => write!(f, "{whole}.{}", rest / 10),
            (whole, rest) => write!(f, "{whole}.{rest:02}"),
        }
    }
}

/// Between which a share lies, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Bounds {
    /// At least so much.
    pub lower: BasisPoints,
    /// At most so much.
    pub upper: BasisPoints,
}

impl Bounds {
    /// Nothing is known.
    pub const OPEN: Self = Self { lower: BasisPoints::ZERO, upper: BasisPoints::ONE };
    /// Nothing at all.
    pub const NOTHING: Self = Self { lower: BasisPoints::ZERO, upper: BasisPoints::ZERO };
    /// All of it.
    pub const ALL: Self = Self { lower: BasisPoints::ONE, upper: BasisPoints::ONE };

    /// What both say together; the ends may cross, and then they contradict each other.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { lower: self.lower.max(other.lower), upper: self.upper.min(other.upper) }
    }

    /// Whether nothing lies between the ends.
    #[must_use]
    pub fn is_crossed(self) -> bool {
        self.lower > self.upper
    }
}

/// In percent: `25-50 %`, or `25 %` where both ends are the same.
impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.lower == self.upper {
            write!(f, "{} %", self.lower)
        } else {
            write!(f, "{}-{} %", self.lower, self.upper)
        }
    }
}

/// The points an action is worth, 1 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Points(u8);

impl Points {
    /// One point, the least an action can be worth.
    pub const MIN: Self = Self(1);

    /// Points from 1 to 99, or nothing.
    #[must_use]
    pub fn new(count: i64) -> Option<Self> {
        u8::try_from(count).ok().filter(|p| (1..=99).contains(p)).map(Self)
    }

    /// The whole number of points.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }

    /// The part of these points that `share` stands for.
    #[must_use]
    pub fn times(self, share: BasisPoints) -> Amount {
        Amount(u64::from(self.0) * u64::from(share.0))
    }

    /// All of these points.
    #[must_use]
    pub fn whole(self) -> Amount {
        self.times(BasisPoints::ONE)
    }
}

/// A sum of points, exact, in 1/10 000 of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(u64);

impl Amount {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// So many 1/10 000 of a point.
    #[must_use]
    pub fn from_units(units: u64) -> Self {
        Self(units)
    }

    /// The amount in 1/10 000 of a point.
    #[must_use]
    pub fn units(self) -> u64 {
        self.0
    }

    /// The whole points in it, rounded down.
    #[must_use]
    pub fn whole_points(self) -> u64 {
        self.0 / u64::from(WHOLE)
    }

    /// What is left after `other` is taken away, at least nothing.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The amount exactly, with no more decimals than it needs: `13.5`, `8.9991`.
    #[must_use]
    pub fn exact(self) -> String {
        let text = self.to_string();
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// The amount with one decimal, half up: the form for people.
    #[must_use]
    pub fn rounded(self) -> String {
        let tenths = (self.0 + 500) / 1_000;
        match tenths % 10 {
            0 => (tenths / 10).to_string(),
            rest => format!("{}.{rest}", tenths / 10),
        }
    }
}

impl Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// Four decimal places, exact: `123.5000`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = u64::from(WHOLE);
        write!(f, "{}.{:04}", self.0 / unit, self.0 % unit)
    }
}

/// Machine output carries amounts as decimal strings, for binary floats cannot hold them.
impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A percentage in hundredths of a percent, rounded half up once, for showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    /// `part` of `whole` in percent; of nothing there is none.
    #[must_use]
    pub fn of(part: Amount, whole: Amount) -> Option<Self> {
        if whole == Amount::ZERO {
            return None;
        }
        let doubled = u128::from(part.0) * 20_000 + u128::from(whole.0);
        u32::try_from(doubled / (u128::from(whole.0) * 2)).ok().map(Self)
    }

    /// A percentage given in hundredths of a percent.
    #[must_use]
    pub const fn from_hundredths(hundredths: u32) -> Self {
        Self(hundredths)
    }

    /// The percentage in hundredths of a percent.
    #[must_use]
    pub fn hundredths(self) -> u32 {
        self.0
    }

    /// With both its decimals: the form for programs, and for people where figures have to add up.
    #[must_use]
    pub fn exact(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }

    /// The fewest points of `whole` that reach this percentage exactly.
    #[must_use]
    pub fn points_of(self, whole: Amount) -> Amount {
        let units = (u128::from(self.0) * u128::from(whole.0)).div_ceil(10_000);
        Amount(u64::try_from(units).unwrap_or(u64::MAX))
    }

    /// Whether `part` of `whole` reaches this percentage exactly, without rounding.
    #[must_use]
    pub fn is_reached_by(self, part: Amount, whole: Amount) -> bool {
        whole != Amount::ZERO && u128::from(part.0) * 10_000 >= u128::from(self.0) * u128::from(whole.0)
    }
}

/// One decimal, half up: the form for people.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 + 5) / 10;
        write!(f, "{}.{}", tenths / 10, tenths % 10)
    }
}

/// A JSON number with two decimals.
impl Serialize for Percent {
    #[expect(
        clippy::float_arithmetic,
        reason = "JSON numbers are floats; the nearest one to n/100 prints back as n/100"
    )]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

/// The figures of one side, control, assessment or tenant.
///
/// `assured <= achieved <= achieved + unassessed <= possible` holds in every one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Points earned: work done and tested, and services the provider's evidence names.
    pub achieved: Amount,
    /// All points of the actions in the denominator.
    pub possible: Amount,
    /// Points whose proof is current.
    pub assured: Amount,
    /// Points of places nobody has assessed: the width of the range above `achieved`.
    pub unassessed: Amount,
}

impl Sums {
    /// `achieved` of `possible`.
    #[must_use]
    pub fn percent(&self) -> Option<Percent> {
        Percent::of(self.achieved, self.possible)
    }

    /// `assured` of `possible`.
    #[must_use]
    pub fn assurance_percent(&self) -> Option<Percent> {
        Percent::of(self.assured, self.possible)
    }

    /// The upper end of the range: as if everything unassessed turned out well.
    #[must_use]
    pub fn percent_at_best(&self) -> Option<Percent> {
        Percent::of(self.achieved + self.unassessed, self.possible)
    }

    /// What is left after `other` is taken away from each figure, at least nothing.
    #[must_use]
    pub fn less(&self, other: &Self) -> Self {
        Self {
            achieved: self.achieved.less(other.achieved),
            possible: self.possible.less(other.possible),
            assured: self.assured.less(other.assured),
            unassessed: self.unassessed.less(other.unassessed),
        }
    }

    /// What is still to be earned.
    #[must_use]
    pub fn missing(&self) -> Amount {
        self.possible.less(self.achieved)
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.achieved += other.achieved;
        self.possible += other.possible;
        self.assured += other.assured;
        self.unassessed += other.unassessed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(points: i64, share: u16) -> Amount {
        Points::new(points).map_or(Amount::ZERO, |p| p.times(BasisPoints::new(share)))
    }

    #[test]
    fn percentages_round_half_up_and_nothing_of_nothing_is_none() {
        assert_eq!(Percent::of(amount(1, WHOLE), amount(3, WHOLE)).map(Percent::hundredths), Some(3333));
        assert_eq!(Percent::of(amount(2, WHOLE), amount(3, WHOLE)).map(Percent::hundredths), Some(6667));
        assert_eq!(Percent::of(Amount(1), Amount(20_000)).map(Percent::hundredths), Some(1));
        assert_eq!(Percent::of(Amount::ZERO, Amount::ZERO), None);
    }

    #[test]
    fn a_threshold_is_compared_exactly_though_the_figure_is_rounded() {
        let (part, whole) = (Amount(799_999), Amount(1_000_000));
        assert_eq!(Percent::of(part, whole).map(Percent::hundredths), Some(8000));
        assert!(!Percent::from_hundredths(8000).is_reached_by(part, whole));
        assert!(Percent::from_hundredths(8000).is_reached_by(Amount(800_000), whole));
        for (target, whole) in [(8000, 1_000_000), (3333, 10_001), (1, 1), (10_000, 7), (0, 5)] {
            let (target, whole) = (Percent::from_hundredths(target), Amount(whole));
            let fewest = target.points_of(whole);
            assert!(target.is_reached_by(fewest, whole));
            assert!(fewest == Amount::ZERO || !target.is_reached_by(fewest.less(Amount(1)), whole));
        }
        assert!(!Percent::from_hundredths(0).is_reached_by(Amount::ZERO, Amount::ZERO));
    }

    #[test]
    fn amounts_print_exactly_for_machines_and_shortly_for_people() {
        assert_eq!(amount(27, 3333).to_string(), "8.9991");
        assert_eq!(amount(27, 3333).rounded(), "9");
        assert_eq!(amount(27, 3333).exact(), "8.9991");
        assert_eq!(amount(20, 5000).exact(), "10");
        assert_eq!(BasisPoints::new(5833).to_string(), "58.33");
        assert_eq!(BasisPoints::new(3750).to_string(), "37.5");
        assert_eq!(BasisPoints::new(1005).to_string(), "10.05");
        assert_eq!(BasisPoints::ONE.to_string(), "100");
        assert_eq!(amount(27, 5000).rounded(), "13.5");
        assert_eq!(Percent::from_hundredths(2708).to_string(), "27.1");
    }

    #[test]
    fn shares_are_rounded_down() {
        assert_eq!(BasisPoints::share(2, 3).get(), 6666);
        assert_eq!(BasisPoints::share(0, 0).get(), 0);
        assert_eq!(BasisPoints::mean(19_999, 2).get(), 9999);
    }

    #[test]
    fn a_share_of_a_share_is_rounded_to_the_safe_side() {
        let (third, half) = (BasisPoints::new(3333), BasisPoints::new(5000));
        assert_eq!((third.of(half).get(), third.of_rounded_up(half).get()), (1666, 1667));
        assert_eq!(BasisPoints::ONE.of_rounded_up(third), third);
        assert_eq!(BasisPoints::ONE.of(third), third);
        assert_eq!(half.and(BasisPoints::new(6000)), BasisPoints::ONE);
    }
}
