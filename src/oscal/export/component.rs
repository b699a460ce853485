//! The component definition of a template's provider: what each of its services brings along for a
//! control, and what it leaves to the customer.
//!
//! The model has no `provided` and `responsibilities` as the system security plan has, so both stand as
//! properties of an implemented requirement, with a sentence for people in its description.

use super::mapped::{Mapped, concerns, of};
use super::part::{BackMatter, Link, Metadata, Prop, Resource, ResourceLink, Role, back_matter, objects};
use super::text::{OscalDay, Props, item, line_or, markup, reference};
use crate::choice::Choice;
use crate::library::{Action, Control, Evidence, Library, Owner, Service};
use crate::oscal::token::control_token;
use crate::oscal::uuid::Id;
use crate::oscal::words::{about, control, evidence, service};

objects! {
    /// A component definition.
    ComponentDefinition {
        uuid: Id,
        metadata: Metadata,
        components: Vec<DefinedComponent>,
        capabilities: Vec<Capability>,
        back_matter: Option<BackMatter>,
    }

    /// A service.
    DefinedComponent {
        uuid: Id,
        r#type: &'static str,
        title: String,
        description: String,
        props: Vec<Prop>,
        links: Vec<Link>,
        control_implementations: Vec<ControlImplementation>,
        remarks: Option<String>,
    }

    /// What a component does for the controls of a catalogue.
    ControlImplementation {
        uuid: Id,
        source: String,
        description: String,
        implemented_requirements: Vec<Requirement>,
    }

    /// What a component does for a control.
    Requirement {
        uuid: Id,
        control_id: String,
        description: String,
        props: Vec<Prop>,
    }

    /// What several components give together.
    Capability {
        uuid: Id,
        name: String,
        description: String,
        incorporates_components: Vec<Incorporated>,
    }

    /// A component of a capability.
    Incorporated {
        component_uuid: Id,
        description: String,
    }
}

/// What the component definition is written from.
struct Ground<'a> {
    library: &'a Library,
    mapped: &'a Mapped<'a>,
    href: &'a str,
}

/// The component definition of the provider of a template, whose controls are those of the catalogue at `href`.
pub(super) fn component_definition(
    library: &Library,
    mapped: &Mapped<'_>,
    href: &str,
    day: OscalDay,
) -> ComponentDefinition {
    let template = mapped.template;
    let provider = template.provider.value.as_str();
    let name = library.provider(provider).map_or(provider, |p| p.name.as_str());
    let version = template.version.to_string();
    let title = format!("{}: {}", markup(name), markup(&template.title));
    let role = Role { id: "provider", title: "Provider of the services" };
    let metadata = Metadata::new(title, day.moment(), &version);
    let mut metadata = metadata.with_party(Id::of(&["party", "provider", provider]), &line_or(name, provider), role);
    metadata.props = Props::default()
        .with(about::TEMPLATE, template.id.value.as_str())
        .with(about::FRAMEWORK, mapped.framework.id.value.as_str())
        .with(service::PROVIDER, provider)
        .list();
    let ground = Ground { library, mapped, href };
    let services: Vec<&Service> = library.services().iter().filter(|s| s.provider.as_str() == provider).collect();
    let evidence = library.evidence().iter().filter(|e| e.provider.as_str() == provider);
    ComponentDefinition {
        uuid: Id::of(&["component-definition", template.id.value.as_str(), &version]),
        metadata,
        components: services.iter().map(|service| ground.component(service)).collect(),
        capabilities: capability(name, provider, &services).into_iter().collect(),
        back_matter: back_matter(evidence.map(resource).collect()),
    }
}

fn component_id(service: &Service) -> Id {
    Id::of(&["defined-component", service.id.value.as_str()])
}

fn resource_id(evidence: &Evidence) -> Id {
    Id::of(&["resource", "evidence", "library", evidence.id.value.as_str()])
}

