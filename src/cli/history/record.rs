//! `annexa history record`.

use super::super::remember;
use super::super::shared::{Session, date};
use super::super::{Failure, Global, Io};
use annexa::EXPIRING_WITHIN_DAYS;
use chrono::NaiveDate;
use clap::Args;
use std::path::PathBuf;

/// Record the score of profiles, with everything it came from
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history record tenant.toml
  annexa history record tenant.toml --as-of 2020-06-01 --note 'after the audit'
  annexa history record tenants/*.toml --db history.db

What has not changed since the last snapshot of the same date is not recorded again.")]
pub(super) struct RecordArgs {
    /// Profiles; `-` reads standard input
    #[arg(required = true, value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
    /// The date of every figure; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// What is to be remembered of it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Report evidence that lapses within so many days
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_WITHIN_DAYS)]
    expiring_within: u32,
    /// The file of the history; `.annexa/history.db` beside each profile without it
    #[arg(long, value_name = "PATH")]
    db: Option<PathBuf>,
}

pub(super) fn run(args: &RecordArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let mut session = Session::open(global, io)?;
    let as_of = args.as_of.unwrap_or(io.today());
    let mut read = Vec::with_capacity(args.profiles.len());
    let mut is_unusable = false;
    for path in &args.profiles {
        match session.profile_and_file(path, io) {
            Ok((profile, file)) => read.push((path, profile, file)),
            Err(Failure::Told) => is_unusable = true,
            Err(failure) => return Err(failure),
        }
    }
    if is_unusable {
        return Err(Failure::Told);
    }
    let library = session.library_version();
    for (path, profile, file) in read {
        let score = session.model.score(&profile, as_of, args.expiring_within);
        let recorder = remember::Recorder {
            db: args.db.as_deref(),
            library: &library,
            expiring_within: args.expiring_within,
            note: args.note.as_deref(),
        };
        let line = recorder.record(path, session.text(file), &score, io)?;
        io.print(&line)?;
        // It is on the disk now, and whoever listens may rely on it.
        io.flush()?;
    }
    Ok(())
}
