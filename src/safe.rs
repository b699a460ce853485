//! Text from a file where it can do no harm: on a terminal, in a comment.

/// Text from a file as one line that cannot move the cursor: control characters are shown escaped,
/// and so are those that turn the direction of writing.
#[must_use]
pub fn safe(text: &str) -> String {
    let is_harmless = |c: char| {
        !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => line.push(' '),
            c if is_harmless(c) => line.push(c),
            c => line.extend(c.escape_unicode()),
        }
    }
    line
}
