//! One assessment of a tenant at a date: what the three documents on a tenant are written from.

use super::part::{Component, ComponentStatus, Metadata, Resource, ResourceLink, Role};
use super::text::{OscalDay, Props, line_or, markup, reference};
use crate::choice::Choice;
use crate::dossier::{ActionSheet, Appraisal, AssessmentSheet, ControlSheet, Dossier, EvidenceAt, EvidenceSheet};
use crate::library::{Framework, Library};
use crate::model::{Model, TenantProfile};
use crate::oscal::uuid::Id;
use crate::oscal::words::{about, control, evidence};
use crate::profile::Profile;
use crate::result::{Assessment, ControlScore};
use crate::weakpoints::Origin;

/// An assessment with all that is known of it.
pub(super) struct Case<'a> {
    pub(super) library: &'a Library,
    pub(super) profile: &'a Profile,
    pub(super) dossier: &'a Dossier,
    /// The position of the assessment.
    pub(super) position: usize,
    pub(super) score: &'a Assessment,
    pub(super) sheet: &'a AssessmentSheet,
    pub(super) framework: &'a Framework,
    pub(super) day: OscalDay,
}

impl<'a> Case<'a> {
    /// Nothing if the dossier is of another library, has no such assessment, or is of a date that OSCAL cannot write.
    pub(super) fn of(
        model: &'a Model,
        profile: &'a TenantProfile,
        dossier: &'a Dossier,
        position: usize,
    ) -> Option<Self> {
        let library = model.library();
        let score = dossier.score.assessments.get(position)?;
        let template = library.template(library.find_template(&score.template)?);
        let framework = library.framework(library.find_framework(template.framework.value.as_str())?);
        let sheet = dossier.assessments.get(position)?;
        let day = OscalDay::new(dossier.score.as_of)?;
        Some(Self { library, profile: profile.profile(), dossier, position, score, sheet, framework, day })
    }

    /// The identifier of something of the assessment.
    pub(super) fn id(&self, sort: &str, rest: &[&str]) -> Id {
        let scope = [sort, &self.profile.tenant, &self.score.template, &self.score.group];
        Id::of(&[&scope[..], rest].concat())
    }

    /// The identifier of something that all assessments of the tenant share.
    pub(super) fn tenant_id(&self, sort: &str, rest: &[&str]) -> Id {
        Id::of(&[&[sort, &self.profile.tenant][..], rest].concat())
    }

    /// The identifier of a document: it is another one on another day.
    pub(super) fn document_id(&self, sort: &str) -> Id {
        self.id(sort, &[&self.day.date().to_string()])
    }

    pub(super) fn metadata(&self, what: &str) -> Metadata {
        let organization = &self.dossier.score.organization;
        let title = format!("{what} of {}: {}", markup(organization), markup(&self.score.title));
        let role = Role { id: "system-owner", title: "The organization that is assessed" };
        let metadata = Metadata::new(title, self.day.moment(), &self.day.date().to_string());
        let mut metadata = metadata.with_party(self.organization_id(), &line_or(organization, "-"), role);
        metadata.props = Props::default()
            .with(about::TENANT, &self.profile.tenant)
            .with(about::TEMPLATE, &self.score.template)
            .with(about::FRAMEWORK, &self.score.framework)
            .with(about::GROUP, &self.score.group)
            .with(about::AS_OF, &self.day.date().to_string())
            .list();
        metadata
    }

    pub(super) fn organization_id(&self) -> Id {
        self.tenant_id("party", &["organization"])
    }

    pub(super) fn system_id(&self) -> Id {
        self.tenant_id("component", &["this-system"])
    }

    /// The component that stands for all that the organization does itself.
    pub(super) fn this_system(&self) -> Component {
        Component {
            uuid: self.system_id(),
            r#type: "this-system",
            title: markup(&self.dossier.score.organization),
            description: "What the organization does itself: its settings, policies and procedures.".to_owned(),
            props: Vec::new(),
            links: Vec::new(),
            status: ComponentStatus { state: "operational", remarks: None },
            remarks: None,
        }
    }

