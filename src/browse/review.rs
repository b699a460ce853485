//! The library as tables for an expert to review, control by control, with columns left for a verdict.

use super::crosswalk::Related;
use super::{Browser, Cell, Filter, Listed, Listing};
use crate::choice::{Choice, choice};
use crate::evaluate::Responsibility;
use crate::id::{ActionIdx, ControlIdx, FrameworkIdx, TemplateIdx};
use crate::library::{Action, Control, Framework, Group, Owner, RelationKind, Template};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

choice! {
    /// What a reviewer says of a row.
    pub enum Verdict {
        /// It is as it should be.
        Right = "right",
        /// It says something wrong.
        Wrong = "wrong",
        /// Something is missing.
        Incomplete = "incomplete",
        /// It takes someone else to tell.
        Unsure = "unsure",
    }
}

/// The tables of a review.
#[derive(Clone, Debug)]
pub struct Review {
    /// What is reviewed.
    pub title: String,
    /// The day of what is reviewed: the template's version, or the newest of all templates.
    pub date: Option<NaiveDate>,
    /// A row for each control and action.
    pub rows: Listing,
    /// The other tables, each with its name.
    pub others: Vec<(&'static str, Listing)>,
}

const CONTROL_COLUMNS: [&str; 12] = [
    "framework",
    "control",
    "control_title",
    "group",
    "domain",
    "kind",
    "new",
    "attributes",
    "control_note",
    "other_edition",
    "related",
    "responsibility",
];

/// Which template says that the action serves the control.
const MAPPING_COLUMNS: [&str; 1] = ["template"];

const ACTION_COLUMNS: [&str; 16] = [
    "action",
    "action_title",
    "owner",
    "type",
    "purpose",
    "enforcement",
    "points",
    "services",
    "feature",
    "effort_hours",
    "depends_on",
    "proof",
    "signals",
    "links",
    "guidance",
    "provider",
];

/// What the reviewer fills in.
const REVIEW_COLUMNS: [&str; 4] = ["verdict", "comment", "reviewer", "reviewed_on"];

impl Browser<'_> {
    /// The tables to review a template by, or the whole library.
    #[must_use]
    pub fn review(&self, template: Option<TemplateIdx>) -> Review {
        let only = template.map(|t| self.library.template(t));
        let versions = self.library.templates().iter().map(|t| t.version);
        let title = only.map_or("the whole library", |t| t.title.as_str()).to_owned();
        let everything = Filter::default();
        Review {
            date: only.map(|t| t.version).or(versions.max()),
            rows: self.review_rows(template),
            others: vec![
                ("Actions", self.review_actions(template)),
                ("Services", self.list(Listed::Services, &everything, &[])),
                ("Evidence", self.list(Listed::Evidence, &everything, &[])),
                ("Crosswalks", self.review_relations(only)),
                ("Read me", self.read_me(only, &title)),
            ],
            title,
        }
    }

    /// A row for each control and action that serves it, and one for each control that none serves.
    fn review_rows(&self, only: Option<TemplateIdx>) -> Listing {
        let mut listing = table(&[&CONTROL_COLUMNS, &MAPPING_COLUMNS, &ACTION_COLUMNS]);
        let wanted = only.map(|t| &self.library.template(t).framework.value);
        for (position, framework) in self.library.frameworks().iter().enumerate() {
            if wanted.is_some_and(|id| *id != framework.id.value) {
                continue;
            }
            let place = Placed {
                idx: FrameworkIdx::at(position),
                framework,
                groups: framework.groups.iter().map(|g| (g.id.value.as_str(), g)).collect(),
                domains: framework.domains(),
            };
            for (number, control) in framework.controls.iter().enumerate() {
                self.review_control(&mut listing, &place, (ControlIdx::at(number), control), only);
            }
        }
        listing
    }

    fn review_control(
        &self,
        listing: &mut Listing,
        place: &Placed<'_>,
        (number, control): (ControlIdx, &Control),
        only: Option<TemplateIdx>,
    ) {
        let mut serving = self.actions_of(place.idx, number);
        serving.retain(|(template, _)| only.is_none_or(|only| only == *template));
        let about = self.control_cells(place, number, control);
        let mut owners: BTreeMap<TemplateIdx, BTreeSet<Owner>> = BTreeMap::new();
        for (template, action) in &serving {
            owners.entry(*template).or_default().insert(self.library.action(*action).owner);
        }
        let row = |template: Option<TemplateIdx>, action: Option<ActionIdx>| {
            let id = template.map(|t| self.library.template(t).id.value.as_str());
            let carried = template.and_then(|t| responsibility(owners.get(&t)?));
            let action = action.map(|a| self.action_cells(a));
            let action = action.unwrap_or_else(|| vec![Cell::Nothing; ACTION_COLUMNS.len()]);
            let mapping = vec![carried.map(Choice::word).into(), id.into()];
            [about.clone(), mapping, action, empty()].concat()
        };
        if serving.is_empty() {
            listing.push_row(row(only, None));
        }
        for (template, action) in &serving {
            listing.push_row(row(Some(*template), Some(*action)));
        }
    }

