//! The smallest parts of JSON: blanks, texts in quotes, numbers and the three words.

use super::{Reader, Step};
use crate::diagnostic::quoted;
use std::borrow::Cow;
use toml::de::{DeString, DeValue};

impl<'t> Reader<'t, '_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Where the character after the next one starts.
    pub(super) fn next(&self) -> usize {
        self.at + self.peek().map_or(0, char::len_utf8)
    }

    pub(super) fn take(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        if is_there {
            self.at += wanted.len_utf8();
        }
        is_there
    }

    pub(super) fn blanks(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let is_blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
        self.at += rest.bytes().take_while(is_blank).count();
    }

    /// A text in double quotes, without them.
    pub(super) fn string(&mut self) -> Step<DeString<'t>> {
        let start = self.at;
        self.at += 1;
        let mut decoded: Option<String> = None;
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(plain) = rest.find(|c: char| c == '"' || c == '\\' || c < ' ') else {
                let end = self.text.len();
                return Err(self.syntax(start..end.min(start + 1), "the text ends inside quotes".to_owned()).into());
            };
            let before = rest.get(..plain).unwrap_or_default();
            self.at += plain;
            match rest.get(plain..).and_then(|r| r.chars().next()) {
                Some('"') => {
                    self.at += 1;
                    return Ok(match decoded {
                        None => Cow::Borrowed(before),
                        Some(text) => Cow::Owned(text + before),
                    });
                }
                Some('\\') => {
                    let text = decoded.get_or_insert_default();
                    text.push_str(before);
                    text.push(self.escape()?);
                }
                _ => {
                    let c = rest.get(plain..).and_then(|r| r.chars().next()).unwrap_or_default();
                    let message = format!("the control character {} stands in a text", c.escape_unicode());
                    let fault = self.syntax(self.at..self.at + 1, message);
                    let help = format!("write it as `\\u{:04x}`, or a line break as `\\n`", u32::from(c));
                    return Err(Box::new(fault.help(help)));
                }
            }
        }
    }

    /// The character that an escape stands for.
    fn escape(&mut self) -> Step<char> {
        let start = self.at;
        self.at = self.next();
        let letter = self.peek();
        self.at = self.next();
        Ok(match letter {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.code_point(start),
            _ => {
                let escape = quoted(self.text.get(start..self.at).unwrap_or_default());
                return Err(self.syntax(start..self.at, format!("{escape} is no escape of JSON")).into());
            }
        })
    }

    /// What follows `\u`, and the second half of a pair.
    fn code_point(&mut self, start: usize) -> Step<char> {
        let first = self.hex(start)?;
        let lone = |reader: &Self| {
            let escape = quoted(reader.text.get(start..reader.at).unwrap_or_default());
            Box::new(reader.syntax(start..reader.at, format!("{escape} is half a character")))
        };
        if !(0xd800..0xe000).contains(&first) {
            return char::from_u32(first).ok_or_else(|| lone(self));
        }
        if first >= 0xdc00 || !self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u")) {
            return Err(lone(self));
        }
        self.at += 2;
        let second = self.hex(start)?;
        if !(0xdc00..0xe000).contains(&second) {
            return Err(lone(self));
        }
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or_else(|| lone(self))
    }

    fn hex(&mut self, start: usize) -> Step<u32> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(number) = digits.and_then(|d| u32::from_str_radix(d, 16).ok()) else {
            let end = self.at;
            return Err(self.syntax(start..end, "four hexadecimal digits follow `\\u`".to_owned()).into());
        };
        self.at += 4;
        Ok(number)
    }

    /// A number, `true`, `false` or `null`.
    pub(super) fn word(&mut self) -> Step<Option<DeValue<'t>>> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let is_part = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        let place = self.at..self.at + end;
        let value = match word {
            "null" => None,
            "true" => Some(DeValue::Boolean(true)),
            "false" => Some(DeValue::Boolean(false)),
            // Every number of JSON is one of TOML, which keeps the digits.
            number if is_number(number) => match DeValue::parse(number) {
                Ok(value) => Some(value.into_inner()),
                Err(error) => return Err(self.syntax(place, error.message().replace('\n', "; ")).into()),
            },
            _ => {
                let is_text = word.starts_with(|c: char| c.is_ascii_alphabetic());
                let what = if is_text { "no value" } else { "no number" };
                let fault = self.syntax(place, format!("{} is {what} of JSON", quoted(word)));
                let help = is_text.then_some("text stands in double quotes; words of JSON are `true`, `false`, `null`");
                return Err(Box::new(fault.maybe_help(help.map(str::to_owned))));
            }
        };
        self.at = place.end;
        Ok(value)
    }
}

/// Whether a word is a number as RFC 8259 has it.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (number, power) = word.split_once(['e', 'E']).map_or((word, None), |(n, p)| (n, Some(p)));
    let (whole, places) = number.split_once('.').map_or((number, None), |(w, p)| (w, Some(p)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && places.is_none_or(digits)
        && power.is_none_or(|p| digits(p.strip_prefix(['+', '-']).unwrap_or(p)))
}
