//! Many tenants: each scored into reused buffers, and what they come to together.
//!
//! A [`FleetScorer`] takes one profile after the other and fills a [`TenantTally`]: all that a result
//! row and the sums of a fleet are read off. It judges with the same functions as a single score does
//! (`evaluate`), and keeps no names that nobody asked for. Start with `scorer`, then `tally`.

mod dense;
mod fault;
mod figures;
mod histogram;
mod kernel;
mod named;
mod scan;
mod scorer;
mod summary;
mod summary_json;
mod tally;

pub use fault::SummaryFault;
pub use named::tenant_named_in;
pub use scorer::{FleetOptions, FleetScorer};
pub use summary::{CohortKey, Summary};
pub use tally::{AssessmentTally, Cohort, GapKinds, SlotTally, TenantTally};
