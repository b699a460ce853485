//! What is told of fleets: result rows, a line for each tenant and assessment (`row`, and `table` for columns
//! with types), what stands behind them (`detail`), the report on a whole fleet (`text`, `csv`, `html`, with
//! `show` for what they share), and what is to come or supposed (`forecast`, `whatif`).

mod csv;
mod detail;
mod forecast;
mod html;
mod row;
mod section;
mod show;
#[cfg(feature = "arrow")]
mod table;
mod text;
mod whatif;

pub use crate::fleet::FLEET_COLUMNS;
pub use csv::fleet_csv;
pub use detail::{FleetDetail, fleet_detail_header, fleet_detail_rows};
pub use forecast::{fleet_forecast_csv, fleet_forecast_text};
pub use html::fleet_html;
pub use row::{FleetRowForm, fleet_header, fleet_rows};
#[cfg(feature = "arrow")]
pub use table::{FLEET_ERROR, FleetTable};
pub use text::fleet_text;
pub use whatif::{fleet_whatif_csv, fleet_whatif_text};
