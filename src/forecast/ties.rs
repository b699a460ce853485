//! What hangs on what in a compiled tenant: from a status, an item of evidence or a service to the
//! actions that count it.

use crate::compiled::Compiled;
use crate::id::ActionIdx;
use crate::profile::EvidenceLink;
use crate::tenant::{Slot, Tenant};
use std::collections::{BTreeMap, BTreeSet};

/// An action in an assessment: the position of the assessment, and the slot of its template.
pub(super) type Seat = (usize, usize);

/// For each thing that can change, what it touches; actions of which every control is excluded are
/// left out, for they never count.
#[derive(Debug)]
pub(super) struct Ties {
    /// For each status, the actions that take it.
    pub(super) of_status: Vec<Vec<Seat>>,
    /// For each service used, the provider's actions that concern it.
    pub(super) of_service: Vec<Vec<Seat>>,
    /// For each item, the statuses with a place that links it.
    pub(super) statuses_of: BTreeMap<EvidenceLink, BTreeSet<usize>>,
    /// For each item, the services used that it names.
    pub(super) services_of: BTreeMap<EvidenceLink, BTreeSet<usize>>,
}

impl Ties {
    pub(super) fn new(tenant: &Tenant) -> Self {
        let mut ties = Self {
            of_status: vec![Vec::new(); tenant.statuses.rows().len()],
            of_service: vec![Vec::new(); tenant.services.len()],
            statuses_of: BTreeMap::new(),
            services_of: BTreeMap::new(),
        };
        for (position, assessment) in tenant.assessments.iter().enumerate() {
            let slots = assessment.slots.iter().zip(&assessment.is_open).enumerate();
            for (slot, (stands, _)) in slots.filter(|(_, (_, is_open))| **is_open) {
                ties.seat(tenant, *stands, (position, slot));
            }
        }
        for (status, places) in tenant.statuses.rows().enumerate() {
            for link in places.iter().flat_map(|place| tenant.links(place)) {
                ties.statuses_of.entry(*link).or_default().insert(status);
            }
        }
        for (service, row) in tenant.namings.rows().enumerate() {
            for (link, _) in row {
                ties.services_of.entry(*link).or_default().insert(service);
            }
        }
        ties
    }

    fn seat(&mut self, tenant: &Tenant, stands: Slot, seat: Seat) {
        match stands {
            Slot::Listed(status) => self.of_status.get_mut(status).into_iter().for_each(|row| row.push(seat)),
            Slot::Provider(row) => {
                let mask = tenant.masks.row(row);
                let is_in = |n: usize| mask.get(n / 64).is_some_and(|word| word & (1 << (n % 64)) != 0);
                for (_, row) in self.of_service.iter_mut().enumerate().filter(|(n, _)| is_in(*n)) {
                    row.push(seat);
                }
            }
            Slot::NotApplicable | Slot::Unlisted(_) => {}
        }
    }

    /// Everything that is linked or that names a service used.
    pub(super) fn items(&self) -> BTreeSet<EvidenceLink> {
        self.statuses_of.keys().chain(self.services_of.keys()).copied().collect()
    }
}

/// Where an action stands in the assessments, if one of its controls there is not excluded.
pub(super) fn seats_of(compiled: &Compiled, tenant: &Tenant, action: ActionIdx) -> Vec<Seat> {
    let seat = |(position, assessment): (usize, &crate::tenant::TenantAssessment)| {
        let slot = compiled.template(assessment.template).actions.binary_search(&action).ok()?;
        assessment.is_open.get(slot).is_some_and(|is_open| *is_open).then_some((position, slot))
    };
    tenant.assessments.iter().enumerate().filter_map(seat).collect()
}
