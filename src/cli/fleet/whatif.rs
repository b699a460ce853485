//! `annexa fleet whatif`: what a whole fleet would come to, if.

use super::engine;
use super::forecast::{FleetFormat, by};
use super::pack_file::PackFile;
use crate::cli::shared::{Session, date};
use crate::cli::{Exit, Failure, Global, Io, output};
use annexa::report::{fleet_whatif_csv, fleet_whatif_text, to_json};
use annexa::{FleetBy, FleetSupposer, FleetSupposition, FleetWhatIf, FleetWhatIfOptions, Library};
use chrono::NaiveDate;
use clap::Args;
use std::path::PathBuf;

/// How many tenants are told by name, unless told otherwise.
const TOP: usize = 10;

/// Show what a whole fleet would lose or gain if evidence were gone, a service retired, or everybody did something
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa fleet whatif fleet.pack --without-evidence azure-certificate
  annexa fleet whatif fleet.pack --implement require-mfa-for-admins --by sector --format csv
  annexa fleet whatif fleet.pack --retire-service yammer --on 2027-01-01 --top 50 --format json

A pack comes from `annexa fleet pack`. `--implement` and `--fail` hold for every tenant that the action
concerns, also where its profile puts it out of scope; an action that takes over the status of another keeps
what it had.")]
pub(crate) struct FleetWhatifArgs {
    /// The pack
    pack: PathBuf,
    /// An item of the library's evidence has never been issued
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    without_evidence: Vec<String>,
    /// A service is retired
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    retire_service: Vec<String>,
    /// Everybody has done an action, tested with success, and can show it
    #[arg(long, value_name = "ACTION,...", value_delimiter = ',')]
    implement: Vec<String>,
    /// Everybody fails the test of an action
    #[arg(long, value_name = "ACTION,...", value_delimiter = ',')]
    fail: Vec<String>,
    /// The date of all figures; today in UTC without it
    #[arg(long, visible_alias = "as-of", value_name = "DATE", value_parser = date)]
    on: Option<NaiveDate>,
    /// Tell tenants apart by this
    #[arg(long, value_parser = by())]
    by: Option<FleetBy>,
    /// How many of the tenants that change most are told
    #[arg(long, value_name = "N", default_value_t = TOP)]
    top: usize,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: FleetFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many threads work; as many as there are cores without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

pub(crate) fn run(args: &FleetWhatifArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let session = Session::open(global, io)?;
    let suppositions = suppositions(args, session.model.library())?;
    let pack = PackFile::open(&args.pack)?;
    let library = session.library_version().digest();
    pack.must_be_of(library)?;
    let as_of = args.on.unwrap_or(io.today());
    let options = FleetWhatIfOptions { as_of, suppositions, by: args.by, top: args.top };
    let pool = engine::threads(args.threads.map(usize::from))?;
    let start = || FleetSupposer::new(&session.model, &options);
    let found = pack.each_block(&pool, start, FleetSupposer::block)?;
    let all = found.into_iter().reduce(FleetSupposer::merge).unwrap_or_else(start);
    let text = render(args, &all.finish(library), io)?;
    output::write(args.output.as_deref(), &text, io)?;
    Ok(Exit::Met)
}

/// All that is supposed, or all that cannot be.
fn suppositions(args: &FleetWhatifArgs, library: &Library) -> Result<Vec<FleetSupposition>, Failure> {
    type Read = fn(&Library, &str) -> Result<FleetSupposition, (String, Option<String>)>;
    let kinds: [(&[String], Read); 4] = [
        (&args.without_evidence, FleetSupposition::without_evidence),
        (&args.retire_service, FleetSupposition::retire_service),
        (&args.implement, FleetSupposition::implement),
        (&args.fail, FleetSupposition::fail),
    ];
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for (ids, read) in kinds {
        for id in ids {
            match read(library, id) {
                Ok(supposition) if found.contains(&supposition) => {}
                Ok(supposition) => found.push(supposition),
                Err(refusal) => refused.push(refusal),
            }
        }
    }
    for id in args.fail.iter().filter(|id| args.implement.contains(id)) {
        let message = format!("the action `{}` cannot be done and failed by everybody", id.escape_debug());
        refused.push((message, Some("name it once".to_owned())));
    }
    if !refused.is_empty() {
        return Err(Failure::Inputs(refused));
    }
    if found.is_empty() {
        let help = "give a change, such as `--without-evidence ID` or `--implement ACTION`".to_owned();
        return Err(Failure::input("nothing is supposed", help));
    }
    Ok(found)
}

fn render(args: &FleetWhatifArgs, found: &FleetWhatIf, io: &Io<'_>) -> Result<String, Failure> {
    let internal = |error: String| Failure::Machine(format!("cannot write the answer: {error}"));
    let style = if args.output.is_some() { io.style().plain() } else { io.style() };
    match args.format {
        FleetFormat::Text => Ok(fleet_whatif_text(found, style)),
        FleetFormat::Csv => fleet_whatif_csv(found).map_err(|e| internal(e.to_string())),
        FleetFormat::Json => to_json(found).map_err(|e| internal(e.to_string())),
    }
}
