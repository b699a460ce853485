//! A walk over the bytes of a JSON text, without a tree.
//!
//! Every step answers `None` for what is not plainly JSON of the kind asked for: the text then goes to the
//! full reader, which says what is wrong with it, or finds that nothing is. Nothing here may accept what
//! that reader refuses.

use crate::choice::Choice;
use crate::day::Day;
use crate::shape::{Field, Shape};

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

/// Words that are told apart by their first bytes, the quote after them included.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// For each word, its first sixteen bytes and which bits of them count.
    firsts: Vec<(u128, u128)>,
    words: Vec<&'static str>,
}

impl Words {
    /// The words of a closed set.
    pub(super) fn of<T: Choice>() -> Self {
        Self::new(T::WORDS.to_vec())
    }

    fn new(words: Vec<&'static str>) -> Self {
        let first = |word: &&str| {
            let bytes = word.bytes().chain([b'"']).take(16).enumerate();
            bytes.fold((0, 0), |(bits, mask), (n, byte)| (bits | u128::from(byte) << (8 * n), mask | 0xff << (8 * n)))
        };
        Self { firsts: words.iter().map(first).collect(), words }
    }

    /// Which word `rest` begins with, looked for from `next` on.
    #[inline]
    fn find(&self, rest: &[u8], next: usize) -> Option<usize> {
        let Some(start) = rest.first_chunk::<16>() else {
            return self.words.iter().position(|word| is_quoted(rest, word));
        };
        let start = u128::from_le_bytes(*start);
        let (before, after) = self.firsts.split_at_checked(next)?;
        let is_it = |(bits, mask): &(u128, u128)| start & mask == *bits;
        let found = after.iter().position(is_it).map(|position| next + position);
        let position = found.or_else(|| before.iter().position(is_it))?;
        let word = self.words.get(position)?;
        (word.len() < 16 || is_quoted(rest, word)).then_some(position)
    }
}

/// Whether `rest` begins with this word and a quote.
fn is_quoted(rest: &[u8], word: &str) -> bool {
    rest.get(word.len()) == Some(&b'"') && rest.starts_with(word.as_bytes())
}

/// The keys of a shape.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    words: Words,
    fields: &'static [Field],
}

impl Keys {
    pub(super) fn of(shape: &'static Shape) -> Self {
        Self { words: Words::new(shape.fields.iter().map(|field| field.key).collect()), fields: shape.fields }
    }
}

impl<'t> Cursor<'t> {
    /// From the start of `text`; none if it has control characters, of which only the full reader knows
    /// where they may stand.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        // No early end: all bytes are asked at once, many at a time.
        let has_control = text.bytes().fold(false, |has, byte| has | (byte < b' '));
        (!has_control).then_some(Self { text, at: 0 })
    }

    /// The next byte that is no blank.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at)? {
                b' ' => self.at += 1,
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

    /// Whether nothing but blanks is left.
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
            at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
            if bytes.get(at) == Some(&b'"') {
                self.at = at + 1;
                return Some(Quoted { raw: self.text.get(start..at)?, has_escape });
            }
            has_escape = true;
            // Whatever is escaped is looked at by whoever wants the text.
            at += 2;
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
    pub(super) fn choice<T: Choice>(&mut self, words: &Words) -> Option<T> {
        let position = words.find(self.after_quote()?, 0)?;
        self.at += words.words.get(position)?.len() + 2;
        T::at(position)
    }

    /// A date as the full reader takes it.
    #[inline]
    pub(super) fn date(&mut self) -> Option<Day> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'"'] = *self.after_quote()?.first_chunk::<11>()? else {
            return None;
        };
        let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(|byte| i32::from(byte - b'0'));
        self.at += 12;
        day(y1 * 1000 + y2 * 100 + y3 * 10 + y4, m1 * 10 + m2, d1 * 10 + d2)
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
        keys: &Keys,
        mut take: impl FnMut(&mut Self, &'static str) -> Option<()>,
    ) -> Option<()> {
        self.expect(b'{')?;
        if self.eat(b'}') {
            return Some(());
        }
        let (mut seen, mut next) = (0_u64, 0);
        loop {
            // Keys mostly come in the order of the shape.
            let position = keys.words.find(self.after_quote()?, next)?;
            let field = keys.fields.get(position)?;
            self.at += field.key.len() + 2;
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

/// The day of a date of the common era; the calendar library asks more than a plain date needs.
#[inline]
fn day(year: i32, month: i32, day: i32) -> Option<Day> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return None,
    };
    if year == 0 || day == 0 || day > last {
        return None;
    }
    // Years are counted from March, so that the day that leaps is the last of them.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before_year = year * 365 + year / 4 - year / 100 + year / 400;
    let before_month = (month * 153 + 2) / 5;
    // The first of March of the year nought is 306 days before the first day of the era.
    Some(Day::numbered(before_year + before_month + day - 306))
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
    #![expect(clippy::expect_used, reason = "a test that goes wrong should stop, with the place")]

    use super::Cursor;
    use crate::day::Day;
    use chrono::NaiveDate;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let date = |text: &str| Cursor::new(&format!("\"{text}\"")).and_then(|mut cursor| cursor.date());
        for number in (0..3_652_059).step_by(17).chain(737_000..745_000) {
            let expected = Day::numbered(number + 1);
            let text = expected.date().expect("a date").to_string();
            assert_eq!(date(&text), Some(expected), "{text}");
        }
        assert_eq!(date("2024-02-29"), NaiveDate::from_ymd_opt(2024, 2, 29).map(Day::from));
        let wrong = ["2023-02-29", "2024-13-01", "2024-1-01", "2024-01-01T00:00:00", "+024-01-01", "", "2024/01/01"];
        for text in wrong {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn texts_end_where_they_end() {
        for text in ["\"\"", "\"a\"", "\"1234567\"", "\"12345678\"", "\"é–鍵 and more of it\"", "\"a\\\"b\\\\\""] {
            let mut cursor = Cursor::new(text).expect("no control character");
            let quoted = cursor.quoted().expect("a text");
            let mut decoded = String::new();
            assert!(quoted.copy_to(&mut decoded).is_some());
            assert_eq!(decoded, serde_json::from_str::<String>(text).expect("a text"));
            assert!(cursor.is_at_end());
        }
        for text in ["", "\"", "\"a", "\"\\\"", "\"a\nb\"", "\"1234567\u{1}\"", "a\""] {
            assert!(Cursor::new(text).and_then(|mut cursor| cursor.quoted().map(|_| ())).is_none(), "{text:?}");
        }
    }
}
