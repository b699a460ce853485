//! The dossier: the score, and beside it a sheet for each thing that the score rests on.
//!
//! Sheets name each other by their position in the lists of the dossier ([`ActionAt`],
//! [`EvidenceAt`], [`ServiceAt`]), so that a view comes from a control to its actions, their places and
//! their evidence without a search; in JSON such a position is a number from 0.

use super::sheet::{ActionSheet, AssessmentSheet, EvidenceSheet, ServiceSheet};
use crate::compare::Comparison;
use crate::forecast::Event;
use crate::plan::Plan;
use crate::result::TenantScore;
use crate::soa::Statement;
use crate::trend::Trend;
use chrono::NaiveDate;
use serde::Serialize;

/// What is asked of a dossier.
#[derive(Clone, Copy, Debug)]
pub struct DossierOptions {
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// For how many days ahead it is told what lapses.
    pub expiring_within: u32,
    /// The hours there are for the next best actions; none leaves them out.
    pub hours: Option<u32>,
}

/// Everything a report hands on about a tenant at a date.
#[derive(Clone, Debug, Serialize)]
pub struct Dossier {
    /// The version of the JSON form.
    pub schema: u32,
    /// What the tenant comes to.
    pub score: TenantScore,
    /// For how many days ahead `lapses` looks.
    pub expiring_within: u32,
    /// What stands beside the figures of each assessment, in the order of the score's.
    pub assessments: Vec<AssessmentSheet>,
    /// The services used, those of the library by id, then the external ones.
    pub services: Vec<ServiceSheet>,
    /// The actions that concern the tenant in some assessment, by id.
    pub actions: Vec<ActionSheet>,
    /// The evidence register: the profile's items by id, then those of the library that matter here.
    pub evidence: Vec<EvidenceSheet>,
    /// The Statements of Applicability, one for each assessment whose framework has an Annex A.
    pub statements: Vec<Statement>,
    /// What ends within these days if nobody renews it, by date.
    pub lapses: Vec<Lapsing>,
    /// The next best actions within the hours there are; nothing if none were asked for.
    pub next: Option<Plan>,
    /// What became of the tenant over time; nothing where nothing was recorded.
    pub history: Option<Past>,
}

/// What was recorded of a tenant, and why it changed.
#[derive(Clone, Debug, Serialize)]
pub struct Past {
    /// The scores as they were recorded.
    pub trend: Trend,
    /// From the last snapshot of an earlier date to the date of the dossier; nothing where there is none.
    pub change: Option<Comparison>,
}

/// Something that ends.
#[derive(Clone, Debug, Serialize)]
pub struct Lapsing {
    /// The last day on which it holds.
    pub last_day: NaiveDate,
    /// What ends, and what rests on it.
    #[serde(flatten)]
    pub event: Event,
}

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident of $item:ident in $list:ident by $get:ident;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
            #[serde(transparent)]
            pub struct $name(pub(super) usize);

            impl $name {
                /// The position, from 0.
                #[must_use]
                pub fn position(self) -> usize {
                    self.0
                }
            }
        )+

        impl Dossier { $(
            /// The sheet at this position; nothing if the position is of another dossier.
            #[must_use]
            pub fn $get(&self, at: $name) -> Option<&$item> {
                self.$list.get(at.0)
            }
        )+ }
    };
}

positions! {
    /// The position of an action's sheet in a dossier.
    ActionAt of ActionSheet in actions by action;
    /// The position of an item in the register of a dossier.
    EvidenceAt of EvidenceSheet in evidence by evidence_item;
    /// The position of a service's sheet in a dossier.
    ServiceAt of ServiceSheet in services by service;
}
