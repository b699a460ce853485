//! Why sums of a fleet cannot be added or read.

use crate::snapshot::Digest;
use chrono::NaiveDate;
use std::fmt;

/// Why two summaries are not added, or one is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SummaryFault {
    /// They are of two dates.
    Dates(NaiveDate, NaiveDate),
    /// They look ahead to two days.
    Horizons(NaiveDate, NaiveDate),
    /// They were scored by two libraries.
    Libraries(Digest, Digest),
    /// A sum would be too large to be kept.
    TooMany,
    /// The text is no summary.
    NoSummary(String),
    /// It is one of a version that is not known.
    Schema(u64),
}

impl SummaryFault {
    /// The way out, if there is one.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::Dates(..) => "score all parts with the same `--as-of`",
            Self::Horizons(..) => "score all parts with the same `--expiring-within`",
            Self::Libraries(..) => "score all parts by the same library and the same version of annexa",
            Self::TooMany => return None,
            Self::NoSummary(_) => "`annexa fleet score PROFILES -o OUT` writes one beside OUT, as `OUT.summary.json`",
            Self::Schema(_) => "read it with the version of annexa that wrote it, or a later one",
        };
        Some(help.to_owned())
    }
}

impl fmt::Display for SummaryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dates(one, other) => write!(f, "figures as of {one} and as of {other} are not added"),
            Self::Horizons(one, other) => write!(f, "outlooks to {one} and to {other} are not added"),
            Self::Libraries(one, other) => {
                write!(f, "figures by two libraries, {} and {}, are not added", one.short(), other.short())
            }
            Self::TooMany => write!(f, "the sums are larger than any fleet gives"),
            Self::NoSummary(why) => write!(f, "no summary of a fleet: {why}"),
            Self::Schema(found) => write!(f, "a summary of schema {found}; this version of annexa knows 1"),
        }
    }
}

impl std::error::Error for SummaryFault {}
