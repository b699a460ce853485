//! One day held against the one before: what goes with each event.
//!
//! A place turns with an event if the event changes its part of the judgement: proof, freshness, or
//! whether it has happened. What earns points then *rests* on what ended, and an action *moves* if
//! its figures change. Two events that turn the same place both count it.

use super::moment::What;
use super::result::{Event, EventKind};
use super::sweep::{Ground, Segment};
use super::ties::{Seat, Ties, seats_of};
use crate::change::AmountChange;
use crate::day::Day;
use crate::evaluate::{ActionFigures, Evaluation, Judgement, Proof, ServiceState, judge_place};
use crate::id::{ActionIdx, ControlIdx};
use crate::library::Owner;
use crate::points::{Amount, BasisPoints, Sums};
use crate::profile::{ActionEntry, EvidenceLink, Status};
use crate::scenario::{Subject, position};
use crate::tenant::{CompiledPlace, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// A day, and the evaluations before it and on it.
pub(super) struct Turn<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) segment: &'a Segment<'a>,
    pub(super) ties: &'a Ties,
    pub(super) day: Day,
    pub(super) before: &'a Evaluation,
    pub(super) after: &'a Evaluation,
}

/// What an event touches.
#[derive(Debug, Default)]
struct Touch {
    /// The actions that turn with it and whose figures change.
    moved: BTreeSet<Seat>,
    /// The actions that rest on it, each with its share that does.
    resting: BTreeMap<Seat, BasisPoints>,
    /// The places that turn with it.
    places: BTreeSet<usize>,
}

/// What an event is called, and whose it is.
struct Name {
    kind: EventKind,
    id: String,
    title: String,
    owner: Owner,
    group: Option<String>,
    places: Vec<String>,
    assigned_to: Option<String>,
}

