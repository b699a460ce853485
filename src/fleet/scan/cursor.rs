//! A walk over the bytes of a JSON text, without a tree.
//!
//! Every step answers `None` for what is not plainly JSON of the kind asked for: the text then goes to the
//! full reader, which says what is wrong with it, or finds that nothing is. Nothing here may accept what
//! that reader refuses.

use crate::choice::Choice;
use crate::day::Day;
use crate::shape::{Field, Shape};
use chrono::NaiveDate;

/// Where the walk is.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

/// A text in quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quoted<'t> {
    /// What stands between the quotes.
    raw: &'t str,
    has_escape: bool,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// A bit on the highest place of each byte of `word` that is `byte`, exact up to the first.
fn bytes_that_are(word: u64, byte: u8) -> u64 {
    let differs = word ^ (ONES * u64::from(byte));
    differs.wrapping_sub(ONES) & !differs & HIGHS
}

/// A bit on the highest place of each byte of `word` that is below a blank, exact up to the first.
fn bytes_below_blank(word: u64) -> u64 {
    word.wrapping_sub(ONES * 0x20) & !word & HIGHS
}

/// Where the next quote, backslash or control character stands, from `at` on.
#[inline]
fn special(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(word) = bytes.get(at..)?.first_chunk::<8>() {
        let word = u64::from_le_bytes(*word);
        let found = bytes_that_are(word, b'"') | bytes_that_are(word, b'\\') | bytes_below_blank(word);
        if found != 0 {
            return Some(at + usize::try_from(found.trailing_zeros() / 8).ok()?);
        }
        at += 8;
    }
    let rest = bytes.get(at..)?;
    rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' ')).map(|position| at + position)
}

