//! Where a value stood: source files, spans, and values that carry one.
//!
//! A [`Span`] is three small numbers, so that every value a person can get wrong keeps its place
//! at no cost. The texts are kept in [`Sources`], for diagnostics to quote.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

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
}

/// All files read in a run, in the order they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and returns the number its spans carry.
    pub fn add(&mut self, name: impl Into<Cow<'static, str>>, text: impl Into<Cow<'static, str>>) -> u32 {
        self.files.push(SourceFile { name: name.into(), text: text.into() });
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
        let before = file.text.get(..span.range().start)?;
        let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        Some((&file.name, line, column))
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
