//! How a tenant stands at a day, by each objective, read off the ordinary evaluation.

use super::options::Objective;
use crate::compiled::Compiled;
use crate::day::Day;
use crate::evaluate::{ControlStatus, Evaluation, evaluate};
use crate::library::Library;
use crate::points::{Amount, Percent, Sums, WHOLE};
use crate::profile::Profile;
use crate::scenario::{Work, after};
use crate::tenant::Tenant;
use chrono::NaiveDate;
use serde::Serialize;

/// How a tenant stands over all assessments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The points.
    pub sums: Sums,
    /// How many controls are covered, each once in every assessment.
    pub covered: u64,
    /// How many controls are not excluded.
    pub controls: u64,
}

/// The fields of [`Standing`] as they are written.
#[derive(Serialize)]
struct Written {
    achieved: Amount,
    assured: Amount,
    possible: u64,
    covered: u64,
    controls: u64,
    percent: Option<Percent>,
    assurance_percent: Option<Percent>,
    controls_percent: Option<Percent>,
}

impl Serialize for Standing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            achieved: self.sums.achieved,
            assured: self.sums.assured,
            possible: self.sums.possible.whole_points(),
            covered: self.covered,
            controls: self.controls,
            percent: self.percent(Objective::Score),
            assurance_percent: self.percent(Objective::Assurance),
            controls_percent: self.percent(Objective::Controls),
        };
        written.serialize(serializer)
    }
}

/// A number of controls as an amount, so that every objective is told in the same form.
pub(super) fn counted(controls: u64) -> Amount {
    Amount::from_units(controls * u64::from(WHOLE))
}

impl Standing {
    /// Reads it off an evaluation.
    pub(super) fn of(tenant: &Tenant, evaluation: &Evaluation) -> Self {
        let (mut covered, mut controls) = (0, 0);
        for (assessment, figures) in tenant.assessments.iter().zip(&evaluation.assessments) {
            let open = assessment.controls.iter().zip(&figures.controls).filter(|(s, _)| !s.is_excluded);
            for (_, figures) in open {
                controls += 1;
                covered += u64::from(figures.status == ControlStatus::Covered);
            }
        }
        Self { sums: evaluation.overall.total(), covered, controls }
    }

    /// What an objective counts.
    #[must_use]
    pub fn amount(&self, objective: Objective) -> Amount {
        match objective {
            Objective::Score => self.sums.achieved,
            Objective::Assurance => self.sums.assured,
            Objective::Controls => counted(self.covered),
        }
    }

    /// The most that an objective could count.
    #[must_use]
    pub fn whole(&self, objective: Objective) -> Amount {
        match objective {
            Objective::Score | Objective::Assurance => self.sums.possible,
            Objective::Controls => counted(self.controls),
        }
    }

    /// The first as a percentage of the second.
    #[must_use]
    pub fn percent(&self, objective: Objective) -> Option<Percent> {
        Percent::of(self.amount(objective), self.whole(objective))
    }
}

/// What plans are made of: a profile against its library.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub(crate) library: &'a Library,
    pub(crate) compiled: &'a Compiled,
    pub(crate) profile: &'a Profile,
    pub(crate) tenant: &'a Tenant,
}

impl Ground<'_> {
    /// The evaluation at a day as things stand.
    pub(super) fn evaluated(&self, on: NaiveDate) -> Evaluation {
        let mut evaluation = Evaluation::default();
        evaluate(self.compiled, self.tenant, Day::from(on), &mut evaluation);
        evaluation
    }

    pub(super) fn standing(&self, on: NaiveDate) -> Standing {
        Standing::of(self.tenant, &self.evaluated(on))
    }

    /// The evaluation at a day if work was done by then.
    pub(super) fn worked<'w>(&self, work: impl IntoIterator<Item = &'w Work>, on: NaiveDate) -> (Tenant, Evaluation) {
        let profile = after(self.library, self.profile, work.into_iter().map(|w| (w, on)));
        let tenant = Tenant::new(self.compiled, &profile);
        let mut evaluation = Evaluation::default();
        evaluate(self.compiled, &tenant, Day::from(on), &mut evaluation);
        (tenant, evaluation)
    }

    pub(super) fn standing_after<'w>(&self, work: impl IntoIterator<Item = &'w Work>, on: NaiveDate) -> Standing {
        let (tenant, evaluation) = self.worked(work, on);
        Standing::of(&tenant, &evaluation)
    }
}
