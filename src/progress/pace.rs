//! How fast it went, and when, at that pace, a target is met. Whole numbers, rounded where it says so.

use super::result::{Aim, Aimed, Pace, Prospect};
use crate::change::{AmountChange, PercentChange};
use crate::compare::{Attribution, Cause, Comparison};
use crate::points::{Amount, Percent, Sums};
use crate::result::{Assessment, TenantScore};
use chrono::{Days, NaiveDate};

/// So many days are a month here, whatever the calendar says.
const MONTH: i64 = 30;
/// A target that takes longer is not given a date.
const LONGEST_DAYS: i128 = 36_525;

/// How fast it went.
pub(super) fn pace(comparison: &Comparison) -> Option<Pace> {
    let days = u32::try_from(days(comparison)).ok().filter(|days| *days > 0)?;
    let points = of_work(&comparison.causes);
    let proof = |is_wanted: fn(&AmountChange) -> bool| {
        let currency = comparison.causes.iter().filter(|c| c.cause == Cause::Currency);
        sum(currency.flat_map(|c| &c.effects).map(|e| e.assured).filter(is_wanted))
    };
    let lapsed = proof(|change| change.units() < 0);
    let monthly = |change: AmountChange| AmountChange::from_units(per_month(change.units(), days));
    let percent = |change: PercentChange| {
        let hundredths = per_month(change.hundredths().into(), days);
        PercentChange::from_hundredths(i32::try_from(hundredths).unwrap_or_default())
    };
    Some(Pace {
        days,
        points,
        points_per_30_days: monthly(points),
        percent_per_30_days: comparison.change.percent.map(percent),
        lapsed,
        lapsed_per_30_days: monthly(lapsed),
        renewed: proof(|change| change.units() > 0),
    })
}

fn days(comparison: &Comparison) -> i64 {
    (comparison.to.as_of - comparison.from.as_of).num_days()
}

fn sum(changes: impl Iterator<Item = AmountChange>) -> AmountChange {
    changes.fold(AmountChange::default(), AmountChange::and)
}

/// `count` in `days`, per month, rounded half away from nought.
fn per_month(count: i64, days: u32) -> i64 {
    let (count, days) = (i128::from(count) * i128::from(MONTH), i128::from(days.max(1)));
    let half = if count < 0 { -days } else { days };
    i64::try_from((2 * count + half) / (2 * days)).unwrap_or_default()
}

/// Whether a cause is something that people did or let happen, and so goes on as it went.
fn is_pace(cause: Cause) -> bool {
    match cause {
        Cause::WorkDone | Cause::WorkUndone | Cause::NewlyAssessed | Cause::Currency => true,
        Cause::Scope | Cause::Template | Cause::NewAssessments => false,
    }
}

/// The points gained by what goes on as it went.
fn of_work(causes: &[Attribution]) -> AmountChange {
    sum(causes.iter().filter(|c| is_pace(c.cause)).map(|c| c.change.achieved))
}

/// The target asked for, else those of the assessments, each with when it is met.
pub(super) fn targets(comparison: &Comparison, now: &TenantScore, target: Option<Percent>) -> Vec<Aim> {
    let days = days(comparison);
    let overall = Some(of_work(&comparison.causes));
    let aim = |assessment: Option<&Assessment>, target: Percent, gained: Option<AmountChange>| {
        let sums = assessment.map_or(&now.overall.total, |a| &a.figures.total);
        let missing = target.points_of(sums.possible).less(sums.achieved);
        Aim {
            assessment: assessment.map(aimed),
            target,
            missing,
            prospect: prospect(sums, target, missing, gained, days, now.as_of),
        }
    };
    if let Some(target) = target {
        return vec![aim(None, target, overall)];
    }
    // The one assessment there is and was is all there is.
    let is_only = comparison.assessments.len() == 1;
    let with_target = now.assessments.iter().filter_map(|a| Some((a, a.target?)));
    with_target.map(|(a, target)| aim(Some(a), target, if is_only { overall } else { own(comparison, a) })).collect()
}

