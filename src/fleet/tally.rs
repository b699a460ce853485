//! What a tenant comes to, in numbers: what rows and sums are read off.

use crate::choice::Choice;
use crate::evaluate::{ControlStatus, GapKind, SharedGap, Sides};
use crate::id::TemplateIdx;
use crate::points::{Amount, Percent, Sums};
use chrono::NaiveDate;

pub use crate::profile::Cohort;

/// What a tenant comes to on a date. Its buffers are filled again for the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenantTally {
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// How it is grouped.
    pub cohort: Cohort,
    /// The date of the figures.
    pub as_of: NaiveDate,
    /// The day of the outlook.
    pub outlook_by: NaiveDate,
    /// The assessments, by template, then group.
    pub assessments: Vec<AssessmentTally>,
}

/// What an assessment comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssessmentTally {
    /// The template.
    pub template: TemplateIdx,
    /// The group.
    pub group: String,
    /// The score to reach.
    pub target: Option<Percent>,
    /// The figures of both sides.
    pub sides: Sides,
    /// The figures at the day of the outlook, if nobody renews anything.
    pub outlook: Sums,
    /// How many controls have each status, in the order of [`ControlStatus`].
    pub statuses: [u32; ControlStatus::WORDS.len()],
    /// How many shared controls lack which half, in the order of [`SharedGap`].
    pub shared: [u32; SharedGap::WORDS.len()],
    /// How many rows of the gap report have each kind, in the order of [`GapKind`].
    pub gaps: [u32; GapKind::WORDS.len()],
    /// The status of each control, in catalogue order.
    pub controls: Vec<ControlStatus>,
    /// Each action of the template, in id order.
    pub slots: Vec<SlotTally>,
}

/// What an action of a template comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlotTally {
    /// The points still to be earned; nothing if it does not count.
    pub missing: Amount,
    /// The kinds of gaps it has.
    pub kinds: GapKinds,
}

/// A set of kinds of gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GapKinds(u32);

impl GapKinds {
    /// Adds a kind.
    pub fn insert(&mut self, kind: GapKind) {
        self.0 |= 1 << kind.position();
    }

    /// Whether it has a kind.
    #[must_use]
    pub fn contains(self, kind: GapKind) -> bool {
        self.0 & (1 << kind.position()) != 0
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its kinds, each as its position among [`GapKind`]'s words.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let lowest = (rest != 0).then(|| rest.trailing_zeros())?;
            rest &= rest - 1;
            usize::try_from(lowest).ok()
        })
    }
}

impl AssessmentTally {
    /// The figures of both sides together.
    #[must_use]
    pub fn total(&self) -> Sums {
        self.sides.total()
    }

    /// How many rows the gap report has.
    #[must_use]
    pub fn gap_rows(&self) -> u64 {
        self.gaps.iter().map(|count| u64::from(*count)).sum()
    }

    /// Whether the target, if there is one, is missed; nothing scored reaches none.
    #[must_use]
    pub fn misses_target(&self) -> bool {
        let total = self.total();
        self.target.is_some_and(|target| !target.is_reached_by(total.achieved, total.possible))
    }
}
