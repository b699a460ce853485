//! `annexa graph`: what a profile is assessed by, down to the evidence, as a graph.

use super::explain::{heading, known_assessment};
use super::shared::{Session, date};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{
    MERMAID_CHARACTERS, MERMAID_LINKS, network_dot, network_graphml, network_mermaid, network_svg, to_json,
};
use annexa::{Network, suggestion};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// From so many nodes on, a picture is hard to read.
const MANY: usize = 150;

/// Draw a profile as a graph: domains, controls, actions, services and evidence, and how each stands
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa graph tenant.toml --around A.9.4.2 --format svg -o control.svg
  annexa graph tenant.toml --around azure --depth 1 --format mermaid
  annexa graph tenant.toml --format graphml -o tenant.graphml
  annexa graph tenant.toml --around conditional-access-policy-export --format dot | dot -Tpdf -o out.pdf

`--around` keeps what rests on an id and what the id rests on, so many steps each way.")]
pub(crate) struct GraphArgs {
    /// The profile; `-` reads standard input
    profile: PathBuf,
    /// Only what is around a domain, a control, an action, a service, an item of evidence or a template
    #[arg(long, value_name = "ID")]
    around: Option<String>,
    /// With `--around`: how many steps from it, each way
    #[arg(long, value_name = "N", default_value_t = 2, requires = "around")]
    depth: usize,
    /// The date of every state; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Only the assessments of this group or template
    #[arg(long, value_name = "GROUP|TEMPLATE")]
    assessment: Option<String>,
    /// The form of the output
    #[arg(long, value_enum)]
    format: GraphFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GraphFormat {
    /// A picture, which asks for no other program
    Svg,
    /// For Graphviz
    Dot,
    /// For Markdown on GitHub, GitLab and in wikis
    Mermaid,
    /// For programs that draw and examine graphs
    Graphml,
    /// For other programs: everything
    Json,
}

pub(crate) fn run(args: &GraphArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let mut session = Session::open(global, io)?;
    let profile = session.profile(&args.profile, io)?;
    if let Some(only) = &args.assessment {
        known_assessment(&session, &profile, only)?;
    }
    let locale = match args.format {
        GraphFormat::Svg | GraphFormat::Dot | GraphFormat::Mermaid => io.locale(),
        GraphFormat::Graphml | GraphFormat::Json => global.locale_of_data(),
    };
    session.speak(locale);
    let whole = session.spoken().network(&profile, args.as_of.unwrap_or(io.today()), args.assessment.as_deref());
    let network = match &args.around {
        Some(id) => whole.around(id, args.depth).ok_or_else(|| unknown(id, &session, &whole))?,
        None => whole,
    };
    let text = match args.format {
        GraphFormat::Svg => network_svg(&network, locale),
        GraphFormat::Dot => network_dot(&network, locale),
        GraphFormat::Mermaid => network_mermaid(&network, locale),
        GraphFormat::Graphml => network_graphml(&network, locale),
        GraphFormat::Json => {
            to_json(&network).map_err(|e| Failure::Machine(format!("cannot write the result: {e}")))?
        }
    };
    output::write(args.output.as_deref(), &text, io)?;
    if !global.quiet {
        io.say(&size_note(args, &network, &text));
    }
    Ok(Exit::Met)
}

/// An id that no node has: one that the library has and nothing leads to, or none.
fn unknown(id: &str, session: &Session, whole: &Network) -> Failure {
    let library = session.model.library();
    let ids: BTreeSet<&str> = whole.ids().collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let is_known = library.find_action(id).is_some()
        || library.find_service(id).is_some()
        || library.find_evidence(id).is_some()
        || library.frameworks().iter().any(|framework| framework.find_control(id).is_some());
    let help = match is_known {
        true => Some("the library has it, and nothing that is assessed here leads to it".to_owned()),
        false => heading(id, &ids).or_else(|| suggestion(id, ids.iter().copied())),
    };
    Failure::input(format!("nothing in the graph has the id `{}`", id.escape_debug()), help)
}

/// A word about a graph that is too large for its form.
fn size_note(args: &GraphArgs, network: &Network, text: &str) -> String {
    let (nodes, links, characters) = (network.nodes.len(), network.links.len(), text.chars().count());
    let narrower = match args.around {
        None => "`--around ID` draws a part of it",
        Some(_) => "a smaller `--depth` draws less",
    };
    match args.format {
        GraphFormat::Mermaid if links > MERMAID_LINKS || characters > MERMAID_CHARACTERS => format!(
            "note: Mermaid draws no more than {MERMAID_LINKS} links and {MERMAID_CHARACTERS} characters unless its \
             `maxEdges` and `maxTextSize` are raised; here are {links} links and {characters} characters; {narrower}\n"
        ),
        GraphFormat::Svg | GraphFormat::Dot if nodes > MANY => {
            format!("note: {nodes} nodes and {links} links are much for a picture; {narrower}\n")
        }
        _ => String::new(),
    }
}
