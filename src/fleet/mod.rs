//! Many tenants: each scored into reused buffers, and what they come to together.
//!
//! A [`FleetScorer`] takes one profile after the other and fills a [`TenantTally`]: all that a result
//! row and the sums of a fleet are read off. It judges with the same functions as a single score does
//! (`evaluate`), and keeps no names that nobody asked for. Start with `scorer`, then `tally`.

mod kernel;
mod scan;
mod scorer;
mod tally;

pub use scorer::{FleetOptions, FleetScorer};
pub use tally::{AssessmentTally, Cohort, GapKinds, SlotTally, TenantTally};
