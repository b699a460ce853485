//! The values that exports write in so many ways: numbers, days, words.

use crate::points::BasisPoints;
use crate::profile::Risk;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// The places after the point that are kept of a number.
const PLACES: usize = 6;
const UNIT: u64 = 1_000_000;

/// A number from nought on, exact to a millionth; what lies beyond is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Decimal(u64);

impl Decimal {
    /// Reads digits with at most one point; a number with an exponent or a sign is none that exports write.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(part) {
            return None;
        }
        let part: String = part.chars().chain(std::iter::repeat('0')).take(PLACES).collect();
        let whole: u64 = whole.parse().ok()?;
        whole.checked_mul(UNIT)?.checked_add(part.parse().ok()?).map(Self)
    }

    /// In millionths: fit to be compared with and divided by another.
    pub(super) fn millionths(self) -> u64 {
        self.0
    }

    /// The number, if it is a whole one.
    pub(super) fn whole(self) -> Option<u64> {
        self.0.is_multiple_of(UNIT).then_some(self.0 / UNIT)
    }

    /// As a share: 0.75 is 7 500 basis points. Nothing above one.
    pub(super) fn fraction(self) -> Option<BasisPoints> {
        (self.0 <= UNIT).then(|| BasisPoints::share(self.0, UNIT))
    }
}

/// The day that a text names, in UTC: a day, or a moment with or without an offset, as RFC 3339 or as a
/// spreadsheet of the United States writes it (`6/19/2026 15:12:29`), or in seconds since 1970.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    // As Windows PowerShell writes it: milliseconds since 1970.
    let text = text.strip_prefix("/Date(").and_then(|text| text.strip_suffix(")/")).unwrap_or(text);
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(day);
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.with_timezone(&Utc).date_naive());
    }
    let moments = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p"];
    if let Some(moment) = moments.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()) {
        return Some(moment.date());
    }
    if let Ok(moment) = DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%:z") {
        return Some(moment.with_timezone(&Utc).date_naive());
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, "%m/%d/%Y") {
        return Some(day);
    }
    // Ten digits are seconds, thirteen are milliseconds: other lengths lie in no century of interest.
    match (text.len(), text.parse::<i64>()) {
        (10, Ok(seconds)) => DateTime::from_timestamp(seconds, 0).map(|moment| moment.date_naive()),
        (13, Ok(milliseconds)) => DateTime::from_timestamp_millis(milliseconds).map(|moment| moment.date_naive()),
        _ => None,
    }
}

/// The risk that a word for severity stands for; what no tool writes is a medium one.
pub(super) fn risk(severity: &str) -> Risk {
    match severity.trim().to_ascii_lowercase().as_str() {
        "critical" | "fatal" | "high" | "very high" => Risk::High,
        "low" | "informational" | "info" | "none" | "very low" => Risk::Low,
        _ => Risk::Medium,
    }
}

/// The beginning of what a tool says at length: its first line, cut where it is long.
pub(super) fn brief(text: &str) -> String {
    const LONGEST: usize = 100;
    let line = text.trim().lines().next().unwrap_or_default().trim_end();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, brief, day};

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(brief(" one \ntwo"), "one");
        assert_eq!(brief(&"é".repeat(100)), "é".repeat(100));
        assert_eq!(brief(&"é".repeat(101)), format!("{}…", "é".repeat(100)));
    }

    #[test]
    fn numbers_are_exact() {
        let read = |text: &str| Decimal::read(text).map(Decimal::millionths);
        assert_eq!(read("7.5"), Some(7_500_000));
        assert_eq!(read("0.12345678"), Some(123_456));
        assert_eq!(read("3"), Some(3_000_000));
        for text in ["", ".5", "-1", "1e9", "99999999999999999999", "1.2.3", "1,5", "NaN"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(Decimal::read("0.75").and_then(Decimal::fraction).map(|f| f.get()), Some(7_500));
        assert_eq!(Decimal::read("1.01").and_then(Decimal::fraction), None);
        assert_eq!(Decimal::read("4.0").and_then(Decimal::whole), Some(4));
        assert_eq!(Decimal::read("4.5").and_then(Decimal::whole), None);
    }

    #[test]
    fn days_are_read_in_all_their_forms() {
        for text in [
            "2026-06-19",
            "2026-06-19T15:12:29Z",
            "2026-06-19T15:12:29.123+02:00",
            "2026-06-18T23:30:00-04:00",
            "2026-06-19 15:12:29.710664",
            "2026-06-19 15:12:29.710664+00:00",
            "6/19/2026 15:12:29",
            "6/19/2026",
            " 1781881949 ",
            "1781881949000",
            "/Date(1781881949000)/",
        ] {
            assert_eq!(day(text).map(|d| d.to_string()).as_deref(), Some("2026-06-19"), "{text}");
        }
        for text in ["", "soon", "2026-13-01", "19/06/2026", "20260619", "<timestamp>"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
