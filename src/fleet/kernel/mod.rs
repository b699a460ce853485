//! The inner loop: a compiled tenant to its tally, into buffers that are used again.
//!
//! What evaluation judges is judged here by the same functions, but each distinct status once: a slot
//! only says which one holds for it (`judged`). Sums are then the points that stand on a status, times its
//! shares. A control's status is read off a few signs of its actions; where those do not decide, off its
//! points (`controls`).

mod controls;
mod judged;

use super::tally::{AssessmentTally, GapKinds, SlotTally, TenantTally};
use crate::choice::Choice;
use crate::compiled::{Compiled, CompiledTemplate, Flat};
use crate::day::Day;
use crate::evaluate::{
    ActionFigures, GapKind, GapSpan, ServiceSets, ServiceState, Sides, customer, judge_place, judge_services, provider,
};
use crate::profile::EvidenceLink;
use crate::tenant::{CompiledPlace, Slot, Tenant, TenantAssessment};
use judged::{Findings, Judged, Shares, Signs, add};

/// Counts of gaps by kind.
type Counts = [u32; GapKind::WORDS.len()];

/// The buffers of the inner loop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kernel {
    services: Vec<ServiceState>,
    sets: ServiceSets,
    /// What services fall short of: a kind, how often a service has it, and which services do, as bits.
    told: Vec<(GapKind, u32)>,
    told_of: Flat<u64>,
    service_counts: Vec<Counts>,
    /// For each status of the tenant.
    statuses: Vec<Judged>,
    /// For each set of services that actions concern; several findings of a kind are counted beside.
    masks: Vec<Judged>,
    mask_counts: Vec<Counts>,
    unlisted: Option<Judged>,
    /// For each slot.
    signs: Vec<Signs>,
    lapsing: Vec<EvidenceLink>,
}

/// When: the day of the figures, and the day by which evidence that lapses is told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct When {
    pub(crate) day: Day,
    pub(crate) horizon: Day,
}

impl Kernel {
    /// Fills in all numbers of a tally; its names are the caller's.
    pub(crate) fn tally(&mut self, compiled: &Compiled, tenant: &Tenant, when: When, tally: &mut TenantTally) {
        tally.assessments.resize_with(tenant.assessments.len(), AssessmentTally::default);
        for (assessment, tally) in tenant.assessments.iter().zip(&mut tally.assessments) {
            let span = GapSpan { compiled, tenant, day: when.day, horizon: when.horizon };
            self.judge(span, assessment);
            self.fill(span, assessment, tally);
            self.judge_again(GapSpan { day: when.horizon, ..span }, assessment);
            tally.outlook = self.sides().total();
        }
    }

    /// Judges all that a slot can stand for, with no points on it yet.
    fn judge(&mut self, span: GapSpan<'_>, assessment: &TenantAssessment) {
        self.judge_services(span);
        self.tell_services(span);
        let unlisted = Shares::from(&ActionFigures::unlisted());
        self.unlisted = Some(Judged::new(unlisted, Findings::one(GapKind::NotAssessed)));
        self.statuses.clear();
        for places in span.tenant.statuses.rows() {
            let (shares, findings) = status(span, assessment, places, &mut self.lapsing);
            self.statuses.push(Judged::new(shares, findings));
        }
        self.masks.clear();
        self.mask_counts.clear();
        for mask in span.tenant.masks.rows() {
            let (mut counts, mut findings) = (Counts::default(), Findings::default());
            for ((kind, times), services) in self.told.iter().zip(self.told_of.rows()) {
                let concerned = mask.iter().zip(services).map(|(mask, services)| (mask & services).count_ones());
                let concerned: u32 = concerned.sum();
                if concerned > 0 {
                    add(&mut counts, *kind, concerned * times);
                    findings.kinds.insert(*kind);
                }
            }
            self.masks.push(Judged::new(Shares::from(&provider(mask, &self.sets)), findings));
            self.mask_counts.push(counts);
        }
    }

    /// Judges the shares anew at another day; the points stay, and findings are not asked for.
    fn judge_again(&mut self, span: GapSpan<'_>, assessment: &TenantAssessment) {
        self.judge_services(span);
        for (judged, places) in self.statuses.iter_mut().zip(span.tenant.statuses.rows()) {
            if judged.points > 0 {
                judged.shares = shares(span, assessment, places);
            }
        }
        for (judged, mask) in self.masks.iter_mut().zip(span.tenant.masks.rows()) {
            if judged.points > 0 {
                judged.shares = Shares::from(&provider(mask, &self.sets));
            }
        }
    }

