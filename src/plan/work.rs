//! The open work of a profile: pieces that could be done, what each takes, and what must come before.

use super::options::{AssumedHours, Objective, SHARE_OF_RENEWAL, WorkType};
use super::source::{Source, Sources};
use super::standing::Ground;
use crate::choice::choice;
use crate::day::Day;
use crate::evaluate::{Evaluation, Judgement, Proof};
use crate::id::ActionIdx;
use crate::points::BasisPoints;
use crate::profile::EvidenceLink;
use crate::scenario::Work;
use std::collections::BTreeMap;

choice! {
    /// What kind of work it is.
    pub enum WorkKind {
        /// An action carried out, tested and proved.
        Do = "do",
        /// Its tests repeated.
        Retest = "retest",
        /// Evidence gathered where there is none.
        Prove = "prove",
        /// An item of evidence renewed.
        Renew = "renew",
    }
}

/// A piece of open work.
#[derive(Clone, Debug)]
pub struct WorkItem {
    /// What is done.
    pub work: Work,
    /// The hours it takes.
    pub hours: u32,
    /// Whether nobody wrote the hours down.
    pub is_assumed: bool,
    /// Who it is assigned to.
    pub assigned_to: Option<String>,
    /// The pieces that must be done too, before it, by position.
    pub needs: Vec<usize>,
    /// The points of the action, or of the greatest one that an item of evidence proves.
    pub own_points: u8,
}

/// The order in which work is listed: by action and group, then evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Do(ActionIdx, Option<String>, Source),
    Retest(ActionIdx, Option<String>, Source),
    Prove(ActionIdx, Option<String>, Source),
    Renew(String, EvidenceLink),
}

/// What could be done about each source and item of evidence, by position among the work.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) carry_out: BTreeMap<Source, usize>,
    pub(super) retest: BTreeMap<Source, usize>,
    pub(super) prove: BTreeMap<Source, usize>,
    pub(super) renew: BTreeMap<EvidenceLink, usize>,
}

/// Lists work for an objective.
pub(super) struct Listing<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) sources: &'a Sources<'a>,
    pub(super) day: Day,
    pub(super) now: &'a Evaluation,
    pub(super) assumed: AssumedHours,
}

