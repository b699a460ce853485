//! A provider: its services, and the evidence that names them.

use super::allowance::{ALLOW, ALLOW_DOC, Allowance, allowances};
use super::names::{NAMES, Names, names};
use crate::choice::{Choice, choice};
use crate::diagnostic::Diagnostics;
use crate::id::{EvidenceId, ProviderId, ServiceId};
use crate::shape::{Entry, Kind, Shape, document, optional, required};
use crate::source::Spanned;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

choice! {
    /// The kinds of evidence a provider publishes.
    pub enum ProviderEvidenceKind {
        /// A certificate of an accredited body.
        Certificate = "certificate",
        /// A report of an auditor.
        AuditReport = "audit-report",
        /// The provider's own Statement of Applicability.
        StatementOfApplicability = "statement-of-applicability",
        /// A letter that bridges the time between two reports.
        BridgeLetter = "bridge-letter",
    }
}

/// A provider of services.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Provider {
    /// Its id, which is also the name of its folder.
    pub id: Spanned<ProviderId>,
    /// Its name.
    pub name: String,
    /// How many days after it was last seen its evidence still counts as current.
    pub review_cycle_days: u32,
}

/// A service, or an entity that only appears on evidence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Service {
    /// Its id, unique over the library.
    pub id: Spanned<ServiceId>,
    /// The provider it belongs to.
    pub provider: ProviderId,
    /// Its newest name.
    pub name: String,
    /// Its name in other languages.
    pub names: Names,
    /// The cloud it runs in, such as `commercial` or `us-government`.
    pub environment: Option<String>,
    /// The first day a source listed it.
    pub first_seen: Option<NaiveDate>,
    /// The last day a source listed it.
    pub last_seen: Option<NaiveDate>,
    /// The name it was given later.
    pub renamed_to: Option<String>,
    /// Other and older names.
    pub aliases: Vec<String>,
    /// The day it was closed.
    pub retired_on: Option<NaiveDate>,
    /// Whether the provider lists it in the scope of its certification.
    pub certified: bool,
    /// What a reader should know, such as why a hole is a hole.
    pub note: Option<String>,
    /// Member services that the provider lists by name.
    pub components: Vec<String>,
}

/// An item of evidence that names services.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id, unique over the library.
    pub id: Spanned<EvidenceId>,
    /// The provider it belongs to.
    pub provider: ProviderId,
    /// What it is.
    pub kind: ProviderEvidenceKind,
    /// Its title.
    pub title: Option<String>,
    /// Its title in other languages.
    pub names: Names,
    /// The standards it speaks of.
    pub standards: Vec<String>,
    /// The services it names, each with the day from which it does.
    pub services: Vec<(Spanned<ServiceId>, Option<NaiveDate>)>,
    /// The certificate's or report's number.
    pub reference: Option<String>,
    /// Where it is published.
    pub url: Option<String>,
    /// The first day a source linked it.
    pub first_seen: Option<NaiveDate>,
    /// The last day a source linked it.
    pub last_seen: Option<NaiveDate>,
    /// The day from which it holds.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it holds.
    pub valid_to: Option<NaiveDate>,
    /// What a reader should know.
    pub note: Option<String>,
}

/// What one `provider.toml` holds.
#[derive(Clone, Debug)]
pub struct ProviderFile {
    /// The provider.
    pub provider: Provider,
    /// Its services.
    pub services: Vec<Service>,
    /// Its evidence.
    pub evidence: Vec<Evidence>,
    /// Lints that are expected about them.
    pub(super) allowances: Vec<Allowance>,
}

/// The shape of `templates/<provider>/provider.toml`.
pub static PROVIDER_FILE: Shape = Shape {
    name: "provider file",
    doc: "A provider with its services and its evidence.",
    fields: &[
        required("provider", Kind::Table(&PROVIDER), "The provider."),
        optional("service", Kind::Tables(&SERVICE), "Its services, and entities that only appear on evidence."),
        optional("evidence", Kind::Tables(&EVIDENCE), "Certificates, audit reports, Statements of Applicability."),
        optional("allow", Kind::Tables(&ALLOW), ALLOW_DOC),
    ],
};

static PROVIDER: Shape = Shape {
    name: "provider",
    doc: "The provider.",
    fields: &[
        required("id", Kind::Id, "The id, the name of its folder."),
        required("name", Kind::Title, "The name."),
        optional(
            "review_cycle_days",
            Kind::Whole(1, 3650),
            "Days after the last sighting for which undated evidence counts as current; 365 by default.",
        ),
    ],
};

