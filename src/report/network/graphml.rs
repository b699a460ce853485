//! The graph as GraphML, which yEd, Gephi, networkx and igraph read.

use super::look::title;
use crate::choice::Choice;
use crate::explain::State;
use crate::locale::{Locale, Words};
use crate::network::Network;
use crate::report::xml::xml;
use std::fmt::Write;

/// What is told of nodes and links: the id of the key, what it is for, and its name.
const KEYS: [(&str, &str); 10] = [
    ("key", "node"),
    ("kind", "node"),
    ("id", "node"),
    ("title", "node"),
    ("state", "node"),
    ("template", "node"),
    ("group", "node"),
    ("owner", "node"),
    ("origin", "node"),
    ("since", "edge"),
];

/// The graph as GraphML.
#[must_use]
pub fn network_graphml(network: &Network, locale: Locale) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (name, of) in KEYS {
        let _ = writeln!(text, "  <key id=\"{of}-{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"string\"/>");
    }
    text.push_str("  <key id=\"edge-kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n");
    text.push_str("  <key id=\"graph-title\" for=\"graph\" attr.name=\"title\" attr.type=\"string\"/>\n");
    text.push_str("  <graph id=\"annexa\" edgedefault=\"directed\">\n");
    data(&mut text, 4, "graph-title", Some(&title(network, Words::of(locale))));
    for (position, node) in network.nodes.iter().enumerate() {
        let _ = writeln!(text, "    <node id=\"n{position}\">");
        data(&mut text, 6, "node-key", Some(&node.key));
        data(&mut text, 6, "node-kind", Some(node.kind.word()));
        data(&mut text, 6, "node-id", Some(&node.id));
        data(&mut text, 6, "node-title", Some(node.title.as_str()).filter(|title| !title.is_empty()));
        data(&mut text, 6, "node-state", node.state.map(State::word));
        data(&mut text, 6, "node-template", node.assessment.as_ref().map(|a| a.template.as_str()));
        data(&mut text, 6, "node-group", node.assessment.as_ref().map(|a| a.group.as_str()));
        data(&mut text, 6, "node-owner", node.owner.map(Choice::word));
        data(&mut text, 6, "node-origin", node.origin.map(Choice::word));
        text.push_str("    </node>\n");
    }
    for (position, link) in network.links.iter().enumerate() {
        let _ = writeln!(text, "    <edge id=\"e{position}\" source=\"n{}\" target=\"n{}\">", link.source, link.target);
        data(&mut text, 6, "edge-kind", Some(link.kind.word()));
        data(&mut text, 6, "edge-since", link.since.map(|day| day.to_string()).as_deref());
        text.push_str("    </edge>\n");
    }
    text.push_str("  </graph>\n</graphml>\n");
    text
}

fn data(text: &mut String, indent: usize, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = writeln!(text, "{:indent$}<data key=\"{key}\">{}</data>", "", xml(value));
    }
}
