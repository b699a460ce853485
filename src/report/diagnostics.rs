//! Diagnostics drawn on their source, as rustc and cargo draw them.
//!
//! A profile of a hundred thousand entries can hold as many faults. So only the first are drawn,
//! and each on the lines that it is about: the time does not grow with the file for every fault.

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::locale::{Locale, Words, msg};
use crate::report::style::{Style, safe};
use crate::source::{SourceFile, Sources};
use annotate_snippets::renderer::{DEFAULT_TERM_WIDTH, DecorStyle};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::BTreeMap;
use std::ops::Range;

/// The most that is drawn; nobody reads on, and the closing line says how many there are.
const MOST_SHOWN: usize = 1_000;
/// Labels further apart than so many lines are drawn in snippets of their own.
const FAR_APART: usize = 200;
/// Of lines longer than this only what is around the first place is drawn: a whole file on one line would be
/// gone through for every fault.
const LONGEST_DRAWN: usize = 64 * 1024;
/// So many bytes before and after the first place of such a line.
const AROUND: usize = 200;

/// Draws diagnostics, in the order of their places, each followed by an empty line.
#[must_use]
pub fn render_diagnostics(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let width = style.width.map_or(DEFAULT_TERM_WIDTH, usize::from);
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width);
    let mut lines = LineStarts::default();
    let mut text = String::new();
    for diagnostic in diagnostics.sorted().into_iter().take(MOST_SHOWN) {
        text.push_str(&renderer.render(&[group(diagnostic, sources, &mut lines, style.words())]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    lines: &mut LineStarts,
    words: &'static Words,
) -> Group<'a> {
    let (level, name) = match diagnostic.severity() {
        Severity::Error => (Level::ERROR, msg::DIAGNOSTIC_ERROR),
        Severity::Warning => (Level::WARNING, msg::DIAGNOSTIC_WARNING),
    };
    let message = safe(&diagnostic.message);
    let main = main_line(diagnostic, words);
    let is_told_twice = main.is_some();
    let title = level.with_name(words.text(name)).primary_title(main.unwrap_or_else(|| message.clone()));
    let mut group = Group::with_title(title.id(diagnostic.code.name()));
    for excerpt in excerpts(&diagnostic.labels, sources, lines) {
        group = match excerpt.text() {
            Some(text) => group.element(excerpt.snippet(text)),
            None => group.element(excerpt.origin()).element(excerpt.window()),
        };
    }
    // The main line of another language is short; all that there is to say stands below, in English.
    let note = is_told_twice.then(|| Level::NOTE.with_name(words.text(msg::DIAGNOSTIC_NOTE)).message(message));
    let help = |help: &'a String| Level::HELP.with_name(words.text(msg::DIAGNOSTIC_HELP)).message(safe(help));
    group.elements(note).elements(diagnostic.help.iter().map(help))
}

/// The main line in another language: what kind of fault it is, and the names that the message puts
/// in backticks; nothing in English.
fn main_line(diagnostic: &Diagnostic, words: &Words) -> Option<String> {
    if words.locale() == Locale::English {
        return None;
    }
    let clause = words.fault(diagnostic.code.name())?;
    let names: Vec<&str> = diagnostic.message.split('`').skip(1).step_by(2).collect();
    if names.is_empty() {
        return Some(clause.into_owned());
    }
    let names =
        words.list(names.iter().map(|name| format!("`{}`", safe(name))).collect::<Vec<_>>().iter().map(String::as_str));
    Some(words.with(msg::DIAGNOSTIC_CLAUSE, &[("clause", clause.into()), ("names", names.into())]))
}

/// Whole lines of a file and the labels on them.
struct Excerpt<'a> {
    file: u32,
    source: &'a SourceFile,
    lines: Range<usize>,
    bytes: Range<usize>,
    labels: Vec<(AnnotationKind, &'a Label)>,
}

impl<'a> Excerpt<'a> {
    /// The lines, unless they are too long to be drawn whole.
    fn text(&self) -> Option<&'a str> {
        self.source.text.get(self.bytes.clone()).filter(|text| text.len() <= LONGEST_DRAWN)
    }

    /// The number of its first line in the file.
    fn first_line(&self) -> usize {
        self.lines.start + self.source.first_line
    }

    fn snippet(&self, text: &'a str) -> Snippet<'a, Annotation<'a>> {
        let snippet = Snippet::source(text).path(safe(&self.source.name)).line_start(self.first_line()).fold(true);
        let inside = |byte: usize| byte.saturating_sub(self.bytes.start).min(text.len());
        snippet.annotations(self.labels.iter().map(|(kind, label)| {
            let (start, end) = (inside(label.span.range().start), inside(label.span.range().end));
            kind.span(start.min(end)..end).label(label.text.as_str())
        }))
    }

    /// What is around the first label, without a place: its columns are not those of the file.
    fn window(&self) -> Snippet<'a, Annotation<'a>> {
        let text = self.source.text.as_ref();
        let first = self.labels.first().map_or(0..0, |(_, label)| label.span.range());
        let start = text.floor_char_boundary(first.start.saturating_sub(AROUND).max(self.bytes.start));
        let end = text.ceil_char_boundary(first.end.min(first.start + AROUND) + AROUND).min(self.bytes.end);
        let shown = text.get(start..end).unwrap_or_default();
        // Of several lines that of the place is meant.
        let before = shown.get(..first.start.saturating_sub(start)).unwrap_or_default();
        let line = self.first_line() + text.get(self.bytes.start..start).unwrap_or_default().matches('\n').count();
        let start = start + before.rfind('\n').map_or(0, |at| at + 1);
        let line = line + before.matches('\n').count();
        let shown = text.get(start..end).unwrap_or_default();
        let shown = shown.split('\n').next().unwrap_or_default();
        let snippet = Snippet::source(shown).line_start(line).fold(true);
        snippet.annotations(self.labels.iter().filter_map(move |(kind, label)| {
            let range = label.span.range();
            let is_shown = range.start >= start && range.start <= start + shown.len();
            let inside = |byte: usize| byte.saturating_sub(start).min(shown.len());
            is_shown.then(|| kind.span(inside(range.start)..inside(range.end)).label(label.text.as_str()))
        }))
    }

    /// The place of the first label alone.
    fn origin(&self) -> Origin<'a> {
        let first = self.labels.first().map_or(0, |(_, label)| label.span.range().start);
        let before = self.source.text.get(self.bytes.start..first).unwrap_or_default();
        let origin = Origin::path(safe(&self.source.name)).line(self.first_line());
        origin.char_column(before.chars().count() + 1)
    }
}

