//! The graph in the language of Graphviz.

use super::look::{Look, named, plural, stands, title};
use crate::locale::{Locale, Words};
use crate::network::Network;
use crate::safe::safe;
use std::fmt::Write;

/// The graph in DOT, for `dot -Tsvg`.
#[must_use]
pub fn network_dot(network: &Network, locale: Locale) -> String {
    let words = Words::of(locale);
    let mut dot = String::from("digraph annexa {\n");
    let _ = writeln!(
        dot,
        "  graph [rankdir=LR, ranksep=1.2, nodesep=0.15, labelloc=t, label={}];",
        text(&[&title(network, words)])
    );
    dot.push_str("  node [shape=box, fontname=\"sans-serif\", fontsize=10, fontcolor=\"#1f2328\"];\n");
    dot.push_str(
        "  edge [color=\"#59636e\", fontname=\"sans-serif\", fontsize=8, fontcolor=\"#59636e\", arrowsize=0.6];\n",
    );
    for (position, node) in network.nodes.iter().enumerate() {
        let look = Look::of(node.state);
        let (ground, border) = look.colors();
        let mut lines = vec![node.id.as_str()];
        let named = named(node, words);
        lines.extend(Some(&*named).filter(|title| !title.is_empty()));
        let stands = stands(node, words);
        lines.push(&stands);
        let _ = writeln!(
            dot,
            "  n{position} [label={}, tooltip={}, class=\"{} {}\", style={}, fillcolor=\"{ground}\", color=\"{border}\"];",
            text(&lines),
            text(&[&format!("{}: {}", plural(node.kind, words), node.id)]),
            node.kind,
            look.class(),
            style(look),
        );
    }
    for link in &network.links {
        let _ = writeln!(dot, "  n{} -> n{} [label={}];", link.source, link.target, text(&[&words.word(link.kind)]));
    }
    dot.push_str("}\n");
    dot
}

fn style(look: Look) -> &'static str {
    match look {
        Look::Good => "filled",
        Look::Part => "\"filled,dashed\"",
        Look::Bad => "\"filled,bold\"",
        Look::Unknown => "\"filled,dotted\"",
        Look::Aside => "\"filled,rounded,dotted\"",
    }
}

/// Lines of text as a quoted string. Graphviz reads escapes and the entities of HTML in it, and hands what is left
/// on to SVG as it is.
fn text(lines: &[&str]) -> String {
    let mut quoted = String::from("\"");
    for (n, line) in lines.iter().enumerate() {
        if n > 0 {
            quoted.push_str("\\n");
        }
        for c in safe(line).chars() {
            match c {
                '"' => quoted.push_str("\\\""),
                '\\' => quoted.push_str("\\\\"),
                '&' => quoted.push_str("&amp;"),
                '\u{fffe}' | '\u{ffff}' => quoted.push('\u{fffd}'),
                c => quoted.push(c),
            }
        }
    }
    quoted.push('"');
    quoted
}
