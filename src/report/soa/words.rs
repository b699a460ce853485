//! The words of the forms of a Statement of Applicability: one place, to be had in several languages.

use crate::choice::Choice;
use crate::points::Percent;
use crate::soa::MarkKind;
use chrono::NaiveDate;

/// The sentences and headings, by what they are for.
pub(super) mod msg {
    pub const SOA_TITLE: &str = "Statement of Applicability";
    pub const SOA_ORGANIZATION: &str = "Organization";
    pub const SOA_TENANT: &str = "Tenant";
    pub const SOA_ADDRESS: &str = "Address";
    pub const SOA_SCOPE: &str = "Scope";
    pub const SOA_STANDARD: &str = "Standard";
    pub const SOA_TEMPLATE: &str = "Template";
    pub const SOA_GROUP: &str = "Group";
    pub const SOA_VERSION: &str = "Version";
    pub const SOA_STATUS: &str = "Status";
    pub const SOA_PREPARED_BY: &str = "Prepared by";
    pub const SOA_ISSUED_ON: &str = "Issued on";
    pub const SOA_APPROVED_BY: &str = "Approved by";
    pub const SOA_APPROVED_ON: &str = "Approved on";
    pub const SOA_NEXT_REVIEW_ON: &str = "Next review by";
    pub const SOA_AS_OF: &str = "As of";
    pub const SOA_SUMMARY: &str = "Summary";
    pub const SOA_CONTROLS: &str = "Controls";
    pub const SOA_APPLICABLE: &str = "Applicable";
    pub const SOA_EXCLUDED: &str = "Excluded";
    pub const SOA_MARKED: &str = "With marks";
    pub const SOA_MARKS: &str = "Marks";
    pub const SOA_NO_MARKS: &str = "No marks";
    pub const SOA_ID: &str = "Id";
    pub const SOA_SIDE: &str = "Side";
    pub const SOA_CONTROL: &str = "Control";
    pub const SOA_CONTROL_TITLE: &str = "Title";
    pub const SOA_JUSTIFICATION: &str = "Justification";
    pub const SOA_IMPLEMENTATION: &str = "Implementation";
    pub const SOA_RESPONSIBILITY: &str = "Responsibility";
    pub const SOA_HOW: &str = "How it is implemented";
    pub const SOA_EVIDENCE: &str = "Evidence";
    pub const SOA_OWNER: &str = "Owner";
    pub const SOA_GAPS: &str = "Gaps";
    pub const SOA_YES: &str = "yes";
    pub const SOA_NO: &str = "no";
    pub const SOA_REQUIREMENT: &str = "{ $kind }: { $title }";
    pub const SOA_RISK_TREATMENT: &str = "risk treatment, by actions: { $count }";
    pub const SOA_CLAIMED_INHERITED: &str = "claimed as inherited from the provider";
    pub const SOA_ACTIONS: &str = "actions covered: { $covered } of { $count }";
    pub const SOA_SERVICES: &str = "services of the provider: { $names }";
    pub const SOA_STATE_UNTIL: &str = "{ $state } until { $date }";
    pub const SOA_STATE_FROM: &str = "{ $state }, from { $date }";
    pub const SOA_COUNT: &str = "{ $what }: { $count }";
    pub const SOA_MARK_ABOUT: &str = "{ $mark }: { $ids }";
    pub const SOA_DERIVED: &str = "Derived by annexa { $version } from the profile and the library; every status is that of the score on the same day.";
    pub const SOA_MARK_EXCLUSION_UNJUSTIFIED: &str = "excluded without a justification";
    pub const SOA_MARK_EXCLUDED_BUT_SERVED: &str = "excluded, but actions in scope for other controls serve it";
    pub const SOA_MARK_EXCLUDED_BUT_NEEDED: &str =
        "excluded, but actions in scope need work that only excluded controls ask for";
    pub const SOA_MARK_EXCLUDED_BUT_REQUIRED: &str = "excluded, but requirements depend on it";
    pub const SOA_MARK_INCLUSION_UNJUSTIFIED: &str = "applicable, but nothing says why";
    pub const SOA_MARK_APPLICABLE_OUT_OF_SCOPE: &str = "applicable, but all its actions are out of scope";
    pub const SOA_MARK_RESTS_ON_LAPSED_EVIDENCE: &str = "rests on evidence that has lapsed";
    pub const SOA_MARK_INHERITANCE_UNSUPPORTED: &str = "claimed as inherited, but the provider does not carry it alone";
    pub const SOA_MARK_NOT_APPROVED: &str = "not approved by the day of the statement";
    pub const SOA_MARK_CHANGED_SINCE_APPROVAL: &str = "approved before the implementation of controls changed";
    pub const SOA_MARK_REVIEW_OVERDUE: &str = "the day of the next review has passed";
}

/// The words of one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words;

impl Words {
    /// A message without arguments.
    pub(super) fn text(self, id: &'static str) -> &'static str {
        id
    }

    /// A message with arguments.
    pub(super) fn with(self, id: &'static str, arguments: &[(&str, String)]) -> String {
        let mut text = String::new();
        let mut parts = id.split("{ $");
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (name, rest) = part.split_once(" }").unwrap_or((part, ""));
            let value = arguments.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
            text.push_str(value.unwrap_or_default());
            text.push_str(rest);
        }
        text
    }

    /// A member of a closed set.
    pub(super) fn word(self, choice: impl Choice) -> String {
        choice.word().replace('-', " ")
    }

    pub(super) fn percent(self, percent: Percent) -> String {
        format!("{percent} %")
    }

    pub(super) fn date(self, date: NaiveDate) -> String {
        date.to_string()
    }
}

/// What a mark says.
pub(super) fn mark(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::ExclusionUnjustified => msg::SOA_MARK_EXCLUSION_UNJUSTIFIED,
        MarkKind::ExcludedButServed => msg::SOA_MARK_EXCLUDED_BUT_SERVED,
        MarkKind::ExcludedButNeeded => msg::SOA_MARK_EXCLUDED_BUT_NEEDED,
        MarkKind::ExcludedButRequired => msg::SOA_MARK_EXCLUDED_BUT_REQUIRED,
        MarkKind::InclusionUnjustified => msg::SOA_MARK_INCLUSION_UNJUSTIFIED,
        MarkKind::ApplicableOutOfScope => msg::SOA_MARK_APPLICABLE_OUT_OF_SCOPE,
        MarkKind::RestsOnLapsedEvidence => msg::SOA_MARK_RESTS_ON_LAPSED_EVIDENCE,
        MarkKind::InheritanceUnsupported => msg::SOA_MARK_INHERITANCE_UNSUPPORTED,
        MarkKind::NotApproved => msg::SOA_MARK_NOT_APPROVED,
        MarkKind::ChangedSinceApproval => msg::SOA_MARK_CHANGED_SINCE_APPROVAL,
        MarkKind::ReviewOverdue => msg::SOA_MARK_REVIEW_OVERDUE,
    }
}
