//! The formats that are imported: each a file here that makes a [`Reading`] of texts or workbooks.
//!
//! [`read`] is the door. A source knows its own format and nothing else: no library, no profile. What it
//! cannot use it leaves as a row with a reason; only a file that is not what it should be at all is a fault.
//! `json`, `record` and `table` are what the sources stand on: parts of JSON, answers of web services and rows of
//! CSV that know their lines; `value` reads the dates, numbers and words that exports write in so many ways.

mod azure_policy;
mod compliance_manager;
mod csv;
mod hdf;
mod json;
mod maester;
mod ocsf;
mod oscal;
mod prowler;
mod record;
mod scubagear;
mod secure_score;
mod table;
#[cfg(test)]
mod testing;
mod value;

use super::fact::{Reading, Row};
use super::input::{Content, Input};
use super::map::Map;
use crate::choice::choice;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::sheet::{Unreadable, Workbook};
use crate::source::{Sources, Span};

choice! {
    /// A format that is imported.
    pub enum Format {
        /// A table with a declared map of its columns.
        Csv = "csv",
        /// Findings of Prowler.
        Prowler = "prowler",
        /// Findings in the form of OCSF.
        Ocsf = "ocsf",
        /// Results and configuration of ScubaGear.
        Scubagear = "scubagear",
        /// Microsoft Secure Score, as Graph tells it.
        SecureScore = "secure-score",
        /// Azure Policy, as its command line and services tell it.
        AzurePolicy = "azure-policy",
        /// Heimdall Data Format, to which InSpec's and many scanners' results are brought.
        Hdf = "hdf",
        /// A system security plan, assessment results or a plan of action of OSCAL.
        Oscal = "oscal",
        /// Maester, which tests the settings of Microsoft 365.
        Maester = "maester",
        /// The export of actions of Compliance Manager.
        ComplianceManager = "compliance-manager",
    }
}

impl Format {
    /// What it is, in a line.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Csv => "a table whose columns a map file declares, the first thing a consultant has",
            Self::Prowler => "findings of Prowler, as CSV or as OCSF",
            Self::Ocsf => "findings of any tool in the form of OCSF 1.x",
            Self::ComplianceManager => "the export of actions of Purview Compliance Manager, `ExportActions.xlsx`",
            Self::Scubagear => "results of ScubaGear as JSON or CSV, its plan of action, and its configuration",
            Self::SecureScore => {
                "Microsoft Secure Score: `secureScores` and `secureScoreControlProfiles` of Microsoft Graph"
            }
            Self::AzurePolicy => "Azure Policy: states of policies, attestations, and Defender's regulatory controls",
            Self::Hdf => "Heimdall Data Format: results of InSpec and of scanners converted by MITRE SAF",
            Self::Oscal => "OSCAL: a system security plan, assessment results, a plan of action and milestones",
            Self::Maester => "Maester: the `TestResults-*.json` of a run, or of several merged",
        }
    }
}

/// Reads files of one format, all together.
///
/// # Errors
/// All files that are not of the format.
pub fn read(format: Format, inputs: &[Input], map: &Map, sources: &Sources) -> Result<Reading, Diagnostics> {
    let mut reading = Reading::default();
    let mut faults = Diagnostics::new();
    match format {
        Format::Csv => each_text(inputs, sources, &mut faults, |text| csv::read(text, map, &mut reading)),
        Format::Prowler => each_text(inputs, sources, &mut faults, |text| prowler::read(text, &mut reading)),
        Format::Ocsf => each_text(inputs, sources, &mut faults, |text| ocsf::read(text, &mut reading)),
        Format::ComplianceManager => {
            each_book(inputs, &mut faults, |index, book| compliance_manager::read(index, book, &mut reading));
        }
        Format::Scubagear => each_text(inputs, sources, &mut faults, |text| scubagear::read(text, &mut reading)),
        Format::AzurePolicy => azure_policy::read(&texts(inputs, sources, &mut faults), &mut reading, &mut faults),
        Format::Hdf => each_text(inputs, sources, &mut faults, |text| hdf::read(text, &mut reading)),
        Format::Maester => maester::read(&texts(inputs, sources, &mut faults), &mut reading, &mut faults),
        Format::SecureScore => secure_score::read(&texts(inputs, sources, &mut faults), &mut reading, &mut faults),
        Format::Oscal => {
            for (index, input) in inputs.iter().enumerate() {
                match Text::new(index, input, sources) {
                    Ok(text) => oscal::read(text, map, &mut reading).unwrap_or_else(|more| faults.append(more)),
                    Err(fault) => faults.push(fault),
                }
            }
        }
    }
    if faults.has_errors() { Err(faults) } else { Ok(reading) }
}

