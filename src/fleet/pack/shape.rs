//! The shapes of statuses: all of a status but its dates, each once in a block.
//!
//! Many tenants share the same few shapes, while dates differ from action to action; so a tenant names
//! the shapes that it has, and its dates stand beside, packed into bits. A shape without dates is one
//! status, however many actions have it, and is judged once.

use super::bytes::{Broken, Cursor, put, put_size};
use crate::choice::Choice;
use crate::day::Day;
use crate::id::EvidenceIdx;
use crate::points::{BasisPoints, WHOLE};
use crate::profile::{EvidenceLink, Implementation, PlaceSource, Test};
use crate::tenant::{CompiledPlace, Tenant};

/// What the second byte of a place says.
const HAS_IMPLEMENTED: u8 = 1;
const HAS_TESTED: u8 = 2;
const HAS_FRACTION: u8 = 4;
const HAS_LINKS: u8 = 8;

/// How many tests and sources there are, by which the first byte of a place is told apart.
const SOURCES: usize = PlaceSource::WORDS.len();
const TESTS: usize = Test::WORDS.len();

/// A status without its dates.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) places: Vec<PlaceShape>,
    /// How many items of its own evidence a tenant must have for the links to lead somewhere.
    pub(super) own: usize,
    pub(super) is_dated: bool,
}

/// A place without its dates.
#[derive(Clone, Debug)]
pub(super) struct PlaceShape {
    pub(super) place: CompiledPlace,
    pub(super) has_implemented: bool,
    pub(super) has_tested: bool,
    pub(super) links: Vec<EvidenceLink>,
}

/// Writes the shape of a status, and its dates apart.
pub(super) fn put_shape(out: &mut Vec<u8>, dates: &mut Dates, tenant: &Tenant, places: &[CompiledPlace]) {
    put_size(out, places.len());
    for place in places {
        let code =
            (place.implementation.position() * TESTS + place.test.position()) * SOURCES + place.source.position();
        // INVARIANT: the three sets have five, ten and two members.
        out.push(u8::try_from(code).unwrap_or(u8::MAX));
        let links = tenant.links(place);
        let flag = |is_set: bool, bit: u8| if is_set { bit } else { 0 };
        out.push(
            flag(place.implemented_on.is_some(), HAS_IMPLEMENTED)
                | flag(place.tested_on.is_some(), HAS_TESTED)
                | flag(!place.fraction.is_zero(), HAS_FRACTION)
                | flag(!links.is_empty(), HAS_LINKS),
        );
        if !place.fraction.is_zero() {
            put(out, u64::from(place.fraction.get()));
        }
        if !links.is_empty() {
            put_size(out, links.len());
        }
        for link in links {
            match link {
                EvidenceLink::Own(position) => put_size(out, position << 1),
                EvidenceLink::Library(item) => put_size(out, item.position() << 1 | 1),
            }
        }
        dates.add(place);
    }
}

/// The dates of statuses in the order of their places: each place's last one, and how long before it the other was.
#[derive(Clone, Debug, Default)]
pub(super) struct Dates {
    pub(super) last: Vec<i64>,
    pub(super) before: Vec<i64>,
}

impl Dates {
    fn add(&mut self, place: &CompiledPlace) {
        let number = |day: Day| i64::from(day.number());
        match (place.implemented_on.map(number), place.tested_on.map(number)) {
            (Some(done), Some(tested)) => {
                self.last.push(tested);
                self.before.push(tested - done);
            }
            (one, other) => self.last.extend(one.or(other)),
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.last.extend_from_slice(&other.last);
        self.before.extend_from_slice(&other.before);
    }
}

impl Shape {
    /// Reads a shape; links into the library lead to one of its `items`.
    pub(super) fn read(cursor: &mut Cursor<'_>, items: usize) -> Result<Self, Broken> {
        let count = cursor.count(2)?;
        if count == 0 {
            return Err(Broken("a status has no place"));
        }
        let mut shape = Self { places: Vec::with_capacity(count), own: 0, is_dated: false };
        for _ in 0..count {
            let place = shape.place(cursor, items)?;
            shape.places.push(place);
        }
        Ok(shape)
    }