/// Whether `rest` begins with this word and a quote.
#[inline]
fn is_quoted(rest: &[u8], word: &str) -> bool {
    rest.get(word.len()) == Some(&b'"') && rest.starts_with(word.as_bytes())
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte that is no white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at)? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    /// Goes past the next byte if it is this one.
    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let is_it = self.peek() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    /// Goes past `byte`, which must be next.
    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    /// Whether nothing but white space is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// A text in quotes.
    #[inline]
    pub(super) fn quoted(&mut self) -> Option<Quoted<'t>> {
        if self.peek()? != b'"' {
            return None;
        }
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let (mut at, mut has_escape) = (start, false);
        loop {
            at = special(bytes, at)?;
            match bytes.get(at)? {
                b'"' => {
                    self.at = at + 1;
                    return Some(Quoted { raw: self.text.get(start..at)?, has_escape });
                }
                b'\\' => {
                    has_escape = true;
                    // Whatever is escaped is looked at by whoever wants the text.
                    at += 2;
                }
                _ => return None,
            }
        }
    }

    /// What stands after the quote that is next, to compare it with words that are known.
    #[inline]
    fn after_quote(&mut self) -> Option<&'t [u8]> {
        if self.peek()? != b'"' {
            return None;
        }
        self.text.as_bytes().get(self.at + 1..)
    }

    /// A word of a closed set.
    #[inline]
    pub(super) fn choice<T: Choice>(&mut self) -> Option<T> {
        let rest = self.after_quote()?;
        let word = T::WORDS.iter().find(|word| is_quoted(rest, word))?;
        self.at += word.len() + 2;
        T::from_word(word)
    }

    /// A date as the full reader takes it.
    #[inline]
    pub(super) fn date(&mut self) -> Option<Day> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'"'] = *self.after_quote()?.first_chunk::<11>()? else {
            return None;
        };
        let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
        let two = |tens: u8, ones: u8| Some(digit(tens)? * 10 + digit(ones)?);
        let year = i32::try_from(two(y1, y2)? * 100 + two(y3, y4)?).ok().filter(|year| *year > 0)?;
        self.at += 12;
        NaiveDate::from_ymd_opt(year, two(m1, m2)?, two(d1, d2)?).map(Day::from)
    }

    /// A text without escapes.
    #[inline]
    pub(super) fn plain(&mut self) -> Option<&'t str> {
        self.quoted()?.plain()
    }

    /// The keys of an object of this shape and, by `take`, their values; `null` is as good as absent.
    #[inline]
    pub(super) fn object(
        &mut self,
        shape: &'static Shape,
        mut take: impl FnMut(&mut Self, &'static str) -> Option<()>,
    ) -> Option<()> {
        self.expect(b'{')?;
        if self.eat(b'}') {
            return Some(());
        }
        let (mut seen, mut next) = (0_u64, 0);
        loop {
            let (position, field) = self.key(shape, next)?;
            if seen & (1 << position) != 0 {
                return None;
            }
            seen |= 1 << position;
            next = position + 1;
            self.expect(b':')?;
            if self.null() {
                (!field.required).then_some(())?;
            } else {
                take(self, field.key)?;
            }
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// A key of this shape, which has fewer than 64. Keys mostly come in the order of the shape, so that the
    /// search begins at `next`.
    #[inline]
    fn key(&mut self, shape: &'static Shape, next: usize) -> Option<(usize, &'static Field)> {
        let rest = self.after_quote()?;
        let (before, after) = shape.fields.split_at_checked(next)?;
        let is_it = |field: &&Field| is_quoted(rest, field.key);
        let found = after.iter().position(|field| is_it(&field)).map(|position| next + position);
        let position = found.or_else(|| before.iter().position(|field| is_it(&field)))?;
        let field = shape.fields.get(position)?;
        self.at += field.key.len() + 2;
        Some((position, field))
    }

    /// The elements of a list, by `take`.
    #[inline]
    pub(super) fn list(&mut self, mut take: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.expect(b'[')?;
        if self.eat(b']') {
            return Some(());
        }
        loop {
            take(self)?;
            match self.peek()? {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// Goes past `null`, if it is next.
    #[inline]
    pub(super) fn null(&mut self) -> bool {
        self.peek() == Some(b'n') && self.word("null")
    }

    /// A truth value.
    pub(super) fn flag(&mut self) -> Option<bool> {
        match self.peek()? {
            b't' => self.word("true").then_some(true),
            b'f' => self.word("false").then_some(false),
            _ => None,
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let is_it = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += if is_it { word.len() } else { 0 };
        is_it
    }

    /// A number of digits with at most one point, as it is written.
    pub(super) fn digits(&mut self) -> Option<&'t str> {
        self.peek()?;
        let rest = self.text.get(self.at..)?;
        let length = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        self.at += length;
        rest.get(..length)
    }
}

impl<'t> Quoted<'t> {
    /// The text, if it has no escapes.
    #[inline]
    pub(super) fn plain(self) -> Option<&'t str> {
        (!self.has_escape).then_some(self.raw)
    }

    /// Whether the text, if nobody reads it, is JSON of at most `most` characters.
    #[inline]
    pub(super) fn is_text(self, most: usize) -> bool {
        self.raw.len() <= most && (!self.has_escape || self.decoded().is_some())
    }

    /// The same for a text that must not be blank.
    #[inline]
    pub(super) fn is_title(self, most: usize) -> bool {
        let is_blank = |text: &str| text.trim().is_empty();
        match self.has_escape {
            _ if self.raw.len() > most => false,
            true => self.decoded().is_some_and(|text| !is_blank(&text)),
            // Most begin with a character that is seen.
            false => self.raw.bytes().next().is_some_and(|b| b.is_ascii_graphic()) || !is_blank(self.raw),
        }
    }

    /// The text with its escapes resolved, into a buffer.
    pub(super) fn copy_to(self, buffer: &mut String) -> Option<()> {
        buffer.clear();
        match self.has_escape {
            true => buffer.push_str(&self.decoded()?),
            false => buffer.push_str(self.raw),
        }
        Some(())
    }

    fn decoded(self) -> Option<String> {
        serde_json::from_str(&format!("\"{}\"", self.raw)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;
    use crate::day::Day;
    use chrono::NaiveDate;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let date = |text: &str| Cursor::new(&format!("\"{text}\"")).date();
        assert_eq!(date("2024-02-29"), NaiveDate::from_ymd_opt(2024, 2, 29).map(Day::from));
        let wrong = ["2023-02-29", "2024-13-01", "2024-1-01", "2024-01-01T00:00:00", "+024-01-01", "", "2024/01/01"];
        for text in wrong {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn texts_end_where_they_end() {
        for text in ["\"\"", "\"a\"", "\"1234567\"", "\"12345678\"", "\"é–鍵 and more of it\"", "\"a\\\"b\\\\\""] {
            let mut cursor = Cursor::new(text);
            let quoted = cursor.quoted().expect("a text");
            let mut decoded = String::new();
            assert!(quoted.copy_to(&mut decoded).is_some());
            assert_eq!(decoded, serde_json::from_str::<String>(text).expect("a text"));
            assert!(cursor.is_at_end());
        }
        for text in ["", "\"", "\"a", "\"\\\"", "\"a\nb\"", "\"1234567\u{1}\"", "a\""] {
            assert!(Cursor::new(text).quoted().is_none(), "{text:?}");
        }
    }
}