/// The services in the scope of the provider's certification, if there are some.
fn capability(name: &str, provider: &str, services: &[&Service]) -> Option<Capability> {
    let certified = services.iter().filter(|s| s.certified);
    let incorporates_components: Vec<_> = certified
        .map(|service| Incorporated {
            component_uuid: component_id(service),
            description: format!("{} is listed in scope.", markup(&service.name)),
        })
        .collect();
    (!incorporates_components.is_empty()).then(|| Capability {
        uuid: Id::of(&["capability", provider, "certified"]),
        name: format!("{}: services in the scope of certification", line_or(name, provider)),
        description: "The services that the provider lists in the scope of its certification. Whether one is attested \
                      on a day depends on the evidence that names it."
            .to_owned(),
        incorporates_components,
    })
}

impl Ground<'_> {
    fn component(&self, service: &Service) -> DefinedComponent {
        let id = service.id.value.as_str();
        let naming = self.library.evidence().iter().filter(|e| e.services.iter().any(|(s, _)| s.value.as_str() == id));
        let requirements = self.mapped.controls.iter();
        let requirements = requirements.filter_map(|(control, actions)| self.requirement(service, control, actions));
        let implemented_requirements: Vec<_> = requirements.collect();
        let implementation = (!implemented_requirements.is_empty()).then(|| ControlImplementation {
            uuid: self.id("control-implementation", service, ""),
            source: self.href.to_owned(),
            description: format!("What {} brings along, and what is left to its customer.", markup(&service.name)),
            implemented_requirements,
        });
        let listed = if service.certified { "lists" } else { "does not list" };
        DefinedComponent {
            uuid: component_id(service),
            r#type: "service",
            title: service.name.clone(),
            description: format!("A service that the provider {listed} in the scope of its certification."),
            props: Props::default()
                .with(service::SERVICE, id)
                .with(service::PROVIDER, service.provider.as_str())
                .and(service::ENVIRONMENT, service.environment.as_deref())
                .list(),
            links: naming
                .map(|item| Link { href: resource_id(item).fragment(), rel: "reference", text: item.title.clone() })
                .collect(),
            control_implementations: implementation.into_iter().collect(),
            remarks: service.note.clone(),
        }
    }

    fn id(&self, sort: &str, service: &Service, control: &str) -> Id {
        Id::of(&[sort, self.mapped.template.id.value.as_str(), service.id.value.as_str(), control])
    }

    /// What a service does for a control; nothing if no action of the provider on it concerns the service.
    fn requirement(&self, service: &Service, control: &Control, actions: &[&Action]) -> Option<Requirement> {
        let concern = |action: &&Action| concerns(action, service.id.value.as_str());
        let own = |action: &&Action| action.provider == service.provider && concern(action);
        let provided: Vec<&Action> = of(Owner::Provider, actions).filter(own).collect();
        if provided.is_empty() {
            return None;
        }
        let left: Vec<&Action> = of(Owner::Customer, actions).filter(concern).collect();
        let titles = |list: &[&Action]| list.iter().map(|a| item(&markup(&a.title))).collect::<String>();
        let kept = match left.is_empty() {
            true => "Nothing is left to the customer.".to_owned(),
            false => format!("The customer keeps:\n{}", titles(&left)),
        };
        let ids = |list: &[&Action]| list.iter().map(|a| a.id.value.to_string()).collect::<Vec<_>>();
        Some(Requirement {
            uuid: self.id("requirement", service, control.id.value.as_str()),
            control_id: control_token(control.id.value.as_str()),
            description: format!("The provider does:\n{}\n\n{kept}", titles(&provided)),
            props: Props::default()
                .with(control::CONTROL, control.id.value.as_str())
                .each(service::PROVIDED, ids(&provided))
                .each(service::RESPONSIBILITY, ids(&left))
                .list(),
        })
    }
}

fn resource(item: &Evidence) -> Resource {
    let href = item.url.as_deref().and_then(reference);
    Resource {
        uuid: resource_id(item),
        title: Some(item.title.clone().unwrap_or_else(|| item.id.value.to_string())),
        description: None,
        props: Props::default()
            .with(evidence::EVIDENCE, item.id.value.as_str())
            .with(evidence::ORIGIN, "library")
            .with(evidence::KIND, item.kind.word())
            .and(evidence::REFERENCE, item.reference.as_deref())
            .and(evidence::VALID_FROM, item.valid_from)
            .and(evidence::VALID_TO, item.valid_to)
            .list(),
        rlinks: href.map(|href| ResourceLink { href }).into_iter().collect(),
        remarks: item.note.clone(),
    }
}
