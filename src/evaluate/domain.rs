//! Figures by domain: each action once in every domain that one of its controls stands in.

use super::{AssessmentFigures, Sides};
use crate::compiled::Compiled;
use crate::library::{Framework, Group};
use crate::tenant::TenantAssessment;
use std::collections::BTreeMap;

/// What a domain comes to in an assessment.
#[derive(Clone, Debug)]
pub(crate) struct DomainFigures<'l> {
    /// The topmost heading.
    pub(crate) group: &'l Group,
    pub(crate) sides: Sides,
    /// How many of its controls are covered, and how many are not excluded.
    pub(crate) covered: usize,
    pub(crate) controls: usize,
}

/// The figures of each domain of `framework`, in catalogue order.
pub(crate) fn domains<'l>(
    compiled: &Compiled,
    framework: &'l Framework,
    assessment: &TenantAssessment,
    figures: &AssessmentFigures,
) -> Vec<DomainFigures<'l>> {
    let template = compiled.template(assessment.template);
    let tops = framework.domains();
    let mut list: Vec<DomainFigures<'l>> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    // The last domain that counted each slot, so that none counts it twice.
    let mut counted: Vec<Vec<usize>> = vec![Vec::new(); template.actions.len()];
    for (position, control) in framework.controls.iter().enumerate() {
        let Some(top) = tops.get(control.group.value.as_str()).copied() else { continue };
        let domain = *at.entry(top.id.value.as_str()).or_insert_with(|| {
            list.push(DomainFigures { group: top, sides: Sides::default(), covered: 0, controls: 0 });
            list.len() - 1
        });
        let Some(found) = list.get_mut(domain) else { continue };
        if assessment.controls.get(position).is_none_or(|s| s.is_excluded) {
            continue;
        }
        found.controls += 1;
        let status = figures.controls.get(position).map(|c| c.status);
        found.covered += usize::from(status == Some(super::ControlStatus::Covered));
        for slot in template.slots_of_control.row(position).iter().filter_map(|s| usize::try_from(*s).ok()) {
            let Some(figures) = figures.actions.get(slot) else { continue };
            let Some(seen) = counted.get_mut(slot).filter(|seen| !seen.contains(&domain)) else { continue };
            seen.push(domain);
            found.sides.add(figures.owner, figures.sums);
        }
    }
    list
}
