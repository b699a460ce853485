//! What is told of fleets: result rows, a line for each tenant and assessment, and what stands behind them.

mod detail;
mod row;

pub use detail::{FleetDetail, fleet_detail_header, fleet_detail_rows};
pub use row::{FLEET_COLUMNS, FleetRowForm, fleet_header, fleet_rows};
