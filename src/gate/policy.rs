//! A policy: a flat list of demands, each with the place it stands at.

use crate::choice::choice;
use crate::evaluate::GapKind;
use crate::points::{BasisPoints, Percent};
use crate::source::Span;
use std::collections::BTreeSet;

choice! {
    /// The least that a control may come to.
    pub enum ControlFloor {
        /// All its points are earned.
        Covered = "covered",
        /// Some are.
        Partial = "partial",
    }
}

choice! {
    /// The two figures in percent.
    pub enum Measure {
        /// What is earned.
        Score = "score",
        /// What an auditor could see.
        Assurance = "assurance",
    }
}

choice! {
    /// What a ratchet holds fast.
    pub enum Held {
        /// The score.
        Score = "score",
        /// The assurance.
        Assurance = "assurance",
        /// Each control.
        Controls = "controls",
        /// What is counted.
        Scope = "scope",
        /// The library.
        Library = "library",
    }
}

/// The rules that a profile must meet: all of them.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The demands, in the order in which they are told.
    pub(super) demands: Vec<Asked>,
    /// For how many days ahead they must hold, and where that is asked.
    pub(super) within: Option<(u32, Option<Span>)>,
    /// Whether a forbidden gap passes while its risk is accepted.
    pub(super) accepted_risks_pass: bool,
}

/// A demand and where it stands; one of the command line stands nowhere.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) demand: Demand,
    pub(super) span: Option<Span>,
}

/// One rule.
#[derive(Clone, Debug)]
pub(super) enum Demand {
    /// A figure in percent is at least so high.
    Minimum(Part, Measure, Percent),
    /// So many controls are covered.
    Covered(Part, u64),
    /// A control comes to so much.
    Control(ControlName, Option<ControlFloor>, Option<BasisPoints>),
    /// At most this share of the points is unassessed.
    Unassessed(Percent),
    /// At most this share of the points is left out.
    OutOfScope(Percent),
    /// At most so many controls are excluded.
    Excluded(u64),
    /// Tests go stale after at most so many days.
    RetestDays(u32),
    /// The same for automatic tests.
    RetestDaysAutomatic(u32),
    /// No gap of these kinds.
    Forbidden(Place, BTreeSet<GapKind>),
    /// No worse than recorded last.
    Ratchet(Ratchet),
}

/// What figures are asked of.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Overall,
    Assessment { template: Option<String>, group: Option<String> },
    Domain(Domain),
}

/// A domain of a framework, in one group or in all.
#[derive(Clone, Debug)]
pub(super) struct Domain {
    pub(super) framework: String,
    pub(super) id: String,
    pub(super) group: Option<String>,
}

/// A control, in one framework and group or in all.
#[derive(Clone, Debug)]
pub(super) struct ControlName {
    pub(super) framework: Option<String>,
    pub(super) id: String,
    pub(super) group: Option<String>,
}

/// Where gaps are forbidden.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Anywhere,
    Domain(Domain),
    Control(ControlName),
}

/// One thing that a ratchet holds fast.
#[derive(Clone, Debug)]
pub(super) struct Ratchet {
    pub(super) held: Held,
    pub(super) tolerance: BasisPoints,
    /// Ids of controls, actions and services.
    pub(super) may_leave: BTreeSet<String>,
}

impl Policy {
    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.demands.is_empty()
    }

    /// Whether it can only be judged with a history.
    #[must_use]
    pub fn needs_history(&self) -> bool {
        self.demands.iter().any(|asked| matches!(asked.demand, Demand::Ratchet(_)))
    }

    /// Asks for a figure over all assessments too.
    pub fn ask_minimum(&mut self, measure: Measure, percent: Percent) {
        self.ask(Demand::Minimum(Part::Overall, measure, percent), None);
    }

    /// Asks that everything is assessed too.
    pub fn ask_nothing_unassessed(&mut self) {
        self.ask(Demand::Unassessed(Percent::from_hundredths(0)), None);
    }

    /// Forbids gaps of these kinds too.
    pub fn forbid(&mut self, kinds: impl IntoIterator<Item = GapKind>) {
        let kinds: BTreeSet<GapKind> = kinds.into_iter().collect();
        if !kinds.is_empty() {
            self.ask(Demand::Forbidden(Place::Anywhere, kinds), None);
        }
    }

    /// Asks too that the score, the assurance, each control and what is counted are no worse than
    /// recorded last.
    pub fn ask_ratchet(&mut self) {
        for held in [Held::Score, Held::Assurance, Held::Controls, Held::Scope] {
            let ratchet = Ratchet { held, tolerance: BasisPoints::ZERO, may_leave: BTreeSet::new() };
            self.ask(Demand::Ratchet(ratchet), None);
        }
    }

    /// Asks that all of it still holds after so many days, if that is longer than it asks already.
    pub fn ask_within(&mut self, days: u32) {
        if self.within.is_none_or(|(asked, _)| asked < days) {
            self.within = Some((days, None));
        }
    }

    pub(super) fn ask(&mut self, demand: Demand, span: Option<Span>) {
        self.demands.push(Asked { demand, span });
    }
}
