//! The lines of the profile that a check is about.

use super::judge::Judging;
use super::verdict::Place;
use crate::result::Gap;
use crate::source::Span;

impl Judging<'_> {
    /// A place of the profile or the policy.
    pub(super) fn place(&self, span: Span) -> Option<Place> {
        Place::of(span, self.subject.sources)
    }

    /// The `[[assessment]]` at this position of the score.
    pub(super) fn place_of_assessment(&self, position: usize) -> Option<Place> {
        self.profile().assessments.get(position).and_then(|plan| self.place(plan.span))
    }

    /// The entry that gives the status of an action in a group.
    pub(super) fn place_of_action(&self, action: &str, group: &str) -> Option<Place> {
        let action = self.subject.model.library().find_action(action)?;
        self.place(self.profile().entry(action, group)?.span)
    }

    /// The `[[exclusion]]` of a control, or the `[[inheritance]]` that claims it.
    pub(super) fn place_of_statement(&self, framework: &str, control: &str) -> Option<Place> {
        let library = self.subject.model.library();
        let framework = library.find_framework(framework)?;
        let control = library.framework(framework).find_control(control)?;
        let is_it = |of: &crate::profile::ControlReference| (of.framework, of.control) == (framework, control);
        let excluded = self.profile().exclusions.iter().map(|e| &e.control);
        let found = excluded.chain(&self.profile().inheritances).find(|of| is_it(of))?;
        self.place(found.span)
    }

    fn place_of_service(&self, id: &str) -> Option<Place> {
        let profile = self.profile();
        let known = self.subject.model.library().find_service(id);
        let own = profile.services.iter().find(|s| Some(s.value) == known).map(|s| s.span);
        let external = || profile.externals.iter().find(|e| e.id == id).map(|e| e.span);
        own.or_else(external).and_then(|span| self.place(span))
    }

    fn place_of_evidence(&self, id: &str) -> Option<Place> {
        let found = self.profile().evidence.iter().find(|e| e.id.value == id)?;
        self.place(found.id.span)
    }

    fn place_of_acceptance(&self, action: &str) -> Option<Place> {
        let action = self.subject.model.library().find_action(action)?;
        self.place(self.profile().acceptances_of(action).first()?.action.span)
    }

    /// What of a gap stands in the profile: the accepted risk, the evidence, the status, the service,
    /// the exclusion, else the assessment at this position.
    pub(super) fn place_of_gap(&self, gap: &Gap, position: usize) -> Option<Place> {
        let finding = &gap.finding;
        let action = finding.action.as_ref().map(|a| a.id.as_str());
        let accepted = || action.filter(|_| finding.cause.is_some()).and_then(|id| self.place_of_acceptance(id));
        let evidence = || finding.evidence_id.as_deref().and_then(|id| self.place_of_evidence(id));
        let status = || action.and_then(|id| self.place_of_action(id, &gap.scope.group));
        let service = || finding.service_id.as_deref().and_then(|id| self.place_of_service(id));
        let exclusion = || self.place_of_statement(&gap.scope.framework, &gap.control.id);
        let assessment = || self.place_of_assessment(position);
        accepted().or_else(evidence).or_else(status).or_else(service).or_else(exclusion).or_else(assessment)
    }
}
