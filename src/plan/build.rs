//! From a profile at a day to its open work and the parts that the work moves.

use super::options::{Objective, PlanOptions};
use super::part::{Part, Term, Value, total};
use super::source::Sources;
use super::standing::Ground;
use super::work::{Catalogue, Listing, WorkItem, has_bit, is_earned};
use crate::day::Day;
use crate::evaluate::{ControlStatus, Evaluation, Proof};
use crate::id::ActionIdx;
use crate::points::{BasisPoints, WHOLE};
use crate::scenario::Work;
use crate::tenant::{Slot, TenantAssessment};
use std::collections::{BTreeMap, BTreeSet};

/// The open work, and what it moves.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) items: Vec<WorkItem>,
    pub(super) parts: Vec<Part>,
}

/// Builds the parts of one objective.
struct Builder<'a> {
    listing: &'a Listing<'a>,
    catalogue: &'a Catalogue,
    /// The evaluation if every open action were carried out.
    done: &'a Evaluation,
}

/// The open work of a profile that can change what the objective counts.
pub(crate) fn problem(ground: Ground<'_>, options: &PlanOptions) -> Problem {
    let (now, day) = (ground.evaluated(options.by), Day::from(options.by));
    let sources = Sources::find(ground, day, &now);
    let listing = Listing { ground, sources: &sources, day, now: &now, assumed: options.assumed };
    let (items, catalogue) = listing.list(options.objective);
    let carried_out = items.iter().map(|i| &i.work).filter(|w| matches!(w, Work::Do(_)));
    let (_, done) = ground.worked(carried_out, options.by);
    let builder = Builder { listing: &listing, catalogue: &catalogue, done: &done };
    let parts = match options.objective {
        Objective::Score | Objective::Assurance => builder.actions(options.objective),
        Objective::Controls => builder.controls(),
    };
    useful(items, parts)
}

