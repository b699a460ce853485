//! Tables in and out, in builds with the feature `arrow`: profiles as Parquet or Arrow, and result rows.
//!
//! [`Table`] reads, and makes lines of JSON of whatever it reads; [`join`] and [`answers`] take result rows
//! as lines and write them with types. Builds without the feature have the same doors, which say so.

#[cfg(not(feature = "arrow"))]
mod absent;
#[cfg(feature = "arrow")]
mod guard;
#[cfg(feature = "arrow")]
mod read;
#[cfg(all(test, feature = "arrow"))]
mod tests;
#[cfg(feature = "arrow")]
mod write;

#[cfg(not(feature = "arrow"))]
pub(super) use absent::{Answers, HELP, Table, answers, join, must_be_built};
#[cfg(feature = "arrow")]
pub(super) use read::{HELP, Table};
#[cfg(feature = "arrow")]
pub(super) use write::{Answers, answers, join, must_be_built};
