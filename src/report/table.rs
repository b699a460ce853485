//! Tables that fit the terminal, with colours that take no room in them.
//!
//! Layout counts an escape code as text: it would widen the column, and could break the code in two.
//! So a coloured cell carries a mark of no width after each character, which stays with its character
//! wherever the cell is broken, and [`Style::draw`] makes colour of the marks when all is laid out.

use super::style::Style;
use crate::safe::safe;
use anstyle::{AnsiColor, Effects};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// How many characters of a cell are shown; layout counts in numbers that end at 65,535.
const CELL_LENGTH: usize = 2_000;

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A heading.
    Heading,
    /// Something to look at.
    Warn,
    /// Something that is missing.
    Bad,
}

impl Tone {
    const ALL: [Self; 3] = [Self::Heading, Self::Warn, Self::Bad];

    /// A variation selector that no text uses: it has no width and belongs to the character before it.
    fn mark(self) -> char {
        match self {
            Self::Heading => '\u{e01ed}',
            Self::Warn => '\u{e01ee}',
            Self::Bad => '\u{e01ef}',
        }
    }

    fn of(mark: char) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.mark() == mark)
    }

    fn start(self) -> String {
        self.style().to_string()
    }

    fn end(self) -> String {
        format!("{:#}", self.style())
    }

    fn style(self) -> anstyle::Style {
        match self {
            Self::Heading => anstyle::Style::new().effects(Effects::BOLD),
            Self::Warn => AnsiColor::Yellow.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
        }
    }
}

impl Style {
    /// A table with a header, fitted to the terminal if there is one.
    #[must_use]
    pub fn table(self, header: &[&str]) -> Table {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        if let Some(width) = self.width {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.max(40));
        }
        table.set_header(header.iter().map(|h| self.cell(h, Tone::Heading)));
        table
    }

    /// The text of a cell, coloured where colour is wanted.
    #[must_use]
    pub fn cell(self, text: &str, tone: Tone) -> String {
        if !self.color {
            return text.to_owned();
        }
        // White space is left unmarked, for cells are broken at it.
        let marked = |c: char| std::iter::once(c).chain((!c.is_whitespace()).then(|| tone.mark()));
        text.chars().flat_map(marked).collect()
    }

    /// The lines of a table.
    #[must_use]
    pub fn draw(self, table: &Table) -> String {
        let mut text = String::new();
        for line in table.lines() {
            text.push_str(&colored(&line));
            text.push('\n');
        }
        text
    }
}

/// Text from a file for a cell: one line that cannot move the cursor, and no longer than anyone reads.
#[must_use]
pub(super) fn cell_text(text: &str) -> String {
    let line = safe(text);
    match line.char_indices().nth(CELL_LENGTH) {
        None => line,
        Some((end, _)) => format!("{}...", line.get(..end).unwrap_or_default()),
    }
}

/// A line whose marks have become colours; white space around them is left plain.
fn colored(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let (mut tone, mut blank) = (None, String::new());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            blank.push(c);
            continue;
        }
        let next = chars.next_if(|c| Tone::of(*c).is_some()).and_then(Tone::of);
        if next == tone {
            out.push_str(&blank);
        } else {
            out.push_str(&tone.map(Tone::end).unwrap_or_default());
            out.push_str(&blank);
            out.push_str(&next.map(Tone::start).unwrap_or_default());
            tone = next;
        }
        blank.clear();
        out.push(c);
    }
    out.push_str(&tone.map(Tone::end).unwrap_or_default());
    out
}

/// Aligns the columns at these positions to the right.
pub(super) fn align_right(table: &mut Table, columns: &[usize]) {
    for column in columns {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, Tone};

    fn drawn(color: bool) -> String {
        let style = Style { color, width: Some(40), ..Style::PLAIN };
        let mut table = style.table(&["Control", "", "Next step"]);
        let long = "Test it again, for the last test was made too long ago";
        table.add_row(["A.9.2.3".to_owned(), style.cell("partial", Tone::Warn), long.to_owned()]);
        table.add_row(["A.10".to_owned(), style.cell("not covered at all", Tone::Bad), "社".to_owned()]);
        style.draw(&table)
    }

    /// The text without its escape codes.
    fn plain(text: &str) -> String {
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
    }

    #[test]
    fn colour_changes_nothing_about_the_layout() {
        assert!(drawn(true).contains("\u{1b}[33mpartial\u{1b}[0m"), "{:?}", drawn(true));
        assert_eq!(plain(&drawn(true)), drawn(false));
    }

    #[test]
    fn every_line_ends_without_colour() {
        for line in drawn(true).lines() {
            assert_eq!(line.matches("\u{1b}[0m").count() * 2, line.matches('\u{1b}').count(), "{line:?}");
        }
    }
}
