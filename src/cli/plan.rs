//! `annexa plan`: which open work to do, in which order.

use super::shared::{Session, date, percent};
use super::{Exit, Failure, Global, Io, output};
use annexa::report::{Style, plan_csv, plan_markdown, plan_svg, plan_text, to_json};
use annexa::{
    Assignee, AssumedHours, Choice, Objective, Percent, Plan, PlanOptions, TenantProfile, WorkType, suggestion,
};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Which open work to do, in which order: the most for the hours, or the fewest hours to a target
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa plan tenant.toml --budget 120
  annexa plan tenant.toml --target 85 --by 2021-12-01
  annexa plan tenant.toml --objective assurance --budget 40
  annexa plan tenant.toml --assignee it-ops:60 --assignee legal:20 --format csv -o plan.csv

The choice is an exact optimum: it is proved that none is better, or said how far the search got.
Work comes after what it depends on, then by gain per hour. Gains are those of the score after
each step, at the last day, with what lapses until then.")]
pub(crate) struct PlanArgs {
    /// The profile; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    /// What the plan is to raise
    #[arg(long, value_name = "WHAT", default_value = "score", value_parser = objective)]
    objective: Objective,
    /// The hours there are for work that no `--assignee` does
    #[arg(long, value_name = "HOURS")]
    budget: Option<u32>,
    /// The percentage to reach with as few hours as can be; exit with 1 if no plan reaches it
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    target: Option<Percent>,
    /// The day by which the work is done, and of the figures; the date of `--as-of` without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    by: Option<NaiveDate>,
    /// The date of the figures as they stand; today in UTC without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    /// Somebody's hours: work assigned to NAME takes only those, work assigned to nobody may
    #[arg(long, value_name = "NAME:HOURS", value_parser = assignee)]
    assignee: Vec<Assignee>,
    /// The hours of work where none are written down: technical, documentation, operational or provider-evidence
    #[arg(long, value_name = "TYPE=HOURS", value_parser = assumed)]
    assume_hours: Vec<(WorkType, u32)>,
    /// How many nodes of its tree each search for an optimum may visit
    #[arg(long, value_name = "N", default_value_t = PlanOptions::NODE_LIMIT)]
    node_limit: u64,
    /// Over how many steps of hours to tell what they can gain; 0 leaves it out
    #[arg(long, value_name = "STEPS", default_value_t = PlanOptions::FRONTIER, value_parser = clap::value_parser!(u32).range(0..=100))]
    frontier: u32,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: PlanFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PlanFormat {
    /// For people
    Text,
    /// For programs: everything, exactly
    Json,
    /// A row for each step
    Csv,
    /// For pull requests and wikis
    Markdown,
    /// What hours can gain, as a picture
    Svg,
}

pub(crate) fn run(args: &PlanArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let options = options(args, io.today())?;
    let mut session = Session::open(global, io)?;
    let profile = session.profile(&args.profile, io)?;
    if !global.quiet {
        tell_unknown(args, &profile, io);
    }
    let plan = session.model.plan(&profile, &options);
    output::write(args.output.as_deref(), &render(&plan, args, io)?, io)?;
    Ok(if plan.unreachable.is_some() { Exit::Missed } else { Exit::Met })
}

fn render(plan: &Plan, args: &PlanArgs, io: &Io<'_>) -> Result<String, Failure> {
    let internal = |error: String| Failure::Machine(format!("cannot write the result: {error}"));
    let style = if args.output.is_some() { Style::PLAIN } else { io.style() };
    Ok(match args.format {
        PlanFormat::Text => plan_text(plan, style),
        PlanFormat::Markdown => plan_markdown(plan),
        PlanFormat::Svg => plan_svg(plan),
        PlanFormat::Csv => plan_csv(plan).map_err(|e| internal(e.to_string()))?,
        PlanFormat::Json => to_json(plan).map_err(|e| internal(e.to_string()))?,
    })
}

fn options(args: &PlanArgs, today: NaiveDate) -> Result<PlanOptions, Failure> {
    let as_of = args.as_of.unwrap_or(today);
    let by = args.by.unwrap_or(as_of);
    if by < as_of {
        let help = "work is done by `--by`; figures of an earlier day are had with an earlier `--as-of`".to_owned();
        return Err(Failure::input(format!("`--by {by}` is before the date of the figures, {as_of}"), help));
    }
    for (n, one) in args.assignee.iter().enumerate() {
        if args.assignee.iter().take(n).any(|other| other.name == one.name) {
            let help = "add the hours up, and give them once".to_owned();
            return Err(Failure::input(format!("`--assignee` names `{}` twice", one.name.escape_debug()), help));
        }
    }
    let assumed = args.assume_hours.iter().fold(AssumedHours::default(), |all, (work, hours)| all.with(*work, *hours));
    Ok(PlanOptions {
        objective: args.objective,
        by,
        target: args.target,
        budget: args.budget,
        assignees: args.assignee.clone(),
        assumed,
        node_limit: args.node_limit,
        frontier: args.frontier,
        ..PlanOptions::new(as_of)
    })
}

/// Says which assignees have nothing assigned: they may be meant to help, or be misspelt.
fn tell_unknown(args: &PlanArgs, profile: &TenantProfile, io: &mut Io<'_>) {
    let names = || profile.profile().actions.iter().filter_map(|e| e.assigned_to.as_deref());
    for assignee in &args.assignee {
        if !names().any(|name| name == assignee.name) {
            let nearest = suggestion(&assignee.name, names()).map(|help| format!("; {help}")).unwrap_or_default();
            let name = assignee.name.escape_debug();
            io.say(&format!(
                "note: nothing is assigned to `{name}`, whose hours go to work that nobody has{nearest}\n"
            ));
        }
    }
}

/// Parses an objective for clap.
fn objective(text: &str) -> Result<Objective, String> {
    Objective::from_word(text).ok_or_else(|| format!("write one of {}", Objective::WORDS.join(", ")))
}

/// Parses `NAME:HOURS` for clap; a name may hold colons.
fn assignee(text: &str) -> Result<Assignee, String> {
    let wrong = || "write a name and whole hours, such as `it-ops:40`".to_owned();
    let (name, hours) = text.rsplit_once(':').ok_or_else(wrong)?;
    if name.trim().is_empty() {
        return Err(wrong());
    }
    Ok(Assignee { name: name.to_owned(), hours: whole(hours).ok_or_else(wrong)? })
}

/// Parses `TYPE=HOURS` for clap.
fn assumed(text: &str) -> Result<(WorkType, u32), String> {
    let wrong = || format!("write one of {} and whole hours, such as `technical=6`", WorkType::WORDS.join(", "));
    let (work, hours) = text.split_once('=').ok_or_else(wrong)?;
    WorkType::from_word(work).zip(whole(hours)).ok_or_else(wrong)
}

/// Hours as digits; a library counts no more of them for an action.
fn whole(text: &str) -> Option<u32> {
    let is_digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|hours| is_digits && *hours <= 100_000)
}
