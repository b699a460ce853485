//! `annexa library`: what the library holds.

use super::shared::{Session, service, unknown};
use super::{Exit, Failure, Global, Io, export};
use annexa::report::{listing_csv, listing_text, sheets_text, to_json};
use annexa::{
    Browser, Choice, Filter, Library, Listed, Locale, Owner, is_starter_profile, starter_profiles, suggestion,
};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueEnum};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Look into the library: lists, everything about an id, the files themselves
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct LibraryArgs {
    #[command(subcommand)]
    command: LibraryCommand,
}

#[derive(Debug, Subcommand)]
enum LibraryCommand {
    List(ListArgs),
    Show(ShowArgs),
    Export(export::ExportArgs),
}

/// List what there is of a kind; without one, how many of each
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa library list
  annexa library list services
  annexa library list actions --owner customer --service azure --control A.9
  annexa library list actions --format csv > actions.csv
  annexa library list services --lang ko
  annexa library list controls --framework iso-27001-2022 --attribute control_type=detective

JSON and CSV have more columns than the text; with `--lang` they have the English name beside the local one.")]
struct ListArgs {
    /// The kind of thing
    #[arg(value_parser = PossibleValuesParser::new(Listed::WORDS))]
    kind: Option<String>,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
    /// Only controls, actions, templates or crosswalks of this framework
    #[arg(long, value_name = "ID")]
    framework: Option<String>,
    /// Only actions of this owner
    #[arg(long, value_name = "OWNER", value_parser = PossibleValuesParser::new(Owner::WORDS))]
    owner: Option<String>,
    /// Only actions that concern this service, or evidence that names it
    #[arg(long, value_name = "ID")]
    service: Option<String>,
    /// Only this control, or those under this heading, or the actions that serve one of them
    #[arg(long, value_name = "ID")]
    control: Option<String>,
    /// Only controls with this value of an ISO/IEC 27002 attribute, or the actions that serve one of them; may be
    /// given more than once, and then all must hold
    #[arg(long, value_name = "NAME=VALUE", value_parser = attribute)]
    attribute: Vec<(String, String)>,
}

/// Show everything about an id: a framework, heading, control, crosswalk, action, template, provider, service or evidence
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa library show A.9.2.3
  annexa library show office-365 --lang fr
  annexa library show iso-27001-2013--iso-27001-2022
  annexa library show require-mfa-for-admins --format json")]
