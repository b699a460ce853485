//! Views of a result: functions of a [`TenantScore`](crate::TenantScore), or of what the library holds, to text.
//!
//! No view computes a figure; what it shows stands in the result, so the same figure is the same
//! everywhere. One file a format, and `diagnostics` and `findings` for what is told about the input.

mod chart;
mod compare;
mod crosswalk;
mod csv;
mod derived;
mod diagnostics;
mod explain;
mod findings;
mod forecast;
mod gate;
mod history;
mod ics;
mod json;
mod library;
mod markdown;
mod migrate;
mod plan;
mod plan_svg;
mod progress;
mod proof;
mod style;
mod table;
mod text;
mod tree;
mod trend;
mod weakpoints;
mod xlsx;

pub use chart::{Chart, Join, Level, Mark, Series};
pub use compare::{comparison_markdown, comparison_text};
pub use crosswalk::{crosswalk_csv, crosswalk_markdown, crosswalk_text};
pub use csv::{gaps_csv, scores_csv};
pub use derived::{derived_csv, derived_markdown, derived_text};
pub use diagnostics::{render_diagnostics, summary_line};
pub use explain::{FEW_LINES, code_text, explanation_text};
pub use findings::{findings_json, findings_sarif};
pub use forecast::{forecast_chart, forecast_csv, forecast_text};
pub use gate::{gate_github, gate_gitlab, gate_junit, gate_markdown, gate_sarif, gate_text};
pub use history::{history_csv, history_text};
pub use ics::forecast_ics;
pub use json::to_json;
pub use library::{listing_csv, listing_text, sheets_text};
pub use markdown::{gaps_markdown, score_markdown};
pub use migrate::{migration_markdown, migration_text};
pub use plan::{plan_csv, plan_markdown, plan_text};
pub use plan_svg::plan_svg;
pub use progress::{progress_markdown, progress_text};
pub use proof::proof_text;
pub use style::{Style, safe};
pub use table::Tone;
pub use text::{gaps_text, score_text};
pub use trend::{trend_chart, trend_csv, trend_svg, trend_text};
pub use weakpoints::{FEW_WEAKPOINTS, weakpoints_csv, weakpoints_markdown, weakpoints_text};
pub use xlsx::review_xlsx;
