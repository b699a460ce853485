//! The controls of an assessment, of what its slots signed.

use super::judged::{Signs, add};
use super::{AssessmentTally, Kernel, SlotTally};
use crate::compiled::CompiledTemplate;
use crate::evaluate::{ControlStatus, GapSpan, SharedGap, status_of};
use crate::points::{Amount, BasisPoints, Points};
use crate::tenant::{Slot, TenantAssessment};

impl Kernel {
    pub(super) fn fill_controls(
        &self,
        span: GapSpan<'_>,
        template: &CompiledTemplate,
        assessment: &TenantAssessment,
        tally: &mut AssessmentTally,
    ) {
        (tally.statuses, tally.shared) = Default::default();
        tally.controls.clear();
        for (position, (slots, statement)) in template.slots_of_control.rows().zip(&assessment.controls).enumerate() {
            let signs = slots.iter().filter_map(|slot| self.signs.get(usize::try_from(*slot).ok()?));
            let signs = Signs(signs.fold(0, |all, signs| all | signs.0));
            let status = match statement.is_excluded {
                true => ControlStatus::Excluded,
                false => self.status(template, slots, signs, &tally.slots),
            };
            tally.controls.push(status);
            add(&mut tally.statuses, status, 1);
            if let Some(half) = shared_gap(status, signs) {
                add(&mut tally.shared, half, 1);
            }
            let is_plain = !statement.is_excluded && !statement.is_claimed_inherited && span.tenant.externals == 0;
            if !is_plain || status == ControlStatus::Unmapped {
                let actions = |slot: usize| self.stands(assessment, slot);
                span.control(assessment, position, status, actions, |kind, _| add(&mut tally.gaps, kind, 1));
            }
        }
    }

    /// Whether a slot applies, and what it earns.
    fn stands(&self, assessment: &TenantAssessment, slot: usize) -> Option<(bool, BasisPoints)> {
        let judged = match assessment.slots.get(slot)? {
            Slot::NotApplicable => return Some((false, BasisPoints::ZERO)),
            Slot::Unlisted(_) => self.unlisted.as_ref(),
            Slot::Listed(status) => self.statuses.get(*status),
            Slot::Provider(mask) => self.masks.get(*mask),
        };
        judged.map(|judged| (true, judged.shares.earned))
    }

    fn status(&self, template: &CompiledTemplate, slots: &[u32], signs: Signs, tally: &[SlotTally]) -> ControlStatus {
        match () {
            () if !signs.has(Signs::CUSTOMER | Signs::PROVIDER) => ControlStatus::Unmapped,
            () if !signs.has(Signs::COUNTS) => ControlStatus::NotInScope,
            () if !signs.has(Signs::CUSTOMER_LACKS | Signs::PROVIDER_LACKS) => ControlStatus::Covered,
            () if !signs.has(Signs::EARNS) => ControlStatus::Gap,
            // Of a hundred actions at most, each worth 99 points at most, one earned is a share above nothing.
            () if !signs.has(Signs::EARNS_PART) && slots.len() <= 100 => ControlStatus::Partial,
            () => {
                let (mut missing, mut possible) = (Amount::ZERO, Amount::ZERO);
                for slot in slots.iter().filter_map(|slot| usize::try_from(*slot).ok()).filter(|s| self.counts(*s)) {
                    possible += template.points.get(slot).copied().map_or(Amount::ZERO, Points::whole);
                    missing += tally.get(slot).map_or(Amount::ZERO, |t| t.missing);
                }
                status_of(possible.less(missing), possible)
            }
        }
    }
}

fn shared_gap(status: ControlStatus, signs: Signs) -> Option<SharedGap> {
    let is_open = matches!(status, ControlStatus::Partial | ControlStatus::Gap);
    if !is_open || !signs.has(Signs::CUSTOMER) || !signs.has(Signs::PROVIDER) {
        return None;
    }
    match (signs.has(Signs::CUSTOMER_LACKS), signs.has(Signs::PROVIDER_LACKS)) {
        (true, true) => Some(SharedGap::BothSides),
        (true, false) => Some(SharedGap::CustomerSide),
        (false, true) => Some(SharedGap::ProviderSide),
        (false, false) => None,
    }
}
