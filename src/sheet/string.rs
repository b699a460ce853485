//! Texts of a workbook: the list that cells share, and how signs are written that XML cannot hold.

use super::package::Package;
use super::relation::Book;
use super::scan::{Xml, damaged_part};
use super::{MAX_CELLS, Unreadable};
use quick_xml::events::Event;

/// The texts that cells share, in order.
pub(super) fn shared(package: &Package, book: &Book) -> Result<Vec<String>, Unreadable> {
    let Some(path) = &book.strings else { return Ok(Vec::new()) };
    let Some(text) = package.part(path) else { return Ok(Vec::new()) };
    let mut xml = Xml::new(text, path);
    let mut strings = Vec::new();
    let mut current: Option<String> = None;
    // Inside a text, and inside how it is to be pronounced, which is no part of it.
    let (mut in_text, mut in_phonetic) = (false, 0_usize);
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "si" => current = Some(String::new()),
                "t" => in_text = in_phonetic == 0,
                "rPh" => in_phonetic += 1,
                _ => {}
            },
            Event::Empty(e) if e.local_name().as_ref() == "si" => strings.push(String::new()),
            Event::End(e) => match e.local_name().as_ref() {
                "si" => strings.extend(current.take().map(|s| unescaped(&s))),
                "t" => in_text = false,
                "rPh" => in_phonetic = in_phonetic.saturating_sub(1),
                _ => {}
            },
            Event::Eof => break,
            event => {
                if let Some(text) = current.as_mut().filter(|_| in_text) {
                    xml.add_text(&event, text)?;
                }
            }
        }
        if strings.len() > MAX_CELLS {
            return Err(damaged_part(path, "it has more texts than cells are read"));
        }
    }
    Ok(strings)
}

/// A text with its signs as they are: `_x000D_` stands for one that XML cannot hold.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        made.push_str(before);
        match code(from) {
            Some(sign) => {
                made.push(sign);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                made.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    made + rest
}

/// The sign that a text starting with `_xHHHH_` stands for.
fn code(text: &str) -> Option<char> {
    let rest = text.strip_prefix("_x")?;
    let digits = rest.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let ends = rest.get(4..5) == Some("_");
    char::from_u32(u32::from_str_radix(digits, 16).ok()?).filter(|_| ends)
}

/// A text as it is written into XML, so that a reader gets it back.
pub(super) fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        match sign {
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '&' => made.push_str("&amp;"),
            '\t' | '\n' => made.push(sign),
            '_' if code(text.get(at..).unwrap_or_default()).is_some() => made.push_str("_x005F_"),
            '\u{fffe}' | '\u{ffff}' => made.push_str(&format!("_x{:04X}_", u32::from(sign))),
            c if u32::from(c) < 0x20 => made.push_str(&format!("_x{:04X}_", u32::from(c))),
            c => made.push(c),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::{escaped, unescaped};

    #[test]
    fn what_is_escaped_is_read_back() {
        for text in
            ["plain", "a\r\nb", "_x000D_", "_x_x0041_", "__x0041_", "\u{1}", "\u{ffff}é社😀", "_xZZZZ_", "_x00é_"]
        {
            assert_eq!(unescaped(&escaped(text)), text, "{}", escaped(text));
        }
        assert_eq!(escaped("=1<2 & 3"), "=1&lt;2 &amp; 3");
        assert_eq!(unescaped("a_x000D_b_x0041"), "a\rb_x0041");
    }
}
