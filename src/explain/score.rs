//! The score: assessments, their sides, the domains of each, and what counts more than once.

use super::telling::Assessed;
use super::{Node, NodeKind, SCORE, Telling};
use crate::choice::Choice;
use crate::evaluate::{DomainFigures, Sides, domains};
use crate::library::Owner;
use crate::points::Sums;

/// The whole score, or the assessments asked for.
pub(super) fn roots(telling: &Telling<'_>) -> Vec<Node> {
    let children: Vec<Node> = telling.assessed().iter().map(|a| telling.assessment_node(a)).collect();
    if telling.only.is_some() {
        return children;
    }
    let overall = telling.evaluation.overall.total();
    let mut node = Node::new(NodeKind::Score, SCORE, "over all assessments");
    node.figures = Some(overall);
    node.notes = rules(children.len());
    let summed = sum(children.iter().filter_map(|c| c.figures));
    node.children = children;
    node.children.extend(counted_again(summed.less(&overall)));
    vec![node]
}

fn rules(assessments: usize) -> Vec<String> {
    let mut rules = vec![
        "an action counts once in an assessment, however many controls it serves".to_owned(),
        "an action earns the share of its places that are done and tested, or of its services that evidence names"
            .to_owned(),
        "of what is earned, assured is what a fresh test and current evidence prove".to_owned(),
    ];
    if assessments > 1 {
        let overall = "over all assessments a provider's or technical action counts once, a documentation or operational one once in each group";
        rules.push(format!("{overall}, each with the lowest of its figures"));
    }
    rules
}

impl Telling<'_> {
    fn assessment_node(&self, assessed: &Assessed<'_>) -> Node {
        let mut node = assessed.node();
        let total = assessed.figures.sides.total();
        node.figures = Some(total);
        if let Some(target) = assessed.plan.target {
            let is_met = target.is_reached_by(total.achieved, total.possible);
            node.notes.push(format!("target {target} %: {}", if is_met { "met" } else { "not met" }));
        }
        let found = domains(self.view.compiled, assessed.framework, assessed.stands, assessed.figures);
        for owner in [Owner::Customer, Owner::Provider] {
            let side = side_node(owner, &assessed.figures.sides, &found);
            node.children.extend((!side.children.is_empty()).then_some(side));
        }
        node
    }
}

fn side_node(owner: Owner, sides: &Sides, domains: &[DomainFigures<'_>]) -> Node {
    let of = |sides: &Sides| match owner {
        Owner::Customer => sides.customer,
        Owner::Provider => sides.provider,
    };
    let mut node = Node::new(NodeKind::Side, owner.word(), "");
    node.figures = Some(of(sides));
    for domain in domains {
        let figures = of(&domain.sides);
        if figures != Sums::default() {
            let mut child = Node::new(NodeKind::Domain, domain.group.id.value.as_str(), &domain.group.title);
            child.figures = Some(figures);
            node.children.push(child);
        }
    }
    let summed = sum(node.children.iter().filter_map(|c| c.figures));
    node.children.extend(counted_again(summed.less(&of(sides))));
    node
}

fn sum(list: impl Iterator<Item = Sums>) -> Sums {
    list.fold(Sums::default(), |mut all, sums| {
        all += sums;
        all
    })
}

/// The points that the nodes beside it have more than once, if any.
fn counted_again(figures: Sums) -> Option<Node> {
    let mut node = Node::new(NodeKind::CountedAgain, "", "counted more than once above");
    node.figures = Some(figures);
    (figures != Sums::default()).then_some(node)
}
