//! What a checked table holds, in the order in which it was written and free of its notation.

use super::entry::{naive_date, whole};
use super::{Entry, Kind, SERVICE_REFERENCE, Shape};
use chrono::NaiveDate;
use std::borrow::Cow;
use toml::de::{DeTable, DeValue};

/// A value as its key takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written<'a> {
    /// Text: also an id, a word or an address.
    Text(&'a str),
    /// A number in digits, with a point perhaps, as it was written.
    Number(Cow<'a, str>),
    /// A truth value.
    Flag(bool),
    /// A date.
    Date(NaiveDate),
    /// Texts, and tables where a list has both.
    List(Vec<Written<'a>>),
    /// One table.
    Table(Keys<'a>),
    /// A list of tables.
    Tables(Vec<Keys<'a>>),
}

/// The keys of a table with their values.
pub(crate) type Keys<'a> = Vec<(&'static str, Written<'a>)>;

impl<'a> Entry<'a, '_> {
    /// Everything that the table holds. It must have passed its check against `shape`; what did not is left out.
    pub(crate) fn written(&self, shape: &'static Shape) -> Keys<'a> {
        keys(self.table, shape)
    }
}

fn keys<'a>(table: &'a DeTable<'_>, shape: &'static Shape) -> Keys<'a> {
    let mut found: Vec<_> = table
        .iter()
        .filter_map(|(key, value)| {
            let field = shape.fields.iter().find(|f| f.key == key.get_ref().as_ref())?;
            Some((key.span().start, field.key, written(value.get_ref(), field.kind)?))
        })
        .collect();
    // The table has its keys by name.
    found.sort_by_key(|(start, key, _)| (*start, *key));
    found.into_iter().map(|(_, key, value)| (key, value)).collect()
}

fn written<'a>(value: &'a DeValue<'_>, kind: Kind) -> Option<Written<'a>> {
    Some(match (kind, value) {
        (Kind::Date, DeValue::Datetime(date)) => Written::Date(naive_date(date)?),
        (_, DeValue::String(text)) => Written::Text(text),
        (_, DeValue::Boolean(flag)) => Written::Flag(*flag),
        (Kind::Whole(..), DeValue::Integer(_)) => Written::Number(whole(value)?.to_string().into()),
        (_, DeValue::Integer(number)) => Written::Number(plain(number.as_str())),
        (_, DeValue::Float(number)) => Written::Number(plain(number.as_str())),
        (Kind::Table(shape), DeValue::Table(table)) => Written::Table(keys(table, shape)),
        (Kind::Services, DeValue::Table(table)) => Written::Table(keys(table, &SERVICE_REFERENCE)),
        (Kind::Tables(shape), DeValue::Array(list)) => {
            let tables = list.iter().filter_map(|v| v.get_ref().as_table());
            Written::Tables(tables.map(|table| keys(table, shape)).collect())
        }
        (_, DeValue::Array(list)) => Written::List(list.iter().filter_map(|v| written(v.get_ref(), kind)).collect()),
        (_, DeValue::Datetime(_) | DeValue::Table(_)) => return None,
    })
}

/// A sign in front is taken away, for JSON has none.
fn plain(number: &str) -> Cow<'_, str> {
    number.strip_prefix('+').unwrap_or(number).into()
}
