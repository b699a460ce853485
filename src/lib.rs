//! Compliance-score assessment for ISO/IEC 27001 on Microsoft's cloud, offline, from text files.
//!
//! A [`Model`] is a library made ready; a profile read against it is scored at a date:
//!
//! ```
//! use annexa::{Model, Sources, Unchecked};
//!
//! let mut sources = Sources::default();
//! let model = Model::builtin(&mut sources);
//! let text = "organization = { name = 'Contoso' }
//!     assessment = [{ template = 'microsoft-cloud/iso-27001-2013' }]
//!     service = [{ id = 'office-365' }]";
//! let file = sources.add("tenant.toml", text);
//! let profile = model.profile(text, file, &Unchecked).expect("no faults").value;
//! let score = model.score(&profile, "2020-06-01".parse().expect("a date"), 90);
//! assert!(score.overall.total.percent() > score.overall.customer.percent());
//! ```
//!
//! # Map of the code
//!
//! Data flows one way, and each stage hands the next one type:
//!
//! ```text
//!  controls/   ─┐
//!  templates/  ─┼─ folder, shape ─▶ Library ─▶ Graph ─▶ Compiled ─┐
//!  tenant.toml ─┘                   Profile ─────────▶ Tenant ────┴─ evaluate(day) ─▶ TenantScore ─▶ report
//! ```
//!
//! Read [`Model`] first: it is the way through. Then `evaluate` for how figures come about,
//! `explain` for how they are accounted for, `profile` and `library` for what is read, `shape` for
//! how, `points` for the arithmetic, `lint` for what is probably not meant in a library. Beside the
//! way lie `starter`, which writes a profile to fill in, `migrate`, which carries one to another
//! edition, `convert`, which writes one as JSON or as TOML, `browse`, which answers questions about the library, `locale`, which has the words of six languages, and `crosswalk`, which follows
//! relations from one framework to another; `derive` goes along them from a score to a framework
//! not assessed; `compare` says what changed between two states of a tenant, and why, `progress` tells
//! it to whoever answers for it, and `whatif` says what a change would come to; `forecast` says what a
//! tenant comes to on each date to come, `plan` which work to do first, over profiles that `scenario`
//! makes; `weakpoints` what a result rests on, `network` the graph of it all, to be drawn; `soa` which
//! controls apply and why; [`gate`] holds a profile against a policy, and passes nothing that it cannot
//! judge. `dossier` brings together all that a report hands on, `badge` shows one figure; `oscal` says the same in the
//! documents of NIST, and reads them.
//! `snapshot` is what is kept of a score,
//! `trend` what many come to over time, and `history` the store that keeps them; [`ledger`], the log that
//! shows that no record was altered, knows nothing of scores.

mod badge;
mod browse;
mod builtin;
mod change;
mod choice;
mod compare;
mod compiled;
mod convert;
mod crosswalk;
mod day;
mod derive;
mod diagnostic;
mod dossier;
mod edit;
mod evaluate;
mod explain;
mod fleet;
mod folder;
mod forecast;
pub mod gate;
mod graph;
mod history;
pub mod id;
pub mod import;
pub mod ledger;
mod library;
mod lint;
mod locale;
mod migrate;
mod model;
mod network;
mod oscal;
mod oscal_text;
mod plan;
mod points;
pub mod profile;
mod progress;
pub mod purview;
pub mod report;
mod result;
mod safe;
mod scenario;
mod schema;
mod shape;
pub mod sheet;
mod snapshot;
mod soa;
mod source;
mod starter;
mod tenant;
mod trend;
mod weakpoints;
mod whatif;