    fn place(&mut self, cursor: &mut Cursor<'_>, items: usize) -> Result<PlaceShape, Broken> {
        let code = usize::from(cursor.byte()?);
        let flags = cursor.byte()?;
        let has = |bit: u8| flags & bit != 0;
        let unknown = || Broken("a status is none of those there are");
        if flags > (HAS_IMPLEMENTED | HAS_TESTED | HAS_FRACTION | HAS_LINKS) {
            return Err(unknown());
        }
        let fraction: u16 = if has(HAS_FRACTION) { cursor.small()? } else { 0 };
        let count = if has(HAS_LINKS) { cursor.count(1)? } else { 0 };
        let mut links = Vec::with_capacity(count);
        for _ in 0..count {
            let link: usize = cursor.small()?;
            links.push(if link & 1 == 0 {
                self.own = self.own.max((link >> 1) + 1);
                EvidenceLink::Own(link >> 1)
            } else if link >> 1 < items {
                EvidenceLink::Library(EvidenceIdx::at(link >> 1))
            } else {
                return Err(Broken("an item of evidence is not in the library"));
            });
        }
        let place = CompiledPlace {
            implementation: Implementation::at(code / SOURCES / TESTS).ok_or_else(unknown)?,
            test: Test::at(code / SOURCES % TESTS).ok_or_else(unknown)?,
            source: PlaceSource::at(code % SOURCES).ok_or_else(unknown)?,
            implemented_on: None,
            tested_on: None,
            fraction: BasisPoints::new(fraction),
            links: 0,
        };
        if fraction > WHOLE {
            return Err(Broken("a fraction is more than a whole"));
        }
        let (has_implemented, has_tested) = (has(HAS_IMPLEMENTED), has(HAS_TESTED));
        self.is_dated |= has_implemented || has_tested;
        Ok(PlaceShape { place, has_implemented, has_tested, links })
    }
}

/// Dates as they are read: those of each place in order.
#[derive(Clone, Debug)]
pub(super) struct DateReader<'b> {
    last: super::bytes::Bits<'b>,
    before: super::bytes::Bits<'b>,
    first_last: i64,
    first_before: i64,
    left: (usize, usize),
}

/// Writes numbers as their distance from the smallest, packed into bits.
fn put_column(out: &mut Vec<u8>, column: &[i64]) {
    put_size(out, column.len());
    let Some((least, most)) = column.iter().min().zip(column.iter().max()) else { return };
    put(out, zigzag(*least));
    let distance = |value: i64| value.abs_diff(*least);
    let width = u64::BITS - distance(*most).leading_zeros();
    put(out, u64::from(width));
    super::bytes::put_bits(out, width, column.iter().map(|value| distance(*value)));
}

fn zigzag(value: i64) -> u64 {
    let twice = value.unsigned_abs() << 1;
    if value < 0 { twice - 1 } else { twice }
}

fn read_column<'b>(cursor: &mut Cursor<'b>) -> Result<(super::bytes::Bits<'b>, i64, usize), Broken> {
    let count: usize = cursor.small()?;
    if count == 0 {
        return Ok((cursor.bits(0, 0)?, 0, 0));
    }
    let twice = cursor.number()?;
    let half = i64::try_from(twice >> 1).map_err(|_| Broken("a day is out of all bounds"))?;
    let least = if twice & 1 == 0 { half } else { -half - 1 };
    let width: u32 = cursor.small()?;
    // No day is so far from another.
    if width > 32 || !(-(1_i64 << 33)..1_i64 << 33).contains(&least) {
        return Err(Broken("a day is out of all bounds"));
    }
    Ok((cursor.bits(width, count)?, least, count))
}

impl Dates {
    /// Writes both columns.
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        put_column(out, &self.last);
        put_column(out, &self.before);
    }
}

impl<'b> DateReader<'b> {
    pub(super) fn new(cursor: &mut Cursor<'b>) -> Result<Self, Broken> {
        let (last, first_last, count_last) = read_column(cursor)?;
        let (before, first_before, count_before) = read_column(cursor)?;
        Ok(Self { last, before, first_last, first_before, left: (count_last, count_before) })
    }

    /// The place with its dates, whose links stand in row `links`.
    #[inline]
    pub(super) fn place(&mut self, shape: &PlaceShape, links: usize) -> Result<CompiledPlace, Broken> {
        let mut place = CompiledPlace { links, ..shape.place };
        if !shape.has_implemented && !shape.has_tested {
            return Ok(place);
        }
        let too_few = Broken("there are fewer dates than statuses");
        self.left.0 = self.left.0.checked_sub(1).ok_or(too_few)?;
        let last = self.first_last + i64::try_from(self.last.next()).unwrap_or(0);
        if shape.has_tested {
            place.tested_on = Some(day(last)?);
            if shape.has_implemented {
                self.left.1 = self.left.1.checked_sub(1).ok_or(too_few)?;
                let before = self.first_before + i64::try_from(self.before.next()).unwrap_or(0);
                place.implemented_on = Some(day(last - before)?);
            }
        } else {
            place.implemented_on = Some(day(last)?);
        }
        Ok(place)
    }

    /// Refuses dates that nothing has.
    pub(super) fn end(&self) -> Result<(), Broken> {
        if self.left == (0, 0) { Ok(()) } else { Err(Broken("there are more dates than statuses")) }
    }
}

fn day(number: i64) -> Result<Day, Broken> {
    i32::try_from(number).map(Day::numbered).map_err(|_| Broken("a day is out of all bounds"))
}
