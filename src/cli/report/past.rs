//! What was recorded of a tenant, for a report: the trend, and what changed since the snapshot before.

use super::super::remember::{self, refused};
use super::super::shared::Session;
use super::super::{Failure, Io};
use annexa::report::safe;
use annexa::{History, Kept, LibraryVersion, Models, Past, RecordedState, TrendQuery, compare};
use chrono::NaiveDate;
use std::path::Path;

/// Where the history is sought.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// It is left out.
    Nowhere,
    /// Beside each profile, where there is one.
    Beside,
    /// In this file, which must be there.
    Named(&'a Path),
}

/// Reads histories, and keeps the libraries that it makes ready.
pub(super) struct Archive<'a> {
    place: Place<'a>,
    as_of: NaiveDate,
    quiet: bool,
    models: Models,
    library: Option<LibraryVersion>,
}

impl<'a> Archive<'a> {
    pub(super) fn new(place: Place<'a>, as_of: NaiveDate, quiet: bool) -> Self {
        Self { place, as_of, quiet, models: Models::default(), library: None }
    }

    /// What was recorded of the tenant of the profile at `profile`; nothing where there is no history,
    /// or none of this tenant. One that cannot be read stops nothing, unless it was named.
    pub(super) fn past(
        &mut self,
        profile: &Path,
        tenant: &str,
        file: u32,
        session: &Session,
        io: &mut Io<'_>,
    ) -> Result<Option<Past>, Failure> {
        match self.place {
            Place::Nowhere => Ok(None),
            Place::Named(path) => self.read(path, tenant, file, session, io),
            Place::Beside => {
                let path = remember::beside(profile);
                if path.symlink_metadata().is_err_and(|e| e.kind() == std::io::ErrorKind::NotFound) {
                    return Ok(None);
                }
                match self.read(&path, tenant, file, session, io) {
                    Err(Failure::Input { message, .. } | Failure::Machine(message)) => {
                        if !self.quiet {
                            io.say(&format!("warning: {}; the report leaves the history out\n", safe(&message)));
                        }
                        Ok(None)
                    }
                    other => other,
                }
            }
        }
    }

    fn read(
        &mut self,
        path: &Path,
        tenant: &str,
        file: u32,
        session: &Session,
        io: &mut Io<'_>,
    ) -> Result<Option<Past>, Failure> {
        let history = remember::open(path, io)?;
        let no = |e| refused(e, path);
        if !history.tenants().map_err(no)?.iter().any(|recorded| recorded == tenant) {
            return Ok(None);
        }
        let query = TrendQuery { to: Some(self.as_of), ..TrendQuery::default() };
        let trend = history.trend(tenant, &query).map_err(no)?.trend(&query);
        let trend = trend.map_err(|fault| Failure::input(fault.message, fault.help))?;
        if trend.points.is_empty() {
            return Ok(None);
        }
        let earlier = history.list(Some(tenant)).map_err(no)?;
        let before = earlier.into_iter().rfind(|kept| kept.identity.as_of < self.as_of);
        let change = match before {
            Some(kept) => Some(self.change(&history, &kept, path, file, session, io)?),
            None => None,
        };
        Ok(Some(Past { trend, change }))
    }

    fn change(
        &mut self,
        history: &History,
        kept: &Kept,
        path: &Path,
        file: u32,
        session: &Session,
        io: &mut Io<'_>,
    ) -> Result<annexa::Comparison, Failure> {
        let library = self.library.get_or_insert_with(|| session.library_version());
        let now =
            self.models.model(library).and_then(|model| RecordedState::read(model, session.text(file), self.as_of));
        let now = now.map_err(|why| Failure::Machine(format!("`{}`: {why}", path.display())))?;
        let before = history.state(kept, &mut self.models).map_err(|e| refused(e, path))?;
        if !self.quiet {
            remember::tell_recount(history, kept, &before, path, io)?;
        }
        let mut comparison = compare(&before.snapshot(), &now.snapshot());
        comparison.from.snapshot = Some(kept.id());
        Ok(comparison)
    }
}
