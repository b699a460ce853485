//! A sheet that is being written: cells, and tables with what every table of the workbook has.

use super::cell::Cell;
use super::looks::{Looks, Mood};
use super::number;
use crate::report::xlsx::fitting;
use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    ConditionalFormatFormula, Format, Note, Table, TableColumn, TableStyle, Url, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// The paper size A4.
const A4: u8 = 9;
/// The most links of a sheet.
const LINK_COUNT: usize = 65_530;
/// The least width of a column, in characters.
const NARROW: usize = 9;
/// What stands beside a text in its cell, in characters.
const MARGIN: usize = 3;
/// What the button of a filter takes, in characters.
const BUTTON: usize = 3;

/// The height of a line, in points.
const LINE: u16 = 15;
/// The most lines of a row that are seen at once.
const MOST_LINES: u16 = 6;

/// How wide the first column of a block is at most.
pub(super) const FIRST: usize = 64;

/// A column of a table.
pub(super) struct Column<'t> {
    pub(super) heading: Cow<'t, str>,
    /// The most characters it is wide; longer texts are broken into lines.
    pub(super) most: usize,
    /// What it holds, told beside its heading.
    pub(super) note: Option<String>,
}

/// Where the rows of a table stand.
#[derive(Clone, Copy)]
pub(super) struct Body {
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Body {
    /// The cell of a column in the first row, as formulas of conditions name it.
    pub(super) fn cell(self, column: u16) -> String {
        format!("${}{}", column_number_to_name(column), self.first + 1)
    }
}

/// A sheet that is being written.
pub(super) struct Page<'b> {
    pub(super) sheet: &'b mut Worksheet,
    pub(super) looks: &'b Looks,
    /// What stands where there is no score.
    none: String,
    links: usize,
    /// The widest line of each column.
    widths: Vec<usize>,
}

impl<'b> Page<'b> {
    /// A new sheet, set up for A4 across with a row of headings on each page.
    pub(super) fn new(book: &'b mut Workbook, name: &str, looks: &'b Looks, none: &str) -> Result<Self, XlsxError> {
        let sheet = book.add_worksheet().set_name(name)?;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer("&L&A&R&P / &N");
        Ok(Self { sheet, looks, none: none.to_owned(), links: 0, widths: Vec::new() })
    }

    /// Writes a cell in the form of its kind. Text goes the way that makes nothing else of it.
    pub(super) fn put(&mut self, row: u32, column: u16, cell: &Cell<'_>) -> Result<(), XlsxError> {
        let looks = self.looks;
        match cell {
            Cell::Nothing => {}
            Cell::NoScore => {
                self.sheet.write_string_with_format(row, column, self.none.as_str(), &looks.none)?;
            }
            Cell::Text(text) => self.text(row, column, text)?,
            Cell::List(text) => {
                let text = fitting(text);
                self.measure(column, &text);
                self.sheet.write_string_with_format(row, column, text, &looks.text)?;
            }
            Cell::Word(text) => {
                self.sheet.write_string_with_format(row, column, fitting(text), &looks.right)?;
            }
            Cell::Link(text, address) if self.links < LINK_COUNT => {
                self.links += 1;
                let shown = fitting(text);
                self.measure(column, &shown);
                let url = Url::new(address.as_ref()).set_text(shown);
                self.sheet.write_url_with_format(row, column, url, &looks.link)?;
            }
            Cell::Link(text, _) => self.text(row, column, text)?,
            Cell::Date(date) => match number::date(*date) {
                Some(date) => {
                    self.sheet.write_datetime_with_format(row, column, &date, &looks.date)?;
                }
                None => self.text(row, column, &date.to_string())?,
            },
            Cell::Percent(percent) => {
                self.sheet.write_number_with_format(row, column, number::percent(*percent), &looks.percent)?;
            }
            Cell::Points(points) => {
                self.sheet.write_number_with_format(row, column, number::points(*points), &looks.points)?;
            }
            Cell::Exact(points) => {
                self.sheet.write_number_with_format(row, column, number::points(*points), &looks.exact)?;
            }
            Cell::Count(count) => {
                self.sheet.write_number_with_format(row, column, number::count(*count), &looks.count)?;
            }
            Cell::Days(days) => {
                self.sheet.write_number_with_format(row, column, *days, &looks.count)?;
            }
        }
        Ok(())
    }

