//! The graph as a picture: a column for each kind, links from left to right, those within a column as arcs.

use super::layout::Layout;
use super::look::{Look, description, named, plural, stands, title, told};
use crate::locale::{Locale, Words};
use crate::network::{LinkKind, Network, NetworkKind, NetworkLink, NetworkNode};
use crate::report::xml::{Drawing, element, xml};
use crate::safe::safe;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The room around all, and that of the headings over the columns.
const EDGE: u64 = 200;
const TOP: u64 = 900;
/// A box with its three lines of text, and the room between boxes.
const BOX: u64 = 2_100;
const HIGH: u64 = 520;
const ROW: u64 = 620;
const BETWEEN: u64 = 1_000;
/// The room of a link between boxes.
const GAP: u64 = 160;
/// How many columns of text fit in a box: of an id, which is bold, and of what stands under it.
const COLUMNS: usize = 28;
const MORE_COLUMNS: usize = 34;

/// Kinds of links that look alike.
const LINKS: [&[LinkKind]; 4] = [
    &[LinkKind::Contains, LinkKind::ServedBy, LinkKind::Concerns],
    &[LinkKind::DependsOn],
    &[LinkKind::TakesStatusFrom],
    &[LinkKind::ProvedBy, LinkKind::NamedBy],
];

/// Looks differ by the lines of their boxes, kinds of links by their dashes.
const LIGHT: &str = "\
.n rect{stroke-width:12}.i{font-size:115px;font-weight:600}.c{font-size:105px}.s{font-size:100px;font-style:italic}
.good rect{fill:#dafbe1;stroke:#1a7f37}.part rect{fill:#fff8c5;stroke:#8a6100;stroke-width:20;stroke-dasharray:70 35}
.bad rect{fill:#ffebe9;stroke:#b42318;stroke-width:34}
.unknown rect{fill:#fff;stroke:#59636e;stroke-width:20;stroke-dasharray:20 25}
.aside rect{fill:#f6f8fa;stroke:#59636e;stroke-dasharray:10 40}
.k,.d,.f,.e{fill:none;stroke:#59636e;stroke-width:9}.d{stroke-dasharray:60 30}.f{stroke-dasharray:90 30 20 30}
.e{stroke-dasharray:20 25}";
const DARK: &str = "\
.good rect{fill:#12261e;stroke:#7ee787}.part rect{fill:#2e2a1f;stroke:#e3b341}.bad rect{fill:#3c1618;stroke:#ff7b72}
.unknown rect{fill:#0d1117;stroke:#9198a1}.aside rect{fill:#161b22;stroke:#9198a1}.k,.d,.f,.e{stroke:#9198a1}";

/// The graph as an SVG file, to be read on its own: no script, nothing from elsewhere.
#[must_use]
pub fn network_svg(network: &Network, locale: Locale) -> String {
    let words = Words::of(locale);
    let kinds = network.kinds();
    let sheet = Sheet::new(network, &kinds);
    let title = title(network, words);
    let mut body = String::new();
    let wide = u64::try_from(kinds.len()).unwrap_or(0).max(3) * (BOX + BETWEEN) - BETWEEN + 2 * EDGE;
    let fitting = usize::try_from((wide - 2 * EDGE) / 90).unwrap_or(COLUMNS);
    element(&mut body, &format!("<text class=\"h\" x=\"{EDGE}\" y=\"320\">"), &cut(&title, fitting), "</text>");
    for ((kind, count), x) in kinds.iter().zip((0..).map(|column| EDGE + column * (BOX + BETWEEN))) {
        let _ =
            writeln!(body, "<text class=\"i\" x=\"{x}\" y=\"{}\">{} {count}</text>", TOP - 160, plural(*kind, words));
    }
    for link in &network.links {
        let _ = writeln!(body, "<path class=\"{}\" d=\"{}\"/>", class(link.kind), sheet.path(link));
    }
    for (position, node) in network.nodes.iter().enumerate() {
        let (x, middle) = sheet.place(position);
        drawn(&mut body, node, words, (x, middle - HIGH / 2));
    }
    let below = TOP + sheet.layout.height + 150;
    let legend = legend(&mut body, below, words);
    let (title, description) = (title.as_str(), description(network, words));
    let (description, body) = (description.as_str(), body.as_str());
    let wide = wide.max(legend);
    Drawing { title, description, width: wide, height: below + 700, light: LIGHT, dark: DARK, body }.svg()
}

/// Where everything stands. A link over several columns leads through a gap in each of those between, one for
/// all that lead to the same node: behind a box it would seem to start there.
struct Sheet {
    column_of: Vec<usize>,
    /// For each node and column between, the gap.
    gaps: BTreeMap<(usize, usize), usize>,
    layout: Layout,
}

impl Sheet {
    fn new(network: &Network, kinds: &[(NetworkKind, usize)]) -> Self {
        let column = |node: &NetworkNode| kinds.iter().position(|(kind, _)| *kind == node.kind).unwrap_or(0);
        let mut column_of: Vec<usize> = network.nodes.iter().map(column).collect();
        let mut rows = vec![ROW; column_of.len()];
        let (mut gaps, mut links) = (BTreeMap::new(), BTreeSet::new());
        for link in &network.links {
            let ends = column_of.get(link.source).zip(column_of.get(link.target));
            let Some((from, to)) = ends.map(|(from, to)| (*from, *to)) else { continue };
            let mut last = link.source;
            for between in from + 1..to {
                let next = rows.len();
                let gap = *gaps.entry((link.target, between)).or_insert(next);
                if gap == next {
                    column_of.push(between);
                    rows.push(GAP);
                }
                links.insert((last, gap));
                last = gap;
            }
            links.insert((last, link.target));
        }
        let links: Vec<(usize, usize)> = links.into_iter().collect();
        let layout = Layout::new(&column_of, &rows, &links);
        Self { column_of, gaps, layout }
    }

    fn column(&self, node: usize) -> usize {
        self.column_of.get(node).copied().unwrap_or(0)
    }

    /// The left end of a node, and its middle.
    fn place(&self, node: usize) -> (u64, u64) {
        let column = u64::try_from(self.column(node)).unwrap_or(0);
        (EDGE + column * (BOX + BETWEEN), TOP + self.layout.y.get(node).copied().unwrap_or(0))
    }

    /// From the right side of one box to the left side of another, or round to the right side of one in its column.
    fn path(&self, link: &NetworkLink) -> String {
        let ((left, middle), (_, end)) = (self.place(link.source), self.place(link.target));
        let start = left + BOX;
        let mut path = format!("M{start} {middle}");
        if self.column(link.source) == self.column(link.target) {
            let out = start + (BETWEEN / 4 + middle.abs_diff(end) / 12).min(BETWEEN);
            // Which way it leads shows by its head: links between columns all lead to the right.
            let _ = write!(path, "C{out} {middle} {out} {end} {start} {end}l45 -30M{start} {end}l45 30");
            return path;
        }
        let mut from = middle;
        let between = self.column(link.source) + 1..self.column(link.target);
        let gaps = between.filter_map(|column| self.gaps.get(&(link.target, column)).copied());
        for node in gaps.chain([link.target]) {
            let (x, y) = self.place(node);
            let _ = write!(path, "C{} {from} {} {y} {x} {y}", x - BETWEEN / 2, x - BETWEEN / 2);
            if node != link.target {
                let _ = write!(path, "h{BOX}");
            }
            from = y;
        }
        path
    }
}

/// A box, and three lines in it; the whole of what is cut short stands in its title.
fn drawn(body: &mut String, node: &NetworkNode, words: &Words, (x, y): (u64, u64)) {
    let _ = writeln!(body, "<g class=\"n {}\">", Look::of(node.state).class());
    let stands = stands(node, words);
    let mut whole = format!("{}: {stands}", node.id);
    if !node.title.is_empty() {
        let _ = write!(whole, ". {}", node.title);
    }
    if let Some(assessment) = &node.assessment {
        let _ = write!(whole, " ({}, {})", assessment.template, assessment.group);
    }
    element(body, "<title>", &whole, "</title>");
    let _ = writeln!(body, "<rect x=\"{x}\" y=\"{y}\" width=\"{BOX}\" height=\"{HIGH}\" rx=\"40\"/>");
    let lines = [
        ("i", cut(&node.id, COLUMNS), 160),
        ("c", cut(&named(node, words), MORE_COLUMNS), 310),
        ("s", cut(&stands, MORE_COLUMNS), 450),
    ];
    for (class, line, down) in lines {
        let line = xml(&line);
        let _ = writeln!(body, "<text class=\"{class}\" x=\"{}\" y=\"{}\">{line}</text>", x + 80, y + down);
    }
    body.push_str("</g>\n");
}

fn class(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Contains | LinkKind::ServedBy | LinkKind::Concerns => "k",
        LinkKind::DependsOn => "d",
        LinkKind::TakesStatusFrom => "f",
        LinkKind::ProvedBy | LinkKind::NamedBy => "e",
    }
}

/// What lines mean; how wide that gets.
fn legend(body: &mut String, y: u64, words: &Words) -> u64 {
    let wide = |text: &str| u64::try_from(text.width()).unwrap_or(0) * 62;
    let mut x = EDGE;
    for look in Look::ALL {
        let (class, text) = (look.class(), told(look, words));
        let _ = writeln!(
            body,
            "<g class=\"n {class}\"><rect x=\"{x}\" y=\"{y}\" width=\"300\" height=\"160\" rx=\"40\"/></g>"
        );
        element(body, &format!("<text class=\"c\" x=\"{}\" y=\"{}\">", x + 380, y + 120), &text, "</text>");
        x += 600 + wide(&text);
    }
    let (mut under, y) = (EDGE, y + 300);
    for kinds in LINKS {
        let names: Vec<_> = kinds.iter().map(|kind| words.word(*kind)).collect();
        let text = words.list(names.iter().map(AsRef::as_ref));
        let class = kinds.first().map_or("k", |kind| class(*kind));
        let _ = writeln!(body, "<path class=\"{class}\" d=\"M{under} {y}h400\"/>");
        element(body, &format!("<text class=\"c\" x=\"{}\" y=\"{}\">", under + 480, y + 40), &text, "</text>");
        under += 700 + wide(&text);
    }
    x.max(under)
}

/// Text in at most so many columns; what is cut off shows as three dots.
fn cut(text: &str, columns: usize) -> String {
    let text = safe(text);
    if text.width() <= columns {
        return text;
    }
    let (mut short, mut width) = (String::new(), 1);
    for c in text.chars() {
        width += c.width().unwrap_or(0);
        if width > columns {
            break;
        }
        short.push(c);
    }
    format!("{}…", short.trim_end())
}
