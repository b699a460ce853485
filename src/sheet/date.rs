//! Dates as Compliance Manager writes them: `6/19/2026 15:12:29`, without a zone.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// A date and time as `M/D/YYYY H:MM:SS`.
#[must_use]
pub fn date_text(date: NaiveDateTime) -> String {
    let (day, time) = (date.date(), date.time());
    format!("{}/{}/{} {}:{:02}:{:02}", day.month(), day.day(), day.year(), time.hour(), time.minute(), time.second())
}

/// The beginning of a day.
#[must_use]
pub fn day_of(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}

/// The date in a text such as `6/19/2026 15:12:29`, `6/19/2026 15:12` or `6/19/2026`; the month first.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    let (day, time) = text.split_once(' ').unwrap_or((text, "0:00"));
    let number = |part: &str, longest: usize| {
        let is_number = (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if is_number { part.parse::<u32>().ok() } else { None }
    };
    let mut parts = day.split('/');
    let (month, day, year) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?, parts.next()?);
    let year = i32::try_from(number(year, 4).filter(|_| year.len() == 4)?).ok()?;
    let mut clock = time.split(':');
    let (hour, minute) = (number(clock.next()?, 2)?, number(clock.next()?, 2)?);
    let second = clock.next().map_or(Some(0), |s| number(s, 2))?;
    if parts.next().is_some() || clock.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(hour, minute, second)
}

/// The date in a cell of the type for ISO 8601.
pub(super) fn from_iso(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(day_of);
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok().or_else(day)
}

#[cfg(test)]
mod tests {
    use super::{date_text, parse_date};

    #[test]
    fn a_date_is_read_and_written_the_same() {
        for text in ["6/19/2026 15:12:29", "1/5/2026 9:05:03", "12/31/1999 0:00:00", "2/29/2024 23:59:59"] {
            assert_eq!(parse_date(text).map(date_text).as_deref(), Some(text));
        }
        assert_eq!(parse_date(" 06/09/2026 ").map(date_text).as_deref(), Some("6/9/2026 0:00:00"));
        assert_eq!(parse_date("6/9/2026 7:05").map(date_text).as_deref(), Some("6/9/2026 7:05:00"));
    }

    #[test]
    fn what_is_no_such_date_is_none() {
        for text in [
            "",
            "19/6/2026",
            "2/30/2026",
            "6/19/26",
            "2026-06-19",
            "6/19/2026 24:00:00",
            "6/19/2026 1:2:3:4",
            "6/19/2026 PM",
            "1/1/1/1",
            "+1/1/2026",
            "6/19/2026  1:00:00",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
