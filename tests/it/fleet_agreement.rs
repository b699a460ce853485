//! What the inner loop of a fleet comes to is what a single score says: every number of a result row, and
//! of each control and action, on random libraries and tenants and on the shipped ones.

use crate::random;
use annexa::{
    Assessment, AssessmentTally, Choice, ControlStatus, FleetOptions, FleetScorer, GapKind, Library, LibraryText,
    Model, SharedGap, Sources, TenantScore, TenantTally, Unchecked,
};
use std::collections::BTreeSet;

fn assert_same(score: &TenantScore, tally: &TenantTally, library: &Library, what: &str) {
    assert_eq!((&score.tenant, &score.organization), (&tally.tenant, &tally.organization), "{what}");
    assert_eq!((score.as_of, score.outlook.by), (tally.as_of, tally.outlook_by), "{what}");
    assert_eq!(score.assessments.len(), tally.assessments.len(), "{what}");
    for (score, tally) in score.assessments.iter().zip(&tally.assessments) {
        let what = format!("{what}, {} {}", score.template, score.group);
        assert_eq!(score.template, library.template(tally.template).id.value.as_str(), "{what}");
        assert_eq!((&score.group, score.target), (&tally.group, tally.target), "{what}");
        assert_eq!(
            (score.figures.customer, score.figures.provider),
            (tally.sides.customer, tally.sides.provider),
            "{what}"
        );
        assert_eq!(score.figures.total, tally.total(), "{what}");
        assert_eq!(score.outlook.assured, tally.outlook.assured, "{what}");
        assert_eq!(score.outlook.assurance_percent, tally.outlook.assurance_percent(), "{what}");
        assert_counts(score, tally, &what);
        assert_actions(score, tally, &what);
    }
}

fn assert_counts(score: &Assessment, tally: &AssessmentTally, what: &str) {
    let statuses: Vec<ControlStatus> = score.controls.iter().map(|c| c.status).collect();
    assert_eq!(statuses, tally.controls, "{what}");
    for word in ControlStatus::WORDS {
        let status = ControlStatus::from_word(word).unwrap();
        let count = statuses.iter().filter(|s| **s == status).count();
        assert_eq!(count, usize::try_from(tally.statuses[status.position()]).unwrap(), "{what}: {word}");
    }
    for word in SharedGap::WORDS {
        let half = SharedGap::from_word(word);
        let count = score.controls.iter().filter(|c| c.shared_gap == half).count();
        assert_eq!(count, usize::try_from(tally.shared[half.unwrap().position()]).unwrap(), "{what}: {word}");
    }
    for word in GapKind::WORDS {
        let kind = GapKind::from_word(word).unwrap();
        let count = score.gaps.iter().filter(|g| g.finding.kind == kind).count();
        assert_eq!(count, usize::try_from(tally.gaps[kind.position()]).unwrap(), "{what}: {word}");
    }
    assert_eq!(score.gaps.len(), usize::try_from(tally.gap_rows()).unwrap(), "{what}");
}

fn assert_actions(score: &Assessment, tally: &AssessmentTally, what: &str) {
    assert_eq!(score.actions.len(), tally.slots.len(), "{what}");
    for (action, slot) in score.actions.iter().zip(&tally.slots) {
        let of_action = |g: &&annexa::Gap| g.finding.action.as_ref().is_some_and(|a| a.id == action.id);
        let kinds: BTreeSet<usize> = score.gaps.iter().filter(of_action).map(|g| g.finding.kind.position()).collect();
        assert_eq!(kinds, slot.kinds.positions().collect(), "{what}: {}", action.id);
        let earned = u64::from(action.basis_points);
        let missing = if action.in_scope { u64::from(action.points.get()) * (10_000 - earned) } else { 0 };
        assert_eq!(missing, slot.missing.units(), "{what}: {}", action.id);
    }
}

#[test]
fn of_ten_thousand_random_tenants() {
    for seed in 0..10_000 {
        let case = random::case(seed);
        let texts: Vec<LibraryText<'_>> =
            (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
        let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
        let file = u32::try_from(case.files.len()).unwrap();
        let profile = model.profile(&case.profile, file, &Unchecked).unwrap().value;
        let expiring_within = u32::try_from(case.expiring_within).unwrap();
        let mut scorer = FleetScorer::new(&model, FleetOptions { as_of: case.as_of, expiring_within });
        let score = model.score(&profile, case.as_of, expiring_within);
        assert_same(&score, scorer.profile(&profile), model.library(), &format!("seed {seed}"));
    }
}

#[test]
fn of_the_shipped_tenants_one_after_the_other() {
    let model = Model::builtin(&mut Sources::default());
    for date in ["2020-06-01", "2021-12-01", "2026-11-21"] {
        let as_of = date.parse().unwrap();
        // One scorer for all: nothing of a tenant is left for the next.
        let mut scorer = FleetScorer::new(&model, FleetOptions { as_of, expiring_within: 90 });
        for (path, text) in annexa::starter_profiles().chain(annexa::starter_profiles()) {
            let file = u32::try_from(annexa::BUILTIN_FILES.len()).unwrap();
            let profile = model.profile(text, file, &Unchecked).unwrap().value;
            let score = model.score(&profile, as_of, 90);
            assert_same(&score, scorer.profile(&profile), model.library(), &format!("{path} at {date}"));
        }
    }
}
