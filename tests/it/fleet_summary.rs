//! Sums of fleets: the same bytes however a fleet is split, and the same figures as the scores one by one.

use crate::random;
use annexa::{
    BasisPoints, Choice, ControlStatus, Digest, FleetOptions, FleetScorer, GapKind, Library, LibraryText, Model,
    Summary, SummaryFault, TenantScore, TenantTally, Unchecked,
};
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The date that all tallies are said to be of.
fn day() -> NaiveDate {
    "2026-06-30".parse().unwrap()
}

fn options() -> FleetOptions {
    FleetOptions { as_of: day(), expiring_within: 90 }
}

/// A fleet of one profile at so many dates: figures that differ, of one library.
fn fleet(seed: u64, count: i64) -> (Model, Vec<TenantTally>, Vec<TenantScore>) {
    const WORDS: [&str; 4] = ["", "finance", "health", "=retail"];
    let case = random::case(seed);
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap().value;
    let profile = model.profile(&case.profile, 999, &Unchecked).unwrap().value;
    let within = u32::try_from(case.expiring_within).unwrap();
    let (mut tallies, mut scores) = (Vec::new(), Vec::new());
    for n in 0..count {
        let as_of = case.as_of + TimeDelta::days(n * 61 - 200);
        scores.push(model.score(&profile, as_of, within));
        let mut tally =
            FleetScorer::new(&model, FleetOptions { as_of, expiring_within: within }).profile(&profile).clone();
        tally.tenant = format!("t{n}");
        tally.cohort.sector = WORDS[usize::try_from(n % 4).unwrap()].to_owned();
        tally.cohort.partner = WORDS[usize::try_from(n % 3).unwrap()].to_owned();
        tallies.push(tally);
    }
    (model, tallies, scores)
}

fn library() -> Digest {
    Digest::of(b"library")
}

fn sum<'t>(model: &Model, tallies: impl IntoIterator<Item = &'t TenantTally>) -> Summary {
    let mut summary = Summary::new(model, &options(), library());
    tallies.into_iter().for_each(|tally| summary.add(tally));
    summary
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_split_in_any_order_gives_the_same_bytes(
        seed in 0..2_000_u64,
        parts in proptest::collection::vec(0..5_usize, 12),
        order in Just([0, 1, 2, 3, 4]).prop_shuffle(),
        through_json in any::<bool>(),
    ) {
        let (model, tallies, _) = fleet(seed, 12);
        let mut whole = sum(&model, &tallies);
        whole.add_reject();
        let mut found = Summary::new(&model, &options(), library());
        found.add_reject();
        for part in order {
            let mut one = sum(&model, tallies.iter().zip(&parts).filter(|(_, p)| **p == part).map(|(t, _)| t));
            if through_json {
                one = Summary::from_json(&one.to_json()).unwrap();
            }
            found.merge(one).unwrap();
        }
        prop_assert_eq!(found.to_json(), whole.to_json());
        prop_assert_eq!(Summary::from_json(&whole.to_json()).unwrap().to_json(), whole.to_json());
        // A summary that was written down is added to as one that was not.
        let mut twice = sum(&model, &tallies[..7]);
        let _ = twice.to_json();
        tallies[7..].iter().for_each(|tally| twice.add(tally));
        twice.add_reject();
        prop_assert_eq!(twice.to_json(), whole.to_json());
    }
}

/// Tenants, and what is missing, covered or possible.
type Open = (BTreeSet<usize>, u64, u64, u64);
/// Tenants, their assessments, and points.
type Shared = (BTreeSet<usize>, BTreeSet<(usize, usize)>, u64);

/// What is open, made a second time from the scores one by one.
fn expected(scores: &[TenantScore]) -> (Value, Value) {
    let mut controls: BTreeMap<(String, String), Open> = BTreeMap::new();
    let mut gaps: BTreeMap<(String, usize), Shared> = BTreeMap::new();
    for (n, score) in scores.iter().enumerate() {
        for (m, assessment) in score.assessments.iter().enumerate() {
            for control in &assessment.controls {
                let is_partial = control.status == ControlStatus::Partial;
                if !is_partial && control.status != ControlStatus::Gap {
                    continue;
                }
                let entry = controls.entry((assessment.template.clone(), control.id.clone())).or_default();
                entry.0.insert(n);
                *(if is_partial { &mut entry.1 } else { &mut entry.2 }) += 1;
                entry.3 += control.figures.total.missing().units();
            }
            let mut seen = BTreeSet::new();
            for gap in &assessment.gaps {
                let Some(action) = &gap.finding.action else { continue };
                let kind = <GapKind as Choice>::WORDS.iter().position(|w| *w == gap.finding.kind.to_string());
                let entry = gaps.entry((action.id.clone(), kind.unwrap())).or_default();
                entry.0.insert(n);
                entry.1.insert((n, m));
                if seen.insert((action.id.clone(), kind)) {
                    let score = assessment.actions.iter().find(|a| a.id == action.id && a.in_scope).unwrap();
                    let rest = score.points.times(BasisPoints::new(10_000 - score.basis_points)).units();
                    let kind = gap.finding.kind;
                    entry.2 += if kind.carries_points() || kind == GapKind::RiskAccepted { rest } else { 0 };
                }
            }
        }
    }
    let mut of_template: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for ((template, control), (tenants, partial, gap, missing)) in controls {
        let row =
            json!({"control": control, "tenants": tenants.len(), "partial": partial, "gap": gap, "missing": missing});
        of_template.entry(template).or_default().push(row);
    }
    let word = |n: usize| <GapKind as Choice>::WORDS[n];
    let gaps: Vec<Value> = gaps
        .into_iter()
        .map(|((action, kind), (tenants, assessments, missing))| {
            json!({"action": action, "kind": word(kind), "tenants": tenants.len(), "assessments": assessments.len(), "missing": missing})
        })
        .collect();
    (json!(of_template), json!(gaps))
}

