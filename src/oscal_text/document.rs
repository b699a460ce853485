//! A document: which model it is of, in which version, and what is wrong with it.

use super::part::Part;
use super::tree::{Broken, Node, Value};
use super::{json, yaml};
use crate::choice::{Choice, choice};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::source::Span;
use std::cell::{Cell, RefCell};

/// The most bytes of a document; the largest catalogue known has ten million.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// How many faults of one document are told; after so many it is plain that it is no such document.
const MAX_FAULTS: usize = 50;

choice! {
    /// A model of OSCAL; the word is the key at the top of its documents.
    pub enum ModelKind {
        /// Controls.
        Catalog = "catalog",
        /// A choice of controls.
        Profile = "profile",
        /// Components and what they do for controls.
        ComponentDefinition = "component-definition",
        /// How a system implements controls.
        Ssp = "system-security-plan",
        /// What is to be assessed.
        AssessmentPlan = "assessment-plan",
        /// What an assessment found.
        AssessmentResults = "assessment-results",
        /// What is to be done.
        Poam = "plan-of-action-and-milestones",
    }
}

impl ModelKind {
    /// What it is called, with its article.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Catalog => "a catalogue",
            Self::Profile => "an OSCAL profile",
            Self::ComponentDefinition => "a component definition",
            Self::Ssp => "a system security plan",
            Self::AssessmentPlan => "an assessment plan",
            Self::AssessmentResults => "assessment results",
            Self::Poam => "a plan of action and milestones",
        }
    }
}

/// A document that was taken apart.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    /// Which model it is of.
    pub(crate) kind: ModelKind,
    file: u32,
    text: &'t str,
    body: Node,
    faults: RefCell<Diagnostics>,
    /// How many more are told.
    left: Cell<usize>,
}

impl<'t> Document<'t> {
    /// Takes a text apart, JSON if it begins as such, else YAML.
    ///
    /// # Errors
    /// It is neither, no OSCAL, or of a version that is not read.
    pub(crate) fn read(text: &'t str, file: u32) -> Result<Self, Diagnostics> {
        let fault = |broken: Broken| {
            let said = broken.said.map(|said| format!("the reader says: {said}"));
            Diagnostic::new(Code::BadExport, broken.why).at(place(file, broken.at, text), "here").maybe_help(said)
        };
        if text.len() > MAX_BYTES {
            let message = format!("the file is larger than {} MiB, the most that is read of OSCAL", MAX_BYTES >> 20);
            return Err(only(Diagnostic::new(Code::TooLarge, message)));
        }
        let is_json = text.trim_start().starts_with(['{', '[']);
        let tree = if is_json { json::tree(text) } else { yaml::tree(text) };
        let tree = tree.map_err(|broken| only(fault(broken)))?;
        let whole = Broken { at: tree.at, why: "the file is not an OSCAL document".to_owned(), said: None };
        let (kind, body) = model(tree).ok_or_else(|| {
            let keys: Vec<String> = ModelKind::WORDS.iter().map(|word| format!("`{word}`")).collect();
            only(fault(whole).help(format!("one key stands at its top: {}", keys.join(", "))))
        })?;
        let document = Self { kind, file, text, body, faults: RefCell::default(), left: Cell::new(MAX_FAULTS) };
        document.hold_version();
        if document.faults.borrow().has_errors() { Err(document.into_faults()) } else { Ok(document) }
    }

    /// The part under the key of the model.
    pub(crate) fn body(&self) -> Part<'_> {
        Part::new(self, &self.body, self.kind.word().to_owned())
    }

    /// What was found wrong so far.
    pub(crate) fn into_faults(self) -> Diagnostics {
        self.faults.into_inner()
    }

    /// Whether something was found wrong so far.
    pub(crate) fn has_faults(&self) -> bool {
        self.faults.borrow().has_errors()
    }

    /// Tells of a fault at a byte.
    pub(crate) fn fault(&self, at: usize, message: String, label: &str, help: Option<String>) {
        if let Some(left) = self.left.get().checked_sub(1) {
            self.left.set(left);
            let place = place(self.file, at, self.text);
            self.faults.borrow_mut().push(Diagnostic::new(Code::BadExport, message).at(place, label).maybe_help(help));
        }
    }

    fn hold_version(&self) {
        let metadata = self.body().part("metadata");
        let Some(metadata) = metadata else { return self.body().lacks("metadata") };
        let Some(version) = metadata.text("oscal-version") else { return metadata.lacks("oscal-version") };
        let is_known = version.split('.').take(2).eq(["1", "0"]) || version.split('.').take(2).eq(["1", "1"]);
        if !is_known {
            let message = format!("the document is of OSCAL {}, and 1.0 and 1.1 are read", quoted(version));
            let help = "convert it to 1.1 with the tool that wrote it; `oscal-version` says of which version it is";
            self.fault(metadata.at("oscal-version"), message, "this version", Some(help.to_owned()));
        }
    }
}

fn only(fault: Diagnostic) -> Diagnostics {
    let mut faults = Diagnostics::new();
    faults.push(fault);
    faults
}

/// The one key at the top that is a model's, `$schema` left aside.
fn model(tree: Node) -> Option<(ModelKind, Node)> {
    let Value::Object(fields) = tree.value else { return None };
    let mut found = fields.into_iter().filter_map(|(key, node)| Some((ModelKind::from_word(&key)?, node)));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The character at a byte, or the end of the text.
fn place(file: u32, at: usize, text: &str) -> Span {
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let end = text.get(start..).and_then(|rest| rest.chars().next()).map_or(start, |c| start + c.len_utf8());
    Span::new(file, &(start..end))
}