impl Listing<'_> {
    pub(super) fn list(&self, objective: Objective) -> (Vec<WorkItem>, Catalogue) {
        let mut drafts: BTreeMap<Key, WorkItem> = BTreeMap::new();
        for source in self.sources.open.keys() {
            self.add(&mut drafts, WorkKind::Do, *source);
        }
        if objective == Objective::Assurance {
            for (source, assessments) in &self.sources.counted {
                self.add_proofs(&mut drafts, *source, assessments.iter().copied());
            }
            self.add_services(&mut drafts);
        }
        let mut catalogue = Catalogue::default();
        for (position, key) in drafts.keys().enumerate() {
            match key {
                Key::Do(_, _, source) => catalogue.carry_out.insert(*source, position),
                Key::Retest(_, _, source) => catalogue.retest.insert(*source, position),
                Key::Prove(_, _, source) => catalogue.prove.insert(*source, position),
                Key::Renew(_, link) => catalogue.renew.insert(*link, position),
            };
        }
        let mut items: Vec<WorkItem> = drafts.into_values().collect();
        for (source, before) in &self.sources.open {
            let Some(item) = catalogue.carry_out.get(source).and_then(|at| items.get_mut(*at)) else { continue };
            item.needs = before.iter().filter_map(|s| catalogue.carry_out.get(s).copied()).collect();
        }
        (items, catalogue)
    }

    /// Adds work on a source.
    fn add(&self, drafts: &mut BTreeMap<Key, WorkItem>, kind: WorkKind, source: Source) {
        let Some(subject) = self.sources.subject(source) else { return };
        let (action, group) = (subject.action, subject.group.clone());
        let (whole, is_assumed) = self.hours(action);
        let (key, work, hours) = match kind {
            WorkKind::Do => (Key::Do(action, group, source), Work::Do(subject), whole),
            WorkKind::Retest => (Key::Retest(action, group, source), Work::Retest(subject), part(whole)),
            WorkKind::Prove => (Key::Prove(action, group, source), Work::Prove(subject), part(whole)),
            WorkKind::Renew => return,
        };
        let assigned_to = match source {
            Source::Listed(at) => self.ground.profile.actions.get(at).and_then(|e| e.assigned_to.clone()),
            Source::Unlisted(..) => None,
        };
        let is_assumed = is_assumed || kind != WorkKind::Do;
        let own_points = self.ground.compiled.action(action).points.get();
        drafts.insert(key, WorkItem { work, hours, is_assumed, assigned_to, needs: Vec::new(), own_points });
    }

    /// The hours of an action, and whether they are assumed.
    fn hours(&self, action: ActionIdx) -> (u32, bool) {
        let action = self.ground.library.action(action);
        match action.effort_hours {
            Some(hours) => (hours, false),
            None => (self.assumed.of(action.action_type.into()), true),
        }
    }

    /// Adds what an earned place lacks in proof: a test, evidence, newer evidence.
    fn add_proofs(
        &self,
        drafts: &mut BTreeMap<Key, WorkItem>,
        source: Source,
        assessments: impl Iterator<Item = usize>,
    ) {
        for assessment in assessments.filter_map(|a| self.ground.tenant.assessments.get(a)) {
            let judged = self.sources.judged(source, assessment.retest);
            for (place, judgement) in judged.iter().enumerate().filter(|(_, j)| is_earned(j)) {
                if !judgement.is_fresh {
                    self.add(drafts, WorkKind::Retest, source);
                }
                match judgement.proof {
                    Proof::Missing => self.add(drafts, WorkKind::Prove, source),
                    Proof::Expired => {
                        self.lapsed_links(source, place).into_iter().for_each(|link| self.add_renewal(drafts, link));
                    }
                    Proof::NotNeeded | Proof::Current => {}
                }
            }
        }
    }

    /// The lapsed evidence of a place.
    pub(super) fn lapsed_links(&self, source: Source, place: usize) -> Vec<EvidenceLink> {
        let Source::Listed(position) = source else { return Vec::new() };
        let place = self.ground.tenant.statuses.row(position).get(place);
        let links = place.map_or(&[][..], |p| self.ground.tenant.links(p));
        links.iter().copied().filter(|link| self.has_lapsed(*link)).collect()
    }

    fn has_lapsed(&self, link: EvidenceLink) -> bool {
        self.ground.compiled.period(self.ground.tenant, link).has_lapsed(self.day)
    }

    /// The lapsed evidence that names the tenant's service at `position`, if its provider's actions
    /// earn something by it that is not assured.
    pub(super) fn lapsed_namings(&self, position: usize) -> Vec<EvidenceLink> {
        let row = self.ground.tenant.namings.row(position).iter();
        row.filter(|(link, since)| *since <= self.day && self.has_lapsed(*link)).map(|(link, _)| *link).collect()
    }

    fn add_services(&self, drafts: &mut BTreeMap<Key, WorkItem>) {
        for (position, state) in self.now.services.iter().enumerate() {
            if state.is_attested && state.proof != Proof::Current {
                self.lapsed_namings(position).into_iter().for_each(|link| self.add_renewal(drafts, link));
            }
        }
    }

    fn add_renewal(&self, drafts: &mut BTreeMap<Key, WorkItem>, link: EvidenceLink) {
        let (profile, library) = (self.ground.profile, self.ground.library);
        let (id, is_providers) = match link {
            EvidenceLink::Own(at) => {
                let Some(item) = profile.evidence.get(at) else { return };
                (item.id.value.clone(), item.provider_kind.is_some())
            }
            EvidenceLink::Library(item) => (library.evidence_item(item).id.value.as_str().to_owned(), true),
        };
        let proved: Vec<ActionIdx> = self.proved_by(link).collect();
        let longest = proved.iter().map(|action| self.hours(*action).0).max();
        let hours = match longest.filter(|_| !is_providers) {
            Some(longest) => part(longest),
            None => self.assumed.of(WorkType::ProviderEvidence),
        };
        let points = proved.iter().map(|action| self.ground.compiled.action(*action).points.get());
        let own_points = points.chain(self.served_by(link)).max().unwrap_or(0);
        let work = Work::Renew(link);
        let item = WorkItem { work, hours, is_assumed: true, assigned_to: None, needs: Vec::new(), own_points };
        drafts.insert(Key::Renew(id, link), item);
    }

    /// The customer's actions whose entries link an item.
    fn proved_by(&self, link: EvidenceLink) -> impl Iterator<Item = ActionIdx> {
        let tenant = self.ground.tenant;
        let links = move |at: usize| tenant.statuses.row(at).iter().any(|p| tenant.links(p).contains(&link));
        let entries = self.ground.profile.actions.iter().enumerate();
        entries.filter(move |(at, _)| links(*at)).map(|(_, entry)| entry.action)
    }

    /// The points of the provider's actions for services that an item names.
    fn served_by(&self, link: EvidenceLink) -> impl Iterator<Item = u8> {
        let Ground { tenant, compiled, .. } = self.ground;
        let names = move |position: usize| tenant.namings.row(position).iter().any(|(named, _)| *named == link);
        let named: Vec<usize> = (0..tenant.services.len()).filter(|position| names(*position)).collect();
        let concerns = move |row: usize| named.iter().any(|position| has_bit(tenant.masks.row(row), *position));
        tenant.assessments.iter().flat_map(move |assessment| {
            let template = compiled.template(assessment.template);
            let slots = assessment.slots.iter().zip(&template.actions);
            let concerns = concerns.clone();
            slots.filter_map(move |(slot, action)| match slot {
                crate::tenant::Slot::Provider(row) if concerns(*row) => Some(compiled.action(*action).points.get()),
                _ => None,
            })
        })
    }
}

/// Whether a position is in a set of bits.
pub(super) fn has_bit(mask: &[u64], position: usize) -> bool {
    mask.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
}

/// Whether a place earns something that could be assured.
pub(super) fn is_earned(judgement: &Judgement) -> bool {
    judgement.in_scope && judgement.earned > BasisPoints::ZERO
}

/// What a test or a renewal takes of an action's hours.
fn part(hours: u32) -> u32 {
    hours.div_ceil(SHARE_OF_RENEWAL)
}
