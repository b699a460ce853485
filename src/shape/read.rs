//! Text to checked tables: every fault of shape, found in one walk.
//!
//! [`document`] parses; if that fails, once more with recovery, so that several syntax errors come
//! at once. A text that is
//! TOML is held against its [`Shape`]: unknown and missing keys, wrong types, words outside their
//! set. What passed can be taken out with [`Entry`]; what did not was already told, and reads as
//! absent.

use super::words::{Notation, a, found, lowercase_first, takes};
use super::{Entry, Field, Kind, MAX_TEXT, MAX_TITLE, SERVICE_REFERENCE, Shape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, listed, nearest, quoted};
use crate::id;
use crate::source::Span;
use toml::de::{DeArray, DeTable, DeValue};

/// The largest file read, in bytes.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// The largest number of keys and list elements in one file.
pub const MAX_ENTRIES: usize = 2_000_000;
/// The deepest nesting the TOML parser follows.
pub const MAX_DEPTH: usize = 80;
/// After so many syntax errors a file is not worth more lines.
pub(super) const MAX_SYNTAX_ERRORS: usize = 20;
/// In a larger file only the first syntax error is told: recovery can make one out of every byte.
const MAX_RECOVERED_BYTES: usize = 1024 * 1024;

type Value<'t> = toml::Spanned<DeValue<'t>>;

/// Parses `text`, checks it against `shape`, and hands the top table to `take`, with everything
/// that was found wrong in `faults`; `None` if it is not TOML.
pub fn document<T>(
    text: &str,
    file: u32,
    shape: &'static Shape,
    faults: &mut Diagnostics,
    take: impl FnOnce(Entry<'_, '_>, &mut Diagnostics) -> T,
) -> Option<T> {
    document_in(Notation::Toml, text, file, shape, faults, take)
}

/// The same for a text in this notation.
pub fn document_in<T>(
    notation: Notation,
    text: &str,
    file: u32,
    shape: &'static Shape,
    faults: &mut Diagnostics,
    take: impl FnOnce(Entry<'_, '_>, &mut Diagnostics) -> T,
) -> Option<T> {
    let top = Span::new(file, &(0..0));
    let table = table(notation, text, file, shape, faults)?;
    if count(&table) > MAX_ENTRIES {
        let message = format!("the file has more than {MAX_ENTRIES} entries");
        faults.push(Diagnostic::new(Code::TooManyEntries, message).at(top, "in this file"));
        return None;
    }
    Check { file, notation, faults }.table(&table, shape, top);
    Some(take(Entry::new(&table, top), faults))
}

/// The table that `text` holds, not yet held against its shape.
fn table<'t>(
    notation: Notation,
    text: &'t str,
    file: u32,
    shape: &'static Shape,
    faults: &mut Diagnostics,
) -> Option<DeTable<'t>> {
    if text.len() > MAX_FILE_BYTES {
        let message = format!("the file is larger than {} MiB, the most that is read", MAX_FILE_BYTES >> 20);
        faults.push(Diagnostic::new(Code::TooLarge, message).at(Span::new(file, &(0..0)), "in this file"));
        return None;
    }
    if notation == Notation::Json {
        return super::json::table(text, file, shape, faults);
    }
    match DeTable::parse(text) {
        Ok(table) => Some(table.into_inner()),
        Err(first) => {
            // What recovery makes of the rest is a guess, and a complaint about a guess is noise.
            let all = (text.len() <= MAX_RECOVERED_BYTES).then(|| DeTable::parse_recoverable(text).1);
            let errors = all.unwrap_or_else(|| vec![first]);
            errors.iter().take(MAX_SYNTAX_ERRORS).for_each(|error| faults.push(syntax_error(error, file, text)));
            None
        }
    }
}

fn syntax_error(error: &toml::de::Error, file: u32, text: &str) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let span = Span::new(file, &(span.start.min(text.len())..span.end.min(text.len())));
    let message = error.message().trim().replace('\n', "; ");
    // The parser has one wording for values and another for dotted keys.
    if message.contains("recursion limit") || message.contains("max recursion depth") {
        let message = format!("nested deeper than {MAX_DEPTH} levels");
        return Diagnostic::new(Code::TooDeep, message).at(span, "too deep here");
    }
    syntax(message, span, "not TOML here")
}

pub(super) fn syntax(message: String, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::SyntaxError, message).at(span, label)
}

