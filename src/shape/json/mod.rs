//! JSON text to the table that TOML would give, with the place of every value in the JSON text.
//!
//! [`table`] is the way in; `token` reads texts and words. What follows it (the shape, the entries) does not know that the text was
//! JSON, so both are read by the same rules. Three things differ, and are settled here by the shape: a date is
//! a text, `null` is an absent key, and numbers keep the digits they were written with. It is the door
//! for faults and unusual texts, so it is made to tell them well, not to be fast.

mod token;

use super::read::{MAX_DEPTH, MAX_ENTRIES, MAX_SYNTAX_ERRORS, syntax};
use super::words::{Notation, a, found};
use super::{Kind, SERVICE_REFERENCE, Shape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, is_unseen, quoted};
use crate::source::Span;
use std::ops::Range;
use toml::de::{DeArray, DeString, DeTable, DeValue};

type Value<'t> = toml::Spanned<DeValue<'t>>;
/// A step that can meet the fault that ends the reading; boxed, for it is large and rare.
type Step<T> = Result<T, Box<Diagnostic>>;

/// The one object that `text` holds, and every fault of the notation in `faults`; `None` if there is none.
pub(super) fn table<'t>(
    text: &'t str,
    file: u32,
    shape: &'static Shape,
    faults: &mut Diagnostics,
) -> Option<DeTable<'t>> {
    let mut reader = Reader { text, at: 0, file, entries: 0, told: 0, faults };
    match reader.document(shape) {
        Ok(table) => Some(table),
        Err(fault) => {
            faults.push(*fault);
            None
        }
    }
}

struct Reader<'t, 'f> {
    text: &'t str,
    /// The byte that is read next; always the first of a character.
    at: usize,
    file: u32,
    entries: usize,
    /// How many faults were told that do not end the reading.
    told: usize,
    faults: &'f mut Diagnostics,
}

