//! A profile in JSON to facts in one pass, for the plain and valid ones.
//!
//! [`Scanner::scan`] goes over the text once (`cursor`), looks names up in tables made beforehand (`names`)
//! and keeps what moves a figure: no tree, no copies, no memory that is not used again. It accepts nothing
//! that the full reader refuses and comes to the same facts; whatever is wrong or unusual (a parent, a status
//! beside instances, a requirement) it leaves to that reader, which says what is wrong. Names that can only
//! be resolved when all is read (evidence linked, controls, groups) are kept as they stand and settled at
//! the end (`settle`).

mod cursor;
mod evidence;
mod names;
mod place;
mod settle;
mod tables;

use super::tally::{AssessmentTally, TenantTally};
use crate::compiled::{Compiled, Flat};
use crate::day::{Day, Period};
use crate::id::{ActionIdx, ServiceIdx, TemplateIdx};
use crate::library::{Library, Owner};
use crate::points::Percent;
use crate::profile::{DEFAULT_GROUP, EvidenceLink, MAX_ASSESSMENTS, MAX_EXTERNALS};
use crate::shape::{MAX_FILE_BYTES, MAX_TITLE};
use crate::tenant::{CompiledPlace, Facts, Retest};
use cursor::Cursor;
use names::Roster;
use place::{Said, decimal, unread};
use tables::Tables;

/// More places than that in an action are the full reader's.
const MAX_INSTANCES: usize = 256;

/// Reads profiles one after the other.
#[derive(Debug)]
pub(super) struct Scanner<'m> {
    library: &'m Library,
    compiled: &'m Compiled,
    roster: Roster,
    tables: Tables,
    /// What the last profile came to.
    pub(super) facts: Facts,
    /// For each action, which of the listed ones it is.
    order: Vec<Option<usize>>,
    /// The lists of the last profile, empty.
    spare: Found<'static>,
}

/// An assessment as it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'t> {
    template: TemplateIdx,
    group: &'t str,
    target: Option<Percent>,
    retest: Retest,
}

/// A listed action as it stands in the text.
#[derive(Clone, Copy, Debug)]
struct Listed<'t> {
    action: ActionIdx,
    group: Option<&'t str>,
    /// Which row of the statuses is its.
    status: usize,
}

/// An own item of evidence.
#[derive(Clone, Copy, Debug)]
struct Item<'t> {
    id: &'t str,
    period: Period,
}

/// A control that is named, in a framework or in all.
#[derive(Clone, Copy, Debug)]
struct Named<'t> {
    control: &'t str,
    framework: Option<&'t str>,
    is_justified: bool,
}

/// What was found so far.
#[derive(Debug, Default)]
struct Found<'t> {
    has_name: bool,
    has_tenant: bool,
    plans: Vec<Plan<'t>>,
    services: Vec<ServiceIdx>,
    externals: Vec<&'t str>,
    listed: Vec<Listed<'t>>,
    statuses: Flat<CompiledPlace>,
    /// For each place, which stretch of `names` it links.
    linked: Vec<(usize, usize)>,
    names: Vec<&'t str>,
    resolved: Vec<EvidenceLink>,
    instances: Vec<Said<'t>>,
    items: Vec<Item<'t>>,
    namings: Vec<(ServiceIdx, usize, Day)>,
    exclusions: Vec<Named<'t>>,
    inheritances: Vec<Named<'t>>,
    acceptances: Vec<(ActionIdx, Day)>,
}

impl<'m> Scanner<'m> {
    pub(super) fn new(library: &'m Library, compiled: &'m Compiled) -> Self {
        Self {
            library,
            compiled,
            roster: Roster::new(library),
            tables: Tables::new(),
            facts: Facts::default(),
            order: Vec::new(),
            spare: Found::default(),
        }
    }

    /// Reads a profile into `facts`, and its names into `tally`; `None` leaves it to the full reader.
    pub(super) fn scan(&mut self, text: &str, tally: &mut TenantTally) -> Option<()> {
        if text.len() > MAX_FILE_BYTES {
            return None;
        }
        let mut found = std::mem::take(&mut self.spare).emptied();
        let is_read = self.read(text, &mut found, tally);
        self.spare = found.emptied();
        is_read
    }

