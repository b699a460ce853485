//! Where a value stood: source files, spans, and values that carry one.
//!
//! A [`Span`] is three small numbers, so that every value a person can get wrong keeps its place
//! at no cost. The texts are kept in [`Sources`], for diagnostics to quote.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// A range of bytes in one source file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Which of the [`Sources`] it lies in.
    pub file: u32,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `file`; bytes past 4 GiB cannot occur, for reading has a limit.
    #[must_use]
    pub fn new(file: u32, range: &Range<usize>) -> Self {
        let byte = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: byte(range.start), end: byte(range.end) }
    }

    /// The bytes it covers.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        let byte = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        byte(self.start)..byte(self.end)
    }
}

/// A value and where it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stood.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value found at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A file as it was read: the name to show, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the user gave it, or `builtin:...`.
    pub name: Cow<'static, str>,
    /// The whole text.
    pub text: Cow<'static, str>,
    /// The number of its first line: 1, unless it is a line out of a longer file.
    pub(crate) first_line: usize,
    /// The byte on which each line starts, counted when a line is first asked for: an explanation
    /// asks for tens of thousands, and most runs for none.
    lines: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// The number of the line that holds the byte `at`, and the byte on which it starts.
    fn line(&self, at: usize) -> (usize, usize) {
        let breaks = || self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(n, _)| n + 1);
        let starts = self.lines.get_or_init(|| std::iter::once(0).chain(breaks()).collect());
        let line = starts.partition_point(|start| *start <= at);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        ((line + self.first_line).saturating_sub(1), start)
    }
}

/// All files read in a run, in the order they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and returns the number its spans carry.
    pub fn add(&mut self, name: impl Into<Cow<'static, str>>, text: impl Into<Cow<'static, str>>) -> u32 {
        self.add_lines(name, text, 1)
    }

    /// The same for lines out of a longer file, such as a record of NDJSON: their first has this number there,
    /// counted from 1.
    pub fn add_lines(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        text: impl Into<Cow<'static, str>>,
        first_line: usize,
    ) -> u32 {
        self.files.push(SourceFile { name: name.into(), text: text.into(), first_line, lines: OnceLock::new() });
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// The file that `number` stands for.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&SourceFile> {
        self.files.get(usize::try_from(number).ok()?)
    }

    /// The name of the file and the 1-based line and column (in characters) where `span` starts.
    #[must_use]
    pub fn place(&self, span: Span) -> Option<(&str, usize, usize)> {
        let file = self.get(span.file)?;
        let (line, start) = file.line(span.range().start);
        let column = file.text.get(start..span.range().start)?.chars().count() + 1;
        Some((&file.name, line, column))
    }

    /// The 1-based line of a file in which the byte `at` stands.
    pub(crate) fn line(&self, number: u32, at: usize) -> usize {
        self.get(number).map_or(0, |file| file.line(at).0)
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether nothing has been read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Sources, Span};

    #[test]
    fn a_place_is_counted_in_lines_and_characters() {
        let mut sources = Sources::default();
        let file = sources.add("a.toml", "é = 1\n\nb = '社x'\n");
        let text = sources.get(file).map_or("", |f| f.text.as_ref()).to_owned();
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let before = text.get(..at).unwrap_or_default();
            let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
            let expected = ("a.toml", before.matches('\n').count() + 1, column);
            assert_eq!(sources.place(Span::new(file, &(at..at))), Some(expected), "{at}");
        }
        assert_eq!(sources.place(Span::new(file, &(1..1))), None, "inside a character");
        assert_eq!(sources.place(Span::new(file, &(text.len() + 1..text.len() + 1))), None, "past the end");
        assert_eq!(sources.place(Span::new(file + 1, &(0..0))), None, "another file");
        let line = sources.add_lines("b.ndjson", "{}\n{}", 7);
        assert_eq!(sources.place(Span::new(line, &(1..1))), Some(("b.ndjson", 7, 2)));
        assert_eq!(sources.place(Span::new(line, &(3..3))), Some(("b.ndjson", 8, 1)));
    }
}
