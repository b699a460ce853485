//! A dossier as Markdown, for pull requests and wikis.
//!
//! [`dossier_markdown`] writes a tenant section by section: figures and domains (`figures`), what is
//! missing (`missing`), what lapses, what to do next and what became of it (`time`). Unless all is
//! asked for, it takes as many rows as fit into a comment on a pull request.

mod figures;
mod missing;
mod time;

use super::markdown::cell;
use crate::dossier::Dossier;
use crate::locale::{Locale, Message, Words, msg};
use std::fmt::Write;

/// The most that a comment on a pull request may have, in units of UTF-16.
const COMMENT: usize = 65_536;
/// The most characters of a cell, unless all is asked for.
const LONGEST: usize = 160;

/// How much of it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// Everything.
    Whole,
    /// At most so many rows of a table.
    Rows(usize),
    /// The figures of each tenant and assessment.
    Figures,
    /// A row for each tenant.
    Overview,
}

impl Extent {
    /// The most rows of a table; none for all of them.
    fn rows(self) -> Option<usize> {
        match self {
            Self::Whole => None,
            Self::Rows(most) => Some(most),
            Self::Figures | Self::Overview => Some(0),
        }
    }
}

/// From much to little; the first that fits into a comment is taken.
const EXTENTS: [Extent; 5] = [Extent::Rows(25), Extent::Rows(10), Extent::Rows(3), Extent::Figures, Extent::Overview];

/// The dossiers of one or more tenants; in `full`, or as much as fits into a comment.
#[must_use]
pub fn dossier_markdown(dossiers: &[Dossier], full: bool, locale: Locale) -> String {
    let words = Words::of(locale);
    if full {
        return Page { words, extent: Extent::Whole, text: String::new() }.write(dossiers);
    }
    let mut text = String::new();
    for extent in EXTENTS {
        text = Page { words, extent, text: String::new() }.write(dossiers);
        if text.encode_utf16().count() < COMMENT {
            break;
        }
    }
    text
}

/// A page that is being written.
struct Page {
    words: &'static Words,
    extent: Extent,
    text: String,
}

impl Page {
    fn write(mut self, dossiers: &[Dossier]) -> String {
        if dossiers.len() > 1 || self.extent == Extent::Overview {
            self.overview(dossiers);
        }
        if self.extent == Extent::Overview {
            self.paragraph(&self.text_of(msg::REPORT_OVERVIEW));
        } else {
            for dossier in dossiers {
                self.dossier(dossier);
                if self.is_too_long() {
                    break;
                }
            }
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        self.text
    }

    /// Whether it is certainly too long for a comment already: no unit of UTF-16 takes more than three bytes.
    fn is_too_long(&self) -> bool {
        self.extent != Extent::Whole && self.text.len() > 3 * COMMENT
    }

    fn dossier(&mut self, dossier: &Dossier) {
        let date = self.words.with(msg::TEXT_AS_OF, &[("date", self.words.long_date(dossier.score.as_of).into())]);
        let name = self.cell(&dossier.score.organization);
        let _ = write!(self.text, "# {name} {date}\n\n");
        self.figures(dossier);
        if self.extent == Extent::Figures {
            self.paragraph(&self.text_of(msg::REPORT_FIGURES_ALONE));
            return;
        }
        self.lapses(dossier);
        self.next(dossier);
        self.history(dossier);
        if self.extent == Extent::Whole {
            self.evidence(dossier);
        }
    }

    fn text_of(&self, message: Message) -> String {
        self.words.text(message).into_owned()
    }

    fn heading(&mut self, level: usize, title: &str) {
        let _ = write!(self.text, "{} {title}\n\n", "#".repeat(level));
    }

    fn paragraph(&mut self, text: &str) {
        let _ = write!(self.text, "{text}\n\n");
    }

    /// Text of a file in a cell or a line, cut where it would be too long for a comment.
    fn cell(&self, text: &str) -> String {
        let is_cut = self.extent != Extent::Whole && text.chars().nth(LONGEST).is_some();
        if is_cut { cell(&text.chars().take(LONGEST).chain(['…']).collect::<String>()) } else { cell(text) }
    }

    /// A table whose first columns are text and whose further ones are numbers; its cells are escaped.
    fn table(&mut self, head: &[Message], texts: usize, rows: &[Vec<String>]) {
        let head: Vec<String> = head.iter().map(|message| self.text_of(*message)).collect();
        self.table_under(&head, texts, rows);
    }

    /// The same under headings that are made.
    fn table_under(&mut self, head: &[String], texts: usize, rows: &[Vec<String>]) {
        let rule = (0..head.len()).map(|n| if n < texts { "---" } else { "---:" });
        let _ = write!(self.text, "| {} |\n|{}|\n", head.join(" | "), rule.collect::<Vec<_>>().join("|"));
        for row in rows {
            let _ = writeln!(self.text, "| {} |", row.join(" | "));
        }
        self.text.push('\n');
    }

    /// As many of the rows as are wanted, and a line that says how many are left out.
    fn table_of_some(&mut self, head: &[Message], texts: usize, mut rows: Vec<Vec<String>>) {
        let left = self.extent.rows().map_or(0, |most| rows.len().saturating_sub(most));
        rows.truncate(rows.len() - left);
        if !rows.is_empty() {
            self.table(head, texts, &rows);
        }
        if left > 0 {
            let args = [("count", left.into())];
            self.paragraph(&self.words.with(msg::REPORT_LEFT_OUT, &args));
        }
    }

    /// Opens a part that the reader unfolds; the title is our own text.
    fn fold(&mut self, title: &str) {
        let _ = write!(self.text, "<details>\n<summary>{title}</summary>\n\n");
    }

    fn unfold(&mut self) {
        self.text.push_str("</details>\n\n");
    }
}
