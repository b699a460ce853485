//! What a whole fleet comes to on dates to come, if nobody does anything.
//!
//! A [`FleetForecaster`] takes the blocks of a pack, in any order and on any thread; [`FleetForecaster::merge`]
//! puts what several found together, and [`FleetForecaster::finish`] tells it. All sums are whole numbers, so
//! that any split gives the same answer. A tenant is read once for all dates.

use super::cohort::FleetBy;
use super::days::{DAYS_OF_A_WORD, Days};
use super::pack::{PackBlock, PackFault, PackedTenant, read_block};
use super::sweep::Sweep;
use crate::compiled::{Compiled, Flat};
use crate::day::Day;
use crate::id::EvidenceIdx;

use crate::model::Model;
use crate::points::{Amount, Percent, Sums};
use crate::profile::EvidenceLink;
use crate::snapshot::Digest;
use chrono::NaiveDate;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// For which dates a fleet is forecast, and how it is told apart.
#[derive(Clone, Debug)]
pub struct FleetForecastOptions {
    /// The dates, ascending.
    pub dates: Vec<NaiveDate>,
    /// The percentage that score and assurance are held against, in place of the targets of the profiles.
    pub below: Option<Percent>,
    /// By what tenants are grouped.
    pub by: Option<FleetBy>,
}

/// What a fleet comes to on some dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FleetForecast {
    /// The version of the JSON form.
    pub schema: u32,
    /// The library.
    pub library: Digest,
    /// How many tenants there are.
    pub tenants: u64,
    /// The percentage that score and assurance were held against, in place of the targets of the profiles.
    pub below: Option<Percent>,
    /// The whole fleet on each date.
    pub dates: Vec<FleetMoment>,
    /// Between which two dates most points are lost.
    pub biggest_fall: Option<FleetFall>,
    /// Between which two dates most points lose their proof.
    pub biggest_fall_assurance: Option<FleetFall>,
    /// The evidence of the library that lapses after the first date and not after the last, by that day.
    pub lapses: Vec<FleetLapse>,
    /// By what tenants are grouped.
    pub by: Option<FleetBy>,
    /// Each group, by its name; that of tenants without one has an empty name.
    pub cohorts: Vec<FleetCohortForecast>,
}

/// What one group comes to on the dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FleetCohortForecast {
    /// Its name.
    pub value: String,
    /// How many tenants it has.
    pub tenants: u64,
    /// What it comes to on each date.
    pub dates: Vec<FleetMoment>,
}

/// What tenants come to on a date, all assessments together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FleetMoment {
    /// The date.
    pub date: NaiveDate,
    /// The sums over all assessments; the score is the exact share of what is possible.
    #[serde(flatten, serialize_with = "figures")]
    pub sums: Sums,
    /// How many tenants have fewer points than on the first date.
    pub losing: u64,
    /// How many tenants have fewer points assured than on the first date.
    pub losing_assurance: u64,
    /// How many tenants have an assessment whose score is below what it is held against.
    pub below: u64,
    /// How many tenants have an assessment whose assurance is below it.
    pub below_assurance: u64,
}

/// What is lost between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FleetFall {
    /// The earlier date.
    pub from: NaiveDate,
    /// The later date, the next of those asked for.
    pub to: NaiveDate,
    /// The points lost.
    pub lost: Amount,
}

/// Evidence of the library that lapses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FleetLapse {
    /// The first day on which it is no longer current.
    pub on: NaiveDate,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many tenants use a service that it names, or link to it.
    pub tenants: u64,
}

/// Serializes figures as the score does.
pub(super) fn figures<S: Serializer>(sums: &Sums, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("achieved", &sums.achieved)?;
    map.serialize_entry("possible", &sums.possible.whole_points())?;
    map.serialize_entry("assured", &sums.assured)?;
    map.serialize_entry("unassessed", &sums.unassessed)?;
    map.serialize_entry("percent", &sums.percent())?;
    map.serialize_entry("assurance_percent", &sums.assurance_percent())?;
    map.end()
}

/// The sums of some tenants on each date.
#[derive(Clone, Debug, Default)]
struct Line {
    tenants: u64,
    moments: Vec<FleetMoment>,
}

/// What the evidence that lapses is looked for by.
#[derive(Clone, Debug, Default)]
struct Watch {
    /// The items, by the day they lapse.
    items: Vec<(Day, EvidenceIdx)>,
    /// For each service, which of them name it by then.
    of_service: Flat<usize>,
    /// For each item of the library, which of them it is.
    of_item: Vec<Option<usize>>,
}

/// Gathers what a fleet comes to; each thread has its own.
#[derive(Clone, Debug)]
pub struct FleetForecaster<'m> {
    model: &'m Model,
    options: &'m FleetForecastOptions,
    sweeps: Vec<Sweep>,
    watch: Watch,
    packed: PackedTenant,
    /// For each assessment, its figures on all dates.
    sums: Vec<Vec<Sums>>,
    whole: Line,
    cohorts: BTreeMap<String, Line>,
    touched: Vec<u64>,
    is_touched: Vec<bool>,
}

