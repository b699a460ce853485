//! Text of a user inside a message: visible, and no longer than a message can bear.

/// So many characters of a text are enough to know it again.
const SHOWN: usize = 80;

/// The text in backticks. What cannot be seen is written as an escape, for two names that look the
/// same and are not are the hardest to mend; backslashes and quotes stay as they were written.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("`");
    for c in text.chars().take(SHOWN) {
        if is_unseen(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out.push_str(if text.chars().nth(SHOWN).is_some() { "...`" } else { "`" });
    out
}

/// All of them in backticks.
pub fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// Control characters, blanks other than the plain one, joiners, and marks of direction.
pub fn is_unseen(c: char) -> bool {
    let is_format = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    is_format || c.is_control() || (c.is_whitespace() && c != ' ')
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_looks_the_same_is_told_apart_and_what_is_long_is_cut() {
        assert_eq!(quoted("Office 365"), "`Office 365`");
        assert_eq!(quoted("C:\\audit \"x\""), "`C:\\audit \"x\"`");
        assert_eq!(quoted("azu\u{200b}re\u{a0}\n"), "`azu\\u{200b}re\\u{a0}\\u{a}`");
        assert_eq!(quoted(&"x".repeat(80)), format!("`{}`", "x".repeat(80)));
        assert_eq!(quoted(&"é".repeat(500)), format!("`{}...`", "é".repeat(80)));
    }
}
