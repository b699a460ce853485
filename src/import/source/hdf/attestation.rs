//! What a person attested of a control that no scanner can check, and how long that holds.

use crate::diagnostic::quoted;
use crate::import::fact::{Exhibit, Finding, Reason, Row, Stated, UnusedRow};
use crate::import::source::record::Record;
use crate::profile::{Implementation, PlaceSource, Risk, Test};
use chrono::{Days, Months, NaiveDate};

/// What an attestation says of a control.
pub(super) fn attested(said: &Record<'_>, id: &str, risk: Risk, row: &Row) -> Result<Finding, Box<UnusedRow>> {
    let bad = |field: &str, wanted: &str| {
        let found = said.own(field).map_or("nothing".to_owned(), |text| quoted(&text));
        let detail = format!("{found} is {wanted}");
        Box::new(UnusedRow::new(row.clone(), Reason::BadValue, detail).at(format!("attestation_data.{field}")))
    };
    let status = said.own("status").unwrap_or_default().to_ascii_lowercase();
    let test = match (status.as_str(), risk) {
        ("passed", _) => Test::Passed,
        ("failed", Risk::Low) => Test::FailedLow,
        ("failed", Risk::Medium) => Test::FailedMedium,
        ("failed", Risk::High) => Test::FailedHigh,
        _ => return Err(bad("status", "neither `passed` nor `failed`")),
    };
    let on = said.day("updated").ok_or_else(|| bad("updated", "no day"))?;
    let frequency = said.own("frequency").unwrap_or_default();
    let valid_to =
        last_day(on, &frequency).ok_or_else(|| bad("frequency", "no interval such as `annually` or `3m`"))?;
    let by = said.own("updated_by").map(|name| format!(" by {name}")).unwrap_or_default();
    let exhibit = Exhibit {
        title: Some(format!("Attestation of {id}{by}")),
        valid_from: Some(on),
        valid_to: Some(valid_to),
        ..Exhibit::default()
    };
    Ok(Finding::Stated(Box::new(Stated {
        implementation: Some(Implementation::Implemented),
        test: Some(test),
        tested_on: Some(on),
        source: Some(PlaceSource::Manual),
        notes: said.own("explanation"),
        evidence: vec![exhibit],
        ..Stated::default()
    })))
}

/// The last day on which an attestation holds that is to be renewed so often.
fn last_day(on: NaiveDate, frequency: &str) -> Option<NaiveDate> {
    let (number, unit) = match frequency {
        "annually" => (1, 'y'),
        "semiannually" => (6, 'm'),
        "quarterly" => (3, 'm'),
        "monthly" => (1, 'm'),
        "every2weeks" | "fortnightly" => (2, 'w'),
        "weekly" => (1, 'w'),
        "every3days" => (3, 'd'),
        "daily" => (1, 'd'),
        _ => interval(frequency)?,
    };
    let until = match unit {
        'd' => on.checked_add_days(Days::new(number.into())),
        'w' => on.checked_add_days(Days::new(u64::from(number) * 7)),
        'm' => on.checked_add_months(Months::new(number)),
        'y' => on.checked_add_months(Months::new(number.checked_mul(12)?)),
        _ => None,
    };
    until?.pred_opt()
}

/// A number and a unit, as in `90d`.
fn interval(text: &str) -> Option<(u32, char)> {
    let text = text.trim();
    let (at, unit) = text.char_indices().find(|(_, c)| c.is_ascii_alphabetic())?;
    Some((text.get(..at)?.trim().parse().ok().filter(|number| *number > 0)?, unit))
}

#[cfg(test)]
mod tests {
    use super::last_day;
    use chrono::NaiveDate;

    #[test]
    fn intervals() {
        let on = NaiveDate::from_ymd_opt(2024, 1, 31).unwrap_or_default();
        let until = |frequency: &str| last_day(on, frequency).map(|day| day.to_string());
        for (frequency, day) in [
            ("annually", "2025-01-30"),
            ("semiannually", "2024-07-30"),
            ("quarterly", "2024-04-29"),
            ("monthly", "2024-02-28"),
            ("fortnightly", "2024-02-13"),
            ("weekly", "2024-02-06"),
            ("every3days", "2024-02-02"),
            ("daily", "2024-01-31"),
            ("90d", "2024-04-29"),
            ("2 w", "2024-02-13"),
            ("1y", "2025-01-30"),
        ] {
            assert_eq!(until(frequency).as_deref(), Some(day), "{frequency}");
        }
        for frequency in ["", "often", "0d", "-1d", "1.5y", "1h", "4294967295y", "99999999999d"] {
            assert_eq!(until(frequency), None, "{frequency}");
        }
    }
}
