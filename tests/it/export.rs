//! Forms that other tools read: their columns and words, held against the score.

use crate::cli::{AS_OF, PROFILE};
use crate::random;
use crate::support::{done, folder_of, refused};
use annexa::report::{
    CISO_AUDIT_COLUMNS, CISO_CONTROL_COLUMNS, TabularCell, TabularTable, ciso_audit, ciso_controls, gaps_csv,
    probo_framework, probo_measures, tabular, to_json,
};
use annexa::{
    Assessment, ControlStatus, Dossier, DossierOptions, Library, LibraryText, Model, Owner, Sources, Unchecked,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The words of CISO Assistant's models, as its importer takes them.
const RESULTS: [&str; 5] = ["not_assessed", "partially_compliant", "non_compliant", "compliant", "not_applicable"];
const PROGRESS: [&str; 4] = ["to_do", "in_progress", "in_review", "done"];
const STATUSES: [&str; 7] = ["to_do", "in_progress", "on_hold", "active", "degraded", "deprecated", "--"];
const CATEGORIES: [&str; 5] = ["policy", "process", "technical", "physical", "procedure"];
const FUNCTIONS: [&str; 6] = ["govern", "identify", "protect", "detect", "respond", "recover"];
const EFFORTS: [&str; 6] = ["", "XS", "S", "M", "L", "XL"];

/// Random libraries and profiles, each with its dossier.
fn each_case(mut held: impl FnMut(&Model, &Dossier)) {
    for seed in 91_000..91_060 {
        let case = random::case(seed);
        let texts: Vec<LibraryText<'_>> =
            (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
        let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
        let profile = model.profile(&case.profile, 1_000, &Unchecked).unwrap_or_else(|f| panic!("{f:#?}")).value;
        let options = DossierOptions { as_of: case.as_of, expiring_within: 90, hours: None };
        held(&model, &model.dossier(&profile, &Sources::default(), &options));
    }
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn an_audit_has_the_words_of_ciso_assistant_and_the_figures_of_the_score() {
    let mut seen = BTreeSet::new();
    each_case(|_, dossier| {
        for assessment in &dossier.score.assessments {
            let (text, count) = ciso_audit(assessment).unwrap();
            assert_eq!(text.lines().next().unwrap(), CISO_AUDIT_COLUMNS.join(","));
            let rows = rows(&text);
            assert_eq!((rows.len(), count), (assessment.controls.len(), assessment.controls.len()));
            for (row, control) in rows.iter().zip(&assessment.controls) {
                assert_eq!((&*row["ref_id"], &*row["assessable"]), (&*control.id, "x"));
                let (result, progress) = (row["compliance_result"].as_str(), row["requirement_progress"].as_str());
                assert!(RESULTS.contains(&result) && PROGRESS.contains(&progress), "{row:?}");
                let total = control.figures.total;
                let expected = match control.status {
                    ControlStatus::Excluded => "not_applicable",
                    ControlStatus::Covered => "compliant",
                    ControlStatus::Partial => "partially_compliant",
                    ControlStatus::Gap if total.possible.units() > total.unassessed.units() => "non_compliant",
                    _ => "not_assessed",
                };
                assert_eq!(result, expected, "{control:?}");
                // Compliant is what earns all there is, and nothing else.
                assert_eq!(
                    result == "compliant",
                    total.achieved == total.possible && total.possible.units() > 0 && result != "not_applicable",
                    "{control:?}"
                );
                seen.insert(result.to_owned());
            }
        }
    });
    assert_eq!(seen.len(), RESULTS.len(), "{seen:?}");
}

#[test]
fn applied_controls_have_the_words_of_ciso_assistant() {
    let mut seen = BTreeSet::new();
    each_case(|_, dossier| {
        for (position, assessment) in dossier.score.assessments.iter().enumerate() {
            let (text, count) = ciso_controls(dossier, position).unwrap();
            assert_eq!(text.lines().next().unwrap(), CISO_CONTROL_COLUMNS.join(","));
            let rows = rows(&text);
            assert_eq!(rows.len(), count);
            let own: BTreeSet<&str> = assessment
                .actions
                .iter()
                .filter(|a| a.owner == Owner::Customer && a.applicable)
                .map(|a| a.id.as_str())
                .collect();
            assert_eq!(rows.iter().map(|row| row["ref_id"].as_str()).collect::<BTreeSet<_>>(), own);
            for row in &rows {
                assert!(!row["name"].is_empty());
                for (column, words) in [
                    ("status", &STATUSES[..]),
                    ("category", &CATEGORIES),
                    ("csf_function", &FUNCTIONS),
                    ("effort", &EFFORTS),
                ] {
                    assert!(words.contains(&row[column].as_str()), "{column}: {row:?}");
                }
                let earned = assessment.actions.iter().find(|a| a.id == row["ref_id"]).unwrap().basis_points;
                // What is active there earns all of its points here, unless it stands on nothing that counts.
                let is_out =
                    ["state: excluded", "state: not-in-scope"].iter().any(|out| row["observation"].starts_with(out));
                assert!(row["status"] != "active" || earned == 10_000 || is_out, "{row:?} {earned}");
                seen.insert(row["status"].clone());
            }
        }
    });
    assert!(seen.len() >= 5, "{seen:?}");
}

#[test]
fn measures_and_frameworks_have_the_shape_that_probo_reads() {
    let mut tasks = 0;
    each_case(|model, dossier| {
        for (position, assessment) in dossier.score.assessments.iter().enumerate() {
            let framework = model.library().framework(model.library().find_framework(&assessment.framework).unwrap());
            let made: Value =
                serde_json::from_str(&to_json(&probo_measures(dossier, position, framework)).unwrap()).unwrap();
            let whole: Value =
                serde_json::from_str(&to_json(&probo_framework(dossier, position, framework)).unwrap()).unwrap();
            let known: BTreeSet<&str> =
                whole["controls"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
            assert_eq!(known.len(), assessment.controls.len());
            for control in whole["controls"].as_array().unwrap() {
                let level = control.get("maturity_level").map(|level| level.as_str().unwrap());
                assert!(level.is_none() || level == Some("NONE"), "{control}");
            }
            let mut ids = BTreeSet::new();
            let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
            for measure in made.as_array().unwrap() {
                assert_eq!(
                    keys(measure),
                    ["name", "category", "reference-id", "standards", "tasks"].map(str::to_owned).into()
                );
                assert!(ids.insert(measure["reference-id"].as_str().unwrap()), "{measure}");
                for standard in measure["standards"].as_array().unwrap() {
                    assert_eq!(standard["framework"], whole["id"]);
                    assert!(known.contains(standard["control"].as_str().unwrap()), "{standard}");
                }
                let mut own = BTreeSet::new();
                for task in measure["tasks"].as_array().unwrap() {
                    assert_eq!(
                        keys(task),
                        ["name", "description", "reference-id", "requested-evidences"].map(str::to_owned).into()
                    );
                    assert!(own.insert(task["reference-id"].as_str().unwrap()), "{task}");
                    assert!(task["requested-evidences"].as_array().unwrap().iter().all(|e| e["type"] == "FILE"));
                    tasks += 1;
                }
            }
            // Each finding of the customer's actions is a task, once.
            let findings = assessment.findings();
            let own = findings
                .iter()
                .filter(|g| g.finding.action.as_ref().is_some_and(|a| a.owner == Owner::Customer))
                .count();
            let told: usize = made.as_array().unwrap().iter().map(|m| m["tasks"].as_array().unwrap().len()).sum();
            assert_eq!(told, own);
        }
    });
    assert!(tasks > 100, "{tasks}");
}

#[test]
fn one_assessment_is_exported_or_a_choice_is_asked_for() {
    let second = format!("{PROFILE}\n[[assessment]]\ntemplate = \"microsoft-cloud/iso-27001-2022\"\n");
    let folder = folder_of([("one.toml", PROFILE.as_bytes()), ("two.toml", second.as_bytes())]);
    for tool in ["ciso-assistant", "probo"] {
        let said = refused(folder.path(), &["export", tool, "two.toml"]);
        assert!(said.contains("--template microsoft-cloud/iso-27001-2013 --group default"), "{said}");
        let one = done(folder.path(), &[&["export", tool, "one.toml"][..], &AS_OF].concat());
        let chosen = ["export", tool, "two.toml", "--template", "microsoft-cloud/iso-27001-2013"];
        assert_eq!(done(folder.path(), &[&chosen[..], &AS_OF].concat()), one);
        let target = [&["export", tool, "one.toml", "-o", "out"][..], &AS_OF].concat();
        assert_eq!(done(folder.path(), &target), "");
        assert_eq!(std::fs::read_to_string(folder.path().join("out")).unwrap(), one);
    }
}

/// The cells of a table as texts, as CSV has them.
fn texts(score: &annexa::TenantScore, table: TabularTable) -> Vec<Vec<String>> {
    let table = tabular(score, table);
    let cell = |(column, cell): (&annexa::report::TabularColumn, &TabularCell)| match cell {
        TabularCell::Empty => {
            assert!(column.optional, "{}", column.name);
            String::new()
        }
        TabularCell::Text(text) => text.clone(),
        TabularCell::Day(day) => day.to_string(),
        TabularCell::Number(number) if column.sort == annexa::report::TabularSort::Points => {
            format!("{}.{:04}", number / 10_000, number % 10_000)
        }
        TabularCell::Number(number) => number.to_string(),
        TabularCell::Flag(flag) => flag.to_string(),
    };
    table
        .rows
        .iter()
        .map(|row| {
            assert_eq!(row.len(), table.columns.len());
            table.columns.iter().zip(row).map(cell).collect()
        })
        .collect()
}

#[test]
fn tables_have_the_cells_of_the_csv_and_the_figures_of_the_score() {
    each_case(|_, dossier| {
        let score = &dossier.score;
        let csv = gaps_csv(score.assessments.iter().flat_map(|a| &a.gaps)).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let expected: Vec<Vec<String>> = reader
            .records()
            .map(|r| r.unwrap().iter().map(|c| c.strip_prefix('\'').unwrap_or(c).to_owned()).collect())
            .collect();
        assert_eq!(texts(score, TabularTable::Gaps), expected);
        let count = |f: fn(&Assessment) -> usize| score.assessments.iter().map(f).sum::<usize>();
        assert_eq!(texts(score, TabularTable::Controls).len(), count(|a| a.controls.len()));
        assert_eq!(texts(score, TabularTable::Actions).len(), count(|a| a.actions.len()));
        for (row, assessment) in texts(score, TabularTable::Assessments).iter().zip(&score.assessments) {
            assert_eq!(row[7], assessment.figures.total.achieved.to_string());
            assert_eq!(row[8], format!("{}.0000", assessment.figures.total.possible.whole_points()));
        }
    });
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_says_how_it_is_built() {
    let folder = folder_of([("one.toml", PROFILE.as_bytes())]);
    let said = refused(folder.path(), &["export", "parquet", "one.toml", "-o", "gaps.parquet"]);
    assert!(said.contains("this build writes no Parquet") && said.contains("--features parquet"), "{said}");
    assert!(!folder.path().join("gaps.parquet").exists());
}

#[cfg(feature = "parquet")]
mod parquet {
    use super::{each_case, texts};
    use crate::cli::{AS_OF, PROFILE};
    use crate::support::{done, folder_of};
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::Field;
    use annexa::Choice;
    use annexa::report::{TabularTable, parquet, tabular};
    use std::io::Write;

    /// A file, read back as the texts of its cells.
    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let cell = |field: &Field| match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            other => other.to_string(),
        };
        reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(_, field)| cell(field)).collect())
            .collect()
    }

    #[test]
    fn parquet_reads_back_cell_by_cell_and_is_the_same_each_time() {
        let mut rows = 0;
        each_case(|_, dossier| {
            for table in TabularTable::WORDS.iter().filter_map(|word| TabularTable::from_word(word)) {
                let made = tabular(&dossier.score, table);
                let bytes = parquet(&made).unwrap();
                assert_eq!(bytes, parquet(&made).unwrap());
                assert_eq!(read(&bytes), texts(&dossier.score, table), "{table}");
                rows += made.rows.len();
            }
        });
        assert!(rows > 1_000, "{rows}");
    }

    #[test]
    fn parquet_is_written_to_a_file_or_a_pipe() {
        let folder = folder_of([("one.toml", PROFILE.as_bytes())]);
        let args = [&["export", "parquet", "one.toml", "--table", "controls", "-o", "c.parquet"][..], &AS_OF].concat();
        assert_eq!(done(folder.path(), &args), "");
        let bytes = std::fs::read(folder.path().join("c.parquet")).unwrap();
        assert_eq!((&bytes[..4], read(&bytes).len()), (&b"PAR1"[..], 140));
    }
}
