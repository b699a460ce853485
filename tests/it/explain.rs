//! Explanations: their figures are the score's, their facts close what is open, their days are right.

use crate::random::{self, Case};
use annexa::{
    Amount, BasisPoints, Choice, ExplainedNode, Explanation, Fact, FactKind, Goal, Library, LibraryText, Model,
    NodeKind, Sources, State, Sums, TenantProfile, TenantScore, Unchecked,
};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// A case read, with the texts its spans point into.
struct Read {
    model: Model,
    sources: Sources,
    profile: TenantProfile,
}

fn read(files: &[(String, String)], profile: &str) -> Read {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(path.clone(), text.clone());
    }
    let file = sources.add("tenant.toml", profile.to_owned());
    let tenant = model.profile(profile, file, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}\n{profile}"));
    Read { model, sources, profile: tenant.value }
}

impl Read {
    fn explain(&self, id: &str, as_of: NaiveDate) -> Explanation {
        let found = self.model.explain(&self.profile, &self.sources, as_of, id, None);
        found.unwrap_or_else(|| panic!("nothing known of {id}"))
    }

    fn score(&self, as_of: NaiveDate) -> TenantScore {
        self.model.score(&self.profile, as_of, 90)
    }

    /// The root of `kind` that speaks of the assessment of this template and group.
    fn root(&self, id: &str, kind: NodeKind, (template, group): (&str, &str), as_of: NaiveDate) -> ExplainedNode {
        let mut roots = self.explain(id, as_of).roots.into_iter();
        let is_it = |n: &ExplainedNode| {
            n.kind == kind && n.assessment.as_ref().is_some_and(|a| (&*a.template, &*a.group) == (template, group))
        };
        roots.find(is_it).unwrap_or_else(|| panic!("{id} in {template}, {group}"))
    }
}

/// What the children come to, less what they count more than once.
fn sum_of_children(node: &ExplainedNode) -> Sums {
    let (mut sums, mut again) = (Sums::default(), Sums::default());
    for child in &node.children {
        let figures = child.figures.unwrap_or_default();
        *(if child.kind == NodeKind::CountedAgain { &mut again } else { &mut sums }) += figures;
    }
    sums.less(&again)
}

fn assert_children_sum_up(node: &ExplainedNode, seed: u64) {
    if matches!(node.kind, NodeKind::Score | NodeKind::Assessment | NodeKind::Side | NodeKind::Control) {
        assert_eq!(node.figures.unwrap_or_default(), sum_of_children(node), "seed {seed}: {:?} {}", node.kind, node.id);
        node.children.iter().for_each(|child| assert_children_sum_up(child, seed));
    }
}

#[test]
fn the_figures_of_a_control_are_those_of_the_score_and_its_children_sum_to_them() {
    for seed in 0..250 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        for assessment in &found.score(case.as_of).assessments {
            for control in &assessment.controls {
                let whose = (&*assessment.template, &*assessment.group);
                let node = found.root(&control.id, NodeKind::Control, whose, case.as_of);
                let side = |name: &str| {
                    let side = node.children.iter().find(|c| c.id == name);
                    side.and_then(|s| s.figures).unwrap_or_default()
                };
                assert_eq!(node.figures, Some(control.figures.total), "seed {seed}: {}", control.id);
                assert_eq!(side("customer"), control.figures.customer, "seed {seed}: {}", control.id);
                assert_eq!(side("provider"), control.figures.provider, "seed {seed}: {}", control.id);
                assert_eq!(node.state.map(Choice::word), Some(control.status.word()), "seed {seed}: {}", control.id);
                assert_children_sum_up(&node, seed);
            }
        }
    }
}

#[test]
fn the_score_is_accounted_for_down_to_its_domains() {
    for seed in 0..250 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        let (score, told) = (found.score(case.as_of), found.explain("score", case.as_of));
        let [root] = &told.roots[..] else { panic!("seed {seed}: one root") };
        assert_eq!(root.figures, Some(score.overall.total), "seed {seed}");
        assert_children_sum_up(root, seed);
        for (node, assessment) in root.children.iter().zip(&score.assessments) {
            assert_eq!(node.figures, Some(assessment.figures.total), "seed {seed}");
        }
    }
}

