//! Views of a result: functions of a [`TenantScore`](crate::TenantScore), or of what the library holds, to text.
//!
//! No view computes a figure; what it shows stands in the result, so the same figure is the same
//! everywhere. One file a format, and `diagnostics` and `findings` for what is told about the input.

mod badge;
mod chart;
mod ciso_assistant;
mod columns;
mod compare;
mod crosswalk;
mod csv;
mod derived;
mod diagnostics;
mod dossier_markdown;
mod explain;
mod findings;
mod fleet;
mod forecast;
mod gate;
mod history;
mod html;
mod ics;
mod import;
mod json;
mod library;
mod markdown;
mod migrate;
mod network;
mod ocsf;
#[cfg(feature = "parquet")]
mod parquet;
mod plan;
mod plan_svg;
mod probo;
mod progress;
mod proof;
mod purview;
mod soa;
mod style;
mod table;
mod tabular;
mod text;
mod tree;
mod trend;
mod weakpoints;
mod workbook;
mod xlsx;
mod xml;

pub use badge::{Endpoint, badge_endpoint, badge_svg};
pub use chart::{Chart, Join, Level, Mark, Series};
pub use ciso_assistant::{CISO_AUDIT_COLUMNS, CISO_CONTROL_COLUMNS, ciso_audit, ciso_controls};
pub use columns::{columns, columns_text};
pub use compare::{comparison_markdown, comparison_text};
pub use crosswalk::{crosswalk_csv, crosswalk_markdown, crosswalk_text};
pub use csv::{gaps_csv, scores_csv};
pub use derived::{derived_csv, derived_markdown, derived_text};
pub use diagnostics::{render_diagnostics, summary_line};
pub use dossier_markdown::dossier_markdown;
pub use explain::{FEW_LINES, code_text, explanation_text};
pub use findings::{findings_json, findings_sarif};
pub use fleet::{
    FLEET_COLUMNS, FleetDetail, FleetRowForm, fleet_csv, fleet_detail_header, fleet_detail_rows, fleet_forecast_csv,
    fleet_forecast_text, fleet_header, fleet_html, fleet_rows, fleet_text, fleet_whatif_csv, fleet_whatif_text,
};
#[cfg(feature = "arrow")]
pub use fleet::{FLEET_ERROR, FleetTable};
pub use forecast::{forecast_chart, forecast_csv, forecast_text};
pub use gate::{gate_github, gate_gitlab, gate_junit, gate_markdown, gate_sarif, gate_text};
pub use history::{history_csv, history_text};
pub use html::report_html;
pub use ics::forecast_ics;
pub use import::import_text;
pub use json::to_json;
pub use library::{listing_csv, listing_text, sheets_text};
pub use markdown::{gaps_markdown, score_markdown};
pub use migrate::{migration_markdown, migration_text};
pub use network::{MERMAID_CHARACTERS, MERMAID_LINKS, network_dot, network_graphml, network_mermaid, network_svg};
pub use ocsf::{OCSF_VERSION, ocsf};
#[cfg(feature = "parquet")]
pub use parquet::{ParquetError, parquet};
pub use plan::{plan_csv, plan_markdown, plan_text};
pub use plan_svg::plan_svg;
pub use probo::{ProboControl, ProboFramework, ProboMeasure, probo_framework, probo_measures};
pub use progress::{progress_markdown, progress_text};
pub use proof::proof_text;
pub use purview::{review_text, template_xlsx, update_text};
pub use soa::{
    STATEMENT_COLUMNS, statements_csv, statements_html, statements_markdown, statements_text, statements_xlsx,
};
pub use style::{Style, safe};
pub use table::Tone;
pub use tabular::{TabularCell, TabularColumn, TabularRows, TabularSort, TabularTable, tabular};
pub use text::{gaps_text, score_hints, score_text};
pub use trend::{trend_chart, trend_csv, trend_svg, trend_text};
pub use weakpoints::{FEW_WEAKPOINTS, weakpoints_csv, weakpoints_markdown, weakpoints_text};
pub use workbook::{SHEET_ROWS, dossier_xlsx, longest_sheet};
pub use xlsx::review_xlsx;

#[cfg(test)]
mod tests {
    use crate::choice::Choice;
    use crate::locale::{Locale, Words};

    /// The members of a set that no language has a word for.
    fn missing<T: Choice + std::fmt::Debug>() -> Vec<String> {
        let words = Words::of(Locale::English);
        let members = T::WORDS.iter().filter_map(|word| T::from_word(word));
        members.filter(|m| words.find_word(*m).is_none()).map(|m| format!("{} {}", T::SET, m.word())).collect()
    }

    #[test]
    fn every_member_of_a_set_that_reports_show_has_a_word() {
        // The build holds the other languages against English.
        let found = [
            missing::<crate::evaluate::ControlStatus>(),
            missing::<crate::evaluate::TestStatus>(),
            missing::<crate::evaluate::Responsibility>(),
            missing::<crate::evaluate::SharedGap>(),
            missing::<crate::evaluate::GapKind>(),
            missing::<crate::library::Owner>(),
            missing::<crate::library::ActionType>(),
            missing::<crate::library::Purpose>(),
            missing::<crate::library::Enforcement>(),
            missing::<crate::library::ControlKind>(),
            missing::<crate::library::ProviderEvidenceKind>(),
            missing::<crate::library::FrameworkStatus>(),
            missing::<crate::profile::Implementation>(),
            missing::<crate::profile::Test>(),
            missing::<crate::profile::TestSource>(),
            missing::<crate::profile::PlaceSource>(),
            missing::<crate::profile::Risk>(),
            missing::<crate::explain::State>(),
            missing::<crate::plan::WorkKind>(),
            missing::<crate::plan::Objective>(),
            missing::<crate::progress::LapseKind>(),
            missing::<crate::compare::Cause>(),
            missing::<crate::profile::RequirementKind>(),
            missing::<crate::soa::MarkKind>(),
            missing::<crate::soa::Realization>(),
            missing::<crate::soa::StatementStatus>(),
        ]
        .concat();
        assert_eq!(found, Vec::<String>::new());
    }
}
