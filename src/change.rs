//! Differences between figures: signed points and signed percentages, as exact as the figures are.

use crate::points::{Amount, Percent, WHOLE};
use serde::{Serialize, Serializer};
use std::fmt;

/// How much an [`Amount`] went up or down, exact, in 1/10 000 of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct AmountChange(i64);

impl AmountChange {
    /// From one amount to another.
    #[must_use]
    pub fn between(from: Amount, to: Amount) -> Self {
        Self(0_i64.saturating_add_unsigned(to.units()).saturating_sub_unsigned(from.units()))
    }

    /// So many 1/10 000 of a point.
    #[must_use]
    pub fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// The change in 1/10 000 of a point.
    #[must_use]
    pub fn units(self) -> i64 {
        self.0
    }

    /// Both changes together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// How much it is, whichever way.
    #[must_use]
    pub fn size(self) -> Amount {
        Amount::from_units(self.0.unsigned_abs())
    }

    /// Its sign and the change with one decimal, half away from nought: the form for people.
    #[must_use]
    pub fn rounded(self) -> String {
        let size = self.size().rounded();
        match self.0 {
            _ if size == "0" => size,
            ..0 => format!("-{size}"),
            _ => format!("+{size}"),
        }
    }

    /// Its sign and the change, with no more decimals than it needs: `+13.5`, `-27`, `0`.
    #[must_use]
    pub fn signed(self) -> String {
        let text = self.to_string();
        let text = text.trim_end_matches('0').trim_end_matches('.');
        if self.0 > 0 { format!("+{text}") } else { text.to_owned() }
    }
}

/// Four decimal places, exact: `-13.5000`.
impl fmt::Display for AmountChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (size, unit) = (self.0.unsigned_abs(), u64::from(WHOLE));
        write!(f, "{sign}{}.{:04}", size / unit, size % unit)
    }
}

/// Machine output carries amounts as decimal strings, for binary floats cannot hold them.
impl Serialize for AmountChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How much a shown [`Percent`] went up or down, in hundredths of a percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PercentChange(i32);

impl PercentChange {
    /// From one percentage to another, both as they are shown to machines.
    #[must_use]
    pub fn between(from: Percent, to: Percent) -> Self {
        Self(0_i32.saturating_add_unsigned(to.hundredths()).saturating_sub_unsigned(from.hundredths()))
    }

    /// So many hundredths of a percent.
    #[must_use]
    pub fn from_hundredths(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// The change in hundredths of a percent.
    #[must_use]
    pub fn hundredths(self) -> i32 {
        self.0
    }
}

/// Its sign and two decimals, so that what is shown adds up: `+1.85`, `-0.07`, `0.00`.
impl fmt::Display for PercentChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            0 => "",
            1.. => "+",
            _ => "-",
        };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", size / 100, size % 100)
    }
}

/// A JSON number with two decimals.
impl Serialize for PercentChange {
    #[expect(
        clippy::float_arithmetic,
        reason = "JSON numbers are floats; the nearest one to n/100 prints back as n/100"
    )]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_carry_their_sign_and_all_their_places() {
        let change = |units| AmountChange::from_units(units);
        assert_eq!([change(-5).to_string(), change(135_000).to_string()], ["-0.0005", "13.5000"]);
        assert_eq!([change(135_000), change(-270_000), change(0)].map(AmountChange::signed), ["+13.5", "-27", "0"]);
        assert_eq!([change(1_234_567), change(-500), change(-499)].map(AmountChange::rounded), ["+123.5", "-0.1", "0"]);
        let percent = |hundredths| PercentChange::from_hundredths(hundredths).to_string();
        assert_eq!([percent(185), percent(-7), percent(0)], ["+1.85", "-0.07", "0.00"]);
    }
}