    fn read<'t>(&mut self, text: &'t str, found: &mut Found<'t>, tally: &mut TenantTally) -> Option<()> {
        let mut cursor = Cursor::new(text)?;
        let tables = &self.tables;
        cursor.object(&tables.profile, |cursor, key| match key {
            "organization" => found.organization(cursor, tables, tally),
            "assessment" => cursor.list(|cursor| self.assessment(cursor, found)),
            "service" => cursor.list(|cursor| self.service(cursor, found)),
            "action" => cursor.list(|cursor| self.action(cursor, found)),
            "evidence" => cursor.list(|cursor| self.item(cursor, found)),
            "exclusion" => cursor.list(|cursor| {
                let named = Named::read(cursor, tables, true)?;
                found.exclusions.push(named);
                Some(())
            }),
            "inheritance" => cursor.list(|cursor| {
                let named = Named::read(cursor, tables, false)?;
                found.inheritances.push(named);
                Some(())
            }),
            "risk_acceptance" => cursor.list(|cursor| self.acceptance(cursor, found)),
            _ => None,
        })?;
        if !cursor.is_at_end() || !found.has_name {
            return None;
        }
        if !found.has_tenant {
            tally.tenant.clone_from(&tally.organization);
        }
        self.settle(found)?;
        tally.assessments.resize_with(found.plans.len(), AssessmentTally::default);
        for (tally, plan) in tally.assessments.iter_mut().zip(&found.plans) {
            tally.group.clear();
            tally.group.push_str(plan.group);
            tally.target = plan.target;
        }
        Some(())
    }

    fn assessment<'t>(&self, cursor: &mut Cursor<'t>, found: &mut Found<'t>) -> Option<()> {
        let (mut template, mut group, mut target) = (None, DEFAULT_GROUP, None);
        let mut retest = Retest { manual: 365, automatic: 30 };
        cursor.object(&self.tables.assessment, |cursor, key| {
            match key {
                "template" => template = Some(TemplateIdx::at(self.roster.templates.find(cursor.plain()?)?)),
                "group" => group = title(cursor)?,
                "target" => {
                    let hundredths = decimal(cursor.digits()?, 2).filter(|target| *target <= 10_000)?;
                    target = Some(Percent::from_hundredths(hundredths));
                }
                "retest_days" => retest.manual = days(cursor)?,
                "retest_days_automatic" => retest.automatic = days(cursor)?,
                _ => return None,
            }
            Some(())
        })?;
        let template = template?;
        let is_again = found.plans.iter().any(|plan| plan.template == template && plan.group == group);
        if is_again || found.plans.len() == MAX_ASSESSMENTS {
            return None;
        }
        found.plans.push(Plan { template, group, target, retest });
        Some(())
    }

    fn service<'t>(&self, cursor: &mut Cursor<'t>, found: &mut Found<'t>) -> Option<()> {
        let (mut id, mut is_external, mut has_name) = (None, false, false);
        cursor.object(&self.tables.service, |cursor, key| {
            match key {
                "id" => id = Some(cursor.plain()?),
                "external" => is_external = cursor.flag()?,
                "name" => has_name = !title(cursor)?.is_empty(),
                _ => return None,
            }
            Some(())
        })?;
        let id = id?;
        match (self.roster.services.find(id), is_external) {
            (Some(service), false) => found.services.push(ServiceIdx::at(service)),
            (None, true) => {
                let is_well = has_name && crate::id::check(id).is_none() && !found.externals.contains(&id);
                if !is_well || found.externals.len() == MAX_EXTERNALS {
                    return None;
                }
                found.externals.push(id);
            }
            _ => return None,
        }
        Some(())
    }

    #[inline]
    fn action<'t>(&self, cursor: &mut Cursor<'t>, found: &mut Found<'t>) -> Option<()> {
        let (mut action, mut group, mut said) = (None, None, Said::default());
        cursor.object(&self.tables.action, |cursor, key| {
            match key {
                "id" => action = Some(ActionIdx::at(self.roster.actions.find(cursor.plain()?)?)),
                "group" => group = Some(title(cursor)?),
                "assigned_to" | "notes" => unread(cursor)?,
                "due_on" => {
                    cursor.date()?;
                }
                "instance" => cursor.list(|cursor| {
                    let instance = Said::instance(cursor, &self.tables, &mut found.names)?;
                    found.instances.push(instance);
                    Some(())
                })?,
                _ => said.take(cursor, &self.tables, key, &mut found.names)?,
            }
            Some(())
        })?;
        let action = action?;
        let compiled = self.compiled.action(action);
        if compiled.owner == Owner::Provider || (group.is_some() && !compiled.is_grouped) {
            return None;
        }
        let status = found.statuses.rows().len();
        found.keep_status(&said)?;
        found.listed.push(Listed { action, group, status });
        Some(())
    }

    fn acceptance<'t>(&self, cursor: &mut Cursor<'t>, found: &mut Found<'t>) -> Option<()> {
        let (mut action, mut has_owner, mut until) = (None, false, None);
        cursor.object(&self.tables.risk_acceptance, |cursor, key| {
            match key {
                "action" => action = Some(ActionIdx::at(self.roster.actions.find(cursor.plain()?)?)),
                "owner" => has_owner = cursor.quoted()?.is_title(MAX_TITLE),
                "expires_on" => until = Some(cursor.date()?),
                "rationale" => unread(cursor)?,
                _ => return None,
            }
            Some(())
        })?;
        found.acceptances.push((action?, until.filter(|_| has_owner)?));
        Some(())
    }
}

