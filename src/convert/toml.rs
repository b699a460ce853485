//! A profile as TOML, in the form in which people write it.

use super::{Keys, Written};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

/// A profile with a header for each entry, and a blank line before it.
pub(super) fn document(keys: &Keys<'_>) -> String {
    DocumentMut::from(table(keys)).to_string()
}

fn table(keys: &Keys<'_>) -> Table {
    let mut table = Table::new();
    for (key, value) in keys {
        let item = match value {
            Written::Table(keys) => Item::Table(self::table(keys)),
            // A list of no tables has no header to be written by.
            Written::Tables(tables) if !tables.is_empty() => {
                Item::ArrayOfTables(tables.iter().map(self::table).collect::<ArrayOfTables>())
            }
            value => Item::Value(self::value(value)),
        };
        table.insert(key, item);
    }
    table
}

fn value(value: &Written<'_>) -> Value {
    match value {
        Written::Text(text) => Value::from(*text),
        Written::Number(digits) => exact(digits),
        Written::Flag(flag) => Value::from(*flag),
        Written::Date(date) => exact(&date.to_string()),
        Written::List(list) => Value::Array(list.iter().map(self::value).collect::<Array>()),
        Written::Tables(tables) => Value::Array(tables.iter().map(inline).collect::<Array>()),
        Written::Table(keys) => inline(keys),
    }
}

fn inline(keys: &Keys<'_>) -> Value {
    let keys = keys.iter().map(|(key, value)| (*key, self::value(value)));
    Value::InlineTable(keys.collect::<InlineTable>())
}

/// A number or a date with the characters that it was written with.
fn exact(text: &str) -> Value {
    // Both are plain values of TOML in every notation, so this cannot fail.
    text.parse().unwrap_or_else(|_| Value::from(text))
}
