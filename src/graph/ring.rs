//! Rings: what depends on itself, named in full.
//!
//! Strongly connected components are found by petgraph's iterative Kosaraju (its Tarjan recurses,
//! and a long chain of a hostile file would exhaust the stack); within each, one ring is walked.

use super::{Edge, Graph, Node};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::Library;
use crate::profile::{Profile, Status};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// Rings of `depends_on` and of `superseded_by` in a library, as diagnostics.
#[must_use]
pub fn dependency_rings(library: &Library, graph: &Graph) -> Diagnostics {
    let mut faults = Diagnostics::new();
    let is_dependency = |edge: &Edge| matches!(edge, Edge::DependsOn);
    for ring in rings(&graph.inner, is_dependency) {
        let names = steps(&ring).filter_map(|(node, next)| match (node, next) {
            (Node::Action(action), Node::Action(needed)) => {
                let (action, needed) = (library.action(action), &library.action(needed).id.value);
                let named = action.depends_on.iter().find(|a| a.value == *needed);
                Some((action.id.value.as_str(), named.map_or(action.id.span, |a| a.span)))
            }
            _ => None,
        });
        let names: Vec<_> = names.collect();
        faults.push(Diagnostic::ring(Code::DependencyCycle, "actions depend on each other", &names));
    }
    let is_supersession = |edge: &Edge| matches!(edge, Edge::SupersededBy);
    for ring in rings(&graph.inner, is_supersession) {
        let names = ring.iter().filter_map(|node| match node {
            Node::Framework(framework) => {
                let framework = library.framework(*framework);
                let named = framework.superseded_by.as_ref().map_or(framework.id.span, |f| f.span);
                Some((framework.id.value.as_str(), named))
            }
            _ => None,
        });
        let names: Vec<_> = names.collect();
        faults.push(Diagnostic::ring(Code::SupersessionCycle, "frameworks supersede each other", &names));
    }
    faults
}

/// Rings of `parent` in a profile, as diagnostics.
///
/// A child takes the status of its parent in the same group, so rings are sought group by group.
#[must_use]
pub fn parent_rings(library: &Library, graph: &Graph, profile: &Profile) -> Diagnostics {
    let mut faults = Diagnostics::new();
    if !profile.actions.iter().any(|e| matches!(e.status, Status::Parent(_))) {
        return faults;
    }
    let with_tenant = graph.with_tenant(profile);
    for (number, group) in profile.groups().into_iter().enumerate() {
        for ring in rings(&with_tenant.inner, |edge| *edge == Edge::TakesStatusFrom(number)) {
            let names = ring.iter().filter_map(|node| match node {
                Node::Action(action) => {
                    let Status::Parent(parent) = &profile.entry(*action, group)?.status else { return None };
                    Some((library.action(*action).id.value.as_str(), parent.span))
                }
                _ => None,
            });
            let names: Vec<_> = names.collect();
            faults.push(Diagnostic::ring(Code::ParentCycle, "actions take their status from each other", &names));
        }
    }
    faults
}

/// Each node of a ring and the one it points to.
fn steps(ring: &[Node]) -> impl Iterator<Item = (Node, Node)> {
    ring.iter().copied().zip(ring.iter().skip(1).chain(ring.first()).copied())
}

/// One ring for each strongly connected component over the edges that `wanted` lets through; each
/// starts at its smallest node, and the list is in their order.
fn rings(graph: &DiGraph<Node, Edge>, wanted: impl Fn(&Edge) -> bool) -> Vec<Vec<Node>> {
    let kept = graph.filter_map(|_, node| Some(*node), |_, edge| wanted(edge).then_some(*edge));
    let mut list: Vec<Vec<Node>> = Vec::new();
    for component in kosaraju_scc(&kept) {
        let is_ring = match component[..] {
            [only] => kept.contains_edge(only, only),
            _ => true,
        };
        if is_ring {
            let inside = component.iter().filter_map(|n| Some((*kept.node_weight(*n)?, *n)));
            list.push(walk(&kept, &inside.collect()));
        }
    }
    list.sort();
    list
}

/// Walks from the smallest node to smallest neighbours inside the component until a node repeats,
/// and returns the ring that closes there, turned to start at its smallest node.
fn walk(graph: &DiGraph<Node, Edge>, inside: &BTreeMap<Node, NodeIndex>) -> Vec<Node> {
    let mut path: Vec<Node> = Vec::new();
    let mut met: BTreeMap<Node, usize> = BTreeMap::new();
    let mut next = inside.first_key_value().map(|(node, _)| *node);
    while let Some(node) = next {
        if let Some(start) = met.insert(node, path.len()) {
            path.drain(..start);
            break;
        }
        path.push(node);
        let neighbours = inside.get(&node).map(|index| graph.neighbors(*index));
        let nodes = neighbours.into_iter().flatten().filter_map(|n| graph.node_weight(n).copied());
        next = nodes.filter(|n| inside.contains_key(n)).min();
    }
    let smallest = path.iter().enumerate().min_by_key(|(_, node)| **node).map_or(0, |(n, _)| n);
    path.rotate_left(smallest);
    path
}
