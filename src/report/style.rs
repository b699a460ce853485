//! How text looks: colours where a terminal shows them, and nothing that could do harm there.

pub use crate::safe::safe;

use crate::locale::{Locale, Words};
use anstyle::{AnsiColor, Effects};
use unicode_width::UnicodeWidthStr;

/// What the text is written to.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether to colour.
    pub color: bool,
    /// The width of the terminal, or nothing if the text goes to a file or pipe.
    pub width: Option<u16>,
    /// The language.
    pub locale: Locale,
}

impl Style {
    /// No colour, no terminal, English.
    pub const PLAIN: Self = Self { color: false, width: None, locale: Locale::English };

    /// The same without colour and terminal: for a file.
    #[must_use]
    pub fn plain(self) -> Self {
        Self { locale: self.locale, ..Self::PLAIN }
    }

    /// The words of the language.
    #[must_use]
    pub fn words(self) -> &'static Words {
        Words::of(self.locale)
    }

    fn paint(self, text: &str, style: anstyle::Style) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// The coloured text where colour is wanted, else the plain one.
    #[must_use]
    pub fn pick(self, colored: &str, plain: &str) -> String {
        if self.color { colored } else { plain }.to_owned()
    }

    /// A heading.
    #[must_use]
    pub fn heading(self, text: &str) -> String {
        self.paint(text, anstyle::Style::new().effects(Effects::BOLD))
    }

    /// Something that is well.
    #[must_use]
    pub fn good(self, text: &str) -> String {
        self.paint(text, AnsiColor::Green.on_default())
    }

    /// Something to look at.
    #[must_use]
    pub fn warn(self, text: &str) -> String {
        self.paint(text, AnsiColor::Yellow.on_default())
    }

    /// Something that is missing.
    #[must_use]
    pub fn bad(self, text: &str) -> String {
        self.paint(text, AnsiColor::Red.on_default())
    }

    /// Something beside the point.
    #[must_use]
    pub fn faint(self, text: &str) -> String {
        self.paint(text, anstyle::Style::new().effects(Effects::DIMMED))
    }

    /// A line of a chart, by its number.
    #[must_use]
    pub fn series(self, number: usize, text: &str) -> String {
        let colors = [AnsiColor::Cyan, AnsiColor::Magenta, AnsiColor::Green, AnsiColor::Yellow];
        let color = colors.get(number % colors.len()).copied().unwrap_or(AnsiColor::Cyan);
        self.paint(text, color.on_default())
    }

    /// `text` led in by `lead`, and its further lines by as many blanks, where a terminal needs several.
    #[must_use]
    pub fn wrapped(self, lead: &str, text: &str) -> String {
        let mut shown = lead.to_owned();
        let indent = lead.width();
        let mut column = indent;
        for (n, word) in text.split(' ').enumerate() {
            for (m, piece) in pieces(word).into_iter().enumerate() {
                let blank = usize::from(n > 0 && m == 0);
                let length = piece.width();
                let is_full = self.width.is_some_and(|width| column + blank + length > usize::from(width));
                if is_full && column > indent {
                    shown.push('\n');
                    shown.push_str(&" ".repeat(indent));
                    column = indent;
                } else {
                    shown.push_str(&" ".repeat(blank));
                    column += blank;
                }
                shown.push_str(piece);
                column += length;
            }
        }
        shown
    }
}

/// A word in pieces between which a line may end: Chinese and Japanese have no blanks between words.
fn pieces(word: &str) -> Vec<&str> {
    let is_of_no_blanks =
        |c: char| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let ends_no_line = |c: char| "（「『【".contains(c);
    let begins_no_line = |c: char| "、。，．・：；？！）」』】ーっゃゅょッャュョ％".contains(c);
    let mut list = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in word.char_indices() {
        let may_end = before
            .is_some_and(|b| (is_of_no_blanks(b) || is_of_no_blanks(c)) && !ends_no_line(b) && !begins_no_line(c));
        if may_end {
            list.extend(word.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    list.extend(word.get(start..));
    list
}

/// `text` and as many blanks as make it `width` columns of a terminal wide.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The same with the blanks before it.
pub(super) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::Style;

    #[test]
    fn text_is_wrapped_between_words_under_its_lead() {
        let narrow = Style { width: Some(12), ..Style::PLAIN };
        assert_eq!(narrow.wrapped("- ", "one two three"), "- one two\n  three");
        assert_eq!(narrow.wrapped("- ", "averyveryverylongword b"), "- averyveryverylongword\n  b");
        assert_eq!(Style::PLAIN.wrapped("- ", "one two three"), "- one two three");
    }

    #[test]
    fn text_without_blanks_is_wrapped_between_characters_that_may_stand_apart() {
        let narrow = Style { width: Some(12), ..Style::PLAIN };
        assert_eq!(narrow.wrapped("- ", "証拠は有効です。"), "- 証拠は有効\n  です。");
        assert_eq!(narrow.wrapped("", "証拠の更新です（2件）。"), "証拠の更新で\nす（2件）。");
        assert_eq!(narrow.wrapped("", "분석 결과가 유효합니다"), "분석 결과가\n유효합니다");
        assert_eq!(Style::PLAIN.wrapped("- ", "証拠は 2 件です。"), "- 証拠は 2 件です。");
    }
}