    fn judge_services(&mut self, span: GapSpan<'_>) {
        judge_services(span.compiled, span.tenant, span.day, &mut self.services);
        self.sets.fill(&self.services);
    }

    /// What services fall short of, once for all actions that concern them: few kinds, each of some services.
    fn tell_services(&mut self, span: GapSpan<'_>) {
        self.service_counts.clear();
        self.told.clear();
        for (position, state) in self.services.iter().enumerate() {
            let mut counts = Counts::default();
            span.service(position, state, |kind, _| add(&mut counts, kind, 1));
            for (kind, times) in counted(&counts) {
                if !self.told.contains(&(kind, times)) {
                    self.told.push((kind, times));
                }
            }
            self.service_counts.push(counts);
        }
        self.told_of.become_even(self.told.len(), self.services.len().div_ceil(64), 0);
        for (position, counts) in self.service_counts.iter().enumerate() {
            for found in counted(counts) {
                let row = self.told.iter().position(|told| *told == found).unwrap_or(usize::MAX);
                if let Some(word) = self.told_of.row_mut(row).get_mut(position / 64) {
                    *word |= 1 << (position % 64);
                }
            }
        }
    }

    /// Which judgement holds for a slot; none if the action does not apply.
    #[inline]
    fn judged(&mut self, slot: Slot) -> Option<&mut Judged> {
        match slot {
            Slot::NotApplicable => None,
            Slot::Unlisted(_) => self.unlisted.as_mut(),
            Slot::Listed(status) => self.statuses.get_mut(status),
            Slot::Provider(mask) => self.masks.get_mut(mask),
        }
    }

    /// All numbers of an assessment at the day of `span`, of what was judged.
    fn fill(&mut self, span: GapSpan<'_>, assessment: &TenantAssessment, tally: &mut AssessmentTally) {
        let template = span.compiled.template(assessment.template);
        tally.template = assessment.template;
        tally.gaps = Counts::default();
        self.fill_slots(template, assessment, tally);
        tally.sides = self.sides();
        self.count_gaps(&mut tally.gaps);
        self.settle(span, template, assessment, tally);
        self.fill_controls(span, template, assessment, tally);
    }

    fn fill_slots(&mut self, template: &CompiledTemplate, assessment: &TenantAssessment, tally: &mut AssessmentTally) {
        tally.slots.clear();
        tally.slots.reserve(assessment.slots.len());
        self.signs.clear();
        self.signs.reserve(assessment.slots.len());
        for ((slot, width), points) in assessment.slots.iter().zip(&assessment.widths).zip(&template.points) {
            let mut found = SlotTally::default();
            let mut signs = Signs::default();
            if let Some(judged) = self.judged(*slot) {
                if *width > 0 {
                    judged.points += u64::from(points.get());
                    judged.controls += width;
                }
                let counts = *width > 0 && judged.shares.in_scope;
                signs = Signs::of(&judged.shares, counts);
                if counts {
                    let missing = points.times(judged.shares.earned.rest());
                    found = SlotTally { missing, kinds: judged.findings.kinds };
                }
            }
            self.signs.push(signs);
            tally.slots.push(found);
        }
    }

    /// The sums of both sides: the points on each judgement, times its shares.
    fn sides(&self) -> Sides {
        let mut sides = Sides::default();
        for judged in self.statuses.iter().chain(&self.unlisted).filter(|judged| judged.points > 0) {
            sides.customer += judged.sums();
        }
        for judged in self.masks.iter().filter(|judged| judged.points > 0) {
            sides.provider += judged.sums();
        }
        sides
    }

    /// Each finding once for every control that it stands on.
    fn count_gaps(&self, gaps: &mut Counts) {
        for judged in self.statuses.iter().chain(&self.unlisted).filter(|j| j.controls > 0 && j.shares.in_scope) {
            judged.findings.add_to(gaps, judged.controls);
        }
        for (judged, counts) in self.masks.iter().zip(&self.mask_counts) {
            if judged.controls > 0 && !judged.findings.kinds.is_empty() {
                gaps.iter_mut().zip(counts).for_each(|(gap, count)| *gap += count * judged.controls);
            }
        }
    }