#[test]
fn what_is_open_is_what_the_scores_one_by_one_say() {
    let (mut rows, mut excluded) = (0, 0);
    for seed in 0..150 {
        let (model, tallies, scores) = fleet(seed, 6);
        let found: Value = serde_json::from_str(&sum(&model, &tallies).to_json()).unwrap();
        let (controls, gaps) = expected(&scores);
        assert_eq!(found["gaps"], gaps, "seed {seed}");
        for template in found["templates"].as_array().unwrap() {
            let id = template["template"].as_str().unwrap();
            let expected = controls.get(id).cloned().unwrap_or(json!([]));
            assert_eq!(template["controls"], expected, "seed {seed} {id}");
            let all = || scores.iter().flat_map(|s| &s.assessments).filter(|a| a.template == id);
            let total = |of: &dyn Fn(&annexa::Assessment) -> u64| all().map(of).sum::<u64>();
            let figures = &template["figures"];
            let sides =
                |key: &str| figures["customer"][key].as_u64().unwrap() + figures["provider"][key].as_u64().unwrap();
            assert_eq!(sides("achieved"), total(&|a| a.figures.total.achieved.units()));
            assert_eq!(sides("assured"), total(&|a| a.figures.total.assured.units()));
            assert_eq!(figures["outlook_assured"], total(&|a| a.outlook.assured.units()));
            assert_eq!(figures["gaps"], total(&|a| u64::try_from(a.gaps.len()).unwrap()));
            excluded += template["figures"]["statuses"]["excluded"].as_u64().unwrap_or(0);
            rows += 1;
        }
    }
    assert!(rows > 150 && excluded > 50, "the cases reach templates and exclusions: {rows}, {excluded}");
}

#[test]
fn what_does_not_belong_together_is_not_added() {
    let (model, tallies, _) = fleet(7, 3);
    let one = || sum(&model, &tallies);
    let other = |options: FleetOptions, library: Digest| Summary::new(&model, &options, library);
    let cases = [
        (other(FleetOptions { as_of: day() + TimeDelta::days(1), expiring_within: 89 }, library()), "as of"),
        (other(FleetOptions { as_of: day(), expiring_within: 30 }, library()), "outlooks"),
        (other(options(), Digest::of(b"another")), "two libraries"),
    ];
    for (other, said) in cases {
        let fault = one().merge(other).unwrap_err();
        assert!(fault.to_string().contains(said) && fault.help().is_some(), "{fault}");
    }
}

#[test]
fn counts_past_any_fleet_are_refused_and_large_ones_are_exact() {
    let (model, tallies, _) = fleet(7, 3);
    let text = sum(&model, &tallies).to_json();
    let tenants = |count: u64| text.replacen("\"tenants\":3", &format!("\"tenants\":{count}"), 1);
    let mut huge = Summary::from_json(&tenants(u64::MAX - 3)).unwrap();
    huge.merge(Summary::from_json(&text).unwrap()).unwrap();
    assert_eq!(huge.tenants(), u64::MAX);
    assert_eq!(huge.merge(Summary::from_json(&text).unwrap()), Err(SummaryFault::TooMany));
    // A thousand million tenants, doubled again and again: sums pass 64 bits and stay exact.
    let mut all = sum(&model, &tallies);
    for _ in 0..45 {
        let same = Summary::from_json(&all.to_json()).unwrap();
        all.merge(same).unwrap();
    }
    let sums = |text: &str| -> u128 {
        let part = text.split("\"possible\":").nth(1).unwrap();
        part.split(',').next().unwrap().parse().unwrap()
    };
    assert_eq!(sums(&all.to_json()), sums(&text) << 45);
    assert!(sums(&all.to_json()) > u128::from(u64::MAX), "the sums pass 64 bits");
}

#[test]
fn what_is_no_summary_is_refused_with_the_reason() {
    let (model, tallies, _) = fleet(7, 2);
    let text = sum(&model, &tallies).to_json();
    let cases = [
        (String::new(), "EOF"),
        ("{}".to_owned(), "missing field"),
        (text.replace("\"schema\":1", "\"schema\":2"), "schema 2"),
        (text.replace("fleet-summary", "fleet-report"), "kind"),
        (text.replace("\"rejects\":0", "\"rejects\":-1"), "invalid value"),
        (text.replace("\"rejects\":0", "\"rejects\":0,\"more\":1"), "unknown field"),
        (text[..text.len() / 2].to_owned(), "EOF"),
        (text.replace("\"tenants\":2", "\"tenants\":99999999999999999999999"), "invalid"),
        (text.replace("\"statuses\":{", "\"statuses\":{\"wrong\":1,"), "no `wrong`"),
        (text.replace("\"score\":[[", "\"score\":[[20001,1],["), "bins"),
        (text.replace("\"templates\":[", "\"templates\":[[],"), "invalid"),
    ];
    for (text, said) in cases {
        let fault = Summary::from_json(&text).unwrap_err().to_string();
        assert!(fault.contains(said), "{said}: {fault}");
    }
}
