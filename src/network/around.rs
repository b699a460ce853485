//! A part of a graph: what rests on an id, and what the id rests on.

use super::{Around, Network, NetworkLink};
use std::collections::BTreeMap;

impl Network {
    /// The nodes with this id, what they lead to and what leads to them in at most `depth` steps each way,
    /// and all links between these; nothing if no node has the id.
    ///
    /// A step never turns round: of two actions of one service neither is around the other.
    #[must_use]
    pub fn around(&self, id: &str, depth: usize) -> Option<Self> {
        let starts: Vec<usize> =
            self.nodes.iter().enumerate().filter(|(_, node)| node.id == id).map(|(position, _)| position).collect();
        if starts.is_empty() {
            return None;
        }
        let down = self.reached(&starts, depth, |link| (link.source, link.target));
        let up = self.reached(&starts, depth, |link| (link.target, link.source));
        let is_kept: Vec<bool> = down.into_iter().zip(up).map(|(down, up)| down || up).collect();
        let kept = self.nodes.iter().zip(&is_kept).enumerate().filter(|(_, (_, is_kept))| **is_kept);
        let (positions, nodes): (Vec<usize>, Vec<_>) = kept.map(|(n, (node, _))| (n, node.clone())).unzip();
        let moved: BTreeMap<usize, usize> = positions.into_iter().zip(0..).collect();
        let links = self.links.iter().filter_map(|link| {
            let (source, target) = (*moved.get(&link.source)?, *moved.get(&link.target)?);
            Some(NetworkLink { source, target, ..*link })
        });
        Some(Self {
            tenant: self.tenant.clone(),
            organization: self.organization.clone(),
            as_of: self.as_of,
            around: Some(Around { id: id.to_owned(), depth }),
            nodes,
            links: links.collect(),
        })
    }

    /// Which nodes are reached from `starts` in at most `depth` steps.
    fn reached(&self, starts: &[usize], depth: usize, step: impl Fn(&NetworkLink) -> (usize, usize)) -> Vec<bool> {
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (from, to) in self.links.iter().map(step) {
            if let Some(row) = next.get_mut(from) {
                row.push(to);
            }
        }
        let mut is_reached = vec![false; self.nodes.len()];
        let mut edge: Vec<usize> = Vec::new();
        let mut found = starts.to_vec();
        for _ in 0..=depth {
            edge.clear();
            for position in found.drain(..) {
                if let Some(seen) = is_reached.get_mut(position).filter(|seen| !**seen) {
                    *seen = true;
                    edge.push(position);
                }
            }
            if edge.is_empty() {
                break;
            }
            found.extend(edge.iter().filter_map(|position| next.get(*position)).flatten());
        }
        is_reached
    }
}
