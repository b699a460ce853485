//! Risks: what each gap leaves open, what to do about it, and who accepts it until when.

use super::case::Case;
use super::part::{Prop, objects};
use super::text::{Props, markup, moment};
use crate::choice::Choice;
use crate::dossier::{Acceptance, ActionSheet};
use crate::evaluate::GapKind;
use crate::explain::State;
use crate::library::Owner;
use crate::oscal::uuid::Id;
use crate::oscal::words::{NAMESPACE, control, evidence, gap, service, status};
use crate::result::{Gap, GapFinding};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

objects! {
    /// Something that a gap leaves open.
    Risk {
        uuid: Id,
        title: String,
        description: String,
        statement: String,
        props: Vec<Prop>,
        status: &'static str,
        characterizations: Vec<Characterization>,
        mitigating_factors: Vec<MitigatingFactor>,
        deadline: Option<String>,
        remediations: Vec<Response>,
    }

    /// How big it is, and who says so.
    Characterization {
        origin: Origin,
        facets: Vec<Facet>,
    }

    /// Who says something.
    Origin {
        actors: Vec<Actor>,
    }

    /// This program.
    Actor {
        r#type: &'static str,
        actor_uuid: Id,
    }

    /// A measure.
    Facet {
        name: &'static str,
        system: &'static str,
        value: String,
    }

    /// What makes it smaller.
    MitigatingFactor {
        uuid: Id,
        description: String,
        props: Vec<Prop>,
    }

    /// What is to be done.
    Response {
        uuid: Id,
        lifecycle: &'static str,
        title: String,
        description: String,
        props: Vec<Prop>,
        tasks: Vec<Task>,
    }

    /// A step with a day.
    Task {
        uuid: Id,
        r#type: &'static str,
        title: String,
        timing: Timing,
    }

    /// When.
    Timing {
        on_date: OnDate,
    }

    /// On a day.
    OnDate {
        date: String,
    }

    /// A reference to a risk.
    RelatedRisk {
        risk_uuid: Id,
    }
}

/// Risks with the gap that each comes from, and which of them stand on a control.
pub(super) struct Risks<'a> {
    pub(super) list: Vec<(Risk, &'a Gap)>,
    of_control: BTreeMap<&'a str, Vec<Id>>,
}

impl<'a> Risks<'a> {
    /// The risks of the gaps that are `wanted`, in the order of the gap report.
    pub(super) fn of(case: &Case<'a>, wanted: impl Fn(&GapFinding) -> bool) -> Self {
        let mut risks = Self { list: Vec::new(), of_control: BTreeMap::new() };
        let mut known: BTreeMap<usize, Id> = BTreeMap::new();
        let mut used = BTreeSet::new();
        for gap in case.score.gaps.iter().filter(|gap| wanted(&gap.finding)) {
            // Rows of one finding share it.
            let id = *known.entry(Arc::as_ptr(&gap.finding).addr()).or_insert_with(|| {
                let id = case.gap_id(gap, &mut used);
                risks.list.push((case.risk(id, gap), gap));
                id
            });
            risks.of_control.entry(&gap.control.id).or_default().push(id);
        }
        risks
    }

    pub(super) fn of_control(&self, control: &str) -> Vec<RelatedRisk> {
        let ids = self.of_control.get(control).into_iter().flatten();
        ids.map(|risk_uuid| RelatedRisk { risk_uuid: *risk_uuid }).collect()
    }
}

impl<'a> Case<'a> {
    /// The identifier of a gap by what it is about; a second gap of the same name is told from the first.
    fn gap_id(&self, gap: &Gap, used: &mut BTreeSet<Id>) -> Id {
        let finding = &*gap.finding;
        let action = finding.action.as_ref().map(|a| a.id.as_str());
        let control = if action.is_none() { &gap.control.id } else { "" };
        let [service, item] = [&finding.service_id, &finding.evidence_id].map(|id| id.as_deref().unwrap_or_default());
        let mut count = 1_usize;
        loop {
            let count_word = count.to_string();
            let name = [finding.kind.word(), control, action.unwrap_or_default(), service, item, &count_word];
            let id = self.id("risk", &name);
            if used.insert(id) {
                return id;
            }
            count += 1;
        }
    }

