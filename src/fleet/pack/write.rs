//! Tenants to the bytes of a block.
//!
//! ```text
//! block   texts: count, each behind its length; shapes: count, each (see `shape`); tenants: count, each:
//! tenant  id and name (texts), sector, partner, region (positions among the texts + 1, or 0)
//!         services: count, each as the distance from the one before
//!         own evidence: count, each: which ends it has (a byte), those days
//!         what of it names a service: count, each: service, item, day
//!         externals: count; accepted risks: count, each: action, last day
//!         shapes of its statuses: count, each as the distance from the one before
//!         dates: two columns (see `shape`)
//!         assessments: count, each: template, group (a position among the texts), target + 1 or 0, days of
//!           retest for persons and machines; statements: count, each: control as a distance, what is said;
//!           conflicts: count, each: slot as a distance; actions that apply: count, how many are listed,
//!           which (a bit each, unless it is none or all), and the shape of each in as few bits as that takes
//! ```

use super::bytes::{put, put_bits, put_day, put_size, put_text, width_of};
use super::shape::{Dates, put_shape};
use super::{BYTES_OF_A_BLOCK, Names, Plan, TENANTS_OF_A_BLOCK};
use crate::day::{Day, Period};
use crate::profile::EvidenceLink;
use crate::tenant::{Slot, Statement, Tenant, TenantAssessment};
use std::collections::{BTreeMap, BTreeSet};

/// What a statement on a control says, as bits.
pub(super) const EXCLUDED: u8 = 1;
pub(super) const CLAIMED: u8 = 2;
pub(super) const JUSTIFIED: u8 = 4;
/// Which ends a period has, as bits.
pub(super) const FROM: u8 = 1;
pub(super) const TO: u8 = 2;

/// Distinct strings of bytes, each with its position.
#[derive(Clone, Debug, Default)]
struct Dictionary {
    known: BTreeMap<Vec<u8>, usize>,
    bytes: Vec<u8>,
}

impl Dictionary {
    fn position(&mut self, key: &[u8]) -> usize {
        if let Some(position) = self.known.get(key) {
            return *position;
        }
        let position = self.known.len();
        self.known.insert(key.to_vec(), position);
        self.bytes.extend_from_slice(key);
        position
    }

    fn put(&self, out: &mut Vec<u8>) {
        put_size(out, self.known.len());
        out.extend_from_slice(&self.bytes);
    }
}

/// Gathers the tenants of a block.
#[derive(Clone, Debug, Default)]
pub(crate) struct BlockWriter {
    texts: Dictionary,
    shapes: Dictionary,
    tenants: Vec<u8>,
    count: u64,
}

/// A status of a tenant as it is written: its shape in the block, and its dates.
struct Written {
    shape: usize,
    dates: Dates,
}

impl BlockWriter {
    /// Whether it is to be ended.
    pub(crate) fn is_full(&self) -> bool {
        self.count >= TENANTS_OF_A_BLOCK || self.tenants.len() + self.shapes.bytes.len() >= BYTES_OF_A_BLOCK
    }

    /// How many tenants it has.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// The bytes of the block.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.tenants.len() + self.shapes.bytes.len() + self.texts.bytes.len() + 16);
        self.texts.put(&mut out);
        self.shapes.put(&mut out);
        put(&mut out, self.count);
        out.extend_from_slice(&self.tenants);
        out
    }

    fn text(&mut self, text: &str) -> usize {
        let mut key = Vec::with_capacity(text.len() + 2);
        put_text(&mut key, text);
        self.texts.position(&key)
    }

    /// Adds a tenant.
    pub(crate) fn push(&mut self, names: &Names, tenant: &Tenant) {
        let mut out = std::mem::take(&mut self.tenants);
        put_text(&mut out, &names.tenant);
        put_text(&mut out, &names.organization);
        for text in [&names.cohort.sector, &names.cohort.partner, &names.cohort.region] {
            let position = if text.is_empty() { 0 } else { self.text(text) + 1 };
            put_size(&mut out, position);
        }
        distances(&mut out, tenant.services.iter().map(|service| service.position()));
        put_size(&mut out, tenant.own_evidence.len());
        tenant.own_evidence.iter().for_each(|period| put_period(&mut out, *period));
        put_namings(&mut out, tenant);
        put_size(&mut out, tenant.externals);
        put_size(&mut out, tenant.acceptances.len());
        for (action, until) in &tenant.acceptances {
            put_size(&mut out, action.position());
            put_day(&mut out, *until);
        }
        let written = self.statuses(tenant);
        let local: BTreeSet<usize> = written.values().map(|status| status.shape).collect();
        let local: Vec<usize> = local.into_iter().collect();
        distances(&mut out, local.iter().copied());
        let (mut dates, mut assessments) = (Dates::default(), Vec::new());
        put_size(&mut assessments, tenant.assessments.len());
        for (assessment, plan) in tenant.assessments.iter().zip(&names.plans) {
            self.put_plan(&mut assessments, assessment, plan);
            put_statements(&mut assessments, &assessment.controls);
            distances(&mut assessments, assessment.conflicts.iter().copied());
            put_slots(&mut assessments, &mut dates, assessment, &written, &local);
        }
        dates.put(&mut out);
        out.extend_from_slice(&assessments);
        self.tenants = out;
        self.count += 1;
    }

    /// The statuses that an action of an assessment has, each with its shape. Shapes come in the order of the
    /// actions, however the statuses are numbered.
    fn statuses(&mut self, tenant: &Tenant) -> BTreeMap<usize, Written> {
        let mut written = BTreeMap::new();
        let mut key = Vec::new();
        for slot in tenant.assessments.iter().flat_map(|assessment| &assessment.slots) {
            let Slot::Listed(status) = slot else { continue };
            written.entry(*status).or_insert_with(|| {
                let mut dates = Dates::default();
                key.clear();
                put_shape(&mut key, &mut dates, tenant, tenant.statuses.row(*status));
                Written { shape: self.shapes.position(&key), dates }
            });
        }
        written
    }

    fn put_plan(&mut self, out: &mut Vec<u8>, assessment: &TenantAssessment, plan: &Plan) {
        put_size(out, assessment.template.position());
        put_size(out, self.text(&plan.group));
        put(out, plan.target.map_or(0, |target| u64::from(target.hundredths()) + 1));
        put(out, u64::from(assessment.retest.manual));
        put(out, u64::from(assessment.retest.automatic));
    }
}

