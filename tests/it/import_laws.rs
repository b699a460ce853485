//! What holds for every import, over random rows: nothing is lost, nothing is done twice, the order of the
//! rows is no matter, what did not run passes nothing, and checks come to what a second, naive sum says.

use annexa::import::{
    Acceptance, Fact, Finding, Format, Import, Imported, Map, Policy, Reading, Row, Stated, Subject, import,
};
use annexa::profile::{Implementation, Risk, Status, Test, TestSource};
use annexa::{Choice, Model, Percent, Sources, TenantProfile, Unchecked};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A profile with each way in which a status can be kept.
const PROFILE: &str = r#"# kept
[organization]
name = "Contoso Ltd"

[[assessment]]
template = "microsoft-cloud/iso-27001-2022"

[[service]]
id = "azure"
[[service]]
id = "office-365"

[[action]] # by hand
id = "require-mfa-for-admins"
implementation = "implemented"
test = "passed"
tested_on = 2026-03-03

[[action]]
id = "activate-admin-roles-just-in-time"
[[action.instance]]
name = "a"
implementation = "planned"

[[action]]
id = "act-on-azure-retirement-notices"
implementation = "not-in-scope"
"#;

struct Ground {
    model: Model,
    profile: TenantProfile,
    /// Signals with the actions that name them, for a handful of actions.
    signals: Vec<String>,
}

fn ground() -> &'static Ground {
    static GROUND: OnceLock<Ground> = OnceLock::new();
    GROUND.get_or_init(|| {
        let mut sources = Sources::default();
        let model = Model::builtin(&mut sources);
        let file = sources.add("tenant.toml", PROFILE);
        let profile = model.profile(PROFILE, file, &Unchecked).unwrap().value;
        let ids = ["require-mfa-for-admins", "activate-admin-roles-just-in-time", "block-legacy-authentication"];
        let many = model.library().actions().iter().filter(|a| a.signals.len() > 1).take(4);
        let few = model.library().actions().iter().filter(|a| ids.contains(&a.id.value.as_str()));
        let mut signals: Vec<String> = few.chain(many).flat_map(|a| a.signals.iter().take(3).cloned()).collect();
        signals.push("secure-score:NoSuchCheck".to_owned());
        Ground { model, profile, signals }
    })
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap() + chrono::Days::new(offset)
}

fn run(profile: &TenantProfile, text: &str, reading: &Reading, policy: Policy) -> Imported {
    let job = Import {
        model: &ground().model,
        profile,
        text,
        folder: &Unchecked,
        format: Format::Csv,
        files: &["rows".to_owned()],
        reading,
        map: &Map::default(),
        policy,
        date: None,
        owner: Some("CISO"),
        expires: None,
        as_of: day(100),
    };
    import(&job, 1).expect("a profile stays a profile")
}

fn finding() -> impl Strategy<Value = Finding> {
    let statuses = [
        (Some(Implementation::Implemented), Some(Test::Passed)),
        (Some(Implementation::Planned), None),
        (Some(Implementation::NotInScope), None),
        (None, Some(Test::FailedHigh)),
        (Some(Implementation::NotImplemented), Some(Test::Passed)),
        (None, None),
    ];
    prop_oneof![
        8 => (0_u64..4, 1_u64..4).prop_map(|(met, of)| Finding::Checked { met: met.min(of), of, risk: Risk::High }),
        1 => Just(Finding::NothingToTest),
        1 => Just(Finding::NotRun("an error".to_owned())),
        2 => (0..statuses.len(), 0_u64..9).prop_map(move |(n, on)| {
            let (implementation, test) = statuses[n];
            let implemented_on = (on > 5).then(|| day(on));
            Finding::Stated(Box::new(Stated { implementation, test, implemented_on, ..Stated::default() }))
        }),
        1 => (0_u64..3).prop_map(|on| {
            Finding::Accepted(Acceptance { owner: None, expires_on: (on > 0).then(|| day(200 + on)), rationale: None })
        }),
    ]
}

