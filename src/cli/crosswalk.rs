//! `annexa crosswalk`: how the controls of one framework lie to those of another.

use super::shared::{Session, framework, hops, no_way};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{Style, crosswalk_csv, crosswalk_markdown, crosswalk_text, to_json};
use annexa::{ControlIdx, CrosswalkAnswer, CrosswalkQuery, Library, Trust, suggestion};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Follow crosswalks from one framework to another: what each control has there, and how that is known
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa crosswalk iso-27001-2013 iso-27001-2022
  annexa crosswalk iso-27001-2013 nist-csf-2.0 --control A.9.4.2
  annexa crosswalk iso-27001-2013 iso-27001-2022 --format csv > transition.csv

`annexa library list frameworks` names the frameworks.")]
pub(crate) struct CrosswalkArgs {
    /// The framework to start from
    from: String,
    /// The framework to come to
    to: String,
    /// Only this control of FROM
    #[arg(long, value_name = "ID")]
    control: Option<String>,
    /// Over how many relations a way may lead; as few as lead there unless given
    #[arg(long, value_name = "N", value_parser = hops())]
    max_hops: Option<u8>,
    /// Use only relations that are confirmed
    #[arg(long)]
    confirmed: bool,
    /// Name pairs too of which it is left open whether they have anything in common
    #[arg(long)]
    all: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: CrosswalkFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CrosswalkFormat {
    /// For people
    Text,
    /// For programs: everything, exactly
    Json,
    /// For spreadsheets: a row for each pair, and for each control without one
    Csv,
    /// For pull requests and wikis
    Markdown,
}

pub(crate) fn run(args: &CrosswalkArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let session = Session::open(global, io)?;
    let library = session.model.library();
    let (from, to) = (framework(&args.from, library)?, framework(&args.to, library)?);
    if from == to {
        let help = "name another framework to come to".to_owned();
        return Err(Failure::input(format!("`{}` is where the way starts as well", args.to), help));
    }
    let control = args.control.as_deref().map(|id| control(id, &args.from, library)).transpose()?;
    let trust = if args.confirmed { Trust::Confirmed } else { Trust::All };
    let crosswalks = session.model.crosswalks(trust);
    let no_way = || no_way(&crosswalks, library, &[from], to, args.max_hops);
    let max_hops = args.max_hops.or_else(|| crosswalks.distance(from, to)).ok_or_else(no_way)?;
    let query = CrosswalkQuery { from, to, control, max_hops, with_unknown: args.all };
    let answer = crosswalks.answer(&query).ok_or_else(no_way)?;
    output::write(args.output.as_deref(), &render(args, &answer, io)?, io)?;
    Ok(Exit::Met)
}

/// A control of the framework to start from.
fn control(id: &str, from: &str, library: &Library) -> Result<ControlIdx, Failure> {
    let framework = library.find_framework(from).map(|f| library.framework(f));
    let known = framework.into_iter().flat_map(|f| &f.controls).map(|c| c.id.value.as_str());
    let found = framework.and_then(|f| f.find_control(id));
    found.ok_or_else(|| Failure::input(format!("`{from}` has no control `{id}`"), suggestion(id, known)))
}

fn render(args: &CrosswalkArgs, answer: &CrosswalkAnswer, io: &Io<'_>) -> Result<String, Failure> {
    let internal = |error: String| Failure::Machine(format!("cannot write the crosswalk: {error}"));
    let style = if args.output.is_some() { Style::PLAIN } else { io.style() };
    Ok(match args.format {
        CrosswalkFormat::Text => crosswalk_text(answer, style),
        CrosswalkFormat::Markdown => crosswalk_markdown(answer),
        CrosswalkFormat::Csv => crosswalk_csv(answer).map_err(|e| internal(e.to_string()))?,
        CrosswalkFormat::Json => to_json(answer).map_err(|e| internal(e.to_string()))?,
    })
}
