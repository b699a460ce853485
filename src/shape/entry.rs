//! Taking values out of a table that was checked against its shape.
//!
//! Every getter answers `None` both for a key that is absent and for a value that was found wrong:
//! the wrong one has been told about already, and the run will not go past this stage.

use crate::choice::Choice;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};
use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

/// A table of a file, checked against its shape.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a, 't> {
    pub(super) table: &'a DeTable<'t>,
    span: Span,
}

/// An entry in a list of services.
#[derive(Clone, Debug)]
pub struct ServiceReference<'a> {
    /// The id of the service.
    pub id: Spanned<&'a str>,
    /// The date from which it is named.
    pub since: Option<NaiveDate>,
}

impl<'a, 't> Entry<'a, 't> {
    pub(super) fn new(table: &'a DeTable<'t>, span: Span) -> Self {
        Self { table, span }
    }

    /// Where the table stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether `key` is there, and if so, where its value stands.
    #[must_use]
    pub fn place(&self, key: &str) -> Option<Span> {
        self.value(key).map(|(_, span)| span)
    }

    fn value(&self, key: &str) -> Option<(&'a DeValue<'t>, Span)> {
        let value = self.table.get(key)?;
        Some((value.get_ref(), Span::new(self.span.file, &value.span())))
    }

    /// A text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<Spanned<&'a str>> {
        let (value, span) = self.value(key)?;
        value.as_str().map(|text| Spanned::new(text, span))
    }

    /// A text that can be an id; one that cannot was told about, and is not looked up.
    #[must_use]
    pub fn id_text(&self, key: &str) -> Option<Spanned<&'a str>> {
        self.text(key).filter(|t| crate::id::check(t.value).is_none())
    }

    /// A text, kept.
    #[must_use]
    pub fn string(&self, key: &str) -> Option<String> {
        self.text(key).map(|t| t.value.to_owned())
    }

    /// An id, made by its type's parser.
    pub fn id<T>(&self, key: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Spanned<T>> {
        let text = self.text(key)?;
        parse(text.value).map(|id| Spanned::new(id, text.span))
    }

    /// A word of a closed set.
    #[must_use]
    pub fn word<T: Choice>(&self, key: &str) -> Option<Spanned<T>> {
        let text = self.text(key)?;
        T::from_word(text.value).map(|word| Spanned::new(word, text.span))
    }

    /// The words of a list, each of a closed set.
    #[must_use]
    pub fn words<T: Choice>(&self, key: &str) -> Vec<Spanned<T>> {
        let word = |t: Spanned<&str>| T::from_word(t.value).map(|word| Spanned::new(word, t.span));
        self.texts(key).into_iter().filter_map(word).collect()
    }

    /// A date.
    #[must_use]
    pub fn date(&self, key: &str) -> Option<Spanned<NaiveDate>> {
        let (value, span) = self.value(key)?;
        naive_date(value.as_datetime()?).map(|date| Spanned::new(date, span))
    }

    /// Tells if of two dates that belong together the later one comes first.
    pub fn in_order(&self, early: &str, late: &str, faults: &mut Diagnostics) {
        if let (Some(first), Some(last)) = (self.date(early), self.date(late))
            && first.value > last.value
        {
            let message = format!("`{late}` {} is before `{early}` {}", last.value, first.value);
            let diagnostic = Diagnostic::new(Code::DateOrder, message).at(last.span, "earlier");
            faults.push(diagnostic.at(first.span, "than this"));
        }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(&self, key: &str) -> Option<Spanned<i64>> {
        let (value, span) = self.value(key)?;
        whole(value).map(|number| Spanned::new(number, span))
    }

    /// A decimal, times ten to the power of `places`, exactly as written.
    #[must_use]
    pub fn decimal(&self, key: &str, places: usize) -> Option<Spanned<u64>> {
        let (value, span) = self.value(key)?;
        decimal(value, places).map(|number| Spanned::new(number, span))
    }

    /// A truth value.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.value(key)?.0.as_bool()
    }

    /// The texts of a list.
    #[must_use]
    pub fn texts(&self, key: &str) -> Vec<Spanned<&'a str>> {
        let Some((DeValue::Array(list), _)) = self.value(key) else { return Vec::new() };
        let element = |v: &'a toml::Spanned<DeValue<'t>>| {
            v.get_ref().as_str().map(|text| Spanned::new(text, Span::new(self.span.file, &v.span())))
        };
        list.iter().filter_map(element).collect()
    }

    /// The texts of a list, kept.
    #[must_use]
    pub fn strings(&self, key: &str) -> Vec<String> {
        self.texts(key).into_iter().map(|t| t.value.to_owned()).collect()
    }

    /// The ids of a list.
    pub fn ids<T>(&self, key: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<Spanned<T>> {
        let id = |t: Spanned<&str>| parse(t.value).map(|id| Spanned::new(id, t.span));
        self.texts(key).into_iter().filter_map(id).collect()
    }

    /// The entries of a list of services.
    #[must_use]
    pub fn services(&self, key: &str) -> Vec<ServiceReference<'a>> {
        let Some((DeValue::Array(list), _)) = self.value(key) else { return Vec::new() };
        let reference = |v: &'a toml::Spanned<DeValue<'t>>| {
            let span = Span::new(self.span.file, &v.span());
            match v.get_ref() {
                DeValue::String(text) => Some(ServiceReference { id: Spanned::new(text.as_ref(), span), since: None }),
                DeValue::Table(table) => {
                    let entry = Entry::new(table, span);
                    let since = entry.date("since").map(|d| d.value);
                    entry.text("id").map(|id| ServiceReference { id, since })
                }
                _ => None,
            }
        };
        list.iter().filter_map(reference).collect()
    }

    /// One table.
    #[must_use]
    pub fn table(&self, key: &str) -> Option<Entry<'a, 't>> {
        match self.value(key)? {
            (DeValue::Table(table), span) => Some(Entry::new(table, span)),
            _ => None,
        }
    }

    /// The tables of a list.
    pub fn tables(&self, key: &str) -> impl Iterator<Item = Entry<'a, 't>> + use<'a, 't> {
        let file = self.span.file;
        let list = match self.value(key) {
            Some((DeValue::Array(list), _)) => Some(list),
            _ => None,
        };
        list.into_iter().flatten().filter_map(move |v| match v.get_ref() {
            DeValue::Table(table) => Some(Entry::new(table, Span::new(file, &v.span()))),
            _ => None,
        })
    }
}

pub(super) fn naive_date(date: &toml::value::Datetime) -> Option<NaiveDate> {
    if date.time.is_some() || date.offset.is_some() {
        return None;
    }
    let date = date.date?;
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

pub(super) fn whole(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

pub(super) fn ten_to(places: usize) -> u64 {
    u32::try_from(places).ok().and_then(|p| 10_u64.checked_pow(p)).unwrap_or(u64::MAX)
}

/// Reads digits with at most one point and `places` places; anything else is not a plain decimal.
pub(super) fn decimal(value: &DeValue<'_>, places: usize) -> Option<u64> {
    let text = match value {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => return None,
    };
    let text = text.strip_prefix('+').unwrap_or(text);
    let (before, after) = text.split_once('.').unwrap_or((text, ""));
    let after = after.trim_end_matches('0');
    let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if before.is_empty() || before.len() > 9 || !is_digits(before) || !is_digits(after) || after.len() > places {
        return None;
    }
    let padded = format!("{before}{after:0<places$}");
    padded.parse().ok()
}
