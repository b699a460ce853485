//! Text to profile: the top of it, the assessments and the services.
//!
//! [`read`] is the way in; the actions, the evidence and the statements about controls have files
//! of their own. Everything wrong is gathered; a profile comes out only if nothing was.

use super::{AssessmentPlan, Cohort, DEFAULT_GROUP, ExternalService, MAX_ASSESSMENTS, MAX_EXTERNALS, PROFILE, Profile};
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics, listed, quoted, suggestion};
use crate::id::{ActionIdx, ServiceIdx, TemplateIdx};
use crate::library::Library;
use crate::points::Percent;
use crate::shape::{Entry, Notation, document_in};
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// The folder of a profile, as far as evidence files in it can be asked for.
pub trait EvidenceFolder {
    /// The SHA-256 of the file at `path` inside the folder, in lowercase hexadecimal; `Ok(None)` if
    /// files are not looked at.
    ///
    /// # Errors
    /// Why the file cannot be read, in the words of the operating system.
    fn digest(&self, path: &str) -> Result<Option<String>, String>;
}

/// No folder: evidence files are not looked at.
#[derive(Clone, Copy, Debug)]
pub struct Unchecked;

impl EvidenceFolder for Unchecked {
    fn digest(&self, _: &str) -> Result<Option<String>, String> {
        Ok(None)
    }
}

/// Reads a profile in this notation against `library`.
///
/// # Errors
/// All faults of the text, with warnings among them.
pub fn read(
    notation: Notation,
    text: &str,
    file: u32,
    library: &Library,
    folder: &dyn EvidenceFolder,
) -> Result<Checked<Profile>, Diagnostics> {
    let mut faults = Diagnostics::new();
    let profile = document_in(notation, text, file, &PROFILE, &mut faults, |top, faults| {
        let (assessments, services) = (Vec::new(), Vec::new());
        let mut reading = Reading { library, folder, faults, assessments, lacks_assessment: false, services };
        reading.profile(&top)
    });
    match profile.flatten() {
        Some(profile) => faults.into_result(profile),
        None => Err(faults),
    }
}

/// What is known while a profile is read.
pub(super) struct Reading<'a> {
    pub(super) library: &'a Library,
    pub(super) folder: &'a dyn EvidenceFolder,
    pub(super) faults: &'a mut Diagnostics,
    pub(super) assessments: Vec<AssessmentPlan>,
    /// Whether an assessment was left out for a fault of its own, and its group with it.
    pub(super) lacks_assessment: bool,
    pub(super) services: Vec<Spanned<ServiceIdx>>,
}