/// A list without its elements, in the same memory, for elements that live as long as another text.
fn emptied<T, U>(mut list: Vec<T>) -> Vec<U> {
    list.clear();
    // Nothing is left to be turned, and the standard library keeps the memory.
    list.into_iter().filter_map(|_| None).collect()
}

impl<'t> Found<'t> {
    fn emptied<'u>(mut self) -> Found<'u> {
        self.services.clear();
        self.statuses.clear();
        self.linked.clear();
        self.resolved.clear();
        self.namings.clear();
        self.acceptances.clear();
        Found {
            has_name: false,
            has_tenant: false,
            plans: emptied(self.plans),
            services: self.services,
            externals: emptied(self.externals),
            listed: emptied(self.listed),
            statuses: self.statuses,
            linked: self.linked,
            names: emptied(self.names),
            resolved: self.resolved,
            instances: emptied(self.instances),
            items: emptied(self.items),
            namings: self.namings,
            exclusions: emptied(self.exclusions),
            inheritances: emptied(self.inheritances),
            acceptances: self.acceptances,
        }
    }

    fn organization(&mut self, cursor: &mut Cursor<'t>, tables: &Tables, tally: &mut TenantTally) -> Option<()> {
        tally.cohort.sector.clear();
        tally.cohort.partner.clear();
        tally.cohort.region.clear();
        cursor.object(&tables.organization, |cursor, key| {
            if key == "scope" {
                return unread(cursor);
            }
            let value = cursor.quoted()?;
            value.is_title(MAX_TITLE).then_some(())?;
            let place = match key {
                "name" => {
                    self.has_name = true;
                    &mut tally.organization
                }
                "tenant" => {
                    self.has_tenant = true;
                    &mut tally.tenant
                }
                "sector" => &mut tally.cohort.sector,
                "partner" => &mut tally.cohort.partner,
                "region" => &mut tally.cohort.region,
                "address" => return Some(()),
                _ => return None,
            };
            value.copy_to(place)
        })
    }
}

impl<'t> Named<'t> {
    fn read(cursor: &mut Cursor<'t>, tables: &Tables, is_exclusion: bool) -> Option<Self> {
        let (mut control, mut framework, mut is_justified) = (None, None, false);
        let keys = if is_exclusion { &tables.exclusion } else { &tables.inheritance };
        cursor.object(keys, |cursor, key| {
            match key {
                "control" => control = Some(cursor.plain()?),
                "framework" => framework = Some(cursor.plain()?),
                "justification" if is_exclusion => is_justified = justification(cursor)?,
                _ => return None,
            }
            Some(())
        })?;
        Some(Self { control: control?, framework, is_justified })
    }
}

/// Whether a reason is given; one that only escapes could make seem given is the full reader's.
fn justification(cursor: &mut Cursor<'_>) -> Option<bool> {
    let text = cursor.quoted()?;
    text.is_text(crate::shape::MAX_TEXT).then_some(())?;
    Some(text.is_title(crate::shape::MAX_TEXT))
}

/// A text that is not blank and has no escapes.
#[inline]
fn title<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let text = cursor.quoted()?;
    text.plain().filter(|_| text.is_title(MAX_TITLE))
}

fn days(cursor: &mut Cursor<'_>) -> Option<u32> {
    let digits = cursor.digits()?;
    let is_whole = !digits.contains('.');
    decimal(digits, 0).filter(|days| is_whole && (1..=36_500).contains(days)).or_else(|| five_digits(digits))
}

/// The longest stretches have five digits, one more than other numbers.
fn five_digits(digits: &str) -> Option<u32> {
    let is_plain = digits.len() == 5 && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|days| is_plain && (1..=36_500).contains(days))
}
