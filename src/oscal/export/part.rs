//! The objects that all models have: metadata, properties, links, resources.
//!
//! An empty list and a value that is absent are not written, for OSCAL has neither. [`objects`] makes
//! structs of that kind.

use crate::oscal::uuid::Id;
use serde::Serialize;

/// What may be left out of an object.
pub(super) trait Absent {
    /// Whether it is.
    fn is_absent(&self) -> bool {
        false
    }
}

impl Absent for String {}
impl Absent for &str {}
impl Absent for Id {}
impl Absent for bool {}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// Objects of OSCAL: structs whose absent fields are not written, under names with hyphens.
macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, serde::Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub(in crate::oscal::export) struct $name { $(
            $(#[$field_doc])*
            #[serde(skip_serializing_if = "crate::oscal::export::part::Absent::is_absent")]
            pub(in crate::oscal::export) $field: $type,
        )+ }

        impl crate::oscal::export::part::Absent for $name {}
    )+};
}
pub(super) use objects;

objects! {
    /// Who wrote a document, when, and what it is about.
    Metadata {
        title: String,
        last_modified: String,
        version: String,
        oscal_version: &'static str,
        props: Vec<Prop>,
        roles: Vec<Role>,
        parties: Vec<Party>,
        responsible_parties: Vec<ResponsibleParty>,
        remarks: Option<String>,
    }

    /// A name and a value.
    Prop {
        name: String,
        ns: Option<&'static str>,
        value: String,
        class: Option<String>,
        group: Option<String>,
        remarks: Option<String>,
    }

    /// A reference.
    Link {
        href: String,
        rel: &'static str,
        text: Option<String>,
    }

    /// What somebody does.
    Role {
        id: &'static str,
        title: &'static str,
    }

    /// A person or an organization.
    Party {
        uuid: Id,
        r#type: &'static str,
        name: String,
        props: Vec<Prop>,
    }

    /// Who has a role.
    ResponsibleParty {
        role_id: &'static str,
        party_uuids: Vec<Id>,
    }

    /// What stands at the end of a document and is referred to.
    BackMatter {
        resources: Vec<Resource>,
    }

    /// Something outside the document.
    Resource {
        uuid: Id,
        title: Option<String>,
        description: Option<String>,
        props: Vec<Prop>,
        rlinks: Vec<ResourceLink>,
        remarks: Option<String>,
    }

    /// Where a resource is.
    ResourceLink {
        href: String,
    }

    /// A part of a system.
    Component {
        uuid: Id,
        r#type: &'static str,
        title: String,
        description: String,
        props: Vec<Prop>,
        links: Vec<Link>,
        status: ComponentStatus,
        remarks: Option<String>,
    }

    /// Whether a component is in use.
    ComponentStatus {
        state: &'static str,
        remarks: Option<String>,
    }

    /// How far something is put into practice.
    ImplementationStatus {
        state: &'static str,
        remarks: Option<String>,
    }
}

impl Metadata {
    /// The metadata of a document, still without properties and parties.
    pub(super) fn new(title: String, last_modified: String, version: &str) -> Self {
        Self {
            title,
            last_modified,
            version: super::text::line(version),
            oscal_version: crate::oscal::words::OSCAL_VERSION,
            props: Vec::new(),
            roles: Vec::new(),
            parties: Vec::new(),
            responsible_parties: Vec::new(),
            remarks: None,
        }
    }

    /// With an organization that has a role.
    pub(super) fn with_party(mut self, id: Id, name: &str, role: Role) -> Self {
        let (role_id, name) = (role.id, super::text::line(name));
        self.parties.push(Party { uuid: id, r#type: "organization", name, props: Vec::new() });
        match self.responsible_parties.iter_mut().find(|r| r.role_id == role_id) {
            Some(responsible) => responsible.party_uuids.push(id),
            None => self.responsible_parties.push(ResponsibleParty { role_id, party_uuids: vec![id] }),
        }
        if !self.roles.iter().any(|r| r.id == role_id) {
            self.roles.push(role);
        }
        self
    }
}

/// Resources, if there are some.
pub(super) fn back_matter(resources: Vec<Resource>) -> Option<BackMatter> {
    (!resources.is_empty()).then_some(BackMatter { resources })
}

/// A document of one of the models: the name of the model, and what it holds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Root {
    Catalog(super::catalog::Catalog),
    Profile(super::profile::ProfileDocument),
    ComponentDefinition(super::component::ComponentDefinition),
    SystemSecurityPlan(super::plan::SecurityPlan),
    AssessmentResults(super::results::AssessmentResults),
    PlanOfActionAndMilestones(super::poam::PlanOfAction),
}
