//! The status of an action: its keys taken off the text, and the rules of what goes together.

use super::cursor::Cursor;
use super::tables::Tables;
use super::{Found, MAX_INSTANCES};
use crate::day::Day;
use crate::points::BasisPoints;
use crate::profile::{Implementation, PlaceSource, Test};
use crate::shape::{MAX_TEXT, MAX_TITLE};
use crate::tenant::CompiledPlace;

/// What an action or an instance says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'t> {
    name: Option<&'t str>,
    implementation: Option<Implementation>,
    test: Option<Test>,
    source: Option<PlaceSource>,
    implemented_on: Option<Day>,
    tested_on: Option<Day>,
    fraction: Option<BasisPoints>,
    /// The evidence it links: a stretch of the names kept.
    evidence: Option<(usize, usize)>,
}

impl<'t> Said<'t> {
    /// Takes the value of a key that actions and instances share.
    #[inline]
    pub(super) fn take(
        &mut self,
        cursor: &mut Cursor<'t>,
        tables: &Tables,
        key: &str,
        names: &mut Vec<&'t str>,
    ) -> Option<()> {
        match key {
            "implementation" => self.implementation = Some(cursor.choice(&tables.implementation)?),
            "test" => self.test = Some(cursor.choice(&tables.test)?),
            "test_source" => self.source = Some(cursor.choice(&tables.test_source)?),
            "implemented_on" => self.implemented_on = Some(cursor.date()?),
            "tested_on" => self.tested_on = Some(cursor.date()?),
            "fraction" => self.fraction = Some(fraction(cursor.digits()?)?),
            "test_reference" => cursor.quoted()?.is_title(MAX_TITLE).then_some(())?,
            "evidence" => {
                let first = names.len();
                cursor.list(|cursor| {
                    names.push(cursor.plain()?);
                    Some(())
                })?;
                self.evidence = Some((first, names.len()));
            }
            _ => return None,
        }
        Some(())
    }

    /// An instance of an action.
    pub(super) fn instance(cursor: &mut Cursor<'t>, tables: &Tables, names: &mut Vec<&'t str>) -> Option<Self> {
        let mut said = Self::default();
        cursor.object(&tables.instance, |cursor, key| match key {
            "name" => {
                let name = cursor.quoted()?;
                // A name with escapes may be another's: the full reader compares them.
                said.name = Some(name.plain().filter(|_| name.is_title(MAX_TITLE))?);
                Some(())
            }
            _ => said.take(cursor, tables, key, names),
        })?;
        said.name.map(|_| said)
    }

    /// Whether it says nothing of where an action with instances stands.
    fn leaves_it_to_instances(&self) -> bool {
        self.implementation.is_none() && self.test.is_none()
    }

    /// The place it comes to, with what it takes from its action where it gives none of its own.
    fn place(&self, action: &Self, links: usize) -> Option<CompiledPlace> {
        let source = self.source.or(action.source).unwrap_or(PlaceSource::Manual);
        let implementation = self.implementation?;
        let is_partial = self.test == Some(Test::PartiallyTested) && source == PlaceSource::Automatic;
        let (implemented_on, tested_on) =
            (self.implemented_on.or(action.implemented_on), self.tested_on.or(action.tested_on));
        let is_in_order = implemented_on.zip(tested_on).is_none_or(|(implemented, tested)| implemented <= tested);
        let fits = is_in_order && (self.fraction.is_none() || is_partial) && implementation.allows(self.test, source);
        let untested = if implementation == Implementation::NotInScope { Test::NotInScope } else { Test::None };
        fits.then_some(CompiledPlace {
            implementation,
            test: self.test.unwrap_or(untested),
            source,
            implemented_on,
            tested_on,
            fraction: self.fraction.or(action.fraction).unwrap_or(BasisPoints::ZERO),
            links,
        })
    }
}

impl<'t> Found<'t> {
    /// Keeps the status of an action as the next row.
    pub(super) fn keep_status(&mut self, action: &Said<'t>) -> Option<()> {
        if self.instances.is_empty() {
            let own = Said::default();
            self.keep_place(action, &own)?;
        } else {
            // A status of its own beside instances may contradict them: the full reader tells.
            if !action.leaves_it_to_instances() || self.instances.len() > MAX_INSTANCES {
                return None;
            }
            let instances = std::mem::take(&mut self.instances);
            for (nth, instance) in instances.iter().enumerate() {
                let is_again = instances.iter().take(nth).any(|earlier| earlier.name == instance.name);
                self.keep_place(instance, action).filter(|()| !is_again)?;
            }
            self.instances = instances;
            self.instances.clear();
        }
        self.statuses.end_row();
        Some(())
    }

    fn keep_place(&mut self, said: &Said<'t>, action: &Said<'t>) -> Option<()> {
        self.statuses.push(said.place(action, self.linked.len())?);
        self.linked.push(said.evidence.or(action.evidence).unwrap_or((0, 0)));
        Some(())
    }
}

/// Anything that nobody reads, if it is as it must be.
pub(super) fn unread(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.quoted()?.is_text(MAX_TEXT).then_some(())
}

/// From 0 to 1 with at most four places.
fn fraction(digits: &str) -> Option<BasisPoints> {
    let scaled = decimal(digits, 4)?;
    u16::try_from(scaled).ok().filter(|share| *share <= BasisPoints::ONE.get()).map(BasisPoints::new)
}

/// A plain decimal times ten to the power of `places`.
pub(super) fn decimal(digits: &str, places: usize) -> Option<u32> {
    let (before, after) = match digits.split_once('.') {
        Some((before, after)) if !after.is_empty() => (before, after),
        Some(_) => return None,
        None => (digits, ""),
    };
    let is_json = before == "0" || !before.starts_with('0');
    if before.is_empty() || before.len() > 4 || after.len() > places || after.contains('.') || !is_json {
        return None;
    }
    let scaled = before.bytes().chain(after.bytes()).chain(std::iter::repeat_n(b'0', places - after.len()));
    scaled.map(|byte| u32::from(byte - b'0')).try_fold(0_u32, |sum, digit| sum.checked_mul(10)?.checked_add(digit))
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_are_exact_or_left_to_the_full_reader() {
        assert_eq!(decimal("0.5", 4), Some(5_000));
        assert_eq!(decimal("60", 2), Some(6_000));
        assert_eq!(decimal("99.99", 2), Some(9_999));
        for text in ["", ".5", "1.", "1.2.3", "01", "0.12345", "99999"] {
            assert_eq!(decimal(text, 4), None, "{text}");
        }
    }
}