impl<'m> FleetForecaster<'m> {
    /// A forecast of tenants packed against the library of `model`.
    #[must_use]
    pub fn new(model: &'m Model, options: &'m FleetForecastOptions) -> Self {
        let compiled = model.compiled();
        let days = |dates: &[NaiveDate]| Days::new(dates.iter().copied().map(Day::from));
        let watch = Watch::new(compiled, &options.dates);
        Self {
            model,
            options,
            sweeps: options.dates.chunks(DAYS_OF_A_WORD).map(|dates| Sweep::new(compiled, days(dates))).collect(),
            packed: PackedTenant::default(),
            sums: Vec::new(),
            whole: Line::new(&options.dates),
            cohorts: BTreeMap::new(),
            touched: vec![0; watch.items.len()],
            is_touched: vec![false; watch.items.len()],
            watch,
        }
    }

    /// Takes the tenants of a block.
    ///
    /// # Errors
    /// If it cannot be read; what was taken of it makes the forecast useless.
    pub fn block(&mut self, block: &PackBlock, bytes: &[u8]) -> Result<(), PackFault> {
        let mut packed = std::mem::take(&mut self.packed);
        let read = read_block(self.model.compiled(), block, bytes, &mut packed, |packed| self.tenant(packed));
        self.packed = packed;
        read
    }

    fn tenant(&mut self, packed: &PackedTenant) {
        let compiled = self.model.compiled();
        let count = packed.tenant.assessments.len();
        self.sums.iter_mut().for_each(Vec::clear);
        self.sums.resize_with(self.sums.len().max(count), Vec::new);
        for sweep in &mut self.sweeps {
            sweep.tenant(compiled, &packed.tenant);
            for (position, list) in self.sums.iter_mut().enumerate().take(count) {
                list.extend_from_slice(sweep.sums(position));
            }
        }
        let all: Vec<usize> = (0..count).collect();
        self.whole.add(&self.sums, &all, packed, self.options.below);
        if let Some(key) = self.options.by {
            for (value, positions) in key.of(self.model.library(), packed) {
                if !self.cohorts.contains_key(value) {
                    self.cohorts.insert(value.to_owned(), Line::new(&self.options.dates));
                }
                let line = self.cohorts.get_mut(value);
                line.into_iter().for_each(|line| line.add(&self.sums, &positions, packed, self.options.below));
            }
        }
        self.lapses(packed);
    }

    fn lapses(&mut self, packed: &PackedTenant) {
        self.is_touched.fill(false);
        let tenant = &packed.tenant;
        let named = tenant.services.iter().flat_map(|service| self.watch.of_service.row(service.position()));
        let linked = tenant.links.rows().flatten().filter_map(|link| match link {
            EvidenceLink::Library(item) => self.watch.of_item.get(item.position())?.as_ref(),
            EvidenceLink::Own(_) => None,
        });
        for position in named.chain(linked) {
            self.is_touched.get_mut(*position).into_iter().for_each(|is_touched| *is_touched = true);
        }
        for (count, is_touched) in self.touched.iter_mut().zip(&self.is_touched) {
            *count += u64::from(*is_touched);
        }
    }

    /// Takes over what another has found in other blocks.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.whole.merge(&other.whole);
        for (value, line) in other.cohorts {
            self.cohorts.entry(value).or_insert_with(|| Line::new(&self.options.dates)).merge(&line);
        }
        self.touched.iter_mut().zip(&other.touched).for_each(|(count, more)| *count += more);
        self
    }

    /// What the fleet comes to; `library` is the digest of the library.
    #[must_use]
    pub fn finish(self, library: Digest) -> FleetForecast {
        let evidence = |item: EvidenceIdx| self.model.library().evidence_item(item);
        let lapse = |((on, item), tenants): (&(Day, EvidenceIdx), &u64)| {
            let found = evidence(*item);
            Some(FleetLapse { on: on.date()?, id: found.id.value.to_string(), title: title(found), tenants: *tenants })
        };
        let mut lapses: Vec<FleetLapse> = self.watch.items.iter().zip(&self.touched).filter_map(lapse).collect();
        lapses.sort_by(|a, b| (a.on, &a.id).cmp(&(b.on, &b.id)));
        let cohorts = self.cohorts.into_iter().map(|(value, line)| FleetCohortForecast {
            value,
            tenants: line.tenants,
            dates: line.moments,
        });
        FleetForecast {
            schema: 1,
            library,
            tenants: self.whole.tenants,
            below: self.options.below,
            biggest_fall: fall(&self.whole.moments, |sums| sums.achieved),
            biggest_fall_assurance: fall(&self.whole.moments, |sums| sums.assured),
            dates: self.whole.moments,
            lapses,
            by: self.options.by,
            cohorts: cohorts.collect(),
        }
    }
}