/// Reads each file, which must be a text.
fn each_text(
    inputs: &[Input],
    sources: &Sources,
    faults: &mut Diagnostics,
    mut read: impl FnMut(&Text<'_>) -> Result<(), Diagnostic>,
) {
    for (index, input) in inputs.iter().enumerate() {
        let done = Text::new(index, input, sources).and_then(|text| read(&text));
        faults_of(done, faults);
    }
}

/// All files that are texts, where they are read together; the others are faults.
fn texts<'a>(inputs: &[Input], sources: &'a Sources, faults: &mut Diagnostics) -> Vec<Text<'a>> {
    let mut texts = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        match Text::new(index, input, sources) {
            Ok(text) => texts.push(text),
            Err(fault) => faults.push(fault),
        }
    }
    texts
}

/// Reads each file, which must be a workbook.
fn each_book(
    inputs: &[Input],
    faults: &mut Diagnostics,
    mut read: impl FnMut(usize, &Workbook) -> Result<(), Unreadable>,
) {
    for (index, input) in inputs.iter().enumerate() {
        let done = match &input.content {
            Content::Archive(bytes) => Workbook::read(bytes).and_then(|book| read(index, &book)),
            Content::Text(_) => {
                Err(Unreadable { message: "this is a text, and a workbook is expected".to_owned(), help: None })
            }
        };
        let fault = |error: Unreadable| {
            Diagnostic::new(Code::BadExport, format!("`{}`: {}", input.name, error.message)).maybe_help(error.help)
        };
        faults_of(done.map_err(fault), faults);
    }
}

fn faults_of(done: Result<(), Diagnostic>, faults: &mut Diagnostics) {
    if let Err(fault) = done {
        faults.push(fault);
    }
}

/// A text that is imported.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    /// Which of the files it is.
    pub(super) index: usize,
    /// Its number among the sources.
    pub(super) number: u32,
    /// All of it.
    pub(super) text: &'a str,
    sources: &'a Sources,
}

impl<'a> Text<'a> {
    /// The text of a file.
    ///
    /// # Errors
    /// It is an archive.
    pub(super) fn new(index: usize, input: &Input, sources: &'a Sources) -> Result<Self, Diagnostic> {
        let Content::Text(number) = input.content else {
            let message = format!("`{}` is a workbook or an archive, and a text is expected", input.name);
            return Err(Diagnostic::new(Code::BadExport, message));
        };
        let text = sources.get(number).map_or("", |file| file.text.as_ref());
        Ok(Self { index, number, text, sources })
    }

    /// The row that begins at the byte `at`.
    pub(super) fn row(&self, at: usize, id: impl Into<String>) -> Row {
        Row { file: self.index, sheet: None, line: self.line(at), id: id.into() }
    }

    /// The 1-based line in which the byte `at` stands.
    pub(super) fn line(&self, at: usize) -> usize {
        self.sources.line(self.number, at)
    }

    /// A fault of the file as a whole, at the byte `at`.
    pub(super) fn fault(&self, at: usize, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
        // A label covers one character, so that a file on one line is not quoted whole.
        let end = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
        Diagnostic::new(Code::BadExport, message).at(Span::new(self.number, &(at..end)), label)
    }
}