    /// What stands before the responsibility.
    fn control_cells(&self, place: &Placed<'_>, number: ControlIdx, control: &Control) -> Vec<Cell> {
        let framework = place.framework;
        let named = |headings: &BTreeMap<&str, &Group>| -> Cell {
            let group = headings.get(control.group.value.as_str());
            group.map(|g| format!("{} {}", g.id.value, g.title)).as_deref().into()
        };
        let attributes = control.attributes.iter().map(|(name, values)| format!("{name}: {}", values.join(", ")));
        let related = self.related(place.idx, number);
        let (editions, others): (Vec<_>, Vec<_>) = related.iter().partition(|r| self.is_other_edition(framework, r));
        let told = |list: Vec<&Related<'_>>| list.into_iter().map(|r| self.told(r)).collect::<Vec<_>>();
        vec![
            framework.id.value.as_str().into(),
            control.id.value.as_str().into(),
            control.title.as_str().into(),
            named(&place.groups),
            named(&place.domains),
            control.kind.word().into(),
            control.is_new.into(),
            attributes.collect::<Vec<_>>().into(),
            control.note.as_deref().into(),
            told(editions).into(),
            told(others).into(),
        ]
    }

    fn is_other_edition(&self, framework: &Framework, related: &Related<'_>) -> bool {
        let other = self.library.framework(related.framework);
        let replaces = |new: &Framework, old: &Framework| {
            old.superseded_by.as_ref().is_some_and(|next| next.value == new.id.value)
        };
        replaces(framework, other) || replaces(other, framework)
    }

    /// `superset of iso-27001-2013 A.9.1.1 (confirmed)`.
    fn told(&self, related: &Related<'_>) -> String {
        let framework = &self.library.framework(related.framework).id.value;
        let (kind, id, status) = (related.kind, &related.control.id.value, related.relation.status);
        format!("{} {framework} {id} ({status})", verb(kind))
    }

    fn action_cells(&self, action: ActionIdx) -> Vec<Cell> {
        let action: &Action = self.library.action(action);
        let ids = |list: Vec<String>| -> Cell { list.into() };
        vec![
            action.id.value.as_str().into(),
            action.title.as_str().into(),
            action.owner.word().into(),
            action.action_type.word().into(),
            action.purpose.word().into(),
            action.enforcement.word().into(),
            action.points().get().into(),
            ids(action.services.iter().map(|s| s.value.to_string()).collect()),
            action.feature.as_deref().into(),
            action.effort_hours.into(),
            ids(action.depends_on.iter().map(|a| a.value.to_string()).collect()),
            (&action.proof).into(),
            (&action.signals).into(),
            (&action.links).into(),
            action.guidance.as_deref().into(),
            action.provider.as_str().into(),
        ]
    }

    /// Each action once, with the controls it serves.
    fn review_actions(&self, only: Option<TemplateIdx>) -> Listing {
        let mut listing = table(&[&ACTION_COLUMNS, &["controls"]]);
        for action in (0..self.library.actions().len()).map(ActionIdx::at) {
            let mut served = self.controls_of(action);
            served.retain(|(_, _, template)| only.is_none_or(|only| only == *template));
            if only.is_some() && served.is_empty() {
                continue;
            }
            let controls: BTreeSet<_> =
                served.into_iter().map(|(framework, control, _)| (framework, control)).collect();
            let named = controls.into_iter().filter_map(|(framework, control)| {
                let framework = self.library.framework(framework);
                let control = framework.controls.get(control.position())?;
                Some(format!("{} {}", framework.id.value, control.id.value))
            });
            let controls = vec![named.collect::<Vec<_>>().into()];
            listing.push_row([self.action_cells(action), controls, empty()].concat());
        }
        listing
    }

