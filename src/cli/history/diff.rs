//! `annexa history diff`: what changed between two snapshots, or a snapshot and a profile, and why.
//!
//! Each end is taken for a [`Named`] first, then whose history it is becomes clear, then each is
//! found and made a state. Both are made with one set of models, so that one library stays one.

use super::super::diff::{DiffFormat, render};
use super::super::remember::{self, refused};
use super::super::shared::{Session, date, refuse_two_tenants, titles};
use super::super::{Failure, Global, Io, output};
use super::StoreArgs;
use annexa::{History, Kept, Models, RecordedState, compare, names_snapshot};
use chrono::NaiveDate;
use clap::Args;
use std::path::{Path, PathBuf};

/// Compare two snapshots, or one with a profile: what moved, and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history diff previous
  annexa history diff 2021-06-01 2021-12-01 --tenant contoso.example
  annexa history diff 5f0c2a last --format markdown
  annexa history diff last tenant.toml

A snapshot is named by its id or how it starts, by `last`, `first` or `previous` (the one before
the last), or by a date, for the last snapshot of that date or before it. Anything else is the
path of a profile, whose tenant and history are then meant. `annexa diff` compares profiles alone.")]
pub(super) struct DiffArgs {
    /// The state before: a snapshot, or a profile
    #[arg(value_name = "A")]
    from: String,
    /// The state after
    #[arg(value_name = "B", default_value = "last")]
    to: String,
    /// Whose snapshots are meant by words and dates, where the history has several tenants
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// The date of a profile; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: DiffFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    store: StoreArgs,
}

/// What an argument is before the history is looked at.
enum Named<'a> {
    Snapshot(&'a str),
    Profile(&'a Path),
}

/// A state, and the snapshot it was recorded as if it was.
struct End {
    kept: Option<Kept>,
    state: RecordedState,
}

pub(super) fn run(args: &DiffArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let names = [named(&args.from), named(&args.to)];
    let mut models = Models::default();
    let profiles = profiles(&names, args, global, &mut models, io)?;
    let beside = names.iter().find_map(|name| match name {
        Named::Profile(path) => Some(remember::beside(path)),
        Named::Snapshot(_) => None,
    });
    let path = args.store.db.clone().or(beside).unwrap_or_else(|| args.store.path());
    let of_profile = profiles.iter().flatten().next().map(|state| state.profile().profile().tenant.clone());
    let tenant = args.tenant.clone().or(of_profile);
    let has_snapshots = names.iter().any(|name| matches!(name, Named::Snapshot(_)));
    let history = if has_snapshots { Some(remember::open(&path, io)?) } else { None };
    let kept = match &history {
        Some(history) => found(history, &names, tenant.as_deref()).map_err(|e| refused(e, &path))?,
        None => [None, None],
    };
    let mut end = |kept: Option<Kept>, read: Option<RecordedState>| -> Result<End, Failure> {
        let state = match (read, &kept, &history) {
            (Some(state), _, _) => state,
            (None, Some(kept), Some(history)) => history.state(kept, &mut models).map_err(|e| refused(e, &path))?,
            _ => return Err(Failure::Machine("a state is neither recorded nor read".to_owned())),
        };
        Ok(End { kept, state })
    };
    let ([first, second], [one, two]) = (kept, profiles);
    let (from, to) = (end(first, one)?, end(second, two)?);
    refuse_two_tenants(from.state.profile(), to.state.profile())?;
    if let Some(history) = history.as_ref().filter(|_| !global.quiet) {
        for end in [&from, &to] {
            if let Some(kept) = &end.kept {
                remember::tell_recount(history, kept, &end.state, &path, io)?;
            }
        }
    }
    let mut comparison = compare(&from.state.snapshot(), &to.state.snapshot());
    comparison.from.snapshot = from.kept.as_ref().map(Kept::id);
    comparison.to.snapshot = to.kept.as_ref().map(Kept::id);
    if let Some((language, session)) = titles(args.format.locale(global, io), global, io)? {
        comparison.speak(language, session.model.library());
    }
    let style = if args.output.is_some() { io.style().plain() } else { io.style() };
    output::write(args.output.as_deref(), render(&comparison, args.format, style)?, io)
}

fn named(text: &str) -> Named<'_> {
    let path = Path::new(text);
    let is_path = text == "-" || text.contains(['/', '\\', '.']) || path.exists();
    if names_snapshot(text) || !is_path { Named::Snapshot(text) } else { Named::Profile(path) }
}

/// The states of those ends that are profiles; the faults of both are told.
fn profiles(
    names: &[Named<'_>; 2],
    args: &DiffArgs,
    global: &Global,
    models: &mut Models,
    io: &mut Io<'_>,
) -> Result<[Option<RecordedState>; 2], Failure> {
    if names.iter().all(|name| matches!(name, Named::Snapshot(_))) {
        return Ok([None, None]);
    }
    let mut session = Session::open(global, io)?;
    let as_of = args.as_of.unwrap_or(io.today());
    let [from, to] = names.each_ref().map(|name| {
        let Named::Profile(path) = name else { return Ok(None) };
        remember::state(&mut session, path, as_of, models, io).map(Some)
    });
    Ok([from?, to?])
}

/// The snapshots that are named. An id tells whose history is meant, if nothing else does.
fn found(
    history: &History,
    names: &[Named<'_>; 2],
    tenant: Option<&str>,
) -> Result<[Option<Kept>; 2], annexa::HistoryError> {
    let find = |name: &Named<'_>, tenant: Option<&str>| match name {
        Named::Snapshot(text) => history.find(text, tenant).map(Some),
        Named::Profile(_) => Ok(None),
    };
    let [from, to] = names;
    if tenant.is_some() {
        return Ok([find(from, tenant)?, find(to, tenant)?]);
    }
    // Whichever can be found alone says whose the other is.
    match find(from, None) {
        Ok(first) => {
            let tenant = first.as_ref().map(|kept| kept.identity.tenant.clone());
            Ok([first, find(to, tenant.as_deref())?])
        }
        Err(error) => {
            let Ok(Some(second)) = find(to, None) else { return Err(error) };
            Ok([find(from, Some(&second.identity.tenant))?, Some(second)])
        }
    }
}
