//! One figure of a score for a badge: what it says, and which colour that has earned.
//!
//! [`badge`] takes the figure from a result and judges it by a target, or where there is none by fixed
//! percentages, exactly and without rounding. Colours are a few, and dark enough for white text on them.

use crate::choice::choice;
use crate::evaluate::ControlStatus;
use crate::locale::{Locale, Words, msg};
use crate::points::{Percent, Sums};
use crate::result::{Assessment, TenantScore};

choice! {
    /// What a badge shows.
    pub enum Metric {
        /// The share of the points that is earned.
        Score = "score",
        /// The share that current proof bears out.
        Assurance = "assurance",
        /// How many controls are covered, of those not excluded.
        Covered = "covered",
    }
}

/// The colour of a badge, with what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadgeColor {
    /// The target is reached; without one, 80 percent are.
    Green,
    /// At most 10 percentage points below the target; without one, 60 percent are reached.
    Amber,
    /// Anything less.
    Red,
    /// There is no score.
    Grey,
}

impl BadgeColor {
    /// The colour; white text on it has a contrast of at least 4.5 to 1, as WCAG 2.2 asks for.
    #[must_use]
    pub fn hex(self) -> &'static str {
        match self {
            Self::Green => "#1a7f37",
            Self::Amber => "#8a6100",
            Self::Red => "#b42318",
            Self::Grey => "#59636e",
        }
    }
}

/// Without a target: what is green, and what is amber.
const GREEN_FROM: Percent = Percent::from_hundredths(8_000);
const AMBER_FROM: Percent = Percent::from_hundredths(6_000);
/// How far below a target is still amber, in hundredths of a percent.
const NEAR: u32 = 1_000;

/// A badge, before it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// What stands on its left.
    pub label: String,
    /// What stands on its right.
    pub message: String,
    /// The colour of its right.
    pub color: BadgeColor,
    /// All of it in a sentence, with the date and with the target, if there is one.
    pub title: String,
}

/// What is asked of a badge beside its metric; what is not given comes from the profile.
#[derive(Clone, Debug, Default)]
pub struct BadgeOptions {
    /// What to write on its left.
    pub label: Option<String>,
    /// The percentage to judge by.
    pub target: Option<Percent>,
}

/// The badge of a metric: of one assessment, or over all.
///
/// The target of an assessment is one of its score; a tenant with a single assessment has that one's.
#[must_use]
pub fn badge(
    score: &TenantScore,
    only: Option<&Assessment>,
    metric: Metric,
    options: &BadgeOptions,
    locale: Locale,
) -> Badge {
    let words = Words::of(locale);
    let assessments = only.map_or(score.assessments.as_slice(), std::slice::from_ref);
    let sums = only.map_or(score.overall.total, |one| one.figures.total);
    let (part, whole) = measured(metric, &sums, assessments);
    let own = match assessments {
        [one] if metric == Metric::Score => one.target,
        _ => None,
    };
    let target = options.target.or(own);
    let (label, shown) = match metric {
        Metric::Score => (msg::BADGE_SCORE, sums.percent().map(|percent| words.percent(Some(percent)))),
        Metric::Assurance => {
            (msg::BADGE_ASSURANCE, sums.assurance_percent().map(|percent| words.percent(Some(percent))))
        }
        Metric::Covered => {
            let counts = [("part", part.to_string().into()), ("whole", whole.to_string().into())];
            (msg::BADGE_COVERED, (whole > 0).then(|| words.with(msg::BADGE_PART, &counts)))
        }
    };
    let label = options.label.clone().unwrap_or_else(|| words.text(label).into_owned());
    let color = if shown.is_some() { color(part, whole, target) } else { BadgeColor::Grey };
    let message = shown.unwrap_or_else(|| words.text(msg::BADGE_NO_SCORE).into_owned());
    let title = {
        let date = words.date(score.as_of).into();
        let head = vec![("label", label.as_str().into()), ("message", message.as_str().into()), ("date", date)];
        match target.filter(|_| color != BadgeColor::Grey) {
            None => words.with(msg::BADGE_TITLE, &head),
            Some(target) => {
                let is_reached = color == BadgeColor::Green;
                let title = if is_reached { msg::BADGE_TITLE_REACHED } else { msg::BADGE_TITLE_MISSED };
                let target = ("target", words.percent(Some(target)).into());
                words.with(title, &head.into_iter().chain([target]).collect::<Vec<_>>())
            }
        }
    };
    Badge { label, message, color, title }
}

/// The part and the whole of a metric, in units of their own.
fn measured(metric: Metric, sums: &Sums, assessments: &[Assessment]) -> (u64, u64) {
    let count = |is_counted: fn(ControlStatus) -> bool| {
        let controls = assessments.iter().flat_map(|a| &a.controls);
        u64::try_from(controls.filter(|c| is_counted(c.status)).count()).unwrap_or(u64::MAX)
    };
    match metric {
        Metric::Score => (sums.achieved.units(), sums.possible.units()),
        Metric::Assurance => (sums.assured.units(), sums.possible.units()),
        Metric::Covered => {
            (count(|status| status == ControlStatus::Covered), count(|status| status != ControlStatus::Excluded))
        }
    }
}

fn color(part: u64, whole: u64, target: Option<Percent>) -> BadgeColor {
    let reaches = |percent: u32| u128::from(part) * 10_000 >= u128::from(percent) * u128::from(whole);
    let (green, amber) = match target {
        Some(target) => (target.hundredths(), target.hundredths().saturating_sub(NEAR)),
        None => (GREEN_FROM.hundredths(), AMBER_FROM.hundredths()),
    };
    match () {
        () if reaches(green) => BadgeColor::Green,
        () if reaches(amber) => BadgeColor::Amber,
        () => BadgeColor::Red,
    }
}

#[cfg(test)]
mod tests {
    use super::{BadgeColor, Percent, color};

    #[test]
    fn colours_turn_exactly_where_they_say() {
        let at = |part, target: Option<u32>| color(part, 100_000, target.map(Percent::from_hundredths));
        for (part, target, expected) in [
            (80_000, None, BadgeColor::Green),
            (79_999, None, BadgeColor::Amber),
            (60_000, None, BadgeColor::Amber),
            (59_999, None, BadgeColor::Red),
            (90_000, Some(9_000), BadgeColor::Green),
            (89_999, Some(9_000), BadgeColor::Amber),
            (80_000, Some(9_000), BadgeColor::Amber),
            (79_999, Some(9_000), BadgeColor::Red),
            (0, Some(0), BadgeColor::Green),
            (0, Some(500), BadgeColor::Amber),
        ] {
            assert_eq!(at(part, target), expected, "{part} against {target:?}");
        }
    }
}
