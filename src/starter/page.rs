//! The lines of a profile to fill in: explanation, what waits, and what is live.

use crate::safe::safe;
use std::fmt::Write;

/// How long a line of explanation may be where it can be broken.
const LINE_LENGTH: usize = 100;

/// A text of TOML that grows line by line.
///
/// Explanation starts with `##` and what waits for the reader with `# `, so that taking one number
/// sign away from a whole block, as editors do, leaves the explanation a comment.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
}

impl Page {
    /// A line that stays a comment; text from a file is shown on this one line, whatever is in it.
    pub(super) fn explain(&mut self, line: &str) {
        let line = format!("## {}", safe(line));
        self.line(line.trim_end());
    }

    /// Several such lines.
    pub(super) fn explain_all(&mut self, lines: &[&str]) {
        lines.iter().for_each(|line| self.explain(line));
    }

    /// A list after a lead, on as many lines as it needs.
    pub(super) fn explain_list(&mut self, lead: &str, items: &[&str]) {
        let mut line = lead.to_owned();
        for (position, item) in items.iter().enumerate() {
            let comma = if position + 1 < items.len() { "," } else { "" };
            if line.chars().count() + item.chars().count() > LINE_LENGTH {
                self.explain(&line);
                line = " ".repeat(lead.chars().count());
            }
            line.push_str(&format!(" {item}{comma}"));
        }
        self.explain(&line);
    }

    /// A heading over a part of the page.
    pub(super) fn heading(&mut self, title: &str) {
        let rule = "-".repeat(LINE_LENGTH);
        self.blank();
        self.explain_all(&[&rule, title, &rule]);
        self.blank();
    }

    /// A line that becomes live when its number sign is taken away.
    pub(super) fn wait(&mut self, line: &str) {
        self.line(&format!("# {line}"));
    }

    /// Several such lines.
    pub(super) fn wait_all(&mut self, lines: &[&str]) {
        lines.iter().for_each(|line| self.wait(line));
    }

    /// A live line.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// The whole text.
    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// `text` as a basic string of TOML.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::{Page, quoted};

    #[test]
    fn a_quoted_text_reads_back_as_it_was() {
        for text in ["", "Contoso Ltd", "a \"b\" \\ c", "a\nb\tc\r", "\u{0}\u{1b}[31m\u{7f}\u{85}", "Ünïcode 社 '"] {
            let table = toml::from_str::<toml::Table>(&format!("key = {}", quoted(text)));
            let value = table.ok().and_then(|t| t.get("key").and_then(|v| v.as_str()).map(str::to_owned));
            assert_eq!(value.as_deref(), Some(text));
        }
    }

    #[test]
    fn no_text_leaves_its_comment_line() {
        let mut page = Page::default();
        page.explain("one\n[evil]\r\nx = 1\u{1b}");
        assert_eq!(page.into_text().lines().count(), 1);
    }
}
