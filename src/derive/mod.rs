//! Coverage derived over crosswalks: what a score says about a framework that nobody assessed.
//!
//! [`Derivation`] follows the crosswalks once, from every framework that a template covers to the one
//! asked for; [`Derivation::derive`] goes along them from a score to bounds for each control. Nothing
//! here is assessed: a bound is what the crosswalks prove, or do not rule out. A control covered in
//! part is read as covered evenly over all it asks; `covered` never rests on that reading, for it needs
//! a source that is covered whole and contains the control.

mod bounds;
mod describe;

pub use describe::{DerivedControl, DerivedCounts, DerivedGroup, DerivedScore, DerivedSource};

use crate::choice::choice;
use crate::crosswalk::{Crosswalks, Linked};
use crate::id::FrameworkIdx;
use crate::library::Framework;
use crate::result::TenantScore;
use std::collections::BTreeMap;

choice! {
    /// What a control comes to by what is assessed elsewhere.
    pub enum DerivedStatus {
        /// All it asks is proved to be covered.
        Covered = "covered",
        /// Some of it is.
        Partial = "partial",
        /// Nothing is proved, and something may be covered.
        Unproved = "unproved",
        /// Nothing that it is related to earns anything.
        Gap = "gap",
        /// Nothing that is assessed is known to have anything in common with it.
        Unmapped = "unmapped",
    }
}

/// Why nothing is derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Underivable {
    /// The framework is assessed itself.
    Assessed,
    /// No way leads to it from one of these frameworks, which are those assessed.
    NoWay(Vec<String>),
}

/// The ways from all frameworks that can be assessed to one.
#[derive(Clone, Debug)]
pub struct Derivation<'l> {
    crosswalks: &'l Crosswalks<'l>,
    to: FrameworkIdx,
    /// For each framework that ways lead from, over how many relations they may, and the ways.
    ways: BTreeMap<FrameworkIdx, (u8, Vec<Linked>)>,
}

impl<'l> Derivation<'l> {
    /// The ways of `crosswalks` to the framework `to`, over at most `max_hops` relations; without a
    /// number, over as few as lead there from each framework.
    #[must_use]
    pub fn new(crosswalks: &'l Crosswalks<'l>, to: FrameworkIdx, max_hops: Option<u8>) -> Self {
        let library = crosswalks.library();
        let mut ways = BTreeMap::new();
        for template in library.templates() {
            let Some(from) = library.find_framework(template.framework.value.as_str()) else { continue };
            if from != to && !ways.contains_key(&from) {
                let hops = max_hops.or_else(|| crosswalks.distance(from, to));
                let found = hops.and_then(|hops| Some((hops, crosswalks.linked(from, to, hops)?)));
                ways.extend(found.map(|found| (from, found)));
            }
        }
        Self { crosswalks, to, ways }
    }

    /// What `score`, a result of the same library, says about the framework.
    ///
    /// # Errors
    /// The framework is assessed itself, or no way leads to it from one that is.
    pub fn derive(&self, score: &TenantScore) -> Result<DerivedScore, Underivable> {
        let library = self.crosswalks.library();
        let mut assessed: Vec<FrameworkIdx> =
            score.assessments.iter().filter_map(|a| library.find_framework(&a.framework)).collect();
        assessed.sort_unstable();
        assessed.dedup();
        if assessed.contains(&self.to) {
            return Err(Underivable::Assessed);
        }
        let id = |f: &FrameworkIdx| library.framework(*f).id.value.to_string();
        if !assessed.iter().any(|f| self.ways.contains_key(f)) {
            return Err(Underivable::NoWay(assessed.iter().map(id).collect()));
        }
        Ok(describe::describe(self, score, &assessed))
    }

    fn framework(&self) -> &'l Framework {
        self.crosswalks.library().framework(self.to)
    }
}
