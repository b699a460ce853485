//! The shape of a tenant profile.

use super::statement::RequirementKind;
use super::status::{Implementation, PlaceSource, Test, TestSource};
use crate::choice::Choice;
use crate::shape::{Kind, Shape, optional, required};

/// The shape of a tenant profile.
pub static PROFILE: Shape = Shape {
    name: "profile",
    doc: "A tenant profile: what an organization uses, has done, and can show.",
    fields: &[
        required("organization", Kind::Table(&ORGANIZATION), "The organization."),
        optional("assessment", Kind::Tables(&ASSESSMENT), "What is assessed: one template each, at least one."),
        optional("service", Kind::Tables(&SERVICE), "The services that the organization uses."),
        optional("action", Kind::Tables(&ACTION), "Where the organization's own work stands."),
        optional("evidence", Kind::Tables(&EVIDENCE), "What the organization can show."),
        optional("exclusion", Kind::Tables(&EXCLUSION), "Annex A controls that are not applicable."),
        optional("inheritance", Kind::Tables(&INHERITANCE), "Controls claimed to be carried by the provider alone."),
        optional("risk_acceptance", Kind::Tables(&RISK_ACCEPTANCE), "Gaps that a risk owner accepts for a time."),
        optional(
            "statement_of_applicability",
            Kind::Table(&STATEMENT),
            "The title page of the Statement of Applicability.",
        ),
        optional("requirement", Kind::Tables(&REQUIREMENT), "Laws, contracts and risks that depend on controls."),
        optional("inclusion", Kind::Tables(&INCLUSION), "What is to be said of Annex A controls that are applicable."),
    ],
};

pub(crate) static ORGANIZATION: Shape = Shape {
    name: "organization",
    doc: "The organization.",
    fields: &[
        required("name", Kind::Title, "The name, as reports show it."),
        optional("tenant", Kind::Title, "The tenant's id in reports; the name without it."),
        optional("address", Kind::Title, "The address, for title pages."),
        optional("scope", Kind::Text, "The scope of the information security management system."),
        optional("sector", Kind::Title, "The sector it works in, for reports over many tenants."),
        optional("partner", Kind::Title, "The partner who looks after it, for reports over many tenants."),
        optional("region", Kind::Title, "The region it belongs to, for reports over many tenants."),
    ],
};

pub(crate) static ASSESSMENT: Shape = Shape {
    name: "assessment",
    doc: "One template that the organization is assessed against.",
    fields: &[
        required("template", Kind::Id, "The template, such as `microsoft-cloud/iso-27001-2013`."),
        optional("group", Kind::Title, "The group it belongs to; `default` without it."),
        optional("target", Kind::Decimal(100, 2), "The score to reach, in percent."),
        optional("retest_days", Kind::Whole(1, 36_500), "Days after which a manual test is stale; 365 by default."),
        optional(
            "retest_days_automatic",
            Kind::Whole(1, 36_500),
            "Days after which an automatic test is stale; 30 by default.",
        ),
    ],
};

pub(crate) static SERVICE: Shape = Shape {
    name: "service",
    doc: "A service that the organization uses.",
    fields: &[
        required("id", Kind::Id, "The service; one the library knows, or any with `external = true`."),
        optional("external", Kind::Flag, "Whether it is a service of a vendor that the library does not know."),
        optional("name", Kind::Title, "The name of an external service."),
    ],
};

pub(crate) static ACTION: Shape = Shape {
    name: "action",
    doc: "Where one of the organization's own actions stands.",
    fields: &[
        required("id", Kind::Id, "The improvement action."),
        optional(
            "group",
            Kind::Title,
            "The group the status is for; without it, for every group. Not on technical actions.",
        ),
        optional("implementation", Kind::Word(Implementation::WORDS), "How far it has been put into practice."),
        optional("implemented_on", Kind::Date, "The day it was done."),
        optional("test", Kind::Word(Test::WORDS), "What a test of it showed; `none` without it."),
        optional("test_source", Kind::Word(TestSource::WORDS), "Who tested; `manual` without it."),
        optional("tested_on", Kind::Date, "The day it was tested."),
        optional("fraction", Kind::Decimal(1, 4), "How much of an automatic check holds, from 0 to 1."),
        optional(
            "test_reference",
            Kind::Title,
            "Which check, report or record showed it, such as `secure-score:AdminMFAV2`.",
        ),
        optional("parent", Kind::Id, "The action whose status is taken over, with `test_source = \"parent\"`."),
        optional("assigned_to", Kind::Text, "Who works on it."),
        optional("due_on", Kind::Date, "The day it is due."),
        optional("notes", Kind::Text, "Anything a reader should know."),
        optional("evidence", Kind::Ids, "The evidence that proves it."),
        optional("instance", Kind::Tables(&INSTANCE), "One status for each place, instead of one for all."),
    ],
};

