//! Gaps: one row for each control and cause, read off the judgements.
//!
//! [`gaps`] goes over the actions that count, makes the findings of each once (`customer`,
//! `provider`), and places them on every control the action serves; then over the controls for what
//! concerns them as a whole. The order is canonical.

use super::action::{named_by, services_of};
use super::kind::GapKind;
use super::place::{self, Judgement};
use super::span::GapSpan;
use super::{AssessmentFigures, Evaluation};
use crate::choice::Choice;
use crate::compiled::Compiled;
use crate::day::Day;
use crate::id::{ActionIdx, ControlIdx, ServiceIdx};
use crate::library::Library;
use crate::points::Amount;
use crate::profile::{EvidenceLink, Profile, Risk};
use crate::tenant::{CompiledPlace, Slot, Tenant, TenantAssessment};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A service that a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GapService {
    /// One of the library.
    Library(ServiceIdx),
    /// One of the profile's external services, by position.
    External(usize),
}

/// What is missing and why, in indices; it stands on each control it concerns.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) action: Option<ActionIdx>,
    pub(crate) slot: Option<usize>,
    pub(crate) kind: GapKind,
    /// The kind it had before the risk was accepted.
    pub(crate) cause: Option<GapKind>,
    pub(crate) risk: Option<Risk>,
    pub(crate) service: Option<GapService>,
    pub(crate) evidence: Option<EvidenceLink>,
    pub(crate) valid_to: Option<Day>,
    /// Whether nothing is lost by it today.
    pub(crate) is_advisory: bool,
    pub(crate) at_stake: Amount,
    /// The entry of the profile that gives the status, and which of its places the row is about.
    pub(crate) entry: Option<usize>,
    pub(crate) places: Vec<usize>,
}

/// The findings of an assessment, and the controls they stand on.
#[derive(Debug, Default)]
pub(crate) struct Gaps {
    /// The findings, by action, then kind, service, and what else tells them apart.
    pub(crate) findings: Vec<Finding>,
    /// The rows of the report: a control and the position of a finding, in canonical order.
    pub(crate) rows: Vec<(ControlIdx, usize)>,
}

/// The gaps of the assessment at `position`.
pub(crate) fn gaps(view: &GapView<'_>, evaluation: &Evaluation, position: usize) -> Gaps {
    let found = view.tenant.assessments.get(position).zip(evaluation.assessments.get(position));
    let Some((assessment, figures)) = found else { return Gaps::default() };
    let template = view.compiled.template(assessment.template);
    let mut gaps = Gaps::default();
    // What concerns a control as a whole stands before what concerns an action.
    for control in (0..figures.controls.len()).map(ControlIdx::at) {
        let found = view.control(assessment, figures, control);
        gaps.place(view, found, std::slice::from_ref(&control));
    }
    let is_open = |c: &&ControlIdx| assessment.controls.get(c.position()).is_some_and(|s| !s.is_excluded);
    for (slot, figures_of) in figures.actions.iter().enumerate().filter(|(_, f)| f.counts) {
        let Some(action) = template.actions.get(slot).copied() else { continue };
        let mut list = match assessment.slots.get(slot) {
            Some(Slot::Provider(_)) => view.provider(evaluation, action),
            Some(stands) => view.customer(assessment, *stands),
            None => Vec::new(),
        };
        if assessment.conflicts.contains(&slot) {
            list.push(view.conflict(action, position));
        }
        let at_stake = view.compiled.action(action).points.times(figures_of.earned.rest());
        let accepted = view.tenant.is_accepted(action, view.day);
        list.iter_mut().for_each(|finding| finding.settle(action, slot, at_stake, accepted));
        let controls: Vec<ControlIdx> = template.controls_of_slot.row(slot).iter().filter(is_open).copied().collect();
        gaps.place(view, list, &controls);
    }
    gaps.rows.sort_unstable();
    gaps
}

