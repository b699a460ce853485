//! `annexa history list`.

use super::super::remember::{self, refused};
use super::super::shared::Session;
use super::super::{Failure, Global, Io};
use super::StoreArgs;
use annexa::ListedSnapshot;
use annexa::report::{history_csv, history_text, to_json};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// List the snapshots
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history list
  annexa history list tenant.toml
  annexa history list --db history.db --tenant contoso.example --format csv")]
pub(super) struct ListArgs {
    /// Only those of this profile's tenant; the history is then sought beside it
    #[arg(value_name = "PROFILE", conflicts_with = "tenant")]
    profile: Option<PathBuf>,
    /// Only those of this tenant
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ListFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

pub(super) fn run(args: &ListArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let (path, tenant) = match &args.profile {
        None => (args.store.path(), args.tenant.clone()),
        Some(profile) => {
            let read = Session::open(global, io)?.profile(profile, io)?;
            let path = args.store.db.clone().unwrap_or_else(|| remember::beside(profile));
            (path, Some(read.profile().tenant.clone()))
        }
    };
    let kept = remember::open(&path, io)?.list(tenant.as_deref()).map_err(|e| refused(e, &path))?;
    let listed: Vec<ListedSnapshot> = kept.iter().map(ListedSnapshot::from).collect();
    let internal = |error: String| Failure::Machine(format!("cannot write the list: {error}"));
    let text = match args.format {
        ListFormat::Text => history_text(&listed, io.style()),
        ListFormat::Json => to_json(&listed).map_err(|e| internal(e.to_string()))?,
        ListFormat::Csv => history_csv(&listed).map_err(|e| internal(e.to_string()))?,
    };
    io.print(&text)
}