    /// What concerns single slots: contradictions, and risks that are accepted.
    fn settle(
        &mut self,
        span: GapSpan<'_>,
        template: &CompiledTemplate,
        assessment: &TenantAssessment,
        tally: &mut AssessmentTally,
    ) {
        let width_of = |slot: usize| assessment.widths.get(slot).copied().unwrap_or(0);
        for slot in assessment.conflicts.iter().filter(|slot| self.counts(**slot)) {
            add(&mut tally.gaps, GapKind::ConflictingStatus, width_of(*slot));
            tally.slots.get_mut(*slot).into_iter().for_each(|s| s.kinds.insert(GapKind::ConflictingStatus));
        }
        let mut last = None;
        for (action, _) in span.tenant.acceptances.iter().filter(|(_, until)| *until >= span.day) {
            let slot = template.actions.binary_search(action).ok().filter(|slot| self.counts(*slot));
            // An action may have several acceptances, which are in order.
            let Some(slot) = slot.filter(|slot| last.replace(*slot) != Some(*slot)) else { continue };
            let mut counts = Counts::default();
            self.count_slot(assessment, slot, &mut counts);
            tally.gaps.iter_mut().zip(&counts).for_each(|(gap, count)| *gap -= count * width_of(slot));
            let all: u32 = counts.iter().sum();
            add(&mut tally.gaps, GapKind::RiskAccepted, all * width_of(slot));
            if let Some(found) = tally.slots.get_mut(slot).filter(|_| all > 0) {
                found.kinds = GapKinds::default();
                found.kinds.insert(GapKind::RiskAccepted);
            }
        }
    }

    /// The findings of one slot, on one control.
    fn count_slot(&mut self, assessment: &TenantAssessment, slot: usize, counts: &mut Counts) {
        match assessment.slots.get(slot) {
            Some(Slot::Provider(mask)) => *counts = self.mask_counts.get(*mask).copied().unwrap_or_default(),
            Some(stands) => self.judged(*stands).into_iter().for_each(|judged| judged.findings.add_to(counts, 1)),
            None => {}
        }
        if assessment.conflicts.contains(&slot) {
            add(counts, GapKind::ConflictingStatus, 1);
        }
    }

    fn counts(&self, slot: usize) -> bool {
        self.signs.get(slot).is_some_and(|signs| signs.has(Signs::COUNTS))
    }
}

/// What places come to together, and what they fall short of.
fn status(
    span: GapSpan<'_>,
    assessment: &TenantAssessment,
    places: &[CompiledPlace],
    lapsing: &mut Vec<EvidenceLink>,
) -> (Shares, Findings) {
    let mut findings = Findings::default();
    let judge = |place| judge_place(span.compiled, span.tenant, place, assessment.retest, span.day);
    if let [place] = places {
        let judgement = judge(place);
        span.place(place, &judgement, |kind, item| {
            findings.kinds.insert(kind);
            findings.lapsing += u32::from(item.is_some());
        });
        return (Shares::from(&ActionFigures::of_place(&judgement)), findings);
    }
    lapsing.clear();
    for place in places {
        span.place(place, &judge(place), |kind, item| {
            findings.kinds.insert(kind);
            // An item that several places link lapses once.
            lapsing.extend(item);
        });
    }
    lapsing.sort_unstable();
    lapsing.dedup();
    findings.lapsing = u32::try_from(lapsing.len()).unwrap_or(u32::MAX);
    (shares(span, assessment, places), findings)
}

/// What places come to together.
fn shares(span: GapSpan<'_>, assessment: &TenantAssessment, places: &[CompiledPlace]) -> Shares {
    let judge = |place| judge_place(span.compiled, span.tenant, place, assessment.retest, span.day);
    let figures = match places {
        [place] => ActionFigures::of_place(&judge(place)),
        _ => customer(places.iter().map(judge)),
    };
    Shares::from(&figures)
}

/// The kinds that were counted, and how often.
fn counted(counts: &Counts) -> impl Iterator<Item = (GapKind, u32)> + '_ {
    let found = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    found.filter_map(|(position, count)| Some((GapKind::at(position)?, *count)))
}
