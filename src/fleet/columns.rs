//! The columns of a result row, which its writer and its reader share.

use crate::choice::Choice;
use crate::evaluate::GapKind;

/// The columns before those for the kinds of gaps.
const FIXED: [&str; 38] = [
    "tenant",
    "organization",
    "sector",
    "partner",
    "region",
    "as_of",
    "template",
    "group",
    "target",
    "percent",
    "achieved",
    "possible",
    "assurance_percent",
    "assured",
    "unassessed",
    "customer_percent",
    "customer_achieved",
    "customer_possible",
    "customer_assured",
    "customer_unassessed",
    "provider_percent",
    "provider_achieved",
    "provider_possible",
    "provider_assured",
    "provider_unassessed",
    "outlook_by",
    "outlook_percent",
    "outlook_assured",
    "controls_covered",
    "controls_partial",
    "controls_gap",
    "controls_not_in_scope",
    "controls_unmapped",
    "controls_excluded",
    "lacks_customer_side",
    "lacks_provider_side",
    "lacks_both_sides",
    "gaps",
];

/// The columns for the kinds of gaps, in the order of [`GapKind`].
const KINDS: [&str; GapKind::WORDS.len()] = [
    "gap_not_assessed",
    "gap_not_implemented",
    "gap_planned",
    "gap_test_failed",
    "gap_untested",
    "gap_partial",
    "gap_provider_unattested",
    "gap_service_not_certified",
    "gap_evidence_missing",
    "gap_evidence_expired",
    "gap_evidence_expiring",
    "gap_test_stale",
    "gap_conflicting_status",
    "gap_unmapped_control",
    "gap_inheritance_unsupported",
    "gap_exclusion_unjustified",
    "gap_risk_accepted",
];

/// The columns of a result row, in order.
pub const FLEET_COLUMNS: [&str; FIXED.len() + KINDS.len()] = {
    let mut all = [""; FIXED.len() + KINDS.len()];
    let (fixed, kinds) = all.split_at_mut(FIXED.len());
    fixed.copy_from_slice(&FIXED);
    kinds.copy_from_slice(&KINDS);
    all
};

#[cfg(test)]
mod tests {
    use super::{Choice, GapKind, KINDS};

    #[test]
    fn the_columns_of_kinds_are_those_of_the_gap_report() {
        for (column, word) in KINDS.iter().zip(GapKind::WORDS) {
            assert_eq!(*column, format!("gap_{}", word.replace('-', "_")));
        }
    }
}
