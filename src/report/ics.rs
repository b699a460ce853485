//! What must be renewed as a calendar that other programs read: RFC 5545, an entry for each thing that ends.

use super::style::safe;
use crate::choice::Choice;
use crate::forecast::{Event, EventKind, Forecast};
use crate::library::Owner;
use crate::snapshot::Digest;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// The most bytes of a line, its end not counted.
const LINE: usize = 75;
/// At nine in the morning of its day, a calendar speaks up.
const ALARM: &str = "PT9H";

/// The calendar: everything that ends if nobody does anything, each `lead` days before it does, but
/// not before the first day of the forecast.
#[must_use]
pub fn forecast_ics(forecast: &Forecast, lead: u32) -> String {
    let mut text = String::new();
    let mut put = |name: &str, value: &str| fold(&mut text, &format!("{name}:{value}"));
    put("BEGIN", "VCALENDAR");
    put("VERSION", "2.0");
    put("PRODID", "-//annexa//forecast//EN");
    put("CALSCALE", "GREGORIAN");
    put("X-WR-CALNAME", &escaped(&format!("Renewals of {}", forecast.organization)));
    // The same thing may end more than once, such as a test that two assessments take for good for
    // different times; its entries are numbered, so that a later calendar moves them.
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for step in &forecast.line.steps {
        for event in step.events.iter().filter(|e| e.kind.is_end()) {
            let group = event.group.as_deref().unwrap_or_default();
            let key = format!("{}\n{}\n{}\n{group}", forecast.tenant, event.kind.word(), event.id);
            let count = counts.entry(key.clone()).or_default();
            let uid = Digest::of(format!("{key}\n{count}").as_bytes()).to_string();
            *count += 1;
            let on = step.from.checked_sub_days(Days::new(lead.into())).unwrap_or(forecast.from).max(forecast.from);
            put("BEGIN", "VEVENT");
            put("UID", &format!("{uid}@annexa"));
            put("DTSTAMP", &format!("{}T000000Z", date(forecast.from)));
            put("DTSTART;VALUE=DATE", &date(on));
            put("SUMMARY", &escaped(&summary(event, step.from)));
            put("DESCRIPTION", &description(event, step.from));
            put("CATEGORIES", event.kind.word());
            put("TRANSP", "TRANSPARENT");
            put("BEGIN", "VALARM");
            put("ACTION", "DISPLAY");
            put("DESCRIPTION", &escaped(&summary(event, step.from)));
            put("TRIGGER", ALARM);
            put("END", "VALARM");
            put("END", "VEVENT");
        }
    }
    put("END", "VCALENDAR");
    text
}

fn date(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}

/// What to do, and until when the present state holds.
fn summary(event: &Event, ends: NaiveDate) -> String {
    let id = &event.id;
    let last = ends.pred_opt().unwrap_or(ends);
    match (event.kind, event.owner) {
        (EventKind::TestLapsed, _) => format!("Repeat the test of {id}: it is good until {last}"),
        (EventKind::AcceptanceLapsed, _) => format!("Decide anew on the risk of {id}: it is accepted until {last}"),
        (EventKind::ServiceRetired, _) => format!("Replace the service {id}: it is closed on {ends}"),
        (EventKind::AuditCycleEnded, _) => format!("Get the newer {id}: its review cycle ends on {last}"),
        (_, Owner::Provider) => format!("Get the newer {id}: it is valid until {last}"),
        (_, Owner::Customer) => format!("Renew the evidence {id}: it is valid until {last}"),
    }
}

fn description(event: &Event, ends: NaiveDate) -> String {
    let mut lines = Vec::new();
    if !event.title.is_empty() {
        lines.push(event.title.clone());
    }
    if !event.places.is_empty() {
        lines.push(format!("Places: {}", event.places.join(", ")));
    }
    if let Some(group) = &event.group {
        lines.push(format!("Group: {group}"));
    }
    if let Some(who) = &event.assigned_to {
        lines.push(format!("Assigned to: {who}"));
    }
    lines.push(match event.kind {
        EventKind::AcceptanceLapsed => format!("Points still to be earned: {}", event.at_stake.exact()),
        _ => format!("Points that rest on it: {}", event.at_stake.exact()),
    });
    lines.push(format!("On {ends}, if nothing is done: {} points", event.points.signed()));
    lines.push(format!("Controls: {}", event.controls.join(", ")));
    lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\\n")
}

/// Text from a file as a value: one line, with nothing in it that ends or divides a value.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in safe(text).chars() {
        if matches!(c, '\\' | ';' | ',') {
            value.push('\\');
        }
        value.push(c);
    }
    value
}

/// Adds a line, folded between characters, so that no part is longer than a line may be.
fn fold(text: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{LINE, escaped, fold};

    #[test]
    fn text_stays_one_value_on_one_line() {
        assert_eq!(escaped("a;b,c\\d"), "a\\;b\\,c\\\\d");
        assert_eq!(escaped("a\r\nBEGIN:VEVENT"), "a\\\\u{d} BEGIN:VEVENT");
        for c in ["\u{85}", "\u{2028}", "\u{c}", "\u{7f}"] {
            assert!(!escaped(&format!("a{c}b")).contains(['\r', '\n', '\u{85}', '\u{c}', '\u{7f}']), "{c:?}");
        }
    }

    #[test]
    fn lines_are_folded_between_characters_and_read_back() {
        for line in ["SUMMARY:short".to_owned(), "鍵".repeat(100), "é".repeat(75), "x".repeat(75), "x".repeat(76)] {
            let mut text = String::new();
            fold(&mut text, &line);
            assert!(text.split("\r\n").all(|part| part.len() <= LINE), "{text:?}");
            assert_eq!(text.replace("\r\n ", ""), format!("{line}\r\n"));
        }
    }
}