#[test]
fn an_action_lacks_facts_exactly_if_it_lacks_points_or_proof() {
    for seed in 0..250 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        for assessment in &found.score(case.as_of).assessments {
            for action in &assessment.actions {
                let whose = (&*assessment.template, &*assessment.group);
                let node = found.root(&action.id, NodeKind::Action, whose, case.as_of);
                let shares = node.share.map(|s| [s.basis_points, s.assured_basis_points, s.unassessed_basis_points]);
                let expected = [action.basis_points, action.assured_basis_points, action.unassessed_basis_points];
                assert_eq!(
                    shares.unwrap_or_default().map(BasisPoints::get),
                    expected,
                    "seed {seed}: {} in {whose:?}",
                    action.id
                );
                let is_closed =
                    !action.in_scope || (action.basis_points, action.assured_basis_points) == (10_000, 10_000);
                assert_eq!(node.missing.is_empty(), is_closed, "seed {seed}: {} in {whose:?}", action.id);
                let is_earned = !action.in_scope || action.basis_points == 10_000;
                let lacks = node.missing.iter().any(|f| f.goal == Goal::Achieved);
                assert_eq!(lacks, !is_earned, "seed {seed}: {} in {whose:?}", action.id);
            }
        }
    }
}

// ---- Facts applied to the profile ----

fn list<'t>(table: &'t mut Table, key: &str) -> &'t mut Vec<Value> {
    table.entry(key).or_insert_with(|| Value::Array(Vec::new())).as_array_mut().unwrap()
}

fn text<'t>(table: &'t Value, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Value::as_str)
}

fn day(date: NaiveDate) -> Value {
    Value::Datetime(date.to_string().parse().unwrap())
}

/// The entry and place of the profile that a fact speaks of.
fn place<'t>(profile: &'t mut Table, fact: &Fact) -> &'t mut Table {
    let is_it = |v: &&mut Value| text(v, "id") == fact.action.as_deref() && text(v, "group") == fact.group.as_deref();
    let entry = list(profile, "action").iter_mut().find(is_it).unwrap().as_table_mut().unwrap();
    match &fact.instance {
        None => entry,
        Some(name) => {
            let mut instances = entry["instance"].as_array_mut().unwrap().iter_mut();
            instances.find(|i| text(i, "name") == Some(name)).unwrap().as_table_mut().unwrap()
        }
    }
}

/// Makes the fact true in the profile.
fn apply(profile: &mut Table, fact: &Fact, as_of: NaiveDate) {
    let proof = || Value::Array(vec!["new-proof".into()]);
    let service = fact.service.clone().unwrap_or_default();
    match fact.kind {
        FactKind::Assess => {
            let mut entry = Table::new();
            entry.insert("id".to_owned(), fact.action.clone().unwrap().into());
            entry.insert("implementation".to_owned(), "implemented".into());
            entry.insert("test".to_owned(), "passed".into());
            entry.insert("tested_on".to_owned(), day(as_of));
            entry.insert("evidence".to_owned(), proof());
            list(profile, "action").push(Value::Table(entry));
        }
        FactKind::Implement | FactKind::Test | FactKind::Complete => {
            let place = place(profile, fact);
            place.insert("implementation".to_owned(), "implemented".into());
            place.insert("test".to_owned(), "passed".into());
            place.remove("fraction");
            place.insert("implemented_on".to_owned(), day(as_of));
            place.insert("tested_on".to_owned(), day(as_of));
        }
        FactKind::Wait => {
            let place = place(profile, fact);
            place.insert("implemented_on".to_owned(), day(as_of));
            place.insert("tested_on".to_owned(), day(as_of));
        }
        FactKind::Retest => _ = place(profile, fact).insert("tested_on".to_owned(), day(as_of)),
        FactKind::LinkEvidence | FactKind::RenewEvidence => {
            place(profile, fact).insert("evidence".to_owned(), proof());
        }
        FactKind::Attest => list(profile, "evidence").push(Value::Table(attestation(&service))),
        FactKind::DropService => list(profile, "service").retain(|s| text(s, "id") != Some(&service)),
        FactKind::MapControl | FactKind::Justify | FactKind::DropClaim => panic!("no fact of an action: {fact:?}"),
    }
}

/// Evidence that has always named the service, and always will.
fn attestation(service: &str) -> Table {
    let text =
        format!("id = \"new-{service}\"\nkind = \"certificate\"\nservices = [\"{service}\"]\nvalid_from = 1990-01-01");
    text.parse().unwrap()
}

