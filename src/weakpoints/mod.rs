//! What a result rests on: for each thing, the points and controls that fall with it alone.
//!
//! [`weakpoints`] takes one thing away at a time, and evaluates what is left as the score does: the figures
//! are those of a profile without it. Which items of evidence can matter at all, alone or as a pair, is read
//! off the `support` graph first; `taken` says what it means that a thing is gone. `result` is the answer.

mod result;
mod support;
mod taken;

pub use result::{
    Examined, Fall, FallingControl, Origin, SharedEvidence, SingleSupport, Support, SupportKind, WeakPair, Weakpoint,
    Weakpoints,
};

use crate::evaluate::{Evaluation, GapView, evaluate};
use crate::explain::{AssessmentName, Comparison, Effect};
use crate::id::{ActionIdx, ControlIdx};
use crate::points::Amount;
use crate::profile::EvidenceLink;
use crate::tenant::Tenant;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use support::SupportGraph;
use taken::Taken;
pub(crate) use taken::evidence as examined_evidence;

/// Evidence is shared by very many controls if it proves something for more than one in so many.
const MANY: usize = 4;

/// And for at least so many.
const AT_LEAST: usize = 5;

/// What the figures of `evaluation`, which is that of the view, rest on.
pub(crate) fn weakpoints(
    view: &GapView<'_>,
    evaluation: &Evaluation,
    kinds: &[SupportKind],
    as_of: NaiveDate,
) -> Weakpoints {
    let mut search = Search { view, whole: evaluation, names: names(view), without: Evaluation::default() };
    let wants = |kind: &SupportKind| kinds.is_empty() || kinds.contains(kind);
    let graph = SupportGraph::build(view, evaluation);
    let alone = graph.alone();
    let (mut examined, mut found) = (Vec::new(), Vec::new());
    for kind in taken::KINDS.into_iter().filter(wants) {
        let things = taken::things(view, kind);
        examined.push(Examined { kind, count: things.len() });
        // An item that dominates nothing can be taken away, and nothing changes.
        let matters = |thing: &Taken| !matches!(thing, Taken::Item(item) if !alone.contains(item));
        for thing in things.into_iter().filter(matters) {
            let fall = search.fall(&thing.tenant(view));
            if !fall.controls.is_empty() {
                found.push((thing, fall));
            }
        }
    }
    let of_evidence = wants(&SupportKind::Evidence);
    let pairs = if of_evidence { search.pairs(&graph, &found) } else { Vec::new() };
    let shared = if of_evidence { search.shared(&graph) } else { Vec::new() };
    let items = ranked(view, found);
    Weakpoints {
        schema: result::SCHEMA,
        tenant: view.profile.tenant.clone(),
        organization: view.profile.name.clone(),
        as_of,
        overall: evaluation.overall().total(),
        examined,
        single_support: search.single_support(&items),
        items,
        pairs,
        shared,
    }
}

/// What falls with each item of evidence alone, over all assessments; items with which nothing does are left out.
pub(crate) fn evidence_falls(view: &GapView<'_>, evaluation: &Evaluation) -> BTreeMap<EvidenceLink, Effect> {
    let mut search = Search { view, whole: evaluation, names: Vec::new(), without: Evaluation::default() };
    let alone = SupportGraph::build(view, evaluation).alone();
    let effect = |item: EvidenceLink| (item, search.effect(&Taken::Item(item).tenant(view)));
    alone.into_iter().map(effect).filter(|(_, effect)| !effect.is_none()).collect()
}

fn ranked(view: &GapView<'_>, found: Vec<(Taken, Fall)>) -> Vec<Weakpoint> {
    let told = found.into_iter().map(|(thing, fall)| Weakpoint { support: thing.support(view), fall });
    let mut items: Vec<Weakpoint> = told.collect();
    items.sort_by(|a, b| (rank(a.fall.effect), &a.support).cmp(&(rank(b.fall.effect), &b.support)));
    items
}