impl Gaps {
    /// Adds findings of one action, or of none, on `controls`. Actions come in the order of their
    /// ids, so that the position of a finding is its rank.
    fn place(&mut self, view: &GapView<'_>, mut list: Vec<Finding>, controls: &[ControlIdx]) {
        list.sort_by(|a, b| view.words(a).cmp(&view.words(b)));
        for finding in list {
            let position = self.findings.len();
            self.rows.extend(controls.iter().map(|control| (*control, position)));
            self.findings.push(finding);
        }
    }
}

/// What gaps are read off.
#[derive(Clone, Copy)]
pub(crate) struct GapView<'a> {
    pub(crate) library: &'a Library,
    pub(crate) compiled: &'a Compiled,
    pub(crate) profile: &'a Profile,
    pub(crate) tenant: &'a Tenant,
    pub(crate) day: Day,
    /// The day by which evidence that lapses is worth a word.
    pub(crate) horizon: Day,
}

impl Finding {
    fn new(kind: GapKind) -> Self {
        Self {
            action: None,
            slot: None,
            kind,
            cause: None,
            risk: None,
            service: None,
            evidence: None,
            valid_to: None,
            is_advisory: kind == GapKind::EvidenceExpiring,
            at_stake: Amount::ZERO,
            entry: None,
            places: Vec::new(),
        }
    }

    /// Ties the row to its action: points where the kind carries them, acceptance where there is one.
    fn settle(&mut self, action: ActionIdx, slot: usize, at_stake: Amount, accepted: bool) {
        self.action = Some(action);
        self.slot = Some(slot);
        if self.kind.carries_points() && !self.is_advisory {
            self.at_stake = at_stake;
        }
        if accepted {
            self.cause = Some(self.kind);
            self.kind = GapKind::RiskAccepted;
        }
    }
}

