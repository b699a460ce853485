//! An explanation for a person: the figure, the tree it comes from, what is missing, and the proof.

use super::style::{Style, safe};
use super::text::line;
use super::tree::{at, tone, tree};
use crate::choice::Choice;
use crate::diagnostic::{Code, Severity};
use crate::explain::{Explanation, Fact, FactKind, Goal, Node, NodeKind, State};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How many actions under a service, or renewals, are shown where not all are asked for.
pub const FEW_LINES: usize = 12;
/// How many items of evidence are shown for a service where not all are asked for.
const FEW_EVIDENCE: usize = 4;
/// From so many on, actions that nobody has listed are told in one line.
const MANY_UNLISTED: usize = 4;

/// What a diagnostic code means.
#[must_use]
pub fn code_text(code: Code, style: Style) -> String {
    let severity = match code.severity() {
        Severity::Error => style.bad("error"),
        Severity::Warning => style.warn("warning"),
    };
    format!("{severity}[{}]\n\n{}\n", style.heading(code.name()), style.wrapped("", code.explanation()))
}

/// An explanation; of long lists the first `limit` entries.
#[must_use]
pub fn explanation_text(explanation: &Explanation, limit: Option<usize>, style: Style) -> String {
    let mut text = String::new();
    let name = format!("{} ({})", safe(&explanation.organization), safe(&explanation.tenant));
    line(&mut text, &format!("{name}  as of {}", explanation.as_of));
    for root in &explanation.roots {
        line(&mut text, "");
        head(&mut text, root, style);
        tree(&mut text, root, limit, style);
        facts(&mut text, root, limit, style);
        statuses(&mut text, root, style);
        services(&mut text, root, limit, style);
    }
    text
}

