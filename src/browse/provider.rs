//! Sheets of what a provider has and what is done: providers, services, evidence, actions.

use super::{Browser, Listing, Sheet};
use crate::choice::Choice;
use crate::id::{ActionIdx, EvidenceIdx, ServiceIdx};
use crate::library::{Action, Owner, Provider};

impl Browser<'_> {
    pub(super) fn provider_sheet(&self, provider: &Provider) -> Sheet {
        let id = &provider.id.value;
        let mut services = Listing::new(&["id", "name", "environment", "certified"], &[]);
        let own = || self.library.services().iter().filter(|s| s.provider == *id);
        for service in own() {
            let (name, environment) = (service.name.as_str(), service.environment.as_deref());
            services.push([
                service.id.value.as_str().into(),
                name.into(),
                environment.into(),
                service.certified.into(),
            ]);
        }
        let services = self.local_table(services, "name", own());
        let mut evidence = Listing::new(&["id", "kind", "current_from", "current_to"], &[]);
        let mut items = Vec::new();
        for (position, item) in self.library.evidence().iter().enumerate().filter(|(_, e)| e.provider == *id) {
            items.push(item);
            let (from, to) = self.current(EvidenceIdx::at(position));
            evidence.push([item.id.value.as_str().into(), item.kind.word().into(), from.into(), to.into()]);
        }
        Sheet::new("provider")
            .field("id", id.as_str())
            .field("name", provider.name.as_str())
            .field("review_cycle_days", provider.review_cycle_days)
            .field("action_count", self.library.actions().iter().filter(|a| a.provider == *id).count())
            .table("services", services)
            .table("evidence", self.local_table(evidence, "title", items))
    }

    pub(super) fn service_sheet(&self, idx: ServiceIdx) -> Sheet {
        let service = self.library.service(idx);
        self.local_field(Sheet::new("service").field("id", service.id.value.as_str()), "name", service)
            .field("provider", service.provider.as_str())
            .field("environment", service.environment.as_deref())
            .field("certified", service.certified)
            .field("first_seen", service.first_seen)
            .field("last_seen", service.last_seen)
            .field("retired_on", service.retired_on)
            .field("renamed_to", service.renamed_to.as_deref())
            .field("aliases", &service.aliases)
            .field("components", &service.components)
            .field("note", service.note.as_deref())
            .table("evidence", self.evidence_table(idx))
            .table("actions", self.action_table(self.actions_concerning(idx)))
    }

    /// The evidence that names a service: from when it does, and when it is current.
    fn evidence_table(&self, service: ServiceIdx) -> Listing {
        let brief = ["id", "kind", "named_from", "current_from", "current_to"];
        let mut listing = Listing::new(&brief, &["title", "url"]);
        let mut items = Vec::new();
        for evidence in self.evidence_of(service) {
            let item = self.library.evidence_item(evidence);
            items.push(item);
            let (from, to) = self.current(evidence);
            listing.push([
                item.id.value.as_str().into(),
                item.kind.word().into(),
                self.named_from(evidence, service).into(),
                from.into(),
                to.into(),
                item.title.as_deref().into(),
                item.url.as_deref().into(),
            ]);
        }
        self.local_table(listing, "title", items)
    }

    pub(super) fn evidence_sheet(&self, idx: EvidenceIdx) -> Sheet {
        let item = self.library.evidence_item(idx);
        let (from, to) = self.current(idx);
        let mut services = Listing::new(&["id", "name", "named_from"], &[]);
        let mut named = Vec::new();
        for service in item.services.iter().filter_map(|(s, _)| self.library.find_service(s.value.as_str())) {
            let found = self.library.service(service);
            named.push(found);
            let day = self.named_from(idx, service);
            services.push([found.id.value.as_str().into(), found.name.as_str().into(), day.into()]);
        }
        self.local_field(Sheet::new("evidence").field("id", item.id.value.as_str()), "title", item)
            .field("provider", item.provider.as_str())
            .field("kind", item.kind.word())
            .field("standards", &item.standards)
            .field("reference", item.reference.as_deref())
            .field("url", item.url.as_deref())
            .field("first_seen", item.first_seen)
            .field("last_seen", item.last_seen)
            .field("valid_from", item.valid_from)
            .field("valid_to", item.valid_to)
            .field("current_from", from)
            .field("current_to", to)
            .field("note", item.note.as_deref())
            .table("services", self.local_table(services, "name", named))
    }

    pub(super) fn action_sheet(&self, idx: ActionIdx) -> Sheet {
        let action = self.library.action(idx);
        let needed = action.depends_on.iter().filter_map(|a| self.library.find_action(a.value.as_str()));
        let mut services = Listing::new(&["id", "name"], &[]);
        let concerned = || self.services_of(idx).iter().map(|s| self.library.service(*s));
        for service in concerned() {
            services.push([service.id.value.as_str().into(), service.name.as_str().into()]);
        }
        let services = self.local_table(services, "name", concerned());
        Sheet::new("action")
            .field("id", action.id.value.as_str())
            .field("title", action.title.as_str())
            .field("provider", action.provider.as_str())
            .field("owner", action.owner.word())
            .field("type", action.action_type.word())
            .field("purpose", action.purpose.word())
            .field("enforcement", action.enforcement.word())
            .field("points", action.points().get())
            .field("feature", action.feature.as_deref())
            .field("effort_hours", action.effort_hours)
            .field("proof", &action.proof)
            .field("signals", &action.signals)
            .field("links", &action.links)
            .field("guidance", action.guidance.as_deref())
            .field("concerns", concerns(action))
            .table("controls", self.control_table(idx))
            .table("services", services)
            .table("depends_on", self.action_table(needed))
            .table("needed_by", self.action_table(self.waiting_for(idx)))
    }

    fn control_table(&self, action: ActionIdx) -> Listing {
        let mut listing = Listing::new(&["id", "title", "framework", "template"], &[]);
        for (framework, control, template) in self.controls_of(action) {
            let framework = self.library.framework(framework);
            let Some(control) = framework.controls.get(control.position()) else { continue };
            listing.push([
                control.id.value.as_str().into(),
                control.title.as_str().into(),
                framework.id.value.as_str().into(),
                self.library.template(template).id.value.as_str().into(),
            ]);
        }
        if self.library.templates().len() == 1 { listing.narrowed(2) } else { listing }
    }
}

/// What an action is about, in words.
fn concerns(action: &Action) -> &'static str {
    match (action.services.is_empty(), action.owner) {
        (true, Owner::Customer) => "the whole organization",
        (true, Owner::Provider) => "all services of the provider",
        (false, _) => "the services below",
    }
}
