//! The nearest known name to one that is not known.

/// The known name most like `name`, if one is near enough to be worth saying.
#[must_use]
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = name.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let distance = strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
        let limit = 1 + wanted.chars().count().max(3) / 4;
        let is_better = best.is_none_or(|(d, c)| (distance, candidate) < (d, c));
        if distance <= limit && is_better {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The help line for an unknown name: the nearest one, or all of them where they are few.
#[must_use]
pub fn suggestion<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    const FEW: usize = 12;
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest(name, known.iter().copied()) {
        return Some(format!("the nearest known name is `{near}`"));
    }
    match known.len() {
        0 => None,
        n if n <= FEW => Some(format!("known: `{}`", known.join("`, `"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{nearest, suggestion};

    #[test]
    fn a_slip_of_the_pen_is_found_and_a_stranger_is_not() {
        let known = ["azure", "office-365", "intune"];
        assert_eq!(nearest("ofice-365", known), Some("office-365"));
        assert_eq!(nearest("Azure", known), Some("azure"));
        assert_eq!(nearest("salesforce", known), None);
        assert_eq!(suggestion("zzzz", known).as_deref(), Some("known: `azure`, `office-365`, `intune`"));
    }
}
