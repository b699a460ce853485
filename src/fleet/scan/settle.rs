//! Names resolved once all is read, and everything in the order that facts have.

use super::{Found, Listed, Named, Plan, Scanner};
use crate::id::{ControlIdx, EvidenceIdx, FrameworkIdx};
use crate::library::ControlKind;
use crate::profile::EvidenceLink;
use crate::tenant::{EntryFacts, PlanFacts};

impl Scanner<'_> {
    pub(super) fn settle(&mut self, found: &mut Found<'_>) -> Option<()> {
        self.facts.clear();
        found.services.sort_unstable();
        if found.plans.is_empty() || found.services.is_sorted_by(|a, b| a < b).then_some(()).is_none() {
            return None;
        }
        let groups = self.settle_plans(&mut found.plans);
        self.facts.externals = found.externals.len();
        std::mem::swap(&mut self.facts.services, &mut found.services);
        std::mem::swap(&mut self.facts.statuses, &mut found.statuses);
        std::mem::swap(&mut self.facts.namings, &mut found.namings);
        self.settle_links(found)?;
        self.settle_entries(&found.listed, &groups)?;
        self.settle_controls(found)?;
        found.acceptances.sort_unstable();
        std::mem::swap(&mut self.facts.acceptances, &mut found.acceptances);
        Some(())
    }

    /// The assessments by template, then group; the groups in the order of their names.
    fn settle_plans<'t>(&mut self, plans: &mut [Plan<'t>]) -> Vec<&'t str> {
        plans.sort_unstable_by(|a, b| (a.template, a.group).cmp(&(b.template, b.group)));
        let mut groups: Vec<&str> = plans.iter().map(|plan| plan.group).collect();
        groups.sort_unstable();
        groups.dedup();
        self.facts.groups = groups.len();
        self.facts.plans.extend(plans.iter().map(|plan| PlanFacts {
            template: plan.template,
            group: groups.binary_search(&plan.group).unwrap_or(0),
            retest: plan.retest,
        }));
        groups
    }

    /// The evidence that each place links: an own item of that id, else one of the library.
    fn settle_links(&mut self, found: &mut Found<'_>) -> Option<()> {
        for (nth, item) in found.items.iter().enumerate() {
            if found.items.iter().take(nth).any(|earlier| earlier.id == item.id) {
                return None;
            }
            self.facts.evidence.push(item.period);
        }
        // Also what no place takes over in the end must be there.
        for name in &found.names {
            let own = found.items.iter().position(|item| item.id == *name).map(EvidenceLink::Own);
            let library = || self.roster.evidence.find(name).map(|n| EvidenceLink::Library(EvidenceIdx::at(n)));
            found.resolved.push(own.or_else(library)?);
        }
        for (from, to) in &found.linked {
            let row = found.resolved.get(*from..*to)?;
            let start = self.facts.links.rows().len();
            self.facts.links.push_row(row.iter().copied());
            // Most places link one item; of more, each counts once.
            if row.len() > 1 {
                let links = self.facts.links.row_mut(start);
                links.sort_unstable();
                if !links.is_sorted_by(|a, b| a < b) {
                    return None;
                }
            }
        }
        Some(())
    }

    /// The listed actions by action, then group.
    fn settle_entries(&mut self, listed: &[Listed<'_>], groups: &[&str]) -> Option<()> {
        let entry_of = |entry: &Listed<'_>, group| EntryFacts {
            action: entry.action,
            group,
            parent: None,
            status: entry.status,
            has_conflict: false,
        };
        if listed.iter().all(|entry| entry.group.is_none()) {
            // Each action stands once, so that its place among all of them orders the list without sorting.
            self.order.clear();
            self.order.resize(self.compiled.actions.len(), None);
            for (nth, entry) in listed.iter().enumerate() {
                let place = self.order.get_mut(entry.action.position())?;
                if place.replace(nth).is_some() {
                    return None;
                }
            }
            let in_order = self.order.iter().flatten().filter_map(|nth| listed.get(*nth));
            self.facts.entries.extend(in_order.map(|entry| entry_of(entry, None)));
            return Some(());
        }
        for entry in listed {
            let group = match entry.group {
                None => None,
                Some(group) => Some(groups.binary_search(&group).ok()?),
            };
            self.facts.entries.push(entry_of(entry, group));
        }
        let key = |entry: &EntryFacts| (entry.action, entry.group);
        self.facts.entries.sort_unstable_by_key(key);
        self.facts.entries.is_sorted_by(|a, b| key(a) < key(b)).then_some(())
    }

    fn settle_controls(&mut self, found: &Found<'_>) -> Option<()> {
        let mut frameworks: Vec<FrameworkIdx> =
            found.plans.iter().map(|plan| self.compiled.template(plan.template).framework).collect();
        frameworks.sort_unstable();
        frameworks.dedup();
        for named in &found.exclusions {
            for (framework, control) in self.controls(&frameworks, named)? {
                let is_clause = |c: &crate::library::Control| c.kind == ControlKind::Clause;
                let is_first = !self.facts.exclusions.iter().any(|(f, c, _)| (*f, *c) == (framework, control));
                if !is_first || self.library.framework(framework).controls.get(control.position()).is_none_or(is_clause)
                {
                    return None;
                }
                self.facts.exclusions.push((framework, control, named.is_justified));
            }
        }
        for named in &found.inheritances {
            for claim in self.controls(&frameworks, named)? {
                let is_excluded = self.facts.exclusions.iter().any(|(f, c, _)| (*f, *c) == claim);
                if is_excluded || self.facts.inheritances.contains(&claim) {
                    return None;
                }
                self.facts.inheritances.push(claim);
            }
        }
        Some(())
    }

    /// The control of this name in each framework that has it, at least one.
    fn controls(&self, frameworks: &[FrameworkIdx], named: &Named<'_>) -> Option<Vec<(FrameworkIdx, ControlIdx)>> {
        let is_meant = |f: &FrameworkIdx| {
            named.framework.is_none_or(|wanted| self.library.framework(*f).id.value.as_str() == wanted)
        };
        let find = |f: FrameworkIdx| {
            let position = self.roster.controls.get(f.position())?.find(named.control)?;
            Some((f, ControlIdx::at(position)))
        };
        let list: Vec<_> = frameworks.iter().copied().filter(is_meant).filter_map(find).collect();
        (!list.is_empty()).then_some(list)
    }
}