/// The excerpts that `labels` need, that of the first label first.
fn excerpts<'a>(labels: &'a [Label], sources: &'a Sources, starts: &mut LineStarts) -> Vec<Excerpt<'a>> {
    let mut list: Vec<Excerpt<'a>> = Vec::new();
    for (position, label) in labels.iter().enumerate() {
        let Some(source) = sources.get(label.span.file) else { continue };
        let starts = starts.of(label.span.file, source);
        let kind = if position == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let range = label.span.range();
        let line_of = |byte: usize| starts.partition_point(|start| *start <= byte).max(1) - 1;
        let lines = line_of(range.start)..line_of(range.end.max(range.start + 1) - 1) + 1;
        let start_of = |line: usize| starts.get(line).copied().unwrap_or(source.text.len());
        let both = |other: &Excerpt<'_>| lines.start.min(other.lines.start)..lines.end.max(other.lines.end);
        let near = |e: &&mut Excerpt<'_>| e.file == label.span.file && both(e).len() <= FAR_APART;
        if let Some(excerpt) = list.iter_mut().find(near) {
            excerpt.lines = both(excerpt);
            excerpt.bytes = start_of(excerpt.lines.start)..start_of(excerpt.lines.end);
            excerpt.labels.push((kind, label));
        } else {
            let bytes = start_of(lines.start)..start_of(lines.end);
            list.push(Excerpt { file: label.span.file, source, lines, bytes, labels: vec![(kind, label)] });
        }
    }
    list
}

/// Where the lines of each file start, found once a file.
#[derive(Default)]
struct LineStarts {
    by_file: BTreeMap<u32, Vec<usize>>,
}

impl LineStarts {
    fn of(&mut self, file: u32, source: &SourceFile) -> &[usize] {
        self.by_file.entry(file).or_insert_with(|| {
            let ends = source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(end, _)| end + 1)).collect()
        })
    }
}

/// The line that sums up a run: `error: 2 errors, 1 warning`; nothing if there was nothing to say.
#[must_use]
pub fn summary_line(diagnostics: &Diagnostics, locale: Locale) -> Option<String> {
    let words = Words::of(locale);
    let count = |n: usize, message| (n > 0).then(|| words.with(message, &[("count", n.into())]));
    let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
    let parts = [count(errors, msg::DIAGNOSTIC_ERRORS), count(warnings, msg::DIAGNOSTIC_WARNINGS)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let level = if errors > 0 { msg::DIAGNOSTIC_ERROR } else { msg::DIAGNOSTIC_WARNING };
    let shown = match errors + warnings > MOST_SHOWN {
        true => words.with(msg::DIAGNOSTIC_SHOWN, &[("count", MOST_SHOWN.into())]),
        false => String::new(),
    };
    let parts = (!parts.is_empty()).then(|| words.list(parts.iter().map(String::as_str)))?;
    let args = [("clause", words.text(level).into()), ("names", format!("{parts}{shown}").into())];
    Some(words.with(msg::DIAGNOSTIC_CLAUSE, &args))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::locale::{Locale, Words};

    #[test]
    fn every_code_has_a_clause() {
        // The build holds the other languages against English.
        let words = Words::of(Locale::English);
        let missing: Vec<&str> =
            Code::ALL.iter().map(|c| c.name()).filter(|name| words.fault(name).is_none()).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
