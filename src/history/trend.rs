//! What a trend is made from, out of the store, each piece held against its digest.

use super::error::{HistoryError, Result};
use super::{History, read};
use crate::snapshot::{Digest, Headings, LibraryFile, Rows};
use crate::trend::{TrendEntry, TrendMaterial, TrendParts, TrendQuery, TrendScope};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

impl History {
    /// The tenants of whom something is recorded, by name.
    ///
    /// # Errors
    /// What is damaged.
    pub fn tenants(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT name FROM tenant WHERE live > 0 ORDER BY name")?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }

    /// What the trend of a tenant is made from.
    ///
    /// # Errors
    /// That the tenant is not known, or what is damaged.
    pub fn trend(&self, tenant: &str, query: &TrendQuery) -> Result<TrendMaterial> {
        let reading = self.reading()?;
        let mut list = read::list(&reading, Some(tenant))?;
        let extent = list.first().zip(list.last()).map(|(a, b)| (a.identity.as_of, b.identity.as_of));
        let is_wanted = |day| query.from.is_none_or(|from| day >= from) && query.to.is_none_or(|to| day <= to);
        list.retain(|kept| is_wanted(kept.identity.as_of));
        if !query.all {
            // Of several snapshots of a date, the one recorded last counts.
            let dates = list.chunk_by(|a, b| a.identity.as_of == b.identity.as_of);
            list = dates.filter_map(|of| of.last().cloned()).collect();
        }
        let targets = match list.last() {
            Some(last) => headings(&reading, last)?.targets,
            None => Vec::new(),
        };
        let mut material = TrendMaterial {
            tenant: tenant.to_owned(),
            entries: Vec::with_capacity(list.len()),
            targets,
            files: BTreeMap::new(),
            extent,
            profiles: BTreeMap::new(),
            rescored_library: None,
        };
        for pair in list.windows(2) {
            let [a, b] = pair else { continue };
            let (a, b) = (a.identity.library, b.identity.library);
            if a != b && !material.files.contains_key(&(a, b)) {
                material.files.insert((a, b), differing(&reading, &a, &b)?);
            }
        }
        for kept in list {
            let parts = parts(&reading, &kept, &query.scope)?;
            let profile = kept.identity.profile;
            if query.with_profiles && !material.profiles.contains_key(&profile) {
                material.profiles.insert(profile, read::text(&reading, &profile)?);
            }
            material.entries.push(TrendEntry { identity: kept.identity, parts, rescored: None });
        }
        Ok(material)
    }
}

/// The parts of a snapshot that a scope needs.
fn parts(connection: &Connection, of: &read::Kept, scope: &TrendScope) -> Result<TrendParts> {
    let wrong =
        |what: &str| HistoryError::damaged(format!("the {what} of snapshot {} are not what was recorded", of.id()));
    let mut rows = Rows { assessments: read::assessments(connection, of)?, ..read::no_rows(of) };
    if rows.assessments_digest() != of.identity.assessments {
        return Err(wrong("rows"));
    }
    if scope.part.is_of_controls() {
        rows.controls = read::controls(connection, of)?;
        if rows.controls_digest() != of.identity.controls {
            return Err(wrong("rows"));
        }
    }
    let domains = if scope.part.is_of_domains() { headings(connection, of)?.domains } else { Vec::new() };
    let Rows { overall, assessments, controls, .. } = rows;
    Ok(TrendParts { overall, assessments, controls, domains })
}

fn headings(connection: &Connection, of: &read::Kept) -> Result<Headings> {
    let result = read::result(connection, of)?;
    Headings::of(&result).map_err(|_| HistoryError::damaged(format!("the result of snapshot {} is none", of.id())))
}

/// The paths of the files in which two libraries differ, wherever they were read from.
fn differing(connection: &Connection, a: &Digest, b: &Digest) -> Result<Vec<String>> {
    let (a, b) = (read::library(connection, a)?, read::library(connection, b)?);
    let named = |file: &LibraryFile| (file.path.clone(), Digest::of(file.text.as_bytes()));
    let [a, b] = [&a, &b].map(|library| library.files().iter().map(named).collect::<BTreeSet<_>>());
    let paths: BTreeSet<&String> = a.symmetric_difference(&b).map(|(path, _)| path).collect();
    Ok(paths.into_iter().cloned().collect())
}
