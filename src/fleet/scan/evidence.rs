//! The organization's evidence: its period, and the services that a provider's document names.

use super::cursor::Cursor;
use super::place::unread;
use super::{Found, Item, Scanner, title};
use crate::choice::Choice;
use crate::day::{Day, Period};
use crate::id::ServiceIdx;
use crate::library::ProviderEvidenceKind;
use crate::profile::{is_inside, is_sha256};
use crate::shape::{MAX_TITLE, is_address};

/// A naming that does not say from when; no date is so early.
const UNDATED: Day = Day::FIRST;

impl Scanner<'_> {
    pub(super) fn item<'t>(&self, cursor: &mut Cursor<'t>, found: &mut Found<'t>) -> Option<()> {
        let (mut id, mut kind, mut period, mut names_services) = (None, None, (None, None), false);
        let (mut path, mut digest) = (None, None);
        let (nth, first) = (found.items.len(), found.namings.len());
        cursor.object(&self.tables.evidence, |cursor, key| {
            match key {
                "id" => id = Some(cursor.plain().filter(|id| crate::id::check(id).is_none())?),
                "kind" => kind = Some(cursor.plain().filter(|kind| kind.len() <= MAX_TITLE)?),
                "title" => unread(cursor)?,
                "url" => {
                    cursor.plain().filter(|url| url.len() <= MAX_TITLE && is_address(url))?;
                }
                "path" => path = Some(title(cursor)?),
                "sha256" => digest = Some(title(cursor)?),
                "valid_from" => period.0 = Some(cursor.date()?),
                "valid_to" => period.1 = Some(cursor.date()?),
                "services" => {
                    names_services = true;
                    cursor.list(|cursor| self.naming(cursor, nth, &mut found.namings))?;
                }
                _ => return None,
            }
            Some(())
        })?;
        let (from, to) = period;
        if from.zip(to).is_some_and(|(from, to)| from > to) || path.is_some_and(|path| !is_inside(path)) {
            return None;
        }
        if path.is_some() && digest.is_some_and(|digest| !is_sha256(digest)) {
            return None;
        }
        let is_provider_kind = kind.and_then(ProviderEvidenceKind::from_word).is_some() && names_services;
        let named = found.namings.iter_mut().skip(first);
        for (_, _, since) in named.filter(|(_, _, since)| *since == UNDATED) {
            // Without any date it names nothing, of which the full reader tells.
            *since = if is_provider_kind { from? } else { UNDATED };
        }
        if !is_provider_kind {
            found.namings.truncate(first);
        }
        let period = Period { from: from.unwrap_or(Day::FIRST), to: to.unwrap_or(Day::LAST) };
        found.items.push(Item { id: id?, period });
        Some(())
    }

    /// A service that an item names, plain or with the day from which it does.
    fn naming(&self, cursor: &mut Cursor<'_>, item: usize, namings: &mut Vec<(ServiceIdx, usize, Day)>) -> Option<()> {
        let (mut id, mut since) = (None, UNDATED);
        if cursor.peek() == Some(b'"') {
            id = Some(cursor.plain()?);
        } else {
            cursor.object(&self.tables.naming, |cursor, key| {
                match key {
                    "id" => id = Some(cursor.plain()?),
                    "since" => since = cursor.date()?,
                    _ => return None,
                }
                Some(())
            })?;
        }
        namings.push((ServiceIdx::at(self.roster.services.find(id?)?), item, since));
        Some(())
    }
}
