//! How a control is carried: what the organization does, what comes with the services that it uses, and
//! what these leave to it.

use crate::choice::Choice;
use crate::dossier::{ActionSheet, Appraisal, ControlSheet, ServiceAt, ServiceSheet};
use crate::explain::State;
use crate::library::Owner;
use crate::oscal::export::case::Case;
use crate::oscal::export::part::{ImplementationStatus, Prop, objects};
use crate::oscal::export::text::{Props, item, markup};
use crate::oscal::token::control_token;
use crate::oscal::uuid::Id;
use crate::oscal::words::{service, status};
use crate::profile::Implementation;
use crate::result::ControlScore;
use std::collections::BTreeMap;

objects! {
    /// How a control is carried.
    ImplementedRequirement {
        uuid: Id,
        control_id: String,
        props: Vec<Prop>,
        by_components: Vec<ByComponent>,
        remarks: Option<String>,
    }

    /// What a component does for it.
    ByComponent {
        component_uuid: Id,
        uuid: Id,
        description: String,
        props: Vec<Prop>,
        implementation_status: Option<ImplementationStatus>,
        export: Option<Export>,
        inherited: Vec<Inherited>,
        satisfied: Vec<Satisfied>,
    }

    /// What those who build on a component may rely on, and what they have to do.
    Export {
        provided: Vec<Provided>,
        responsibilities: Vec<Responsibility>,
    }

    /// What a component provides.
    Provided {
        uuid: Id,
        description: String,
        props: Vec<Prop>,
    }

    /// What a component leaves to those who build on it.
    Responsibility {
        uuid: Id,
        provided_uuid: Id,
        description: String,
        props: Vec<Prop>,
    }

    /// What is taken over from a component.
    Inherited {
        uuid: Id,
        provided_uuid: Id,
        description: String,
    }

    /// How a responsibility is met.
    Satisfied {
        uuid: Id,
        responsibility_uuid: Id,
        description: String,
    }
}

/// Actions of one side, each with how it stands.
type Side<'a> = Vec<(&'a ActionSheet, &'a Appraisal)>;

impl<'a> Case<'a> {
    pub(super) fn requirement(&self, score: &ControlScore, sheet: &'a ControlSheet) -> ImplementedRequirement {
        let (customer, provider): (Side<'_>, Side<'_>) =
            self.actions(sheet).into_iter().partition(|(action, _)| action.owner == Owner::Customer);
        let mut services: BTreeMap<ServiceAt, Vec<&ActionSheet>> = BTreeMap::new();
        for (action, _) in &provider {
            for at in &action.services {
                services.entry(*at).or_default().push(action);
            }
        }
        let exclusion = sheet.exclusion.as_ref().map(|e| e.justification.as_str());
        let mut by_components = Vec::new();
        if !customer.is_empty() || services.is_empty() || exclusion.is_some() {
            by_components.push(self.by_customer(&score.id, exclusion, &customer));
        }
        // What is not applicable takes nothing over.
        let known = services.into_iter().filter(|_| exclusion.is_none());
        by_components.extend(known.filter_map(|(at, provided)| {
            let service = self.dossier.service(at)?;
            Some(self.by_service(&score.id, at, service, &provided, &customer))
        }));
        ImplementedRequirement {
            uuid: self.id("implemented-requirement", &[&score.id]),
            control_id: control_token(&score.id),
            props: self.control_props(score, sheet).list(),
            by_components,
            remarks: None,
        }
    }

    fn by_customer(&self, control: &str, exclusion: Option<&str>, actions: &Side<'_>) -> ByComponent {
        let description = match exclusion {
            Some(_) => "Declared not applicable in the Statement of Applicability.".to_owned(),
            None if actions.is_empty() => "No action of the organization serves this control.".to_owned(),
            None => {
                let one = |(action, stands): &(&ActionSheet, &Appraisal)| {
                    item(&format!("{}: {}", markup(&action.title), stands.state.word()))
                };
                format!("The organization's actions on this control:\n{}", actions.iter().map(one).collect::<String>())
            }
        };
        let because = |why: &str| match why.is_empty() {
            true => "The profile gives no reason.".to_owned(),
            false => markup(why),
        };
        let implementation_status = match exclusion {
            Some(why) => Some(ImplementationStatus { state: "not-applicable", remarks: Some(because(why)) }),
            None => standing(actions).map(|state| ImplementationStatus { state, remarks: None }),
        };
        ByComponent {
            component_uuid: self.system_id(),
            uuid: self.id("by-component", &[control, "this-system"]),
            description,
            props: Props::default().each(status::ACTION, actions.iter().map(|(action, _)| &action.id)).list(),
            implementation_status,
            export: None,
            inherited: Vec::new(),
            satisfied: Vec::new(),
        }
    }

