//! The keys and words of a profile, ready to be compared with what stands in a text.

use super::cursor::{Keys, Words};
use crate::profile::shape::{
    ACTION, ASSESSMENT, EVIDENCE, EXCLUSION, INHERITANCE, INSTANCE, ORGANIZATION, PROFILE, RISK_ACCEPTANCE, SERVICE,
};
use crate::profile::{Implementation, PlaceSource, Test};
use crate::shape::SERVICE_REFERENCE;

/// The keys of each shape, and the words of the closed sets.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    pub(super) profile: Keys,
    pub(super) organization: Keys,
    pub(super) assessment: Keys,
    pub(super) service: Keys,
    pub(super) action: Keys,
    pub(super) instance: Keys,
    pub(super) evidence: Keys,
    pub(super) naming: Keys,
    pub(super) exclusion: Keys,
    pub(super) inheritance: Keys,
    pub(super) risk_acceptance: Keys,
    pub(super) implementation: Words,
    pub(super) test: Words,
    pub(super) test_source: Words,
}

impl Tables {
    pub(super) fn new() -> Self {
        Self {
            profile: Keys::of(&PROFILE),
            organization: Keys::of(&ORGANIZATION),
            assessment: Keys::of(&ASSESSMENT),
            service: Keys::of(&SERVICE),
            action: Keys::of(&ACTION),
            instance: Keys::of(&INSTANCE),
            evidence: Keys::of(&EVIDENCE),
            naming: Keys::of(&SERVICE_REFERENCE),
            exclusion: Keys::of(&EXCLUSION),
            inheritance: Keys::of(&INHERITANCE),
            risk_acceptance: Keys::of(&RISK_ACCEPTANCE),
            implementation: Words::of::<Implementation>(),
            test: Words::of::<Test>(),
            test_source: Words::of::<PlaceSource>(),
        }
    }
}
