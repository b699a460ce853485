//! A profile carried from one template to another: the text edited, and what a person must know.
//!
//! Start with [`draft`]. `route` settles which assessments move and along which crosswalk, `relation`
//! has the relations, `verdict` says of each statement about controls whether it holds for the target
//! too, `edit` and `requirement` write that into the text,
//! and `tell` makes the [`Migration`] that reports are views of.
//!
//! One action serves the controls of every edition, so what was done, tested and shown is carried as
//! it is: only assessments and statements about controls are touched.

mod edit;
mod relation;
mod requirement;
mod result;
mod route;
mod tell;
mod verdict;

pub use result::{
    ActionName, ActionToAssess, AssessmentChange, Carried, ControlName, Counts, Decision, DecisionReason, Edition,
    Joint, Migration, NewControl, Standing, StatementKind, Unconfirmed,
};
pub(crate) use tell::Outcome;

use crate::diagnostic::Diagnostics;
use crate::graph::Graph;
use crate::id::TemplateIdx;
use crate::library::Library;
use crate::profile::Profile;
use edit::Editing;
use route::Route;
use verdict::{Verdict, verdicts};

/// What to carry where.
#[derive(Clone, Copy, Debug)]
pub struct MigrationOptions {
    /// The template to be assessed against.
    pub to: TemplateIdx,
    /// The template that is left; without it the one whose framework relates to the target's.
    pub from: Option<TemplateIdx>,
    /// Whether the old assessments stay.
    pub keep: bool,
}

/// A profile carried over.
#[derive(Clone, Debug)]
pub struct Migrated {
    /// The text of the new profile, which was read back without fault.
    pub text: String,
    /// What was done and what is left to do.
    pub report: Migration,
}

/// Why a profile was not carried over.
#[derive(Clone, Debug)]
pub enum MigrationFailure {
    /// It cannot be, for this reason.
    Refused {
        /// One lowercase clause.
        message: String,
        /// The way out.
        help: Option<String>,
    },
    /// What was written does not read back: a fault of this program.
    Fault {
        /// The text that was made.
        text: String,
        /// What is wrong with it.
        faults: Diagnostics,
    },
}

impl MigrationFailure {
    fn refused(message: impl Into<String>, help: impl Into<Option<String>>) -> Self {
        Self::Refused { message: message.into(), help: help.into() }
    }
}

/// A profile carried over, not yet read back.
pub(crate) struct Draft<'l> {
    pub(crate) text: String,
    /// The profile as it was before.
    profile: &'l Profile,
    route: Route<'l>,
    verdicts: Vec<Verdict>,
}

/// Carries `profile`, whose `text` this is.
///
/// # Errors
/// Why it cannot be carried.
pub(crate) fn draft<'l>(
    library: &'l Library,
    graph: &Graph,
    profile: &'l Profile,
    text: &str,
    options: &MigrationOptions,
) -> Result<Draft<'l>, MigrationFailure> {
    let route = Route::find(library, graph, profile, options)?;
    let verdicts = verdicts(library, &route, profile);
    let text = Editing { library, route: &route, profile, verdicts: &verdicts, text }.run()?;
    Ok(Draft { text, profile, route, verdicts })
}
