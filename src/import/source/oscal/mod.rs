//! OSCAL documents on a tenant: a system security plan, assessment results, a plan of action.
//!
//! What annexa wrote says its statuses in properties of its own and is read back by them (`own`). What
//! another tool wrote names controls, components, objectives and risks: each is the subject
//! `oscal:<control>/<component>`, `oscal:<target>` or `oscal:<risk>`, which a map file ties to actions.

mod own;
mod plan;
mod poam;
mod results;

use super::Text;
use crate::diagnostic::Diagnostics;
use crate::import::fact::{Fact, Finding, Reading, Reason, Row, Subject, UnusedRow};
use crate::import::map::Map;
use crate::oscal_text::words::about;
use crate::oscal_text::{Document, ModelKind, Part, day_of};
use chrono::NaiveDate;

/// Reads one document.
///
/// # Errors
/// It is no OSCAL, has faults, or is of a model that says nothing of a tenant.
pub(super) fn read(text: Text<'_>, map: &Map, reading: &mut Reading) -> Result<(), Diagnostics> {
    let document = Document::read(text.text, text.number)?;
    let body = document.body();
    let metadata = body.part("metadata");
    let source = Source {
        text,
        map,
        is_own: metadata.as_ref().is_some_and(|m| m.own(about::TENANT).is_some()),
        day: metadata.as_ref().and_then(day),
    };
    let mut found = Reading::default();
    match document.kind {
        ModelKind::Ssp => plan::read(&source, &body, &mut found),
        ModelKind::AssessmentResults => results::read(&source, &body, &mut found),
        ModelKind::Poam => poam::read(&source, &body, &mut found),
        kind => {
            let help = match kind {
                ModelKind::AssessmentPlan => "a plan says what will be tested: import the assessment results",
                _ => "`annexa oscal import FILE -o DIR` makes a library folder of catalogues and components",
            };
            let message = format!("{} says nothing of how a tenant stands", kind.name());
            document.fault(body.start(), message, "this model", Some(help.to_owned()));
        }
    }
    if document.has_faults() {
        return Err(document.into_faults());
    }
    reading.facts.append(&mut found.facts);
    reading.unused.append(&mut found.unused);
    Ok(())
}

/// The day of a document: that of its figures, else that of its last change.
fn day(metadata: &Part<'_>) -> Option<NaiveDate> {
    metadata.own(about::AS_OF).and_then(day_of).or_else(|| metadata.day("last-modified"))
}

/// What all models are read with.
struct Source<'a> {
    text: Text<'a>,
    map: &'a Map,
    /// Whether annexa wrote it.
    is_own: bool,
    /// The day of the document.
    day: Option<NaiveDate>,
}

impl Source<'_> {
    fn row(&self, part: &Part<'_>, id: impl Into<String>) -> Row {
        self.text.row(part.start(), id)
    }

    /// What a name of the document stands for: the first of its forms that the map knows, else the first.
    fn subject(&self, forms: &[String]) -> Subject {
        let known = forms.iter().find(|form| self.map.actions(form).is_some());
        Subject::Signal(known.or(forms.first()).cloned().unwrap_or_default())
    }

    fn fact(&self, row: Row, subject: Subject, finding: Finding, on: Option<NaiveDate>) -> Fact {
        let mut fact = Fact::new(row, subject, finding);
        fact.on = on.or(self.day);
        fact
    }
}

/// A row that says nothing of actions, and why.
fn without(reading: &mut Reading, row: Row, detail: impl Into<String>) {
    reading.without_use(UnusedRow::new(row, Reason::NoStatus, detail));
}
