//! `annexa oscal import`: a catalogue or component definition becomes a library folder, and what says how a
//! tenant stands goes into its profile, as by `annexa import oscal`.

use super::super::import::{self, ReportFormat, policy};
use super::super::shared::{Session, date, told};
use super::super::{Exit, Failure, Global, Io, output};
use annexa::import::{Content, Format, Input, MAX_IMPORT_BYTES, Policy};
use annexa::report::safe;
use annexa::{Diagnostics, OscalLibrary, OscalOptions, Sources, bytes_of, oscal_library, read_bytes};
use chrono::NaiveDate;
use clap::Args;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Take a document in: a catalogue or components into a library folder, statuses and tests into a profile
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa oscal import catalog.json -o my-library
  annexa oscal import components.yaml --framework nist-sp-800-53-r5 -o my-library
  annexa oscal import components.json --catalog catalog.json -o my-library
  annexa oscal import ssp.json --profile tenant.toml --map map.toml --dry-run
  annexa oscal import assessment-results.json --profile tenant.toml --policy newer

JSON and YAML of OSCAL 1.0 and 1.1 are read. The kind of document is seen from the key at its top; with
`--profile` the command is the same as `annexa import oscal`. `docs/interop/oscal.md` says what becomes of what.")]
pub(crate) struct ImportArgs {
    /// The document; `-` reads standard input
    file: PathBuf,
    /// The library folder to write, a new or an empty one; with `--profile`, the file for the changed profile
    #[arg(short, long, value_name = "PATH", required_unless_present_any = ["dry_run", "profile"])]
    output: Option<PathBuf>,
    /// Write into a folder that is not empty, over files of the same names
    #[arg(long, requires = "output", conflicts_with = "profile")]
    force: bool,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The id of the framework: for a catalogue, or that whose controls the components name
    #[arg(long, value_name = "ID", conflicts_with = "profile")]
    framework: Option<String>,
    /// The id of the provider of the components
    #[arg(long, value_name = "ID", conflicts_with = "profile")]
    provider: Option<String>,
    /// The catalogue whose controls the components name, to go into the same folder
    #[arg(long, value_name = "FILE", conflicts_with = "profile")]
    catalog: Option<PathBuf>,
    /// The profile to be changed by a system security plan, assessment results or a plan of action
    #[arg(long, value_name = "PROFILE")]
    profile: Option<PathBuf>,
    /// When a row takes the place of what the profile says
    #[arg(long, value_name = "POLICY", default_value = "newer", value_parser = policy(), requires = "profile")]
    policy: Policy,
    /// The day of rows that have none
    #[arg(long, value_name = "DATE", value_parser = date, requires = "profile")]
    date: Option<NaiveDate>,
    /// A map file: what controls, components and findings of the document stand for
    #[arg(long, value_name = "FILE", requires = "profile")]
    map: Option<PathBuf>,
    /// The owner of accepted risks that name none
    #[arg(long, value_name = "NAME", requires = "profile")]
    owner: Option<String>,
    /// The last day of accepted risks that name none
    #[arg(long, value_name = "DATE", value_parser = date, requires = "profile")]
    expires: Option<NaiveDate>,
    /// The date of the figures; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date, requires = "profile")]
    as_of: Option<NaiveDate>,
    /// The form of the report on a profile
    #[arg(long, value_enum, default_value = "text", requires = "profile")]
    format: ReportFormat,
}

pub(crate) fn run(args: &ImportArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    match &args.profile {
        Some(profile) => import::take_over(Format::Oscal, &of_tenant(args, profile), global, io),
        None => library(args, global, io),
    }
}

/// The same command as every import into a profile.
fn of_tenant(args: &ImportArgs, profile: &Path) -> import::How {
    import::How {
        files: vec![args.file.clone()],
        profile: profile.to_owned(),
        dry_run: args.dry_run,
        policy: args.policy,
        date: args.date,
        map: args.map.clone(),
        owner: args.owner.clone(),
        expires: args.expires,
        history: None,
        output: args.output.clone(),
        as_of: args.as_of,
        report_format: args.format,
    }
}

fn library(args: &ImportArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut session = Session::open(global, io)?;
    let number = source(&args.file, &mut session.sources, io)?;
    let catalog = match &args.catalog {
        Some(path) => Some(source(path, &mut session.sources, io)?),
        None => None,
    };
    let refused = |faults: Diagnostics, session: &Session, io: &mut Io<'_>| told(&faults, &session.sources, io);
    let made = {
        let options = OscalOptions {
            library: session.model.library(),
            framework: args.framework.as_deref(),
            provider: args.provider.as_deref(),
            catalog: catalog.map(|file| (session.text(file), file)),
        };
        oscal_library(session.text(number), number, &options)
    };
    let draft = made.map_err(|faults| refused(faults, &session, io))?;
    let target = args.output.as_deref().filter(|_| !args.dry_run);
    if let Some(folder) = target {
        output::write_folder(folder, args.force, &draft.files)?;
    }
    io.print(&report(&draft, number, &session.sources))?;
    if let Some(folder) = target.filter(|_| !global.quiet) {
        let count = draft.files.len();
        let files = if count == 1 { "file" } else { "files" };
        io.say(&format!("{count} {files} in {}\n", safe(&folder.display().to_string())));
    }
    Ok(Exit::Met)
}

/// What the folder holds, what was left out, and what was taken for granted.
fn report(draft: &OscalLibrary, number: u32, sources: &Sources) -> String {
    let counts: Vec<String> = draft.counts.iter().map(|(what, count)| format!("{what}: {count}")).collect();
    let mut text = format!("{}\n", counts.join(", "));
    for (path, _) in &draft.files {
        let _ = writeln!(text, "  {}", safe(path));
    }
    if !draft.left.is_empty() {
        let _ = writeln!(text, "\nleft out: {}", draft.left.len());
    }
    for left in &draft.left {
        let place = annexa::Span::new(number, &(left.at..left.at));
        let line = sources.place(place).map_or(0, |(_, line, _)| line);
        let _ = writeln!(text, "  line {line}: {}: {}", safe(&left.id), safe(&left.why));
    }
    for note in &draft.notes {
        let _ = writeln!(text, "\nnote: {}", safe(note));
    }
    text
}

/// Reads a document and adds it to the sources; its number.
fn source(path: &Path, sources: &mut Sources, io: &mut Io<'_>) -> Result<u32, Failure> {
    let mut faults = Diagnostics::new();
    let is_stream = path.as_os_str() == "-";
    let name = if is_stream { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_stream {
        bytes_of(io.input(), &name, MAX_IMPORT_BYTES, &mut faults)
    } else {
        read_bytes(path, MAX_IMPORT_BYTES, &mut faults)
    };
    match bytes.map(|bytes| Input::new(&name, bytes, sources)) {
        Some(Ok(Input { content: Content::Text(number), .. })) => return Ok(number),
        Some(Ok(_)) => {
            let help = "OSCAL is read as JSON or YAML".to_owned();
            return Err(Failure::input(format!("`{}` is a workbook or an archive", safe(&name)), help));
        }
        Some(Err(fault)) => faults.push(fault),
        None => {}
    }
    Err(told(&faults, sources, io))
}
