//! Diagnostics drawn on their source, as rustc and cargo draw them.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::report::style::{Style, safe};
use crate::source::Sources;
use annotate_snippets::renderer::{DEFAULT_TERM_WIDTH, DecorStyle};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::BTreeMap;

/// Draws all diagnostics, in the order of their places, each followed by an empty line.
#[must_use]
pub fn render_diagnostics(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let width = style.width.map_or(DEFAULT_TERM_WIDTH, usize::from);
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width);
    let mut text = String::new();
    for diagnostic in diagnostics.sorted() {
        text.push_str(&renderer.render(&[group(diagnostic, sources)]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(safe(&diagnostic.message)).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    // One snippet a file: the file of the first place comes first.
    let mut order: Vec<u32> = Vec::new();
    let mut snippets: BTreeMap<u32, Snippet<'a, _>> = BTreeMap::new();
    for (position, label) in diagnostic.labels.iter().enumerate() {
        let Some(source) = sources.get(label.span.file) else { continue };
        let kind = if position == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let range = label.span.range();
        let end = range.end.min(source.text.len());
        let annotation = kind.span(range.start.min(end)..end).label(label.text.as_str());
        if !order.contains(&label.span.file) {
            order.push(label.span.file);
        }
        let fresh = || Snippet::source(source.text.as_ref()).path(source.name.as_ref()).fold(true);
        let snippet = snippets.remove(&label.span.file).unwrap_or_else(fresh);
        snippets.insert(label.span.file, snippet.annotation(annotation));
    }
    for snippet in order.iter().filter_map(|file| snippets.remove(file)) {
        group = group.element(snippet);
    }
    group.elements(diagnostic.help.iter().map(|help| Level::HELP.message(safe(help))))
}

/// The line that sums up a run: `error: 2 errors, 1 warning`; nothing if there was nothing to say.
#[must_use]
pub fn summary_line(diagnostics: &Diagnostics) -> Option<String> {
    let count = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
    let parts: Vec<String> = [count(errors, "error"), count(warnings, "warning")].into_iter().flatten().collect();
    let severity = if errors > 0 { Severity::Error } else { Severity::Warning };
    (!parts.is_empty()).then(|| format!("{}: {}", severity.word(), parts.join(", ")))
}
