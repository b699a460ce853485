//! Microsoft Secure Score as a source of facts.

use crate::sources::{counts, expected, faults, lines, read_samples, survives};
use crate::support::{done, run_in};
use annexa::import::{Finding, Format};

const PROFILES: &str = r#"{"value": [
{"id": "AdminMFAV2", "azureTenantId": "T", "title": "MFA", "maxScore": 10, "deprecated": false, "controlStateUpdates": [{"state": "Default"}]},
{"id": "Old", "azureTenantId": "T", "maxScore": 5, "deprecated": true, "controlStateUpdates": []},
{"id": "Third", "azureTenantId": "T", "maxScore": 4, "tier": "Core", "controlStateUpdates": [
 {"state": "ThirdParty", "updatedDateTime": "2026-05-02T08:00:00Z", "assignedTo": "ana", "comment": "Okta"},
 {"state": "Ignored", "updatedDateTime": "2026-01-02T08:00:00Z"}]},
{"id": "Risk", "azureTenantId": "T", "maxScore": 4, "controlStateUpdates": [{"state": "ignored", "assignedTo": "bo", "comment": "too dear", "updatedDateTime": "2026-05-03T00:00:00Z"}]},
{"id": "Seen", "azureTenantId": "T", "maxScore": 4, "controlStateUpdates": [{"state": "reviewed"}]},
{"id": "Odd", "azureTenantId": "T", "maxScore": 0, "controlStateUpdates": [{"state": "Sleepy"}]}
]}"#;

fn score(day: &str, controls: &str) -> String {
    format!(
        r#"{{"id": "T_{day}", "azureTenantId": "t", "createdDateTime": "{day}T00:00:00Z", "controlScores": [{controls}]}}"#
    )
}

#[test]
fn points_of_the_profile_come_first_then_the_percentage_then_what_was_counted() {
    let controls = r#"
{"controlName": "AdminMFAV2", "score": "7.5", "scoreInPercentage": 10, "lastSynced": "2026-05-30T23:30:00-04:00"},
{"controlName": "Odd", "score": 0, "scoreInPercentage": 33.33, "lastSynced": "2026-05-31T01:00:00Z"},
{"controlName": "Counted", "score": 3, "count": "2", "total": "8"},
{"controlName": "Empty", "score": 3, "scoreInPercentage": 100, "count": "0", "total": "0"},
{"controlName": "Bare", "score": 3, "count": "1"},
{"controlName": "AdminMFAV2", "score": 11},
{"controlName": "AdminMFAV2", "score": -1},
{"controlName": "AdminMFAV2", "score": "many"},
{"score": 1},
7"#;
    assert_eq!(
        lines(Format::SecureScore, &[&score("2026-06-01", controls), PROFILES])[..12],
        [
            "0/2 AdminMFAV2: secure-score:AdminMFAV2 of t on 2026-05-31 told 2026-06-01: 3/4 medium",
            "0/3 Odd: secure-score:Odd of t on 2026-05-31 told 2026-06-01: 3333/10000 medium",
            "0/4 Counted: secure-score:Counted of t on 2026-06-01 told 2026-06-01: 1/4 medium",
            "0/5 Empty: secure-score:Empty of t on 2026-06-01 told 2026-06-01: nothing to test",
            "1/7 Risk: secure-score:Risk on 2026-05-03: accepted by bo until -: too dear",
            "1/5 Third: secure-score:Third on 2026-05-02: alternative by ana \"Okta\"",
            "0/6 Bare: no-status at score: nothing says how much of the control holds: give the control profiles too, for its points",
            "0/7 AdminMFAV2: bad-value at score: more than the most that it can be",
            "0/8 AdminMFAV2: bad-value at score: no number from 0 on",
            "0/9 AdminMFAV2: bad-value at score: no number from 0 on",
            "0/10 : bad-row at controlName: the row names no control",
            "0/11 : bad-row at -: the row is no JSON object",
        ]
    );
}

