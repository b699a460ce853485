//! `annexa history prune`.

use super::super::remember::{self, at, refused};
use super::super::shared::date;
use super::super::{Failure, Io};
use super::StoreArgs;
use annexa::report::history_text;
use annexa::{History, Keep, ListedSnapshot};
use chrono::NaiveDate;
use clap::Args;

/// Take old snapshots away; without `--apply` only say which
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history prune --keep-last 24
  annexa history prune --before 2019-01-01 --apply

The log keeps the hash of what is taken away, so that the rest still verifies.")]
pub(super) struct PruneArgs {
    /// Keep so many of each tenant, those of the latest dates
    #[arg(long, value_name = "N", required_unless_present = "before", conflicts_with = "before")]
    keep_last: Option<u32>,
    /// Take those away that are of an earlier date
    #[arg(long, value_name = "DATE", value_parser = date)]
    before: Option<NaiveDate>,
    /// Only those of this tenant
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// Do it; they cannot be brought back
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &PruneArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let mut history: History = remember::open(&path, io)?;
    let keep = match (args.keep_last, args.before) {
        (Some(count), _) => Keep::Last(count),
        (None, day) => Keep::From(day.unwrap_or(NaiveDate::MIN)),
    };
    let going = history.to_prune(keep, args.tenant.as_deref()).map_err(|e| refused(e, &path))?;
    let listed: Vec<ListedSnapshot> = going.iter().map(ListedSnapshot::from).collect();
    if args.apply {
        history.prune(&going, &io.now()).map_err(|e| refused(e, &path))?;
    }
    if !listed.is_empty() {
        io.print(&history_text(&listed, io.style()))?;
    }
    let (count, plural) = (listed.len(), if listed.len() == 1 { "" } else { "s" });
    io.print(&match args.apply {
        true => format!("{count} snapshot{plural} taken away: {}\n", at(&path)),
        false => format!("{count} snapshot{plural} would go; `--apply` takes them away for good\n"),
    })?;
    Ok(())
}
