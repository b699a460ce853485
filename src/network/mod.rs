//! The graph of an assessed profile: what it is assessed by, down to the evidence, and how each stands.
//!
//! Start with [`Network`]: nodes and links in canonical order, self-contained, the one thing every drawing is
//! a view of. `build` makes it from the graph of the library, the profile and its figures; `around` cuts out
//! what rests on an id, and what the id rests on. No figure is computed here.

mod around;
mod build;

pub(crate) use build::network;

use crate::choice::{Choice, choice};
use crate::explain::{AssessmentName, State};
use crate::library::Owner;
use crate::weakpoints::Origin;
use chrono::NaiveDate;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// The version of the JSON form.
pub const SCHEMA: u32 = 1;

choice! {
    /// What a node is; links lead from each kind to a later one, or stay within actions.
    pub enum NetworkKind {
        /// An assessment: a template in a group.
        Assessment = "assessment",
        /// A topmost heading of its framework.
        Domain = "domain",
        /// A control of its framework.
        Control = "control",
        /// An improvement action of its template.
        Action = "action",
        /// A service that the profile uses.
        Service = "service",
        /// An item of evidence, of the library or the profile.
        Evidence = "evidence",
    }
}

choice! {
    /// What a link says of its ends.
    pub enum LinkKind {
        /// An assessment or domain to what stands under it.
        Contains = "contains",
        /// A control to an action that the template maps to it.
        ServedBy = "served-by",
        /// An action to one that must be done before.
        DependsOn = "depends-on",
        /// An action to the one whose status it takes.
        TakesStatusFrom = "takes-status-from",
        /// An action to a service it concerns.
        Concerns = "concerns",
        /// An action to an item of evidence that the profile links to it.
        ProvedBy = "proved-by",
        /// A service to an item of evidence that names it.
        NamedBy = "named-by",
    }
}

/// The graph of an assessed profile, or a part of it.
#[derive(Clone, Debug)]
pub struct Network {
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The date of every state.
    pub as_of: NaiveDate,
    /// What it was cut down to, if it was.
    pub around: Option<Around>,
    /// By kind, then assessment, then in the order of the catalogue or of ids.
    pub nodes: Vec<NetworkNode>,
    /// By the positions of their ends, then kind.
    pub links: Vec<NetworkLink>,
}

/// What a graph was cut down to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Around {
    /// The id.
    pub id: String,
    /// How many steps from it.
    pub depth: usize,
}

/// A node: a control or action once in each assessment, a service or item of evidence once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NetworkNode {
    /// What no other node has.
    pub key: String,
    /// What it is.
    pub kind: NetworkKind,
    /// Its id, as a person writes it.
    pub id: String,
    /// Its title, or nothing.
    pub title: String,
    /// How it stands; nothing where there is no score.
    pub state: Option<State>,
    /// The assessment it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment: Option<AssessmentName>,
    /// Of an action: who does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// Of an item of evidence: where it is defined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// A link between two nodes, by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NetworkLink {
    /// The node it leads from.
    pub source: usize,
    /// The node it leads to.
    pub target: usize,
    /// What it says.
    pub kind: LinkKind,
    /// From which day on evidence names a service.
    pub since: Option<NaiveDate>,
}

impl Network {
    /// The ids of the nodes; an id may stand more than once.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().map(|node| node.id.as_str())
    }

    /// The nodes at both ends of a link.
    #[must_use]
    pub fn ends(&self, link: &NetworkLink) -> Option<(&NetworkNode, &NetworkNode)> {
        self.nodes.get(link.source).zip(self.nodes.get(link.target))
    }

    /// How many nodes there are of each kind that there are, in the order of the kinds.
    #[must_use]
    pub fn kinds(&self) -> Vec<(NetworkKind, usize)> {
        let kinds = NetworkKind::WORDS.iter().filter_map(|word| NetworkKind::from_word(word));
        let counted = kinds.map(|kind| (kind, self.nodes.iter().filter(|node| node.kind == kind).count()));
        counted.filter(|(_, count)| *count > 0).collect()
    }
}

/// A link in JSON: its ends by their keys.
#[derive(Serialize)]
struct Link<'n> {
    source: &'n str,
    target: &'n str,
    kind: LinkKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<NaiveDate>,
}

impl Serialize for Network {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let link = |link: &NetworkLink| {
            let (source, target) = self.ends(link)?;
            Some(Link { source: &source.key, target: &target.key, kind: link.kind, since: link.since })
        };
        let mut form = serializer.serialize_struct("Network", 7)?;
        form.serialize_field("schema", &SCHEMA)?;
        form.serialize_field("tenant", &self.tenant)?;
        form.serialize_field("organization", &self.organization)?;
        form.serialize_field("as_of", &self.as_of)?;
        form.serialize_field("around", &self.around)?;
        form.serialize_field("nodes", &self.nodes)?;
        form.serialize_field("links", &self.links.iter().filter_map(link).collect::<Vec<_>>())?;
        form.end()
    }
}
