//! The tabs and columns of the workbooks, in the order in which they have to come.

/// A tab of a template workbook.
#[derive(Debug)]
pub struct Tab {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in order.
    pub columns: &'static [&'static str],
    /// Whether a workbook without it is refused.
    pub is_required: bool,
}

/// What stands between several titles in one cell.
pub const SEPARATOR: &str = ";;";
/// How the name of a column begins whose values become a filter.
pub const DIMENSION: &str = "dimension-";
/// The dimension of what an action does to a risk.
pub const PURPOSE: &str = "Action Purpose";
/// The column for the title that an action had, in a workbook that renames it: the second one.
pub const OLD_TITLE: &str = "oldActionTitle";
/// The kinds of work, as they are written.
pub const TYPES: [&str; 3] = ["Operational", "Technical", "Documentation"];
/// The purposes, as they are written.
pub const PURPOSES: [&str; 3] = ["Preventative", "Detective", "Corrective"];
/// The points that an action may have.
pub const POINTS: std::ops::RangeInclusive<u8> = 1..=99;

/// The tab with the template itself.
pub const TEMPLATE: Tab =
    Tab { name: "Template", columns: &["title", "product", "certification", "inScopeServices"], is_required: true };
/// The tab with its controls.
pub const CONTROLS: Tab = Tab {
    name: "ControlFamily",
    columns: &["controlName", "controlFamily", "controlTitle", "controlDescription", "controlActionTitle"],
    is_required: true,
};
/// The tab with its actions.
pub const ACTIONS: Tab = Tab {
    name: "Actions",
    columns: &["actionTitle", "implementationType", "actionScore", "actionDescriptionTitle", "actionDescription"],
    is_required: true,
};
/// The tab with the values that its own columns may have.
pub const DIMENSIONS: Tab =
    Tab { name: "Dimensions", columns: &["dimensionKey", "dimensionValue"], is_required: false };

/// The tabs of a template workbook, in order.
pub const TABS: [&Tab; 4] = [&TEMPLATE, &CONTROLS, &ACTIONS, &DIMENSIONS];

/// The tab by which a template of the preview of 2019 is known; it cannot be imported any more.
pub const TAB_OF_2019: &str = "Template-Assessment";

/// The tab of the export of actions that is read back.
pub const ACTION_TAB: &str = "Action Update";
/// The tab of the export of actions with its rules.
pub const RULES_TAB: &str = "How to update actions";
