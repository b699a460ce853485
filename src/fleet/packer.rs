//! Profiles to a pack, and the tenants of a pack to their tallies.

use super::pack::{BlockWriter, Names, PackBlock, PackFault, PackedTenant, read_block};
use super::scan::Scanner;
use super::scorer::FleetScorer;
use super::tally::TenantTally;
use crate::diagnostic::Diagnostics;
use crate::model::{Model, TenantProfile};
use crate::profile::Unchecked;
use crate::tenant::Tenant;

/// Gathers profiles, and gives the block of a pack that they come to. Each thread has its own.
#[derive(Debug)]
pub struct FleetPacker<'m> {
    model: &'m Model,
    scanner: Scanner<'m>,
    tenant: Tenant,
    names: TenantTally,
    block: BlockWriter,
}

impl<'m> FleetPacker<'m> {
    /// Of profiles that are read against `model`.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let scanner = Scanner::new(model.library(), model.compiled());
        let (tenant, names, block) = Default::default();
        Self { model, scanner, tenant, names, block }
    }

    /// Adds a profile in JSON to the block, and gives its tenant; `file` is the number of the text in diagnostics.
    ///
    /// # Errors
    /// All faults of the profile, with warnings among them; nothing is added then.
    pub fn json(&mut self, text: &str, file: u32) -> Result<&str, Diagnostics> {
        if self.scanner.scan(text, &mut self.names).is_some() {
            self.tenant.fill(self.model.compiled(), &mut self.scanner.facts);
            self.block.push(&Names::of_tally(&self.names), &self.tenant);
        } else {
            let profile = self.model.profile_json(text, file, &Unchecked)?.value;
            self.profile(&profile);
            self.names.tenant.clone_from(&profile.profile().tenant);
        }
        Ok(&self.names.tenant)
    }

    /// Adds a profile to the block.
    pub fn profile(&mut self, profile: &TenantProfile) {
        self.block.push(&Names::of(profile.profile()), profile.tenant());
    }

    /// How many tenants the block has so far.
    #[must_use]
    pub fn tenants(&self) -> u64 {
        self.block.count()
    }

    /// Whether the block is to be taken before another tenant is added.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.block.is_full()
    }

    /// The bytes of the block, after which the next one is begun.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.block).finish()
    }
}

impl FleetScorer<'_> {
    /// What each tenant of a block of a pack comes to; the pack must be of the library that is scored against.
    ///
    /// # Errors
    /// If the block cannot be read; tenants before the fault were told.
    pub fn pack_block(
        &mut self,
        block: &PackBlock,
        bytes: &[u8],
        mut each: impl FnMut(&TenantTally),
    ) -> Result<(), PackFault> {
        let mut packed = std::mem::take(self.packed());
        let compiled = self.model().compiled();
        let read = read_block(compiled, block, bytes, &mut packed, |packed| each(self.of_pack(packed)));
        *self.packed() = packed;
        read
    }
}

impl TenantTally {
    /// Takes over the names of a tenant of a pack.
    pub(super) fn name_packed(&mut self, packed: &PackedTenant) {
        let names = &packed.names;
        self.tenant.clone_from(&names.tenant);
        self.organization.clone_from(&names.organization);
        self.cohort.clone_from(&names.cohort);
        for (tally, plan) in self.assessments.iter_mut().zip(&names.plans) {
            tally.group.clone_from(&plan.group);
            tally.target = plan.target;
        }
    }
}
