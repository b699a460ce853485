//! The bytes of a block back to tenants, each into the same buffers.
//!
//! Start with [`read_block`]. What does not depend on the tenant is read once for a block: its texts
//! and the shapes of its statuses.

use super::Names;
use super::bytes::{Broken, Cursor, width_of};
use super::fault::PackFault;
use super::frame::PackBlock;
use super::shape::{DateReader, Shape};
use super::write::{CLAIMED, EXCLUDED, FROM, JUSTIFIED, TO};
use crate::compiled::{Compiled, Flat};
use crate::day::{Day, Period};
use crate::id::{ActionIdx, ServiceIdx, TemplateIdx};
use crate::library::Owner;
use crate::points::Percent;
use crate::profile::{MAX_ASSESSMENTS, MAX_EXTERNALS};
use crate::tenant::{CompiledPlace, Retest, Slot, Statement, Tenant, TenantAssessment};

/// A tenant out of a pack.
#[derive(Clone, Debug, Default)]
pub(crate) struct PackedTenant {
    pub(crate) names: Names,
    pub(crate) tenant: Tenant,
    /// For each set of services that actions concern, whether the tenant uses one of it.
    used: Vec<bool>,
    /// The own evidence that names services.
    namings: Vec<(ServiceIdx, usize, Day)>,
    /// The shapes of its statuses: which of the block, the first row of its links, and its status if it has no dates.
    shapes: Vec<(usize, usize, usize)>,
}

/// Reads all tenants of a block into `packed`, one after the other.
pub(crate) fn read_block(
    compiled: &Compiled,
    block: &PackBlock,
    bytes: &[u8],
    packed: &mut PackedTenant,
    mut each: impl FnMut(&PackedTenant),
) -> Result<(), PackFault> {
    block.check(bytes)?;
    let broken = |broken| PackFault::of(block.number, broken);
    let mut reader = BlockReader::new(compiled, bytes).map_err(broken)?;
    if reader.left != block.tenants {
        return Err(broken(Broken("it has not as many tenants as the index says")));
    }
    while reader.next(packed).map_err(broken)? {
        each(packed);
    }
    Ok(())
}

/// Reads the tenants of a block one after the other.
#[derive(Clone, Debug)]
struct BlockReader<'b> {
    compiled: &'b Compiled,
    texts: Vec<&'b str>,
    shapes: Vec<Shape>,
    cursor: Cursor<'b>,
    left: u64,
}

impl<'b> BlockReader<'b> {
    /// Begins to read a block, whose checksum was found to be right.
    fn new(compiled: &'b Compiled, bytes: &'b [u8]) -> Result<Self, Broken> {
        let mut cursor = Cursor::new(bytes);
        let texts = (0..cursor.count(1)?).map(|_| cursor.text()).collect::<Result<Vec<_>, _>>()?;
        let items = compiled.evidence.len();
        let shapes = (0..cursor.count(1)?).map(|_| Shape::read(&mut cursor, items)).collect::<Result<Vec<_>, _>>()?;
        let left = cursor.number()?;
        Ok(Self { compiled, texts, shapes, cursor, left })
    }

    /// The next tenant, into `packed`; false after the last one.
    fn next(&mut self, packed: &mut PackedTenant) -> Result<bool, Broken> {
        if self.left == 0 {
            let rest = self.cursor.is_empty();
            return if rest { Ok(false) } else { Err(Broken("something follows the last tenant")) };
        }
        self.left -= 1;
        self.names(&mut packed.names)?;
        self.services(packed)?;
        self.own_evidence(packed)?;
        self.risks(&mut packed.tenant)?;
        self.statuses(packed)?;
        let mut dates = DateReader::new(&mut self.cursor)?;
        let count = self.cursor.count(7)?;
        if count > MAX_ASSESSMENTS {
            return Err(Broken("a tenant has too many assessments"));
        }
        packed.names.plans.resize_with(count, Default::default);
        packed.tenant.assessments.resize_with(count, Default::default);
        for position in 0..count {
            self.assessment(packed, position, &mut dates)?;
        }
        packed.number_groups();
        dates.end()?;
        Ok(true)
    }

    fn names(&mut self, names: &mut Names) -> Result<(), Broken> {
        set(&mut names.tenant, self.cursor.text()?);
        set(&mut names.organization, self.cursor.text()?);
        let cohort = &mut names.cohort;
        for text in [&mut cohort.sector, &mut cohort.partner, &mut cohort.region] {
            let position: usize = self.cursor.small()?;
            let found = match position.checked_sub(1) {
                None => "",
                Some(position) => self.texts.get(position).ok_or(Broken("a text is not in the block"))?,
            };
            set(text, found);
        }
        Ok(())
    }

