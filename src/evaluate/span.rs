//! What falls short at a day, told kind by kind: the rows of the gap report and their counts come of this.
//!
//! Each function calls `tell` once for every finding: of a place, of a service that an action concerns,
//! of a control as a whole. Who counts keeps nothing; who writes rows makes one of each.

use super::ControlStatus;
use super::action::{ServiceState, named_by};
use super::kind::GapKind;
use super::place::{Judgement, Proof};
use crate::compiled::Compiled;
use crate::day::Day;
use crate::library::Owner;
use crate::points::BasisPoints;
use crate::profile::EvidenceLink;
use crate::tenant::{CompiledPlace, Tenant, TenantAssessment};

/// A tenant at a day, and the day by which evidence that lapses is worth a word.
#[derive(Clone, Copy)]
pub(crate) struct GapSpan<'a> {
    pub(crate) compiled: &'a Compiled,
    pub(crate) tenant: &'a Tenant,
    pub(crate) day: Day,
    pub(crate) horizon: Day,
}

impl GapSpan<'_> {
    /// What a place of a customer's action falls short of; an item that lapses soon is told by itself.
    #[inline]
    pub(crate) fn place(
        self,
        place: &CompiledPlace,
        judgement: &Judgement,
        mut tell: impl FnMut(GapKind, Option<EvidenceLink>),
    ) {
        if !judgement.in_scope {
            return;
        }
        if let Some(kind) = judgement.shortfall {
            tell(kind, None);
        }
        if judgement.earned == BasisPoints::ZERO {
            return;
        }
        match judgement.proof {
            Proof::Missing => tell(GapKind::EvidenceMissing, None),
            Proof::Expired => tell(GapKind::EvidenceExpired, None),
            Proof::Current => {
                let links = self.tenant.links(place).iter().copied();
                links.filter(|item| self.lapses(*item)).for_each(|item| tell(GapKind::EvidenceExpiring, Some(item)));
            }
            Proof::NotNeeded => {}
        }
        if !judgement.is_fresh {
            tell(GapKind::TestStale, None);
        }
    }

    /// What a service used, at `position`, falls short of for a provider's action.
    pub(crate) fn service(
        self,
        position: usize,
        state: &ServiceState,
        mut tell: impl FnMut(GapKind, Option<EvidenceLink>),
    ) {
        if !state.is_listed {
            tell(GapKind::ServiceNotCertified, None);
        } else if !state.is_attested {
            tell(GapKind::ProviderUnattested, None);
        }
        if !state.is_attested {
            return;
        }
        match state.proof {
            Proof::Missing => tell(GapKind::EvidenceMissing, None),
            Proof::Expired => tell(GapKind::EvidenceExpired, None),
            Proof::Current => {
                let named = || named_by(self.tenant, position, self.day);
                for (nth, item) in named().enumerate().filter(|(_, item)| self.lapses(*item)) {
                    // An item may name a service from several days on; it lapses once.
                    if !named().take(nth).any(|earlier| earlier == item) {
                        tell(GapKind::EvidenceExpiring, Some(item));
                    }
                }
            }
            Proof::NotNeeded => {}
        }
    }

    /// What falls short of a control as a whole; `actions` says of a slot whether it applies, and what it
    /// earns. An external service is told by its position.
    pub(crate) fn control(
        self,
        assessment: &TenantAssessment,
        control: usize,
        status: ControlStatus,
        actions: impl Fn(usize) -> Option<(bool, BasisPoints)>,
        mut tell: impl FnMut(GapKind, Option<usize>),
    ) {
        let Some(statement) = assessment.controls.get(control) else { return };
        if statement.is_excluded {
            if !statement.is_justified {
                tell(GapKind::ExclusionUnjustified, None);
            }
            return;
        }
        if status == ControlStatus::Unmapped {
            tell(GapKind::UnmappedControl, None);
        }
        let template = self.compiled.template(assessment.template);
        if statement.is_claimed_inherited {
            let slots = template.slots_of_control.row(control).iter().filter_map(|s| usize::try_from(*s).ok());
            let (mut is_any, mut is_carried) = (false, true);
            for (slot, earned) in slots.filter_map(|slot| Some((slot, actions(slot)?))) {
                let (true, earned) = earned else { continue };
                let owner = template.actions.get(slot).map(|a| self.compiled.action(*a).owner);
                is_any = true;
                is_carried &= owner == Some(Owner::Provider) && earned.is_whole();
            }
            if !(is_any && is_carried) {
                tell(GapKind::InheritanceUnsupported, None);
            }
        }
        if template.is_provided.get(control).copied().unwrap_or(false) {
            (0..self.tenant.externals).for_each(|external| tell(GapKind::ServiceNotCertified, Some(external)));
        }
    }

    /// Whether an item holds now and will have lapsed by the horizon.
    fn lapses(self, item: EvidenceLink) -> bool {
        let period = self.compiled.period(self.tenant, item);
        period.holds(self.day) && period.has_lapsed(self.horizon)
    }
}