/// What costs most proof first: of as much, what costs most points.
fn rank(effect: Effect) -> (Reverse<Amount>, Reverse<Amount>) {
    (Reverse(effect.assured), Reverse(effect.achieved))
}

fn names(view: &GapView<'_>) -> Vec<AssessmentName> {
    let plans = view.profile.assessments.iter();
    let name = plans.map(|plan| {
        let template = view.library.template(plan.template);
        AssessmentName {
            template: template.id.value.to_string(),
            framework: template.framework.value.to_string(),
            group: plan.group.clone(),
        }
    });
    name.collect()
}

/// Things taken away one after the other, held against the whole.
struct Search<'a> {
    view: &'a GapView<'a>,
    whole: &'a Evaluation,
    names: Vec<AssessmentName>,
    without: Evaluation,
}

impl Search<'_> {
    /// What falls over all assessments between the whole and `tenant`, which lacks something.
    fn effect(&mut self, tenant: &Tenant) -> Effect {
        evaluate(self.view.compiled, tenant, self.view.day, &mut self.without);
        Comparison { less: &self.without, more: self.whole }.overall()
    }

    /// What falls between the whole and `tenant`, with the actions and controls.
    fn fall(&mut self, tenant: &Tenant) -> Fall {
        let effect = self.effect(tenant);
        let loss = Comparison { less: &self.without, more: self.whole };
        let mut actions: BTreeSet<ActionIdx> = BTreeSet::new();
        let mut controls = Vec::new();
        for (position, name) in self.names.iter().enumerate() {
            let Some(figures) = self.whole.assessments.get(position) else { continue };
            let template = self.view.tenant.assessments.get(position).map(|a| self.view.compiled.template(a.template));
            let list = template.into_iter().flat_map(|t| &t.actions).enumerate();
            actions.extend(list.filter(|(slot, _)| !loss.action(position, *slot).is_none()).map(|(_, action)| *action));
            for (control, before) in figures.controls.iter().enumerate() {
                let effect = loss.control(position, control);
                if effect.is_none() {
                    continue;
                }
                let assured = before.sides.total().assured;
                let is_lost = assured != Amount::ZERO && effect.assured == assured;
                let id = self.control_id(position, ControlIdx::at(control));
                controls.push(FallingControl { assessment: name.clone(), id, effect, is_lost });
            }
        }
        Fall { effect, actions: actions.len(), controls }
    }

    fn control_id(&self, position: usize, control: ControlIdx) -> String {
        let plan = self.view.profile.assessments.get(position);
        let framework = plan.map(|p| self.view.compiled.template(p.template).framework);
        let found = framework.and_then(|f| self.view.library.framework(f).controls.get(control.position()));
        found.map(|c| c.id.value.to_string()).unwrap_or_default()
    }

    /// The pairs of evidence with which more falls than with the one and with the other.
    fn pairs(&mut self, graph: &SupportGraph, found: &[(Taken, Fall)]) -> Vec<WeakPair> {
        let alone: BTreeMap<EvidenceLink, Effect> = found
            .iter()
            .filter_map(|(thing, fall)| if let Taken::Item(item) = thing { Some((*item, fall.effect)) } else { None })
            .collect();
        let effect = |item: &EvidenceLink| alone.get(item).copied().unwrap_or_default();
        let mut pairs = Vec::new();
        for [one, other] in graph.pairs() {
            let fall = self.fall(&self.view.tenant.without_item(one).without_item(other));
            let more = fall.effect.beyond(effect(&one)).beyond(effect(&other));
            if !more.is_none() {
                let items = [Taken::Item(one).support(self.view), Taken::Item(other).support(self.view)];
                pairs.push(WeakPair { items, fall, more });
            }
        }
        pairs.sort_by(|a, b| (rank(a.more), &a.items).cmp(&(rank(b.more), &b.items)));
        pairs
    }

    /// For each control, the things without any one of which nothing of it is proved.
    fn single_support(&self, items: &[Weakpoint]) -> Vec<SingleSupport> {
        let mut of_control: BTreeMap<(usize, &str), Vec<&Support>> = BTreeMap::new();
        for item in items {
            for control in item.fall.lost() {
                let position = self.names.iter().position(|name| *name == control.assessment);
                of_control.entry((position.unwrap_or_default(), &control.id)).or_default().push(&item.support);
            }
        }
        let mut rows = Vec::new();
        for (position, name) in self.names.iter().enumerate() {
            let count = self.whole.assessments.get(position).map_or(0, |a| a.controls.len());
            for control in (0..count).map(|n| self.control_id(position, ControlIdx::at(n))) {
                let things = of_control.get(&(position, control.as_str())).into_iter().flatten();
                rows.extend(things.map(|item| SingleSupport {
                    assessment: name.clone(),
                    control: control.clone(),
                    item: (*item).clone(),
                }));
            }
        }
        rows
    }

    /// The evidence that proves something for a large part of the controls of an assessment.
    fn shared(&self, graph: &SupportGraph) -> Vec<SharedEvidence> {
        let is_proved = |sums: &crate::points::Sums| sums.assured != Amount::ZERO;
        let count = |figures: &crate::evaluate::AssessmentFigures| {
            figures.controls.iter().filter(|c| is_proved(&c.sides.total())).count()
        };
        let proved: Vec<usize> = self.whole.assessments.iter().map(count).collect();
        let mut shared = Vec::new();
        for (item, reach) in graph.reach() {
            for (position, controls) in reach {
                let Some((name, proved)) = self.names.get(position).zip(proved.get(position).copied()) else {
                    continue;
                };
                if controls >= AT_LEAST && controls * MANY > proved {
                    let item = Taken::Item(item).support(self.view);
                    shared.push(SharedEvidence { item, assessment: name.clone(), controls, proved });
                }
            }
        }
        shared.sort_by(|a, b| (Reverse(a.controls), &a.item).cmp(&(Reverse(b.controls), &b.item)));
        shared
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that goes wrong should stop, with the place")]
mod tests {
    use super::support::{Node, SupportGraph};
    use super::*;
    use crate::compiled::Compiled;
    use crate::day::Day;
    use crate::graph::Graph;
    use crate::profile::{Unchecked, read};
    use crate::shape::Notation;
    use crate::source::Sources;

    #[test]
    fn dominators_and_figures_name_the_same_controls() {
        let library = crate::builtin::library(&mut Sources::default());
        let compiled = Compiled::new(&library, &Graph::build(&library));
        let mut seen = 0;
        for (_, text) in crate::builtin::profiles() {
            let profile = read(Notation::Toml, text, 1_000, &library, &Unchecked).expect("a sound profile").value;
            let tenant = Tenant::new(&compiled, &profile);
            for date in ["2020-06-01", "2021-12-01"] {
                let date: NaiveDate = date.parse().expect("a date");
                let day = Day::from(date);
                let (library, compiled, profile, tenant) = (&library, &compiled, &profile, &tenant);
                let view = GapView { library, compiled, profile, tenant, day, horizon: day };
                let mut whole = Evaluation::default();
                evaluate(compiled, tenant, day, &mut whole);
                let dominated = SupportGraph::build(&view, &whole).dominated();
                let mut search = Search { view: &view, whole: &whole, names: names(&view), without: whole.clone() };
                for kind in [SupportKind::Evidence, SupportKind::Service] {
                    for thing in taken::things(&view, kind) {
                        let node = match thing {
                            Taken::Item(item) => Node::Item(item),
                            Taken::Service(position) => Node::Proved(position),
                            Taken::Parent(_) | Taken::Assignee(_) => continue,
                        };
                        let by_figures = search.fall(&thing.tenant(&view)).lost().count();
                        let by_ways = dominated.get(&node).map_or(0, BTreeSet::len);
                        assert_eq!(by_ways, by_figures, "{node:?} on {date}");
                        seen += by_ways;
                    }
                }
            }
        }
        assert!(seen > 20, "the profiles have controls that rest on one thing: {seen}");
    }
}
