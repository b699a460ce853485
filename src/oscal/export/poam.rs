//! The plan of action and milestones: an item for each gap, with what to do, who does it, and by when.

use super::case::Case;
use super::finding::{Finding, RelatedFinding, is_judged};
use super::observation::Observations;
use super::part::{Component, Metadata, Prop, objects};
use super::risk::{RelatedRisk, Risk, Risks, gap_title};
use super::text::{line_or, markup};
use crate::oscal::uuid::Id;
use crate::oscal::words::NAMESPACE;
use crate::result::Gap;
use std::collections::BTreeSet;

objects! {
    /// A plan of action and milestones.
    PlanOfAction {
        uuid: Id,
        metadata: Metadata,
        import_ssp: ImportPlan,
        system_id: SystemId,
        local_definitions: Definitions,
        risks: Vec<Risk>,
        findings: Vec<Finding>,
        poam_items: Vec<Item>,
    }

    /// The system security plan.
    ImportPlan {
        href: String,
    }

    /// The tenant.
    SystemId {
        identifier_type: &'static str,
        id: String,
    }

    /// What is referred to.
    Definitions {
        components: Vec<Component>,
    }

    /// Something to do.
    Item {
        uuid: Id,
        title: String,
        description: String,
        props: Vec<Prop>,
        related_findings: Vec<RelatedFinding>,
        related_risks: Vec<RelatedRisk>,
    }
}

/// The plan of action of an assessment, whose system security plan is at `href`.
pub(super) fn plan_of_action(case: &Case<'_>, href: &str) -> PlanOfAction {
    let risks = Risks::of(case, |_| true);
    let none = Observations::default();
    let open = case.controls().filter(|(score, _)| is_judged(score) && !risks.of_control(&score.id).is_empty());
    let findings: Vec<Finding> = open.map(|(score, sheet)| case.finding(score, sheet, &none, &risks)).collect();
    let found: BTreeSet<Id> = findings.iter().map(|finding| finding.uuid).collect();
    let mut items: Vec<Item> = risks.list.iter().map(|(risk, gap)| case.item(risk, gap, &found)).collect();
    if items.is_empty() {
        items.push(case.nothing());
    }
    PlanOfAction {
        uuid: case.document_id("plan-of-action-and-milestones"),
        metadata: case.metadata("Plan of action and milestones"),
        import_ssp: ImportPlan { href: href.to_owned() },
        system_id: SystemId { identifier_type: NAMESPACE, id: line_or(&case.profile.tenant, "-") },
        local_definitions: Definitions { components: vec![case.this_system(), case.tool()] },
        risks: risks.list.into_iter().map(|(risk, _)| risk).collect(),
        findings,
        poam_items: items,
    }
}

impl Case<'_> {
    fn item(&self, risk: &Risk, gap: &Gap, found: &BTreeSet<Id>) -> Item {
        let controls = match gap.finding.controls.is_empty() {
            true => std::slice::from_ref(&gap.control),
            false => &gap.finding.controls[..],
        };
        let ids = controls.iter().map(|control| self.finding_id(&control.id));
        let related = ids.filter(|id| found.contains(id)).map(|finding_uuid| RelatedFinding { finding_uuid });
        Item {
            uuid: Id::of(&["poam-item", &risk.uuid.to_string()]),
            title: gap_title(gap),
            description: markup(&gap.finding.next_step),
            props: risk.props.clone(),
            related_findings: related.collect(),
            related_risks: vec![RelatedRisk { risk_uuid: risk.uuid }],
        }
    }

    /// The one item where nothing is open, for a plan without an item is none.
    fn nothing(&self) -> Item {
        Item {
            uuid: self.id("poam-item", &["nothing"]),
            title: "Nothing is open".to_owned(),
            description: format!("There is no gap on {}.", self.day.date()),
            props: Vec::new(),
            related_findings: Vec::new(),
            related_risks: Vec::new(),
        }
    }
}
