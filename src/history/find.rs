//! A snapshot by what a person calls it: an id or how it starts, a word, or a date.
//!
//! [`History::find`] is the door. An id names one snapshot of the whole file. The words and dates are
//! of one tenant, whose snapshots stand in the order of `list`: by date, then as they were recorded.

use super::History;
use super::error::{HistoryError, Result};
use super::read::{Kept, snapshots};
use crate::diagnostic::suggestion;
use crate::snapshot::Digest;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, ToSql};

/// The word for the snapshot of the latest date, of those the one recorded last.
pub const LAST: &str = "last";
/// The word for the snapshot of the earliest date, of those the one recorded first.
pub const FIRST: &str = "first";
/// The word for the snapshot before the last.
pub const PREVIOUS: &str = "previous";

/// The fewest characters of an id that name a snapshot.
const FEWEST: usize = 4;
/// How many tenants are named where one has to be chosen.
const FEW_TENANTS: usize = 8;

/// By what a snapshot is named.
enum Name {
    /// Between these two lie the ids that start so.
    Id(Digest, Digest),
    Last,
    First,
    Previous,
    Date(NaiveDate),
}

/// Whether `text` has the form of a snapshot's name: an id, a word or a date.
#[must_use]
pub fn names_snapshot(text: &str) -> bool {
    name(text).is_some()
}

fn name(text: &str) -> Option<Name> {
    match text {
        LAST => return Some(Name::Last),
        FIRST => return Some(Name::First),
        PREVIOUS => return Some(Name::Previous),
        _ => {}
    }
    if let Some(date) = text.parse().ok().filter(|date: &NaiveDate| date.to_string() == text) {
        return Some(Name::Date(date));
    }
    let is_id = (FEWEST..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit());
    let bound = |fill: &str| Digest::from_hex(&format!("{}{}", text.to_lowercase(), fill.repeat(64 - text.len())));
    let (low, high) = is_id.then(|| bound("0").zip(bound("f"))).flatten()?;
    Some(Name::Id(low, high))
}

impl History {
    /// The snapshot of this name: an id or how it starts; or, of the tenant, [`LAST`], [`FIRST`],
    /// [`PREVIOUS`], or a date, for the last one of that date or before it. The tenant need not be
    /// named where the history has one alone.
    ///
    /// # Errors
    /// That there is none, or more than one, or what is damaged.
    pub fn find(&self, text: &str, tenant: Option<&str>) -> Result<Kept> {
        let Some(name) = name(text) else {
            let words = suggestion(text, [LAST, FIRST, PREVIOUS]);
            let help = "four or more characters of an id of `annexa history list`, `last`, `first`, `previous`, \
                        or a date such as `2020-06-01`";
            let help = words.unwrap_or_else(|| help.to_owned());
            return Err(HistoryError::unusable(format!("`{text}` names no snapshot"), &help));
        };
        let reading = self.reading()?;
        let (date, back) = match name {
            Name::Id(low, high) => return by_id(&reading, text, &low, &high),
            Name::First => {
                let tenant = the_tenant(&reading, tenant)?;
                let first = snapshots(&reading, FORWARD, [&tenant])?.pop();
                return first.ok_or_else(|| unknown_tenant(&reading, &tenant));
            }
            Name::Last => (NaiveDate::MAX, 0),
            Name::Previous => (NaiveDate::MAX, 1),
            Name::Date(date) => (date, 0),
        };
        let tenant = the_tenant(&reading, tenant)?;
        match back_from(&reading, &tenant, date, back)? {
            Some(kept) => Ok(kept),
            None => Err(nothing_so_early(&reading, &tenant)?),
        }
    }

    /// The snapshot at which a span that starts on `date` begins: the last of that date or before it,
    /// else the first there is.
    ///
    /// # Errors
    /// That nothing is recorded of the tenant, or what is damaged.
    pub fn start(&self, date: NaiveDate, tenant: &str) -> Result<Kept> {
        let reading = self.reading()?;
        if let Some(kept) = back_from(&reading, tenant, date, 0)? {
            return Ok(kept);
        }
        let first = snapshots(&reading, FORWARD, [tenant])?.pop();
        first.ok_or_else(|| unknown_tenant(&reading, tenant))
    }
}