fn aimed(assessment: &Assessment) -> Aimed {
    let Assessment { template, title, group, .. } = assessment;
    Aimed { template: template.clone(), title: title.clone(), group: group.clone() }
}

/// What an assessment gained, if what counts in it is what counted.
fn own(comparison: &Comparison, assessment: &Assessment) -> Option<AmountChange> {
    let is_same = |c: &&Attribution| is_pace(c.cause) || c.effects.is_empty();
    let is_like = comparison.causes.iter().all(|c| is_same(&c));
    let key = (&assessment.template, &assessment.group);
    let moved = comparison.assessments.iter().find(|a| (&a.template, &a.group) == key).filter(|_| is_like)?;
    let (from, to) = moved.from.as_ref().zip(moved.to.as_ref())?;
    Some(AmountChange::between(from.total.achieved, to.total.achieved))
}

fn prospect(
    sums: &Sums,
    target: Percent,
    missing: Amount,
    gained: Option<AmountChange>,
    days: i64,
    today: NaiveDate,
) -> Prospect {
    if sums.possible == Amount::ZERO {
        return Prospect::NoScore;
    }
    if target.is_reached_by(sums.achieved, sums.possible) {
        return Prospect::Met;
    }
    if days <= 0 {
        return Prospect::OneDate;
    }
    let Some(gained) = gained.map(|g| i128::from(g.units())) else { return Prospect::Unlike };
    match gained {
        0 => Prospect::Standstill,
        ..0 => Prospect::Falling,
        1.. => {
            // The first day by which enough is earned: rounded up.
            let needed = (i128::from(missing.units()) * i128::from(days) + gained - 1) / gained;
            let needed = u64::try_from(needed).ok().filter(|n| i128::from(*n) <= LONGEST_DAYS);
            let on = needed.and_then(|needed| today.checked_add_days(Days::new(needed)));
            on.map_or(Prospect::Distant, |on| Prospect::Expected { on })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(achieved: u64, possible: u64) -> Sums {
        let (achieved, possible) = (Amount::from_units(achieved), Amount::from_units(possible));
        Sums { achieved, possible, ..Sums::default() }
    }

    fn asked(achieved: u64, gained: Option<i64>, days: i64) -> Prospect {
        let (target, sums) = (Percent::from_hundredths(8_000), sums(achieved, 1_000));
        let missing = target.points_of(sums.possible).less(sums.achieved);
        let today = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap_or_default();
        prospect(&sums, target, missing, gained.map(AmountChange::from_units), days, today)
    }

    fn on(day: &str) -> Prospect {
        Prospect::Expected { on: day.parse().unwrap_or_default() }
    }

    #[test]
    fn a_target_is_met_on_the_first_day_by_which_enough_is_earned() {
        assert_eq!(asked(700, Some(100), 10), on("2022-01-11"));
        assert_eq!(asked(700, Some(100), 11), on("2022-01-12"));
        // A third of a day is a day.
        assert_eq!(asked(799, Some(300), 100), on("2022-01-02"));
        assert_eq!(asked(800, Some(-5), 10), Prospect::Met);
        assert_eq!(asked(0, Some(1), 46), Prospect::Distant);
        assert_eq!(asked(0, Some(0), 10), Prospect::Standstill);
        assert_eq!(asked(0, Some(-1), 10), Prospect::Falling);
        assert_eq!(asked(0, Some(1), 0), Prospect::OneDate);
        assert_eq!(asked(0, None, 10), Prospect::Unlike);
        let nothing = Sums::default();
        let none = prospect(&nothing, Percent::from_hundredths(0), Amount::ZERO, None, 1, NaiveDate::MIN);
        assert_eq!(none, Prospect::NoScore);
    }

    #[test]
    fn a_month_is_rounded_half_away_from_nought() {
        assert_eq!([per_month(1, 60), per_month(-1, 60), per_month(1, 61), per_month(7, 30)], [1, -1, 0, 7]);
    }
}
