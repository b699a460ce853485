//! One profile after the other, scored into the same buffers.

use super::kernel::{Kernel, When};
use super::pack::PackedTenant;
use super::scan::Scanner;
use super::tally::TenantTally;
use crate::day::Day;
use crate::diagnostic::Diagnostics;
use crate::model::{Model, TenantProfile};
use crate::profile::{Profile, Unchecked};
use crate::tenant::Tenant;
use chrono::NaiveDate;

/// At what date a fleet is scored, and how.
#[derive(Clone, Copy, Debug)]
pub struct FleetOptions {
    /// The date of every figure.
    pub as_of: NaiveDate,
    /// For how many days ahead evidence that lapses is reported; the outlook is for the last of them.
    pub expiring_within: u32,
}

/// Scores profiles one after the other; each thread has its own.
#[derive(Debug)]
pub struct FleetScorer<'m> {
    model: &'m Model,
    when: When,
    scanner: Scanner<'m>,
    tenant: Tenant,
    kernel: Kernel,
    tally: TenantTally,
    packed: PackedTenant,
}

impl<'m> FleetScorer<'m> {
    /// A scorer of profiles that were read against `model`.
    #[must_use]
    pub fn new(model: &'m Model, options: FleetOptions) -> Self {
        let day = Day::from(options.as_of);
        let when = When { day, horizon: day.plus(options.expiring_within) };
        let outlook_by = when.horizon.date().unwrap_or(options.as_of);
        let tally = TenantTally { as_of: options.as_of, outlook_by, ..TenantTally::default() };
        let scanner = Scanner::new(model.library(), model.compiled());
        Self {
            model,
            when,
            scanner,
            tenant: Tenant::default(),
            kernel: Kernel::default(),
            tally,
            packed: PackedTenant::default(),
        }
    }

    /// The library it scores against.
    #[must_use]
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// What a profile in JSON comes to; `file` is the number of the text in diagnostics.
    ///
    /// A plain one is read in one pass and without memory of its own, any other by the full reader.
    ///
    /// # Errors
    /// All faults of the profile, with warnings among them.
    pub fn json(&mut self, text: &str, file: u32) -> Result<&TenantTally, Diagnostics> {
        if self.scanner.scan(text, &mut self.tally).is_none() {
            let profile = self.model.profile_json(text, file, &Unchecked)?.value;
            return Ok(self.profile(&profile));
        }
        let compiled = self.model.compiled();
        self.tenant.fill(compiled, &mut self.scanner.facts);
        self.kernel.tally(compiled, &self.tenant, self.when, &mut self.tally);
        Ok(&self.tally)
    }

    /// Whether a profile in JSON is plain enough to be read in one pass: it is then without a fault.
    #[doc(hidden)]
    pub fn is_plain(&mut self, text: &str) -> bool {
        self.scanner.scan(text, &mut self.tally).is_some()
    }

    /// What a profile comes to.
    pub fn profile(&mut self, profile: &TenantProfile) -> &TenantTally {
        self.kernel.tally(self.model.compiled(), profile.tenant(), self.when, &mut self.tally);
        self.tally.name(profile.profile());
        &self.tally
    }

    /// What a tenant of a pack comes to.
    pub(super) fn of_pack(&mut self, packed: &PackedTenant) -> &TenantTally {
        self.kernel.tally(self.model.compiled(), &packed.tenant, self.when, &mut self.tally);
        self.tally.name_packed(packed);
        &self.tally
    }

    /// What tenants of a pack are read into.
    pub(super) fn packed(&mut self) -> &mut PackedTenant {
        &mut self.packed
    }
}

impl TenantTally {
    /// Takes over the names of a profile.
    fn name(&mut self, profile: &Profile) {
        self.tenant.clone_from(&profile.tenant);
        self.organization.clone_from(&profile.name);
        self.cohort.clone_from(&profile.cohort);
        for (tally, plan) in self.assessments.iter_mut().zip(&profile.assessments) {
            tally.group.clone_from(&plan.group);
            tally.target = plan.target;
        }
    }
}
