//! A statement as Markdown, for wikis and pull requests.

use super::cells::{COLUMNS, Shown, marks, summary, title_page};
use crate::locale::{Locale, Words, msg};
use crate::report::markdown::cell;
use crate::soa::{Statement, StatementRow};
use std::fmt::Write;

/// Statements as Markdown.
#[must_use]
pub fn statements_markdown(statements: &[Statement], locale: Locale) -> String {
    statements.iter().map(|s| statement(Words::of(locale), s)).collect::<Vec<_>>().join("\n")
}

fn statement(words: &'static Words, statement: &Statement) -> String {
    let mut text = format!("# {}\n\n| | |\n|---|---|\n", cell(&words.text(msg::SOA_TITLE)));
    for (name, value) in title_page(words, statement) {
        let _ = writeln!(text, "| {} | {} |", cell(&name), cell(&value));
    }
    let _ = write!(text, "\n## {}\n\n| | |\n|---|---:|\n", cell(&words.text(msg::SOA_SUMMARY)));
    for (name, count) in summary(words, &statement.summary) {
        let _ = writeln!(text, "| {} | {} |", cell(&name), words.whole(count));
    }
    let _ = write!(text, "\n## {}\n\n", cell(&words.text(msg::SOA_CONTROLS)));
    let header: Vec<String> = COLUMNS.iter().map(|id| cell(&words.text(*id))).collect();
    let _ = writeln!(text, "| {} |\n|{}", header.join(" | "), "---|".repeat(header.len()));
    for row in &statement.rows {
        let _ = writeln!(text, "| {} |", cells(words, row).join(" | "));
    }
    let _ = write!(text, "\n## {}\n\n", cell(&words.text(msg::SOA_MARKS)));
    let marks = marks(words, statement);
    if marks.is_empty() {
        let _ = writeln!(text, "{}", cell(&words.text(msg::SOA_NO_MARKS)));
    }
    for group in marks {
        let _ = writeln!(text, "- {}", cell(&group.heading));
        for (control, about) in group.on.iter().filter(|(control, about)| !control.is_empty() || !about.is_empty()) {
            let told = [control, about].into_iter().filter(|part| !part.is_empty()).map(|part| cell(part));
            let _ = writeln!(text, "  - {}", told.collect::<Vec<_>>().join(": "));
        }
    }
    text
}

/// The cells of a row: how many actions and items of evidence stand how; the other forms list them.
fn cells(words: &'static Words, row: &StatementRow) -> [String; 11] {
    let shown = Shown::new(words, row);
    let lines = |list: &[String]| list.iter().map(|l| cell(l)).collect::<Vec<_>>().join("<br>");
    [
        cell(&shown.control),
        cell(&shown.title),
        cell(&shown.applicable),
        lines(&shown.justification),
        cell(&shown.implementation),
        cell(&shown.responsibility),
        lines(&shown.how),
        lines(&shown.evidence),
        cell(&shown.owners),
        cell(&shown.gaps),
        lines(&shown.marks),
    ]
}
