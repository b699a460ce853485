//! Improvement actions: what the customer or the provider does, and what it is worth.

use super::allowance::{ALLOW, ALLOW_DOC, Allowance, allowances};
use crate::choice::{Choice, choice};
use crate::diagnostic::Diagnostics;
use crate::id::{ActionId, ProviderId, ServiceId};
use crate::points::Points;
use crate::shape::{Entry, Kind, Shape, document, optional, required};
use crate::source::Spanned;
use serde::{Deserialize, Serialize};

choice! {
    /// Who does the action.
    pub enum Owner {
        /// The organization that is assessed.
        Customer = "customer",
        /// The provider of the services.
        Provider = "provider",
    }
}

choice! {
    /// What kind of work it is.
    pub enum ActionType {
        /// A setting of a system; one status over the whole tenant.
        Technical = "technical",
        /// A policy, procedure or record; a status per group.
        Documentation = "documentation",
        /// People and process; a status per group.
        Operational = "operational",
    }
}

choice! {
    /// What it does to a risk.
    pub enum Purpose {
        /// Addresses a risk before it strikes.
        Preventative = "preventative",
        /// Watches for irregular conditions.
        Detective = "detective",
        /// Limits the damage and restores.
        Corrective = "corrective",
    }
}

choice! {
    /// Whether it can be bypassed.
    pub enum Enforcement {
        /// Cannot be bypassed, on purpose or by accident.
        Mandatory = "mandatory",
        /// Relies on people who understand and follow a policy.
        Discretionary = "discretionary",
    }
}

/// An improvement action.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Action {
    /// Its id, unique over the library.
    pub id: Spanned<ActionId>,
    /// The provider in whose folder it lies.
    pub provider: ProviderId,
    /// Its title.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// What kind of work it is.
    #[serde(rename = "type")]
    pub action_type: ActionType,
    /// What it does to a risk.
    pub purpose: Purpose,
    /// Whether it can be bypassed.
    pub enforcement: Enforcement,
    /// Points given in the file instead of by the table.
    pub own_points: Option<u8>,
    /// The services it concerns; none means the whole organization.
    pub services: Vec<Spanned<ServiceId>>,
    /// The product feature or document it concerns.
    pub feature: Option<String>,
    /// Hours of work.
    pub effort_hours: Option<u32>,
    /// What must be done before.
    pub depends_on: Vec<Spanned<ActionId>>,
    /// The kinds of proof an auditor accepts.
    pub proof: Vec<String>,
    /// The automatic checks that show it.
    pub signals: Vec<String>,
    /// What to do and why.
    pub guidance: Option<String>,
    /// Public documentation.
    pub links: Vec<String>,
}

impl Action {
    /// What it is worth: its own points, else the table of purpose and enforcement that Microsoft's
    /// Compliance Manager uses.
    #[must_use]
    pub fn points(&self) -> Points {
        let table = match (self.purpose, self.enforcement) {
            (Purpose::Preventative, Enforcement::Mandatory) => 27,
            (Purpose::Preventative, Enforcement::Discretionary) => 9,
            (Purpose::Detective | Purpose::Corrective, Enforcement::Mandatory) => 3,
            (Purpose::Detective | Purpose::Corrective, Enforcement::Discretionary) => 1,
        };
        Points::new(i64::from(self.own_points.unwrap_or(table))).unwrap_or(Points::MIN)
    }
}

/// The shape of `templates/<provider>/actions/*.toml`.
pub static ACTIONS: Shape = Shape {
    name: "actions file",
    doc: "Improvement actions of the customer and of the provider.",
    fields: &[
        required("action", Kind::Tables(&ACTION), "The improvement actions."),
        optional("allow", Kind::Tables(&ALLOW), ALLOW_DOC),
    ],
};

static ACTION: Shape = Shape {
    name: "action",
    doc: "An improvement action.",
    fields: &[
        required("id", Kind::Id, "The id, stable and unique over the whole library."),
        required("title", Kind::Title, "What is to be done, in a few words."),
        required("owner", Kind::Word(Owner::WORDS), "Who does it."),
        required("type", Kind::Word(ActionType::WORDS), "What kind of work it is."),
        required("purpose", Kind::Word(Purpose::WORDS), "What it does to a risk."),
        required("enforcement", Kind::Word(Enforcement::WORDS), "Whether it can be bypassed."),
        optional("points", Kind::Whole(1, 99), "What it is worth; without it, the table of purpose and enforcement."),
        optional("services", Kind::Ids, "The services it concerns; absent or empty, the whole organization."),
        optional("feature", Kind::Text, "The product feature or document it concerns."),
        optional("effort_hours", Kind::Whole(0, 100_000), "Hours of work, the middle of an honest range."),
        optional("depends_on", Kind::Ids, "Actions that must be done before."),
        optional("proof", Kind::Texts, "The kinds of proof an auditor accepts."),
        optional("signals", Kind::Texts, "Automatic checks that show it, such as `secure-score:AdminMFAV2`."),
        optional("guidance", Kind::Text, "What to do and why."),
        optional("links", Kind::Urls, "Public documentation."),
    ],
};

/// What one file of actions holds.
#[derive(Clone, Debug, Default)]
pub struct ActionsFile {
    /// The actions.
    pub actions: Vec<Action>,
    /// Lints that are expected about them.
    pub(super) allowances: Vec<Allowance>,
}

/// Reads a file of actions that lies in the folder of `provider`.
pub fn read(text: &str, file: u32, provider: &ProviderId, faults: &mut Diagnostics) -> ActionsFile {
    let take = |top: Entry<'_, '_>, _: &mut Diagnostics| ActionsFile {
        actions: top.tables("action").filter_map(|a| action(&a, provider)).collect(),
        allowances: allowances(&top),
    };
    document(text, file, &ACTIONS, faults, take).unwrap_or_default()
}

fn action(entry: &Entry<'_, '_>, provider: &ProviderId) -> Option<Action> {
    Some(Action {
        id: entry.id("id", ActionId::new)?,
        provider: provider.clone(),
        title: entry.string("title")?,
        owner: entry.word("owner")?.value,
        action_type: entry.word("type")?.value,
        purpose: entry.word("purpose")?.value,
        enforcement: entry.word("enforcement")?.value,
        own_points: entry.whole("points").and_then(|p| u8::try_from(p.value).ok()),
        services: entry.ids("services", ServiceId::new),
        feature: entry.string("feature"),
        effort_hours: entry.whole("effort_hours").and_then(|h| u32::try_from(h.value).ok()),
        depends_on: entry.ids("depends_on", ActionId::new),
        proof: entry.strings("proof"),
        signals: entry.strings("signals"),
        guidance: entry.string("guidance").map(|g| g.trim().to_owned()),
        links: entry.strings("links"),
    })
}