/// The title of an item of evidence, or its id where it has none.
pub(super) fn title(evidence: &crate::library::Evidence) -> String {
    evidence.title.clone().unwrap_or_else(|| evidence.id.value.to_string())
}

/// Between which two dates most is lost, the first of them if there are several.
fn fall(moments: &[FleetMoment], figure: impl Fn(&Sums) -> Amount) -> Option<FleetFall> {
    let steps = moments.iter().zip(moments.iter().skip(1));
    let falls = steps.map(|(a, b)| FleetFall { from: a.date, to: b.date, lost: figure(&a.sums).less(figure(&b.sums)) });
    let worst = falls.reduce(|worst, next| if next.lost > worst.lost { next } else { worst });
    worst.filter(|fall| fall.lost > Amount::ZERO)
}

impl Line {
    fn new(dates: &[NaiveDate]) -> Self {
        let moments = dates.iter().map(|date| FleetMoment { date: *date, ..FleetMoment::default() });
        Self { tenants: 0, moments: moments.collect() }
    }

    /// Adds the assessments at `positions` of a tenant.
    fn add(&mut self, sums: &[Vec<Sums>], positions: &[usize], packed: &PackedTenant, below: Option<Percent>) {
        self.tenants += 1;
        let mut first: Option<Sums> = None;
        for (n, moment) in self.moments.iter_mut().enumerate() {
            let mut total = Sums::default();
            let (mut is_below, mut is_below_assurance) = (false, false);
            for position in positions {
                let Some(found) = sums.get(*position).and_then(|list| list.get(n)) else { continue };
                total += *found;
                let target = below.or_else(|| packed.names.plans.get(*position)?.target);
                // As everywhere, what has no score reaches none.
                let misses = |part: Amount| target.is_some_and(|t| !t.is_reached_by(part, found.possible));
                is_below |= misses(found.achieved);
                is_below_assurance |= misses(found.assured);
            }
            let first = first.get_or_insert(total);
            moment.sums += total;
            moment.losing += u64::from(total.achieved < first.achieved);
            moment.losing_assurance += u64::from(total.assured < first.assured);
            moment.below += u64::from(is_below);
            moment.below_assurance += u64::from(is_below_assurance);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.tenants += other.tenants;
        for (moment, more) in self.moments.iter_mut().zip(&other.moments) {
            moment.sums += more.sums;
            moment.losing += more.losing;
            moment.losing_assurance += more.losing_assurance;
            moment.below += more.below;
            moment.below_assurance += more.below_assurance;
        }
    }
}

impl Watch {
    fn new(compiled: &Compiled, dates: &[NaiveDate]) -> Self {
        let Some((first, last)) = dates.first().zip(dates.last()) else { return Self::default() };
        let (first, last) = (Day::from(*first), Day::from(*last));
        let mut watch = Self { of_item: vec![None; compiled.evidence.len()], ..Self::default() };
        for (position, period) in compiled.evidence.iter().enumerate() {
            let on = period.to.plus(1);
            if period.holds(period.to) && first < on && on <= last {
                watch.of_item.get_mut(position).into_iter().for_each(|place| *place = Some(watch.items.len()));
                watch.items.push((on, EvidenceIdx::at(position)));
            }
        }
        for row in compiled.namings.rows() {
            let named = row.iter().filter_map(|(item, since)| {
                let place = (*watch.of_item.get(item.position())?)?;
                let (on, _) = watch.items.get(place)?;
                (since < on).then_some(place)
            });
            let named: Vec<usize> = named.collect();
            watch.of_service.push_row(named);
        }
        watch
    }
}

/// The dates from one to another, so far apart, no more than `most`; the last one is always among them.
#[must_use]
pub fn dates_between(from: NaiveDate, to: NaiveDate, step: FleetStep, most: usize) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> =
        (0_u32..).map_while(|n| step.after(from, n)).take_while(|date| *date < to).take(most).collect();
    dates.push(to);
    dates
}

crate::choice::choice! {
    /// How far apart dates are.
    pub enum FleetStep {
        /// A month; from the 31st, the last day of shorter ones.
        Month = "month",
        /// Seven days.
        Week = "week",
        /// A day.
        Day = "day",
    }
}

impl FleetStep {
    /// The date `count` steps after `from`.
    fn after(self, from: NaiveDate, count: u32) -> Option<NaiveDate> {
        let days = |days: u64| from.checked_add_days(chrono::Days::new(days));
        match self {
            Self::Month => from.checked_add_months(chrono::Months::new(count)),
            Self::Week => days(u64::from(count) * 7),
            Self::Day => days(u64::from(count)),
        }
    }
}
