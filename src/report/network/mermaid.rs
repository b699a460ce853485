//! The graph as a flowchart of Mermaid, which GitHub, GitLab and many wikis draw.

use super::look::{Look, named, stands, title};
use crate::locale::{Locale, Words};
use crate::network::Network;
use crate::safe::safe;
use std::fmt::Write;

/// The most links that Mermaid draws unless it is told otherwise (`maxEdges`).
pub const MERMAID_LINKS: usize = 500;
/// The most characters that Mermaid reads unless it is told otherwise (`maxTextSize`).
pub const MERMAID_CHARACTERS: usize = 50_000;

/// The graph as a flowchart.
#[must_use]
pub fn network_mermaid(network: &Network, locale: Locale) -> String {
    let words = Words::of(locale);
    let mut chart = format!("---\ntitle: \"{}\"\n---\nflowchart LR\n", quoted(&title(network, words)));
    for (position, node) in network.nodes.iter().enumerate() {
        let _ = write!(chart, "  n{position}[\"{}", escaped(&node.id));
        let named = named(node, words);
        if !named.is_empty() {
            let _ = write!(chart, "<br/>{}", escaped(&named));
        }
        let _ = writeln!(chart, "<br/>{}\"]:::{}", escaped(&stands(node, words)), Look::of(node.state).class());
    }
    for link in &network.links {
        let _ = writeln!(chart, "  n{} -->|{}| n{}", link.source, escaped(&words.word(link.kind)), link.target);
    }
    for look in Look::ALL {
        let (ground, border) = look.colors();
        let line = match look {
            Look::Good => "stroke-width:1px",
            Look::Part => "stroke-width:2px,stroke-dasharray:6 3",
            Look::Bad => "stroke-width:3px",
            Look::Unknown => "stroke-width:2px,stroke-dasharray:2 2",
            Look::Aside => "stroke-width:1px,stroke-dasharray:1 3",
        };
        let _ = writeln!(chart, "  classDef {} fill:{ground},stroke:{border},color:#1f2328,{line}", look.class());
    }
    chart
}

/// Text with every character that Mermaid, Markdown or HTML could act on as an entity of Mermaid.
fn escaped(text: &str) -> String {
    plain(text, |out, c| write!(out, "#{};", u32::from(c)))
}

/// The same in a quoted string of YAML, as which the title is read.
fn quoted(text: &str) -> String {
    plain(text, |out, c| write!(out, "\\u{:04x}", u32::from(c)))
}

fn plain(text: &str, escape: impl Fn(&mut String, char) -> std::fmt::Result) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe(text).chars() {
        match c {
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            // Not a colon: Mermaid takes the last semicolon off a line that reads `style` before it, whose entity breaks.
            ' ' | '.' | ',' | '-' | '/' => out.push(c),
            c if c.is_alphanumeric() || !c.is_ascii() => out.push(c),
            c => {
                let _ = escape(&mut out, c);
            }
        }
    }
    out
}
