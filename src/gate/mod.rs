//! The gate: a profile held against a policy, and every way of not knowing is a miss.
//!
//! A [`Policy`] is read against the library, so that a misspelt name is an error and not a rule that
//! nothing can break. [`judge()`] scores the profile, makes a [`Check`] of each rule and each subject,
//! and gives a [`Verdict`]. Pure: where a ratchet needs the history, the snapshot is handed in as a
//! [`Baseline`], chosen by [`baseline_of`]. `shape` and `read` make the policy of a text; `judge`
//! goes through the demands; `figures`, `limits`, `gaps`, `ratchet` and `scope` judge them; `days` looks ahead;
//! `places` finds the lines of the profile.

mod days;
mod figures;
mod gaps;
mod judge;
mod limits;
mod places;
mod policy;
mod ratchet;
mod read;
mod scope;
mod shape;
mod verdict;

pub use judge::{Subject, judge};
pub use policy::{Measure, Policy};
pub use ratchet::{Baseline, Recorded, baseline_of};
pub use read::read as read_policy;
pub use shape::{MOST_DAYS, POLICY};
pub use verdict::{BaselineName, Check, Detail, GateReport, Outcome, Place, Rule, Verdict};
