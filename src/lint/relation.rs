//! Relations that cannot all be true, or are declared twice.

use super::Linter;
use super::edition::edition_of;
use crate::choice::Choice;
use crate::diagnostic::{Code, Diagnostic};
use crate::library::{Crosswalk, Relation, RelationKind};
use crate::source::Span;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A control: the id of its framework, then its own.
type Control<'a> = (&'a str, &'a str);

/// A relation read so that it starts at the smaller of its two controls.
struct Stated<'a> {
    pair: (Control<'a>, Control<'a>),
    kind: RelationKind,
    span: Span,
    relation: &'a Relation,
    crosswalk: &'a str,
}

pub(super) fn lint(linter: &mut Linter<'_>) {
    let library = linter.library;
    let mut stated: Vec<Stated<'_>> = Vec::new();
    for crosswalk in library.crosswalks() {
        if leads_back(linter, crosswalk) {
            let message = format!("crosswalk `{}` leads from a framework to the same one", crosswalk.id.value);
            let diagnostic =
                Diagnostic::new(Code::CrosswalkToItself, message).at(crosswalk.to.span, "starts there too");
            linter.tell(diagnostic.about(crosswalk.id.value.as_str()));
        }
        stated.extend(crosswalk.relations.iter().map(|relation| turned(crosswalk, relation)));
    }
    // Of two places the later one tells, so that one's own file is named before the built-in one.
    stated.sort_by_key(|s| s.span);
    let mut by_pair: BTreeMap<(Control<'_>, Control<'_>), Vec<&Stated<'_>>> = BTreeMap::new();
    for one in &stated {
        by_pair.entry(one.pair).or_default().push(one);
    }
    for list in by_pair.values() {
        let Some(earlier) = list.first() else { continue };
        // Two crosswalks may well say the same.
        let is_odd = |later: &&&Stated<'_>| later.kind != earlier.kind || later.crosswalk == earlier.crosswalk;
        list.iter().skip(1).filter(is_odd).for_each(|later| linter.tell(twice(later, earlier)));
    }
    equal_to_two(linter, &stated);
    let disputed: BTreeSet<_> = by_pair
        .into_iter()
        .filter(|(_, l)| l.iter().any(|s| l.first().is_some_and(|f| f.kind != s.kind)))
        .map(|(p, _)| p)
        .collect();
    rings(linter, &stated, &disputed);
}

/// Whether both ends of a crosswalk are the same edition.
fn leads_back(linter: &Linter<'_>, crosswalk: &Crosswalk) -> bool {
    let edition = |id: &str| {
        let framework = linter.library.framework(linter.library.find_framework(id)?);
        Some(edition_of(framework, linter.published?)?.id.value.as_str())
    };
    let (from, to) = (crosswalk.from.value.as_str(), crosswalk.to.value.as_str());
    from == to || edition(from).is_some_and(|from| edition(to) == Some(from))
}

fn turned<'a>(crosswalk: &'a Crosswalk, relation: &'a Relation) -> Stated<'a> {
    let from = (crosswalk.from.value.as_str(), relation.from.value.as_str());
    let to = (crosswalk.to.value.as_str(), relation.to.value.as_str());
    let (pair, kind) = if from <= to { ((from, to), relation.kind) } else { ((to, from), relation.kind.turned()) };
    Stated { pair, kind, span: relation.from.span, relation, crosswalk: crosswalk.id.value.as_str() }
}

/// The same pair, declared once more.
fn twice(later: &Stated<'_>, earlier: &Stated<'_>) -> Diagnostic {
    let Relation { from, to, .. } = later.relation;
    let (code, message) = if later.kind == earlier.kind {
        (Code::DuplicateRelation, format!("`{}` to `{}` is declared twice", from.value, to.value))
    } else {
        let (other, here) = (&earlier.relation, later.relation.kind.word());
        let there = format!("`{}` to `{}` is `{}`", other.from.value, other.to.value, other.kind.word());
        let message = format!("`{}` to `{}` is `{here}`, but {there} elsewhere", from.value, to.value);
        (Code::ContradictingRelations, message)
    };
    let diagnostic = Diagnostic::new(code, message).at(later.span, "declared again");
    diagnostic.at(earlier.span, "declared first").about(from.value.as_str())
}

