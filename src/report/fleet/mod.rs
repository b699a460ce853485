//! What is told of fleets: result rows, a line for each tenant and assessment.

mod row;

pub use row::{FLEET_COLUMNS, FleetRowForm, fleet_header, fleet_rows};
