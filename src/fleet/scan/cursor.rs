//! A walk over the bytes of a JSON text, without a tree.
//!
//! Every step answers `None` for what is not plainly JSON of the kind asked for: the text then goes to the
//! full reader, which says what is wrong with it, or finds that nothing is. Nothing here may accept what
//! that reader refuses.

use crate::shape::Shape;

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

/// What makes the marks of a shape's keys differ; a test holds it.
const FIRST: u64 = 10;
const THIRD_LAST: u64 = 5;

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

/// A bit for a key, another one for each key of a shape: what has its bit already may stand twice.
#[inline]
fn mark_of(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let at = |byte: Option<&u8>| u64::from(byte.copied().unwrap_or(0));
    let third_last = at(bytes.get(bytes.len().saturating_sub(3)));
    1 << ((at(bytes.first()) * FIRST + at(bytes.last()) + third_last * THIRD_LAST) % 64)
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
        self.expect(b'"')?;
        let start = self.at;
        let mut has_escape = false;
        loop {
            match self.to_special()? {
                b'"' => {
                    let raw = self.text.get(start..self.at)?;
                    self.at += 1;
                    return Some(Quoted { raw, has_escape });
                }
                b'\\' => {
                    has_escape = true;
                    // Whatever is escaped is looked at by whoever wants the text.
                    self.at += 2;
                }
                _ => return None,
            }
        }
    }

    /// Goes to the next quote, backslash or control character, and tells which it is.
    #[inline]
    fn to_special(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(word) = bytes.get(self.at..).and_then(|rest| rest.first_chunk::<8>()) {
            let word = u64::from_le_bytes(*word);
            let found = bytes_that_are(word, b'"') | bytes_that_are(word, b'\\') | bytes_below_blank(word);
            if found != 0 {
                self.at += usize::try_from(found.trailing_zeros() / 8).ok()?;
                return bytes.get(self.at).copied();
            }
            self.at += 8;
        }
        loop {
            match bytes.get(self.at)? {
                byte @ (b'"' | b'\\' | ..b' ') => return Some(*byte),
                _ => self.at += 1,
            }
        }
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
        mut take: impl FnMut(&mut Self, &'t str) -> Option<()>,
    ) -> Option<()> {
        self.expect(b'{')?;
        if self.eat(b'}') {
            return Some(());
        }
        let mut seen = 0_u64;
        loop {
            let key = self.plain()?;
            let mark = mark_of(key);
            if seen & mark != 0 {
                return None;
            }
            seen |= mark;
            self.expect(b':')?;
            if self.null() {
                shape.fields.iter().find(|field| field.key == key && !field.required)?;
            } else {
                take(self, key)?;
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
    use super::{Cursor, mark_of};
    use crate::profile::PROFILE;
    use crate::shape::{Kind, SERVICE_REFERENCE, Shape};

    fn assert_marks_differ(shape: &'static Shape) {
        let all = shape.fields.iter().fold(0, |all, field| all | mark_of(field.key));
        assert_eq!(usize::try_from(all.count_ones()), Ok(shape.fields.len()), "{}", shape.name);
        for field in shape.fields {
            if let Kind::Table(inner) | Kind::Tables(inner) = field.kind {
                assert_marks_differ(inner);
            }
        }
    }

    #[test]
    fn no_two_keys_of_a_shape_have_one_mark() {
        assert_marks_differ(&PROFILE);
        assert_marks_differ(&SERVICE_REFERENCE);
    }

    #[test]
    fn texts_end_where_they_end() {
        for text in ["\"\"", "\"a\"", "\"1234567\"", "\"12345678\"", "\"é–鍵 and more of it\"", "\"a\\\"b\\\\\""] {
            let mut cursor = Cursor::new(text);
            let quoted = cursor.quoted().unwrap();
            let mut decoded = String::new();
            quoted.copy_to(&mut decoded).unwrap();
            assert_eq!(decoded, serde_json::from_str::<String>(text).unwrap());
            assert!(cursor.is_at_end());
        }
        for text in ["", "\"", "\"a", "\"\\\"", "\"a\nb\"", "\"1234567\u{1}\"", "a\""] {
            assert!(Cursor::new(text).quoted().is_none(), "{text:?}");
        }
    }
}