    pub(super) fn tool_id(&self) -> Id {
        Id::of(&["component", "annexa"])
    }

    /// The component that stands for this program, which judges.
    pub(super) fn tool(&self) -> Component {
        Component {
            uuid: self.tool_id(),
            r#type: "software",
            title: "annexa".to_owned(),
            description: "The program that wrote this document from a profile and a library of actions.".to_owned(),
            props: Vec::new(),
            links: Vec::new(),
            status: ComponentStatus { state: "operational", remarks: None },
            remarks: None,
        }
    }

    /// The controls with their figures and what stands beside these, in catalogue order.
    pub(super) fn controls(&self) -> impl Iterator<Item = (&'a ControlScore, &'a ControlSheet)> {
        self.score.controls.iter().zip(&self.sheet.controls)
    }

    /// The sheet of an action.
    pub(super) fn action(&self, id: &str) -> Option<&'a ActionSheet> {
        let sheets = &self.dossier.actions;
        let at = sheets.binary_search_by(|sheet| sheet.id.as_str().cmp(id)).ok()?;
        sheets.get(at)
    }

    /// The actions that serve a control, each with how it stands in the assessment.
    pub(super) fn actions(&self, sheet: &'a ControlSheet) -> Vec<(&'a ActionSheet, &'a Appraisal)> {
        let actions = sheet.actions.iter().filter_map(|at| self.dossier.action(*at));
        actions.filter_map(|action| Some((action, action.appraisal(self.position)?))).collect()
    }

    pub(super) fn evidence_id(&self, item: &EvidenceSheet) -> Id {
        match item.origin {
            Origin::Library => Id::of(&["resource", "evidence", "library", &item.id]),
            Origin::Profile => self.tenant_id("resource", &["evidence", "profile", &item.id]),
        }
    }

    /// The items at these positions.
    pub(super) fn evidence(&self, items: &'a [EvidenceAt]) -> impl Iterator<Item = &'a EvidenceSheet> {
        items.iter().filter_map(|at| self.dossier.evidence_item(*at))
    }

    /// The evidence register, as resources.
    pub(super) fn register(&self) -> Vec<Resource> {
        self.dossier.evidence.iter().map(|item| self.resource(item)).collect()
    }

    fn resource(&self, item: &EvidenceSheet) -> Resource {
        let link = item.link.as_deref();
        let href = link.and_then(reference);
        Resource {
            uuid: self.evidence_id(item),
            title: Some(markup(item.title.as_deref().unwrap_or(&item.id))),
            description: None,
            props: Props::default()
                .with(evidence::EVIDENCE, &item.id)
                .with(evidence::ORIGIN, item.origin.word())
                .and(evidence::KIND, item.kind.as_deref())
                .and(evidence::REFERENCE, item.reference.as_deref())
                .and(evidence::VALID_FROM, item.valid_from)
                .and(evidence::VALID_TO, item.valid_to)
                .list(),
            // What no link may be made of is told all the same.
            remarks: link.filter(|_| href.is_none()).map(markup),
            rlinks: href.map(|href| ResourceLink { href }).into_iter().collect(),
        }
    }

    /// What a control comes to, as properties.
    pub(super) fn control_props(&self, score: &ControlScore, sheet: &ControlSheet) -> Props {
        let exclusion = sheet.exclusion.as_ref();
        Props::default()
            .with(control::CONTROL, &score.id)
            .with(control::STATUS, score.status.word())
            .and(control::RESPONSIBILITY, score.responsibility)
            .and(control::SHARED_GAP, score.shared_gap)
            .and(control::JUSTIFICATION, exclusion.map(|e| &e.justification))
            .and(control::CLAIMED_INHERITED, sheet.claimed_inherited.as_ref().map(|_| "true"))
    }
}
