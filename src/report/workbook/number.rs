//! Numbers and dates as a workbook has them: the one place where a figure becomes a float.

use crate::points::{Amount, Percent};
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::ExcelDateTime;

/// The nearest number to so many 1/10 000, which is written with at most four decimals again.
#[expect(
    clippy::float_arithmetic,
    reason = "a cell holds a float; below 2^53 units one division gives the nearest to n/10 000, which prints back as it"
)]
fn ten_thousandths(units: u64) -> f64 {
    let [low, high] = [units & u64::from(u32::MAX), units >> 32].map(|half| u32::try_from(half).unwrap_or(u32::MAX));
    (f64::from(high) * 4_294_967_296.0 + f64::from(low)) / 10_000.0
}

/// An amount in points.
pub(super) fn points(amount: Amount) -> f64 {
    ten_thousandths(amount.units())
}

/// A percentage as the share that a percent format shows: 66.67 % is 0.6667.
pub(super) fn percent(percent: Percent) -> f64 {
    ten_thousandths(percent.hundredths().into())
}

/// A whole number.
pub(super) fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A date as a number of a spreadsheet; nothing for those before its calendar, which stay text.
pub(super) fn date(date: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok().filter(|year| (1900..=9999).contains(year))?;
    ExcelDateTime::from_ymd(year, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{Amount, NaiveDate, Percent, date, percent, points};

    #[test]
    fn figures_print_back_exactly() {
        for units in [0, 1, 9_999, 10_000, 89_991, 1_235_000, 42_949_672_961, 1_234_567_890_123] {
            let text = Amount::from_units(units).exact();
            assert_eq!(points(Amount::from_units(units)).to_string(), text);
        }
        for hundredths in 0..=10_000 {
            let shown = format!("{:.4}", percent(Percent::from_hundredths(hundredths)));
            assert_eq!(shown, format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000));
        }
        // Nearest, and so the shortest text is the figure itself.
        assert_eq!(percent(Percent::from_hundredths(6_667)).to_string(), "0.6667");
    }

    #[test]
    fn dates_outside_the_calendar_of_spreadsheets_are_no_numbers() {
        let is_number = |text: &str| text.parse::<NaiveDate>().ok().and_then(date).is_some();
        assert!(is_number("1900-01-01") && is_number("9999-12-31"));
        assert!(!is_number("1899-12-31") && !is_number("+10000-01-01"));
    }
}
