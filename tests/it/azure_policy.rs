//! Azure Policy as a source of facts.

use crate::sources::{counts, expected, faults, lines, read_samples, survives};
use annexa::import::Format;

const SUBSCRIPTION: &str = "35EE058E-5fa0-414c-8145-3ebb8d09b6e2";
const POLICY: &str = "9DAEDAB3-fb2d-461e-b861-71790eead4f6";

fn state(fields: &str) -> String {
    format!(
        r#"{{"policyDefinitionName": "{POLICY}", "subscriptionId": "{SUBSCRIPTION}", "timestamp": "2026-06-01T23:30:00-02:00",
"resourceId": "/subscriptions/{SUBSCRIPTION}/resourceGroups/RG", {fields}}}"#
    )
}

fn one(row: &str) -> String {
    lines(Format::AzurePolicy, &[&format!("[\n{row}\n]")]).join("\n")
}

#[test]
fn states_in_all_their_words() {
    let told = |word: &str, effect: &str| {
        let line = one(&state(&format!(r#""complianceState": "{word}", "policyDefinitionAction": "{effect}""#)));
        let lead = "0/2 9daedab3-fb2d-461e-b861-71790eead4f6: ";
        line.strip_prefix(lead).unwrap_or_else(|| panic!("{line}")).to_owned()
    };
    let lead = "azure-policy:9daedab3-fb2d-461e-b861-71790eead4f6 in 35ee058e-5fa0-414c-8145-3ebb8d09b6e2 \
                of /subscriptions/35ee058e-5fa0-414c-8145-3ebb8d09b6e2/resourcegroups/rg on 2026-06-02: ";
    for (word, effect, said) in [
        ("Compliant", "audit", "1/1 medium"),
        ("compliant", "", "1/1 medium"),
        ("NonCompliant", "deny", "0/1 medium"),
        ("Compliant", "Manual", "implemented passed manual"),
        ("NonCompliant", "manual", "implemented failed-medium manual"),
        ("Unknown", "manual", "not run: nobody has attested it"),
        ("Unknown", "audit", "not run: its state is not known"),
        ("NotStarted", "audit", "not run: it has not been evaluated yet"),
        ("Conflict", "audit", "not run: its assignments contradict each other"),
        ("Error", "audit", "not run: its evaluation failed"),
        ("Protected", "denyAction", "not run: it blocks changes, and tests nothing"),
        ("NotApplicable", "audit", "nothing to test"),
    ] {
        assert_eq!(told(word, effect), format!("{lead}{said}"), "{word} {effect}");
    }
    assert_eq!(told("Exempt", "audit"), "disregarded at complianceState: the resource is exempt from the policy");
    assert_eq!(told("Fine", "audit"), "bad-value at complianceState: `Fine` is no state that is known");
}

#[test]
fn states_in_other_spellings() {
    let lead = "0/2 9daedab3-fb2d-461e-b861-71790eead4f6: azure-policy:9daedab3-fb2d-461e-b861-71790eead4f6";
    for (row, said) in [
        // What is older says only whether; what is newer counts more than that.
        (r#"{"policyDefinitionName": "P", "isCompliant": true}"#, "0/2 p: azure-policy:p: 1/1 medium"),
        (r#"{"policyDefinitionName": "P", "isCompliant": "False"}"#, "0/2 p: azure-policy:p: 0/1 medium"),
        (
            r#"{"policyDefinitionName": "P", "isCompliant": true, "complianceState": "NonCompliant"}"#,
            "0/2 p: azure-policy:p: 0/1 medium",
        ),
        (r#"{"policyDefinitionName": "P"}"#, "0/2 p: no-status at complianceState: the row says nothing of compliance"),
        // As PowerShell writes it; the policy and the subscription only in ids.
        (
            r#"{"PolicyDefinitionId": "/providers/x/policyDefinitions/9DAEDAB3-fb2d-461e-b861-71790eead4f6", "PolicyDefinitionName": "",
                "ResourceId": "/subscriptions/S1", "ComplianceState": "Compliant", "Timestamp": "2026-06-01T10:00:00"}"#,
            &format!("{lead} in s1 of /subscriptions/s1 on 2026-06-01: 1/1 medium"),
        ),
        (
            r#"{"resourceId": "/subscriptions/S1", "numRecords": 2}"#,
            "0/2 /subscriptions/s1: no-status at policyDefinitionId: the row names no policy: list the states without `--apply` and `--select`",
        ),
        (
            "7, {\"policyDefinitionId\": null}",
            "0/2 : bad-row at -: the row is no JSON object\n0/2 : no-status at policyDefinitionId: the row names no policy: list the states without `--apply` and `--select`",
        ),
    ] {
        assert_eq!(one(row), said, "{row}");
    }
}

#[test]
fn attestations_say_until_when() {
    let attestation = |reference: &str, more: &str| {
        format!(
            r#"{{"id": "/subscriptions/S1/resourceGroups/RG/providers/Microsoft.PolicyInsights/attestations/A1", "name": "A1",
                "properties": {{"policyAssignmentId": "/subscriptions/S1/providers/x/policyAssignments/Iso", "policyDefinitionReferenceId": "{reference}",
                "lastComplianceStateChangeAt": "2026-05-02T00:00:00Z", "expiresOn": "2027-05-01T00:00:00Z", {more}}}}}"#
        )
    };
    let evidence = r#""complianceState": "Compliant", "comments": "Looked at it.", "assessmentDate": "2026-05-01T00:00:00Z",
        "evidence": [{"description": "Audit", "sourceUri": "https://example.com/a"}, {"sourceUri": "https://example.com/b"}, {}]"#;
    let lead = "0/2 A1: azure-policy:0b158b46-ff42-4799-8e39-08a5c23b4551 in s1 of /subscriptions/s1/resourcegroups/rg";
    let whole = attestation("0B158B46-ff42-4799-8e39-08a5c23b4551", evidence);
    assert_eq!(
        one(&whole),
        format!(
            "{lead} on 2026-05-01: implemented passed manual tested 2026-05-01 \"Looked at it.\" \
             [Audit https://example.com/a until 2027-05-01] [- https://example.com/b until 2027-05-01]"
        )
    );
    // As the command line prints it.
    let flat = whole.replace(r#""properties": {"#, "").replace("}}", "}").replace("]}", "]");
    assert_eq!(one(&format!("{}}}", flat.trim_end_matches('}'))), one(&whole), "{flat}");
    let failed = attestation("0b158b46-ff42-4799-8e39-08a5c23b4551", r#""complianceState": "NonCompliant""#);
    assert_eq!(
        one(&failed),
        format!(
            "{lead} on 2026-05-02: implemented failed-medium manual tested 2026-05-02 \
             [Azure Policy attestation A1 - until 2027-05-01]"
        )
    );
    let unknown = attestation("keyVault", r#""complianceState": "Unknown""#);
    let named = "in s1 of /subscriptions/s1/resourcegroups/rg on 2026-05-02: not run: nobody has attested it";
    assert_eq!(one(&unknown), format!("0/2 A1: azure-policy:iso/keyvault {named}"));
    assert_eq!(one(&attestation("", r#""complianceState": "Unknown""#)), format!("0/2 A1: azure-policy:iso {named}"));
    // A state of the same assignment tells which policy is meant.
    let state = r#"{"policyAssignmentId": "/subscriptions/s1/providers/X/policyassignments/iso", "policyDefinitionReferenceId": "KEYVAULT",
        "policyDefinitionName": "p1", "complianceState": "Unknown", "policyDefinitionAction": "manual"}"#;
    assert_eq!(lines(Format::AzurePolicy, &[&unknown, state])[0], format!("0/1 A1: azure-policy:p1 {named}"));
    let odd = attestation("k", r#""complianceState": "Maybe""#);
    assert_eq!(one(&odd), "0/2 A1: bad-value at complianceState: `Maybe` is no state that is known");
    survives(Format::AzurePolicy, &whole);
}

#[test]
fn other_files_are_faults() {
    let other = ["the file holds neither states of Azure Policy nor attestations"];
    for text in ["3", "[1]", "{}", r#"{"value": [{"id": "x"}]}"#] {
        assert_eq!(faults(Format::AzurePolicy, text), other, "{text}");
    }
    let refused = r#"{"error": {"code": "AuthorizationFailed", "message": "no"}}"#;
    assert_eq!(faults(Format::AzurePolicy, refused), ["the file holds an error in place of an answer"]);
    survives(Format::AzurePolicy, &format!("[{}]", state(r#""complianceState": "Compliant""#)));
    let control = r#"{"id": "/subscriptions/s/providers/Microsoft.Security/regulatoryComplianceStandards/ISO/regulatoryComplianceControls/5",
        "type": "Microsoft.Security/regulatoryComplianceControl", "properties": {"passedAssessments": 1, "failedAssessments": 2}}"#;
    survives(Format::AzurePolicy, control);
    assert_eq!(one(control), "0/2 ISO/5: azure-defender:ISO/5 in s: 1/3 medium");
    assert_eq!(
        one(&control.replace("\"failedAssessments\": 2", "\"failedAssessments\": 1.5")),
        "0/2 ISO/5: bad-value at failedAssessments: no whole number"
    );
}

/// Counted by a script as well.
#[test]
fn the_samples() {
    let of = |name: &str| counts(&read_samples(Format::AzurePolicy, &[name]));
    assert_eq!(of("PolicyStates_QuerySubscriptionScope.response.json"), expected(&[("failed", 2)]));
    assert_eq!(of("derived_policy_state_list_real_recording.json"), expected(&[("failed", 2), ("no-status", 14)]));
    assert_eq!(
        of("SYNTHETIC_az_policy_state_list_iso27001_2013.json"),
        expected(&[
            ("passed", 162),
            ("failed", 81),
            ("stated passed", 153),
            ("stated failed-medium", 78),
            ("not-run", 189),
            ("disregarded", 12),
        ])
    );
    assert_eq!(of("Attestations_ListSubscriptionScope_WithQuery.response.json"), expected(&[("stated passed", 1)]));
    assert_eq!(
        of("getRegulatoryComplianceControlList_example.response.json"),
        expected(&[("partial", 1), ("nothing-to-test", 2)])
    );
    let metadata = include_str!("../samples/azure-policy/PolicyMetadata_GetResource.response.json");
    assert_eq!(
        faults(Format::AzurePolicy, metadata),
        ["the file holds the metadata of policies, which say nothing of their states"]
    );
}