    fn services(&mut self, packed: &mut PackedTenant) -> Result<(), Broken> {
        let tenant = &mut packed.tenant;
        tenant.services.clear();
        let mut ascending = Ascending::new(self.compiled.services.len(), "a service is not in the library");
        for _ in 0..self.cursor.count(1)? {
            tenant.services.push(ServiceIdx::at(ascending.next(&mut self.cursor)?));
        }
        tenant.fill_masks(self.compiled);
        packed.used.clear();
        packed.used.extend(tenant.masks.rows().map(|words| words.iter().any(|word| *word != 0)));
        Ok(())
    }

    /// The periods of its own evidence, and for each service the evidence that names it.
    fn own_evidence(&mut self, packed: &mut PackedTenant) -> Result<(), Broken> {
        let tenant = &mut packed.tenant;
        tenant.own_evidence.clear();
        for _ in 0..self.cursor.count(1)? {
            let ends = self.cursor.byte()?;
            let from = if ends & FROM == 0 { Day::FIRST } else { self.cursor.day()? };
            let to = if ends & TO == 0 { Day::LAST } else { self.cursor.day()? };
            tenant.own_evidence.push(Period { from, to });
        }
        packed.namings.clear();
        for _ in 0..self.cursor.count(3)? {
            let service: usize = self.cursor.small()?;
            let service = *tenant.services.get(service).ok_or(Broken("a service is not used"))?;
            let item = self.cursor.position(tenant.own_evidence.len(), "an item of evidence is not the tenant's")?;
            packed.namings.push((service, item, self.cursor.day()?));
        }
        tenant.fill_namings(self.compiled, &packed.namings);
        Ok(())
    }

    fn risks(&mut self, tenant: &mut Tenant) -> Result<(), Broken> {
        tenant.externals = self.cursor.position(MAX_EXTERNALS + 1, "a tenant has too many external services")?;
        tenant.acceptances.clear();
        for _ in 0..self.cursor.count(2)? {
            let action = self.cursor.position(self.compiled.actions.len(), "an action is not in the library")?;
            let risk = (ActionIdx::at(action), self.cursor.day()?);
            if tenant.acceptances.last().is_some_and(|last| last.0 > risk.0) {
                return Err(Broken("the accepted risks are out of order"));
            }
            tenant.acceptances.push(risk);
        }
        Ok(())
    }

    /// The shapes of its statuses; those without dates are statuses already.
    fn statuses(&mut self, packed: &mut PackedTenant) -> Result<(), Broken> {
        let tenant = &mut packed.tenant;
        tenant.statuses.clear();
        tenant.links.clear();
        packed.shapes.clear();
        let mut ascending = Ascending::new(self.shapes.len(), "a status is not in the block");
        for _ in 0..self.cursor.count(1)? {
            let position = ascending.next(&mut self.cursor)?;
            let shape = self.shapes.get(position).ok_or(Broken("a status is not in the block"))?;
            if shape.own > tenant.own_evidence.len() {
                return Err(Broken("an item of evidence is not the tenant's"));
            }
            let (links, status) = (tenant.links.rows().len(), tenant.statuses.rows().len());
            for (place, links) in shape.places.iter().zip(links..) {
                place.links.iter().for_each(|link| tenant.links.push(*link));
                tenant.links.end_row();
                if !shape.is_dated {
                    tenant.statuses.push(CompiledPlace { links, ..place.place });
                }
            }
            if !shape.is_dated {
                tenant.statuses.end_row();
            }
            packed.shapes.push((position, links, status));
        }
        Ok(())
    }

    fn assessment(
        &mut self,
        packed: &mut PackedTenant,
        position: usize,
        dates: &mut DateReader<'b>,
    ) -> Result<(), Broken> {
        let cursor = &mut self.cursor;
        let pair = packed.names.plans.get_mut(position).zip(packed.tenant.assessments.get_mut(position));
        let Some((plan, assessment)) = pair else { return Ok(()) };
        let template = cursor.position(self.compiled.templates.len(), "a template is not in the library")?;
        assessment.template = TemplateIdx::at(template);
        let group = cursor.position(self.texts.len(), "a text is not in the block")?;
        set(&mut plan.group, self.texts.get(group).copied().unwrap_or_default());
        let target: u32 = cursor.small()?;
        if target > 10_001 {
            return Err(Broken("a target is more than 100 %"));
        }
        plan.target = target.checked_sub(1).map(Percent::from_hundredths);
        assessment.retest = Retest { manual: cursor.small()?, automatic: cursor.small()? };
        self.statements(assessment)?;
        self.slots(packed, position, dates)
    }

