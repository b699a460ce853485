//! CSV by RFC 4180, UTF-8, one header row, with no cell that a spreadsheet would run.

use crate::diagnostic::is_unseen;
use crate::points::Percent;
use crate::result::{COLUMNS, Figures, Gap, TenantScore};
use std::borrow::Cow;

/// The gap report.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn gaps_csv<'a>(gaps: impl IntoIterator<Item = &'a Gap>) -> Result<String, csv::Error> {
    let mut writer = writer();
    writer.write_record(COLUMNS)?;
    for gap in gaps {
        writer.write_record(gap.cells().iter().map(|cell| neutral(cell).into_owned()))?;
    }
    finish(writer)
}

/// One row for each tenant and assessment, and one overall.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn scores_csv(scores: &[TenantScore]) -> Result<String, csv::Error> {
    let mut writer = writer();
    writer.write_record([
        "tenant",
        "as_of",
        "template",
        "group",
        "achieved",
        "possible",
        "assured",
        "unassessed",
        "percent",
        "assurance_percent",
        "customer_achieved",
        "customer_possible",
        "provider_achieved",
        "provider_possible",
        "gaps",
    ])?;
    for score in scores {
        let all: usize = score.assessments.iter().map(|a| a.gaps.len()).sum();
        writer.write_record(score_row(score, "overall", "", &score.overall, all))?;
        for assessment in &score.assessments {
            let (template, group) = (&assessment.template, &assessment.group);
            writer.write_record(score_row(score, template, group, &assessment.figures, assessment.gaps.len()))?;
        }
    }
    finish(writer)
}

/// A percentage with two decimals, as machines get it.
pub(super) fn two_places(percent: Percent) -> String {
    percent.exact()
}

/// The same in a cell, which is empty where there is no score.
pub(super) fn percent_cell(percent: Option<Percent>) -> String {
    percent.map(two_places).unwrap_or_default()
}

fn score_row(score: &TenantScore, template: &str, group: &str, figures: &Figures, gaps: usize) -> [String; 15] {
    [
        neutral(&score.tenant).into_owned(),
        score.as_of.to_string(),
        neutral(template).into_owned(),
        neutral(group).into_owned(),
        figures.total.achieved.to_string(),
        figures.total.possible.whole_points().to_string(),
        figures.total.assured.to_string(),
        figures.total.unassessed.to_string(),
        percent_cell(figures.total.percent()),
        percent_cell(figures.total.assurance_percent()),
        figures.customer.achieved.to_string(),
        figures.customer.possible.whole_points().to_string(),
        figures.provider.achieved.to_string(),
        figures.provider.possible.whole_points().to_string(),
        gaps.to_string(),
    ]
}

pub(super) fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}

pub(super) fn finish(writer: csv::Writer<Vec<u8>>) -> Result<String, csv::Error> {
    let bytes = writer.into_inner().map_err(|e| csv::Error::from(std::io::Error::other(e.to_string())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A cell that spreadsheets show and do not run: a leading `'` where the text would start a formula.
///
/// The characters are those of the OWASP page on CSV injection, with their full-width forms, which
/// spreadsheets of some locales take for the plain ones.
pub(crate) fn neutral(cell: &str) -> Cow<'_, str> {
    const BREAKS: [char; 3] = ['\t', '\r', '\n'];
    const STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    // A spreadsheet may trim blanks and what cannot be seen before it looks for a formula.
    let seen = cell.trim_start_matches(|c| c == ' ' || is_unseen(c));
    let would_run = cell.starts_with(BREAKS) || seen.starts_with(STARTS);
    if would_run { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::neutral;

    #[test]
    fn what_would_run_is_neutralised_and_the_rest_is_left() {
        for cell in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", " =1", "\u{b}=1", "\u{202e}=1", "\u{200b} @x"]
        {
            assert_eq!(neutral(cell), format!("'{cell}"));
        }
        for cell in ["", "12.5000", "A.9.2.3", "2020-06-01", "a=b", "'quoted'"] {
            assert_eq!(neutral(cell), cell);
        }
    }
}
