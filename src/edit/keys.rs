//! The keys of an entry: changed where they stand, added where one looks for them, or taken out.

use super::place::add_after;
use super::text::{Edits, Entry, Key};

/// A key and its new value as TOML; none takes the key out.
pub(crate) type Changed = (&'static str, Option<String>);

/// The keys of an entry to be written, each with its value as TOML.
pub(crate) type Fields = Vec<(&'static str, String)>;

/// Changes keys of an entry. A new key comes behind the last one that stands before it in `order`.
pub(crate) fn rewrite(edits: &mut Edits<'_>, entry: &Entry, changed: &[Changed], order: &[&str]) {
    if changed.is_empty() {
        return;
    }
    if entry.is_inline {
        return rewrite_inline(edits, entry, changed, order);
    }
    // New keys that go behind the same one stand in their order.
    let mut sorted: Vec<&Changed> = changed.iter().collect();
    sorted.sort_by_key(|(name, _)| order.iter().position(|other| other == name));
    for (name, value) in sorted {
        match (entry.key(name), value) {
            (Some(key), Some(value)) => edits.replace(key.value.clone(), value.as_str()),
            (Some(key), None) => take_key_out(edits, key),
            (None, Some(value)) => {
                let Some(anchor) = anchor(entry, name, changed, order) else { continue };
                let indent = edits.indent(anchor.key.start).unwrap_or_default();
                let line = format!("{}{indent}{name} = {value}", edits.line_end);
                edits.insert(edits.line_stop(anchor.value.end), line);
            }
            (None, None) => {}
        }
    }
}

/// The key behind which a new one goes: the nearest before it in `order` that stays, else the first.
fn anchor<'e>(entry: &'e Entry, name: &str, changed: &[Changed], order: &[&str]) -> Option<&'e Key> {
    let stays = |key: &&Key| !changed.iter().any(|(own, value)| key.name == *own && value.is_none());
    let before = order.iter().take_while(|other| **other != name).collect::<Vec<_>>();
    let found = before.into_iter().rev().find_map(|other| entry.key(other).filter(stays));
    found.or_else(|| entry.keys.iter().find(stays))
}

/// Takes a key out with its line; a comment behind it stays.
fn take_key_out(edits: &mut Edits<'_>, key: &Key) {
    let (start, stop) = (edits.line_start(key.key.start), edits.line_stop(key.value.end));
    if !edits.at(&(key.value.end..stop)).trim().is_empty() {
        edits.replace(key.key.start..key.value.end, "");
        return;
    }
    // The line end goes with the line, the one before it where the text ends here.
    let after = edits.at(&(stop..edits.text().len()));
    let line_end = ["\r\n", "\n"].into_iter().find(|end| after.starts_with(end)).map_or(0, str::len);
    edits.replace(start..stop + line_end, "");
}

/// An entry between braces is written anew, in one line.
fn rewrite_inline(edits: &mut Edits<'_>, entry: &Entry, changed: &[Changed], order: &[&str]) {
    let new = |name: &str| changed.iter().find(|(own, _)| *own == name);
    let mut fields: Vec<(&str, String)> = Vec::new();
    for key in &entry.keys {
        match new(&key.name) {
            None => fields.push((&key.name, edits.at(&key.value).to_owned())),
            Some((_, Some(value))) => fields.push((&key.name, value.clone())),
            Some((_, None)) => {}
        }
    }
    for (name, value) in changed.iter().filter(|(name, _)| entry.key(name).is_none()) {
        let Some(value) = value else { continue };
        let rank = |name: &str| order.iter().position(|other| *other == name).unwrap_or(order.len());
        let at = fields.iter().position(|(other, _)| rank(other) > rank(name)).unwrap_or(fields.len());
        fields.insert(at, (name, value.clone()));
    }
    let fields: Vec<String> = fields.into_iter().map(|(name, value)| format!("{name} = {value}")).collect();
    edits.replace(entry.span.clone(), format!("{{ {} }}", fields.join(", ")));
}

/// Adds an entry to `list`: behind its last one, or at the end of the text. `inner` are tables of tables
/// in it, by the name of their list.
pub(crate) fn append(
    edits: &mut Edits<'_>,
    last: Option<&Entry>,
    list: &str,
    fields: &[(&str, String)],
    inner: &[(&str, Vec<Fields>)],
) {
    let is_inline = last.is_some_and(|entry| entry.is_inline);
    if let Some(entry) = last.filter(|_| is_inline) {
        let tables = inner.iter().filter(|(_, tables)| !tables.is_empty()).map(|(name, tables)| {
            let tables = tables.iter().map(|fields| {
                let keys: Vec<String> = fields.iter().map(|(name, value)| format!("{name} = {value}")).collect();
                format!("{{ {} }}", keys.join(", "))
            });
            (*name, format!("[{}]", tables.collect::<Vec<_>>().join(", ")))
        });
        let fields: Vec<(&str, String)> = fields.iter().cloned().chain(tables).collect();
        return add_after(edits, entry, list, &fields);
    }
    let end = edits.line_end;
    let indent = last.and_then(|entry| edits.indent(entry.span.start)).unwrap_or_default();
    let mut text = String::new();
    let mut table = |header: &str, fields: &[(&str, String)]| {
        text.push_str(&format!("{end}{end}{indent}[[{header}]]"));
        fields.iter().for_each(|(name, value)| text.push_str(&format!("{end}{indent}{name} = {value}")));
    };
    table(list, fields);
    for (name, tables) in inner {
        tables.iter().for_each(|fields| table(&format!("{list}.{name}"), fields));
    }
    match last {
        Some(entry) => edits.insert(edits.line_stop(entry.full_end), text),
        None => {
            // A text that ends with a line end keeps one.
            let whole = edits.text().len();
            let body = edits.text().trim_end().len();
            let body = edits.line_stop(body);
            edits.insert(body, text);
            if body == whole {
                edits.insert(whole, end);
            }
        }
    }
}

/// A text as TOML.
pub(crate) fn literal(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}
