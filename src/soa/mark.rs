//! What an auditor would ask about: marks on a control, and on the statement as a whole.

use super::result::{Mark, MarkKind, StatementRow};
use super::row::Assessed;
use crate::day::Day;
use crate::evaluate::{ControlStatus, GapKind};
use crate::id::ActionIdx;
use crate::library::ControlKind;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

impl Assessed<'_> {
    /// The marks on the control at `control`, whose row is made but for them.
    pub(super) fn marks(&self, control: usize, row: &StatementRow) -> Vec<Mark> {
        let mut marks = Marks(Vec::new());
        if row.applicable {
            let is_bare = row.justification.is_none() && row.requirements.is_empty();
            let unjustified = is_bare && row.risk_treatment.is_empty() && !row.claimed_inherited;
            marks.add_if(unjustified, MarkKind::InclusionUnjustified);
            marks.add_if(row.status == ControlStatus::NotInScope, MarkKind::ApplicableOutOfScope);
            let unsupported = row.gaps.contains(&GapKind::InheritanceUnsupported);
            marks.add_if(unsupported, MarkKind::InheritanceUnsupported);
            if let Some(items) = self.lapsed.get(row.control.as_str()) {
                marks.add(MarkKind::RestsOnLapsedEvidence, items.iter().map(|id| (*id).to_owned()).collect());
            }
        } else {
            marks.add_if(row.justification.is_none(), MarkKind::ExclusionUnjustified);
            marks.add_about(MarkKind::ExcludedButServed, self.ids(self.slots(control).filter(|s| self.counts(*s))));
            marks.add_about(MarkKind::ExcludedButNeeded, self.dependents(control));
            let required = row.requirements.iter().map(|r| r.id.clone()).collect();
            marks.add_about(MarkKind::ExcludedButRequired, required);
        }
        marks.0
    }

    /// The marks on the statement as a whole.
    pub(super) fn marks_of_statement(&self, as_of: NaiveDate, is_approved: bool) -> Vec<Mark> {
        let text = &self.view.profile.statement;
        let mut marks = Marks(Vec::new());
        marks.add_if(!is_approved, MarkKind::NotApproved);
        if is_approved {
            marks.add_about(MarkKind::ChangedSinceApproval, self.changed_since(text.approved_on));
        }
        marks.add_if(text.next_review_on.is_some_and(|on| on < as_of), MarkKind::ReviewOverdue);
        marks.0
    }

    /// The controls that were implemented otherwise on the day of the approval.
    fn changed_since(&self, approved_on: Option<NaiveDate>) -> Vec<String> {
        let Some((then, on)) = self.approved.zip(approved_on) else { return Vec::new() };
        let has_changed = |n: usize| {
            let before = self.realization(then, Day::from(on), n);
            before != self.realization(self.figures, self.view.day, n)
        };
        let controls = self.framework.controls.iter().enumerate();
        let changed = controls.filter(|(n, c)| c.kind == ControlKind::AnnexA && has_changed(*n));
        changed.map(|(_, c)| c.id.value.to_string()).collect()
    }

    /// What actions in scope have as prerequisite, over any number of steps, among actions that do not count.
    pub(super) fn prerequisites(&self) -> BTreeSet<ActionIdx> {
        let actions = self.template.actions.iter().zip(&self.figures.actions);
        let standing: BTreeMap<ActionIdx, bool> = actions.map(|(action, f)| (*action, f.counts)).collect();
        let mut next: Vec<ActionIdx> = standing.iter().filter(|(_, counts)| **counts).map(|(a, _)| *a).collect();
        let mut needed = BTreeSet::new();
        while let Some(action) = next.pop() {
            for before in self.before(action) {
                if standing.get(&before) == Some(&false) && needed.insert(before) {
                    next.push(before);
                }
            }
        }
        needed
    }

    fn before(&self, action: ActionIdx) -> Vec<ActionIdx> {
        let library = self.view.library;
        library.action(action).depends_on.iter().filter_map(|a| library.find_action(a.value.as_str())).collect()
    }

    /// The actions that need what only excluded controls ask for, this one among them.
    fn dependents(&self, control: usize) -> Vec<String> {
        let lost = |slot: &usize| self.figures.actions.get(*slot).is_some_and(|f| f.in_scope && !f.counts);
        let lost = self.slots(control).filter(lost).filter_map(|slot| self.template.actions.get(slot));
        let lost: BTreeSet<ActionIdx> = lost.filter(|a| self.needed.contains(a)).copied().collect();
        if lost.is_empty() {
            return Vec::new();
        }
        let all = self.template.actions.iter().enumerate();
        let remains = all.filter(|(slot, a)| self.counts(*slot) || self.needed.contains(a));
        let dependents = remains.filter(|(_, a)| self.before(**a).iter().any(|b| lost.contains(b)));
        self.ids(dependents.map(|(slot, _)| slot))
    }
}

struct Marks(Vec<Mark>);

impl Marks {
    fn add(&mut self, kind: MarkKind, about: Vec<String>) {
        self.0.push(Mark { kind, about });
    }

    fn add_if(&mut self, is_so: bool, kind: MarkKind) {
        if is_so {
            self.add(kind, Vec::new());
        }
    }

    fn add_about(&mut self, kind: MarkKind, about: Vec<String>) {
        if !about.is_empty() {
            self.add(kind, about);
        }
    }
}
