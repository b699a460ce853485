//! The proof behind a figure: a tree from it down to statuses and evidence, and what is missing.
//!
//! Start with [`Node`], the one shape of everything told. [`explain`] asks each subject (`score`,
//! `control`, `action`, `service`, `evidence`) what it knows of an id; `telling` holds what they
//! tell from, `place` and `proof` the lower branches of the tree, `missing` the facts that would
//! close what is open, and `effect` what would change if evidence came or went. No figure is
//! computed here: all of them are those of an evaluation.

mod action;
mod control;
mod effect;
mod evidence;
mod fact;
mod missing;
mod place;
mod proof;
mod score;
mod service;
mod telling;
mod word;

pub(crate) use action::{share as action_share, state as action_state};
pub(crate) use effect::Comparison;
pub use effect::Effect;
pub use fact::{Fact, FactKind, Goal};
pub(crate) use place::Judged;
pub(crate) use service::concerns;
pub(crate) use telling::{Assessed, Telling};
pub use word::{NodeKind, State};

use crate::library::Library;
use crate::points::{BasisPoints, Points, Sums};
use crate::profile::Profile;
use crate::result::Side;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;

/// The version of the JSON form.
pub const SCHEMA: u32 = 1;

/// The word that stands for the whole score.
pub const SCORE: &str = "score";

/// What is told of one id at one date.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The version of the JSON form.
    pub schema: u32,
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// The id that was asked for.
    pub subject: String,
    /// What it stands for: a control or action once in each assessment, the rest once.
    pub roots: Vec<Node>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The path as the user gave it, or `builtin:...`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// The assessment that a node speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssessmentName {
    /// The template.
    pub template: String,
    /// The framework.
    pub framework: String,
    /// The group.
    pub group: String,
}

/// The shares of an action or a place, of one whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// What is earned.
    pub basis_points: BasisPoints,
    /// What of that an auditor could see.
    pub assured_basis_points: BasisPoints,
    /// What nobody has assessed.
    pub unassessed_basis_points: BasisPoints,
}

/// A point of the tree. Absent values and empty lists are left out of the JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its id; of a place its name, or nothing for the action as a whole.
    pub id: String,
    /// Its title; of a place its status in words.
    pub title: String,
    /// How it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The assessment it speaks of, on the topmost node that speaks of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment: Option<AssessmentName>,
    /// The same figures as in the score; those of the children sum to them.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "figures")]
    pub figures: Option<Sums>,
    /// What an action is worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// The shares of an action that counts, or of a place in scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// What would be lost without the service's or evidence's proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rests: Option<Effect>,
    /// What current evidence for the service would add.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gains: Option<Effect>,
    /// The last day on which what is proved here still is; absent if there is no such day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Where an item of evidence is: an address or a path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Where it stands written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Location>,
    /// The controls that an action serves in the assessment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub serves: Vec<String>,
    /// How the figures come about, and what else a reader should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The smallest set of facts that would close what is open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Fact>,
    /// What must be renewed, and by when, for nothing to be lost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub renewals: Vec<Fact>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Self>,
}

fn figures<S: Serializer>(figures: &Option<Sums>, serializer: S) -> Result<S::Ok, S::Error> {
    figures.map(Side).serialize(serializer)
}

impl Node {
    fn new(kind: NodeKind, id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            kind,
            id: id.into(),
            title: title.into(),
            state: None,
            assessment: None,
            figures: None,
            points: None,
            share: None,
            rests: None,
            gains: None,
            until: None,
            link: None,
            place: None,
            serves: Vec::new(),
            notes: Vec::new(),
            missing: Vec::new(),
            renewals: Vec::new(),
            children: Vec::new(),
        }
    }

    /// Takes over what is missing and what must be renewed below, each fact once.
    fn gather(&mut self) {
        for child in &self.children {
            self.missing.extend(child.missing.iter().cloned());
            self.renewals.extend(child.renewals.iter().cloned());
        }
        fact::settle(&mut self.missing);
        fact::settle(&mut self.renewals);
        self.until = self.renewals.iter().filter_map(|f| f.until).chain(self.until).min();
    }

    /// This node and all below it, each before what it rests on.
    pub fn walk(&self) -> Vec<&Self> {
        let mut list = vec![self];
        list.extend(self.children.iter().flat_map(Self::walk));
        list
    }
}

/// Every id that can be explained, each once: the score, controls of assessed frameworks, actions, services, evidence.
pub(crate) fn subjects<'a>(library: &'a Library, profile: &'a Profile) -> Vec<&'a str> {
    let templates = profile.assessments.iter().map(|a| library.template(a.template));
    let frameworks = templates.filter_map(|t| library.find_framework(t.framework.value.as_str()));
    let controls = frameworks.flat_map(|f| &library.framework(f).controls).map(|c| c.id.value.as_str());
    let mut ids = vec![SCORE];
    ids.extend(controls);
    ids.extend(library.actions().iter().map(|a| a.id.value.as_str()));
    ids.extend(library.services().iter().map(|s| s.id.value.as_str()));
    ids.extend(profile.externals.iter().map(|e| e.id.as_str()));
    ids.extend(profile.evidence.iter().map(|e| e.id.value.as_str()));
    ids.extend(library.evidence().iter().map(|e| e.id.value.as_str()));
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    ids
}

/// What `id` stands for in the profile and its library; nothing if it is not known.
pub(crate) fn explain(telling: &Telling<'_>, id: &str, as_of: NaiveDate) -> Option<Explanation> {
    let mut roots = Vec::new();
    if id == SCORE {
        roots.extend(score::roots(telling));
    }
    roots.extend(control::roots(telling, id));
    roots.extend(action::roots(telling, id));
    roots.extend(service::root(telling, id));
    roots.extend(evidence::roots(telling, id));
    (!roots.is_empty()).then(|| Explanation {
        schema: SCHEMA,
        tenant: telling.view.profile.tenant.clone(),
        organization: telling.view.profile.name.clone(),
        as_of,
        subject: id.to_owned(),
        roots,
    })
}
