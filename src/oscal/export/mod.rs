//! The six models, written.
//!
//! [`Model::oscal_of_library`] writes what a template or framework is, [`Model::oscal_of_tenant`] what an
//! assessment of a tenant comes to. One file a model: `catalog`, `profile`, `component`; `plan` (the system
//! security plan), `results`, `poam`. These three share `case` (the assessment), `status` (what is read
//! back), `observation`, `risk` and `finding`; all share `part` (metadata, properties) and `text` (the forms
//! of texts and dates). No figure is computed here: they are the dossier's.

mod case;
mod catalog;
mod component;
mod finding;
mod mapped;
mod observation;
mod part;
mod plan;
mod poam;
mod profile;
mod results;
mod risk;
mod status;
mod text;

pub use text::OscalDay;

use crate::choice::choice;
use crate::dossier::Dossier;
use crate::id::{FrameworkIdx, TemplateIdx};
use crate::model::{Model, TenantProfile};
use case::Case;
use mapped::Mapped;
use part::Root;
use serde::Serialize;

choice! {
    /// A model of OSCAL that is written.
    pub enum OscalModel {
        /// The controls of a framework.
        Catalog = "catalog",
        /// The controls that a template maps.
        Profile = "profile",
        /// What a provider's services bring along, and what they leave to the customer.
        ComponentDefinition = "component-definition",
        /// What a tenant uses, and how it carries each control.
        Ssp = "ssp",
        /// What tests and evidence show at a date.
        AssessmentResults = "assessment-results",
        /// What is to be done.
        Poam = "poam",
    }
}

/// A document, ready to be written as JSON.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct OscalDocument(Root);

/// A document on the library alone.
#[derive(Clone, Copy, Debug)]
pub enum OscalOfLibrary<'a> {
    /// The catalogue of a framework.
    Catalog(FrameworkIdx),
    /// The profile of a template over the catalogue at a place.
    Profile(TemplateIdx, &'a str),
    /// The component definition of a template's provider over the catalogue at a place.
    ComponentDefinition(TemplateIdx, &'a str),
}

/// A document on a tenant.
#[derive(Clone, Copy, Debug)]
pub enum OscalOfTenant<'a> {
    /// The system security plan over the profile at a place.
    Ssp(&'a str),
    /// The assessment results.
    AssessmentResults,
    /// The plan of action over the system security plan at a place.
    Poam(&'a str),
}

impl Model {
    /// A document on the library, last modified on `day`.
    #[must_use]
    pub fn oscal_of_library(&self, what: OscalOfLibrary<'_>, day: OscalDay) -> Option<OscalDocument> {
        let library = self.library();
        let mapped = |template| Mapped::of(library, library.template(template));
        Some(OscalDocument(match what {
            OscalOfLibrary::Catalog(framework) => Root::Catalog(catalog::catalog(library.framework(framework), day)),
            OscalOfLibrary::Profile(template, href) => Root::Profile(profile::profile(&mapped(template)?, href, day)),
            OscalOfLibrary::ComponentDefinition(template, href) => {
                Root::ComponentDefinition(component::component_definition(library, &mapped(template)?, href, day))
            }
        }))
    }

    /// A document on an assessment of a tenant, by its position in the dossier, which is of `profile`;
    /// nothing if it is not there, or the dossier's date is none that OSCAL can write.
    #[must_use]
    pub fn oscal_of_tenant(
        &self,
        what: OscalOfTenant<'_>,
        profile: &TenantProfile,
        dossier: &Dossier,
        assessment: usize,
    ) -> Option<OscalDocument> {
        let case = Case::of(self, profile, dossier, assessment)?;
        Some(OscalDocument(match what {
            OscalOfTenant::Ssp(href) => Root::SystemSecurityPlan(plan::security_plan(&case, href)),
            OscalOfTenant::AssessmentResults => Root::AssessmentResults(results::assessment_results(&case)),
            OscalOfTenant::Poam(href) => Root::PlanOfActionAndMilestones(poam::plan_of_action(&case, href)),
        }))
    }
}
