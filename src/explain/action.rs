//! Actions: what one comes to in an assessment, and the places or services it comes from.

use super::place::words;
use super::telling::Assessed;
use super::{Goal, Node, NodeKind, Share, State, Telling};
use crate::day::Day;
use crate::evaluate::{ActionFigures, services_of};
use crate::id::ActionIdx;
use crate::library::Owner;
use crate::points::{BasisPoints, Sums};
use crate::profile::{ActionEntry, RiskAcceptance, Status};
use crate::tenant::Slot;

/// The action with this id: once for each assessment whose template has it.
pub(super) fn roots(telling: &Telling<'_>, id: &str) -> Vec<Node> {
    let Some(action) = telling.view.library.find_action(id) else { return Vec::new() };
    let mut roots = Vec::new();
    for assessed in telling.assessed() {
        let Some(mut node) = assessed.slot_of(action).and_then(|slot| telling.action_node(&assessed, slot)) else {
            continue;
        };
        node.assessment = Some(assessed.name());
        node.notes.extend(telling.folded(action));
        roots.push(node);
    }
    if roots.is_empty() {
        let library = telling.view.library.action(action);
        let mut node = Node::new(NodeKind::Action, id, &library.title);
        node.state = Some(State::NotUsed);
        node.points = Some(library.points());
        node.notes.push("no assessed template maps it to a control, so it has no effect on the score".to_owned());
        roots.push(node);
    }
    roots
}