impl<'t> Reader<'t, '_> {
    fn document(&mut self, shape: &'static Shape) -> Step<DeTable<'t>> {
        // Editors of some systems put a mark of the encoding first.
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        self.blanks();
        if self.peek().is_none() {
            let message = format!("the text is empty, and {} was expected", a(shape.name));
            return Err(self.syntax(self.at..self.at, message).into());
        }
        let top = self.value(Some(Kind::Table(shape)), 0)?;
        self.blanks();
        if self.peek().is_some() {
            let fault = self.syntax(self.at..self.next(), "the text goes on after its end".to_owned());
            let help = "a text is one object; several of them, one on each line, are NDJSON";
            return Err(Box::new(fault.help(help)));
        }
        let (place, what) = match top {
            Some(top) => match (top.span(), top.into_inner()) {
                (_, DeValue::Table(table)) => return Ok(table),
                (span, value) => (span, found(&value, Notation::Json)),
            },
            None => (0..self.text.len(), "`null`"),
        };
        let message = format!("{} is an object, and this is {what}", a(shape.name));
        Err(Box::new(Diagnostic::new(Code::WrongType, message).at(self.span(place), "expected an object")))
    }

    /// One value; `None` is `null`.
    fn value(&mut self, kind: Option<Kind>, depth: usize) -> Step<Option<Value<'t>>> {
        let start = self.at;
        let value = match self.peek() {
            Some('{') => DeValue::Table(self.object(kind, depth)?),
            Some('[') => DeValue::Array(self.list(kind, depth)?),
            Some('"') => {
                let text = self.string()?;
                if matches!(kind, Some(Kind::Date)) { dated(text) } else { DeValue::String(text) }
            }
            Some(c) if c.is_ascii_alphanumeric() || "+-._".contains(c) => match self.word()? {
                Some(value) => value,
                None => return Ok(None),
            },
            _ => return Err(self.unexpected("a value")),
        };
        // Of what others lie in, the first byte is its place: all of it could be the whole text.
        let end = match value {
            DeValue::Table(_) | DeValue::Array(_) => start + 1,
            _ => self.at,
        };
        Ok(Some(toml::Spanned::new(start..end, value)))
    }

    fn object(&mut self, kind: Option<Kind>, depth: usize) -> Step<DeTable<'t>> {
        let shape = match kind {
            Some(Kind::Table(shape)) => Some(shape),
            Some(Kind::Services) => Some(&SERVICE_REFERENCE),
            _ => None,
        };
        let mut table = DeTable::new();
        self.open(depth)?;
        if self.take('}') {
            return Ok(table);
        }
        loop {
            self.blanks();
            let start = self.at;
            if self.peek() != Some('"') {
                return Err(self.unexpected("a key in double quotes"));
            }
            let key = self.string()?;
            let place = start..self.at;
            self.blanks();
            if !self.take(':') {
                return Err(self.unexpected("`:` after the key"));
            }
            self.blanks();
            let field = shape.and_then(|s| s.fields.iter().find(|f| f.key == key));
            let value = self.value(field.map(|f| f.kind), depth + 1)?;
            self.count()?;
            if let Some((first, _)) = table.get_key_value(key.as_ref()) {
                let first = self.span(first.span());
                let message = format!("the key {} stands twice in an object", quoted(&key));
                let fault = syntax(message, self.span(place), "again here");
                self.tell(fault.at(first, "first here"))?;
            } else if let Some(value) = value {
                table.insert(toml::Spanned::new(place, key), value);
            } else if field.is_none() {
                // A key that nobody knows is told, whatever it holds.
                let value = toml::Spanned::new(place.clone(), DeValue::Boolean(false));
                table.insert(toml::Spanned::new(place, key), value);
            }
            self.blanks();
            if self.take('}') {
                return Ok(table);
            }
            if !self.take(',') {
                return Err(self.unexpected("`,` or `}`"));
            }
        }
    }

    fn list(&mut self, kind: Option<Kind>, depth: usize) -> Step<DeArray<'t>> {
        let mut list = DeArray::new();
        self.open(depth)?;
        if self.take(']') {
            return Ok(list);
        }
        let element = match kind {
            Some(Kind::Tables(shape)) => Some(Kind::Table(shape)),
            Some(Kind::Services) => Some(Kind::Services),
            _ => None,
        };
        loop {
            self.blanks();
            let start = self.at;
            match self.value(element, depth + 1)? {
                Some(value) => list.push(value),
                None => {
                    let fault = Diagnostic::new(Code::WrongType, "`null` stands in a list");
                    let help = "`null` is an absent key; a list has no absent elements";
                    self.tell(fault.at(self.span(start..self.at), "no value").help(help))?;
                }
            }
            self.count()?;
            self.blanks();
            if self.take(']') {
                return Ok(list);
            }
            if !self.take(',') {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    /// Goes into an object or a list, past its first character.
    fn open(&mut self, depth: usize) -> Step<()> {
        if depth >= MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            let place = self.span(self.at..self.at + 1);
            return Err(Box::new(Diagnostic::new(Code::TooDeep, message).at(place, "too deep here")));
        }
        self.at += 1;
        self.blanks();
        Ok(())
    }

    fn count(&mut self) -> Step<()> {
        self.entries += 1;
        if self.entries <= MAX_ENTRIES {
            return Ok(());
        }
        let message = format!("the file has more than {MAX_ENTRIES} entries");
        Err(Box::new(Diagnostic::new(Code::TooManyEntries, message).at(self.span(0..0), "in this file")))
    }

    fn unexpected(&self, wanted: &str) -> Box<Diagnostic> {
        let (found, help) = match self.peek() {
            None => ("the text ends".to_owned(), None),
            Some('\'') => ("this is `'`".to_owned(), Some("text stands in double quotes")),
            Some('/' | '#') => ("this looks like a comment".to_owned(), Some("JSON has no comments")),
            Some(c @ ('}' | ']')) => (format!("this is `{c}`"), Some("no comma stands after the last one")),
            Some(c) if is_unseen(c) => (format!("this is {}", c.escape_unicode()), None),
            Some(c) => (format!("this is `{c}`"), None),
        };
        let fault = self.syntax(self.at..self.next(), format!("{wanted} was expected, and {found}"));
        Box::new(fault.maybe_help(help.map(str::to_owned)))
    }

    /// A fault that does not end the reading, unless there were many.
    fn tell(&mut self, fault: Diagnostic) -> Step<()> {
        self.told += 1;
        if self.told >= MAX_SYNTAX_ERRORS {
            return Err(Box::new(fault));
        }
        self.faults.push(fault);
        Ok(())
    }

    fn syntax(&self, place: Range<usize>, message: String) -> Diagnostic {
        syntax(message, self.span(place), "not JSON here")
    }

    fn span(&self, place: Range<usize>) -> Span {
        Span::new(self.file, &place)
    }
}

/// The date that a text is, with or without a time; else the text.
fn dated(text: DeString<'_>) -> DeValue<'_> {
    match text.parse::<toml::value::Datetime>() {
        Ok(date) if date.date.is_some() => DeValue::Datetime(date),
        _ => DeValue::String(text),
    }
}
