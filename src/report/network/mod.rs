//! The graph of a profile, drawn: for Graphviz, Mermaid, programs that read GraphML, and as a picture.
//!
//! One file a form; `look` says how states look in all of them and what is written, `layout` where the nodes of
//! the picture stand. The JSON form is the graph itself.

mod dot;
mod graphml;
mod layout;
mod look;
mod mermaid;
mod svg;

pub use dot::network_dot;
pub use graphml::network_graphml;
pub use mermaid::{MERMAID_CHARACTERS, MERMAID_LINKS, network_mermaid};
pub use svg::network_svg;
