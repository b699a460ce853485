//! The system of a plan: the organization, the services it uses, and the providers that answer for them.

use super::{
    Boundary, InformationType, LeveragedAuthorization, SystemCharacteristics, SystemId, SystemImplementation,
    SystemInformation, SystemStatus, User,
};
use crate::choice::Choice;
use crate::dossier::{EvidenceSheet, ServiceSheet};
use crate::explain::State;
use crate::library::ProviderEvidenceKind;
use crate::oscal::export::case::Case;
use crate::oscal::export::part::{Component, ComponentStatus, Link, Metadata, Role};
use crate::oscal::export::text::{OscalDay, Props, line_or, markup};
use crate::oscal::uuid::Id;
use crate::oscal::words::{NAMESPACE, evidence, service, status};
use std::collections::{BTreeMap, BTreeSet};

/// The role of those who work on actions.
const OWNER: Role = Role { id: "action-owner", title: "Works on improvement actions" };

impl<'a> Case<'a> {
    pub(super) fn plan_metadata(&self) -> Metadata {
        let mut metadata = self.metadata("System security plan");
        for provider in self.providers().into_keys() {
            let name = self.library.provider(provider).map_or(provider, |p| p.name.as_str());
            let role = Role { id: "provider", title: "Provider of services" };
            metadata = metadata.with_party(provider_id(provider), &line_or(name, provider), role);
        }
        metadata.roles.push(OWNER);
        metadata
    }

    pub(super) fn characteristics(&self) -> SystemCharacteristics {
        let organization = &self.dossier.score.organization;
        let scope = self.profile.statement.scope.as_deref().filter(|s| !s.trim().is_empty());
        let none = "Not stated: the profile gives no scope of the information security management system.";
        let information = InformationType {
            uuid: self.tenant_id("information-type", &[]),
            title: "Not stated",
            description: "The profile does not say what information the organization holds.",
        };
        SystemCharacteristics {
            system_ids: vec![SystemId { identifier_type: NAMESPACE, id: line_or(&self.profile.tenant, "-") }],
            system_name: line_or(organization, "-"),
            description: format!(
                "The cloud services that {} uses and its own work on their security, as far as {} asks for it.",
                markup(organization),
                markup(&self.framework.title)
            ),
            system_information: SystemInformation { information_types: vec![information] },
            status: SystemStatus {
                state: "operational",
                remarks: Some("The organization uses the services that are listed.".to_owned()),
            },
            authorization_boundary: Boundary { description: scope.map_or_else(|| none.to_owned(), markup) },
            remarks: Some(
                "A profile states neither a security sensitivity level nor impact levels, so none are given. \
                 Implementation statuses follow the Statement of Applicability: implemented is what is done and has \
                 passed its tests."
                    .to_owned(),
            ),
        }
    }

    pub(super) fn system(&self) -> SystemImplementation {
        let authorizations = self.authorizations();
        let mut this_system = self.this_system();
        this_system.props = self.statuses();
        let services = self.dossier.services.iter().map(|service| self.service(service, &authorizations));
        SystemImplementation {
            users: self.users(),
            components: std::iter::once(this_system).chain(services).collect(),
            leveraged_authorizations: authorizations.into_values().collect(),
        }
    }

    /// Who works on actions, each once.
    fn users(&self) -> Vec<User> {
        let names: BTreeSet<&str> = self.profile.actions.iter().filter_map(|e| e.assigned_to.as_deref()).collect();
        let user = |name: &str| User {
            uuid: self.tenant_id("user", &[name]),
            title: markup(name),
            props: Props::default().with(status::ASSIGNED_TO, name).list(),
            role_ids: vec![OWNER.id],
            remarks: None,
        };
        let nobody = || User {
            uuid: self.tenant_id("user", &[]),
            title: "Not stated".to_owned(),
            props: Vec::new(),
            role_ids: vec![OWNER.id],
            remarks: Some("The profile does not say who works on the actions.".to_owned()),
        };
        if names.is_empty() { vec![nobody()] } else { names.into_iter().map(user).collect() }
    }

