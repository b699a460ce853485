//! The public way through: a library, made ready once, and profiles scored against it.
//!
//! [`Model::builtin`] or [`Model::assemble`] gives the library; [`Model::profile`] reads a profile
//! against it; [`Model::score`] gives the result at a date. All of it is pure.

use crate::builtin;
use crate::compiled::Compiled;
use crate::crosswalk::{Crosswalks, Trust};
use crate::day::Day;
use crate::diagnostic::{Checked, Diagnostics};
use crate::evaluate::{Evaluation, GapView, evaluate};
use crate::explain::{Explanation, Telling, explain, subjects};
use crate::forecast::{Forecast, ForecastOptions, forecast};
use crate::graph::{Graph, dependency_rings, parent_rings};
use crate::library::{Library, LibraryText, assemble};
use crate::lint::lint;
use crate::locale::Locale;
use crate::migrate::{Migrated, MigrationFailure, MigrationOptions, Outcome, draft};
use crate::network::{Network, network};
use crate::plan::{Ground, Plan, PlanOptions, WorkItem, plan, problem};
use crate::profile::{self, EvidenceFolder, Profile};
use crate::result::{TenantScore, describe};
use crate::scenario::{Work, after};
use crate::shape::Notation;
use crate::soa::{Statement, Stating, statements};
use crate::source::Sources;
use crate::starter::{Starter, StarterOptions};
use crate::tenant::Tenant;
use crate::weakpoints::{SupportKind, Weakpoints, weakpoints};
use chrono::NaiveDate;

/// For how many days ahead evidence that lapses is reported, unless told otherwise.
pub const EXPIRING_WITHIN_DAYS: u32 = 90;

/// A library ready for scoring.
#[derive(Clone, Debug)]
pub struct Model {
    library: Library,
    graph: Graph,
    compiled: Compiled,
}

/// A profile read against a model, ready to be scored at any date.
#[derive(Clone, Debug)]
pub struct TenantProfile {
    profile: Profile,
    tenant: Tenant,
}

impl Model {
    /// The built-in library; its texts are added to `sources`, which must be empty.
    pub fn builtin(sources: &mut Sources) -> Self {
        // INVARIANT: rings in the built-in library were refused when the program was compiled.
        Self::ready(builtin::library(sources))
    }

    /// The files of library folders, over the built-in library or over nothing.
    ///
    /// # Errors
    /// All faults of the files, with warnings among them.
    pub fn assemble(base: Library, files: &[LibraryText<'_>]) -> Result<Checked<Self>, Diagnostics> {
        let mut faults = Diagnostics::new();
        let library = assemble(base, files, &mut faults);
        if faults.has_errors() {
            return Err(faults);
        }
        let graph = Graph::build(&library);
        faults.append(dependency_rings(&library, &graph));
        if faults.has_errors() {
            return Err(faults);
        }
        let compiled = Compiled::new(&library, &graph);
        faults.into_result(Self { library, graph, compiled })
    }

    fn ready(library: Library) -> Self {
        let graph = Graph::build(&library);
        let compiled = Compiled::new(&library, &graph);
        Self { library, graph, compiled }
    }

    /// The same library without these items of evidence, as if they had never been issued.
    #[must_use]
    pub fn without_evidence(&self, ids: &[&str]) -> Self {
        Self::ready(self.library.clone().without_evidence(ids))
    }

    /// The same library with titles and names in `locale`, for reports; a profile read against the one
    /// is scored by the other.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> Self {
        let library = self.library.clone();
        Self::ready(match locale.language() {
            Some(language) => library.in_language(language),
            None => library,
        })
    }

    /// The library.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The graph of the library.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    pub(crate) fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// All lints of the library, with the warnings that `read`ing it gave, less what its `[[allow]]`
    /// tables explain.
    ///
    /// Catalogues and crosswalks are held against the editions in `published`, if that is another
    /// library. Allowances are looked after in files that are the user's `own`, by their number.
    #[must_use]
    pub fn lint(&self, read: Diagnostics, published: Option<&Library>, own: &dyn Fn(u32) -> bool) -> Diagnostics {
        lint(read, &self.library, &self.graph, published, own)
    }

    /// Reads a profile from `text`, whose spans carry the number `file`.
    ///
    /// # Errors
    /// All faults of the profile, with warnings among them.
    pub fn profile(
        &self,
        text: &str,
        file: u32,
        folder: &dyn EvidenceFolder,
    ) -> Result<Checked<TenantProfile>, Diagnostics> {
        self.profile_in(Notation::Toml, text, file, folder)
    }

