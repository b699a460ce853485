//! Shipped samples taken over into a profile by the built program: what becomes of their rows, and that a second
//! time changes nothing.

use crate::support::done;
use serde_json::Value;
use std::path::Path;

/// Command lines with the rows read, used, unused and in conflict, and the unused ones by reason.
type Outcome = (&'static str, [u64; 4], &'static [(&'static str, u64)]);

const OUTCOMES: &[Outcome] = &[
    (
        "secure-score tests/samples/secure-score/secureScore.json tests/samples/secure-score/profiles.json --as-of 2024-07-15",
        [68, 41, 27, 0],
        &[("no-action", 27)],
    ),
    (
        "azure-policy tests/samples/azure-policy/SYNTHETIC_az_policy_state_list_iso27001_2013.json --as-of 2026-08-15",
        [675, 152, 523, 6],
        &[
            ("disregarded", 12),
            ("no-action", 413),
            ("not-all-run", 80),
            ("not-run", 10),
            ("out-of-scope", 6),
            ("superseded", 2),
        ],
    ),
    (
        "azure-policy tests/samples/azure-policy/PolicyStates_QuerySubscriptionScope.response.json --as-of 2021-12-01",
        [2, 0, 2, 1],
        &[("older", 1), ("superseded", 1)],
    ),
    (
        "azure-policy tests/samples/azure-policy/derived_policy_state_list_real_recording.json --as-of 2021-12-01",
        [16, 0, 16, 0],
        &[("no-action", 2), ("no-status", 14)],
    ),
    (
        "azure-policy tests/samples/azure-policy/Attestations_ListSubscriptionScope_WithQuery.response.json \
         --map tests/samples/azure-policy/map.toml --as-of 2021-12-01",
        [1, 0, 1, 1],
        &[("older", 1)],
    ),
    (
        "azure-policy tests/samples/azure-policy/Attestations_ListSubscriptionScope_WithQuery.response.json \
         --map tests/samples/azure-policy/map.toml --policy replace --as-of 2021-12-01",
        [1, 1, 0, 0],
        &[],
    ),
    (
        "azure-policy tests/samples/azure-policy/getRegulatoryComplianceControlList_example.response.json \
         --map tests/samples/azure-policy/map.toml --as-of 2021-12-01",
        [3, 0, 3, 0],
        &[("ignored", 1), ("no-action", 2)],
    ),
    (
        "hdf tests/samples/hdf/rhel8_sample_oneOfEachControlStatus.json tests/samples/hdf/minimal_hdf.json \
         --map tests/samples/hdf/map.toml --as-of 2024-04-01",
        [5, 2, 3, 0],
        &[("ignored", 1), ("not-assessed", 2)],
    ),
    (
        "maester tests/samples/maester/TestResults-2026-06-19-212902.json --map tests/samples/maester/map.toml --as-of 2026-07-01",
        [17, 7, 10, 0],
        &[("no-action", 7), ("not-run", 3)],
    ),
    (
        "csv tests/samples/csv/measures.csv --map tests/samples/csv/map.toml --as-of 2026-06-01",
        [9, 5, 4, 0],
        &[("bad-row", 1), ("bad-value", 2), ("ignored", 1)],
    ),
    ("prowler tests/samples/prowler/example_output_azure.csv --as-of 2025-03-01", [4, 4, 0, 0], &[]),
    (
        "prowler tests/samples/prowler/example_output_azure.ocsf.json --as-of 2025-03-01",
        [5, 4, 1, 0],
        &[("no-action", 1)],
    ),
    ("ocsf tests/samples/prowler/example_output_azure.ocsf.json --as-of 2025-03-01", [5, 4, 1, 0], &[("no-action", 1)]),
    (
        "scubagear tests/samples/scubagear/ScubaResults.json --as-of 2026-06-01",
        [92, 75, 17, 0],
        &[("no-action", 5), ("not-all-run", 3), ("not-run", 9)],
    ),
    (
        "scubagear tests/samples/scubagear/ScubaResults.csv --date 2026-05-04 --as-of 2026-06-01",
        [92, 75, 17, 0],
        &[("no-action", 5), ("not-all-run", 3), ("not-run", 9)],
    ),
    (
        "scubagear tests/samples/scubagear/ActionPlan.csv --date 2026-05-04 --as-of 2026-06-01",
        [14, 12, 2, 0],
        &[("no-action", 2)],
    ),
    (
        "scubagear tests/samples/scubagear/full_config.yaml --owner CISO --as-of 2026-06-01",
        [10, 2, 8, 0],
        &[("disregarded", 1), ("incomplete", 3), ("no-action", 3), ("no-status", 1)],
    ),
    (
        "compliance-manager tests/samples/compliance-manager/ExportActions.xlsx --as-of 2026-08-01",
        [12, 2, 10, 0],
        &[
            ("bad-value", 1),
            ("no-action", 1),
            ("no-date", 1),
            ("no-status", 1),
            ("not-assessed", 2),
            ("provider-action", 1),
            ("unknown-group", 3),
        ],
    ),
    (
        "oscal tests/samples/oscal/ifa_assessment-results-example.json --as-of 2025-03-01",
        [1, 0, 1, 0],
        &[("no-action", 1)],
    ),
    (
        "oscal tests/samples/oscal/ifa_plan-of-action-and-milestones.json --as-of 2025-03-01",
        [2, 0, 2, 0],
        &[("no-action", 1), ("no-status", 1)],
    ),
];

#[test]
fn rows_of_samples_end_where_they_should() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let profile = std::fs::read_to_string(root.join("templates/microsoft-cloud/profiles/enterprise.toml")).unwrap();
    for (line, rows, reasons) in OUTCOMES {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tenant.toml");
        std::fs::write(&file, &profile).unwrap();
        let import = |more: &[&str]| {
            let mut args: Vec<&str> = std::iter::once("import").chain(line.split_whitespace()).collect();
            args.extend(["--profile", file.to_str().unwrap(), "--format", "json"]);
            args.extend(more);
            let told: Value = serde_json::from_str(&done(root, &args)).unwrap();
            let counted = ["read", "used", "unused", "conflicts"].map(|key| told["rows"][key].as_u64().unwrap());
            let named = told["reasons"]
                .as_array()
                .unwrap()
                .iter()
                .map(|r| (r["reason"].as_str().unwrap().to_owned(), r["rows"].as_u64().unwrap()));
            let mut named: Vec<(String, u64)> = named.collect();
            named.sort();
            (counted, named)
        };
        let wanted: Vec<(String, u64)> = reasons.iter().map(|(reason, rows)| ((*reason).to_owned(), *rows)).collect();
        assert_eq!(import(&["--dry-run"]), (*rows, wanted.clone()), "{line}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), profile, "a dry run of {line} changes the profile");
        assert_eq!(import(&[]).0, *rows, "{line}");
        let once = std::fs::read_to_string(&file).unwrap();
        assert_eq!(once != profile, rows[1] > 0, "{line}");
        assert_eq!(import(&[]).0[1], 0, "{line} uses rows a second time");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), once, "{line} changes the profile a second time");
    }
}
