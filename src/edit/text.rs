//! A profile as it is written: where its entries and their keys stand, and edits by place.
//!
//! `toml_edit` says where everything stands; the edits are made in the text itself, since what that
//! library prints again has other line ends where a file has those of Windows.

use std::ops::Range;
use toml_edit::{ArrayOfTables, Document, Item, TableLike, Value};

/// An entry of a list of tables.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// From its header to the end of its last value, or from brace to brace.
    pub(crate) span: Range<usize>,
    /// Whether it stands between braces.
    pub(crate) is_inline: bool,
    pub(crate) keys: Vec<Key>,
    /// The end of the last value in it or in the tables that belong to it.
    pub(crate) full_end: usize,
}

/// A key of an entry.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) key: Range<usize>,
    pub(crate) value: Range<usize>,
    /// The value, if it is a text.
    pub(crate) text: Option<String>,
}

impl Entry {
    pub(crate) fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|k| k.name == name)
    }
}

/// The entries under `list` in the order of the text; nothing if one has no place.
pub(crate) fn entries(document: &Document<&str>, list: &str) -> Option<Vec<Entry>> {
    listed(document.as_table(), list)
}

/// The entries under `list` in each entry of `outer`, both in the order of the text.
pub(crate) fn nested(document: &Document<&str>, outer: &str, list: &str) -> Option<Vec<Vec<Entry>>> {
    let tables: Vec<&dyn TableLike> = match document.as_table().get(outer) {
        None => Vec::new(),
        Some(Item::ArrayOfTables(tables)) => tables.iter().map(|table| -> &dyn TableLike { table }).collect(),
        Some(Item::Value(Value::Array(array))) => {
            let table =
                |value| -> Option<&dyn TableLike> { Value::as_inline_table(value).map(|t| -> &dyn TableLike { t }) };
            array.iter().map(table).collect::<Option<_>>()?
        }
        Some(_) => return None,
    };
    tables.into_iter().map(|table| listed(table, list)).collect()
}

fn listed(table: &dyn TableLike, list: &str) -> Option<Vec<Entry>> {
    let mut found = match table.get(list) {
        None => Vec::new(),
        Some(Item::ArrayOfTables(tables)) => with_headers(tables)?,
        Some(Item::Value(Value::Array(array))) => array.iter().map(between_braces).collect::<Option<_>>()?,
        Some(_) => return None,
    };
    found.sort_by_key(|entry| entry.span.start);
    Some(found)
}

fn with_headers(tables: &ArrayOfTables) -> Option<Vec<Entry>> {
    let entry = |table: &toml_edit::Table| {
        let (header, keys) = (table.span()?, keys(table)?);
        let end = keys.iter().map(|k| k.value.end).fold(header.end, usize::max);
        Some(Entry { span: header.start..end, is_inline: false, keys, full_end: last_end(table, end) })
    };
    tables.iter().map(entry).collect()
}

/// Where the last value of a table ends, those of the tables in it too.
fn last_end(table: &toml_edit::Table, own: usize) -> usize {
    let inner = table.iter().filter_map(|(_, item)| item.as_array_of_tables()).flat_map(ArrayOfTables::iter);
    let ends = inner.map(|table| {
        let header = table.span().map_or(0, |span| span.end);
        let keys = keys(table).unwrap_or_default();
        last_end(table, keys.iter().map(|key| key.value.end).fold(header, usize::max))
    });
    ends.fold(own, usize::max)
}

fn between_braces(value: &Value) -> Option<Entry> {
    let table = value.as_inline_table()?;
    let span = table.span()?;
    Some(Entry { full_end: span.end, span, is_inline: true, keys: keys(table)? })
}

/// The keys in the order of the text.
fn keys(table: &dyn TableLike) -> Option<Vec<Key>> {
    let key = |(name, item): (&str, &Item)| {
        let (key, value) = (table.key(name)?.span()?, item.span()?);
        Some(Key { name: name.to_owned(), key, value, text: item.as_str().map(str::to_owned) })
    };
    // Tables of tables are entries of their own.
    let values = table.iter().filter(|(_, item)| !item.is_array_of_tables());
    let mut keys = values.map(key).collect::<Option<Vec<Key>>>()?;
    keys.sort_by_key(|k| k.key.start);
    Some(keys)
}

