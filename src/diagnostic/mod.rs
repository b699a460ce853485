//! What is told to the user about their input: facts first, drawing later.
//!
//! A [`Diagnostic`] is plain data: a stable [`Code`], one lowercase clause, the places it concerns,
//! and the way out. Every stage collects into [`Diagnostics`] and goes on, so that all faults of a
//! run are told at once, in the order of their places. How they look is decided in `render`.

mod code;
mod nearest;
mod quote;

pub use code::Code;
pub use nearest::{nearest, suggestion};
pub(crate) use quote::{is_unseen, listed, quoted};

use crate::source::Span;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// The input can be used; something in it is probably not meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words under the place.
    pub text: String,
}

/// One fault or oddity of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of this kind of fault.
    pub code: Code,
    /// One lowercase clause, input in backticks.
    pub message: String,
    /// The places; the first is where the fault is.
    pub labels: Vec<Label>,
    /// The ways out.
    pub help: Vec<String>,
    /// The id of the thing it is about, where it is about one.
    pub about: Option<String>,
    /// Whether the user makes an error of what is a warning.
    is_denied: bool,
}

impl Diagnostic {
    /// A diagnostic without places yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message, labels: Vec::new(), help: Vec::new(), about: None, is_denied: false }
    }

    /// A ring: each name, and where it names the next.
    pub fn ring(code: Code, what: &str, ring: &[(&str, Span)]) -> Self {
        const SHOWN: usize = 8;
        let mut names: Vec<String> = ring.iter().map(|(name, _)| format!("`{name}`")).collect();
        if names.len() > 2 * SHOWN {
            let hidden = names.len() - SHOWN - 1;
            names.splice(SHOWN..names.len() - 1, [format!("{hidden} more")]);
        }
        names.extend(ring.first().map(|(name, _)| format!("`{name}`")));
        let mut diagnostic = Self::new(code, format!("{what}: {}", names.join(" -> ")));
        for (name, span) in ring.iter().take(SHOWN) {
            diagnostic = diagnostic.at(*span, format!("named by `{name}`"));
        }
        diagnostic
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Says which thing it is about, by its id.
    #[must_use]
    pub fn about(mut self, id: impl Into<String>) -> Self {
        self.about = Some(id.into());
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds a way out where there is one.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help.extend(text);
        self
    }

    /// How grave it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.is_denied { Severity::Error } else { self.code.severity() }
    }
}

/// Diagnostics gathered over a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of `other`.
    pub fn append(&mut self, mut other: Self) {
        self.list.append(&mut other.list);
    }

    /// Leaves out those that are not `wanted`.
    pub fn keep(&mut self, wanted: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(wanted);
    }

    /// Makes errors of those that are `unwanted`.
    pub fn deny(&mut self, unwanted: impl Fn(&Diagnostic) -> bool) {
        for diagnostic in &mut self.list {
            diagnostic.is_denied |= unwanted(diagnostic);
        }
    }

    /// Whether the input itself cannot be used, whatever the user makes of warnings.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.list.iter().any(|d| d.code.severity() == Severity::Error)
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity() == Severity::Error)
    }

    /// Whether there are so many that nobody reads the last ones: their suggestions, each a search
    /// through all known names, are not worth their time.
    pub(crate) fn are_many(&self) -> bool {
        self.list.len() > 500
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many of `severity` there are, said twice counted once.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.sorted().iter().filter(|d| d.severity() == severity).count()
    }

    /// All of them, by place, then code, then wording; said twice is said once.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let key = |d: &Diagnostic| (d.labels.first().map(|l| l.span), d.code.name(), d.message.clone());
        let mut list: Vec<_> = self.list.iter().collect();
        list.sort_by_cached_key(|d| key(d));
        list.dedup();
        list
    }

    /// The value if no error was gathered, with what remains to be said; else all that was gathered.
    ///
    /// # Errors
    /// Everything gathered, if one of them is an error.
    pub fn into_result<T>(self, value: T) -> Result<Checked<T>, Self> {
        if self.has_errors() { Err(self) } else { Ok(Checked { value, warnings: self }) }
    }
}

/// A value without errors, and the warnings met on the way to it.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// Warnings only.
    pub warnings: Diagnostics,
}