/// The first snapshot of a tenant.
const FORWARD: &str = "WHERE s.tenant = ?1 ORDER BY s.as_of, s.position LIMIT 1";

/// The snapshot of a tenant that stands `back` places before the last one of `date` or earlier.
fn back_from(connection: &Connection, tenant: &str, date: NaiveDate, back: i64) -> Result<Option<Kept>> {
    // As texts, years of five digits would stand before those of four.
    let date = if date == NaiveDate::MAX { "9999-12-31".to_owned() } else { date.to_string() };
    let condition = "WHERE s.tenant = ?1 AND s.as_of <= ?2 ORDER BY s.as_of DESC, s.position DESC LIMIT 1 OFFSET ?3";
    let params: [&dyn ToSql; 3] = [&tenant, &date, &back];
    Ok(snapshots(connection, condition, params)?.pop())
}

/// That a tenant has no snapshot so early, with the first it has.
fn nothing_so_early(connection: &Connection, tenant: &str) -> Result<HistoryError> {
    let Some(first) = snapshots(connection, FORWARD, [tenant])?.pop() else {
        return Ok(unknown_tenant(connection, tenant));
    };
    let (id, day) = (first.id(), first.identity.as_of);
    let message = format!("tenant `{tenant}` has no snapshot before its first, `{id}` as of {day}");
    Ok(HistoryError::unusable(message, "name that one, or a later date"))
}

fn by_id(connection: &Connection, text: &str, low: &Digest, high: &Digest) -> Result<Kept> {
    let query = "SELECT position, pruned_at FROM leaf WHERE hash BETWEEN ?1 AND ?2 LIMIT 2";
    let mut statement = connection.prepare(query)?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let found: Vec<(i64, Option<String>)> =
        statement.query_map([low.bytes(), high.bytes()], read)?.collect::<rusqlite::Result<_>>()?;
    match &found[..] {
        [] => {
            let help = "`annexa history list` shows those there are";
            Err(HistoryError::unusable(format!("there is no snapshot `{text}`"), help))
        }
        [(_, Some(day))] => {
            Err(HistoryError::Unusable { message: format!("snapshot `{text}` was pruned on {day}"), help: None })
        }
        [(position, None)] => {
            let found = snapshots(connection, "WHERE s.position = ?1", [position])?.pop();
            found.ok_or_else(|| HistoryError::damaged(format!("snapshot `{text}` is missing")))
        }
        _ => Err(HistoryError::unusable(format!("more than one snapshot starts with `{text}`"), "give more of the id")),
    }
}

fn tenants(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM tenant WHERE live > 0 ORDER BY name")?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// The tenant that is meant: the one named, else the only one there is.
fn the_tenant(connection: &Connection, named: Option<&str>) -> Result<String> {
    if let Some(tenant) = named {
        return Ok(tenant.to_owned());
    }
    let all = tenants(connection)?;
    match &all[..] {
        [] => Err(super::is_empty()),
        [tenant] => Ok(tenant.clone()),
        many => {
            let few: Vec<String> = many.iter().take(FEW_TENANTS).map(|name| format!("`{name}`")).collect();
            let more = many.len() - few.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("it holds several tenants: {}{more}", few.join(", "));
            Err(HistoryError::unusable(message, "say whose snapshot it is: `--tenant TENANT`, or an id"))
        }
    }
}

/// That nothing is recorded of a tenant, with the nearest that is there.
pub(super) fn unknown_tenant(connection: &Connection, tenant: &str) -> HistoryError {
    let names = tenants(connection).unwrap_or_default();
    let help = suggestion(tenant, names.iter().map(String::as_str));
    HistoryError::Unusable { message: format!("nothing is recorded of tenant `{tenant}`"), help }
}