impl Turn<'_> {
    /// The event of something that may turn; nothing if nothing turns with it.
    pub(super) fn event(&self, what: What) -> Option<Event> {
        let touch = match what {
            What::EvidenceEnds(link) => {
                self.item(link, |before, after| before == Proof::Current && after != Proof::Current)
            }
            What::EvidenceStarts(link) => {
                self.item(link, |before, after| before != Proof::Current && after == Proof::Current)
            }
            What::TestEnds(status) => self.status(status, &|_, before, after| before.is_fresh && !after.is_fresh),
            What::StatusBegins(status) => self.status(status, &|place, _, _| self.begins(place)),
            What::ServiceRetires(position) => self.service(position, |_, _| true),
            What::ServiceNamed(position) => self.service(position, |_, _| true),
            What::AcceptanceEnds(action) => self.acceptance(action),
        };
        let name = self.name(what, &touch);
        let is_told = if name.kind.is_end() {
            !touch.moved.is_empty() || !touch.resting.is_empty() || name.kind == EventKind::ServiceRetired
        } else {
            !touch.moved.is_empty()
        };
        is_told.then(|| self.tell(name, &touch))
    }

    /// The event of an action that is done: every action that takes its status moves with it.
    pub(super) fn done(&self, subject: &Subject) -> Event {
        let profile = self.segment.profile;
        let seats = position(profile, subject).and_then(|status| self.ties.of_status.get(status));
        let moved = seats.into_iter().flatten().filter(|seat| self.changes(**seat)).copied().collect();
        let touch = Touch { moved, ..Touch::default() };
        let is_its = |e: &&ActionEntry| e.action == subject.action && e.group == subject.group;
        let found = self.ground.library.action(subject.action);
        let name = Name::new(EventKind::ActionDone, found.id.value.as_str(), &found.title, Owner::Customer);
        let assigned_to = profile.actions.iter().find(is_its).and_then(|e| e.assigned_to.clone());
        self.tell(Name { group: subject.group.clone(), assigned_to, ..name }, &touch)
    }

    /// What turns with an item of evidence: places that link it, and services that it names.
    fn item(&self, link: EvidenceLink, is_turn: impl Fn(Proof, Proof) -> bool) -> Touch {
        let mut touch = Touch::default();
        for status in self.ties.statuses_of.get(&link).into_iter().flatten() {
            let turns = |place: &CompiledPlace, before: &Judgement, after: &Judgement| {
                self.segment.tenant.links(place).contains(&link) && is_turn(before.proof, after.proof)
            };
            // Places of several statuses share no numbering, and an item is not told by its places.
            touch.join(Touch { places: BTreeSet::new(), ..self.status(*status, &turns) });
        }
        for position in self.ties.services_of.get(&link).into_iter().flatten() {
            let names = |(item, since): &(EvidenceLink, Day)| *item == link && *since <= self.day;
            let is_named = self.segment.tenant.namings.row(*position).iter().any(names);
            touch.join(self.service(*position, |before, after| is_named && is_turn(before.proof, after.proof)));
        }
        touch
    }

    /// What turns with the places of a status.
    fn status(&self, status: usize, turns: &dyn Fn(&CompiledPlace, &Judgement, &Judgement) -> bool) -> Touch {
        let (compiled, tenant) = (self.ground.compiled, self.segment.tenant);
        let mut touch = Touch::default();
        for seat in self.ties.of_status.get(status).into_iter().flatten() {
            let Some(assessment) = tenant.assessments.get(seat.0) else { continue };
            let judge = |place, day| judge_place(compiled, tenant, place, assessment.retest, day);
            let (mut count, mut resting, mut is_moved) = (0, 0, false);
            for (position, place) in tenant.statuses.row(status).iter().enumerate() {
                let (before, after) = (judge(place, self.day.before()), judge(place, self.day));
                count += u64::from(after.in_scope);
                let differs = before.figures() != after.figures();
                if turns(place, &before, &after) && (differs || !after.earned.is_zero()) {
                    resting += u64::from(after.earned.get());
                    is_moved |= differs;
                    touch.places.insert(position);
                }
            }
            touch.add(*seat, BasisPoints::mean(resting, count), is_moved && self.changes(*seat));
        }
        touch
    }

    /// Whether a status of this place counts from the day on.
    fn begins(&self, place: &CompiledPlace) -> bool {
        place.implemented_on.max(place.tested_on) == Some(self.day)
    }

    /// What turns with a service.
    fn service(&self, position: usize, turns: impl Fn(&ServiceState, &ServiceState) -> bool) -> Touch {
        let mut touch = Touch::default();
        let pair = self.before.services.get(position).zip(self.after.services.get(position));
        let Some((before, after)) = pair.filter(|(before, after)| turns(before, after)) else { return touch };
        let figures = |s: &ServiceState| (s.is_attested, s.is_attested && s.proof == Proof::Current);
        let is_moved = figures(before) != figures(after);
        for seat in self.ties.of_service.get(position).into_iter().flatten() {
            let concerned = match self.segment.tenant.assessments.get(seat.0).and_then(|a| a.slots.get(seat.1)) {
                Some(Slot::Provider(row)) => self.segment.tenant.masks.row(*row),
                _ => &[],
            };
            let applicable: u64 = concerned.iter().map(|word| u64::from(word.count_ones())).sum();
            let counts = before.is_attested || after.is_attested;
            let share = if counts { BasisPoints::share(1, applicable) } else { BasisPoints::ZERO };
            touch.add(*seat, share, is_moved && self.changes(*seat));
        }
        touch
    }

    /// The actions that lack something for which nobody answers any more.
    fn acceptance(&self, action: ActionIdx) -> Touch {
        let mut touch = Touch::default();
        for seat in seats_of(self.ground.compiled, self.segment.tenant, action) {
            let Some(figures) = figures(self.after, seat).filter(|f| f.counts) else { continue };
            if !figures.earned.is_whole() || figures.assured < figures.earned {
                touch.resting.insert(seat, figures.earned.rest());
            }
        }
        touch
    }

    /// Whether the figures of an action differ from those of the day before.
    fn changes(&self, seat: Seat) -> bool {
        let sums = |evaluation| figures(evaluation, seat).map(|f| (f.counts, f.sums));
        sums(self.before) != sums(self.after)
    }

    fn name(&self, what: What, touch: &Touch) -> Name {
        let library = self.ground.library;
        let of_item = |link: EvidenceLink, is_end: bool| match link {
            EvidenceLink::Own(position) => {
                let item = self.segment.profile.evidence.get(position);
                let kind = if is_end { EventKind::EvidenceLapsed } else { EventKind::EvidenceStarts };
                let title = item.and_then(|i| i.title.clone()).unwrap_or_default();
                Name::new(kind, item.map_or("", |i| &i.id.value), &title, Owner::Customer)
            }
            EvidenceLink::Library(position) => {
                let item = library.evidence_item(position);
                let kind = match (is_end, item.valid_to) {
                    (true, Some(_)) => EventKind::EvidenceLapsed,
                    (true, None) => EventKind::AuditCycleEnded,
                    (false, _) => EventKind::EvidenceStarts,
                };
                Name::new(kind, item.id.value.as_str(), item.title.as_deref().unwrap_or_default(), Owner::Provider)
            }
        };
        let of_service = |position: usize, kind| {
            let service = self.segment.tenant.services.get(position).map(|s| library.service(*s));
            let (id, name) = service.map_or(("", ""), |s| (s.id.value.as_str(), s.name.as_str()));
            Name::new(kind, id, name, Owner::Provider)
        };
        match what {
            What::EvidenceEnds(link) => of_item(link, true),
            What::EvidenceStarts(link) => of_item(link, false),
            What::ServiceRetires(position) => of_service(position, EventKind::ServiceRetired),
            What::ServiceNamed(position) => of_service(position, EventKind::ServiceNamed),
            What::TestEnds(status) => self.of_status(status, EventKind::TestLapsed, touch),
            What::StatusBegins(status) => self.of_status(status, EventKind::StatusBegins, touch),
            What::AcceptanceEnds(action) => {
                let action = library.action(action);
                Name::new(EventKind::AcceptanceLapsed, action.id.value.as_str(), &action.title, Owner::Customer)
            }
        }
    }

    fn of_status(&self, status: usize, kind: EventKind, touch: &Touch) -> Name {
        // INVARIANT: status `n` of a tenant is that of its profile's entry `n`.
        let Some(entry) = self.segment.profile.actions.get(status) else {
            return Name::new(kind, "", "", Owner::Customer);
        };
        let action = self.ground.library.action(entry.action);
        let places = match &entry.status {
            Status::Instances(places) => touch.places.iter().filter_map(|n| places.get(*n)?.name.clone()).collect(),
            Status::Single(_) | Status::Parent(_) => Vec::new(),
        };
        let name = Name::new(kind, action.id.value.as_str(), &action.title, Owner::Customer);
        Name { places, group: entry.group.clone(), assigned_to: entry.assigned_to.clone(), ..name }
    }

    fn tell(&self, name: Name, touch: &Touch) -> Event {
        let mut units = [0_i64; 4];
        for (action, group) in self.keys(touch.moved.iter()) {
            let (from, to) = (self.counted(self.before, action, group), self.counted(self.after, action, group));
            let parts = [|s: &Sums| s.achieved, |s: &Sums| s.possible, |s: &Sums| s.assured, |s: &Sums| s.unassessed];
            for (sum, part) in units.iter_mut().zip(parts) {
                *sum += AmountChange::between(part(&from), part(&to)).units();
            }
        }
        let [achieved, possible, assured, unassessed] = units.map(AmountChange::from_units);
        Event {
            kind: name.kind,
            id: name.id,
            points: if achieved.units() == 0 { assured } else { achieved },
            controls: self.controls(touch),
            title: name.title,
            owner: name.owner,
            group: name.group,
            places: name.places,
            assigned_to: name.assigned_to,
            at_stake: self.at_stake(touch),
            achieved,
            possible,
            assured,
            unassessed,
        }
    }

    /// The keys under which actions count over all assessments, each once.
    fn keys<'s>(&self, seats: impl Iterator<Item = &'s Seat>) -> BTreeSet<(ActionIdx, usize)> {
        seats.filter_map(|seat| self.key(*seat)).collect()
    }

    fn key(&self, (position, slot): Seat) -> Option<(ActionIdx, usize)> {
        let assessment = self.segment.tenant.assessments.get(position)?;
        let action = *self.ground.compiled.template(assessment.template).actions.get(slot)?;
        let is_grouped = self.ground.compiled.action(action).is_grouped;
        Some((action, if is_grouped { assessment.group } else { 0 }))
    }

    fn counted(&self, evaluation: &Evaluation, action: ActionIdx, group: usize) -> Sums {
        let points = self.ground.compiled.action(action).points;
        evaluation.counted_in(self.segment.tenant, action, group, points)
    }

    /// The points that rest on the event over all assessments: an action's once, by the assessment in
    /// which most of it does.
    fn at_stake(&self, touch: &Touch) -> Amount {
        let mut shares: BTreeMap<(ActionIdx, usize), BasisPoints> = BTreeMap::new();
        for (seat, share) in &touch.resting {
            let counts = figures(self.after, *seat).is_some_and(|f| f.counts);
            if let Some(key) = self.key(*seat).filter(|_| counts) {
                let known = shares.entry(key).or_insert(*share);
                *known = (*known).max(*share);
            }
        }
        let amount = |((action, _), share): (&(ActionIdx, usize), &BasisPoints)| {
            self.ground.compiled.action(*action).points.times(*share)
        };
        shares.iter().map(amount).fold(Amount::ZERO, |sum, amount| sum + amount)
    }

    /// The controls that are not excluded of everything touched, by assessment in catalogue order, each once.
    fn controls(&self, touch: &Touch) -> Vec<String> {
        let mut found: BTreeSet<(usize, ControlIdx)> = BTreeSet::new();
        for seat in touch.moved.iter().chain(touch.resting.keys()) {
            let Some(assessment) = self.segment.tenant.assessments.get(seat.0) else { continue };
            let row = self.ground.compiled.template(assessment.template).controls_of_slot.row(seat.1);
            let is_open = |c: &&ControlIdx| assessment.controls.get(c.position()).is_some_and(|s| !s.is_excluded);
            found.extend(row.iter().filter(is_open).map(|control| (seat.0, *control)));
        }
        let mut told = BTreeSet::new();
        let id = |(position, control): (usize, ControlIdx)| {
            let template = self.segment.tenant.assessments.get(position)?.template;
            let framework = self.ground.library.framework(self.ground.compiled.template(template).framework);
            Some(framework.controls.get(control.position())?.id.value.to_string())
        };
        found.into_iter().filter_map(id).filter(|id| told.insert(id.clone())).collect()
    }
}

impl Touch {
    fn add(&mut self, seat: Seat, share: BasisPoints, is_moved: bool) {
        if is_moved {
            self.moved.insert(seat);
        }
        if !share.is_zero() {
            let known = self.resting.entry(seat).or_insert(BasisPoints::ZERO);
            *known = known.and(share);
        }
    }

    fn join(&mut self, other: Self) {
        self.moved.extend(other.moved);
        self.places.extend(other.places);
        other.resting.into_iter().for_each(|(seat, share)| self.add(seat, share, false));
    }
}

impl Name {
    fn new(kind: EventKind, id: &str, title: &str, owner: Owner) -> Self {
        let (id, title) = (id.to_owned(), title.to_owned());
        Self { kind, id, title, owner, group: None, places: Vec::new(), assigned_to: None }
    }
}

fn figures(evaluation: &Evaluation, (position, slot): Seat) -> Option<&ActionFigures> {
    evaluation.assessments.get(position)?.actions.get(slot)
}
