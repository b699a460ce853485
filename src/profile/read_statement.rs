//! Statements about controls and risks: exclusions, inheritance claims, accepted risks.

use super::read::Reading;
use super::{ControlReference, Exclusion, RiskAcceptance};
use crate::diagnostic::{Code, Diagnostic, suggestion};
use crate::id::{ControlIdx, FrameworkIdx};
use crate::library::ControlKind;
use crate::shape::Entry;
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

impl Reading<'_> {
    /// Exclusions and inheritance claims, each spread over the frameworks it holds for.
    pub(super) fn statements(&mut self, top: &Entry<'_, '_>) -> (Vec<Exclusion>, Vec<ControlReference>) {
        let mut exclusions = Vec::new();
        for (control, entry) in self.controls_of(top, "exclusion") {
            let found = &self.library.framework(control.framework).controls;
            if found.get(control.control.position()).is_some_and(|c| c.kind == ControlKind::Clause) {
                self.excluded_clause(&entry);
                continue;
            }
            let justification = entry.string("justification").unwrap_or_default();
            exclusions.push(Exclusion { control, justification });
        }
        let inheritances: Vec<_> = self.controls_of(top, "inheritance").into_iter().map(|(c, _)| c).collect();
        self.overlaps(&inheritances, &exclusions, "claimed as inherited");
        (exclusions, inheritances)
    }

    /// Tells of statements about controls that are excluded.
    pub(super) fn overlaps(&mut self, stated: &[ControlReference], exclusions: &[Exclusion], what: &str) {
        let mut excluded: BTreeMap<(FrameworkIdx, ControlIdx), Span> = BTreeMap::new();
        excluded.extend(exclusions.iter().map(|e| ((e.control.framework, e.control.control), e.control.span)));
        for control in stated {
            if let Some(exclusion) = excluded.get(&(control.framework, control.control)) {
                let message = format!("the control is excluded and {what}");
                let diagnostic = Diagnostic::new(Code::ExclusionOverlap, message).at(control.span, "has no effect");
                self.faults.push(diagnostic.at(*exclusion, "excluded here"));
            }
        }
    }

    fn excluded_clause(&mut self, entry: &Entry<'_, '_>) {
        let Some(control) = entry.text("control") else { return };
        let message = format!("clause `{}` cannot be excluded", control.value);
        let diagnostic =
            Diagnostic::new(Code::ExcludedClause, message).at(control.span, "a requirement, not a control");
        self.faults.push(diagnostic.help("only Annex A controls can be declared not applicable"));
    }

    /// The controls that the entries under `key` name, in order and each once.
    pub(super) fn controls_of<'a, 't>(
        &mut self,
        top: &Entry<'a, 't>,
        key: &str,
    ) -> Vec<(ControlReference, Entry<'a, 't>)> {
        let mut first: BTreeMap<(FrameworkIdx, ControlIdx), Span> = BTreeMap::new();
        let mut list = Vec::new();
        for entry in top.tables(key) {
            let Some(id) = entry.id_text("control") else { continue };
            for (framework, control) in self.find_controls(&entry, &id) {
                if let Some(earlier) = first.insert((framework, control), id.span) {
                    let message = format!("control `{}` stands twice among the `[[{key}]]`", id.value);
                    let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(id.span, "again here");
                    self.faults.push(diagnostic.at(earlier, "first here"));
                    continue;
                }
                list.push((ControlReference { framework, control, span: id.span }, entry));
            }
        }
        list.sort_by_key(|(control, _)| *control);
        list
    }

    fn find_controls(&mut self, entry: &Entry<'_, '_>, id: &Spanned<&str>) -> Vec<(FrameworkIdx, ControlIdx)> {
        self.frameworks_of(entry).map(|frameworks| self.controls_in(&frameworks, id)).unwrap_or_default()
    }

    /// The assessed frameworks that an entry is about; nothing if it names one that is not assessed.
    pub(super) fn frameworks_of(&mut self, entry: &Entry<'_, '_>) -> Option<Vec<FrameworkIdx>> {
        let assessed: BTreeSet<FrameworkIdx> = self.assessed_frameworks();
        let wanted = entry.text("framework");
        if wanted.is_some() && entry.id_text("framework").is_none() {
            return None;
        }
        let name = |f: &FrameworkIdx| self.library.framework(*f).id.value.as_str();
        let frameworks: Vec<FrameworkIdx> = match &wanted {
            Some(wanted) => assessed.iter().copied().filter(|f| name(f) == wanted.value).collect(),
            None => assessed.iter().copied().collect(),
        };
        if let (Some(wanted), true, true) = (&wanted, frameworks.is_empty(), self.knows_all_frameworks(&assessed)) {
            let known: Vec<&str> = assessed.iter().map(name).collect();
            self.unknown(Code::UnknownFramework, "assessed framework", wanted, known);
            return None;
        }
        Some(frameworks)
    }

    /// Of an assessment that was left out nobody knows which controls its framework has.
    fn knows_all_frameworks(&self, assessed: &BTreeSet<FrameworkIdx>) -> bool {
        !self.lacks_assessment && !assessed.is_empty()
    }

    /// The control of this id in each of the frameworks that has it.
    pub(super) fn controls_in(
        &mut self,
        frameworks: &[FrameworkIdx],
        id: &Spanned<&str>,
    ) -> Vec<(FrameworkIdx, ControlIdx)> {
        let library = self.library;
        let find = |f: &FrameworkIdx| library.framework(*f).find_control(id.value).map(|c| (*f, c));
        let found: Vec<_> = frameworks.iter().filter_map(find).collect();
        if found.is_empty() && self.knows_all_frameworks(&self.assessed_frameworks()) {
            let controls = frameworks.iter().flat_map(|f| library.framework(*f).controls.iter());
            let controls = controls.filter(|_| !self.faults.are_many());
            let help = suggestion(id.value, controls.map(|c| c.id.value.as_str()));
            let message = format!("no assessed framework has a control `{}`", id.value);
            let diagnostic = Diagnostic::new(Code::UnknownControl, message).at(id.span, "named here");
            self.faults.push(diagnostic.maybe_help(help));
        }
        found
    }

    fn assessed_frameworks(&self) -> BTreeSet<FrameworkIdx> {
        let templates = self.assessments.iter().map(|a| self.library.template(a.template));
        templates.filter_map(|t| self.library.find_framework(t.framework.value.as_str())).collect()
    }

    /// Accepted risks, by action.
    pub(super) fn acceptances(&mut self, top: &Entry<'_, '_>) -> Vec<RiskAcceptance> {
        let mut list = Vec::new();
        for entry in top.tables("risk_acceptance") {
            let Some(action) = self.action_at(&entry, "action") else { continue };
            let (Some(owner), Some(expires_on)) = (entry.string("owner"), entry.date("expires_on")) else { continue };
            let rationale = entry.string("rationale");
            list.push(RiskAcceptance { action, owner, expires_on: expires_on.value, rationale });
        }
        list.sort_by(|a, b| (a.action.value, a.expires_on, &a.owner).cmp(&(b.action.value, b.expires_on, &b.owner)));
        list
    }
}
