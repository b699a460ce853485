//! The smallest pieces of a pack: numbers of varying length, texts, days, and indices packed into bits.
//!
//! [`put`] and its fellows write, [`Cursor`] reads; what cannot be read is [`Broken`], never a panic.

use crate::day::Day;

/// What is wrong with bytes, as a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken(pub(crate) &'static str);

/// The day that days are counted from, 1 January 2020: two bytes reach twenty years either way.
const BASE: i32 = 737_425;

/// Writes a number, seven bits a byte, the lowest first.
pub(super) fn put(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            out.push(low & 0x7f);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Writes a count or a position.
pub(super) fn put_size(out: &mut Vec<u8>, value: usize) {
    // INVARIANT: no machine has more positions than this.
    put(out, u64::try_from(value).unwrap_or(u64::MAX));
}

/// Writes a text behind its length.
pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_size(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

/// Writes a day as its distance from 2020, the sign in the lowest bit.
pub(super) fn put_day(out: &mut Vec<u8>, day: Day) {
    let distance = i64::from(day.number()) - i64::from(BASE);
    let twice = distance.unsigned_abs() << 1;
    put(out, if distance < 0 { twice - 1 } else { twice });
}

/// Writes `values`, each in `width` bits, the lowest first.
pub(super) fn put_bits(out: &mut Vec<u8>, width: u32, values: impl Iterator<Item = u64>) {
    let (mut word, mut have) = (0_u64, 0_u32);
    for value in values {
        word |= value << have;
        have += width;
        while have >= 8 {
            let [low, ..] = word.to_le_bytes();
            out.push(low);
            word >>= 8;
            have -= 8;
        }
    }
    if have > 0 {
        let [low, ..] = word.to_le_bytes();
        out.push(low);
    }
}

/// How many bits a number up to `most` takes.
pub(super) fn width_of(most: usize) -> u32 {
    usize::BITS - most.leading_zeros()
}

/// Bytes that are read one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'b> {
    rest: &'b [u8],
}

impl<'b> Cursor<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn byte(&mut self) -> Result<u8, Broken> {
        let (first, rest) = self.rest.split_first().ok_or(Broken("it ends too early"))?;
        self.rest = rest;
        Ok(*first)
    }

    /// A number of varying length.
    pub(super) fn number(&mut self) -> Result<u64, Broken> {
        let (mut value, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift > 63 || (shift == 63 && part > 1) {
                return Err(Broken("a number is too large"));
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    /// A number that must fit a smaller type.
    pub(super) fn small<T: TryFrom<u64>>(&mut self) -> Result<T, Broken> {
        T::try_from(self.number()?).map_err(|_| Broken("a number is too large"))
    }

    /// A count of things that take at least `least` bytes each, so that no count asks for more memory
    /// than the bytes can fill.
    pub(super) fn count(&mut self, least: usize) -> Result<usize, Broken> {
        let count: usize = self.small()?;
        if count > self.rest.len() / least.max(1) {
            return Err(Broken("a count is larger than what follows"));
        }
        Ok(count)
    }

    /// A position below `end`.
    pub(super) fn position(&mut self, end: usize, what: &'static str) -> Result<usize, Broken> {
        self.small::<usize>().ok().filter(|position| *position < end).ok_or(Broken(what))
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'b [u8], Broken> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Broken("it ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn text(&mut self) -> Result<&'b str, Broken> {
        let length = self.count(1)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Broken("a text is not UTF-8"))
    }

    pub(super) fn day(&mut self) -> Result<Day, Broken> {
        let twice = self.number()?;
        let half = i64::try_from(twice >> 1).map_err(|_| Broken("a day is out of all bounds"))?;
        let distance = if twice & 1 == 0 { half } else { -half - 1 };
        let number = distance.checked_add(i64::from(BASE)).and_then(|day| i32::try_from(day).ok());
        number.map(Day::numbered).ok_or(Broken("a day is out of all bounds"))
    }

    /// `count` numbers of `width` bits each.
    pub(super) fn bits(&mut self, width: u32, count: usize) -> Result<Bits<'b>, Broken> {
        let each = usize::try_from(width).unwrap_or(usize::MAX);
        let length = count.checked_mul(each).ok_or(Broken("a count is larger than what follows"))?;
        Ok(Bits { rest: self.take(length.div_ceil(8))?, word: 0, have: 0, width })
    }
}

/// Numbers of the same width in bits, at most 32, read four bytes at a time; after the last come noughts.
#[derive(Clone, Debug)]
pub(super) struct Bits<'b> {
    rest: &'b [u8],
    word: u64,
    have: u32,
    width: u32,
}

impl Bits<'_> {
    #[inline]
    pub(super) fn next(&mut self) -> u64 {
        if self.have < self.width {
            self.fill();
        }
        let value = self.word & ((1_u64 << self.width) - 1);
        self.word >>= self.width;
        self.have -= self.width;
        value
    }

    #[inline]
    fn fill(&mut self) {
        if let Some((chunk, rest)) = self.rest.split_first_chunk::<4>() {
            self.word |= u64::from(u32::from_le_bytes(*chunk)) << self.have;
            self.rest = rest;
        } else {
            for (n, byte) in (0_u32..).zip(self.rest) {
                self.word |= u64::from(*byte) << (self.have + 8 * n);
            }
            self.rest = &[];
        }
        self.have += 32;
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test that goes wrong should stop, with the place"
    )]

    use super::*;

    #[test]
    fn numbers_come_back_and_those_without_end_are_refused() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX - 1, u64::MAX] {
            let mut bytes = Vec::new();
            put(&mut bytes, value);
            let mut cursor = Cursor::new(&bytes);
            assert_eq!((cursor.number(), cursor.is_empty()), (Ok(value), true));
            assert!(Cursor::new(&bytes[..bytes.len() - 1]).number().is_err());
        }
        assert!(Cursor::new(&[0xff; 12]).number().is_err());
        assert!(Cursor::new(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02]).number().is_err());
    }

    #[test]
    fn days_come_back_from_one_end_of_time_to_the_other() {
        for day in [i32::MIN, -1, 0, 1, BASE - 1, BASE, BASE + 1, i32::MAX].map(Day::numbered) {
            let mut bytes = Vec::new();
            put_day(&mut bytes, day);
            assert_eq!(Cursor::new(&bytes).day(), Ok(day));
        }
        let mut bytes = Vec::new();
        put(&mut bytes, u64::MAX);
        assert!(Cursor::new(&bytes).day().is_err());
    }

    #[test]
    fn bits_come_back_at_every_width() {
        for width in 0..=32_u32 {
            let most = (1_u64 << width) - 1;
            let values: Vec<u64> = (0..200_u64).map(|n| (n * 0x9e37_79b9_7f4a) & most).collect();
            for count in [0, 1, 2, 3, 7, 8, 9, 31, 200] {
                let mut bytes = Vec::new();
                put_bits(&mut bytes, width, values[..count].iter().copied());
                let mut cursor = Cursor::new(&bytes);
                let mut bits = cursor.bits(width, count).unwrap();
                let back: Vec<u64> = (0..count).map(|_| bits.next()).collect();
                assert_eq!((back.as_slice(), cursor.is_empty()), (&values[..count], true), "{width} bits");
            }
        }
        assert_eq!([0, 1, 2, 3, 4, 255, 256].map(width_of), [0, 1, 2, 2, 3, 8, 9]);
    }
}
