//! What a whole fleet would come to if evidence were gone, a service retired, or everybody did something.
//!
//! A [`FleetSupposer`] takes the blocks of a pack, in any order and on any thread, and sums up each tenant
//! as it stands and as it would stand, on the same day. Sums are whole numbers, so that any split gives the
//! same answer; tenants that change alike are told in the order of their ids.

mod supposition;

pub use supposition::FleetSupposition;

use crate::change::{AmountChange, PercentChange};
use crate::compiled::Compiled;
use crate::day::Day;
use crate::fleet::cohort::FleetBy;
use crate::fleet::days::Days;
use crate::fleet::forecast::figures;
use crate::fleet::pack::{PackBlock, PackFault, PackedTenant, read_block};
use crate::fleet::sweep::{Forced, Sweep};
use crate::model::Model;
use crate::points::{BasisPoints, Percent, Sums};
use crate::snapshot::Digest;
use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::BTreeMap;

/// What is supposed, when, and how it is told.
#[derive(Clone, Debug)]
pub struct FleetWhatIfOptions {
    /// The date of all figures.
    pub as_of: NaiveDate,
    /// What is supposed.
    pub suppositions: Vec<FleetSupposition>,
    /// By what tenants are grouped.
    pub by: Option<FleetBy>,
    /// How many of the tenants that change most are told.
    pub top: usize,
}

/// What a fleet would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FleetWhatIf {
    /// The version of the JSON form.
    pub schema: u32,
    /// The library.
    pub library: Digest,
    /// The date of all figures.
    pub as_of: NaiveDate,
    /// What is supposed.
    pub supposed: Vec<FleetSupposed>,
    /// The whole fleet.
    #[serde(flatten)]
    pub whole: FleetShift,
    /// How many tenants change by how much: of their scores, and of their assurance.
    pub score_changes: Vec<FleetBucket>,
    /// The same of their assurance.
    pub assurance_changes: Vec<FleetBucket>,
    /// The tenants that change most, by points earned, then by points assured.
    pub most_touched: Vec<FleetTouched>,
    /// By what tenants are grouped.
    pub by: Option<FleetBy>,
    /// Each group, by its name; that of tenants without one has an empty name.
    pub cohorts: Vec<FleetCohortShift>,
}

/// Something supposed, told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FleetSupposed {
    /// What happens: `without-evidence`, `retire-service`, `implement` or `fail`.
    pub kind: &'static str,
    /// To what.
    pub id: String,
    /// Its title or name.
    pub title: String,
}

/// What some tenants come to, and would come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FleetShift {
    /// How many tenants there are.
    pub tenants: u64,
    /// How many of them have an assessment whose figures change.
    pub touched: u64,
    /// The sums over all assessments as they stand.
    #[serde(serialize_with = "object")]
    pub before: Sums,
    /// As they would stand.
    #[serde(serialize_with = "object")]
    pub after: Sums,
}

fn object<S: Serializer>(sums: &Sums, serializer: S) -> Result<S::Ok, S::Error> {
    figures(sums, serializer)
}

impl FleetShift {
    /// The change in points earned.
    #[must_use]
    pub fn achieved(&self) -> AmountChange {
        AmountChange::between(self.before.achieved, self.after.achieved)
    }

    /// The change in points assured.
    #[must_use]
    pub fn assured(&self) -> AmountChange {
        AmountChange::between(self.before.assured, self.after.assured)
    }

    fn add(&mut self, before: Sums, after: Sums, is_touched: bool) {
        self.tenants += 1;
        self.touched += u64::from(is_touched);
        self.before += before;
        self.after += after;
    }

    fn merge(&mut self, other: &Self) {
        self.tenants += other.tenants;
        self.touched += other.touched;
        self.before += other.before;
        self.after += other.after;
    }
}

/// One group of tenants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FleetCohortShift {
    /// Its name.
    pub value: String,
    /// What it comes to.
    #[serde(flatten)]
    pub shift: FleetShift,
}

/// How many tenants change by how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetBucket {
    /// Above so much, in hundredths of a percentage point; nothing below the first one.
    pub above: Option<i32>,
    /// Up to so much; nothing above the last one.
    pub up_to: Option<i32>,
    /// How many tenants.
    pub tenants: u64,
}