/// One control equal to two different ones of one framework.
fn equal_to_two(linter: &mut Linter<'_>, stated: &[Stated<'_>]) {
    let mut equals: BTreeMap<(Control<'_>, &str), (&str, Span)> = BTreeMap::new();
    for one in stated.iter().filter(|s| s.kind == RelationKind::Equal) {
        let (a, b) = one.pair;
        for (control, other) in [(a, b), (b, a)] {
            let (first, span) = *equals.entry((control, other.0)).or_insert((other.1, one.span));
            if first != other.1 {
                let message = format!("`{}` equals both `{first}` and `{}` of `{}`", control.1, other.1, other.0);
                let diagnostic =
                    Diagnostic::new(Code::ContradictingRelations, message).at(one.span, "equal to this one");
                linter.tell(diagnostic.at(span, "and to this one").about(control.1));
            }
        }
    }
}

/// Subsets that lead in a ring: then a control would ask more than itself. Pairs that are `disputed`
/// are told already.
fn rings(linter: &mut Linter<'_>, stated: &[Stated<'_>], disputed: &BTreeSet<(Control<'_>, Control<'_>)>) {
    let mut graph: DiGraph<Control<'_>, (bool, Span)> = DiGraph::new();
    let mut nodes: BTreeMap<Control<'_>, NodeIndex> = BTreeMap::new();
    for one in stated.iter().filter(|s| s.kind != RelationKind::Intersects && !disputed.contains(&s.pair)) {
        let [a, b] = [one.pair.0, one.pair.1].map(|c| *nodes.entry(c).or_insert_with(|| graph.add_node(c)));
        let is_equal = one.kind == RelationKind::Equal;
        if is_equal || one.kind == RelationKind::Subset {
            graph.add_edge(a, b, (!is_equal, one.span));
        }
        if is_equal || one.kind == RelationKind::Superset {
            graph.add_edge(b, a, (!is_equal, one.span));
        }
    }
    let mut component: Vec<usize> = vec![0; graph.node_count()];
    for (number, members) in kosaraju_scc(&graph).iter().enumerate() {
        for member in members {
            if let Some(slot) = component.get_mut(member.index()) {
                *slot = number;
            }
        }
    }
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let of = |node: NodeIndex| component.get(node.index()).copied();
    for edge in graph.edge_references().filter(|e| e.weight().0 && of(e.source()) == of(e.target())) {
        if !of(edge.source()).is_some_and(|number| told.insert(number)) {
            continue;
        }
        let mut path = way(&graph, edge.target(), edge.source());
        path.insert(0, (edge.source(), edge.weight().1));
        let names: Vec<(&str, Span)> =
            path.iter().filter_map(|(n, span)| Some((graph.node_weight(*n)?.1, *span))).collect();
        let about = names.first().map_or("", |(name, _)| *name).to_owned();
        let ring = Diagnostic::ring(Code::ContradictingRelations, "each asks at most what the next asks", &names);
        linter.tell(ring.about(about));
    }
}

/// The shortest way from one node to another, each with the place of the relation that leads on.
fn way(graph: &DiGraph<Control<'_>, (bool, Span)>, from: NodeIndex, to: NodeIndex) -> Vec<(NodeIndex, Span)> {
    let mut came: BTreeMap<NodeIndex, (NodeIndex, Span)> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front().filter(|node| *node != to) {
        for edge in graph.edges(node).filter(|e| e.target() != from) {
            if let Entry::Vacant(first) = came.entry(edge.target()) {
                first.insert((node, edge.weight().1));
                queue.push_back(edge.target());
            }
        }
    }
    let mut path = Vec::new();
    let mut node = to;
    while let Some((before, span)) = came.get(&node).copied() {
        path.push((before, span));
        node = before;
    }
    path.reverse();
    path
}
