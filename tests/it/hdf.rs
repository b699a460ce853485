//! Heimdall Data Format as a source of facts.

use crate::sources::{counts, expected, faults, lines, read_samples, survives};
use annexa::import::Format;

/// A run of one profile with one control.
fn run(control: &str) -> String {
    format!(
        "{{\"platform\": {{\"name\": \"redhat\", \"release\": \"8\", \"target_id\": \"T\"}}, \"profiles\": [{{\"name\": \"stig\", \"controls\": [\n{control}]}}], \
         \"statistics\": {{}}, \"version\": \"5\"}}"
    )
}

fn control(impact: &str, statuses: &[&str], more: &str) -> String {
    let results: Vec<String> = statuses
        .iter()
        .enumerate()
        .map(|(at, status)| {
            format!(r#"{{"status": "{status}", "code_desc": "c", "start_time": "2026-06-0{}T23:30:00-04:00"}}"#, 9 - at)
        })
        .collect();
    format!(r#"{{"id": "C1", "impact": {impact}, "results": [{}]{more}}}"#, results.join(", "))
}

/// What follows the name of the only row.
fn said(impact: &str, statuses: &[&str], more: &str) -> Vec<String> {
    lines(Format::Hdf, &[&run(&control(impact, statuses, more))])
        .into_iter()
        .map(|line| line.strip_prefix("0/2 C1: ").map(str::to_owned).unwrap_or(line))
        .collect()
}

#[test]
fn a_control_holds_only_if_all_results_do() {
    let all = |statuses: &[&str]| {
        let line = said("0.5", statuses, "").join("\n");
        line.split_once(": ").map(|(_, rest)| rest.to_owned()).unwrap_or(line)
    };
    for (statuses, expected) in [
        (&["passed"][..], "1/1 medium"),
        (&["passed", "passed"], "1/1 medium"),
        (&["passed", "failed", "passed"], "0/1 medium"),
        (&["error", "failed"], "0/1 medium"),
        (&["skipped", "failed"], "0/1 medium"),
        (&["passed", "error"], "not run: 1 of 2 results are errors or say nothing"),
        (&["passed", "", "unheard"], "not run: 2 of 3 results are errors or say nothing"),
        (&["passed", "skipped"], "not run: 1 of 2 results were skipped"),
        (&["skipped"], "not run: 1 of 1 results were skipped"),
        (&[], "not run: it has no results"),
    ] {
        assert_eq!(all(statuses), expected, "{statuses:?}");
    }
    // The day is that of the oldest result, in UTC.
    assert_eq!(said("0.5", &["passed", "passed"], ""), ["hdf:C1 of T/stig on 2026-06-09: 1/1 medium"]);
}

#[test]
fn the_impact_is_the_risk_and_none_is_not_applicable() {
    for (impact, expected) in [
        ("1", "0/1 high"),
        ("0.7", "0/1 high"),
        ("\"0.69\"", "0/1 medium"),
        ("0.4", "0/1 medium"),
        ("0.39", "0/1 low"),
        ("\"critical\"", "0/1 high"),
        ("null", "0/1 medium"),
        ("0", "nothing to test"),
        ("0.0", "nothing to test"),
        ("\"none\"", "nothing to test"),
    ] {
        assert_eq!(said(impact, &["failed"], ""), [format!("hdf:C1 of T/stig on 2026-06-10: {expected}")], "{impact}");
    }
    let failed_in_code =
        r#"{"id": "C1", "impact": 1, "results": [{"status": "failed", "backtrace": ["x"], "start_time": ""}]}"#;
    assert_eq!(
        lines(Format::Hdf, &[&run(failed_in_code)]),
        ["0/2 C1: hdf:C1 of T/stig: not run: 1 of 1 results are errors or say nothing"]
    );
}

#[test]
fn waivers_accept_risks() {
    let waiver = |rest: &str| format!(r#", "waiver_data": {{"justification": "old host", {rest}}}"#);
    let accepted = "hdf:C1 of T/stig on 2026-06-10: accepted by - until 2026-12-31: old host";
    let day = r#""expiration_date": "2026-12-31""#;
    let left_out = waiver(&format!(r#""skipped_due_to_waiver": true, "run": false, {day}"#));
    assert_eq!(said("0.5", &["skipped"], &left_out), [accepted]);
    let run_all_the_same = waiver(&format!(r#""skipped_due_to_waiver": false, "run": true, {day}"#));
    assert_eq!(said("0.5", &["failed"], &run_all_the_same), [accepted, "hdf:C1 of T/stig on 2026-06-10: 0/1 medium"]);
    let over = waiver(&format!(r#""message": "Waiver expired on 2026-05-31, evaluating control normally", {day}"#));
    assert_eq!(said("0.5", &["failed"], &over), ["hdf:C1 of T/stig on 2026-06-10: 0/1 medium"]);
    assert_eq!(said("0.5", &["failed"], ", \"waiver_data\": {}"), ["hdf:C1 of T/stig on 2026-06-10: 0/1 medium"]);
    let for_ever = r#", "waiver_data": {"skipped_due_to_waiver": "true"}"#;
    assert_eq!(said("0.5", &["skipped"], for_ever), ["hdf:C1 of T/stig on 2026-06-10: accepted by - until -: -"]);
}

#[test]
fn attestations_are_a_persons_word_for_a_time() {
    let attestation = |status: &str, frequency: &str, updated: &str| {
        format!(
            r#", "attestation_data": {{"control_id": "C1", "explanation": "Seen.", "frequency": "{frequency}", "status": "{status}",
                "updated": "{updated}", "updated_by": "Ana"}}"#
        )
    };
    let passed = attestation("passed", "quarterly", "2026-05-01");
    let shown = "manual tested 2026-05-01 \"Seen.\" [Attestation of C1 by Ana - until 2026-07-31]";
    assert_eq!(
        said("0.7", &["skipped", "passed"], &passed),
        [format!("hdf:C1 of T/stig on 2026-05-01: implemented passed {shown}")]
    );
    assert_eq!(
        said("0.7", &["skipped", "failed"], &attestation("failed", "quarterly", "2026-05-01")),
        [format!("hdf:C1 of T/stig on 2026-05-01: implemented failed-high {shown}")]
    );
    assert_eq!(said("0.7", &["failed", "passed"], &passed), ["hdf:C1 of T/stig on 2026-06-09: 0/1 high"]);
    for (faulty, told) in [
        (
            attestation("maybe", "daily", "2026-05-01"),
            "bad-value at attestation_data.status: `maybe` is neither `passed` nor `failed`",
        ),
        (attestation("passed", "daily", "soon"), "bad-value at attestation_data.updated: `soon` is no day"),
        (
            attestation("passed", "", "2026-05-01"),
            "bad-value at attestation_data.frequency: nothing is no interval such as `annually` or `3m`",
        ),
    ] {
        assert_eq!(said("0.7", &["skipped"], &faulty), [told]);
    }
    // What SAF writes once an attestation is over.
    let expired = r#"{"id": "C1", "impact": 0.5, "attestation_data": {"status": "passed"}, "results": [{"status": "skipped", "start_time": "2026-06-01"},
        {"status": "skipped", "code_desc": "Manual verification status provided through attestation has expired", "start_time": "2026-06-02"}]}"#;
    assert_eq!(
        lines(Format::Hdf, &[&run(expired)]),
        ["0/2 C1: hdf:C1 of T/stig on 2026-06-01: not run: the attestation that it held has expired"]
    );
    survives(Format::Hdf, &run(&control("0.5", &["skipped"], &passed)));
}

#[test]
fn overlays_say_how_much_the_results_beneath_them_matter() {
    let result = r#"{"status": "failed", "start_time": "2026-06-01T00:00:00Z"}"#;
    let profiles = |top: &str, above: &str| {
        format!(
            r#"{{"profiles": [
{{"name": "base", "parent_profile": "middle", "controls": [{{"id": "A", "impact": 0.9, "results": [{result}]}}]}},
{{"name": "middle", "parent_profile": "{above}", "controls": [{{"id": "A", "impact": 0.5, "results": []}}]}},
{{"name": "top", "controls": [{{"id": "A", "impact": {top}, "results": []}}, {{"id": "B", "impact": 1, "results": []}}]}}]}}"#
        )
    };
    assert_eq!(
        lines(Format::Hdf, &[&profiles("0.1", "top")]),
        ["0/2 A: hdf:A of file 1/top on 2026-06-01: 0/1 low", "0/4 B: hdf:B of file 1/top: not run: it has no results",]
    );
    assert_eq!(
        lines(Format::Hdf, &[&profiles("0", "top")])[0],
        "0/2 A: hdf:A of file 1/top on 2026-06-01: nothing to test"
    );
    // Without a link the profile without results says nothing; a ring is no link.
    assert_eq!(
        lines(Format::Hdf, &[&profiles("0.1", "gone")])[0],
        "0/2 A: hdf:A of file 1/middle on 2026-06-01: 0/1 medium"
    );
    assert_eq!(lines(Format::Hdf, &[&profiles("0.1", "base")]).len(), 2);
}

#[test]
fn other_files_are_faults() {
    for (text, message) in [
        ("[]", "the file is no Heimdall Data Format: it has no list of `profiles`"),
        (r#"{"profiles": 3}"#, "the file is no Heimdall Data Format: it has no list of `profiles`"),
        (r#"{"controls": [], "version": "4"}"#, "the file lists controls without the profiles and results of a run"),
        (r#"{"profiles": [] "#, "the file is not JSON, or was cut off"),
    ] {
        assert_eq!(faults(Format::Hdf, text), [message], "{text}");
    }
    assert_eq!(
        lines(Format::Hdf, &[&run("3, {\"impact\": 1}")]),
        ["0/2 : bad-row at -: the row is no JSON object", "0/2 : bad-row at id: the control has no id"]
    );
}

/// One of each status, as MITRE's sample says; they agree with what Heimdall shows.
#[test]
fn the_samples() {
    let of = |name: &str| counts(&read_samples(Format::Hdf, &[name]));
    let one_of_each = [("passed", 1), ("failed", 1), ("nothing-to-test", 1), ("not-run", 1)];
    assert_eq!(of("rhel8_sample_oneOfEachControlStatus.json"), expected(&one_of_each));
    assert_eq!(of("minimal_hdf.json"), expected(&[("failed", 1)]));
}

/// Both samples are of the form that MITRE publishes.
#[test]
fn the_samples_follow_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../schemas/hdf/exec-json.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for text in [
        include_str!("../samples/hdf/minimal_hdf.json"),
        include_str!("../samples/hdf/rhel8_sample_oneOfEachControlStatus.json"),
    ] {
        let sample: serde_json::Value = serde_json::from_str(text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&sample).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}
