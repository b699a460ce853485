//! What a tenant comes to on each date to come, if nobody does anything, and as planned.
//!
//! [`forecast`] walks a *line*: `moment` gathers the days on which something can change, `sweep`
//! evaluates once on each of them, and `turn` says what of the change goes with which event. The
//! plain [`Forecast`] (`result`) has two lines: the profile as it stands, and with its open actions
//! done on the day they are due (`planned`). Every figure comes from the ordinary evaluation.

mod below;
mod moment;
mod planned;
mod result;
mod sweep;
mod ties;
mod turn;

pub use result::{
    AssessmentForecast, AssessmentLevel, Below, Due, Event, EventKind, Forecast, ForecastLine, ForecastOptions, Step,
    Thresholds,
};

use crate::compiled::Compiled;
use crate::day::Day;
use crate::evaluate::GapView;
use crate::library::Library;
use crate::profile::Profile;
use crate::tenant::Tenant;
use below::thresholds;
use chrono::NaiveDate;
use sweep::{Ground, Segment, sweep};

/// The version of the JSON form.
const SCHEMA: u32 = 1;

/// What `profile`, compiled as `tenant`, comes to from one date to another.
#[must_use]
pub(crate) fn forecast(
    library: &Library,
    compiled: &Compiled,
    profile: &Profile,
    tenant: &Tenant,
    options: &ForecastOptions,
) -> Forecast {
    let ground = Ground { library, compiled, until: Day::from(options.until) };
    let segment = Segment { from: Day::from(options.from), profile, tenant, done: &[] };
    let plan = planned::plan(&ground, &segment);
    let line = |segments: &[Segment<'_>]| {
        let steps = sweep(&ground, segments, options.from);
        below::line(library, profile, options, steps)
    };
    let planned = (!plan.stages.is_empty()).then(|| {
        let later = plan.stages.iter().map(planned::Stage::segment);
        line(&std::iter::once(segment).chain(later).collect::<Vec<_>>())
    });
    Forecast {
        schema: SCHEMA,
        tenant: profile.tenant.clone(),
        organization: profile.name.clone(),
        from: options.from,
        until: options.until,
        thresholds: thresholds(profile, options),
        line: line(&[segment]),
        planned,
        due: plan.due,
        overdue: plan.overdue,
    }
}

/// The steps of the profile as it stands, from one date to another: the first line of a forecast alone.
#[must_use]
pub(crate) fn steps(view: &GapView<'_>, from: NaiveDate) -> Vec<Step> {
    let ground = Ground { library: view.library, compiled: view.compiled, until: view.horizon };
    let segment = Segment { from: view.day, profile: view.profile, tenant: view.tenant, done: &[] };
    sweep(&ground, &[segment], from)
}
