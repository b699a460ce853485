//! Many tenants: each scored into reused buffers, and what they come to together.
//!
//! A [`FleetScorer`] takes one profile after the other and fills a [`TenantTally`]: all that a result
//! row and the sums of a fleet are read off. It judges with the same functions as a single score does
//! (`evaluate`), and keeps no names that nobody asked for. Start with `scorer`, then `tally`.

mod cohort;
mod columns;
mod days;
mod dense;
mod fault;
mod figures;
mod forecast;
mod histogram;
mod kernel;
mod named;
mod pack;
mod packer;
mod report;
mod row;
mod scan;
mod scorer;
mod summary;
mod summary_json;
mod sweep;
mod tally;
mod whatif;

pub use cohort::FleetBy;
pub use columns::FLEET_COLUMNS;
pub use fault::SummaryFault;
pub use forecast::{
    FleetCohortForecast, FleetFall, FleetForecast, FleetForecastOptions, FleetForecaster, FleetLapse, FleetMoment,
    FleetStep, dates_between,
};
pub use named::tenant_named_in;
pub use pack::{
    HEAD as PACK_HEAD, MAGIC as PACK_MAGIC, PackBlock, PackFault, PackHead, PackIndex, PackTail, PackWriter,
    TAIL as PACK_TAIL,
};
pub use packer::FleetPacker;
pub use report::{
    Distribution, FleetCohorts, FleetControl, FleetGap, FleetLapsing, FleetMovers, FleetOutcome, FleetPart,
    FleetPoints, FleetReport, FleetReportOptions, FleetReporter, FleetRule, FleetSpread, FleetTemplate, FleetTenant,
    FleetThreshold, LapsingTenant, Mover, Quantiles, Ten,
};
pub use row::{FleetInput, FleetRow, RowFault, read_fleet_rows};
pub use scorer::{FleetOptions, FleetScorer};
pub use summary::{CohortKey, Summary};
pub use tally::{AssessmentTally, Cohort, GapKinds, SlotTally, TenantTally};
pub use whatif::{
    FleetBucket, FleetCohortShift, FleetShift, FleetSupposed, FleetSupposer, FleetSupposition, FleetTouched,
    FleetWhatIf, FleetWhatIfOptions,
};
