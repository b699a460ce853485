//! A plan for people, spreadsheets and wikis: what to do in which order, and how good that is.

use super::csv::{finish, neutral, two_places, writer};
use super::markdown::{cell, rows};
use super::style::{Style, safe};
use super::table::{align_right, cell_text};
use super::text::line;
use crate::choice::Choice;
use crate::plan::{Bound, HeldBy, Objective, Plan, SHARE_OF_RENEWAL, Standing, Step};
use crate::points::{Amount, Percent, WHOLE};
use std::fmt::Write;

/// How many steps are shown to a person; the other forms have all.
const FEW_STEPS: usize = 25;
/// How many things that hold a figure down are named.
const FEW_IDS: usize = 5;

const STEPS: [&str; 9] = ["", "Work", "", "", "Group", "Who", "Hours", "Gain", "Then"];
const FRONTIER: [&str; 4] = ["Hours", "Taken", "Gain", "Then"];

/// A plan as text.
#[must_use]
pub fn plan_text(plan: &Plan, style: Style) -> String {
    let mut text = String::new();
    let name = format!("{} ({})", safe(&plan.organization), safe(&plan.tenant));
    line(&mut text, &format!("{}  as of {}", style.heading(&name), plan.as_of));
    line(&mut text, &style.heading(&headline(plan)));
    for said in said(plan) {
        line(&mut text, &style.wrapped("  ", &safe(&said)));
    }
    if let Some(reasons) = reasons(plan) {
        line(&mut text, "");
        line(&mut text, &style.bad(&reasons.0));
        for reason in reasons.1 {
            line(&mut text, &style.wrapped("  ", &safe(&reason)));
        }
    }
    if !plan.chosen.is_empty() {
        line(&mut text, "");
        table(&mut text, &STEPS, &[0, 6, 7, 8], steps(plan).take(FEW_STEPS), style);
        if plan.chosen.len() > FEW_STEPS {
            let left = plan.chosen.len() - FEW_STEPS;
            line(
                &mut text,
                &style.faint(&format!("  and {left} more; `--format csv`, `json` and `markdown` have all")),
            );
        }
    }
    if !plan.frontier.is_empty() {
        line(&mut text, "");
        line(&mut text, &style.heading("What hours can gain"));
        table(&mut text, &FRONTIER, &[0, 1, 2, 3], frontier(plan), style);
    }
    text
}