    fn risk(&self, id: Id, gap: &Gap) -> Risk {
        let finding = &*gap.finding;
        let sheet = finding.action.as_ref().and_then(|a| self.action(&a.id));
        let accepted = sheet.and_then(|s| s.accepted.as_ref()).filter(|_| finding.kind == GapKind::RiskAccepted);
        let statement = match (accepted, finding.kind) {
            (Some(accepted), _) => format!("{} accepts the risk until {}.", markup(&accepted.owner), accepted.until),
            (None, GapKind::RiskAccepted) => "The risk is accepted for a time.".to_owned(),
            (None, _) => "Until it is closed, the control is not shown to hold in full.".to_owned(),
        };
        let is_accepted = finding.kind == GapKind::RiskAccepted;
        Risk {
            uuid: id,
            title: gap_title(gap),
            description: markup(&finding.next_step),
            statement,
            props: self.gap_props(gap, accepted),
            status: if is_accepted { "deviation-approved" } else { "open" },
            characterizations: vec![self.characterization(finding)],
            mitigating_factors: if is_accepted { self.mitigating(id, gap) } else { Vec::new() },
            deadline: finding.due_on.or(accepted.map(|a| a.until)).and_then(moment),
            remediations: vec![self.response(id, finding)],
        }
    }

    /// What is known of a gap, as properties.
    pub(super) fn gap_props(&self, gap: &Gap, accepted: Option<&Acceptance>) -> Vec<Prop> {
        let finding = &*gap.finding;
        let controls: Vec<&str> = match finding.controls.is_empty() {
            true => vec![&gap.control.id],
            false => finding.controls.iter().map(|control| control.id.as_str()).collect(),
        };
        Props::default()
            .with(gap::KIND, finding.kind.word())
            .and(gap::CAUSE, finding.cause)
            .and(gap::RISK, finding.risk)
            .and(status::ACTION, finding.action.as_ref().map(|a| &a.id))
            .and(service::SERVICE, finding.service_id.as_deref())
            .and(evidence::EVIDENCE, finding.evidence_id.as_deref())
            .and(status::ASSIGNED_TO, finding.assigned_to.as_deref())
            .and(status::DUE_ON, finding.due_on)
            .with(gap::AT_STAKE, &finding.points_at_stake.exact())
            .and(gap::ACCEPTED_BY, accepted.map(|a| &a.owner))
            .and(gap::ACCEPTED_UNTIL, accepted.map(|a| a.until))
            .and(gap::RATIONALE, accepted.and_then(|a| a.rationale.as_deref()))
            .each(control::CONTROL, controls)
            .list()
    }

    fn characterization(&self, finding: &GapFinding) -> Characterization {
        let facet = |name, value| Facet { name, system: NAMESPACE, value };
        let risk = finding.risk.map(|risk| facet(gap::RISK, risk.word().to_owned()));
        let at_stake = facet(gap::AT_STAKE, finding.points_at_stake.exact());
        let actor = Actor { r#type: "tool", actor_uuid: self.tool_id() };
        Characterization {
            origin: Origin { actors: vec![actor] },
            facets: std::iter::once(at_stake).chain(risk).collect(),
        }
    }

    fn response(&self, id: Id, finding: &GapFinding) -> Response {
        let id = id.to_string();
        let title = finding.action.as_ref().map_or("Close the gap".to_owned(), |a| markup(&a.title));
        let task = finding.due_on.and_then(moment).map(|date| Task {
            uuid: Id::of(&["task", &id]),
            r#type: "milestone",
            title: title.clone(),
            timing: Timing { on_date: OnDate { date } },
        });
        Response {
            uuid: Id::of(&["response", &id]),
            lifecycle: if finding.due_on.is_some() { "planned" } else { "recommendation" },
            title,
            description: markup(&finding.next_step),
            props: Props::default().and(status::ASSIGNED_TO, finding.assigned_to.as_deref()).list(),
            tasks: task.into_iter().collect(),
        }
    }

    /// The organization's other actions on the control that are done and have passed their tests.
    fn mitigating(&self, id: Id, gap: &Gap) -> Vec<MitigatingFactor> {
        let own = gap.finding.action.as_ref().map(|a| a.id.as_str());
        let Some((_, sheet)) = self.controls().find(|(score, _)| score.id == gap.control.id) else { return Vec::new() };
        let done = self.actions(sheet).into_iter().filter(|(action, stands)| {
            action.owner == Owner::Customer && stands.state == State::Covered && Some(action.id.as_str()) != own
        });
        let factor = |action: &ActionSheet| MitigatingFactor {
            uuid: Id::of(&["mitigating-factor", &id.to_string(), &action.id]),
            description: format!("Done, and has passed its tests: {}.", markup(&action.title)),
            props: Props::default().with(status::ACTION, &action.id).list(),
        };
        done.map(|(action, _)| factor(action)).collect()
    }
}

/// What is missing, and of what.
pub(super) fn gap_title(gap: &Gap) -> String {
    let finding = &*gap.finding;
    let mut about = match &finding.action {
        Some(action) => markup(&action.title),
        None => format!("{} {}", markup(&gap.control.id), markup(&gap.control.title)),
    };
    for id in [&finding.service_id, &finding.evidence_id].into_iter().flatten() {
        about.push_str(&format!(" ({})", markup(id)));
    }
    format!("{}: {about}", finding.kind.word().replace('-', " "))
}
