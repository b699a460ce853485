//! The inner loop: a compiled tenant to its tally, into buffers that are used again.
//!
//! What evaluation judges is judged here by the same functions, but each distinct status once: a slot
//! only says which one holds for it. Sums are then the points that stand on a status, times its shares.
//! A control's status is read off a few bits of its actions; where those do not decide, off its points.

use super::tally::{AssessmentTally, GapKinds, SlotTally, TenantTally};
use crate::choice::Choice;
use crate::compiled::{Compiled, CompiledTemplate};
use crate::day::Day;
use crate::evaluate::{
    ActionFigures, ControlStatus, GapKind, GapSpan, ServiceSets, ServiceState, SharedGap, Sides, customer, judge_place,
    judge_services, provider, status_of,
};
use crate::library::Owner;
use crate::points::{Amount, BasisPoints, Points, Sums};
use crate::profile::EvidenceLink;
use crate::tenant::{CompiledPlace, Slot, Tenant, TenantAssessment};

/// Counts of gaps by kind.
type Counts = [u32; GapKind::WORDS.len()];

/// What holds for every slot that stands alike.
#[derive(Clone, Copy, Debug)]
struct Judged {
    figures: ActionFigures,
    /// The findings of an action that stands so, on one of its controls.
    findings: Findings,
    /// The points of the slots that stand so and whose controls are not all excluded.
    points: u64,
    /// On how many controls, not excluded, those slots are.
    controls: u32,
}

/// Findings by kind: one of each, but several of evidence that lapses.
#[derive(Clone, Copy, Debug, Default)]
struct Findings {
    kinds: GapKinds,
    lapsing: u32,
}

/// What a slot has to say of its controls, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Signs(u8);

impl Signs {
    /// A customer's or a provider's action applies.
    const CUSTOMER: u8 = 1;
    const PROVIDER: u8 = 2;
    /// It counts.
    const COUNTS: u8 = 4;
    /// It counts, is the customer's or the provider's, and does not earn all.
    const CUSTOMER_LACKS: u8 = 8;
    const PROVIDER_LACKS: u8 = 16;
    /// It counts and earns something, or a part only.
    const EARNS: u8 = 32;
    const EARNS_PART: u8 = 64;

    fn of(figures: &ActionFigures, counts: bool) -> Self {
        if !figures.applies {
            return Self(0);
        }
        let (applies, lacks) = match figures.owner {
            Owner::Customer => (Self::CUSTOMER, Self::CUSTOMER_LACKS),
            Owner::Provider => (Self::PROVIDER, Self::PROVIDER_LACKS),
        };
        let earns = match (figures.earned.is_zero(), figures.earned.is_whole()) {
            (true, _) => lacks,
            (_, true) => Self::EARNS,
            _ => Self::EARNS | Self::EARNS_PART | lacks,
        };
        Self(if counts { applies | Self::COUNTS | earns } else { applies })
    }