pub(crate) static INSTANCE: Shape = Shape {
    name: "instance",
    doc: "The status of an action in one place: a subscription, a site, a service.",
    fields: &[
        required("name", Kind::Title, "The place."),
        required("implementation", Kind::Word(Implementation::WORDS), "How far it has been put into practice there."),
        optional("implemented_on", Kind::Date, "The day it was done there; the action's without it."),
        optional("test", Kind::Word(Test::WORDS), "What a test showed there; `none` without it."),
        optional("test_source", Kind::Word(PlaceSource::WORDS), "Who tested there; the action's without it."),
        optional("tested_on", Kind::Date, "The day it was tested there; the action's without it."),
        optional(
            "fraction",
            Kind::Decimal(1, 4),
            "How much of an automatic check holds there; the action's without it.",
        ),
        optional(
            "test_reference",
            Kind::Title,
            "Which check, report or record showed it there; the action's without it.",
        ),
        optional("evidence", Kind::Ids, "The evidence that proves it there; the action's without it."),
    ],
};

pub(crate) static EVIDENCE: Shape = Shape {
    name: "evidence item",
    doc: "Something the organization can show.",
    fields: &[
        required("id", Kind::Id, "The id that actions link."),
        optional(
            "kind",
            Kind::Text,
            "What it is: free text, or a provider kind with `services` to add to or renew the provider's evidence.",
        ),
        optional("title", Kind::Text, "The title."),
        optional("url", Kind::Url, "Where it is."),
        optional("path", Kind::Title, "A file inside the profile's folder, instead of an address."),
        optional("sha256", Kind::Title, "The SHA-256 of that file, checked on every run."),
        optional("services", Kind::Services, "With a provider kind: the services it names."),
        optional("valid_from", Kind::Date, "The day from which it holds."),
        optional("valid_to", Kind::Date, "The last day on which it holds; open without it."),
    ],
};

pub(crate) static EXCLUSION: Shape = Shape {
    name: "exclusion",
    doc: "An Annex A control that is not applicable.",
    fields: &[
        required("control", Kind::Id, "The control."),
        optional("framework", Kind::Id, "The framework; without it, every assessed one that has the control."),
        optional("justification", Kind::Text, "Why it is not applicable; an empty one is reported as a gap."),
    ],
};

pub(crate) static INHERITANCE: Shape = Shape {
    name: "inheritance",
    doc: "A claim that the provider carries a control alone.",
    fields: &[
        required("control", Kind::Id, "The control."),
        optional("framework", Kind::Id, "The framework; without it, every assessed one that has the control."),
    ],
};

pub(crate) static RISK_ACCEPTANCE: Shape = Shape {
    name: "risk acceptance",
    doc: "A gap that a risk owner accepts for a time.",
    fields: &[
        required("action", Kind::Id, "The action whose gap is accepted."),
        required("owner", Kind::Title, "Who owns the risk."),
        required("expires_on", Kind::Date, "The last day of the acceptance."),
        optional("rationale", Kind::Text, "Why the risk is acceptable."),
    ],
};

static STATEMENT: Shape = Shape {
    name: "statement of applicability",
    doc: "The title page of the Statement of Applicability; its rows are derived.",
    fields: &[
        optional("version", Kind::Title, "The version of the document."),
        optional("prepared_by", Kind::Title, "Who prepared it."),
        optional("issued_on", Kind::Date, "The day it was issued."),
        optional("approved_by", Kind::Title, "Who approved it."),
        optional("approved_on", Kind::Date, "The day it was approved; before that day it is a draft."),
        optional("next_review_on", Kind::Date, "The day by which it is reviewed."),
    ],
};

static REQUIREMENT: Shape = Shape {
    name: "requirement",
    doc: "A law, a contract, a business need or a risk that depends on controls.",
    fields: &[
        required("id", Kind::Id, "The id; it may stand once for each framework."),
        required("title", Kind::Title, "What is required."),
        required("kind", Kind::Word(RequirementKind::WORDS), "Where it comes from; a regulation is `legal`."),
        optional("reference", Kind::Title, "The article, clause, or entry of the risk register."),
        optional("framework", Kind::Id, "The framework; without it, every assessed one that has the control."),
        required("controls", Kind::Ids, "The controls that it depends on."),
    ],
};

static INCLUSION: Shape = Shape {
    name: "inclusion",
    doc: "What is to be said of an Annex A control that is applicable, beside what is derived.",
    fields: &[
        required("control", Kind::Id, "The control."),
        optional("framework", Kind::Id, "The framework; without it, every assessed one that has the control."),
        optional("justification", Kind::Text, "Why it is applicable, beside requirements and actions."),
        optional("owner", Kind::Title, "Who answers for it; without it, those whom its actions are assigned to."),
        optional("notes", Kind::Text, "How it is implemented, beside its actions."),
    ],
};