    /// The providers of the services used, each with its services.
    fn providers(&self) -> BTreeMap<&'a str, Vec<&'a ServiceSheet>> {
        let mut providers: BTreeMap<&str, Vec<&ServiceSheet>> = BTreeMap::new();
        for service in &self.dossier.services {
            if let Some(provider) = service.provider.as_deref() {
                providers.entry(provider).or_default().push(service);
            }
        }
        providers
    }

    /// The providers whose evidence holds at the date and says from when.
    fn authorizations(&self) -> BTreeMap<&'a str, LeveragedAuthorization> {
        let one = |(provider, services): (&'a str, Vec<&ServiceSheet>)| {
            let items = services.iter().flat_map(|s| &s.evidence).filter(|naming| naming.is_named);
            let items = items.filter_map(|naming| self.dossier.evidence_item(naming.item));
            let dated = items.filter(|item| item.state == State::Current && item.counts_from.is_some());
            // A certificate says more than a report, and the newest more than an older one.
            let rank = |item: &&EvidenceSheet| {
                let is_certificate = item.provider_kind == Some(ProviderEvidenceKind::Certificate);
                (is_certificate, item.counts_from, item.id.clone())
            };
            let item = dated.max_by_key(rank)?;
            let authorized = OscalDay::new(item.counts_from?)?;
            let name = self.library.provider(provider).map_or(provider, |p| p.name.as_str());
            Some((provider, self.authorization(provider, name, item, authorized)))
        };
        self.providers().into_iter().filter_map(one).collect()
    }

    fn authorization(
        &self,
        provider: &str,
        name: &str,
        item: &EvidenceSheet,
        authorized: OscalDay,
    ) -> LeveragedAuthorization {
        LeveragedAuthorization {
            uuid: self.tenant_id("leveraged-authorization", &[provider]),
            title: format!("Services of {}", markup(name)),
            props: Props::default().with(service::PROVIDER, provider).with(evidence::EVIDENCE, &item.id).list(),
            links: vec![Link { href: self.evidence_id(item).fragment(), rel: "reference", text: None }],
            party_uuid: provider_id(provider),
            date_authorized: authorized.date().to_string(),
            remarks: Some(
                "The date is the one from which the newest certificate that holds, or else another item of evidence, \
                 speaks for a service that is used."
                    .to_owned(),
            ),
        }
    }

    pub(in crate::oscal::export) fn service_id(&self, service: &ServiceSheet) -> Id {
        let origin = if service.provider.is_some() { "library" } else { "external" };
        self.tenant_id("component", &["service", origin, &service.id])
    }

    pub(in crate::oscal::export) fn service(
        &self,
        sheet: &ServiceSheet,
        authorizations: &BTreeMap<&str, LeveragedAuthorization>,
    ) -> Component {
        let authorization = sheet.provider.as_deref().and_then(|provider| authorizations.get(provider));
        let is_retired = sheet.state == State::Retired;
        let items = sheet.evidence.iter().filter(|naming| naming.is_named);
        let items = items.filter_map(|naming| self.dossier.evidence_item(naming.item));
        let links = items.map(|item| Link {
            href: self.evidence_id(item).fragment(),
            rel: "reference",
            text: item.title.as_deref().map(markup),
        });
        let whose = match &sheet.provider {
            Some(_) => "A service that the organization uses and whose provider carries a part of the controls.",
            None => "A service that the organization uses and of which the library knows nothing.",
        };
        Component {
            uuid: self.service_id(sheet),
            r#type: "service",
            title: markup(&sheet.name),
            description: whose.to_owned(),
            props: Props::default()
                .plain("implementation-point", "external")
                .plain("leveraged-authorization-uuid", &authorization.map(|a| a.uuid.to_string()).unwrap_or_default())
                .with(service::SERVICE, &sheet.id)
                .and(service::PROVIDER, sheet.provider.as_deref())
                .and(service::ENVIRONMENT, sheet.environment.as_deref())
                .with(service::STATE, sheet.state.word())
                .list(),
            links: links.collect(),
            status: ComponentStatus { state: if is_retired { "disposition" } else { "operational" }, remarks: None },
            remarks: sheet.note.clone(),
        }
    }
}

fn provider_id(provider: &str) -> Id {
    Id::of(&["party", "provider", provider])
}
