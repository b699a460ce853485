//! Result rows with types, for forms that have columns of numbers and dates.
//!
//! The gap report has the columns of its CSV; assessments, controls and actions have the fields of the
//! score's JSON, their figures in one row. Points are whole numbers of 1/10 000.

use crate::choice::{Choice, choice};
use crate::points::Sums;
use crate::result::{ActionScore, Assessment, COLUMNS, ControlScore, Gap, TenantScore};
use chrono::NaiveDate;

choice! {
    /// A table of a score.
    pub enum TabularTable {
        /// The gap report.
        Gaps = "gaps",
        /// A row for each assessment.
        Assessments = "assessments",
        /// A row for each control of each assessment.
        Controls = "controls",
        /// A row for each action of each assessment.
        Actions = "actions",
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabularSort {
    /// A text.
    Text,
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// Points with four decimal places.
    Points,
    /// A truth value.
    Flag,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct TabularColumn {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub sort: TabularSort,
    /// Whether a cell may be empty.
    pub optional: bool,
}

/// A cell; nothing where it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabularCell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// A whole number, or points in 1/10 000.
    Number(i64),
    /// A truth value.
    Flag(bool),
}

/// The rows of a table.
#[derive(Clone, Debug)]
pub struct TabularRows {
    /// The columns.
    pub columns: Vec<TabularColumn>,
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<TabularCell>>,
}

/// A table of a score.
#[must_use]
pub fn tabular(score: &TenantScore, table: TabularTable) -> TabularRows {
    let assessments = score.assessments.iter();
    match table {
        TabularTable::Gaps => {
            TabularRows { columns: gap_columns(), rows: assessments.flat_map(|a| &a.gaps).map(gap_cells).collect() }
        }
        TabularTable::Assessments => TabularRows {
            columns: columns(&[("title", TabularSort::Text), ("gaps", TabularSort::Whole)], true),
            rows: assessments.map(|a| assessment_cells(score, a)).collect(),
        },
        TabularTable::Controls => TabularRows {
            columns: control_columns(),
            rows: assessments.flat_map(|a| a.controls.iter().map(|c| control_cells(score, a, c))).collect(),
        },
        TabularTable::Actions => TabularRows {
            columns: action_columns(),
            rows: assessments.flat_map(|a| a.actions.iter().map(|c| action_cells(score, a, c))).collect(),
        },
    }
}

fn gap_columns() -> Vec<TabularColumn> {
    let column = |name: &&'static str| TabularColumn {
        name,
        sort: match *name {
            "as_of" | "due_on" | "valid_to" => TabularSort::Day,
            "points" => TabularSort::Whole,
            "points_at_stake" => TabularSort::Points,
            _ => TabularSort::Text,
        },
        optional: !matches!(
            *name,
            "tenant"
                | "as_of"
                | "framework"
                | "group"
                | "control_id"
                | "control_title"
                | "control_status"
                | "gap_kind"
                | "points_at_stake"
                | "next_step"
        ),
    };
    COLUMNS.iter().map(column).collect()
}

/// The cells of the CSV, those that are not texts with their types.
fn gap_cells(gap: &Gap) -> Vec<TabularCell> {
    let finding = &gap.finding;
    let cell = |(name, text): (&&str, std::borrow::Cow<'_, str>)| match *name {
        "as_of" => TabularCell::Day(gap.scope.as_of),
        "due_on" => finding.due_on.map_or(TabularCell::Empty, TabularCell::Day),
        "valid_to" => finding.valid_to.map_or(TabularCell::Empty, TabularCell::Day),
        "points" => {
            let points = finding.action.as_ref().map(|action| i64::from(action.points.get()));
            points.map_or(TabularCell::Empty, TabularCell::Number)
        }
        "points_at_stake" => points(finding.points_at_stake.units()),
        name if text.is_empty() && !matches!(name, "tenant" | "group" | "next_step") => TabularCell::Empty,
        _ => TabularCell::Text(text.into_owned()),
    };
    COLUMNS.iter().zip(gap.cells()).map(cell).collect()
}

const SCOPE: [(&str, TabularSort); 5] = [
    ("tenant", TabularSort::Text),
    ("as_of", TabularSort::Day),
    ("template", TabularSort::Text),
    ("framework", TabularSort::Text),
    ("group", TabularSort::Text),
];

const FIGURES: [(&str, TabularSort); 8] = [
    ("achieved", TabularSort::Points),
    ("possible", TabularSort::Points),
    ("assured", TabularSort::Points),
    ("unassessed", TabularSort::Points),
    ("customer_achieved", TabularSort::Points),
    ("customer_possible", TabularSort::Points),
    ("provider_achieved", TabularSort::Points),
    ("provider_possible", TabularSort::Points),
];

fn needed((name, sort): (&'static str, TabularSort)) -> TabularColumn {
    TabularColumn { name, sort, optional: false }
}

/// The scope, columns of a table's own, and the figures, if the table has them.
fn columns(own: &[(&'static str, TabularSort)], has_figures: bool) -> Vec<TabularColumn> {
    let figures = FIGURES.iter().filter(|_| has_figures);
    SCOPE.iter().chain(own).chain(figures).copied().map(needed).collect()
}

pub(in crate::report) fn control_columns() -> Vec<TabularColumn> {
    let own = [
        ("control_id", TabularSort::Text),
        ("control_title", TabularSort::Text),
        ("kind", TabularSort::Text),
        ("status", TabularSort::Text),
        ("test_status", TabularSort::Text),
        ("coverage_basis_points", TabularSort::Whole),
        ("responsibility", TabularSort::Text),
        ("shared_gap", TabularSort::Text),
    ];
    let mut list = columns(&own, true);
    for column in &mut list {
        column.optional = matches!(column.name, "coverage_basis_points" | "responsibility" | "shared_gap");
    }
    list
}

fn action_columns() -> Vec<TabularColumn> {
    let own = [
        ("action_id", TabularSort::Text),
        ("action_title", TabularSort::Text),
        ("owner", TabularSort::Text),
        ("type", TabularSort::Text),
        ("points", TabularSort::Whole),
        ("basis_points", TabularSort::Whole),
        ("assured_basis_points", TabularSort::Whole),
        ("unassessed_basis_points", TabularSort::Whole),
        ("in_scope", TabularSort::Flag),
        ("applicable", TabularSort::Flag),
    ];
    columns(&own, false)
}

fn scope(score: &TenantScore, assessment: &Assessment) -> Vec<TabularCell> {
    vec![
        text(&score.tenant),
        TabularCell::Day(score.as_of),
        text(&assessment.template),
        text(&assessment.framework),
        text(&assessment.group),
    ]
}

fn figures(total: &Sums, customer: &Sums, provider: &Sums) -> [TabularCell; 8] {
    [
        total.achieved,
        total.possible,
        total.assured,
        total.unassessed,
        customer.achieved,
        customer.possible,
        provider.achieved,
        provider.possible,
    ]
    .map(|amount| points(amount.units()))
}

fn assessment_cells(score: &TenantScore, assessment: &Assessment) -> Vec<TabularCell> {
    let gaps = i64::try_from(assessment.gaps.len()).unwrap_or(i64::MAX);
    let mut cells = scope(score, assessment);
    cells.extend([text(&assessment.title), TabularCell::Number(gaps)]);
    let of = &assessment.figures;
    cells.extend(figures(&of.total, &of.customer, &of.provider));
    cells
}

fn control_cells(score: &TenantScore, assessment: &Assessment, control: &ControlScore) -> Vec<TabularCell> {
    let mut cells = scope(score, assessment);
    cells.extend([
        text(&control.id),
        text(&control.title),
        text(control.kind.word()),
        text(control.status.word()),
        text(control.test_status.word()),
        control.coverage.map_or(TabularCell::Empty, |share| TabularCell::Number(i64::from(share))),
        word(control.responsibility),
        word(control.shared_gap),
    ]);
    let of = &control.figures;
    cells.extend(figures(&of.total, &of.customer, &of.provider));
    cells
}

fn action_cells(score: &TenantScore, assessment: &Assessment, action: &ActionScore) -> Vec<TabularCell> {
    let share = |share: u16| TabularCell::Number(i64::from(share));
    let mut cells = scope(score, assessment);
    cells.extend([
        text(&action.id),
        text(&action.title),
        text(action.owner.word()),
        text(action.action_type.word()),
        TabularCell::Number(i64::from(action.points.get())),
        share(action.basis_points),
        share(action.assured_basis_points),
        share(action.unassessed_basis_points),
        TabularCell::Flag(action.in_scope),
        TabularCell::Flag(action.applicable),
    ]);
    cells
}

fn text(text: &str) -> TabularCell {
    TabularCell::Text(text.to_owned())
}

fn word<T: Choice>(choice: Option<T>) -> TabularCell {
    choice.map_or(TabularCell::Empty, |choice| text(choice.word()))
}

fn points(units: u64) -> TabularCell {
    TabularCell::Number(i64::try_from(units).unwrap_or(i64::MAX))
}
