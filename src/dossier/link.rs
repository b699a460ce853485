//! Which links a report may carry: decided here, and nowhere else.

use std::borrow::Cow;

/// The target of a link to where evidence or documentation is, if one may be made of `text`.
///
/// That is a web address of `http` or `https` without a user's name in it, or a relative path; what a
/// link cannot hold is percent-encoded. Anything else, such as `javascript:` or `file:`, stays text.
#[must_use]
pub fn link_of(text: &str) -> Option<Cow<'_, str>> {
    if text.is_empty() || text.chars().any(is_treacherous) {
        return None;
    }
    match web(text) {
        Some(rest) => {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let is_plain = !host.is_empty() && !host.contains(['@', '\\', ' ', '%']);
            is_plain.then(|| encoded(text, "!#$%&'()*+,/:;=?@[]~-._"))
        }
        None => is_path(text).then(|| encoded(text, "!$&'()*+,/;=@~-._")),
    }
}

/// What follows the scheme of a web address.
fn web(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(rest)
}

/// Whether it is a relative path: no scheme, no drive, no other host, not from the root.
fn is_path(text: &str) -> bool {
    !text.contains([':', '\\']) && !text.starts_with('/') && !text.split('/').any(|part| part == "..")
}

/// What browsers leave out or turn around, so that a link is not what it looks like.
fn is_treacherous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn encoded<'t>(text: &'t str, allowed: &str) -> Cow<'t, str> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || allowed.contains(c);
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    let mut link = String::with_capacity(text.len());
    for c in text.chars() {
        if is_allowed(c) {
            link.push(c);
        } else {
            let mut bytes = [0; 4];
            link.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    Cow::Owned(link)
}

#[cfg(test)]
mod tests {
    use super::link_of;

    #[test]
    fn only_web_addresses_and_relative_paths_become_links() {
        let same = ["https://example.com/a?b=c%20d#e", "HTTP://example.com:8080", "evidence/report.pdf", "a"];
        for text in same {
            assert_eq!(link_of(text).as_deref(), Some(text));
        }
        let encoded = [
            ("evidence/Bericht 2020 (ü).pdf", "evidence/Bericht%202020%20(%C3%BC).pdf"),
            ("a#b?c%d", "a%23b%3Fc%25d"),
            ("https://example.com/\"><script>", "https://example.com/%22%3E%3Cscript%3E"),
            ("https://例え.jp/", "https://%E4%BE%8B%E3%81%88.jp/"),
        ];
        for (text, link) in encoded {
            assert_eq!(link_of(text).as_deref(), Some(link));
        }
        let refused = [
            "",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "JavaScript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "//example.com/x",
            "/etc/passwd",
            "C:\\x",
            "\\\\host\\share",
            "a\\b",
            "../x",
            "a/../../x",
            "mailto:a@b",
            "https://",
            "https:///x",
            "http:example.com",
            "https://microsoft.com@example.com/",
            "https://a b/",
            "https://example.com/\u{202e}fdp.exe",
            "x\u{200b}y",
            " javascript:x",
            "https://example.com\\@x/",
        ];
        for text in refused {
            assert_eq!(link_of(text), None, "{text}");
        }
    }
}