    fn statements(&mut self, assessment: &mut TenantAssessment) -> Result<(), Broken> {
        let template = self.compiled.template(assessment.template);
        let controls = template.slots_of_control.rows().len();
        assessment.controls.clear();
        assessment.controls.resize(controls, Statement::default());
        let mut ascending = Ascending::new(controls, "a control is not in the library");
        let mut is_one_excluded = false;
        for _ in 0..self.cursor.count(2)? {
            let control = ascending.next(&mut self.cursor)?;
            let said = self.cursor.byte()?;
            if said == 0 || said > (EXCLUDED | CLAIMED | JUSTIFIED) {
                return Err(Broken("a statement says nothing that is known"));
            }
            if let Some(statement) = assessment.controls.get_mut(control) {
                statement.is_excluded = said & EXCLUDED != 0;
                statement.is_claimed_inherited = said & CLAIMED != 0;
                statement.is_justified = said & JUSTIFIED != 0;
                is_one_excluded |= statement.is_excluded;
            }
        }
        assessment.fill_open(template, is_one_excluded);
        assessment.conflicts.clear();
        let mut ascending = Ascending::new(template.actions.len(), "an action is not in the template");
        for _ in 0..self.cursor.count(1)? {
            assessment.conflicts.push(ascending.next(&mut self.cursor)?);
        }
        Ok(())
    }

    fn slots(&mut self, packed: &mut PackedTenant, position: usize, dates: &mut DateReader<'b>) -> Result<(), Broken> {
        let PackedTenant { tenant, used, shapes, .. } = packed;
        let Some(assessment) = tenant.assessments.get_mut(position) else { return Ok(()) };
        let actions = &self.compiled.template(assessment.template).actions;
        let applying: usize = self.cursor.small()?;
        let listed: usize = self.cursor.small()?;
        if applying > actions.len() || listed > applying {
            return Err(Broken("an assessment has more actions than its template"));
        }
        let is_mixed = listed > 0 && listed < applying;
        let mut flags = self.cursor.bits(1, if is_mixed { applying } else { 0 })?;
        let mut indices = self.cursor.bits(width_of(shapes.len().saturating_sub(1)), listed)?;
        let (mut applied, mut found) = (0, 0);
        assessment.slots.clear();
        for action in actions {
            let compiled = self.compiled.action(*action);
            let concern = compiled.concern.and_then(|concern| usize::try_from(concern).ok());
            let is_used = concern.is_none_or(|row| used.get(row).copied().unwrap_or(false));
            assessment.slots.push(match (compiled.owner, concern) {
                (Owner::Provider, Some(row)) if is_used => Slot::Provider(row),
                (Owner::Customer, _) if is_used => {
                    applied += 1;
                    let is_listed = if is_mixed { flags.next() == 1 } else { listed > 0 };
                    if is_listed {
                        found += 1;
                        let index = usize::try_from(indices.next()).unwrap_or(usize::MAX);
                        let known = shapes.get(index).ok_or(Broken("a status is not the tenant's"))?;
                        Slot::Listed(status(&self.shapes, *known, &mut tenant.statuses, dates)?)
                    } else {
                        Slot::Unlisted(*action)
                    }
                }
                _ => Slot::NotApplicable,
            });
        }
        if (applied, found) == (applying, listed) {
            Ok(())
        } else {
            Err(Broken("the actions that apply are not those of the services used"))
        }
    }
}

/// The status of an action that has the shape: the one there is if it has no dates, else a new one.
#[inline]
fn status(
    shapes: &[Shape],
    (position, links, known): (usize, usize, usize),
    statuses: &mut Flat<CompiledPlace>,
    dates: &mut DateReader<'_>,
) -> Result<usize, Broken> {
    let Some(shape) = shapes.get(position).filter(|shape| shape.is_dated) else { return Ok(known) };
    let next = statuses.rows().len();
    for (place, links) in shape.places.iter().zip(links..) {
        statuses.push(dates.place(place, links)?);
    }
    statuses.end_row();
    Ok(next)
}

impl PackedTenant {
    /// Numbers the groups of the assessments in the order of their names.
    fn number_groups(&mut self) {
        let Self { names, tenant, .. } = self;
        let plans = &names.plans;
        let is_first = |(n, plan): &(usize, &super::Plan)| plans.iter().take(*n).all(|p| p.group != plan.group);
        let first = || plans.iter().enumerate().filter(is_first).map(|(_, plan)| plan.group.as_str());
        tenant.groups = first().count();
        for (plan, assessment) in plans.iter().zip(&mut tenant.assessments) {
            assessment.group = first().filter(|group| *group < plan.group.as_str()).count();
        }
    }
}

/// Reads positions that ascend, each as its distance from the one after the one before.
struct Ascending {
    next: usize,
    end: usize,
    what: &'static str,
}

impl Ascending {
    fn new(end: usize, what: &'static str) -> Self {
        Self { next: 0, end, what }
    }

    fn next(&mut self, cursor: &mut Cursor<'_>) -> Result<usize, Broken> {
        let distance: usize = cursor.small()?;
        let position = self.next.checked_add(distance).filter(|p| *p < self.end).ok_or(Broken(self.what))?;
        self.next = position + 1;
        Ok(position)
    }
}

fn set(text: &mut String, to: &str) {
    text.clear();
    text.push_str(to);
}