    fn has(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

/// The buffers of the inner loop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kernel {
    services: Vec<ServiceState>,
    sets: ServiceSets,
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
            self.judge(span, assessment, true);
            self.fill(span, assessment, tally);
            let later = GapSpan { day: when.horizon, ..span };
            self.judge_again(later, assessment);
            tally.outlook = self.sides().total();
        }
    }

    /// Judges all that a slot can stand for, with no points on it yet.
    fn judge(&mut self, span: GapSpan<'_>, assessment: &TenantAssessment, with_findings: bool) {
        self.judge_services(span);
        self.unlisted = Some(Judged::new(ActionFigures::unlisted(), Findings::one(GapKind::NotAssessed)));
        self.statuses.clear();
        for places in span.tenant.statuses.rows() {
            let (figures, findings) = status(span, assessment, places, with_findings, &mut self.lapsing);
            self.statuses.push(Judged::new(figures, findings));
        }
        self.masks.clear();
        self.mask_counts.clear();
        for mask in span.tenant.masks.rows() {
            let mut counts = Counts::default();
            if with_findings {
                count_services(span, mask, &self.services, &mut counts);
            }
            self.masks.push(Judged::new(provider(mask, &self.sets), Findings::among(&counts)));
            self.mask_counts.push(counts);
        }
    }

    /// Judges the shares anew at another day; the points stay, and findings are not asked for.
    fn judge_again(&mut self, span: GapSpan<'_>, assessment: &TenantAssessment) {
        self.judge_services(span);
        for (judged, places) in self.statuses.iter_mut().zip(span.tenant.statuses.rows()) {
            if judged.points > 0 {
                judged.figures = status(span, assessment, places, false, &mut self.lapsing).0;
            }
        }
        for (judged, mask) in self.masks.iter_mut().zip(span.tenant.masks.rows()) {
            if judged.points > 0 {
                judged.figures = provider(mask, &self.sets);
            }
        }
    }

    fn judge_services(&mut self, span: GapSpan<'_>) {
        judge_services(span.compiled, span.tenant, span.day, &mut self.services);
        self.sets.fill(&self.services);
    }

    /// Which judgement holds for a slot; none if the action does not apply.
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
        self.signs.clear();
        let stands = assessment.slots.iter().zip(&assessment.is_open).zip(&template.points);
        for (position, ((slot, is_open), points)) in stands.enumerate() {
            let controls = if *is_open { open_controls(template, assessment, position) } else { 0 };
            let Some(judged) = self.judged(*slot) else {
                self.signs.push(Signs::default());
                tally.slots.push(SlotTally::default());
                continue;
            };
            let counts = *is_open && judged.figures.in_scope;
            let sign = Signs::of(&judged.figures, counts);
            if *is_open {
                judged.points += u64::from(points.get());
                judged.controls += controls;
            }
            let (missing, kinds) = match counts {
                true => (points.times(judged.figures.earned.rest()), judged.findings.kinds),
                false => (Amount::ZERO, GapKinds::default()),
            };
            self.signs.push(sign);
            tally.slots.push(SlotTally { missing, kinds });
        }
    }

    /// The sums of both sides: the points on each judgement, times its shares.
    fn sides(&self) -> Sides {
        let mut sides = Sides::default();
        let unlisted = self.unlisted.iter();
        for judged in self.statuses.iter().chain(&self.masks).chain(unlisted).filter(|j| j.points > 0) {
            if judged.figures.in_scope {
                sides.add(judged.figures.owner, judged.sums());
            }
        }
        sides
    }

    /// Each finding once for every control that it stands on.
    fn count_gaps(&self, gaps: &mut Counts) {
        for judged in self.statuses.iter().chain(&self.unlisted).filter(|j| j.controls > 0 && j.figures.in_scope) {
            judged.findings.add_to(gaps, judged.controls);
        }
        for (judged, counts) in self.masks.iter().zip(&self.mask_counts).filter(|(j, _)| j.controls > 0) {
            for (gap, count) in gaps.iter_mut().zip(counts) {
                *gap += count * judged.controls;
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
        for slot in assessment.conflicts.iter().filter(|slot| self.counts(**slot)) {
            add(&mut tally.gaps, GapKind::ConflictingStatus, open_controls(template, assessment, *slot));
            tally.slots.get_mut(*slot).into_iter().for_each(|s| s.kinds.insert(GapKind::ConflictingStatus));
        }
        let mut last = None;
        for (action, _) in span.tenant.acceptances.iter().filter(|(_, until)| *until >= span.day) {
            let slot = template.actions.binary_search(action).ok().filter(|slot| self.counts(*slot));
            // An action may have several acceptances, which are in order.
            let Some(slot) = slot.filter(|slot| last.replace(*slot) != Some(*slot)) else { continue };
            let mut counts = Counts::default();
            self.count_slot(assessment, slot, &mut counts);
            let controls = open_controls(template, assessment, slot);
            for (gap, count) in tally.gaps.iter_mut().zip(&counts) {
                *gap -= count * controls;
            }
            let all: u32 = counts.iter().sum();
            add(&mut tally.gaps, GapKind::RiskAccepted, all * controls);
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
            Some(stands) => {
                self.judged(*stands).into_iter().for_each(|judged| judged.findings.add_to(counts, 1));
            }
            None => {}
        }
        if assessment.conflicts.contains(&slot) {
            add(counts, GapKind::ConflictingStatus, 1);
        }
    }

    fn counts(&self, slot: usize) -> bool {
        self.signs.get(slot).is_some_and(|signs| signs.has(Signs::COUNTS))
    }

    fn fill_controls(
        &self,
        span: GapSpan<'_>,
        template: &CompiledTemplate,
        assessment: &TenantAssessment,
        tally: &mut AssessmentTally,
    ) {
        (tally.statuses, tally.shared) = Default::default();
        tally.controls.clear();
        let has_whole =
            span.tenant.externals > 0 || assessment.controls.iter().any(|s| s.is_excluded || s.is_claimed_inherited);
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
            if has_whole || status == ControlStatus::Unmapped {
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
        judged.map(|judged| (judged.figures.applies, judged.figures.earned))
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

impl Judged {
    fn new(figures: ActionFigures, findings: Findings) -> Self {
        Self { figures, findings, points: 0, controls: 0 }
    }

    fn sums(&self) -> Sums {
        let times = |share: BasisPoints| Amount::from_units(self.points * u64::from(share.get()));
        Sums {
            achieved: times(self.figures.earned),
            possible: times(BasisPoints::ONE),
            assured: times(self.figures.assured),
            unassessed: times(self.figures.unassessed),
        }
    }
}

impl Findings {
    fn one(kind: GapKind) -> Self {
        let mut findings = Self::default();
        findings.kinds.insert(kind);
        findings
    }

    /// The kinds that were counted; their counts stay beside.
    fn among(counts: &Counts) -> Self {
        let mut findings = Self::default();
        let positions = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        positions.for_each(|(position, _)| findings.kinds.insert_at(position));
        findings
    }

    fn add_to(self, counts: &mut [u32], times: u32) {
        for position in self.kinds.positions() {
            let count = if position == GapKind::EvidenceExpiring.position() { self.lapsing } else { 1 };
            if let Some(found) = counts.get_mut(position) {
                *found += count * times;
            }
        }
    }
}

/// What places come to together, and what they fall short of.
fn status(
    span: GapSpan<'_>,
    assessment: &TenantAssessment,
    places: &[CompiledPlace],
    with_findings: bool,
    lapsing: &mut Vec<EvidenceLink>,
) -> (ActionFigures, Findings) {
    let judge = |place| judge_place(span.compiled, span.tenant, place, assessment.retest, span.day);
    let mut findings = Findings::default();
    lapsing.clear();
    let judgements = places.iter().map(|place| {
        let judgement = judge(place);
        if with_findings {
            span.place(place, &judgement, |kind, item| {
                findings.kinds.insert(kind);
                if let Some(item) = item
                    && (places.len() == 1 || !lapsing.contains(&item))
                {
                    lapsing.push(item);
                }
            });
        }
        judgement
    });
    let figures = customer(judgements);
    findings.lapsing = u32::try_from(lapsing.len()).unwrap_or(u32::MAX);
    (figures, findings)
}

/// Counts what the services of a mask fall short of.
fn count_services(span: GapSpan<'_>, mask: &[u64], states: &[ServiceState], counts: &mut Counts) {
    for (position, state) in states.iter().enumerate() {
        if mask.get(position / 64).is_some_and(|word| word & (1 << (position % 64)) != 0) {
            span.service(position, state, |kind, _| add(counts, kind, 1));
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

/// On how many controls, not excluded, a slot stands.
fn open_controls(template: &CompiledTemplate, assessment: &TenantAssessment, slot: usize) -> u32 {
    let is_open = |c: &&crate::id::ControlIdx| assessment.controls.get(c.position()).is_some_and(|s| !s.is_excluded);
    let count = template.controls_of_slot.row(slot).iter().filter(is_open).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn add<T: Choice>(counts: &mut [u32], word: T, count: u32) {
    if let Some(found) = counts.get_mut(word.position()) {
        *found += count;
    }
}