fn reading(findings: impl Strategy<Value = Finding>) -> impl Strategy<Value = Reading> {
    let row = (0..ground().signals.len(), 0_usize..4, 0_usize..3, proptest::option::weighted(0.9, 0_u64..6), findings);
    proptest::collection::vec(row, 0..14).prop_map(|rows| {
        let mut reading = Reading::default();
        for (line, (signal, resource, place, on, finding)) in rows.into_iter().enumerate() {
            let id = ground().signals[signal].clone();
            let row = Row { file: 0, sheet: None, line: line + 1, id: id.clone() };
            let mut fact = Fact::new(row, Subject::Signal(id), finding);
            fact.resource = [None, Some("x"), Some("y"), Some("z")][resource].map(str::to_owned);
            fact.place = [None, Some("a"), Some("b")][place].map(str::to_owned);
            fact.on = on.map(day);
            reading.fact(fact);
        }
        reading
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    prop_oneof![Just(Policy::Fill), Just(Policy::Newer), Just(Policy::Replace)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_row_is_lost_and_nothing_is_done_twice(reading in reading(finding()), policy in policy()) {
        let first = run(&ground().profile, PROFILE, &reading, policy);
        let rows = first.report.rows;
        prop_assert_eq!(rows.read, reading.facts.len());
        prop_assert_eq!(rows.read, rows.used + rows.confirmed + rows.unused);
        prop_assert_eq!(first.profile.is_some(), first.text != PROFILE);
        for line in PROFILE.lines().filter(|line| line.contains('#') || line.contains("id =")) {
            prop_assert!(first.text.lines().any(|other| other == line), "{} is gone", line);
        }
        if let Some(profile) = &first.profile {
            let second = run(profile, &first.text, &reading, policy);
            prop_assert_eq!(&second.text, &first.text);
            prop_assert!(second.report.actions.is_empty() && second.report.acceptances.is_empty());
        }
    }

    #[test]
    fn the_order_of_rows_is_no_matter(reading in reading(finding()), policy in policy(), turn in 0_usize..14) {
        let text = run(&ground().profile, PROFILE, &reading, policy).text;
        let mut turned = reading.clone();
        let by = turn % turned.facts.len().max(1);
        turned.facts.rotate_left(by);
        turned.facts.reverse();
        prop_assert_eq!(run(&ground().profile, PROFILE, &turned, policy).text, text);
    }

    #[test]
    fn what_did_not_run_passes_nothing_and_fails_nothing(
        reading in reading(prop_oneof![Just(Finding::NothingToTest), Just(Finding::NotRun("so".to_owned()))]),
        policy in policy(),
    ) {
        let done = run(&ground().profile, PROFILE, &reading, policy);
        prop_assert_eq!(done.text.as_str(), PROFILE);
        prop_assert_eq!(done.report.rows.unused, reading.facts.len());
    }

    #[test]
    fn effects_sum_to_the_change_of_the_score(reading in reading(finding()), policy in policy()) {
        let done = run(&ground().profile, PROFILE, &reading, policy);
        let told = done.report.actions.iter().map(|a| a.achieved.units()).sum::<i64>();
        let score = |profile| ground().model.score(profile, day(100), 90).overall.total;
        let (before, after) = (score(&ground().profile), score(done.profile.as_ref().unwrap_or(&ground().profile)));
        let change = i64::try_from(after.achieved.units()).unwrap() - i64::try_from(before.achieved.units()).unwrap();
        prop_assert_eq!(told, change);
        prop_assert!(Percent::of(after.achieved, after.possible) <= Some(Percent::from_hundredths(10_000)));
    }

    #[test]
    fn checks_come_to_what_a_naive_sum_says(reading in reading(
        (0_u64..4, 1_u64..4).prop_map(|(met, of)| Finding::Checked { met: met.min(of), of, risk: Risk::Low })
    )) {
        let done = run(&ground().profile, PROFILE, &reading, Policy::Replace);
        let profile = done.profile.as_ref().unwrap_or(&ground().profile).profile();
        let library = ground().model.library();
        // An action that the profile does not list, looked at where no place is named.
        for action in library.actions().iter().filter(|a| a.id.value.as_str() == "block-legacy-authentication") {
            let index = library.find_action(action.id.value.as_str()).unwrap();
            let mine = reading.facts.iter().filter(|f| f.on.is_some() && action.signals.contains(&f.row.id));
            let all: Vec<&Fact> = mine.collect();
            if all.is_empty() || reading.facts.iter().any(|f| f.on.is_none() && action.signals.contains(&f.row.id)) {
                continue;
            }
            let is_one = all.iter().any(|f| f.place.is_none());
            let expected = naive(&all, is_one);
            let entry = profile.entry(index, "default").expect("it was listed");
            prop_assert_eq!(matches!(entry.status, Status::Single(_)), is_one);
            for place in entry.places() {
                let share = match (place.test, &place.fraction) {
                    (Test::Passed, None) => 10_000,
                    (Test::FailedLow, None) => 0,
                    (Test::PartiallyTested, Some(fraction)) => u64::from(fraction.value.get()),
                    other => panic!("{other:?}"),
                };
                prop_assert_eq!(Some(&(share, place.tested_on)), expected.get(&place.name));
                prop_assert_eq!(place.source.word(), TestSource::Automatic.word());
            }
            prop_assert_eq!(entry.places().len(), expected.len());
        }
    }
}

/// For each place the least share over all checks, and the oldest day of what counts.
fn naive(facts: &[&Fact], is_one: bool) -> BTreeMap<Option<String>, (u64, Option<NaiveDate>)> {
    let mut places: BTreeMap<Option<String>, Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        places.entry(fact.place.clone().filter(|_| !is_one)).or_default().push(fact);
    }
    let value = |fact: &Fact| match fact.finding {
        Finding::Checked { met, of, .. } => (met, of),
        _ => unreachable!("only checks"),
    };
    let sum = |facts: &Vec<&Fact>| {
        let mut shares = Vec::new();
        let mut days = Vec::new();
        let mut checks: Vec<&String> = facts.iter().map(|f| &f.row.id).collect();
        checks.sort();
        checks.dedup();
        for check in checks {
            let mine: Vec<&&Fact> = facts.iter().filter(|f| f.row.id == *check).collect();
            let (mut all_met, mut all) = (0, 0);
            for resource in [None, Some("x"), Some("y"), Some("z")] {
                let there: Vec<_> = mine.iter().filter(|f| f.resource.as_deref() == resource).collect();
                let Some(last) = there.iter().map(|f| f.on).max() else { continue };
                let newest = there.iter().filter(|f| f.on == last);
                let worst = newest.min_by_key(|f| (value(f).0 * 10_000 / value(f).1, u64::MAX - value(f).1)).unwrap();
                let (met, of) = value(worst);
                (all_met, all) = (all_met + met, all + of);
                days.push(last);
            }
            shares.push(all_met * 10_000 / all);
        }
        (shares.into_iter().min().unwrap(), days.into_iter().min().unwrap())
    };
    places.iter().map(|(place, facts)| (place.clone(), sum(facts))).collect()
}
