//! Evidence: what links or names an item, and what would be lost without it.

use super::effect::Comparison;
use super::service::brief;
use super::telling::Assessed;
use super::{Node, NodeKind, State, Telling};
use crate::choice::Choice;
use crate::evaluate::Evaluation;
use crate::id::ServiceIdx;
use crate::library::Owner;
use crate::profile::EvidenceLink;
use crate::tenant::Slot;

/// The items with this id: the profile's, and the library's that stands beside it.
pub(super) fn roots(telling: &Telling<'_>, id: &str) -> Vec<Node> {
    let own = telling.view.profile.evidence.iter().position(|e| e.id.value == id).map(EvidenceLink::Own);
    let library = telling.view.library.find_evidence(id).map(EvidenceLink::Library);
    own.into_iter().chain(library).map(|item| telling.evidence_root(item)).collect()
}

impl Telling<'_> {
    fn evidence_root(&self, item: EvidenceLink) -> Node {
        let mut node = self.evidence_node(item);
        let without = self.evaluate(&self.view.tenant.without_item(item));
        let loss = Comparison { less: &without, more: self.evaluation };
        node.rests = Some(loss.overall());
        node.children = self.services_named(item);
        let resting: Vec<Node> = self.assessed().iter().map(|a| self.resting_on_item(a, item, &without)).collect();
        let names = node.children.iter().filter(|n| n.state != Some(State::NotUsed)).count();
        let links = resting.iter().filter(|n| !n.children.is_empty()).count();
        node.children.extend(resting.into_iter().filter(|n| !n.children.is_empty()));
        let note = match (names, links) {
            (0, 0) => Some("it names no service that the profile uses, and no action that counts links it"),
            _ if loss.overall().is_none() => {
                Some("nothing would be lost without it: other evidence holds too, or it proves nothing today")
            }
            _ => None,
        };
        node.notes.extend(note.map(str::to_owned));
        node
    }

    /// The services that an item names, with whether the tenant uses them.
    fn services_named(&self, item: EvidenceLink) -> Vec<Node> {
        let library = self.view.library;
        let named: Vec<ServiceIdx> = match item {
            EvidenceLink::Own(position) => {
                let own = self.view.profile.evidence.get(position).filter(|e| e.provider_kind.is_some());
                own.into_iter().flat_map(|e| &e.services).map(|(service, _)| *service).collect()
            }
            EvidenceLink::Library(item) => {
                let names = &library.evidence_item(item).services;
                names.iter().filter_map(|(service, _)| library.find_service(service.value.as_str())).collect()
            }
        };
        named.into_iter().map(|service| self.named_service(service, item)).collect()
    }

    fn named_service(&self, service: ServiceIdx, item: EvidenceLink) -> Node {
        let position = self.view.tenant.services.binary_search(&service).ok();
        let found = position.and_then(|p| Some((p, self.service_node(p)?)));
        let Some((position, mut node)) = found else {
            let library = self.view.library.service(service);
            let mut node = Node::new(NodeKind::Service, library.id.value.as_str(), &library.name);
            node.state = Some(State::NotUsed);
            return node;
        };
        brief(&mut node);
        let row = self.view.tenant.namings.row(position).iter();
        let since = row.filter(|(named_by, _)| *named_by == item).map(|(_, since)| *since).min();
        node.notes.push(match since.map(|day| (day <= self.view.day, day.date())) {
            Some((true, Some(date))) => format!("named since {date}"),
            Some((false, Some(date))) => format!("named from {date}"),
            _ => "the item does not say from when it names it".to_owned(),
        });
        node
    }

    fn resting_on_item(&self, assessed: &Assessed<'_>, item: EvidenceLink, without: &Evaluation) -> Node {
        let loss = Comparison { less: without, more: self.evaluation };
        let mut node = assessed.node();
        node.rests = Some(loss.assessment(assessed.position));
        for owner in [Owner::Customer, Owner::Provider] {
            let mut side = Node::new(NodeKind::Side, owner.word(), "");
            for slot in 0..assessed.template.actions.len() {
                let Some((action, stands, _)) = assessed.slot(slot) else { continue };
                let library = self.view.library.action(action);
                let effect = loss.action(assessed.position, slot);
                let is_linked = self.links_item(stands, item);
                if library.owner != owner || (effect.is_none() && !is_linked) {
                    continue;
                }
                let Some(mut node) = self.action_node(assessed, slot) else { continue };
                node.rests = Some(effect);
                self.only_linking(&mut node, item);
                side.children.push(node);
            }
            node.children.extend((!side.children.is_empty()).then_some(side));
        }
        node
    }

    /// Whether some place of the action links the item.
    fn links_item(&self, stands: Slot, item: EvidenceLink) -> bool {
        let Slot::Listed(status) = stands else { return false };
        let mut places = self.view.tenant.statuses.row(status).iter();
        places.any(|place| self.view.tenant.links(place).contains(&item))
    }

    /// Leaves of an action only the places that link the item.
    fn only_linking(&self, node: &mut Node, item: EvidenceLink) {
        let id = self.view.evidence_id(item);
        let mut places = std::mem::take(&mut node.children);
        brief(node);
        places.retain(|p| p.kind == NodeKind::Place && p.children.iter().any(|e| e.id == id));
        places.iter_mut().for_each(brief);
        node.children = places;
    }
}
