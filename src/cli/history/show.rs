//! `annexa history show`.

use super::super::remember::{self, refused};
use super::super::{Failure, Io};
use super::StoreArgs;
use clap::{Args, ValueEnum};

/// Show what was recorded: the result, or the profile
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa history show last
  annexa history show 5f0c2a --format json > result.json
  annexa history show last --tenant contoso.example --profile > tenant.toml")]
pub(super) struct ShowArgs {
    /// The id of a snapshot, or how it starts; or `last`, `first`, `previous`, or a date: by date, then as recorded
    #[arg(value_name = "ID")]
    id: String,
    /// Whose snapshot is meant by a word or date, where the history has several tenants
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// The form of the output; JSON is the recorded result, byte for byte
    #[arg(long, value_enum, default_value = "text")]
    format: ShowFormat,
    /// The text of the profile instead
    #[arg(long, conflicts_with = "format")]
    profile: bool,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ShowFormat {
    /// For people: what `annexa score` prints, worked out anew from what was recorded
    Text,
    /// For programs
    Json,
}

pub(super) fn run(args: &ShowArgs, io: &mut Io<'_>) -> Result<(), Failure> {
    let path = args.store.path();
    let history = remember::open(&path, io)?;
    let no = |e| refused(e, &path);
    let kept = history.find(&args.id, args.tenant.as_deref()).map_err(no)?;
    if args.profile {
        return io.print(&history.profile(&kept).map_err(no)?);
    }
    let result = history.result(&kept).map_err(no)?;
    match args.format {
        ShowFormat::Json => io.print(&result),
        ShowFormat::Text => {
            let score = history.replay(&kept).map_err(no)?;
            io.print(&annexa::report::score_text(&score, io.style()))
        }
    }
}
