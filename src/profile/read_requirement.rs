//! What a profile adds to the Statement of Applicability: its title page, requirements, and inclusions.

use super::read::Reading;
use super::{ControlReference, Exclusion, Inclusion, Requirement, StatementText};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{ControlIdx, FrameworkIdx};
use crate::library::ControlKind;
use crate::shape::Entry;
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

impl Reading<'_> {
    /// The title page, the requirements and the inclusions.
    pub(super) fn statement_text(&mut self, top: &Entry<'_, '_>, exclusions: &[Exclusion]) -> StatementText {
        let mut text = StatementText { requirements: self.requirements(top), ..StatementText::default() };
        text.inclusions = self.inclusions(top);
        let included: Vec<ControlReference> = text.inclusions.iter().map(|i| i.control).collect();
        self.overlaps(&included, exclusions, "said to be applicable");
        if let Some(head) = top.table("organization") {
            text.address = head.string("address");
            text.scope = head.string("scope");
        }
        if let Some(page) = top.table("statement_of_applicability") {
            page.in_order("issued_on", "next_review_on", self.faults);
            page.in_order("approved_on", "next_review_on", self.faults);
            let date = |key| page.date(key).map(|d| d.value);
            text.version = page.string("version");
            text.prepared_by = page.string("prepared_by");
            text.issued_on = date("issued_on");
            text.approved_by = page.string("approved_by");
            text.approved_on = date("approved_on");
            text.next_review_on = date("next_review_on");
        }
        text
    }

    /// Requirements, each spread over the frameworks whose controls it names.
    fn requirements(&mut self, top: &Entry<'_, '_>) -> Vec<Requirement> {
        let mut first: BTreeMap<(FrameworkIdx, &str), Span> = BTreeMap::new();
        let mut list = Vec::new();
        for entry in top.tables("requirement") {
            let head = (entry.id_text("id"), entry.string("title"), entry.word("kind"));
            let (Some(id), Some(title), Some(kind)) = head else { continue };
            for (framework, controls) in self.controls_by_framework(&entry) {
                if let Some(earlier) = first.insert((framework, id.value), id.span) {
                    let message = format!("requirement `{}` stands twice for the same framework", id.value);
                    let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(id.span, "again here");
                    self.faults.push(diagnostic.at(earlier, "first here"));
                    continue;
                }
                list.push(Requirement {
                    framework,
                    id: Spanned::new(id.value.to_owned(), id.span),
                    title: title.clone(),
                    kind: kind.value,
                    reference: entry.string("reference"),
                    controls: controls.into_iter().collect(),
                });
            }
        }
        list.sort_by(|a, b| (a.framework, &a.id.value).cmp(&(b.framework, &b.id.value)));
        list
    }

    fn controls_by_framework(&mut self, entry: &Entry<'_, '_>) -> BTreeMap<FrameworkIdx, BTreeSet<ControlIdx>> {
        let mut found: BTreeMap<FrameworkIdx, BTreeSet<ControlIdx>> = BTreeMap::new();
        let Some(frameworks) = self.frameworks_of(entry) else { return found };
        for id in entry.texts("controls").into_iter().filter(|id| crate::id::check(id.value).is_none()) {
            let controls = self.controls_in(&frameworks, &id);
            self.must_be_of_annex(&id, &controls);
            for (framework, control) in controls {
                found.entry(framework).or_default().insert(control);
            }
        }
        found
    }

    fn inclusions(&mut self, top: &Entry<'_, '_>) -> Vec<Inclusion> {
        let mut list: Vec<Inclusion> = Vec::new();
        for (control, entry) in self.controls_of(top, "inclusion") {
            list.push(Inclusion {
                control,
                justification: entry.string("justification"),
                owner: entry.string("owner"),
                notes: entry.string("notes"),
            });
        }
        // What one entry says of several frameworks is told once.
        let mut told: BTreeMap<Span, Vec<(FrameworkIdx, ControlIdx)>> = BTreeMap::new();
        for inclusion in &list {
            let ControlReference { framework, control, span } = inclusion.control;
            told.entry(span).or_default().push((framework, control));
        }
        for (span, controls) in told {
            let id = controls.first().and_then(|(f, c)| self.library.framework(*f).controls.get(c.position()));
            if let Some(id) = id.map(|c| c.id.value.as_str()) {
                self.must_be_of_annex(&Spanned::new(id, span), &controls);
            }
        }
        list
    }

    /// Tells of a control that no Statement of Applicability lists.
    fn must_be_of_annex(&mut self, id: &Spanned<&str>, found: &[(FrameworkIdx, ControlIdx)]) {
        let kind =
            |(f, c): &(FrameworkIdx, ControlIdx)| self.library.framework(*f).controls.get(c.position()).map(|c| c.kind);
        let mut kinds = found.iter().filter_map(kind).peekable();
        if kinds.peek().is_some() && kinds.all(|k| k != ControlKind::AnnexA) {
            let message = format!("`{}` is no control of Annex A", id.value);
            let diagnostic =
                Diagnostic::new(Code::NotInStatement, message).at(id.span, "in no Statement of Applicability");
            self.faults.push(diagnostic);
        }
    }
}