impl Telling<'_> {
    /// The action in a slot of an assessment.
    pub(super) fn action_node(&self, assessed: &Assessed<'_>, slot: usize) -> Option<Node> {
        let (action, stands, figures) = assessed.slot(slot)?;
        let library = self.view.library.action(action);
        let mut node = Node::new(NodeKind::Action, library.id.value.as_str(), &library.title);
        node.points = Some(library.points());
        node.figures = Some(figures.sums);
        node.share = share(&figures);
        node.state = Some(state(stands, &figures));
        node.serves = assessed.serves(slot);
        self.entry(assessed, action, &mut node);
        match stands {
            Slot::NotApplicable => node.notes.push(self.why_not_applicable(action)),
            Slot::Unlisted(source) => self.unlisted(source, &mut node),
            Slot::Listed(status) => self.listed(assessed, status, &figures, &mut node),
            Slot::Provider(_) => self.provided(action, &figures, &mut node),
        }
        if figures.counts {
            node.gather();
        } else {
            clear(&mut node);
        }
        if figures.in_scope && !figures.counts {
            node.notes.push("all controls it serves are excluded, so it does not count".to_owned());
        }
        Some(node)
    }

    /// What the profile says of the action beside its status.
    fn entry(&self, assessed: &Assessed<'_>, action: ActionIdx, node: &mut Node) {
        let profile = self.view.profile;
        if let Some(entry) = profile.entry(action, &assessed.plan.group) {
            node.place = self.location(entry.span);
            if let Status::Parent(parent) = &entry.status {
                node.notes.push(format!("its status is that of `{}`", self.action_id(parent.value)));
            }
            node.notes.extend(self.contradiction(entry));
            let due = entry.due_on.map(|d| format!("due {d}"));
            let words: Vec<String> =
                entry.assigned_to.iter().map(|who| format!("assigned to {who}")).chain(due).collect();
            node.notes.extend((!words.is_empty()).then(|| words.join(", ")));
        }
        if let Some(found) = self.accepted(action) {
            node.notes.push(format!("its risk is accepted by {} until {}", found.owner, found.expires_on));
        }
    }

    /// The acceptance of the action's risk that holds longest, if one holds at the day.
    pub(crate) fn accepted(&self, action: ActionIdx) -> Option<&'_ RiskAcceptance> {
        let all = self.view.profile.acceptances_of(action).iter();
        all.filter(|a| Day::from(a.expires_on) >= self.view.day).max_by_key(|a| a.expires_on)
    }

    /// Both of two statuses that contradict each other, and which of them counts.
    fn contradiction(&self, entry: &ActionEntry) -> Option<String> {
        let (own, conflict) = entry.own.as_ref().zip(entry.conflict.as_ref())?;
        let name = conflict.other.name.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
        let which = entry.whose_counts()?;
        Some(format!(
            "its statuses contradict each other: `{}`{}, and `{}`{name}{}; the lower one, {which}, counts",
            words(own),
            self.at(own.span),
            words(&conflict.other),
            self.at(conflict.other.span),
        ))
    }

    fn why_not_applicable(&self, action: ActionIdx) -> String {
        let library = self.view.library.action(action);
        match (&library.services[..], library.owner) {
            ([], _) => format!("the profile uses no service of `{}`", library.provider),
            (services, _) => {
                let ids: Vec<&str> = services.iter().map(|s| s.value.as_str()).collect();
                format!("it concerns only services that the profile does not use: `{}`", ids.join("`, `"))
            }
        }
    }

    fn unlisted(&self, source: ActionIdx, node: &mut Node) {
        node.notes.push("the profile does not list it, so its points stand apart as unassessed".to_owned());
        node.missing.push(self.assess(source));
    }

    fn listed(&self, assessed: &Assessed<'_>, status: usize, figures: &ActionFigures, node: &mut Node) {
        let judged = self.judged(status, assessed);
        node.children = judged.iter().map(|place| self.place_node(place)).collect();
        let in_scope = judged.iter().filter(|p| p.judgement.in_scope).count();
        if let (Some(points), true) = (node.points, judged.len() > 1 && in_scope > 0) {
            let (share, whole) = (figures.earned, points.get());
            node.notes
                .push(format!("the mean of {in_scope} places in scope, rounded down: {share} % of {whole} points"));
        }
    }

    fn provided(&self, action: ActionIdx, figures: &ActionFigures, node: &mut Node) {
        let services = &self.evaluation.services;
        let concerned = services_of(self.view.compiled, self.view.tenant, action, services);
        node.children = concerned.filter_map(|(position, _)| self.service_node(position)).collect();
        let Some(points) = node.points else { return };
        let lacking = |goal: Goal| -> Vec<&str> {
            let services = node.children.iter().filter(|s| s.missing.iter().any(|f| f.goal == goal));
            services.map(|s| s.id.as_str()).collect()
        };
        let (unattested, unproved) = (lacking(Goal::Achieved), lacking(Goal::Assured));
        let all = node.children.len();
        let (share, whole) = (figures.earned, points.get());
        let mut note = match unattested.len() {
            0 => format!("attested for {all} of {all} services used"),
            n => format!("attested for {} of {all} services used, not for `{}`", all - n, unattested.join("`, `")),
        };
        note.push_str(&format!(": {share} % of {whole} points"));
        if !unproved.is_empty() {
            note.push_str(&format!(
                "; no current evidence for `{}`: {} % assured",
                unproved.join("`, `"),
                figures.assured
            ));
        }
        node.notes.push(note);
    }

    /// What the action comes to over all assessments, where there are several.
    fn folded(&self, action: ActionIdx) -> Option<String> {
        let points = self.view.library.action(action).points();
        let counted = self.evaluation.counted(self.view.tenant, action, points);
        if self.view.profile.assessments.len() < 2 || counted.is_empty() {
            return None;
        }
        let shown = |s: &Sums| format!("{} of {}", s.achieved.exact(), s.possible.exact());
        let list: Vec<String> = counted.iter().map(shown).collect();
        let once = match self.view.library.action(action).owner {
            Owner::Customer if counted.len() > 1 => "once in each group",
            _ => "once",
        };
        let rule = "with the lowest of its figures";
        Some(format!("over all assessments it counts {once}, {rule}: {} points", list.join(" and ")))
    }
}

/// The shares of an action that counts.
pub(crate) fn share(figures: &ActionFigures) -> Option<Share> {
    figures.counts.then_some(Share {
        basis_points: figures.earned,
        assured_basis_points: figures.assured,
        unassessed_basis_points: figures.unassessed,
    })
}

/// How an action stands in an assessment.
pub(crate) fn state(stands: Slot, figures: &ActionFigures) -> State {
    match (stands, figures.earned) {
        (Slot::NotApplicable, _) => State::NotApplicable,
        _ if !figures.in_scope => State::NotInScope,
        _ if !figures.counts => State::Excluded,
        (Slot::Unlisted(_), _) => State::NotAssessed,
        (_, earned) if earned.is_whole() => State::Covered,
        (_, BasisPoints::ZERO) => State::Gap,
        _ => State::Partial,
    }
}

/// Nothing is missing from what does not count.
fn clear(node: &mut Node) {
    node.missing.clear();
    node.renewals.clear();
    node.until = None;
    node.children.iter_mut().for_each(clear);
}
