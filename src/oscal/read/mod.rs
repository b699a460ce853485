//! Catalogues and component definitions, made into a library folder.
//!
//! [`library_of`] is the door: a text in, the files of a folder out, whole or not at all. `catalog` makes
//! `controls/`, `component` makes `templates/`, `write` the TOML of both. What was left out is listed with
//! its reason. What is drafted is read back as a library before it is handed out.

mod catalog;
mod component;
mod write;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::library::{Library, LibraryText, assemble};
use crate::oscal_text::{Document, ModelKind};

/// What is asked of a draft.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions<'a> {
    /// The library over which the folder will be read; its frameworks are known.
    pub library: &'a Library,
    /// The id of the framework: of the catalogue, or that whose controls a component definition names.
    pub framework: Option<&'a str>,
    /// The id of the provider of components.
    pub provider: Option<&'a str>,
    /// A catalogue that goes along with components: its text, and its number among the sources.
    pub catalog: Option<(&'a str, u32)>,
}

/// The files of a library folder, not written yet.
#[derive(Clone, Debug, Default)]
pub struct LibraryDraft {
    /// Each with its path inside the folder and its text, by path.
    pub files: Vec<(String, String)>,
    /// How many of what they hold: `groups`, `controls`, `services`, `actions`, `mappings`.
    pub counts: Vec<(&'static str, usize)>,
    /// What was left out.
    pub left: Vec<Left>,
    /// What a reader should know of what was taken for granted.
    pub notes: Vec<String>,
}

/// Something that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The byte of the document at which it stands.
    pub at: usize,
    /// What it is called.
    pub id: String,
    /// Why, one lowercase clause.
    pub why: String,
}

/// The library folder that a document comes to.
///
/// # Errors
/// It is no catalogue and no component definition, or has faults.
pub fn library_of(text: &str, file: u32, options: &ReadOptions<'_>) -> Result<LibraryDraft, Diagnostics> {
    let document = Document::read(text, file)?;
    let drafted = match document.kind {
        ModelKind::Catalog => catalog::draft(&document, options.framework).map(|catalog| catalog.library()),
        ModelKind::ComponentDefinition => component::draft(&document, options)?,
        kind => return Err(refused(document, kind)),
    };
    let Some(draft) = drafted.filter(|_| !document.has_faults()) else { return Err(document.into_faults()) };
    held(&draft, options.library, file)?;
    Ok(draft)
}

fn refused(document: Document<'_>, kind: ModelKind) -> Diagnostics {
    let help = match kind {
        ModelKind::Profile => {
            "a profile chooses controls of a catalogue and has none of its own: resolve it into a catalogue with the tool \
             that wrote it, and import that"
        }
        ModelKind::AssessmentPlan => {
            "a plan says what will be tested, not what was found: import the assessment results"
        }
        _ => "it says how a tenant stands: name its profile with `--profile FILE`",
    };
    let message = format!("no library is made of {}", kind.name());
    document.fault(document.body().start(), message, "this model", Some(help.to_owned()));
    document.into_faults()
}

/// Reads the draft as the library that it will be.
fn held(draft: &LibraryDraft, base: &Library, file: u32) -> Result<(), Diagnostics> {
    let text = |(path, text)| LibraryText { layer: 1, path, file, text };
    let texts: Vec<LibraryText<'_>> = draft.files.iter().map(|(p, t)| text((p.as_str(), t.as_str()))).collect();
    let mut found = Diagnostics::new();
    assemble(base.clone(), &texts, &mut found);
    let mut faults = Diagnostics::new();
    for fault in found.sorted().into_iter().filter(|fault| fault.severity() == Severity::Error) {
        // Its places are those of a text that nobody has.
        let message = format!("the library would have a fault: {}", fault.message);
        faults.push(Diagnostic::new(Code::BadExport, message));
    }
    if faults.has_errors() { Err(faults) } else { Ok(()) }
}
