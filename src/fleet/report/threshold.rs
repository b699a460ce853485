//! What is asked of a fleet: so many assessments at most may be below a figure.
//!
//! Whatever is not known does not pass: a profile that could not be read and an assessment without a
//! score count as below, and a fleet of nobody meets nothing.

use crate::choice::choice;
use crate::fleet::figures::FleetFigures;
use crate::points::Percent;
use serde::Serialize;

choice! {
    /// What is asked.
    pub enum FleetRule {
        /// The score is at least so high.
        MinScore = "min-score",
        /// The assurance is.
        MinAssurance = "min-assurance",
        /// The score reaches the target that the profile names.
        OnTarget = "on-target",
    }
}

choice! {
    /// How it ends.
    pub enum FleetOutcome {
        /// It is met.
        Met = "met",
        /// It is missed.
        Missed = "missed",
    }
}

/// Something asked, and what was found.
#[derive(Clone, Debug, Serialize)]
pub struct FleetThreshold {
    /// What is asked.
    pub rule: FleetRule,
    /// The percentage, where it is one for all.
    pub percent: Option<Percent>,
    /// How many may be below.
    pub max_below: u64,
    /// How many are, with those that are not known.
    pub below: u64,
    /// Of them, assessments without a score.
    pub without_score: u64,
    /// Of them, profiles that could not be read.
    pub rejects: u64,
    /// Of how many, read or not.
    pub of: u64,
    /// How it ends.
    pub outcome: FleetOutcome,
}

impl FleetThreshold {
    pub(super) fn judge<'f>(
        (rule, percent): (FleetRule, Option<Percent>),
        max_below: u64,
        rejects: u64,
        figures: impl Iterator<Item = &'f FleetFigures>,
    ) -> Self {
        let (mut below, mut without_score, mut of) = (rejects, 0_u64, rejects);
        for figures in figures {
            let spread = if rule == FleetRule::MinAssurance { &figures.assurance } else { &figures.score };
            let (low, no_score) = match percent {
                Some(percent) => (spread.below(percent), figures.without_score()),
                // What has no score is below its target already.
                None => (figures.below_target, 0),
            };
            without_score = without_score.saturating_add(no_score);
            below = below.saturating_add(low).saturating_add(no_score);
            of = of.saturating_add(if rule == FleetRule::OnTarget { figures.with_target } else { figures.assessments });
        }
        let is_met = of > 0 && below <= max_below;
        let outcome = if is_met { FleetOutcome::Met } else { FleetOutcome::Missed };
        Self { rule, percent, max_below, below, without_score, rejects, of, outcome }
    }

    /// What is asked, as a clause.
    #[must_use]
    pub fn asked(&self) -> String {
        let what = match (self.rule, self.percent) {
            (FleetRule::MinScore, Some(percent)) => format!("a score of at least {} %", percent.exact()),
            (FleetRule::MinAssurance, Some(percent)) => format!("an assurance of at least {} %", percent.exact()),
            _ => "a score that reaches the target of the profile".to_owned(),
        };
        match self.max_below {
            0 => format!("{what}, in every assessment"),
            most => format!("{what}, in all assessments but {most}"),
        }
    }

    /// What was found, as a clause.
    #[must_use]
    pub fn found(&self) -> String {
        let mut found = match self.of {
            0 => return "there is nothing to judge".to_owned(),
            of => format!("{} of {of} below", self.below),
        };
        if self.rejects > 0 {
            found.push_str(&format!(", {} of them profiles that could not be read", self.rejects));
        }
        if self.without_score > 0 {
            found.push_str(&format!(", {} without a score", self.without_score));
        }
        found
    }
}
