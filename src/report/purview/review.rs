//! What is wrong with a workbook, as text.

use super::counted;
use crate::purview::{BookKind, Finding, Gravity, Review};
use crate::report::style::{Style, safe};
use std::fmt::Write;

/// The findings of a review, one after the other, and what the workbook holds.
#[must_use]
pub fn review_text(review: &Review, style: Style) -> String {
    let mut text = String::new();
    for finding in &review.findings {
        let word = match finding.gravity {
            Gravity::Error => style.bad("error"),
            Gravity::Warning => style.warn("warning"),
        };
        let _ = writeln!(text, "{word}: {}{}", place(finding), safe(&finding.message));
        if let Some(help) = &finding.help {
            let _ = writeln!(text, "  help: {}", safe(help));
        }
    }
    for ignored in &review.ignored {
        let _ = writeln!(text, "note: {}", safe(ignored));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let (errors, warnings) = (review.count(Gravity::Error), review.count(Gravity::Warning));
    let faults = match (errors, warnings) {
        (0, 0) => "no faults found".to_owned(),
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    let _ = writeln!(text, "{}: {faults}", holds(review));
    text
}

/// Where something was found: `Actions!B7: `.
fn place(finding: &Finding) -> String {
    match (&finding.tab, &finding.cell) {
        (Some(tab), Some(cell)) => format!("{}!{cell}: ", safe(tab)),
        (Some(tab), None) => format!("{}: ", safe(tab)),
        (None, Some(cell)) => format!("{cell}: "),
        (None, None) => String::new(),
    }
}

fn holds(review: &Review) -> String {
    let count = |count: Option<usize>| count.unwrap_or_default();
    match review.kind {
        BookKind::Template => format!(
            "a template of {} and {} with at most {} points",
            counted(count(review.controls), "control"),
            counted(count(review.actions), "action"),
            review.points.unwrap_or_default()
        ),
        BookKind::TemplateOf2019 => "a template of the preview of 2019".to_owned(),
        BookKind::Actions => format!("an export of {}", counted(count(review.actions), "action")),
        BookKind::Unknown => "a workbook".to_owned(),
    }
}