    /// The same for a profile in JSON, which has the shape of the TOML: dates are texts, and `null` is an
    /// absent key.
    ///
    /// # Errors
    /// All faults of the profile, with warnings among them.
    pub fn profile_json(
        &self,
        text: &str,
        file: u32,
        folder: &dyn EvidenceFolder,
    ) -> Result<Checked<TenantProfile>, Diagnostics> {
        self.profile_in(Notation::Json, text, file, folder)
    }

    fn profile_in(
        &self,
        notation: Notation,
        text: &str,
        file: u32,
        folder: &dyn EvidenceFolder,
    ) -> Result<Checked<TenantProfile>, Diagnostics> {
        let Checked { value: profile, mut warnings } = profile::read(notation, text, file, &self.library, folder)?;
        warnings.append(parent_rings(&self.library, &self.graph, &profile));
        if warnings.has_errors() {
            return Err(warnings);
        }
        let tenant = Tenant::new(&self.compiled, &profile);
        warnings.into_result(TenantProfile { profile, tenant })
    }

    /// The result of a profile at a date; evidence that lapses within so many days is reported.
    #[must_use]
    pub fn score(&self, profile: &TenantProfile, as_of: NaiveDate, expiring_within_days: u32) -> TenantScore {
        let day = Day::from(as_of);
        let mut evaluation = Evaluation::default();
        evaluate(&self.compiled, &profile.tenant, day, &mut evaluation);
        let mut later = Evaluation::default();
        evaluate(&self.compiled, &profile.tenant, day.plus(expiring_within_days), &mut later);
        describe(&self.view(profile, day, expiring_within_days), &evaluation, &later, as_of)
    }

    /// The figures alone, into buffers that are reused: for many tenants, or many dates.
    pub fn evaluate(&self, profile: &TenantProfile, as_of: NaiveDate, evaluation: &mut Evaluation) {
        evaluate(&self.compiled, &profile.tenant, Day::from(as_of), evaluation);
    }

    /// Every id that [`Model::explain`] knows, each once.
    #[must_use]
    pub fn subjects<'a>(&'a self, profile: &'a TenantProfile) -> Vec<&'a str> {
        subjects(&self.library, &profile.profile)
    }

    /// What an id stands for, from its figures down to statuses and evidence; nothing if it is not known.
    ///
    /// The id is a control's, an action's, a service's, an item of evidence's, or [`SCORE`](crate::SCORE).
    /// `only` narrows it to the assessments of a group or template; `sources` hold the texts read.
    #[must_use]
    pub fn explain(
        &self,
        profile: &TenantProfile,
        sources: &Sources,
        as_of: NaiveDate,
        id: &str,
        only: Option<&str>,
    ) -> Option<Explanation> {
        let day = Day::from(as_of);
        let mut evaluation = Evaluation::default();
        evaluate(&self.compiled, &profile.tenant, day, &mut evaluation);
        let view = self.view(profile, day, EXPIRING_WITHIN_DAYS);
        explain(&Telling { view, evaluation: &evaluation, sources, only }, id, as_of)
    }

    /// What a profile comes to on each date from one to another, if nobody does anything and as planned.
    #[must_use]
    pub fn forecast(&self, profile: &TenantProfile, options: &ForecastOptions) -> Forecast {
        forecast(&self.library, &self.compiled, &profile.profile, &profile.tenant, options)
    }

    /// What the result of a profile rests on: what falls with each thing of these kinds, or of all, alone.
    #[must_use]
    pub fn weakpoints(&self, profile: &TenantProfile, as_of: NaiveDate, kinds: &[SupportKind]) -> Weakpoints {
        let day = Day::from(as_of);
        let mut evaluation = Evaluation::default();
        evaluate(&self.compiled, &profile.tenant, day, &mut evaluation);
        weakpoints(&self.view(profile, day, EXPIRING_WITHIN_DAYS), &evaluation, kinds, as_of)
    }

