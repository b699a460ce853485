//! What is open in many tenants, counted by index while they come.
//!
//! Every control and every action has its place in a list, so a tenant costs a few additions. The
//! points missing on a control are not added tenant by tenant: they are those of its actions, less
//! what is missing in tenants that exclude the control.

use super::figures::one_more;
use super::tally::AssessmentTally;
use crate::choice::Choice;
use crate::compiled::{CompiledTemplate, Flat};
use crate::evaluate::{ControlStatus, GapKind};
use crate::id::ActionIdx;
use crate::library::Library;
use crate::model::Model;
use std::collections::BTreeMap;

/// In how many tenants something is, and what is missing on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) tenants: u64,
    pub(crate) assessments: u64,
    /// In units (1/10 000).
    pub(crate) missing: u128,
    /// The tenant that was counted last.
    last: u64,
}

/// In how many tenants a control is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OpenCell {
    pub(crate) tenants: u64,
    pub(crate) partial: u64,
    pub(crate) gap: u64,
    /// Missing on its actions where it is excluded.
    excluded: u128,
    last: u64,
}

/// The lists.
#[derive(Clone, Debug)]
pub(crate) struct Dense {
    templates: Vec<DenseTemplate>,
    actions: Vec<Box<str>>,
    /// For each kind, for each action; a kind that has not been met has no list.
    gaps: Vec<Vec<Cell>>,
    /// For each kind, whether it stands for points still to be earned.
    carries_points: Vec<bool>,
    /// The number of the tenant.
    serial: u64,
}

#[derive(Clone, Debug)]
struct DenseTemplate {
    id: Box<str>,
    controls: Vec<Box<str>>,
    slots_of_control: Flat<u32>,
    actions: Vec<ActionIdx>,
    open: Vec<OpenCell>,
    /// For each slot, the units missing over all tenants.
    missing: Vec<u128>,
}

impl Dense {
    pub(crate) fn new(model: &Model) -> Self {
        let library = model.library();
        let compiled = model.compiled();
        let kinds = GapKind::WORDS.iter().map(|word| GapKind::from_word(word));
        let ids = library.templates().iter().map(|t| Box::from(t.id.value.as_str()));
        Self {
            templates: ids.zip(&compiled.templates).map(|(id, t)| DenseTemplate::new(id, t, library)).collect(),
            actions: library.actions().iter().map(|a| Box::from(a.id.value.as_str())).collect(),
            gaps: vec![Vec::new(); GapKind::WORDS.len()],
            carries_points: kinds.map(|kind| kind.is_some_and(stands_for_points)).collect(),
            serial: 0,
        }
    }

    /// The next assessments are of another tenant.
    pub(crate) fn next_tenant(&mut self) {
        self.serial += 1;
    }

    /// The id of a template.
    pub(crate) fn template(&self, position: usize) -> Option<&str> {
        self.templates.get(position).map(|t| &*t.id)
    }

    /// Counts what is open in an assessment.
    pub(crate) fn add(&mut self, tally: &AssessmentTally) {
        let Some(template) = self.templates.get_mut(tally.template.position()) else { return };
        let (count, serial) = (self.actions.len(), self.serial);
        template.add(tally, serial);
        for (slot, action) in tally.slots.iter().zip(&template.actions) {
            if slot.kinds.is_empty() {
                continue;
            }
            for kind in slot.kinds.positions() {
                let Some((cells, carries_points)) = self.gaps.get_mut(kind).zip(self.carries_points.get(kind)) else {
                    continue;
                };
                if cells.is_empty() {
                    cells.resize(count, Cell::default());
                }
                let Some(cell) = cells.get_mut(action.position()) else { continue };
                one_more(&mut cell.tenants, cell.last != serial);
                one_more(&mut cell.assessments, true);
                let missing = if *carries_points { slot.missing.units() } else { 0 };
                cell.missing = cell.missing.saturating_add(u128::from(missing));
                cell.last = serial;
            }
        }
    }

