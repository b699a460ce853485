//! What a gate comes to: every check with what was asked and what was found. Plain data.

use crate::choice::choice;
use crate::diagnostic::{Diagnostics, Severity};
use crate::result::Figures;
use crate::source::{Sources, Span};
use chrono::NaiveDate;
use serde::Serialize;

/// The version of the JSON form.
const SCHEMA: u32 = 1;

choice! {
    /// How a check, a profile or a whole gate came out; the later in this list, the worse.
    pub enum Outcome {
        /// Every rule is met.
        Met = "met",
        /// A rule is missed.
        Missed = "missed",
        /// What is needed to judge cannot be used.
        Unusable = "unusable",
    }
}

choice! {
    /// What a check holds a profile against.
    pub enum Rule {
        /// The profile can be read and scored.
        Readable = "readable",
        /// There is something to score.
        Scored = "scored",
        /// The least score.
        Score = "score",
        /// The least assurance.
        Assurance = "assurance",
        /// The fewest controls covered.
        Covered = "covered",
        /// What a control must come to.
        Control = "control",
        /// What nobody has assessed.
        Unassessed = "unassessed",
        /// What is left out.
        OutOfScope = "out-of-scope",
        /// How many controls are excluded.
        Excluded = "excluded",
        /// After how many days tests are stale.
        RetestDays = "retest-days",
        /// Kinds of gaps.
        ForbiddenGaps = "forbidden-gaps",
        /// A snapshot to compare with.
        History = "history",
        /// The score since that snapshot.
        RatchetScore = "ratchet-score",
        /// The assurance since then.
        RatchetAssurance = "ratchet-assurance",
        /// Each control since then.
        RatchetControls = "ratchet-controls",
        /// What is counted since then.
        RatchetScope = "ratchet-scope",
        /// The library since then.
        RatchetLibrary = "ratchet-library",
        /// The days ahead.
        WithinDays = "within-days",
    }
}

impl Rule {
    /// What it is about, in a sentence.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Readable => "The profile can be read without errors.",
            Self::Scored => {
                "Every assessment has something in scope: of nothing there is no score, and no gap can be found in it."
            }
            Self::Score => "The score is at least so high.",
            Self::Assurance => {
                "The assurance, the share of the points that rests on proof an auditor could see, is at least so high."
            }
            Self::Covered => "At least so many controls are covered.",
            Self::Control => "A control has at least this status or coverage.",
            Self::Unassessed => "At most this share of the points has not been assessed.",
            Self::OutOfScope => {
                "At most this share of the points that apply is left out, by exclusions and by statuses of not-in-scope."
            }
            Self::Excluded => "At most so many controls are excluded.",
            Self::RetestDays => "The profile lets tests count as fresh for at most so many days.",
            Self::ForbiddenGaps => "No gap is of a forbidden kind.",
            Self::History => "A recorded snapshot of the tenant is there to compare with.",
            Self::RatchetScore => "The score is no lower than in the snapshot recorded last.",
            Self::RatchetAssurance => "The assurance is no lower than in the snapshot recorded last.",
            Self::RatchetControls => "No control is worse than in the snapshot recorded last.",
            Self::RatchetScope => "Nothing is left out that was counted in the snapshot recorded last.",
            Self::RatchetLibrary => "The library is that of the snapshot recorded last.",
            Self::WithinDays => "No rule that is met today is broken within so many days if nobody does anything.",
        }
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path as the user gave it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Place {
    /// Where a span starts, if it is that of a file.
    #[must_use]
    pub fn of(span: Span, sources: &Sources) -> Option<Self> {
        let (file, line, column) = sources.place(span)?;
        Some(Self { file: file.to_owned(), line, column })
    }
}

/// One thing that a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// The id of what it is about.
    pub subject: String,
    /// What is the matter with it.
    pub text: String,
    /// Its line in the profile.
    pub place: Option<Place>,
}

