//! What should stand in the cells of one row, by the profile: only what goes together.

use super::actions::{ActionRow, Column};
use super::word::{exact_test, folded, of_implementation, of_test, permitted, permitted_words};
use crate::choice::Choice;
use crate::diagnostic::{listed, quoted};
use crate::profile::{Implementation, Place, Test};
use crate::sheet::{CellKind, date_text, day_of, parse_date};
use chrono::{NaiveDate, NaiveDateTime};

/// Cells and what should stand in them.
pub(super) type Wanted = Vec<(Column, String)>;

/// Whether the status of a row is the user's to write; else why not.
pub(super) fn is_writable(row: ActionRow<'_>) -> Result<(), String> {
    let testing = row.text(Column::Testing);
    if testing.is_empty() || folded(testing) == "manual" {
        return Ok(());
    }
    Err(format!("its testing type is {}: Compliance Manager sets its status, dates and notes", quoted(testing)))
}

/// The one status of an action at a date; else why there is none to write.
pub(super) fn status(places: Option<&[Place]>, as_of: NaiveDate) -> Result<&Place, String> {
    let places = places.filter(|p| !p.is_empty()).ok_or("the profile does not say where it stands")?;
    let (first, rest) = places.split_first().ok_or("the profile does not say where it stands")?;
    let facts = |p: &Place| (p.implementation, p.test, p.implemented_on, p.tested_on);
    if let Some(other) = rest.iter().find(|p| facts(p) != facts(first)) {
        let name = |p: &Place| quoted(p.name.as_deref().unwrap_or("the action"));
        return Err(format!("its places differ, {} and {}, and a row has one status", name(first), name(other)));
    }
    if let Some(date) = first.implemented_on.into_iter().chain(first.tested_on).find(|date| *date > as_of) {
        return Err(format!("the profile dates it {date}, which is after {as_of}"));
    }
    if of_test(first.test).is_none() {
        return Err(format!("its test is `{}`, for which the export has no word", first.test.word()));
    }
    Ok(first)
}

/// What should stand in the cells of status and dates; else why they are left alone.
pub(super) fn statuses(row: ActionRow<'_>, place: &Place) -> Result<Wanted, String> {
    let done = place.implementation;
    let test = test(row, place)?;
    let mut wanted = vec![(Column::Implementation, of_implementation(done).to_owned())];
    wanted.extend(test.and_then(of_test).map(|word| (Column::Test, word.to_owned())));
    let implemented = if done.is_done() { dated(row, Column::ImplementedOn, place.implemented_on)? } else { None };
    let has_result = !matches!(test, Some(Test::None) | None);
    let tested = if has_result {
        let kept = (test != Some(Test::NotInScope)).then_some(place.tested_on).flatten();
        not_before(dated(row, Column::TestedOn, kept)?, implemented, kept)
    } else if test.is_none() {
        // The row has no test, and none is written.
        dated(row, Column::TestedOn, None)?
    } else {
        None
    };
    if let (Some(implemented), Some(tested)) = (implemented, tested)
        && tested < implemented
    {
        let (test, done) = (date_text(tested), date_text(implemented));
        return Err(format!("its test of {test} would come before the implementation of {done}"));
    }
    for (column, date) in [(Column::ImplementedOn, implemented), (Column::TestedOn, tested)] {
        wanted.push((column, date.map(date_text).unwrap_or_default()));
    }
    Ok(wanted)
}

/// The test that should stand in the row; none where the cell stays empty.
fn test(row: ActionRow<'_>, place: &Place) -> Result<Option<Test>, String> {
    let done = place.implementation;
    match (done, place.test) {
        (Implementation::NotImplemented | Implementation::Planned, _) => Ok(Some(Test::None)),
        (Implementation::NotInScope, _) => Ok(Some(Test::NotInScope)),
        (_, Test::None) if row.text(Column::Test).is_empty() => Ok(None),
        (_, Test::None) => {
            let known = listed(permitted_words(done));
            let stands = row.text(Column::Test);
            let stands = if exact_test(stands) == Some(Test::None) {
                String::new()
            } else {
                format!(", where {} stands", quoted(stands))
            };
            Err(format!("it is `{}` and not tested{stands}; beside that the export takes only {known}", done.word()))
        }
        (_, test) if permitted(done).contains(&test) => Ok(Some(test)),
        (_, test) => Err(format!("`{}` cannot stand beside `{}` in the export", test.word(), done.word())),
    }
}

/// The date that should stand in a cell: the one that stands there if it is of the same day, or if the
/// profile has none.
fn dated(row: ActionRow<'_>, column: Column, day: Option<NaiveDate>) -> Result<Option<NaiveDateTime>, String> {
    let stands = match row.cell(column).map(|cell| (cell.kind, cell.text.trim())) {
        None | Some((_, "")) => None,
        Some((CellKind::Date(date), _)) => Some(date),
        Some((_, text)) => match parse_date(text) {
            Some(date) => Some(date),
            None if day.is_some() => None,
            None => return Err(format!("{} in `{}` is no date", quoted(text), column.word())),
        },
    };
    Ok(match (stands, day) {
        (Some(date), Some(day)) if date.date() == day => Some(date),
        (_, Some(day)) => Some(day_of(day)),
        (stands, None) => stands,
    })
}

/// A test of the day of the implementation is not before its hour.
fn not_before(
    tested: Option<NaiveDateTime>,
    implemented: Option<NaiveDateTime>,
    day: Option<NaiveDate>,
) -> Option<NaiveDateTime> {
    match (tested, implemented) {
        (Some(tested), Some(implemented)) if day == Some(implemented.date()) && tested.date() == implemented.date() => {
            Some(tested.max(implemented))
        }
        (tested, _) => tested,
    }
}
