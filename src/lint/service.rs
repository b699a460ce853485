//! Services in scope that no evidence names, and evidence that names none.

use super::Linter;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Edge, Node};
use crate::id::{EvidenceIdx, ServiceIdx};

pub(super) fn lint(linter: &mut Linter<'_>) {
    let library = linter.library;
    for (position, service) in library.services().iter().enumerate() {
        let mut into = linter.graph.into(Node::Service(ServiceIdx::at(position)));
        let is_named = into.any(|(edge, _)| matches!(edge, Edge::Names(_)));
        if service.certified && service.note.is_none() && !is_named {
            let id = &service.id;
            let message = format!("service `{}` is in scope, and no evidence names it", id.value);
            let diagnostic = Diagnostic::new(Code::UnevidencedService, message).at(id.span, "named nowhere");
            let help = "if the sources really have this hole, explain it in `note`";
            linter.tell(diagnostic.about(id.value.as_str()).help(help));
        }
    }
    for (position, evidence) in library.evidence().iter().enumerate() {
        let id = &evidence.id;
        if linter.graph.out(Node::Evidence(EvidenceIdx::at(position))).next().is_none() {
            let message = format!("evidence `{}` names no service", id.value);
            let diagnostic = Diagnostic::new(Code::EvidenceForNothing, message).at(id.span, "names nothing");
            linter.tell(diagnostic.about(id.value.as_str()));
        }
        if evidence.url.as_ref().is_some_and(|url| url.starts_with("http://")) {
            let message = format!("evidence `{}` links without encryption", id.value);
            let diagnostic = Diagnostic::new(Code::InsecureLink, message).at(id.span, "its `url` is `http://`");
            linter.tell(diagnostic.about(id.value.as_str()));
        }
    }
}
