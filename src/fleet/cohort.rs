//! By what a fleet is told apart.

use super::pack::PackedTenant;
use crate::choice::choice;
use crate::library::Library;
use std::collections::BTreeMap;

choice! {
    /// What tenants are grouped by.
    pub enum FleetBy {
        /// The branch of trade, `sector` of `[organization]`.
        Sector = "sector",
        /// Who serves the tenant, `partner` of `[organization]`.
        Partner = "partner",
        /// Where the tenant is, `region` of `[organization]`.
        Region = "region",
        /// The template of the assessment: a tenant stands in that of each.
        Template = "template",
    }
}

impl FleetBy {
    /// The cohorts that a tenant stands in, each with the positions of the assessments that count there.
    pub(crate) fn of<'a>(self, library: &'a Library, packed: &'a PackedTenant) -> Vec<(&'a str, Vec<usize>)> {
        let cohort = &packed.names.cohort;
        let assessments = &packed.tenant.assessments;
        let value = match self {
            Self::Sector => &cohort.sector,
            Self::Partner => &cohort.partner,
            Self::Region => &cohort.region,
            Self::Template => {
                let mut list: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
                for (position, assessment) in assessments.iter().enumerate() {
                    let id = library.template(assessment.template).id.value.as_str();
                    list.entry(id).or_default().push(position);
                }
                return list.into_iter().collect();
            }
        };
        vec![(value, (0..assessments.len()).collect())]
    }
}
