//! The dossier: every figure and date in it is that of the score, of the explanation and of the forecast.

use crate::random;
use annexa::{
    ActionSheet, Amount, Appraisal, BasisPoints, Dossier, DossierOptions, ExplainedNode, ForecastOptions, Gap, GapKind,
    Library, LibraryText, Missing, Model, NodeKind, Owner, PlanOptions, Sources, State, Sums, TenantProfile, Unchecked,
    report, starter_profiles,
};
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;
use std::sync::Arc;

struct Read {
    model: Model,
    sources: Sources,
    profile: TenantProfile,
}

fn random(case: &random::Case) -> Read {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let mut sources = Sources::default();
    for (path, text) in &case.files {
        sources.add(path.clone(), text.clone());
    }
    read(model, sources, &case.profile)
}

fn read(model: Model, mut sources: Sources, text: &str) -> Read {
    let file = sources.add("tenant.toml", text.to_owned());
    let profile = model.profile(text, file, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}")).value;
    Read { model, sources, profile }
}

fn shipped() -> Vec<(String, Read)> {
    let each = starter_profiles().map(|(name, text)| {
        let mut sources = Sources::default();
        let model = Model::builtin(&mut sources);
        (name.to_owned(), read(model, sources, text))
    });
    each.collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Read {
    fn dossier(&self, as_of: NaiveDate, expiring_within: u32) -> Dossier {
        let options = DossierOptions { as_of, expiring_within, hours: None };
        self.model.dossier(&self.profile, &self.sources, &options)
    }

    /// All that this file holds of every dossier.
    fn check(&self, as_of: NaiveDate, within: u32, what: &str) {
        let dossier = self.dossier(as_of, within);
        let score = self.model.score(&self.profile, as_of, within);
        assert_eq!(report::to_json(&dossier.score).unwrap(), report::to_json(&score).unwrap(), "{what}");
        sums(&dossier, what);
        references(&dossier, what);
        for sheet in &dossier.actions {
            let found = self.model.explain(&self.profile, &self.sources, as_of, &sheet.id, None).unwrap();
            explained(&dossier, sheet, &found.roots, what);
        }
        self.services(&dossier, as_of, what);
        self.lapses(&dossier, as_of, within, what);
        self.evidence(&dossier, as_of, what);
    }

    fn services(&self, dossier: &Dossier, as_of: NaiveDate, what: &str) {
        for sheet in &dossier.services {
            let found = self.model.explain(&self.profile, &self.sources, as_of, &sheet.id, None).unwrap();
            let node = found.roots.iter().find(|n| n.kind == NodeKind::Service).unwrap();
            assert_eq!(
                (Some(sheet.state), &sheet.name, &sheet.location),
                (node.state, &node.title, &node.place),
                "{what}"
            );
            let told: Vec<&str> =
                node.children.iter().filter(|n| n.kind == NodeKind::Evidence).map(|n| &*n.id).collect();
            let items = sheet.evidence.iter().map(|naming| &*dossier.evidence_item(naming.item).unwrap().id);
            assert_eq!(items.collect::<Vec<_>>(), told, "{what}: {}", sheet.id);
            let attests = sheet.evidence.iter().any(|naming| naming.is_named);
            assert_eq!(
                sheet.state == State::Attested,
                attests && sheet.state != State::Retired,
                "{what}: {}",
                sheet.id
            );
        }
    }

    fn lapses(&self, dossier: &Dossier, as_of: NaiveDate, within: u32, what: &str) {
        let until = as_of.checked_add_days(Days::new(within.into())).unwrap();
        let options = ForecastOptions { from: as_of, until, target: None, floor: None, floor_assurance: None };
        let forecast = self.model.forecast(&self.profile, &options);
        let ends =
            forecast.line.steps.iter().flat_map(|s| s.events.iter().map(move |e| (s.from.pred_opt().unwrap(), e)));
        let ends: Vec<String> = ends
            .filter(|(_, e)| e.kind.is_end())
            .map(|(on, e)| format!("{on} {}", report::to_json(e).unwrap()))
            .collect();
        let told: Vec<String> =
            dossier.lapses.iter().map(|l| format!("{} {}", l.last_day, report::to_json(&l.event).unwrap())).collect();
        assert_eq!(told, ends, "{what}");
        // What the gap report calls expiring stands in the register with that day.
        let gaps = dossier.score.assessments.iter().flat_map(|a| &a.gaps);
        for gap in gaps.filter(|g| g.finding.kind == GapKind::EvidenceExpiring) {
            let key = (gap.finding.evidence_id.as_deref(), gap.finding.valid_to);
            let mut items = dossier.evidence.iter();
            assert!(items.any(|e| (Some(&*e.id), e.counts_to) == key && e.state == State::Current), "{what}: {key:?}");
        }
    }

    fn evidence(&self, dossier: &Dossier, as_of: NaiveDate, what: &str) {
        for item in &dossier.evidence {
            let found = self.model.explain(&self.profile, &self.sources, as_of, &item.id, None).unwrap();
            let is_it = |n: &&ExplainedNode| n.kind == NodeKind::Evidence && n.place == item.location;
            let node = found.roots.iter().find(is_it).unwrap_or_else(|| panic!("{what}: {}", item.id));
            assert_eq!(Some(item.state), node.state, "{what}: {}", item.id);
            assert_eq!(Some(item.alone), node.rests, "{what}: {}", item.id);
            assert_eq!((item.counts_to, &item.link), (node.until, &node.link), "{what}: {}", item.id);
            let resting: BTreeSet<&str> = item.actions.iter().map(|at| &*dossier.action(*at).unwrap().id).collect();
            let told =
                node.walk().into_iter().filter(|n| n.kind == NodeKind::Action && n.rests.is_some_and(|r| !r.is_none()));
            for action in told {
                assert!(resting.contains(&*action.id), "{what}: {} loses without {}", action.id, item.id);
            }
            assert!(item.controls == 0 || !item.actions.is_empty(), "{what}: {}", item.id);
        }
    }
}

/// Sheets sum to the figures of assessments and controls, and stand where the score has their action.
fn sums(dossier: &Dossier, what: &str) {
    let score = &dossier.score;
    assert_eq!(dossier.assessments.len(), score.assessments.len(), "{what}");
    for (n, assessment) in score.assessments.iter().enumerate() {
        let own: Vec<(&ActionSheet, &Appraisal)> =
            dossier.actions.iter().filter_map(|sheet| Some((sheet, sheet.appraisal(n)?))).collect();
        let total = |owner: Owner| sum(own.iter().filter(|(s, _)| s.owner == owner).map(|(_, a)| a.figures));
        assert_eq!(total(Owner::Customer), assessment.figures.customer, "{what}");
        assert_eq!(total(Owner::Provider), assessment.figures.provider, "{what}");
        let applicable: Vec<usize> =
            assessment.actions.iter().enumerate().filter(|(_, a)| a.applicable).map(|(slot, _)| slot).collect();
        assert_eq!(own.iter().map(|(_, a)| a.action).collect::<Vec<_>>(), applicable, "{what}");
        for (sheet, appraisal) in &own {
            let scored = &assessment.actions[appraisal.action];
            assert_eq!((&sheet.id, &sheet.title, sheet.points), (&scored.id, &scored.title, scored.points), "{what}");
            let shares = appraisal.share.map(|s| [s.basis_points, s.assured_basis_points, s.unassessed_basis_points]);
            let of_score = [scored.basis_points, scored.assured_basis_points, scored.unassessed_basis_points];
            assert_eq!(
                shares.unwrap_or([BasisPoints::ZERO; 3]).map(BasisPoints::get),
                of_score,
                "{what}: {}",
                sheet.id
            );
            assert_eq!(shares.is_some(), scored.in_scope, "{what}: {}", sheet.id);
            let earned = shares.map_or(Amount::ZERO, |[earned, ..]| sheet.points.times(earned));
            assert_eq!(appraisal.figures.achieved, earned, "{what}: {}", sheet.id);
        }
        missing(&dossier.assessments[n].missing, &assessment.gaps, what);
        let sheets = &dossier.assessments[n].controls;
        assert_eq!(sheets.len(), assessment.controls.len(), "{what}");
        for (position, (control, sheet)) in assessment.controls.iter().zip(sheets).enumerate() {
            let actions = sheet.actions.iter().map(|at| dossier.action(*at).unwrap());
            let appraisals = actions.map(|a| a.appraisal(n).unwrap()).collect::<Vec<_>>();
            let is_excluded = sheet.exclusion.is_some();
            assert_eq!(control.status == annexa::ControlStatus::Excluded, is_excluded, "{what}: {}", control.id);
            if !is_excluded {
                assert_eq!(sum(appraisals.iter().map(|a| a.figures)), control.figures.total, "{what}: {}", control.id);
            }
            assert!(appraisals.iter().all(|a| a.controls.contains(&position)), "{what}: {}", control.id);
        }
    }
}

/// The counts of a kind are those of its rows; a finding is told from others by all but its control.
fn missing(counted: &[Missing], gaps: &[Gap], what: &str) {
    let kinds: BTreeSet<GapKind> = gaps.iter().map(|g| g.finding.kind).collect();
    assert_eq!(counted.iter().map(|m| m.kind).collect::<Vec<_>>(), Vec::from_iter(kinds), "{what}");
    for missing in counted {
        let rows: Vec<&Gap> = gaps.iter().filter(|g| g.finding.kind == missing.kind).collect();
        let controls: BTreeSet<&str> = rows.iter().map(|g| &*g.control.id).collect();
        let mut findings: Vec<&Arc<annexa::GapFinding>> = Vec::new();
        for row in &rows {
            if !findings.iter().any(|f| Arc::ptr_eq(f, &row.finding)) {
                findings.push(&row.finding);
            }
        }
        let counts = (missing.findings, missing.rows, missing.controls);
        assert_eq!(counts, (findings.len(), rows.len(), controls.len()), "{what}: {:?}", missing.kind);
    }
}

fn sum(list: impl Iterator<Item = Sums>) -> Sums {
    list.fold(Sums::default(), |mut all, sums| {
        all += sums;
        all
    })
}

/// What names something by its position is named by it in turn.
fn references(dossier: &Dossier, what: &str) {
    for (n, sheet) in dossier.actions.iter().enumerate() {
        for appraisal in &sheet.appraisals {
            for control in &appraisal.controls {
                let control = &dossier.assessments[appraisal.assessment].controls[*control];
                assert!(control.actions.iter().any(|at| at.position() == n), "{what}: {}", sheet.id);
            }
            let counts = appraisal.share.is_some();
            let items = appraisal.places.iter().filter(|p| p.state != State::NotInScope).flat_map(|p| &p.evidence);
            for item in items.filter(|_| counts) {
                let item = dossier.evidence_item(*item).unwrap();
                assert!(item.actions.iter().any(|at| at.position() == n), "{what}: {} {}", sheet.id, item.id);
            }
        }
        for service in &sheet.services {
            let service = dossier.service(*service).unwrap();
            assert!(service.actions.iter().any(|at| at.position() == n), "{what}: {} {}", sheet.id, service.id);
        }
    }
    for (n, service) in dossier.services.iter().enumerate() {
        for naming in &service.evidence {
            let item = dossier.evidence_item(naming.item).unwrap();
            assert!(item.services.iter().any(|at| at.position() == n), "{what}: {}", service.id);
        }
    }
}

/// A sheet says what the explanation of its action says.
fn explained(dossier: &Dossier, sheet: &ActionSheet, roots: &[ExplainedNode], what: &str) {
    let roots: Vec<&ExplainedNode> = roots.iter().filter(|n| n.kind == NodeKind::Action).collect();
    let applying: Vec<&&ExplainedNode> = roots.iter().filter(|n| n.state != Some(State::NotApplicable)).collect();
    assert_eq!(sheet.appraisals.len(), applying.len(), "{what}: {}", sheet.id);
    for (appraisal, node) in sheet.appraisals.iter().zip(applying) {
        let assessment = &dossier.score.assessments[appraisal.assessment];
        let name = node.assessment.as_ref().unwrap();
        assert_eq!((&assessment.template, &assessment.group), (&name.template, &name.group), "{what}");
        assert_eq!(Some(appraisal.state), node.state, "{what}: {}", sheet.id);
        assert_eq!((Some(appraisal.figures), appraisal.share), (node.figures, node.share), "{what}: {}", sheet.id);
        assert_eq!(appraisal.entry.as_ref().and_then(|e| e.location.as_ref()), node.place.as_ref(), "{what}");
        let sheets = &dossier.assessments[appraisal.assessment].controls;
        let open = appraisal.controls.iter().filter(|c| sheets[**c].exclusion.is_none());
        let ids: Vec<&String> = open.map(|c| &assessment.controls[*c].id).collect();
        assert_eq!(ids, node.serves.iter().collect::<Vec<_>>(), "{what}: {}", sheet.id);
        match sheet.owner {
            Owner::Customer => places(dossier, sheet, appraisal, node, what),
            Owner::Provider => attested(dossier, sheet, appraisal, node, what),
        }
    }
}

fn places(dossier: &Dossier, sheet: &ActionSheet, appraisal: &Appraisal, node: &ExplainedNode, what: &str) {
    assert_eq!(appraisal.places.len(), node.children.len(), "{what}: {}", sheet.id);
    for (place, node) in appraisal.places.iter().zip(&node.children) {
        assert_eq!((place.name.as_deref().unwrap_or_default(), Some(place.state)), (&*node.id, node.state), "{what}");
        assert_eq!((place.share, &place.location), (node.share, &node.place), "{what}: {}", sheet.id);
        let items: Vec<_> = place.evidence.iter().map(|at| dossier.evidence_item(*at).unwrap()).collect();
        let told: Vec<_> = items.iter().map(|e| (&*e.id, Some(e.state), e.link.as_ref())).collect();
        let wanted: Vec<_> = node.children.iter().map(|e| (&*e.id, e.state, e.link.as_ref())).collect();
        assert_eq!(told, wanted, "{what}: {}", sheet.id);
        let is_fresh = place.fresh_until.is_some_and(|until| until >= dossier.score.as_of);
        assert_eq!(place.is_fresh, is_fresh, "{what}: {}", sheet.id);
    }
    // The share of the action is the mean of its places in scope, rounded down.
    let in_scope: Vec<u64> =
        appraisal.places.iter().filter_map(|p| Some(u64::from(p.share?.basis_points.get()))).collect();
    if let (Some(share), false) = (appraisal.share, in_scope.is_empty()) {
        let mean = in_scope.iter().sum::<u64>() / in_scope.len() as u64;
        assert_eq!(u64::from(share.basis_points.get()), mean, "{what}: {}", sheet.id);
    }
}

fn attested(dossier: &Dossier, sheet: &ActionSheet, appraisal: &Appraisal, node: &ExplainedNode, what: &str) {
    let services: Vec<_> = sheet.services.iter().map(|at| dossier.service(*at).unwrap()).collect();
    let told: Vec<&str> = services.iter().map(|s| &*s.id).collect();
    assert_eq!(told, node.children.iter().map(|n| &*n.id).collect::<Vec<_>>(), "{what}: {}", sheet.id);
    if let Some(share) = appraisal.share {
        let count = services.iter().filter(|s| s.state == State::Attested).count() as u64;
        let naive = 10_000 * count / services.len() as u64;
        assert_eq!(u64::from(share.basis_points.get()), naive, "{what}: {}", sheet.id);
    }
}

#[test]
fn of_the_shipped_profiles_it_says_what_score_and_explanation_say() {
    for (name, read) in shipped() {
        for on in ["2020-06-01", "2021-12-01"] {
            read.check(day(on), 90, &format!("{name} on {on}"));
        }
    }
}

#[test]
fn of_random_profiles_it_says_what_score_and_explanation_say() {
    for seed in 0..250 {
        let case = random::case(700_000 + seed);
        let within = u32::try_from(case.expiring_within).unwrap();
        random(&case).check(case.as_of, within, &format!("seed {seed}"));
    }
}

#[test]
fn the_same_profile_gives_the_same_bytes() {
    for (name, read) in shipped() {
        let json = |read: &Read| report::to_json(&read.dossier(day("2021-12-01"), 90)).unwrap();
        assert_eq!(json(&read), json(&read), "{name}");
    }
}

#[test]
fn the_next_best_actions_are_the_plan_of_the_hours() {
    let (name, read) = shipped().into_iter().find(|(name, _)| name.contains("business")).unwrap();
    let as_of = day("2020-06-01");
    let options = DossierOptions { as_of, expiring_within: 90, hours: Some(40) };
    let dossier = read.model.dossier(&read.profile, &read.sources, &options);
    let wanted = PlanOptions { budget: Some(40), frontier: 0, ..PlanOptions::new(as_of) };
    let plan = read.model.plan(&read.profile, &wanted);
    assert_eq!(report::to_json(&dossier.next).unwrap(), report::to_json(&plan).unwrap(), "{name}");
    assert!(!plan.chosen.is_empty(), "{name}: there is work to plan");
    assert_eq!(plan.now.sums, dossier.score.overall.total, "{name}");
}
