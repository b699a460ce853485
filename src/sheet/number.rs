//! Numbers of cells, and which of them are dates: a sheet tells them apart by how they are shown.

use super::package::Package;
use super::relation::Book;
use super::scan::{Xml, attribute};
use super::{CellKind, Unreadable, date_text};
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// The most formats that are looked at; spreadsheets have fewer.
const MAX_FORMATS: usize = 70_000;
/// The seconds of a day.
const DAY: u64 = 86_400;

/// Which formats show a date.
#[derive(Debug)]
pub(super) struct Formats {
    is_date: Vec<bool>,
    is_1904: bool,
}

impl Formats {
    pub(super) fn read(package: &Package, book: &Book) -> Result<Self, Unreadable> {
        let mut formats = Self { is_date: Vec::new(), is_1904: book.is_1904 };
        let Some(path) = &book.styles else { return Ok(formats) };
        let Some(text) = package.part(path) else { return Ok(formats) };
        let mut own: BTreeMap<String, bool> = BTreeMap::new();
        let mut in_list = false;
        let mut xml = Xml::new(text, path);
        loop {
            match xml.next()? {
                Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                    "numFmt" if own.len() < MAX_FORMATS => {
                        if let (Some(id), Some(code)) = (attribute(&e, "numFmtId")?, attribute(&e, "formatCode")?) {
                            own.insert(id, shows_date(&code));
                        }
                    }
                    "cellXfs" => in_list = true,
                    "xf" if in_list && formats.is_date.len() < MAX_FORMATS => {
                        let id = attribute(&e, "numFmtId")?.unwrap_or_default();
                        formats.is_date.push(own.get(&id).copied().unwrap_or_else(|| is_builtin_date(&id)));
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_list = false,
                Event::Eof => return Ok(formats),
                _ => {}
            }
        }
    }

    /// A number as text, or the date that it stands for.
    pub(super) fn value(&self, written: &str, style: Option<usize>) -> (String, CellKind) {
        let Some(number) = written.parse::<f64>().ok().filter(|n| n.is_finite()) else {
            return (written.to_owned(), CellKind::Text);
        };
        // Without an exponent, and with no more digits than it has.
        let text = number.to_string();
        let shows_date = style.and_then(|s| self.is_date.get(s)).copied().unwrap_or(false);
        match self.date(&text).filter(|_| shows_date) {
            Some(date) => (date_text(date), CellKind::Date(date)),
            None => (text, CellKind::Number),
        }
    }

    /// The date that a number of days stands for, to the second.
    fn date(&self, number: &str) -> Option<NaiveDateTime> {
        let (days, part) = number.split_once('.').unwrap_or((number, ""));
        let days: u64 = days.parse().ok()?;
        let first = match (self.is_1904, days) {
            (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
            // 29 February 1900 is counted, though there was none.
            (false, 60..) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
            (false, _) => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        };
        let day = first
            .checked_add_days(Days::new(days))
            .filter(|d| *d <= NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(*d))?;
        // Nine digits of a day are less than a tenth of a millisecond.
        let digits: String = part.chars().chain(std::iter::repeat('0')).take(9).collect();
        let billionths: u64 = digits.parse().ok()?;
        let seconds = (billionths * DAY + 500_000_000) / 1_000_000_000;
        day.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::seconds(i64::try_from(seconds).ok()?))
    }
}

/// The formats that every spreadsheet knows by their numbers.
fn is_builtin_date(id: &str) -> bool {
    matches!(id.parse::<u32>(), Ok(14..=22 | 27..=36 | 45..=47 | 50..=58))
}

/// Whether a format shows a day, a month, a year or a time: by its letters, less what is quoted.
fn shows_date(code: &str) -> bool {
    // What shows positive numbers is what shows dates.
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => drop(signs.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(signs.next()),
            '[' => {
                let inside: String = signs.by_ref().take_while(|c| *c != ']').collect();
                // `[h]` counts hours; `[Red]` and `[$-409]` are looks.
                let is_time =
                    !inside.is_empty() && inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'));
                if is_time {
                    return true;
                }
            }
            ';' => return false,
            'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' => return true,
            // `General` and `E+00` have letters of numbers.
            'G' | 'g' => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Formats, shows_date};

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        let text = |is_1904, number: &str| {
            let formats = Formats { is_date: vec![true], is_1904 };
            formats.value(number, Some(0)).0
        };
        assert_eq!(text(false, "46192.6336689815"), "6/19/2026 15:12:29");
        assert_eq!(text(false, "4.61926336689815E4"), "6/19/2026 15:12:29");
        assert_eq!(text(false, "1"), "1/1/1900 0:00:00");
        assert_eq!(text(false, "59"), "2/28/1900 0:00:00");
        assert_eq!(text(false, "61"), "3/1/1900 0:00:00");
        assert_eq!(text(false, "45000.999999999999"), "3/16/2023 0:00:00", "rounded to the next day");
        assert_eq!(text(true, "0"), "1/1/1904 0:00:00");
        assert_eq!(text(false, "2958465"), "12/31/9999 0:00:00");
        for number in ["2958466", "-1", "99999999999999999999"] {
            assert!(!text(false, number).contains('/'), "{number}");
        }
    }

    #[test]
    fn a_number_is_written_plainly() {
        let formats = Formats { is_date: Vec::new(), is_1904: false };
        assert_eq!(
            ["27", "27.0", "2.7E1", "0.5", "NaN", "x"].map(|n| formats.value(n, None).0),
            ["27", "27", "27", "0.5", "NaN", "x"]
        );
    }

    #[test]
    fn a_format_shows_a_date_by_its_letters() {
        for code in ["m/d/yyyy h:mm:ss", "[$-409]m/d/yy h:mm AM/PM;@", "dd\\.mm\\.yyyy", "[h]:mm", "yyyy\"年\""] {
            assert!(shows_date(code), "{code}");
        }
        for code in ["General", "0.00", "[Red]0", "0 \"days\"", "#,##0_);(#,##0)", "0.00E+00", "@", "\\d0"] {
            assert!(!shows_date(code), "{code}");
        }
    }
}