    /// The Statements of Applicability of a profile, one for each assessment whose framework has an Annex A;
    /// `score` is that of the profile, whose date they have.
    #[must_use]
    pub fn statements(&self, profile: &TenantProfile, score: &TenantScore) -> Vec<Statement> {
        let evaluate_on = |date: NaiveDate| {
            let mut evaluation = Evaluation::default();
            evaluate(&self.compiled, &profile.tenant, Day::from(date), &mut evaluation);
            evaluation
        };
        let evaluation = evaluate_on(score.as_of);
        let approved_on = profile.profile.statement.approved_on.filter(|on| *on <= score.as_of);
        let approved = approved_on.map(evaluate_on);
        let (view, sources) = (self.view(profile, Day::from(score.as_of), 0), Sources::default());
        let telling = Telling { view, evaluation: &evaluation, sources: &sources, only: None };
        statements(&Stating { telling, approved: approved.as_ref(), score })
    }

    /// The graph of a profile as it stands at a date: of all assessments, or those of a group or template.
    #[must_use]
    pub fn network(&self, profile: &TenantProfile, as_of: NaiveDate, only: Option<&str>) -> Network {
        let day = Day::from(as_of);
        let mut evaluation = Evaluation::default();
        evaluate(&self.compiled, &profile.tenant, day, &mut evaluation);
        let view = self.view(profile, day, EXPIRING_WITHIN_DAYS);
        let sources = Sources::default();
        network(&self.graph, &Telling { view, evaluation: &evaluation, sources: &sources, only }, as_of)
    }

    /// The text of a profile to fill in: what is known of the organization, and every customer action
    /// that applies, commented out.
    #[must_use]
    pub fn starter(&self, options: &StarterOptions) -> String {
        Starter::new(&self.library, &self.compiled, options.template).write(options)
    }

    /// The relations between frameworks, ready to be followed.
    #[must_use]
    pub fn crosswalks(&self, trust: Trust) -> Crosswalks<'_> {
        Crosswalks::new(&self.library, &self.graph, trust)
    }

    /// A profile carried to another template, and what a person must know of it; `text` is what it was
    /// read from, and `file` the number of the new text, which is read back here.
    ///
    /// # Errors
    /// Why it cannot be carried, or what is wrong with the new text.
    pub fn migrate(
        &self,
        profile: &TenantProfile,
        text: &str,
        options: &MigrationOptions,
        as_of: NaiveDate,
        file: u32,
        folder: &dyn EvidenceFolder,
    ) -> Result<Migrated, MigrationFailure> {
        let draft = draft(&self.library, &self.graph, &profile.profile, text, options)?;
        let back = match self.profile(&draft.text, file, folder) {
            Ok(Checked { value, .. }) => value,
            Err(faults) => return Err(MigrationFailure::Fault { text: draft.text, faults }),
        };
        let score = |profile| self.score(profile, as_of, EXPIRING_WITHIN_DAYS);
        let (library, compiled) = (&self.library, &self.compiled);
        let outcome = Outcome { library, compiled, draft: &draft, profile: &back.profile, tenant: &back.tenant };
        let report = outcome.tell(&score(profile), &score(&back), as_of);
        Ok(Migrated { text: draft.text, report })
    }

    /// The best plan for a profile: which open work to do, in which order.
    #[must_use]
    pub fn plan(&self, profile: &TenantProfile, options: &PlanOptions) -> Plan {
        plan(self.ground(profile), options)
    }

    /// All open work that a plan chooses from.
    #[must_use]
    pub fn open_work(&self, profile: &TenantProfile, options: &PlanOptions) -> Vec<WorkItem> {
        problem(self.ground(profile), options).items
    }

    /// The profile as it would be after work that is done on a day.
    #[must_use]
    pub fn after<'w>(
        &self,
        profile: &TenantProfile,
        work: impl IntoIterator<Item = &'w Work>,
        on: NaiveDate,
    ) -> TenantProfile {
        let profile = after(&self.library, &profile.profile, work.into_iter().map(|w| (w, on)));
        let tenant = Tenant::new(&self.compiled, &profile);
        TenantProfile { profile, tenant }
    }

    pub(crate) fn ground<'a>(&'a self, profile: &'a TenantProfile) -> Ground<'a> {
        Ground { library: &self.library, compiled: &self.compiled, profile: &profile.profile, tenant: &profile.tenant }
    }

    pub(crate) fn view<'a>(&'a self, profile: &'a TenantProfile, day: Day, within: u32) -> GapView<'a> {
        GapView {
            library: &self.library,
            compiled: &self.compiled,
            profile: &profile.profile,
            tenant: &profile.tenant,
            day,
            horizon: day.plus(within),
        }
    }
}

impl TenantProfile {
    /// The profile as it was read.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    pub(crate) fn tenant(&self) -> &Tenant {
        &self.tenant
    }
}
