//! A pack: a fleet read once and kept, to be scored again at any date without its profiles.
//!
//! Pure: bytes in, bytes out. A pack holds each tenant as evaluation needs it, by positions in the library
//! it was read against, whose digest it carries. `frame` has the head, the index and the end; `write` and
//! `read` take tenants to the bytes of a block and back; `shape` has the statuses, `bytes` numbers and bits.
//! Which actions apply, and to which services, is not written, since it follows from the services used.
//! Bytes that nobody here wrote end in a [`PackFault`]: every position is held against the library, and no count asks for
//! more memory than the bytes that follow it can fill.

mod bytes;
mod fault;
mod frame;
mod read;
mod shape;
mod write;

pub use fault::PackFault;
pub(crate) use frame::VERSION;
pub use frame::{HEAD, MAGIC, PackBlock, PackHead, PackIndex, PackTail, PackWriter, TAIL};
pub(crate) use read::{PackedTenant, read_block};
pub(crate) use write::BlockWriter;

use super::tally::{Cohort, TenantTally};
use crate::points::Percent;
use crate::profile::Profile;

/// How many tenants a block holds at most.
const TENANTS_OF_A_BLOCK: u64 = 1_024;
/// A block that has so many bytes is ended, however few tenants it holds.
const BYTES_OF_A_BLOCK: usize = 4 * 1024 * 1024;
/// No block has more bytes: that much, and the largest profile there is.
const MOST_BYTES_OF_A_BLOCK: usize = BYTES_OF_A_BLOCK + crate::shape::MAX_FILE_BYTES;

/// What a pack keeps of a tenant that is no figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) tenant: String,
    pub(crate) organization: String,
    pub(crate) cohort: Cohort,
    /// For each assessment.
    pub(crate) plans: Vec<Plan>,
}

/// What a pack keeps of an assessment that is no figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) group: String,
    pub(crate) target: Option<Percent>,
}

impl Names {
    /// Those that reading a profile in one pass has left in a tally.
    pub(crate) fn of_tally(tally: &TenantTally) -> Self {
        let plans = tally.assessments.iter().map(|a| Plan { group: a.group.clone(), target: a.target });
        Self {
            tenant: tally.tenant.clone(),
            organization: tally.organization.clone(),
            cohort: tally.cohort.clone(),
            plans: plans.collect(),
        }
    }

    pub(crate) fn of(profile: &Profile) -> Self {
        let plan = |plan: &crate::profile::AssessmentPlan| Plan { group: plan.group.clone(), target: plan.target };
        Self {
            tenant: profile.tenant.clone(),
            organization: profile.name.clone(),
            cohort: profile.cohort.clone(),
            plans: profile.assessments.iter().map(plan).collect(),
        }
    }
}
