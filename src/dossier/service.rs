//! The services used, and the evidence that names each.

use super::build::Ground;
use super::result::ActionAt;
use super::sheet::{Naming, ServiceSheet};
use crate::explain::{State, concerns};
use crate::id::ServiceIdx;
use crate::profile::ExternalService;

/// The services of the library by id, then the external ones.
pub(super) fn sheets(ground: &Ground<'_>) -> Vec<ServiceSheet> {
    let used = ground.telling.view.tenant.services.iter().enumerate();
    let externals = ground.telling.view.profile.externals.iter();
    let known = used.filter_map(|(position, service)| ground.service(position, *service));
    known.chain(externals.map(|external| ground.external(external))).collect()
}

impl Ground<'_> {
    fn service(&self, position: usize, service: ServiceIdx) -> Option<ServiceSheet> {
        let view = &self.telling.view;
        let library = view.library.service(service);
        let namings = view.tenant.namings.row(position).iter();
        let naming = namings.filter_map(|(item, since)| {
            let (since, is_named) = (since.date(), *since <= view.day);
            Some(Naming { item: *self.evidence.get(item)?, since, is_named })
        });
        Some(ServiceSheet {
            id: library.id.value.to_string(),
            name: library.name.clone(),
            provider: Some(library.provider.to_string()),
            environment: library.environment.clone(),
            state: self.telling.service_state(position)?,
            certified: self.telling.evaluation.services.get(position)?.is_listed,
            retired_on: library.retired_on,
            note: library.note.clone(),
            evidence: naming.collect(),
            actions: self.concerning(service),
            location: self.telling.service_location(position),
        })
    }

    fn concerning(&self, service: ServiceIdx) -> Vec<ActionAt> {
        let compiled = self.telling.view.compiled;
        let actions = self.actions.iter().filter(|(action, _)| concerns(compiled, **action, service));
        actions.map(|(_, at)| *at).collect()
    }

    fn external(&self, external: &ExternalService) -> ServiceSheet {
        ServiceSheet {
            id: external.id.clone(),
            name: external.name.clone(),
            provider: None,
            environment: None,
            state: State::External,
            certified: false,
            retired_on: None,
            note: None,
            evidence: Vec::new(),
            actions: Vec::new(),
            location: self.telling.location(external.span),
        }
    }
}