/// One rule held against one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The rule.
    pub rule: Rule,
    /// What it was held against: `overall`, an assessment, a domain, a control.
    pub subject: String,
    /// How it came out.
    pub outcome: Outcome,
    /// What was asked.
    pub required: String,
    /// What was found.
    pub found: String,
    /// Why it is missed, where the details do not say it.
    pub reason: Option<String>,
    /// The line in the profile that it is most about.
    pub place: Option<Place>,
    /// Where the rule stands in the policy; one of the command line stands nowhere.
    pub policy: Option<Place>,
    /// What it found, one by one.
    pub details: Vec<Detail>,
}

impl Check {
    /// Whether it is met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.outcome == Outcome::Met
    }

    /// What was asked, what was found, and why, as one line.
    #[must_use]
    pub fn head(&self) -> String {
        let Self { rule, subject, required, found, .. } = self;
        let reason = self.reason.as_ref().map(|reason| format!("; {reason}")).unwrap_or_default();
        format!("{subject}: {rule} asks for {required}, found {found}{reason}")
    }

    /// The same with the first of its details, where they alone say why.
    #[must_use]
    pub fn sentence(&self) -> String {
        match (&self.reason, self.details.first()) {
            (None, Some(first)) => format!("{}; {}: {}", self.head(), first.subject, first.text),
            _ => self.head(),
        }
    }
}

/// The snapshot that a ratchet compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BaselineName {
    /// Its id.
    pub id: String,
    /// The date of its figures.
    pub as_of: NaiveDate,
    /// When it was recorded.
    pub recorded_at: String,
}

/// What the gate says of a profile.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// The path as the user gave it.
    pub profile: String,
    /// The tenant's id, if the profile could be read.
    pub tenant: Option<String>,
    /// The organization's name, if the profile could be read.
    pub organization: Option<String>,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// The worst of the checks.
    pub outcome: Outcome,
    /// The figures over all assessments, if the profile could be read.
    pub overall: Option<Figures>,
    /// The snapshot compared with, if the policy has a ratchet.
    pub baseline: Option<BaselineName>,
    /// What a reader should know beside the checks.
    pub notes: Vec<String>,
    /// Every rule held against every subject.
    pub checks: Vec<Check>,
}

impl Verdict {
    /// That a profile cannot be read: the faults of it, each with its place.
    #[must_use]
    pub fn unreadable(profile: &str, as_of: NaiveDate, faults: &Diagnostics, sources: &Sources) -> Self {
        let errors: Vec<_> = faults.sorted().into_iter().filter(|d| d.severity() == Severity::Error).collect();
        let details: Vec<Detail> = errors
            .iter()
            .map(|d| Detail {
                subject: d.code.name().to_owned(),
                text: d.message.clone(),
                place: d.labels.first().and_then(|label| Place::of(label.span, sources)),
            })
            .collect();
        let check = Check {
            rule: Rule::Readable,
            subject: "profile".to_owned(),
            outcome: Outcome::Unusable,
            required: "a profile without errors".to_owned(),
            found: counted(errors.len(), "error"),
            reason: None,
            place: details.first().and_then(|d| d.place.clone()),
            policy: None,
            details,
        };
        Self {
            profile: profile.to_owned(),
            tenant: None,
            organization: None,
            as_of,
            outcome: Outcome::Unusable,
            overall: None,
            baseline: None,
            notes: Vec::new(),
            checks: vec![check],
        }
    }
}

/// What a gate says of all profiles.
#[derive(Clone, Debug, Serialize)]
pub struct GateReport {
    /// The version of the JSON form.
    pub schema: u32,
    /// The file of the policy, if one was given.
    pub policy: Option<String>,
    /// The worst of the profiles.
    pub outcome: Outcome,
    /// A verdict for each profile, in the order in which they were given.
    pub verdicts: Vec<Verdict>,
}

impl GateReport {
    /// The verdicts together; of no profile nothing can be said.
    #[must_use]
    pub fn new(policy: Option<String>, verdicts: Vec<Verdict>) -> Self {
        let outcome = verdicts.iter().map(|v| v.outcome).max().unwrap_or(Outcome::Unusable);
        Self { schema: SCHEMA, policy, outcome, verdicts }
    }
}

/// So many of something: `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
