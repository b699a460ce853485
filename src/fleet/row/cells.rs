//! The cells of a row as figures, which have to agree with each other.

use super::{FleetRow, RowFault};
use crate::choice::Choice;
use crate::evaluate::{ControlStatus, SharedGap};
use crate::fleet::columns::FLEET_COLUMNS;
use crate::points::{Amount, Percent, Sums, WHOLE};
use chrono::NaiveDate;

/// The most units (1/10 000 of a point) that are taken for an amount: so that sums of two have room.
const MAX_UNITS: u64 = 1_000_000_000_000_000;

impl FleetRow {
    /// Takes the cells of a row in the order of the columns.
    pub(super) fn fill(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), RowFault> {
        let mut cells = Cells { cells, names: FLEET_COLUMNS.iter() };
        cells.named(&mut self.tenant)?;
        cells.text(&mut self.organization);
        cells.text(&mut self.cohort.sector);
        cells.text(&mut self.cohort.partner);
        cells.text(&mut self.cohort.region);
        self.as_of = cells.date()?;
        cells.named(&mut self.template)?;
        cells.text(&mut self.group);
        let added = &mut self.added;
        added.target = cells.percent()?;
        let percent = cells.percent()?;
        let (achieved, possible) = (cells.amount()?, cells.points()?);
        let assurance = cells.percent()?;
        let total = Sums { achieved, possible, assured: cells.amount()?, unassessed: cells.amount()? };
        added.sides.customer = cells.side()?;
        added.sides.provider = cells.side()?;
        self.outlook_by = cells.date()?;
        cells.percent()?;
        added.outlook_assured = cells.amount()?;
        use ControlStatus::{Covered, Excluded, Gap, NotInScope, Partial, Unmapped};
        for status in [Covered, Partial, Gap, NotInScope, Unmapped, Excluded] {
            cells.count(&mut added.statuses, status)?;
        }
        for half in [SharedGap::CustomerSide, SharedGap::ProviderSide, SharedGap::BothSides] {
            cells.count(&mut added.shared, half)?;
        }
        added.gaps = cells.whole()?;
        for count in &mut added.kinds {
            *count = cells.whole()?;
        }
        let sums = added.kinds.iter().fold(0, |sum: u64, count| sum.saturating_add(*count));
        let agrees = total == added.sides.total()
            && percent == total.percent()
            && assurance == total.assurance_percent()
            && sums == added.gaps
            && [total, added.sides.customer, added.sides.provider].iter().all(is_sound);
        let message = "has figures that contradict each other";
        let help = "rows are taken as `annexa fleet score` wrote them; was the file edited?".to_owned();
        if agrees { Ok(()) } else { Err(RowFault::new(message, help)) }
    }

    /// The figures of both sides together.
    pub(crate) fn total(&self) -> Sums {
        self.added.sides.total()
    }
}

/// Whether the figures can be those of anything.
fn is_sound(sums: &Sums) -> bool {
    sums.assured <= sums.achieved && sums.achieved + sums.unassessed <= sums.possible
}

/// The cells that are left of a row.
struct Cells<'r, 'c> {
    cells: &'r mut dyn Iterator<Item = &'c str>,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'c> Cells<'_, 'c> {
    fn next(&mut self) -> (&'static str, &'c str) {
        (self.names.next().copied().unwrap_or_default(), self.cells.next().unwrap_or_default())
    }

    fn text(&mut self, into: &mut String) {
        into.clear();
        into.push_str(self.next().1);
    }

    fn named(&mut self, into: &mut String) -> Result<(), RowFault> {
        let (name, cell) = self.next();
        into.clear();
        into.push_str(cell);
        if cell.is_empty() { Err(RowFault::new(format!("has no `{name}`"), None)) } else { Ok(()) }
    }

    /// A cell that must hold something that can be read.
    fn must<T>(&mut self, what: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, RowFault> {
        let (name, cell) = self.next();
        read(cell).ok_or_else(|| {
            let found = if cell.is_empty() { "nothing".to_owned() } else { format!("`{}`", cell.escape_debug()) };
            RowFault::new(format!("has {found} as `{name}`, which takes {what}"), None)
        })
    }

    fn date(&mut self) -> Result<NaiveDate, RowFault> {
        self.must("a date", |cell| cell.parse().ok().filter(|date: &NaiveDate| date.to_string() == cell))
    }

    fn percent(&mut self) -> Result<Option<Percent>, RowFault> {
        let hundredths = |cell: &str| u32::try_from(decimal(cell, 100)?).ok().map(Percent::from_hundredths);
        self.must("a percentage", |cell| if cell.is_empty() { Some(None) } else { hundredths(cell).map(Some) })
    }

    fn amount(&mut self) -> Result<Amount, RowFault> {
        let units = |cell: &str| decimal(cell, u64::from(WHOLE)).filter(|units| *units <= MAX_UNITS);
        self.must("points with four decimals", |cell| units(cell).map(Amount::from_units))
    }

    fn points(&mut self) -> Result<Amount, RowFault> {
        self.must("whole points", |cell| {
            let units = cell.parse::<u64>().ok()?.checked_mul(u64::from(WHOLE))?;
            (units <= MAX_UNITS).then(|| Amount::from_units(units))
        })
    }

    fn whole(&mut self) -> Result<u64, RowFault> {
        self.must("a whole number", |cell| cell.parse::<u32>().ok().map(u64::from))
    }

    fn count<T: Choice>(&mut self, counts: &mut [u64], word: T) -> Result<(), RowFault> {
        let count = self.whole()?;
        counts.iter_mut().skip(word.position()).take(1).for_each(|slot| *slot = count);
        Ok(())
    }

    fn side(&mut self) -> Result<Sums, RowFault> {
        self.percent()?;
        Ok(Sums {
            achieved: self.amount()?,
            possible: self.points()?,
            assured: self.amount()?,
            unassessed: self.amount()?,
        })
    }
}

/// A decimal as so many parts of one, exactly; of no more places than there are parts.
fn decimal(text: &str, parts: u64) -> Option<u64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(rest) {
        return None;
    }
    let mut sum = whole.parse::<u64>().ok()?.checked_mul(parts)?;
    let mut unit = parts;
    for digit in rest.bytes() {
        let digit = u64::from(digit - b'0');
        if unit == 1 && digit > 0 {
            return None;
        }
        unit = (unit / 10).max(1);
        sum = sum.checked_add(digit * unit)?;
    }
    Some(sum)
}
