//! Where the edits of an entry stand: notes before it, keys in it, further entries behind it.

use super::text::{Edits, Entry, comments};
use std::ops::Range;

/// How far what stands in a list on one line is set in when it needs lines of its own.
const INDENT: &str = "    ";

/// Puts comment lines before an entry.
pub(crate) fn notes_before(edits: &mut Edits<'_>, entry: &Entry, notes: &[String]) {
    let end = edits.line_end;
    let Some(own_line) = edits.indent(entry.span.start) else {
        if !notes.is_empty() {
            let lines: String = notes.iter().flat_map(|note| [end, INDENT, note]).collect();
            edits.insert(entry.span.start, format!("{lines}{end}{INDENT}"));
        }
        return;
    };
    for note in notes {
        edits.insert(entry.span.start - own_line.len(), format!("{own_line}{note}{end}"));
    }
}

/// Adds a key behind another.
pub(crate) fn add_key(edits: &mut Edits<'_>, entry: &Entry, anchor: &str, name: &str, value: &str) {
    let Some(before) = entry.key(anchor) else { return };
    if entry.is_inline {
        edits.insert(before.value.end, format!(", {name} = {value}"));
        return;
    }
    let indent = edits.indent(before.key.start).unwrap_or_default();
    let line = format!("{}{indent}{name} = {value}", edits.line_end);
    edits.insert(edits.line_stop(before.value.end), line);
}

/// Takes an entry out and leaves `notes` in its place, with the entry as a comment or only its comments.
pub(crate) fn take_out(edits: &mut Edits<'_>, entry: &Entry, notes: &[String], keep: bool) {
    let mut lines = notes.to_vec();
    let span = if entry.is_inline {
        entry.span.clone()
    } else {
        edits.line_start(entry.span.start)..edits.line_stop(entry.span.end)
    };
    if keep {
        let comment = |line: &str| if line.is_empty() { "#".to_owned() } else { format!("# {line}") };
        lines.extend(edits.at(&span).lines().map(comment));
    } else {
        lines.extend(comments(edits.text(), &span, &entry.keys).into_iter().map(str::to_owned));
    }
    if entry.is_inline {
        replace_inline(edits, span, &lines);
    } else {
        let text = lines.join(edits.line_end);
        edits.replace(span, text);
    }
}

/// Replaces an entry of a list between brackets, with its comma, by comment lines.
fn replace_inline(edits: &mut Edits<'_>, span: Range<usize>, lines: &[String]) {
    let end = edits.line_end;
    let own_line = edits.indent(span.start);
    let indent = own_line.unwrap_or(INDENT);
    let mut text = lines.join(&format!("{end}{indent}"));
    if own_line.is_none() {
        text = format!("{end}{indent}{text}");
    }
    let blanks = |c: char| matches!(c, ' ' | '\t');
    let start = match own_line {
        Some(_) => span.start,
        None => edits.at(&(0..span.start)).trim_end_matches(blanks).len(),
    };
    let mut stop = span.end;
    if let Some(comma) = comma(edits, span.end) {
        if edits.at(&(span.end..comma)).trim_matches(blanks).is_empty() {
            stop = comma + 1;
        } else {
            edits.replace(comma..comma + 1, "");
        }
    }
    let rest = edits.at(&(stop..edits.line_stop(stop)));
    let next = rest.trim_start_matches(blanks);
    if !next.is_empty() && !next.starts_with('#') {
        text.push_str(end);
        text.push_str(indent);
        stop += rest.len() - next.len();
    }
    edits.replace(start..stop, text);
}

/// Where the comma stands that follows an entry, if one does.
fn comma(edits: &Edits<'_>, from: usize) -> Option<usize> {
    let mut at = from;
    for line in edits.at(&(from..edits.text().len())).split_inclusive('\n') {
        let code = line.split('#').next().unwrap_or_default();
        if let Some(found) = code.find(|c: char| !c.is_whitespace()) {
            return code.get(found..).is_some_and(|rest| rest.starts_with(',')).then_some(at + found);
        }
        at += line.len();
    }
    None
}

/// Writes an entry of `list` behind another, in its form.
pub(crate) fn add_after(edits: &mut Edits<'_>, entry: &Entry, list: &str, fields: &[(&str, String)]) {
    let end = edits.line_end;
    if entry.is_inline {
        let keys: Vec<String> = fields.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let between = edits.indent(entry.span.start).map_or_else(|| " ".to_owned(), |own| format!("{end}{own}"));
        edits.insert(entry.span.end, format!(",{between}{{ {} }}", keys.join(", ")));
        return;
    }
    let indent = edits.indent(entry.span.start).unwrap_or_default();
    let mut text = format!("{end}{end}{indent}[[{list}]]");
    for (name, value) in fields {
        text.push_str(&format!("{end}{indent}{name} = {value}"));
    }
    edits.insert(edits.line_stop(entry.span.end), text);
}
