//! The nearest known name to one that is not known.

use super::quote::{listed, quoted};

/// What is longer than this is not a slip of the pen; the distance takes its square in memory.
const LONGEST: usize = 200;

/// The known name most like `name`, if one is near enough to be worth saying.
#[must_use]
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    if length > LONGEST {
        return None;
    }
    let limit = 1 + length.max(3) / 4;
    let letters = letters(&wanted);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known.into_iter().filter(|c| c.len() <= 4 * LONGEST) {
        let lower = candidate.to_lowercase();
        // Two bounds from below that spare most of the distances: of a library of thousands of
        // actions few are as long, and fewer have the same letters.
        if lower.chars().count().abs_diff(length) > limit || differing(letters, self::letters(&lower)) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &lower);
        let is_better = best.is_none_or(|(d, c)| (distance, candidate) < (d, c));
        if distance <= limit && is_better {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Which letters occur, as bits; letters that share a bit are taken for one.
fn letters(text: &str) -> u64 {
    text.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

/// So many letters of one do not occur in the other; each takes an edit of its own.
fn differing(one: u64, other: u64) -> usize {
    let count = (one & !other).count_ones().max((other & !one).count_ones());
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The help line for an unknown name: the nearest one, or all of them where they are few.
#[must_use]
pub fn suggestion<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    const FEW: usize = 12;
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest(name, known.iter().copied()) {
        return Some(format!("the nearest known name is {}", quoted(near)));
    }
    match known.len() {
        0 => None,
        n if n <= FEW => Some(format!("known: {}", listed(known))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{nearest, suggestion};

    #[test]
    fn the_bounds_hide_no_near_name() {
        for (name, known) in
            [("abcdefgh", "hgfedcba"), ("aabb", "ab"), ("x", "abcd"), ("moer", "more"), ("über", "uber")]
        {
            let distance = strsim::damerau_levenshtein(name, known);
            assert!(super::differing(super::letters(name), super::letters(known)) <= distance, "{name} {known}");
            assert_eq!(nearest(name, [known]).is_some(), distance <= 1 + name.chars().count().max(3) / 4);
        }
        assert_eq!(nearest(&"a".repeat(100_000), ["a".repeat(100_000).as_str()]), None);
    }

    #[test]
    fn a_slip_of_the_pen_is_found_and_a_stranger_is_not() {
        let known = ["azure", "office-365", "intune"];
        assert_eq!(nearest("ofice-365", known), Some("office-365"));
        assert_eq!(nearest("Azure", known), Some("azure"));
        assert_eq!(nearest("salesforce", known), None);
        assert_eq!(suggestion("zzzz", known).as_deref(), Some("known: `azure`, `office-365`, `intune`"));
    }
}
