//! All integration tests, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that goes wrong should stop, with the place"
)]

// A second evaluator, written from the model without sight of the engine, and random libraries and profiles.
mod oracle;
mod random;
// Everything in controls/ and templates/ is loaded, linted and complete.
mod shipped;
// The layers of the modules, the size of files.
mod tidy;
// Pages that are made from the program.
mod docs;
// The two evaluators compared, through the public door.
mod agreement;
// What holds for every library, profile and date: bounds, unknowns, better answers, explanations.
mod properties;
// No order of entries, lists and files changes a byte.
mod order;

// The built program, temporary folders, files of what is expected.
mod support;
// Every diagnostic code has a case folder, kept word for word.
mod diagnostics;
// What a profile means where its text leaves room, one small profile each.
mod reading;
// The same profiles in JSON: read alike, carried there and back, refused with their place.
mod convert;
mod json;
// Explanations held against the score, and as a person meets them.
mod explain;
mod explain_text;
mod fleet_agreement;
// A fleet packed: the same figures, at every date; and what no pack is.
mod fleet_pack;
mod fleet_pack_cli;
mod fleet_scan;
// Crosswalks and derived scores as a person meets them, and against a second implementation.
mod crosswalk;
mod crosswalk_laws;
// Files that nobody writes by hand.
mod hostile;
// The built program as a person or a pipeline meets it.
mod cli;
// Its results in files: whole or not at all.
mod output;
// The gap report as CSV, read back by other readers.
mod gap_report;
// The commands, as a user runs them.
mod generate;
// What other tools know, taken over: cases as a person meets them, and what holds for every import.
mod import;
mod import_laws;
mod init;
mod library;
mod library_names;
// Six languages, the same figures.
mod languages;
mod languages_history;
mod lint;
// Two states compared: cases as a person meets them, and what holds for every pair.
mod compare;
mod compare_laws;
// Changes that are only supposed.
mod whatif;
// The score of dates to come: cases as a person meets them, and what holds for every profile.
mod forecast;
mod forecast_laws;
// Everything a report hands on, held against score, explanation and forecast.
mod dossier;
// OSCAL as it is written, held against the official schemas.
mod oscal_export;
// Reports to hand on, as a person meets them.
mod report;
// The HTML report: what may run in it, what it holds, how large it is.
mod report_html;
// The same as a workbook, read back.
mod sheets;
mod workbook;
// The same figures in every form and language.
mod figures;
// What a result rests on, held against texts with the thing edited out.
mod weakpoints;
// The Statement of Applicability, held against the score, the gap report and the texts.
mod soa;
// A profile drawn as a graph, and one figure of it as a badge.
mod badge;
mod network;
// Profiles carried from one edition to another.
mod migrate;
mod review;
// The log that shows tampering: trees and proofs, and the signed texts about them.
mod ledger;
mod ledger_notes;
// A profile held against a policy: each way to fail, and each way to fool it.
mod gate;
// Scores kept, replayed and held against each other.
mod history;
// What changed between two of them, and why.
mod history_diff;
// What they come to over time.
mod trend;
// Its log signed, held against what was signed, and proved to who has no history.
mod seals;
// Plans held against all choices tried one by one.
mod plan;
// What is told of it to a manager.
mod progress;
// What other tools' files say, row by row: what several of their tests use.
mod sources;
// Each format.
mod azure_policy;
mod hdf;
mod maester;
mod scanners;
mod secure_score;
// Workbooks written down as text; those of Compliance Manager, both ways, and hostile ones.
mod books;
mod purview;
mod purview_hostile;
// Forms that other tools read.
mod export;
mod export_ocsf;
// OSCAL documents taken in.
mod oscal_import;
// Shipped samples taken over into a profile.
mod samples;
// Sums of fleets, merged in any order, held against the scores one by one.
mod fleet_report;
mod fleet_summary;
// Many profiles at once: forms of input, order, faults; runs that are killed, and go on.
mod fleet;
mod fleet_parts;
mod fleet_tables;
