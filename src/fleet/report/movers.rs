//! What changed since an earlier run: its rows and the later ones, joined by tenant, template and group.
//!
//! The earlier rows are held while the later ones come: a key and some fifty bytes for each.

use super::FleetTenant;
use super::top::Top;
use crate::change::PercentChange;
use crate::fleet::row::FleetRow;
use crate::points::Percent;
use chrono::NaiveDate;
use serde::Serialize;
use std::cmp::Reverse;

/// What changed since an earlier run.
#[derive(Clone, Debug, Serialize)]
pub struct FleetMovers {
    /// The date of the earlier run.
    pub since: NaiveDate,
    /// Assessments whose score is higher.
    pub up: u64,
    /// Those whose score is lower.
    pub down: u64,
    /// Those with the same score as then, or none then as now.
    pub same: u64,
    /// Those with a score now or then alone.
    pub not_comparable: u64,
    /// Those that were not there then.
    pub new: u64,
    /// Those that are not there any more.
    pub gone: u64,
    /// Those that rose most.
    pub rose: Vec<Mover>,
    /// Those that fell most.
    pub fell: Vec<Mover>,
    /// Some of the new ones, by tenant.
    pub came: Vec<FleetTenant>,
    /// Some of those that are gone, by tenant.
    pub left: Vec<GoneTenant>,
}

/// An assessment whose score changed.
#[derive(Clone, Debug, Serialize)]
pub struct Mover {
    /// Which, and how it stands now.
    #[serde(flatten)]
    pub tenant: FleetTenant,
    /// The score then.
    pub percent_before: Percent,
    /// The assurance then.
    pub assurance_percent_before: Option<Percent>,
    /// By how much the score changed.
    pub change: PercentChange,
}

/// An assessment that is gone.
#[derive(Clone, Debug, Serialize)]
pub struct GoneTenant {
    /// The tenant's id.
    pub tenant: String,
    /// The template.
    pub template: String,
    /// The group.
    pub group: String,
    /// The score then.
    pub percent_before: Option<Percent>,
}

/// Tenant, template and group; the texts hold no such character between them.
type Key = Box<str>;
const BETWEEN: char = '\u{0}';

#[derive(Clone, Debug)]
struct Then {
    key: Key,
    percent: Option<Percent>,
    assurance: Option<Percent>,
    is_met: bool,
}

/// The rows of an earlier run, and what is found of them.
#[derive(Clone, Debug)]
pub(super) struct Joining {
    since: NaiveDate,
    then: Vec<Then>,
    is_sorted: bool,
    found: FleetMovers,
    rose: Top<(Reverse<u32>, Key), Mover>,
    fell: Top<(Reverse<u32>, Key), Mover>,
    came: Top<Key, FleetTenant>,
}

fn key(row: &FleetRow) -> String {
    let mut key = String::with_capacity(row.tenant.len() + row.template.len() + row.group.len() + 2);
    for text in [&row.tenant, &row.template, &row.group] {
        key.push_str(text);
        key.push(BETWEEN);
    }
    key
}

impl Joining {
    pub(super) fn new(since: NaiveDate, top: usize) -> Self {
        let found = FleetMovers {
            since,
            up: 0,
            down: 0,
            same: 0,
            not_comparable: 0,
            new: 0,
            gone: 0,
            rose: Vec::new(),
            fell: Vec::new(),
            came: Vec::new(),
            left: Vec::new(),
        };
        let (rose, fell, came) = (Top::new(top), Top::new(top), Top::new(top));
        Self { since, then: Vec::new(), is_sorted: true, found, rose, fell, came }
    }

    pub(super) fn since(&self) -> NaiveDate {
        self.since
    }

    /// Takes a row of the earlier run.
    pub(super) fn earlier(&mut self, row: &FleetRow) {
        let total = row.total();
        let (percent, assurance) = (total.percent(), total.assurance_percent());
        self.then.push(Then { key: key(row).into(), percent, assurance, is_met: false });
        self.is_sorted = false;
    }

    /// Takes a row of the later one. Rows of the same tenant, template and group meet in their order.
    pub(super) fn later(&mut self, row: &FleetRow) {
        if !self.is_sorted {
            // Stable, so that rows of one key stay in their order.
            self.then.sort_by(|a, b| a.key.cmp(&b.key));
            self.is_sorted = true;
        }
        let key = key(row);
        let first = self.then.partition_point(|then| *then.key < *key);
        let same = self.then.iter_mut().skip(first).take_while(|then| *then.key == *key);
        let mut open = same.filter(|then| !then.is_met);
        let Some(then) = open.next() else {
            self.found.new = self.found.new.saturating_add(1);
            self.came.offer(key.into(), || FleetTenant::from(row));
            return;
        };
        then.is_met = true;
        let now = row.total().percent();
        let count = match (then.percent, now) {
            (None, None) => &mut self.found.same,
            (Some(a), Some(b)) if a == b => &mut self.found.same,
            (Some(a), Some(b)) if b > a => &mut self.found.up,
            (Some(_), Some(_)) => &mut self.found.down,
            _ => &mut self.found.not_comparable,
        };
        *count = count.saturating_add(1);
        let (Some(before), Some(now)) = (then.percent, now) else { return };
        let assurance = then.assurance;
        let mover = || Mover {
            tenant: FleetTenant::from(row),
            percent_before: before,
            assurance_percent_before: assurance,
            change: PercentChange::between(before, now),
        };
        let by = now.hundredths().abs_diff(before.hundredths());
        match now.cmp(&before) {
            std::cmp::Ordering::Greater => self.rose.offer((Reverse(by), key.into()), mover),
            std::cmp::Ordering::Less => self.fell.offer((Reverse(by), key.into()), mover),
            std::cmp::Ordering::Equal => {}
        }
    }

    pub(super) fn finish(mut self, top: usize) -> FleetMovers {
        self.then.sort_by(|a, b| a.key.cmp(&b.key));
        let gone = self.then.iter().filter(|then| !then.is_met);
        self.found.gone = u64::try_from(gone.clone().count()).unwrap_or(u64::MAX);
        self.found.left = gone.take(top).map(gone_tenant).collect();
        self.found.rose = self.rose.into_list();
        self.found.fell = self.fell.into_list();
        self.found.came = self.came.into_list();
        self.found
    }
}

fn gone_tenant(then: &Then) -> GoneTenant {
    let mut parts = then.key.split(BETWEEN).map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    GoneTenant { tenant: next(), template: next(), group: next(), percent_before: then.percent }
}