/// The profile with the facts made true, and with proof that they may link.
fn applied(case: &Case, facts: &[&Fact]) -> String {
    let mut profile: Table = case.profile.parse().unwrap();
    let proof: Table = "id = \"new-proof\"\nkind = \"configuration\"".parse().unwrap();
    list(&mut profile, "evidence").push(Value::Table(proof));
    facts.iter().for_each(|fact| apply(&mut profile, fact, case.as_of));
    profile.to_string()
}

/// Whether everything of the action is earned and proved, or it no longer counts.
fn is_closed(case: &Case, facts: &[&Fact], id: &str, (template, group): (&str, &str)) -> bool {
    let score = read(&case.files, &applied(case, facts)).score(case.as_of);
    let mut assessments = score.assessments.iter().filter(|a| (&*a.template, &*a.group) == (template, group));
    let action = assessments.next().unwrap().actions.iter().find(|a| a.id == id).unwrap();
    // What waits for its day is proved by then, and need not be earlier.
    let waits = facts.iter().any(|f| f.kind == FactKind::Wait);
    !action.in_scope || (action.basis_points == 10_000 && (waits || action.assured_basis_points == 10_000))
}

#[test]
fn the_facts_of_an_action_close_it_and_none_of_them_is_too_many() {
    let mut seen: BTreeSet<FactKind> = BTreeSet::new();
    for seed in 0..250 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        for assessment in &found.score(case.as_of).assessments {
            let whose = (&*assessment.template, &*assessment.group);
            for action in assessment.actions.iter().filter(|a| a.in_scope) {
                let node = found.root(&action.id, NodeKind::Action, whose, case.as_of);
                let facts: Vec<&Fact> = node.missing.iter().collect();
                seen.extend(facts.iter().map(|f| f.kind));
                let context = format!("seed {seed}: {} in {whose:?}: {facts:#?}", action.id);
                assert!(is_closed(&case, &facts, &action.id, whose), "not closed, {context}");
                let waits = facts.iter().any(|f| f.kind == FactKind::Wait);
                for left_out in (0..facts.len()).filter(|_| !waits) {
                    let mut fewer = facts.clone();
                    fewer.remove(left_out);
                    assert!(!is_closed(&case, &fewer, &action.id, whose), "{left_out} is too many, {context}");
                }
            }
        }
    }
    let of_actions = FactKind::WORDS
        .iter()
        .filter_map(|w| FactKind::from_word(w))
        .filter(|kind| !matches!(kind, FactKind::MapControl | FactKind::Justify | FactKind::DropClaim));
    assert_eq!(seen, of_actions.collect(), "the cases reach every kind of fact");
}

// ---- Days ----

/// Whether what the place or service proves at its day is still proved.
fn is_proved(node: &ExplainedNode) -> bool {
    match node.kind {
        NodeKind::Place => node.share.is_some_and(|s| !s.assured_basis_points.is_zero()),
        _ => node.state == Some(State::Attested) && node.missing.is_empty(),
    }
}

