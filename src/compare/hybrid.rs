//! States between the two: some causes carried over, the others as they were.
//!
//! A hybrid is an ordinary profile against one of the two libraries at one of the two dates, so the
//! ordinary evaluation says what it comes to. With no cause carried it comes to what the first state
//! does, with all of them to what the second does.

use super::cause::Cause;
use super::pair::{Both, End, Pair};
use super::side::{Link, Side, Standing};
use crate::id::ServiceIdx;
use crate::model::Model;
use crate::profile::{
    ActionEntry, AssessmentPlan, Cohort, ControlReference, EvidenceItem, EvidenceLink, Exclusion, Place, Profile,
    StatementText, Status,
};
use crate::source::{Span, Spanned};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A state between two.
pub(super) struct Hybrid<'a> {
    pub(super) model: &'a Model,
    pub(super) profile: Profile,
    pub(super) as_of: NaiveDate,
}

/// What a hybrid is made from: two states, and which causes are carried.
struct Making<'p, 'a, F> {
    pair: &'p Pair<'a>,
    model: &'a Model,
    as_of: NaiveDate,
    end_of: F,
    /// Where each item of evidence stands in the hybrid.
    places: BTreeMap<&'a str, usize>,
}

/// The state in which exactly the causes whose end is [`End::To`] have been carried.
pub(super) fn hybrid<'a>(pair: &Pair<'a>, end_of: impl Fn(Cause) -> End) -> Hybrid<'a> {
    let model = pair.side(end_of(Cause::Template)).model;
    let as_of = pair.side(end_of(Cause::Currency)).as_of;
    let places = pair.evidence.keys().zip(0..).map(|(id, place)| (*id, place)).collect();
    let making = Making { pair, model, as_of, end_of, places };
    Hybrid { model, profile: making.profile(), as_of }
}

impl<'a, F: Fn(Cause) -> End> Making<'_, 'a, F> {
    fn profile(&self) -> Profile {
        let scope = self.pair.side((self.end_of)(Cause::Scope));
        let library = self.model.library();
        let services = scope.services.iter().filter_map(|id| library.find_service(id));
        Profile {
            name: String::new(),
            tenant: String::new(),
            cohort: Cohort::default(),
            assessments: self.assessments(),
            services: services.map(|service| Spanned::new(service, Span::default())).collect(),
            // What rests on the rest changes no points.
            externals: Vec::new(),
            inheritances: Vec::new(),
            acceptances: Vec::new(),
            statement: StatementText::default(),
            actions: self.actions(),
            evidence: self.evidence(),
            exclusions: self.exclusions(scope),
        }
    }

    fn assessments(&self) -> Vec<AssessmentPlan> {
        let plan = |((template, _), both): (&(&str, &str), &Both<&AssessmentPlan>)| {
            let end = match both.only() {
                Some(_) => (self.end_of)(Cause::NewAssessments),
                None => (self.end_of)(Cause::Currency),
            };
            let template = self.model.library().find_template(template)?;
            Some(AssessmentPlan { template, ..(*both.at(end)?).clone() })
        };
        self.pair.plans.iter().filter_map(plan).collect()
    }

    /// All items of both states. An item that stands in one only is linked by statuses of that state
    /// alone; it names services only with that state's currency.
    fn evidence(&self) -> Vec<EvidenceItem> {
        let now = (self.end_of)(Cause::Currency);
        let item = |both: &Both<&'a EvidenceItem>| {
            let end = both.only().unwrap_or(now);
            let side = self.pair.side(end);
            let found = *both.at(end)?;
            let names = |(service, since): &(ServiceIdx, Option<NaiveDate>)| {
                let id = side.library.service(*service).id.value.as_str();
                // From when it names its services is kept, whatever becomes of the period.
                Some((self.model.library().find_service(id)?, since.or(found.valid_from)))
            };
            // What has begun in its own state has begun wherever a status of that state stands.
            let has_begun = both.only().is_some() && found.valid_from.is_some_and(|from| from <= side.as_of);
            let mut made = found.clone();
            made.services = found.services.iter().filter_map(names).collect();
            made.valid_from = found.valid_from.filter(|_| !has_begun);
            made.provider_kind = found.provider_kind.filter(|_| end == now);
            Some(made)
        };
        self.pair.evidence.values().filter_map(item).collect()
    }

    fn actions(&self) -> Vec<ActionEntry> {
        let mut list = Vec::with_capacity(self.pair.facts.len());
        for ((action, group), fact) in &self.pair.facts {
            let end = fact.cause.map_or(End::From, &self.end_of);
            let found = self.model.library().find_action(action);
            let (Some(action), Some(places)) = (found, fact.status.at(end)) else { continue };
            list.push(ActionEntry {
                action,
                group: Some((*group).to_owned()),
                status: Status::Instances(places.iter().map(|place| self.place(place)).collect()),
                own: None,
                conflict: None,
                assigned_to: None,
                due_on: None,
                notes: None,
                span: Span::default(),
            });
        }
        list
    }

    fn place(&self, standing: &Standing<'a>) -> Place {
        let link = |link: &Link<'a>| match link {
            Link::Own(id) => self.places.get(id).copied().map(EvidenceLink::Own),
            Link::Library(id) => self.model.library().find_evidence(id).map(EvidenceLink::Library),
        };
        Place {
            name: standing.name.map(str::to_owned),
            implementation: standing.implementation,
            test: standing.test,
            source: standing.source,
            implemented_on: None,
            // What has been tested in its own state is fresh at any earlier date.
            tested_on: standing.tested_on.map(|on| on.min(self.as_of)),
            reference: None,
            fraction: Some(Spanned::new(standing.fraction, Span::default())),
            evidence: standing.links.iter().filter_map(link).collect(),
            span: Span::default(),
        }
    }

    fn exclusions(&self, scope: &Side<'a>) -> Vec<Exclusion> {
        let library = self.model.library();
        let exclusion = |(framework, control): &(&str, &str)| {
            let framework = library.find_framework(framework)?;
            let control = library.framework(framework).find_control(control)?;
            let control = ControlReference { framework, control, span: Span::default() };
            Some(Exclusion { control, justification: String::new() })
        };
        scope.exclusions.iter().filter_map(exclusion).collect()
    }
}
