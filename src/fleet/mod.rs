//! Many tenants: each scored into reused buffers, and what they come to together.
//!
//! A [`FleetScorer`] takes one profile after the other and fills a [`TenantTally`]: all that a result
//! row and the sums of a fleet are read off. It judges with the same functions as a single score does
//! (`evaluate`), and keeps no names that nobody asked for. Start with `scorer`, then `tally`.

mod columns;
mod dense;
mod fault;
mod figures;
mod histogram;
mod kernel;
mod named;
mod report;
mod row;
mod scan;
mod scorer;
mod summary;
mod summary_json;
mod tally;

pub use columns::FLEET_COLUMNS;
pub use fault::SummaryFault;
pub use named::tenant_named_in;
pub use report::{
    Distribution, FleetCohorts, FleetControl, FleetGap, FleetLapsing, FleetMovers, FleetOutcome, FleetPart,
    FleetPoints, FleetReport, FleetReportOptions, FleetReporter, FleetRule, FleetSpread, FleetTemplate, FleetTenant,
    FleetThreshold, LapsingTenant, Mover, Quantiles, Ten,
};
pub use row::{FleetInput, FleetRow, RowFault, read_fleet_rows};
pub use scorer::{FleetOptions, FleetScorer};
pub use summary::{CohortKey, Summary};
pub use tally::{AssessmentTally, Cohort, GapKinds, SlotTally, TenantTally};