impl Builder<'_> {
    /// A part for each action, or each of its groups, as they count overall.
    fn actions(&self, objective: Objective) -> Vec<Part> {
        let ground = self.listing.ground;
        let mut folds: BTreeMap<(ActionIdx, usize), BTreeSet<Value>> = BTreeMap::new();
        for (position, assessment) in ground.tenant.assessments.iter().enumerate() {
            let template = ground.compiled.template(assessment.template);
            for (slot, action) in template.actions.iter().enumerate() {
                let Some(value) = self.value(objective, position, assessment, slot) else { continue };
                let group = if ground.compiled.action(*action).is_grouped { assessment.group } else { 0 };
                folds.entry((*action, group)).or_default().insert(value);
            }
        }
        let weight = |action: ActionIdx| u64::from(ground.compiled.action(action).points.get());
        let part = |((action, _), values): (_, BTreeSet<Value>)| Part {
            weight: weight(action),
            values: values.into_iter().collect(),
        };
        folds.into_iter().map(part).collect()
    }

    /// What a slot is worth in an assessment that counts it, in basis points.
    fn value(&self, objective: Objective, at: usize, assessment: &TenantAssessment, slot: usize) -> Option<Value> {
        let now = self.listing.now.assessments.get(at)?.actions.get(slot).filter(|f| f.counts)?;
        let done = self.done.assessments.get(at)?.actions.get(slot)?;
        let stands = *assessment.slots.get(slot)?;
        let source = self.listing.sources.of(assessment, stands);
        let item = source.and_then(|s| self.catalogue.carry_out.get(&s).copied());
        let (is_now, if_done) = match objective {
            Objective::Assurance => (now.assured, done.assured),
            Objective::Score | Objective::Controls => (now.earned, done.earned),
        };
        let carried_out = item.map(|item| (item, u64::from(if_done.get())));
        let constant = vec![Term { weight: u64::from(is_now.get()), needs: Vec::new() }];
        if objective != Objective::Assurance {
            return Some(Value::new(carried_out, constant, 1));
        }
        match (stands, source) {
            (Slot::Provider(row), _) => Some(self.provider(row)),
            (_, Some(source)) => {
                let judged = self.listing.sources.judged(source, assessment.retest);
                let count = judged.iter().filter(|j| j.in_scope).count();
                let places = judged.iter().enumerate().filter(|(_, j)| is_earned(j));
                let term = |(place, judged): (usize, &crate::evaluate::Judgement)| {
                    let fresh = (!judged.is_fresh).then(|| vec![self.catalogue.retest.get(&source).copied()]);
                    let prove = self.catalogue.prove.get(&source).copied();
                    let proved = match judged.proof {
                        Proof::NotNeeded | Proof::Current => None,
                        Proof::Missing => Some(vec![prove]),
                        Proof::Expired => {
                            let links = self.listing.lapsed_links(source, place);
                            let renewals = links.iter().map(|link| self.catalogue.renew.get(link).copied());
                            Some(renewals.chain([prove]).collect())
                        }
                    };
                    let needs = fresh.into_iter().chain(proved).map(|list| list.into_iter().flatten().collect());
                    Term { weight: u64::from(judged.earned.get()), needs: needs.collect() }
                };
                Some(Value::new(carried_out, places.map(term).collect(), u64::try_from(count).unwrap_or(1)))
            }
            (_, None) => Some(Value::new(None, constant, 1)),
        }
    }

    /// The assured part of a provider's action: of the services it concerns, those whose evidence is current.
    fn provider(&self, row: usize) -> Value {
        let mask = self.listing.ground.tenant.masks.row(row);
        let count: u64 = mask.iter().map(|word| u64::from(word.count_ones())).sum();
        let attested = self.listing.now.services.iter().enumerate();
        let attested = attested.filter(|(position, state)| has_bit(mask, *position) && state.is_attested);
        let terms = attested.map(|(position, state)| {
            let lapsed = (state.proof != Proof::Current).then(|| {
                let links = self.listing.lapsed_namings(position);
                links.iter().filter_map(|link| self.catalogue.renew.get(link).copied()).collect()
            });
            Term { weight: u64::from(WHOLE), needs: lapsed.into_iter().collect() }
        });
        Value::new(None, terms.collect(), count)
    }

    /// A part for each control that work could cover: all its actions must be earned.
    fn controls(&self) -> Vec<Part> {
        let ground = self.listing.ground;
        let mut parts = Vec::new();
        for (position, assessment) in ground.tenant.assessments.iter().enumerate() {
            let found = self.listing.now.assessments.get(position).zip(self.done.assessments.get(position));
            let Some((now, done)) = found else { continue };
            let template = ground.compiled.template(assessment.template);
            for (control, figures) in now.controls.iter().enumerate() {
                if !matches!(figures.status, ControlStatus::Partial | ControlStatus::Gap) {
                    continue;
                }
                let slots = template.slots_of_control.row(control).iter().filter_map(|s| usize::try_from(*s).ok());
                let is_open = |slot: &usize| now.actions.get(*slot).is_some_and(|f| f.counts && !f.earned.is_whole());
                let needs: Option<Vec<Vec<usize>>> = slots
                    .filter(is_open)
                    .map(|slot| {
                        let whole = done.actions.get(slot)?.earned == BasisPoints::ONE;
                        let source = self.listing.sources.of(assessment, *assessment.slots.get(slot)?)?;
                        self.catalogue.carry_out.get(&source).filter(|_| whole).map(|item| vec![*item])
                    })
                    .collect();
                if let Some(needs) = needs {
                    let values = vec![Value::new(None, vec![Term { weight: 1, needs }], 1)];
                    parts.push(Part { weight: u64::from(WHOLE), values });
                }
            }
        }
        parts
    }
}

/// Leaves out the parts that no work changes, and the work that changes no part and comes before none
/// that does.
fn useful(items: Vec<WorkItem>, parts: Vec<Part>) -> Problem {
    let (none, all) = (vec![false; items.len()], vec![true; items.len()]);
    let parts: Vec<Part> = parts.into_iter().filter(|p| p.worth(&none) != p.worth(&all)).collect();
    let mut is_useful = none;
    let mut queue: Vec<usize> = parts.iter().flat_map(Part::items).collect();
    while let Some(item) = queue.pop() {
        if let Some(seen) = is_useful.get_mut(item).filter(|seen| !**seen) {
            *seen = true;
            queue.extend(items.get(item).into_iter().flat_map(|i| i.needs.iter().copied()));
        }
    }
    let mut to = vec![0; items.len()];
    let mut count = 0;
    for (new, useful) in to.iter_mut().zip(&is_useful) {
        *new = count;
        count += usize::from(*useful);
    }
    let renumber = |item: usize| to.get(item).copied().unwrap_or(0);
    let kept = items.into_iter().zip(is_useful).filter(|(_, useful)| *useful).map(|(mut item, _)| {
        item.needs.iter_mut().for_each(|needed| *needed = renumber(*needed));
        item
    });
    let items: Vec<WorkItem> = kept.collect();
    Problem { parts: parts.into_iter().map(|p| p.renumbered(renumber)).collect(), items }
}

impl Problem {
    /// What the parts count with nothing done.
    pub(super) fn base(&self) -> u64 {
        total(&self.parts, &vec![false; self.items.len()])
    }

    /// What work adds.
    pub(super) fn gain(&self, chosen: &[bool]) -> u64 {
        total(&self.parts, chosen).saturating_sub(self.base())
    }
}