#[test]
fn what_is_proved_is_so_until_the_day_told_and_not_after() {
    let far = NaiveDate::from_ymd_opt(2300, 1, 1).unwrap();
    let (mut days, mut open) = (0, 0);
    for seed in 0..250 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        for assessment in &found.score(case.as_of).assessments {
            let whose = (&*assessment.template, &*assessment.group);
            for action in assessment.actions.iter().filter(|a| a.in_scope) {
                let at = |date: NaiveDate| found.root(&action.id, NodeKind::Action, whose, date).children;
                for (n, child) in at(case.as_of).iter().enumerate().filter(|(_, c)| is_proved(c)) {
                    let context = format!("seed {seed}: {} {}", action.id, child.id);
                    match child.until {
                        Some(until) => {
                            assert!(is_proved(&at(until)[n]), "{context} on {until}");
                            assert!(!is_proved(&at(until + Days::new(1))[n]), "{context} after {until}");
                            days += 1;
                        }
                        None => {
                            assert!(is_proved(&at(far)[n]), "{context} far ahead");
                            open += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(days > 100 && open > 20, "the cases reach both: {days}, {open}");
}

// ---- What rests on evidence ----

/// The case as if the item of evidence had never been, in the profile or in the library.
fn without(case: &Case, id: &str, is_own: bool) -> (Vec<(String, String)>, String) {
    let mut profile: Table = case.profile.parse().unwrap();
    let is_it = |v: &Value| text(v, "id") == Some(id);
    let own_stays = !is_own && list(&mut profile, "evidence").iter().any(is_it);
    let unlink = |table: &mut Table| {
        if let Some(links) = table.get_mut("evidence").and_then(Value::as_array_mut) {
            links.retain(|l| l.as_str() != Some(id));
        }
    };
    for entry in list(&mut profile, "action").iter_mut().filter(|_| !own_stays) {
        let entry = entry.as_table_mut().unwrap();
        unlink(entry);
        list(entry, "instance").iter_mut().for_each(|i| unlink(i.as_table_mut().unwrap()));
        if list(entry, "instance").is_empty() {
            entry.remove("instance");
        }
    }
    let mut files = case.files.clone();
    if is_own {
        list(&mut profile, "evidence").retain(|e| !is_it(e));
    } else {
        for (_, text) in files.iter_mut().filter(|(path, _)| path.ends_with("provider.toml")) {
            let mut table: Table = text.parse().unwrap();
            list(&mut table, "evidence").retain(|e| !is_it(e));
            *text = table.to_string();
        }
    }
    (files, profile.to_string())
}

fn lost(before: &TenantScore, after: &TenantScore) -> (Amount, Amount) {
    let less = before.overall.total.less(&after.overall.total);
    (less.achieved, less.assured)
}

#[test]
fn what_rests_on_evidence_is_what_the_score_loses_without_it() {
    let mut losses: BTreeMap<bool, usize> = BTreeMap::new();
    for seed in 0..250 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        let before = found.score(case.as_of);
        let own: Vec<(String, bool)> =
            found.profile.profile().evidence.iter().map(|e| (e.id.value.clone(), true)).collect();
        let library = found.model.library().evidence().iter().map(|e| (e.id.value.to_string(), false));
        for (id, is_own) in own.into_iter().chain(library) {
            let is_it = |n: &&ExplainedNode| {
                let is_of_profile = n.place.as_ref().is_some_and(|p| p.file == "tenant.toml");
                n.kind == NodeKind::Evidence && is_of_profile == is_own
            };
            let told = found.explain(&id, case.as_of);
            let node = told.roots.iter().find(is_it).unwrap();
            let (files, profile) = without(&case, &id, is_own);
            let after = read(&files, &profile).score(case.as_of);
            let rests = node.rests.unwrap();
            assert_eq!((rests.achieved, rests.assured), lost(&before, &after), "seed {seed}: {id}, own {is_own}");
            *losses.entry(is_own).or_default() += usize::from(!rests.is_none());
            for assessment in node.children.iter().filter(|c| c.kind == NodeKind::Assessment) {
                let actions = assessment.walk().into_iter().filter(|n| n.kind == NodeKind::Action);
                let sum = actions.filter_map(|a| a.rests).fold(Amount::ZERO, |all, r| all + r.assured);
                assert_eq!(Some(sum), assessment.rests.map(|r| r.assured), "seed {seed}: {id}");
            }
        }
    }
    assert!(losses.values().all(|count| *count > 50), "the cases reach losses: {losses:?}");
}

#[test]
fn current_evidence_for_a_service_adds_what_is_told() {
    let mut gains = 0;
    for seed in 0..250 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        let before = found.score(case.as_of);
        for service in &found.profile.profile().services {
            let id = found.model.library().service(service.value).id.value.to_string();
            let told = found.explain(&id, case.as_of);
            let node = told.roots.iter().find(|n| n.kind == NodeKind::Service).unwrap();
            let mut profile: Table = case.profile.parse().unwrap();
            list(&mut profile, "evidence").push(Value::Table(attestation(&id)));
            let after = read(&case.files, &profile.to_string()).score(case.as_of);
            let gained = node.gains.map(|g| (g.achieved, g.assured)).unwrap_or_default();
            assert_eq!(gained, lost(&after, &before), "seed {seed}: {id}");
            gains += usize::from(node.gains.is_some());
        }
    }
    assert!(gains > 50, "the cases reach gains: {gains}");
}

#[test]
fn every_known_id_is_explained_and_no_other() {
    for seed in 0..50 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        for id in found.model.subjects(&found.profile) {
            assert_eq!(found.explain(id, case.as_of).subject, id);
        }
        let unknown = found.model.explain(&found.profile, &found.sources, case.as_of, "no-such-id", None);
        assert!(unknown.is_none(), "seed {seed}");
    }
}
