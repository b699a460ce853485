//! Evidence: how it stands at the day, and until when what rests on it is proved.

use super::{Node, NodeKind, State, Telling};
use crate::choice::Choice;
use crate::day::{Day, Period};
use crate::profile::EvidenceLink;
use crate::source::Span;

/// An item and the period in which it proves what is asked.
pub(super) type Proving = (EvidenceLink, Period);

/// The last day, from `day` on without a break, on which one of the items holds, and that item.
pub(super) fn last_day(items: &[Proving], day: Day) -> Option<Proving> {
    let mut found: Option<Proving> = None;
    loop {
        let next = found.map_or(day, |(_, period)| period.to.plus(1));
        let holding = items.iter().filter(|(_, period)| period.holds(next));
        match holding.copied().max_by_key(|(_, period)| period.to) {
            Some(longest) if found.is_none_or(|(_, period)| longest.1.to > period.to) => found = Some(longest),
            _ => return found,
        }
    }
}

impl Telling<'_> {
    /// An item of evidence as it stands at the day.
    pub(super) fn evidence_node(&self, item: EvidenceLink) -> Node {
        let (title, kind) = self.evidence_words(item);
        let mut node = Node::new(NodeKind::Evidence, self.view.evidence_id(item), title);
        let period = self.period(item);
        node.state = Some(self.evidence_state(item));
        node.until = period.to.date();
        if let Some(from) = period.from.date().filter(|_| node.state == Some(State::NotYet)) {
            node.notes.push(format!("holds from {from}"));
        }
        node.notes.extend(kind);
        node.link = self.view.location(item).map(str::to_owned);
        node.place = self.evidence_span(item).and_then(|span| self.location(span));
        node
    }

    /// How an item stands at the day.
    pub(crate) fn evidence_state(&self, item: EvidenceLink) -> State {
        let period = self.period(item);
        match () {
            () if period.holds(self.view.day) => State::Current,
            () if period.has_lapsed(self.view.day) => State::Lapsed,
            () => State::NotYet,
        }
    }

    /// The title of an item and what it is, as far as the file says so.
    pub(crate) fn evidence_words(&self, item: EvidenceLink) -> (String, Option<String>) {
        match item {
            EvidenceLink::Own(position) => {
                let own = self.view.profile.evidence.get(position);
                (own.and_then(|e| e.title.clone()).unwrap_or_default(), own.and_then(|e| e.kind.clone()))
            }
            EvidenceLink::Library(item) => {
                let evidence = self.view.library.evidence_item(item);
                (evidence.title.clone().unwrap_or_default(), Some(evidence.kind.word().to_owned()))
            }
        }
    }

    pub(crate) fn evidence_span(&self, item: EvidenceLink) -> Option<Span> {
        match item {
            EvidenceLink::Own(position) => self.view.profile.evidence.get(position).map(|e| e.id.span),
            EvidenceLink::Library(item) => Some(self.view.library.evidence_item(item).id.span),
        }
    }

    /// The period in which an item is current.
    pub(crate) fn period(&self, item: EvidenceLink) -> Period {
        self.view.compiled.period(self.view.tenant, item)
    }

    /// Of the items that have lapsed by `day`, the one that did last: the one that the gap report shows.
    pub(super) fn last_lapsed(&self, items: &[Proving], day: Day) -> Option<Proving> {
        let lapsed = items.iter().filter(|(_, period)| period.has_lapsed(day)).copied();
        lapsed.max_by_key(|(item, _)| self.view.lapsed_later(Some(*item)))
    }

    /// The items that a place may link, each with its period.
    pub(super) fn proving(&self, items: &[EvidenceLink]) -> Vec<Proving> {
        items.iter().map(|item| (*item, self.period(*item))).collect()
    }

    /// The items that name the tenant's service at `position`, each current only once it names it.
    pub(super) fn naming(&self, position: usize) -> Vec<Proving> {
        let row = self.view.tenant.namings.row(position).iter();
        let proving = row.map(|(item, since)| {
            let period = self.period(*item);
            (*item, Period { from: period.from.max(*since), to: period.to })
        });
        proving.collect()
    }
}