static SERVICE: Shape = Shape {
    name: "service",
    doc: "A service of the provider.",
    fields: &[
        required("id", Kind::Id, "The id, unique over the library and kept when the service is renamed."),
        required("name", Kind::Title, "The newest name."),
        optional("names", Kind::Table(&NAMES), "The name in other languages."),
        optional("environment", Kind::Text, "The cloud it runs in, such as `commercial` or `us-government`."),
        optional("first_seen", Kind::Date, "The first day a source listed it."),
        optional("last_seen", Kind::Date, "The last day a source listed it."),
        optional("renamed_to", Kind::Text, "The name it was given later."),
        optional("aliases", Kind::Texts, "Other and older names."),
        optional("retired_on", Kind::Date, "The day it was closed."),
        optional("certified", Kind::Flag, "Whether the provider lists it in scope; true by default."),
        optional("note", Kind::Text, "What a reader should know; explains a hole in the evidence."),
        optional("components", Kind::Tables(&COMPONENT), "Member services that the provider lists by name."),
    ],
};

static COMPONENT: Shape = Shape {
    name: "component",
    doc: "A member service.",
    fields: &[
        required("name", Kind::Title, "The name."),
        optional("first_seen", Kind::Date, "The first day a source listed it."),
        optional("last_seen", Kind::Date, "The last day a source listed it."),
    ],
};

static EVIDENCE: Shape = Shape {
    name: "evidence item",
    doc: "An item of evidence that names services.",
    fields: &[
        required("id", Kind::Id, "The id, unique over the library."),
        required("kind", Kind::Word(ProviderEvidenceKind::WORDS), "What it is."),
        optional("title", Kind::Text, "The title."),
        optional("names", Kind::Table(&NAMES), "The title in other languages."),
        optional("standards", Kind::Texts, "The standards it speaks of."),
        required(
            "services",
            Kind::Services,
            "The services it names, with the day from which where that is later than the item.",
        ),
        optional("reference", Kind::Text, "The number of the certificate or report."),
        optional("url", Kind::Url, "Where it is published."),
        optional("first_seen", Kind::Date, "The first day a source linked it."),
        optional("last_seen", Kind::Date, "The last day a source linked it."),
        optional("valid_from", Kind::Date, "The day from which it holds; `first_seen` without it."),
        optional(
            "valid_to",
            Kind::Date,
            "The last day on which it holds; without it, `last_seen` and the review cycle.",
        ),
        optional("note", Kind::Text, "What a reader should know."),
    ],
};

/// Reads a provider file; `None` if it does not name its provider.
pub fn read(text: &str, file: u32, faults: &mut Diagnostics) -> Option<ProviderFile> {
    document(text, file, &PROVIDER_FILE, faults, |top, faults| {
        for service in top.tables("service") {
            service.in_order("first_seen", "last_seen", faults);
            service.in_order("first_seen", "retired_on", faults);
        }
        for evidence in top.tables("evidence") {
            evidence.in_order("first_seen", "last_seen", faults);
            evidence.in_order("valid_from", "valid_to", faults);
        }
        let head = top.table("provider")?;
        let id = head.id("id", ProviderId::new)?;
        let days = head.whole("review_cycle_days").and_then(|d| u32::try_from(d.value).ok());
        Some(ProviderFile {
            services: top.tables("service").filter_map(|s| service(&s, &id.value)).collect(),
            evidence: top.tables("evidence").filter_map(|e| evidence(&e, &id.value)).collect(),
            allowances: allowances(&top),
            provider: Provider { name: head.string("name")?, review_cycle_days: days.unwrap_or(365), id },
        })
    })?
}

fn service(entry: &Entry<'_, '_>, provider: &ProviderId) -> Option<Service> {
    Some(Service {
        id: entry.id("id", ServiceId::new)?,
        provider: provider.clone(),
        name: entry.string("name")?,
        names: names(entry),
        environment: entry.string("environment"),
        first_seen: entry.date("first_seen").map(|d| d.value),
        last_seen: entry.date("last_seen").map(|d| d.value),
        renamed_to: entry.string("renamed_to"),
        aliases: entry.strings("aliases"),
        retired_on: entry.date("retired_on").map(|d| d.value),
        certified: entry.flag("certified").unwrap_or(true),
        note: entry.string("note"),
        components: entry.tables("components").filter_map(|c| c.string("name")).collect(),
    })
}

fn evidence(entry: &Entry<'_, '_>, provider: &ProviderId) -> Option<Evidence> {
    let reference = |r: crate::shape::ServiceReference<'_>| {
        ServiceId::new(r.id.value).map(|id| (Spanned::new(id, r.id.span), r.since))
    };
    Some(Evidence {
        id: entry.id("id", EvidenceId::new)?,
        provider: provider.clone(),
        kind: entry.word("kind")?.value,
        title: entry.string("title"),
        names: names(entry),
        standards: entry.strings("standards"),
        services: entry.services("services").into_iter().filter_map(reference).collect(),
        reference: entry.string("reference"),
        url: entry.string("url"),
        first_seen: entry.date("first_seen").map(|d| d.value),
        last_seen: entry.date("last_seen").map(|d| d.value),
        valid_from: entry.date("valid_from").map(|d| d.value),
        valid_to: entry.date("valid_to").map(|d| d.value),
        note: entry.string("note"),
    })
}
