//! What is counted on a row, for views that have room for a number only.

use super::result::StatementRow;
use crate::explain::State;

impl StatementRow {
    /// How many of its actions earn all their points.
    #[must_use]
    pub fn actions_covered(&self) -> usize {
        self.actions.iter().filter(|a| a.state == State::Covered).count()
    }

    /// How many of its items of evidence stand so.
    #[must_use]
    pub fn evidence_in(&self, state: State) -> usize {
        self.evidence.iter().filter(|e| e.state == state).count()
    }
}