/// A plan as Markdown.
#[must_use]
pub fn plan_markdown(plan: &Plan) -> String {
    let mut text = format!("# {} as of {}\n\n{}\n\n", cell(&plan.organization), plan.as_of, cell(&headline(plan)));
    for said in said(plan) {
        let _ = writeln!(text, "- {}", cell(&said));
    }
    if let Some((head, list)) = reasons(plan) {
        let _ = write!(text, "\n**{}**\n\n", cell(&head));
        list.iter().for_each(|reason| text.push_str(&format!("- {}\n", cell(reason))));
    }
    text.push('\n');
    if !plan.chosen.is_empty() {
        rows(&mut text, &STEPS, 6, steps(plan));
    }
    if !plan.frontier.is_empty() {
        text.push_str("## What hours can gain\n\n");
        rows(&mut text, &FRONTIER, 0, frontier(plan));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A row for each step of a plan.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn plan_csv(plan: &Plan) -> Result<String, csv::Error> {
    let mut writer = writer();
    let head =
        ["tenant", "by", "step", "action", "kind", "title", "group", "assignee", "hours", "hours_assumed", "gain"];
    writer.write_record(head.iter().chain(&["percent", "after"]))?;
    for (step, number) in plan.chosen.iter().zip(1..) {
        let cells = [
            plan.tenant.clone(),
            plan.by.to_string(),
            format!("{number}"),
            step.action.clone(),
            step.kind.word().to_owned(),
            step.title.clone(),
            step.group.clone().unwrap_or_default(),
            step.assignee.clone().unwrap_or_default(),
            step.hours.to_string(),
            step.assumed.to_string(),
            step.gain.to_string(),
            step.percent.map(two_places).unwrap_or_default(),
            step.after.join(";"),
        ];
        writer.write_record(cells.iter().map(|cell| neutral(cell).into_owned()))?;
    }
    finish(writer)
}

/// What the plan comes to, in a line.
fn headline(plan: &Plan) -> String {
    let count = match plan.chosen.len() {
        0 if plan.target.is_none() && plan.open.pieces > 0 => return "No open work fits within these hours".to_owned(),
        0 => return "Nothing to do".to_owned(),
        1 => "1 piece of work".to_owned(),
        count => format!("{count} pieces of work"),
    };
    format!("{count}, {} hours, {}", plan.hours, gained(plan, plan.gain))
}

/// A gain with its unit and sign.
fn gained(plan: &Plan, gain: Amount) -> String {
    let one = u64::from(WHOLE);
    match plan.objective {
        Objective::Controls if gain.units() == one => "1 more control covered".to_owned(),
        Objective::Controls => format!("{} more controls covered", gain.exact()),
        Objective::Score => format!("{} more points", gain.exact()),
        Objective::Assurance => format!("{} more points assured", gain.exact()),
    }
}

pub(super) fn shown(percent: Option<Percent>) -> String {
    percent.map_or_else(|| "n/a".to_owned(), |p| format!("{} %", two_places(p)))
}

/// What is raised, by its name.
pub(super) fn name_of(plan: &Plan) -> &'static str {
    match plan.objective {
        Objective::Score => "Score",
        Objective::Assurance => "Assurance",
        Objective::Controls => "Controls covered",
    }
}

/// What a reader must know of the plan: figures, proof, comparison, assumptions.
fn said(plan: &Plan) -> Vec<String> {
    let figure = |standing: &Standing| shown(standing.percent(plan.objective));
    let name = name_of(plan);
    let mut list = Vec::new();
    if plan.by == plan.as_of {
        list.push(format!("{name} {}, then {}", figure(&plan.before), figure(&plan.after)));
    } else {
        let (now, before, after) = (figure(&plan.now), figure(&plan.before), figure(&plan.after));
        list.push(format!("{name} {now} now; by {}: {before} if nothing is done, {after} by the plan", plan.by));
    }
    list.push(proof(plan));
    list.push(baseline(plan));
    for load in &plan.assignees {
        list.push(format!("{}: {} of {} hours", load.name, load.used, load.hours));
    }
    if let Some(assumed) = assumed(plan) {
        list.push(assumed);
    }
    list
}

fn proof(plan: &Plan) -> String {
    match (plan.optimal, plan.bound) {
        (true, Bound::Gain(_)) => "Proved: no choice of work within these hours gains more".to_owned(),
        (true, Bound::Hours(_)) => "Proved: no choice of work reaches the target with fewer hours".to_owned(),
        (false, Bound::Gain(bound)) => {
            let gap = gained(plan, bound.less(plan.gain));
            format!(
                "Not proved within the node limit: another choice may gain up to {gap}; `--node-limit` searches longer"
            )
        }
        (false, Bound::Hours(bound)) => format!(
            "Not proved within the node limit: another choice may need as few as {bound} hours; `--node-limit` searches longer"
        ),
    }
}

fn baseline(plan: &Plan) -> String {
    let baseline = &plan.baseline_by_points;
    let taken = format!("Down the list by points: {}, {} hours", gained(plan, baseline.gain), baseline.hours);
    if matches!(plan.bound, Bound::Hours(_)) {
        return match baseline.hours.saturating_sub(plan.hours) {
            _ if baseline.gain < plan.gain && baseline.percent < plan.target => {
                format!("{taken}, which misses the target")
            }
            0 => taken,
            saved => format!("{taken}; the plan saves {saved}"),
        };
    }
    let more = plan.gain.less(baseline.gain);
    if more == Amount::ZERO {
        return taken;
    }
    let share = Percent::of(more, baseline.gain);
    let by = share.map_or_else(String::new, |share| format!(", {share} % more"));
    format!("{taken}; the plan gains {}{by}", more.exact())
}

/// That hours are not what somebody wrote down.
fn assumed(plan: &Plan) -> Option<String> {
    let count = plan.chosen.iter().filter(|step| step.assumed).count();
    let hours = &plan.assumed_hours;
    (count > 0).then(|| {
        format!(
            "Hours marked ~ are assumed, for {count} of {}: where an action has none, {} (technical), {} (documentation), {} (operational); a test, evidence gathered or renewed, 1/{SHARE_OF_RENEWAL} of the action's; a provider's evidence, {}",
            plan.chosen.len(),
            hours.technical,
            hours.documentation,
            hours.operational,
            hours.provider_evidence,
        )
    })
}

/// Why a target is out of reach.
fn reasons(plan: &Plan) -> Option<(String, Vec<String>)> {
    let found = plan.unreachable.as_ref()?;
    let head = format!("No plan reaches {} %", two_places(found.target));
    let mut list = vec![format!("with all work done: {}", shown(found.percent_with_all_work))];
    for held in &found.held_down {
        let what = match held.by {
            HeldBy::Hours => "work for which the hours do not suffice",
            HeldBy::ServiceNotCertified => "services that the provider does not list in scope",
            HeldBy::ProviderUnattested => "services that no evidence names",
            HeldBy::EvidenceMissing => "services whose evidence does not hold, and of which none could be renewed",
            HeldBy::UnmappedControl => "controls without an action that applies",
            HeldBy::ControlNotInScope => "controls whose actions are all out of scope",
            HeldBy::NotDoable => "actions that no work raises",
        };
        let unit = if plan.objective == Objective::Controls { "controls" } else { "points" };
        let few = held.ids.iter().take(FEW_IDS).cloned().collect::<Vec<_>>().join(", ");
        let more =
            if held.ids.len() > FEW_IDS { format!(" and {} more", held.ids.len() - FEW_IDS) } else { String::new() };
        let named = if few.is_empty() { few } else { format!(": {few}{more}") };
        list.push(format!("{} {unit} for {what}{named}", held.lost.exact()));
    }
    Some((head, list))
}

fn steps(plan: &Plan) -> impl Iterator<Item = Vec<String>> {
    plan.chosen.iter().zip(1..).map(|(step, number): (&Step, usize)| {
        let mark = if step.assumed { "~" } else { "" };
        vec![
            number.to_string(),
            step.action.clone(),
            step.kind.word().to_owned(),
            step.title.clone(),
            step.group.clone().unwrap_or_default(),
            step.assignee.clone().unwrap_or_default(),
            format!("{mark}{}", step.hours),
            step.gain.exact(),
            shown(step.percent),
        ]
    })
}

fn frontier(plan: &Plan) -> impl Iterator<Item = Vec<String>> {
    plan.frontier.iter().map(|point| {
        let mark = if point.optimal { "" } else { "at least " };
        let gain = format!("{mark}{}", point.gain.exact());
        vec![point.budget.to_string(), point.hours.to_string(), gain, shown(point.percent)]
    })
}

fn table(text: &mut String, head: &[&str], numbers: &[usize], list: impl Iterator<Item = Vec<String>>, style: Style) {
    let mut table = style.table(head);
    for row in list {
        table.add_row(row.iter().map(|c| cell_text(c)));
    }
    align_right(&mut table, numbers);
    text.push_str(&style.draw(&table));
}
