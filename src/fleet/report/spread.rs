//! How many assessments stand: percentages in tens, their quantiles, and what was counted.

use crate::fleet::fault::SummaryFault;
use crate::fleet::figures::{FleetFigures, percent};
use crate::fleet::histogram::Histogram;
use crate::points::Percent;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// Points over a fleet, exactly: in units of 1/10 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FleetPoints(u128);

impl FleetPoints {
    /// So many 1/10 000 of a point.
    #[must_use]
    pub fn from_units(units: u128) -> Self {
        Self(units)
    }

    /// The whole points, half up: the form for people.
    #[must_use]
    pub fn rounded(self) -> u128 {
        self.0 / 10_000 + u128::from(self.0 % 10_000 >= 5_000)
    }
}

/// Four decimal places, exact.
impl fmt::Display for FleetPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

impl Serialize for FleetPoints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How some assessments stand.
#[derive(Clone, Debug, Serialize)]
pub struct FleetSpread {
    /// The tenants that have one.
    pub tenants: u64,
    /// How many there are.
    pub assessments: u64,
    /// Those in which nothing is in scope, so that there is no score.
    pub without_score: u64,
    /// Those that name a score to reach.
    pub with_target: u64,
    /// Those of them that do not reach it.
    pub below_target: u64,
    /// Those in which evidence lapses until the outlook.
    pub lapsing: u64,
    /// The points earned.
    pub achieved: FleetPoints,
    /// All points.
    pub possible: FleetPoints,
    /// The points whose proof is current.
    pub assured: FleetPoints,
    /// The points of what nobody has assessed.
    pub unassessed: FleetPoints,
    /// The points whose proof is still current on the day of the outlook.
    pub outlook_assured: FleetPoints,
    /// `achieved` of `possible`: over all points, so that a large scope weighs more.
    pub percent: Option<Percent>,
    /// `assured` of `possible`.
    pub assurance_percent: Option<Percent>,
    /// How the scores are spread: each assessment weighs the same.
    pub score: Distribution,
    /// How the assurances are.
    pub assurance: Distribution,
    /// The controls by status.
    pub controls: BTreeMap<&'static str, u64>,
    /// The shared controls by what they lack.
    pub lacks: BTreeMap<&'static str, u64>,
    /// The rows of the gap reports.
    pub gaps: u64,
    /// The same by kind.
    pub gap_kinds: BTreeMap<&'static str, u64>,
}

/// How percentages are spread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Distribution {
    /// How many lie in each ten points.
    pub histogram: Vec<Ten>,
    /// Values that occur; nothing where there is no score.
    pub quantiles: Option<Quantiles>,
}

/// Ten points of a percentage: from the one to below the other; 100 is in the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ten {
    /// The lowest.
    pub from: u8,
    /// The next ten's lowest.
    pub to: u8,
    /// How many lie in it.
    pub count: u64,
}

/// For each share of the assessments the lowest value that so many do not exceed (nearest rank).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is named by its share")]
pub struct Quantiles {
    pub min: Percent,
    pub q05: Percent,
    pub q10: Percent,
    pub q25: Percent,
    pub median: Percent,
    pub q75: Percent,
    pub q90: Percent,
    pub q95: Percent,
    pub max: Percent,
}

impl Quantiles {
    /// Each with its name.
    #[must_use]
    pub fn named(&self) -> [(&'static str, Percent); 9] {
        [
            ("min", self.min),
            ("q05", self.q05),
            ("q10", self.q10),
            ("q25", self.q25),
            ("median", self.median),
            ("q75", self.q75),
            ("q90", self.q90),
            ("q95", self.q95),
            ("max", self.max),
        ]
    }
}

impl From<&Histogram> for Distribution {
    fn from(histogram: &Histogram) -> Self {
        let ten = |(n, count): (u8, u64)| Ten { from: n * 10, to: n * 10 + 10, count };
        let quantiles = histogram.quantiles([0, 5, 10, 25, 50, 75, 90, 95, 100]);
        Self {
            histogram: (0..10).zip(histogram.tens()).map(ten).collect(),
            quantiles: quantiles.map(|[min, q05, q10, q25, median, q75, q90, q95, max]| Quantiles {
                min,
                q05,
                q10,
                q25,
                median,
                q75,
                q90,
                q95,
                max,
            }),
        }
    }
}

impl FleetSpread {
    pub(super) fn of(figures: &FleetFigures) -> Result<Self, SummaryFault> {
        let total = figures.total()?;
        let some = |(word, count): (&'static str, u64)| (count > 0).then_some((word, count));
        Ok(Self {
            tenants: figures.tenants,
            assessments: figures.assessments,
            without_score: figures.without_score(),
            with_target: figures.with_target,
            below_target: figures.below_target,
            lapsing: figures.lapsing,
            achieved: FleetPoints(total.achieved),
            possible: FleetPoints(total.possible),
            assured: FleetPoints(total.assured),
            unassessed: FleetPoints(total.unassessed),
            outlook_assured: FleetPoints(figures.outlook_assured),
            percent: percent(total.achieved, total.possible),
            assurance_percent: percent(total.assured, total.possible),
            score: Distribution::from(&figures.score),
            assurance: Distribution::from(&figures.assurance),
            controls: figures.by_status().filter_map(some).collect(),
            lacks: figures.by_shared().filter_map(some).collect(),
            gaps: figures.gaps,
            gap_kinds: figures.by_kind().filter_map(some).collect(),
        })
    }
}
