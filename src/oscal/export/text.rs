//! Texts and dates in the forms that OSCAL has for them.

use super::part::Prop;
use crate::dossier::link_of;
use crate::oscal::words::NAMESPACE;
use crate::safe::safe;
use chrono::{Datelike, NaiveDate};

/// The text as one line without blanks at its ends, which is what OSCAL calls a string.
pub(super) fn line(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A line; one that has no character to show is told by another word.
pub(super) fn line_or(text: &str, other: &str) -> String {
    Some(line(text)).filter(|line| !line.is_empty()).unwrap_or_else(|| other.to_owned())
}

/// The text as words of a sentence in Markdown, whatever a user put into it.
pub(super) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '|' | '&' | '^') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An item of a list in Markdown.
pub(super) fn item(text: &str) -> String {
    format!("\n- {text}")
}

/// The reference to where something is, if one may be made of `text`; stricter than a browser is.
pub(super) fn reference(text: &str) -> Option<String> {
    let link = link_of(text)?;
    if let Some((_, rest)) = link.split_once("://") {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let (name, port) = host.split_once(':').unwrap_or((host, ""));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '~');
        if !name.chars().all(is_plain) || !port.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
    }
    let mut out = String::with_capacity(link.len());
    for (at, c) in link.char_indices() {
        let is_code = || link.get(at + 1..at + 3).is_some_and(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        match c {
            '%' if !is_code() => out.push_str("%25"),
            '#' if out.contains('#') => out.push_str("%23"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            c => out.push(c),
        }
    }
    Some(out)
}

/// A property of our own; nothing for a text that is empty. What a value cannot hold stands whole in the remarks.
pub(super) fn prop(name: &str, value: &str) -> Option<Prop> {
    if value.is_empty() {
        return None;
    }
    let shown = line_or(value, "-");
    let remarks = (shown != value).then(|| value.to_owned());
    Some(Prop { name: name.to_owned(), ns: Some(NAMESPACE), value: shown, class: None, group: None, remarks })
}

/// Properties that are gathered one by one.
#[derive(Default)]
pub(super) struct Props(Vec<Prop>);

impl Props {
    /// With one more, if there is a value.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.extend(prop(name, value));
        self
    }

    /// With the word, date or number of one more, if there is one.
    pub(super) fn and(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, &value.to_string()),
            None => self,
        }
    }

    /// With one more for each value.
    pub(super) fn each<T: ToString>(self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        values.into_iter().fold(self, |props, value| props.with(name, &value.to_string()))
    }

    /// With one of OSCAL's own names.
    pub(super) fn plain(mut self, name: &str, value: &str) -> Self {
        self.0.extend(prop(name, value).map(|prop| Prop { ns: None, ..prop }));
        self
    }

    /// With these.
    pub(super) fn append(mut self, props: impl IntoIterator<Item = Prop>) -> Self {
        self.0.extend(props);
        self
    }

    pub(super) fn list(self) -> Vec<Prop> {
        self.0
    }
}

/// A date that OSCAL can write: its documents know the years from 1900 to 2999, without the leap days before 2000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OscalDay(NaiveDate);

impl OscalDay {
    /// The day, if OSCAL can write it.
    #[must_use]
    pub fn new(date: NaiveDate) -> Option<Self> {
        let is_leap_day = date.month() == 2 && date.day() == 29;
        let can = match date.year() {
            1900..=1999 => !is_leap_day,
            2000..=2999 => true,
            _ => false,
        };
        can.then_some(Self(date))
    }

    /// The day itself.
    pub(super) fn date(self) -> NaiveDate {
        self.0
    }

    /// Its first moment.
    pub(super) fn moment(self) -> String {
        format!("{}T00:00:00Z", self.0)
    }
}

/// The first moment of a date, if OSCAL can write it.
pub(super) fn moment(date: NaiveDate) -> Option<String> {
    OscalDay::new(date).map(OscalDay::moment)
}

#[cfg(test)]
mod tests {
    use super::{line, markup, moment, prop, reference};

    #[test]
    fn a_value_is_one_line_and_its_text_is_kept() {
        assert_eq!(line("  a\r\n\tb\u{2028}c\u{feff} "), "a b c");
        assert_eq!(line("\u{1b}[31mred"), "[31mred");
        let prop = |text| prop("notes", text).map(|p| (p.value, p.remarks));
        assert_eq!(prop("plain text"), Some(("plain text".to_owned(), None)));
        assert_eq!(prop("two\nlines"), Some(("two lines".to_owned(), Some("two\nlines".to_owned()))));
        assert_eq!(prop(" \n"), Some(("-".to_owned(), Some(" \n".to_owned()))));
        assert_eq!(prop(""), None);
    }

    #[test]
    fn references_are_those_of_the_standard() {
        let same = ["https://example.com:8080/a?b=c%20d#e", "evidence/ca.json", "https://example.com"];
        for text in same {
            assert_eq!(reference(text).as_deref(), Some(text));
        }
        let told = reference("https://example.com/a[b]%zz#c#d%");
        assert_eq!(told.as_deref(), Some("https://example.com/a%5Bb%5D%25zz#c%23d%25"));
        for text in ["javascript:x", "https://a:b/", "https://a:1:2/", "https://[::1]/", "https://a!b/"] {
            assert_eq!(reference(text), None, "{text}");
        }
    }

    #[test]
    fn markup_of_a_user_stays_text() {
        assert_eq!(markup("<b>[x](y)</b>\n\u{202e}"), "\\<b\\>\\[x\\](y)\\</b\\> \\\\u{202e}");
    }

    #[test]
    fn dates_that_the_schema_refuses_are_not_written() {
        let of = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).and_then(moment);
        assert_eq!(of(2020, 6, 1).as_deref(), Some("2020-06-01T00:00:00Z"));
        assert_eq!(of(2024, 2, 29).as_deref(), Some("2024-02-29T00:00:00Z"));
        assert_eq!((of(1899, 12, 31), of(1996, 2, 29), of(3000, 1, 1)), (None, None, None));
    }
}
