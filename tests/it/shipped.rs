//! Everything shipped is loaded, linted, and as complete as it says.

use annexa::{
    ActionType, BUILTIN_FILES, ControlKind, Edge, Library, LibraryText, Model, Node, Owner, Sources, Unchecked,
};
use std::collections::BTreeSet;

fn shipped() -> Model {
    Model::builtin(&mut Sources::default())
}

#[test]
fn the_library_has_no_faults_and_no_warnings() {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(BUILTIN_FILES).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let checked = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let found = checked.value.lint(checked.warnings, None, &|_| true);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_starter_profiles_have_no_faults_and_no_warnings() {
    let model = shipped();
    let profiles: Vec<_> = annexa::starter_profiles().collect();
    assert_eq!(profiles.len(), 3);
    for (path, text) in profiles {
        let checked = model.profile(text, 1_000, &Unchecked).unwrap_or_else(|faults| panic!("{path}: {faults:#?}"));
        assert!(checked.warnings.is_empty(), "{path}: {:#?}", checked.warnings);
    }
}

#[test]
fn the_2013_edition_is_complete() {
    let model = shipped();
    let framework = model.library().find_framework("iso-27001-2013").unwrap();
    let framework = model.library().framework(framework);
    let of_kind = |kind| framework.controls.iter().filter(move |c| c.kind == kind);
    assert_eq!(of_kind(ControlKind::AnnexA).count(), 114);
    assert_eq!(of_kind(ControlKind::Clause).count(), 26);
    let annex = |g: &&annexa::Group| g.id.value.as_str().starts_with("A.");
    let (domains, objectives): (Vec<_>, Vec<_>) =
        framework.groups.iter().filter(annex).partition(|g| g.parent.is_none());
    assert_eq!((domains.len(), objectives.len()), (14, 35));
    let sizes: Vec<usize> = domains
        .iter()
        .map(|d| of_kind(ControlKind::AnnexA).filter(|c| framework.headings(c).last().unwrap().id == d.id).count())
        .collect();
    assert_eq!(sizes, [2, 7, 6, 10, 14, 2, 15, 14, 7, 13, 5, 7, 4, 8]);
    // Numbering has no holes: A.9.2.1, A.9.2.2, ...
    for objective in objectives {
        let under: Vec<&str> = framework
            .controls
            .iter()
            .filter(|c| c.group.value == objective.id.value)
            .map(|c| c.id.value.as_str())
            .collect();
        let expected: Vec<String> = (1..=under.len()).map(|n| format!("{}.{n}", objective.id.value)).collect();
        assert_eq!(under, expected);
    }
}

#[test]
fn every_control_is_served_by_the_customer_and_the_provider_serves_what_it_claims() {
    let model = shipped();
    let library = model.library();
    let template = library.find_template("microsoft-cloud/iso-27001-2013").unwrap();
    let framework = library.find_framework("iso-27001-2013").unwrap();
    let mut claimed = BTreeSet::new();
    for (position, control) in library.framework(framework).controls.iter().enumerate() {
        let node =
            Node::Control(framework, library.framework(framework).find_control(control.id.value.as_str()).unwrap());
        let owners: BTreeSet<Owner> = model
            .graph()
            .out(node)
            .filter_map(|(edge, to)| match (edge, to) {
                (Edge::ServedBy(by), Node::Action(action)) if by == template => Some(library.action(action).owner),
                _ => None,
            })
            .collect();
        assert!(owners.contains(&Owner::Customer), "{} has no customer action", control.id.value);
        if owners.contains(&Owner::Provider) {
            claimed.insert(position);
            assert_eq!(control.kind, ControlKind::AnnexA, "{}", control.id.value);
        }
    }
    // The controls that Microsoft's own assurance pages claim, rolled up from domains and objectives.
    assert_eq!(claimed.len(), 87);
}

#[test]
fn actions_are_as_many_and_as_deep_as_the_readme_says() {
    let model = shipped();
    let actions = model.library().actions();
    let of = |owner| actions.iter().filter(move |a| a.owner == owner);
    assert!(of(Owner::Customer).count() >= 700, "{}", of(Owner::Customer).count());
    assert!(of(Owner::Provider).count() >= 120, "{}", of(Owner::Provider).count());
    for action in actions {
        let id = &action.id.value;
        assert!(action.guidance.as_ref().is_some_and(|g| g.len() > 60), "{id} has no guidance");
        assert!(!action.proof.is_empty(), "{id} has no kind of proof");
        assert!(action.feature.is_some(), "{id} names no feature or document");
        assert!(action.owner == Owner::Provider || action.effort_hours.is_some(), "{id} has no effort");
        assert!(action.links.iter().all(|l| l.starts_with("https://")), "{id} links without https");
    }
    let titles: BTreeSet<&str> = actions.iter().map(|a| a.title.as_str()).collect();
    assert_eq!(titles.len(), actions.len(), "two actions have one title");
}

/// The checks that their publishers list, as `kind:id`.
fn known_signals() -> BTreeSet<&'static str> {
    include_str!("../data/signals.txt").lines().filter(|line| !line.starts_with('#')).collect()
}