/// What it is, what it comes to, and how that comes about.
fn head(text: &mut String, root: &Node, style: Style) {
    let assessment = root.assessment.as_ref();
    let place = assessment.map(|a| format!("  {}, group {}", safe(&a.framework), safe(&a.group))).unwrap_or_default();
    let title = style.heading(format!("{} {}", safe(&root.id), safe(&root.title)).trim_end());
    line(text, &format!("{title}{}", style.faint(&place)));
    let amounts = [amounts(root), validity(root)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let amounts = if amounts.is_empty() { amounts } else { format!(": {amounts}") };
    match root.state {
        Some(state) => line(text, &format!("  {}{amounts}{}", tone(state, style), written(root, style))),
        None => line(text, &format!("  {}", amounts.trim_start_matches(": "))),
    }
    if let Some(lost) = root.rests.filter(|r| !r.is_none()) {
        let (achieved, assured) = (lost.achieved.exact(), lost.assured.exact());
        line(text, &format!("  without it {achieved} points and {assured} assured points would be lost"));
    }
    if let Some(added) = root.gains {
        let (achieved, assured) = (added.achieved.exact(), added.assured.exact());
        line(text, &format!("  current evidence for it would add {achieved} points and {assured} assured points"));
    }
    notes(text, root, "  ", style);
    if root.kind == NodeKind::Action && !root.serves.is_empty() {
        line(text, &style.wrapped("  ", &format!("serves {}", safe(&root.serves.join(", ")))));
    }
    root.link.iter().for_each(|link| line(text, &format!("  {}", safe(link))));
}

fn notes(text: &mut String, node: &Node, indent: &str, style: Style) {
    node.notes.iter().for_each(|note| line(text, &style.wrapped(indent, &safe(note))));
}

fn amounts(node: &Node) -> Option<String> {
    let sums = node.figures?;
    let mut text =
        format!("{} of {} points, {} assured", sums.achieved.exact(), sums.possible.exact(), sums.assured.exact());
    if sums.unassessed.units() > 0 {
        let _ = write!(text, ", {} unassessed", sums.unassessed.exact());
    }
    Some(text)
}

/// Until when what the node proves is proved.
fn validity(node: &Node) -> Option<String> {
    let date = node.until?;
    Some(match node.state {
        Some(State::Lapsed) => format!("held until {date}"),
        Some(State::NotYet) => format!("until {date}"),
        _ if node.figures.is_some() => format!("assured until {date}"),
        _ => format!("until {date}"),
    })
}

/// Where a node stands written, set off.
fn written(node: &Node, style: Style) -> String {
    let place = node.place.as_ref().filter(|_| node.kind != NodeKind::Control);
    place.map(|p| style.faint(&format!("  {}", at(p)))).unwrap_or_default()
}

/// What would close what is open, by what it would do.
fn facts(text: &mut String, root: &Node, limit: Option<usize>, style: Style) {
    for (goal, title) in [
        (Goal::Achieved, "To earn what is missing"),
        (Goal::Assured, "To prove what is earned"),
        (Goal::Stated, "To bear out what the profile states"),
    ] {
        let list: Vec<&Fact> = root.missing.iter().filter(|f| f.goal == goal).collect();
        fact_list(text, title, &list, None, style);
    }
    let list: Vec<&Fact> = root.renewals.iter().collect();
    fact_list(text, "To keep what is proved, the first to lapse first", &list, limit, style);
}

fn fact_list(text: &mut String, title: &str, list: &[&Fact], limit: Option<usize>, style: Style) {
    if list.is_empty() {
        return;
    }
    line(text, "");
    line(text, &style.heading(title));
    let unlisted = list.iter().filter(|f| f.kind == FactKind::Assess).count();
    let is_many = unlisted >= MANY_UNLISTED;
    if is_many {
        let how = "each implemented, with a dated test that passed, and evidence";
        let all = format!("list the {unlisted} actions that are `{}`: {how}", State::NotAssessed.word());
        line(text, &style.wrapped("  - ", &all));
    }
    let rest: Vec<&&Fact> = list.iter().filter(|f| !is_many || f.kind != FactKind::Assess).collect();
    let count = limit.unwrap_or(rest.len());
    for fact in rest.iter().take(count) {
        let place = fact.place.as_ref().map(|p| style.faint(&format!("  {}", at(p)))).unwrap_or_default();
        let wrapped = style.wrapped("  - ", &safe(&fact.text));
        line(text, &format!("{wrapped}{place}"));
    }
    and_more(text, "  ", rest.len().saturating_sub(count), style);
}

fn and_more(text: &mut String, indent: &str, more: usize, style: Style) {
    if more > 0 {
        line(text, &format!("{indent}{}", style.faint(&format!("and {more} more, shown by `--all`"))));
    }
}

/// The statuses and the shares of services from which the figures of the actions come.
fn statuses(text: &mut String, root: &Node, style: Style) {
    let has_proof = |n: &&Node| n.children.iter().any(|c| matches!(c.kind, NodeKind::Place | NodeKind::Service));
    let all = root.walk();
    let actions: Vec<&Node> = all.into_iter().filter(|n| n.kind == NodeKind::Action).filter(has_proof).collect();
    let is_told = match root.kind {
        // What a provider's action rests on are its services.
        NodeKind::Action => root.children.iter().all(|c| c.kind == NodeKind::Service),
        // Under an item of evidence the tree itself shows the places.
        NodeKind::Evidence => true,
        _ => root.state == Some(State::Excluded),
    };
    if actions.is_empty() || is_told {
        return;
    }
    line(text, "");
    line(text, &style.heading("Where it stands"));
    for action in actions {
        let is_root = std::ptr::eq(action, root);
        if !is_root {
            line(text, &format!("  {}  {}", style.heading(&safe(&action.id)), safe(&action.title)));
            notes(text, action, "    ", style);
        }
        let indent = if is_root { "  " } else { "    " };
        let places = action.children.iter().filter(|c| c.kind == NodeKind::Place);
        places.for_each(|place| place_text(text, place, indent, style));
    }
}

fn place_text(text: &mut String, place: &Node, indent: &str, style: Style) {
    let name = if place.id.is_empty() { String::new() } else { format!("{}: ", safe(&place.id)) };
    let earns = match place.share {
        Some(share) => {
            let assured = share.assured_basis_points;
            format!("earns {} %, assured {assured} %", share.basis_points)
        }
        None => "does not count".to_owned(),
    };
    let status = style.wrapped(indent, &format!("{name}{}; {earns}", safe(&place.title)));
    line(text, &format!("{status}{}", written(place, style)));
    notes(text, place, &format!("{indent}  "), style);
    for evidence in &place.children {
        line(text, &format!("{indent}  {}", evidence_text(evidence, style)));
    }
}

/// `cert-azure: current until 2021-05-13, certificate, names it since 2019-11-08  file:line`.
fn evidence_text(evidence: &Node, style: Style) -> String {
    let mut text = format!("{}: {}", safe(&evidence.id), evidence.state.map(|s| tone(s, style)).unwrap_or_default());
    for word in validity(evidence).iter().chain(&evidence.notes) {
        let _ = write!(text, ", {}", safe(word));
    }
    text + &written(evidence, style)
}

/// Each service on which something rests, once, with the evidence that names it.
fn services(text: &mut String, root: &Node, limit: Option<usize>, style: Style) {
    let mut list = root.walk();
    let mut known = BTreeSet::new();
    list.retain(|n| n.kind == NodeKind::Service && !std::ptr::eq(*n, root) && known.insert(&n.id));
    let title = match root.kind {
        NodeKind::Evidence => "Services it names",
        NodeKind::Service => "Evidence that names it",
        _ => "Services, and the evidence that names them",
    };
    let evidence = evidence_of(root, "  ", limit, style);
    if root.state == Some(State::Excluded) || (list.is_empty() && evidence.is_empty()) {
        return;
    }
    line(text, "");
    line(text, &style.heading(title));
    text.push_str(&evidence);
    for service in list {
        let state = service.state.map(|s| tone(s, style)).unwrap_or_default();
        let until = validity(service).map(|v| format!(" {v}")).unwrap_or_default();
        let name = format!("{} {}", safe(&service.id), safe(&service.title));
        line(text, &format!("  {name}: {state}{until}{}", written(service, style)));
        notes(text, service, "    ", style);
        text.push_str(&evidence_of(service, "    ", limit, style));
    }
}

/// The evidence that names a service, what holds and holds longest first.
fn evidence_of(service: &Node, indent: &str, limit: Option<usize>, style: Style) -> String {
    let mut text = String::new();
    let mut list: Vec<&Node> = service.children.iter().filter(|c| c.kind == NodeKind::Evidence).collect();
    list.sort_by_key(|e| (e.state, e.until.is_some(), Reverse(e.until)));
    let count = limit.map_or(list.len(), |limit| limit.min(FEW_EVIDENCE));
    list.iter().take(count).for_each(|e| line(&mut text, &format!("{indent}{}", evidence_text(e, style))));
    and_more(&mut text, indent, list.len().saturating_sub(count), style);
    text
}