impl Serialize for FleetBucket {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("above", &self.above.map(PercentChange::from_hundredths))?;
        map.serialize_entry("up_to", &self.up_to.map(PercentChange::from_hundredths))?;
        map.serialize_entry("tenants", &self.tenants)?;
        map.end()
    }
}

/// A tenant that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FleetTouched {
    /// Its id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The sums over its assessments as they stand.
    #[serde(serialize_with = "object")]
    pub before: Sums,
    /// As they would stand.
    #[serde(serialize_with = "object")]
    pub after: Sums,
}

/// The upper ends of the buckets, in hundredths of a percentage point; one more lies above the last.
const ENDS: [i32; 10] = [-2_001, -1_001, -501, -101, -1, 0, 100, 500, 1_000, 2_000];

/// How many tenants are in each bucket.
type Counts = [u64; ENDS.len() + 1];

/// Gathers what a fleet would come to; each thread has its own.
#[derive(Clone, Debug)]
pub struct FleetSupposer<'m> {
    model: &'m Model,
    options: &'m FleetWhatIfOptions,
    compiled: Compiled,
    before: Sweep,
    after: Sweep,
    packed: PackedTenant,
    whole: FleetShift,
    cohorts: BTreeMap<String, FleetShift>,
    scores: Counts,
    assurances: Counts,
    touched: Vec<FleetTouched>,
}

impl<'m> FleetSupposer<'m> {
    /// For tenants packed against the library of `model`.
    #[must_use]
    pub fn new(model: &'m Model, options: &'m FleetWhatIfOptions) -> Self {
        let days = || Days::new(std::iter::once(Day::from(options.as_of)));
        let compiled = supposed(model, &options.suppositions);
        let mut after = Sweep::new(&compiled, days());
        for supposition in &options.suppositions {
            match supposition {
                FleetSupposition::Implement(action) => {
                    after.force(*action, Forced { earned: BasisPoints::ONE, assured: BasisPoints::ONE });
                }
                FleetSupposition::Fail(action) => {
                    after.force(*action, Forced { earned: BasisPoints::ZERO, assured: BasisPoints::ZERO });
                }
                FleetSupposition::WithoutEvidence(_) | FleetSupposition::RetireService(_) => {}
            }
        }
        Self {
            model,
            options,
            before: Sweep::new(model.compiled(), days()),
            after,
            compiled,
            packed: PackedTenant::default(),
            whole: FleetShift::default(),
            cohorts: BTreeMap::new(),
            scores: Counts::default(),
            assurances: Counts::default(),
            touched: Vec::new(),
        }
    }

    /// Takes the tenants of a block.
    ///
    /// # Errors
    /// If it cannot be read; what was taken of it makes the answer useless.
    pub fn block(&mut self, block: &PackBlock, bytes: &[u8]) -> Result<(), PackFault> {
        let mut packed = std::mem::take(&mut self.packed);
        let read = read_block(self.model.compiled(), block, bytes, &mut packed, |packed| self.tenant(packed));
        self.packed = packed;
        self.cut();
        read
    }

    fn tenant(&mut self, packed: &PackedTenant) {
        self.before.tenant(self.model.compiled(), &packed.tenant);
        self.after.tenant(&self.compiled, &packed.tenant);
        let all: Vec<usize> = (0..packed.tenant.assessments.len()).collect();
        let (before, after, is_touched) = self.sums(&all);
        self.whole.add(before, after, is_touched);
        if let Some(key) = self.options.by {
            for (value, positions) in key.of(self.model.library(), packed) {
                let (before, after, is_touched) = self.sums(&positions);
                self.cohorts.entry(value.to_owned()).or_default().add(before, after, is_touched);
            }
        }
        count(&mut self.scores, before.percent(), after.percent());
        count(&mut self.assurances, before.assurance_percent(), after.assurance_percent());
        if is_touched && self.options.top > 0 {
            self.touched.push(FleetTouched {
                tenant: packed.names.tenant.clone(),
                organization: packed.names.organization.clone(),
                before,
                after,
            });
        }
    }

