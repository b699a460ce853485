//! The system security plan: what the organization is and uses (`system`), and how each control of the
//! assessed framework is carried, by whom (`requirement`).

mod requirement;
mod system;

use super::case::Case;
use super::part::{BackMatter, Component, Link, Metadata, Prop, back_matter, objects};
use crate::oscal::uuid::Id;
use requirement::ImplementedRequirement;

objects! {
    /// A system security plan.
    SecurityPlan {
        uuid: Id,
        metadata: Metadata,
        import_profile: ImportProfile,
        system_characteristics: SystemCharacteristics,
        system_implementation: SystemImplementation,
        control_implementation: ControlImplementation,
        back_matter: Option<BackMatter>,
    }

    /// The controls that the plan is about.
    ImportProfile {
        href: String,
    }

    /// What the system is.
    SystemCharacteristics {
        system_ids: Vec<SystemId>,
        system_name: String,
        description: String,
        system_information: SystemInformation,
        status: SystemStatus,
        authorization_boundary: Boundary,
        remarks: Option<String>,
    }

    /// What a system is called somewhere.
    SystemId {
        identifier_type: &'static str,
        id: String,
    }

    /// What information a system holds.
    SystemInformation {
        information_types: Vec<InformationType>,
    }

    /// A kind of information.
    InformationType {
        uuid: Id,
        title: &'static str,
        description: &'static str,
    }

    /// Whether a system is in use.
    SystemStatus {
        state: &'static str,
        remarks: Option<String>,
    }

    /// Where a system ends.
    Boundary {
        description: String,
    }

    /// What the system is made of.
    SystemImplementation {
        leveraged_authorizations: Vec<LeveragedAuthorization>,
        users: Vec<User>,
        components: Vec<Component>,
    }

    /// A system that somebody else answers for.
    LeveragedAuthorization {
        uuid: Id,
        title: String,
        props: Vec<Prop>,
        links: Vec<Link>,
        party_uuid: Id,
        date_authorized: String,
        remarks: Option<String>,
    }

    /// Who works with the system.
    User {
        uuid: Id,
        title: String,
        props: Vec<Prop>,
        role_ids: Vec<&'static str>,
        remarks: Option<String>,
    }

    /// How controls are carried.
    ControlImplementation {
        description: String,
        implemented_requirements: Vec<ImplementedRequirement>,
    }
}

/// The plan of an assessment, whose controls are those of the profile at `href`.
pub(super) fn security_plan(case: &Case<'_>, href: &str) -> SecurityPlan {
    SecurityPlan {
        uuid: case.document_id("system-security-plan"),
        metadata: case.plan_metadata(),
        import_profile: ImportProfile { href: href.to_owned() },
        system_characteristics: case.characteristics(),
        system_implementation: case.system(),
        control_implementation: ControlImplementation {
            description: "How each control of the framework is carried: by the organization, by the providers of the \
                          services that it uses, or by both."
                .to_owned(),
            implemented_requirements: case.controls().map(|(score, sheet)| case.requirement(score, sheet)).collect(),
        },
        back_matter: back_matter(case.register()),
    }
}