struct ShowArgs {
    /// The id
    id: String,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: ShowFormat,
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

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ShowFormat {
    /// For people
    Text,
    /// For programs: a list with an object for each role of the id
    Json,
}

pub(crate) fn run(args: &LibraryArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    match &args.command {
        LibraryCommand::List(args) => list(args, global, io)?,
        LibraryCommand::Show(args) => show(args, global, io)?,
        LibraryCommand::Export(args) => export::run(args, global, io)?,
    }
    Ok(Exit::Met)
}

fn list(args: &ListArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let kind = args.kind.as_deref().and_then(Listed::from_word);
    fitting(args, kind)?;
    let session = Session::open(global, io)?;
    let browser = Browser::new(&session.model).in_language(global.lang.and_then(Locale::language));
    let profiles = profiles(&session, global);
    let profiles: Vec<(&str, &str)> = profiles.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let listing = match kind {
        None => browser.counts(profiles.len()),
        Some(kind) => browser.list(kind, &filter(args, session.model.library(), &browser)?, &profiles),
    };
    let internal = |error: String| Failure::Machine(format!("cannot write the list: {error}"));
    let text = match args.format {
        ListFormat::Text => listing_text(&listing, io.style()),
        ListFormat::Json => to_json(&listing).map_err(|e| internal(e.to_string()))?,
        ListFormat::Csv => listing_csv(&listing).map_err(|e| internal(e.to_string()))?,
    };
    io.print(&text)
}

/// A filter that says nothing about the kind is a mistake.
fn fitting(args: &ListArgs, kind: Option<Listed>) -> Result<(), Failure> {
    use Listed::{Actions, Controls, Crosswalks, Evidence, Templates};
    let filters: [(&str, bool, &[Listed]); 5] = [
        ("--framework", args.framework.is_some(), &[Controls, Actions, Templates, Crosswalks]),
        ("--owner", args.owner.is_some(), &[Actions]),
        ("--service", args.service.is_some(), &[Actions, Evidence]),
        ("--control", args.control.is_some(), &[Controls, Actions]),
        ("--attribute", !args.attribute.is_empty(), &[Controls, Actions]),
    ];
    for (name, is_given, kinds) in filters {
        if is_given && kind.is_none_or(|kind| !kinds.contains(&kind)) {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
            let what = kind.map_or("the summary", Choice::word);
            let help = format!("it goes with `{}`", kinds.join("`, `"));
            return Err(Failure::input(format!("`{name}` does not filter {what}"), help));
        }
    }
    Ok(())
}

/// What the arguments let through.
fn filter(args: &ListArgs, library: &Library, browser: &Browser<'_>) -> Result<Filter, Failure> {
    let mut filter = Filter { owner: args.owner.as_deref().and_then(Owner::from_word), ..Filter::default() };
    if let Some(id) = &args.framework {
        let known = library.frameworks().iter().map(|f| f.id.value.as_str());
        let found = library.find_framework(id);
        filter.framework = Some(found.ok_or_else(|| unknown("framework", id, known))?);
    }
    if let Some(id) = &args.service {
        filter.service = Some(service(id, library)?);
    }
    if let Some(id) = &args.control {
        let controls = browser.controls_under(id);
        if controls.is_empty() {
            let known = library.frameworks().iter().flat_map(|f| {
                let groups = f.groups.iter().map(|g| g.id.value.as_str());
                groups.chain(f.controls.iter().map(|c| c.id.value.as_str()))
            });
            return Err(unknown("control or heading", id, known));
        }
        filter.controls = Some(controls);
    }
    for (name, value) in &args.attribute {
        let found = browser.controls_with(name, value);
        if found.is_empty() {
            return Err(unknown_attribute(name, value, library));
        }
        let earlier = filter.controls.take();
        filter.controls = Some(earlier.map_or_else(|| found.clone(), |earlier| &earlier & &found));
    }
    Ok(filter)
}

/// That no control has this value of an attribute: the attribute is none, or the value.
fn unknown_attribute(name: &str, value: &str, library: &Library) -> Failure {
    let all = || library.frameworks().iter().flat_map(|f| &f.controls).flat_map(|c| &c.attributes);
    let of_name = all().filter(|(known, _)| known == name);
    let values: BTreeSet<&str> = of_name.flat_map(|(_, values)| values).map(String::as_str).collect();
    if values.is_empty() {
        let names: BTreeSet<&str> = all().map(|(known, _)| known.as_str()).collect();
        return unknown("attribute of a control", name, names);
    }
    unknown(&format!("control whose `{name}` is"), value, values)
}

/// Parses an attribute and its value for clap.
fn attribute(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(name, value)| !name.is_empty() && !value.is_empty());
    let (name, value) = parts.ok_or("write an attribute as `NAME=VALUE`, such as `control_type=detective`")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The starter profiles of the library as it is used: path inside its folder, and text.
fn profiles<'s>(session: &'s Session, global: &Global) -> BTreeMap<String, &'s str> {
    let builtin = starter_profiles().filter(|_| !global.no_builtin);
    let mut found: BTreeMap<String, &str> = builtin.map(|(path, text)| (path.to_owned(), text)).collect();
    for folder in &global.library {
        for source in (0..).map_while(|number| session.sources.get(number)) {
            let Ok(inside) = Path::new(source.name.as_ref()).strip_prefix(folder) else { continue };
            let path = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            if is_starter_profile(&path) {
                found.insert(path, source.text.as_ref());
            }
        }
    }
    found
}

fn show(args: &ShowArgs, global: &Global, io: &mut Io<'_>) -> Result<(), Failure> {
    let session = Session::open(global, io)?;
    let browser = Browser::new(&session.model).in_language(global.lang.and_then(Locale::language));
    let sheets = browser.sheets(&args.id);
    if sheets.is_empty() {
        let message = format!("nothing in the library has the id `{}`", args.id);
        return Err(Failure::input(message, meant(&args.id, session.model.library(), &browser)));
    }
    let text = match args.format {
        ShowFormat::Text => sheets_text(&sheets, io.style()),
        ShowFormat::Json => to_json(&sheets).map_err(|e| Failure::Machine(format!("cannot write the sheets: {e}")))?,
    };
    io.print(&text)
}

/// What may be meant by an id that is none: a service of that name, the nearest id, or those that contain it.
fn meant(id: &str, library: &Library, browser: &Browser<'_>) -> Option<String> {
    const FEW: usize = 5;
    let wanted = id.to_lowercase();
    let longer: Vec<&str> = browser.ids().filter(|known| known.to_lowercase().contains(&wanted)).take(FEW).collect();
    let containing = (!longer.is_empty()).then(|| format!("ids that contain it: `{}`", longer.join("`, `")));
    library.service_named(id).or_else(|| suggestion(id, browser.ids())).or(containing)
}