    /// What the assessments at these positions come to before and after, and whether one of them changes.
    fn sums(&self, positions: &[usize]) -> (Sums, Sums, bool) {
        let (mut before, mut after, mut is_touched) = (Sums::default(), Sums::default(), false);
        for position in positions {
            let pair = self.before.sums(*position).first().zip(self.after.sums(*position).first());
            let (a, b) = pair.map(|(a, b)| (*a, *b)).unwrap_or_default();
            before += a;
            after += b;
            is_touched |= a != b;
        }
        (before, after, is_touched)
    }

    /// Keeps only the tenants that change most.
    fn cut(&mut self) {
        let key = |t: &FleetTouched| {
            let size = |a, b| std::cmp::Reverse(AmountChange::between(a, b).size());
            (size(t.before.achieved, t.after.achieved), size(t.before.assured, t.after.assured))
        };
        self.touched.sort_by(|a, b| {
            (key(a), &a.tenant, &a.organization, key_of(a)).cmp(&(key(b), &b.tenant, &b.organization, key_of(b)))
        });
        self.touched.truncate(self.options.top);
    }

    /// Takes over what another has found in other blocks.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.whole.merge(&other.whole);
        for (value, shift) in other.cohorts {
            self.cohorts.entry(value).or_default().merge(&shift);
        }
        let counts = self.scores.iter_mut().zip(other.scores).chain(self.assurances.iter_mut().zip(other.assurances));
        counts.for_each(|(count, more)| *count += more);
        self.touched.extend(other.touched);
        self.cut();
        self
    }

    /// What the fleet would come to; `library` is the digest of the library.
    #[must_use]
    pub fn finish(self, library: Digest) -> FleetWhatIf {
        let told = |supposition: &FleetSupposition| supposition.told(self.model.library());
        let cohorts = self.cohorts.into_iter().map(|(value, shift)| FleetCohortShift { value, shift });
        FleetWhatIf {
            schema: 1,
            library,
            as_of: self.options.as_of,
            supposed: self.options.suppositions.iter().map(told).collect(),
            whole: self.whole,
            score_changes: buckets(&self.scores),
            assurance_changes: buckets(&self.assurances),
            most_touched: self.touched,
            by: self.options.by,
            cohorts: cohorts.collect(),
        }
    }
}

/// What tells apart two profiles of one tenant that change alike.
fn key_of(touched: &FleetTouched) -> [u64; 4] {
    let Sums { achieved, possible, assured, unassessed } = touched.before;
    [achieved, possible, assured, unassessed].map(crate::points::Amount::units)
}

/// The library as it would be; all positions in it stay.
fn supposed(model: &Model, suppositions: &[FleetSupposition]) -> Compiled {
    let library = model.library();
    let gone = suppositions.iter().filter_map(|supposition| match supposition {
        FleetSupposition::WithoutEvidence(item) => Some(library.evidence_item(*item).id.value.as_str()),
        _ => None,
    });
    let gone: Vec<&str> = gone.collect();
    let mut compiled =
        if gone.is_empty() { model.compiled().clone() } else { model.without_evidence(&gone).compiled().clone() };
    for supposition in suppositions {
        let FleetSupposition::RetireService(service) = supposition else { continue };
        let found = compiled.services.get_mut(service.position());
        found.into_iter().for_each(|service| service.retired_on = Day::FIRST);
    }
    compiled
}

/// Counts a tenant in the bucket of its change; one without a score has none.
fn count(counts: &mut Counts, before: Option<Percent>, after: Option<Percent>) {
    let change = match (before, after) {
        (Some(before), Some(after)) => PercentChange::between(before, after).hundredths(),
        _ => 0,
    };
    let bucket = ENDS.partition_point(|end| *end < change);
    counts.get_mut(bucket).into_iter().for_each(|count| *count += 1);
}

fn buckets(counts: &Counts) -> Vec<FleetBucket> {
    let above = std::iter::once(None).chain(ENDS.map(Some));
    let up_to = ENDS.into_iter().map(Some).chain(std::iter::once(None));
    above
        .zip(up_to)
        .zip(counts)
        .map(|((above, up_to), tenants)| FleetBucket { above, up_to, tenants: *tenants })
        .collect()
}
