//! A statement for a terminal: the title page, the figures, the controls, then every mark.

use super::cells::{Shown, marks, summary, title_page};
use crate::locale::{Words, msg};
use crate::report::style::{Style, safe};
use crate::report::table::{Tone, align_right, cell_text};
use crate::report::text::line;
use crate::soa::{Realization, Statement, StatementRow};
use unicode_width::UnicodeWidthStr;

/// Statements for people.
#[must_use]
pub fn statements_text(statements: &[Statement], style: Style) -> String {
    statements.iter().map(|s| statement(style.words(), s, style)).collect::<Vec<_>>().join("\n")
}

fn statement(words: &'static Words, statement: &Statement, style: Style) -> String {
    let mut text = String::new();
    line(&mut text, &style.heading(&words.text(msg::SOA_TITLE)));
    let page = title_page(words, statement);
    let width = page.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    for (name, value) in page {
        let gap = " ".repeat(width - name.width());
        line(&mut text, &style.wrapped(&format!("  {name}{gap}  "), &safe(&value)));
    }
    line(&mut text, "");
    let mut counts = style.table(&[&words.text(msg::SOA_SUMMARY), ""]);
    for (name, count) in summary(words, &statement.summary) {
        counts.add_row([name, words.whole(count)]);
    }
    align_right(&mut counts, &[1]);
    text.push_str(&style.draw(&counts));
    line(&mut text, "");
    controls(&mut text, words, statement, style);
    line(&mut text, "");
    told(&mut text, words, statement, style);
    text
}

/// The table has what a terminal has room for; the other forms have all.
fn controls(text: &mut String, words: &'static Words, statement: &Statement, style: Style) {
    let header = [
        msg::SOA_CONTROL,
        msg::SOA_CONTROL_TITLE,
        msg::SOA_APPLICABLE,
        msg::SOA_JUSTIFICATION,
        msg::SOA_IMPLEMENTATION,
        msg::SOA_RESPONSIBILITY,
        msg::SOA_OWNER,
        msg::SOA_MARKS,
    ];
    let header = header.map(|id| words.text(id));
    let mut table = style.table(&header.each_ref().map(|head| &**head));
    for row in &statement.rows {
        let shown = Shown::new(words, row);
        let count = if row.marks.is_empty() { String::new() } else { row.marks.len().to_string() };
        table.add_row([
            shown.control,
            cell_text(&shown.title),
            shown.applicable,
            cell_text(&shown.justification.join("; ")),
            toned(row, &shown.implementation, style),
            shown.responsibility,
            cell_text(&shown.owners),
            style.cell(&count, Tone::Bad),
        ]);
    }
    align_right(&mut table, &[7]);
    text.push_str(&style.draw(&table));
}

fn toned(row: &StatementRow, shown: &str, style: Style) -> String {
    match row.implementation {
        None | Some(Realization::Implemented) => shown.to_owned(),
        Some(Realization::Partly | Realization::Planned) => style.cell(shown, Tone::Warn),
        Some(Realization::NotImplemented | Realization::NotAssessed) => style.cell(shown, Tone::Bad),
    }
}

fn told(text: &mut String, words: &'static Words, statement: &Statement, style: Style) {
    let marks = marks(words, statement);
    if marks.is_empty() {
        line(text, &style.good(&words.text(msg::SOA_NO_MARKS)));
        return;
    }
    line(text, &style.heading(&words.text(msg::SOA_MARKS)));
    for group in marks {
        line(text, &format!("  {}", style.warn(&group.heading)));
        let width = group.on.iter().map(|(control, _)| control.len()).max().unwrap_or(0);
        for (control, about) in group.on.iter().filter(|(control, about)| !control.is_empty() || !about.is_empty()) {
            let lead = if width == 0 { "    ".to_owned() } else { format!("    {control:<width$}  ") };
            line(text, style.wrapped(&lead, &safe(about)).trim_end());
        }
    }
}