pub use crate::badge::{Badge, BadgeColor, BadgeOptions, Metric, badge};
pub use crate::browse::{Browser, Cell, Filter, Listed, Listing, Review, Sheet, Verdict};
pub use crate::change::{AmountChange, PercentChange};
pub use crate::choice::Choice;
pub use crate::compare::{
    ActionEffect, AssessmentMove, Attribution, Cause, Change, Comparison, ControlMove, ControlState, Snapshot,
    StateFigures, compare,
};
pub use crate::convert::{Converted, ProfileForm, convert};
pub use crate::crosswalk::{
    Counterpart, CrosswalkAnswer, CrosswalkControl, CrosswalkCounts, CrosswalkName, CrosswalkQuery, CrosswalkStep,
    Crosswalks, MOST_HOPS, Possible, Tie, TieKind, Trust, Ways,
};
pub use crate::derive::{
    Derivation, DerivedControl, DerivedCounts, DerivedGroup, DerivedScore, DerivedSource, DerivedStatus, Underivable,
};
pub use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics, Label, Severity, nearest, suggestion};
pub use crate::dossier::{
    Acceptance, ActionAt, ActionSheet, Appraisal, AssessmentSheet, ConflictSheet, ControlSheet, Dossier,
    DossierOptions, EntrySheet, EvidenceAt, EvidenceSheet, ExclusionSheet, Lapsing, Missing, Naming, Past, PlaceSheet,
    ServiceAt, ServiceSheet, Stated, link_of,
};
pub use crate::evaluate::{ControlStatus, Evaluation, GapKind, Responsibility, SharedGap, Sides, TestStatus};
pub use crate::explain::{
    AssessmentName, Effect, Explanation, Fact, FactKind, Goal, Location, Node as ExplainedNode, NodeKind, SCORE, Share,
    State,
};
pub use crate::fleet::tenant_named_in;
pub use crate::fleet::{
    AssessmentTally, Cohort, CohortKey, Distribution, FleetBucket, FleetBy, FleetCohortForecast, FleetCohortShift,
    FleetCohorts, FleetControl, FleetFall, FleetForecast, FleetForecastOptions, FleetForecaster, FleetGap, FleetInput,
    FleetLapse, FleetLapsing, FleetMoment, FleetMovers, FleetOptions, FleetOutcome, FleetPacker, FleetPart,
    FleetPoints, FleetReport, FleetReportOptions, FleetReporter, FleetRow, FleetRule, FleetScorer, FleetShift,
    FleetSpread, FleetStep, FleetSupposed, FleetSupposer, FleetSupposition, FleetTemplate, FleetTenant, FleetThreshold,
    FleetTouched, FleetWhatIf, FleetWhatIfOptions, GapKinds, LapsingTenant, Mover, PACK_HEAD, PACK_MAGIC, PACK_TAIL,
    PackBlock, PackFault, PackHead, PackIndex, PackTail, PackWriter, Quantiles, RowFault, SlotTally, Summary,
    SummaryFault, Ten, TenantTally, dates_between, read_fleet_rows,
};
pub use crate::folder::{
    ProfileFolder, bytes_of, open_lines, read_bytes, read_file, read_library, read_stream, too_large, utf8,
};
pub use crate::forecast::{
    AssessmentForecast, AssessmentLevel, Below, Due, Event, EventKind, Forecast, ForecastLine, ForecastOptions, Step,
    Thresholds,
};
pub use crate::graph::{Edge, Graph, Node};
pub use crate::history::{
    FIRST, History, HistoryError, Imported, Keep, Kept, LAST, Models, PREVIOUS, Recorded, State as RecordedState,
    Verified, names_snapshot,
};
pub use crate::id::{ControlIdx, CrosswalkIdx, FrameworkIdx, ServiceIdx, TemplateIdx};
pub use crate::library::{
    Action, ActionType, Allowance, Control, ControlKind, Crosswalk, Enforcement, Evidence, Framework, FrameworkStatus,
    Group, Language, Library, LibraryText, Mapping, Names, Owner, Provider, ProviderEvidenceKind, Purpose, Relation,
    RelationKind, RelationStatus, Service, Template, is_starter_profile,
};
pub use crate::lint::{FileKind, base_for};
pub use crate::locale::{Locale, Words};
pub use crate::migrate::{
    ActionName, ActionToAssess, AssessmentChange, Carried, ControlName, Counts as MigrationCounts, Decision,
    DecisionReason, Edition, Joint, Migrated, Migration, MigrationFailure, MigrationOptions, NewControl, Standing,
    StatementKind, Unconfirmed,
};
pub use crate::model::{EXPIRING_WITHIN_DAYS, Model, TenantProfile};
pub use crate::network::{Around, LinkKind, Network, NetworkKind, NetworkLink, NetworkNode};
pub use crate::oscal::{
    Left as OscalLeft, LibraryDraft as OscalLibrary, NAMESPACE as OSCAL_NAMESPACE, OscalDay, OscalDocument, OscalModel,
    OscalOfLibrary, OscalOfTenant, ReadOptions as OscalOptions, library_of as oscal_library,
};
pub use crate::plan::{
    Assignee, AssumedHours, Baseline as PlanBaseline, Bound as PlanBound, FrontierPoint, Held, HeldBy, Load, Objective,
    Open as OpenWork, Plan, PlanOptions, SHARE_OF_RENEWAL, Standing as PlanStanding, Step as PlanStep, Unreachable,
    WorkItem, WorkKind, WorkType,
};
pub use crate::points::{Amount, BasisPoints, Bounds, Percent, Points, Sums};
pub use crate::profile::{EvidenceFolder, Profile, RequirementKind, Unchecked};
pub use crate::progress::{
    ActionMoved, Aim, Aimed, ControlMoved, Lapse, LapseKind, Moved, Pace, Progress, ProgressOptions, Prospect,
    TeamMember, progress,
};
pub use crate::result::{
    ActionScore, Assessment, COLUMNS, ControlScore, Domain, Figures, Gap, GapAction, GapControl, GapFinding, GapScope,
    Outlook, TenantScore,
};
pub use crate::scenario::{Subject, Work};
pub use crate::shape::{MAX_DEPTH, MAX_ENTRIES, MAX_FILE_BYTES, Notation};
pub use crate::snapshot::{
    ActionRow, AssessmentRow, ControlRow, Digest, DomainRow, Headings, Identity, LibraryFile, LibraryVersion,
    ListedSnapshot, ProvedSnapshot, Recording, Rows, Sum, Unproved,
};
pub use crate::soa::{
    Mark, MarkKind, Realization, Statement, StatementAction, StatementEvidence, StatementRequirement, StatementRow,
    StatementService, StatementStatus, StatementSummary,
};
pub use crate::source::{SourceFile, Sources, Span, Spanned};
pub use crate::starter::StarterOptions;
pub use crate::trend::{
    AssessmentId, Changed, LibraryChange, Trend, TrendChange, TrendEntry, TrendFault, TrendFigures, TrendMaterial,
    TrendPart, TrendParts, TrendPoint, TrendQuery, TrendScope, TrendSpan, TrendStatus,
};
pub use crate::whatif::{Question, Supposed, Supposition, Unsupposable, WhatIf, what_if};

pub use crate::weakpoints::{
    Examined, Fall, FallingControl, Origin, SharedEvidence, SingleSupport, Support, SupportKind, WeakPair, Weakpoint,
    Weakpoints,
};

/// The files of the built-in library and its starter profiles.
pub use crate::builtin::{FILES as BUILTIN_FILES, profiles as starter_profiles};

pub mod schemas;
