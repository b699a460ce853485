//! Everything a report hands on about a tenant at a date, as one plain result.
//!
//! Start with [`Dossier`] (`result`, and `sheet` for what it holds of each thing). [`Model::dossier`]
//! makes it, once: `build` brings the parts together, `action` writes a sheet for each action with the
//! proof of its points, `evidence` the register, `service` what is used. Statuses, shares and dates are
//! those that `explain` tells from; no figure is computed here. Reports are views of it; the links that
//! a view may make of what stands in a profile are decided in `link`.

mod action;
mod build;
mod evidence;
mod link;
mod result;
mod service;
mod sheet;

pub use link::link_of;
pub use result::{ActionAt, Dossier, DossierOptions, EvidenceAt, Lapsing, Past, ServiceAt};
pub use sheet::{
    Acceptance, ActionSheet, Appraisal, AssessmentSheet, ConflictSheet, ControlSheet, EntrySheet, EvidenceSheet,
    ExclusionSheet, Missing, Naming, PlaceSheet, ServiceSheet, Stated,
};

use crate::model::{Model, TenantProfile};
use crate::source::Sources;

impl Model {
    /// Everything a report hands on about a profile at a date; `sources` hold the texts read.
    #[must_use]
    pub fn dossier(&self, profile: &TenantProfile, sources: &Sources, options: &DossierOptions) -> Dossier {
        build::dossier(self, profile, sources, options)
    }
}
