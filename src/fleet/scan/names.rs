//! Ids to positions: tables of all names of a kind, made once and asked for every tenant.

use crate::library::Library;

/// A name's position, by open addressing; names lie one after the other in one text.
#[derive(Clone, Debug)]
pub(super) struct Names {
    all: String,
    /// Where each name ends.
    ends: Vec<usize>,
    /// For each place of the table, the upper half of the hash and a position, or nothing.
    places: Vec<Option<(u32, u32)>>,
}

/// The tables of a library.
#[derive(Clone, Debug)]
pub(super) struct Roster {
    pub(super) actions: Names,
    pub(super) services: Names,
    pub(super) evidence: Names,
    pub(super) templates: Names,
    /// For each framework, its controls.
    pub(super) controls: Vec<Names>,
}

impl Roster {
    pub(super) fn new(library: &Library) -> Self {
        let controls = library.frameworks().iter();
        Self {
            actions: Names::new(library.actions().iter().map(|a| a.id.value.as_str())),
            services: Names::new(library.services().iter().map(|s| s.id.value.as_str())),
            evidence: Names::new(library.evidence().iter().map(|e| e.id.value.as_str())),
            templates: Names::new(library.templates().iter().map(|t| t.id.value.as_str())),
            controls: controls.map(|f| Names::new(f.controls.iter().map(|c| c.id.value.as_str()))).collect(),
        }
    }
}

impl Names {
    fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let (mut all, mut ends) = (String::new(), Vec::new());
        for name in names {
            all.push_str(name);
            ends.push(all.len());
        }
        // At most half of the places are taken, so that a search is short.
        let count = (ends.len() * 2).next_power_of_two().max(2);
        let mut table = Self { all, ends, places: vec![None; count] };
        for position in 0..table.ends.len() {
            let hash = hash(table.name(position).as_bytes());
            let mut place = table.first(hash);
            while table.places.get(place).copied().flatten().is_some() {
                place = (place + 1) % count;
            }
            let entry = (upper(hash), u32::try_from(position).unwrap_or(u32::MAX));
            table.places.get_mut(place).into_iter().for_each(|found| *found = Some(entry));
        }
        table
    }

    /// The position of `name`.
    #[inline]
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let hash = hash(name.as_bytes());
        let mut place = self.first(hash);
        while let Some((tag, position)) = self.places.get(place).copied().flatten() {
            if tag == upper(hash) {
                let position = usize::try_from(position).ok()?;
                if self.name(position) == name {
                    return Some(position);
                }
            }
            place = (place + 1) % self.places.len();
        }
        None
    }

    /// How many names there are.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn name(&self, position: usize) -> &str {
        let start = position.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(position).and_then(|end| self.all.get(start..*end)).unwrap_or_default()
    }

    #[inline]
    fn first(&self, hash: u64) -> usize {
        usize::try_from(hash & 0xffff_ffff).unwrap_or(0) & (self.places.len() - 1)
    }
}

fn upper(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(0)
}

/// Mixes the bytes eight at a time. Names of a library are its author's: nobody gains by collisions.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mix = |hash: u64, word: u64| (hash.rotate_left(29) ^ word).wrapping_mul(MIX);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        hash = mix(hash, u64::from_le_bytes(*word));
    }
    // The last eight bytes, some of them twice, are quicker read than the rest byte by byte.
    match bytes.last_chunk::<8>() {
        Some(last) if !rest.is_empty() => hash = mix(hash, u64::from_le_bytes(*last)),
        Some(_) => {}
        None => hash = mix(hash, rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))),
    }
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn every_name_is_found_where_it_stands_and_no_other_is() {
        let names: Vec<String> = (0..5_000).map(|n| format!("{}action-{n}", "x".repeat(n % 23))).collect();
        let table = Names::new(names.iter().map(String::as_str));
        assert_eq!(table.len(), names.len());
        for (position, name) in names.iter().enumerate() {
            assert_eq!(table.find(name), Some(position));
            assert_eq!(table.find(&format!("{name}0x")), None);
        }
        assert_eq!(Names::new(std::iter::empty()).find(""), None);
    }
}
