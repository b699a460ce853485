//! The shape of a gate policy.

use super::policy::ControlFloor;
use crate::choice::Choice;
use crate::evaluate::GapKind;
use crate::shape::{Field, Kind, Shape, optional, required};

/// The most days a policy looks ahead: ten years.
pub const MOST_DAYS: i64 = 3_660;

/// The most days after which a test is stale that a profile can ask for.
const MOST_RETEST_DAYS: i64 = 36_500;

const SCORE: Field = optional("score", Kind::Decimal(100, 2), "The least score, in percent, above 0.");
const ASSURANCE: Field = optional("assurance", Kind::Decimal(100, 2), "The least assurance, in percent, above 0.");
const COVERED: Field = optional("covered", Kind::Whole(1, 1_000_000), "The fewest controls that are covered.");
const GROUP: Field = optional("group", Kind::Title, "Only in this group; without it, in every group.");

/// The shape of a gate policy.
pub static POLICY: Shape = Shape {
    name: "gate policy",
    doc: "A gate policy: the rules that a profile must meet, all of them. A policy without a rule is refused, for it would let everything pass.",
    fields: &[
        optional("minimum", Kind::Table(&MINIMUM), "The least figures."),
        optional("control", Kind::Tables(&CONTROL), "What single controls must come to."),
        optional("nothing_unassessed", Kind::Flag, "Whether every action in scope must be assessed."),
        optional(
            "max_unassessed",
            Kind::Decimal(100, 2),
            "The most points that nobody has assessed, in percent of the points possible of each assessment; below 100.",
        ),
        optional(
            "max_out_of_scope",
            Kind::Decimal(100, 2),
            "The most points left out of each assessment, by exclusions and by `not-in-scope`, in percent of the points of all actions that apply; below 100.",
        ),
        optional("max_excluded", Kind::Whole(0, 10_000), "The most controls that each assessment excludes."),
        optional(
            "max_retest_days",
            Kind::Whole(1, MOST_RETEST_DAYS),
            "The most days that a profile may give as `retest_days`.",
        ),
        optional(
            "max_retest_days_automatic",
            Kind::Whole(1, MOST_RETEST_DAYS),
            "The most days that a profile may give as `retest_days_automatic`.",
        ),
        optional("forbidden_gaps", Kind::Words(GapKind::WORDS), "Kinds of gaps that nothing may have."),
        optional("forbidden", Kind::Tables(&FORBIDDEN), "Kinds of gaps that a domain or a control may not have."),
        optional(
            "accepted_risks_pass",
            Kind::Flag,
            "Whether a forbidden gap passes while its risk is accepted; without it, it does not.",
        ),
        optional("ratchet", Kind::Table(&RATCHET), "What may not be worse than in the snapshot recorded last."),
        optional(
            "within_days",
            Kind::Whole(1, MOST_DAYS),
            "For so many days ahead every other rule must still be met if nobody does anything.",
        ),
    ],
};

static MINIMUM: Shape = Shape {
    name: "minimum",
    doc: "The least figures over all assessments; of nothing there is no figure, and no minimum is met.",
    fields: &[
        SCORE,
        ASSURANCE,
        COVERED,
        optional("assessment", Kind::Tables(&MINIMUM_ASSESSMENT), "The least figures of assessments."),
        optional("domain", Kind::Tables(&MINIMUM_DOMAIN), "The least figures of domains."),
    ],
};

static MINIMUM_ASSESSMENT: Shape = Shape {
    name: "assessment's minimum",
    doc: "The least figures of the assessments that are named; without `template` and `group`, of every one.",
    fields: &[optional("template", Kind::Id, "The template; without it, every one."), GROUP, SCORE, ASSURANCE, COVERED],
};

static MINIMUM_DOMAIN: Shape = Shape {
    name: "domain's minimum",
    doc: "The least figures of a domain, a topmost heading of a framework.",
    fields: &[
        required("framework", Kind::Id, "The framework."),
        required("id", Kind::Id, "The id of the domain, such as `A.9`."),
        GROUP,
        SCORE,
        ASSURANCE,
        COVERED,
    ],
};

static CONTROL: Shape = Shape {
    name: "control's minimum",
    doc: "What a control must come to; one that is excluded, out of scope or served by nothing does not.",
    fields: &[
        required("id", Kind::Id, "The control."),
        optional("framework", Kind::Id, "The framework; without it, every assessed one that has the control."),
        GROUP,
        optional("status", Kind::Word(ControlFloor::WORDS), "The least status."),
        optional(
            "coverage",
            Kind::Decimal(100, 2),
            "The least share of its points that is earned, in percent, above 0.",
        ),
    ],
};

static FORBIDDEN: Shape = Shape {
    name: "forbidden gap",
    doc: "Kinds of gaps that a domain or a control may not have.",
    fields: &[
        required("kinds", Kind::Words(GapKind::WORDS), "The kinds."),
        required("framework", Kind::Id, "The framework."),
        optional("domain", Kind::Id, "The id of the domain, such as `A.9`; or give `control`."),
        optional("control", Kind::Id, "The control; or give `domain`."),
        GROUP,
    ],
};

static RATCHET: Shape = Shape {
    name: "ratchet",
    doc: "What may not be worse than in the last recorded state of the tenant, the snapshot with the latest date.",
    fields: &[
        optional("score", Kind::Flag, "The score, overall and of each assessment."),
        optional("assurance", Kind::Flag, "The assurance, overall and of each assessment."),
        optional(
            "controls",
            Kind::Flag,
            "Each control: no less covered, not newly excluded, not out of scope or gone.",
        ),
        optional("scope", Kind::Flag, "What is counted: no action, instance or service in scope then is left out now."),
        optional("library", Kind::Flag, "The library: every text of it the same, so that no points are shifted."),
        optional(
            "tolerance",
            Kind::Decimal(100, 2),
            "By how many percentage points score, assurance and the coverage of a control may be lower; below 100.",
        ),
        optional(
            "may_leave",
            Kind::Ids,
            "Controls, actions and services that may be worse, excluded, out of scope or gone.",
        ),
    ],
};
