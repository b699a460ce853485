//! Native charts, drawn by the spreadsheet from the cells of a sheet.
//!
//! Titles and names of series are words of ours or cells; a text of a profile reaches a chart only
//! through the cell that holds it.

use super::looks::{DEEP, LIGHT, MISSING};
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, Color,
};

/// The height of a row in pixels.
const ROW: u32 = 20;

/// Cells of a column: the sheet, and from which row to which.
#[derive(Clone, Copy)]
pub(super) struct Rows<'n> {
    pub(super) sheet: &'n str,
    pub(super) first: u32,
    pub(super) last: u32,
}

/// The colours of two series of percentages: the score and the assurance.
const PAIR: [Color; 2] = [DEEP, LIGHT];

impl Rows<'_> {
    /// A chart with a series of percentages for each of these columns, named by the headings above.
    fn pair(self, kind: ChartType, title: &str, names: u16, columns: [u16; 2]) -> Chart {
        let mut chart = titled(kind, title);
        let is_line = matches!(kind, ChartType::Line);
        for (column, colour) in columns.into_iter().zip(PAIR) {
            let series = chart.add_series();
            series
                .set_categories((self.sheet, self.first, names, self.last, names))
                .set_values((self.sheet, self.first, column, self.last, column))
                .set_name((self.sheet, self.first.saturating_sub(1), column));
            if is_line {
                series.set_format(ChartLine::new().set_color(colour).set_width(2.25));
                let mut dot = ChartFormat::new();
                dot.set_solid_fill(ChartSolidFill::new().set_color(colour));
                series
                    .set_marker(ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(5).set_format(&mut dot));
            } else {
                series.set_format(ChartSolidFill::new().set_color(colour)).set_gap(60).set_overlap(0);
            }
        }
        // Of bars that lie, the axis along the page is that of the numbers.
        let numbers = if matches!(kind, ChartType::Bar) { chart.x_axis() } else { chart.y_axis() };
        numbers.set_min(0).set_max(1).set_num_format("0%");
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart
    }

    /// Score and assurance of each row as bars, the first on top.
    pub(super) fn bars(self, title: &str, names: u16, columns: [u16; 2]) -> Chart {
        let mut chart = self.pair(ChartType::Bar, title, names, columns);
        upside_down(&mut chart);
        chart
    }

    /// Score and assurance of each row as columns.
    pub(super) fn columns(self, title: &str, names: u16, columns: [u16; 2]) -> Chart {
        self.pair(ChartType::Column, title, names, columns)
    }

    /// Score and assurance over time; a date without a score leaves a hole.
    pub(super) fn line(self, title: &str, names: u16, columns: [u16; 2], dates: &str) -> Chart {
        let mut chart = self.pair(ChartType::Line, title, names, columns);
        chart.x_axis().set_date_axis(true).set_num_format(dates);
        chart.show_empty_cells_as(ChartEmptyCells::Gaps);
        chart
    }

    /// A count of each row as bars, the first on top.
    pub(super) fn counts(self, title: &str, names: u16, column: u16) -> Chart {
        let mut chart = titled(ChartType::Bar, title);
        chart
            .add_series()
            .set_categories((self.sheet, self.first, names, self.last, names))
            .set_values((self.sheet, self.first, column, self.last, column))
            .set_name((self.sheet, self.first.saturating_sub(1), column))
            .set_format(ChartSolidFill::new().set_color(MISSING))
            .set_data_label(ChartDataLabel::new().show_value())
            .set_gap(60);
        chart.legend().set_hidden();
        chart.x_axis().set_min(0).set_num_format("0");
        upside_down(&mut chart);
        chart
    }
}

fn titled(kind: ChartType, title: &str) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(title).set_font(ChartFont::new().set_size(12)).set_overlay(false);
    chart.set_alt_text(title);
    chart
}

/// The first category on top, with the numbers still below.
fn upside_down(chart: &mut Chart) {
    chart.y_axis().set_reverse().set_label_interval(1).set_font(ChartFont::new().set_size(9));
    chart.x_axis().set_label_position(ChartAxisLabelPosition::High);
}

/// How many rows of a sheet a chart of this height takes, with room below.
pub(super) fn rows_of(height: u32) -> u32 {
    height.div_ceil(ROW) + 1
}
