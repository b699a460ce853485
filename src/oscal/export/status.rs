//! The statuses of a profile as properties, so that they can be read back.

use super::case::Case;
use super::part::Prop;
use super::text::Props;
use crate::oscal::words::status;
use crate::points::BasisPoints;
use crate::profile::{ActionEntry, EvidenceLink, Place, Status};

impl Case<'_> {
    /// What an entry says of its action in a place, or beside its places.
    pub(super) fn status(&self, entry: &ActionEntry, place: Option<&Place>) -> Props {
        let action = |index| self.library.action(index).id.value.as_str();
        let parent = match &entry.status {
            Status::Parent(parent) => Some(action(parent.value)),
            Status::Single(_) | Status::Instances(_) => None,
        };
        let props = Props::default()
            .with(status::ACTION, action(entry.action))
            .and(status::GROUP, entry.group.as_deref())
            .and(status::PARENT, parent);
        let props = match place {
            Some(place) => self.place(props, place),
            None => props,
        };
        props
            .and(status::ASSIGNED_TO, entry.assigned_to.as_deref())
            .and(status::DUE_ON, entry.due_on)
            .and(status::NOTES, entry.notes.as_deref())
    }

    fn place(&self, props: Props, place: &Place) -> Props {
        props
            .and(status::PLACE, place.name.as_deref())
            .and(status::IMPLEMENTATION, Some(place.implementation))
            .and(status::TEST, Some(place.test))
            .and(status::TEST_SOURCE, Some(place.source))
            .and(status::IMPLEMENTED_ON, place.implemented_on)
            .and(status::TESTED_ON, place.tested_on)
            .and(status::FRACTION, place.fraction.as_ref().map(|fraction| decimal(fraction.value)))
            .each(status::EVIDENCE, place.evidence.iter().filter_map(|link| self.linked(*link)))
    }

    fn linked(&self, link: EvidenceLink) -> Option<&str> {
        match link {
            EvidenceLink::Own(position) => self.profile.evidence.get(position).map(|item| item.id.value.as_str()),
            EvidenceLink::Library(index) => Some(self.library.evidence_item(index).id.value.as_str()),
        }
    }

    /// Every status of the profile, each under a group of its own, by action, group and place.
    pub(super) fn statuses(&self) -> Vec<Prop> {
        let mut list = Vec::new();
        for entry in &self.profile.actions {
            let places = entry.places().iter().map(Some);
            let alone = matches!(entry.status, Status::Parent(_)).then_some(None);
            list.extend(places.chain(alone).map(|place| self.status(entry, place).list()));
        }
        let grouped = list.into_iter().zip(1_usize..).flat_map(|(props, count)| {
            let group = format!("status-{count}");
            props.into_iter().map(move |prop| Prop { group: Some(group.clone()), ..prop })
        });
        grouped.collect()
    }
}

/// As a profile writes it, with all four places.
fn decimal(fraction: BasisPoints) -> String {
    let (whole, rest) = (fraction.get() / 10_000, fraction.get() % 10_000);
    format!("{whole}.{rest:04}")
}
