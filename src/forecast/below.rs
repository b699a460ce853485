//! Thresholds, and the first dates on which they are missed.

use super::result::{AssessmentForecast, Below, ForecastLine, ForecastOptions, Step, Thresholds};
use crate::library::Library;
use crate::points::{Percent, Sums};
use crate::profile::Profile;

/// What score and assurance over all assessments are held against: what is given, else the target of
/// the assessments where they agree.
pub(super) fn thresholds(profile: &Profile, options: &ForecastOptions) -> Thresholds {
    let mut targets = profile.assessments.iter().map(|a| a.target);
    let first = targets.next().flatten();
    resolved(options, first.filter(|first| targets.all(|t| t == Some(*first))))
}

fn resolved(options: &ForecastOptions, own: Option<Percent>) -> Thresholds {
    let target = options.target.or(own);
    Thresholds { score: options.floor.or(target), assurance: options.floor_assurance.or(target) }
}

/// The line that `steps` make, with when it misses its thresholds.
pub(super) fn line(library: &Library, profile: &Profile, options: &ForecastOptions, steps: Vec<Step>) -> ForecastLine {
    let below_of = |thresholds: Thresholds, sums: &dyn Fn(&Step) -> Option<Sums>| Below {
        score: first(&steps, |step| is_below(thresholds.score, sums(step), |s| s.achieved)),
        assurance: first(&steps, |step| is_below(thresholds.assurance, sums(step), |s| s.assured)),
    };
    let assessments = profile.assessments.iter().enumerate().map(|(position, plan)| {
        let template = library.template(plan.template);
        let thresholds = resolved(options, plan.target);
        AssessmentForecast {
            template: template.id.value.to_string(),
            title: template.title.clone(),
            group: plan.group.clone(),
            thresholds,
            below: below_of(thresholds, &|step| step.assessments.get(position).map(|a| a.sums)),
        }
    });
    let assessments = assessments.collect();
    let below = below_of(thresholds(profile, options), &|step| Some(step.sums));
    ForecastLine { steps, below, assessments }
}

fn first(steps: &[Step], is_it: impl Fn(&Step) -> bool) -> Option<chrono::NaiveDate> {
    steps.iter().find(|step| is_it(step)).map(|step| step.from)
}

/// Whether a figure is below its threshold; where nothing is possible there is no figure to reach it.
fn is_below(threshold: Option<Percent>, sums: Option<Sums>, part: impl Fn(&Sums) -> crate::points::Amount) -> bool {
    threshold.zip(sums).is_some_and(|(threshold, sums)| !threshold.is_reached_by(part(&sums), sums.possible))
}
