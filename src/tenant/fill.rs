//! Facts to a tenant: what does not depend on the date, settled once.

use super::facts::{EntryFacts, Facts, PlanFacts};
use super::{Slot, Statement, Tenant, TenantAssessment};
use crate::compiled::{Compiled, CompiledTemplate};
use crate::day::Day;
use crate::id::{ActionIdx, FrameworkIdx, ServiceIdx};
use crate::library::Owner;
use crate::profile::EvidenceLink;
use std::collections::BTreeMap;

impl Tenant {
    /// Becomes the tenant that `facts` tell of; buffers are swapped with theirs rather than copied.
    ///
    /// Parents are known to be free of rings.
    pub(crate) fn fill(&mut self, compiled: &Compiled, facts: &mut Facts) {
        std::mem::swap(&mut self.services, &mut facts.services);
        std::mem::swap(&mut self.own_evidence, &mut facts.evidence);
        std::mem::swap(&mut self.statuses, &mut facts.statuses);
        std::mem::swap(&mut self.links, &mut facts.links);
        std::mem::swap(&mut self.acceptances, &mut facts.acceptances);
        self.externals = facts.externals;
        self.groups = facts.groups;
        self.fill_namings(compiled, &facts.namings);
        self.fill_masks(compiled);
        self.assessments.resize_with(facts.plans.len(), TenantAssessment::default);
        let mut assessments = std::mem::take(&mut self.assessments);
        for (plan, assessment) in facts.plans.iter().zip(&mut assessments) {
            self.fill_assessment(compiled, facts, *plan, assessment);
        }
        self.assessments = assessments;
    }

    /// For each service used, the profile's own evidence and the library's that names it.
    pub(crate) fn fill_namings(&mut self, compiled: &Compiled, own: &[(ServiceIdx, usize, Day)]) {
        self.namings.clear();
        for service in &self.services {
            for (_, position, since) in own.iter().filter(|(named, _, _)| named == service) {
                self.namings.push((EvidenceLink::Own(*position), *since));
            }
            for (item, since) in compiled.namings.row(service.position()) {
                self.namings.push((EvidenceLink::Library(*item), *since));
            }
            self.namings.end_row();
        }
    }

    /// For each set of services that actions concern, which of the services used are in it.
    pub(crate) fn fill_masks(&mut self, compiled: &Compiled) {
        self.masks.become_even(compiled.concerns, self.services.len().div_ceil(64), 0);
        for (position, service) in self.services.iter().enumerate() {
            for concern in compiled.concerns_of_service.row(service.position()) {
                let row = usize::try_from(*concern).map_or(&mut [][..], |row| self.masks.row_mut(row));
                if let Some(word) = row.get_mut(position / 64) {
                    *word |= 1 << (position % 64);
                }
            }
        }
        self.is_used.clear();
        self.is_used.extend(self.masks.rows().map(|mask| mask.iter().any(|word| *word != 0)));
    }

    fn fill_assessment(&self, compiled: &Compiled, facts: &Facts, plan: PlanFacts, assessment: &mut TenantAssessment) {
        let template = compiled.template(plan.template);
        (assessment.template, assessment.group, assessment.retest) = (plan.template, plan.group, plan.retest);
        assessment.fill_statements(facts, template.framework, template);
        assessment.slots.clear();
        assessment.conflicts.clear();
        let mut entries = Entries { facts, group: plan.group, next: 0, ends: BTreeMap::new() };
        let has_conflicts = facts.entries.iter().any(|entry| entry.has_conflict);
        for (slot, action) in template.actions.iter().enumerate() {
            let stands = self.slot(compiled, &mut entries, *action);
            if let Slot::Listed(_) | Slot::Unlisted(_) = stands
                && has_conflicts
                && entries.of(*action).is_some_and(|entry| entry.has_conflict)
            {
                assessment.conflicts.push(slot);
            }
            assessment.slots.push(stands);
        }
    }

    fn slot(&self, compiled: &Compiled, entries: &mut Entries<'_>, action: ActionIdx) -> Slot {
        let found = compiled.action(action);
        let concern = found.concern.and_then(|concern| usize::try_from(concern).ok());
        let uses_one = concern.is_some_and(|row| self.is_used.get(row).copied().unwrap_or(false));
        match (found.owner, concern) {
            (Owner::Provider, Some(row)) if uses_one => Slot::Provider(row),
            (Owner::Customer, concern) if uses_one || concern.is_none() => entries.status(action),
            _ => Slot::NotApplicable,
        }
    }
}