#[test]
fn what_somebody_stated_is_no_result() {
    let controls = r#"{"controlName": "Third", "score": 4}, {"controlName": "Old", "score": 5}, {"controlName": "Risk", "score": 0}"#;
    let told = lines(Format::SecureScore, &[&score("2026-06-01", controls), PROFILES]);
    assert_eq!(
        told,
        [
            "0/1 Risk: secure-score:Risk of t on 2026-06-01 told 2026-06-01: 0/1 medium",
            "1/7 Risk: secure-score:Risk on 2026-05-03: accepted by bo until -: too dear",
            "1/5 Third: secure-score:Third on 2026-05-02: alternative by ana \"Okta\"",
            "0/1 Third: disregarded at score: the points stand for what somebody stated in the profile of the control, not for a check",
            "0/1 Old: disregarded at controlName: the control is deprecated",
            "1/9 Odd: bad-value at controlStateUpdates: `Sleepy` is no state that is known",
            "1/8 Seen: no-status at controlStateUpdates: somebody looked at the control, and says nothing of its status",
        ]
    );
    // Before it was stated, the points were earned; and fewer points are a result whatever is stated.
    let third = |day: &str, points: u8| {
        let text = score(day, &format!(r#"{{"controlName": "Third", "score": {points}}}"#));
        lines(Format::SecureScore, &[&text, PROFILES]).swap_remove(0)
    };
    assert_eq!(third("2026-05-01", 4), "0/1 Third: secure-score:Third of t on 2026-05-01 told 2026-05-01: 1/1 medium");
    assert_eq!(third("2026-06-01", 1), "0/1 Third: secure-score:Third of t on 2026-06-01 told 2026-06-01: 1/4 medium");
}

#[test]
fn days_tenants_and_spellings() {
    let days =
        [score("2026-06-02", r#"{"controlName": "A", "scoreInPercentage": 50}"#), score("2026-06-01", "")].join("\n");
    assert_eq!(
        lines(Format::SecureScore, &[&days]),
        ["0/1 A: secure-score:A of t on 2026-06-02 told 2026-06-02: 1/2 medium"]
    );
    // As PowerShell writes it, and without a day but in the id.
    let shell = r#"[{"Id": "x_2026-06-03", "ControlScores": [{"ControlName": "A", "Score": 1,
        "AdditionalProperties": {"scoreInPercentage": 20.0, "lastSynced": "2026-06-02T00:00:00Z"}}]}]"#;
    assert_eq!(
        lines(Format::SecureScore, &[shell]),
        ["0/1 A: secure-score:A on 2026-06-02 told 2026-06-03: 1/5 medium"]
    );
    // Of two tenants each is a place, and has its own profiles.
    let two = score("2026-06-01", r#"{"controlName": "AdminMFAV2", "score": 5}"#);
    let other = two.replace("\"azureTenantId\": \"t\"", "\"azureTenantId\": \"u\"");
    assert_eq!(
        lines(Format::SecureScore, &[&two, &other, PROFILES])[..2],
        [
            "0/1 AdminMFAV2: secure-score:AdminMFAV2 in t of t on 2026-06-01 told 2026-06-01: 1/2 medium",
            "2/7 Risk: secure-score:Risk in t on 2026-05-03: accepted by bo until -: too dear",
        ]
    );
    assert_eq!(lines(Format::SecureScore, &[r#"{"value": []}"#]), [""; 0]);
}

#[test]
fn other_files_are_faults() {
    let other = ["the file holds neither Secure Score's scores nor its control profiles"];
    for text in ["3", "[1, 2]", "{}", r#"{"value": [{"id": "x", "currentScore": 3}]}"#, r#"{"controlScores": 3}"#] {
        assert_eq!(faults(Format::SecureScore, text), other, "{text}");
    }
    assert_eq!(
        faults(Format::SecureScore, "PK\u{3}\u{4}")[0],
        "`a.json` is a workbook or an archive, and a text is expected"
    );
    survives(
        Format::SecureScore,
        &score(
            "2026-06-01",
            r#"{"controlName": "A", "score": 1, "count": "1", "total": "2", "lastSynced": "2026-05-31"}"#,
        ),
    );
    survives(Format::SecureScore, PROFILES);
}

/// Counted in the sample by hand and by a script: 68 controls, of which one looked at nobody.
#[test]
fn the_sample() {
    let reading = read_samples(Format::SecureScore, &["secureScore.json", "profiles.json"]);
    assert_eq!(counts(&reading), expected(&[("failed", 40), ("passed", 27), ("nothing-to-test", 1)]));
    let alone = read_samples(Format::SecureScore, &["secureScore.json"]);
    assert_eq!(counts(&alone), counts(&reading), "percentages say the same as points");
    let nothing = reading.facts.iter().filter(|fact| fact.finding == Finding::NothingToTest);
    assert_eq!(nothing.map(|fact| fact.row.id.as_str()).collect::<Vec<_>>(), ["SelfServicePasswordReset"]);
}

/// Each day of an answer becomes a state in the history, scored as it was then; the newest goes into the profile.
#[test]
fn many_days_become_a_history() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "tenant.toml",
        "[organization]\nname = \"N\"\ntenant = \"n\"\n[[assessment]]\ntemplate = \"microsoft-cloud/iso-27001-2022\"\n[[service]]\nid = \"azure\"\n",
    );
    let days = [("2026-06-03", 100), ("2026-06-02", 50), ("2026-06-01", 0)];
    let days = days.map(|(day, percent)| {
        score(day, &format!(r#"{{"controlName": "AdminMFAV2", "scoreInPercentage": {percent}}}"#))
    });
    write("days.json", &format!("{{\"value\": [{}]}}", days.join(",\n")));
    let args = [
        "import",
        "secure-score",
        "days.json",
        "--profile",
        "tenant.toml",
        "--history",
        "h.db",
        "--as-of",
        "2026-06-04",
    ];
    let output = run_in(folder.path(), &args);
    assert!(output.status.success(), "{output:?}");
    let listed = done(folder.path(), &["history", "list", "--db", "h.db", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let states =
        listed.as_array().unwrap().iter().map(|state| {
            (state["as_of"].as_str().unwrap(), state["achieved"].as_str().unwrap().parse::<f64>().unwrap())
        });
    let states: Vec<_> = states.collect();
    let none = states[0].1;
    assert_eq!(states, [("2026-06-01", none), ("2026-06-02", none + 13.5), ("2026-06-03", none + 27.0)]);
    let profile = std::fs::read_to_string(folder.path().join("tenant.toml")).unwrap();
    assert!(profile.contains("tested_on = 2026-06-03") && !profile.contains("2026-06-02"), "{profile}");
}