    /// The relations of all crosswalks, or of those of a template's framework.
    fn review_relations(&self, only: Option<&Template>) -> Listing {
        let columns = ["crosswalk", "from", "from_title", "relation", "to", "to_title", "strength", "status", "note"];
        let mut listing = table(&[&columns]);
        let wanted = |framework: &str| only.is_none_or(|t| t.framework.value.as_str() == framework);
        for crosswalk in self.library.crosswalks() {
            let ends = [&crosswalk.from, &crosswalk.to].map(|f| f.value.as_str());
            if !ends.into_iter().any(wanted) {
                continue;
            }
            let [from, to] = ends.map(|framework| self.titles(framework));
            for relation in &crosswalk.relations {
                let cells = vec![
                    crosswalk.id.value.as_str().into(),
                    relation.from.value.as_str().into(),
                    from.get(relation.from.value.as_str()).copied().into(),
                    relation.kind.word().into(),
                    relation.to.value.as_str().into(),
                    to.get(relation.to.value.as_str()).copied().into(),
                    super::crosswalk::strength(relation),
                    relation.status.word().into(),
                    relation.note.as_deref().into(),
                ];
                listing.push_row([cells, empty()].concat());
            }
        }
        listing
    }

    /// What the sheets are, and how to go about it.
    fn read_me(&self, only: Option<&Template>, title: &str) -> Listing {
        let mut listing = Listing::new(&["about", "text"], &[]);
        let written_by = concat!("annexa ", env!("CARGO_PKG_VERSION"));
        listing.push(["what".into(), format!("A review of {title}, written by {written_by}.").as_str().into()]);
        let templates = self.library.templates().iter().filter(|t| only.is_none_or(|only| only.id == t.id));
        for template in templates {
            let text = format!("{}: {}, version {}", template.id.value, template.title, template.version);
            listing.push(["template".into(), text.as_str().into()]);
        }
        for crosswalk in self.library.crosswalks() {
            let day = crosswalk.as_of.map(|d| format!(" As of {d}.")).unwrap_or_default();
            let text = format!("{}: {}{day}", crosswalk.id.value, crosswalk.source);
            listing.push(["source".into(), text.as_str().into()]);
        }
        for (about, text) in READ_ME {
            listing.push([about.into(), text.into()]);
        }
        listing
    }
}

/// A framework and where it stands.
struct Placed<'l> {
    idx: FrameworkIdx,
    framework: &'l Framework,
    /// Its headings by id.
    groups: BTreeMap<&'l str, &'l Group>,
    /// The topmost heading over each.
    domains: BTreeMap<&'l str, &'l Group>,
}

/// An empty table of these columns and those of the reviewer.
fn table(columns: &[&[&'static str]]) -> Listing {
    Listing::new(&[columns.concat().as_slice(), &REVIEW_COLUMNS].concat(), &[])
}

/// The cells that the reviewer fills in.
fn empty() -> Vec<Cell> {
    vec![Cell::Nothing; REVIEW_COLUMNS.len()]
}

/// Who carries a control, by the owners of the actions that serve it.
fn responsibility(owners: &BTreeSet<Owner>) -> Option<Responsibility> {
    match (owners.contains(&Owner::Customer), owners.contains(&Owner::Provider)) {
        (true, true) => Some(Responsibility::Shared),
        (true, false) => Some(Responsibility::Customer),
        (false, true) => Some(Responsibility::Provider),
        (false, false) => None,
    }
}

/// A relation as words between two controls.
fn verb(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Equal => "equal to",
        RelationKind::Subset => "subset of",
        RelationKind::Superset => "superset of",
        RelationKind::Intersects => "intersects",
    }
}

const READ_ME: [(&str, &str); 12] = [
    (
        "sheet",
        "Controls & actions: a row for each control and each action that serves it; a control that no action serves has one row. Judge here whether the action serves the control, and whether one is missing.",
    ),
    (
        "sheet",
        "Actions: each action once. Judge here what it says of itself: title, guidance, owner, purpose, enforcement, proof, links.",
    ),
    ("sheet", "Services, Evidence: what the library knows of the provider, to look things up."),
    ("sheet", "Crosswalks: how controls of one framework lie to those of another. Judge here the relation."),
    (
        "review",
        "verdict: right, wrong, incomplete (something is missing) or unsure. An empty cell means that nobody has looked.",
    ),
    (
        "review",
        "comment: what is wrong or missing, with a source if there is one. reviewer, reviewed_on: who, and when (YYYY-MM-DD).",
    ),
    ("review", "Leave the other columns as they are: rows are found again by template, control and action."),
    (
        "column",
        "responsibility: customer, provider or shared, by the owners of the actions that serve the control; empty if none does.",
    ),
    (
        "column",
        "points: by purpose and enforcement (preventative mandatory 27, preventative discretionary 9, detective or corrective mandatory 3, discretionary 1), unless the action has its own.",
    ),
    (
        "column",
        "services: those that the action concerns; empty for the whole organization, or for all services of the provider.",
    ),
    (
        "column",
        "other_edition, related: controls of other frameworks. `superset of X` says that this control asks all that X asks, and more; unconfirmed relations rest on one source.",
    ),
    ("column", "Ids and short titles of controls stand here, and nothing else of the standards' text."),
];
