//! What the columns of the gap report hold: help for whoever opens it in a spreadsheet.

use super::style::Style;
use crate::locale::{Locale, Message, Words, msg};
use crate::result::COLUMNS;

/// What each column holds, in the order of [`COLUMNS`].
const HELP: [Message; 26] = [
    msg::COLUMN_TENANT,
    msg::COLUMN_AS_OF,
    msg::COLUMN_FRAMEWORK,
    msg::COLUMN_GROUP,
    msg::COLUMN_CONTROL_ID,
    msg::COLUMN_CONTROL_TITLE,
    msg::COLUMN_CONTROL_STATUS,
    msg::COLUMN_RESPONSIBILITY,
    msg::COLUMN_SHARED_GAP,
    msg::COLUMN_GAP_KIND,
    msg::COLUMN_CAUSE,
    msg::COLUMN_RISK,
    msg::COLUMN_ACTION_ID,
    msg::COLUMN_ACTION_TITLE,
    msg::COLUMN_ACTION_OWNER,
    msg::COLUMN_ACTION_TYPE,
    msg::COLUMN_ASSIGNED_TO,
    msg::COLUMN_DUE_ON,
    msg::COLUMN_SERVICE_ID,
    msg::COLUMN_EVIDENCE_ID,
    msg::COLUMN_EVIDENCE_URL,
    msg::COLUMN_VALID_TO,
    msg::COLUMN_POINTS,
    msg::COLUMN_POINTS_AT_STAKE,
    msg::COLUMN_ALSO_AFFECTS,
    msg::COLUMN_NEXT_STEP,
];

/// The columns of the gap report with what each holds, in a language.
pub fn columns(locale: Locale) -> impl Iterator<Item = (&'static str, String)> {
    let words = Words::of(locale);
    COLUMNS.into_iter().zip(HELP).map(|(name, help)| (name, words.text(help).into_owned()))
}

/// The same as a table.
#[must_use]
pub fn columns_text(style: Style) -> String {
    let words = style.words();
    let mut table = style.table(&[&words.text(msg::COLUMN_NAME), &words.text(msg::COLUMN_MEANING)]);
    for (name, help) in columns(style.locale) {
        table.add_row([name.to_owned(), help]);
    }
    style.draw(&table)
}