impl Reading<'_> {
    fn profile(&mut self, top: &Entry<'_, '_>) -> Option<Profile> {
        self.assessments(top);
        let externals = self.services(top);
        let evidence = self.evidence(top);
        let (actions, beside) = self.actions(top, &evidence);
        let (exclusions, inheritances) = self.statements(top);
        let acceptances = self.acceptances(top);
        let statement = self.statement_text(top, &exclusions);
        if !self.faults.has_errors() {
            // Beside an error these would often be its echo: an entry left out links no evidence.
            self.unused_evidence(&evidence, &actions);
            self.useless_actions(&actions);
        }
        let head = top.table("organization")?;
        let name = head.string("name")?;
        let field = |key| head.string(key).unwrap_or_default();
        let mut profile = Profile {
            tenant: head.string("tenant").unwrap_or_else(|| name.clone()),
            name,
            cohort: Cohort { sector: field("sector"), partner: field("partner"), region: field("region") },
            assessments: std::mem::take(&mut self.assessments),
            services: std::mem::take(&mut self.services),
            externals,
            actions,
            evidence,
            exclusions,
            inheritances,
            acceptances,
            statement,
        };
        if !self.faults.has_errors() {
            self.contradictions(&mut profile, &beside);
        }
        Some(profile)
    }

    fn assessments(&mut self, top: &Entry<'_, '_>) {
        let mut seen: BTreeMap<(TemplateIdx, String), Span> = BTreeMap::new();
        for entry in top.tables("assessment") {
            let Some(template) = self.template(&entry) else {
                self.lacks_assessment = true;
                continue;
            };
            let group = entry.string("group").unwrap_or_else(|| DEFAULT_GROUP.to_owned());
            if let Some(first) = seen.insert((template, group.clone()), entry.span()) {
                let message = format!("the template is assessed twice in group {}", quoted(&group));
                let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(entry.span(), "again here");
                self.faults.push(diagnostic.at(first, "first here"));
                continue;
            }
            if self.assessments.len() == MAX_ASSESSMENTS {
                self.too_many("assessments", MAX_ASSESSMENTS, entry.span());
                self.lacks_assessment = true;
                break;
            }
            let days = |key| entry.whole(key).and_then(|d| u32::try_from(d.value).ok());
            let target = entry.decimal("target", 2).and_then(|t| u32::try_from(t.value).ok());
            self.assessments.push(AssessmentPlan {
                template,
                group,
                target: target.map(Percent::from_hundredths),
                retest_days: days("retest_days").unwrap_or(365),
                retest_days_automatic: days("retest_days_automatic").unwrap_or(30),
                span: entry.span(),
            });
        }
        if top.place("assessment").is_none() || top.tables("assessment").next().is_none() {
            let diagnostic = Diagnostic::new(Code::NoAssessment, "the profile has no `[[assessment]]`");
            let templates = self.library.templates().iter().map(|t| t.id.value.as_str());
            let help = format!("add one with `template = \"...\"`; known: {}", listed(templates));
            self.faults.push(diagnostic.at(top.span(), "in this file").help(help));
        }
        self.assessments.sort_by(|a, b| (a.template, &a.group).cmp(&(b.template, &b.group)));
    }

    fn template(&mut self, entry: &Entry<'_, '_>) -> Option<TemplateIdx> {
        let id = entry.id_text("template")?;
        let found = self.library.find_template(id.value);
        if found.is_none() {
            let known = self.library.templates().iter().map(|t| t.id.value.as_str());
            self.unknown(Code::UnknownTemplate, "template", &id, known);
        }
        found
    }

    fn services(&mut self, top: &Entry<'_, '_>) -> Vec<ExternalService> {
        let mut seen = Unique::new("service");
        let mut externals = Vec::new();
        for entry in top.tables("service") {
            let Some(id) = entry.text("id") else { continue };
            if !seen.insert(id.value, id.span, self.faults) {
                continue;
            }
            let is_external = entry.flag("external").unwrap_or(false);
            match (self.library.find_service(id.value), is_external) {
                (Some(service), false) => self.services.push(Spanned::new(service, id.span)),
                (Some(_), true) => {
                    let message = format!("the library knows service `{}`, so it is not external", id.value);
                    let help = "drop `external`, so that the provider's evidence counts for it";
                    let diagnostic = Diagnostic::new(Code::ExternalService, message).at(id.span, "known");
                    self.faults.push(diagnostic.help(help));
                }
                (None, true) if externals.len() == MAX_EXTERNALS => {
                    self.too_many("external services", MAX_EXTERNALS, id.span);
                    break;
                }
                (None, true) => match entry.string("name") {
                    Some(name) => externals.push(ExternalService { id: id.value.to_owned(), name, span: id.span }),
                    None => {
                        let message = format!("external service `{}` lacks a `name`", id.value);
                        self.faults.push(Diagnostic::new(Code::ExternalService, message).at(id.span, "who is it"));
                    }
                },
                (None, false) => self.unknown_service(&id),
            }
        }
        self.services.sort_by_key(|s| s.value);
        externals.sort_by(|a, b| a.id.cmp(&b.id));
        externals
    }

    /// A service may be meant by an older name, or be a member of a larger one.
    pub(super) fn unknown_service(&mut self, id: &Spanned<&str>) {
        let named = self.library.service_named(id.value);
        if named.is_none() && crate::id::check(id.value).is_some() {
            // That it is no id was told; only a name that is known deserves a second word.
            return;
        }
        let diagnostic =
            Diagnostic::new(Code::UnknownService, format!("no service {}", quoted(id.value))).at(id.span, "named here");
        let is_worth_a_search = !self.faults.are_many();
        let known = self.library.services().iter().map(|s| s.id.value.as_str());
        let help = named.or_else(|| is_worth_a_search.then(|| suggestion(id.value, known)).flatten());
        let external = "for a service of another vendor write `external = true` and a `name`";
        self.faults.push(diagnostic.maybe_help(help).help(external));
    }

    fn too_many(&mut self, what: &str, most: usize, at: Span) {
        let message = format!("the profile has more than {most} {what}");
        self.faults.push(Diagnostic::new(Code::TooManyEntries, message).at(at, "one too many"));
    }

    /// Tells that `id` is not known, with the nearest that is.
    pub(super) fn unknown<'n>(
        &mut self,
        code: Code,
        what: &str,
        id: &Spanned<&str>,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        let diagnostic = Diagnostic::new(code, format!("no {what} {}", quoted(id.value))).at(id.span, "named here");
        let help = if self.faults.are_many() { None } else { suggestion(id.value, known) };
        self.faults.push(diagnostic.maybe_help(help));
    }

    /// The action that `key` names, told about if the library lacks it.
    pub(super) fn action_at(&mut self, entry: &Entry<'_, '_>, key: &str) -> Option<Spanned<ActionIdx>> {
        let id = entry.id_text(key)?;
        let found = self.library.find_action(id.value);
        if found.is_none() {
            let known = self.library.actions().iter().map(|a| a.id.value.as_str());
            self.unknown(Code::UnknownAction, "improvement action", &id, known);
        }
        found.map(|action| Spanned::new(action, id.span))
    }

    /// The actions that the assessed templates map to some control.
    pub(super) fn mapped_actions(&self) -> BTreeSet<ActionIdx> {
        let templates: BTreeSet<TemplateIdx> = self.assessments.iter().map(|a| a.template).collect();
        let ids = templates.iter().flat_map(|t| self.library.template(*t).map.iter()).flat_map(|m| &m.actions);
        ids.filter_map(|id| self.library.find_action(id.value.as_str())).collect()
    }
}

/// Ids that may stand once.
pub(super) struct Unique<'n> {
    what: &'static str,
    first: BTreeMap<&'n str, Span>,
}

impl<'n> Unique<'n> {
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, first: BTreeMap::new() }
    }

    /// Whether `id` is new; if not, it is told about.
    pub(super) fn insert(&mut self, id: &'n str, span: Span, faults: &mut Diagnostics) -> bool {
        if let Some(first) = self.first.get(id) {
            let message = format!("{} `{id}` stands twice in this profile", self.what);
            let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(span, "again here");
            faults.push(diagnostic.at(*first, "first here"));
            return false;
        }
        self.first.insert(id, span);
        true
    }
}