    fn by_service(
        &self,
        control: &str,
        at: ServiceAt,
        sheet: &ServiceSheet,
        provided: &[&ActionSheet],
        customer: &Side<'_>,
    ) -> ByComponent {
        let id = |sort: &str| self.id(sort, &[control, &self.service_id(sheet).to_string()]);
        let concerns = |action: &ActionSheet| action.services.is_empty() || action.services.contains(&at);
        let left: Side<'_> = customer.iter().filter(|(action, _)| concerns(action)).copied().collect();
        let name = markup(&sheet.name);
        let list = |titles: Vec<&str>| titles.into_iter().map(|title| item(&markup(title))).collect::<String>();
        let provided_titles = list(provided.iter().map(|action| action.title.as_str()).collect());
        let responsibility = (!left.is_empty()).then(|| Responsibility {
            uuid: id("responsibility"),
            provided_uuid: id("provided"),
            description: format!(
                "The customer of {name} does:\n{}",
                list(left.iter().map(|(action, _)| action.title.as_str()).collect())
            ),
            props: Props::default().each(service::RESPONSIBILITY, left.iter().map(|(action, _)| &action.id)).list(),
        });
        let is_attested = sheet.state == State::Attested;
        let inherited = is_attested.then(|| Inherited {
            uuid: id("inherited"),
            provided_uuid: id("provided"),
            description: format!("Taken over from {name}; evidence of its provider names the service."),
        });
        let is_met = matches!(standing(&left), Some("implemented" | "alternative" | "partial"));
        let satisfied = responsibility.as_ref().filter(|_| is_met).map(|responsibility| Satisfied {
            uuid: id("satisfied"),
            responsibility_uuid: responsibility.uuid,
            description: format!("Met as far as the organization's actions stand: {}.", standing(&left).unwrap_or("-")),
        });
        ByComponent {
            component_uuid: self.service_id(sheet),
            uuid: id("by-component"),
            description: match is_attested {
                true => format!("{name} brings its provider's part of this control along."),
                false => format!("No evidence shows that {name} brings its provider's part of this control along."),
            },
            props: Props::default().with(service::STATE, sheet.state.word()).list(),
            implementation_status: is_attested.then_some(ImplementationStatus { state: "implemented", remarks: None }),
            export: Some(Export {
                provided: vec![Provided {
                    uuid: id("provided"),
                    description: format!("The provider of {name} does:\n{provided_titles}"),
                    props: Props::default().each(service::PROVIDED, provided.iter().map(|action| &action.id)).list(),
                }],
                responsibilities: responsibility.into_iter().collect(),
            }),
            inherited: inherited.into_iter().collect(),
            satisfied: satisfied.into_iter().collect(),
        }
    }
}

/// How far actions are implemented, as the Statement of Applicability has it: done, and passed its tests.
/// Nothing where there are none, or nobody has said how any of them stands.
fn standing(actions: &Side<'_>) -> Option<&'static str> {
    let stands = actions.iter().map(|(_, stands)| *stands);
    let in_scope: Vec<&Appraisal> = stands.filter(|stands| stands.state != State::NotInScope).collect();
    if in_scope.is_empty() {
        return (!actions.is_empty()).then_some("not-applicable");
    }
    let places = in_scope.iter().flat_map(|stands| &stands.places);
    let here: Vec<Implementation> =
        places.filter(|place| place.state != State::NotInScope).map(|place| place.implementation).collect();
    let is_all = |state: State| in_scope.iter().all(|stands| stands.state == state);
    let is_some = |state: State| in_scope.iter().any(|stands| stands.state == state);
    match () {
        () if is_all(State::Covered) && here.iter().all(|i| *i == Implementation::Alternative) => Some("alternative"),
        () if is_all(State::Covered) => Some("implemented"),
        () if is_some(State::Covered) || is_some(State::Partial) => Some("partial"),
        () if here.iter().any(|implementation| implementation.is_done()) => Some("partial"),
        () if here.contains(&Implementation::Planned) => Some("planned"),
        () if is_all(State::NotAssessed) => None,
        () => Some("not-implemented"),
    }
}
