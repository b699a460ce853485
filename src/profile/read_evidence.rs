//! The organization's evidence: where it lies, what it names, and whether the file is the one meant.

use super::read::{Reading, Unique};
use super::{ActionEntry, EvidenceItem, EvidenceLink, Status};
use crate::choice::Choice;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::id::ServiceIdx;
use crate::library::ProviderEvidenceKind;
use crate::shape::Entry;
use crate::source::Spanned;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Whether a path stays inside the folder that it is relative to, on every system.
pub(crate) fn is_inside(path: &str) -> bool {
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(is_plain) && !path.contains(['\\', ':', '\0'])
}

/// Whether a text is a SHA-256 in hexadecimal.
pub(crate) fn is_sha256(digest: &str) -> bool {
    digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit())
}

impl Reading<'_> {
    /// All `[[evidence]]` entries, by id.
    pub(super) fn evidence(&mut self, top: &Entry<'_, '_>) -> Vec<EvidenceItem> {
        let mut seen = Unique::new("evidence");
        let mut list = Vec::new();
        for entry in top.tables("evidence") {
            let Some(id) = entry.id_text("id") else { continue };
            if seen.insert(id.value, id.span, self.faults) {
                list.push(self.evidence_item(&entry, &id));
            }
        }
        list.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        list
    }

    fn evidence_item(&mut self, entry: &Entry<'_, '_>, id: &Spanned<&str>) -> EvidenceItem {
        let path = entry.text("path");
        if let Some(path) = &path {
            self.evidence_file(entry, path);
        }
        let kind = entry.string("kind");
        let services = self.named_services(entry);
        let names = entry.place("services").is_some();
        let provider_kind = kind.as_deref().and_then(ProviderEvidenceKind::from_word).filter(|_| names);
        let (valid_from, valid_to) = (entry.date("valid_from"), entry.date("valid_to"));
        entry.in_order("valid_from", "valid_to", self.faults);
        if provider_kind.is_some() && valid_from.is_none() && services.iter().any(|(_, since)| since.is_none()) {
            let message = format!("evidence `{}` does not say from when it names its services", id.value);
            let diagnostic = Diagnostic::new(Code::UndatedEvidence, message).at(id.span, "names nothing at any date");
            self.faults.push(diagnostic.help("add `valid_from`"));
        }
        EvidenceItem {
            id: Spanned::new(id.value.to_owned(), id.span),
            provider_kind,
            kind,
            title: entry.string("title"),
            location: entry.string("url").or_else(|| path.map(|p| p.value.to_owned())),
            services,
            valid_from: valid_from.map(|d| d.value),
            valid_to: valid_to.map(|d| d.value),
        }
    }

    fn named_services(&mut self, entry: &Entry<'_, '_>) -> Vec<(ServiceIdx, Option<NaiveDate>)> {
        let mut named = Vec::new();
        for reference in entry.services("services") {
            match self.library.find_service(reference.id.value) {
                Some(service) => named.push((service, reference.since)),
                None => self.unknown_service(&reference.id),
            }
        }
        named
    }

    fn evidence_file(&mut self, entry: &Entry<'_, '_>, path: &Spanned<&str>) {
        if !is_inside(path.value) {
            let message = format!("{} does not stay inside the profile's folder", quoted(path.value));
            let diagnostic = Diagnostic::new(Code::EvidencePath, message).at(path.span, "not a path inside the folder");
            self.faults.push(diagnostic.help("write a relative path with `/`, without `.`, `..` or a drive"));
            return;
        }
        let recorded = entry.text("sha256");
        if let Some(digest) = &recorded
            && !is_sha256(digest.value)
        {
            let message = "a SHA-256 has 64 hexadecimal digits";
            self.faults.push(Diagnostic::new(Code::EvidenceDigest, message).at(digest.span, "not a SHA-256"));
            return;
        }
        match (self.folder.digest(path.value), recorded) {
            (Ok(Some(found)), Some(recorded)) if !found.eq_ignore_ascii_case(recorded.value) => {
                let message = format!("{} is not the file that was recorded", quoted(path.value));
                let diagnostic = Diagnostic::new(Code::EvidenceDigest, message).at(recorded.span, "another SHA-256");
                self.faults.push(diagnostic.help(format!("the file's SHA-256 is `{found}`")));
            }
            (Ok(_), _) => {}
            (Err(why), Some(recorded)) => {
                let message = format!("cannot check {}: {why}", quoted(path.value));
                self.faults.push(Diagnostic::new(Code::EvidenceDigest, message).at(recorded.span, "not checked"));
            }
            (Err(why), None) => {
                let message = format!("cannot open {}: {why}", quoted(path.value));
                self.faults.push(Diagnostic::new(Code::EvidenceFile, message).at(path.span, "this file"));
            }
        }
    }

    /// Tells of evidence on which nothing rests.
    pub(super) fn unused_evidence(&mut self, evidence: &[EvidenceItem], actions: &[ActionEntry]) {
        let mut linked: BTreeSet<EvidenceLink> = BTreeSet::new();
        for entry in actions {
            match &entry.status {
                Status::Single(place) => linked.extend(&place.evidence),
                Status::Instances(places) => linked.extend(places.iter().flat_map(|p| &p.evidence)),
                Status::Parent(_) => {}
            }
        }
        for (position, item) in evidence.iter().enumerate() {
            if item.provider_kind.is_none() && !linked.contains(&EvidenceLink::Own(position)) {
                let message = format!("nothing rests on evidence `{}`", item.id.value);
                let diagnostic = Diagnostic::new(Code::UnusedEvidence, message).at(item.id.span, "linked by no action");
                self.faults.push(diagnostic);
            }
        }
    }
}