/// Counts keys and list elements; the parser bounds the depth, so recursion is safe.
fn count(table: &DeTable<'_>) -> usize {
    fn of_value(value: &DeValue<'_>) -> usize {
        match value {
            DeValue::Table(table) => count(table),
            DeValue::Array(array) => array.iter().map(|v| 1 + of_value(v.get_ref())).sum(),
            _ => 0,
        }
    }
    table.values().map(|v| 1 + of_value(v.get_ref())).sum()
}

struct Check<'f> {
    file: u32,
    notation: Notation,
    faults: &'f mut Diagnostics,
}

impl Check<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, &range)
    }

    fn table(&mut self, table: &DeTable<'_>, shape: &'static Shape, place: Span) {
        for (key, value) in table {
            match shape.fields.iter().find(|f| f.key == key.get_ref().as_ref()) {
                Some(field) => self.value(value, field.kind, field),
                None => self.unknown_key(key, shape),
            }
        }
        for field in shape.fields.iter().filter(|f| f.required && !table.contains_key(f.key)) {
            let message = format!("{} lacks `{}`", a(shape.name), field.key);
            let takes = takes(field.kind, self.notation);
            let help = format!("`{}` takes {takes}: {}", field.key, lowercase_first(field.doc));
            let is_top = (place.start, place.end) == (0, 0);
            let label = match (is_top, self.notation) {
                (true, _) => "in this file",
                (false, Notation::Toml) => "in this table",
                (false, Notation::Json) => "in this object",
            };
            self.faults.push(Diagnostic::new(Code::MissingKey, message).at(place, label).help(help));
        }
    }

    fn unknown_key(&mut self, key: &toml::Spanned<toml::de::DeString<'_>>, shape: &'static Shape) {
        let message = format!("{} has no key {}", a(shape.name), quoted(key.get_ref()));
        let keys = || shape.fields.iter().map(|f| f.key);
        let near = if self.faults.are_many() { None } else { nearest(key.get_ref(), keys()) };
        let help = match near {
            Some(near) => format!("the nearest key is `{near}`"),
            None => format!("its keys are {}", listed(keys())),
        };
        let span = self.span(key.span());
        self.faults.push(Diagnostic::new(Code::UnknownKey, message).at(span, "not known here").help(help));
    }

    fn value(&mut self, value: &Value<'_>, kind: Kind, field: &Field) {
        let span = self.span(value.span());
        match (kind, value.get_ref()) {
            (Kind::Flag, DeValue::Boolean(_)) => {}
            (Kind::Text, DeValue::String(text)) => self.length(text, MAX_TEXT, field.key, span),
            (Kind::Title, DeValue::String(text)) if !text.trim().is_empty() => {
                self.length(text, MAX_TITLE, field.key, span);
            }
            (Kind::Title, DeValue::String(_)) => {
                let message = format!("`{}` is empty", field.key);
                self.faults.push(Diagnostic::new(Code::EmptyText, message).at(span, "write what people should read"));
            }
            (Kind::Id, DeValue::String(text)) => self.id(text, span),
            (Kind::Url, DeValue::String(text)) => self.url(text, field.key, span),
            (Kind::Word(words), DeValue::String(text)) => self.word(text, words, field.key, span),
            (Kind::Date, DeValue::Datetime(date)) => self.date(date, field.key, span),
            (Kind::Date, DeValue::String(text)) if self.notation == Notation::Json => {
                let message = format!("`{}` takes a date, and {} is none", field.key, quoted(text));
                let diagnostic = Diagnostic::new(Code::WrongType, message).at(span, "expected a date");
                self.faults.push(diagnostic.help("write the day as `\"2020-03-01\"`, or leave the key out"));
            }
            (Kind::Whole(min, max), DeValue::Integer(_)) => self.whole(value, min, max, field.key),
            (Kind::Decimal(max, places), DeValue::Integer(_) | DeValue::Float(_)) => {
                self.decimal(value, max, places, field.key);
            }
            (Kind::Table(shape), DeValue::Table(table)) => self.table(table, shape, span),
            (
                Kind::Words(_) | Kind::Texts | Kind::Ids | Kind::Urls | Kind::Services | Kind::Tables(_),
                DeValue::Array(list),
            ) => self.list(list, kind, field),
            _ => self.wrong_type(value, takes(kind, self.notation), field.key),
        }
    }

    fn list(&mut self, list: &DeArray<'_>, kind: Kind, field: &Field) {
        for element in list {
            let span = self.span(element.span());
            match (kind, element.get_ref()) {
                (Kind::Words(words), DeValue::String(text)) => self.word(text, words, field.key, span),
                (Kind::Texts, DeValue::String(text)) => self.length(text, MAX_TEXT, field.key, span),
                (Kind::Ids | Kind::Services, DeValue::String(text)) => self.id(text, span),
                (Kind::Urls, DeValue::String(text)) => self.url(text, field.key, span),
                (Kind::Services, DeValue::Table(table)) => self.table(table, &SERVICE_REFERENCE, span),
                (Kind::Tables(shape), DeValue::Table(table)) => self.table(table, shape, span),
                (Kind::Words(_), _) => self.wrong_type(element, "a word in quotes", field.key),
                (Kind::Texts, _) => self.wrong_type(element, "text in quotes", field.key),
                (Kind::Urls, _) => self.wrong_type(element, "a web address in quotes", field.key),
                (Kind::Ids | Kind::Services, _) => self.wrong_type(element, "an id in quotes", field.key),
                _ => self.wrong_type(element, takes(kind, self.notation), field.key),
            }
        }
    }

    fn wrong_type(&mut self, value: &Value<'_>, wanted: &str, key: &str) {
        let found = found(value.get_ref(), self.notation);
        let message = format!("`{key}` takes {wanted}, and this is {found}");
        let span = self.span(value.span());
        self.faults.push(Diagnostic::new(Code::WrongType, message).at(span, format!("expected {wanted}")));
    }

    fn id(&mut self, text: &str, span: Span) {
        if let Some(why) = id::check(text) {
            let message = format!("{} is not an id", quoted(text));
            self.faults.push(Diagnostic::new(Code::MalformedId, message).at(span, "not an id").help(why));
        }
    }

    fn length(&mut self, text: &str, most: usize, key: &str, span: Span) {
        if text.chars().nth(most).is_some() {
            let message = format!("`{key}` is longer than {most} characters");
            self.faults.push(Diagnostic::new(Code::TooLong, message).at(span, "too long"));
        }
    }

    fn url(&mut self, text: &str, key: &str, span: Span) {
        self.length(text, MAX_TITLE, key, span);
        if !is_address(text) {
            let message = format!("{} is not a web address", quoted(text));
            let diagnostic = Diagnostic::new(Code::MalformedUrl, message).at(span, "not a web address");
            self.faults.push(diagnostic.help("write an absolute address such as `https://example.com/page`"));
        }
    }

    fn word(&mut self, text: &str, words: &[&str], key: &str, span: Span) {
        if !words.contains(&text) {
            let message = format!("{} is not a value of `{key}`", quoted(text));
            let mut diagnostic = Diagnostic::new(Code::UnknownValue, message).at(span, "not in the set");
            diagnostic = diagnostic.help(format!("`{key}` takes one of {}", listed(words.iter().copied())));
            if let Some(near) = nearest(text, words.iter().copied()).filter(|_| !self.faults.are_many()) {
                diagnostic = diagnostic.help(format!("the nearest is `{near}`"));
            }
            self.faults.push(diagnostic);
        }
    }

    fn date(&mut self, date: &toml::value::Datetime, key: &str, span: Span) {
        if super::entry::naive_date(date).is_none() {
            let message = format!("`{key}` takes a date without a time, and this is `{date}`");
            let help = match self.notation {
                Notation::Toml => "write the day alone, without quotes: `2020-03-01`",
                Notation::Json => "write the day alone: `\"2020-03-01\"`",
            };
            self.faults.push(Diagnostic::new(Code::WrongType, message).at(span, "expected a date").help(help));
        }
    }

    fn whole(&mut self, value: &Value<'_>, min: i64, max: i64, key: &str) {
        let span = self.span(value.span());
        let number = super::entry::whole(value.get_ref());
        if number.is_none_or(|n| n < min || n > max) {
            let message = format!("`{key}` lies from {min} to {max}");
            self.faults.push(Diagnostic::new(Code::OutOfRange, message).at(span, "out of range"));
        }
    }

    fn decimal(&mut self, value: &Value<'_>, max: u32, places: usize, key: &str) {
        let span = self.span(value.span());
        match super::entry::decimal(value.get_ref(), places) {
            Some(scaled) if scaled <= u64::from(max) * super::entry::ten_to(places) => {}
            Some(_) => {
                let message = format!("`{key}` lies from 0 to {max}");
                self.faults.push(Diagnostic::new(Code::OutOfRange, message).at(span, "out of range"));
            }
            None => {
                let message = format!("`{key}` takes a plain decimal from 0 to {max} with at most {places} places");
                self.faults.push(Diagnostic::new(Code::MalformedDecimal, message).at(span, "not read exactly"));
            }
        }
    }
}

/// Whether a text is an absolute web address that may be shown as a link.
pub(crate) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"`\\".contains(c));
    is_plain && rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
}