impl GapView<'_> {
    /// The rows of a customer's action: one for each kind among its places.
    fn customer(&self, assessment: &TenantAssessment, slot: Slot) -> Vec<Finding> {
        let Slot::Listed(status) = slot else { return vec![Finding::new(GapKind::NotAssessed)] };
        let mut list: BTreeMap<(GapKind, Option<EvidenceLink>), Finding> = BTreeMap::new();
        for (position, place) in self.tenant.statuses.row(status).iter().enumerate() {
            let judgement = place::judge(self.compiled, self.tenant, place, assessment.retest, self.day);
            for row in self.place_rows(place, &judgement) {
                let of_one_item = row.evidence.filter(|_| row.kind == GapKind::EvidenceExpiring);
                let entry = list.entry((row.kind, of_one_item)).or_insert_with(|| row.clone());
                entry.risk = entry.risk.max(row.risk);
                entry.places.push(position);
                entry.entry = Some(status);
                if self.lapsed_later(row.evidence) > self.lapsed_later(entry.evidence) {
                    (entry.evidence, entry.valid_to) = (row.evidence, row.valid_to);
                }
            }
        }
        list.into_values().collect()
    }

    /// The row for statuses of the action that contradict each other.
    fn conflict(&self, action: ActionIdx, position: usize) -> Finding {
        let group = self.profile.assessments.get(position).map_or("", |plan| &plan.group);
        let entry = self.profile.entry(action, group).and_then(|entry| self.profile.position(entry));
        Finding { entry, ..Finding::new(GapKind::ConflictingStatus) }
    }

    fn place_rows(&self, place: &CompiledPlace, judgement: &Judgement) -> Vec<Finding> {
        let mut rows = Vec::new();
        self.span().place(place, judgement, |kind, item| {
            rows.push(match kind {
                GapKind::EvidenceExpired => self.expired(self.tenant.links(place).iter().copied()),
                _ => Finding {
                    risk: judgement.risk.filter(|_| judgement.shortfall == Some(kind)),
                    ..self.of_item(kind, item)
                },
            });
        });
        rows
    }

    /// The rows of a provider's action: one for each service and cause.
    fn provider(&self, evaluation: &Evaluation, action: ActionIdx) -> Vec<Finding> {
        let mut rows = Vec::new();
        for (position, state) in services_of(self.compiled, self.tenant, action, &evaluation.services) {
            let service = self.tenant.services.get(position).map(|s| GapService::Library(*s));
            self.span().service(position, state, |kind, item| {
                let row = match kind {
                    GapKind::EvidenceExpired => self.expired(named_by(self.tenant, position, self.day)),
                    _ => self.of_item(kind, item),
                };
                let is_advisory = row.is_advisory || (kind == GapKind::ServiceNotCertified && state.is_attested);
                rows.push(Finding { service, is_advisory, ..row });
            });
        }
        rows
    }

    /// What is told about is the same for rows and for counts.
    fn span(&self) -> GapSpan<'_> {
        GapSpan { compiled: self.compiled, tenant: self.tenant, day: self.day, horizon: self.horizon }
    }

    fn of_item(&self, kind: GapKind, evidence: Option<EvidenceLink>) -> Finding {
        let valid_to = evidence.map(|item| self.compiled.period(self.tenant, item).to);
        Finding { evidence, valid_to, ..Finding::new(kind) }
    }

    /// The row for evidence that has lapsed: it shows the item that lapsed last.
    fn expired(&self, items: impl Iterator<Item = EvidenceLink>) -> Finding {
        let lapsed = items.filter(|item| self.compiled.period(self.tenant, *item).has_lapsed(self.day));
        let last = lapsed.max_by_key(|item| self.lapsed_later(Some(*item)));
        let valid_to = last.map(|item| self.compiled.period(self.tenant, item).to);
        Finding { evidence: last, valid_to, ..Finding::new(GapKind::EvidenceExpired) }
    }

    /// Orders lapsed items: the later one first, of equals the smaller id.
    pub(crate) fn lapsed_later(&self, item: Option<EvidenceLink>) -> Option<(Day, Reverse<&str>)> {
        let item = item?;
        Some((self.compiled.period(self.tenant, item).to, Reverse(self.evidence_id(item))))
    }

    /// The rows that concern a control as a whole.
    fn control(&self, assessment: &TenantAssessment, figures: &AssessmentFigures, control: ControlIdx) -> Vec<Finding> {
        let mut list = Vec::new();
        if let Some(found) = figures.controls.get(control.position()) {
            let actions = |slot: usize| figures.actions.get(slot).map(|f| (f.applies, f.earned));
            self.span().control(assessment, control.position(), found.status, actions, |kind, external| {
                list.push(Finding { service: external.map(GapService::External), ..Finding::new(kind) });
            });
        }
        list
    }

    /// What orders the findings of an action: words, so that a spreadsheet sorts alike.
    fn words(&self, row: &Finding) -> ([&str; 4], Option<Day>, &str) {
        let words = [
            row.kind.word(),
            row.service.map_or("", |s| self.service_id(s)),
            row.cause.map_or("", Choice::word),
            row.evidence.map_or("", |e| self.evidence_id(e)),
        ];
        (words, row.valid_to, row.evidence.and_then(|e| self.location(e)).unwrap_or_default())
    }

    /// Where an item of evidence is.
    pub(crate) fn location(&self, item: EvidenceLink) -> Option<&str> {
        match item {
            EvidenceLink::Own(position) => self.profile.evidence.get(position)?.location.as_deref(),
            EvidenceLink::Library(item) => self.library.evidence_item(item).url.as_deref(),
        }
    }

    pub(crate) fn service_id(&self, service: GapService) -> &str {
        match service {
            GapService::Library(service) => self.library.service(service).id.value.as_str(),
            GapService::External(position) => self.profile.externals.get(position).map_or("", |e| &e.id),
        }
    }

    pub(crate) fn evidence_id(&self, item: EvidenceLink) -> &str {
        match item {
            EvidenceLink::Own(position) => self.profile.evidence.get(position).map_or("", |e| &e.id.value),
            EvidenceLink::Library(item) => self.library.evidence_item(item).id.value.as_str(),
        }
    }
}