    /// Writes a text that may reach over the cells beside it.
    pub(super) fn line(&mut self, (row, column): (u32, u16), text: &str, look: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, column, fitting(text), look)?;
        Ok(())
    }

    fn text(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        let text = fitting(text);
        self.measure(column, &text);
        self.sheet.write_string_with_format(row, column, text, &self.looks.text)?;
        Ok(())
    }

    fn measure(&mut self, column: u16, text: &str) {
        let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap_or_default();
        let column = usize::from(column);
        if self.widths.len() <= column {
            self.widths.resize(column + 1, 0);
        }
        if let Some(width) = self.widths.get_mut(column) {
            *width = widest.max(*width);
        }
    }

    /// Writes headings and rows at `top`, as cells without more: `texts` columns of text, then numbers
    /// in columns of this width.
    pub(super) fn block<'t>(
        &mut self,
        top: u32,
        headings: &[Cow<'_, str>],
        (texts, width): (usize, usize),
        rows: impl IntoIterator<Item = Vec<Cell<'t>>>,
    ) -> Result<Body, XlsxError> {
        for (column, heading) in (0..).zip(headings) {
            let look = if usize::from(column) < texts { &self.looks.head } else { &self.looks.head_right };
            self.sheet.write_string_with_format(top, column, heading.as_ref(), look)?;
        }
        self.raise(top, headings.iter().skip(texts).map(|heading| lines(heading, width)))?;
        let wide: Vec<usize> = (0..headings.len()).map(|n| if n == 0 { FIRST } else { width }).collect();
        let last = self.rows(top, &wide, rows)?;
        Ok(Body { first: top + 1, last })
    }

    /// Writes rows, each as high as the texts that are broken in columns of at most these widths;
    /// the number of the last one.
    fn rows<'t>(
        &mut self,
        top: u32,
        widths: &[usize],
        rows: impl IntoIterator<Item = Vec<Cell<'t>>>,
    ) -> Result<u32, XlsxError> {
        let mut last = top;
        for cells in rows {
            last += 1;
            let mut height = 1;
            // What is too long for its cell is not to stand over those beside it.
            let is_fixed = cells.iter().any(|cell| matches!(cell, Cell::List(_)));
            for ((column, cell), width) in (0..).zip(&cells).zip(widths) {
                self.put(last, column, cell)?;
                if let Cell::Text(text) = cell {
                    let each = text.split('\n').map(|line| lines(line, width.saturating_sub(MARGIN)));
                    height = height.max(each.fold(0, u16::saturating_add));
                }
            }
            // Not every spreadsheet finds the height of a row by itself.
            if height > 1 || is_fixed {
                self.raise(last, std::iter::once(height))?;
            }
        }
        Ok(last)
    }

    /// Writes a table at the top of the sheet: with filters, a header that stays in sight with the
    /// first `kept` columns and stands on every page, and columns as wide as what they hold.
    pub(super) fn table<'t>(
        &mut self,
        name: &str,
        columns: &[Column<'_>],
        kept: u16,
        rows: impl IntoIterator<Item = Vec<Cell<'t>>>,
    ) -> Result<Body, XlsxError> {
        let body = self.table_at(0, name, columns, rows)?;
        self.sheet.set_freeze_panes(1, kept)?;
        self.sheet.set_repeat_rows(0, 0)?;
        Ok(body)
    }

    /// The same below something else.
    pub(super) fn table_at<'t>(
        &mut self,
        top: u32,
        name: &str,
        columns: &[Column<'_>],
        rows: impl IntoIterator<Item = Vec<Cell<'t>>>,
    ) -> Result<Body, XlsxError> {
        let widths: Vec<usize> = columns.iter().map(|column| column.most).collect();
        let last = self.rows(top, &widths, rows)?;
        let headers: Vec<TableColumn> = columns
            .iter()
            .map(|c| TableColumn::new().set_header(c.heading.as_ref()).set_header_format(&self.looks.head))
            .collect();
        let count = u16::try_from(columns.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        let table = Table::new().set_name(name).set_columns(&headers).set_style(TableStyle::Light1);
        // A table has at least one row, be it an empty one.
        let last = last.max(top + 1);
        self.sheet.add_table(top, 0, last, count.saturating_sub(1), &table)?;
        let mut heights = Vec::with_capacity(columns.len());
        for (number, column) in (0..).zip(columns) {
            let word = column.heading.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or_default();
            let width = self.fit(number, word + BUTTON, column.most)?;
            heights.push(lines(&column.heading, width.saturating_sub(BUTTON)));
            if let Some(note) = &column.note {
                self.sheet.insert_note(top, number, &Note::new(note).set_author("annexa").add_author_prefix(false))?;
            }
        }
        self.raise(top, heights.into_iter())?;
        Ok(Body { first: top + 1, last })
    }

    /// Makes a row of headings as high as the most lines in it.
    fn raise(&mut self, row: u32, lines: impl Iterator<Item = u16>) -> Result<(), XlsxError> {
        let lines = lines.max().unwrap_or(1).clamp(1, MOST_LINES);
        self.sheet.set_row_height(row, lines * LINE)?;
        Ok(())
    }

    /// Makes a column as wide as its texts, between these two.
    pub(super) fn fit(&mut self, column: u16, least: usize, most: usize) -> Result<usize, XlsxError> {
        let widest = self.widths.get(usize::from(column)).copied().unwrap_or_default() + MARGIN;
        let width = widest.min(most).max(least).max(NARROW);
        self.sheet.set_column_width(column, u16::try_from(width).unwrap_or(u16::MAX))?;
        Ok(width)
    }

    /// Colours the cells of a column where a condition of ours holds.
    pub(super) fn colour(&mut self, body: Body, column: u16, condition: &str, mood: Mood) -> Result<(), XlsxError> {
        let rule = ConditionalFormatFormula::new().set_rule(format!("={condition}").as_str()).set_format(mood.format());
        self.sheet.add_conditional_format(body.first, column, body.last, column, &rule)?;
        Ok(())
    }

    /// Colours the cells of a column that hold one of these words of ours.
    pub(super) fn colour_words(
        &mut self,
        body: Body,
        column: u16,
        words: &[Cow<'_, str>],
        mood: Mood,
    ) -> Result<(), XlsxError> {
        let cell = body.cell(column);
        let is = |word: &Cow<'_, str>| format!("{cell}=\"{}\"", word.replace('"', "\"\""));
        let conditions: Vec<String> = words.iter().map(is).collect();
        match &conditions[..] {
            [] => Ok(()),
            [one] => self.colour(body, column, one, mood),
            several => self.colour(body, column, &format!("OR({})", several.join(",")), mood),
        }
    }
}

/// How many lines a heading takes in a column of this width, broken between words.
fn lines(heading: &str, width: usize) -> u16 {
    let width = width.max(1);
    let (mut lines, mut used) = (1, 0);
    for word in heading.split_whitespace() {
        let long = word.width();
        if used > 0 && used + 1 + long > width {
            (lines, used) = (lines + 1, 0);
        }
        used += long + usize::from(used > 0);
        // What has no blanks is broken anywhere.
        lines += used.saturating_sub(1) / width;
        used = if used > width { (used - 1) % width + 1 } else { used };
    }
    u16::try_from(lines).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn headings_are_broken_between_words_and_wide_ones_anywhere() {
        for (heading, width, expected) in [
            ("Score", 13, 1),
            ("Rows of the gap report", 13, 2),
            ("Rows of the gap report", 11, 2),
            ("Rows of the gap report", 8, 3),
            ("何も更新しない場合", 9, 2),
            ("何も更新しない場合", 6, 3),
            ("", 5, 1),
            ("a", 0, 1),
        ] {
            assert_eq!(lines(heading, width), expected, "{heading} in {width}");
        }
    }
}