/// Writes how the customer's actions that apply stand, and the dates of their statuses apart.
fn put_slots(
    out: &mut Vec<u8>,
    dates: &mut Dates,
    assessment: &TenantAssessment,
    written: &BTreeMap<usize, Written>,
    local: &[usize],
) {
    let of_customer = |slot: &Slot| match slot {
        Slot::NotApplicable | Slot::Provider(_) => None,
        Slot::Listed(status) => Some(written.get(status)),
        Slot::Unlisted(_) => Some(None),
    };
    let slots: Vec<Option<&Written>> = assessment.slots.iter().filter_map(of_customer).collect();
    let listed: Vec<&Written> = slots.iter().flatten().copied().collect();
    put_size(out, slots.len());
    put_size(out, listed.len());
    if !listed.is_empty() && listed.len() < slots.len() {
        put_bits(out, 1, slots.iter().map(|slot| u64::from(slot.is_some())));
    }
    let width = width_of(local.len().saturating_sub(1));
    let rank = |shape: usize| local.binary_search(&shape).unwrap_or(0);
    put_bits(out, width, listed.iter().filter_map(|status| u64::try_from(rank(status.shape)).ok()));
    listed.iter().for_each(|status| dates.append(&status.dates));
}

/// Writes ascending positions, each as its distance from the one after the one before.
fn distances(out: &mut Vec<u8>, positions: impl ExactSizeIterator<Item = usize>) {
    put_size(out, positions.len());
    let mut next = 0;
    for position in positions {
        put_size(out, position.saturating_sub(next));
        next = position + 1;
    }
}

fn put_period(out: &mut Vec<u8>, period: Period) {
    let (from, to) = (period.from != Day::FIRST, period.to != Day::LAST);
    out.push(if from { FROM } else { 0 } | if to { TO } else { 0 });
    [(from, period.from), (to, period.to)].into_iter().filter(|(has, _)| *has).for_each(|(_, day)| put_day(out, day));
}

/// What of its own evidence names which service.
fn put_namings(out: &mut Vec<u8>, tenant: &Tenant) {
    let rows = tenant.namings.rows().enumerate();
    let own = rows.flat_map(|(service, row)| {
        row.iter().filter_map(move |(link, since)| match link {
            EvidenceLink::Own(item) => Some((service, *item, *since)),
            EvidenceLink::Library(_) => None,
        })
    });
    let own: Vec<(usize, usize, Day)> = own.collect();
    put_size(out, own.len());
    for (service, item, since) in own {
        put_size(out, service);
        put_size(out, item);
        put_day(out, since);
    }
}

fn put_statements(out: &mut Vec<u8>, controls: &[Statement]) {
    let flags = |statement: &Statement| {
        let bits = [
            (statement.is_excluded, EXCLUDED),
            (statement.is_claimed_inherited, CLAIMED),
            (statement.is_justified, JUSTIFIED),
        ];
        bits.into_iter().fold(0, |flags, (is_set, bit)| if is_set { flags | bit } else { flags })
    };
    let said: Vec<(usize, u8)> = controls.iter().map(flags).enumerate().filter(|(_, flags)| *flags != 0).collect();
    put_size(out, said.len());
    let mut next = 0;
    for (control, flags) in said {
        put_size(out, control - next);
        out.push(flags);
        next = control + 1;
    }
}