/// The entries of a profile as one group has them, asked for in the order of the actions.
struct Entries<'f> {
    facts: &'f Facts,
    group: usize,
    /// The first entry of the action asked for last, or of one after it.
    next: usize,
    /// Where chains of parents end: a long one is walked once, not once for each child.
    ends: BTreeMap<ActionIdx, Slot>,
}

impl<'f> Entries<'f> {
    /// The entry that gives the status of `action`: the group's own, else the one for every group.
    fn of(&mut self, action: ActionIdx) -> Option<&'f EntryFacts> {
        let list = &self.facts.entries;
        while list.get(self.next).is_some_and(|entry| entry.action < action) {
            self.next += 1;
        }
        self.among(action, self.next)
    }

    /// The same for an action whose entries begin at `first`.
    fn among(&self, action: ActionIdx, first: usize) -> Option<&'f EntryFacts> {
        let list = self.facts.entries.get(first..).unwrap_or_default();
        let mut general = None;
        for entry in list.iter().take_while(|entry| entry.action == action) {
            match entry.group {
                None => general = Some(entry),
                Some(group) if group == self.group => return Some(entry),
                Some(_) => {}
            }
        }
        general
    }

    /// How an action that applies stands: with the status at the end of its chain of parents.
    fn status(&mut self, action: ActionIdx) -> Slot {
        match self.of(action) {
            None => Slot::Unlisted(action),
            Some(EntryFacts { parent: None, status, .. }) => Slot::Listed(*status),
            Some(EntryFacts { parent: Some(parent), .. }) => self.end_of(action, *parent),
        }
    }

    fn end_of(&mut self, action: ActionIdx, parent: ActionIdx) -> Slot {
        let (mut chain, mut next) = (vec![action], parent);
        let end = loop {
            if let Some(end) = self.ends.get(&next) {
                break *end;
            }
            let first = self.facts.entries.partition_point(|entry| entry.action < next);
            // INVARIANT: rings of parents were refused, so a chain is no longer than the list of entries.
            match self.among(next, first).filter(|_| chain.len() <= self.facts.entries.len()) {
                None => break Slot::Unlisted(next),
                Some(EntryFacts { parent: None, status, .. }) => break Slot::Listed(*status),
                Some(EntryFacts { parent: Some(parent), .. }) => {
                    chain.push(next);
                    next = *parent;
                }
            }
        };
        self.ends.extend(chain.into_iter().map(|action| (action, end)));
        end
    }
}

impl TenantAssessment {
    fn fill_statements(&mut self, facts: &Facts, framework: FrameworkIdx, template: &CompiledTemplate) {
        self.controls.clear();
        self.controls.resize(template.slots_of_control.rows().len(), Statement::default());
        let mut is_any_excluded = false;
        for (_, control, is_justified) in facts.exclusions.iter().filter(|(of, _, _)| *of == framework) {
            if let Some(statement) = self.controls.get_mut(control.position()) {
                (statement.is_excluded, statement.is_justified) = (true, *is_justified);
                is_any_excluded = true;
            }
        }
        for (_, control) in facts.inheritances.iter().filter(|(of, _)| *of == framework) {
            if let Some(statement) = self.controls.get_mut(control.position()) {
                statement.is_claimed_inherited = true;
            }
        }
        self.fill_open(template, is_any_excluded);
    }

    /// Which slots are open, by the statements on controls.
    pub(crate) fn fill_open(&mut self, template: &CompiledTemplate, is_any_excluded: bool) {
        self.widths.clone_from(&template.widths);
        self.is_open.clear();
        // An action of a template serves at least one control, so without exclusions all are open.
        self.is_open.resize(template.actions.len(), true);
        if is_any_excluded {
            let rows = self.controls.iter().zip(template.slots_of_control.rows());
            for slot in rows.filter(|(statement, _)| statement.is_excluded).flat_map(|(_, slots)| slots) {
                let slot = usize::try_from(*slot).unwrap_or(usize::MAX);
                if let (Some(width), Some(is_open)) = (self.widths.get_mut(slot), self.is_open.get_mut(slot)) {
                    *width -= 1;
                    *is_open = *width > 0;
                }
            }
        }
    }
}
