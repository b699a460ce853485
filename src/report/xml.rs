//! Text as XML has it, and the frame that every drawing in SVG stands in.
//!
//! [`xml`] is the one way from a text to XML, whoever wrote it; [`Drawing`] puts title, description, style
//! and ground around what a view draws: one file that asks for nothing, in tenths of a pixel.

use crate::safe::safe;
use std::fmt::Write;

/// Text in an attribute or an element; what XML 1.0 has no form for is shown escaped.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// A text between two tags, which are those of the view itself.
pub(super) fn element(out: &mut String, start: &str, text: &str, end: &str) {
    let _ = writeln!(out, "{start}{}{end}", xml(text));
}

/// What all drawings look like, in light and in dark. Colours stand in both forms as they are: custom
/// properties would be black on black in programs that show SVG and know none.
const LIGHT: &str = "\
svg{font:120px system-ui,sans-serif}.bg{fill:#fff}text{fill:#1f2328}.h{font-size:160px;font-weight:600}
.g{stroke:#d1d9e0;stroke-width:7}.t{stroke:#59636e;stroke-width:12;stroke-dasharray:90 60}";
const DARK: &str = ".bg{fill:#0d1117}text{fill:#e6edf3}.g{stroke:#3d444d}.t{stroke:#9198a1}";

/// A drawing as a file of its own.
pub(super) struct Drawing<'a> {
    /// What it is, for those who hear it.
    pub(super) title: &'a str,
    /// What is seen, for those who hear it.
    pub(super) description: &'a str,
    /// The size of the sheet, in tenths of a pixel.
    pub(super) width: u64,
    pub(super) height: u64,
    /// The looks that it has beside those of all drawings, and what of them is else in the dark.
    pub(super) light: &'a str,
    pub(super) dark: &'a str,
    /// What is drawn.
    pub(super) body: &'a str,
}

impl Drawing<'_> {
    /// The file.
    pub(super) fn svg(&self) -> String {
        let Self { width, height, light, dark, .. } = self;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" width=\"{}\" \
             height=\"{}\" viewBox=\"0 0 {width} {height}\">\n",
            width / 10,
            height / 10
        );
        element(&mut svg, "<title id=\"title\">", self.title, "</title>");
        element(&mut svg, "<desc id=\"desc\">", self.description, "</desc>");
        let _ = writeln!(svg, "<style>{LIGHT}\n{light}\n@media (prefers-color-scheme:dark){{{DARK}\n{dark}}}</style>");
        let _ = writeln!(svg, "<rect class=\"bg\" width=\"{width}\" height=\"{height}\"/>");
        svg.push_str(self.body);
        svg.push_str("</svg>\n");
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn text_is_text_whatever_is_in_it() {
        assert_eq!(
            xml("<a b=\"c\">&'\n\u{0}\u{ffff}]]>"),
            "&lt;a b=&quot;c&quot;&gt;&amp;&apos; \\u{0}\\u{ffff}]]&gt;"
        );
    }
}
