//! Where things stand in the page: each control, action and item of evidence has a number of its own.

use crate::dossier::{ActionAt, Dossier, EvidenceAt};

/// The numbers of a chapter: those of the chapters before it are taken.
#[derive(Clone, Copy, Default)]
pub(super) struct Numbers {
    chapter: usize,
    controls: usize,
    actions: usize,
    evidence: usize,
}

/// The assessments of one template: their controls are the same.
pub(super) struct Part {
    pub(super) template: String,
    /// The positions of the assessments.
    pub(super) assessments: Vec<usize>,
    /// How many controls the parts before it have.
    before: usize,
}

impl Numbers {
    pub(super) fn after(self, dossier: &Dossier) -> Self {
        let controls = |part: &Part| controls(dossier, part);
        Self {
            chapter: self.chapter + 1,
            controls: self.controls + parts(dossier).iter().map(controls).sum::<usize>(),
            actions: self.actions + dossier.actions.len(),
            evidence: self.evidence + dossier.evidence.len(),
        }
    }

    pub(super) fn chapter(self) -> usize {
        self.chapter
    }

    pub(super) fn control(self, part: &Part, position: usize) -> usize {
        self.controls + part.before + position
    }

    pub(super) fn action(self, at: ActionAt) -> usize {
        self.actions + at.position()
    }

    pub(super) fn evidence(self, at: EvidenceAt) -> usize {
        self.evidence + at.position()
    }

    /// The number of the item at a position of the register.
    pub(super) fn evidence_at(self, position: usize) -> usize {
        self.evidence + position
    }

    /// The number of the action at a position of the dossier.
    pub(super) fn action_at(self, position: usize) -> usize {
        self.actions + position
    }
}

/// The assessments by template, in the order of the score's.
pub(super) fn parts(dossier: &Dossier) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut before = 0;
    for (position, assessment) in dossier.score.assessments.iter().enumerate() {
        match parts.iter_mut().find(|part| part.template == assessment.template) {
            Some(part) => part.assessments.push(position),
            None => {
                parts.push(Part { template: assessment.template.clone(), assessments: vec![position], before });
                before += assessment.controls.len();
            }
        }
    }
    parts
}

/// How many controls a part has.
pub(super) fn controls(dossier: &Dossier, part: &Part) -> usize {
    let first = part.assessments.first().and_then(|at| dossier.score.assessments.get(*at));
    first.map_or(0, |assessment| assessment.controls.len())
}