/// A text and what is to become of parts of it.
pub(crate) struct Edits<'t> {
    text: &'t str,
    list: Vec<(Range<usize>, String)>,
    /// What ends a line in this file.
    pub(crate) line_end: &'static str,
}

impl<'t> Edits<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let first = text.find('\n').map(|at| text.get(..at).is_some_and(|line| line.ends_with('\r')));
        Self { text, list: Vec::new(), line_end: if first == Some(true) { "\r\n" } else { "\n" } }
    }

    /// All of the text as it was.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// Part of the text as it was.
    pub(crate) fn at(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    pub(crate) fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.list.push((range, with.into()));
    }

    /// What is put at one place stands there in the order in which it was put.
    pub(crate) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Where the line begins in which `at` stands.
    pub(crate) fn line_start(&self, at: usize) -> usize {
        self.at(&(0..at)).rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Where the line ends in which `at` stands, before its line end.
    pub(crate) fn line_stop(&self, at: usize) -> usize {
        let rest = self.at(&(at..self.text.len()));
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The blanks at the start of the line in which `at` stands, if there is nothing else before it.
    pub(crate) fn indent(&self, at: usize) -> Option<&'t str> {
        let before = self.at(&(self.line_start(at)..at));
        before.chars().all(|c| matches!(c, ' ' | '\t')).then_some(before)
    }

    /// The text with all edits made; nothing if two of them are about the same place.
    pub(crate) fn finish(mut self) -> Option<String> {
        self.list.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len());
        let mut done = 0;
        for (range, with) in &self.list {
            out.push_str(self.text.get(done..range.start)?);
            out.push_str(with);
            done = range.end;
        }
        out.push_str(self.text.get(done..)?);
        Some(out)
    }
}

/// The comments in `text` between the values at `values`, which are in order.
pub(crate) fn comments<'t>(text: &'t str, span: &Range<usize>, values: &[Key]) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut start = span.start;
    let ends = values.iter().map(|k| k.key.clone()).chain(values.iter().map(|k| k.value.clone()));
    let mut taken: Vec<Range<usize>> = ends.collect();
    taken.sort_by_key(|range| range.start);
    taken.push(span.end..span.end);
    for range in taken {
        let between = text.get(start..range.start).unwrap_or_default();
        found
            .extend(between.lines().filter_map(|line| line.find('#').and_then(|at| line.get(at..))).map(str::trim_end));
        start = range.end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Document, Edits, comments, entries};

    fn spans(text: &str, list: &str) -> Vec<String> {
        let document = Document::parse(text).map_err(|e| e.to_string());
        let found = document.ok().and_then(|d| entries(&d, list)).unwrap_or_default();
        found.iter().map(|e| text.get(e.span.clone()).unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn an_entry_ends_with_its_last_value() {
        let text = "\u{feff}[[x]] # one\r\na = 1 # two\r\n'b' = 'c' # three\r\n\r\n[y]\r\n[[ \"x\" ]]\n# four\n[[x]]";
        assert_eq!(spans(text, "x"), ["[[x]] # one\r\na = 1 # two\r\n'b' = 'c'", "[[ \"x\" ]]", "[[x]]"]);
        assert_eq!(spans("x = [ {a = 1}, # one\n {b = '}'}, ]", "x"), ["{a = 1}", "{b = '}'}"]);
        assert!(spans("x = 1", "x").is_empty() && spans("", "x").is_empty());
    }

    #[test]
    fn comments_are_told_from_values() {
        let text = "[[x]] # one\na = '# no' # two\n# three\nb = 2";
        let found = Document::parse(text).ok().and_then(|d| entries(&d, "x")).unwrap_or_default();
        let told: Vec<&str> = found.iter().flat_map(|e| comments(text, &e.span, &e.keys)).collect();
        assert_eq!(told, ["# one", "# two", "# three"]);
    }

    #[test]
    fn edits_are_made_in_order_and_never_twice_at_one_place() {
        let mut edits = Edits::new("abc\r\ndef");
        edits.insert(8, "!");
        edits.insert(3, "1");
        edits.insert(3, "2");
        edits.replace(0..1, "A");
        assert_eq!((edits.line_end, edits.line_start(6), edits.line_stop(1)), ("\r\n", 5, 3));
        assert_eq!(edits.finish().as_deref(), Some("Abc12\r\ndef!"));
        let mut edits = Edits::new("abc");
        edits.replace(0..2, "x");
        edits.replace(1..3, "y");
        assert_eq!(edits.finish(), None);
    }
}