    /// Hands on what was counted, by name, and begins anew: template, control, what is open and
    /// missing on it; then action, kind, and what it comes to.
    pub(crate) fn drain(
        &mut self,
        mut control: impl FnMut(&str, &str, OpenCell, u128),
        mut gap: impl FnMut(&str, GapKind, Cell),
    ) {
        for template in &mut self.templates {
            template.drain(&mut control);
        }
        for (word, cells) in GapKind::WORDS.iter().zip(&mut self.gaps) {
            let Some(kind) = GapKind::from_word(word) else { continue };
            for (id, cell) in self.actions.iter().zip(cells).filter(|(_, cell)| cell.assessments > 0) {
                gap(id, kind, *cell);
                *cell = Cell { last: cell.last, ..Cell::default() };
            }
        }
    }
}

impl DenseTemplate {
    fn new(id: Box<str>, template: &CompiledTemplate, library: &Library) -> Self {
        let controls = &library.framework(template.framework).controls;
        Self {
            id,
            controls: controls.iter().map(|c| Box::from(c.id.value.as_str())).collect(),
            slots_of_control: template.slots_of_control.clone(),
            actions: template.actions.clone(),
            open: vec![OpenCell::default(); controls.len()],
            missing: vec![0; template.actions.len()],
        }
    }

    fn add(&mut self, tally: &AssessmentTally, serial: u64) {
        for (missing, slot) in self.missing.iter_mut().zip(&tally.slots) {
            *missing = missing.saturating_add(u128::from(slot.missing.units()));
        }
        for (position, (cell, status)) in self.open.iter_mut().zip(&tally.controls).enumerate() {
            match status {
                ControlStatus::Partial | ControlStatus::Gap => {
                    one_more(&mut cell.partial, *status == ControlStatus::Partial);
                    one_more(&mut cell.gap, *status == ControlStatus::Gap);
                    one_more(&mut cell.tenants, cell.last != serial);
                    cell.last = serial;
                }
                ControlStatus::Excluded => {
                    let slots = self.slots_of_control.row(position).iter();
                    let slots = slots.filter_map(|slot| tally.slots.get(usize::try_from(*slot).ok()?));
                    let missing = slots.map(|slot| u128::from(slot.missing.units())).fold(0, u128::saturating_add);
                    cell.excluded = cell.excluded.saturating_add(missing);
                }
                ControlStatus::Covered | ControlStatus::NotInScope | ControlStatus::Unmapped => {}
            }
        }
    }

    fn drain(&mut self, control: &mut impl FnMut(&str, &str, OpenCell, u128)) {
        for (position, (id, cell)) in self.controls.iter().zip(&mut self.open).enumerate() {
            let slots = self.slots_of_control.row(position).iter();
            let slots = slots.filter_map(|slot| self.missing.get(usize::try_from(*slot).ok()?));
            let missing = slots.fold(0, |sum: u128, missing| sum.saturating_add(*missing));
            if cell.tenants > 0 || cell.partial > 0 || cell.gap > 0 {
                control(&self.id, id, *cell, missing.saturating_sub(cell.excluded));
            }
            *cell = OpenCell { last: cell.last, ..OpenCell::default() };
        }
        self.missing.fill(0);
    }
}

/// An accepted risk takes none of what is missing away.
fn stands_for_points(kind: GapKind) -> bool {
    kind.carries_points() || kind == GapKind::RiskAccepted
}

/// Works on what is kept under a text, which is made if it is not there.
pub(crate) fn within<V: Default, R>(map: &mut BTreeMap<Box<str>, V>, key: &str, work: impl FnOnce(&mut V) -> R) -> R {
    if let Some(value) = map.get_mut(key) {
        return work(value);
    }
    let mut value = V::default();
    let result = work(&mut value);
    map.insert(key.into(), value);
    result
}