#[test]
fn every_signal_is_a_check_that_its_publisher_lists() {
    let known = known_signals();
    assert!(known.len() > 1_000 && known.iter().all(|s| s.split_once(':').is_some_and(|(_, id)| !id.contains(' '))));
    let model = shipped();
    let signals = || model.library().actions().iter().flat_map(|a| a.signals.iter().map(move |s| (s, &a.id.value)));
    let strangers: Vec<_> = signals().filter(|(signal, _)| !known.contains(signal.as_str())).collect();
    assert!(strangers.is_empty(), "{strangers:?}");
    // What public maps name and no tool has: two ids that do not exist, and two that are several grown together.
    const SLIPS: [&str; 4] = [
        "entra_conditional_access_policy_require_mfa_for_management_app",
        "defender_identity_health_issues_no_open",
        "entra_policy_user_consent_for_verified_apps storage_blob_public_access_level_is_disabled",
        "entra_non_privileged_user_has_mfa entra_privileged_user_has_mfa",
    ];
    for slip in SLIPS {
        assert!(!known.iter().any(|s| s.ends_with(slip)), "{slip}");
        for (signal, action) in signals() {
            let id = signal.split_once(':').map_or("", |(_, id)| id);
            assert!(id != slip && id != slip.replace(' ', ""), "{action}: {signal}");
        }
    }
}

#[test]
fn actions_say_enough_to_be_done_and_enough_of_them_can_be_watched() {
    let model = shipped();
    let actions = model.library().actions();
    assert!(actions.len() >= 450, "{}", actions.len());
    for action in actions {
        let (id, guidance) = (&action.id.value, action.guidance.as_deref().unwrap_or_default());
        let sentences = guidance.split_inclusive(['.', '!', '?']).filter(|part| {
            // A stop inside of a name or number (`MS.AAD.1`, `TLS 1.2`) ends no sentence.
            let after =
                guidance.get(part.as_ptr().addr() - guidance.as_ptr().addr() + part.len()..).unwrap_or_default();
            part.ends_with(['.', '!', '?']) && (after.is_empty() || after.starts_with(char::is_whitespace))
        });
        let count = sentences.count();
        assert!((2..=5).contains(&count), "{id} has {count} sentences of guidance");
        assert!(!action.proof.is_empty(), "{id} has no kind of proof");
        assert!(action.owner == Owner::Provider || action.effort_hours.is_some(), "{id} has no effort");
    }
    let watched = actions.iter().filter(|a| a.action_type == ActionType::Technical && !a.signals.is_empty());
    let count = watched.count();
    assert!(count >= 150, "{count} technical actions have signals");
}

#[test]
fn the_holes_of_the_sources_stay_holes() {
    let model = shipped();
    let library = model.library();
    let named_by = |service: &str| -> Vec<&str> {
        let naming = |e: &&annexa::Evidence| e.services.iter().any(|(s, _)| s.value.as_str() == service);
        library.evidence().iter().filter(naming).map(|e| e.id.value.as_str()).collect()
    };
    let service = |id: &str| library.service(library.find_service(id).unwrap());
    for id in ["azure-government", "office-365-us-government", "office-365-us-government-defense", "azure-germany"] {
        assert!(service(id).certified && named_by(id).is_empty(), "{id}: {:?}", named_by(id));
    }
    assert!(!service("yammer").certified && named_by("yammer") == ["report-yammer"]);
    let desktop = named_by("managed-desktop");
    assert!(desktop.contains(&"cert-azure") && desktop.contains(&"report-azure") && !desktop.contains(&"soa-azure"));
    for id in ["azure-germany", "office-365-germany"] {
        assert_eq!(service(id).retired_on.unwrap().to_string()[..7], *"2021-10", "{id}");
    }
    assert!(service("flow").aliases.iter().any(|a| a == "Microsoft Flow"), "{:?}", service("flow").aliases);
}
